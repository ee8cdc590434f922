package packetwalk

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// checkNATs: a zonal NAT gateway is in a subnet with IPv4, a regional one in a VPC (F4.219).
func (c *checker) checkNATs() {
	tables := make(map[string]string)
	for i := range c.NATGateways {
		g := &c.NATGateways[i]
		if g.IsRegional() {
			c.checkRegionalNAT(g, tables)
			continue
		}
		if g.Subnet != "" || g.Available() {
			find(c, c.subnets, KindNATGateway, g.ID, "Subnet", g.Subnet, KindSubnet)
		}
		if s := c.subnets[g.Subnet]; s != nil && !s.CIDR.IsValid() {
			c.bad.add(KindNATGateway, g.ID, "Subnet", g.Subnet, fault.ErrInvalid, "it has no IPv4 range: want a subnet with one")
		}
		for j, a := range g.Addresses {
			c.checkNATInterface(g, fmt.Sprintf("Addresses[%d].Interface", j), a)
		}
	}
}

// checkRegionalNAT: its VPC is there, with its zones in that VPC's Region, and its route table is one of that
// VPC, which serves it alone.
func (c *checker) checkRegionalNAT(g *gateway.NAT, tables map[string]string) {
	if g.VPC != "" {
		v := find(c, c.vpcs, KindNATGateway, g.ID, "VPC", g.VPC, KindVPC)
		if v == nil {
			return
		}
		c.checkNATZones(g, v)
	}
	if g.RouteTable == "" {
		return
	}
	t := find(c, c.tables, KindNATGateway, g.ID, "RouteTable", g.RouteTable, KindRouteTable)
	if t == nil {
		return
	}
	c.sameVPC(KindNATGateway, g.ID, "RouteTable", g.RouteTable, t.VPC, g.VPC)
	if holdsAddresses(g) {
		c.once(tables, t.ID, KindNATGateway, g.ID, "RouteTable", t.ID, "the table")
	}
	if len(t.Gateways) > 0 {
		c.bad.add(KindNATGateway, g.ID, "RouteTable", t.ID, fault.ErrInvalid,
			"it is associated with gateway %q: want a table of the NAT gateway's own", t.Gateways[0])
	}
}

// checkNATAddresses: nobody else has the Elastic IPs of regional NAT gateways. Public tells who has an
// address.
func (c *checker) checkNATAddresses(public map[netip.Addr]string) {
	for i := range c.NATGateways {
		g := &c.NATGateways[i]
		if !g.IsRegional() || !holdsAddresses(g) {
			continue
		}
		for j, a := range g.Addresses {
			if !a.Public.IsValid() {
				continue
			}
			if other, taken := public[a.Public]; taken && other != g.ID {
				c.bad.add(KindNATGateway, g.ID, fmt.Sprintf("Addresses[%d].Public", j), a.Public, fault.ErrDuplicate, "%q has it already", other)
			}
			public[a.Public] = g.ID
		}
	}
}

// checkNATInterface: it is the gateway's own, bears its addresses, is in the gateway's subnet, and has no
// groups (F4.208).
func (c *checker) checkNATInterface(g *gateway.NAT, field string, a gateway.NATAddress) {
	id := a.Interface
	e := c.interfaces[id]
	if e == nil {
		return
	}
	if other, taken := c.owners[id]; taken && other != g.ID {
		c.bad.add(KindNATGateway, g.ID, field, id, fault.ErrDuplicate, "it belongs to NAT gateway %q: want an interface of its own", other)
	}
	c.owners[id] = g.ID
	if a.Private.IsValid() && (!e.Owns(a.Private) || a.Public.IsValid() && e.PublicOf(a.Private) != a.Public) {
		c.bad.add(KindNATGateway, g.ID, field, id, fault.ErrInvalid, "it has no address %s with the public address %s", a.Private, a.Public)
	}
	if e.Subnet != g.Subnet {
		c.bad.add(KindNATGateway, g.ID, field, id, fault.ErrInvalid, "it is in subnet %q: want one in %q", e.Subnet, g.Subnet)
	}
	if len(e.Groups) > 0 {
		c.bad.add(KindNATGateway, g.ID, field, id, fault.ErrInvalid,
			"it has security groups %v: a NAT gateway has an interface of its own, without groups", e.Groups)
	}
}
