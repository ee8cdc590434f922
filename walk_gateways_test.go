package packetwalk_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// gatewayNet has a public subnet with a NAT gateway, a private one behind it, an IPv6 one behind an
// egress-only gateway, one without a way out, and a peer that is joined without routes.
func gatewayNet() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56", "fd80:1::/56")
	igw, eigw := v.InternetGateway("igw"), v.EgressOnlyInternetGateway("eigw")
	open := func(i *packetwalk.InstanceHandle) *packetwalk.InstanceHandle {
		return i.Allow("all", packetwalk.Anywhere, packetwalk.AnywhereIPv6)
	}
	pub := v.Subnet("pub", "10.0.0.0/24", "2001:db8:1::/64").Route("0.0.0.0/0", igw).Route("::/0", igw)
	nat := pub.NAT("nat")
	private := pub.PrivateNAT("private-nat")
	web := open(pub.Instance("web").ElasticIP("198.51.100.201").IPv6("2001:db8:1::10"))
	open(pub.Instance("web2").ElasticIP("198.51.100.202"))
	pub.Instance("friends").ElasticIP("198.51.100.203").Allow("tcp/80", web)
	open(pub.Instance("bare"))
	open(pub.Instance("loose").NoSourceDestCheck().ElasticIP("198.51.100.204"))
	open(v.Subnet("ula", "10.0.8.0/24", "fd80:1:0:8::/64").Route("::/0", igw).Instance("local6").IPv6("fd80:1:0:8::10"))

	open(v.Subnet("priv", "10.0.1.0/24", "2001:db8:1:1::/64").Route("0.0.0.0/0", nat).Route("::/0", nat).Instance("app1").PrivateIP("10.0.1.5").IPv6("2001:db8:1:1::10"))
	open(v.Subnet("inner", "10.0.2.0/24").Route("0.0.0.0/0", private).Instance("app2"))
	open(v.Subnet("six", "10.0.3.0/24", "2001:db8:1:3::/64").Route("::/0", eigw).Instance("host6").IPv6("2001:db8:1:3::10"))
	open(v.Subnet("lonely", "10.0.4.0/24").Instance("hermit").ElasticIP("198.51.100.205"))
	// A route for a whole subnet leads through the NAT gateway inside the VPC.
	db := v.Subnet("data", "10.0.5.0/24").Instance("db").Allow("tcp/5432", packetwalk.CIDR("10.0.0.0/24"))
	caller := open(v.Subnet("callers", "10.0.6.0/24").Route("10.0.5.0/24", nat).Instance("caller"))
	db.Allow("tcp/5433", caller)
	return b
}

