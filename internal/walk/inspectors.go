package walk

import (
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

// toInspector follows a route to a Gateway Load Balancer endpoint. Of one that the network does not
// describe nobody knows what becomes of packets there.
func (w *walker) toInspector(e *Interface, t route.Target, inspector *Interface) {
	if inspector == nil {
		w.notWalked(hop{subnet: e.Subnet}, t)
		return
	}
	w.toHop(e, inspector)
}

// throughInspector hands a packet to the appliances behind a Gateway Load Balancer endpoint. They let it by
// as it is, as we assume, and it goes on by the ACL and the route table of the endpoint's own subnet
// (F7.206). What is for the endpoint's own address is for nobody.
func (w *walker) throughInspector(e *Interface) {
	h := hop{stage: trace.StageGatewayLoadBalancerEndpoint, id: e.Inspector.ID, at: e}
	switch {
	case !e.Inspector.State.Usable(): // F7.111
		w.drop(h, trace.BadState)
	case e.Data.Owns(w.p.Dst):
		w.drop(h, trace.NoPossibleDestination)
	case w.p.Size() > mtuAtEndpoint: // F7.114
		w.dropTooLong(h, mtuAtEndpoint)
	default:
		w.pass(h)
		w.leave(e)
	}
}
