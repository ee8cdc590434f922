package walk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// walker is one packet on its way.
type walker struct {
	world *World
	conn  Conn         // what the connection left behind, and leaves behind
	past  *Memory      // what the network remembers; nil: nothing, and it is told nothing
	rec   *trace.Trace // where the hops are written; nil: only the verdict is wanted

	sent  packet.Packet // as it was sent
	p     packet.Packet // as it is now
	reply bool          // it answers a packet of this connection

	caller *Interface // who sent it
	sender *Interface // whose identity it still bears; nil: nobody's that we know (F5.110)
	by     uint32     // the place of the translator that sent it on; it is no answer to itself there
	pinned bool       // it came through what makes groups track it always (F5.203)

	visits  int
	dropped bool
	gone    bool // no flow log sees it any more
	stretch bool // nothing but routers is between the last crossing and the next one
	verdict trace.Verdict
	end     arrival

	sentBack answer // by the place that dropped it
}

// arrival is where a packet came to its end; the zero arrival is nowhere.
type arrival struct {
	at       *Interface       // at an interface
	service  bool             // which called one of the VPC's own services
	internet bool             // outside
	endpoint *GatewayEndpoint // at a service behind a gateway endpoint

	onPremises *VirtualPrivate // behind this gateway
}

// somewhere reports whether the packet came to an end that can answer.
func (a arrival) somewhere() bool { return a != arrival{} }

// hop is what the walk knows at one of its hops.
type hop struct {
	stage  trace.Stage
	id     string
	dir    packet.Direction
	at     *Interface // the interface that is left, entered or passed
	subnet *Subnet    // where there is no interface
	vpc    *VPC       // where there is no subnet
	table  *Table     // of which rule is a route
	rule   fmt.Stringer
	member string
	note   string
}

// pass records that a control let the packet by.
func (w *walker) pass(h hop) { w.record(h, trace.Pass, trace.NoCode, w.p) }

// rewrite records that a control let the packet by with another header.
func (w *walker) rewrite(h hop, after packet.Packet) {
	w.record(h, trace.Pass, trace.NoCode, after)
	w.p = after
}

// drop records that a control said no. Behind a filter the walk goes on where hops are recorded, to find what
// else stands in the way (see stopped); behind anything else the caller ends it.
func (w *walker) drop(h hop, c trace.Code) {
	if w.stopped() {
		return
	}
	w.record(h, trace.Drop, c, w.p)
	if !w.dropped {
		w.dropped = true
		w.verdict = trace.Verdict{Outcome: trace.Dropped, Code: c, Stage: h.stage, ID: h.id, Reply: w.reply}
		if w.rec != nil {
			w.rec.Last = w.p
		}
	}
}

// arrive is the end of a packet that came where it was meant to.
func (w *walker) arrive(h hop, at arrival) {
	w.record(h, trace.Arrive, trace.NoCode, w.p)
	w.end = at
	if !w.dropped {
		w.verdict = trace.Verdict{Outcome: trace.Delivered, Stage: h.stage, ID: h.id, Reply: w.reply}
		if w.rec != nil {
			w.rec.Last = w.p
		}
	}
}

// stopped reports whether the packet was dropped and nobody wants to know what else stands in its way.
func (w *walker) stopped() bool { return w.dropped && w.rec == nil }

// record writes a hop: past a drop it goes to what lies beyond.
func (w *walker) record(h hop, a trace.Action, c trace.Code, after packet.Packet) {
	if w.rec == nil {
		return
	}
	out := trace.Hop{
		Stage: h.stage, Direction: h.dir, ID: h.id,
		Action: a, Code: c, Rule: h.rule, Member: h.member, Note: h.note, Lost: h.lost(w.p),
		Before: w.p, After: after,
	}
	h.place(&out)
	if w.dropped {
		w.rec.Beyond = append(w.rec.Beyond, out)
		return
	}
	w.rec.Hops = append(w.rec.Hops, out)
}

// place says where the hop is.
func (h *hop) place(out *trace.Hop) {
	s, v := h.subnet, h.vpc
	if h.at != nil {
		out.Interface, s = h.at.Data.ID, h.at.Subnet
	}
	if s != nil {
		out.Subnet, v = s.Data.ID, s.VPC
	}
	if v != nil {
		out.VPC = v.Data.ID
	}
}

// lost lists the routes that matched as well, and why they were not taken.
func (h *hop) lost(p packet.Packet) []trace.Lost {
	if h.table == nil {
		return nil
	}
	var lost []trace.Lost
	for _, c := range h.table.Data.Candidates(p.Dst, h.table.Lists) {
		if c.Route != h.rule {
			lost = append(lost, trace.Lost{Rule: c.Route, Code: lossCode(c.Loss)})
		}
	}
	return lost
}

// identify notes who the packet says it is from: the interface that it leaves, where the address is its own.
func (w *walker) identify(e *Interface) {
	w.sender = nil
	if e.Data.Owns(w.p.Src) {
		w.sender = e
	}
	if w.caller == nil {
		w.caller = w.sender
	}
}

// loops ends a packet that goes round and round.
func (w *walker) loops(e *Interface) bool {
	if w.visits++; w.visits <= maxVisits {
		return false
	}
	w.drop(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: packet.Egress}, trace.RoutingLoop)
	return true
}

// down ends a packet at an interface whose instance does not run.
func (w *walker) down(e *Interface, d packet.Direction) bool {
	if !e.Down {
		return false
	}
	w.drop(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: d}, trace.BadState)
	return true
}

// forwardStage is the stage of an interface that sends on what is for others.
func forwardStage(e *Interface) trace.Stage {
	switch {
	case e.NAT != nil:
		return trace.StageNATGateway
	case e.Inspector != nil:
		return trace.StageGatewayLoadBalancerEndpoint
	case masquerades(e):
		return trace.StageNATInstance
	}
	return trace.StageNetworkInterface
}

// forwardID names what forwards: the NAT gateway, the NAT instance, or the interface.
func forwardID(e *Interface) string {
	switch {
	case e.NAT != nil:
		return e.NAT.ID
	case e.Inspector != nil:
		return e.Inspector.ID
	case masquerades(e) && e.Data.Attachment.Instance != "":
		return e.Data.Attachment.Instance
	}
	return e.Data.ID
}
