package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// natGateway is a NAT gateway as a packet meets it.
type natGateway struct {
	data     *gateway.NAT
	at       uint32 // its place
	vpc      *VPC
	from     []netip.Addr // its addresses for this packet, in the order in which it takes them; at least one
	eni      *Interface   // nil: it has none, since it is a regional one
	regional *RegionalNAT // nil: it is a zonal one
}

// throughNATGateway sends on what the VPC's own hosts hand to a zonal NAT gateway, from its private address
// (F4.203, F4.204). What a public one sends bears that address too: only an internet gateway puts the Elastic
// IP in its place (F4.205).
func (w *walker) throughNATGateway(e *Interface) {
	h := hop{stage: trace.StageNATGateway, id: e.NAT.ID, at: e}
	after, ok := w.translate(h, natGateway{data: e.NAT, at: e.Place, vpc: e.vpc(), from: e.From, eni: e})
	if !ok {
		return
	}
	w.pinned = true
	w.rewrite(h, after)
	w.leave(e)
}

// translate is the packet as a NAT gateway sends it on. The gateway opens connections for the hosts of its
// own VPC and for nobody else (F4.206, F4.209). Where ok is false the packet was dropped.
func (w *walker) translate(h hop, g natGateway) (after packet.Packet, ok bool) {
	if !g.vpc.Data.Contains(w.p.Src) { // F4.209
		w.drop(h, trace.NGWRequiresSourceInVPC)
		return w.p, false
	}
	after, refusal := g.data.Translate(w.p, g.from[0])
	if refusal != gateway.Forwards {
		w.drop(h, refusalCode(refusal, trace.ProtocolRestriction))
		return w.p, false
	}
	if w.p.Is6() && w.refused64(h, g, after) {
		return w.p, false
	}
	by := translator{at: g.at, limits: &ofNATGateway, room: natConnections}
	if sent, ok := w.errorGoesOn(by, after); ok {
		return sent, true
	}
	if sent, ok := w.goesOn(by, after); ok {
		return sent, true
	}
	switch {
	case w.p.IsError(): // about a connection that is not known
		w.drop(h, trace.NATNoSession)
	case w.p.Opens() || w.p.Protocol != packet.TCP:
		if after, ok = w.opensFrom(by, g.from, after); !ok {
			w.drop(h, trace.NATPortAllocation)
		}
	case w.p.Flags&packet.SYN != 0: // the answer to a call that did not come this way
		w.drop(h, trace.NATNoSession)
	default:
		w.drop(h, trace.NATIdleTimeout)
		w.reset(g)
	}
	return after, ok
}

// opensFrom lets a NAT gateway send on a packet of a new connection, from the first of its addresses that has
// a port left for that destination (F4.213).
func (w *walker) opensFrom(by translator, from []netip.Addr, after packet.Packet) (packet.Packet, bool) {
	for _, a := range from {
		after.Src = a
		if sent, ok := w.opensBy(by, after); ok {
			return sent, true
		}
	}
	return after, false
}

// errorGoesOn finds how the translator sends on an ICMP error that is about an answer which it brought in:
// what the error quotes is rewritten as well. After is how it would send on another packet.
func (w *walker) errorGoesOn(t translator, after packet.Packet) (packet.Packet, bool) {
	if !w.p.IsError() {
		return after, false
	}
	inside := quoted(w.p).reversed()
	outside, ok := w.conn.leftAs(t.at, inside)
	if !ok && w.past != nil {
		if f := w.past.flows[key{by: byTranslator, at: t.at, tuple: inside}]; f != nil {
			outside, ok = f.outside, true
		}
	}
	if !ok {
		return after, false
	}
	w.by = t.at
	after.Src = addrOf(outside.src)
	after.Quoted.Dst, after.Quoted.Protocol = after.Src, outside.protocol
	if outside.protocol.IsICMP() {
		after.Quoted.SrcPort = outside.srcPort
	} else {
		after.Quoted.DstPort = outside.srcPort
	}
	return after, true
}

// refusedBy drops what a NAT gateway does not bring in, though it knows the connection (F4.214).
func (w *walker) refusedBy(g *gateway.NAT, h hop) bool {
	refusal := g.Carries(w.p)
	if refusal == gateway.Forwards {
		return false
	}
	w.drop(h, refusalCode(refusal, trace.ProtocolRestriction))
	return true
}

// reset lets a NAT gateway answer a segment of a connection that it does not know (F4.212).
func (w *walker) reset(g natGateway) {
	if w.p.Flags&packet.RST != 0 {
		return
	}
	rst := w.p
	rst.Src, rst.Dst, rst.SrcPort, rst.DstPort = w.p.Dst, w.p.Src, w.p.DstPort, w.p.SrcPort
	rst.Flags, rst.Length = packet.RST, 0
	w.back(answer{p: rst, from: g.eni, of: g.regional})
}

// forward sends on what is not for e, with its source rewritten where e masquerades (F4.301, F4.302).
// Fragments of every protocol are sent on (F4.303).
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
	sent, ok := w.errorGoesOn(by, after)
	if !ok {
		sent, ok = w.goesOn(by, after)
	}
	if !ok && w.p.IsError() { // about a connection that is not known
		w.drop(h, trace.NATNoSession)
		return
	}
	if !ok {
		if sent, ok = w.opensBy(by, after); !ok {
			w.drop(h, trace.NATPortAllocation)
			return
		}
	}
	w.rewrite(h, sent)
	w.leave(e)
}
