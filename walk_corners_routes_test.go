package packetwalk_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// choices has a host "host" and what the routes of its table can lead to. Two lists hold the same block.
func choices() *packetwalk.Builder {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16", "10.1.0.0/24", "2001:db8:1::/56"), b.VPC("peer", "10.2.0.0/16")
	v.InternetGateway("igw")
	b.PeerWithoutRoutes(v, peer)
	b.PrefixList("pl-a", "203.0.113.0/24")
	b.PrefixList("pl-b", "203.0.113.0/24", "198.51.100.0/25")
	s := v.Subnet("s", "10.0.1.0/24", "2001:db8:1:1::/64")
	s.Instance("host").ElasticIP("192.0.2.1").IPv6("2001:db8:1:1::10")
	v.Subnet("t", "10.0.2.0/24").Instance("neighbour").PrivateIP("10.0.2.10").Allow("all", packetwalk.Anywhere)
	v.Subnet("u", "10.1.0.0/24").Instance("second").PrivateIP("10.1.0.10").Allow("all", packetwalk.Anywhere)
	v.Subnet("f", "10.0.3.0/24").Appliance("fw").Allow("all", packetwalk.Anywhere)
	v.RouteTable("host-rtb").Associate(s)
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
	return b
}

// choiceNet gives the host's table these routes.
func choiceNet(routes ...route.Route) packetwalk.Config {
	cfg := choices().Config()
	for i := range cfg.RouteTables {
		if t := &cfg.RouteTables[i]; t.ID == "host-rtb" {
			t.Routes = append(t.Routes, routes...)
		}
	}
	return cfg
}

// static, listed and propagated are routes of each origin.
func static(destination string, k route.TargetKind, id string) route.Route {
	return route.Route{Destination: netip.MustParsePrefix(destination), Target: route.Target{Kind: k, ID: id}}
}

func listed(list string, k route.TargetKind, id string) route.Route {
	return route.Route{PrefixList: list, Target: route.Target{Kind: k, ID: id}}
}

func propagated(destination string) route.Route {
	r := static(destination, route.VirtualPrivateGateway, "vgw")
	r.Origin = route.Propagated
	return r
}

