package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

const firewallService = "com.amazonaws.vpce.us-east-1.vpce-svc-0123"

// firewalled is AWS's own example of a Gateway Load Balancer endpoint: what the servers send leaves by it,
// and what comes in by the internet gateway comes by it. "db" is in a subnet to which the servers' table
// leads by it too, and "beside" in the subnet of the endpoint.
func firewalled() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2600:1f00::/56")
	igw, eigw := v.InternetGateway("igw"), v.EgressOnlyInternetGateway("eigw")
	wall := v.Subnet("wall", "10.0.0.0/24", "2600:1f00::/64").Route("0.0.0.0/0", igw).Route("::/0", eigw)
	fw := wall.GatewayLoadBalancerEndpoint("fw", firewallService)
	servers := v.Subnet("servers", "10.0.1.0/24", "2600:1f00:0:1::/64").Route("0.0.0.0/0", fw).Route("::/0", fw).Route("10.0.2.0/24", fw)
	web := servers.Instance("web").PublicIP().IPv6("2600:1f00:0:1::10").Allow("tcp/443", packetwalk.Anywhere)
	data := v.Subnet("data", "10.0.2.0/24").Route("10.0.1.0/24", fw)
	data.Instance("db").Allow("tcp/5432", packetwalk.CIDR("10.0.1.0/24")).Allow("tcp/443", packetwalk.CIDR("10.0.1.0/24")).Allow("tcp/22", web)
	wall.Instance("beside").Allow("tcp/22", v)
	v.RouteTable("edge").AssociateGateway(igw).Route("10.0.1.0/24", fw)
	return b
}

func TestWalkInspectors(t *testing.T) {
	n := mustNetwork(t, firewalled())
	runWalks(t, n, []walkCase{
		{"F7.206 out to the internet", "web", "internet", "tcp/443", works},
		{"F7.206 F2.027 in by the edge table", "internet", "web", "tcp/443", works},
		{"F2.027 the groups are still asked", "internet", "web", "tcp/22", drops(trace.ENISGRulesMismatch, "web-sg")},
		{"F7.206 F2.011 between subnets", "web", "db", "tcp/5432", works},
		{"F5.108 a group's name no longer matches behind it", "web", "db", "tcp/22", drops(trace.SGReferencesNotPreserved, "db-sg")},
		{"F7.206 its own address is nobody's", "beside", "fw", "tcp/443", drops(trace.NoPossibleDestination, "fw")},
		{"F7.206 it calls nobody", "fw", "web", "tcp/443", drops(trace.VPCEIntraVPCTraffic, "fw")},
	})
	t.Run("F7.206 the packet is unchanged, and goes on by the table of the endpoint's subnet", func(t *testing.T) {
		f := checkWalk(t, n, walkCase{from: "web", to: "internet", service: "tcp/443", want: works})
		assert.Equal(t, []string{
			"network interface web-eni egress", "security group web-sg egress", "network ACL app-default-acl egress", "route table servers-rtb",
			"network ACL app-default-acl ingress", "Gateway Load Balancer endpoint fw",
			"network interface fw-eni egress", "network ACL app-default-acl egress", "route table wall-rtb", "internet gateway igw", "internet internet",
		}, stagesOf(f.Forward))
		h := hopAt(f.Forward.Hops, trace.StageGatewayLoadBalancerEndpoint)
		assert.Equal(t, f.Forward.Sent, h.After)
		assert.True(t, at(f.Return, trace.StageGatewayLoadBalancerEndpoint, "fw"), "%+v", f)
	})
	t.Run("F7.206 its interface has no groups and takes what is for others", func(t *testing.T) {
		e := endpointENI(t, n, "fw-eni")
		assert.Equal(t, subnet.Interface{
			ID: "fw-eni", Description: "VPC Endpoint Interface fw", Subnet: "wall", Kind: subnet.GatewayLoadBalancerEndpoint, NoSourceDestCheck: true,
			Private: e.Private,
		}, e)
		assert.True(t, prefix("10.0.0.0/24").Contains(e.Primary()))
	})
	t.Run("F4.104 IPv6 does not go on to an egress-only gateway", func(t *testing.T) {
		checkWalk(t, n, walkCase{from: "web", to: "2001:db8:ffff::10", service: "tcp/443", want: drops(trace.ProtocolRestriction, "eigw")})
	})
	t.Run("F2.030 who is behind it can't leave without it", func(t *testing.T) {
		cfg := firewalled().Config()
		for i := range cfg.RouteTables {
			if r := &cfg.RouteTables[i]; r.ID == "servers-rtb" {
				r.Routes = []route.Route{{Destination: prefix("0.0.0.0/0"), Target: route.Target{Kind: route.InternetGateway, ID: "igw"}}}
			}
		}
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "web", to: "internet", service: "tcp/443", want: drops(trace.IngressRTBTrafficRedirection, "igw")})
	})
	t.Run("F7.114 up to 8500 bytes", func(t *testing.T) {
		for length, want := range map[uint32]outcome{8500: works, 8501: drops(trace.MTUExceeded, "fw")} {
			checkOutcome(t, connectLong(t, n, "web", privateOf(t, n, "db-eni").String(), length, true), want)
		}
	})
	t.Run("item 102 F7.106 it fails with its zone", func(t *testing.T) {
		cfg := firewalled().Config()
		for i := range cfg.Subnets {
			if cfg.Subnets[i].ID == "wall" {
				cfg.Subnets[i].Zone = "us-east-1b"
			}
		}
		cfg.ImpairedZones = []string{"us-east-1b"}
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "web", to: "internet", service: "tcp/443", want: drops(trace.ZoneImpaired, "fw-eni")})
	})
	for _, s := range []endpoint.State{endpoint.PendingAcceptance, endpoint.Pending, endpoint.Deleting, endpoint.Deleted, endpoint.Rejected, endpoint.Failed} {
		t.Run("F7.111 F2.024 a blackhole unless it is available: "+s.String(), func(t *testing.T) {
			cfg := firewalled().Config()
			cfg.GatewayLoadBalancerEndpoints[0].State = s
			m := mustNetwork(t, cfg)
			checkWalk(t, m, walkCase{from: "web", to: "internet", service: "tcp/443", want: drops(trace.BadStateRoute, "servers-rtb")})
			assert.True(t, hasWarning(m, packetwalk.BlackholeRoute))
		})
	}
	t.Run("F7.206 one that is not described", func(t *testing.T) {
		cfg := firewalled().Config()
		cfg.GatewayLoadBalancerEndpoints = nil
		m := mustNetwork(t, cfg)
		runWalks(t, m, []walkCase{
			{"out", "web", "internet", "tcp/443", drops(trace.UnsupportedComponent, "fw")},
			{"in", "internet", "web", "tcp/443", drops(trace.UnsupportedComponent, "fw")},
		})
		assert.True(t, hasWarning(m, packetwalk.NotModelled))
		assert.False(t, hasWarning(n, packetwalk.NotModelled))
	})
	t.Run("F2.039 its own subnet must not lead to it", func(t *testing.T) {
		cfg := firewalled().Config()
		for i := range cfg.RouteTables {
			if r := &cfg.RouteTables[i]; r.ID == "wall-rtb" {
				r.Routes = []route.Route{{Destination: prefix("0.0.0.0/0"), Target: route.Target{Kind: route.GatewayLoadBalancerEndpoint, ID: "fw"}}}
			}
		}
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "web", to: "internet", service: "tcp/443", want: drops(trace.RoutingLoop, "fw")})
	})
}

