package packet

// Matches reports whether p is traffic of s, judged by its protocol and its destination port
// (F5.008, F6.007), or its ICMP type and code (F5.007). The source port is never looked at. The zero
// Service matches nothing, and [All] matches everything (F5.006, F6.008).
//
// IPv4 and IPv6 are kept apart by the addresses of a rule and not here (F5.009): "tcp/443" matches
// both. One case does look at the family: ICMPv6 in an IPv4 packet matches whatever the type and
// code (F6.008, of network ACL entries with an IPv4 CIDR). Hosts do not send such packets; ICMP,
// protocol 1, is never matched by ICMPv6. A security group, whose ICMPv6 rules never match IPv4
// (F5.009), has to see to that by the rule's CIDR.
func (s Service) Matches(p Packet) bool {
	switch s.kind {
	case kindAll:
		return true
	case kindProtocol:
		return p.Protocol == s.proto
	case kindPorts:
		return p.Protocol == s.proto && s.lo <= p.DstPort && p.DstPort <= s.hi
	case kindType:
		return p.Protocol == s.proto && (s.anyType(p) || p.ICMPType == uint8(s.lo))
	case kindTypeCode:
		return p.Protocol == s.proto &&
			(s.anyType(p) || p.ICMPType == uint8(s.lo) && p.ICMPCode == uint8(s.hi))
	}
	return false
}

// anyType reports whether the type and code of s do not count for p: ICMPv6 with IPv4 (F6.008).
func (s Service) anyType(p Packet) bool { return s.proto == ICMPv6 && p.is4() }
