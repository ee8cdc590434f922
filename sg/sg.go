// Package sg describes security groups, the stateful filters at a network interface.
package sg

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Group is a security group. One without egress rules lets nothing out, one without ingress
// rules lets nothing in, but for replies (F5.001, F5.010).
type Group struct {
	ID          string
	Name        string // unique in its VPC (F5.014)
	Description string
	VPC         string
	Account     string // owner; zero: that of the VPC
	Default     bool   // the VPC's default group (F5.003)
	Rules       []Rule
}

// Rule allows traffic: there is no deny. Exactly one peer is set (F5.005).
type Rule struct {
	ID          string           // AWS's sgr-...; optional
	Direction   packet.Direction // Ingress or Egress
	Service     packet.Service   // protocol and destination ports (F5.008), or ICMP type and code
	CIDR        netip.Prefix     // or
	PrefixList  string           // the ID of a prefix list, or
	Group       string           // the ID of a security group
	Description string

	// Stale marks a reference to a group that is gone or no longer reachable: the rule
	// stays and grants nothing (F5.111).
	Stale bool
}

// Peers answers what a rule's peer stands for, at the moment of a packet.
type Peers interface {
	// Member says whether a is a private address of an interface with the group, and of which (F5.101).
	Member(group string, a netip.Addr) (networkInterface string, ok bool)
	// Listed says whether a prefix list holds a.
	Listed(prefixList string, a netip.Addr) bool
}

// Decision is the rule that allowed a packet.
type Decision struct {
	Group  *Group
	Rule   *Rule
	Member string // for a group reference the network interface that matched
}

// Match finds the first rule of the groups that allows p; ok is false where none does (F5.001).
func Match(groups []*Group, d packet.Direction, p packet.Packet, peers Peers) (dec Decision, ok bool) {
	return Decision{}, false
}

// Validate reports every mistake that can be seen in the group alone.
func (g *Group) Validate() error { return nil }

// String says the rule in one line: "tcp/443 from 10.0.0.0/16".
func (r *Rule) String() string { return "" }