// TestWalkInspectorACLs: F7.206, F6.014, which ACLs a packet meets on its way by an endpoint.
func TestWalkInspectorACLs(t *testing.T) {
	network := func(subnetOf, acl string) *packetwalk.Network {
		cfg := firewalled().Config()
		b := packetwalk.New()
		b.VPC("app").ACL("acl")
		made := b.Config().NetworkACLs[0]
		made.Subnets, made.Entries = []string{subnetOf}, aclEntries(acl)
		cfg.NetworkACLs = append(cfg.NetworkACLs, made)
		for i := range cfg.RouteTables { // for beside, which is in the endpoint's subnet
			if r := &cfg.RouteTables[i]; r.ID == "wall-rtb" {
				r.Routes = append(r.Routes, route.Route{Destination: prefix("10.0.2.0/24"), Target: route.Target{Kind: route.GatewayLoadBalancerEndpoint, ID: "fw"}})
			}
		}
		return mustNetwork(t, cfg)
	}
	denied := drops(trace.SubnetACLRestriction, "acl")
	for _, c := range []struct {
		name, subnetOf, acl, from, to, service string
		want                                   outcome
	}{
		{"F7.206 that of the servers, out", "servers", "in 100 allow all 0.0.0.0/0", "web", "internet", "tcp/443", denied},
		{"F7.206 that of the endpoint, in", "wall", "out 100 allow all 0.0.0.0/0", "web", "internet", "tcp/443", denied},
		{"F7.206 that of the endpoint, out", "wall", "in 100 allow all 0.0.0.0/0", "web", "internet", "tcp/443", denied},
		{"F7.206 that of the endpoint, from the internet", "wall", "out 100 allow all 0.0.0.0/0", "internet", "web", "tcp/443", denied},
		{"F6.014 in its own subnet, out to it", "wall", "in 100 allow all 0.0.0.0/0", "beside", "db", "tcp/5432", denied},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkWalk(t, network(c.subnetOf, c.acl), walkCase{from: c.from, to: c.to, service: c.service, want: c.want})
		})
	}
	t.Run("F6.014 to a neighbour the ACL is not asked", func(t *testing.T) {
		cfg := firewalled().Config()
		cfg.Interfaces = append(cfg.Interfaces, subnet.Interface{ID: "other", Subnet: "wall"})
		b := packetwalk.New()
		b.VPC("app").ACL("acl")
		made := b.Config().NetworkACLs[0]
		made.Subnets = []string{"wall"}
		cfg.NetworkACLs = append(cfg.NetworkACLs, made)
		f, err := mustNetwork(t, cfg).Probe("beside", "other", "tcp/22")
		require.NoError(t, err)
		assert.False(t, at(f.Forward, trace.StageNetworkACL, "acl"))
	})
}

