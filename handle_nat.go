package packetwalk

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/route"
)

// RegionalNATHandle describes a regional NAT gateway; see [VPCHandle.RegionalNAT].
type RegionalNATHandle struct {
	b  *Builder
	at int
}

// RegionalNAT adds a regional NAT gateway (F4.219): without a subnet, with a route table of its own,
// "<id>-rtb", that Build makes, and with an Elastic IP address for each Availability Zone in which the VPC
// has network interfaces. The VPC needs an internet gateway.
func (v *VPCHandle) RegionalNAT(id string) *RegionalNATHandle {
	v.b.here(id, "")
	v.b.here(id+"-rtb", "") // which Build makes
	v.b.cfg.NATGateways = append(v.b.cfg.NATGateways, gateway.NAT{ID: id, VPC: v.id, AvailabilityMode: gateway.Regional})
	v.b.regional = append(v.b.regional, id)
	return &RegionalNATHandle{v.b, len(v.b.cfg.NATGateways) - 1}
}

// Zone makes the gateway serve an Availability Zone by these Elastic IP addresses, by one of the Builder's
// choice where none is given. From then on it serves the zones that are named and no other (F4.220).
func (g *RegionalNATHandle) Zone(name string, elasticIPs ...string) *RegionalNATHandle {
	data := &g.b.cfg.NATGateways[g.at]
	data.ManualZones = true
	if len(elasticIPs) == 0 {
		g.add(gateway.NATAddress{Zone: name})
	}
	for _, text := range elasticIPs {
		a, err := netip.ParseAddr(text)
		if err != nil {
			g.b.wrong(KindNATGateway, data.ID, fmt.Sprintf("Addresses[%d].Public", len(data.Addresses)), text, fault.ErrInvalid,
				"want a public IPv4 address such as 198.51.100.1")
			continue
		}
		g.add(gateway.NATAddress{Zone: name, Public: a})
	}
	return g
}

// add adds an address, and notes the caller's line.
func (g *RegionalNATHandle) add(a gateway.NATAddress) {
	data := &g.b.cfg.NATGateways[g.at]
	g.b.here(data.ID, fmt.Sprintf("Addresses[%d]", len(data.Addresses)))
	data.Addresses = append(data.Addresses, a)
}

// RouteTable makes a table the gateway's own. It needs a route to the internet gateway, which that of Build
// has.
func (g *RegionalNATHandle) RouteTable(t *RouteTableHandle) *RegionalNATHandle {
	data := &g.b.cfg.NATGateways[g.at]
	switch {
	case g.b.nothing(t, KindNATGateway, data.ID, "RouteTable"):
	case t.b != g.b:
		g.b.wrong(KindNATGateway, data.ID, "RouteTable", t.b.cfg.RouteTables[t.at].ID, fault.ErrInvalid, "want a handle of this Builder")
	default:
		data.RouteTable = g.b.cfg.RouteTables[t.at].ID
	}
	return g
}

// DNS64 makes the resolver answer hosts of the subnet with an address in 64:ff9b::/96 for a name that has
// IPv4 only (F4.217). The subnet's table needs a route for that range to a NAT gateway.
func (s *SubnetHandle) DNS64() *SubnetHandle {
	s.data().DNS64 = true
	return s
}

func (g *RegionalNATHandle) target() route.Target {
	return route.Target{Kind: route.NATGateway, ID: g.b.cfg.NATGateways[g.at].ID}
}

// zoneWishes are those of regional NAT gateways: an Elastic IP for each zone that has none. The zones are
// those that a gateway names, or those in which its VPC has network interfaces (F4.219).
func zoneWishes(c *Config, regional []string) (wishes []publicIntent) {
	for i := range c.NATGateways {
		g := &c.NATGateways[i]
		if !slices.Contains(regional, g.ID) {
			continue
		}
		if !g.ManualZones {
			for _, zone := range zonesInUse(c, g.VPC) {
				g.Addresses = append(g.Addresses, gateway.NATAddress{Zone: zone})
			}
		}
		for _, a := range g.Addresses {
			if !a.Public.IsValid() {
				wishes = append(wishes, publicIntent{id: g.ID, nat: true})
			}
		}
	}
	return wishes
}

// zonesInUse lists the Availability Zones in which a VPC has network interfaces, also those that Build makes,
// in the order of their names. Where it has none yet it is the zone of the first subnet: a gateway has an
// address somewhere.
func zonesInUse(c *Config, vpc string) (zones []string) {
	region := defaultRegion
	for _, v := range c.VPCs {
		if v.ID == vpc {
			region = cmp.Or(v.Region, defaultRegion)
		}
	}
	zoneOf, first := make(map[string]string), ""
	for _, s := range c.Subnets {
		if s.VPC == vpc {
			zoneOf[s.ID] = cmp.Or(s.Zone, region+"a") // as Build has it
			first = cmp.Or(first, zoneOf[s.ID])
		}
	}
	note := func(subnet string) {
		if z := zoneOf[subnet]; z != "" && !slices.Contains(zones, z) {
			zones = append(zones, z)
		}
	}
	for _, e := range c.Interfaces {
		note(e.Subnet)
	}
	for _, g := range c.NATGateways {
		note(g.Subnet)
	}
	for _, p := range c.InterfaceEndpoints {
		for _, s := range p.Subnets {
			note(s)
		}
	}
	for _, l := range c.LoadBalancers {
		for _, s := range l.Subnets {
			note(s)
		}
	}
	if len(zones) == 0 {
		return []string{cmp.Or(first, region+"a")}
	}
	slices.Sort(zones)
	return zones
}

// giveElasticIP reports whether g had an address that lacked one.
func giveElasticIP(g *gateway.NAT, a netip.Addr) bool {
	for i := range g.Addresses {
		if !g.Addresses[i].Public.IsValid() {
			g.Addresses[i].Public = a
			return true
		}
	}
	return false
}
