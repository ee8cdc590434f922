package peering_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/peering"
)

// blocks parses address blocks.
func blocks(texts ...string) []netip.Prefix {
	var list []netip.Prefix
	for _, text := range texts {
		list = append(list, netip.MustParsePrefix(text))
	}
	return list
}

// in is whether an address lies in one of the blocks.
func in(texts ...string) func(netip.Addr) bool {
	list := blocks(texts...)
	return func(a netip.Addr) bool {
		for _, b := range list {
			if b.Contains(a) {
				return true
			}
		}
		return false
	}
}

func TestAdmits(t *testing.T) {
	leaves := in("10.0.0.0/16", "2001:db8:0::/56")
	enters := in("10.1.0.0/16", "100.70.0.0/24", "2001:db8:0:100::/56")
	tests := []struct {
		name     string
		src, dst string
		want     bool
	}{
		{"F8.009 from one VPC to the other", "10.0.0.4", "10.1.0.4", true},
		{"F8.009 to a secondary block", "10.0.0.4", "100.70.0.4", true},
		{"F8.009 IPv6", "2001:db8::4", "2001:db8:0:100::4", true},
		{"F8.009 from the first to the last address", "10.0.0.0", "10.1.255.255", true},
		{"F8.009 source outside the VPC that it leaves", "10.2.0.4", "10.1.0.4", false},
		{"F8.009 destination outside the VPC that it enters", "10.0.0.4", "10.2.0.4", false},
		{"F8.009 the wrong way round", "10.1.0.4", "10.0.0.4", false},
		{"F8.007 through to a third VPC", "10.0.0.4", "172.16.0.4", false},
		{"F8.007 from a third VPC", "172.16.0.4", "10.1.0.4", false},
		{"F8.008 to the internet through the peer", "10.0.0.4", "8.8.8.8", false},
		{"F8.008 from the internet through the VPC", "8.8.8.8", "10.1.0.4", false},
		{"F8.013 F4.210 the private address of a NAT gateway", "10.0.0.9", "10.1.0.4", true},
		{"F8.020 the peer's public address", "10.0.0.4", "52.1.1.1", false},
		{"F8.021 an interface endpoint of the peer", "10.0.0.4", "10.1.7.7", true},
		{"F8.021 a gateway endpoint of the peer", "10.0.0.4", "52.216.0.1", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, peering.Admits(netip.MustParseAddr(tt.src), netip.MustParseAddr(tt.dst), leaves, enters))
		})
	}
	assert.False(t, peering.Admits(netip.Addr{}, netip.Addr{}, leaves, enters), "no addresses")
	assert.False(t, peering.Admits(netip.Addr{}, netip.Addr{}, nil, nil), "no blocks")
}

func TestOverlap(t *testing.T) {
	tests := []struct {
		name string
		a, b []netip.Prefix
		x, y string // "" for none
	}{
		{"F8.003 apart", blocks("10.0.0.0/16"), blocks("10.1.0.0/16"), "", ""},
		{"F8.003 neighbours", blocks("10.0.0.0/17"), blocks("10.0.128.0/17"), "", ""},
		{"F8.003 the same block", blocks("10.0.0.0/16"), blocks("10.0.0.0/16"), "10.0.0.0/16", "10.0.0.0/16"},
		{"F8.003 one inside the other", blocks("10.0.0.0/16"), blocks("10.0.9.0/24"), "10.0.0.0/16", "10.0.9.0/24"},
		{"F8.003 the other inside the one", blocks("10.0.9.0/24"), blocks("10.0.0.0/16"), "10.0.9.0/24", "10.0.0.0/16"},
		{"F8.003 a secondary block", blocks("10.0.0.0/16", "10.5.0.0/16"), blocks("10.1.0.0/16", "10.5.5.0/24"), "10.5.0.0/16", "10.5.5.0/24"},
		{"F8.003 IPv6", blocks("10.0.0.0/16", "2001:db8::/56"), blocks("10.1.0.0/16", "2001:db8::/60"), "2001:db8::/56", "2001:db8::/60"},
		{"F8.003 IPv6 apart", blocks("2001:db8::/56"), blocks("2001:db8:0:100::/56"), "", ""},
		{"F8.003 families apart", blocks("0.0.0.0/0"), blocks("::/0"), "", ""},
		{"F8.003 the first pair", blocks("10.0.0.0/16", "10.1.0.0/16"), blocks("10.1.1.0/24", "10.0.1.0/24"), "10.0.0.0/16", "10.0.1.0/24"},
		{"no blocks", nil, blocks("10.0.0.0/16"), "", ""},
		{"blocks that are not valid", make([]netip.Prefix, 1), make([]netip.Prefix, 1), "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var wantX, wantY netip.Prefix
			if tt.x != "" {
				wantX, wantY = netip.MustParsePrefix(tt.x), netip.MustParsePrefix(tt.y)
			}
			x, y, ok := peering.Overlap(tt.a, tt.b)
			assert.Equal(t, tt.x != "", ok)
			assert.Equal(t, wantX, x)
			assert.Equal(t, wantY, y)
		})
	}
}

// Two blocks overlap just when one holds the first address of the other, and the order of the sides never
// matters to that (F8.003).
func TestOverlapHoldsBothWays(t *testing.T) {
	block := rapid.Custom(func(t *rapid.T) netip.Prefix {
		a := netip.AddrFrom4([4]byte{10, rapid.ByteRange(0, 3).Draw(t, "b"), rapid.Byte().Draw(t, "c"), 0})
		return netip.PrefixFrom(a, rapid.IntRange(8, 28).Draw(t, "bits")).Masked()
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOfN(block, 0, 4).Draw(t, "a"), rapid.SliceOfN(block, 0, 4).Draw(t, "b")
		want := false
		for _, x := range a {
			for _, y := range b {
				want = want || x.Contains(y.Addr()) || y.Contains(x.Addr())
			}
		}
		_, _, ok := peering.Overlap(a, b)
		_, _, swapped := peering.Overlap(b, a)
		assert.Equal(t, want, ok)
		assert.Equal(t, want, swapped)
	})
}

func TestOther(t *testing.T) {
	c := &peering.Connection{Requester: peering.Side{VPC: "a"}, Accepter: peering.Side{VPC: "b"}}
	tests := []struct {
		name  string
		c     *peering.Connection
		v     string
		other string
		ok    bool
	}{
		{"from the requester", c, "a", "b", true},
		{"from the accepter", c, "b", "a", true},
		{"F8.007 a third VPC is at neither end", c, "c", "", false},
		{"no VPC", c, "", "", false},
		{"no VPC of a zero connection", &peering.Connection{}, "", "", false},
		{"no connection", nil, "a", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			other, ok := tt.c.Other(tt.v)
			assert.Equal(t, tt.other, other)
			assert.Equal(t, tt.ok, ok)
		})
	}
}
