package packetwalk_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// routedNet has a subnet of each kind: on tables of their own, on the main table, with IPv4 or IPv6 to the
// internet only.
func routedNet() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	igw := v.InternetGateway("igw")
	open := func(i *packetwalk.InstanceHandle) { i.Allow("all", packetwalk.Anywhere, packetwalk.AnywhereIPv6) }

	only4 := v.Subnet("only4", "10.0.1.0/24", "2001:db8:1:1::/64").Route("0.0.0.0/0", igw).Route("169.254.0.0/16", igw)
	open(only4.Instance("web").ElasticIP("198.51.100.1").IPv6("2001:db8:1:1::10"))
	open(only4.Instance("web2"))
	only6 := v.Subnet("only6", "10.0.2.0/24", "2001:db8:1:2::/64").Route("::/0", igw)
	open(only6.Instance("web6").ElasticIP("198.51.100.6").IPv6("2001:db8:1:2::10"))

	open(v.Subnet("plain", "10.0.3.0/24", "2001:db8:1:3::/64").Instance("db").ElasticIP("198.51.100.3").IPv6("2001:db8:1:3::10"))

	firewall := v.Subnet("firewall", "10.0.4.0/24").Appliance("fw") // its group lets nothing in
	only4.Route("10.0.1.0/24", firewall)
	open(v.Subnet("guarded", "10.0.5.0/24").Route("10.0.1.0/24", firewall).Instance("far"))

	// A NAT gateway to which its own subnet's table leads.
	looped := v.Subnet("looped", "10.0.6.0/24")
	open(looped.Route("0.0.0.0/0", looped.NAT("loop-nat")).Instance("looper"))
	return b
}

func TestWalkRoutes(t *testing.T) {
	runWalks(t, mustNetwork(t, routedNet()), []walkCase{
		{"F2.009 the local route leads everywhere in the VPC, IPv4", "web", "db", "tcp/80", works},
		{"F2.009 the local route leads everywhere in the VPC, IPv6", "web", "2001:db8:1:3::10", "tcp/80", works},
		{"F2.011 a route for a whole subnet beats local", "far", "web", "tcp/80", drops(trace.SGHasNoRules, "fw-sg")},
		{"F2.012 hosts of one subnet meet no route", "web", "web2", "tcp/80", works},
		{"F2.012 hosts of one subnet meet no route, UDP", "web", "web2", "udp/53", works},
		{"F2.013 a subnet without association uses the main table", "db", "internet", "tcp/80", drops(trace.NoRouteToDestination, "app-main-rtb")},
		{"F2.013 an associated subnet uses its table only", "web", "internet", "tcp/80", works},
		{"F2.015 no route leads into 169.254.168.0/22", "web", "169.254.168.5", "tcp/80", drops(trace.ReservedRange, "app")},
		{"F2.015 no route leads into fd00:ec2::/32", "web6", "fd00:ec2::5", "tcp/80", drops(trace.ReservedRange, "app")},
		{"F2.016 0.0.0.0/0 covers IPv4", "web", "203.0.113.9", "udp/123", works},
		{"F2.016 0.0.0.0/0 does not cover IPv6", "web", "2001:db8:ffff::9", "udp/123", drops(trace.NoRouteToDestination, "only4-rtb")},
		{"F2.016 ::/0 covers IPv6", "web6", "2001:db8:ffff::9", "icmpv6/echo-request", works},
		{"F2.016 ::/0 does not cover IPv4", "web6", "203.0.113.9", "icmp/echo-request", drops(trace.NoRouteToDestination, "only6-rtb")},
		{"F2.031 what comes in is delivered by address, what goes out asks the table", "internet", "db", "tcp/80", replyDrops(trace.NoRouteToDestination, "app-main-rtb")},
		{"F2.031 the same of IPv6", "internet", "2001:db8:1:3::10", "tcp/80", replyDrops(trace.NoRouteToDestination, "app-main-rtb")},
		{"F2.039 a NAT gateway in the sender's own subnet loops", "looper", "internet", "tcp/443", drops(trace.RoutingLoop, "loop-nat")},
		{"F2.039 for UDP too", "looper", "internet", "udp/53", drops(trace.RoutingLoop, "loop-nat")},
	})
}

