package subnet_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestTake(t *testing.T) {
	tests := []struct {
		name, addr string
		want       error // nil for none
	}{
		{"F3.010 the fifth address", "10.0.1.4", nil},
		{"F3.010 the last but one", "10.0.1.14", nil},
		{"F3.010 the router's", "10.0.1.1", fault.ErrOutside},
		{"F3.010 the fourth", "10.0.1.3", fault.ErrOutside},
		{"F3.010 the last", "10.0.1.15", fault.ErrOutside},
		{"F3.009 outside", "10.0.1.16", fault.ErrOutside},
		{"IPv6", "2001:db8::4", fault.ErrOutside},
		{"zero Addr", "", fault.ErrOutside},
		{"taken", "10.0.1.9", fault.ErrDuplicate},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := subnet.NewAllocator(block("10.0.1.0/28"))
			require.NoError(t, l.Take(addr("10.0.1.9")))
			assert.ErrorIs(t, l.Take(addr(tt.addr)), tt.want)
		})
	}
}

func TestNext(t *testing.T) {
	l := subnet.NewAllocator(block("10.0.1.0/28"))
	require.NoError(t, l.Take(addr("10.0.1.5")))
	var got []string
	for a, ok := l.Next(); ok; a, ok = l.Next() {
		got = append(got, a.String())
		assert.ErrorIs(t, l.Take(a), fault.ErrDuplicate)
	}
	want := []string{"10.0.1.4", "10.0.1.6", "10.0.1.7", "10.0.1.8", "10.0.1.9", "10.0.1.10", "10.0.1.11", "10.0.1.12", "10.0.1.13", "10.0.1.14"}
	assert.Equal(t, want, got)
}

func TestNextCounts(t *testing.T) {
	tests := []struct {
		name, cidr string
		want       int
	}{
		{"F3.010 a /28 leaves 11", "10.0.1.0/28", 11},
		{"F3.010 a /24 leaves 251", "10.0.1.0/24", 251},
		{"F3.010 a /16 leaves all but five", "10.0.0.0/16", 65531},
		{"F3.012 IPv6 leaves all but five", "2001:db8::/120", 251},
		{"end of the addresses", "255.255.255.240/28", 11},
		{"no room", "255.255.255.255/32", 0},
		{"no block", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, n := subnet.NewAllocator(block(tt.cidr)), 0
			for _, ok := l.Next(); ok; _, ok = l.Next() {
				n++
			}
			assert.Equal(t, tt.want, n)
		})
	}
}

func TestAllocatorWithoutBlock(t *testing.T) {
	for _, l := range []*subnet.Allocator{nil, {}, subnet.NewAllocator(netip.Prefix{})} {
		_, ok := l.Next()
		assert.False(t, ok)
		assert.ErrorIs(t, l.Take(addr("10.0.0.4")), fault.ErrOutside)
		assert.ErrorIs(t, l.Take(netip.Addr{}), fault.ErrOutside)
	}
}

// The allocator agrees with a list of the addresses of a /28, searched from the start each time.
func TestAllocatorAgainstList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, taken := subnet.NewAllocator(block("10.0.1.0/28")), [16]bool{}
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "take") {
				n := rapid.IntRange(0, 15).Draw(t, "host")
				free := n >= 4 && n <= 14 && !taken[n]
				err := l.Take(netip.AddrFrom4([4]byte{10, 0, 1, byte(n)}))
				if (err == nil) != free {
					t.Fatalf("Take %d: %v, want free %v", n, err, free)
				}
				taken[n] = true
				continue
			}
			want := 4
			for want < 15 && taken[want] {
				want++
			}
			a, ok := l.Next()
			if ok != (want < 15) || ok && a.As4()[3] != byte(want) {
				t.Fatalf("Next: %v %v, want host %d", a, ok, want)
			}
			if ok {
				taken[want] = true
			}
		}
	})
}

// Each address of a /16 is looked at once.
func BenchmarkNext(b *testing.B) {
	l := subnet.NewAllocator(block("10.0.0.0/16"))
	for b.Loop() {
		if _, ok := l.Next(); !ok {
			l = subnet.NewAllocator(block("10.0.0.0/16"))
		}
	}
}
