package gateway_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
)

func TestNAT64Addresses(t *testing.T) {
	for _, tt := range []struct{ name, v4, v6 string }{
		{"F4.217 of the internet", "203.0.113.10", "64:ff9b::cb00:710a"},
		{"F4.217 the first", "0.0.0.0", "64:ff9b::"},
		{"F4.217 the last", "255.255.255.255", "64:ff9b::ffff:ffff"},
		{"F4.216 private", "10.0.5.9", "64:ff9b::a00:509"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, addr(tt.v6), gateway.Synthesize(addr(tt.v4)))
			v4, ok := gateway.Embedded(addr(tt.v6))
			assert.True(t, ok)
			assert.Equal(t, addr(tt.v4), v4)
		})
	}
	assert.Equal(t, addr("64:ff9b::a00:509"), gateway.Synthesize(addr("::ffff:10.0.5.9")), "an IPv4 address in IPv6 is one")
	for _, other := range []string{"", "2001:db8::1", "64:ff9b::1"} {
		assert.False(t, gateway.Synthesize(addr(other)).IsValid(), other)
	}
	for _, other := range []string{"", "10.0.0.1", "64:ff9b::1:0:0", "64:ff9b:1::1", "64:ff9a:ffff::1"} {
		_, ok := gateway.Embedded(addr(other))
		assert.False(t, ok, other)
	}
}

// TestNAT64ICMP: each type and code as RFC 7915 has it, sections 4.2 and 5.2. A message without a counterpart
// is not forwarded.
func TestNAT64ICMP(t *testing.T) {
	type message struct{ typ, code uint8 }
	none := message{255, 255}
	host := addr("2001:db8::10")
	for _, tt := range []struct {
		name     string
		from, to message
	}{
		{"echo request", message{8, 0}, message{128, 0}},
		{"echo reply", message{0, 0}, message{129, 0}},
		{"network unreachable", message{3, 0}, message{1, 0}},
		{"host unreachable", message{3, 1}, message{1, 0}},
		{"protocol unreachable", message{3, 2}, message{4, 1}},
		{"port unreachable", message{3, 3}, message{1, 4}},
		{"fragmentation needed", message{3, 4}, message{2, 0}},
		{"source route failed", message{3, 5}, message{1, 0}},
		{"network prohibited", message{3, 9}, message{1, 1}},
		{"host prohibited", message{3, 10}, message{1, 1}},
		{"prohibited", message{3, 13}, message{1, 1}},
		{"host precedence", message{3, 14}, none},
		{"precedence cutoff", message{3, 15}, message{1, 1}},
		{"time exceeded", message{11, 0}, message{3, 0}},
		{"time exceeded in reassembly", message{11, 1}, message{3, 1}},
		{"bad header", message{12, 0}, message{4, 0}},
		{"missing option", message{12, 1}, none},
		{"source quench", message{4, 0}, none},
		{"redirect", message{5, 0}, none},
		{"timestamp request", message{13, 0}, none},
	} {
		t.Run("F4.215 ICMP to ICMPv6: "+tt.name, func(t *testing.T) {
			p := packet.Packet{Src: addr("192.0.2.1"), Dst: addr("10.0.0.9"), Protocol: packet.ICMP, ICMPType: tt.from.typ, ICMPCode: tt.from.code}
			sent, ok := gateway.ToIPv6(p, host)
			assert.Equal(t, tt.to != none, ok)
			if !ok {
				assert.Equal(t, p, sent)
				return
			}
			assert.Equal(t, packet.Packet{
				Src: addr("64:ff9b::192.0.2.1"), Dst: host, Protocol: packet.ICMPv6, ICMPType: tt.to.typ, ICMPCode: tt.to.code,
			}, sent)
		})
	}
	for _, tt := range []struct {
		name     string
		from, to message
	}{
		{"echo request", message{128, 0}, message{8, 0}},
		{"echo reply", message{129, 0}, message{0, 0}},
		{"no route", message{1, 0}, message{3, 1}},
		{"prohibited", message{1, 1}, message{3, 10}},
		{"beyond scope", message{1, 2}, message{3, 1}},
		{"address unreachable", message{1, 3}, message{3, 1}},
		{"port unreachable", message{1, 4}, message{3, 3}},
		{"too big", message{2, 0}, message{3, 4}},
		{"time exceeded", message{3, 0}, message{11, 0}},
		{"bad header", message{4, 0}, message{12, 0}},
		{"next header", message{4, 1}, message{3, 2}},
		{"bad option", message{4, 2}, none},
		{"neighbour solicitation", message{135, 0}, none},
	} {
		t.Run("F4.215 ICMPv6 to ICMP: "+tt.name, func(t *testing.T) {
			p := packet.Packet{Src: host, Dst: addr("64:ff9b::192.0.2.1"), Protocol: packet.ICMPv6, ICMPType: tt.from.typ, ICMPCode: tt.from.code}
			sent, ok := gateway.ToIPv4(p)
			assert.Equal(t, tt.to != none, ok)
			if !ok {
				assert.Equal(t, p, sent)
				return
			}
			assert.Equal(t, packet.Packet{Src: host, Dst: addr("192.0.2.1"), Protocol: packet.ICMP, ICMPType: tt.to.typ, ICMPCode: tt.to.code}, sent)
		})
	}
	_, ok := gateway.ToIPv4(packet.Packet{Src: host, Dst: addr("64:ff9b::192.0.2.1"), Protocol: packet.ICMP})
	assert.False(t, ok, "ICMP inside of IPv6 is nothing")
}