// TestWalkMainTable: F2.014, the main table can be replaced, and what is associated stays where it is.
func TestWalkMainTable(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	igw := v.InternetGateway("igw")
	one, two := v.Subnet("one", "10.0.1.0/24"), v.Subnet("two", "10.0.2.0/24")
	one.Instance("implicit").PublicIP()
	two.Instance("explicit").PublicIP()
	v.RouteTable("open").Main().Route("0.0.0.0/0", igw)
	v.RouteTable("shut")
	v.RouteTable("own").Associate(two)
	cfg := b.Config()
	before := mustNetwork(t, cfg)
	for i := range cfg.RouteTables {
		cfg.RouteTables[i].Main = cfg.RouteTables[i].ID == "shut"
	}
	after := mustNetwork(t, cfg)
	shut := drops(trace.NoRouteToDestination, "own")
	checkWalk(t, before, walkCase{"F2.014 before", "implicit", "internet", "tcp/443", works})
	checkWalk(t, after, walkCase{"F2.014 after", "implicit", "internet", "tcp/443", drops(trace.NoRouteToDestination, "shut")})
	checkWalk(t, before, walkCase{"F2.014 before", "explicit", "internet", "tcp/443", shut})
	checkWalk(t, after, walkCase{"F2.014 after", "explicit", "internet", "tcp/443", shut})
}

// blackholeNet has a subnet for each kind of target, whose default route leads there.
func blackholeNet() *packetwalk.Builder {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56"), b.VPC("peer", "10.1.0.0/16")
	igw, eigw := v.InternetGateway("igw"), v.EgressOnlyInternetGateway("eigw")
	peer.Subnet("other", "10.1.1.0/24").Instance("remote").Allow("all", packetwalk.Anywhere)
	pcx := b.PeerWithoutRoutes(v, peer)
	peer.Route("10.0.0.0/16", pcx)
	pub := v.Subnet("pub", "10.0.1.0/24").Route("0.0.0.0/0", igw)
	nat := pub.NAT("nat")
	box := pub.NATInstance("box").PublicIP().Allow("all", packetwalk.Anywhere)

	v.Subnet("by-igw", "10.0.2.0/24").Route("0.0.0.0/0", igw).Instance("i-igw").PublicIP()
	v.Subnet("by-eigw", "10.0.3.0/24", "2001:db8:1:3::/64").Route("::/0", eigw).Instance("i-eigw").IPv6("2001:db8:1:3::10")
	v.Subnet("by-nat", "10.0.4.0/24").Route("0.0.0.0/0", nat).Instance("i-nat")
	v.Subnet("by-box", "10.0.5.0/24").Route("0.0.0.0/0", box).Instance("i-box")
	v.Subnet("by-pcx", "10.0.6.0/24").Route("0.0.0.0/0", igw).Route("10.1.0.0/16", pcx).Instance("i-pcx").PublicIP()
	s3 := v.Subnet("by-s3", "10.0.7.0/24").Route("0.0.0.0/0", igw)
	s3.Instance("i-s3").PublicIP()
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s3)
	return b
}

