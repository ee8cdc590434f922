// Package walk is the evaluator: it takes a packet from where it starts to where it ends, one hop after
// the other, and asks each control on the way. The order of the hops stands once, in walk.go.
//
// It composes the vocabularies and knows nothing of how a network was described: the front door hands it
// a [World], in which every reference is a pointer.
package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// World is a network with every reference resolved. It does not change once it is built, so any
// number of walks may share it.
type World struct {
	// Leaves answer the four questions that the walk asks again and again.
	Leaves Leaves
	// Public finds the interface behind an address that the internet can name: the public IPv4
	// addresses, and the global IPv6 ones.
	Public map[netip.Addr]*Interface
	// RegionalNATs finds the regional NAT gateway that has an Elastic IP.
	RegionalNATs map[netip.Addr]*RegionalNAT
	// Whose says in a few words which of AWS's services is behind a public address, "" for none; nil: nobody
	// knows.
	Whose func(netip.Addr) string

	VPCs     []*VPC
	Peerings map[string]*peering.Connection
	Places   []string // the ID of what is at each place; the first place is nobody's
}

// NewPlace gives a place to the resource with that ID.
func (w *World) NewPlace(id string) uint32 {
	if len(w.Places) == 0 {
		w.Places = append(w.Places, "")
	}
	w.Places = append(w.Places, id)
	return uint32(len(w.Places) - 1)
}

// onlyVPCOf is the VPC that holds a private address, nil where none does or several do.
func (w *World) onlyVPCOf(a netip.Addr) (only *VPC) {
	for _, v := range w.VPCs {
		if !v.Data.Contains(a) {
			continue
		}
		if only != nil {
			return nil
		}
		only = v
	}
	return only
}

// VPC is a VPC and the gateways at its edge.
type VPC struct {
	Data       *vpc.VPC
	Place      uint32     // where a Memory files what happens here
	DNS        netip.Addr // the Amazon resolver, base + 2 of the primary block (F3.011)
	Internet   *Internet  // nil: none is attached
	EgressOnly *gateway.EgressOnly
	// EgressPlace is where a Memory files what left by EgressOnly.
	EgressPlace uint32
	Addresses   map[netip.Addr]*Interface // every private and IPv6 address that an interface has
	Subnets     []*Subnet

	BPA vpc.BPAMode // what Block Public Access blocks of what belongs to no subnet
	// EnforcesEncryption is set where its interface endpoints drop what is not encrypted (F3.202).
	EnforcesEncryption bool

	// Peers are joined with it by an active peering: rules here may name their groups (F5.104).
	Peers map[*VPC]bool
	// Foreign are the groups that rules here name of peers outside of the network, by ID: where their members
	// may be.
	Foreign map[string][]netip.Prefix
}

// subnetOf is the subnet that holds a, nil for an address between the subnets.
func (v *VPC) subnetOf(a netip.Addr) *Subnet {
	for _, s := range v.Subnets {
		if s.Data.Contains(a) {
			return s
		}
	}
	return nil
}

// routerAt is the reserved address of the router in the subnet that holds a, the zero Addr where none does.
func (v *VPC) routerAt(a netip.Addr) netip.Addr {
	if s := v.subnetOf(a); s != nil {
		return s.Router
	}
	return netip.Addr{}
}

// Internet is an attached internet gateway, with its edge route table or nil.
type Internet struct {
	Data  *gateway.Internet
	Table *Table
}

// Subnet is a subnet with the one table and the one ACL that serve it.
type Subnet struct {
	Data   *subnet.Subnet
	VPC    *VPC
	Router netip.Addr // the reserved address of the VPC's router
	ACL    *nacl.ACL
	Table  *Table
	Main   bool        // Table serves it as the main table, not by an association of its own
	BPA    vpc.BPAMode // what Block Public Access blocks here, its exclusions heeded (F3.105)
}

// Table is a route table with its targets found.
type Table struct {
	Data    *route.Table // its routes' states are decided: Active or Blackhole
	Lists   route.Lists
	Targets map[*route.Route]Target
}

// Target is where a route leads: the one field that its kind needs is set.
type Target struct {
	Interface  *Interface // a network interface, an instance's, a zonal NAT gateway's, a Gateway Load Balancer endpoint's
	Regional   *RegionalNAT
	Internet   *Internet
	EgressOnly *gateway.EgressOnly
	Peering    *peering.Connection
	Peer       *VPC // at the other end of Peering; nil where it is not part of this network
	Endpoint   *GatewayEndpoint
	OnPremises *VirtualPrivate // nil: a virtual private gateway that the network does not describe
}

// GatewayEndpoint is a gateway endpoint in its VPC, with the ranges of its service that routes lead to it.
type GatewayEndpoint struct {
	Data   *endpoint.Gateway
	Place  uint32 // where a Memory files what was opened by it
	VPC    *VPC
	Ranges []netip.Prefix
}

// Interface is a network interface with what stands behind it.
type Interface struct {
	Data     *subnet.Interface
	Place    uint32      // where a Memory files what happens here
	Timeouts *timeouts   // of its groups' tracking
	Open     sg.Openness // of its groups
	Subnet   *Subnet
	Groups   []*sg.Group
	GroupIDs string // joined by commas, as a hop prints them
	Lists    route.Lists
	Members  *Members            // of every group; all interfaces share it
	Down     bool                // its instance does not run
	Impaired bool                // its Availability Zone has failed
	NAT      *gateway.NAT        // it belongs to this NAT gateway; see ServeNAT
	From     []netip.Addr        // the addresses from which that sends, in the order in which it takes them
	Endpoint *endpoint.Interface // it belongs to this interface endpoint

	Inspector *endpoint.GatewayLoadBalancer // it belongs to this Gateway Load Balancer endpoint

	Service  *endpoint.Service // of Endpoint: that somebody offers from behind load balancers; nil: another one
	Behind   *Interface        // the load balancer's, to which Service leads from here; nil: none in this zone
	Balancer *Balancer         // it belongs to this load balancer
}

// hasPublicAddress reports whether the internet can name the interface over IPv4.
func (e *Interface) hasPublicAddress() bool {
	for _, a := range e.Data.Private {
		if a.Public.IsValid() {
			return true
		}
	}
	return false
}

// NewInterface makes the interface of data, at a place of its own.
func (w *World) NewInterface(data *subnet.Interface) *Interface {
	return &Interface{Data: data, Place: w.NewPlace(data.ID), Timeouts: ofGroups(data.Tracking)}
}

// vpc is the VPC of the interface.
func (e *Interface) vpc() *VPC { return e.Subnet.VPC }

// ServeNAT makes e the interface of a NAT gateway. That sends from its addresses there, of a public one from
// those that have a public address (F4.201, F4.213); where there is none from the primary one.
func (e *Interface) ServeNAT(g *gateway.NAT) {
	e.NAT, e.From = g, nil
	for _, a := range g.Addresses {
		if a.Interface == e.Data.ID && e.Data.Owns(a.Private) && (!g.IsPublic() || e.Data.PublicOf(a.Private).IsValid()) {
			e.From = append(e.From, a.Private)
		}
	}
	if len(e.From) == 0 {
		e.From = []netip.Addr{e.Data.Primary()}
	}
}
