package packet_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/stretchr/testify/assert"
)

func TestServiceCovers(t *testing.T) {
	tests := []struct {
		name, service, other string
		want                 bool
	}{
		{"all covers all", "all", "all", true},
		{"all covers a port", "all", "tcp/443", true},
		{"all covers a protocol", "all", "esp", true},
		{"F5.006 all covers an ICMP type", "all", "icmp/8", true},
		{"a protocol does not cover all", "tcp", "all", false},
		{"a protocol covers itself", "tcp", "tcp", true},
		{"a protocol covers its ports", "tcp", "tcp/443", true},
		{"a protocol does not cover another's ports", "tcp", "udp/443", false},
		{"a port does not cover its protocol", "tcp/443", "tcp", false},
		{"F5.006 ports 0-65535 cover the protocol", "tcp/0-65535", "tcp", true},
		{"ports 1-65535 lack port 0", "tcp/1-65535", "tcp", false},
		{"a range covers itself", "tcp/80-90", "tcp/80-90", true},
		{"a range covers its first port", "tcp/80-90", "tcp/80", true},
		{"a range covers its last port", "tcp/80-90", "tcp/90", true},
		{"a range does not cover the port before", "tcp/80-90", "tcp/79-90", false},
		{"a range does not cover the port after", "tcp/80-90", "tcp/80-91", false},
		{"the same ports of another protocol", "tcp/80-90", "udp/80-90", false},
		{"F5.007 icmp covers each type", "icmp", "icmp/8", true},
		{"F5.007 icmp covers each type and code", "icmp", "icmp/3/4", true},
		{"F5.007 type -1 covers each type", "icmp/-1/-1", "icmp/8", true},
		{"F5.007 a type covers its codes", "icmp/3", "icmp/3/4", true},
		{"a type does not cover another's codes", "icmp/3", "icmp/8/4", false},
		{"a type does not cover another", "icmp/3", "icmp/8", false},
		{"a type does not cover icmp", "icmp/3", "icmp", false},
		{"a code covers itself", "icmp/3/4", "icmp/3/4", true},
		{"a code does not cover another", "icmp/3/4", "icmp/3/3", false},
		{"a code does not cover its type", "icmp/3/4", "icmp/3", false},
		{"icmp does not cover icmpv6", "icmp", "icmpv6/128", false},
		{"F5.006 another protocol covers itself", "esp", "50", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, other := packet.MustParseService(tt.service), packet.MustParseService(tt.other)
			assert.Equal(t, tt.want, s.Covers(other))
		})
	}
}

func TestServiceCoversOfZero(t *testing.T) {
	assert.False(t, packet.Service{}.Covers(packet.All()))
	assert.False(t, packet.All().Covers(packet.Service{}))
	assert.False(t, packet.Service{}.Covers(packet.Service{}))
}

// Covers says just what Matches says of every packet: among services and packets that are near
// each other, one service covers another exactly where no packet tells against it.
func TestServiceCoversAgreesWithMatches(t *testing.T) {
	services, packets := nearServices(), nearPackets()
	for _, s := range services {
		for _, other := range services {
			want := true
			for _, p := range packets {
				if other.Matches(p) && !s.Matches(p) {
					want = false
					break
				}
			}
			assert.Equal(t, want, s.Covers(other), "%v covers %v", s, other)
		}
	}
}

func nearServices() []packet.Service {
	services := []packet.Service{packet.All()}
	for _, p := range []packet.Protocol{packet.TCP, packet.UDP, packet.ESP, packet.ICMP, packet.ICMPv6} {
		services = append(services, packet.Of(p))
		for first := range uint16(3) {
			for last := first; last < 3; last++ {
				services = append(services, packet.Ports(p, packet.PortRange{First: first, Last: last}))
			}
		}
		for typ := range uint8(3) {
			services = append(services, packet.ICMPType(p, typ), packet.ICMPTypeCode(p, typ, 0), packet.ICMPTypeCode(p, typ, 2))
		}
	}
	valid := services[:0]
	for _, s := range services {
		if s.IsValid() {
			valid = append(valid, s)
		}
	}
	return valid
}

// nearPackets holds IPv6 packets alone: in IPv4, types of ICMPv6 count for nothing (F6.008).
func nearPackets() []packet.Packet {
	addr := netip.MustParseAddr("2001:db8::1")
	var packets []packet.Packet
	for _, p := range []packet.Protocol{packet.TCP, packet.UDP, packet.ESP, packet.GRE, packet.ICMP, packet.ICMPv6} {
		for x := range uint16(4) {
			for y := range uint8(4) {
				packets = append(packets, packet.Packet{Src: addr, Dst: addr, Protocol: p, DstPort: x, ICMPType: uint8(x), ICMPCode: y})
			}
		}
	}
	return packets
}

func TestServiceCoversAllocatesNothing(t *testing.T) {
	s, other := packet.MustParseService("tcp/80-90"), packet.MustParseService("tcp/81")
	assert.Zero(t, testing.AllocsPerRun(100, func() { s.Covers(other) }))
}