// TestWalkBlackholes: a route whose target takes no packets is a blackhole. Each case works before its edit.
func TestWalkBlackholes(t *testing.T) {
	state := func(s vpc.InstanceState) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			for i := range c.Instances {
				if c.Instances[i].ID == "box" {
					c.Instances[i].State = s
				}
			}
		}
	}
	status := func(s peering.Status) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.Peerings[0].Status = s }
	}
	natState := func(s gateway.NATState) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.NATGateways[0].State = s }
	}
	detach := func(c *packetwalk.Config) {
		for i := range c.Interfaces {
			if c.Interfaces[i].ID == "box-eni" {
				c.Interfaces[i].Attachment = subnet.Attachment{}
			}
		}
	}
	for _, c := range []struct {
		name     string
		edit     func(*packetwalk.Config)
		from, to string
		table    string
	}{
		{"F2.024 the internet gateway is detached", func(c *packetwalk.Config) { c.InternetGateways[0].VPC = "" }, "i-igw", "internet", "by-igw-rtb"},
		{"F2.024 the egress-only gateway is detached", func(c *packetwalk.Config) { c.EgressOnlyGateways[0].VPC = "" }, "i-eigw", "2001:db8:ffff::9", "by-eigw-rtb"},
		{"F2.024 the NAT gateway is deleted", natState(gateway.NATDeleted), "i-nat", "internet", "by-nat-rtb"},
		{"F4.222 the NAT gateway is deleted", natState(gateway.NATDeleted), "i-nat", "203.0.113.77", "by-nat-rtb"},
		{"F4.201 the NAT gateway is pending", natState(gateway.NATPending), "i-nat", "internet", "by-nat-rtb"},
		{"F4.201 the NAT gateway failed", natState(gateway.NATFailed), "i-nat", "internet", "by-nat-rtb"},
		{"F2.024 the NAT instance is terminated", state(vpc.Terminated), "i-box", "internet", "by-box-rtb"},
		{"F4.304 the NAT instance is stopped", state(vpc.Stopped), "i-box", "internet", "by-box-rtb"},
		{"F4.304 the interface is detached", detach, "i-box", "internet", "by-box-rtb"},
		{"F2.026 the peering is pending, and nothing less specific takes over", status(peering.PendingAcceptance), "i-pcx", "remote", "by-pcx-rtb"},
		{"F2.025 the peering is deleted, and nothing less specific takes over", status(peering.Deleted), "i-pcx", "remote", "by-pcx-rtb"},
		{"F2.025 the endpoint is being made, and nothing less specific takes over", func(c *packetwalk.Config) { c.GatewayEndpoints[0].State = endpoint.Pending }, "i-s3", "s3", "by-s3-rtb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := blackholeNet().Config()
			checkWalk(t, mustNetwork(t, cfg), walkCase{from: c.from, to: c.to, service: "tcp/443", want: works})
			c.edit(&cfg)
			n := mustNetwork(t, cfg)
			checkWalk(t, n, walkCase{from: c.from, to: c.to, service: "tcp/443", want: drops(trace.BadStateRoute, c.table)})
		})
	}
	t.Run("F2.024 a blackhole route stays though its target is gone", func(t *testing.T) {
		cfg := blackholeNet().Config()
		gone := route.Route{Destination: netip.MustParsePrefix("203.0.113.0/24"), State: route.Blackhole, Target: route.Target{Kind: route.NATGateway, ID: "nat-gone"}}
		for i := range cfg.RouteTables {
			if cfg.RouteTables[i].ID == "by-igw-rtb" {
				cfg.RouteTables[i].Routes = append(cfg.RouteTables[i].Routes, gone)
			}
		}
		n := mustNetwork(t, cfg)
		checkWalk(t, n, walkCase{from: "i-igw", to: "203.0.113.9", service: "udp/53", want: drops(trace.BadStateRoute, "by-igw-rtb")})
		checkWalk(t, n, walkCase{from: "i-igw", to: "192.0.2.9", service: "udp/53", want: works})
	})
}

// edgeNet puts an appliance before a web server: by the internet gateway's table on the way in, by the
// subnet's on the way out.
func edgeNet(public, direct bool) *packetwalk.Builder {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16")
	igw := v.InternetGateway("igw")
	b.Peer(v, peer)
	peer.Subnet("other", "10.1.1.0/24").Instance("remote")
	fw := v.Subnet("edge", "10.0.1.0/24").Route("0.0.0.0/0", igw).Appliance("fw").Allow("all", packetwalk.Anywhere)
	if public {
		fw.ElasticIP("198.51.100.250")
	}
	web := v.Subnet("inner", "10.0.2.0/24")
	web.Instance("web").ElasticIP("198.51.100.2").Allow("all", packetwalk.Anywhere)
	if direct {
		web.Route("0.0.0.0/0", igw)
	} else {
		web.Route("0.0.0.0/0", fw)
	}
	v.Subnet("aside", "10.0.3.0/24").Route("0.0.0.0/0", igw).Instance("bystander").ElasticIP("198.51.100.3").Allow("all", packetwalk.Anywhere)
	v.RouteTable("gateway-rtb").AssociateGateway(igw).Route("10.0.2.0/24", fw)
	return b
}

func TestWalkEdgeTable(t *testing.T) {
	n := mustNetwork(t, edgeNet(true, false))
	for _, c := range []struct {
		name, from, to, service string
		through                 bool
	}{
		{"F2.027 the gateway's table leads to the appliance", "internet", "web", "tcp/443", true},
		{"F2.027 whatever the protocol", "internet", "web", "esp", true},
		{"F2.027 other subnets are local", "internet", "bystander", "tcp/443", false},
		{"F2.028 it steers what comes from the internet only", "remote", "web", "tcp/443", false},
		{"F2.032 the way out leads through the appliance too", "web", "internet", "udp/53", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, n, walkCase{from: c.from, to: c.to, service: c.service, want: works})
			assert.Equal(t, c.through, at(f.Forward, trace.StageNetworkInterface, "fw-eni"), "%+v", f)
			if c.through && c.from == "internet" {
				assert.True(t, at(f.Forward, trace.StageRouteTable, "gateway-rtb"), "%+v", f)
			}
		})
	}
	t.Run("F2.027 the appliance's group says no", func(t *testing.T) {
		cfg := edgeNet(true, false).Config()
		for i := range cfg.SecurityGroups {
			if g := &cfg.SecurityGroups[i]; g.ID == "fw-sg" {
				g.Rules = nil
			}
		}
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "internet", to: "web", service: "tcp/443", want: drops(trace.SGHasNoRules, "fw-sg")})
	})
	t.Run("F2.029 the appliance does not run", func(t *testing.T) {
		cfg := edgeNet(true, false).Config()
		cfg.Instances[1].State = vpc.Stopped
		require.Equal(t, "fw", cfg.Instances[1].ID)
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "internet", to: "web", service: "tcp/443", want: drops(trace.BadStateRoute, "gateway-rtb")})
	})
}

