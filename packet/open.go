package packet

import (
	"fmt"
	"net/netip"
)

// Open gives the first packet of a connection to s, with Length left at zero.
//
// TCP opens with a SYN. ICMP and ICMPv6 open with the type and code that s names: code 0 where it
// names a type alone, and an echo request where it names none. srcPort is used by TCP and UDP
// and left out otherwise. The addresses are taken as they are, valid or not.
//
// The error is for a service that does not name one port or one protocol: several ports, all
// traffic, the zero Service.
func (s Service) Open(src, dst netip.Addr, srcPort uint16) (Packet, error) {
	p := Packet{Src: src, Dst: dst, Protocol: s.proto}
	switch {
	case s.kind == kindInvalid:
		return Packet{}, fmt.Errorf("service %q is the zero Service: want one such as \"tcp/443\"", s)
	case s.kind == kindAll:
		return Packet{}, fmt.Errorf("service %q names all protocols: a connection has one", s)
	case s.proto.IsICMP():
		p.ICMPType, p.ICMPCode = s.message()
		return p, nil
	case !s.proto.HasPorts():
		return p, nil
	}
	r, _ := s.PortRange()
	if r.First != r.Last {
		return Packet{}, fmt.Errorf("service %q names %d ports: a connection has one",
			s, int(r.Last)-int(r.First)+1)
	}
	p.SrcPort, p.DstPort = srcPort, r.First
	if s.proto == TCP {
		p.Flags = SYN
	}
	return p, nil
}

// message gives the ICMP type and code that a connection to s opens with.
func (s Service) message() (typ, code uint8) {
	if s.kind == kindProtocol {
		return s.proto.EchoRequest(), 0
	}
	return uint8(s.lo), uint8(s.hi) // a type alone has hi at zero
}
