package packet

import "net/netip"

// Packet is the header of one packet: what ACLs, groups, routes and gateways look at.
//
// It is a small comparable value, so it can be a map key. The zero Packet has invalid
// addresses and is never sent. A field that the protocol does not have is zero.
type Packet struct {
	Src, Dst         netip.Addr
	SrcPort, DstPort uint16   // TCP and UDP; zero otherwise
	Protocol         Protocol // IANA number; zero is HOPOPT, a number like any other
	Flags            Flags    // TCP; zero means "not stated" and opens a connection
	ICMPType         uint8    // ICMP and ICMPv6
	ICMPCode         uint8    // ICMP and ICMPv6
	ICMPID           uint16   `json:",omitempty"` // identifier of an ICMP request and its answer, by which two pings differ
	Length           uint32   // whole packet in bytes; zero means the smallest that Protocol allows

	DontFragment bool  `json:",omitempty"` // IPv4's DF bit; IPv6 is never cut up on its way, whatever this says
	Fragment     bool  `json:",omitempty"` // one piece of a longer packet
	Quoted       Quote `json:",omitzero"`  // what an ICMP error is about; zero otherwise
}

// Quote is the packet that an ICMP error is about, as far as the error quotes it. Its source is whom the
// error goes to. The zero Quote is that of a packet that is no error.
type Quote struct {
	Dst              netip.Addr
	SrcPort, DstPort uint16 // of a ping SrcPort is its ICMPID
	Protocol         Protocol
}

// CanFragment reports whether a router may cut p up: IPv4 without DF.
func (p Packet) CanFragment() bool { return !p.Is6() && !p.DontFragment }

// IsError reports whether p is an ICMP error that quotes the packet it is about, such as destination
// unreachable, packet too big or time exceeded.
func (p Packet) IsError() bool {
	return p.Quoted.Dst.IsValid() && (p.Protocol == ICMP && icmpErrors[p.ICMPType] || p.Protocol == ICMPv6 && p.ICMPType < ICMPv6EchoRequest)
}

// TooBig gives the ICMP error with which a router at the address from answers p where p is too long for the
// way on and may not be cut up: destination unreachable, fragmentation needed (type 3, code 4), or packet too
// big (F6.022).
func (p Packet) TooBig(from netip.Addr) Packet {
	e := Packet{
		Src: from, Dst: p.Src, Protocol: ICMP, ICMPType: icmpUnreachable, ICMPCode: icmpFragmentationNeeded,
		Quoted: Quote{Dst: p.Dst, SrcPort: p.SrcPort, DstPort: p.DstPort, Protocol: p.Protocol},
	}
	if p.Protocol.IsICMP() {
		e.Quoted.SrcPort = p.ICMPID
	}
	if p.Is6() {
		e.Protocol, e.ICMPType, e.ICMPCode = ICMPv6, icmp6TooBig, 0
	}
	return e
}

// Header sizes in bytes, without options: the least that a packet of the protocol has.
const (
	sizeIPv4 = 20
	sizeIPv6 = 40
	sizeTCP  = 20
	sizeUDP  = 8
	sizeICMP = 8
)

// Is6 reports whether p is an IPv6 packet, judged by its destination. It is false for the zero
// Packet.
func (p Packet) Is6() bool { return p.Dst.Is6() && !p.Dst.Is4In6() }

// is4 reports whether p is an IPv4 packet. A packet without a destination is of neither family.
func (p Packet) is4() bool { return p.Dst.IsValid() && !p.Is6() }

// Size gives the length of the whole packet in bytes, IP header included: Length where it is
// stated, otherwise the smallest that the protocol allows (40 for TCP over IPv4, 60 over IPv6).
// A protocol other than TCP, UDP, ICMP and ICMPv6 counts as its IP header alone.
func (p Packet) Size() uint32 {
	if p.Length != 0 {
		return p.Length
	}
	size := uint32(sizeIPv4)
	if p.Is6() {
		size = sizeIPv6
	}
	switch p.Protocol {
	case TCP:
		size += sizeTCP
	case UDP:
		size += sizeUDP
	case ICMP, ICMPv6:
		size += sizeICMP
	}
	return size
}

// String gives p on one line, as tcpdump would: protocol, source, destination, and the TCP flags
// or the ICMP type where there are any. Length is not shown.
//
//	tcp 10.0.1.10:49152 > 10.1.1.10:5432 SYN
//	udp [2001:db8::1]:49152 > [2001:db8::2]:53
//	icmp 10.0.0.1 > 10.0.0.2 echo-request
//	esp 10.0.0.1 > 10.0.0.2
func (p Packet) String() string {
	s := p.Protocol.String() + " " + p.endpoint(p.Src, p.SrcPort) + " > " + p.endpoint(p.Dst, p.DstPort)
	switch {
	case p.Protocol == TCP && p.Flags != 0:
		s += " " + p.Flags.String()
	case p.Protocol.IsICMP():
		s += " " + icmpText(p.Protocol, p.ICMPType, p.ICMPCode)
	}
	return s
}

// endpoint gives one side of p: an address, with its port where the protocol has ports.
func (p Packet) endpoint(a netip.Addr, port uint16) string {
	// An invalid address says "invalid IP" by itself, and has no port worth reading.
	if p.Protocol.HasPorts() && a.IsValid() {
		return netip.AddrPortFrom(a, port).String()
	}
	return a.String()
}
