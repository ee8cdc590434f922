package packetwalk

import (
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/route"
)

// lintNATs finds NAT gateways that can't forward what they are for: a NAT gateway sends by the table of its
// own subnet, as every host there does.
//
//   - a public one whose table leads to no internet gateway over IPv4 (A05, F4.201). What hands the packets
//     on, as a firewall does, may lead there;
//   - one whose table leads back to itself: what it sends comes back to it (A05, F2.039).
func (l *linter) lintNATs() {
	for i := range l.NATGateways {
		g := &l.NATGateways[i]
		s := l.subnets[g.Subnet]
		if s == nil || !g.Available() {
			continue
		}
		back := routeBack(s, g.ID)
		switch {
		case g.IsPublic() && !leadsOut(s) && back != nil:
			l.warn(PrivateSubnetNAT, KindNATGateway, g.ID, "Subnet",
				"a public NAT gateway in subnet %q, whose route table %q leads %s back to it: "+
					"put it into a subnet whose table leads to an internet gateway", g.Subnet, s.Table.Data.ID, destinationOf(back))
		case g.IsPublic() && !leadsOut(s):
			l.warn(PrivateSubnetNAT, KindNATGateway, g.ID, "Subnet",
				"a public NAT gateway in subnet %q, whose route table %q has no IPv4 route to an internet gateway: "+
					"add one there, or put it into a subnet that has one", g.Subnet, s.Table.Data.ID)
		case back != nil:
			l.warn(NATLoop, KindNATGateway, g.ID, "Subnet",
				"the route table %q of its own subnet %q leads %s back to it: what it sends there never leaves: "+
					"give the subnets that use it a table of their own", s.Table.Data.ID, g.Subnet, destinationOf(back))
		}
	}
}

// leadsOut reports whether a subnet's table may lead to the internet over IPv4: to an internet gateway, or to
// what passes packets on by itself. Other NAT gateways, peerings (F8.008) and endpoints do not.
func leadsOut(s *walk.Subnet) bool {
	for i := range s.Table.Data.Routes {
		r := &s.Table.Data.Routes[i]
		if r.State == route.Blackhole || r.State == route.Filtered || r.PrefixList == "" && !r.Destination.Addr().Is4() {
			continue
		}
		switch r.Target.Kind {
		case route.InternetGateway, route.NetworkInterface, route.Instance:
			return true
		}
		if !r.Target.Modelled() {
			return true
		}
	}
	return false
}

// routeBack is the first active route of a subnet's table to a NAT gateway, or nil. One for IPv6 is none: what
// the gateway makes of such a packet is IPv4 (F4.215).
func routeBack(s *walk.Subnet, nat string) *route.Route {
	for i := range s.Table.Data.Routes {
		r := &s.Table.Data.Routes[i]
		if r.Destination.Addr().Is6() {
			continue
		}
		if r.State == route.Active && r.Target == (route.Target{Kind: route.NATGateway, ID: nat}) {
			return r
		}
	}
	return nil
}
