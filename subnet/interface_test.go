package subnet_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/subnet"
	"github.com/stretchr/testify/assert"
)

func TestInterfaceAddresses(t *testing.T) {
	e := subnet.Interface{
		Private: []subnet.Address{
			{Private: addr("10.0.1.4"), Public: addr("203.0.113.4")},
			{Private: addr("10.0.1.5")},
			{Public: addr("203.0.113.6")}, // its private address is not allocated yet
		},
		IPv6: []netip.Addr{addr("2001:db8::4")},
	}
	tests := []struct {
		name, addr      string
		owns            bool
		public, private string // what PublicOf and PrivateOf give; "" for none
	}{
		{"F3.018 the primary and its public address", "10.0.1.4", true, "203.0.113.4", ""},
		{"F4.301 a secondary address is its own", "10.0.1.5", true, "", ""},
		{"F3.018 a public address stands for one private", "203.0.113.4", false, "", "10.0.1.4"},
		{"F3.018 a private address that is not allocated yet", "203.0.113.6", false, "", ""},
		{"IPv6", "2001:db8::4", true, "", ""},
		{"another", "10.0.1.6", false, "", ""},
		{"IPv4-mapped is another address", "::ffff:10.0.1.4", false, "", ""},
		{"zero Addr", "", false, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.owns, e.Owns(addr(tt.addr)))
			assert.Equal(t, addr(tt.public), e.PublicOf(addr(tt.addr)))
			assert.Equal(t, addr(tt.private), e.PrivateOf(addr(tt.addr)))
		})
	}
	assert.Equal(t, addr("10.0.1.4"), e.Primary())
	assert.Zero(t, (&subnet.Interface{IPv6: e.IPv6}).Primary())
}