// TestWalkRouteMistakes: what AWS would not let anybody build.
func TestWalkRouteMistakes(t *testing.T) {
	two := func(id string, associate ...string) route.Table {
		return route.Table{ID: id, VPC: "app", Subnets: associate}
	}
	addTables := func(tables ...route.Table) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.RouteTables = append(c.RouteTables, tables...) }
	}
	to := func(dst string, kind route.TargetKind, id string) func(*packetwalk.Config) {
		return addTables(route.Table{ID: "extra", VPC: "app", Routes: []route.Route{{Destination: netip.MustParsePrefix(dst), Target: route.Target{Kind: kind, ID: id}}}})
	}
	runMistakes(t, routedNet, []mistakeCase{
		{"F2.013 a subnet has one table", addTables(two("x", "plain"), two("y", "plain")), "y", "Subnets[0]", packetwalk.ErrDuplicate},
		{"F2.014 a VPC has one main table", addTables(route.Table{ID: "x", VPC: "app", Main: true}, route.Table{ID: "y", VPC: "app", Main: true}), "y", "Main", packetwalk.ErrDuplicate},
		{"F2.014 a gateway route table can't be main", addTables(route.Table{ID: "x", VPC: "app", Main: true, Gateways: []string{"igw"}}), "x", "Gateways", packetwalk.ErrInvalid},
		{"F2.011 more specific than local wants a whole subnet", to("10.0.1.0/25", route.NetworkInterface, "fw-eni"), "extra", "Routes[0].Destination", packetwalk.ErrInvalid},
		{"F2.015 no route inside 169.254.168.0/22", to("169.254.168.0/24", route.InternetGateway, "igw"), "extra", "Routes[0].Destination", packetwalk.ErrInvalid},
		{"F2.019 an egress-only gateway is for IPv6", to("0.0.0.0/0", route.EgressOnlyInternetGateway, "eigw"), "extra", "Routes[0].Target.Kind", packetwalk.ErrInvalid},
		{"F2.024 a target that is not there", to("0.0.0.0/0", route.NATGateway, "nat-gone"), "extra", "Routes[0].Target", packetwalk.ErrNotFound},
		{"F2.027 a gateway route table leads to no other gateway", addTables(route.Table{ID: "x", VPC: "app", Gateways: []string{"igw"}, Routes: []route.Route{{Destination: netip.MustParsePrefix("10.0.3.0/24"), Target: route.Target{Kind: route.NATGateway, ID: "loop-nat"}}}}), "x", "Routes[0].Target.Kind", packetwalk.ErrInvalid},
		{"F2.027 a gateway route table leads nowhere outside the VPC", addTables(route.Table{ID: "x", VPC: "app", Gateways: []string{"igw"}, Routes: []route.Route{{Destination: netip.MustParsePrefix("10.9.0.0/16"), Target: route.Target{Kind: route.NetworkInterface, ID: "fw-eni"}}}}), "x", "Routes[0].Destination", packetwalk.ErrOutside},
		{"F3.010 the first four addresses are reserved", address("10.0.3.3"), "extra", "Private[0].Private", packetwalk.ErrOutside},
		{"F3.010 the last address is reserved", address("10.0.3.255"), "extra", "Private[0].Private", packetwalk.ErrOutside},
		{"F3.012 the first four IPv6 addresses are reserved", address("2001:db8:1:3::3"), "extra", "IPv6[0]", packetwalk.ErrOutside},
		{"F3.012 the last IPv6 address is reserved", address("2001:db8:1:3:ffff:ffff:ffff:ffff"), "extra", "IPv6[0]", packetwalk.ErrOutside},
		{"F3.018 a private address has one public one", func(c *packetwalk.Config) {
			c.ElasticIPs = append(c.ElasticIPs, subnet.ElasticIP{ID: "eip", PublicIP: addr("198.51.100.99"), Interface: "web-eni"})
		}, "eip", "PublicIP", packetwalk.ErrDuplicate},
		{"F3.018 a public address stands for one private one", func(c *packetwalk.Config) {
			c.ElasticIPs = append(c.ElasticIPs, subnet.ElasticIP{ID: "eip", PublicIP: addr("198.51.100.1"), Interface: "web2-eni"})
		}, "web2-eni", "Private[0].Public", packetwalk.ErrDuplicate},
	})
}

