package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/trace"
)

// Addresses of S3 in two Regions, inside of the built-in ranges.
const (
	s3Here  = "52.216.1.1"
	s3There = "3.5.128.9"
)

// s3Net has a private subnet with a gateway endpoint for S3, one without, and a peer.
func s3Net() *packetwalk.Builder {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16")
	igw := v.InternetGateway("igw")
	private, public := v.Subnet("private", "10.0.1.0/24"), v.Subnet("public", "10.0.2.0/24").Route("0.0.0.0/0", igw)
	both := v.Subnet("both", "10.0.3.0/24").Route("0.0.0.0/0", igw)
	private.Instance("host").PrivateIP("10.0.1.10")
	private.Appliance("loose")
	public.Instance("web").PublicIP()
	both.Instance("mixed").PublicIP()
	v.RouteTable("private-rtb").Associate(private)
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", private, both)
	pcx := b.Peer(v, peer)
	peer.Subnet("clients", "10.1.1.0/24").Route("52.216.0.0/15", pcx).Instance("client")
	return b
}

func TestWalkGatewayEndpoint(t *testing.T) {
	n := mustNetwork(t, s3Net())
	for _, c := range []struct {
		walkCase
		through bool // the endpoint
	}{
		{walkCase{"F7.004 needs no public address, no gateway, no NAT", "host", s3Here, "tcp/443", works}, true},
		{walkCase{"F7.002 the tables that are associated have the route", "host", "s3", "tcp/443", works}, true},
		{walkCase{"F7.002 the others keep the public path", "web", s3Here, "tcp/443", works}, false},
		{walkCase{"F7.003 more specific than 0.0.0.0/0", "mixed", s3Here, "tcp/443", works}, true},
		{walkCase{"F7.003 another Region's S3 goes to the internet", "mixed", s3There, "tcp/443", works}, false},
		{walkCase{"F7.003 another Region's S3 has no way without", "host", s3There, "tcp/443", drops(trace.NoRouteToDestination, "private-rtb")}, false},
		{walkCase{"F7.013 ICMP echo enters", "host", s3Here, "icmp/echo-request", works}, true},
		{walkCase{"F7.013 other ICMP does not", "host", s3Here, "icmp/timestamp-request", drops(trace.VPCEGatewayProtocolRestriction, "s3")}, false},
		{walkCase{"F7.013 UDP does not", "host", s3Here, "udp/443", drops(trace.VPCEGatewayProtocolRestriction, "s3")}, false},
		{walkCase{"F7.013 GRE does not", "mixed", s3Here, "gre", drops(trace.VPCEGatewayProtocolRestriction, "s3")}, false},
		{walkCase{"F7.014 what is not of the service goes elsewhere", "mixed", "203.0.113.9", "tcp/443", works}, false},
		{walkCase{"F7.006 not for peers", "client", s3Here, "tcp/443", drops(trace.PCXRequiresAddressInVPCCIDR, "app-peer-pcx")}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, n, c.walkCase)
			if f.OK() {
				assert.Equal(t, c.through, at(f.Forward, trace.StageGatewayEndpoint, "s3"), "%+v", f)
				assert.Equal(t, c.through, at(f.Return, trace.StageGatewayEndpoint, "s3"), "%+v", f)
			}
		})
	}
	t.Run("F7.004 the service sees the private address", func(t *testing.T) {
		f := checkWalk(t, n, walkCase{from: "host", to: s3Here, service: "tcp/443", want: works})
		assert.Equal(t, addr("10.0.1.10"), f.Forward.Last.Src)
	})
	t.Run("F4.007 not for an address that the sender does not have", func(t *testing.T) {
		f, err := n.Connect("loose", packet.Packet{Src: addr("10.0.1.99"), Dst: addr(s3Here), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443})
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.GatewayRejectsSpoofedTraffic, "s3"))
	})
	t.Run("F7.016 it opens no connection", func(t *testing.T) {
		checkWalk(t, n, walkCase{from: "s3", to: "host", service: "tcp/443", want: drops(trace.NoPath, "s3")})
	})
}

