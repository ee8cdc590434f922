package endpoint

import "github.com/packetwalk/packetwalk/internal/enum"

// Type says what an [Interface] leads to. AWS counts each as a kind of endpoint of its own (F7.205); to a
// network they are the same: a network interface in each of some subnets, with security groups. The zero
// value is unspecified, with the empty text, and counts as [TypeInterface].
type Type uint8

// The types of endpoints with network interfaces in several subnets (F7.205).
const (
	_             Type = iota // counts as TypeInterface
	TypeInterface             // an interface endpoint: to a service
	TypeResource              // a resource endpoint: to a resource that somebody shares, over TCP (F7.208)
	TypeTunnel                // a tunnel endpoint: to network segments that somebody shares, by GENEVE (F7.209)
)

var typeNames = []string{"", "Interface", "Resource", "Tunnel"}

// ToResources reports whether the endpoint leads to what somebody shares by a resource configuration, and to
// no service: a resource endpoint or a tunnel endpoint does.
func (t Type) ToResources() bool { return t == TypeResource || t == TypeTunnel }

// String gives AWS's name of the type, such as "Resource", "" for unspecified, and "Type(9)" for a value
// without a name.
func (t Type) String() string { return enum.String("Type", t, typeNames) }

// MarshalText is String; a value without a name is an error.
func (t Type) MarshalText() ([]byte, error) { return enum.Marshal("endpoint type", t, typeNames) }

// UnmarshalText reads what String gives, in any case; another text is an error and leaves t as it is.
func (t *Type) UnmarshalText(text []byte) error {
	return enum.Unmarshal("endpoint type", text, typeNames, t)
}
