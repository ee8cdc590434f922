package packetwalk_test

import (
	"testing"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
)

// TestLintMiddleboxes: F2.033, an appliance between a service and the subnet where that stands.
func TestLintMiddleboxes(t *testing.T) {
	// network has a NAT gateway in pub, whose table leads a destination to an appliance.
	network := func(destination, appliance string) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
			igw := v.InternetGateway("igw")
			pub, other := v.Subnet("pub", "10.0.1.0/24", "2001:db8:1:1::/64").Route(everywhere, igw), v.Subnet("other", "10.0.2.0/24")
			v.Subnet("priv", "10.0.3.0/24")
			fw := map[string]*packetwalk.SubnetHandle{"pub": pub, "other": other}[appliance].Instance("fw").NoSourceDestCheck()
			pub.NAT("nat")
			pub.Route(destination, fw)
		}
	}
	without := func(c *packetwalk.Config) { c.NATGateways[0].State = gateway.NATDeleted }
	instead := func(k subnet.InterfaceKind) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) {
			without(c)
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "eni", Subnet: "pub", Kind: k})
		}
	}
	one := func(texts ...string) []warned { return []warned{{"pub", "", texts}} }
	runLint(t, packetwalk.MiddleboxAtService, []lintCase{
		{name: "F2.033 the appliance stands beside the NAT gateway", build: network("10.0.3.0/24", "pub"),
			want: one(`NAT gateway "nat"`, "10.0.3.0/24 through", `"fw-eni"`, "unpredictable", "another subnet")},
		{name: "F2.033 in another subnet it may stand", build: network("10.0.3.0/24", "other")},
		{name: "F2.033 but not before the gateway's own subnet", build: network("10.0.1.0/24", "other"), want: one("10.0.1.0/24", "local route")},
		{name: "F2.033 nor over IPv6", build: network("2001:db8:1:1::/64", "other"), want: one("2001:db8:1:1::/64")},
		{name: "F2.033 a NAT gateway that is gone", build: network("10.0.3.0/24", "pub"), edit: without},
		{name: "F2.033 a Network Load Balancer", build: network("10.0.3.0/24", "pub"), edit: instead(subnet.NetworkLoadBalancer), want: one("Network Load Balancer", `"eni"`)},
		{name: "F2.033 a transit gateway", build: network("10.0.3.0/24", "pub"), edit: instead(subnet.TransitGateway), want: one("transit gateway", `"eni"`)},
		{name: "F2.033 a host is no such service", build: network("10.0.3.0/24", "pub"), edit: instead(subnet.Standard)},
		{name: "F2.033 the table of another subnet", build: network("10.0.3.0/24", "pub"), edit: func(c *packetwalk.Config) {
			for i := range c.RouteTables {
				if r := &c.RouteTables[i]; len(r.Subnets) > 0 && r.Subnets[0] == "pub" {
					r.Subnets = []string{"priv"}
				}
			}
		}},
		{name: "F2.033 a route that leads nowhere", build: network("10.0.3.0/24", "pub"), edit: func(c *packetwalk.Config) {
			for i := range c.RouteTables {
				for j := range c.RouteTables[i].Routes {
					if r := &c.RouteTables[i].Routes[j]; r.Destination == prefix("10.0.3.0/24") {
						r.State = route.Blackhole
					}
				}
			}
		}},
	})
}

func TestLintMiddleboxAtLoadBalancer(t *testing.T) {
	runLint(t, packetwalk.MiddleboxAtService, []lintCase{{name: "F2.033 a load balancer that is described", build: func(b *packetwalk.Builder) {
		v := b.VPC("app", "10.0.0.0/16")
		s := v.Subnet("s", "10.0.1.0/24")
		v.Subnet("t", "10.0.2.0/24")
		v.NetworkLoadBalancer("nlb", s)
		s.Route("10.0.2.0/24", s.Instance("fw").NoSourceDestCheck())
	}, want: []warned{{"s", "", []string{`Network Load Balancer "nlb"`}}}}})
}
