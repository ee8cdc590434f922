package packetwalk_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// nat64Net has an IPv6-only subnet with DNS64, "six", whose table leads IPv6 to a NAT gateway in a subnet
// with IPv4 only, as AWS's guide to DNS64 and NAT64 does; one with DNS64 that leads all of IPv6 there,
// "all6"; one like the first without DNS64, "plain6"; a dual-stack one; and a server with IPv4 only in a
// subnet of its own.
func nat64Net() packetwalk.Config {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	pub := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	nat := pub.NAT("nat")
	v.Subnet("six", "2001:db8:1:1::/64").DNS64().Route("64:ff9b::/96", nat).Instance("host").IPv6("2001:db8:1:1::10")
	v.Subnet("all6", "2001:db8:1:2::/64").DNS64().Route("::/0", nat).Instance("wide").IPv6("2001:db8:1:2::10")
	v.Subnet("plain6", "2001:db8:1:3::/64").Route("64:ff9b::/96", nat).Instance("plain").IPv6("2001:db8:1:3::10")
	dual := v.Subnet("dual", "10.0.4.0/24", "2001:db8:1:4::/64").DNS64().Route("64:ff9b::/96", nat)
	dual.Instance("both").PrivateIP("10.0.4.10").IPv6("2001:db8:1:4::10")
	dual.Instance("neighbour").PrivateIP("10.0.4.11").Allow("all", packetwalk.Anywhere)
	v.Subnet("legacy", "10.0.5.0/24").Instance("db").PrivateIP("10.0.5.9").Allow("tcp/5432", packetwalk.CIDR("10.0.0.0/24"))
	return b.Config()
}

func TestWalkNAT64(t *testing.T) {
	runWalks(t, mustNetwork(t, nat64Net()), []walkCase{
		{"F4.215 IPv6 to an IPv4 host, TCP", "host", "64:ff9b::203.0.113.10", "tcp/443", works},
		{"F4.215 IPv6 to an IPv4 host, UDP", "host", "64:ff9b::203.0.113.10", "udp/53", works},
		{"F4.215 IPv6 to an IPv4 host, ping", "host", "64:ff9b::203.0.113.10", "icmpv6/echo-request", works},
		{"F4.203 and nothing else", "host", "64:ff9b::203.0.113.10", "esp", drops(trace.ProtocolRestriction, "nat")},
		{"F4.203 no ICMPv6 that ICMP has no word for", "host", "64:ff9b::203.0.113.10", "icmpv6/neighbor-solicitation", drops(trace.ProtocolRestriction, "nat")},
		{"F2.020 a route for 64:ff9b::/96 leads to a NAT gateway", "host", "64:ff9b::198.51.100.99", "tcp/443", works},
		{"A54 ::/0 carries 64:ff9b::/96", "wide", "64:ff9b::203.0.113.10", "tcp/443", works},
		{"A54 item 40 item 63 ::/0 carries no other IPv6", "wide", "2001:db8:ffff::9", "tcp/443", drops(trace.ProtocolRestriction, "nat")},
		{"item 40 64:ff9b:1::/48 is another range", "wide", "64:ff9b:1::203.0.113.10", "tcp/443", drops(trace.ProtocolRestriction, "nat")},
		{"item 40 just past the range", "wide", "64:ff9b::1:0:0", "tcp/443", drops(trace.ProtocolRestriction, "nat")},
		{"F4.006 to a private address that is nowhere", "host", "64:ff9b::172.16.0.1", "tcp/443", drops(trace.IGWDestinationAddressNotInRFC1918Egress, "igw")},
		{"F4.216 to a server of the VPC in another subnet", "both", "64:ff9b::10.0.5.9", "tcp/5432", works},
		{"F4.216 whose group is asked", "both", "64:ff9b::10.0.5.9", "tcp/22", drops(trace.ENISGRulesMismatch, "db-sg")},
		{"F4.216 not in the client's own subnet", "both", "64:ff9b::10.0.4.11", "tcp/80", drops(trace.NoPossibleDestination, "nat")},
		{"F4.207 not the NAT gateway itself", "host", "64:ff9b::10.0.0.4", "icmpv6/echo-request", drops(trace.NATNoSession, "nat")},
		{"F2.015 no link-local addresses", "host", "64:ff9b::169.254.169.254", "tcp/80", drops(trace.ReservedRange, "nat")},
		{"what the VPC's resolver says to a NAT gateway is not known", "host", "64:ff9b::10.0.0.2", "udp/53", drops(trace.UnknownDestination, "nat")},
	})
}

