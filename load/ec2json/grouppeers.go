package ec2json

import (
	"cmp"

	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/sg"
)

// rawGroupRef names a group as the peer of a rule. Of a group over a peering AWS prints the VPC and the
// peering too.
type rawGroupRef struct{ GroupId, VpcId, VpcPeeringConnectionId, PeeringStatus string }

// groupPeer makes the rule for a group as peer. The reference is stale, and grants nothing (F5.111), where
// the group is gone, and where no VPC of it is one that the rule serves or joined to it by an active peering
// (F8.014). A group of a peer that is not in the dump keeps its VPC.
func (l *loader) groupPeer(o origin, field string, g *sg.Group, ref rawGroupRef) (r sg.Rule, ok bool) {
	if ref.GroupId == "" {
		l.warn(o, Malformed, field, "", "left out: the rule names no group")
		return r, false
	}
	r.Group = ref.GroupId
	ended := ref.PeeringStatus != "" && ref.PeeringStatus != "active"
	i, known := l.groupAt[ref.GroupId]
	far := l.farVPC(g, ref)
	switch {
	case !known && far != "" && !ended && l.joined(g.Spans(), []string{far}):
		r.GroupVPC = far
		l.warn(o, Dangling, field, ref.GroupId, "kept as a group of "+far+", a peer outside of the dump: who has it is not known")
	case !known:
		r.Stale = true
		l.warn(o, Dangling, field, ref.GroupId, "taken as stale: the group is not in the dump")
	case ended:
		r.Stale = true // AWS says it itself
	case !l.joined(g.Spans(), l.cfg.SecurityGroups[i].Spans()):
		r.Stale = true
		l.warn(o, Dangling, field, ref.GroupId, "taken as stale: no active peering in the dump joins "+g.VPC+" and "+l.cfg.SecurityGroups[i].VPC)
	}
	return r, true
}

// farVPC gives the VPC of a group that a rule of g names over a peering, "" where that is in the dump or not
// said.
func (l *loader) farVPC(g *sg.Group, ref rawGroupRef) (far string) {
	far = ref.VpcId
	for i := range l.cfg.Peerings {
		if c := &l.cfg.Peerings[i]; far == "" && c.ID == ref.VpcPeeringConnectionId {
			for _, v := range g.Spans() {
				other, _ := c.Other(v)
				far = cmp.Or(far, other)
			}
		}
	}
	if _, inside := l.vpcAt[far]; inside {
		return ""
	}
	return far
}

// joined reports whether one of some VPCs is one of others, or a peer of it in its Region.
func (l *loader) joined(some, others []string) bool {
	for _, a := range some {
		for _, b := range others {
			if a == b || l.peers(a, b) {
				return true
			}
		}
	}
	return false
}

// peers reports whether an active peering joins two VPCs of one Region.
func (l *loader) peers(a, b string) bool {
	for i := range l.cfg.Peerings {
		c := &l.cfg.Peerings[i]
		if other, ok := c.Other(a); !ok || other != b || !c.Active() {
			continue
		}
		if x, y := l.regionOfSide(&c.Requester), l.regionOfSide(&c.Accepter); x == y || x == "" || y == "" {
			return true
		}
	}
	return false
}

// regionOfSide is the Region of one end of a peering: of a VPC of the dump what Build takes it for.
func (l *loader) regionOfSide(s *peering.Side) string {
	if _, ok := l.vpcAt[s.VPC]; ok {
		return l.regionOfVPC(s.VPC)
	}
	return s.Region
}