// TestWalkRouteChoice asks which of several routes a host's packet takes.
func TestWalkRouteChoice(t *testing.T) {
	const igw, pcx = route.InternetGateway, route.PeeringConnection
	for _, c := range []struct {
		name   string
		routes []route.Route
		dst    string
		want   string // "destination -> target"
	}{
		{"F2.001 the longest prefix", []route.Route{static("0.0.0.0/0", igw, "igw"), static("203.0.113.0/25", pcx, "app-peer-pcx")},
			"203.0.113.9", "203.0.113.0/25 -> app-peer-pcx"},
		{"F2.001 what it does not hold", []route.Route{static("0.0.0.0/0", igw, "igw"), static("203.0.113.0/25", pcx, "app-peer-pcx")},
			"203.0.113.200", "0.0.0.0/0 -> igw"},
		{"F2.001 IPv6 on its own", []route.Route{static("::/0", igw, "igw"), static("0.0.0.0/0", pcx, "app-peer-pcx")},
			"2001:db8:ffff::9", "::/0 -> igw"},
		{"F2.002 static before a list", []route.Route{listed("pl-a", pcx, "app-peer-pcx"), static("203.0.113.0/24", igw, "igw")},
			"203.0.113.9", "203.0.113.0/24 -> igw"},
		{"F2.002 static before propagated", []route.Route{propagated("203.0.113.0/24"), static("203.0.113.0/24", igw, "igw")},
			"203.0.113.9", "203.0.113.0/24 -> igw"},
		{"F2.003 to a peering is static", []route.Route{propagated("203.0.113.0/24"), static("203.0.113.0/24", pcx, "app-peer-pcx")},
			"203.0.113.9", "203.0.113.0/24 -> app-peer-pcx"},
		{"F2.003 to an interface is static", []route.Route{propagated("203.0.113.0/24"), static("203.0.113.0/24", route.NetworkInterface, "fw-eni")},
			"203.0.113.9", "203.0.113.0/24 -> fw-eni"},
		{"F2.003 to an instance is static", []route.Route{propagated("203.0.113.0/24"), static("203.0.113.0/24", route.Instance, "fw")},
			"203.0.113.9", "203.0.113.0/24 -> fw"},
		{"F2.003 to a gateway endpoint is a list's", []route.Route{propagated("52.216.0.0/15")},
			s3Here, "pl-com.amazonaws.us-east-1.s3 -> s3"},
		{"F2.004 AWS's own example", []route.Route{propagated("172.31.0.0/24"), static("172.31.0.0/24", igw, "igw")},
			"172.31.0.9", "172.31.0.0/24 -> igw"},
		{"F2.005 a list before propagated", []route.Route{propagated("203.0.113.0/24"), listed("pl-a", igw, "igw")},
			"203.0.113.9", "pl-a -> igw"},
		{"F2.005 not before a longer propagated one", []route.Route{propagated("203.0.113.0/25"), listed("pl-a", igw, "igw")},
			"203.0.113.9", "203.0.113.0/25 -> vgw"},
		{"F2.006 of two lists always the same", []route.Route{listed("pl-a", pcx, "app-peer-pcx"), listed("pl-b", igw, "igw")},
			"203.0.113.9", "pl-a -> app-peer-pcx"},
		{"F2.006 whatever their order", []route.Route{listed("pl-b", igw, "igw"), listed("pl-a", pcx, "app-peer-pcx")},
			"203.0.113.9", "pl-a -> app-peer-pcx"},
		{"F2.006 the other list holds more", []route.Route{listed("pl-b", igw, "igw"), listed("pl-a", pcx, "app-peer-pcx")},
			"198.51.100.9", "pl-b -> igw"},
		{"F2.007 a service's very range by a static route", []route.Route{static("52.216.0.0/15", igw, "igw")},
			s3Here, "52.216.0.0/15 -> igw"},
		{"F2.007 a wider static route does not", []route.Route{static("52.0.0.0/8", igw, "igw")},
			s3Here, "pl-com.amazonaws.us-east-1.s3 -> s3"},
		{"F2.008 local before a longer propagated one", []route.Route{propagated("10.0.2.0/24"), propagated("10.0.2.10/32")},
			"10.0.2.10", "10.0.0.0/16 -> local"},
		{"F2.008 a propagated default route does no harm", []route.Route{propagated("0.0.0.0/0")},
			"10.0.2.10", "10.0.0.0/16 -> local"},
		{"F2.009 each block has its local route", nil, "10.1.0.10", "10.1.0.0/24 -> local"},
		{"F2.010 a local route led to an appliance", []route.Route{static("10.0.0.0/16", route.NetworkInterface, "fw-eni")},
			"10.0.2.10", "10.0.0.0/16 -> fw-eni"},
		{"F2.010 the other block's stays", []route.Route{static("10.0.0.0/16", route.NetworkInterface, "fw-eni")},
			"10.1.0.10", "10.1.0.0/24 -> local"},
		{"F2.011 a subnet's range before local and propagated", []route.Route{propagated("10.0.2.0/24"), static("10.0.2.0/24", route.NetworkInterface, "fw-eni")},
			"10.0.2.10", "10.0.2.0/24 -> fw-eni"},
		{"F2.016 IPv4's default route is not for IPv6", []route.Route{static("0.0.0.0/0", igw, "igw")}, "2001:db8:ffff::9", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, choiceNet(c.routes...))
			tr, err := n.Trace("host", packet.Packet{Dst: addr(c.dst), Protocol: packet.TCP, DstPort: 443})
			require.NoError(t, err)
			got := ""
			if r, ok := hopAt(tr.Hops, trace.StageRouteTable).Rule.(*route.Route); ok {
				got = fmt.Sprint(r)
			}
			assert.Equal(t, c.want, got, "%s", tr.Table())
		})
	}
}

// TestWalkRestoredLocal: F2.010, once its target is local again the route is as it was.
func TestWalkRestoredLocal(t *testing.T) {
	n := mustNetwork(t, choiceNet(static("10.0.0.0/16", route.Local, "")))
	f := checkWalk(t, n, walkCase{"F2.010", "host", "neighbour", "tcp/443", works})
	assert.False(t, at(f.Forward, trace.StageNetworkInterface, "fw-eni"), "%+v", f)
}