func TestWalkInternetGateway(t *testing.T) {
	runWalks(t, mustNetwork(t, gatewayNet()), []walkCase{
		{"F4.001 the table leads to the gateway", "web", "internet", "tcp/443", works},
		{"F3.020 a public subnet is reached from the internet", "internet", "web", "tcp/443", works},
		{"F3.020 a private subnet is not: over IPv6 the answer has no way out", "internet", "app1", "tcp/443", replyDrops(trace.ProtocolRestriction, "nat")},
		{"F3.020 an isolated subnet has no way out", "hermit", "internet", "tcp/443", drops(trace.NoRouteToDestination, "app-main-rtb")},
		{"F4.003 a public address does not help without a route", "hermit", "internet", "udp/53", drops(trace.NoRouteToDestination, "app-main-rtb")},
		{"F4.003 nor does it for the answer", "internet", "hermit", "tcp/443", replyDrops(trace.NoRouteToDestination, "app-main-rtb")},
		{"F4.004 no public address, no way out", "bare", "internet", "tcp/443", drops(trace.IGWPublicIPAssociationForEgress, "igw")},
		{"F4.004 no public address, no ping", "bare", "internet", "icmp/echo-request", drops(trace.IGWPublicIPAssociationForEgress, "igw")},
		{"F4.005 an instance without a public address", "internet", "bare", "tcp/443", drops(trace.IGWPrivateIPAssociationForIngress, "igw")},
		{"F4.005 an address that nobody has", "internet", "198.51.100.77", "tcp/443", drops(trace.IGWPrivateIPAssociationForIngress, "internet")},
		{"F4.005 a private address", "internet", "10.0.0.20", "tcp/443", drops(trace.IGWPrivateIPAssociationForIngress, "igw")},
		{"F4.006 out to 10.0.0.0/8", "web", "10.99.0.1", "tcp/443", drops(trace.IGWDestinationAddressNotInRFC1918Egress, "igw")},
		{"F4.006 out to 172.16.0.0/12", "web", "172.16.5.5", "tcp/443", drops(trace.IGWDestinationAddressNotInRFC1918Egress, "igw")},
		{"F4.006 out to 192.168.0.0/16", "web", "192.168.5.5", "udp/53", drops(trace.IGWDestinationAddressNotInRFC1918Egress, "igw")},
		{"F4.006 out to 100.64.0.0/10", "web", "100.64.0.1", "tcp/443", drops(trace.IGWDestinationAddressNotInRFC6598Egress, "igw")},
		{"F4.006 in from 192.168.0.0/16", "192.168.5.5", "web", "tcp/443", drops(trace.IGWSourceAddressNotInRFC1918Ingress, "igw")},
		{"F4.006 in from 100.64.0.0/10", "100.64.0.1", "web", "tcp/443", drops(trace.IGWSourceAddressNotInRFC6598Ingress, "igw")},
		{"F4.009 IPv6 out", "web", "2001:db8:ffff::9", "tcp/443", works},
		{"F4.009 IPv6 in", "internet", "2001:db8:1::10", "tcp/443", works},
		{"F4.009 IPv6 in, ping", "internet", "web", "icmpv6/echo-request", works},
		{"F3.021 a unique local IPv6 address does not leave", "local6", "2001:db8:ffff::9", "tcp/443", drops(trace.PrivateIPv6AtGateway, "igw")},
		{"F3.021 nor is it reached", "internet", "fd80:1:0:8::10", "tcp/443", drops(trace.IGWPrivateIPAssociationForIngress, "igw")},
		{"F4.011 a neighbour's public address, out and in again", "web", "198.51.100.202", "tcp/443", works},
		{"F5.101 a group does not stand for public addresses", "web", "198.51.100.203", "tcp/80", drops(trace.SGReferencesNotPreserved, "friends-sg")},
		{"F5.101 it stands for private ones", "web", "friends", "tcp/80", works},
		{"F4.014 a private NAT gateway does not lead to the internet", "app2", "internet", "tcp/443", drops(trace.IGWPublicIPAssociationForEgress, "igw")},
		{"F4.002 every protocol passes", "web", "internet", "gre", works},
	})
}

// TestWalkTranslation: which addresses and ports the receiver sees.
func TestWalkTranslation(t *testing.T) {
	n := mustNetwork(t, gatewayNet())
	pub := func(id string) netip.Addr { return publicOf(t, n, id) }
	priv := func(id string) netip.Addr { return privateOf(t, n, id) }
	outside := addr("203.0.113.10")
	for _, c := range []struct {
		name, from, to, service string
		src, dst                netip.Addr
		srcPort                 uint16
	}{
		{"F4.002 the source becomes public on the way out", "web", "internet", "tcp/443", addr("198.51.100.201"), outside, 49152},
		{"F4.002 the destination becomes private on the way in", "internet", "web", "tcp/443", outside, priv("web-eni"), 49152},
		{"F4.009 IPv6 is not translated", "web", "2001:db8:ffff::9", "tcp/443", addr("2001:db8:1::10"), addr("2001:db8:ffff::9"), 49152},
		{"F4.010 ports stay", "web", "internet", "udp/53", addr("198.51.100.201"), outside, 49152},
		{"F4.011 both sides are translated", "web", "198.51.100.202", "tcp/443", addr("198.51.100.201"), priv("web2-eni"), 49152},
		{"F4.204 from the NAT gateway's address", "app1", "internet", "tcp/443", pub("nat-eni"), outside, 49152},
		{"F4.221 from the NAT gateway's private address inside the VPC", "caller", "db", "tcp/5432", priv("nat-eni"), priv("db-eni"), 49152},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, n, walkCase{from: c.from, to: c.to, service: c.service, want: works})
			last := f.Forward.Last
			assert.Equal(t, c.src.String(), last.Src.String())
			assert.Equal(t, c.dst.String(), last.Dst.String())
			assert.Equal(t, c.srcPort, last.SrcPort)
			assert.Equal(t, f.Forward.Sent.Src, f.Return.Last.Dst, "the answer comes to who asked")
			assert.Equal(t, f.Forward.Sent.Dst, f.Return.Last.Src, "from whom was asked")
			assert.Equal(t, f.Forward.Sent.SrcPort, f.Return.Last.DstPort)
		})
	}
	t.Run("F4.204 a low source port goes to 1024-65535, and back", func(t *testing.T) {
		f, err := n.Connect("app1", packet.Packet{Dst: outside, Protocol: packet.UDP, SrcPort: 500, DstPort: 500})
		require.NoError(t, err)
		assert.True(t, f.OK(), "%+v", f)
		assert.GreaterOrEqual(t, f.Forward.Last.SrcPort, uint16(1024))
		assert.Equal(t, uint16(500), f.Forward.Last.DstPort)
		assert.Equal(t, uint16(500), f.Return.Last.DstPort)
	})
}

