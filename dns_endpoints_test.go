package packetwalk_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

const (
	sqsName      = "sqs.us-east-1.amazonaws.com"
	sqsRegional  = "vpce-1.sqs.us-east-1.vpce.amazonaws.com"
	sqsInA       = "vpce-1-us-east-1a.sqs.us-east-1.vpce.amazonaws.com"
	sqsInB       = "vpce-1-us-east-1b.sqs.us-east-1.vpce.amazonaws.com"
	addressesSQS = "10.0.1.100 10.0.2.100"
)

// twoZonesNet has a VPC "app" with an interface endpoint for SQS in two zones, at 10.0.1.100 and 10.0.2.100,
// with a host in each and one in a third zone, and a peer of it with DNS resolution both ways. Edit changes
// the Config.
func twoZonesNet(t *testing.T, edit func(c *packetwalk.Config, p *endpoint.Interface)) *packetwalk.Network {
	t.Helper()
	b := packetwalk.New()
	app, near := b.VPC("app", "10.0.0.0/16").DNS(true, true), b.VPC("near", "10.1.0.0/16").DNS(true, true)
	a, c, d := app.Subnet("a", "10.0.1.0/24").Zone("us-east-1a"), app.Subnet("b", "10.0.2.0/24").Zone("us-east-1b"), app.Subnet("c", "10.0.3.0/24").Zone("us-east-1c")
	a.Instance("in-a").PrivateIP("10.0.1.10")
	c.Instance("in-b").PrivateIP("10.0.2.10")
	d.Instance("in-c").PrivateIP("10.0.3.10")
	near.Subnet("n", "10.1.1.0/24").Instance("peer")
	b.Peer(app, near).DNSResolution()
	app.InterfaceEndpoint("vpce-1", "com.amazonaws.us-east-1.sqs", a, c).Allow("tcp/443", app, near)
	cfg := b.Config()
	for i, at := range []string{"a", "b"} {
		id := "vpce-1-" + at + "-eni"
		cfg.Interfaces = append(cfg.Interfaces, subnet.Interface{ID: id, Subnet: at, Kind: subnet.VPCEndpoint, Groups: []string{"vpce-1-sg"}, Private: []subnet.Address{
			{Private: netip.AddrFrom4([4]byte{10, 0, byte(i + 1), 100})},
		}})
		cfg.InterfaceEndpoints[0].Interfaces = append(cfg.InterfaceEndpoints[0].Interfaces, id)
	}
	edit(&cfg, &cfg.InterfaceEndpoints[0])
	return mustNetwork(t, cfg)
}

// publicSQS is the address of SQS on the internet: one of AWS's, which is none of the network's.
func publicSQS(t *testing.T, n *packetwalk.Network) string {
	t.Helper()
	want, _ := endpoint.PublicAddress("com.amazonaws.us-east-1.sqs", n.Config().IPRanges)
	require.True(t, want.IsValid())
	require.False(t, want.IsPrivate())
	return want.String()
}

// TestResolveEndpointNames: F7.107 and item 107, the names of an endpoint's own lead to its private
// addresses, whoever asks.
func TestResolveEndpointNames(t *testing.T) {
	n := twoZonesNet(t, func(*packetwalk.Config, *endpoint.Interface) {})
	runNames(t, n, []nameCase{
		{"item 107 F7.107 the Regional name: an address a zone", "in-a", sqsRegional, addressesSQS},
		{"item 107 F7.107 a zonal name: one", "in-a", sqsInB, "10.0.2.100"},
		{"F7.107 the other zone's", "in-a", sqsInA, "10.0.1.100"},
		{"item 102 a zone without an interface has no name", "in-a", "vpce-1-us-east-1c.sqs.us-east-1.vpce.amazonaws.com", "NXDOMAIN"},
		{"F7.107 from the internet", "internet", sqsRegional, addressesSQS},
		{"F7.107 from a peer", "peer", sqsInA, "10.0.1.100"},
		{"item 108 F7.108 without private DNS the service's name is public", "in-a", sqsName, publicSQS(t, n)},
	})
	for _, c := range []struct{ name, from, to, arrives string }{
		{"F7.106 the Regional name is called in one's own zone", "in-b", sqsRegional, "10.0.2.100"},
		{"F7.106 in a zone without an interface, at the first", "in-c", sqsRegional, "10.0.1.100"},
		{"F7.106 a zonal name is called where it says", "in-b", sqsInA, "10.0.1.100"},
		{"F7.110 a peer too", "peer", sqsRegional, "10.0.1.100"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, n, walkCase{c.name, c.from, c.to, "tcp/443", works})
			assert.Equal(t, c.arrives, f.Forward.Last.Dst.String())
			assert.Equal(t, c.to, f.Lookup.Name)
		})
	}
}

