package packet

import "github.com/packetwalk/packetwalk/internal/enum"

// Direction says which way a packet crosses a border: into or out of a subnet or an interface.
// The zero Direction is unspecified.
type Direction uint8

const (
	_       Direction = iota // unspecified: the border has no direction (a gateway)
	Ingress                  // into the subnet or the network interface
	Egress                   // out of the subnet or the network interface
)

var directionNames = []string{"", "ingress", "egress"}

// String gives "ingress" or "egress", "" for unspecified, and "Direction(9)" for a value that is
// none of these.
func (d Direction) String() string { return enum.String("Direction", d, directionNames) }

// MarshalText gives "ingress" or "egress", as AWS spells them, and "" for unspecified. Any other
// value is an error.
func (d Direction) MarshalText() ([]byte, error) {
	return enum.Marshal("Direction", d, directionNames)
}

// UnmarshalText reads what [Direction.MarshalText] gives, in any case. Any other text is an error
// and leaves d as it was.
func (d *Direction) UnmarshalText(text []byte) error {
	return enum.Unmarshal("Direction", text, directionNames, d)
}
