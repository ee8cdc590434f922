package walk

import (
	"net/netip"
	"time"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/packet"
)

const (
	// balancerIdle is how long a load balancer remembers a connection that is idle (F7.115), TCP or UDP.
	balancerIdle = 350 * time.Second

	// balancerConnections is how many connections an interface of a load balancer has to one target and port,
	// as we assume: as many as a NAT gateway's address (F4.213).
	balancerConnections = natConnections
)

var ofBalancer = timeouts{balancerIdle, balancerIdle, balancerIdle, balancerIdle, balancerIdle, balancerIdle}

// A load balancer remembers a connection under two keys: as the client opened it, at the place where that
// came in, and as it was opened towards the target, at its own. Two consumers with the same addresses stay
// apart so (F7.204): each came in by an endpoint of its own.

// goesOnToServer finds how the load balancer at e sends a packet on, where it knows its connection.
func (w *walker) goesOnToServer(e, from *Interface) (packet.Packet, bool) {
	if w.past == nil {
		return w.p, false
	}
	f := w.look(key{by: byTranslator, at: from.Place, tuple: opening(w.p)}, true)
	if f == nil || f.keys[1].at != e.Place {
		return w.p, false
	}
	w.by = e.Place
	w.conn.translateFrom(from.Place, e.Place, f.inside, f.outside)
	return f.outside.same(w.p), true
}

// opensToServer lets the load balancer at e open a connection as after, from another port where that one is
// taken. It is false where it has no port left.
func (w *walker) opensToServer(e, from *Interface, after packet.Packet) (packet.Packet, bool) {
	inside, outside := opening(w.p), opening(after)
	if w.remembers() {
		var free bool
		if outside, free = w.past.takePort(e.Place, outside, balancerConnections); !free {
			return after, false
		}
		w.past.add(&flow{
			keys:   []key{{by: byTranslator, at: from.Place, tuple: inside}, {by: byOutside, at: e.Place, tuple: outside}},
			limits: &ofBalancer, inside: inside, outside: outside, ports: setOf(e.Place, outside),
		}, w.p)
	}
	w.by = e.Place
	w.conn.translateFrom(from.Place, e.Place, inside, outside)
	return outside.same(after), true
}

// answersServer finds the client's connection, and the place where it came in, where the packet answers what
// the load balancer at e opened towards a target, or is an ICMP error about it.
func (w *walker) answersServer(e *Interface) (inside tuple, from uint32, ok bool) {
	answer := answering(w.p)
	if w.p.IsError() {
		answer = quoted(w.p)
	}
	if w.past != nil {
		if f := w.look(key{by: byOutside, at: e.Place, tuple: answer}, false); f != nil {
			return f.inside, f.keys[0].at, true
		}
	}
	return w.conn.restoreFrom(e.Place, answer)
}

// same is p in the direction of who opened the connection, as this tuple. Only TCP and UDP come to a load
// balancer.
func (t tuple) same(p packet.Packet) packet.Packet {
	return elb.Carry(p, netip.AddrPortFrom(addrOf(t.src), t.srcPort), netip.AddrPortFrom(addrOf(t.dst), t.dstPort))
}

// answer is p as the answer to this tuple.
func (t tuple) answer(p packet.Packet) packet.Packet { return t.reversed().same(p) }
