package route

import (
	"cmp"
	"net/netip"
)

// Table is a route table. Its order of routes means nothing. The zero Table matches no address; it
// is not valid for want of an ID.
type Table struct {
	ID   string // any unique name, or AWS's own: "rtb-..."
	Name string // the Name tag; for people only
	VPC  string // ID of the VPC
	Main bool   // serves every subnet of the VPC that no other table names (F2.013)

	Subnets  []string // explicit associations
	Gateways []string // edge associations: internet or virtual private gateways (F2.027)

	Routes []Route
}

// Route is one route: exactly one destination and exactly one target (F2.018). The zero Route has
// neither and matches nothing. A route with both destinations is a mistake; until it is mended its
// prefix list is what counts.
type Route struct {
	Destination netip.Prefix // without host bits (F2.017); or
	PrefixList  string       // the ID of a prefix list

	Target Target
	State  State  // zero and Active: Build decides from the target; Blackhole stays
	Origin Origin // zero counts as Created
	Via    Via    // how a propagated route was learned; zero for others
}

// Target is where a route leads. The zero Target is not valid.
type Target struct {
	Kind TargetKind
	ID   string // empty for Local
}

// TargetKind says what kind of resource a target is (F2.019). The zero TargetKind is unspecified
// and not valid in a route.
type TargetKind uint8

// The kinds of targets.
const (
	TargetUnspecified TargetKind = iota // not valid
	Local                               // the VPC itself
	InternetGateway
	EgressOnlyInternetGateway // for IPv6 alone
	NATGateway                // for IPv4, and for IPv6 too: 64:ff9b::/96 for NAT64 (F2.020)
	NetworkInterface
	Instance // stands for its only network interface
	PeeringConnection
	GatewayEndpoint // with the prefix list of the endpoint's service as destination (F2.022)
	// The kinds from here on are kept, and a packet that takes such a route ends there undecided
	// (UNSUPPORTED_COMPONENT): packetwalk does not model them, but for the first two where the network
	// describes them.
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

// State says whether a route's target is available (F2.023). The zero State leaves that open.
type State uint8

// The states.
const (
	StateUnspecified State = iota // Build decides from the target
	Active                        // Build decides from the target
	Blackhole                     // the target is gone; a packet that takes it is dropped (F2.024, F2.025)
	Filtered                      // not usable; never taken
)

// Origin says how a route came into its table (F2.023). The zero Origin counts as [Created].
type Origin uint8

// The origins.
const (
	OriginUnspecified Origin = iota // counts as Created
	CreatedWithTable                // CreateRouteTable: the local routes
	Created                         // CreateRoute: by a person
	Propagated                      // EnableVgwRoutePropagation
	Advertised                      // Advertisement, by a route server
)

// Via says how a virtual private gateway learned a propagated route; it decides ties
// (F2.002). The zero Via is for all other routes; on a propagated route it comes last.
type Via uint8

// The ways.
const (
	ViaUnspecified   Via = iota
	DirectConnectBGP     // first
	VPNStatic            // second
	VPNBGP               // last
)

// Modelled reports whether packetwalk follows a packet to a target of this kind. It is false for
// the kinds from [GatewayLoadBalancerEndpoint] on, for [Unknown], and for the zero Target.
func (t Target) Modelled() bool { return t.Kind >= Local && t.Kind <= GatewayEndpoint }

// String gives the ID of the target; "local" for a local one, and the kind where there is no ID.
func (t Target) String() string {
	if t.Kind == Local || t.ID == "" {
		return t.Kind.String()
	}
	return t.ID
}

// String says the route in one line: "10.1.0.0/16 -> pcx-ab", "pl-s3 -> vpce-1 (blackhole)". A part
// that is not there is "?"; a nil Route is the empty text.
func (r *Route) String() string {
	if r == nil {
		return ""
	}
	from, to, state := r.PrefixList, r.Target.String(), ""
	if from == "" && r.Destination.IsValid() {
		from = r.Destination.String()
	}
	if r.State > Active {
		state = " (" + r.State.String() + ")"
	}
	return cmp.Or(from, "?") + " -> " + cmp.Or(to, "?") + state
}

// propagated reports whether r was learned, not written: by a virtual private gateway or from a
// route server.
func (r *Route) propagated() bool { return r.Origin == Propagated || r.Origin == Advertised }
