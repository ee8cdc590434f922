package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/sg"
)

// checkACLs: a subnet has one ACL, a VPC one default ACL (F6.001).
func (c *checker) checkACLs() {
	defaults, ofSubnet := make(map[string]string), make(map[string]string)
	for i := range c.NetworkACLs {
		a := &c.NetworkACLs[i]
		if find(c, c.vpcs, KindNetworkACL, a.ID, "VPC", a.VPC, KindVPC) == nil {
			continue
		}
		if a.Default {
			c.once(defaults, a.VPC, KindNetworkACL, a.ID, "Default", "true", "VPC "+a.VPC)
		}
		for j, id := range a.Subnets {
			field := fmt.Sprintf("Subnets[%d]", j)
			if s := find(c, c.subnets, KindNetworkACL, a.ID, field, id, KindSubnet); s != nil {
				c.sameVPC(KindNetworkACL, a.ID, field, id, s.VPC, a.VPC)
				c.once(ofSubnet, id, KindNetworkACL, a.ID, field, id, "the subnet")
			}
		}
	}
}

// checkGroups: names are unique in a VPC (F5.014), and rules name what they can name (F5.104-F5.106).
func (c *checker) checkGroups() {
	defaults, names := make(map[string]string), make(map[string]string)
	for i := range c.SecurityGroups {
		g := &c.SecurityGroups[i]
		if find(c, c.vpcs, KindSecurityGroup, g.ID, "VPC", g.VPC, KindVPC) == nil {
			continue
		}
		if g.Default {
			c.once(defaults, g.VPC, KindSecurityGroup, g.ID, "Default", "true", "VPC "+g.VPC)
		}
		if g.Name != "" {
			c.once(names, g.VPC+"\x00"+g.Name, KindSecurityGroup, g.ID, "Name", g.Name, "the name in VPC "+g.VPC)
		}
		for j := range g.Rules {
			c.checkRule(g, &g.Rules[j], fmt.Sprintf("Rules[%d]", j))
		}
	}
}

// checkRule: what a rule refers to is there, and may be referred to.
func (c *checker) checkRule(g *sg.Group, r *sg.Rule, field string) {
	if r.PrefixList != "" {
		find(c, c.lists, KindSecurityGroup, g.ID, field+".PrefixList", r.PrefixList, KindPrefixList)
	}
	if r.Group == "" || r.Stale {
		return
	}
	field += ".Group"
	other := find(c, c.groups, KindSecurityGroup, g.ID, field, r.Group, KindSecurityGroup)
	if other == nil || other.VPC == g.VPC {
		return
	}
	switch c.joins(g.VPC, other.VPC) {
	case apart: // A29
		c.bad.add(KindSecurityGroup, g.ID, field, r.Group, fault.ErrInvalid,
			"it is in VPC %q, which is not peered with %q: want a group of the same VPC or of a peer, or a CIDR", other.VPC, g.VPC)
	case otherRegion: // F5.106
		c.bad.add(KindSecurityGroup, g.ID, field, r.Group, fault.ErrInvalid,
			"VPC %q is in another Region: want a CIDR, groups can't be referred to across Regions", other.VPC)
	}
}

// goneStale reports whether a rule refers to a group over a peering that is not active (F5.111).
func (c *checker) goneStale(g *sg.Group, r *sg.Rule) bool {
	if r.Group == "" || r.Stale {
		return false
	}
	other := c.groups[r.Group]
	return other != nil && other.VPC != g.VPC && c.joins(g.VPC, other.VPC) == ended
}

// tie is how two VPCs hang together.
type tie uint8

const (
	apart tie = iota
	ended     // by a peering that is not active
	otherRegion
	peered
)

func (c *checker) joins(a, b string) tie {
	best := apart
	for i := range c.Peerings {
		p := &c.Peerings[i]
		if other, ok := p.Other(a); !ok || other != b {
			continue
		}
		now := ended
		if p.Active() {
			now = peered
			if va, vb := c.vpcs[a], c.vpcs[b]; va != nil && vb != nil && va.Region != vb.Region {
				now = otherRegion
			}
		}
		best = max(best, now)
	}
	return best
}

// checkEndpoints: one gateway endpoint a service and table (F2.022), one subnet a zone for an interface
// endpoint (F7.101).
func (c *checker) checkEndpoints() {
	routes := make(map[string]string)
	for i := range c.GatewayEndpoints {
		g := &c.GatewayEndpoints[i]
		if find(c, c.vpcs, KindGatewayEndpoint, g.ID, "VPC", g.VPC, KindVPC) == nil {
			continue
		}
		for j, id := range g.RouteTables {
			field := fmt.Sprintf("RouteTables[%d]", j)
			if t := find(c, c.tables, KindGatewayEndpoint, g.ID, field, id, KindRouteTable); t != nil {
				c.sameVPC(KindGatewayEndpoint, g.ID, field, id, t.VPC, g.VPC)
				c.once(routes, id+"\x00"+g.Service, KindGatewayEndpoint, g.ID, field, id, "the service in this table")
			}
		}
	}
	for i := range c.InterfaceEndpoints {
		c.checkInterfaceEndpoint(i)
	}
}

func (c *checker) checkInterfaceEndpoint(i int) {
	p := &c.InterfaceEndpoints[i]
	if find(c, c.vpcs, KindInterfaceEndpoint, p.ID, "VPC", p.VPC, KindVPC) == nil {
		return
	}
	zones := make(map[string]string)
	for j, id := range p.Subnets {
		field := fmt.Sprintf("Subnets[%d]", j)
		if s := find(c, c.subnets, KindInterfaceEndpoint, p.ID, field, id, KindSubnet); s != nil {
			c.sameVPC(KindInterfaceEndpoint, p.ID, field, id, s.VPC, p.VPC)
			if other, taken := zones[s.Zone]; taken {
				c.bad.add(KindInterfaceEndpoint, p.ID, field, id, fault.ErrDuplicate,
					"subnet %q is in zone %s too: want one subnet a zone", other, s.Zone)
			}
			zones[s.Zone] = id
		}
	}
	for j, id := range p.Interfaces {
		if holdsInterfaces(p.State) {
			find(c, c.interfaces, KindInterfaceEndpoint, p.ID, fmt.Sprintf("Interfaces[%d]", j), id, KindInterface)
		}
	}
	for j, id := range p.Groups {
		field := fmt.Sprintf("Groups[%d]", j)
		if g := find(c, c.groups, KindInterfaceEndpoint, p.ID, field, id, KindSecurityGroup); g != nil {
			c.sameVPC(KindInterfaceEndpoint, p.ID, field, id, g.VPC, p.VPC)
		}
	}
}