// TestResolveEndpointNamesOfAWS: the names that AWS gave, with their random part, take the place of ours.
func TestResolveEndpointNamesOfAWS(t *testing.T) {
	n := twoZonesNet(t, func(_ *packetwalk.Config, p *endpoint.Interface) {
		p.DNSNames = []string{"vpce-1-5kr9dae.sqs.us-east-1.vpce.amazonaws.com", "vpce-1-5kr9dae-us-east-1b.sqs.us-east-1.vpce.amazonaws.com", "vpce-1-5kr9dae-us-east-1a.sqs.us-east-1.vpce.amazonaws.com", sqsName}
	})
	runNames(t, n, []nameCase{
		{"F7.107 the Regional one", "in-a", "vpce-1-5kr9dae.sqs.us-east-1.vpce.amazonaws.com", addressesSQS},
		{"F7.107 the zonal one", "in-a", "vpce-1-5kr9dae-us-east-1b.sqs.us-east-1.vpce.amazonaws.com", "10.0.2.100"},
		{"F7.107 ours is none", "in-a", sqsRegional, "NXDOMAIN"},
		{"F7.108 the service's own name is not the endpoint's alone", "in-a", sqsName, publicSQS(t, n)},
	})
}

// TestResolvePrivateDNS: F7.108 and items 106, 108: with private DNS the service's own name leads to the
// endpoint, inside its VPC (F7.109).
func TestResolvePrivateDNS(t *testing.T) {
	n := twoZonesNet(t, func(_ *packetwalk.Config, p *endpoint.Interface) { p.PrivateDNS = true })
	runNames(t, n, []nameCase{
		{"item 108 F7.108 the service's name, inside the VPC", "in-a", sqsName, addressesSQS},
		{"F7.109 a peer is told the public address, DNS resolution or not", "peer", sqsName, publicSQS(t, n)},
		{"F7.109 so is the internet", "internet", sqsName, publicSQS(t, n)},
		{"F7.108 another Region's name is public", "in-a", "sqs.eu-west-1.amazonaws.com", euSQS(t)},
	})
	f := checkWalk(t, n, walkCase{"item 106 the name decides, no route does", "in-b", sqsName, "tcp/443", works})
	assert.True(t, at(f.Forward, trace.StageInterfaceEndpoint, "vpce-1"))
	f = checkWalk(t, n, walkCase{"item 106 by the service's full name", "in-b", "com.amazonaws.us-east-1.sqs", "tcp/443", works})
	assert.Equal(t, sqsName, f.Lookup.Name)
	a, err := n.Resolve("in-a", sqsName)
	require.NoError(t, err)
	assert.Equal(t, "endpoint private DNS vpce-1: "+sqsName+" A 10.0.1.100, 10.0.2.100", stepsOf(a)[1], "item 111")
	for _, tb := range n.Config().RouteTables {
		for _, r := range tb.Routes {
			assert.NotEqual(t, route.GatewayEndpoint, r.Target.Kind, "item 106: no route")
		}
	}
}

func euSQS(t *testing.T) string {
	t.Helper()
	a, _ := endpoint.PublicAddress("com.amazonaws.eu-west-1.sqs", nil)
	require.True(t, a.IsValid())
	return a.String()
}

