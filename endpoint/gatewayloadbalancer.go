package endpoint

import "github.com/packetwalk/packetwalk/internal/fault"

// GatewayLoadBalancer is a Gateway Load Balancer endpoint: a network interface in one subnet, to which
// routes lead, and behind which appliances look at packets (F7.206).
type GatewayLoadBalancer struct {
	ID        string
	Name      string // the Name tag; for people only
	VPC       string
	Service   string // "com.amazonaws.vpce.us-east-1.vpce-svc-..."
	Subnet    string
	Interface string // the ID of the network interface; empty: Build makes it
	State     State  // zero counts as Available
}

// Validate reports every mistake that can be seen in the endpoint alone, all at once: a missing ID or
// subnet, a service that is no name or is AWS's own, and a state without a name. A nil endpoint is reported
// like a zero one.
func (g *GatewayLoadBalancer) Validate() error {
	if g == nil {
		g = &GatewayLoadBalancer{}
	}
	var faults fault.List
	validateID(&faults, g.ID)
	if isAWS(g.Service) || !isService(g.Service) {
		faults.Add("Service", g.Service, fault.ErrInvalid,
			"want the name of a service of somebody's own, such as com.amazonaws.vpce.us-east-1.vpce-svc-0123")
	}
	if g.Subnet == "" {
		faults.Add("Subnet", "", fault.ErrInvalid, "want the ID of a subnet: such an endpoint is in one (F7.206)")
	}
	validateState(&faults, g.State)
	return faults.Err()
}