// TestToIPv4MayBeCutUp: RFC 7915, section 5.1, on DF.
func TestToIPv4MayBeCutUp(t *testing.T) {
	for _, tt := range []struct {
		name                string
		length              uint32
		fragment, set, want bool
	}{
		{"F4.215 1260 bytes of IPv4", 1280, false, false, false},
		{"F4.215 IPv6 has no such bit", 1280, false, true, false},
		{"F4.215 1261 bytes", 1281, false, false, true},
		{"F4.215 no length is a short one", 0, false, false, false},
		{"F4.215 what was cut up already", 1400, true, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sent, ok := gateway.ToIPv4(packet.Packet{
				Src: addr("2001:db8::5"), Dst: addr("64:ff9b::8.8.8.8"), Protocol: packet.UDP,
				Length: tt.length, Fragment: tt.fragment, DontFragment: tt.set,
			})
			assert.True(t, ok)
			assert.Equal(t, tt.want, sent.DontFragment)
		})
	}
}

func TestNATCarries(t *testing.T) {
	p := func(proto packet.Protocol, length uint32, fragment bool) packet.Packet {
		return packet.Packet{Src: addr("10.0.1.5"), Dst: addr("8.8.8.8"), Protocol: proto, Length: length, Fragment: fragment}
	}
	six := packet.Packet{Src: addr("2001:db8::5"), Dst: addr("64:ff9b::8.8.8.8"), Protocol: packet.TCP}
	for _, tt := range []struct {
		name string
		p    packet.Packet
		want gateway.Refusal
	}{
		{"F4.214 a fragment of UDP", p(packet.UDP, 0, true), gateway.Forwards},
		{"F4.214 a fragment of TCP", p(packet.TCP, 0, true), gateway.FragmentNotForwarded},
		{"F4.214 a fragment of ICMP", p(packet.ICMP, 0, true), gateway.FragmentNotForwarded},
		{"F4.203 a fragment of ESP", p(packet.ESP, 0, true), gateway.ProtocolNotForwarded},
		{"F4.214 8500 bytes", p(packet.TCP, 8500, false), gateway.Forwards},
		{"F4.214 8501 bytes", p(packet.TCP, 8501, false), gateway.TooLong},
		{"F4.214 8501 bytes, a fragment of UDP", p(packet.UDP, 8501, true), gateway.TooLong},
		{"F4.215 IPv6 for 64:ff9b::/96", six, gateway.Forwards},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var g gateway.NAT
			assert.Equal(t, tt.want, g.Carries(tt.p))
			sent, refusal := g.Translate(tt.p, addr("10.0.0.9"))
			assert.Equal(t, tt.want, refusal)
			assert.Equal(t, tt.want == gateway.Forwards, sent != tt.p)
		})
	}
	long := six
	long.Length = 8501
	assert.Equal(t, gateway.TooLong, (&gateway.NAT{}).Carries(long), "F4.214 as it arrives")
}

func TestNATFrom(t *testing.T) {
	of := func(mode gateway.AvailabilityMode, byHand bool) *gateway.NAT {
		return &gateway.NAT{AvailabilityMode: mode, ManualZones: byHand, Addresses: []gateway.NATAddress{
			{Public: addr("52.1.1.1"), Zone: "a"}, {Public: addr("52.1.1.2"), Zone: "b"}, {Public: addr("52.1.1.3"), Zone: "a"}, {Zone: "a"},
		}}
	}
	for _, tt := range []struct {
		name string
		g    *gateway.NAT
		zone string
		want []string
	}{
		{"F4.219 those of the zone", of(gateway.Regional, false), "a", []string{"52.1.1.1", "52.1.1.3"}},
		{"F4.219 of a zone without one, the others", of(gateway.Regional, false), "c", []string{"52.1.1.1", "52.1.1.2", "52.1.1.3"}},
		{"F4.220 none of a zone that is not registered", of(gateway.Regional, true), "c", nil},
		{"F4.220 those of a zone that is", of(gateway.Regional, true), "b", []string{"52.1.1.2"}},
		{"a zonal one has none", of(gateway.Zonal, false), "a", nil},
		{"nor has one without a mode", of(0, false), "a", nil},
		{"nor has none at all", nil, "a", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, a := range tt.g.From(tt.zone) {
				got = append(got, a.String())
			}
			assert.Equal(t, tt.want, got)
		})
	}
}
