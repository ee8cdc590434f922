package dns

import "github.com/packetwalk/packetwalk/internal/enum"

// Outcome is what became of a question. The zero Outcome is unspecified, with the empty text.
type Outcome uint8

// The outcomes of a question.
const (
	_           Outcome = iota
	Answered            // there is an address
	NoData              // the name is there, and has no address of the type
	NoName              // nobody knows the name
	Failed              // the names lead to each other in a circle, or through too many
	Unreachable         // the resolver can't be reached, or does not answer
)

var outcomeNames = []string{"", "NOERROR", "NODATA", "NXDOMAIN", "SERVFAIL", "UNREACHABLE"}

// String gives the name that DNS has for it: "NOERROR", "NODATA", "NXDOMAIN", "SERVFAIL", and "UNREACHABLE"
// where no resolver answered; "" for unspecified, and "Outcome(9)" for a value without a name.
func (o Outcome) String() string { return enum.String("Outcome", o, outcomeNames) }

// MarshalText is String; a value without a name is an error.
func (o Outcome) MarshalText() ([]byte, error) { return enum.Marshal("outcome", o, outcomeNames) }

// UnmarshalText reads what String gives, in any case; another text is an error and leaves o as it is.
func (o *Outcome) UnmarshalText(text []byte) error {
	return enum.Unmarshal("outcome", text, outcomeNames, o)
}
