package golden_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/golden"
)

// recorder notes what a test would have been told.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestEqual(t *testing.T) {
	path := filepath.Join(t.TempDir(), "output.txt")
	require.NoError(t, os.WriteFile(path, []byte("one\ntwo\n"), 0o600))
	for _, test := range []struct {
		name, path, got string
		want            []string // parts of the one error; none: no error
	}{
		{"the same text", path, "one\ntwo\n", nil},
		{"another text shows both", path, "one\nthree\n", []string{path, "two", "three", "-update"}},
		{"no file says how to write it", path + ".gone", "one\n", []string{path + ".gone", "-update"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &recorder{TB: t}
			golden.Equal(r, test.path, test.got)
			if test.want == nil {
				assert.Empty(t, r.errors)
				return
			}
			require.Len(t, r.errors, 1)
			for _, part := range test.want {
				assert.Contains(t, r.errors[0], part)
			}
		})
	}
}

func TestUpdateWritesTheFileAndItsFolder(t *testing.T) {
	before := flag.Lookup("update").Value.String()
	require.NoError(t, flag.Set("update", "true"))
	t.Cleanup(func() { assert.NoError(t, flag.Set("update", before)) })

	path := filepath.Join(t.TempDir(), "testdata", "output.txt")
	golden.Equal(t, path, "one\n")
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "one\n", string(got))
}
