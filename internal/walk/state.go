package walk

import (
	"github.com/packetwalk/packetwalk/packet"
)

// This file is what the walk asks of state, and what it leaves there. There are two kinds: what this very
// connection has left behind (Conn), and what the network remembers of the past (Memory), which a walk
// without a session does not have. Only what really happened goes to the memory: nothing does once the packet
// was dropped.

// remembers reports whether what happens now is to be remembered.
func (w *walker) remembers() bool { return w.past != nil && !w.dropped }

// look finds a connection in the memory, and takes note of the packet. One that both ends have closed is not
// found by what opens another one in its place: that is for the rules to let by (F1.511).
func (w *walker) look(k key, fromOpener bool) *flow {
	f := w.past.flows[k]
	switch {
	case f == nil:
	case w.replaces(f):
		if !w.dropped {
			w.past.forget(f)
		}
		return nil
	case !w.dropped:
		w.past.see(f, w.p, fromOpener)
	}
	return f
}

// replaces reports whether the packet opens another connection in the place of one that both ends have
// closed.
func (w *walker) replaces(f *flow) bool {
	return f.life.closed() && w.p.Protocol == packet.TCP && w.p.Flags&(packet.SYN|packet.ACK|packet.RST) == packet.SYN
}

// knows reports whether the groups of e track the connection of the packet that crosses it in direction d: it
// goes on with one that was let by this way, answers one that was let by the other way (F5.010), or is an
// ICMP error about either. They take note of the packet: ask once.
func (w *walker) knows(e *Interface, d packet.Direction) bool {
	if w.past == nil {
		return w.conn.knows(e, d, w.p)
	}
	mine, other := w.keysAt(e, d)
	return w.look(mine, true) != nil || w.look(other, false) != nil || w.conn.knows(e, d, w.p)
}

// willKnow is what knows will say, of which nobody takes note.
func (w *walker) willKnow(e *Interface, d packet.Direction) bool {
	if w.past != nil {
		mine, other := w.keysAt(e, d)
		for _, k := range [...]key{mine, other} {
			if f := w.past.flows[k]; f != nil && !w.replaces(f) {
				return true
			}
		}
	}
	return w.conn.knows(e, d, w.p)
}

// keysAt are those under which the groups of e would have the connection of the packet: let by as the packet
// goes, and let by the other way. An ICMP error belongs to the connection of what it is about.
func (w *walker) keysAt(e *Interface, d packet.Direction) (mine, other key) {
	mine, other = key{by: byGroups, in: d, at: e.Place}, key{by: byGroups, in: d.Opposite(), at: e.Place}
	if w.p.IsError() {
		other.tuple = quoted(w.p)
		mine.tuple = other.tuple.reversed()
		return mine, other
	}
	mine.tuple, other.tuple = opening(w.p), answering(w.p)
	return mine, other
}

// track remembers that the groups of e let the packet by. What opens nothing, as a TCP segment in the middle
// of a connection that is not known, passes by the rules and is not tracked.
func (w *walker) track(e *Interface, d packet.Direction) {
	if !w.p.Opens() {
		return
	}
	w.conn.track(e, d, w.p)
	if w.remembers() {
		k := key{by: byGroups, in: d, at: e.Place, tuple: opening(w.p)}
		w.past.add(&flow{keys: []key{k}, limits: e.Timeouts}, w.p)
	}
}

// translator rewrites the source of what leaves by it, and remembers for whom: a NAT gateway or a NAT
// instance.
type translator struct {
	at     uint32 // its place
	limits *timeouts
	room   int // connections to one destination, port and protocol
}

// goesOn finds how the translator sends the packet on, where it knows its connection. After is how it would
// send on a new one.
func (w *walker) goesOn(t translator, after packet.Packet) (packet.Packet, bool) {
	if w.past == nil {
		return after, false
	}
	f := w.look(key{by: byTranslator, at: t.at, tuple: opening(w.p)}, true)
	if f == nil {
		return after, false
	}
	w.by = t.at
	w.conn.translate(t.at, f.inside, f.outside)
	return f.outside.outward(after), true
}

