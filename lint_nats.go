package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/route"
)

// lintNATs finds NAT gateways that can't forward what they are for: a zonal NAT gateway sends by the table
// of its own subnet, as every host there does, a regional one by a table of its own.
//
//   - a public one whose table leads to no internet gateway over IPv4 (A05, F4.201). What hands the packets
//     on, as a firewall does, may lead there;
//   - one whose table leads back to itself: what it sends comes back to it (A05, F2.039).
func (l *linter) lintNATs() {
	for i := range l.NATGateways {
		g := &l.NATGateways[i]
		t, field := l.tableOfNAT(g)
		if t == nil || !g.Available() {
			continue
		}
		back, where, mend := routeBack(t, g.ID), fmt.Sprintf("subnet %q", g.Subnet), "put it into a subnet whose table"
		if g.IsRegional() {
			where, mend = fmt.Sprintf("VPC %q", g.VPC), "give it a table that"
		}
		switch {
		case g.IsPublic() && !leadsOut(t) && back != nil:
			l.warn(PrivateSubnetNAT, KindNATGateway, g.ID, field,
				"a public NAT gateway in %s, whose route table %q leads %s back to it: %s leads to an internet gateway",
				where, t.Data.ID, destinationOf(back), mend)
		case g.IsPublic() && !leadsOut(t):
			l.warn(PrivateSubnetNAT, KindNATGateway, g.ID, field,
				"a public NAT gateway in %s, whose route table %q has no IPv4 route to an internet gateway: "+
					"add one there, or %s has one", where, t.Data.ID, mend)
		case back != nil:
			l.warn(NATLoop, KindNATGateway, g.ID, field,
				"the route table %q by which it sends leads %s back to it: what it sends there never leaves: "+
					"give the subnets that use it a table of their own", t.Data.ID, destinationOf(back))
		}
	}
}

// tableOfNAT is the table by which a NAT gateway sends, and the field that decides it: that of its subnet, or
// of a regional one its own (F4.219). It is nil for one that is not there any more.
func (l *linter) tableOfNAT(g *gateway.NAT) (t *walk.Table, field string) {
	if g.IsRegional() {
		if r := l.resolver.regional[g.ID]; r != nil {
			return r.Table, "RouteTable"
		}
	} else if s := l.resolver.subnets[g.Subnet]; s != nil {
		return s.Table, "Subnet"
	}
	return nil, ""
}

// leadsOut reports whether a table may lead to the internet over IPv4: to an internet gateway, or to
// what passes packets on by itself. Other NAT gateways, peerings (F8.008) and endpoints do not.
func leadsOut(t *walk.Table) bool {
	for i := range t.Data.Routes {
		r := &t.Data.Routes[i]
		if r.State == route.Blackhole || r.State == route.Filtered || r.PrefixList == "" && !r.Destination.Addr().Is4() {
			continue
		}
		switch r.Target.Kind {
		case route.Local, route.NATGateway, route.EgressOnlyInternetGateway, route.PeeringConnection, route.GatewayEndpoint:
			continue
		}
		return true
	}
	return false
}

// routeBack is the first active route of a table to a NAT gateway, or nil. One for IPv6 is none: what
// the gateway makes of such a packet is IPv4 (F4.215).
func routeBack(t *walk.Table, nat string) *route.Route {
	for i := range t.Data.Routes {
		r := &t.Data.Routes[i]
		if r.Destination.Addr().Is6() {
			continue
		}
		if r.State == route.Active && r.Target == (route.Target{Kind: route.NATGateway, ID: nat}) {
			return r
		}
	}
	return nil
}