// TestResolveEndpointStates: names only lead where there are interfaces, and private DNS only to an endpoint
// that is available (F7.111).
func TestResolveEndpointStates(t *testing.T) {
	pending := twoZonesNet(t, func(_ *packetwalk.Config, p *endpoint.Interface) { p.PrivateDNS, p.State = true, endpoint.Pending })
	runNames(t, pending, []nameCase{
		{"F7.111 pending: no private DNS yet", "in-a", sqsName, publicSQS(t, pending)},
		{"F7.111 pending: its own names are there", "in-a", sqsRegional, addressesSQS},
	})
	gone := twoZonesNet(t, func(c *packetwalk.Config, p *endpoint.Interface) {
		p.PrivateDNS, p.State, p.Interfaces = true, endpoint.Deleted, nil
		c.Interfaces = slices.DeleteFunc(c.Interfaces, func(e subnet.Interface) bool { return e.Kind == subnet.VPCEndpoint })
	})
	runNames(t, gone, []nameCase{
		{"F7.111 deleted: no private DNS", "in-a", sqsName, publicSQS(t, gone)},
		{"F7.111 deleted: no names", "in-a", sqsRegional, "NXDOMAIN"},
	})
	for _, s := range []endpoint.State{endpoint.Deleted, endpoint.Failed} {
		left := twoZonesNet(t, func(c *packetwalk.Config, p *endpoint.Interface) { p.State = s })
		runNames(t, left, []nameCase{{"F7.111 " + s.String() + ": no names, though its interfaces are still there", "in-a", sqsRegional, "NXDOMAIN"}})
	}
	for _, s := range []endpoint.State{endpoint.PendingAcceptance, endpoint.Rejected, endpoint.Expired} {
		left := twoZonesNet(t, func(c *packetwalk.Config, p *endpoint.Interface) { p.State, p.PrivateDNS = s, true })
		runNames(t, left, []nameCase{
			{"F7.111 " + s.String() + ": its own names", "in-a", sqsRegional, "10.0.1.100 10.0.2.100"},
			{"F7.111 " + s.String() + ": but not the service's", "in-a", sqsName, publicSQS(t, left)},
		})
	}
}

// TestResolveInFailedZones: F7.106 and item 102, the Regional name leads to healthy zones only.
func TestResolveInFailedZones(t *testing.T) {
	fail := func(zones ...string) *packetwalk.Network {
		return twoZonesNet(t, func(c *packetwalk.Config, p *endpoint.Interface) { p.PrivateDNS, c.ImpairedZones = true, zones })
	}
	n := fail("us-east-1a")
	runNames(t, n, []nameCase{
		{"item 102 F7.106 the Regional name without the zone that failed", "in-b", sqsRegional, "10.0.2.100"},
		{"F7.106 private DNS too", "in-b", sqsName, "10.0.2.100"},
		{"F7.106 a zonal name stays with its zone", "in-b", sqsInA, "10.0.1.100"},
		{"F7.106 the other zone's", "in-b", sqsInB, "10.0.2.100"},
	})
	runWalks(t, n, []walkCase{
		{"item 102 the service goes on", "in-c", sqsName, "tcp/443", works},
		{"item 102 not by the name of the zone that failed", "in-c", sqsInA, "tcp/443", drops(trace.ZoneImpaired, "vpce-1-a-eni")},
	})
	runNames(t, fail("us-east-1a", "us-east-1b"), []nameCase{{"F7.106 where all have failed all are told", "in-c", sqsRegional, addressesSQS}})
}

