package subnet

import (
	"net/netip"
	"slices"
)

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

	// DenyAllIGWTraffic keeps out what comes from an internet gateway (F4.015). Build sets it on the interfaces
	// of interface endpoints with IPv6 (F7.112).
	DenyAllIGWTraffic bool

	// Tracking is how long the groups of the interface remember an idle connection.
	Tracking Tracking `json:",omitzero"`

	Attachment Attachment

	Tags map[string]string `json:",omitempty"`
	// ECS is the task whose interface it is.
	ECS ECSTask `json:",omitzero"`
}

// Address is a private IPv4 address of an interface, with the public one that stands for it.
type Address struct {
	Private netip.Addr // zero: Build allocates the lowest free one of the subnet
	Public  netip.Addr // Elastic or auto-assigned; zero: none (F3.018)
}

// Attachment ties an interface to an instance.
type Attachment struct {
	Instance    string // ID; zero: not attached to an instance
	DeviceIndex int    // 0 is the primary interface
}

// Owns reports whether a is one of the interface's private IPv4 or IPv6 addresses. A public address is
// not: the internet gateway swaps it before the interface sees the packet (F3.018).
func (e *Interface) Owns(a netip.Addr) bool {
	if e == nil || !a.IsValid() {
		return false
	}
	for i := range e.Private {
		if e.Private[i].Private == a {
			return true
		}
	}
	return slices.Contains(e.IPv6, a)
}

// Primary gives the primary private IPv4 address; the zero Addr where there is none, as on an
// interface of an IPv6-only subnet, or where it is not yet allocated.
func (e *Interface) Primary() netip.Addr {
	if e == nil || len(e.Private) == 0 {
		return netip.Addr{}
	}
	return e.Private[0].Private
}

// PublicOf gives the public address that stands for a private one; the zero Addr where there is none
// (F3.018).
func (e *Interface) PublicOf(private netip.Addr) netip.Addr {
	if e != nil && private.IsValid() {
		for _, a := range e.Private {
			if a.Private == private {
				return a.Public
			}
		}
	}
	return netip.Addr{}
}

// PrivateOf gives the private address that a public one stands for; the zero Addr where there is none
// (F3.018).
func (e *Interface) PrivateOf(public netip.Addr) netip.Addr {
	if e != nil && public.IsValid() {
		for _, a := range e.Private {
			if a.Public == public {
				return a.Private
			}
		}
	}
	return netip.Addr{}
}

// Address is the address from which e sends in a family: its primary private IPv4 address, or its first IPv6
// one. It is the zero Addr where e has none.
func (e *Interface) Address(ipv6 bool) netip.Addr {
	switch {
	case !ipv6:
		return e.Primary()
	case e == nil || len(e.IPv6) == 0:
		return netip.Addr{}
	}
	return e.IPv6[0]
}
