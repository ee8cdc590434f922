package endpoint

import "github.com/packetwalk/packetwalk/internal/enum"

// IPAddressType says of which families an endpoint is (F7.011, F7.112). The zero value is unspecified, with the
// empty text, and counts as [IPv4].
type IPAddressType uint8

// The address types of endpoints.
const (
	_ IPAddressType = iota // counts as IPv4
	IPv4
	IPv6
	Dualstack
)

var addressTypeNames = []string{"", "ipv4", "ipv6", "dualstack"}

// String gives AWS's name of the type, such as "dualstack", "" for unspecified, and "IPAddressType(9)" for a value
// without a name.
func (t IPAddressType) String() string { return enum.String("IPAddressType", t, addressTypeNames) }

// MarshalText is String; a value without a name is an error.
func (t IPAddressType) MarshalText() ([]byte, error) {
	return enum.Marshal("IP address type", t, addressTypeNames)
}

// UnmarshalText reads what String gives, in any case; another text is an error and leaves t as it is.
func (t *IPAddressType) UnmarshalText(text []byte) error {
	return enum.Unmarshal("IP address type", text, addressTypeNames, t)
}
