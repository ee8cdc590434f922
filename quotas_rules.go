package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
)

// families counts what AWS counts for IPv4 and IPv6 apart.
type families struct{ ipv4, ipv6 int }

func (f *families) add(ipv4 bool, n int) {
	if ipv4 {
		f.ipv4 += n
	} else {
		f.ipv6 += n
	}
}

// addList counts a prefix list: its maximum of entries, or the weight that AWS gives to one of its own
// (F2.036).
func (f *families) addList(l *route.PrefixList) {
	if l != nil {
		f.add(len(l.Entries) == 0 || l.Entries[0].Addr().Is4(), l.Weight())
	}
}

// ofTables counts the routes of each table (F2.035): those that were not propagated by family, the local ones
// with them; and those that a virtual private gateway propagated. A route server has quotas of its own.
func (q *quotas) ofTables() {
	for i := range q.RouteTables {
		t := &q.RouteTables[i]
		var static families
		propagated := 0
		for j := range t.Routes {
			switch r := &t.Routes[j]; {
			case r.Origin == route.Propagated:
				propagated++
			case r.Origin == route.Advertised:
			case r.PrefixList != "":
				static.addList(q.lists[r.PrefixList])
			default:
				static.add(r.Destination.Addr().Is4(), 1)
			}
		}
		q.hold(routesPerFamily, static.ipv4, KindRouteTable, t.ID, "Routes", "IPv4 routes")
		q.hold(routesPerFamily, static.ipv6, KindRouteTable, t.ID, "Routes", "IPv6 routes")
		q.hold(propagatedRoutes, propagated, KindRouteTable, t.ID, "Routes", "propagated routes")
	}
}

// ofACLs counts the entries of each ACL, in and out apart (F6.020, A22).
func (q *quotas) ofACLs() {
	for i := range q.NetworkACLs {
		a := &q.NetworkACLs[i]
		in, out := 0, 0
		for j := range a.Entries {
			switch a.Entries[j].Direction {
			case packet.Ingress:
				in++
			case packet.Egress:
				out++
			}
		}
		q.hold(entriesPerWay, in, KindNetworkACL, a.ID, "Entries", "ingress entries")
		q.hold(entriesPerWay, out, KindNetworkACL, a.ID, "Entries", "egress entries")
	}
}

// size counts the rules of a group in a direction. A reference to a group is one rule of each family
// (F5.013).
func (q *quotas) size(g *sg.Group, d packet.Direction) (n families) {
	for i := range g.Rules {
		r := &g.Rules[i]
		switch {
		case r.Direction != d:
		case r.Group != "":
			n.ipv4++
			n.ipv6++
		case r.PrefixList != "":
			n.addList(q.lists[r.PrefixList])
		default:
			n.add(r.CIDR.Addr().Is4(), 1)
		}
	}
	return n
}

// ofGroups counts the rules of groups and the groups of interfaces (F5.013). The product is of what an
// account's quotas in the Region must be at least: the interface with the most groups times the group with
// the most rules.
func (q *quotas) ofGroups() {
	largest := make(map[region]sized)
	for i := range q.SecurityGroups {
		g := &q.SecurityGroups[i]
		for _, d := range []packet.Direction{packet.Ingress, packet.Egress} {
			n := q.size(g, d)
			q.hold(rulesPerFamily, n.ipv4, KindSecurityGroup, g.ID, "Rules", "IPv4 %v rules", d)
			q.hold(rulesPerFamily, n.ipv6, KindSecurityGroup, g.ID, "Rules", "IPv6 %v rules", d)
			if at, ok := q.regionOf(g.VPC); ok {
				largest[at] = larger(largest[at], sized{g.ID, max(n.ipv4, n.ipv6)})
			}
		}
	}
	most := make(map[region]sized)
	var order []region
	for i := range q.Interfaces {
		e := &q.Interfaces[i]
		q.hold(groupsPerInterface, len(e.Groups), KindInterface, e.ID, "Groups", "security groups")
		if at, ok := q.regionOf(q.vpcOf(e)); ok {
			if _, known := most[at]; !known {
				order = append(order, at)
			}
			most[at] = larger(most[at], sized{e.ID, len(e.Groups)})
		}
	}
	for _, at := range order {
		groups, rules := most[at], largest[at]
		what := fmt.Sprintf("rules an interface, %d groups here times %d rules in group %q", groups.n, rules.n, rules.id)
		if rules.n <= rulesPerFamily.highest && groups.n <= groupsPerInterface.highest { // else reported
			q.hold(rulesPerInterface, groups.n*rules.n, KindInterface, groups.id, "Groups", "%s", what)
		}
	}
}

// sized is a resource with a count.
type sized struct {
	id string
	n  int
}

// larger is the one with the larger count, the first of equals.
func larger(a, b sized) sized {
	if b.n > a.n {
		return b
	}
	return a
}
