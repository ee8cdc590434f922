package sg_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
)

// TestOpenness: F5.201, which directions are open to everybody on all ports.
func TestOpenness(t *testing.T) {
	rule := func(d packet.Direction, service, cidr string) sg.Rule {
		return sg.Rule{Direction: d, Service: packet.MustParseService(service), CIDR: netip.MustParsePrefix(cidr)}
	}
	of := func(dst string, p packet.Protocol) packet.Packet {
		return packet.Packet{Dst: netip.MustParseAddr(dst), Protocol: p}
	}
	const v4, v6 = "192.0.2.1", "2001:db8::1"
	for _, c := range []struct {
		name string
		rule sg.Rule
		d    packet.Direction
		p    packet.Packet
		want bool
	}{
		{"F5.201 all traffic", rule(packet.Egress, "all", "0.0.0.0/0"), packet.Egress, of(v4, packet.TCP), true},
		{"F5.201 of UDP too", rule(packet.Egress, "all", "0.0.0.0/0"), packet.Egress, of(v4, packet.UDP), true},
		{"F5.201 all ports", rule(packet.Egress, "tcp/0-65535", "0.0.0.0/0"), packet.Egress, of(v4, packet.TCP), true},
		{"F5.201 of that protocol", rule(packet.Egress, "tcp/0-65535", "0.0.0.0/0"), packet.Egress, of(v4, packet.UDP), false},
		{"F5.201 not all ports", rule(packet.Egress, "tcp/1-65535", "0.0.0.0/0"), packet.Egress, of(v4, packet.TCP), false},
		{"F5.201 not everybody", rule(packet.Egress, "all", "0.0.0.0/1"), packet.Egress, of(v4, packet.TCP), false},
		{"F5.201 the other way", rule(packet.Egress, "all", "0.0.0.0/0"), packet.Ingress, of(v4, packet.TCP), false},
		{"F5.201 ingress", rule(packet.Ingress, "all", "0.0.0.0/0"), packet.Ingress, of(v4, packet.TCP), true},
		{"F5.009 IPv4 is not IPv6", rule(packet.Egress, "all", "0.0.0.0/0"), packet.Egress, of(v6, packet.TCP), false},
		{"F5.201 IPv6", rule(packet.Egress, "all", "::/0"), packet.Egress, of(v6, packet.TCP), true},
		{"F5.009 IPv6 is not IPv4", rule(packet.Egress, "all", "::/0"), packet.Egress, of(v4, packet.TCP), false},
		{"F5.201 ICMP is always tracked", rule(packet.Egress, "all", "0.0.0.0/0"), packet.Egress, of(v4, packet.ICMP), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			other := rule(packet.Ingress, "tcp/22", "0.0.0.0/0")
			g := &sg.Group{Rules: []sg.Rule{other, c.rule}}
			assert.Equal(t, c.want, g.Openness().Has(c.d, c.p))
		})
	}
	assert.Zero(t, (*sg.Group)(nil).Openness())
	assert.False(t, sg.Openness(0).Has(packet.Egress, of(v4, packet.TCP)))
	both := rule(packet.Egress, "all", "0.0.0.0/0")
	both.Group = "sg-app"
	assert.False(t, both.IsOpen(), "F5.005 a rule has one peer")
}
