package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
)

// tuple is what tells one connection from another, in the direction of who opened it: addresses, ports and
// protocol, of ICMP the type and the identifier of the request. Protocols without ports are told apart by
// their addresses alone (F5.206). It has no pointers and is a key of maps.
type tuple struct {
	src, dst         [16]byte
	srcPort, dstPort uint16 // of ICMP srcPort is the identifier
	protocol         packet.Protocol
	icmp             uint8
}

// noRequest stands for the request of an ICMP message that answers none.
const noRequest = 255

// opening is the tuple of the connection that p opens, or goes on with.
func opening(p packet.Packet) tuple {
	t := tuple{src: p.Src.As16(), dst: p.Dst.As16(), srcPort: p.SrcPort, dstPort: p.DstPort, protocol: p.Protocol}
	if p.Protocol.IsICMP() {
		t.srcPort, t.dstPort, t.icmp = p.ICMPID, 0, p.ICMPType
	}
	return t
}

// answering is the tuple of the connection that p answers.
func answering(p packet.Packet) tuple {
	t := tuple{src: p.Dst.As16(), dst: p.Src.As16(), srcPort: p.DstPort, dstPort: p.SrcPort, protocol: p.Protocol}
	if p.Protocol.IsICMP() {
		t.srcPort, t.dstPort, t.icmp = p.ICMPID, 0, noRequest
		if request, ok := p.RequestType(); ok {
			t.icmp = request
		}
	}
	return t
}

// quoted is the tuple of the packet that an ICMP error is about, in that packet's direction.
func quoted(p packet.Packet) tuple {
	q := p.Quoted
	t := tuple{src: p.Dst.As16(), dst: q.Dst.As16(), srcPort: q.SrcPort, dstPort: q.DstPort, protocol: q.Protocol}
	if q.Protocol.IsICMP() {
		t.dstPort, t.icmp = 0, q.Protocol.EchoRequest() // of pings only
	}
	return t
}

// reversed is the tuple of the same connection, had the other end opened it.
func (t tuple) reversed() tuple {
	t.src, t.dst = t.dst, t.src
	if !t.protocol.IsICMP() {
		t.srcPort, t.dstPort = t.dstPort, t.srcPort
	}
	return t
}

// answers reports whether p has the tuple of an answer to q.
func answers(p, q packet.Packet) bool { return answering(p) == opening(q) }

// outward is p as it leaves as this tuple.
func (t tuple) outward(p packet.Packet) packet.Packet {
	p.Src = addrOf(t.src)
	if p.Protocol.IsICMP() {
		p.ICMPID = t.srcPort
	} else {
		p.SrcPort = t.srcPort
	}
	return p
}

// inward is p as it goes on to who is inside: p answers what left as another tuple, or is an ICMP error about
// it. Who is inside may speak IPv6 where p is IPv4 (F4.215); ok is false where ICMPv6 has no word for p.
func (t tuple) inward(p packet.Packet) (sent packet.Packet, ok bool) {
	inside := addrOf(t.src)
	if inside.Is6() && !p.Is6() {
		if p, ok = gateway.ToIPv6(p, inside); !ok {
			return p, false
		}
	}
	p.Dst = inside
	switch {
	case p.IsError():
		p.Quoted = packet.Quote{Dst: addrOf(t.dst), SrcPort: t.srcPort, DstPort: t.dstPort, Protocol: t.protocol}
		return p, true
	case t.protocol.IsICMP():
		p.ICMPID = t.srcPort
	default:
		p.DstPort = t.srcPort
	}
	return p, true
}

// addrOf is an end of a tuple.
func addrOf(end [16]byte) netip.Addr { return netip.AddrFrom16(end).Unmap() }
