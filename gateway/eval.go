package gateway

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Refusal is why a gateway does not forward a packet; zero: it does.
type Refusal uint8

const (
	Forwards             Refusal = iota
	NoPublicAddress              // IPv4 source without a public address (F4.002, F4.004)
	PrivateIPv6                  // IPv6 source that is not a global address (F3.021)
	DestinationRFC1918           // leaving towards a private address (F4.006)
	DestinationRFC6598           // leaving towards 100.64.0.0/10 (F4.006)
	DestinationUnrouted          // leaving towards an address that nobody routes (0/8, 127/8, 169.254/16, 224/3, their IPv6 kin)
	SourceRFC1918                // entering from a private address (F4.006)
	SourceRFC6598                // entering from 100.64.0.0/10 (F4.006)
	NotAssociated                // entering for an address that no interface holds (F4.005)
	ProtocolNotForwarded         // a NAT gateway forwards TCP, UDP and ICMP only (F4.203), an egress-only gateway IPv6 only (F4.101)
	NoSession                    // entering without a connection from inside (F4.101, F4.206)
)

// Out translates a packet that leaves the VPC: public is the public address that stands for its
// IPv4 source, invalid for none. IPv6 is not translated (F4.009).
func (g *Internet) Out(p packet.Packet, public netip.Addr) (packet.Packet, Refusal) {
	return p, Forwards
}

// In translates a packet that enters the VPC: private is the private address for which
// its IPv4 destination stands, invalid for none. IPv6 is not translated (F4.009).
func (g *Internet) In(p packet.Packet, private netip.Addr) (packet.Packet, Refusal) {
	return p, Forwards
}

// Out says whether g lets p leave: IPv6 only, from a global address to a routed one (F4.101).
func (g *EgressOnly) Out(p packet.Packet) Refusal { return Forwards }

// Translate gives the packet as g sends it on from its private address: the source rewritten,
// its port in 1024-65535 (F4.203, F4.204).
func (g *NAT) Translate(p packet.Packet, private netip.Addr) (packet.Packet, Refusal) {
	return p, Forwards
}

// Validate reports every mistake that can be seen in the gateway alone.
func (g *Internet) Validate() error { return nil }

// Validate reports every mistake that can be seen in the gateway alone.
func (g *EgressOnly) Validate() error { return nil }

// Validate reports every mistake that can be seen in the gateway alone.
func (g *NAT) Validate() error { return nil }
