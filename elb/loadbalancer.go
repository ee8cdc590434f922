package elb

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// LoadBalancer is a Network Load Balancer: a network interface in each of its subnets, which takes connections
// for its listeners and opens them anew towards a target.
type LoadBalancer struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string

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

// Listener takes the connections to one port, and sends them to its targets.
type Listener struct {
	Protocol packet.Protocol // TCP or UDP
	Port     uint16
	Targets  []Target
}

// Target is who serves a listener: an instance, or an address in the VPC.
type Target struct {
	Instance string     // ID; or
	Address  netip.Addr // of a network interface
	Port     uint16     // zero: the listener's
}
