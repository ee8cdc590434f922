package packetwalk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/walk"
)

// resolveServices gives the load balancers their interfaces and targets, and leads the interfaces of
// endpoints to the load balancers behind their services.
func (r *resolver) resolveServices() {
	for i := range r.config.LoadBalancers {
		r.resolveBalancer(&r.config.LoadBalancers[i])
	}
	services := make(map[string]*endpoint.Service)
	for i := range r.config.EndpointServices {
		if s := &r.config.EndpointServices[i]; len(s.LoadBalancers) > 0 {
			services[s.Name] = s
		}
	}
	for i := range r.config.InterfaceEndpoints {
		p := &r.config.InterfaceEndpoints[i]
		s := services[p.Service]
		if s == nil {
			continue
		}
		for _, id := range p.Interfaces {
			if e := r.ifaces[id]; e != nil && e.Endpoint == p {
				r.lead(e, s)
			}
		}
	}
}

// resolveBalancer gives a load balancer its zones, its interfaces, and the targets of each listener.
func (r *resolver) resolveBalancer(l *elb.LoadBalancer) {
	b := &walk.Balancer{Data: l, Targets: make(map[*elb.Listener][]walk.Server)}
	for _, id := range l.Subnets {
		b.Zones = append(b.Zones, r.subnets[id].Data.Zone)
	}
	for _, id := range l.Interfaces {
		r.ifaces[id].Balancer = b
	}
	for i := range l.Listeners {
		at := &l.Listeners[i]
		for _, t := range at.Targets {
			if s, ok := r.server(r.vpcs[l.VPC], t); ok {
				b.Targets[at] = append(b.Targets[at], s)
			}
		}
	}
}

// server finds a target. An instance is called at its primary interface, over IPv4 where it has that; one
// without a network interface is no target.
func (r *resolver) server(v *walk.VPC, t elb.Target) (s walk.Server, ok bool) {
	s = walk.Server{Data: t, Address: t.Address}
	if t.Instance != "" {
		list := r.x.attached[t.Instance]
		if len(list) == 0 {
			return s, false
		}
		s.Interface = r.ifaces[list[0].ID]
		if s.Address = s.Interface.Data.Address(false); !s.Address.IsValid() {
			s.Address = s.Interface.Data.Address(true)
		}
	} else {
		s.Interface = v.Addresses[t.Address]
	}
	s.Zone = zoneAt(v, s.Address)
	return s, s.Address.IsValid()
}

// zoneAt is the zone of the subnet that holds an address; "" for none of the VPC.
func zoneAt(v *walk.VPC, a netip.Addr) string {
	for _, s := range v.Subnets {
		if s.Data.Contains(a) {
			return s.Data.Zone
		}
	}
	return ""
}

// lead leads the interface of an endpoint to the load balancer's interface in its zone (F7.203), the first of
// the service's load balancers that has one there. From another Region it is the first in a zone that works:
// zones have no names there that would fit.
func (r *resolver) lead(e *walk.Interface, s *endpoint.Service) {
	e.Service = s
	far := e.Subnet.VPC.Data.Region != s.Region
	for _, id := range s.LoadBalancers {
		for _, eni := range r.x.balancers[id].Interfaces {
			n := r.ifaces[eni]
			if n.Subnet.Data.Zone != e.Subnet.Data.Zone && !far {
				continue
			}
			if e.Behind == nil || e.Behind.Impaired && !n.Impaired {
				e.Behind = n
			}
		}
	}
	if e.Behind != nil {
		e.Behind.Balancer.Callers = append(e.Behind.Balancer.Callers, e)
	}
}