// TestWalkNAT64Without: a subnet whose table has no route for the range.
func TestWalkNAT64Without(t *testing.T) {
	cfg := nat64Net()
	for i := range cfg.RouteTables {
		if cfg.RouteTables[i].ID == "six-rtb" {
			cfg.RouteTables[i].Routes = nil
		}
	}
	checkWalk(t, mustNetwork(t, cfg), walkCase{"F4.215", "host", "64:ff9b::203.0.113.10", "tcp/443", drops(trace.NoRouteToDestination, "six-rtb")})
	t.Run("F4.215 nor does the internet have the range", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
		v.Subnet("in", "2001:db8:1:1::/64").Route("::/0", v.InternetGateway("igw")).Instance("host").IPv6("2001:db8:1:1::10")
		v.Subnet("out", "2001:db8:1:2::/64").Route("::/0", v.EgressOnlyInternetGateway("eigw")).Instance("host2").IPv6("2001:db8:1:2::10")
		n := mustNetwork(t, b)
		checkWalk(t, n, walkCase{"", "host", "64:ff9b::203.0.113.10", "tcp/443", drops(trace.UnroutedAddress, "igw")})
		checkWalk(t, n, walkCase{"", "host2", "64:ff9b::203.0.113.10", "tcp/443", drops(trace.UnroutedAddress, "eigw")})
	})
}

// TestWalkNAT64Header: what each side sees.
func TestWalkNAT64Header(t *testing.T) {
	n := mustNetwork(t, nat64Net())
	elastic, private := publicOf(t, n, "nat-eni"), privateOf(t, n, "nat-eni")
	for _, c := range []struct {
		name, from, to, service string
		src, dst                netip.Addr
		protocol                packet.Protocol
	}{
		{"F4.215 TCP", "host", "64:ff9b::203.0.113.10", "tcp/443", elastic, addr("203.0.113.10"), packet.TCP},
		{"F4.215 UDP", "host", "64:ff9b::203.0.113.10", "udp/53", elastic, addr("203.0.113.10"), packet.UDP},
		{"F4.215 a ping becomes one of ICMP", "host", "64:ff9b::203.0.113.10", "icmpv6/echo-request", elastic, addr("203.0.113.10"), packet.ICMP},
		{"F4.215 F4.216 inside the VPC from its private address", "host", "64:ff9b::10.0.5.9", "tcp/5432", private, addr("10.0.5.9"), packet.TCP},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, n, walkCase{from: c.from, to: c.to, service: c.service, want: works})
			last := f.Forward.Last
			assert.Equal(t, []any{c.src, c.dst, c.protocol}, []any{last.Src, last.Dst, last.Protocol})
			if c.protocol == packet.ICMP {
				assert.Equal(t, packet.ICMPEchoRequest, last.ICMPType)
				assert.Equal(t, packet.ICMPv6EchoReply, f.Return.Last.ICMPType)
			}
			back := f.Return.Last
			assert.Equal(t, []any{addr(c.to), f.Forward.Sent.Src, f.Forward.Sent.Protocol, f.Forward.Sent.SrcPort},
				[]any{back.Src, back.Dst, back.Protocol, back.DstPort}, "back to IPv6")
		})
	}
}

// TestWalkNAT64Filters: the client's groups and ACL see 64:ff9b::/96 (F4.216).
func TestWalkNAT64Filters(t *testing.T) {
	network := func(to string) *packetwalk.Network {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
		nat := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
		six := v.Subnet("six", "2001:db8:1:1::/64").Route("64:ff9b::/96", nat)
		six.Instance("host").IPv6("2001:db8:1:1::10").NoDefaultEgress().AllowOut("tcp/443", packetwalk.CIDR(to))
		return mustNetwork(t, b)
	}
	cidr := func(acl string) *packetwalk.Network {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
		nat := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
		six := v.Subnet("six", "2001:db8:1:1::/64").Route("64:ff9b::/96", nat)
		six.Instance("host").IPv6("2001:db8:1:1::10")
		v.ACL("six-acl").For(six).AllowIn(100, "all", acl).AllowOut(100, "all", acl)
		return mustNetwork(t, b)
	}
	for _, c := range []struct {
		net *packetwalk.Network
		walkCase
	}{
		{network("64:ff9b::/96"), walkCase{"F4.216 the group allows 64:ff9b::/96", "host", "64:ff9b::203.0.113.10", "tcp/443", works}},
		{network("203.0.113.0/24"), walkCase{"F4.216 not the IPv4 range", "host", "64:ff9b::203.0.113.10", "tcp/443", drops(trace.ENISGRulesMismatch, "host-sg")}},
		{cidr("64:ff9b::/96"), walkCase{"F4.216 the ACL allows 64:ff9b::/96", "host", "64:ff9b::203.0.113.10", "tcp/443", works}},
		{cidr("0.0.0.0/0"), walkCase{"F4.216 not the IPv4 range, ACL", "host", "64:ff9b::203.0.113.10", "tcp/443", drops(trace.SubnetACLRestriction, "six-acl")}},
	} {
		t.Run(c.name, func(t *testing.T) { checkWalk(t, c.net, c.walkCase) })
	}
}

