package packet

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/enum"
)

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

// FarEnd gives the address at the other side of a border that p crosses in direction d: the source of what
// comes in, the destination of what goes out. It is what filters look at (F5.008, F6.007). An IPv4-mapped
// IPv6 address is given as the IPv4 address that it is; the zero Addr is for a direction that is neither.
func (p Packet) FarEnd(d Direction) netip.Addr {
	switch d {
	case Ingress:
		return p.Src.Unmap()
	case Egress:
		return p.Dst.Unmap()
	}
	return netip.Addr{}
}

// Opposite gives the other way: egress for ingress and ingress for egress. Unspecified has none, and stays.
func (d Direction) Opposite() Direction {
	switch d {
	case Ingress:
		return Egress
	case Egress:
		return Ingress
	}
	return d
}