// TestResolveServices: services' public names, and the gateway endpoint that stands before some of them.
func TestResolveServices(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56").DNS(true, true)
	priv := v.Subnet("priv", "10.0.1.0/24", "2001:db8:1:1::/64")
	priv.Instance("web").IPv6("2001:db8:1:1::10")
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", priv)
	n := mustNetwork(t, b)
	ranges := n.Config().PrefixLists[0].Entries
	inside := func(name string) bool {
		a, err := n.Resolve("web", name)
		require.NoError(t, err)
		require.Len(t, a.Addresses, 1, "%+v", a)
		return endpoint.Covers(ranges, a.Addresses[0])
	}
	for _, name := range []string{"s3.us-east-1.amazonaws.com", "photos.s3.us-east-1.amazonaws.com", "s3.amazonaws.com", "photos.s3.amazonaws.com"} {
		assert.True(t, inside(name), "F7.003 F7.010 %s is in the endpoint's prefix list", name)
		checkWalk(t, n, walkCase{"F7.003 " + name, "web", name, "tcp/443", works})
	}
	assert.False(t, inside("s3.eu-west-1.amazonaws.com"), "F7.003 another Region's S3 is not behind the endpoint")
	checkWalk(t, n, walkCase{"F7.003 another Region", "web", "s3.eu-west-1.amazonaws.com", "tcp/443", drops(trace.NoRouteToDestination, "app-main-rtb")})
	checkWalk(t, n, walkCase{"F7.003 by the service's full name", "web", "com.amazonaws.us-east-1.s3", "tcp/443", works})

	off := b.Config()
	off.VPCs[0].NoDNSSupport, off.VPCs[0].DNSHostnames = true, false
	m := mustNetwork(t, off)
	runNames(t, m, []nameCase{{"F7.010 without DNS support S3's name leads nowhere", "web", "s3.us-east-1.amazonaws.com", "UNREACHABLE"}})
	runNames(t, n, []nameCase{
		{"a service that is none", "web", "s3.nowhere.amazonaws.com", "NXDOMAIN"},
		{"the domain of services", "web", "amazonaws.com", "NXDOMAIN"},
	})
}

// TestResolveDualstackNames: only dual-stack names have IPv6 addresses (F7.012).
func TestResolveDualstackNames(t *testing.T) {
	n := mustNetwork(t, resolverNet(func(appVPC) {}))
	for name, families := range map[string]int{"s3.us-east-1.amazonaws.com": 1, "s3.dualstack.us-east-1.amazonaws.com": 2, "sqs.us-east-1.amazonaws.com": 1, "sqs.us-east-1.api.aws": 2} {
		a, err := n.Resolve("web", name)
		require.NoError(t, err)
		assert.Len(t, a.Addresses, families, "F7.012 %+v", a)
		for i, one := range a.Addresses {
			assert.Equal(t, i == 1, one.Is6(), "IPv4 first")
		}
	}
}

// TestResolveBothEndpointsOfS3: F7.116, with "private DNS only for inbound resolver endpoints" the VPC itself
// goes on using the gateway endpoint; without it the interface endpoint.
func TestResolveBothEndpointsOfS3(t *testing.T) {
	both := func(inboundOnly bool) *packetwalk.Network {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16").DNS(true, true)
		priv := v.Subnet("priv", "10.0.1.0/24")
		priv.Instance("web")
		v.GatewayEndpoint("s3-gw", "com.amazonaws.us-east-1.s3", priv)
		v.InterfaceEndpoint("s3-if", "com.amazonaws.us-east-1.s3", priv).Allow("tcp/443", v)
		cfg := b.Config()
		cfg.InterfaceEndpoints[0].PrivateDNS, cfg.InterfaceEndpoints[0].PrivateDNSInboundOnly = true, inboundOnly
		return mustNetwork(t, cfg)
	}
	for _, name := range []string{"s3.us-east-1.amazonaws.com", "photos.s3.us-east-1.amazonaws.com"} {
		f := checkWalk(t, both(true), walkCase{"F7.116 " + name, "web", name, "tcp/443", works})
		assert.True(t, at(f.Forward, trace.StageGatewayEndpoint, "s3-gw"), "F7.116 %+v", f)
		f = checkWalk(t, both(false), walkCase{"F7.108 " + name, "web", name, "tcp/443", works})
		assert.True(t, at(f.Forward, trace.StageInterfaceEndpoint, "s3-if"), "F7.108 %+v", f)
	}
}

// TestResolveA34: an S3 interface endpoint without private DNS: S3's name leads past it, through the NAT
// gateway.
func TestResolveA34(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16").Region("eu-west-1").DNS(true, true)
	nat := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
	priv := v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", nat)
	priv.Instance("i")
	v.InterfaceEndpoint("s3-if", "com.amazonaws.eu-west-1.s3", priv).Allow("tcp/443", v)
	n := mustNetwork(t, b)
	f := checkWalk(t, n, walkCase{"A34", "i", "s3.eu-west-1.amazonaws.com", "tcp/443", works})
	assert.True(t, at(f.Forward, trace.StageNATGateway, "nat"), "A34 %+v", f)
	assert.False(t, at(f.Forward, trace.StageInterfaceEndpoint, "s3-if"), "A34 %+v", f)
	f = checkWalk(t, n, walkCase{"A34 by the endpoint's own name", "i", "bucket.s3-if.s3.eu-west-1.vpce.amazonaws.com", "tcp/443", works})
	assert.True(t, at(f.Forward, trace.StageInterfaceEndpoint, "s3-if"), "A34 %+v", f)
}

