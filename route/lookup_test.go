package route_test

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/route"
)

// The routes that the cases are made of: each has its target's ID as its name.
func static(dst, id string) route.Route {
	return route.Route{Destination: netip.MustParsePrefix(dst), Target: route.Target{Kind: route.PeeringConnection, ID: id}}
}

func local(dst string) route.Route {
	return route.Route{Destination: netip.MustParsePrefix(dst), Target: route.Target{Kind: route.Local}, Origin: route.CreatedWithTable}
}

func listed(list, id string) route.Route {
	return route.Route{PrefixList: list, Target: route.Target{Kind: route.GatewayEndpoint, ID: id}}
}

func learned(dst, id string, via route.Via) route.Route {
	r := static(dst, id)
	r.Target.Kind, r.Origin, r.Via = route.VirtualPrivateGateway, route.Propagated, via
	return r
}

func advertised(dst, id string) route.Route {
	r := learned(dst, id, route.ViaUnspecified)
	r.Origin = route.Advertised
	return r
}

func in(s route.State, r route.Route) route.Route {
	r.State = s
	return r
}

func table(routes ...route.Route) *route.Table { return &route.Table{ID: "rtb", Routes: routes} }

func prefixes(texts ...string) []netip.Prefix {
	var ps []netip.Prefix
	for _, s := range texts {
		ps = append(ps, netip.MustParsePrefix(s))
	}
	return ps
}

var lists = route.Lists{
	"pl-s3":   {ID: "pl-s3", Entries: prefixes("52.216.0.0/15", "52.217.0.0/16", "2600:1fa0::/32")},
	"pl-a":    {ID: "pl-a", Entries: prefixes("52.217.0.0/16", "10.9.0.0/16")},
	"pl-b":    {ID: "pl-b", Entries: prefixes("10.9.0.0/16", "10.9.8.0/24")},
	"pl-nil":  nil,
	"pl-zero": {Entries: make([]netip.Prefix, 1)},
}

