package packetwalk

import (
	"slices"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/peering"
)

// checkFlowLogs: what a flow log watches is there, is what its type says, and is its own account's (F1.020).
func (c *checker) checkFlowLogs() {
	for i := range c.FlowLogs {
		l := &c.FlowLogs[i]
		owner, is := c.watched(l.Resource)
		switch {
		case l.Resource == "":
		case is == 0 && c.isPeer(l.Resource):
			c.bad.add(KindFlowLog, l.ID, "Resource", l.Resource, fault.ErrNotFound,
				"it is a VPC of somebody else, of which a peering tells: its owner can log it, and nobody else")
		case is == 0:
			c.bad.add(KindFlowLog, l.ID, "Resource", l.Resource, fault.ErrNotFound,
				"want the ID of a VPC, subnet, network interface or regional NAT gateway")
		case is != l.ResourceType:
			c.bad.add(KindFlowLog, l.ID, "ResourceType", l.ResourceType, fault.ErrInvalid, "%q is no such thing: want %s", l.Resource, is)
		}
		if owner != "" && owner != l.Account {
			c.bad.add(KindFlowLog, l.ID, "Account", l.Account, fault.ErrInvalid,
				"%q belongs to account %s: a peer's interfaces too can be logged by their own account only", l.Resource, owner)
		}
	}
}

// isPeer reports whether a peering leads to a VPC of that ID.
func (c *checker) isPeer(vpc string) bool {
	return slices.ContainsFunc(c.Peerings, func(p peering.Connection) bool {
		return p.Requester.VPC == vpc || p.Accepter.VPC == vpc
	})
}
