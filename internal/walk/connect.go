package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Origin is where a packet starts: at an interface, at a service behind a gateway endpoint, behind a virtual
// private gateway, at a VPC's own service, or, the zero Origin, on the internet.
type Origin struct {
	Interface *Interface
	Endpoint  *GatewayEndpoint
	NAT       *RegionalNAT // which opens no connection

	OnPremises *VirtualPrivate // behind it
	Asked      *Interface      // who asked a VPC's own service, which answers it and calls nobody
}

// outside reports whether the packet starts on the internet.
func (o Origin) outside() bool { return o == Origin{} }

// Send walks one packet one way. The controls know what past remembers, and what happens is remembered there;
// with a nil past nothing is known and nothing tracked. The hops go to rec.
func (w *World) Send(past *Memory, from Origin, p packet.Packet, rec *trace.Trace) trace.Verdict {
	k := walker{world: w, past: past, rec: rec, sent: p, p: p}
	k.start(from)
	return k.finish()
}

// Connect walks a packet, and the reply that it would get, as [World.Send] does. The hops go to request and
// reply; where both are nil the walk ends at the first drop and only its verdict is told.
func (w *World) Connect(past *Memory, from Origin, p packet.Packet, request, reply *trace.Trace) trace.Verdict {
	return w.Ask(past, from, p, p.Length, request, reply)
}

// Ask is [World.Connect] for a reply of that length: zero is the smallest, as in [packet.Packet].
func (w *World) Ask(past *Memory, from Origin, p packet.Packet, length uint32, request, reply *trace.Trace) trace.Verdict {
	there := walker{world: w, past: past, rec: request, sent: p, p: p}
	there.start(from)
	verdict := there.finish()
	answer, ok := there.p.Reply()
	if !ok || !there.end.somewhere() || there.stopped() {
		return verdict
	}
	if length != p.Length { // else it is as long as what arrived, which a gateway may have made longer or shorter
		answer.Length = length
	}
	back := walker{
		world: w, past: past, conn: there.conn, rec: reply, sent: answer, p: answer, reply: true,
		dropped: there.dropped, gone: there.dropped,
	}
	back.answer(there.end)
	back.checkReturn(from, p)
	if there.dropped {
		back.finishUnsent()
		return verdict
	}
	return back.finish()
}

// start sends the packet off.
func (w *walker) start(from Origin) {
	e := from.Interface
	switch {
	case from.Endpoint != nil:
		w.startAtGatewayEndpoint(from.Endpoint)
	case from.OnPremises != nil:
		w.fromOnPremises(from.OnPremises)
	case from.Asked != nil:
		w.fromVPCService(from.Asked)
	case from.NAT != nil: // F4.206
		w.drop(hop{stage: trace.StageNATGateway, id: from.NAT.Data.ID, vpc: from.NAT.VPC}, trace.NATNoSession)
	case e == nil:
		w.fromInternet()
	case e.Endpoint != nil:
		w.startAtInterfaceEndpoint(e)
	case e.Inspector != nil: // it returns what came to it, and calls nobody
		w.drop(hop{stage: trace.StageGatewayLoadBalancerEndpoint, id: e.Inspector.ID, at: e}, trace.VPCEIntraVPCTraffic)
	case e.NAT != nil: // F4.206
		w.drop(hop{stage: trace.StageNATGateway, id: e.NAT.ID, at: e}, trace.NATNoSession)
	case e.Balancer != nil:
		w.startAtBalancer(e)
	default:
		w.leave(e)
	}
}

// startAtInterfaceEndpoint sends off what a service answers by the interface of its endpoint, which opens no
// connection (F7.105).
func (w *walker) startAtInterfaceEndpoint(e *Interface) {
	if !w.willKnow(e, packet.Egress) {
		w.drop(hop{stage: trace.StageInterfaceEndpoint, id: e.Endpoint.ID, at: e}, trace.VPCEIntraVPCTraffic)
		return
	}
	w.fromInterfaceEndpoint(e)
}

// startAtGatewayEndpoint sends off what a service answers by its gateway endpoint, which opens no connection
// (F7.016).
func (w *walker) startAtGatewayEndpoint(g *GatewayEndpoint) {
	if w.p.Opens() {
		w.drop(hop{stage: trace.StageGatewayEndpoint, id: g.Data.ID, vpc: g.VPC}, trace.NoPath)
		return
	}
	w.fromGatewayEndpoint(g)
}

// answer sends a reply off from where the request came to its end.
func (w *walker) answer(from arrival) {
	switch {
	case from.internet:
		w.fromInternet()
	case from.endpoint != nil:
		w.fromGatewayEndpoint(from.endpoint)
	case from.onPremises != nil:
		w.fromOnPremises(from.onPremises)
	case from.service:
		w.fromVPCService(from.at)
	case from.at.Endpoint != nil:
		w.fromInterfaceEndpoint(from.at)
	default:
		w.leave(from.at)
	}
}

// checkReturn asks whether the reply came back to who called, and as the caller knows it: from the address
// that was called.
func (w *walker) checkReturn(from Origin, request packet.Packet) {
	if w.dropped || !w.end.somewhere() {
		return
	}
	h := hop{stage: w.verdict.Stage, id: w.verdict.ID, at: w.end.at}
	switch {
	case w.end.at != from.Interface || w.end.endpoint != from.Endpoint || w.end.onPremises != from.OnPremises ||
		w.end.internet != from.outside():
		w.undo(h, trace.ReplyDeliveredElsewhere)
	case !answers(w.p, request):
		w.undo(h, trace.ReplyAddressMismatch)
	}
}

// undo turns an arrival into a drop: the packet came to an end, but to the wrong one.
func (w *walker) undo(h hop, c trace.Code) {
	if w.rec != nil {
		w.rec.Hops = w.rec.Hops[:len(w.rec.Hops)-1]
	}
	w.end = arrival{}
	w.drop(h, c)
}

// finish writes the outcome and returns it, and walks what was sent back.
func (w *walker) finish() trace.Verdict {
	if w.rec != nil {
		w.rec.Sent, w.rec.Verdict = w.sent, w.verdict
	}
	w.sendBack()
	return w.verdict
}

// finishUnsent marks the trace of a reply that was never sent, since the request did not arrive: all its hops
// lie beyond.
func (w *walker) finishUnsent() {
	if w.rec != nil {
		w.rec.Sent = w.sent
	}
}
