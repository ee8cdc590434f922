package nacl_test

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"pgregory.net/rapid"
)

// The generators draw from few addresses, ports and types, so that entries and packets meet often, and
// now and then what no ACL should hold.

func drawACL() *rapid.Generator[nacl.ACL] {
	return rapid.Custom(func(t *rapid.T) nacl.ACL {
		return nacl.ACL{
			ID:      rapid.SampledFrom([]string{"", "acl-1"}).Draw(t, "id"),
			Subnets: rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "b"}), 0, 3).Draw(t, "subnets"),
			Entries: rapid.SliceOfN(drawEntry(), 0, 8).Draw(t, "entries"),
		}
	})
}

func drawEntry() *rapid.Generator[nacl.Entry] {
	return rapid.Custom(func(t *rapid.T) nacl.Entry {
		return nacl.Entry{
			Number:    rapid.IntRange(-1, 8).Draw(t, "number"),
			Direction: drawDirection().Draw(t, "direction"),
			Action:    nacl.Action(rapid.ByteRange(0, 3).Draw(t, "action")),
			Service:   drawService().Draw(t, "service"),
			CIDR:      drawCIDR().Draw(t, "cidr"),
		}
	})
}

func drawDirection() *rapid.Generator[packet.Direction] {
	return rapid.Map(rapid.SampledFrom([]uint8{1, 2, 1, 2, 0, 3}), func(b uint8) packet.Direction { return packet.Direction(b) })
}

func drawProtocol() *rapid.Generator[packet.Protocol] {
	return rapid.SampledFrom([]packet.Protocol{packet.TCP, packet.UDP, packet.ICMP, packet.ICMPv6, packet.ESP})
}

func drawService() *rapid.Generator[packet.Service] {
	return rapid.Custom(func(t *rapid.T) packet.Service {
		proto := drawProtocol().Draw(t, "protocol")
		x, y := rapid.ByteRange(0, 4).Draw(t, "x"), rapid.ByteRange(0, 4).Draw(t, "y")
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return packet.All()
		case 1:
			return packet.Of(proto)
		case 2:
			return packet.Ports(proto, packet.PortRange{First: uint16(x), Last: uint16(y)})
		case 3:
			return packet.ICMPType(proto, x)
		case 4:
			return packet.ICMPTypeCode(proto, x, y)
		}
		return packet.Service{}
	})
}

func drawAddr() *rapid.Generator[netip.Addr] {
	return rapid.SampledFrom([]netip.Addr{
		{},
		netip.MustParseAddr("10.0.0.1"),
		netip.MustParseAddr("10.0.1.1"),
		netip.MustParseAddr("203.0.113.9"),
		netip.MustParseAddr("::ffff:10.0.0.1"),
		netip.MustParseAddr("2001:db8::1"),
		netip.MustParseAddr("2001:db8:1::1%eth0"),
	})
}

func drawCIDR() *rapid.Generator[netip.Prefix] {
	return rapid.Custom(func(t *rapid.T) netip.Prefix {
		bits := rapid.SampledFrom([]int{0, 8, 16, 23, 24, 32, 64, 128, 129, -1}).Draw(t, "bits")
		cidr := netip.PrefixFrom(drawAddr().Draw(t, "addr"), bits)
		if rapid.Bool().Draw(t, "masked") {
			return cidr.Masked()
		}
		return cidr
	})
}

func drawPacket() *rapid.Generator[packet.Packet] {
	return rapid.Custom(func(t *rapid.T) packet.Packet {
		return packet.Packet{
			Src:      drawAddr().Draw(t, "src"),
			Dst:      drawAddr().Draw(t, "dst"),
			SrcPort:  50000,
			DstPort:  rapid.Uint16Range(0, 5).Draw(t, "port"),
			Protocol: drawProtocol().Draw(t, "protocol"),
			ICMPType: rapid.ByteRange(0, 5).Draw(t, "type"),
			ICMPCode: rapid.ByteRange(0, 5).Draw(t, "code"),
		}
	})
}
