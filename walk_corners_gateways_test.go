package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// TestWalkPublicAddresses: what a public address stands for, and who calls by it.
func TestWalkPublicAddresses(t *testing.T) {
	runMistakes(t, gatewayNet, []mistakeCase{
		{"F4.008 what a public address stands for is in the VPC's range", func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "x", Subnet: "pub", Private: []subnet.Address{{Private: addr("10.9.0.9"), Public: addr("198.51.100.99")}}})
		}, "x", "Private[0].Private", packetwalk.ErrOutside},
	})
	// Two VPCs that are not joined and have the same range, each with a host that has a public address.
	b := packetwalk.New()
	for id, public := range map[string]string{"one": "198.51.100.1", "two": "198.51.100.2"} {
		v := b.VPC(id, "10.0.0.0/16")
		s := v.Subnet(id+"-s", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway(id+"-igw"))
		s.Instance(id+"-host").PrivateIP("10.0.1.10").ElasticIP(public).Allow("all", packetwalk.CIDR("198.51.100.0/24"))
	}
	n := mustNetwork(t, b)
	t.Run("F4.012 from VPC to VPC by public addresses is as from anywhere", func(t *testing.T) {
		f := checkWalk(t, n, walkCase{from: "one-host", to: "198.51.100.2", service: "tcp/443", want: works})
		assert.True(t, at(f.Forward, trace.StageInternetGateway, "one-igw") && at(f.Forward, trace.StageInternetGateway, "two-igw"), "%+v", f)
		assert.Equal(t, "two-host-eni", f.Forward.Verdict.ID)
		assert.Equal(t, addr("198.51.100.1"), f.Forward.Last.Src)
		assert.Equal(t, addr("10.0.1.10"), f.Forward.Last.Dst)
	})
	t.Run("F4.012 the private address is the own VPC's", func(t *testing.T) {
		f := checkWalk(t, n, walkCase{from: "one-host", to: "10.0.1.10", service: "tcp/443", want: works})
		assert.Equal(t, "one-host-eni", f.Forward.Verdict.ID)
	})
}

// TestWalkHairpin: F4.011, what calls a public address of its own VPC leaves it and comes in again, so both
// subnets' ACLs see the public address of the other side (F6.018), and both groups do.
func TestWalkHairpin(t *testing.T) {
	network := func(acl func(one, two *packetwalk.ACLHandle), allowed string) *packetwalk.Network {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		igw := v.InternetGateway("igw")
		one, two := v.Subnet("one", "10.0.1.0/24").Route("0.0.0.0/0", igw), v.Subnet("two", "10.0.2.0/24").Route("0.0.0.0/0", igw)
		one.Instance("a").ElasticIP("198.51.100.1")
		two.Instance("b").ElasticIP("198.51.100.2").Allow("tcp/443", packetwalk.CIDR(allowed))
		if acl != nil {
			acl(v.ACL("one-acl").For(one).AllowIn(100, "all", "0.0.0.0/0"), v.ACL("two-acl").For(two).AllowOut(100, "all", "0.0.0.0/0"))
		}
		return mustNetwork(t, b)
	}
	public := func(one, two *packetwalk.ACLHandle) {
		one.AllowOut(100, "all", "198.51.100.2/32")
		two.AllowIn(100, "all", "198.51.100.1/32")
	}
	private := func(one, two *packetwalk.ACLHandle) {
		one.AllowOut(100, "all", "198.51.100.2/32")
		two.AllowIn(100, "all", "10.0.1.0/24")
	}
	for _, c := range []struct {
		net *packetwalk.Network
		walkCase
	}{
		{network(nil, "198.51.100.1/32"), walkCase{"F4.011 the group sees the caller's public address", "a", "198.51.100.2", "tcp/443", works}},
		{network(nil, "10.0.1.0/24"), walkCase{"F4.011 and not the private one", "a", "198.51.100.2", "tcp/443", drops(trace.ENISGRulesMismatch, "b-sg")}},
		{network(public, "198.51.100.1/32"), walkCase{"F4.011 so do the ACLs", "a", "198.51.100.2", "tcp/443", works}},
		{network(private, "198.51.100.1/32"), walkCase{"F4.011 an ACL for the private address denies", "a", "198.51.100.2", "tcp/443", drops(trace.SubnetACLRestriction, "two-acl")}},
	} {
		t.Run(c.name, func(t *testing.T) { checkWalk(t, c.net, c.walkCase) })
	}
}

// natInside leads all of a VPC through a NAT gateway from one subnet's side.
func natInside() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	nat := v.Subnet("mid", "10.0.3.0/24").PrivateNAT("nat")
	v.Subnet("one", "10.0.1.0/24").Route("10.0.0.0/16", nat).Instance("a").Allow("all", packetwalk.Anywhere)
	v.Subnet("two", "10.0.2.0/24").Instance("b").Allow("tcp/443", packetwalk.CIDR("10.0.3.0/24"))
	v.Subnet("three", "10.0.4.0/24").Route("10.0.2.0/24", nat).Instance("c")
	return b
}

// TestWalkNATInsideVPC: a NAT gateway between the subnets of a VPC.
func TestWalkNATInsideVPC(t *testing.T) {
	n := mustNetwork(t, natInside())
	for _, c := range []walkCase{
		{"F2.010 the local route leads to the NAT gateway", "a", "b", "tcp/443", works},
		{"F4.221 the route for one subnet does", "c", "b", "tcp/443", works},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, n, c)
			assert.Equal(t, privateOf(t, n, "nat-eni"), f.Forward.Last.Src, "F4.204")
			assert.True(t, at(f.Return, trace.StageNATGateway, "nat"), "%+v", f)
		})
	}
	runWalks(t, n, []walkCase{
		{"F4.206 the other side's call is answered by way of a NAT gateway that did not see it", "b", "a", "tcp/443", replyDrops(trace.NATNoSession, "nat")},
		{"F4.221 other subnets are local", "c", "a", "tcp/443", replyDrops(trace.NATNoSession, "nat")},
	})
}