func publicOf(t *testing.T, n *packetwalk.Network, id string) netip.Addr {
	t.Helper()
	for _, e := range n.Config().Interfaces {
		if e.ID == id {
			return e.PublicOf(e.Primary())
		}
	}
	t.Fatalf("no interface %q", id)
	return netip.Addr{}
}

func privateOf(t *testing.T, n *packetwalk.Network, id string) netip.Addr {
	t.Helper()
	for _, e := range n.Config().Interfaces {
		if e.ID == id {
			return e.Primary()
		}
	}
	t.Fatalf("no interface %q", id)
	return netip.Addr{}
}

// TestWalkSpoofed: a host without the source/destination check can send from any address; a gateway does not
// take it.
func TestWalkSpoofed(t *testing.T) {
	n := mustNetwork(t, gatewayNet())
	for _, c := range []struct {
		name, from, src, dst string
		want                 outcome
	}{
		{"F4.301 the check keeps it in", "web", "10.0.0.99", "203.0.113.9", drops(trace.ENISourceDestCheckRestriction, "web-eni")},
		{"F4.301 the check keeps it in, IPv6", "web", "2001:db8:1::99", "2001:db8:ffff::9", drops(trace.ENISourceDestCheckRestriction, "web-eni")},
		{"F4.004 without the check, no interface of the VPC", "loose", "10.0.0.99", "203.0.113.9", drops(trace.IGWPublicIPAssociationForEgress, "igw")},
		{"F4.007 without the check, IPv6", "loose", "2001:db8:1::99", "2001:db8:ffff::9", drops(trace.GatewayRejectsSpoofedTraffic, "igw")},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := n.Connect(c.from, packet.Packet{Src: addr(c.src), Dst: addr(c.dst), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443})
			require.NoError(t, err)
			checkOutcome(t, f, c.want)
		})
	}
}

func TestWalkEgressOnlyGateway(t *testing.T) {
	deny := func(in, out string) func(*packetwalk.Builder) *packetwalk.Network {
		return func(b *packetwalk.Builder) *packetwalk.Network {
			v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
			s := v.Subnet("six", "2001:db8:1:3::/64").Route("::/0", v.EgressOnlyInternetGateway("eigw"))
			s.Instance("host6").IPv6("2001:db8:1:3::10").Allow("all", packetwalk.AnywhereIPv6)
			v.ACL("acl").For(s).AllowIn(100, in, "::/0").AllowOut(100, out, "::/0")
			return mustNetwork(t, b)
		}
	}
	open, noAnswers, noRequests := deny("all", "all"), deny("tcp/80", "all"), deny("all", "udp/53")
	for _, c := range []struct {
		net func(*packetwalk.Builder) *packetwalk.Network
		walkCase
	}{
		{open, walkCase{"F4.101 out, and the answer in, TCP", "host6", "internet", "tcp/443", works}},
		{open, walkCase{"F4.101 out, and the answer in, UDP", "host6", "internet", "udp/53", works}},
		{open, walkCase{"F4.101 out, and the answer in, ping", "host6", "internet", "icmpv6/echo-request", works}},
		{open, walkCase{"F4.101 out, and the answer in, another protocol", "host6", "internet", "esp", works}},
		{open, walkCase{"F4.101 who calls from outside stays there", "internet", "host6", "tcp/443", drops(trace.EIGWNoSession, "eigw")}},
		{open, walkCase{"F4.101 a ping from outside stays there", "internet", "host6", "icmpv6/echo-request", drops(trace.EIGWNoSession, "eigw")}},
		{open, walkCase{"F3.013 a subnet may have IPv6 alone", "host6", "2001:db8:ffff::77", "tcp/22", works}},
		{noAnswers, walkCase{"F4.102 the ACL applies to the answer", "host6", "internet", "tcp/443", replyDrops(trace.SubnetACLRestriction, "acl")}},
		{noRequests, walkCase{"F4.102 the ACL applies to the request", "host6", "internet", "tcp/443", drops(trace.SubnetACLRestriction, "acl")}},
	} {
		t.Run(c.name, func(t *testing.T) { checkWalk(t, c.net(packetwalk.New()), c.walkCase) })
	}
	t.Run("F4.101 nor does the internet gateway of the VPC lead past it", func(t *testing.T) {
		checkWalk(t, mustNetwork(t, gatewayNet()), walkCase{from: "internet", to: "2001:db8:1:3::10", service: "tcp/443", want: drops(trace.EIGWNoSession, "eigw")})
	})
}