func TestLookup(t *testing.T) {
	const dx, vpn, bgp = route.DirectConnectBGP, route.VPNStatic, route.VPNBGP
	for _, c := range []struct {
		name   string
		dst    string
		routes []route.Route
		want   string // ID of the target; "local"; "" for no route
	}{
		{"F2.001 the longest prefix wins", "172.31.0.9", []route.Route{static("0.0.0.0/0", "igw"), static("172.31.0.0/16", "pcx")}, "pcx"},
		{"F2.001 a /32 is longer than a /24", "10.10.2.15", []route.Route{static("10.10.2.0/24", "a"), static("10.10.2.15/32", "b")}, "b"},
		{"F2.001 a shorter prefix takes the rest", "172.32.0.9", []route.Route{static("0.0.0.0/0", "igw"), static("172.31.0.0/16", "pcx")}, "igw"},
		{"F2.001 propagated but longer beats static", "10.1.2.3", []route.Route{static("10.1.0.0/16", "pcx"), learned("10.1.2.0/24", "vgw", bgp)}, "vgw"},
		{"F2.001 IPv6 the longest prefix wins", "2001:db8::1", []route.Route{static("::/0", "eigw"), static("2001:db8::/56", "pcx")}, "pcx"},
		{"no route matches", "8.8.8.8", []route.Route{static("10.1.0.0/16", "pcx")}, ""},

		{"F2.002 static beats prefix list", "10.9.1.1", []route.Route{listed("pl-a", "vpce"), static("10.9.0.0/16", "pcx")}, "pcx"},
		{"F2.002 static beats propagated", "10.9.1.1", []route.Route{learned("10.9.0.0/16", "vgw", dx), static("10.9.0.0/16", "pcx")}, "pcx"},
		{"F2.002 prefix list beats propagated", "10.9.1.1", []route.Route{learned("10.9.0.0/16", "vgw", dx), listed("pl-a", "vpce")}, "vpce"},
		{"F2.002 Direct Connect beats VPN static", "10.9.1.1", []route.Route{learned("10.9.0.0/16", "a", vpn), learned("10.9.0.0/16", "b", dx)}, "b"},
		{"F2.002 Direct Connect beats VPN BGP", "10.9.1.1", []route.Route{learned("10.9.0.0/16", "a", bgp), learned("10.9.0.0/16", "b", dx)}, "b"},
		{"F2.002 VPN static beats VPN BGP", "10.9.1.1", []route.Route{learned("10.9.0.0/16", "a", bgp), learned("10.9.0.0/16", "b", vpn)}, "b"},
		{"F2.002 propagated without a way comes last", "10.9.1.1", []route.Route{learned("10.9.0.0/16", "a", 0), learned("10.9.0.0/16", "b", bgp)}, "b"},
		{"F2.002 advertised counts as propagated", "10.9.1.1", []route.Route{advertised("10.9.0.0/16", "a"), static("10.9.0.0/16", "b")}, "b"},
		{"F2.002 a static route's Via decides nothing", "10.9.1.1", []route.Route{withVia(static("10.9.0.0/16", "b"), dx), withVia(static("10.9.0.0/16", "a"), bgp)}, "a"},
		{"F2.004 static igw beats propagated vgw", "172.31.0.7", []route.Route{learned("172.31.0.0/24", "vgw", 0), static("172.31.0.0/24", "igw")}, "igw"},
		{"F2.005 a more specific propagated route beats a prefix list", "10.9.1.1", []route.Route{listed("pl-a", "vpce"), learned("10.9.1.0/24", "vgw", bgp)}, "vgw"},
		{"F2.005 a more specific static route beats both", "10.9.1.1", []route.Route{listed("pl-a", "vpce"), learned("10.9.0.0/16", "vgw", bgp), static("10.9.1.0/24", "pcx")}, "pcx"},
		{"F2.006 of two prefix lists the ID that sorts first", "10.9.1.1", []route.Route{listed("pl-b", "vpce-1"), listed("pl-a", "vpce-2")}, "vpce-2"},
		{"F2.006 of two prefix lists the longer entry", "10.9.8.1", []route.Route{listed("pl-a", "vpce-1"), listed("pl-b", "vpce-2")}, "vpce-2"},
		{"F2.007 a static route for a service's very range beats the endpoint", "52.216.0.1", []route.Route{listed("pl-s3", "vpce"), static("52.216.0.0/15", "nat")}, "nat"},
		{"F2.007 the longest entry of the list counts", "52.217.0.1", []route.Route{listed("pl-s3", "vpce"), static("52.216.0.0/15", "nat")}, "vpce"},
		{"F2.007 a default route loses to the endpoint", "52.216.0.1", []route.Route{listed("pl-s3", "vpce"), static("0.0.0.0/0", "igw")}, "vpce"},
		{"F2.007 outside the list the default route", "8.8.8.8", []route.Route{listed("pl-s3", "vpce"), static("0.0.0.0/0", "igw")}, "igw"},

		{"F2.008 local beats a more specific propagated route", "10.0.1.5", []route.Route{local("10.0.0.0/16"), learned("10.0.1.0/24", "vgw", dx)}, "local"},
		{"F2.008 local beats a more specific advertised route", "10.0.1.5", []route.Route{local("10.0.0.0/16"), advertised("10.0.1.0/24", "eni")}, "local"},
		{"F2.008 local beats an equal propagated route", "10.0.1.5", []route.Route{learned("10.0.0.0/16", "vgw", dx), local("10.0.0.0/16")}, "local"},
		{"F2.008 local beats a wider propagated route", "10.0.1.5", []route.Route{learned("10.0.0.0/8", "vgw", dx), local("10.0.0.0/16")}, "local"},
		{"F2.008 outside the local range a propagated route wins", "10.5.1.5", []route.Route{local("10.0.0.0/16"), learned("10.0.0.0/8", "vgw", dx)}, "vgw"},
		{"F2.008 a shorter static route does not come back in", "10.0.1.5", []route.Route{static("0.0.0.0/0", "igw"), local("10.0.0.0/16"), learned("10.0.1.0/24", "vgw", dx)}, "local"},
		{"F2.008 an unusable local route shields nothing", "10.0.1.5", []route.Route{in(route.Filtered, local("10.0.0.0/16")), learned("10.0.1.0/24", "vgw", dx)}, "vgw"},
		{"F2.008 nor against a shorter static route", "10.0.1.5", []route.Route{in(route.Filtered, local("10.0.0.0/16")), learned("10.0.1.0/24", "vgw", dx), static("10.0.0.0/20", "pcx")}, "vgw"},
		{"F2.008 IPv6 local beats a more specific propagated route", "2001:db8::1", []route.Route{local("2001:db8::/56"), learned("2001:db8::/64", "vgw", dx)}, "local"},
		{"F2.009 a local route for each block", "100.64.1.1", []route.Route{local("10.0.0.0/16"), local("100.64.0.0/16"), static("0.0.0.0/0", "igw")}, "local"},
		{"F2.010 a replaced local route is taken", "10.0.1.5", []route.Route{static("10.0.0.0/16", "eni"), static("0.0.0.0/0", "igw")}, "eni"},
		{"F2.011 local loses to a more specific static route", "10.0.1.5", []route.Route{local("10.0.0.0/16"), static("10.0.1.0/24", "eni")}, "eni"},
		{"F2.011 the static route wins over the propagated one too", "10.0.1.5", []route.Route{local("10.0.0.0/16"), learned("10.0.1.0/25", "vgw", dx), static("10.0.1.0/24", "eni")}, "eni"},

		{"F2.015 a wider route is not taken to 169.254.168.0/22", "169.254.169.254", []route.Route{static("0.0.0.0/0", "igw"), static("169.254.0.0/16", "pcx")}, ""},
		{"F2.015 a wider route is taken beside 169.254.168.0/22", "169.254.172.1", []route.Route{static("169.254.0.0/16", "pcx")}, "pcx"},
		{"F2.015 a wider route is not taken to fd00:ec2::/32", "fd00:ec2::254", []route.Route{static("::/0", "igw")}, ""},
		{"F2.016 0.0.0.0/0 does not cover IPv6", "2001:db8::1", []route.Route{static("0.0.0.0/0", "igw")}, ""},
		{"F2.016 ::/0 does not cover IPv4", "8.8.8.8", []route.Route{static("::/0", "igw")}, ""},
		{"F2.016 ::/0 covers IPv6", "2001:db8::1", []route.Route{static("0.0.0.0/0", "igw"), static("::/0", "eigw")}, "eigw"},
		{"F2.016 an IPv4-mapped address is neither", "::ffff:8.8.8.8", []route.Route{static("0.0.0.0/0", "igw"), static("::/0", "eigw"), static("::ffff:0:0/96", "pcx")}, ""},
		{"F2.016 a list with both families", "2600:1fa0::1", []route.Route{static("::/0", "eigw"), listed("pl-s3", "vpce")}, "vpce"},
		{"F2.017 host bits mean the block around them", "100.68.1.1", []route.Route{{Destination: netip.MustParsePrefix("100.68.0.18/18"), Target: route.Target{ID: "pcx"}}}, "pcx"},

		{"F2.023 a filtered route is never taken", "10.1.1.1", []route.Route{in(route.Filtered, static("10.1.0.0/16", "pcx")), static("0.0.0.0/0", "igw")}, "igw"},
		{"F2.023 nothing but filtered routes", "10.1.1.1", []route.Route{in(route.Filtered, static("10.1.0.0/16", "pcx"))}, ""},
		{"F2.025 a blackhole does not fall through", "10.1.1.1", []route.Route{in(route.Blackhole, static("10.1.0.0/16", "pcx")), static("0.0.0.0/0", "igw")}, "pcx"},
		{"F2.025 a blackhole beats a propagated route of the same prefix", "10.1.1.1", []route.Route{in(route.Blackhole, static("10.1.0.0/16", "pcx")), learned("10.1.0.0/16", "vgw", dx)}, "pcx"},
		{"F2.025 a blackhole loses to a longer prefix", "10.1.1.1", []route.Route{in(route.Blackhole, static("10.0.0.0/8", "pcx")), static("10.1.0.0/16", "b")}, "b"},

		{"a list that nobody knows matches nothing", "10.9.1.1", []route.Route{listed("pl-none", "a"), listed("pl-nil", "b"), listed("pl-zero", "c")}, ""},
		{"equal routes: the target ID that sorts first", "10.1.1.1", []route.Route{static("10.1.0.0/16", "b"), static("10.1.0.0/16", "a")}, "a"},
		{"the zero route matches nothing", "10.1.1.1", []route.Route{{}}, ""},
		{"values out of range", "10.1.1.1", []route.Route{{Destination: netip.MustParsePrefix("10.1.0.0/16"), Target: route.Target{Kind: 99, ID: "x"}, State: 99, Origin: 99, Via: 99}}, "x"},
		{"no routes", "10.1.1.1", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tab, dst := table(c.routes...), netip.MustParseAddr(c.dst)
			m, ok := tab.Lookup(dst, lists)
			assert.Equal(t, c.want != "", ok)
			got := ""
			if ok {
				got = m.Route.Target.String()
				assert.True(t, m.Prefix.Contains(dst), "%s holds %s", m.Prefix, dst)
				assert.Equal(t, m.Prefix.Masked(), m.Prefix)
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func withVia(r route.Route, v route.Via) route.Route {
	r.Via = v
	return r
}

func TestLookupMatch(t *testing.T) {
	tab := table(static("0.0.0.0/0", "igw"), listed("pl-s3", "vpce"))
	m, ok := tab.Lookup(netip.MustParseAddr("52.217.3.4"), lists)
	require.True(t, ok)
	assert.Same(t, &tab.Routes[1], m.Route, "the table's own route")
	assert.Equal(t, "52.217.0.0/16", m.Prefix.String(), "the longest entry that matches")
}

func TestLookupOfNothing(t *testing.T) {
	var none *route.Table
	_, ok := none.Lookup(netip.MustParseAddr("10.0.0.1"), nil)
	assert.False(t, ok)
	assert.Empty(t, none.Candidates(netip.MustParseAddr("10.0.0.1"), nil))
	_, ok = table(static("0.0.0.0/0", "igw"), static("::/0", "igw")).Lookup(netip.Addr{}, nil)
	assert.False(t, ok, "the zero address")
	_, ok = table(static("::/0", "igw")).Lookup(netip.MustParseAddr("fe80::1%eth0"), nil)
	assert.False(t, ok, "an address with a zone")
	_, ok = table(listed("pl-s3", "vpce")).Lookup(netip.MustParseAddr("52.216.0.1"), nil)
	assert.False(t, ok, "no lists")
}

func TestCandidates(t *testing.T) {
	const dx, bgp = route.DirectConnectBGP, route.VPNBGP
	for _, c := range []struct {
		name   string
		dst    string
		routes []route.Route
		want   []string // target and loss
	}{
		{"F2.001 the shorter prefix is less specific", "10.1.1.1",
			[]route.Route{static("0.0.0.0/0", "igw"), static("10.0.0.0/8", "b"), static("10.1.0.0/16", "a"), static("10.2.0.0/16", "no")},
			[]string{"a taken", "b less-specific", "igw less-specific"}},
		{"F2.002 the priorities in a row", "10.9.1.1",
			[]route.Route{learned("10.9.0.0/16", "v2", bgp), learned("10.9.0.0/16", "v1", dx), listed("pl-a", "vpce"), static("10.9.0.0/16", "pcx")},
			[]string{"pcx taken", "vpce lower-priority", "v1 lower-priority", "v2 lower-priority"}},
		{"F2.008 propagated routes behind the local one", "10.0.1.5",
			[]route.Route{learned("10.0.0.0/16", "v3", dx), static("0.0.0.0/0", "igw"), learned("10.0.0.0/20", "v2", dx), learned("10.0.1.0/24", "v1", bgp), local("10.0.0.0/16")},
			[]string{"local taken", "v1 local-preferred", "v2 local-preferred", "v3 lower-priority", "igw less-specific"}},
		{"F2.008 an unusable local route shields nothing", "10.0.1.5",
			[]route.Route{in(route.Filtered, local("10.0.0.0/16")), learned("10.0.1.0/24", "vgw", dx)},
			[]string{"vgw taken", "local not-usable"}},
		{"F2.008 of two local routes the wider one is the range", "10.0.1.5",
			[]route.Route{local("10.0.0.0/16"), local("10.0.0.0/20"), learned("10.0.0.0/18", "vgw", dx)},
			[]string{"local taken", "local less-specific", "vgw local-preferred"}},
		{"F2.011 a static route, the local one, a propagated one", "10.0.1.5",
			[]route.Route{learned("10.0.1.0/24", "vgw", dx), local("10.0.0.0/16"), static("10.0.1.0/24", "eni")},
			[]string{"eni taken", "local less-specific", "vgw local-preferred"}},
		{"F2.023 filtered routes come last", "10.1.1.1",
			[]route.Route{in(route.Filtered, static("10.1.0.0/16", "f")), static("0.0.0.0/0", "igw")},
			[]string{"igw taken", "f not-usable"}},
		{"F2.023 none is taken", "10.1.1.1",
			[]route.Route{in(route.Filtered, static("10.1.0.0/16", "f"))},
			[]string{"f not-usable"}},
		{"F2.025 the route that a blackhole hides", "10.1.1.1",
			[]route.Route{static("0.0.0.0/0", "igw"), in(route.Blackhole, static("10.1.0.0/16", "pcx"))},
			[]string{"pcx taken", "igw less-specific"}},
		{"nothing matches", "8.8.8.8", []route.Route{static("10.1.0.0/16", "pcx")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, m := range table(c.routes...).Candidates(netip.MustParseAddr(c.dst), lists) {
				got = append(got, m.Route.Target.String()+" "+m.Loss.String())
			}
			if d := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); d != "" {
				t.Error(d)
			}
		})
	}
}

// Routes that differ in one field only, and tie: both orders have to give the same.
func TestTiesDoNotDependOnOrder(t *testing.T) {
	base := static("10.1.0.0/16", "a")
	origin, kind, via := base, base, withVia(base, route.VPNBGP)
	origin.Origin, kind.Target.Kind = route.Created, route.NetworkInterface
	for _, c := range []struct {
		name  string
		other route.Route
	}{
		{"target ID", static("10.1.0.0/16", "b")},
		{"target kind", kind},
		{"state", in(route.Blackhole, base)},
		{"origin", origin},
		{"via", via},
		{"host bits", static("10.1.2.3/16", "a")},
	} {
		t.Run(c.name, func(t *testing.T) {
			dst := netip.MustParseAddr("10.1.1.1")
			one, _ := table(base, c.other).Lookup(dst, nil)
			two, _ := table(c.other, base).Lookup(dst, nil)
			assert.Equal(t, *one.Route, *two.Route)
		})
	}
}

func TestLookupAllocatesNothing(t *testing.T) {
	tab := table(local("10.0.0.0/16"), learned("10.0.1.0/24", "vgw", route.VPNBGP), listed("pl-s3", "vpce"), static("0.0.0.0/0", "igw"))
	dst := netip.MustParseAddr("52.217.0.1")
	assert.Zero(t, testing.AllocsPerRun(100, func() { tab.Lookup(dst, lists) }))
}

// TestStaticTargets: F2.003, a route that somebody made counts as static whatever it leads to, and beats a
// propagated one of the same prefix (F2.002).
func TestStaticTargets(t *testing.T) {
	for _, kind := range []route.TargetKind{
		route.InternetGateway, route.NATGateway, route.NetworkInterface, route.Instance, route.TransitGateway,
		route.PeeringConnection, route.GatewayLoadBalancerEndpoint,
	} {
		t.Run("F2.003 "+kind.String(), func(t *testing.T) {
			made := route.Route{Destination: netip.MustParsePrefix("10.9.0.0/16"), Target: route.Target{Kind: kind, ID: "made"}, Origin: route.Created}
			table := route.Table{ID: "rtb", VPC: "vpc", Routes: []route.Route{learned("10.9.0.0/16", "vgw", route.DirectConnectBGP), made}}
			m, ok := table.Lookup(netip.MustParseAddr("10.9.1.1"), nil)
			if !ok || m.Route.Target.ID != "made" {
				t.Errorf("took %v, %v: want the static route", m, ok)
			}
		})
	}
}
