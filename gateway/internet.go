package gateway

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Out translates a packet that leaves the VPC: public is the public address that stands for its
// IPv4 source, invalid for none. Only the source address changes, never a port (F4.002, F4.010), and with it
// the same address in what an ICMP error quotes: what came to the private one came for the public one. IPv6
// is not translated, and public not looked at (F4.009).
//
// A source without a public address is refused first, wherever the packet goes (F4.004); then a destination
// that the internet does not have (F4.006). A packet that is refused comes back as it was.
func (g *Internet) Out(p packet.Packet, public netip.Addr) (packet.Packet, Refusal) {
	if p.Is6() {
		return p, out6(p)
	}
	public = public.Unmap()
	if !public.Is4() {
		return p, NoPublicAddress
	}
	if r := towards4(p.Dst.Unmap()); r != Forwards {
		return p, r
	}
	if p.IsError() && p.Quoted.Dst == p.Src {
		p.Quoted.Dst = public
	}
	p.Src = public
	return p, Forwards
}

// In translates a packet that enters the VPC: private is the private address for which
// its IPv4 destination stands, invalid for none. Only the destination address changes, never a
// port (F4.002, F4.010). IPv6 is not translated, and private not looked at (F4.009).
//
// A private or shared source is refused first (F4.006), then a destination that no interface
// holds (F4.005). A packet that is refused comes back as it was. An IPv6 source that is not global is
// [PrivateIPv6], which says so with the right family; AWS has no reason of its own for it (F3.021).
func (g *Internet) In(p packet.Packet, private netip.Addr) (packet.Packet, Refusal) {
	if p.Is6() {
		return p, in6(p)
	}
	src, private := p.Src.Unmap(), private.Unmap()
	switch {
	case private4(src):
		return p, SourceRFC1918
	case shared4(src):
		return p, SourceRFC6598
	case !p.Dst.IsValid() || !private.Is4():
		return p, NotAssociated
	}
	p.Dst = private
	return p, Forwards
}

// towards4 is what stands against sending to an IPv4 address on the internet.
func towards4(dst netip.Addr) Refusal {
	switch {
	case private4(dst):
		return DestinationRFC1918
	case shared4(dst):
		return DestinationRFC6598
	case unrouted4(dst):
		return DestinationUnrouted
	}
	return Forwards
}

// out6 is what stands against sending an IPv6 packet to the internet.
func out6(p packet.Packet) Refusal {
	switch {
	case !global6(p.Src):
		return PrivateIPv6
	case !global6(p.Dst):
		return DestinationUnrouted
	}
	return Forwards
}

// in6 is what stands against an IPv6 packet that comes from the internet.
func in6(p packet.Packet) Refusal {
	switch {
	case !global6(p.Src):
		return PrivateIPv6
	case !global6(p.Dst): // no interface is known on the internet by such an address
		return NotAssociated
	}
	return Forwards
}