func TestWalkNATGateway(t *testing.T) {
	n := mustNetwork(t, gatewayNet())
	natPrivate := privateOf(t, n, "nat-eni").String()
	runWalks(t, n, []walkCase{
		{"F4.203 TCP", "app1", "internet", "tcp/443", works},
		{"F4.203 UDP", "app1", "internet", "udp/53", works},
		{"F4.203 ICMP", "app1", "internet", "icmp/echo-request", works},
		{"F4.203 nothing else: GRE", "app1", "internet", "gre", drops(trace.ProtocolRestriction, "nat")},
		{"F4.203 nothing else: IPsec", "app1", "internet", "esp", drops(trace.ProtocolRestriction, "nat")},
		{"F4.203 no IPv6 to the internet", "app1", "2001:db8:ffff::9", "tcp/443", drops(trace.ProtocolRestriction, "nat")},
		{"F4.206 unsolicited inbound is dropped: internet, TCP", "internet", "nat", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F4.206 unsolicited inbound is dropped: internet, UDP", "internet", "nat", "udp/53", drops(trace.NATNoSession, "nat")},
		{"F4.206 unsolicited inbound is dropped: same VPC", "hermit", "nat", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F4.206 unsolicited inbound is dropped: same subnet", "web", "nat", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F4.207 no answer to ping at the Elastic IP", "internet", "nat", "icmp/echo-request", drops(trace.NATNoSession, "nat")},
		{"F4.207 no answer to ping at the private address", "web", natPrivate, "icmp/echo-request", drops(trace.NATNoSession, "nat")},
		{"F4.206 a NAT gateway calls nobody", "nat", "internet", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F4.221 a route for a whole subnet leads through it", "caller", "db", "tcp/5432", works},
		{"F5.110 behind it a group does not know the caller", "caller", "db", "tcp/5433", drops(trace.SGReferencesNotPreserved, "db-sg")},
	})
	t.Run("F4.209 a source outside of its VPC", func(t *testing.T) {
		cfg := gatewayNet().Config()
		for i := range cfg.Interfaces {
			cfg.Interfaces[i].NoSourceDestCheck = true
		}
		f, err := mustNetwork(t, cfg).Connect("app1", packet.Packet{Src: addr("172.30.0.5"), Dst: addr("203.0.113.9"), Protocol: packet.UDP, SrcPort: 40000, DstPort: 53})
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.NGWRequiresSourceInVPC, "nat"))
	})
	t.Run("F4.212 a segment of a connection that it does not know", func(t *testing.T) {
		f, err := n.Connect("app1", packet.Packet{Dst: addr("203.0.113.9"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Flags: packet.ACK})
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.NATIdleTimeout, "nat"))
		require.NotNil(t, f.Forward.Answer)
		assert.Equal(t, packet.RST, f.Forward.Answer.Sent.Flags)
		assert.Equal(t, addr("10.0.1.5"), f.Forward.Answer.Sent.Dst)
	})
}

// TestWalkPublicBehindNAT: a host with a public address whose table leads to a NAT gateway is reached, and
// answers from another address.
func TestWalkPublicBehindNAT(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	nat := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
	v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", nat).Instance("web").ElasticIP("198.51.100.250").Allow("all", packetwalk.Anywhere)
	runWalks(t, mustNetwork(t, b), []walkCase{
		{"F4.206 the NAT gateway knows of no connection", "internet", "web", "tcp/443", replyDrops(trace.NATNoSession, "nat")},
		{"F4.204 and sends what needs none from its own address", "internet", "web", "udp/53", replyDrops(trace.ReplyAddressMismatch, "internet")},
	})
}

