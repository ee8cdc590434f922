package gateway

import "github.com/packetwalk/packetwalk/internal/enum"

// Connectivity says whether a NAT gateway leads to the internet. The zero value is unspecified, with the
// empty text, and counts as [Public].
type Connectivity uint8

// The connectivity types of a NAT gateway (F4.201).
const (
	ConnectivityUnspecified Connectivity = iota // counts as Public
	Public                                      // to the internet, by an Elastic IP and an internet gateway
	Private                                     // to other networks, never to the internet
)

var connectivityNames = []string{"", "public", "private"}

// String gives "public" or "private", "" for unspecified, and "Connectivity(9)" for a value without a name.
func (c Connectivity) String() string { return enum.String("Connectivity", c, connectivityNames) }

// MarshalText is String; a value without a name is an error.
func (c Connectivity) MarshalText() ([]byte, error) {
	return enum.Marshal("connectivity", c, connectivityNames)
}

// UnmarshalText takes what String gives, in any case; another text is an error and leaves c as it is.
func (c *Connectivity) UnmarshalText(text []byte) error {
	return enum.Unmarshal("connectivity", text, connectivityNames, c)
}

// AvailabilityMode says where a NAT gateway works. The zero value is unspecified, with the empty text, and
// counts as [Zonal].
type AvailabilityMode uint8

// The availability modes of a NAT gateway (F4.201).
const (
	AvailabilityModeUnspecified AvailabilityMode = iota // counts as Zonal
	Zonal                                               // in one subnet, and so in one Availability Zone
	Regional                                            // in a whole VPC (F4.219)
)

var availabilityModeNames = []string{"", "zonal", "regional"}

// String gives "zonal" or "regional", "" for unspecified, and "AvailabilityMode(9)" for a value without a
// name.
func (m AvailabilityMode) String() string {
	return enum.String("AvailabilityMode", m, availabilityModeNames)
}

// MarshalText is String; a value without a name is an error.
func (m AvailabilityMode) MarshalText() ([]byte, error) {
	return enum.Marshal("availability mode", m, availabilityModeNames)
}

// UnmarshalText takes what String gives, in any case; another text is an error and leaves m as it is.
func (m *AvailabilityMode) UnmarshalText(text []byte) error {
	return enum.Unmarshal("availability mode", text, availabilityModeNames, m)
}

// NATState is where a NAT gateway is in its life; only an available one forwards (F4.201). The zero value
// is unspecified, with the empty text, and counts as available.
type NATState uint8

// The states of a NAT gateway (F4.201).
const (
	NATUnspecified NATState = iota // counts as available
	NATPending                     // being made
	NATFailed                      // could not be made
	NATAvailable                   // forwards
	NATDeleting                    // being deleted
	NATDeleted                     // gone; its routes are blackholes (F4.222)
)

var natStateNames = []string{"", "pending", "failed", "available", "deleting", "deleted"}

// String gives AWS's name of the state, such as "available", "" for unspecified, and "NATState(9)" for
// a value without a name.
func (s NATState) String() string { return enum.String("NATState", s, natStateNames) }

// MarshalText is String; a value without a name is an error.
func (s NATState) MarshalText() ([]byte, error) {
	return enum.Marshal("NAT gateway state", s, natStateNames)
}

// UnmarshalText takes what String gives, in any case; another text is an error and leaves s as it is.
func (s *NATState) UnmarshalText(text []byte) error {
	return enum.Unmarshal("NAT gateway state", text, natStateNames, s)
}
