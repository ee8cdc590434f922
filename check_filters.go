package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/peering"
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

// checkGroups: names are unique in a VPC (F5.014), further VPCs can have the group (F5.112), and rules name
// what they can name (F5.104-F5.106).
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
		for j, id := range g.VPCs {
			c.checkAssociation(g, fmt.Sprintf("VPCs[%d]", j), id)
		}
		for j := range g.Rules {
			c.checkRule(g, &g.Rules[j], fmt.Sprintf("Rules[%d]", j))
		}
	}
}

// checkAssociation: a group can be associated with VPCs of its own Region and account, but for default VPCs
// (F5.112). Whether a VPC is shared with the account is not known here.
func (c *checker) checkAssociation(g *sg.Group, field, id string) {
	if id == "" {
		return // reported
	}
	home, v := c.vpcs[g.VPC], find(c, c.vpcs, KindSecurityGroup, g.ID, field, id, KindVPC)
	switch {
	case v == nil:
	case v.Default:
		c.bad.add(KindSecurityGroup, g.ID, field, id, fault.ErrInvalid,
			"it is a default VPC: a security group can be associated with other VPCs only")
	case v.Region != home.Region:
		c.bad.add(KindSecurityGroup, g.ID, field, id, fault.ErrInvalid,
			"it is in Region %s: want a VPC of Region %s, as VPC %q of the group", v.Region, home.Region, home.ID)
	case v.Account != home.Account:
		c.bad.add(KindSecurityGroup, g.ID, field, id, fault.ErrInvalid,
			"it belongs to account %s: want a VPC of account %s, as VPC %q of the group", v.Account, home.Account, home.ID)
	}
}

// groupIn reports a group that a resource in a VPC can't have: one of another VPC that is not associated with
// this one (F5.112).
func (c *checker) groupIn(kind Kind, id, field string, g *sg.Group, vpc string) {
	if !g.In(vpc) {
		c.bad.add(kind, id, field, g.ID, fault.ErrInvalid,
			"it is in VPC %q: want one of VPC %q, or the VPC among the group's VPCs", g.VPC, vpc)
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
	other := c.groups[r.Group]
	if other == nil {
		other = c.foreign(r)
	}
	if other == nil {
		find(c, c.groups, KindSecurityGroup, g.ID, field+".Group", r.Group, KindSecurityGroup)
		return
	}
	if r.GroupVPC != "" && !other.In(r.GroupVPC) {
		c.bad.add(KindSecurityGroup, g.ID, field+".GroupVPC", r.GroupVPC, fault.ErrInvalid,
			"group %q is in VPC %q: want that, or none for a group of this network", r.Group, other.VPC)
		return
	}
	field += ".Group"
	switch c.tied(g, other) {
	case apart: // A29
		c.bad.add(KindSecurityGroup, g.ID, field, r.Group, fault.ErrInvalid,
			"it is in VPC %q, which is not peered with %q: want a group of the same VPC or of a peer, or a CIDR", other.VPC, g.VPC)
	case otherRegion: // F5.106
		c.bad.add(KindSecurityGroup, g.ID, field, r.Group, fault.ErrInvalid,
			"VPC %q is in another Region: want a CIDR, groups can't be referred to across Regions", other.VPC)
	}
}

// foreign stands for the group of a rule that says of it to be of a VPC outside of the network; nil where the
// VPC is inside, so that its groups are known.
func (c *checker) foreign(r *sg.Rule) *sg.Group {
	if r.GroupVPC == "" || c.vpcs[r.GroupVPC] != nil {
		return nil
	}
	return &sg.Group{ID: r.Group, VPC: r.GroupVPC}
}

// goneStale reports whether a rule refers to a group over a peering that is not active (F5.111).
func (c *checker) goneStale(g *sg.Group, r *sg.Rule) bool {
	if r.Group == "" || r.Stale {
		return false
	}
	other := c.groups[r.Group]
	if other == nil {
		other = c.foreign(r)
	}
	return other != nil && c.tied(g, other) == ended
}

// tied says how close the VPCs of two groups come: one pair that is joined is enough for a rule to be of use,
// and a walk asks for the pair that it meets (F5.104, F5.112).
func (c *checker) tied(g, other *sg.Group) tie {
	if g.VPC == other.VPC {
		return peered
	}
	best := apart
	for _, a := range g.Spans() {
		for _, b := range other.Spans() {
			if a == b {
				return peered
			}
			best = max(best, c.joins(a, b))
		}
	}
	return best
}

// tie is how two VPCs hang together.
type tie uint8

const (
	apart       tie = iota
	ended           // by a peering that is not active
	otherRegion     // by an active one between Regions, which carries no group references (F5.106)
	peered          // they are one, or by an active peering of the Region
)

// joins says how close two VPCs come, by the best of their peerings. Whose accounts they are does not matter
// (F8.014).
func (c *checker) joins(a, b string) tie {
	best := apart
	for _, p := range c.joined[pairOf(a, b)] {
		now := ended
		if p.Active() {
			now = peered
			if c.crossesRegions(p) {
				now = otherRegion
			}
		}
		best = max(best, now)
	}
	return best
}

// crossesRegions reports whether a peering joins VPCs of two Regions, as far as both are known.
func (c *checker) crossesRegions(p *peering.Connection) bool {
	a, b := c.regionOf(&p.Requester), c.regionOf(&p.Accepter)
	return a != b && a != "" && b != ""
}

// regionOf is the Region of a side: that of the VPC, or as the side names it.
func (c *checker) regionOf(s *peering.Side) string {
	if v := c.vpcs[s.VPC]; v != nil {
		return v.Region
	}
	return s.Region
}