// TestWalkGatewayEndpointFilters: F7.005, groups and ACLs apply.
func TestWalkGatewayEndpointFilters(t *testing.T) {
	const list = "pl-com.amazonaws.us-east-1.s3"
	ranges, ok := endpoint.Ranges("com.amazonaws.us-east-1.s3")
	require.True(t, ok)
	network := func(out, acl string) *packetwalk.Network {
		cfg := s3Net().Config()
		cfg.PrefixLists = []route.PrefixList{{ID: list, Name: "com.amazonaws.us-east-1.s3", Entries: ranges}}
		for i := range cfg.SecurityGroups {
			if g := &cfg.SecurityGroups[i]; g.ID == "host-sg" {
				g.Rules = append([]sg.Rule(nil), groupRules(packet.Egress, out)...)
			}
		}
		for _, v := range cfg.VPCs[:1] {
			a := packetwalk.New()
			a.VPC(v.ID).ACL("acl")
			made := a.Config().NetworkACLs[0]
			made.Subnets, made.Entries = []string{"private"}, aclEntries(acl)
			cfg.NetworkACLs = append(cfg.NetworkACLs, made)
		}
		return mustNetwork(t, cfg)
	}
	for _, c := range []struct {
		name, out, acl string
		want           outcome
	}{
		{"F7.005 the group names the prefix list", "tcp/443 pl:" + list, allowAll, works},
		{"F7.005 the group names the range", "tcp/443 52.216.0.0/15", allowAll, works},
		{"F7.005 the group does not name it", "tcp/443 10.0.0.0/8", allowAll, drops(trace.ENISGRulesMismatch, "host-sg")},
		{"F7.005 the ACL allows the range both ways", every, "out 100 allow tcp/443 52.216.0.0/15, in 100 allow tcp/1024-65535 52.216.0.0/15", works},
		{"F7.005 the ACL must let it out", every, "in 100 allow all 0.0.0.0/0", drops(trace.SubnetACLRestriction, "acl")},
		{"F7.005 the ACL must let the answer in", every, "out 100 allow all 0.0.0.0/0", replyDrops(trace.SubnetACLRestriction, "acl")},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkWalk(t, network(c.out, c.acl), walkCase{from: "host", to: s3Here, service: "tcp/443", want: c.want})
		})
	}
}

func TestWalkEndpointMistakes(t *testing.T) {
	runMistakes(t, s3Net, []mistakeCase{
		{"F2.022 one endpoint a service and table", func(c *packetwalk.Config) {
			c.GatewayEndpoints = append(c.GatewayEndpoints, endpoint.Gateway{ID: "again", VPC: "app", Service: "com.amazonaws.us-east-1.s3", RouteTables: []string{"private-rtb"}})
		}, "again", "RouteTables[0]", packetwalk.ErrDuplicate},
		{"F2.022 its route can't be edited", func(c *packetwalk.Config) {
			c.PrefixLists = append(c.PrefixLists, route.PrefixList{ID: "own", Name: "own"})
			c.RouteTables = append(c.RouteTables, route.Table{ID: "x", VPC: "app", Routes: []route.Route{{PrefixList: "own", Target: route.Target{Kind: route.GatewayEndpoint, ID: "s3"}}}})
		}, "x", "Routes[0].Target", packetwalk.ErrInvalid},
		{"F7.015 one endpoint a service and table, the main one too", func(c *packetwalk.Config) {
			c.GatewayEndpoints[0].RouteTables = append(c.GatewayEndpoints[0].RouteTables, "private-rtb")
		}, "s3", "RouteTables", packetwalk.ErrDuplicate},
		{"F7.101 one subnet a zone", func(c *packetwalk.Config) {
			c.InterfaceEndpoints = append(c.InterfaceEndpoints, endpoint.Interface{ID: "sqs", VPC: "app", Service: "com.amazonaws.us-east-1.sqs", Subnets: []string{"private", "public"}})
		}, "sqs", "Subnets[1]", packetwalk.ErrDuplicate},
		{"F7.006 no table of another VPC", func(c *packetwalk.Config) {
			c.GatewayEndpoints[0].RouteTables = append(c.GatewayEndpoints[0].RouteTables, "clients-rtb")
		}, "s3", "RouteTables", packetwalk.ErrInvalid},
	})
}

// sqsNet has an interface endpoint in two zones, clients in three, and a peer.
func sqsNet() *packetwalk.Builder {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16").Region("eu-west-1")
	a, c, d := v.Subnet("sub-a", "10.0.1.0/24").Zone("us-east-1a"), v.Subnet("sub-b", "10.0.2.0/24").Zone("us-east-1b"), v.Subnet("sub-c", "10.0.3.0/24").Zone("us-east-1c")
	a.Instance("host-a")
	c.Instance("host-b")
	d.Instance("host-c")
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", a, c).Allow("tcp/443", packetwalk.CIDR("10.0.0.0/15")).Allow("udp/443", v).Allow("icmp", v).Allow("esp", v)
	v.InterfaceEndpoint("plain", "com.amazonaws.us-east-1.sns", a)
	b.Peer(v, peer)
	peer.Subnet("clients", "10.1.1.0/24").Instance("client")
	return b
}