// TestWalkRouteCorners: routes that AWS takes and that look as if it should not, and others that it refuses.
func TestWalkRouteCorners(t *testing.T) {
	t.Run("F2.020 an IPv6 route to a NAT gateway is taken", func(t *testing.T) {
		b := gatewayNet()
		_, err := b.Build() // subnet priv leads ::/0 there
		require.NoError(t, err)
	})
	t.Run("F2.017 host bits are cleared", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		v.Subnet("s", "10.0.1.0/24").Route("100.68.0.18/18", v.InternetGateway("igw")).Instance("host")
		_, err := b.Build()
		assert.ErrorIs(t, err, packetwalk.ErrInvalid)
		assert.ErrorContains(t, err, "100.68.0.0/18")
	})
	gatewayTable := func(r route.Route) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "edge", VPC: "app", Gateways: []string{"igw"}, Routes: []route.Route{r}})
		}
	}
	own := func(r route.Route) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "own", VPC: "app", Subnets: []string{"u"}, Routes: []route.Route{r}})
		}
	}
	block := func(cidr string) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			own(static("10.9.8.0/24", route.VirtualPrivateGateway, "vgw"))(c)
			c.VPCs[0].Blocks = append(c.VPCs[0].Blocks, vpc.Blocks(cidr)...)
		}
	}
	propagatedLocal := static("10.0.3.0/24", route.NetworkInterface, "fw-eni")
	propagatedLocal.Origin = route.Propagated
	manyEntries := func(n int) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			l := route.PrefixList{ID: "many"}
			for i := range n {
				l.Entries = append(l.Entries, netip.PrefixFrom(netip.AddrFrom4([4]byte{44, 0, byte(i >> 8), byte(i)}), 32))
			}
			c.PrefixLists = append(c.PrefixLists, l)
		}
	}
	runMistakes(t, choices, []mistakeCase{
		{"F2.010 a local route leads to no peering", own(static("10.0.0.0/16", route.PeeringConnection, "app-peer-pcx")), "own", "Routes[0].Target.Kind", packetwalk.ErrInvalid},
		{"F2.011 a subnet's range leads to no internet gateway", own(static("10.0.3.0/24", route.InternetGateway, "igw")), "own", "Routes[0].Target.Kind", packetwalk.ErrInvalid},
		{"F2.015 no route into fd00:ec2::/32", own(static("fd00:ec2::/48", route.InternetGateway, "igw")), "own", "Routes[0].Destination", packetwalk.ErrInvalid},
		{"F2.021 no list leads to a Gateway Load Balancer endpoint", own(listed("pl-a", route.GatewayLoadBalancerEndpoint, "vpce-1")), "own", "Routes[0]", packetwalk.ErrInvalid},
		{"F2.022 one endpoint of a service a table", func(c *packetwalk.Config) {
			c.GatewayEndpoints = append(c.GatewayEndpoints, endpoint.Gateway{ID: "twin", VPC: "app", Service: "com.amazonaws.us-east-1.s3", RouteTables: c.GatewayEndpoints[0].RouteTables})
		}, "twin", "RouteTables[0]", packetwalk.ErrDuplicate},
		{"F2.027 a gateway's table has no list", gatewayTable(listed("pl-a", route.NetworkInterface, "fw-eni")), "edge", "Routes[0].PrefixList", packetwalk.ErrInvalid},
		{"F2.027 it has half of no subnet", gatewayTable(static("10.0.3.0/25", route.NetworkInterface, "fw-eni")), "edge", "Routes[0].Destination", packetwalk.ErrInvalid},
		{"F2.027 it has nothing propagated", gatewayTable(propagatedLocal), "edge", "Routes[0].Origin", packetwalk.ErrInvalid},
		{"F2.028 it leads to no other VPC", func(c *packetwalk.Config) {
			c.Subnets = append(c.Subnets, subnet.Subnet{ID: "far", VPC: "peer", CIDR: netip.MustParsePrefix("10.2.1.0/24")})
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "far-eni", Subnet: "far"})
			gatewayTable(static("10.0.3.0/24", route.NetworkInterface, "far-eni"))(c)
		}, "edge", "Routes[0].Target", packetwalk.ErrInvalid},
		{"F2.034 a block equal to a route's destination", block("10.9.8.0/24"), "own", "Routes[0].Target.Kind", packetwalk.ErrInvalid},
		{"F2.034 a block larger than a route's destination", block("10.9.0.0/16"), "own", "Routes[0].Destination", packetwalk.ErrInvalid},
		{"F2.037 a list has one family", func(c *packetwalk.Config) {
			c.PrefixLists[0].Entries = append(c.PrefixLists[0].Entries, netip.MustParsePrefix("2001:db8::/32"))
		}, "pl-a", "Entries", packetwalk.ErrInvalid},
		{"F2.037 a list has at most 1000 entries", manyEntries(1001), "many", "", packetwalk.ErrLimit},
	})
	t.Run("F2.034 a smaller block is fine", func(t *testing.T) {
		cfg := choiceNet()
		block("10.9.8.0/25")(&cfg)
		mustNetwork(t, cfg)
	})
	t.Run("F2.037 1000 entries are fine", func(t *testing.T) {
		cfg := choiceNet()
		manyEntries(1000)(&cfg)
		mustNetwork(t, cfg)
	})
}
