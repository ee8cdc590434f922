package endpoint_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
)

func tcp(f packet.Flags) packet.Packet { return packet.Packet{Protocol: packet.TCP, Flags: f} }

func icmp(p packet.Protocol, typ uint8) packet.Packet {
	return packet.Packet{Protocol: p, ICMPType: typ}
}

func of(p packet.Protocol) packet.Packet { return packet.Packet{Protocol: p} }

func TestGatewayAdmits(t *testing.T) {
	tests := []struct {
		name string
		p    packet.Packet
		want bool
	}{
		{"F7.013 TCP", tcp(0), true},
		{"F7.013 TCP to any port", packet.Packet{Protocol: packet.TCP, DstPort: 22}, true},
		{"F7.013 an echo request", icmp(packet.ICMP, 8), true},
		{"F7.013 an echo reply goes the other way", icmp(packet.ICMP, 0), false},
		{"F7.013 other ICMP", icmp(packet.ICMP, 3), false},
		{"F7.013 ICMPv6", icmp(packet.ICMPv6, 8), false},
		{"F7.013 UDP", of(packet.UDP), false},
		{"F7.013 ESP", of(packet.ESP), false},
		{"F7.013 the zero packet", packet.Packet{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, (&endpoint.Gateway{}).Admits(tt.p))
		})
	}
}

func TestGatewayReturns(t *testing.T) {
	tests := []struct {
		name string
		p    packet.Packet
		want bool
	}{
		{"F7.013 TCP", tcp(packet.ACK), true},
		{"F7.013 TCP that accepts a connection", tcp(packet.SYN | packet.ACK), true},
		{"F7.013 TCP that ends one", tcp(packet.FIN | packet.ACK), true},
		{"F7.013 TCP whose flags are not stated", tcp(0), true},
		{"F7.016 TCP that opens a connection", tcp(packet.SYN), false},
		{"F7.013 an echo reply", icmp(packet.ICMP, 0), true},
		{"F7.016 an echo request would be a call", icmp(packet.ICMP, 8), false},
		{"F7.013 other ICMP", icmp(packet.ICMP, 3), false},
		{"F7.013 ICMPv6", icmp(packet.ICMPv6, 0), false},
		{"F7.013 UDP", of(packet.UDP), false},
		{"F7.013 the zero packet", packet.Packet{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, (&endpoint.Gateway{}).Returns(tt.p))
		})
	}
}

func TestInterfaceAdmits(t *testing.T) {
	tests := []struct {
		name string
		p    packet.Packet
		want bool
	}{
		{"F7.102 TCP", tcp(0), true},
		{"F7.102 UDP", of(packet.UDP), true},
		{"F7.102 no ping", icmp(packet.ICMP, 8), false},
		{"F7.102 no ping over IPv6", icmp(packet.ICMPv6, 128), false},
		{"F7.102 GRE", of(packet.GRE), false},
		{"F7.102 the zero packet", packet.Packet{}, false},
		{"F7.106 from a neighbour in any subnet", packet.Packet{Protocol: packet.TCP, Src: netip.MustParseAddr("10.0.9.4")}, true},
		{"F7.110 from a peer", packet.Packet{Protocol: packet.TCP, Src: netip.MustParseAddr("10.1.0.4")}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, (&endpoint.Interface{}).Admits(tt.p))
		})
	}
}

func TestCovers(t *testing.T) {
	ranges := []netip.Prefix{netip.MustParsePrefix("52.216.0.0/15"), {}, netip.MustParsePrefix("3.5.0.0/19")}
	tests := []struct {
		name string
		a    string
		want bool
	}{
		{"F7.014 the service's address", "52.217.255.255", true},
		{"F7.014 one of its other ranges", "3.5.0.1", true},
		{"F7.014 another address", "52.218.0.0", false},
		{"F7.014 IPv6", "2600::1", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, endpoint.Covers(ranges, netip.MustParseAddr(tt.a)))
		})
	}
	assert.False(t, endpoint.Covers(ranges, netip.Addr{}))
	assert.False(t, endpoint.Covers(nil, netip.MustParseAddr("3.5.0.1")))
}

// Whatever the packet, nil endpoints or not: no panic, and only the protocols of the facts (F7.013, F7.102).
func TestOnlyTheirProtocols(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := packet.Packet{
			Protocol: packet.Protocol(rapid.Byte().Draw(t, "protocol")), Flags: packet.Flags(rapid.Byte().Draw(t, "flags")),
			ICMPType: rapid.Byte().Draw(t, "type"), ICMPCode: rapid.Byte().Draw(t, "code"),
		}
		var g *endpoint.Gateway
		var i *endpoint.Interface
		if g.Admits(p) || g.Returns(p) {
			assert.Contains(t, []packet.Protocol{packet.TCP, packet.ICMP}, p.Protocol)
		}
		assert.False(t, p.Protocol == packet.ICMP && g.Admits(p) && g.Returns(p), "no ICMP goes both ways")
		assert.Equal(t, p.Protocol == packet.TCP || p.Protocol == packet.UDP, i.Admits(p))
	})
}
