package endpoint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Service is an endpoint service: what somebody offers by PrivateLink, from behind load balancers of his own
// (F7.201). An interface endpoint leads to it whose Service is its name. One without load balancers is known
// by its name only: an endpoint for it ends there, as at a service of AWS's.
type Service struct {
	ID      string // "vpce-svc-..."
	Name    string // "com.amazonaws.vpce.us-east-1.vpce-svc-..."; empty: Build makes it of Region and ID
	Account string // owner; zero: that of the load balancers' VPC
	Region  string // zero: that of the load balancers' VPC
	// LoadBalancers are the IDs of Network Load Balancers, in as many zones as there are to be endpoints
	// (F7.203).
	LoadBalancers []string
	// Principals are the ARNs of who may make an endpoint for it, of accounts, users, roles or organizational
	// units, names of AWS's services, or "*"; none: only the owner's account (F7.201).
	Principals []string
	// AcceptanceRequired lets each endpoint wait until the owner accepts it. Build makes one without a state
	// PendingAcceptance, which carries nothing (F7.111); one that was accepted says Available.
	AcceptanceRequired bool
	// PrivateDNSName is the name that an endpoint with PrivateDNS lets resolve to itself; empty: none.
	PrivateDNSName string
	// Regions are those from which endpoints may come beside its own (F7.210).
	Regions []string
}

// Validate reports every mistake that can be seen in the service alone, all at once: a missing ID, a name
// that is none, or would be made of an ID that can't be part of one, principals that are none, a name for
// private DNS that is none, and what is twice in a list, or empty. A nil Service is reported like a zero one.
func (s *Service) Validate() error {
	if s == nil {
		s = &Service{}
	}
	var faults fault.List
	validateID(&faults, s.ID)
	switch {
	case s.Name != "" && !isService(s.Name):
		faults.Add("Name", s.Name, fault.ErrInvalid, "not the name of a service: want one such as %s", exampleService)
	case s.Name == "" && s.ID != "" && !onlyOf(s.ID, letters+"0123456789-_"):
		faults.Add("Name", "", fault.ErrInvalid, "it can't be made of the ID %q: want one such as %s", s.ID, exampleService)
	}
	for i, p := range s.Principals {
		if _, ok := accountPermitted(p); !ok && p != "" {
			faults.Add(fmt.Sprintf("Principals[%d]", i), p, fault.ErrInvalid,
				`want the ARN of an account, user or role, such as arn:aws:iam::123456789012:root, or "*"`)
		}
	}
	if s.PrivateDNSName != "" && !isHost(s.PrivateDNSName) {
		faults.Add("PrivateDNSName", s.PrivateDNSName, fault.ErrInvalid, "want a name such as api.example.com")
	}
	faults.Unique("LoadBalancers", s.LoadBalancers)
	faults.Unique("Principals", s.Principals)
	faults.Unique("Regions", s.Regions)
	return faults.Err()
}

// exampleService is the name of an endpoint service as it should be.
const exampleService = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"

// ServiceName is the name of an endpoint service in a Region.
func ServiceName(region, id string) string { return "com.amazonaws.vpce." + region + "." + id }

// Permits reports whether somebody of that account may make an endpoint for the service: its owner, everybody
// for "*", and the accounts of the principals (F7.201). Of a user or a role it is the account that counts,
// since no endpoint says who made it. Who is in an organizational unit is not known: it counts as everybody.
// A nil Service permits nobody.
func (s *Service) Permits(account string) bool {
	if s == nil {
		return false
	}
	return account == s.Account || slices.ContainsFunc(s.Principals, func(p string) bool {
		of, ok := accountPermitted(p)
		return ok && (of == account || of == "*")
	})
}

// Serves reports whether endpoints in a Region can lead to the service: in its own, and in those that it
// names (F7.210).
func (s *Service) Serves(region string) bool {
	return s != nil && (region == s.Region || slices.Contains(s.Regions, region))
}

// accountARN is the ARN of an account, a user or a role.
var accountARN = regexp.MustCompile(`^arn:aws[a-z-]*:iam::([0-9]{12}):(?:root|(?:user|role)/[^\s*?]+)$`)

// unit is the ARN of an organization, or of an organizational unit.
var unit = regexp.MustCompile(`^arn:aws[a-z-]*:organizations::[0-9]{12}:(?:organization|ou)/[a-z0-9/-]+$`)

// accountPermitted is the account of a principal, "*" for everybody's; "" for a service of AWS's, which has
// none.
func accountPermitted(p string) (account string, ok bool) {
	if p == "*" || unit.MatchString(p) {
		return "*", true
	}
	if m := accountARN.FindStringSubmatch(p); m != nil {
		return m[1], true
	}
	return "", isHost(p) && strings.HasSuffix(p, ".amazonaws.com")
}

// isHost reports whether name is one of DNS: two labels or more. The first may be "*".
func isHost(name string) bool {
	labels := strings.Split(strings.TrimSuffix(strings.ToLower(name), "."), ".")
	for i, label := range labels {
		if !onlyOf(label, letters+"0123456789-_") && (i > 0 || label != "*") {
			return false
		}
	}
	return len(labels) > 1
}