// TestWalkNATGatewayACL: F4.208, the ACL of the NAT gateway's subnet is asked on all four legs. Each case
// takes one entry away.
func TestWalkNATGatewayACL(t *testing.T) {
	const (
		fromHost     = iota // in: source is the host, to the service's port
		toInternet          // out: to the service's port
		fromInternet        // in: to the NAT gateway's ports
		toHost              // out: to the host's ports
	)
	network := func(without int) *packetwalk.Network {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		pub := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
		v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", pub.NAT("nat")).Instance("host")
		acl := v.ACL("nat-acl").For(pub)
		for leg, add := range []func(){
			func() { acl.AllowIn(100, "tcp/443", "10.0.1.0/24") },
			func() { acl.AllowOut(100, "tcp/443", "0.0.0.0/0") },
			func() { acl.AllowIn(110, "tcp/1024-65535", "203.0.113.0/24") },
			func() { acl.AllowOut(110, "tcp/1024-65535", "10.0.1.0/24") },
		} {
			if leg != without {
				add()
			}
		}
		return mustNetwork(t, b)
	}
	for _, c := range []struct {
		name    string
		without int
		want    outcome
	}{
		{"F4.208 all four legs are allowed", -1, works},
		{"F4.208 in from the host", fromHost, drops(trace.SubnetACLRestriction, "nat-acl")},
		{"F4.208 out to the internet", toInternet, drops(trace.SubnetACLRestriction, "nat-acl")},
		{"F4.208 in from the internet", fromInternet, replyDrops(trace.SubnetACLRestriction, "nat-acl")},
		{"F4.208 out to the host", toHost, replyDrops(trace.SubnetACLRestriction, "nat-acl")},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, network(c.without), walkCase{from: "host", to: "internet", service: "tcp/443", want: c.want})
			for _, h := range append(f.Forward.Hops, f.Return.Hops...) {
				assert.False(t, h.Stage == trace.StageSecurityGroup && h.Interface == "nat-eni", "a NAT gateway has no group")
			}
		})
	}
}

// natPeers joins two VPCs; the NAT gateway of the first leads to the second, which has no route back unless
// it is given one.
func natPeers(acl func(a *packetwalk.ACLHandle)) *packetwalk.Builder {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16")
	pcx := b.PeerWithoutRoutes(v, peer)
	pub := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).Route("10.1.0.0/16", pcx)
	nat := pub.NAT("nat")
	pub.Instance("plain")
	v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", nat).Instance("host")
	box := pub.NATInstance("box").PublicIP().Allow("all", packetwalk.Anywhere)
	v.Subnet("boxed", "10.0.2.0/24").Route("0.0.0.0/0", box).Instance("host2")
	s := peer.Subnet("other", "10.1.1.0/24")
	s.Instance("remote").Allow("tcp/80", packetwalk.CIDR("10.0.0.0/24"))
	if acl != nil {
		acl(peer.ACL("peer-acl").For(s))
	}
	// A client of the peer that wants out by the NAT gateway.
	peer.Subnet("clients", "10.1.2.0/24").Route("0.0.0.0/0", pcx).Route("10.0.0.0/16", pcx).Instance("client")
	return b
}

func TestWalkNATGatewayOverPeering(t *testing.T) {
	n := mustNetwork(t, natPeers(nil))
	runWalks(t, n, []walkCase{
		{"F4.209 client, NAT gateway, peering, destination", "host", "remote", "tcp/80", works},
		{"F4.210 the answer needs no route back", "host", "remote", "tcp/80", works},
		{"F4.210 but that of an instance does", "plain", "remote", "tcp/80", replyDrops(trace.NoRouteToDestination, "peer-main-rtb")},
		{"F4.210 and that of a NAT instance", "host2", "remote", "tcp/80", replyDrops(trace.NoRouteToDestination, "peer-main-rtb")},
		{"F4.209 client, peering, NAT gateway, internet", "client", "internet", "tcp/80", drops(trace.PCXRequiresAddressInVPCCIDR, "app-peer-pcx")},
		{"F4.206 unsolicited inbound is dropped: other VPC", "client", "nat", "tcp/80", drops(trace.NATNoSession, "nat")},
	})
	t.Run("F4.205 the other side sees the NAT gateway's private address", func(t *testing.T) {
		f := checkWalk(t, n, walkCase{from: "host", to: "remote", service: "tcp/80", want: works})
		assert.Equal(t, privateOf(t, n, "nat-eni"), f.Forward.Last.Src)
	})
	t.Run("F4.210 an ACL can block it", func(t *testing.T) {
		blocked := mustNetwork(t, natPeers(func(a *packetwalk.ACLHandle) { a.AllowIn(100, "all", "0.0.0.0/0") }))
		checkWalk(t, blocked, walkCase{from: "host", to: "remote", service: "tcp/80", want: replyDrops(trace.SubnetACLRestriction, "peer-acl")})
	})
	t.Run("F4.210 not over a peering that has ended", func(t *testing.T) {
		cfg := natPeers(nil).Config()
		cfg.Peerings[0].Status = peering.Deleted
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "host", to: "remote", service: "tcp/80", want: drops(trace.BadStateRoute, "pub-rtb")})
	})
}

