package dns

import "github.com/packetwalk/packetwalk/internal/enum"

// Type is the type of a record. The zero Type is unspecified, with the empty text.
type Type uint8

// The types that lead to an address.
const (
	_ Type = iota
	A
	AAAA
	CNAME
)

var typeNames = []string{"", "A", "AAAA", "CNAME"}

// String gives the name of the type, "AAAA"; "" for unspecified, and "Type(9)" for a value without a name.
func (t Type) String() string { return enum.String("Type", t, typeNames) }

// MarshalText is String; a value without a name is an error.
func (t Type) MarshalText() ([]byte, error) { return enum.Marshal("record type", t, typeNames) }

// UnmarshalText reads what String gives, in any case; another text is an error and leaves t as it is.
func (t *Type) UnmarshalText(text []byte) error {
	return enum.Unmarshal("record type", text, typeNames, t)
}
