package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
)

// maxVisits bounds how often one packet may leave an interface: a network that sends it round and round
// ends in a code of its own.
const maxVisits = 12

// Conn is what one connection has left behind in the controls that keep state: what its reply can rely on. It
// holds also what lies past a control that said no, as if it had said yes. The zero Conn is that of a
// connection that was never opened.
type Conn struct {
	tracked  [2 * maxVisits]sighting // by the groups of each interface, one each way (F5.010)
	nTracked int

	translated  [maxVisits]translation // by NAT gateways and NAT instances
	nTranslated int

	egressOnly *VPC  // it left through this VPC's egress-only gateway (F4.101)
	left       tuple // as this
	toSender   returnToSender
}

// sighting is a connection as it crossed an interface.
type sighting struct {
	at *Interface
	in packet.Direction
	tuple
}

// translation is a connection on both sides of what rewrote it, at the place of that. It came in at a place
// that is another one before a load balancer: that of the endpoint.
type translation struct {
	at, from        uint32
	inside, outside tuple
}

// returnToSender is the peering by which a NAT gateway's connection came in: the answer goes back by it,
// whatever the routes say (F4.210).
type returnToSender struct {
	by   *peering.Connection
	in   *VPC // where the answer starts
	back *VPC // where it leads
	tuple
}

// track remembers that the groups of e let p by. Beyond the bound there is nothing to remember: the walk
// ends.
func (c *Conn) track(e *Interface, d packet.Direction, p packet.Packet) {
	if c.nTracked < len(c.tracked) {
		c.tracked[c.nTracked] = sighting{e, d, opening(p)}
		c.nTracked++
	}
}

// knows reports whether p answers a packet that the groups of e let by the other way. It is tied to that
// interface (F5.209).
func (c *Conn) knows(e *Interface, d packet.Direction, p packet.Packet) bool {
	if c.nTracked == 0 {
		return false
	}
	answer := answering(p)
	if p.IsError() {
		answer = quoted(p)
	}
	for i := range c.tracked[:c.nTracked] {
		if s := &c.tracked[i]; s.at == e && s.in != d && s.tuple == answer {
			return true
		}
	}
	return false
}

// translate remembers that what is at that place rewrote a packet.
func (c *Conn) translate(at uint32, inside, outside tuple) { c.translateFrom(at, at, inside, outside) }

// translateFrom is translate of a packet that came in at another place.
func (c *Conn) translateFrom(from, at uint32, inside, outside tuple) {
	if c.nTranslated < len(c.translated) {
		c.translated[c.nTranslated] = translation{at, from, inside, outside}
		c.nTranslated++
	}
}

// leftAs finds as what a packet left the place that it came to from inside.
func (c *Conn) leftAs(at uint32, inside tuple) (outside tuple, ok bool) {
	for i := range c.translated[:c.nTranslated] {
		if t := &c.translated[i]; t.at == at && t.inside == inside {
			return t.outside, true
		}
	}
	return tuple{}, false
}

// restore finds what an answer to a rewritten packet stands for inside.
func (c *Conn) restore(at uint32, answer tuple) (inside tuple, ok bool) {
	inside, _, ok = c.restoreFrom(at, answer)
	return inside, ok
}

// restoreFrom is restore, and tells the place where the packet came in.
func (c *Conn) restoreFrom(at uint32, answer tuple) (inside tuple, from uint32, ok bool) {
	for i := range c.translated[:c.nTranslated] {
		if t := &c.translated[i]; t.at == at && t.outside == answer {
			return t.inside, t.from, true
		}
	}
	return tuple{}, 0, false
}
