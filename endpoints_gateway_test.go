package packetwalk_test

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

const s3Service = "com.amazonaws.us-east-1.s3"

// endpointRoutes lists the routes of a table that lead to gateway endpoints.
func endpointRoutes(n *packetwalk.Network, table string) (list []route.Route) {
	for _, t := range n.Config().RouteTables {
		for _, r := range t.Routes {
			if t.ID == table && r.Target.Kind == route.GatewayEndpoint {
				list = append(list, r)
			}
		}
	}
	return list
}

// TestGatewayEndpointAssociations: F7.002, the routes of an endpoint come and go with its associations.
func TestGatewayEndpointAssociations(t *testing.T) {
	n := mustNetwork(t, s3Net())
	require.Len(t, endpointRoutes(n, "private-rtb"), 1)
	for _, c := range []struct {
		name string
		edit func(*packetwalk.Config)
		want outcome // of a call from the private subnet
	}{
		{"F7.002 as it was", func(*packetwalk.Config) {}, works},
		{"F7.002 the association is taken away", func(c *packetwalk.Config) {
			g := &c.GatewayEndpoints[0]
			g.RouteTables = slices.DeleteFunc(g.RouteTables, func(id string) bool { return id == "private-rtb" })
		}, drops(trace.NoRouteToDestination, "private-rtb")},
		{"F7.002 the endpoint is deleted, and so are its routes", func(c *packetwalk.Config) { c.GatewayEndpoints[0].State = endpoint.Deleted },
			drops(trace.NoRouteToDestination, "private-rtb")},
		{"F7.002 F2.022 beside one that was deleted", func(c *packetwalk.Config) {
			gone := c.GatewayEndpoints[0]
			gone.ID, gone.State = "gone", endpoint.Deleted
			c.GatewayEndpoints = []endpoint.Gateway{gone, c.GatewayEndpoints[0]}
		}, works},
		{"F7.002 the endpoint is taken away", func(c *packetwalk.Config) { c.GatewayEndpoints = nil },
			drops(trace.NoRouteToDestination, "private-rtb")},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := n.Config() // completed: the routes are there as data
			c.edit(&cfg)
			m := mustNetwork(t, cfg)
			checkWalk(t, m, walkCase{from: "host", to: s3Here, service: "tcp/443", want: c.want})
			assert.Equal(t, c.want == works, len(endpointRoutes(m, "private-rtb")) > 0)
			there := slices.ContainsFunc(cfg.GatewayEndpoints, func(g endpoint.Gateway) bool { return g.State.Exists() })
			assert.Equal(t, there, len(endpointRoutes(m, "both-rtb")) > 0, "the other association stays")
		})
	}
	t.Run("F7.002 and comes back with the association", func(t *testing.T) {
		cfg := n.Config()
		tables := cfg.GatewayEndpoints[0].RouteTables
		cfg.GatewayEndpoints[0].RouteTables = nil
		m := mustNetwork(t, cfg)
		assert.Empty(t, endpointRoutes(m, "private-rtb"))
		cfg = m.Config()
		cfg.GatewayEndpoints[0].RouteTables = tables
		assert.Equal(t, endpointRoutes(n, "private-rtb"), endpointRoutes(mustNetwork(t, cfg), "private-rtb"))
	})
}

