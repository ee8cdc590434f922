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

// NAT is a NAT gateway. It has no security group.
//
// A zonal one stands in a subnet, with a network interface and a private address there; the network ACL of
// that subnet applies (F4.208), and its route table. A regional one belongs to a whole VPC (F4.219): it has
// neither subnet nor network interface nor private address, and sends by a route table of its own from an
// Elastic IP of the Availability Zone that a packet comes from.
type NAT struct {
	ID           string
	Name         string       // the Name tag; for people only
	Subnet       string       // of a zonal one
	Connectivity Connectivity // zero counts as Public (F4.201)
	State        NATState     // zero counts as available
	Addresses    []NATAddress // the first is the primary; at least one with a public IP where Public

	AvailabilityMode AvailabilityMode `json:",omitzero"`  // zero counts as Zonal
	VPC              string           `json:",omitempty"` // of a regional one
	// RouteTable is the own table of a regional one. Zero: Build makes "<ID>-rtb", with a route to the
	// internet gateway.
	RouteTable string `json:",omitempty"`
	// ManualZones makes a regional one serve the zones of its Addresses and no other (F4.220), as with AWS's
	// AutoProvisionZones "disabled". Zero: it serves every zone, one for which it has no address yet from
	// another zone.
	ManualZones bool `json:",omitempty"`
}

// NATAddress is one address of a NAT gateway.
type NATAddress struct {
	Interface string     // of a zonal one; zero: Build makes one, named after the gateway
	Private   netip.Addr // of a zonal one; zero: Build allocates
	Public    netip.Addr // the Elastic IP; zero on a private gateway
	Zone      string     `json:",omitempty"` // of a regional one, in the VPC's Region: whose packets leave by it
}

// Available reports whether g forwards: only in the state available, which an unspecified one counts
// as (F4.201). A nil gateway does not.
func (g *NAT) Available() bool {
	return g != nil && (g.State == NATUnspecified || g.State == NATAvailable)
}

// IsPublic reports whether g leads to the internet: unspecified counts as public (F4.201). A nil gateway
// does not.
func (g *NAT) IsPublic() bool { return g != nil && g.Connectivity != Private }

// IsRegional reports whether g belongs to a whole VPC: unspecified counts as zonal (F4.201). A nil gateway
// does not.
func (g *NAT) IsRegional() bool { return g != nil && g.AvailabilityMode == Regional }

// From lists the Elastic IPs by which a regional gateway sends on what comes from a zone: those of the zone,
// and where there are none those of the others, unless its zones are set by hand (F4.219, F4.220). It lists
// none for a zonal gateway.
func (g *NAT) From(zone string) (public []netip.Addr) {
	if !g.IsRegional() {
		return nil
	}
	var others []netip.Addr
	for _, a := range g.Addresses {
		switch {
		case !a.Public.IsValid():
		case a.Zone == zone:
			public = append(public, a.Public)
		default:
			others = append(others, a.Public)
		}
	}
	if len(public) == 0 && !g.ManualZones {
		return others
	}
	return public
}