// address adds an interface with an address to the subnet 10.0.3.0/24 and 2001:db8:1:3::/64.
func address(text string) func(*packetwalk.Config) {
	e := subnet.Interface{ID: "extra", Subnet: "plain"}
	if a := addr(text); a.Is4() {
		e.Private = []subnet.Address{{Private: a}}
	} else {
		e.IPv6 = []netip.Addr{a}
	}
	return func(c *packetwalk.Config) { c.Interfaces = append(c.Interfaces, e) }
}

// TestWalkReplacedLocal: F2.010, the target of a local route can be replaced, and then all of the VPC lies
// behind it.
func TestWalkReplacedLocal(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	fw := v.Subnet("firewall", "10.0.3.0/24").Appliance("fw").Allow("all", packetwalk.Anywhere)
	v.Subnet("one", "10.0.1.0/24").Route("10.0.0.0/16", fw).Instance("a").Allow("all", packetwalk.Anywhere)
	v.Subnet("two", "10.0.2.0/24").Route("10.0.0.0/16", fw).Instance("b").Allow("all", packetwalk.Anywhere)
	f := checkWalk(t, mustNetwork(t, b), walkCase{"F2.010", "a", "b", "tcp/80", works})
	assert.True(t, at(f.Forward, trace.StageNetworkInterface, "fw-eni"), "%+v", f)
	assert.True(t, at(f.Return, trace.StageNetworkInterface, "fw-eni"), "%+v", f)
}

// TestWalkLoop: two appliances that send everything to each other.
func TestWalkLoop(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	one, two := v.Subnet("one", "10.0.1.0/24"), v.Subnet("two", "10.0.2.0/24")
	left, right := one.Appliance("left").Allow("all", packetwalk.Anywhere), two.Appliance("right").Allow("all", packetwalk.Anywhere)
	one.Route("0.0.0.0/0", right)
	two.Route("0.0.0.0/0", left)
	one.Instance("host")
	n := mustNetwork(t, b)
	for _, service := range []string{"tcp/443", "udp/53", "icmp/echo-request", "gre"} {
		f, err := n.Probe("host", "internet", service)
		require.NoError(t, err)
		assert.Equal(t, trace.RoutingLoop, f.Verdict().Code, "%+v", f)
		s, err := n.Source("host")
		require.NoError(t, err)
		assert.Equal(t, f.Verdict(), s.Verdict(f.Forward.Sent))
	}
}

// TestWalkLost: a trace names the routes that matched as well, and why they were not taken (F2.001).
func TestWalkLost(t *testing.T) {
	n := mustNetwork(t, routedNet())
	tr, err := n.Trace("far", packet.Packet{Dst: addr("10.0.1.5"), Protocol: packet.TCP, DstPort: 80})
	require.NoError(t, err)
	for _, h := range tr.Hops {
		if h.Stage == trace.StageRouteTable {
			require.Len(t, h.Lost, 1)
			assert.Equal(t, trace.MoreSpecificRoute, h.Lost[0].Code)
			return
		}
	}
	t.Error("no hop at a route table")
}

// TestWalkIngressRouting holds what AWS says about the appliance behind an edge table (F2.029, F2.030).
func TestWalkIngressRouting(t *testing.T) {
	runWalks(t, mustNetwork(t, edgeNet(false, false)), []walkCase{
		{"F2.029 an appliance without a public address takes nothing in", "internet", "web", "tcp/443", drops(trace.IngressRTBNoPublicIP, "gateway-rtb")},
	})
	runWalks(t, mustNetwork(t, edgeNet(true, true)), []walkCase{
		{"F2.030 what lies behind an appliance can't answer straight", "internet", "web", "tcp/443", replyDrops(trace.IngressRTBTrafficRedirection, "igw")},
		{"F2.030 nor open a connection straight", "web", "internet", "tcp/443", drops(trace.IngressRTBTrafficRedirection, "igw")},
		{"F2.030 other subnets go straight", "bystander", "internet", "tcp/443", works},
	})
}