func TestGatewayEndpointMistakes(t *testing.T) {
	leads := func(origin route.Origin, list string) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			ranges, _ := endpoint.Ranges(s3Service)
			c.PrefixLists = append(c.PrefixLists, route.PrefixList{ID: list, Name: list, Entries: ranges})
			c.RouteTables = append(c.RouteTables, route.Table{ID: "x", VPC: "app", Routes: []route.Route{
				{PrefixList: list, Target: route.Target{Kind: route.GatewayEndpoint, ID: "s3"}, Origin: origin},
			}})
		}
	}
	ofType := func(a endpoint.IPAddressType) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.GatewayEndpoints[0].IPAddressType = a }
	}
	runMistakes(t, s3Net, []mistakeCase{
		{"F2.022 item 91 a route by hand", leads(0, s3Service), "x", "Routes[0].Target", packetwalk.ErrInvalid},
		{"F2.022 a route by hand, to another list", leads(route.Created, "mine"), "x", "Routes[0].Target", packetwalk.ErrInvalid},
		{"F7.003 item 89 a service of another Region", func(c *packetwalk.Config) {
			c.GatewayEndpoints[0].Service = "com.amazonaws.eu-west-1.s3"
		}, "s3", "Service", packetwalk.ErrInvalid},
		{"F7.011 IPv6 is for IPv6-only subnets", ofType(endpoint.IPv6), "s3", "IPAddressType", packetwalk.ErrInvalid},
		{"F7.011 dual-stack is for dual-stack subnets", ofType(endpoint.Dualstack), "s3", "IPAddressType", packetwalk.ErrInvalid},
		{"F7.011 a list of AWS's holds one family", func(c *packetwalk.Config) {
			c.PrefixLists = append(c.PrefixLists, route.PrefixList{ID: "pl", Name: s3Service, Entries: []netip.Prefix{prefix("52.216.0.0/15"), prefix("2600:1fa0:8000::/39")}})
		}, "pl", "Entries[1]", packetwalk.ErrInvalid},
		{"F7.002 a service whose ranges of IPRanges are not there", func(c *packetwalk.Config) {
			c.IPRanges = []endpoint.IPRange{{Prefix: prefix("3.5.128.0/22"), Region: "us-east-2", Service: "S3"}}
		}, "s3", "Service", packetwalk.ErrNotFound},
		{"F7.007 a policy that can't be read", func(c *packetwalk.Config) { c.GatewayEndpoints[0].Policy = "{" }, "s3", "Policy", packetwalk.ErrInvalid},
	})
}

// TestGatewayEndpointElsewhere: F7.006, item 96: who is not in the VPC can't use its endpoint.
func TestGatewayEndpointElsewhere(t *testing.T) {
	b := s3Net()
	cfg := b.Config()
	cfg.VirtualPrivateGateways = append(cfg.VirtualPrivateGateways, gateway.VirtualPrivate{ID: "vgw", VPC: "app", Networks: []netip.Prefix{prefix("192.168.0.0/16")}})
	n := mustNetwork(t, cfg)
	runWalks(t, n, []walkCase{
		{"F7.006 item 96 not from on-premises", "vgw", s3Here, "tcp/443", drops(trace.VGWPrivateIPAssociationForIngress, "vgw")},
		{"F7.006 item 96 not from a peer", "client", s3Here, "tcp/443", drops(trace.PCXRequiresAddressInVPCCIDR, "app-peer-pcx")},
		{"F7.006 item 96 the VPC itself", "host", s3Here, "tcp/443", works},
	})
}

// dualNet has "host" in a dual-stack subnet and "six" in one with IPv6 only, each with a table and an
// endpoint for S3. Every table leads everything else of IPv6 out by an egress-only gateway.
func dualNet(dual, six endpoint.IPAddressType) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2600:1f00::/56")
	out := v.EgressOnlyInternetGateway("eigw")
	s := v.Subnet("dual", "10.0.1.0/24", "2600:1f00::/64").Route("::/0", out)
	s.Instance("host").IPv6("2600:1f00::10")
	only := v.Subnet("only", "2600:1f00:0:1::/64").Route("::/0", out)
	only.Instance("six").IPv6("2600:1f00:0:1::10")
	v.GatewayEndpoint("s3", s3Service, s).IPAddressType(dual)
	v.GatewayEndpoint("s3-six", s3Service, only).IPAddressType(six)
	return b
}

