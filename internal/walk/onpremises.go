package walk

import (
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

// VirtualPrivate is an attached virtual private gateway, with its edge route table or nil.
type VirtualPrivate struct {
	Data  *gateway.VirtualPrivate
	VPC   *VPC
	Table *Table
}

// toVirtualPrivateGateway follows a route to a virtual private gateway. Of one that the network does not
// describe nobody knows what is behind it.
func (w *walker) toVirtualPrivateGateway(e *Interface, r *route.Route, t Target) {
	if t.OnPremises == nil {
		w.notWalked(hop{subnet: e.Subnet}, r.Target)
		return
	}
	w.toOnPremises(e, t.OnPremises)
}

// toOnPremises leaves through a virtual private gateway: what an interface of the VPC sends from its own
// private address (F9.103), to a range that the gateway knows (F9.102).
func (w *walker) toOnPremises(e *Interface, g *VirtualPrivate) {
	h := hop{stage: trace.StageVirtualPrivateGateway, id: g.Data.ID, vpc: g.VPC}
	switch {
	case w.world.Leaves.InterfaceAt(e.vpc(), w.p.Src) == nil:
		w.drop(h, trace.VGWPrivateIPAssociationForEgress)
	case !g.Data.Knows(w.p.Dst):
		w.drop(h, trace.CannotRoute)
	default:
		w.sender = nil // F5.110
		w.pass(h)
		w.arrive(hop{stage: trace.StageOnPremises, id: "on-premises"}, arrival{onPremises: g})
	}
}

// fromOnPremises enters the VPC by its virtual private gateway, for an address of an interface there and
// nobody else (F9.103), by the gateway's own route table where it has one (F2.027, F2.028).
func (w *walker) fromOnPremises(g *VirtualPrivate) {
	h := hop{stage: trace.StageVirtualPrivateGateway, id: g.Data.ID, vpc: g.VPC}
	switch {
	case !g.Data.Knows(w.p.Src):
		w.drop(h, trace.GatewayRejectsSpoofedTraffic)
	case w.world.Leaves.InterfaceAt(g.VPC, w.p.Dst) == nil:
		w.drop(h, trace.VGWPrivateIPAssociationForIngress)
	default:
		w.pass(h)
		w.intoVPC(h, g.Table)
	}
}
