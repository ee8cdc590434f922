package packetwalk_test

import (
	"testing"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// TestScenarioA24: a reference to a group means private addresses (F5.101), so the way round by the internet
// gateway loses it.
func TestScenarioA24(t *testing.T) {
	given := func(b *packetwalk.Builder) {
		v, igw := world(b)
		s := v.Subnet("sub", "10.0.0.0/24").Route(everywhere, igw)
		a := s.Instance("a").ElasticIP("198.51.100.1")
		s.Instance("b").ElasticIP("198.51.100.2").Allow("tcp/5432", a)
	}
	runScenarios(t, []scenario{
		{"A24 group reference and public address", given, "a", "198.51.100.2", "tcp/5432", atRequest(trace.StageSecurityGroup, "b-sg", trace.SGReferencesNotPreserved)},
		{"A24 mended by the private address", given, "a", "b", "tcp/5432", arrives},
	})
}

// dual makes VPC "vpc" with both families, and instance "i" in subnet "sub", served by table "rtb".
func dual(b *packetwalk.Builder) (*packetwalk.VPCHandle, *packetwalk.RouteTableHandle) {
	v := b.VPC("vpc", "10.0.0.0/16", "2001:db8:1234:1a00::/56")
	s := v.Subnet("sub", "10.0.0.0/24", "2001:db8:1234:1a00::/64")
	s.Instance("i").PublicIP().IPv6("2001:db8:1234:1a00::123").Allow("tcp/443", packetwalk.AnywhereIPv6)
	return v, v.RouteTable("rtb").Associate(s)
}

func TestScenariosOfIPv6(t *testing.T) {
	const outside, inside = "2600::1", "2001:db8:1234:1a00::123"
	legacy := func(b *packetwalk.Builder) (*packetwalk.RouteTableHandle, *packetwalk.GatewayHandle) {
		v, rtb := dual(b)
		igw := v.InternetGateway("igw")
		return rtb.Route(everywhere, igw), igw
	}
	egressOnly := func(b *packetwalk.Builder) {
		v, rtb := dual(b)
		rtb.Route("::/0", v.EgressOnlyInternetGateway("eigw"))
	}
	runScenarios(t, []scenario{
		{"A53 IPv6 without ::/0", func(b *packetwalk.Builder) { legacy(b) },
			"i", outside, "tcp/443", atRequest(trace.StageRouteTable, "rtb", trace.NoRouteToDestination)},
		{"A53 IPv4 works", func(b *packetwalk.Builder) { legacy(b) }, "i", "8.8.8.8", "tcp/443", arrives},
		{"A53 mended by ::/0", func(b *packetwalk.Builder) { rtb, igw := legacy(b); rtb.Route("::/0", igw) }, "i", outside, "tcp/443", arrives},
		{"A55 egress-only, from the internet", egressOnly,
			"internet", inside, "tcp/443", atRequest(trace.StageEgressOnlyInternetGateway, "eigw", trace.EIGWNoSession)},
		{"A55 egress-only, to the internet", egressOnly, "i", outside, "tcp/443", arrives},
		{"A55 item 41 both gateways: nor past the egress-only one", func(b *packetwalk.Builder) {
			v, rtb := dual(b)
			rtb.Route(everywhere, v.InternetGateway("igw")).Route("::/0", v.EgressOnlyInternetGateway("eigw"))
		}, "internet", inside, "tcp/443", atRequest(trace.StageEgressOnlyInternetGateway, "eigw", trace.EIGWNoSession)},
	})
}