// TestGatewayEndpointTypes: F7.011, F7.012, which families an endpoint leads by.
func TestGatewayEndpointTypes(t *testing.T) {
	const s3Six = "2600:1fa0:8000::1"
	for _, c := range []struct {
		name        string
		dual, six   endpoint.IPAddressType
		from, to    string
		by          string // the endpoint; empty: another way
		want        outcome
		routesOfOwn int // of the endpoint, in its table
	}{
		{"F7.011 IPv4 by default", 0, endpoint.IPv6, "host", s3Here, "s3", works, 1},
		{"F7.012 IPv4: what is of IPv6 goes another way", 0, endpoint.IPv6, "host", s3Six, "", works, 1},
		{"F7.011 both: IPv4", endpoint.Dualstack, endpoint.IPv6, "host", s3Here, "s3", works, 2},
		{"F7.011 both: IPv6", endpoint.Dualstack, endpoint.IPv6, "host", s3Six, "s3", works, 2},
		{"F7.011 IPv6 in an IPv6-only subnet", endpoint.IPv4, endpoint.IPv6, "six", s3Six, "s3-six", works, 1},
		{"F7.012 IPv4 in an IPv6-only subnet is of no use", endpoint.IPv4, endpoint.IPv4, "six", s3Six, "", works, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, dualNet(c.dual, c.six))
			f := checkWalk(t, n, walkCase{from: c.from, to: c.to, service: "tcp/443", want: c.want})
			assert.Equal(t, c.by != "", at(f.Forward, trace.StageGatewayEndpoint, c.by), "%+v", f)
			assert.Equal(t, c.by == "", at(f.Forward, trace.StageEgressOnlyInternetGateway, "eigw"), "%+v", f)
			table := map[string]string{"host": "dual-rtb", "six": "only-rtb"}[c.from]
			assert.Len(t, endpointRoutes(n, table), c.routesOfOwn)
		})
	}
	t.Run("F7.012 dropped where there is no other way", func(t *testing.T) {
		cfg := dualNet(endpoint.IPv4, endpoint.IPv6).Config()
		for i := range cfg.RouteTables {
			cfg.RouteTables[i].Routes = nil
		}
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "host", to: s3Six, service: "tcp/443", want: drops(trace.NoRouteToDestination, "dual-rtb")})
	})
	t.Run("F7.011 another type takes the routes of the family away", func(t *testing.T) {
		cfg := mustNetwork(t, dualNet(endpoint.Dualstack, endpoint.IPv6)).Config()
		cfg.GatewayEndpoints[0].IPAddressType = endpoint.IPv4
		assert.Len(t, endpointRoutes(mustNetwork(t, cfg), "dual-rtb"), 1)
	})
	t.Run("F7.011 the name of the endpoint has an address of each family", func(t *testing.T) {
		f := checkWalk(t, mustNetwork(t, dualNet(endpoint.Dualstack, endpoint.IPv6)), walkCase{from: "six", to: "s3-six", service: "tcp/443", want: works})
		assert.True(t, f.Forward.Sent.Is6())
	})
	t.Run("F7.002 the ranges of ip-ranges.json", func(t *testing.T) {
		cfg := s3Net().Config()
		cfg.IPRanges = []endpoint.IPRange{{Prefix: prefix("16.15.0.0/16"), Region: "us-east-1", Service: "S3"}, {Prefix: prefix("3.5.128.0/22"), Region: "us-east-2", Service: "S3"}}
		runWalks(t, mustNetwork(t, cfg), []walkCase{
			{"F7.014 one of them", "host", "16.15.0.9", "tcp/443", works},
			{"F7.014 one of the built-in table", "host", s3Here, "tcp/443", drops(trace.NoRouteToDestination, "private-rtb")},
			{"F7.003 one of another Region", "host", s3There, "tcp/443", drops(trace.NoRouteToDestination, "private-rtb")},
		})
	})
}

