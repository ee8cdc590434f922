package walk

import (
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// throughNATGateway sends on what the VPC's own hosts hand to a NAT gateway, from its private
// address (F4.203, F4.204). The gateway opens connections for them and for nobody else (F4.206).
func (w *walker) throughNATGateway(e *Interface) {
	h := hop{stage: trace.StageNATGateway, id: e.NAT.ID, at: e}
	after, refusal := e.NAT.Translate(w.p, e.natAddress())
	switch {
	case !e.vpc().Data.Contains(w.p.Src): // F4.209
		w.drop(h, trace.NGWRequiresSourceInVPC)
		return
	case refusal != gateway.Forwards:
		w.drop(h, refusalCode(refusal, trace.ProtocolRestriction))
		return
	}
	by := translator{at: e.Place, limits: &ofNATGateway, room: natConnections}
	after, ok := w.goesOn(by, after)
	switch {
	case ok:
	case w.p.Opens() || w.p.Protocol != packet.TCP:
		if after, ok = w.opensBy(by, after); !ok {
			w.drop(h, trace.NATPortAllocation)
			return
		}
	case w.p.Flags&packet.SYN != 0: // the answer to a call that did not come this way
		w.drop(h, trace.NATNoSession)
		return
	default:
		w.drop(h, trace.NATIdleTimeout)
		w.reset(e)
		return
	}
	w.pinned = true
	w.rewrite(h, after)
	w.leave(e)
}

// reset lets a NAT gateway answer a segment of a connection that it does not know (F4.212).
func (w *walker) reset(e *Interface) {
	if w.p.Flags&packet.RST != 0 {
		return
	}
	rst := w.p
	rst.Src, rst.Dst, rst.SrcPort, rst.DstPort = w.p.Dst, w.p.Src, w.p.DstPort, w.p.SrcPort
	rst.Flags, rst.Length = packet.RST, 0
	w.back(answer{p: rst, from: e})
}

// forward sends on what is not for e, with its source rewritten where e masquerades (F4.301-F4.303).
func (w *walker) forward(e *Interface) {
	if !masquerades(e) {
		w.pass(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: packet.Ingress, note: "forwards it"})
		w.leave(e)
		return
	}
	h := hop{stage: trace.StageNATInstance, id: forwardID(e), at: e}
	after := w.p
	if after.Src = e.Data.Address(w.p.Is6()); !after.Src.IsValid() {
		w.drop(h, trace.ProtocolRestriction) // it has no address of this family
		return
	}
	by := translator{at: e.Place, limits: e.Timeouts, room: lastPort - firstPort + 1}
	after, ok := w.goesOn(by, after)
	if !ok {
		if after, ok = w.opensBy(by, after); !ok {
			w.drop(h, trace.NATPortAllocation)
			return
		}
	}
	w.rewrite(h, after)
	w.leave(e)
}
