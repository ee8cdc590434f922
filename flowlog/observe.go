package flowlog

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Interface is what a record says of the network interface that it comes from.
type Interface struct {
	ID          string     // "" shows "-": a regional NAT gateway has no interface (F1.103)
	AccountID   string     // the owner; "" is [UnknownAccount] (F1.102)
	PrimaryIPv4 netip.Addr // the primary private IPv4 address; the zero Addr where it has none
}

// Observe gives the addresses that the record of p at the interface shows.
//
// On its own side, dst on ingress and src on egress, the interface shows its primary private
// IPv4 address. That is so for its primary address, for a secondary one (F1.401, and F1.408, which
// AWS does not say and which is assumed by symmetry), and for a foreign one, where it
// forwards: a NAT gateway, an appliance (F1.402, F1.403). So it is not asked which addresses
// the interface has. The other side is always the packet's (F1.404). No public address of the interface
// can appear: p is the packet at the interface, and the internet gateway translates
// further out (F1.405).
//
// IPv6 addresses stay as they are (F1.409, assumed), and so does everything at an
// interface without a PrimaryIPv4 and for an unspecified direction.
func Observe(dir packet.Direction, p packet.Packet, eni Interface) (src, dst netip.Addr) {
	return eni.shows(dir, p.Src.Unmap(), p.Dst.Unmap())
}

func (eni *Interface) shows(dir packet.Direction, src, dst netip.Addr) (netip.Addr, netip.Addr) {
	if !eni.PrimaryIPv4.IsValid() {
		return src, dst
	}
	switch {
	case dir == packet.Ingress && dst.Is4():
		dst = eni.PrimaryIPv4
	case dir == packet.Egress && src.Is4():
		src = eni.PrimaryIPv4
	}
	return src, dst
}

// Logged reports whether flow logs record p at all. They leave out the traffic with the Amazon DNS
// server, the Windows licence servers, the instance metadata and Time Sync services, DHCP,
// and the reserved address of the VPC's router (F1.601-F1.607). vpcDNS and router are
// those of [packet.Exempt], which holds the table.
func Logged(p packet.Packet, vpcDNS, router netip.Addr) bool {
	kind, _ := packet.Exempt(p, vpcDNS, router)
	return !kind.Unlogged()
}
