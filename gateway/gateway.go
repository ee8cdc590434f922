package gateway

import "net/netip"

// Internet is an internet gateway. It serves one VPC, and a VPC has at most one (F4.001).
type Internet struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string // zero: detached
}

// EgressOnly is an egress-only internet gateway: IPv6 out, and the answers in (F4.101).
type EgressOnly struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string // zero: detached
}

// NAT is a NAT gateway. It has no security group; the network ACL of its subnet applies (F4.208).
type NAT struct {
	ID           string
	Name         string // the Name tag; for people only
	Subnet       string
	Connectivity Connectivity // zero counts as Public (F4.201)
	State        NATState     // zero counts as available
	Addresses    []NATAddress // the first is the primary; at least one with a public IP where Public
}

// NATAddress is one address of a NAT gateway.
type NATAddress struct {
	Interface string     // zero: Build makes one, named after the gateway
	Private   netip.Addr // zero: Build allocates
	Public    netip.Addr // the Elastic IP; zero on a private gateway
}

// Available reports whether g forwards: only in the state available, which an unspecified one counts
// as (F4.201). A nil gateway does not.
func (g *NAT) Available() bool {
	return g != nil && (g.State == NATUnspecified || g.State == NATAvailable)
}

// IsPublic reports whether g leads to the internet: unspecified counts as public (F4.201). A nil gateway
// does not.
func (g *NAT) IsPublic() bool { return g != nil && g.Connectivity != Private }
