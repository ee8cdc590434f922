package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// toService goes on from the interface e of an endpoint to the service that somebody offers behind it: to the
// load balancer's interface in that zone (F7.203). Nobody logs what goes between the two (F1.608). The load
// balancer's groups are asked, unless it spares PrivateLink that, about the client's own address, of which
// they do not know whose it is (F7.203). H is the hop at the endpoint.
func (w *walker) toService(h hop, e *Interface) {
	n := e.Behind
	if n == nil {
		w.drop(h, trace.VPCEServiceNotInstalledInAZ)
		return
	}
	w.pass(h)
	w.sender = nil
	if w.zoneFails(n, packet.Ingress) {
		return
	}
	if !n.Balancer.Data.SkipGroupsForPrivateLink && !w.askGroups(n, packet.Ingress, false) {
		w.gone = true
		if w.stopped() {
			return
		}
	}
	w.balance(n, e)
}

// fromService is the answer of a service that somebody offers, by the interface of the endpoint through which
// it was called: nil where that leads there no longer.
func (w *walker) fromService(h hop, e *Interface, answer packet.Packet) {
	if e == nil {
		w.drop(h, trace.ELBNoSession)
		return
	}
	w.pinned = false
	w.rewrite(h, answer)
	at := hop{stage: trace.StageInterfaceEndpoint, id: e.Endpoint.ID, at: e}
	if !e.Endpoint.State.Usable() {
		w.drop(at, trace.BadState)
		return
	}
	w.pass(at)
	w.leave(e)
}
