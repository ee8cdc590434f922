package packet

// The ICMP types of a ping.
const (
	ICMPEchoReply   uint8 = icmpEchoReply
	ICMPEchoRequest uint8 = icmpEchoRequest

	ICMPv6EchoRequest uint8 = icmp6EchoRequest
	ICMPv6EchoReply   uint8 = icmp6EchoReply
)

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
		return icmp6EchoRequest, p.ICMPType == icmp6EchoReply
	case p.Protocol != ICMP:
		return 0, false
	}
	switch p.ICMPType {
	case icmpEchoReply:
		return icmpEchoRequest, true
	case icmpTimestampRequest + 1, icmpInfoRequest + 1, icmpMaskRequest + 1:
		return p.ICMPType - 1, true // IANA numbers each of these replies next to its request
	}
	return 0, false
}

// EchoRequest is the type of a ping's request in the ICMP of p's family.
func (p Protocol) EchoRequest() uint8 {
	if p == ICMPv6 {
		return icmp6EchoRequest
	}
	return icmpEchoRequest
}
