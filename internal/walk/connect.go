package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Origin is where a packet starts: at an interface, or outside.
type Origin struct {
	Interface *Interface // nil: the internet
}

// One walks one packet one way; nothing is tracked. The hops go to rec.
func (w *World) One(from Origin, p packet.Packet, rec *trace.Trace) trace.Verdict {
	k := walker{world: w, rec: rec, sent: p, p: p}
	k.start(from)
	return k.finish()
}

// Connect walks a packet, and the reply that it would get. The hops go to request and reply; where both are
// nil the walk ends at the first drop and only its verdict is told.
func (w *World) Connect(from Origin, p packet.Packet, request, reply *trace.Trace) trace.Verdict {
	there := walker{world: w, rec: request, sent: p, p: p}
	there.start(from)
	verdict := there.finish()
	answer, ok := there.p.Reply()
	if !ok || !there.end.somewhere() || there.stopped() {
		return verdict
	}
	back := walker{world: w, conn: there.conn, rec: reply, sent: answer, p: answer, reply: true, dropped: there.dropped, gone: there.dropped}
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
	if from.Interface == nil {
		w.fromInternet()
		return
	}
	e := from.Interface
	switch {
	case e.Endpoint != nil: // F7.105
		w.drop(hop{stage: trace.StageInterfaceEndpoint, id: e.Endpoint.ID, at: e}, trace.VPCEIntraVPCTraffic)
	case e.NAT != nil: // F4.206
		w.drop(hop{stage: trace.StageNATGateway, id: e.NAT.ID, at: e}, trace.NATNoSession)
	default:
		w.leave(e)
	}
}

// answer sends a reply off from where the request came to its end.
func (w *walker) answer(from arrival) {
	switch {
	case from.internet:
		w.fromInternet()
	case from.endpoint != nil:
		w.fromGatewayEndpoint(from.endpoint, from.in)
	case from.service:
		w.fromVPCService(from.at)
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
	case w.end.at != from.Interface || w.end.internet != (from.Interface == nil):
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

// finish writes the outcome and returns it.
func (w *walker) finish() trace.Verdict {
	if w.rec != nil {
		w.rec.Sent, w.rec.Verdict = w.sent, w.verdict
	}
	return w.verdict
}

// finishUnsent marks the trace of a reply that was never sent, since the request did not arrive: all its hops
// lie beyond.
func (w *walker) finishUnsent() {
	if w.rec != nil {
		w.rec.Sent = w.sent
	}
}
