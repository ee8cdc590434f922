package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// This file is the controls that say yes or no. Each reports its answer; past a no the walk goes on
// where hops are recorded, so that one run names all that stands in the way. Where only the verdict is
// wanted the walk has stopped, and nobody is asked any more.

// checkSource is the first half of the source/destination check: an interface sends from its own
// addresses only (F4.301).
func (w *walker) checkSource(e *Interface) bool {
	h := hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: packet.Egress}
	if e.NAT != nil || e.Inspector != nil || e.Data.NoSourceDestCheck || e.Data.Owns(w.p.Src) {
		w.pass(h)
		return true
	}
	w.drop(h, trace.ENISourceDestCheckRestriction)
	return false
}

// checkDestination is the other half: an interface receives for its own addresses only (F4.301). It reports
// whether the walk goes on.
func (w *walker) checkDestination(e *Interface) bool {
	if !w.takes(e) {
		w.drop(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: packet.Ingress}, trace.ENISourceDestCheckRestriction)
	}
	return !w.stopped()
}

// takes reports whether the destination check of e lets the packet by.
func (w *walker) takes(e *Interface) bool {
	return e.NAT != nil || e.Inspector != nil || e.Data.NoSourceDestCheck || e.Data.Owns(w.p.Dst)
}

// askGroups asks the security groups of an interface: an answer to what they let by needs no
// rule (F5.010), everything else needs one of any group (F5.001). A NAT gateway has no groups (F4.208).
//
// What they let by is tracked, but for TCP and UDP between rules that leave everything open, where there is
// nothing to remember (F5.201). Always is that the way has groups track it whatever the rules (F5.203).
func (w *walker) askGroups(e *Interface, d packet.Direction, always bool) bool {
	if len(e.Groups) == 0 || w.stopped() {
		return true
	}
	h := hop{stage: trace.StageSecurityGroup, id: e.GroupIDs, at: e, dir: d}
	if w.knows(e, d) {
		h.note = "tracked connection"
		w.pass(h)
		return true
	}
	dec, ok := w.world.Leaves.Groups(e, d, w.p, w.sender)
	if !ok {
		if w.p.Opens() {
			w.conn.track(e, d, w.p) // were it a yes, it would be tracked
		}
		w.drop(h, w.groupsCode(e, d))
		return false
	}
	if always || w.tracks(e, dec.Rule, d) {
		w.track(e, d)
	}
	h.id, h.rule, h.member = dec.Group.ID, dec.Rule, dec.Member
	w.pass(h)
	return true
}

// groupsCode says why no group of e lets the packet by.
func (w *walker) groupsCode(e *Interface, d packet.Direction) trace.Code {
	switch {
	case !sg.HasRules(e.Groups, d):
		return trace.SGHasNoRules
	case d == packet.Ingress && w.identityLost(e):
		return trace.SGReferencesNotPreserved
	case w.meetsForeign(e, d):
		return trace.UnknownPeeredSGs
	}
	return trace.ENISGRulesMismatch
}

// identityLost reports whether a group reference would have let the packet by, had it still borne the
// identity of its sender (F5.108, F5.110).
func (w *walker) identityLost(e *Interface) bool {
	if w.caller == nil || w.caller == w.sender {
		return false
	}
	p := w.p
	p.Src = w.sent.Src
	dec, ok := w.world.Leaves.Groups(e, packet.Ingress, p, w.caller)
	return ok && dec.Rule.Group != ""
}

// askACL asks the network ACL of a subnet, which knows of no connections (F6.006). At is the interface that
// is left or entered, nil where nobody has the address.
func (w *walker) askACL(s *Subnet, at *Interface, d packet.Direction) bool {
	if w.stopped() {
		return true
	}
	h := hop{stage: trace.StageNetworkACL, id: s.ACL.ID, at: at, subnet: s, dir: d}
	entry, ok := w.world.Leaves.ACL(s.ACL, d, w.p)
	if entry != nil {
		h.rule = entry
	}
	if !ok {
		w.drop(h, trace.SubnetACLRestriction)
		return false
	}
	w.pass(h)
	return true
}

// onRoute is the hop at the route table of a subnet; it reports whether the packet goes on.
func (w *walker) onRoute(s *Subnet, m route.Match, ok bool) bool {
	h := hop{stage: trace.StageRouteTable, id: s.Table.Data.ID, subnet: s}
	if s.Main {
		h.note = "main route table"
	}
	return w.atTable(h, s.Table, m, ok)
}

// atTable records which route was taken. Without one, or on a blackhole, the packet dies: there is no
// falling through to a less specific route (F2.025).
func (w *walker) atTable(h hop, t *Table, m route.Match, ok bool) bool {
	if !ok {
		w.drop(h, trace.NoRouteToDestination)
		return false
	}
	h.rule, h.table = m.Route, t
	if m.Route.State == route.Blackhole {
		w.drop(h, trace.BadStateRoute)
		return false
	}
	w.pass(h)
	return true
}

// masquerades reports whether e puts its own address on what it forwards.
func masquerades(e *Interface) bool { return e.Data.Forwarding == subnet.Masquerade }

// lossCode is the code for a route that matched and was not taken.
func lossCode(l route.Loss) trace.Code {
	switch l {
	case route.LessSpecific:
		return trace.MoreSpecificRoute
	case route.LowerPriority:
		return trace.HigherPriorityRoute
	case route.LocalPreferred:
		return trace.LocalPreferred
	}
	return trace.BadStateRoute
}
