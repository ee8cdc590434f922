package flowlog

import "github.com/packetwalk/packetwalk/internal/enum"

// Action says what groups and ACLs decided at the interface (F1.505). The zero Action is
// unspecified and shows "-".
type Action uint8

// The actions (F1.113).
const (
	_      Action = iota // unspecified: a record without traffic
	Accept               // the interface's groups and its subnet's ACL let the traffic pass
	Reject               // one of them did not, or the connection was closed already (F1.511)
)

var actionNames = []string{"", "ACCEPT", "REJECT"}

// String gives "ACCEPT" or "REJECT", and "" for unspecified.
func (a Action) String() string { return enum.String("Action", a, actionNames) }

// MarshalText gives the text of String; a value without a name is an error.
func (a Action) MarshalText() ([]byte, error) { return enum.Marshal("Action", a, actionNames) }

// UnmarshalText reads "ACCEPT" or "REJECT" in any case, and "" as unspecified.
func (a *Action) UnmarshalText(text []byte) error {
	return enum.Unmarshal("Action", text, actionNames, a)
}

// Status says whether the interval was recorded. The zero Status is unspecified, which no line
// of AWS's is.
type Status uint8

// The statuses (F1.114).
const (
	_              Status = iota // unspecified
	StatusOK                     // recorded as it should be
	StatusNoData                 // there was no traffic in the interval (F1.651)
	StatusSkipData               // there was, and AWS could not record some of it (F1.652)
)

var statusNames = []string{"", "OK", "NODATA", "SKIPDATA"}

// String gives "OK", "NODATA" or "SKIPDATA", and "" for unspecified.
func (s Status) String() string { return enum.String("Status", s, statusNames) }

// MarshalText gives the text of String; a value without a name is an error.
func (s Status) MarshalText() ([]byte, error) { return enum.Marshal("Status", s, statusNames) }

// UnmarshalText reads "OK", "NODATA" or "SKIPDATA" in any case, and "" as unspecified.
func (s *Status) UnmarshalText(text []byte) error {
	return enum.Unmarshal("Status", text, statusNames, s)
}
