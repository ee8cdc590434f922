package packetwalk

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
)

// checkGateways: one internet gateway and one egress-only gateway a VPC (F4.001, F4.102).
func (c *checker) checkGateways() {
	internet, egressOnly, onPremises := make(map[string]string), make(map[string]string), make(map[string]string)
	for i := range c.InternetGateways {
		if g := &c.InternetGateways[i]; g.VPC != "" {
			find(c, c.vpcs, KindInternetGateway, g.ID, "VPC", g.VPC, KindVPC)
			c.once(internet, g.VPC, KindInternetGateway, g.ID, "VPC", g.VPC, "the VPC")
		}
	}
	for i := range c.EgressOnlyGateways {
		if g := &c.EgressOnlyGateways[i]; g.VPC != "" {
			find(c, c.vpcs, KindEgressOnly, g.ID, "VPC", g.VPC, KindVPC)
			c.once(egressOnly, g.VPC, KindEgressOnly, g.ID, "VPC", g.VPC, "the VPC")
		}
	}
	for i := range c.VirtualPrivateGateways {
		if g := &c.VirtualPrivateGateways[i]; g.VPC != "" {
			find(c, c.vpcs, KindVirtualPrivate, g.ID, "VPC", g.VPC, KindVPC)
			c.once(onPremises, g.VPC, KindVirtualPrivate, g.ID, "VPC", g.VPC, "the VPC")
		}
	}
}

// checkTables: a subnet has one table, a VPC one main table (F2.013, F2.014), and every route leads to
// something in the VPC.
func (c *checker) checkTables() {
	mains, ofSubnet, ofGateway := make(map[string]string), make(map[string]string), make(map[string]string)
	for i := range c.RouteTables {
		t := &c.RouteTables[i]
		v := find(c, c.vpcs, KindRouteTable, t.ID, "VPC", t.VPC, KindVPC)
		if v == nil {
			continue
		}
		if t.Main {
			c.once(mains, t.VPC, KindRouteTable, t.ID, "Main", "true", "VPC "+t.VPC)
		}
		for j, id := range t.Subnets {
			field := fmt.Sprintf("Subnets[%d]", j)
			if s := find(c, c.subnets, KindRouteTable, t.ID, field, id, KindSubnet); s != nil {
				c.sameVPC(KindRouteTable, t.ID, field, id, s.VPC, t.VPC)
				c.once(ofSubnet, id, KindRouteTable, t.ID, field, id, "the subnet")
			}
		}
		for j, id := range t.Gateways {
			field := fmt.Sprintf("Gateways[%d]", j)
			c.checkEdge(t, field, id)
			c.once(ofGateway, id, KindRouteTable, t.ID, field, id, "the gateway")
		}
		for j := range t.Routes {
			c.checkRoute(t, &t.Routes[j], fmt.Sprintf("Routes[%d]", j))
		}
		c.bad.addAll(KindRouteTable, t.ID, t.CheckAgainst(c.blocks(peering.Side{VPC: t.VPC}), c.ranges(t.VPC)))
	}
}

// checkEdge: an edge association is with an internet gateway or a virtual private gateway of the VPC
// (F2.027).
func (c *checker) checkEdge(t *route.Table, field, id string) {
	if g := c.onPremises[id]; g != nil {
		c.sameVPC(KindRouteTable, t.ID, field, id, g.VPC, t.VPC)
		return
	}
	if g := find(c, c.internet, KindRouteTable, t.ID, field, id, KindInternetGateway); g != nil {
		c.sameVPC(KindRouteTable, t.ID, field, id, g.VPC, t.VPC)
	}
}

// ranges are the ranges of a VPC's subnets.
func (c *checker) ranges(v string) []netip.Prefix {
	var list []netip.Prefix
	for _, s := range c.subnetsOf[v] {
		for _, p := range []netip.Prefix{s.CIDR, s.IPv6CIDR} {
			if p.IsValid() {
				list = append(list, p)
			}
		}
	}
	return list
}

