package gateway

import "github.com/packetwalk/packetwalk/internal/enum"

// Refusal is why a gateway does not forward a packet. The zero value, [Forwards], is that it does.
type Refusal uint8

// The reasons for which a gateway does not forward.
const (
	Forwards             Refusal = iota // no refusal: the packet goes on
	NoPublicAddress                     // IPv4 source without a public address (F4.002, F4.004)
	PrivateIPv6                         // IPv6 source that is not a global address (F3.021)
	DestinationRFC1918                  // leaving towards a private address (F4.006)
	DestinationRFC6598                  // leaving towards 100.64.0.0/10 (F4.006)
	DestinationUnrouted                 // leaving towards an address that nobody routes (0/8, 127/8, 169.254/16, 224/3, their IPv6 kin)
	SourceRFC1918                       // entering from a private address (F4.006)
	SourceRFC6598                       // entering from 100.64.0.0/10 (F4.006)
	NotAssociated                       // entering for an address that no interface holds (F4.005)
	ProtocolNotForwarded                // a NAT gateway forwards TCP, UDP and ICMP only (F4.203), an egress-only gateway IPv6 only (F4.101)
	FragmentNotForwarded                // a NAT gateway forwards fragments of UDP only (F4.214)
	TooLong                             // a NAT gateway takes packets of up to 8500 bytes (F4.214)
	NoSession                           // entering without a connection from inside (F4.101, F4.206)
)

var refusalTexts = []string{
	Forwards:             "forwards the packet",
	NoPublicAddress:      "the source has no public IPv4 address",
	PrivateIPv6:          "the IPv6 source is not a global address",
	DestinationRFC1918:   "the destination is a private address (RFC 1918)",
	DestinationRFC6598:   "the destination is a shared address (RFC 6598)",
	DestinationUnrouted:  "the internet does not route the destination",
	SourceRFC1918:        "the source is a private address (RFC 1918)",
	SourceRFC6598:        "the source is a shared address (RFC 6598)",
	NotAssociated:        "no interface holds the destination as its public address",
	ProtocolNotForwarded: "the gateway does not forward this protocol",
	FragmentNotForwarded: "a fragment of another protocol than UDP",
	TooLong:              "the packet is longer than 8500 bytes",
	NoSession:            "no connection from inside is known",
}

// String says the refusal in a short sentence without a full stop, and "Refusal(99)" for a value that
// is none of them.
func (r Refusal) String() string { return enum.String("Refusal", r, refusalTexts) }