// opensBy lets the translator send on a packet of a new connection as after, from another port where that one
// is taken. It is false where it has no port left.
func (w *walker) opensBy(t translator, after packet.Packet) (packet.Packet, bool) {
	inside, outside := opening(w.p), opening(after)
	if w.remembers() {
		var free bool
		if outside, free = w.past.takePort(t.at, outside, t.room); !free {
			return after, false
		}
		w.past.add(&flow{
			keys:   []key{{by: byTranslator, at: t.at, tuple: inside}, {by: byOutside, at: t.at, tuple: outside}},
			limits: t.limits, inside: inside, outside: outside, ports: setOf(t.at, outside),
		}, w.p)
	}
	w.by = t.at
	w.conn.translate(t.at, inside, outside)
	return outside.outward(after), true
}

// comesBack finds whom inside the packet is for, where it answers a connection that left by the translator at
// a place, or is an ICMP error about one.
func (w *walker) comesBack(at uint32) (packet.Packet, bool) {
	if w.by == at {
		return w.p, false
	}
	answer := answering(w.p)
	if w.p.IsError() {
		answer = quoted(w.p)
	}
	if w.past != nil {
		if f := w.look(key{by: byOutside, at: at, tuple: answer}, false); f != nil {
			return f.inside.inward(w.p)
		}
	}
	inside, ok := w.conn.restore(at, answer)
	if !ok {
		return w.p, false
	}
	return inside.inward(w.p)
}

// leftBy reports whether the egress-only gateway of v knows the connection of a packet that leaves by it.
func (w *walker) leftBy(v *VPC) bool {
	if w.past == nil {
		return false
	}
	k := key{by: byEgressOnly, at: v.EgressPlace, tuple: opening(w.p)}
	if w.p.IsError() {
		k.tuple = quoted(w.p).reversed() // about an answer
	}
	return w.look(k, true) != nil
}

// leavesBy remembers that the packet opened a connection by the egress-only gateway of v.
func (w *walker) leavesBy(v *VPC) {
	w.conn.egressOnly, w.conn.left = v, opening(w.p)
	if w.remembers() {
		k := key{by: byEgressOnly, at: v.EgressPlace, tuple: opening(w.p)}
		w.past.add(&flow{keys: []key{k}, limits: &ofNATGateway}, w.p)
	}
}

// returnsBy reports whether the packet answers what left by the egress-only gateway of v, or is an ICMP error
// about that.
func (w *walker) returnsBy(v *VPC) bool {
	answer := answering(w.p)
	if w.p.IsError() {
		answer = quoted(w.p)
	}
	if w.conn.egressOnly == v && w.conn.left == answer {
		return true
	}
	return w.past != nil && w.look(key{by: byEgressOnly, at: v.EgressPlace, tuple: answer}, false) != nil
}

// comesInBy remembers the peering by which a NAT gateway's connection comes into a VPC (F4.210).
func (w *walker) comesInBy(back returnToSender) {
	w.conn.toSender = back
	if !w.remembers() || w.p.IsError() {
		return
	}
	k := key{by: byPeering, at: back.in.Place, tuple: back.tuple}
	if f := w.past.flows[k]; f != nil && f.peering == back.by.ID && w.look(k, true) != nil {
		return
	}
	w.past.add(&flow{keys: []key{k}, limits: &ofNATGateway, peering: back.by.ID, back: back.back.Place}, w.p)
}

// goesBackBy takes note of an answer that goes back by a peering to a NAT gateway: as long as there are
// answers the connection is alive.
func (w *walker) goesBackBy(back returnToSender) {
	if w.past != nil {
		w.look(key{by: byPeering, at: back.in.Place, tuple: back.tuple}, false)
	}
}

// wayBack is the peering by which an answer from v to a NAT gateway goes, or an ICMP error about what came
// from it.
func (w *walker) wayBack(v *VPC) (returnToSender, bool) {
	answer := answering(w.p)
	if w.p.IsError() {
		answer = quoted(w.p)
	}
	if back := &w.conn.toSender; back.by != nil && back.in == v && back.tuple == answer {
		return *back, true
	}
	if w.past == nil {
		return returnToSender{}, false
	}
	f := w.past.flows[key{by: byPeering, at: v.Place, tuple: answer}]
	if f == nil {
		return returnToSender{}, false
	}
	back := returnToSender{by: w.world.Peerings[f.peering], in: v, tuple: answer}
	for _, other := range w.world.VPCs {
		if other.Place == f.back {
			back.back = other
		}
	}
	return back, back.by.Active() && back.back != nil
}
