package packetwalk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/route"
)

// lintSubnets looks at where the table of each subnet leads.
func (l *linter) lintSubnets() {
	for i := range l.Subnets {
		s := l.resolver.subnets[l.Subnets[i].ID]
		l.publicByMainTable(s)
		l.crossZoneNAT(s)
		l.middleboxAtService(s)
	}
}

// publicByMainTable finds subnets that are public because nobody gave them a table (item 23, A02), over IPv4
// or IPv6. In a default VPC that is as AWS makes it (F3.014).
func (l *linter) publicByMainTable(s *walk.Subnet) {
	if !s.Main || s.VPC.Data.Default {
		return
	}
	public := s.Table.Data.Routes[:0:0]
	for _, r := range s.Table.Data.Routes {
		if r.Target.Kind == route.InternetGateway && r.State == route.Active {
			public = append(public, r)
		}
	}
	if len(public) > 0 {
		l.warn(PublicByMainTable, KindSubnet, s.Data.ID, "",
			"public only because the main route table %q leads %s to %q: associate it with a table of its own",
			s.Table.Data.ID, destinationsOf(public), public[0].Target.ID)
	}
}

// crossZoneNAT finds subnets whose way out hangs on another Availability Zone (item 61): one warning a NAT
// gateway. A route that is a blackhole leads to no zone.
func (l *linter) crossZoneNAT(s *walk.Subnet) {
	routes := s.Table.Data.Routes
	for j := range routes {
		to := routes[j].Target
		same := func(r route.Route) bool { return r.Target == to && r.State == route.Active }
		if to.Kind != route.NATGateway || slices.IndexFunc(routes, same) != j {
			continue
		}
		at := l.index.subnets[l.nats[to.ID].Subnet]
		if at == nil || at.Zone == s.Data.Zone {
			continue // a regional one is in every zone (F4.219)
		}
		var all []route.Route
		for _, r := range routes {
			if same(r) {
				all = append(all, r)
			}
		}
		l.warn(CrossZoneNAT, KindSubnet, s.Data.ID, "",
			"in zone %s, and %s leads to NAT gateway %q in zone %s: one NAT gateway a zone survives the loss of the other",
			s.Data.Zone, destinationsOf(all), to.ID, at.Zone)
	}
}

// destinationsOf names the destinations of routes: "0.0.0.0/0 and ::/0".
func destinationsOf(routes []route.Route) string {
	names := make([]string, len(routes))
	for i := range routes {
		names[i] = destinationOf(&routes[i])
	}
	return strings.Join(names, " and ")
}

// lintRoutes finds routes that lead nowhere (F2.024), and those to what is not modelled.
func (l *linter) lintRoutes() {
	for i := range l.RouteTables {
		t := &l.RouteTables[i]
		for j := range t.Routes {
			r, field := &t.Routes[j], fmt.Sprintf("Routes[%d]", j)
			_, available := l.resolver.target(t.VPC, r.Target)
			switch {
			case r.State == route.Filtered: // never taken (F2.023)
			case r.State == route.Blackhole || !available:
				l.warn(BlackholeRoute, KindRouteTable, t.ID, field,
					"%s leads to %s %q, which takes no packets: remove the route or bring the target back",
					destinationOf(r), r.Target.Kind, r.Target.ID)
			case r.Target.Kind == route.VirtualPrivateGateway && l.onPremises[r.Target.ID] == nil:
				l.warn(NotModelled, KindRouteTable, t.ID, field,
					"%s leads to virtual private gateway %q, which the network does not describe: a packet that takes the route ends "+
						"there undecided: add it to VirtualPrivateGateways, with the Networks behind it", destinationOf(r), r.Target.ID)
			case r.Target.Kind == route.GatewayLoadBalancerEndpoint && l.gwlbEPs[r.Target.ID] == nil:
				l.warn(NotModelled, KindRouteTable, t.ID, field,
					"%s leads to Gateway Load Balancer endpoint %q, which the network does not describe: a packet that takes the route "+
						"ends there undecided: add it to GatewayLoadBalancerEndpoints", destinationOf(r), r.Target.ID)
			case !r.Target.Modelled() && l.onPremises[r.Target.ID] == nil && l.gwlbEPs[r.Target.ID] == nil:
				l.warn(NotModelled, KindRouteTable, t.ID, field,
					"%s leads to %s %q, which is not modelled: a packet that takes the route ends there undecided",
					destinationOf(r), r.Target.Kind, r.Target.ID)
			}
		}
	}
}
