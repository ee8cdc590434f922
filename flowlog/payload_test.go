package flowlog

import (
	"bufio"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// endless is the letter a, without an end.
type endless struct{ read int }

func (e *endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'a'
	}
	e.read += len(b)
	return len(b), nil
}

// A value without an end, such as a few bytes of gzip can be, does not fill the memory.
func TestPayloadOfOneEndlessValue(t *testing.T) {
	rest := &endless{}
	event := `{"message":"` + strings.Repeat("x", 600) + `"}`
	p := newPayload(bufio.NewReader(io.MultiReader(strings.NewReader(event+event+event+`{"message":"`), rest)), 1000)
	for range 3 {
		_, err := p.next()
		require.NoError(t, err, "each value counts by itself")
	}
	_, err := p.next()
	assert.EqualError(t, err, "flowlog: CloudWatch Logs: a JSON value larger than 1000 bytes")
	assert.Less(t, rest.read, 10_000)
}
