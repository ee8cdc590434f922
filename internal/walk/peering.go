package walk

import (
	"github.com/packetwalk/packetwalk/trace"
)

// toPeer crosses a peering connection: private addresses of the two VPCs only, no way through
// (F8.007-F8.009), of a length that it takes (F8.017). On the other side the packet is delivered by address;
// no table is asked there (F8.010).
func (w *walker) toPeer(e *Interface, t Target) {
	h := hop{stage: trace.StagePeeringConnection, id: t.Peering.ID, vpc: e.vpc()}
	mtu := mtuBetween(e.vpc(), t.Peer)
	switch {
	case t.Peer == nil:
		w.drop(h, trace.NoPossibleDestination)
		return
	case !e.vpc().Data.Contains(w.p.Src) || !t.Peer.Data.Contains(w.p.Dst):
		w.drop(h, trace.PCXRequiresAddressInVPCCIDR)
		return
	case w.tooLong(mtu):
		w.dropTooLong(h, mtu)
		w.sayTooBig(e)
		return
	}
	if e.NAT != nil && e.Data.Owns(w.p.Src) {
		w.comesInBy(returnToSender{by: t.Peering, in: t.Peer, back: e.vpc(), tuple: opening(w.p)})
	}
	h.note = w.cutUp(mtu)
	w.pass(h)
	w.deliver(t.Peer, nil)
}

// returnsToSender takes the answer to a NAT gateway back over the peering by which the request came,
// routes or none (F4.210); it reports whether it did.
func (w *walker) returnsToSender(e *Interface) bool {
	back, ok := w.wayBack(e.vpc())
	if !ok || !returnToSenderIgnoresRoutes {
		return false
	}
	w.goesBackBy(back)
	w.pass(hop{stage: trace.StageRouteTable, id: e.Subnet.Table.Data.ID, subnet: e.Subnet, note: "return to sender: no route is asked"})
	w.toPeer(e, Target{Peering: back.by, Peer: back.back})
	return true
}

// goesBack reports whether what leaves e is such an answer.
func (w *walker) goesBack(e *Interface) bool {
	_, ok := w.wayBack(e.vpc())
	return ok && returnToSenderIgnoresRoutes
}