// checkRoute: the prefix list and the target are there and in the same VPC. The target of a
// blackhole route may be gone (F2.024).
func (c *checker) checkRoute(t *route.Table, r *route.Route, field string) {
	if r.PrefixList != "" {
		find(c, c.lists, KindRouteTable, t.ID, field+".PrefixList", r.PrefixList, KindPrefixList)
	}
	kind, vpcs, found := c.target(r.Target)
	field += ".Target"
	switch {
	case kind == "": // not modelled, or local
	case r.State == route.Blackhole && r.Target.Kind != route.GatewayEndpoint:
	case !found:
		c.bad.add(KindRouteTable, t.ID, field, r.Target.ID, fault.ErrNotFound, "want the ID of %s", withArticle(kind))
	case len(vpcs) > 0 && !slices.Contains(vpcs, t.VPC):
		c.bad.add(KindRouteTable, t.ID, field, r.Target.ID, fault.ErrInvalid,
			"the %s belongs to VPC %q: want one of VPC %q", kind, vpcs[0], t.VPC)
	case r.Target.Kind == route.GatewayEndpoint:
		c.checkEndpointRoute(t, r, field)
	case r.Target.Kind == route.Instance && len(c.attached[r.Target.ID]) != 1: // F2.019
		c.bad.add(KindRouteTable, t.ID, field, r.Target.ID, fault.ErrInvalid,
			"the instance has %d network interfaces: want one, or a route to the interface", len(c.attached[r.Target.ID]))
	}
}

// checkEndpointRoute: the routes of a gateway endpoint follow its associations and can't be edited (F2.022).
func (c *checker) checkEndpointRoute(t *route.Table, r *route.Route, field string) {
	g := c.gatewayEPs[r.Target.ID]
	l := c.lists[r.PrefixList]
	if !slices.Contains(g.RouteTables, t.ID) || l == nil || !isListOf(l, g.Service) {
		c.bad.add(KindRouteTable, t.ID, field, g.ID, fault.ErrInvalid,
			"the route of a gateway endpoint can't be edited: want this table in RouteTables of endpoint %q, which brings the route", g.ID)
	}
}

// target says what kind of resource a route leads to, to which VPCs that belongs (none: to no
// VPC at the moment), and whether it is there. Kind is empty for what is not modelled.
func (c *checker) target(t route.Target) (kind Kind, vpcs []string, found bool) {
	switch t.Kind {
	case route.InternetGateway:
		g := c.internet[t.ID]
		if g != nil && g.VPC != "" {
			vpcs = []string{g.VPC}
		}
		return KindInternetGateway, vpcs, g != nil
	case route.EgressOnlyInternetGateway:
		g := c.egressOnly[t.ID]
		if g != nil && g.VPC != "" {
			vpcs = []string{g.VPC}
		}
		return KindEgressOnly, vpcs, g != nil
	case route.NATGateway:
		g := c.nats[t.ID]
		switch {
		case g.IsRegional():
			vpcs = []string{g.VPC}
		case g != nil && c.subnets[g.Subnet] != nil:
			vpcs = []string{c.subnets[g.Subnet].VPC}
		}
		return KindNATGateway, vpcs, g != nil
	case route.NetworkInterface:
		e := c.interfaces[t.ID]
		if e != nil {
			vpcs = []string{c.vpcOf(e)}
		}
		return KindInterface, vpcs, e != nil
	case route.Instance:
		for _, e := range c.attached[t.ID] {
			vpcs = append(vpcs, c.vpcOf(e))
		}
		return KindInstance, vpcs, c.instances[t.ID] != nil
	case route.PeeringConnection:
		p := c.peerings[t.ID]
		if p != nil {
			vpcs = []string{p.Requester.VPC, p.Accepter.VPC}
		}
		return KindPeering, vpcs, p != nil
	case route.VirtualPrivateGateway:
		g := c.onPremises[t.ID]
		if g == nil {
			return "", nil, false // not described, so not walked
		}
		if g.VPC != "" {
			vpcs = []string{g.VPC}
		}
		return KindVirtualPrivate, vpcs, true
	case route.GatewayLoadBalancerEndpoint:
		g := c.gwlbEPs[t.ID]
		if g == nil {
			return "", nil, false // not described, so not walked
		}
		return KindGWLBEndpoint, []string{g.VPC}, true
	case route.GatewayEndpoint:
		g := c.gatewayEPs[t.ID]
		if g != nil {
			vpcs = []string{g.VPC}
		}
		return KindGatewayEndpoint, vpcs, g != nil
	}
	return "", nil, true
}
