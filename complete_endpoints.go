package packetwalk

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
)

// endpointOwners gives each interface endpoint the account of its VPC, where it names none.
func endpointOwners(c *Config) {
	owner := make(map[string]string)
	for _, v := range c.VPCs {
		owner[v.ID] = v.Account
	}
	for i := range c.InterfaceEndpoints {
		p := &c.InterfaceEndpoints[i]
		p.Account = cmp.Or(p.Account, owner[p.VPC])
	}
}

// servicePrefixLists adds the prefix lists of each service that has a gateway endpoint, one for each family
// that the endpoint is of (F7.011), where the Config brings none. The ranges are those of Config.IPRanges,
// or the built-in ones (F7.002).
func servicePrefixLists(c *Config, bad *mistakes) {
	for i := range c.GatewayEndpoints {
		g := &c.GatewayEndpoints[i]
		for _, ipv6 := range g.IPAddressType.Families() {
			if listOf(c, g.Service, ipv6) != nil {
				continue
			}
			name := endpoint.PrefixListName(g.Service, ipv6)
			ranges := rangesOf(c, g.Service, ipv6)
			if len(ranges) == 0 {
				bad.add(KindGatewayEndpoint, g.ID, "Service", g.Service, fault.ErrNotFound,
					"its ranges are not known: want a prefix list with Name %q in PrefixLists, or the service's ranges in IPRanges", name)
				continue
			}
			c.PrefixLists = append(c.PrefixLists, route.PrefixList{ID: "pl-" + name, Name: name, Entries: ranges})
		}
	}
}

// listOf is the prefix list of a service in a family, nil for none.
func listOf(c *Config, service string, ipv6 bool) *route.PrefixList {
	for i := range c.PrefixLists {
		l := &c.PrefixLists[i]
		if isListOf(l, service) && isIPv6(l) == ipv6 {
			return l
		}
	}
	return nil
}

// isIPv6 reports whether a prefix list is of IPv6: its ranges say so, or where it has none its name.
func isIPv6(l *route.PrefixList) bool {
	if len(l.Entries) > 0 {
		return l.Entries[0].Addr().Is6()
	}
	return strings.Contains(l.Name, ".ipv6.")
}

// listsOf are the prefix lists that lead to a gateway endpoint (F7.011).
func listsOf(c *Config, g *endpoint.Gateway) (lists []*route.PrefixList) {
	for _, ipv6 := range g.IPAddressType.Families() {
		if l := listOf(c, g.Service, ipv6); l != nil {
			lists = append(lists, l)
		}
	}
	return lists
}

// rangesOf are the ranges of a service in a family: those of Config.IPRanges, or where there are none at
// all the built-in ones.
func rangesOf(c *Config, service string, ipv6 bool) []netip.Prefix {
	return slices.DeleteFunc(endpoint.RangesOf(service, c.IPRanges), func(p netip.Prefix) bool { return p.Addr().Is6() != ipv6 })
}

// endpointRoutes makes the tables follow the associations of gateway endpoints: what a table has of an
// endpoint that is gone or names it no more goes, and each table that an endpoint names gets the routes of
// its lists (F2.022, F7.002). With an endpoint AWS deletes its routes
// (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpoints.html).
func endpointRoutes(c *Config) {
	withdrawRoutes(c)
	tables := byID(c.RouteTables, func(t *route.Table) string { return t.ID })
	for i := range c.GatewayEndpoints {
		g := &c.GatewayEndpoints[i]
		if !g.State.Exists() {
			continue
		}
		for _, l := range listsOf(c, g) {
			r := route.Route{PrefixList: l.ID, Target: route.Target{Kind: route.GatewayEndpoint, ID: g.ID}, Origin: route.Created}
			for _, id := range g.RouteTables {
				t := tables[id]
				if t != nil && !slices.ContainsFunc(t.Routes, func(o route.Route) bool { return o.Target == r.Target && o.PrefixList == l.ID }) {
					t.Routes = append(t.Routes, r)
				}
			}
		}
	}
}

// withdrawRoutes removes the routes that Build added for a gateway endpoint and would not add any more: the
// endpoint is gone, or is no longer associated with the table, or no longer of the family. A route that
// somebody wrote by hand, without an Origin, stays and is reported.
func withdrawRoutes(c *Config) {
	lists := byID(c.PrefixLists, func(l *route.PrefixList) string { return l.ID })
	endpoints := byID(c.GatewayEndpoints, func(g *endpoint.Gateway) string { return g.ID })
	for i := range c.RouteTables {
		t := &c.RouteTables[i]
		t.Routes = slices.DeleteFunc(t.Routes, func(r route.Route) bool {
			l, g := lists[r.PrefixList], endpoints[r.Target.ID]
			switch {
			case r.Target.Kind != route.GatewayEndpoint || r.Origin != route.Created || !l.Managed():
				return false
			case g == nil || !g.State.Exists():
				return true
			}
			return isListOf(l, g.Service) && !(slices.Contains(g.RouteTables, t.ID) && slices.Contains(g.IPAddressType.Families(), isIPv6(l)))
		})
	}
}

