package nacl

import "github.com/packetwalk/packetwalk/internal/enum"

// Action is what an entry does with a packet that it matches. The zero Action is unspecified: it is
// not valid, its text is empty, and an entry with it lets nothing by.
type Action uint8

// The actions of an entry.
const (
	ActionUnspecified Action = iota // not valid
	Allow
	Deny
)

var actions = []string{"", "allow", "deny"}

// String gives "allow" or "deny" as AWS spells them, "" for unspecified, and "Action(9)" for a
// value that is none of them.
func (a Action) String() string { return enum.String("Action", a, actions) }

// MarshalText gives the text of [Action.String]; a value that is no action is an error.
func (a Action) MarshalText() ([]byte, error) { return enum.Marshal("action", a, actions) }

// UnmarshalText takes "allow", "deny" and "", whatever their case; any other text is an error.
func (a *Action) UnmarshalText(text []byte) error { return enum.Unmarshal("action", text, actions, a) }
