package packetwalk

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// What can be wrong with a [Config]. Each [ConfigError] wraps one of these; test with errors.Is.
var (
	ErrNotFound  = fault.ErrNotFound  // a reference to a resource that is not there
	ErrOverlap   = fault.ErrOverlap   // two ranges that must not share addresses
	ErrOutside   = fault.ErrOutside   // an address or range outside of what must hold it
	ErrDuplicate = fault.ErrDuplicate // a second one where there can be one only
	ErrInvalid   = fault.ErrInvalid   // a value that AWS would refuse
	ErrLimit     = fault.ErrLimit     // more than there can be
)

// Kind says what kind of resource an error or a warning is about, in AWS's words.
type Kind string

// The kinds of resources.
const (
	KindVPC               Kind = "VPC"
	KindDHCPOptions       Kind = "DHCP options set"
	KindSubnet            Kind = "subnet"
	KindInstance          Kind = "instance"
	KindInterface         Kind = "network interface"
	KindElasticIP         Kind = "Elastic IP address"
	KindRouteTable        Kind = "route table"
	KindPrefixList        Kind = "prefix list"
	KindInternetGateway   Kind = "internet gateway"
	KindEgressOnly        Kind = "egress-only internet gateway"
	KindNATGateway        Kind = "NAT gateway"
	KindVirtualPrivate    Kind = "virtual private gateway"
	KindNetworkACL        Kind = "network ACL"
	KindSecurityGroup     Kind = "security group"
	KindGatewayEndpoint   Kind = "gateway endpoint"
	KindInterfaceEndpoint Kind = "interface endpoint"
	KindPeering           Kind = "VPC peering connection"
	KindGWLBEndpoint      Kind = "Gateway Load Balancer endpoint"
	KindLoadBalancer      Kind = "load balancer"
	KindEndpointService   Kind = "endpoint service"
	KindHostedZone        Kind = "hosted zone"
	KindBucket            Kind = "bucket" // its ID is its name
	KindFlowLog           Kind = "flow log"
	KindBlockPublicAccess Kind = "VPC Block Public Access" // its ID is "account/Region"
	KindEncryptionControl Kind = "VPC encryption control"  // its ID is that of its VPC
	KindZone              Kind = "Availability Zone"       // its ID is its name
	KindIPRange           Kind = "public range of AWS's"   // its ID is its place, "IPRanges[0]"
)

// ConfigError is one mistake in a [Config]: which resource, which field, which value, and what would be
// right.
type ConfigError struct {
	Kind  Kind
	ID    string
	Field string // path inside the resource: "Routes[2].Target"
	Value string // what stands there; "" for nothing
	Pos   string // "main.go:17" where a handle was called wrongly; "" for a Config
	Err   error  // wraps one of the reasons, such as [ErrNotFound]
}

var _ error = (*ConfigError)(nil)

// Error says it in one line.
func (e *ConfigError) Error() string {
	var b strings.Builder
	if e.Pos != "" {
		fmt.Fprintf(&b, "%s: ", e.Pos)
	}
	fmt.Fprintf(&b, "%s %q", e.Kind, e.ID)
	if e.Field != "" {
		fmt.Fprintf(&b, ": %s", e.Field)
	}
	if e.Value != "" {
		fmt.Fprintf(&b, " %q", e.Value)
	}
	fmt.Fprintf(&b, ": %v", e.Err)
	return b.String()
}

// Unwrap gives the reason.
func (e *ConfigError) Unwrap() error { return e.Err }

// mistakes collects the errors of a Build.
type mistakes struct {
	errs []error
	seen map[place]bool
	pos  func(id, field string) string // where a handle wrote the field; nil: there were no handles
}

// place is a field of a resource.
type place struct {
	kind      Kind
	id, field string
}

func (m *mistakes) note(at place) {
	if m.seen == nil {
		m.seen = make(map[place]bool)
	}
	m.seen[at] = true
}

// add reports one mistake: reason is one of the sentinels, format says what would be right.
func (m *mistakes) add(kind Kind, id, field string, value any, reason error, format string, args ...any) {
	err := fmt.Errorf("%w: %s", reason, fmt.Sprintf(format, args...))
	m.report(kind, id, &fault.Fault{Field: field, Value: fmt.Sprint(value), Err: err})
}

// addAt reports a mistake of a handle. Each counts, also the second that was meant for a place.
func (m *mistakes) addAt(pos string, kind Kind, id, field string, value any, reason error, format string, args ...any) {
	err := fmt.Errorf("%w: %s", reason, fmt.Sprintf(format, args...))
	m.errs = append(m.errs, &ConfigError{kind, id, field, fmt.Sprint(value), pos, err})
	m.note(place{kind, id, field})
}

// addAll reports what a vocabulary's Validate found.
func (m *mistakes) addAll(kind Kind, id string, err error) {
	for _, f := range fault.Of(err) {
		m.report(kind, id, f)
	}
}

// report keeps one mistake a field: what a handle could not read is not reported again as missing.
func (m *mistakes) report(kind Kind, id string, f *fault.Fault) {
	at := place{kind, id, f.Field}
	if m.seen[at] && f.Field != "" {
		return
	}
	m.note(at)
	e := &ConfigError{Kind: kind, ID: id, Field: f.Field, Value: f.Value, Err: f.Err}
	if m.pos != nil {
		e.Pos = m.pos(id, f.Field)
	}
	m.errs = append(m.errs, e)
}
