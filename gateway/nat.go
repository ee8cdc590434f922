package gateway

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// lowestPort is the lowest source port that a NAT gateway sends from (F4.204).
const lowestPort = 1024

// natMTU is the longest packet that a NAT gateway takes, in bytes (F4.214).
const natMTU = 8500

// Translate gives the packet as g sends it on from private, its own private address: the source rewritten,
// its port in 1024-65535, the destination as it was (F4.203, F4.204). What a public gateway sends gets its
// public address at the internet gateway, not here (F4.205); only a regional one, which has no private
// address, sends from the public one itself (F4.219).
//
// IPv4 with TCP, UDP or ICMP of every type is forwarded, and IPv6 for an address in [NAT64Prefix], which
// leaves as IPv4 (F4.215); all else is [ProtocolNotForwarded]. A fragment is forwarded of UDP only, and what
// is longer than 8500 bytes not at all (F4.214). Without a private IPv4 address to send from it is
// [NoPublicAddress]. A packet that is refused comes back as it was. The state of g is not looked at: the
// route to a gateway that is not available leads nowhere.
//
// The port is an assumption. AWS gives any of 1024-65535 (F4.204); here a port of 1024 and above
// stays, and a lower one has 1024 added, so that a run can be repeated. Two connections may so come to the
// same port, which tells nothing about AWS.
func (g *NAT) Translate(p packet.Packet, private netip.Addr) (packet.Packet, Refusal) {
	if r := g.Carries(p); r != Forwards {
		return p, r
	}
	private = private.Unmap()
	if !private.Is4() {
		return p, NoPublicAddress
	}
	if p.Is6() {
		p, _ = ToIPv4(p)
	}
	p.Src = private
	if p.Protocol.HasPorts() && p.SrcPort < lowestPort {
		p.SrcPort += lowestPort
	}
	return p, Forwards
}

// Carries says whether g forwards such a packet at all, whichever way it goes: by its protocol, which is
// asked first, by whether it is a fragment, and by its length (F4.203, F4.214, F4.215).
func (g *NAT) Carries(p packet.Packet) Refusal {
	length := p.Size()
	if p.Is6() {
		var ok bool
		if p, ok = ToIPv4(p); !ok {
			return ProtocolNotForwarded
		}
	}
	switch {
	case !natForwards(p.Protocol):
		return ProtocolNotForwarded
	case p.Fragment && p.Protocol != packet.UDP:
		return FragmentNotForwarded
	case length > natMTU:
		return TooLong
	}
	return Forwards
}

// natForwards reports whether a NAT gateway forwards the protocol over IPv4 (F4.203).
func natForwards(p packet.Protocol) bool {
	return p == packet.TCP || p == packet.UDP || p == packet.ICMP
}
