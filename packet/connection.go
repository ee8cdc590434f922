package packet

// Opens reports whether p can open a connection: a TCP segment with SYN and without ACK or RST, or whose
// flags are not stated; an ICMP message that is neither an answer nor an error; and every packet of another
// protocol.
func (p Packet) Opens() bool {
	switch {
	case p.Protocol == TCP:
		return p.Flags == 0 || p.Flags&(SYN|ACK|RST) == SYN
	case p.Protocol.IsICMP():
		_, answers := p.RequestType()
		return !answers && !p.IsError()
	}
	return true
}

// RequestType gives the ICMP type of the request that p answers; ok is false where p is no answer.
func (p Packet) RequestType() (typ uint8, ok bool) {
	switch {
	case p.Protocol == ICMPv6:
		return ICMPv6EchoRequest, p.ICMPType == ICMPv6EchoReply
	case p.Protocol != ICMP:
		return 0, false
	}
	switch p.ICMPType {
	case ICMPEchoReply:
		return ICMPEchoRequest, true
	case icmpTimestampRequest + 1, icmpInfoRequest + 1, icmpMaskRequest + 1:
		return p.ICMPType - 1, true // IANA numbers each of these replies next to its request
	}
	return 0, false
}

// EchoRequest is the type of a ping's request: of ICMPv6 for [ICMPv6], else of ICMP.
func (p Protocol) EchoRequest() uint8 {
	if p == ICMPv6 {
		return ICMPv6EchoRequest
	}
	return ICMPEchoRequest
}