// natInstance has a private subnet whose default route leads to an instance.
func natInstance(edit func(box *packetwalk.InstanceHandle), allow ...string) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	box := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NATInstance("box").ElasticIP("198.51.100.250")
	for _, service := range allow {
		box.Allow(service, packetwalk.CIDR("10.0.1.0/24"))
	}
	v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", box).Instance("host")
	if edit != nil {
		edit(box)
	}
	return b
}

func TestWalkNATInstance(t *testing.T) {
	stopped := func(box *packetwalk.InstanceHandle) { box.State(vpc.Stopped) }
	shutIn := func(box *packetwalk.InstanceHandle) { box.NoDefaultEgress() }
	checked := natInstance(nil, "all").Config()
	for i := range checked.Interfaces {
		checked.Interfaces[i].NoSourceDestCheck, checked.Interfaces[i].Forwarding = false, 0
	}
	for _, c := range []struct {
		net *packetwalk.Network
		walkCase
	}{
		{mustNetwork(t, natInstance(nil, "all")), walkCase{"F4.302 with the check off it forwards, TCP", "host", "internet", "tcp/443", works}},
		{mustNetwork(t, natInstance(nil, "all")), walkCase{"F4.302 with the check off it forwards, UDP", "host", "internet", "udp/53", works}},
		{mustNetwork(t, natInstance(nil, "all")), walkCase{"F4.302 with the check off it forwards, ICMP", "host", "internet", "icmp/echo-request", works}},
		{mustNetwork(t, natInstance(nil, "all")), walkCase{"F4.303 with the check off it forwards, ESP", "host", "internet", "esp", works}},
		{mustNetwork(t, checked), walkCase{"F4.301 with the check on it does not", "host", "internet", "tcp/443", drops(trace.ENISourceDestCheckRestriction, "box-eni")}},
		{mustNetwork(t, natInstance(nil, "tcp/443")), walkCase{"F4.303 its group sees the original ports: let in", "host", "internet", "tcp/443", works}},
		{mustNetwork(t, natInstance(nil, "tcp/443")), walkCase{"F4.303 its group sees the original ports: not let in", "host", "internet", "tcp/80", drops(trace.ENISGRulesMismatch, "box-sg")}},
		{mustNetwork(t, natInstance(nil)), walkCase{"F4.303 a group without rules", "host", "internet", "tcp/80", drops(trace.SGHasNoRules, "box-sg")}},
		{mustNetwork(t, natInstance(shutIn, "all")), walkCase{"F4.303 its group must let it out again", "host", "internet", "tcp/80", drops(trace.SGHasNoRules, "box-sg")}},
		{mustNetwork(t, natInstance(stopped, "all")), walkCase{"F4.304 a stopped one is a blackhole", "host", "internet", "tcp/443", drops(trace.BadStateRoute, "priv-rtb")}},
	} {
		t.Run(c.name, func(t *testing.T) { checkWalk(t, c.net, c.walkCase) })
	}
	t.Run("F4.301 the check drops it on the way in, and no record is left", func(t *testing.T) {
		f := checkWalk(t, mustNetwork(t, checked), walkCase{from: "host", to: "internet", service: "tcp/443", want: drops(trace.ENISourceDestCheckRestriction, "box-eni")})
		assert.Equal(t, packet.Ingress, f.Forward.Hops[len(f.Forward.Hops)-1].Direction)
		assert.Equal(t, []string{"host-eni 10.0.1.4 203.0.113.10 49152 443 6 ACCEPT"}, recordsOf(f))
	})
	t.Run("F4.302 it sends from its own address", func(t *testing.T) {
		f := checkWalk(t, mustNetwork(t, natInstance(nil, "all")), walkCase{from: "host", to: "internet", service: "tcp/443", want: works})
		assert.Equal(t, addr("198.51.100.250"), f.Forward.Last.Src)
	})
}