// TestWalkNAT64Source: the gateway serves its own VPC, by the IPv6 source too (F4.209).
func TestWalkNAT64Source(t *testing.T) {
	cfg := nat64Net()
	for i := range cfg.Interfaces {
		cfg.Interfaces[i].NoSourceDestCheck = true
	}
	p := packet.Packet{Src: addr("2001:db8:99::5"), Dst: addr("64:ff9b::203.0.113.10"), Protocol: packet.UDP, SrcPort: 40000, DstPort: 53}
	f, err := mustNetwork(t, cfg).Connect("host", p)
	require.NoError(t, err)
	checkOutcome(t, f, drops(trace.NGWRequiresSourceInVPC, "nat"))
}

// TestDNS64: by which address a name is called from subnets with and without the attribute.
func TestDNS64(t *testing.T) {
	n := mustNetwork(t, nat64Net())
	for _, c := range []struct{ name, from, to, want string }{
		{"F4.217 a name with IPv4 only", "host", "db", "64:ff9b::a00:509"},
		{"F4.217 a name with IPv6 has that", "host", "both", "2001:db8:1:4::10"},
		{"F4.217 so has the internet", "wide", "internet", "2001:db8:ffff::10"},
		{"F4.217 who has IPv4 calls by that", "both", "db", "10.0.5.9"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := n.Probe(c.from, c.to, "tcp/5432")
			require.NoError(t, err)
			assert.Equal(t, addr(c.want), f.Forward.Sent.Dst)
		})
	}
	checkWalk(t, n, walkCase{"F4.217 and gets there", "host", "db", "tcp/5432", works})
	off := nat64Net()
	off.VPCs[0].NoDNSSupport = true
	for _, c := range []struct {
		name, from, to string
		net            *packetwalk.Network
	}{
		{"F4.217 a subnet without the attribute", "plain", "db", n},
		{"F4.217 a literal address is not synthesised", "host", "10.0.5.9", n},
		{"F4.217 F9.302 the resolver is off", "host", "db", mustNetwork(t, off)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.net.Probe(c.from, c.to, "tcp/5432")
			assert.ErrorIs(t, err, packetwalk.ErrNotFound)
		})
	}
}

