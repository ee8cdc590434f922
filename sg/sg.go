package sg

import (
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/packet"
)

// Group is a security group. One without egress rules lets nothing out, one without ingress
// rules lets nothing in, but for replies (F5.001, F5.010).
//
// The zero Group lets nothing by in either direction; it has no ID and is not valid.
type Group struct {
	ID          string
	Name        string // unique in its VPC (F5.014)
	Description string
	VPC         string
	VPCs        []string // further VPCs of the same Region and account whose interfaces may have the group (F5.112)
	Account     string   // owner; zero: that of the VPC
	Default     bool     // the VPC's default group (F5.003)
	Rules       []Rule
}

// Rule allows traffic: there is no deny. Exactly one peer is set: CIDR, PrefixList or Group
// (F5.005).
//
// The zero Rule is not valid and matches nothing.
type Rule struct {
	ID          string           // AWS's sgr-...; optional
	Direction   packet.Direction // Ingress or Egress
	Service     packet.Service   // protocol and destination ports (F5.008), or ICMP type and code
	CIDR        netip.Prefix     // or
	PrefixList  string           // the ID of a prefix list, or
	Group       string           // the ID of a security group
	Description string

	// GroupVPC is the VPC of a Group of a peer VPC outside of the network, as an account shows it whose
	// peer was not loaded: the rule stays, and since nobody knows who has the group it grants nothing
	// that can be checked. Zero: the group is in the network.
	GroupVPC string

	// Stale marks a reference to a group that is gone or no longer reachable: the rule
	// stays and grants nothing (F5.111).
	Stale bool
}

// Peers answers what a rule's peer stands for, at the moment of a packet. It is asked about the
// packet's source for ingress and its destination for egress, as they are at the interface: after
// address translation, the sender's groups are lost (F5.110).
type Peers interface {
	// Member says whether a is a private address, primary or secondary, of an interface with the
	// group, and of which (F5.101, F5.102). It says no where AWS does not honour the reference,
	// as between Regions (F5.104, F5.105, F5.106).
	Member(group string, a netip.Addr) (networkInterface string, ok bool)
	// Listed says whether a prefix list holds a.
	Listed(prefixList string, a netip.Addr) bool
}

// Spans lists the VPCs whose interfaces may have the group: its own, and those that it is associated
// with (F5.112). Each call returns a slice of its own. A nil group has none.
func (g *Group) Spans() []string {
	if g == nil {
		return nil
	}
	return append([]string{g.VPC}, g.VPCs...)
}

// In reports whether interfaces of a VPC may have the group (F5.112).
func (g *Group) In(vpc string) bool {
	return g != nil && (g.VPC == vpc || slices.Contains(g.VPCs, vpc))
}

// Decision is the rule that allowed a packet. The zero Decision is that of a packet that no rule
// allowed.
type Decision struct {
	Group  *Group
	Rule   *Rule
	Member string // for a group reference the network interface that matched
}
