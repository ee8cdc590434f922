package subnet_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/subnet"
	"github.com/stretchr/testify/assert"
)

// block reads a CIDR block; "" is the zero Prefix.
func block(s string) netip.Prefix {
	if s == "" {
		return netip.Prefix{}
	}
	return netip.MustParsePrefix(s)
}

// addr reads an address; "" is the zero Addr.
func addr(s string) netip.Addr {
	if s == "" {
		return netip.Addr{}
	}
	return netip.MustParseAddr(s)
}

func TestReserved(t *testing.T) {
	dual := subnet.Subnet{CIDR: block("10.0.1.0/24"), IPv6CIDR: block("2001:db8:0:1::/64")}
	tests := []struct {
		name               string
		addr               string
		contains, reserved bool
	}{
		{"F3.010 .0 is the network", "10.0.1.0", true, true},
		{"F3.010 .1 is the router", "10.0.1.1", true, true},
		{"F3.011 .2 is reserved in every block", "10.0.1.2", true, true},
		{"F3.010 .3 is for the future", "10.0.1.3", true, true},
		{"F3.010 .4 is free", "10.0.1.4", true, false},
		{"F3.010 .254 is free", "10.0.1.254", true, false},
		{"F3.010 .255 is broadcast", "10.0.1.255", true, true},
		{"below", "10.0.0.255", false, false},
		{"above", "10.0.2.0", false, false},
		{"F3.012 IPv6 first", "2001:db8:0:1::", true, true},
		{"F3.012 IPv6 fourth", "2001:db8:0:1::3", true, true},
		{"F3.012 IPv6 fifth is free", "2001:db8:0:1::4", true, false},
		{"F3.012 IPv6 last but one is free", "2001:db8:0:1:ffff:ffff:ffff:fffe", true, false},
		{"F3.012 IPv6 last", "2001:db8:0:1:ffff:ffff:ffff:ffff", true, true},
		{"IPv6 above", "2001:db8:0:2::", false, false},
		{"IPv4-mapped is another address", "::ffff:10.0.1.4", false, false},
		{"with a zone", "2001:db8:0:1::4%eth0", false, false},
		{"zero Addr", "", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.contains, dual.Contains(addr(tt.addr)))
			assert.Equal(t, tt.reserved, dual.Reserved(addr(tt.addr)))
		})
	}
}

func TestReservedAtTheEnds(t *testing.T) {
	low, high := subnet.Subnet{CIDR: block("0.0.0.0/24")}, subnet.Subnet{CIDR: block("255.255.255.0/24")}
	assert.True(t, low.Reserved(addr("0.0.0.0")))
	assert.True(t, low.Reserved(addr("0.0.0.3")))
	assert.False(t, low.Reserved(addr("0.0.0.4")))
	assert.True(t, high.Reserved(addr("255.255.255.255")))
	assert.False(t, high.Reserved(addr("255.255.255.254")))
}

func TestRouter(t *testing.T) {
	tests := []struct{ name, cidr, ipv6, want string }{
		{"F3.010 base+1", "10.0.1.0/24", "", "10.0.1.1"},
		{"F3.010 base+1 of the IPv4 block", "10.0.1.16/28", "2001:db8::/64", "10.0.1.17"},
		{"F3.012 base+1 of an IPv6-only subnet", "", "2001:db8::/64", "2001:db8::1"},
		{"host bits do not count", "10.0.1.9/24", "", "10.0.1.1"},
		{"no room", "10.0.1.0/32", "", ""},
		{"no block", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := subnet.Subnet{CIDR: block(tt.cidr), IPv6CIDR: block(tt.ipv6)}
			assert.Equal(t, addr(tt.want), s.Router())
		})
	}
}

func TestUsable(t *testing.T) {
	tests := []struct {
		name, cidr string
		want       int
	}{
		{"F3.010 a /28 leaves 11", "10.0.1.0/28", 11},
		{"F3.010 a /24 leaves 251", "10.0.1.0/24", 251},
		{"F3.010 a /16 leaves all but five", "10.0.0.0/16", 65531},
		{"no room", "10.0.1.0/30", 0},
		{"IPv6", "2001:db8::/64", 0},
		{"no block", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := subnet.Subnet{CIDR: block(tt.cidr)}
			assert.Equal(t, tt.want, s.Usable())
		})
	}
}

func TestInside(t *testing.T) {
	vpc := []netip.Prefix{block("10.0.0.0/16"), block("10.1.0.0/16"), block("2001:db8:1200::/56")}
	tests := []struct {
		name, cidr, ipv6 string
		want             bool
	}{
		{"F3.009 inside", "10.0.1.0/24", "", true},
		{"F3.009 all of a block", "10.0.0.0/16", "", true},
		{"F3.009 inside the second block", "10.1.1.0/24", "", true},
		{"F3.009 outside", "10.2.0.0/24", "", false},
		{"F3.009 across two neighbouring blocks", "10.0.0.0/15", "", false},
		{"dual stack", "10.0.1.0/24", "2001:db8:1200:1::/64", true},
		{"dual stack with IPv6 outside", "10.0.1.0/24", "2001:db8:1300::/64", false},
		{"IPv6 only", "", "2001:db8:1200:1::/64", true},
		{"no block", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := subnet.Subnet{CIDR: block(tt.cidr), IPv6CIDR: block(tt.ipv6)}
			assert.Equal(t, tt.want, s.Inside(vpc))
			assert.False(t, s.Inside(nil))
			assert.False(t, s.Inside([]netip.Prefix{{}}))
		})
	}
}

func TestDefaults(t *testing.T) {
	t.Run("F3.015 a subnet gives no public address unless it says so", func(t *testing.T) {
		assert.False(t, subnet.Subnet{}.MapPublicIPOnLaunch)
	})
}

func TestNoAllocation(t *testing.T) {
	s := subnet.Subnet{CIDR: block("10.0.1.0/24"), IPv6CIDR: block("2001:db8::/64")}
	e := subnet.Interface{Private: []subnet.Address{{Private: addr("10.0.1.4")}}, IPv6: []netip.Addr{addr("2001:db8::4")}}
	a := addr("2001:db8::4")
	assert.Zero(t, testing.AllocsPerRun(100, func() { s.Contains(a); s.Reserved(a); e.Owns(a) }))
}

func TestNil(t *testing.T) {
	var s *subnet.Subnet
	var e *subnet.Interface
	a := addr("10.0.0.4")
	assert.False(t, s.Contains(a))
	assert.False(t, s.Reserved(a))
	assert.Zero(t, s.Router())
	assert.Zero(t, s.Usable())
	assert.False(t, s.Inside(nil))
	assert.Error(t, s.Validate())
	assert.False(t, e.Owns(a))
	assert.Zero(t, e.Primary())
	assert.Zero(t, e.PublicOf(a))
	assert.Zero(t, e.PrivateOf(a))
	assert.Error(t, e.Validate())
	assert.Error(t, (*subnet.ElasticIP)(nil).Validate())
}
