package walk

import (
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// toGatewayEndpoint leaves for a service by its gateway endpoint: TCP and ICMP echo, from the endpoint's
// own VPC only (F7.006, F7.013).
func (w *walker) toGatewayEndpoint(e *Interface, g *GatewayEndpoint) {
	h := hop{stage: trace.StageGatewayEndpoint, id: g.Data.ID, vpc: e.vpc()}
	switch {
	case w.world.Leaves.InterfaceAt(e.vpc(), w.p.Src) == nil:
		w.drop(h, trace.GatewayRejectsSpoofedTraffic)
	case !g.Data.Admits(w.p):
		w.drop(h, trace.VPCEGatewayProtocolRestriction)
	case !w.serviceTakes(g.Place, byDefault): // F7.009
		w.drop(h, trace.VPCENoConnection)
	default:
		w.pass(h)
		w.arrive(hop{stage: trace.StageService, id: g.Data.Service}, arrival{endpoint: g})
	}
}

// fromGatewayEndpoint is the answer of a service, by the endpoint through which it was called: TCP and echo
// replies, from the service's own addresses only (F7.013).
func (w *walker) fromGatewayEndpoint(g *GatewayEndpoint) {
	h := hop{stage: trace.StageGatewayEndpoint, id: g.Data.ID, vpc: g.VPC}
	switch {
	case !g.Data.State.Usable(): // F7.111
		w.drop(h, trace.BadState)
	case !g.Data.Returns(w.p):
		w.drop(h, trace.VPCEGatewayProtocolRestriction)
	case !endpoint.Covers(g.Ranges, w.p.Src):
		w.drop(h, trace.VPCEGatewayEgressSourceAddressRestriction)
	case !w.serviceAnswers(g.Place):
		w.drop(h, trace.VPCENoConnection)
	default:
		w.pass(h)
		w.deliver(g.VPC, nil)
	}
}

// toInterfaceEndpoint arrives at a service by the interface of its endpoint: TCP and UDP only (F7.102), and
// only while it is available (F7.111). What is too long is dropped, and nobody is told (F7.114); nor is who
// goes on with a connection that was idle for too long (F7.115).
func (w *walker) toInterfaceEndpoint(e *Interface) {
	h := hop{stage: trace.StageInterfaceEndpoint, id: e.Endpoint.ID, at: e}
	switch {
	case !e.Endpoint.State.Usable():
		w.drop(h, trace.BadState)
	case !e.Endpoint.Admits(w.p):
		w.drop(h, trace.ProtocolRestriction)
	case e.vpc().EnforcesEncryption && !e.Endpoint.TakesForEncrypted(w.p) && w.droppedPlain(h):
	case w.p.Size() > mtuAtEndpoint:
		w.dropTooLong(h, mtuAtEndpoint)
	case e.Service != nil: // somebody's own
		w.toService(h, e)
	case !w.serviceTakes(e.Place, &ofInterfaceEndpoint):
		w.drop(h, trace.VPCENoConnection)
	default:
		w.arrive(h, arrival{at: e})
	}
}

// fromInterfaceEndpoint is the answer of a service, by the interface at which it was called. What it says
// after it was idle for too long is not delivered (F7.115).
func (w *walker) fromInterfaceEndpoint(e *Interface) {
	if !e.Endpoint.State.Usable() { // F7.111
		w.drop(hop{stage: trace.StageInterfaceEndpoint, id: e.Endpoint.ID, at: e}, trace.BadState)
		return
	}
	if e.Service == nil && !w.serviceAnswers(e.Place) {
		w.drop(hop{stage: trace.StageInterfaceEndpoint, id: e.Endpoint.ID, at: e}, trace.VPCENoConnection)
		return
	}
	w.leave(e)
}

// serviceTakes reports whether the service behind the endpoint at that place takes the packet: one that
// opens a connection, or goes on with one that was opened there. A connection that was opened by another
// way, from another source as the service saw it, is not known there (F7.009). Only TCP tells the two
// apart.
func (w *walker) serviceTakes(at uint32, limits *timeouts) bool {
	if w.past == nil || w.p.Protocol != packet.TCP {
		return true
	}
	k := key{by: byEndpoint, at: at, tuple: opening(w.p)}
	switch {
	case w.look(k, true) != nil:
		return true
	case !w.p.Opens():
		return false
	case w.remembers():
		w.past.add(&flow{keys: []key{k}, limits: limits}, w.p)
	}
	return true
}

// serviceAnswers reports whether the packet of a service behind the endpoint at that place is of a
// connection that was opened there. The answer that is walked with its request always is, also where that
// was dropped on its way.
func (w *walker) serviceAnswers(at uint32) bool {
	if w.past == nil || w.p.Protocol != packet.TCP {
		return true
	}
	return w.look(key{by: byEndpoint, at: at, tuple: answering(w.p)}, false) != nil || w.reply
}
