package walk

import (
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/trace"
)

// toGatewayEndpoint leaves for a service by its gateway endpoint: TCP and ICMP echo, from the endpoint's
// own VPC only (F7.006, F7.013).
func (w *walker) toGatewayEndpoint(e *Interface, g *endpoint.Gateway) {
	h := hop{stage: trace.StageGatewayEndpoint, id: g.ID, vpc: e.vpc()}
	switch {
	case w.world.Leaves.InterfaceAt(e.vpc(), w.p.Src) == nil:
		w.drop(h, trace.GatewayRejectsSpoofedTraffic)
	case !g.Admits(w.p):
		w.drop(h, trace.VPCEGatewayProtocolRestriction)
	default:
		w.pass(h)
		w.arrive(hop{stage: trace.StageService, id: g.Service}, arrival{endpoint: g, in: e.vpc()})
	}
}

// fromGatewayEndpoint is the answer of a service, by the endpoint through which it was called.
func (w *walker) fromGatewayEndpoint(g *endpoint.Gateway, v *VPC) {
	h := hop{stage: trace.StageGatewayEndpoint, id: g.ID, vpc: v}
	if !g.Returns(w.p) {
		w.drop(h, trace.VPCEGatewayProtocolRestriction)
		return
	}
	w.pass(h)
	w.deliver(v, nil)
}

// toInterfaceEndpoint arrives at a service by the interface of its endpoint: TCP and UDP only (F7.102), and
// only while it is available (F7.111). What is too long is dropped, and nobody is told (F7.114).
func (w *walker) toInterfaceEndpoint(e *Interface) {
	h := hop{stage: trace.StageInterfaceEndpoint, id: e.Endpoint.ID, at: e}
	switch {
	case !e.Endpoint.State.Usable():
		w.drop(h, trace.BadState)
	case !e.Endpoint.Admits(w.p):
		w.drop(h, trace.ProtocolRestriction)
	case w.p.Size() > mtuAtEndpoint:
		w.dropTooLong(h, mtuAtEndpoint)
	default:
		w.arrive(h, arrival{at: e})
	}
}
