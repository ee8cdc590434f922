package packet_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/packet"
)

func TestOpens(t *testing.T) {
	quote := packet.Quote{Dst: netip.MustParseAddr("192.0.2.1"), Protocol: packet.UDP}
	for _, c := range []struct {
		name string
		p    packet.Packet
		want bool
	}{
		{"SYN", packet.Packet{Protocol: packet.TCP, Flags: packet.SYN}, true},
		{"SYN with ECN", packet.Packet{Protocol: packet.TCP, Flags: packet.SYN | packet.ECE | packet.CWR}, true},
		{"flags not stated", packet.Packet{Protocol: packet.TCP}, true},
		{"SYN|ACK", packet.Packet{Protocol: packet.TCP, Flags: packet.SYN | packet.ACK}, false},
		{"ACK", packet.Packet{Protocol: packet.TCP, Flags: packet.ACK}, false},
		{"FIN", packet.Packet{Protocol: packet.TCP, Flags: packet.FIN}, false},
		{"RST", packet.Packet{Protocol: packet.TCP, Flags: packet.RST}, false},
		{"UDP", packet.Packet{Protocol: packet.UDP}, true},
		{"another protocol", packet.Packet{Protocol: packet.ESP}, true},
		{"echo request", packet.Packet{Protocol: packet.ICMP, ICMPType: packet.ICMPEchoRequest}, true},
		{"echo reply", packet.Packet{Protocol: packet.ICMP, ICMPType: packet.ICMPEchoReply}, false},
		{"ICMPv6 echo request", packet.Packet{Protocol: packet.ICMPv6, ICMPType: packet.ICMPv6EchoRequest}, true},
		{"ICMPv6 echo reply", packet.Packet{Protocol: packet.ICMPv6, ICMPType: packet.ICMPv6EchoReply}, false},
		{"an ICMP error", packet.Packet{Protocol: packet.ICMP, ICMPType: 3, Quoted: quote}, false},
		{"an ICMPv6 error", packet.Packet{Protocol: packet.ICMPv6, ICMPType: 1, Quoted: quote}, false},
	} {
		assert.Equal(t, c.want, c.p.Opens(), c.name)
	}
}

func TestRequestType(t *testing.T) {
	for reply, request := range map[uint8]uint8{0: 8, 14: 13, 16: 15, 18: 17} {
		typ, ok := packet.Packet{Protocol: packet.ICMP, ICMPType: reply}.RequestType()
		assert.True(t, ok, "%d", reply)
		assert.Equal(t, request, typ)
		_, ok = packet.Packet{Protocol: packet.ICMP, ICMPType: request}.RequestType()
		assert.False(t, ok, "%d", request)
	}
	typ, ok := packet.Packet{Protocol: packet.ICMPv6, ICMPType: 129}.RequestType()
	assert.True(t, ok)
	assert.Equal(t, uint8(128), typ)
	_, ok = packet.Packet{Protocol: packet.TCP}.RequestType()
	assert.False(t, ok)
	assert.Equal(t, packet.ICMPEchoRequest, packet.ICMP.EchoRequest())
	assert.Equal(t, packet.ICMPv6EchoRequest, packet.ICMPv6.EchoRequest())
}

// TestTooBig: F6.022, the router's word that a packet is too long for the way on.
func TestTooBig(t *testing.T) {
	router := netip.MustParseAddr("10.0.1.1")
	p := packet.Packet{
		Src: netip.MustParseAddr("10.0.1.5"), Dst: netip.MustParseAddr("203.0.113.9"), Protocol: packet.TCP,
		SrcPort: 40000, DstPort: 443, Length: 9001, DontFragment: true,
	}
	want := packet.Packet{
		Src: router, Dst: p.Src, Protocol: packet.ICMP, ICMPType: 3, ICMPCode: 4,
		Quoted: packet.Quote{Dst: p.Dst, SrcPort: 40000, DstPort: 443, Protocol: packet.TCP},
	}
	assert.Equal(t, want, p.TooBig(router))
	assert.True(t, want.IsError())
	assert.False(t, p.IsError())
	_, answered := want.Reply()
	assert.False(t, answered, "nobody answers an error")

	p.Src, p.Dst = netip.MustParseAddr("2001:db8::5"), netip.MustParseAddr("2001:db8:ffff::9")
	tooBig := p.TooBig(netip.MustParseAddr("2001:db8::1"))
	assert.Equal(t, "packet-too-big", packet.ICMPType(packet.ICMPv6, tooBig.ICMPType).String()[len("icmpv6/"):])
	assert.True(t, tooBig.IsError())

	ping := packet.Packet{Src: p.Src, Dst: p.Dst, Protocol: packet.ICMPv6, ICMPType: 128, ICMPID: 77}
	assert.Equal(t, uint16(77), ping.TooBig(router).Quoted.SrcPort)
}

func TestCanFragment(t *testing.T) {
	v4 := packet.Packet{Dst: netip.MustParseAddr("192.0.2.1")}
	assert.True(t, v4.CanFragment())
	v4.DontFragment = true
	assert.False(t, v4.CanFragment())
	assert.False(t, packet.Packet{Dst: netip.MustParseAddr("2001:db8::1")}.CanFragment(), "IPv6 never is on its way")
}

func TestOpposite(t *testing.T) {
	assert.Equal(t, packet.Egress, packet.Ingress.Opposite())
	assert.Equal(t, packet.Ingress, packet.Egress.Opposite())
	assert.Equal(t, packet.Direction(0), packet.Direction(0).Opposite())
}
