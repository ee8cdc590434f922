package endpoint

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Admits reports whether a gateway endpoint takes p in: TCP, and ICMP echo requests, only (F7.013).
// Whether it is for an address of the service is for [Covers] to say.
func (g *Gateway) Admits(p packet.Packet) bool {
	return p.Protocol == packet.TCP || p.Protocol == packet.ICMP && p.ICMPType == packet.ICMPEchoRequest
}

// Returns reports whether a gateway endpoint lets p out into the VPC: TCP, and ICMP echo
// replies, only (F7.013). A TCP packet whose flags say that it opens a connection stays out: an endpoint
// answers and does not call (F7.016). One whose flags are not stated passes.
func (g *Gateway) Returns(p packet.Packet) bool {
	if p.Protocol == packet.TCP {
		return p.Flags&(packet.SYN|packet.ACK) != packet.SYN
	}
	return p.Protocol == packet.ICMP && p.ICMPType == packet.ICMPEchoReply
}

// Admits reports whether the endpoint takes p in. An interface endpoint takes TCP and UDP only; it does not
// answer ping (F7.102). A resource endpoint takes TCP only (F7.208), and a tunnel endpoint GENEVE, which is
// UDP to port 6081 (F7.209): of a piece of a longer packet the ports are those of the whole.
func (i *Interface) Admits(p packet.Packet) bool {
	switch {
	case i == nil:
	case i.Type == TypeResource:
		return p.Protocol == packet.TCP
	case i.Type == TypeTunnel:
		return p.Protocol == packet.UDP && p.DstPort == portGENEVE
	}
	return p.Protocol == packet.TCP || p.Protocol == packet.UDP
}

// portGENEVE is where a tunnel endpoint takes packets that hold others
// (https://docs.aws.amazon.com/vpc/latest/privatelink/use-cidr-endpoint.html).
const portGENEVE = 6081

// Covers reports whether a lies in one of the ranges of a service. A gateway endpoint drops a packet
// to an address outside of them (F7.014), and what comes out of it has its source inside (F7.013).
func Covers(ranges []netip.Prefix, a netip.Addr) bool {
	for _, r := range ranges {
		if r.Contains(a) {
			return true
		}
	}
	return false
}