// boxed puts an appliance between two subnets, both ways.
func boxed(masquerade bool) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	s := v.Subnet("mid", "10.0.3.0/24")
	launch := s.Appliance
	if masquerade {
		launch = s.NATInstance
	}
	box := launch("box").Allow("all", packetwalk.Anywhere)
	v.Subnet("one", "10.0.1.0/24").Route("10.0.2.0/24", box).Instance("a")
	v.Subnet("two", "10.0.2.0/24").Route("10.0.1.0/24", box).Instance("b").Allow("tcp/443", packetwalk.CIDR("10.0.1.0/24")).
		Allow("tcp/444", packetwalk.CIDR("10.0.3.0/24"))
	return b
}

// TestWalkAppliances: the source/destination check and what forwards without it.
func TestWalkAppliances(t *testing.T) {
	runWalks(t, mustNetwork(t, boxed(false)), []walkCase{
		{"F2.032 an appliance in a subnet of its own, without the check", "a", "b", "tcp/443", works},
		{"F4.302 it keeps the source", "a", "b", "tcp/444", drops(trace.ENISGRulesMismatch, "b-sg")},
	})
	runWalks(t, mustNetwork(t, boxed(true)), []walkCase{
		{"F4.303 a NAT instance puts its own in the place", "a", "b", "tcp/444", works},
		{"F4.303 and hides the source", "a", "b", "tcp/443", drops(trace.ENISGRulesMismatch, "b-sg")},
	})
	edit := func(change func(c *packetwalk.Config)) *packetwalk.Network {
		cfg := boxed(false).Config()
		change(&cfg)
		return mustNetwork(t, cfg)
	}
	state := func(s vpc.InstanceState) *packetwalk.Network {
		return edit(func(c *packetwalk.Config) { c.Instances[0].State = s })
	}
	checked := edit(func(c *packetwalk.Config) {
		require.Equal(t, "box-eni", c.Interfaces[0].ID)
		c.Interfaces[0].NoSourceDestCheck, c.Interfaces[0].Forwarding = false, 0
	})
	twoAddresses := edit(func(c *packetwalk.Config) {
		c.Interfaces[1].Private = []subnet.Address{{Private: addr("10.0.1.20")}, {Private: addr("10.0.1.21")}}
	})
	for _, c := range []struct {
		net *packetwalk.Network
		walkCase
	}{
		{checked, walkCase{"F2.032 with the check on it forwards nothing", "a", "b", "tcp/443", drops(trace.ENISourceDestCheckRestriction, "box-eni")}},
		{checked, walkCase{"F4.301 but takes what is for itself", "a", "box", "tcp/443", works}},
		{state(vpc.Stopped), walkCase{"F4.304 stopped", "a", "b", "tcp/443", drops(trace.BadStateRoute, "one-rtb")}},
		{state(vpc.Terminated), walkCase{"F4.304 terminated", "a", "b", "tcp/443", drops(trace.BadStateRoute, "one-rtb")}},
	} {
		t.Run(c.name, func(t *testing.T) { checkWalk(t, c.net, c.walkCase) })
	}
	for _, c := range []struct {
		name, src string
		want      outcome
	}{
		{"F4.301 a secondary address may send", "10.0.1.21", works},
		{"F4.301 another one of the subnet may not", "10.0.1.22", drops(trace.ENISourceDestCheckRestriction, "a-eni")},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := packet.Packet{Src: addr(c.src), Dst: privateOf(t, twoAddresses, "b-eni"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Flags: packet.SYN}
			f, err := twoAddresses.Connect("a", p)
			require.NoError(t, err)
			checkOutcome(t, f, c.want)
		})
	}
}

// TestWalkNATCorners: NAT gateways in odd places.
func TestWalkNATCorners(t *testing.T) {
	looped := mustNetwork(t, routedNet())
	runWalks(t, looped, []walkCase{
		{"F2.039 ping too", "looper", "internet", "icmp/echo-request", drops(trace.RoutingLoop, "loop-nat")},
		{"F4.203 what it would drop anyway, it drops before it loops", "looper", "internet", "gre", drops(trace.ProtocolRestriction, "loop-nat")},
	})
	t.Run("F4.202 a public one in a VPC without an internet gateway", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		nat := v.Subnet("s", "10.0.0.0/24").NAT("nat")
		v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", nat).Instance("host")
		n := mustNetwork(t, b) // AWS makes none; a network that was loaded in part may show one
		assert.Contains(t, warningsOf(n, "nat"), packetwalk.PrivateSubnetNAT)
		checkWalk(t, n, walkCase{from: "host", to: "internet", service: "tcp/443", want: drops(trace.NoRouteToDestination, "app-main-rtb")})
	})
	t.Run("F4.205 a public one too sends from its private address inside", func(t *testing.T) {
		cfg := natInside().Config()
		cfg.NATGateways[0].Connectivity = gateway.Public
		cfg.NATGateways[0].Addresses = []gateway.NATAddress{{Public: addr("198.51.100.9")}}
		n := mustNetwork(t, cfg)
		f := checkWalk(t, n, walkCase{from: "a", to: "b", service: "tcp/443", want: works})
		assert.Equal(t, privateOf(t, n, "nat-eni"), f.Forward.Last.Src)
	})
}
