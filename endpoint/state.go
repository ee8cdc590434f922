package endpoint

import "github.com/packetwalk/packetwalk/internal/enum"

// State is where an endpoint is in its life; only an available one carries traffic (F7.111). The zero value
// is unspecified, with the empty text, and counts as [Available].
type State uint8

// The states of an endpoint (F7.111).
const (
	StateUnspecified  State = iota // counts as Available
	PendingAcceptance              // the service's owner has not said yes yet
	Pending                        // being made
	Available                      // carries traffic
	Deleting                       // being deleted
	Deleted                        // gone
	Rejected                       // the service's owner said no
	Failed                         // could not be made
	Expired                        // the service's owner said nothing for too long
	Partial                        // made in a part of its subnets
)

var stateNames = []string{
	"", "PendingAcceptance", "Pending", "Available", "Deleting", "Deleted", "Rejected", "Failed", "Expired", "Partial",
}

// Usable reports whether an endpoint in this state carries traffic: unspecified counts as available.
func (s State) Usable() bool { return s == StateUnspecified || s == Available }

// Exists reports whether an endpoint in this state has its network interfaces: one that is deleted, or could
// not be made, has none. One whose service's owner said no, or said nothing, stays provisioned until somebody
// deletes it, as AWS's pricing of PrivateLink says: it keeps them, and carries no traffic (F7.111).
func (s State) Exists() bool { return s != Deleted && s != Failed }

// String gives AWS's name of the state, such as "PendingAcceptance", "" for unspecified, and "State(99)"
// for a value without a name.
func (s State) String() string { return enum.String("State", s, stateNames) }

// MarshalText is String; a value without a name is an error.
func (s State) MarshalText() ([]byte, error) { return enum.Marshal("endpoint state", s, stateNames) }

// UnmarshalText takes what String gives, in any case, since AWS's own output has "available" as well as
// "Available"; another text is an error and leaves s as it is.
func (s *State) UnmarshalText(text []byte) error {
	return enum.Unmarshal("endpoint state", text, stateNames, s)
}
