// Package route describes route tables, routes and prefix lists, and decides which route a
// packet takes.
package route

import "net/netip"

// Table is a route table.
type Table struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string
	Main bool // serves every subnet of the VPC that no other table names (F2.013)

	Subnets  []string // explicit associations
	Gateways []string // edge associations: internet or virtual private gateways (F2.027)

	Routes []Route
}

// Route is one route: exactly one destination and exactly one target (F2.018).
type Route struct {
	Destination netip.Prefix // or
	PrefixList  string       // the ID of a prefix list

	Target Target
	State  State  // zero and Active: Build decides from the target; Blackhole stays
	Origin Origin // zero counts as Created
	Via    Via    // how a propagated route was learned; zero for others
}

// Target is where a route leads.
type Target struct {
	Kind TargetKind
	ID   string // empty for Local
}

// TargetKind says what kind of resource a target is (F2.019).
type TargetKind uint8

const (
	TargetUnspecified TargetKind = iota // not valid
	Local
	InternetGateway
	EgressOnlyInternetGateway
	NATGateway
	NetworkInterface
	Instance
	PeeringConnection
	GatewayEndpoint
	// The kinds from here on are kept, and a packet that takes such a route ends there
	// undecided (UNSUPPORTED_COMPONENT): packetwalk does not model them.
	GatewayLoadBalancerEndpoint
	VirtualPrivateGateway
	TransitGateway
	CarrierGateway
	LocalGateway
	CoreNetwork
	ODBNetwork
	// Unknown is a target that could not be described: a packet that takes such a route ends
	// there undecided (UNKNOWN_RESOURCE).
	Unknown
)

// State says whether a route's target is available (F2.023).
type State uint8

const (
	StateUnspecified State = iota // Build decides from the target
	Active                        // Build decides from the target
	Blackhole                     // the target is gone; a packet that takes it is dropped (F2.024, F2.025)
	Filtered                      // not usable; never taken
)

// Origin says how a route came into its table (F2.023).
type Origin uint8

const (
	OriginUnspecified Origin = iota // counts as Created
	CreatedWithTable                // CreateRouteTable: the local routes
	Created                         // CreateRoute: by a person
	Propagated                      // EnableVgwRoutePropagation
	Advertised                      // Advertisement, by a route server
)

// Via says how a virtual private gateway learned a propagated route; it decides ties (F2.002).
type Via uint8

const (
	ViaUnspecified   Via = iota
	DirectConnectBGP     // preferred
	VPNStatic
	VPNBGP // last
)

// PrefixList is a managed prefix list: AWS's own (a service's ranges) or a customer's.
type PrefixList struct {
	ID         string
	Name       string // for a service's list the service: "com.amazonaws.us-east-1.s3"
	Entries    []netip.Prefix
	MaxEntries int // zero: len(Entries)
}

// Lists finds prefix lists by ID.
type Lists map[string]*PrefixList

// Match is a route that matches an address, and the prefix by which it does: the route's
// destination, or the longest matching entry of its prefix list.
type Match struct {
	Route  *Route
	Prefix netip.Prefix
}

// Candidate is a route that matches an address, and why it was not taken.
type Candidate struct {
	Match
	Loss Loss // zero: it was taken
}

// Loss is why a matching route was not taken.
type Loss uint8

const (
	Taken          Loss = iota // it won
	LessSpecific               // a longer prefix won (F2.001)
	LowerPriority              // same prefix, but a route of higher priority won (F2.002)
	LocalPreferred             // a propagated route inside a local route's range (F2.008)
	NotUsable                  // filtered (F2.023)
)
