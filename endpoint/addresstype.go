package endpoint

import "github.com/packetwalk/packetwalk/internal/enum"

// IPAddressType says of which families an endpoint is (F7.011, F7.112). The zero value is unspecified, with
// the empty text, and counts as [IPv4].
type IPAddressType uint8

// The address types of endpoints.
const (
	_ IPAddressType = iota // counts as IPv4
	IPv4
	IPv6
	Dualstack
)

var addressTypeNames = []string{"", "ipv4", "ipv6", "dualstack"}

// String gives AWS's name of the type, such as "dualstack", "" for unspecified, and "IPAddressType(9)" for
// a value without a name.
func (t IPAddressType) String() string { return enum.String("IPAddressType", t, addressTypeNames) }

// MarshalText is String; a value without a name is an error.
func (t IPAddressType) MarshalText() ([]byte, error) {
	return enum.Marshal("IP address type", t, addressTypeNames)
}

// UnmarshalText reads what String gives, in any case; another text is an error and leaves t as it is.
func (t *IPAddressType) UnmarshalText(text []byte) error {
	return enum.Unmarshal("IP address type", text, addressTypeNames, t)
}

// Families lists the families of the type, false for IPv4 and true for IPv6: IPv4 for [IPv4] and
// unspecified, IPv6 for [IPv6], both for [Dualstack], none for a value without a name.
func (t IPAddressType) Families() []bool {
	switch t {
	case 0, IPv4:
		return []bool{false}
	case IPv6:
		return []bool{true}
	case Dualstack:
		return []bool{false, true}
	}
	return nil
}

// PrefixListName gives the name of the prefix list that holds the addresses of a service in a family: the
// service's own, "com.amazonaws.us-east-1.s3", for IPv4, and "com.amazonaws.us-east-1.ipv6.s3" for IPv6, as
// AWS names the IPv6 lists of its services. A prefix list of AWS's holds one family (F7.011). A name
// without a Region stays as it is.
func PrefixListName(service string, ipv6 bool) string {
	short := Short(service)
	if !ipv6 || short == "" {
		return service
	}
	return service[:len(service)-len(short)] + "ipv6." + short
}