// TestKindsOfEndpoints: F7.205, a network has gateway, interface and Gateway Load Balancer endpoints side
// by side.
func TestKindsOfEndpoints(t *testing.T) {
	b := firewalled()
	cfg := b.Config()
	cfg.GatewayEndpoints = []endpoint.Gateway{{ID: "s3", VPC: "app", Service: s3Service, RouteTables: []string{"servers-rtb"}}}
	cfg.InterfaceEndpoints = []endpoint.Interface{{ID: "sqs", VPC: "app", Service: sqsService, Subnets: []string{"servers"}, Groups: []string{"web-sg"}}}
	n := mustNetwork(t, cfg)
	runWalks(t, n, []walkCase{
		{"F7.205 the gateway endpoint", "web", s3Here, "tcp/443", works},
		{"F7.205 the interface endpoint", "web", "sqs", "tcp/443", works},
		{"F7.205 the Gateway Load Balancer endpoint", "web", "internet", "tcp/443", works},
	})
}

func TestInspectorMistakes(t *testing.T) {
	one := func(edit func(*endpoint.GatewayLoadBalancer)) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { edit(&c.GatewayLoadBalancerEndpoints[0]) }
	}
	far := func() *packetwalk.Builder {
		b := firewalled()
		b.VPC("far", "10.9.0.0/16").Subnet("far-subnet", "10.9.0.0/24")
		return b
	}
	runMistakes(t, far, []mistakeCase{
		{"F7.206 a VPC that is not there", one(func(g *endpoint.GatewayLoadBalancer) { g.VPC = "x" }), "fw", "VPC", packetwalk.ErrNotFound},
		{"F7.206 a subnet that is not there", one(func(g *endpoint.GatewayLoadBalancer) { g.Subnet = "x" }), "fw", "Subnet", packetwalk.ErrNotFound},
		{"F7.206 a subnet of another VPC", one(func(g *endpoint.GatewayLoadBalancer) { g.Subnet = "far-subnet" }), "fw", "Subnet", packetwalk.ErrInvalid},
		{"F7.206 no service of AWS's", one(func(g *endpoint.GatewayLoadBalancer) { g.Service = sqsService }), "fw", "Service", packetwalk.ErrInvalid},
		{"F7.206 an interface with groups", func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "fw-eni", Subnet: "wall", Kind: subnet.GatewayLoadBalancerEndpoint, Groups: []string{"web-sg"}})
		}, "fw", "Interface", packetwalk.ErrInvalid},
		{"F7.206 an interface elsewhere", func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "fw-eni", Subnet: "data", Kind: subnet.GatewayLoadBalancerEndpoint})
		}, "fw", "Interface", packetwalk.ErrInvalid},
		{"F7.206 an instance's interface", func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, subnet.Interface{
				ID: "fw-eni", Subnet: "wall", Attachment: subnet.Attachment{Instance: "web", DeviceIndex: 1},
			})
		}, "fw", "Interface", packetwalk.ErrInvalid},
		{"F2.019 a route of another VPC", func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "far-rtb", VPC: "far", Routes: []route.Route{
				{Destination: prefix("0.0.0.0/0"), Target: route.Target{Kind: route.GatewayLoadBalancerEndpoint, ID: "fw"}},
			}})
		}, "far-rtb", "Routes[0].Target", packetwalk.ErrInvalid},
		{"F2.021 no route from a prefix list", func(c *packetwalk.Config) {
			c.PrefixLists = append(c.PrefixLists, route.PrefixList{ID: "pl"})
			c.RouteTables = append(c.RouteTables, route.Table{ID: "x", VPC: "app", Routes: []route.Route{
				{PrefixList: "pl", Target: route.Target{Kind: route.GatewayLoadBalancerEndpoint, ID: "fw"}},
			}})
		}, "x", "Routes[0].Target", packetwalk.ErrInvalid},
	})
}
