package flowlog

import (
	"fmt"
	"strconv"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// Type is the kind of traffic: its address family, or EFA. The zero Type is unspecified and shows "-".
type Type uint8

// The types (F1.119).
const (
	_        Type = iota // unspecified
	TypeIPv4             // IPv4
	TypeIPv6             // IPv6
	TypeEFA              // Elastic Fabric Adapter
)

var typeNames = []string{"", "IPv4", "IPv6", "EFA"}

// String gives "IPv4", "IPv6" or "EFA", and "" for unspecified.
func (t Type) String() string { return enum.String("Type", t, typeNames) }

// MarshalText gives the text of String; a value without a name is an error.
func (t Type) MarshalText() ([]byte, error) { return enum.Marshal("Type", t, typeNames) }

// UnmarshalText reads "IPv4", "IPv6" or "EFA" in any case, and "" as unspecified.
func (t *Type) UnmarshalText(text []byte) error {
	return enum.Unmarshal("Type", text, typeNames, t)
}

// TrafficPath says by what traffic leaves the interface (F1.301-F1.308). Its values are AWS's codes. The zero
// TrafficPath is unspecified and shows "-": on ingress, and where no code fits. Codes may be added: any
// from 1 to 255 is read and written.
type TrafficPath uint8

// The traffic paths (F1.301-F1.303).
const (
	PathSameVPC                   TrafficPath = 1 // another resource of the same VPC, or an Outpost's local gateway
	PathInternetOrGatewayEndpoint TrafficPath = 2 // an internet gateway or a gateway endpoint, not told apart
	PathVirtualPrivateGateway     TrafficPath = 3 // a virtual private gateway
	PathPeering                   TrafficPath = 4 // a peering connection inside a Region
	PathInterRegionPeering        TrafficPath = 5 // a peering connection between Regions
	PathLocalZone                 TrafficPath = 6 // a Local Zone or Wavelength Zone
	PathGatewayEndpoint           TrafficPath = 7 // a gateway endpoint
	PathInternetGateway           TrafficPath = 8 // an internet gateway
)

var pathMeanings = [...]string{
	PathSameVPC:                   "another resource in the same VPC",
	PathInternetOrGatewayEndpoint: "an internet gateway or a gateway endpoint",
	PathVirtualPrivateGateway:     "a virtual private gateway",
	PathPeering:                   "a peering connection in the Region",
	PathInterRegionPeering:        "a peering connection between Regions",
	PathLocalZone:                 "a Local Zone or Wavelength Zone",
	PathGatewayEndpoint:           "a gateway endpoint",
	PathInternetGateway:           "an internet gateway",
}

// String gives the code, "8", as a record shows it; "" for unspecified.
func (p TrafficPath) String() string {
	if p == 0 {
		return ""
	}
	return strconv.Itoa(int(p))
}

// Meaning says in words what a code stands for, "an internet gateway"; "" for one that AWS's table does not
// have.
func (p TrafficPath) Meaning() string {
	if int(p) < len(pathMeanings) {
		return pathMeanings[p]
	}
	return ""
}

// MarshalText gives the text of String. It never fails.
func (p TrafficPath) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a code from 1 to 255, and "" as unspecified.
func (p *TrafficPath) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = 0
		return nil
	}
	n, ok := parseNumber(string(text), 255)
	if !ok || n == 0 {
		return fmt.Errorf("traffic path %s: want a code from 1 to 255", quoted(string(text)))
	}
	*p = TrafficPath(n)
	return nil
}

// EncryptionStatus says whether traffic is encrypted, where VPC Encryption Controls look (F1.142, F1.157).
// The zero EncryptionStatus is unspecified and shows "-"; a record shows AWS's codes, of which 0 is
// [NotEncrypted].
type EncryptionStatus uint8

// The encryption statuses (F1.142).
const (
	_                    EncryptionStatus = iota // unspecified
	NotEncrypted                                 // 0
	NitroEncrypted                               // 1: by the Nitro system
	ApplicationEncrypted                         // 2: by the application
	BothEncrypted                                // 3: by both
)

var encryptionNames = []string{"", "0", "1", "2", "3"}

// String gives AWS's code, "0" to "3", as a record shows it, and "" for unspecified.
func (e EncryptionStatus) String() string {
	return enum.String("EncryptionStatus", e, encryptionNames)
}

// MarshalText gives the text of String; a value without a code is an error.
func (e EncryptionStatus) MarshalText() ([]byte, error) {
	return enum.Marshal("EncryptionStatus", e, encryptionNames)
}

// UnmarshalText reads "0" to "3", and "" as unspecified.
func (e *EncryptionStatus) UnmarshalText(text []byte) error {
	return enum.Unmarshal("EncryptionStatus", text, encryptionNames, e)
}

// RejectReason is AWS's word for who rejects traffic where groups and ACLs do not: they show "-" (F1.140).
// Any word is read and written.
type RejectReason string

// The reject reasons (F1.140).
const (
	RejectBPA RejectReason = "BPA" // VPC Block Public Access (F1.512)
	RejectEC  RejectReason = "EC"  // VPC Encryption Controls
)

// InterfaceType says which service's interface it is (F1.149, F1.154). Any word is read and written; ""
// shows "-".
type InterfaceType string

// The interface types that records show (F1.149).
const (
	InterfaceNATGateway          InterfaceType = "nat_gateway"
	InterfaceNetworkLoadBalancer InterfaceType = "network_load_balancer"
	InterfaceRegionalNATGateway  InterfaceType = "regional_nat_gateway"
	InterfaceTransitGateway      InterfaceType = "transit_gateway"
	InterfaceVPCEndpoint         InterfaceType = "vpc_endpoint"
)

// SublocationType says what kind of place outside of a zone of the Region an interface is in (F1.124). Any
// word is read and written; "" shows "-".
type SublocationType string

// The sublocation types (F1.124).
const (
	SublocationWavelength SublocationType = "wavelength"
	SublocationOutpost    SublocationType = "outpost"
	SublocationLocalZone  SublocationType = "localzone"
)
