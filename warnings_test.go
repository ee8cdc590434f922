package packetwalk_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// TestWarnings: each warning names the resource that is regretted, and is gone once it is mended.
func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		code packetwalk.WarningCode
		id   string
		made func(b *packetwalk.Builder, bad bool)
	}{
		{packetwalk.CrossZoneNAT, "b-private", func(b *packetwalk.Builder, bad bool) { // item 61
			v := b.VPC("app", "10.0.0.0/16")
			igw := v.InternetGateway("igw")
			near := v.Subnet("b-public", "10.0.1.0/24").Zone("us-east-1b").Route("0.0.0.0/0", igw)
			far := v.Subnet("a-public", "10.0.2.0/24").Zone("us-east-1a").Route("0.0.0.0/0", igw)
			if bad {
				near = far
			}
			v.Subnet("b-private", "10.0.3.0/24").Zone("us-east-1b").Route("0.0.0.0/0", near.NAT("nat"))
		}},
		{packetwalk.PublicByMainTable, "s", func(b *packetwalk.Builder, bad bool) { // item 23
			v := b.VPC("app", "10.0.0.0/16")
			igw := v.InternetGateway("igw")
			s := v.Subnet("s", "10.0.1.0/24")
			if bad {
				v.Route("0.0.0.0/0", igw)
			} else {
				s.Route("0.0.0.0/0", igw)
			}
		}},
		{packetwalk.ACLEntryNeverMatches, "acl", func(b *packetwalk.Builder, bad bool) { // A17
			number := map[bool]int{true: 200, false: 50}[bad]
			b.VPC("app", "10.0.0.0/16").ACL("acl").AllowIn(100, "all", "0.0.0.0/0").DenyIn(number, "tcp/22", "172.16.200.0/24")
		}},
		{packetwalk.UnusedGroup, "idle", func(b *packetwalk.Builder, bad bool) {
			v := b.VPC("app", "10.0.0.0/16")
			idle := v.Group("idle")
			if i := v.Subnet("s", "10.0.1.0/24").Instance("i"); !bad {
				i.Groups(idle)
			}
		}},
		{packetwalk.BlackholeRoute, "s-rtb", func(b *packetwalk.Builder, bad bool) { // F2.024
			v := b.VPC("app", "10.0.0.0/16")
			nat := v.Subnet("public", "10.0.1.0/24").NATInstance("nat")
			if bad {
				nat.State(vpc.Stopped)
			}
			v.Subnet("s", "10.0.2.0/24").Route("0.0.0.0/0", nat)
		}},
	} {
		t.Run(c.code.String(), func(t *testing.T) {
			for _, bad := range []bool{true, false} {
				b := packetwalk.New()
				c.made(b, bad)
				warnings := mustNetwork(t, b).Warnings()
				found := slices.ContainsFunc(warnings, func(w packetwalk.Warning) bool { return w.Code == c.code && w.ID == c.id })
				assert.Equal(t, bad, found, "%v", warnings)
			}
		})
	}
}

// TestWhatIsNotModelled: a route to it is kept, warned about, and undecided for whoever takes it.
func TestWhatIsNotModelled(t *testing.T) {
	for kind, code := range map[route.TargetKind]trace.Code{
		route.TransitGateway: trace.UnsupportedComponent, route.Unknown: trace.UnknownResource,
	} {
		b := packetwalk.New()
		b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.1.0/24").Instance("i")
		cfg := b.Config()
		cfg.RouteTables = []route.Table{{ID: "main", VPC: "app", Main: true, Routes: []route.Route{
			{Destination: prefix("10.9.0.0/16"), Target: route.Target{Kind: kind, ID: "far"}},
		}}}
		n := mustNetwork(t, cfg)
		assert.True(t, hasWarning(n, packetwalk.NotModelled), "%v", kind)
		checkWalk(t, n, walkCase{from: "i", to: "10.9.0.1", service: "tcp/443", want: drops(code, "far")})
	}
}

// TestInstanceWithoutInterface can't be asked about, and says so.
func TestInstanceWithoutInterface(t *testing.T) {
	n := mustNetwork(t, packetwalk.Config{Instances: []vpc.Instance{{ID: "i"}}})
	assert.True(t, hasWarning(n, packetwalk.NoInterface))
	_, err := n.Probe("i", "internet", "tcp/443")
	assert.ErrorContains(t, err, "no network interface")
}

// TestPrefixListHandle: F2.005 and F5.005, routes and rules can refer to a customer's list.
func TestPrefixListHandle(t *testing.T) {
	b := packetwalk.New()
	a, c := b.VPC("a", "10.0.0.0/16"), b.VPC("c", "10.1.0.0/16")
	offices := b.PrefixList("pl-offices", "10.1.1.0/24", "10.1.2.0/24")
	front := a.Subnet("front", "10.0.1.0/24")
	front.Instance("web").Allow("tcp/443", offices)
	c.Subnet("back", "10.1.1.0/24").Instance("desk")
	c.Subnet("other", "10.1.9.0/24").Instance("stranger")
	p := b.PeerWithoutRoutes(a, c)
	a.RouteTable("rtb").Associate(front).RouteList(offices, p)
	c.Route("10.0.0.0/16", p)
	n := mustNetwork(t, b)
	checkWalk(t, n, walkCase{from: "desk", to: "web", service: "tcp/443", want: works})
	checkWalk(t, n, walkCase{from: "stranger", to: "web", service: "tcp/443", want: drops(trace.ENISGRulesMismatch, "web-sg")})
	checkWalk(t, n, walkCase{from: "web", to: "stranger", service: "tcp/443", want: drops(trace.NoRouteToDestination, "rtb")})
}

// TestDNSHandles: F3.019 and F9.307, the attributes and the options set are the VPC's.
func TestDNSHandles(t *testing.T) {
	b := packetwalk.New()
	b.VPC("app", "10.0.0.0/16").DNS(false, true).DHCPOptions("dopt", "10.0.0.53").Subnet("s", "10.0.1.0/24").Instance("i")
	n := mustNetwork(t, b)
	v := n.Config().VPCs[0]
	assert.True(t, v.NoDNSSupport)
	assert.True(t, v.DNSHostnames)
	require.Equal(t, "dopt", v.DHCPOptions)
	checkWalk(t, n, walkCase{from: "i", to: "10.0.0.2", service: "udp/53", want: drops(trace.ResolverDisabled, "amazon-dns")})
}
