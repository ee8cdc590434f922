package gateway

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// NAT64Prefix is where IPv6 has a place for every IPv4 address: in the last 32 bits. A NAT gateway leads from
// there to IPv4 (F4.215), and DNS64 answers with such addresses (F4.217).
var NAT64Prefix = netip.MustParsePrefix("64:ff9b::/96")

// Synthesize gives the address in [NAT64Prefix] that stands for an IPv4 address (F4.217): 64:ff9b::cb00:710a
// for 203.0.113.10. It is the zero Addr for an address that is not IPv4.
func Synthesize(a netip.Addr) netip.Addr {
	a = a.Unmap()
	if !a.Is4() {
		return netip.Addr{}
	}
	out, last := NAT64Prefix.Addr().As16(), a.As4()
	copy(out[12:], last[:])
	return netip.AddrFrom16(out)
}

// Embedded gives the IPv4 address for which an address in [NAT64Prefix] stands: its last 32 bits (F4.215). ok
// is false for every other address.
func Embedded(a netip.Addr) (v4 netip.Addr, ok bool) {
	if !NAT64Prefix.Contains(a) {
		return netip.Addr{}, false
	}
	in := a.As16()
	return netip.AddrFrom4([4]byte(in[12:])), true
}

// headerGap is how much shorter a packet is over IPv4: 20 bytes of header for 40.
const headerGap = 20

// mayBeCutUp is up to which length a router may cut up over IPv4 what was IPv6 (RFC 7915, section 5.1).
const mayBeCutUp = 1260

// ToIPv4 gives an IPv6 packet as a NAT gateway sends it on over IPv4: for the address that its destination
// stands for (F4.215), ICMPv6 as ICMP. The source is the caller's to set, and what an ICMP error quotes. The
// types and codes of ICMP are those of RFC 7915, and so is DF: what is longer than 1260 bytes is not to be
// cut up, unless it was already. ok is false for a destination outside of [NAT64Prefix], and for ICMPv6 that
// ICMP has no word for: p then comes back as it was.
func ToIPv4(p packet.Packet) (sent packet.Packet, ok bool) {
	dst, ok := Embedded(p.Dst)
	if !ok || p.Protocol == packet.ICMP {
		return p, false
	}
	sent = p
	if p.Protocol == packet.ICMPv6 {
		sent.Protocol = packet.ICMP
		if sent.ICMPType, sent.ICMPCode, ok = icmp4(p.ICMPType, p.ICMPCode); !ok {
			return p, false
		}
	}
	sent.Dst = dst
	if p.Length > headerGap {
		sent.Length = p.Length - headerGap
	}
	sent.DontFragment = sent.Length > mayBeCutUp && !p.Fragment
	return sent, true
}

// ToIPv6 gives an IPv4 packet as a NAT gateway sends it on to an IPv6 host: from the address that stands for
// its source (F4.215), ICMP as ICMPv6. What an ICMP error quotes is the caller's to set. The types and codes
// of ICMPv6 are those of RFC 7915. ok is false for ICMP that ICMPv6 has no word for: p then comes back as it
// was.
func ToIPv6(p packet.Packet, host netip.Addr) (sent packet.Packet, ok bool) {
	sent = p
	if p.Protocol == packet.ICMP {
		sent.Protocol = packet.ICMPv6
		if sent.ICMPType, sent.ICMPCode, ok = icmp6(p.ICMPType, p.ICMPCode); !ok {
			return p, false
		}
	}
	sent.Src, sent.Dst = Synthesize(p.Src), host
	if p.Length != 0 {
		sent.Length = p.Length + headerGap
	}
	return sent, true
}

// The ICMP and ICMPv6 types of errors.
const (
	unreachable4, timeExceeded4, parameterProblem4      = 3, 11, 12
	unreachable6, tooBig6, timeExceeded6, paramProblem6 = 1, 2, 3, 4
)

// icmp4 is what ICMP says for ICMPv6 (RFC 7915, section 5.2).
func icmp4(typ, code uint8) (typ4, code4 uint8, ok bool) {
	switch typ {
	case packet.ICMPv6EchoRequest:
		return packet.ICMPEchoRequest, 0, true
	case packet.ICMPv6EchoReply:
		return packet.ICMPEchoReply, 0, true
	case unreachable6:
		switch code {
		case 1: // administratively prohibited
			return unreachable4, 10, true
		case 4: // port
			return unreachable4, 3, true
		}
		return unreachable4, 1, true
	case tooBig6:
		return unreachable4, 4, true
	case timeExceeded6:
		return timeExceeded4, code, true
	case paramProblem6:
		if code == 1 { // the next header
			return unreachable4, 2, true
		}
		return parameterProblem4, 0, code == 0
	}
	return 0, 0, false
}

// icmp6 is what ICMPv6 says for ICMP (RFC 7915, section 4.2).
func icmp6(typ, code uint8) (typ6, code6 uint8, ok bool) {
	switch typ {
	case packet.ICMPEchoRequest:
		return packet.ICMPv6EchoRequest, 0, true
	case packet.ICMPEchoReply:
		return packet.ICMPv6EchoReply, 0, true
	case unreachable4:
		switch code {
		case 2: // the protocol
			return paramProblem6, 1, true
		case 3: // the port
			return unreachable6, 4, true
		case 4: // fragmentation needed
			return tooBig6, 0, true
		case 9, 10, 13, 15: // prohibited
			return unreachable6, 1, true
		case 14:
			return 0, 0, false
		}
		return unreachable6, 0, true
	case timeExceeded4:
		return timeExceeded6, code, true
	case parameterProblem4:
		return paramProblem6, 0, code == 0 || code == 2
	}
	return 0, 0, false
}
