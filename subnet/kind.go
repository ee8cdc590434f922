package subnet

import "github.com/packetwalk/packetwalk/internal/enum"

// InterfaceKind says whose interface it is; the names are AWS's interface types.
type InterfaceKind uint8

// The kinds of interfaces.
const (
	KindUnspecified InterfaceKind = iota // counts as Standard
	Standard                             // an instance's, a database's, a task's: anything with groups
	NATGateway                           // has no groups (F4.208)
	VPCEndpoint                          // an interface endpoint's
	Lambda                               // a function's Hyperplane interface
	LoadBalancer                         // an Application or Classic Load Balancer's
	NetworkLoadBalancer
	GatewayLoadBalancer
	GatewayLoadBalancerEndpoint
	TransitGateway
	Other // any type that is not listed; treated as Standard
)

var interfaceKinds = []string{
	"", "interface", "nat_gateway", "vpc_endpoint", "lambda", "load_balancer", "network_load_balancer",
	"gateway_load_balancer", "gateway_load_balancer_endpoint", "transit_gateway", "other",
}

// String gives AWS's name of the interface type, such as "nat_gateway"; "" for unspecified,
// "InterfaceKind(99)" for a value without a name.
func (k InterfaceKind) String() string { return enum.String("InterfaceKind", k, interfaceKinds) }

// MarshalText gives AWS's name; a value without one is an error.
func (k InterfaceKind) MarshalText() ([]byte, error) {
	return enum.Marshal("interface kind", k, interfaceKinds)
}

// UnmarshalText reads AWS's name, in any case. A type that is not listed is an error: a reader that wants
// to keep it takes [Other].
func (k *InterfaceKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("interface kind", text, interfaceKinds, k)
}

// Forwarding is what a host does with a packet that is not for it.
type Forwarding uint8

// The ways to forward.
const (
	ForwardUnspecified Forwarding = iota // counts as Route
	Route                                // sends it on unchanged: an appliance, a firewall, a router
	Masquerade                           // sends it on with its own source address: a NAT instance
)

var forwardings = []string{"", "route", "masquerade"}

// String gives "route" or "masquerade"; "" for unspecified, "Forwarding(9)" for a value without a name.
func (f Forwarding) String() string { return enum.String("Forwarding", f, forwardings) }

// MarshalText gives the name; a value without one is an error.
func (f Forwarding) MarshalText() ([]byte, error) { return enum.Marshal("forwarding", f, forwardings) }

// UnmarshalText reads the name, in any case; any other name is an error.
func (f *Forwarding) UnmarshalText(text []byte) error {
	return enum.Unmarshal("forwarding", text, forwardings, f)
}
