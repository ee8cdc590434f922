package dns

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// Authority is who knew what a step says. The zero Authority is unspecified, with the empty text.
type Authority uint8

// Who may know a name.
const (
	_                  Authority = iota
	PrivateZone                  // a private hosted zone (F9.304)
	PublicZone                   // a public hosted zone
	EndpointPrivateDNS           // the hidden private zone of an interface endpoint (F7.108)
	EndpointName                 // the names of an interface endpoint's own (F7.107)
	PrivateHostname              // ip-10-0-1-5.ec2.internal
	PublicHostname               // ec2-203-0-113-25.compute-1.amazonaws.com (F9.303)
	AWSService                   // the public names of AWS's services
	Resolver                     // the resolver that was asked, or to which one forwards
	DNS64                        // an address in 64:ff9b::/96 made of an IPv4 one (F4.217)
	PublicDNS                    // the DNS of the internet, of which the network knows no more
	LoadBalancerName             // the name that AWS gave a load balancer
)

var authorityNames = []string{
	"", "private hosted zone", "public hosted zone", "endpoint private DNS", "endpoint name", "private host name",
	"public host name", "AWS service", "resolver", "DNS64", "public DNS",
	"load balancer name",
}

// String says who it is, "private hosted zone"; "" for unspecified, and "Authority(99)" for a value without a
// name.
func (a Authority) String() string { return enum.String("Authority", a, authorityNames) }

// MarshalText is String; a value without a name is an error.
func (a Authority) MarshalText() ([]byte, error) {
	return enum.Marshal("authority", a, authorityNames)
}

// UnmarshalText reads what String gives, in any case; another text is an error and leaves a as it is.
func (a *Authority) UnmarshalText(text []byte) error {
	return enum.Unmarshal("authority", text, authorityNames, a)
}

// Step is one thing that decided what a name leads to.
type Step struct {
	By   Authority
	ID   string // of the zone, the endpoint, the network interface, the service or the resolver
	Name string // the name that was asked for; "" where the step is about none
	Said string // what it said: "A 10.0.0.5", "CNAME db.corp", "is not there"
}

// String says it in one line: "private hosted zone Z1: db.corp A 10.0.0.5".
func (s Step) String() string {
	var b strings.Builder
	b.WriteString(s.By.String())
	if s.ID != "" {
		fmt.Fprintf(&b, " %s", s.ID)
	}
	b.WriteByte(':')
	if s.Name != "" {
		fmt.Fprintf(&b, " %s", s.Name)
	}
	fmt.Fprintf(&b, " %s", s.Said)
	return b.String()
}
