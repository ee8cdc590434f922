package packet

import "net/netip"

// PortRange is a range of ports, both ends included.
type PortRange struct{ First, Last uint16 }

// Service is a kind of traffic: everything, a protocol, a protocol's ports, or an ICMP type and
// code. It is comparable; the zero Service is invalid and matches nothing.
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

// All is all traffic: "all", AWS's protocol -1.
func All() Service { return Service{kind: kindAll} }

// Of is all traffic of a protocol.
func Of(p Protocol) Service { return Service{kind: kindProtocol, proto: p} }

// Ports is the traffic of TCP or UDP to a range of ports. All ports (0-65535) are the same as [Of].
func Ports(p Protocol, r PortRange) Service {
	if r == (PortRange{0, 65535}) {
		return Of(p)
	}
	return Service{kindPorts, p, r.First, r.Last}
}

// ICMPType is ICMP or ICMPv6 of one type, with any code.
func ICMPType(p Protocol, typ uint8) Service {
	return Service{kind: kindType, proto: p, lo: uint16(typ)}
}

// ICMPTypeCode is ICMP or ICMPv6 of one type and code.
func ICMPTypeCode(p Protocol, typ, code uint8) Service {
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

// ParseService parses "tcp/443", "udp/1024-65535", "tcp", "icmp/echo-request", "icmp/3/4", "esp", "47", "all".
func ParseService(s string) (Service, error) { return Service{}, nil }

// MustParseService is [ParseService] for literals; it panics where that fails.
func MustParseService(s string) Service {
	v, err := ParseService(s)
	if err != nil {
		panic(err)
	}
	return v
}

// Matches reports whether p is traffic of s, judged by its protocol and its destination port, or its ICMP
// type and code.
func (s Service) Matches(p Packet) bool { return false }

// Open gives the first packet of a connection to s. The error is for a service that does not
// name one port or one protocol.
func (s Service) Open(src, dst netip.Addr, srcPort uint16) (Packet, error) { return Packet{}, nil }
