package elb

import (
	"net/netip"
	"slices"
	"strconv"

	"github.com/packetwalk/packetwalk/packet"
)

// LoadBalancer is a Network Load Balancer: a network interface in each of its subnets, which takes
// connections for its listeners and opens them anew towards a target.
type LoadBalancer struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string
	// DNSName is the name that AWS gave it, "shop-0a1b2c3d4e5f6071.elb.us-east-1.amazonaws.com", of which part
	// is drawn at random. The zero value is none: then no name leads to it.
	DNSName string

	Subnets    []string // at most one a zone
	Interfaces []string // the IDs of the network interfaces; those that are missing, Build makes
	// Groups are the IDs of the security groups. None: it takes everything (F9.205).
	Groups []string
	// SkipGroupsForPrivateLink switches off that the groups' inbound rules are asked about what comes by
	// PrivateLink; AWS's default is on, with the client's own address as the source (F7.203).
	SkipGroupsForPrivateLink bool
	// CrossZone lets each interface send to the targets of every zone; AWS's default is off (F9.202).
	CrossZone bool

	Listeners []Listener
}

// Listener takes the connections to one port, and sends them to its targets. One of TLS is TCP here; one of
// TCP_UDP is two.
type Listener struct {
	Protocol packet.Protocol // TCP or UDP
	Port     uint16
	Targets  []Target // none: what comes is dropped
}

// Target is who serves a listener: an instance, or an address in the VPC or behind one of its routes.
type Target struct {
	Instance string     // ID, of the load balancer's own VPC; or
	Address  netip.Addr // which an interface of the VPC may have
	Port     uint16     // zero: the listener's
}

// Takes finds the listener that a packet is for, by its protocol and destination port; nil where there is
// none. What is no TCP or UDP is for none.
func (l *LoadBalancer) Takes(p packet.Packet) *Listener {
	if l == nil {
		return nil
	}
	for i := range l.Listeners {
		if at := &l.Listeners[i]; at.Protocol == p.Protocol && at.Port == p.DstPort && p.Protocol.HasPorts() {
			return at
		}
	}
	return nil
}

// Serves reports whether the interface in one zone sends to a target in another one: of its own zone always,
// of others with CrossZone (F9.202), but never of a zone in which the load balancer is not (F9.203). Enabled
// are the zones of its subnets. A target outside of the VPC is in no zone, "", and every interface sends to
// it.
func (l *LoadBalancer) Serves(from, target string, enabled []string) bool {
	switch {
	case target == "" || from == target:
		return true
	case l == nil || !l.CrossZone:
		return false
	}
	return slices.Contains(enabled, target)
}

// KeepsClient reports whether AWS lets the target see the client's own address, unless somebody changed that:
// for instances, and for UDP (F9.204). It has no effect on what comes by PrivateLink (F7.202).
func (l *Listener) KeepsClient(t Target) bool { return t.Instance != "" || l.Protocol == packet.UDP }

// Open gives the packet as the target gets it: from the load balancer's address, to the target's address and
// port (F7.202). Both addresses are of one family, which may be another than the packet's. The client's port
// stays where it is one of 1024-65535, from which load balancers send (F9.209); a lower one has 1024 added.
func (l *Listener) Open(p packet.Packet, from, to netip.Addr, t Target) packet.Packet {
	port := t.Port
	if port == 0 {
		port = l.Port
	}
	if p.SrcPort < lowestPort {
		p.SrcPort += lowestPort
	}
	return Carry(p, netip.AddrPortFrom(from, p.SrcPort), netip.AddrPortFrom(to, port))
}

// Carry gives what p holds in a packet of another connection. Both ends are of one family; where that is not
// the packet's its length is that with the other header, of 40 bytes for IPv6 and 20 for IPv4.
func Carry(p packet.Packet, from, to netip.AddrPort) packet.Packet {
	const longer = 40 - 20
	switch was6 := p.Is6(); {
	case p.Length == 0: // the smallest, whichever that is
	case !was6 && to.Addr().Is6():
		p.Length += longer
	case was6 && !to.Addr().Is6():
		p.Length -= min(p.Length, longer)
	}
	p.Src, p.Dst, p.SrcPort, p.DstPort = from.Addr(), to.Addr(), from.Port(), to.Port()
	return p
}

// lowestPort is the first port from which load balancers send (F9.209).
const lowestPort = 1024

// String gives "tcp/443"; "" for a nil Listener.
func (l *Listener) String() string {
	if l == nil {
		return ""
	}
	return l.Protocol.String() + "/" + strconv.Itoa(int(l.Port))
}

// String names the target: the instance or the address.
func (t Target) String() string {
	if t.Instance != "" {
		return t.Instance
	}
	return t.Address.String()
}
