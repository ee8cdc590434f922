package packetwalk

import (
	"cmp"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// endpointServices gives each endpoint service its owner and Region, those of its load balancers' VPC, and
// its name. An endpoint without a state waits where the service wants to accept it (F7.201, F7.111).
func endpointServices(c *Config) {
	vpcs := byID(c.VPCs, func(v *vpc.VPC) string { return v.ID })
	balancers := byID(c.LoadBalancers, func(l *elb.LoadBalancer) string { return l.ID })
	waits := make(map[string]bool)
	for i := range c.EndpointServices {
		s := &c.EndpointServices[i]
		for _, id := range s.LoadBalancers {
			if l := balancers[id]; l != nil && vpcs[l.VPC] != nil {
				s.Account, s.Region = cmp.Or(s.Account, vpcs[l.VPC].Account), cmp.Or(s.Region, vpcs[l.VPC].Region)
			}
		}
		s.Account, s.Region = cmp.Or(s.Account, defaultAccount), cmp.Or(s.Region, endpoint.Region(s.Name), defaultRegion)
		s.Name = cmp.Or(s.Name, endpoint.ServiceName(s.Region, s.ID))
		waits[s.Name] = s.AcceptanceRequired
	}
	for i := range c.InterfaceEndpoints {
		if p := &c.InterfaceEndpoints[i]; p.State == endpoint.StateUnspecified && waits[p.Service] {
			p.State = endpoint.PendingAcceptance
		}
	}
}

// balancerInterfaces makes the network interface of a load balancer in each of its subnets.
func balancerInterfaces(c *Config) {
	known := interfaceIDs(c)
	for i := range c.LoadBalancers {
		l := &c.LoadBalancers[i]
		l.Interfaces = addOwned(c, known, l.ID, l.Subnets, l.Interfaces, subnet.Interface{
			Description: "ELB net/" + l.ID, Kind: subnet.NetworkLoadBalancer, Groups: l.Groups,
		})
	}
}
