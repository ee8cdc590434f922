package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/vpc"
)

// checkBlockPublicAccess: one for each account and Region, and exclusions of what they have (F3.101, F3.105).
func (c *checker) checkBlockPublicAccess() {
	first := make(map[string]bool)
	for i := range c.BlockPublicAccess {
		b := &c.BlockPublicAccess[i]
		id := b.Account + "/" + b.Region
		if first[id] {
			c.bad.add(KindBlockPublicAccess, id, "Region", b.Region, fault.ErrDuplicate,
				"account %q has it in the Region already: want one, with all exclusions", b.Account)
		}
		first[id] = true
		c.bad.addAll(KindBlockPublicAccess, id, b.Validate())
		for j, e := range b.Exclusions {
			c.checkExclusion(b, id, fmt.Sprintf("Exclusions[%d]", j), e)
		}
	}
}

// checkExclusion: a VPC, or a subnet of one, that the account has in the Region.
func (c *checker) checkExclusion(b *vpc.BlockPublicAccess, id, field string, e vpc.BPAExclusion) {
	v, ref := c.vpcs[e.VPC], e.VPC
	switch {
	case e.VPC != "":
		field += ".VPC"
		find(c, c.vpcs, KindBlockPublicAccess, id, field, ref, KindVPC)
	case e.Subnet != "":
		field, ref = field+".Subnet", e.Subnet
		if s := find(c, c.subnets, KindBlockPublicAccess, id, field, ref, KindSubnet); s != nil {
			v = c.vpcs[s.VPC]
		}
	}
	if v != nil && (v.Account != b.Account || v.Region != b.Region) {
		c.bad.add(KindBlockPublicAccess, id, field, ref, fault.ErrInvalid,
			"it is of account %q in %s: want one of account %q in %s", v.Account, v.Region, b.Account, b.Region)
	}
}

// checkInternetTraffic: an interface that takes nothing from internet gateways has no public address
// (F4.015).
func (c *checker) checkInternetTraffic() {
	for i := range c.Interfaces {
		e := &c.Interfaces[i]
		for j, a := range e.Private {
			if e.DenyAllIGWTraffic && a.Public.IsValid() {
				c.bad.add(KindInterface, e.ID, fmt.Sprintf("Private[%d].Public", j), a.Public, fault.ErrInvalid,
					"the interface takes nothing from internet gateways: want no public address, or DenyAllIGWTraffic off")
			}
		}
	}
}
