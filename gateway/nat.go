package gateway

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// lowestPort is the lowest source port that a NAT gateway sends from (F4.204).
const lowestPort = 1024

// Translate gives the packet as g sends it on from private, its own private address: the source
// rewritten, its port in 1024-65535, the destination as it was (F4.203, F4.204). What a public
// gateway sends gets its public address at the internet gateway, not here (F4.205).
//
// IPv4 with TCP, UDP or ICMP of every type is forwarded; all else, IPv6 with it, is
// [ProtocolNotForwarded]. Without a private IPv4 address to send from it is [NoPublicAddress]. A packet
// that is refused comes back as it was. The state of g is not looked at: the route to a gateway
// that is not available leads nowhere.
//
// The port is an assumption. AWS gives any of 1024-65535 (F4.204); here a port of 1024 and above
// stays, and a lower one has 1024 added, so that a run can be repeated. Two connections may so come to the
// same port, which tells nothing about AWS.
func (g *NAT) Translate(p packet.Packet, private netip.Addr) (packet.Packet, Refusal) {
	if p.Is6() || !natForwards(p.Protocol) {
		return p, ProtocolNotForwarded
	}
	private = private.Unmap()
	if !private.Is4() {
		return p, NoPublicAddress
	}
	p.Src = private
	if p.Protocol.HasPorts() && p.SrcPort < lowestPort {
		p.SrcPort += lowestPort
	}
	return p, Forwards
}

// natForwards reports whether a NAT gateway forwards the protocol over IPv4 (F4.203).
func natForwards(p packet.Protocol) bool {
	return p == packet.TCP || p == packet.UDP || p == packet.ICMP
}
