package walk

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// The longest packets that pass, in bytes.
const (
	mtuInternet   = 1500 // internet gateways (F4.013), and, as we assume, egress-only ones
	mtuInRegion   = 9001 // peerings in one Region (F8.017)
	mtuFar        = 8500 // peerings between Regions (F8.017)
	mtuAtEndpoint = 8500 // interface endpoints (F7.114)
)

// mtuBetween is the longest packet that a peering of two VPCs takes.
func mtuBetween(a, b *VPC) uint32 {
	if b == nil || a.Data.Region == b.Data.Region {
		return mtuInRegion
	}
	return mtuFar
}

// tooLong reports whether the packet is longer than the way on takes, and may not be cut up.
func (w *walker) tooLong(mtu uint32) bool { return w.p.Size() > mtu && !w.p.CanFragment() }

// dropTooLong drops what is longer than the way on takes, and tells both lengths.
func (w *walker) dropTooLong(h hop, mtu uint32) {
	if w.rec != nil {
		h.note = fmt.Sprintf("%d bytes, and no more than %d pass", w.p.Size(), mtu)
	}
	w.drop(h, trace.MTUExceeded)
}

// cutUp is the note for a packet that is longer than the way on takes, and goes on in pieces.
func (w *walker) cutUp(mtu uint32) string {
	if w.p.Size() > mtu {
		return "fragmented"
	}
	return ""
}

// sayTooBig lets the router of the subnet of e, which sent the packet here, tell its source that it was too
// long (F6.022): path MTU discovery. The ACL of the source's subnet is asked on the way, and where it says no
// the source never learns of it. An ICMP error is not answered by another.
func (w *walker) sayTooBig(e *Interface) {
	router := e.Subnet.routerOf(w.p)
	if w.p.IsError() || !router.IsValid() {
		return
	}
	w.back(answer{p: w.p.TooBig(router), router: e.vpc()})
}

// routerOf is the address from which the VPC's router speaks in s, in the family of the packet: one past the
// subnet's own. It is invalid where s has no range of that family.
func (s *Subnet) routerOf(p packet.Packet) netip.Addr {
	r := s.Data.CIDR
	if p.Is6() {
		r = s.Data.IPv6CIDR
	}
	if !r.IsValid() {
		return netip.Addr{}
	}
	return r.Masked().Addr().Next()
}
