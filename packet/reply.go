package packet

// Reply gives the packet that the receiver of p would answer with: addresses and ports swapped, Length
// kept.
//
// TCP answers a SYN, and flags that are not stated, with SYN|ACK, and everything else with ACK.
// ICMP answers an echo, timestamp, information or address mask request with the reply of that
// name, ICMPv6 an echo request with an echo reply; their code is 0. ok is false where nothing
// answers p: a TCP reset, and an ICMP message that is not a request.
func (p Packet) Reply() (reply Packet, ok bool) {
	reply = p
	reply.Src, reply.Dst = p.Dst, p.Src
	reply.SrcPort, reply.DstPort = p.DstPort, p.SrcPort
	switch p.Protocol {
	case TCP:
		reply.Flags, ok = p.Flags.reply()
	case ICMP, ICMPv6:
		reply.ICMPCode = 0
		reply.ICMPType, ok = icmpReply(p.Protocol, p.ICMPType)
	default:
		ok = true
	}
	if !ok {
		return Packet{}, false
	}
	return reply, true
}

// reply gives the flags of the segment that answers one with flags f.
func (f Flags) reply() (answer Flags, ok bool) {
	switch {
	case f&RST != 0:
		return 0, false // answering a reset with a reset would never end
	case f == 0, f&(SYN|ACK) == SYN:
		return SYN | ACK, true
	}
	return ACK, true
}

// icmpReply gives the type that answers typ.
func icmpReply(p Protocol, typ uint8) (answer uint8, ok bool) {
	if p == ICMPv6 {
		return ICMPv6EchoReply, typ == ICMPv6EchoRequest
	}
	switch typ {
	case ICMPEchoRequest:
		return ICMPEchoReply, true
	case icmpTimestampRequest, icmpInfoRequest, icmpMaskRequest:
		return typ + 1, true // IANA numbers each of these replies next to its request
	}
	return 0, false
}
