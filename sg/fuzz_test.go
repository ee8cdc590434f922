package sg_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"pgregory.net/rapid"
)

// No data makes anything panic, and what is allowed is allowed by a rule that a person would say
// allows it.
func TestAnyData(t *testing.T) { rapid.Check(t, checkAnyData) }

func FuzzAnyData(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkAnyData)) }

func checkAnyData(t *rapid.T) {
	all := rapid.SliceOfN(drawGroup(), 0, 3).Draw(t, "groups")
	for _, g := range all {
		_ = g.Validate()
	}
	d, p := packet.Direction(rapid.ByteRange(0, 3).Draw(t, "direction")), drawPacket().Draw(t, "packet")
	sg.HasRules(all, d)
	dec, ok := sg.Match(all, d, p, small)
	_ = dec.Rule.String()
	if ok && (dec.Rule.Direction != d || !dec.Rule.Service.Matches(p)) {
		t.Fatalf("%v allows %+v", dec.Rule, p)
	}
}

// Whether a packet passes does not depend on the order of the groups (F5.001).
func TestMatchOfAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(drawGroup(), 0, 4).Draw(t, "groups")
		shuffled := rapid.Permutation(all).Draw(t, "shuffled")
		d, p := packet.Direction(rapid.ByteRange(1, 2).Draw(t, "direction")), drawPacket().Draw(t, "packet")
		_, want := sg.Match(all, d, p, small)
		if _, got := sg.Match(shuffled, d, p, small); got != want {
			t.Fatalf("%+v: %v in order, %v shuffled", p, want, got)
		}
	})
}

func drawGroup() *rapid.Generator[*sg.Group] {
	return rapid.Custom(func(t *rapid.T) *sg.Group {
		if rapid.IntRange(0, 9).Draw(t, "nil") == 0 {
			return nil
		}
		return &sg.Group{
			ID:    rapid.SampledFrom([]string{"", "sg-app"}).Draw(t, "id"),
			Name:  rapid.String().Draw(t, "name"),
			VPCs:  rapid.SliceOfN(rapid.SampledFrom([]string{"", "vpc-1", "vpc-2"}), 0, 3).Draw(t, "vpcs"),
			Rules: rapid.SliceOfN(drawRule(), 0, 5).Draw(t, "rules"),
		}
	})
}

func drawRule() *rapid.Generator[sg.Rule] {
	return rapid.Custom(func(t *rapid.T) sg.Rule {
		r := sg.Rule{
			Direction: packet.Direction(rapid.ByteRange(0, 3).Draw(t, "direction")),
			Service:   drawService().Draw(t, "service"),
			Stale:     rapid.Bool().Draw(t, "stale"),
		}
		// One bit a peer, so that none and several happen too.
		peers := rapid.IntRange(0, 7).Draw(t, "peers")
		if peers&1 != 0 {
			r.CIDR = netip.PrefixFrom(drawAddr().Draw(t, "addr"), rapid.SampledFrom([]int{0, 16, 24, 32, 64, 128, 129}).Draw(t, "bits"))
		}
		if peers&2 != 0 {
			r.PrefixList = rapid.SampledFrom([]string{"pl-office", "pl-gone"}).Draw(t, "list")
		}
		if peers&4 != 0 {
			r.Group = rapid.SampledFrom([]string{"sg-app", "sg-db", "sg-gone"}).Draw(t, "group")
			r.GroupVPC = rapid.SampledFrom([]string{"", "vpc-far"}).Draw(t, "group's VPC")
		}
		return r
	})
}

func drawService() *rapid.Generator[packet.Service] {
	return rapid.SampledFrom([]packet.Service{
		{}, packet.All(), packet.Of(packet.TCP), packet.Of(packet.ICMPv6), packet.Of(packet.ESP),
		packet.Ports(packet.TCP, packet.PortRange{First: 0, Last: 1}), packet.ICMPType(packet.ICMP, 1), packet.ICMPTypeCode(packet.ICMPv6, 1, 0),
	})
}

func drawAddr() *rapid.Generator[netip.Addr] {
	return rapid.Map(rapid.SampledFrom([]string{
		"", "10.0.0.1", "10.0.9.9", "198.51.100.7", "::ffff:10.0.0.1", "2001:db8::1", "fe80::1%eth0",
	}), func(s string) netip.Addr {
		a, _ := netip.ParseAddr(s) // the zero Addr for ""
		return a
	})
}

func drawPacket() *rapid.Generator[packet.Packet] {
	return rapid.Custom(func(t *rapid.T) packet.Packet {
		return packet.Packet{
			Src:      drawAddr().Draw(t, "src"),
			Dst:      drawAddr().Draw(t, "dst"),
			DstPort:  rapid.Uint16Range(0, 2).Draw(t, "port"),
			Protocol: rapid.SampledFrom([]packet.Protocol{packet.TCP, packet.ICMP, packet.ICMPv6, packet.ESP}).Draw(t, "protocol"),
			ICMPType: rapid.ByteRange(0, 2).Draw(t, "type"),
			ICMPCode: rapid.ByteRange(0, 1).Draw(t, "code"),
		}
	})
}
