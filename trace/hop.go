package trace

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/internal/enum"
	"github.com/packetwalk/packetwalk/packet"
)

// Hop is one thing that looked at the packet. The zero Hop is at no stage and lets the packet by.
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

// String says in one line where the hop is and what it did: "network ACL web-acl in: final * entry:
// SUBNET_ACL_RESTRICTION".
func (h Hop) String() string {
	where := strings.TrimRight(h.Stage.String()+" "+oneLine(h.ID)+" "+arrow(h.Direction), " ")
	if what := h.decision(); what != "" {
		return where + ": " + what
	}
	return where
}

// Lost is a rule that matched and was not taken, and why.
type Lost struct {
	Rule fmt.Stringer
	Code Code
}

// Action is what a hop did with the packet. The zero Action is [Pass].
type Action uint8

// The actions.
const (
	Pass   Action = iota // let it by
	Drop                 // it ends here, for the reason that the hop's Code gives
	Arrive               // it ends here, as it should
)

var actionNames = []string{"pass", "drop", "arrive"}

// String gives "pass", "drop" or "arrive", and "Action(9)" for a number that is no action.
func (a Action) String() string { return enum.String("Action", a, actionNames) }

// MarshalText is [Action.String]; a number that is no action is an error.
func (a Action) MarshalText() ([]byte, error) { return enum.Marshal("Action", a, actionNames) }

// UnmarshalText reads what [Action.MarshalText] gives, in any case. Any other text is an error.
func (a *Action) UnmarshalText(text []byte) error {
	return enum.Unmarshal("Action", text, actionNames, a)
}
