package route

import "github.com/packetwalk/packetwalk/internal/enum"

var targetKinds = []string{
	Local:                       "local",
	InternetGateway:             "internet-gateway",
	EgressOnlyInternetGateway:   "egress-only-internet-gateway",
	NATGateway:                  "nat-gateway",
	NetworkInterface:            "network-interface",
	Instance:                    "instance",
	PeeringConnection:           "vpc-peering-connection",
	GatewayEndpoint:             "gateway-endpoint",
	GatewayLoadBalancerEndpoint: "gateway-load-balancer-endpoint",
	VirtualPrivateGateway:       "virtual-private-gateway",
	TransitGateway:              "transit-gateway",
	CarrierGateway:              "carrier-gateway",
	LocalGateway:                "local-gateway",
	CoreNetwork:                 "core-network",
	ODBNetwork:                  "odb-network",
	Unknown:                     "unknown",
}

// The names of states and origins are those of AWS's API (F2.023).
var (
	states  = []string{Active: "active", Blackhole: "blackhole", Filtered: "filtered"}
	origins = []string{
		CreatedWithTable: "CreateRouteTable",
		Created:          "CreateRoute",
		Propagated:       "EnableVgwRoutePropagation",
		Advertised:       "Advertisement",
	}
)

var vias = []string{
	DirectConnectBGP: "direct-connect-bgp",
	VPNStatic:        "vpn-static",
	VPNBGP:           "vpn-bgp",
}

var losses = []string{
	Taken:          "taken",
	LessSpecific:   "less-specific",
	LowerPriority:  "lower-priority",
	LocalPreferred: "local-preferred",
	NotUsable:      "not-usable",
}

// String gives the name of k, "nat-gateway"; the zero TargetKind is the empty text.
func (k TargetKind) String() string { return enum.String("TargetKind", k, targetKinds) }

// MarshalText is [TargetKind.String], with an error for a value that has no name.
func (k TargetKind) MarshalText() ([]byte, error) { return enum.Marshal("TargetKind", k, targetKinds) }

// UnmarshalText reads what MarshalText writes, whatever its case; another name is an error.
func (k *TargetKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("TargetKind", text, targetKinds, k)
}

// String gives the name of s as AWS spells it, "blackhole"; the zero State is the empty text.
func (s State) String() string { return enum.String("State", s, states) }

// MarshalText is [State.String], with an error for a value that has no name.
func (s State) MarshalText() ([]byte, error) { return enum.Marshal("State", s, states) }

// UnmarshalText reads what MarshalText writes, whatever its case; another name is an error.
func (s *State) UnmarshalText(text []byte) error { return enum.Unmarshal("State", text, states, s) }

// String gives the name of o as AWS spells it, "CreateRoute"; the zero Origin is the empty text.
func (o Origin) String() string { return enum.String("Origin", o, origins) }

// MarshalText is [Origin.String], with an error for a value that has no name.
func (o Origin) MarshalText() ([]byte, error) { return enum.Marshal("Origin", o, origins) }

// UnmarshalText reads what MarshalText writes, whatever its case; another name is an error.
func (o *Origin) UnmarshalText(text []byte) error { return enum.Unmarshal("Origin", text, origins, o) }

// String gives the name of v, "vpn-bgp"; the zero Via is the empty text. AWS has no names for these.
func (v Via) String() string { return enum.String("Via", v, vias) }

// MarshalText is [Via.String], with an error for a value that has no name.
func (v Via) MarshalText() ([]byte, error) { return enum.Marshal("Via", v, vias) }

// UnmarshalText reads what MarshalText writes, whatever its case; another name is an error.
func (v *Via) UnmarshalText(text []byte) error { return enum.Unmarshal("Via", text, vias, v) }

// String gives the name of l, "less-specific"; the zero Loss is "taken".
func (l Loss) String() string { return enum.String("Loss", l, losses) }

// MarshalText is [Loss.String], with an error for a value that has no name.
func (l Loss) MarshalText() ([]byte, error) { return enum.Marshal("Loss", l, losses) }

// UnmarshalText reads what MarshalText writes, whatever its case; another name is an error.
func (l *Loss) UnmarshalText(text []byte) error { return enum.Unmarshal("Loss", text, losses, l) }