func TestWalkInterfaceEndpoint(t *testing.T) {
	n := mustNetwork(t, sqsNet())
	runWalks(t, n, []walkCase{
		{"F7.101 an interface in each subnet", "host-a", "sqs-sub-a-eni", "tcp/443", works},
		{"F7.101 and in the other", "host-b", "sqs-sub-b-eni", "tcp/443", works},
		{"F7.106 any zone may use any interface", "host-a", "sqs-sub-b-eni", "tcp/443", works},
		{"F7.106 a zone without an interface of its own", "host-c", "sqs", "tcp/443", works},
		{"F7.102 TCP", "host-a", "sqs", "tcp/443", works},
		{"F7.102 UDP", "host-a", "sqs", "udp/443", works},
		{"F7.102 no ping", "host-a", "sqs", "icmp/echo-request", drops(trace.ProtocolRestriction, "sqs")},
		{"F7.102 no other protocol", "host-a", "sqs", "esp", drops(trace.ProtocolRestriction, "sqs")},
		{"F7.103 its group must let it in", "host-a", "plain", "tcp/443", drops(trace.SGHasNoRules, "plain-sg")},
		{"F7.103 on the port of the service", "host-a", "sqs", "tcp/80", drops(trace.ENISGRulesMismatch, "sqs-sg")},
		{"F7.105 the service opens no connection", "sqs", "host-a", "tcp/443", drops(trace.VPCEIntraVPCTraffic, "sqs")},
		{"F7.110 from a peer, another Region's too", "client", "sqs", "tcp/443", works},
		{"F8.021 from a peer", "client", "sqs-sub-b-eni", "tcp/443", works},
	})
	f, err := n.Probe("host-b", "sqs", "tcp/443")
	require.NoError(t, err)
	assert.Equal(t, "sqs-sub-b-eni", f.Forward.Hops[len(f.Forward.Hops)-1].Interface, "F7.106 the name leads to the own zone first")

	for _, s := range []endpoint.State{
		endpoint.PendingAcceptance, endpoint.Pending, endpoint.Deleting, endpoint.Partial, endpoint.Rejected, endpoint.Expired,
	} {
		t.Run("F7.111 only Available carries traffic, not "+s.String(), func(t *testing.T) {
			cfg := sqsNet().Config()
			cfg.InterfaceEndpoints[0].State = s
			checkWalk(t, mustNetwork(t, cfg), walkCase{from: "host-a", to: "sqs", service: "tcp/443", want: drops(trace.BadState, "sqs")})
		})
	}
	for _, s := range []endpoint.State{endpoint.Deleted, endpoint.Failed} {
		t.Run("F7.111 only what is there has something to call, not "+s.String(), func(t *testing.T) {
			cfg := sqsNet().Config()
			cfg.InterfaceEndpoints[0].State = s
			_, err := mustNetwork(t, cfg).Probe("host-a", "sqs", "tcp/443")
			require.ErrorIs(t, err, packetwalk.ErrNotFound)
			assert.ErrorContains(t, err, `an interface endpoint in state "`+s.String()+`" has no network interface: nothing is there to call`)
		})
	}
	t.Run("F7.103 none given, the default group", func(t *testing.T) {
		cfg := sqsNet().Config()
		cfg.InterfaceEndpoints[0].Groups = nil
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "host-a", to: "sqs", service: "tcp/443", want: drops(trace.ENISGRulesMismatch, "app-default-sg")})
	})
}

// TestWalkInterfaceEndpointACL: F7.104, the ACLs of both subnets apply.
func TestWalkInterfaceEndpointACL(t *testing.T) {
	network := func(client, server string) *packetwalk.Network {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		one, two := v.Subnet("one", "10.0.1.0/24"), v.Subnet("two", "10.0.2.0/24")
		one.Instance("host")
		v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", two).Allow("tcp/443", v)
		v.ACL("client-acl").For(one)
		v.ACL("server-acl").For(two)
		cfg := b.Config()
		cfg.NetworkACLs[0].Entries, cfg.NetworkACLs[1].Entries = aclEntries(client), aclEntries(server)
		return mustNetwork(t, cfg)
	}
	for _, c := range []struct {
		name, client, server string
		want                 outcome
	}{
		{"F7.104 all allowed", allowAll, allowAll, works},
		{"F7.104 out of the client's subnet", "in 100 allow all 0.0.0.0/0", allowAll, drops(trace.SubnetACLRestriction, "client-acl")},
		{"F7.104 into the endpoint's", allowAll, "out 100 allow all 0.0.0.0/0", drops(trace.SubnetACLRestriction, "server-acl")},
		{"F7.104 the answer out of the endpoint's", allowAll, "in 100 allow all 0.0.0.0/0", replyDrops(trace.SubnetACLRestriction, "server-acl")},
		{"F7.104 the answer into the client's", "out 100 allow all 0.0.0.0/0", allowAll, replyDrops(trace.SubnetACLRestriction, "client-acl")},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkWalk(t, network(c.client, c.server), walkCase{from: "host", to: "sqs", service: "tcp/443", want: c.want})
		})
	}
}
