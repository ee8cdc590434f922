package packet

// Service is a kind of traffic: everything, a protocol, a protocol's ports, or an ICMP type and
// code. It is comparable; the zero Service is invalid and matches nothing.
//
// One kind of traffic has one value: [Ports] of all ports is [Of] the protocol, so == is a
// comparison of what is meant.
type Service struct {
	kind  kind
	proto Protocol
	lo    uint16 // first port, or ICMP type
	hi    uint16 // last port, or ICMP code
}

type kind uint8

const (
	kindInvalid  kind = iota
	kindAll           // any packet
	kindProtocol      // any packet of proto
	kindPorts         // TCP or UDP to a port in lo..hi
	kindType          // ICMP of type lo, any code
	kindTypeCode      // ICMP of type lo and code hi
)

// All is all traffic: "all", AWS's protocol -1 (F5.006, F6.008).
func All() Service { return Service{kind: kindAll} }

// Of is all traffic of a protocol.
func Of(p Protocol) Service { return Service{kind: kindProtocol, proto: p} }

// Ports is the traffic of TCP or UDP to a range of ports. All ports (0-65535) are the same as [Of].
//
// A protocol other than TCP, UDP, ICMP and ICMPv6 is meant with all its ports, whatever r says, as
// on AWS (F5.006, F6.008). The result is the zero Service for a range that is upside down, and
// for fewer than all ports of ICMP or ICMPv6, which have types instead: see [ICMPType].
func Ports(p Protocol, r PortRange) Service {
	switch {
	case r == PortRange{0, 65535}:
		return Of(p)
	case !r.IsValid(), p.IsICMP():
		return Service{}
	case !p.HasPorts():
		return Of(p)
	}
	return Service{kindPorts, p, r.First, r.Last}
}

// ICMPType is ICMP or ICMPv6 of one type, with any code. It is the zero Service for any other
// protocol.
func ICMPType(p Protocol, typ uint8) Service {
	if !p.IsICMP() {
		return Service{}
	}
	return Service{kind: kindType, proto: p, lo: uint16(typ)}
}

// ICMPTypeCode is ICMP or ICMPv6 of one type and code. It is the zero Service for any other
// protocol.
func ICMPTypeCode(p Protocol, typ, code uint8) Service {
	if !p.IsICMP() {
		return Service{}
	}
	return Service{kindTypeCode, p, uint16(typ), uint16(code)}
}

// IsValid reports whether s is not the zero Service.
func (s Service) IsValid() bool { return s.kind != kindInvalid }

// IsAll reports whether s is all traffic.
func (s Service) IsAll() bool { return s.kind == kindAll }

// Protocol gives the protocol of s; ok is false for all traffic and for the zero Service.
func (s Service) Protocol() (p Protocol, ok bool) { return s.proto, s.kind >= kindProtocol }

// PortRange gives the destination ports of s; ok is false where it has none to speak of.
func (s Service) PortRange() (r PortRange, ok bool) {
	switch {
	case s.kind == kindPorts:
		return PortRange{s.lo, s.hi}, true
	case s.kind == kindProtocol && s.proto.HasPorts():
		return PortRange{0, 65535}, true
	}
	return PortRange{}, false
}