func TestWalkGatewayMistakes(t *testing.T) {
	runMistakes(t, gatewayNet, []mistakeCase{
		{"F4.001 a VPC has one internet gateway", func(c *packetwalk.Config) {
			c.InternetGateways = append(c.InternetGateways, gateway.Internet{ID: "second", VPC: "app"})
		}, "second", "VPC", packetwalk.ErrDuplicate},
		{"F4.102 a VPC has one egress-only gateway", func(c *packetwalk.Config) {
			c.EgressOnlyGateways = append(c.EgressOnlyGateways, gateway.EgressOnly{ID: "second", VPC: "app"})
		}, "second", "VPC", packetwalk.ErrDuplicate},
		{"F4.201 a public NAT gateway has an Elastic IP", func(c *packetwalk.Config) { c.NATGateways[0].Addresses = nil }, "nat", "Addresses", packetwalk.ErrInvalid},
		{"F4.201 a private NAT gateway has none", func(c *packetwalk.Config) {
			c.NATGateways[0].Connectivity = gateway.Private
		}, "nat", "Addresses[0].Public", packetwalk.ErrInvalid},
	})
}

// TestWalkNATWithoutGateway: a public NAT gateway whose subnet does not lead to an internet gateway (F4.201).
func TestWalkNATWithoutGateway(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.InternetGateway("igw")
	nat := v.Subnet("pub", "10.0.0.0/24").NAT("nat")
	v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", nat).Instance("host")
	n := mustNetwork(t, b)
	checkWalk(t, n, walkCase{"F4.201", "host", "internet", "tcp/443", drops(trace.NoRouteToDestination, "app-main-rtb")})
	var codes []packetwalk.WarningCode
	for _, w := range n.Warnings() {
		codes = append(codes, w.Code)
	}
	assert.Contains(t, codes, packetwalk.PrivateSubnetNAT)
}

// TestWalkDefaultVPC: what AWS makes in every Region.
func TestWalkDefaultVPC(t *testing.T) {
	b := packetwalk.New()
	_, subnets := b.DefaultVPC("default", "us-east-1a", "us-east-1b")
	subnets[0].Instance("a").Allow("tcp/443", packetwalk.Anywhere)
	subnets[1].Instance("b").ElasticIP("198.51.100.77")
	n := mustNetwork(t, b)
	runWalks(t, n, []walkCase{
		{"F3.014 the main table leads to the internet", "a", "internet", "tcp/443", works},
		{"F3.015 a default subnet gives public addresses", "internet", "a", "tcp/443", works},
		{"F3.014 there is no route for IPv6 and no address", "a", "b", "tcp/443", drops(trace.SGHasNoRules, "b-sg")},
		{"F3.019 DNS works", "a", "172.31.0.2", "udp/53", works},
	})
	cfg := n.Config()
	assert.Equal(t, "172.31.0.0/20", cfg.Subnets[0].CIDR.String(), "F3.014")
	assert.Equal(t, "172.31.16.0/20", cfg.Subnets[1].CIDR.String(), "F3.014")
	assert.Equal(t, addr("198.51.100.77"), publicOf(t, n, "b-eni"), "F3.017 an Elastic IP takes the place of the assigned one")
}

// TestWalkPublicOnLaunch: F3.015, a subnet that AWS did not make gives no public addresses of itself.
func TestWalkPublicOnLaunch(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.Route("0.0.0.0/0", v.InternetGateway("igw"))
	v.Subnet("plain", "10.0.1.0/24").Instance("a")
	s := v.Subnet("mapped", "10.0.2.0/24")
	s.Instance("before")
	s.MapPublicIP().Instance("after")
	n := mustNetwork(t, b)
	runWalks(t, n, []walkCase{
		{"F3.015 no public address by default", "a", "internet", "tcp/443", drops(trace.IGWPublicIPAssociationForEgress, "igw")},
		{"F3.016 the setting of the subnet, before", "before", "internet", "tcp/443", works},
		{"F3.016 the setting of the subnet, after", "after", "internet", "tcp/443", works},
	})
}
