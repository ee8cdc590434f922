// Package subnet describes subnets, the network interfaces (ENIs) in them, and how
// addresses are reserved and allocated.
package subnet

import "net/netip"

// Subnet is a range of a VPC's addresses in one Availability Zone (F3.009).
type Subnet struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string
	Zone string // Availability Zone name; zero: Build puts the first of the Region, "us-east-1a"

	CIDR     netip.Prefix // IPv4; zero: an IPv6-only subnet
	IPv6CIDR netip.Prefix // zero: an IPv4-only subnet

	// MapPublicIPOnLaunch gives new instances a public IPv4 address (F3.015). It acts at launch,
	// that is in a Builder's handles; Build reads it as a setting and changes no interface.
	MapPublicIPOnLaunch bool
	DefaultForZone      bool // AWS made it (F3.014)
}

// Interface is a network interface (ENI).
type Interface struct {
	ID          string
	Description string
	Subnet      string
	Account     string        // owner; zero: that of the VPC
	Kind        InterfaceKind // zero counts as Standard

	// Private are the private IPv4 addresses, the primary first. None on an interface in a subnet
	// with IPv4: Build allocates the lowest free one.
	Private []Address
	IPv6    []netip.Addr

	// Groups are the IDs of the security groups. None on a Standard or VPCEndpoint
	// interface: Build puts the VPC's default group (F5.003).
	Groups []string

	// NoSourceDestCheck switches the source/destination check off; AWS's default is on (F4.301).
	NoSourceDestCheck bool
	// Forwarding says what the host does with packets for others, which it sees only with
	// the check off. Zero counts as Route.
	Forwarding Forwarding

	Attachment Attachment
}

// Address is a private IPv4 address of an interface, with the public one that stands for it.
type Address struct {
	Private netip.Addr
	Public  netip.Addr // Elastic or auto-assigned; zero: none (F3.018)
}

// Attachment ties an interface to an instance.
type Attachment struct {
	Instance    string // ID; zero: not attached to an instance
	DeviceIndex int    // 0 is the primary interface
}

// InterfaceKind says whose interface it is; the names are AWS's interface types.
type InterfaceKind uint8

const (
	KindUnspecified InterfaceKind = iota // counts as Standard
	Standard                             // an instance's, a database's, a task's: anything with groups
	NATGateway                           // has no groups (F4.208)
	VPCEndpoint                          // an interface endpoint's
	Lambda                               // a function's Hyperplane interface
	LoadBalancer                         // an Application or Classic Load Balancer's
	NetworkLoadBalancer
	GatewayLoadBalancer
	GatewayLoadBalancerEndpoint
	TransitGateway
	Other // any type that is not listed; treated as Standard
)

// Forwarding is what a host does with a packet that is not for it.
type Forwarding uint8

const (
	ForwardUnspecified Forwarding = iota // counts as Route
	Route                                // sends it on unchanged: an appliance, a firewall, a router
	Masquerade                           // sends it on with its own source address: a NAT instance
)

// ElasticIP is a public IPv4 address that an account holds.
type ElasticIP struct {
	ID        string // allocation ID
	PublicIP  netip.Addr
	Interface string     // the interface that it is associated with; zero: none
	PrivateIP netip.Addr // which address of that interface; zero: the primary
}
