package packetwalk_test

import (
	"net/netip"
	"slices"
	"time"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// This file is a slow, plain model of what a session remembers: lists that are searched from end to end, each
// connection with all the packets that it ever saw. It is written from the facts, and shares no code with the
// walk.

// seen is a packet as a connection remembers it.
type seen struct {
	byOpener bool
	flags    packet.Flags
}

// remembered is a connection that one control remembers: the opener's side of it, and all that was said.
type remembered struct {
	at       string           // the interface, or the gateway
	dir      packet.Direction // groups: of the packet that opened it
	opened   packet.Packet    // what opened it, as it was there
	outside  packet.Packet    // translators: the same as it left
	said     []seen
	last     time.Duration
	timeouts slowTimeouts
}

// slowTimeouts are the timeouts of a control.
type slowTimeouts struct{ tcp, opening, udp, stream, icmp, other time.Duration }

var (
	slowGroups = slowTimeouts{432000 * time.Second, 120 * time.Second, 30 * time.Second, 180 * time.Second, 30 * time.Second, 600 * time.Second} // F5.206, F5.207
	slowShort  = slowTimeouts{350 * time.Second, 120 * time.Second, 60 * time.Second, 60 * time.Second, 30 * time.Second, 600 * time.Second}
	slowNAT    = slowTimeouts{350 * time.Second, 350 * time.Second, 350 * time.Second, 350 * time.Second, 350 * time.Second, 350 * time.Second} // F4.212
)

// opensTCP reports whether these are the flags of a first segment.
func opensTCP(f packet.Flags) bool {
	return f == 0 || f&packet.SYN != 0 && f&(packet.ACK|packet.RST) == 0
}

// opensSlow reports whether a packet can be the first of a connection.
func opensSlow(p packet.Packet) bool {
	switch {
	case p.Protocol == packet.TCP:
		return opensTCP(p.Flags)
	case isErrorSlow(p):
		return false
	case p.Protocol == packet.ICMP:
		return p.ICMPType == packet.ICMPEchoRequest
	case p.Protocol == packet.ICMPv6:
		return p.ICMPType == packet.ICMPv6EchoRequest
	}
	return true
}

func isErrorSlow(p packet.Packet) bool { return p.Quoted.Dst.IsValid() }

// fins finds who has closed: the opener, the other end, and who was the last of them.
func (c *remembered) fins() (opener, other, lastByOpener bool) {
	for _, s := range c.said {
		if s.flags&packet.FIN != 0 && c.opened.Protocol == packet.TCP {
			opener, other, lastByOpener = opener || s.byOpener, other || !s.byOpener, s.byOpener
		}
	}
	return opener, other, lastByOpener
}

// over reports whether the last packet ended the connection: a reset, or the ACK of the last of two FINs
// (F1.511).
func (c *remembered) over() bool {
	if c.opened.Protocol != packet.TCP {
		return false
	}
	last := c.said[len(c.said)-1]
	if last.flags&packet.RST != 0 {
		return true
	}
	opener, other, lastByOpener := c.fins()
	return opener && other && last.flags&packet.FIN == 0 && last.flags&packet.ACK != 0 && last.byOpener != lastByOpener
}

// idle is after how long it is forgotten, by all that it has seen (F5.206, F5.207).
func (c *remembered) idle() time.Duration {
	switch t := c.timeouts; c.opened.Protocol {
	case packet.TCP:
		if opener, other, _ := c.fins(); opener || other || !c.shook() {
			return t.opening
		}
		return t.tcp
	case packet.UDP:
		if c.transactions() > 1 {
			return t.stream
		}
		return t.udp
	case packet.ICMP, packet.ICMPv6:
		return t.icmp
	default:
		return t.other
	}
}

// shook reports whether a handshake was seen to its end; what was picked up in the middle has had one.
func (c *remembered) shook() bool {
	if !opensTCP(c.said[0].flags) {
		return true
	}
	answered := false
	for _, s := range c.said[1:] {
		switch {
		case !s.byOpener && s.flags&packet.SYN != 0 && s.flags&packet.ACK != 0:
			answered = true
		case s.byOpener && answered && s.flags&packet.SYN == 0:
			return true
		}
	}
	return false
}

// transactions counts the requests that were answered.
func (c *remembered) transactions() (n int) {
	for i := range c.said {
		if i > 0 && !c.said[i].byOpener && c.said[i-1].byOpener {
			n++
		}
	}
	return n
}

// goesOn reports whether p is a packet of the opener's of a connection that was opened as first; answersSlow
// whether it is one of the other end's.
func goesOn(p, first packet.Packet) bool {
	return p.Src == first.Src && p.Dst == first.Dst && p.Protocol == first.Protocol && p.SrcPort == first.SrcPort &&
		p.DstPort == first.DstPort && p.ICMPID == first.ICMPID && p.ICMPType == first.ICMPType
}

func answersSlow(p, first packet.Packet) bool {
	if p.Protocol.IsICMP() {
		reply, ok := first.Reply()
		if !ok || p.ICMPType != reply.ICMPType {
			return false
		}
	}
	return p.Src == first.Dst && p.Dst == first.Src && p.Protocol == first.Protocol && p.SrcPort == first.DstPort &&
		p.DstPort == first.SrcPort && p.ICMPID == first.ICMPID
}

// quotes reports whether an ICMP error is about a packet with the addresses and ports of q.
func quotes(p, q packet.Packet) bool {
	id := q.SrcPort
	if q.Protocol.IsICMP() {
		id = q.ICMPID
	}
	return isErrorSlow(p) && p.Dst == q.Src && p.Quoted.Dst == q.Dst && p.Quoted.Protocol == q.Protocol &&
		p.Quoted.SrcPort == id && p.Quoted.DstPort == q.DstPort
}

// swapped is q the other way round.
func swapped(q packet.Packet) packet.Packet {
	q.Src, q.Dst, q.SrcPort, q.DstPort = q.Dst, q.Src, q.DstPort, q.SrcPort
	return q
}

// slowSession is a session of the modelled network.
type slowSession struct {
	slowNet
	now        time.Duration
	tracked    []*remembered // by groups
	translated []*remembered // by the NAT gateway and the NAT instance
	left       []*remembered // by the egress-only gateway
	rst        bool          // the NAT gateway sent a reset back
}

// live is how many connections are remembered.
func (m *slowSession) live() int { return len(m.tracked) + len(m.translated) + len(m.left) }

// lists are all that is remembered.
func (m *slowSession) lists() []*[]*remembered {
	return []*[]*remembered{&m.tracked, &m.translated, &m.left}
}

func (m *slowSession) forget(gone func(*remembered) bool) {
	for _, l := range m.lists() {
		*l = slices.DeleteFunc(*l, gone)
	}
}

func (m *slowSession) advance(d time.Duration) {
	m.now += max(d, 0)
	m.forget(func(c *remembered) bool { return m.now-c.last >= c.idle() })
}

// apply puts another network in the place of the one that was: what remembers and is gone has forgotten.
func (m *slowSession) apply(n slowNet) {
	m.slowNet = n
	m.forget(func(c *remembered) bool { return c.at == "two" && !n.two || c.at == "eigw" && !n.eigw })
}

// note takes note of a packet of a connection.
func (m *slowSession) note(c *remembered, p packet.Packet, byOpener bool) {
	if isErrorSlow(p) {
		return
	}
	c.said, c.last = append(c.said, seen{byOpener, p.Flags}), m.now
	if c.over() {
		m.forget(func(o *remembered) bool { return o == c })
	}
}

// replaced reports whether p opens another connection in the place of c, which both ends have closed
// (F1.511).
func (m *slowSession) replaced(c *remembered, p packet.Packet) bool {
	opener, other, _ := c.fins()
	if !opener || !other || p.Flags&(packet.SYN|packet.ACK|packet.RST) != packet.SYN {
		return false
	}
	m.forget(func(o *remembered) bool { return o == c })
	return true
}

func (m *slowSession) add(list *[]*remembered, c *remembered, p packet.Packet) {
	*list = append(*list, c)
	m.note(c, p, true)
}

// groups asks the groups of an interface (F5.001, F5.010, F5.201). Always: the way has everything tracked
// (F5.203).
func (m *slowSession) groups(at string, dir packet.Direction, p packet.Packet, always bool) trace.Code {
	for _, c := range slices.Clone(m.tracked) {
		if c.at != at {
			continue
		}
		same := c.dir == dir
		switch {
		case same && goesOn(p, c.opened), !same && answersSlow(p, c.opened):
			if m.replaced(c, p) {
				continue
			}
			m.note(c, p, same)
			return trace.NoCode
		case !same && quotes(p, c.opened), same && quotes(p, swapped(c.opened)):
			return trace.NoCode
		}
	}
	rules := m.rulesOf(at)
	i := slices.IndexFunc(rules, func(r slowRule) bool { return r.dir == dir && r.allows(p) })
	if i < 0 {
		if slices.ContainsFunc(rules, func(r slowRule) bool { return r.dir == dir }) {
			return trace.ENISGRulesMismatch
		}
		return trace.SGHasNoRules
	}
	openBack := slices.ContainsFunc(rules, func(r slowRule) bool { return r.dir != dir && r.open(p) && r.proto == 0 })
	untracked := rules[i].open(p) && openBack && p.Protocol.HasPorts() || answersOpen(rules, dir, p)
	if (!untracked || always) && opensSlow(p) {
		m.add(&m.tracked, &remembered{at: at, dir: dir, opened: p, timeouts: m.timeoutsOf(at)}, p)
	}
	return trace.NoCode
}

// answersOpen reports whether a UDP packet, which does not say so itself, is the answer of a connection that
// a rule for all has let by without tracking it: its response is judged by the rules and begins nothing
// (F5.201).
func answersOpen(rules []slowRule, dir packet.Direction, p packet.Packet) bool {
	request := swapped(p)
	i := slices.IndexFunc(rules, func(r slowRule) bool { return r.dir != dir && r.allows(request) })
	openBack := slices.ContainsFunc(rules, func(r slowRule) bool { return r.dir == dir && r.open(p) && r.proto == 0 })
	return p.Protocol == packet.UDP && i >= 0 && rules[i].open(request) && openBack
}

// slowRule is a rule of a group; a zero protocol or port is all.
type slowRule struct {
	dir   packet.Direction
	proto packet.Protocol
	port  uint16
	peer  netip.Prefix
}

func (r slowRule) open(p packet.Packet) bool { return r.peer.Bits() == 0 && r.peer.Contains(p.Dst) }

func (r slowRule) allows(p packet.Packet) bool {
	peer := p.Src
	if r.dir == packet.Egress {
		peer = p.Dst
	}
	return (r.proto == 0 || r.proto == p.Protocol) && (r.port == 0 || r.port == p.DstPort) && r.peer.Contains(peer)
}

// translates finds as what a translator sends a packet from inside on, and opens a connection where it may
// (F4.204). Sent is what the session made of it: which free port it takes is not for the model to say.
func (m *slowSession) translates(at string, p packet.Packet, sent *packet.Packet, t slowTimeouts) (ok bool) {
	for _, c := range slices.Clone(m.translated) {
		switch {
		case c.at != at:
		case goesOn(p, c.opened):
			if m.replaced(c, p) {
				continue
			}
			m.note(c, p, true)
			sent.SrcPort, sent.ICMPID = c.outside.SrcPort, c.outside.ICMPID
			return true
		case quotes(p, swapped(c.opened)):
			return true
		}
	}
	switch {
	case isErrorSlow(p):
		return false
	case at == "nat" && p.Protocol == packet.TCP && !opensSlow(p):
		return false
	}
	out := p
	out.Src, out.SrcPort, out.ICMPID = sent.Src, sent.SrcPort, sent.ICMPID
	m.add(&m.translated, &remembered{at: at, opened: p, outside: out, timeouts: t}, p)
	return true
}

// taken reports whether another connection has the outside of a packet that a translator sent on.
func (m *slowSession) taken(at string, out packet.Packet, inside packet.Packet) bool {
	return slices.ContainsFunc(m.translated, func(c *remembered) bool {
		return c.at == at && goesOn(out, c.outside) && !goesOn(inside, c.opened)
	})
}

// restores finds whom inside a packet is for, that comes to a translator.
func (m *slowSession) restores(at string, p packet.Packet) (inside packet.Packet, ok bool) {
	for _, c := range slices.Clone(m.translated) {
		if c.at != at || !answersSlow(p, c.outside) && !quotes(p, c.outside) {
			continue
		}
		if m.replaced(c, p) {
			continue
		}
		m.note(c, p, false)
		p.Dst = c.opened.Src
		switch {
		case isErrorSlow(p) && c.opened.Protocol.IsICMP():
			p.Quoted.SrcPort = c.opened.ICMPID
		case isErrorSlow(p):
			p.Quoted.SrcPort = c.opened.SrcPort
		default:
			p.DstPort, p.ICMPID = c.opened.SrcPort, c.opened.ICMPID
		}
		return p, true
	}
	return p, false
}
