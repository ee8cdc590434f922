// Package trace holds what a packet met on its way: the hops, what decided at each, and the verdict.
package trace

import (
	"fmt"

	"github.com/packetwalk/packetwalk/packet"
)

// Trace is the way of one packet. The zero Trace is that of a packet that was never sent.
type Trace struct {
	Verdict Verdict
	Sent    packet.Packet // as it was sent
	Last    packet.Packet // as it arrived, or as it was when it was dropped
	Hops    []Hop         // up to where it arrived or was dropped

	// Beyond are the hops that the packet would have met, had the filters that deny let it by:
	// the other things that stand in the way are among them.
	Beyond []Hop

	// Crossings are the network interfaces that saw the packet, each with what its own groups
	// and ACL said: what flow logs record. Traffic that AWS does not log leaves none.
	Crossings []Crossing
}

// Hop is one thing that looked at the packet.
type Hop struct {
	Stage     Stage
	Direction packet.Direction // of the interface or subnet; unspecified at a gateway
	ID        string           // the resource that decided; several groups are joined by commas
	Interface string           // the network interface that is left or entered; "" at a gateway
	Subnet    string           // its subnet
	VPC       string           // the VPC where the hop is; "" outside

	Action Action
	Code   Code // why it was dropped; zero where it was not

	// Rule is the very rule, entry or route that decided, as a pointer into the network's
	// data: a *sg.Rule, *nacl.Entry or *route.Route. Nil where none did, as at an ACL's final "*".
	Rule   fmt.Stringer
	Member string // for a group reference, the interface that matched
	Note   string // what else there is to say: "tracked connection", "main route table"
	Lost   []Lost // routes that matched as well and were not taken

	Before, After packet.Packet // the header on the way in, and on the way out
}

// Lost is a rule that matched and was not taken, and why.
type Lost struct {
	Rule fmt.Stringer
	Code Code
}

// Crossing is a packet that entered or left a network interface.
type Crossing struct {
	Interface string
	Direction packet.Direction
	Packet    packet.Packet // as it was outside the interface's own rewriting
	Accepted  bool          // by the interface's groups and its subnet's ACL
}

// Verdict is what became of a packet, or of a connection. It is comparable and holds no pointers
// but the ID's.
type Verdict struct {
	Outcome Outcome
	Code    Code // why it was dropped
	Stage   Stage
	ID      string // the resource that dropped it, or where it arrived
	Reply   bool   // it is the reply that was dropped
}

// Outcome is what became of a packet.
type Outcome uint8

const (
	NotSent   Outcome = iota // there was nothing to send
	Delivered                // it arrived
	Dropped
)

// Action is what a hop did with the packet.
type Action uint8

const (
	Pass Action = iota // let it by
	Drop
	Arrive // it ends here, as it should
)

// Stage is the kind of resource that a hop is at.
type Stage uint8

const (
	_                     Stage = iota
	StageNetworkInterface       // its source/destination check, its state
	StageSecurityGroup          // the groups of a network interface
	StageNetworkACL             // the ACL of a subnet
	StageRouteTable             // the route table of a subnet or gateway
	StageInternetGateway
	StageEgressOnlyInternetGateway
	StageNATGateway
	StageNATInstance
	StagePeeringConnection
	StageGatewayEndpoint
	StageInterfaceEndpoint
	StageRouter   // the VPC's own router: delivery by address
	StageInternet // everything outside
	StageService  // an AWS service: behind an endpoint, or a VPC's own (DNS, metadata, time)
)

// Delivered reports whether the packet arrived.
func (t *Trace) Delivered() bool { return t.Verdict.Outcome == Delivered }
