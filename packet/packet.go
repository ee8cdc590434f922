package packet

import (
	"net/netip"
)

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
	Length           uint32   // whole packet in bytes; zero means the smallest that Protocol allows
}

// Direction says which way a packet crosses a border: into or out of a subnet or an interface.
type Direction uint8

const (
	_       Direction = iota // unspecified: the border has no direction (a gateway)
	Ingress                  // into the subnet or the network interface
	Egress                   // out of the subnet or the network interface
)

// Reply gives the packet that the receiver of p would answer with: addresses and ports swapped, SYN
// answered by SYN+ACK, an echo request by an echo reply. ok is false where nothing answers
// p: an ICMP message that is not a request.
func (p Packet) Reply() (reply Packet, ok bool) { return Packet{}, false }

// Is6 reports whether p is an IPv6 packet.
func (p Packet) Is6() bool { return p.Dst.Is6() && !p.Dst.Is4In6() }

// MarshalText gives "ingress" or "egress", as AWS spells them, and "" for unspecified.
func (d Direction) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// String gives "ingress" or "egress", and "" for unspecified.
func (d Direction) String() string { return [...]string{"", "ingress", "egress"}[d] }
