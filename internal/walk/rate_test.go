package walk

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestRates: F9.306, there is a counter for who asked in this second, and none for who asked before.
func TestRates(t *testing.T) {
	m := NewMemory()
	for place := range uint32(100) {
		for range linkLocalRate {
			assert.True(t, m.rates.take(place))
		}
		assert.False(t, m.rates.take(place), "F9.306 one too many")
	}
	assert.Len(t, m.rates.sent, 100)
	m.Advance(time.Second - 1)
	assert.False(t, m.rates.take(7), "F9.306 it is still the same second")
	m.Advance(1)
	assert.Empty(t, m.rates.sent, "F9.306 the second is over")
	assert.True(t, m.rates.take(7))

	moved := m.rates.move(func(place uint32) uint32 { return place + 1 })
	assert.Equal(t, map[uint32]uint16{8: 1}, moved.sent)
	assert.Equal(t, m.rates.second, moved.second)
	gone := m.rates.move(func(uint32) uint32 { return 0 })
	assert.Empty(t, gone.sent, "F9.306 an interface that is gone")
}