// TestSessionNAT64: F4.215, what is remembered brings answers and ICMP errors back to IPv6.
func TestSessionNAT64(t *testing.T) {
	n := mustNetwork(t, nat64Net())
	elastic := publicOf(t, n, "nat-eni")
	open := func(s *packetwalk.Session) packet.Packet {
		p := packet.Packet{Dst: addr("64:ff9b::203.0.113.10"), Protocol: packet.UDP, SrcPort: 40000, DstPort: 53, Length: 1048}
		tr, err := s.Send("host", p)
		require.NoError(t, err)
		require.Equal(t, trace.Delivered, tr.Verdict.Outcome, "%+v", tr)
		assert.Equal(t, uint32(1028), tr.Last.Length, "an IPv4 header is 20 bytes shorter")
		return tr.Last
	}
	t.Run("F4.215 an answer", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		answer, _ := open(s).Reply()
		tr, err := s.Send("internet", answer)
		require.NoError(t, err)
		assert.Equal(t, "host-eni", tr.Verdict.ID, "%v", tr.Verdict)
		assert.Equal(t, packet.Packet{
			Src: addr("64:ff9b::203.0.113.10"), Dst: addr("2001:db8:1:1::10"), Protocol: packet.UDP, SrcPort: 53, DstPort: 40000, Length: 1048,
		}, tr.Last)
	})
	for _, c := range []struct {
		name       string
		typ, code  uint8
		typ6, cod6 uint8
	}{
		{"port unreachable", 3, 3, 1, 4},
		{"host unreachable", 3, 1, 1, 0},
		{"fragmentation needed", 3, 4, 2, 0},
		{"prohibited", 3, 13, 1, 1},
		{"time exceeded", 11, 0, 3, 0},
	} {
		t.Run("F4.215 an ICMP error of a router on the way: "+c.name, func(t *testing.T) {
			s := n.NewSession(time.Time{})
			sent := open(s)
			tr, err := s.Send("192.0.2.1", packet.Packet{
				Src: addr("192.0.2.1"), Dst: elastic, Protocol: packet.ICMP, ICMPType: c.typ, ICMPCode: c.code,
				Quoted: packet.Quote{Dst: sent.Dst, SrcPort: sent.SrcPort, DstPort: sent.DstPort, Protocol: sent.Protocol},
			})
			require.NoError(t, err)
			assert.Equal(t, packet.Packet{
				Src: addr("64:ff9b::192.0.2.1"), Dst: addr("2001:db8:1:1::10"), Protocol: packet.ICMPv6, ICMPType: c.typ6, ICMPCode: c.cod6,
				Quoted: packet.Quote{Dst: addr("64:ff9b::203.0.113.10"), SrcPort: 40000, DstPort: 53, Protocol: packet.UDP},
			}, tr.Last)
			assert.Equal(t, trace.Delivered, tr.Verdict.Outcome, "%+v", tr)
		})
	}
	t.Run("F4.215 an ICMPv6 error of the host", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		sent := open(s)
		tr, err := s.Send("host", packet.Packet{
			Dst: addr("64:ff9b::203.0.113.10"), Protocol: packet.ICMPv6, ICMPType: 1, ICMPCode: 4,
			Quoted: packet.Quote{Dst: addr("2001:db8:1:1::10"), SrcPort: 53, DstPort: 40000, Protocol: packet.UDP},
		})
		require.NoError(t, err)
		require.Equal(t, trace.Delivered, tr.Verdict.Outcome, "%+v", tr)
		private := privateOf(t, n, "nat-eni")
		assert.Equal(t, packet.Packet{
			Src: private, Dst: addr("203.0.113.10"), Protocol: packet.ICMP, ICMPType: 3, ICMPCode: 3,
			Quoted: packet.Quote{Dst: private, SrcPort: 53, DstPort: sent.SrcPort, Protocol: packet.UDP},
		}, afterNAT(t, tr))
	})
	t.Run("F4.206 an ICMPv6 error about nothing", func(t *testing.T) {
		tr, err := n.NewSession(time.Time{}).Send("host", packet.Packet{
			Dst: addr("64:ff9b::203.0.113.10"), Protocol: packet.ICMPv6, ICMPType: 1, ICMPCode: 4,
			Quoted: packet.Quote{Dst: addr("2001:db8:1:1::10"), SrcPort: 53, DstPort: 40000, Protocol: packet.UDP},
		})
		require.NoError(t, err)
		assert.Equal(t, trace.NATNoSession, tr.Verdict.Code, "%v", tr.Verdict)
	})
}

// afterNAT is the packet as a NAT gateway sent it on.
func afterNAT(t *testing.T, tr trace.Trace) packet.Packet {
	t.Helper()
	for _, h := range tr.Hops {
		if h.Stage == trace.StageNATGateway {
			return h.After
		}
	}
	t.Fatalf("no NAT gateway on the way:\n%+v", tr)
	return packet.Packet{}
}

// TestWalkNAT64OverPeering: IPv4 hosts of a peer VPC are reached as well, and answer without a route back
// (F4.210). What the peer hands over for 64:ff9b::/96 is no address of the VPC (F4.209).
func TestWalkNAT64OverPeering(t *testing.T) {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56"), b.VPC("peer", "10.1.0.0/16", "2001:db8:2::/56")
	pcx := b.PeerWithoutRoutes(v, peer)
	for name, private := range map[string]bool{"public": false, "private": true} {
		i := map[string]string{"public": "1", "private": "2"}[name]
		s := v.Subnet(name, "10.0."+i+".0/24").Route("10.1.0.0/16", pcx)
		nat := s.NAT
		if private {
			nat = s.PrivateNAT
		}
		six := v.Subnet(name+"-six", "2001:db8:1:"+i+"::/64").Route("64:ff9b::/96", nat(name+"-nat"))
		six.Instance(name + "-host").IPv6("2001:db8:1:" + i + "::10")
	}
	peer.Subnet("other", "10.1.1.0/24").Instance("remote").PrivateIP("10.1.1.9").Allow("tcp/80", packetwalk.CIDR("10.0.0.0/16"))
	peer.Subnet("six", "2001:db8:2:1::/64").Route("64:ff9b::/96", pcx).Instance("stranger").IPv6("2001:db8:2:1::10")
	runWalks(t, mustNetwork(t, b), []walkCase{
		{"F4.215 F4.210 by a public NAT gateway", "public-host", "64:ff9b::10.1.1.9", "tcp/80", works},
		{"F4.215 F4.210 by a private NAT gateway", "private-host", "64:ff9b::10.1.1.9", "tcp/80", works},
		{"F4.209 not from the peer", "stranger", "64:ff9b::203.0.113.10", "tcp/80", drops(trace.PCXRequiresAddressInVPCCIDR, "app-peer-pcx")},
	})
}
