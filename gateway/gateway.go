// Package gateway describes the gateways at a VPC's edge: internet gateways, egress-only
// internet gateways and NAT gateways.
package gateway

import "net/netip"

// Internet is an internet gateway.
type Internet struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string // zero: detached
}

// EgressOnly is an egress-only internet gateway (F4.101).
type EgressOnly struct {
	ID   string
	Name string
	VPC  string // zero: detached
}

// NAT is a NAT gateway.
type NAT struct {
	ID           string
	Name         string
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

// Connectivity says whether a NAT gateway leads to the internet.
type Connectivity uint8

const (
	ConnectivityUnspecified Connectivity = iota // counts as Public
	Public
	Private
)

// NATState is where a NAT gateway is in its life; only an available one forwards (F4.201).
type NATState uint8

const (
	NATUnspecified NATState = iota // counts as available
	NATPending
	NATFailed
	NATAvailable
	NATDeleting
	NATDeleted
)

// Available reports whether g forwards.
func (g *NAT) Available() bool { return g.State == NATUnspecified || g.State == NATAvailable }

// IsPublic reports whether g leads to the internet: unspecified counts as public.
func (g *NAT) IsPublic() bool { return g.Connectivity != Private }
