package packetwalk

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
)

// regionalNATTables makes the own route table of each regional NAT gateway that names none: "<ID>-rtb", with
// a route to the internet gateway of its VPC (F4.219).
func regionalNATTables(c *Config) {
	igw := make(map[string]string)
	for _, g := range c.InternetGateways {
		if g.VPC != "" {
			igw[g.VPC] = g.ID
		}
	}
	for i := range c.NATGateways {
		g := &c.NATGateways[i]
		if !g.IsRegional() || !holdsAddresses(g) || g.RouteTable != "" || g.VPC == "" {
			continue
		}
		g.RouteTable = g.ID + "-rtb"
		t := route.Table{ID: g.RouteTable, VPC: g.VPC}
		if id := igw[g.VPC]; id != "" {
			t.Routes = []route.Route{{
				Destination: netip.PrefixFrom(netip.IPv4Unspecified(), 0), Target: route.Target{Kind: route.InternetGateway, ID: id},
			}}
		}
		c.RouteTables = append(c.RouteTables, t)
	}
}

// holdsAddresses reports whether a NAT gateway has what is made for it: one that failed or is gone has not
// (F4.222).
func holdsAddresses(g *gateway.NAT) bool { return g.Available() || g.State == gateway.NATPending }

// natInterfaces makes the network interfaces of zonal NAT gateways: requester-managed, without groups,
// forwarding (F4.208).
func natInterfaces(c *Config, bad *mistakes) {
	known := interfaceIDs(c)
	for i := range c.NATGateways {
		g := &c.NATGateways[i]
		if !holdsAddresses(g) || g.IsRegional() {
			continue
		}
		if len(g.Addresses) == 0 && g.Available() && !g.IsPublic() {
			g.Addresses = []gateway.NATAddress{{}}
		}
		for j := range g.Addresses {
			a := &g.Addresses[j]
			if a.Interface == "" && j > 0 {
				a.Interface = g.Addresses[0].Interface
			}
			if a.Interface == "" {
				a.Interface = g.ID + "-eni"
				if _, taken := known[a.Interface]; taken {
					bad.add(KindNATGateway, g.ID, fmt.Sprintf("Addresses[%d].Interface", j), a.Interface, fault.ErrDuplicate,
						"another resource has the ID of the interface that Build would make: want the ID of an interface here")
					continue
				}
			}
			e, ok := known[a.Interface]
			if !ok {
				c.Interfaces = append(c.Interfaces, subnet.Interface{
					ID: a.Interface, Description: "Interface for NAT Gateway " + g.ID, Subnet: g.Subnet,
					Kind: subnet.NATGateway, NoSourceDestCheck: true,
				})
				e = len(c.Interfaces) - 1
				known[a.Interface] = e
			}
			addNATAddress(&c.Interfaces[e], *a)
		}
	}
}

// addNATAddress makes e bear an address of its NAT gateway.
func addNATAddress(e *subnet.Interface, a gateway.NATAddress) {
	for i := range e.Private {
		p := &e.Private[i]
		if a.Public.IsValid() && p.Public == a.Public {
			return
		}
		if a.Private.IsValid() && p.Private == a.Private {
			if !p.Public.IsValid() {
				p.Public = a.Public
			}
			return
		}
	}
	if a.Private.IsValid() || a.Public.IsValid() || len(e.Private) == 0 {
		e.Private = append(e.Private, subnet.Address{Private: a.Private, Public: a.Public})
	}
}

// fillNATAddresses tells each NAT gateway the addresses that its interfaces got.
func fillNATAddresses(c *Config) {
	known := interfaceIDs(c)
	for i := range c.NATGateways {
		for j := range c.NATGateways[i].Addresses {
			a := &c.NATGateways[i].Addresses[j]
			at, ok := known[a.Interface]
			if !ok || a.Private.IsValid() {
				continue
			}
			e := &c.Interfaces[at]
			if a.Public.IsValid() {
				a.Private = e.PrivateOf(a.Public)
			} else {
				a.Private = e.Primary()
			}
		}
	}
}