// TestGatewayEndpointSources: F7.013, what comes out of an endpoint is from its service.
func TestGatewayEndpointSources(t *testing.T) {
	n := mustNetwork(t, s3Net())
	for _, c := range []struct {
		name, src string
		want      trace.Code
	}{
		{"F7.013 an address of the service", s3Here, trace.NoCode},
		{"F7.013 one that is not", "203.0.113.10", trace.VPCEGatewayEgressSourceAddressRestriction},
		{"F7.013 one of the service in another Region", s3There, trace.VPCEGatewayEgressSourceAddressRestriction},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := n.NewSession(time.Time{})
			f, err := s.Probe("host", s3Here, "tcp/443")
			require.NoError(t, err)
			p := f.Return.Sent
			p.Flags, p.Src = packet.ACK, addr(c.src)
			tr, err := s.Send("s3", p)
			require.NoError(t, err)
			if c.want == trace.NoCode {
				assert.True(t, tr.Delivered(), "%v", tr)
				return
			}
			assert.Equal(t, trace.Verdict{Outcome: trace.Dropped, Code: c.want, Stage: trace.StageGatewayEndpoint, ID: "s3"}, tr.Verdict)
		})
	}
}

// natOrEndpoint has a private host with a NAT gateway, a public one, and an endpoint for S3 or none.
func natOrEndpoint(with bool) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	public := v.Subnet("public", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	public.Instance("web").PublicIP()
	private := v.Subnet("private", "10.0.1.0/24").Route("0.0.0.0/0", public.NAT("nat"))
	private.Instance("host")
	if with {
		v.GatewayEndpoint("s3", s3Service, public, private)
	}
	return b
}

// TestSessionEndpointComes: F7.009, the routes that come and go with an endpoint break the TCP connections
// that then go another way: the service sees another source.
func TestSessionEndpointComes(t *testing.T) {
	for _, from := range []string{"host", "web"} {
		t.Run("F7.009 an endpoint comes: "+from, func(t *testing.T) {
			s := begin(t, natOrEndpoint(false))
			k := opens(t, s, from, s3Here, "tcp/443")
			udp := opens(t, s, from, s3There, "tcp/443")
			apply(t, s, natOrEndpoint(true))
			k.says(data, trace.VPCENoConnection, "the open connection")
			k.says(packet.SYN, goesThrough, "it begins anew")
			k.says(data, goesThrough, "and goes on")
			udp.says(data, goesThrough, "F7.003 what goes elsewhere does not break")
		})
	}
	t.Run("F7.009 an endpoint goes: the NAT gateway does not know the connection", func(t *testing.T) {
		s := begin(t, natOrEndpoint(true))
		k := opens(t, s, "host", s3Here, "tcp/443")
		k.says(data, goesThrough, "by the endpoint")
		apply(t, s, natOrEndpoint(false))
		k.says(data, trace.NATIdleTimeout, "by the NAT gateway")
	})
	t.Run("F7.009 a network that changes elsewhere breaks nothing", func(t *testing.T) {
		s := begin(t, natOrEndpoint(true))
		k := opens(t, s, "host", s3Here, "tcp/443")
		apply(t, s, natOrEndpoint(true))
		k.says(data, goesThrough, "the open connection")
		s.Advance(4 * 24 * time.Hour)
		k.says(data, goesThrough, "which no endpoint forgets")
	})
	t.Run("F7.009 the answers of an old connection", func(t *testing.T) {
		s := begin(t, natOrEndpoint(false))
		k := opens(t, s, "host", s3Here, "tcp/443")
		apply(t, s, natOrEndpoint(true))
		answer, _ := k.request.Reply()
		answer.Flags = data
		k.sends("s3", answer, trace.VPCENoConnection, "by the endpoint")
	})
}

// TestEndpointsBuildTwice: what Build adds for endpoints is complete, and building it again changes nothing.
func TestEndpointsBuildTwice(t *testing.T) {
	for name, b := range map[string]*packetwalk.Builder{
		"F7.011 gateway endpoints": dualNet(endpoint.Dualstack, endpoint.IPv6), "F7.112 interface endpoints": dualInterface(endpoint.Dualstack),
		"F7.206 Gateway Load Balancer endpoints": firewalled(),
	} {
		t.Run(name, func(t *testing.T) {
			n := mustNetwork(t, b)
			assert.Equal(t, n.Config(), mustNetwork(t, n.Config()).Config())
		})
	}
}
