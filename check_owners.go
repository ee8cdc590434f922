package packetwalk

import (
	"fmt"
	"slices"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/subnet"
)

// checkOwned: what AWS runs by itself has network interfaces of its own (F7.101): each is there, in one of
// the resource's subnets, at no instance, and no other resource has it.
func (c *checker) checkOwned(kind Kind, id, field, eni string, subnets []string) {
	e := find(c, c.interfaces, kind, id, field, eni, KindInterface)
	if e == nil {
		return
	}
	if other, taken := c.owners[eni]; taken && other != id {
		c.bad.add(kind, id, field, eni, fault.ErrDuplicate, "it belongs to %q: want an interface of its own", other)
	}
	c.owners[eni] = id
	switch {
	case !slices.Contains(subnets, e.Subnet):
		c.bad.add(kind, id, field, eni, fault.ErrInvalid, "it is in subnet %q: want one in %q", e.Subnet, subnets)
	case e.Attachment.Instance != "":
		c.bad.add(kind, id, field, eni, fault.ErrInvalid, "it is attached to instance %q: want an interface of its own", e.Attachment.Instance)
	}
}

// checkOwnSubnets: it stands in subnets of its VPC, one a zone (F7.101). It gives those that are there.
func (c *checker) checkOwnSubnets(kind Kind, id, vpc string, subnets []string) (list []*subnet.Subnet) {
	zones := make(map[string]string)
	for j, sub := range subnets {
		field := fmt.Sprintf("Subnets[%d]", j)
		s := find(c, c.subnets, kind, id, field, sub, KindSubnet)
		if s == nil {
			continue
		}
		c.sameVPC(kind, id, field, sub, s.VPC, vpc)
		if other, taken := zones[s.Zone]; taken {
			c.bad.add(kind, id, field, sub, fault.ErrDuplicate, "subnet %q is in zone %s too: want one subnet a zone", other, s.Zone)
		}
		zones[s.Zone] = sub
		list = append(list, s)
	}
	return list
}
