// Package nacl describes network ACLs, the stateless filters at a subnet's border.
package nacl

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// ACL is a network ACL. One without entries denies everything (F6.005).
type ACL struct {
	ID      string
	Name    string // the Name tag; for people only
	VPC     string
	Default bool     // serves every subnet of the VPC that no other ACL names (F6.001)
	Subnets []string // associations
	Entries []Entry  // in any order: the number decides (F6.002)
}

// Entry is a numbered rule of an ACL. The final "*" that denies the rest is not an entry: every
// ACL has it (F6.003).
type Entry struct {
	Number    int              // 1 to 32766, unique for its direction (F6.002)
	Direction packet.Direction // Ingress or Egress
	Action    Action
	Service   packet.Service // protocol and destination ports (F6.007), or ICMP type and code
	CIDR      netip.Prefix   // the source of ingress, the destination of egress (F6.007)
}

// Action is what an entry does with a packet that it matches.
type Action uint8

const (
	ActionUnspecified Action = iota // not valid
	Allow
	Deny
)

// Eval finds the entry that decides p: the lowest number in that direction that matches. A nil
// entry is the final "*", which denies (F6.002, F6.003).
func (a *ACL) Eval(d packet.Direction, p packet.Packet) (e *Entry, allowed bool) { return nil, false }

// Validate reports every mistake that can be seen in the ACL alone.
func (a *ACL) Validate() error { return nil }

// String says the entry in one line: "100 allow tcp/443 from 10.0.0.0/16".
func (e *Entry) String() string { return "" }