// isListOf reports whether a prefix list is of a service, in either family.
func isListOf(l *route.PrefixList, service string) bool {
	return l.Name == endpoint.PrefixListName(service, false) || l.Name == endpoint.PrefixListName(service, true)
}

// endpointInterfaces makes the network interface of an interface endpoint in each of its subnets (F7.101).
func endpointInterfaces(c *Config) {
	known := interfaceIDs(c)
	for i := range c.InterfaceEndpoints {
		p := &c.InterfaceEndpoints[i]
		if !p.State.Exists() {
			continue
		}
		p.Interfaces = addOwned(c, known, p.ID, p.Subnets, p.Interfaces, subnet.Interface{
			Description: "VPC Endpoint Interface " + p.ID, Kind: subnet.VPCEndpoint, Groups: p.Groups,
		})
	}
}

// addOwned makes the network interfaces of what AWS runs for somebody: one like that in each of its subnets
// in which it has none, of those that are known. It gives the IDs of all that it has then.
func addOwned(c *Config, known map[string]int, owner string, subnets, have []string, like subnet.Interface) []string {
	served := make(map[string]bool)
	for _, id := range have {
		if e, ok := known[id]; ok {
			served[c.Interfaces[e].Subnet] = true
		}
	}
	for _, s := range subnets {
		if served[s] {
			continue
		}
		e := like
		e.ID, e.Subnet, e.Groups = fmt.Sprintf("%s-%s-eni", owner, s), s, slices.Clone(like.Groups)
		if !slices.Contains(have, e.ID) {
			have = append(have, e.ID)
		}
		c.Interfaces = append(c.Interfaces, e)
	}
	return have
}

// inspectorInterfaces makes the network interface of each Gateway Load Balancer endpoint: one, without
// groups, that takes what is for others (F7.206).
func inspectorInterfaces(c *Config) {
	known := interfaceIDs(c)
	for i := range c.GatewayLoadBalancerEndpoints {
		g := &c.GatewayLoadBalancerEndpoints[i]
		if !g.State.Exists() {
			continue
		}
		g.Interface = cmp.Or(g.Interface, g.ID+"-eni")
		if _, ok := known[g.Interface]; !ok {
			c.Interfaces = append(c.Interfaces, subnet.Interface{
				ID: g.Interface, Description: "VPC Endpoint Interface " + g.ID, Subnet: g.Subnet,
				Kind: subnet.GatewayLoadBalancerEndpoint, NoSourceDestCheck: true,
			})
		}
	}
}

// endpointIPv6 gives each interface of an endpoint of IPv6 an address of that family, the lowest free one
// in the order of the interfaces' IDs. What an internet gateway brings it does not take (F7.112, F4.015).
func endpointIPv6(c *Config, bad *mistakes) {
	known := interfaceIDs(c)
	var waiting []*subnet.Interface
	for i := range c.InterfaceEndpoints {
		p := &c.InterfaceEndpoints[i]
		for _, id := range p.Interfaces {
			at, ok := known[id]
			if !ok || !p.State.Exists() {
				continue
			}
			e := &c.Interfaces[at]
			if len(e.IPv6) == 0 && slices.Contains(p.IPAddressType.Families(), true) {
				waiting = append(waiting, e)
			}
		}
	}
	slices.SortFunc(waiting, func(a, b *subnet.Interface) int { return cmp.Compare(a.ID, b.ID) })
	free := freeIPv6(c)
	for _, e := range waiting {
		if free[e.Subnet] == nil {
			continue // a subnet without IPv6: reported
		}
		if a, ok := free[e.Subnet].Next(); ok {
			e.IPv6 = []netip.Addr{a}
		} else {
			bad.add(KindInterface, e.ID, "Subnet", e.Subnet, fault.ErrLimit, "the subnet has no free IPv6 address left")
		}
	}
	keepFromInternet(c, known)
}

// freeIPv6 are the allocators of the subnets with IPv6.
func freeIPv6(c *Config) map[string]*subnet.Allocator {
	free := make(map[string]*subnet.Allocator)
	for i := range c.Subnets {
		if s := &c.Subnets[i]; s.IPv6CIDR.IsValid() {
			free[s.ID] = subnet.NewAllocator(s.IPv6CIDR)
		}
	}
	for i := range c.Interfaces {
		for _, a := range c.Interfaces[i].IPv6 {
			_ = free[c.Interfaces[i].Subnet].Take(a) // what can't be is reported where interfaces are looked at
		}
	}
	return free
}

// keepFromInternet lets nothing from an internet gateway come to the interfaces of endpoints with IPv6
// (F7.112).
func keepFromInternet(c *Config, known map[string]int) {
	for i := range c.InterfaceEndpoints {
		p := &c.InterfaceEndpoints[i]
		for _, id := range p.Interfaces {
			if at, ok := known[id]; ok && p.State.Exists() && len(c.Interfaces[at].IPv6) > 0 {
				c.Interfaces[at].DenyAllIGWTraffic = true
			}
		}
	}
}
