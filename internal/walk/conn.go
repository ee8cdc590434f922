package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
)

// maxVisits bounds how often one packet may leave an interface: a network that sends it round and round
// ends in a code of its own.
const maxVisits = 12

// Conn is what one connection has left behind in the controls that keep state: what its reply can rely on.
// The zero Conn is that of a connection that was never opened.
type Conn struct {
	tracked  [2 * maxVisits]sighting // by the groups of each interface, one each way (F5.010)
	nTracked int

	translated  [maxVisits]translation // by NAT gateways and NAT instances
	nTranslated int

	egressOnly *VPC // it left through this VPC's egress-only gateway (F4.101)
	toSender   returnToSender
}

// sighting is a packet as it crossed an interface.
type sighting struct {
	at *Interface
	p  packet.Packet
}

// translation is a packet before and after an interface rewrote its source.
type translation struct {
	at            *Interface
	before, after packet.Packet
}

// returnToSender is the peering by which a NAT gateway's packet came in: the answer goes back by it,
// whatever the routes say (F4.210).
type returnToSender struct {
	by   *peering.Connection
	in   *VPC // where the answer starts
	back *VPC // where it leads
	nat  netip.Addr
}

// track remembers that the groups of e let p by. Beyond the bound there is nothing to remember: the walk ends.
func (c *Conn) track(e *Interface, p packet.Packet) {
	if c.nTracked < len(c.tracked) {
		c.tracked[c.nTracked] = sighting{e, p}
		c.nTracked++
	}
}

// knows reports whether p answers a packet that the groups of e let by. It is tied to that
// interface (F5.209).
func (c *Conn) knows(e *Interface, p packet.Packet) bool {
	for i := range c.tracked[:c.nTracked] {
		if c.tracked[i].at == e && answers(p, c.tracked[i].p) {
			return true
		}
	}
	return false
}

// translate remembers that e rewrote a packet.
func (c *Conn) translate(e *Interface, before, after packet.Packet) {
	if c.nTranslated < len(c.translated) {
		c.translated[c.nTranslated] = translation{e, before, after}
		c.nTranslated++
	}
}

// restore gives the packet that p, an answer to one that e rewrote, stands for inside.
func (c *Conn) restore(e *Interface, p packet.Packet) (packet.Packet, bool) {
	for i := range c.translated[:c.nTranslated] {
		if t := &c.translated[i]; t.at == e && answers(p, t.after) {
			p.Dst, p.DstPort = t.before.Src, t.before.SrcPort
			return p, true
		}
	}
	return p, false
}

// answers reports whether p has the five-tuple of an answer to q. ICMP has no ports: its type says
// whether it answers.
func answers(p, q packet.Packet) bool {
	if p.Protocol.IsICMP() {
		reply, ok := q.Reply()
		return ok && p.Protocol == q.Protocol && p.Src == q.Dst && p.Dst == q.Src && p.ICMPType == reply.ICMPType
	}
	return p.Protocol == q.Protocol && p.Src == q.Dst && p.Dst == q.Src &&
		p.SrcPort == q.DstPort && p.DstPort == q.SrcPort
}