// TestResolveItem109: an isolated subnet and an endpoint whose VPC lacks enableDnsHostnames: Build refuses
// private DNS; without it the name is public, and no route leads there. Item 111 asks for DNS first, then
// routes.
func TestResolveItem109(t *testing.T) {
	isolated := func(privateDNS bool) packetwalk.Config {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		s := v.Subnet("s", "10.0.1.0/24")
		s.Instance("i")
		v.InterfaceEndpoint("vpce-1", "com.amazonaws.us-east-1.sqs", s).Allow("tcp/443", v)
		cfg := b.Config()
		cfg.InterfaceEndpoints[0].PrivateDNS = privateDNS
		return cfg
	}
	_, err := packetwalk.Build(isolated(true))
	require.ErrorIs(t, err, packetwalk.ErrInvalid, "item 109, A38")
	n := mustNetwork(t, isolated(false))
	runNames(t, n, []nameCase{{"item 109 A38 the name resolves publicly", "i", sqsName, publicSQS(t, n)}})
	f := checkWalk(t, n, walkCase{"item 109", "i", sqsName, "tcp/443", drops(trace.NoRouteToDestination, "app-main-rtb")})
	assert.Equal(t, dns.AWSService, f.Lookup.Steps[len(f.Lookup.Steps)-1].By, "item 111: what the name led to")
}

// TestResolveDNS64: F4.217, the Amazon resolver makes an IPv6 address for a name that has IPv4 ones only, for
// who asks from a subnet with the attribute.
func TestResolveDNS64(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56").DNS(true, true)
	v.Subnet("six", "2001:db8:1:6::/64").DNS64().Instance("six-host").IPv6("2001:db8:1:6::10")
	v.Subnet("plain6", "2001:db8:1:7::/64").Instance("plain-host").IPv6("2001:db8:1:7::10")
	b.HostedZone("Zpub", "example.com").Record("four.example.com", dns.A, "192.0.2.33").Record("alias.example.com", dns.CNAME, "four.example.com").
		Record("both.example.com", dns.A, "192.0.2.34").Record("both.example.com", dns.AAAA, "2001:db8:ff::34").Record("six.example.com", dns.AAAA, "2001:db8:ff::35")
	n := mustNetwork(t, b)
	runNames(t, n, []nameCase{
		// 64:ff9b:: and 192.0.2.33, as RFC 6052, section 2.4, writes it.
		{"F4.217 only A: an AAAA is made", "six-host", "four.example.com", "192.0.2.33 64:ff9b::c000:221"},
		{"F4.217 by a CNAME", "six-host", "alias.example.com", "192.0.2.33 64:ff9b::c000:221"},
		{"F4.217 both: as they are", "six-host", "both.example.com", "192.0.2.34 2001:db8:ff::34"},
		{"F4.217 only AAAA: as it is", "six-host", "six.example.com", "2001:db8:ff::35"},
		{"F4.217 no name: none is made", "six-host", "no.example.com", "NXDOMAIN"},
		{"F4.217 a subnet without the attribute", "plain-host", "four.example.com", "192.0.2.33"},
		{"F4.217 the internet", "internet", "four.example.com", "192.0.2.33"},
	})
	a, err := n.Resolve("six-host", "four.example.com")
	require.NoError(t, err)
	assert.Equal(t, "DNS64 six: four.example.com AAAA 64:ff9b::c000:221", stepsOf(a)[2])
	f, err := n.Probe("six-host", "four.example.com", "tcp/443")
	require.NoError(t, err)
	assert.Equal(t, addr("64:ff9b::c000:221"), f.Forward.Sent.Dst, "F4.217")
	_, err = n.Probe("plain-host", "four.example.com", "tcp/443")
	require.ErrorIs(t, err, packetwalk.ErrNotFound, "no address of its family")
}
