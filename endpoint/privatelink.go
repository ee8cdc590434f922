package endpoint

import "github.com/packetwalk/packetwalk/internal/fault"

// Service is an endpoint service: what somebody offers by PrivateLink, from behind load balancers of his own
// (F7.201).
type Service struct {
	ID            string // "vpce-svc-..."
	Name          string // "com.amazonaws.vpce.us-east-1.vpce-svc-..."; empty: Build makes it of Region and ID
	Account       string // owner; zero: that of the load balancers' VPC
	Region        string // zero: that of the load balancers' VPC
	LoadBalancers []string
	// Principals are the ARNs of who may make an endpoint for it, or "*"; none: only the owner's account (F7.201).
	Principals []string
	// AcceptanceRequired lets each endpoint wait until the owner accepts it: it is PendingAcceptance till then.
	AcceptanceRequired bool
	// PrivateDNSName is the name that an endpoint with PrivateDNS lets resolve to itself; empty: none.
	PrivateDNSName string
	// Regions are those from which endpoints may come beside its own (F7.210).
	Regions []string
}

// Validate reports every mistake that can be seen in the service alone. A nil Service is reported like a zero one.
func (s *Service) Validate() error {
	if s == nil {
		s = &Service{}
	}
	var faults fault.List
	validateID(&faults, s.ID)
	return faults.Err()
}
