package packetwalk

import (
	"fmt"
	"slices"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/packet"
)

// LoadBalancerHandle describes a Network Load Balancer; see [VPCHandle.NetworkLoadBalancer]. As the peer of a
// rule it stands for the groups that it has, and without any for its subnets.
type LoadBalancerHandle struct {
	b  *Builder
	id string
	at int
}

// ServedBy is a target of a load balancer: the handle of an instance, or a [TargetIP].
type ServedBy interface {
	// served gives the target; ok is false where it is none, which is reported.
	served(b *Builder, balancer, field string) (t elb.Target, ok bool)
}

// TargetIP is an address as the target of a load balancer.
type TargetIP string

func (a TargetIP) served(b *Builder, balancer, field string) (elb.Target, bool) {
	addr, ok := b.addr(KindLoadBalancer, balancer, field+".Address", string(a))
	return elb.Target{Address: addr}, ok
}

func (i *InstanceHandle) served(b *Builder, balancer, field string) (elb.Target, bool) {
	if i.b != b {
		b.wrong(KindLoadBalancer, balancer, field, i.id, fault.ErrInvalid, "want a handle of this Builder")
		return elb.Target{}, false
	}
	return elb.Target{Instance: i.id}, true
}

// NetworkLoadBalancer adds a Network Load Balancer with a network interface in each of the subnets, and
// without groups: it takes everything (F9.205).
func (v *VPCHandle) NetworkLoadBalancer(id string, subnets ...*SubnetHandle) *LoadBalancerHandle {
	v.b.here(id, "")
	l := elb.LoadBalancer{ID: id, VPC: v.id}
	for _, s := range subnets {
		if !v.b.nothing(s, KindLoadBalancer, id, "Subnets") {
			v.b.here(id+"-"+s.id+"-eni", "") // which Build makes
			l.Subnets = append(l.Subnets, s.id)
		}
	}
	v.b.cfg.LoadBalancers = append(v.b.cfg.LoadBalancers, l)
	return &LoadBalancerHandle{v.b, id, len(v.b.cfg.LoadBalancers) - 1}
}

func (l *LoadBalancerHandle) data() *elb.LoadBalancer { return &l.b.cfg.LoadBalancers[l.at] }

// Listen adds a listener such as "tcp/443" or "udp/53" with its targets, which are called at the same port.
func (l *LoadBalancerHandle) Listen(service string, targets ...ServedBy) *LoadBalancerHandle {
	field := fmt.Sprintf("Listeners[%d]", len(l.data().Listeners))
	l.b.here(l.id, field)
	svc, err := packet.ParseService(service)
	ports, one := svc.PortRange()
	proto, _ := svc.Protocol()
	if err != nil || !one || ports.First != ports.Last || proto != packet.TCP && proto != packet.UDP {
		l.b.wrong(KindLoadBalancer, l.id, field, service, fault.ErrInvalid, "want one port of TCP or UDP, such as tcp/443")
		return l
	}
	at := elb.Listener{Protocol: proto, Port: ports.First}
	for i, t := range targets {
		place := fmt.Sprintf("%s.Targets[%d]", field, i)
		if l.b.nothing(t, KindLoadBalancer, l.id, place) {
			continue
		}
		if target, ok := t.served(l.b, l.id, place); ok {
			at.Targets = append(at.Targets, target)
		}
	}
	l.data().Listeners = append(l.data().Listeners, at)
	return l
}

// TargetPort sets the port at which the last listener calls its targets.
func (l *LoadBalancerHandle) TargetPort(port uint16) *LoadBalancerHandle {
	n := len(l.data().Listeners)
	if n == 0 {
		l.b.wrong(KindLoadBalancer, l.id, "Listeners", port, fault.ErrInvalid, "want a listener first: Listen adds one")
		return l
	}
	for i := range l.data().Listeners[n-1].Targets {
		l.data().Listeners[n-1].Targets[i].Port = port
	}
	return l
}

// Groups puts the load balancer into security groups. Their inbound rules are asked about clients that come
// by PrivateLink as well, by their own addresses (F7.203).
func (l *LoadBalancerHandle) Groups(groups ...*GroupHandle) *LoadBalancerHandle {
	for _, g := range groups {
		if !l.b.nothing(g, KindLoadBalancer, l.id, "Groups") {
			l.data().Groups = append(l.data().Groups, g.id)
		}
	}
	return l
}

// SkipGroupsForPrivateLink spares what comes by PrivateLink the groups' inbound rules (F7.203).
func (l *LoadBalancerHandle) SkipGroupsForPrivateLink() *LoadBalancerHandle {
	l.data().SkipGroupsForPrivateLink = true
	return l
}

// DNSName says which name AWS gave the load balancer: then names lead to it, such as an alias record of a
// hosted zone.
func (l *LoadBalancerHandle) DNSName(name string) *LoadBalancerHandle {
	l.b.here(l.id, "DNSName")
	l.data().DNSName = name
	return l
}

// CrossZone lets each interface send to the targets of every zone; AWS's default is off (F9.202).
func (l *LoadBalancerHandle) CrossZone() *LoadBalancerHandle {
	l.data().CrossZone = true
	return l
}

// EndpointServiceHandle describes an endpoint service; see [LoadBalancerHandle.EndpointService].
type EndpointServiceHandle struct {
	b  *Builder
	id string
	at int
}

// EndpointService offers what is behind the load balancer to other VPCs by PrivateLink. Principals are the
// ARNs of who may make endpoints for it, such as "arn:aws:iam::123456789012:root", or "*"; the owner's
// account may always (F7.201).
func (l *LoadBalancerHandle) EndpointService(id string, principals ...string) *EndpointServiceHandle {
	l.b.here(id, "")
	l.b.cfg.EndpointServices = append(l.b.cfg.EndpointServices, endpoint.Service{ID: id, LoadBalancers: []string{l.id}, Principals: principals})
	return &EndpointServiceHandle{l.b, id, len(l.b.cfg.EndpointServices) - 1}
}

func (s *EndpointServiceHandle) data() *endpoint.Service { return &s.b.cfg.EndpointServices[s.at] }

// LoadBalancers adds further load balancers, in other zones.
func (s *EndpointServiceHandle) LoadBalancers(more ...*LoadBalancerHandle) *EndpointServiceHandle {
	for _, l := range more {
		if !s.b.nothing(l, KindEndpointService, s.id, "LoadBalancers") {
			s.data().LoadBalancers = append(s.data().LoadBalancers, l.id)
		}
	}
	return s
}

// AcceptanceRequired lets each endpoint wait until it is accepted.
func (s *EndpointServiceHandle) AcceptanceRequired() *EndpointServiceHandle {
	s.data().AcceptanceRequired = true
	return s
}

// Accept accepts endpoints for the service, by their IDs: they are available.
func (s *EndpointServiceHandle) Accept(endpoints ...string) *EndpointServiceHandle {
	for _, id := range endpoints {
		s.b.accepted = append(s.b.accepted, acceptedEndpoint{id, s.at, caller()})
	}
	return s
}

// PrivateDNSName sets the name that endpoints with private DNS let resolve to themselves.
func (s *EndpointServiceHandle) PrivateDNSName(name string) *EndpointServiceHandle {
	s.data().PrivateDNSName = name
	return s
}

// Regions lets endpoints come from these Regions, beside the service's own (F7.210).
func (s *EndpointServiceHandle) Regions(names ...string) *EndpointServiceHandle {
	s.data().Regions = append(s.data().Regions, names...)
	return s
}

// ServiceEndpoint adds an interface endpoint for a service that somebody offers, with a network interface in
// each of the subnets and a group of its own, "<id>-sg". See [VPCHandle.InterfaceEndpoint] for those of AWS.
func (v *VPCHandle) ServiceEndpoint(id string, service *EndpointServiceHandle, subnets ...*SubnetHandle) *InterfaceEndpointHandle {
	g := v.InterfaceEndpoint(id, "", subnets...)
	switch {
	case v.b.nothing(service, KindInterfaceEndpoint, id, "Service"):
	case service.b != v.b:
		v.b.wrong(KindInterfaceEndpoint, id, "Service", service.id, fault.ErrInvalid, "want a handle of this Builder")
	default:
		v.b.linked = append(v.b.linked, linkedEndpoint{len(v.b.cfg.InterfaceEndpoints) - 1, service.at})
	}
	return g
}

// linkedEndpoint is an endpoint for a service of the same Builder.
type linkedEndpoint struct{ endpoint, service int }

// acceptedEndpoint is an endpoint that the owner of a service accepted, on a line of the caller's.
type acceptedEndpoint struct {
	id      string
	service int
	pos     string
}

// acceptedNobody reports what was accepted of a service and is no endpoint for it.
func (b *Builder) acceptedNobody(c *Config, bad *mistakes) {
	names := serviceNames(c)
	for _, a := range b.accepted {
		if c.endpointFor(a.id, names[a.service]) == nil {
			bad.addAt(a.pos, KindEndpointService, c.EndpointServices[a.service].ID, "Accept", a.id, fault.ErrNotFound,
				"want the ID of an interface endpoint for the service")
		}
	}
}

// endpointFor is the interface endpoint of that ID, where it is for the service of that name.
func (c *Config) endpointFor(id, service string) *endpoint.Interface {
	for i := range c.InterfaceEndpoints {
		if p := &c.InterfaceEndpoints[i]; p.ID == id && p.Service == service {
			return p
		}
	}
	return nil
}

// linkEndpoints tells the endpoints the names of their services, which are made of IDs and Regions, and that
// they were accepted.
func (b *Builder) linkEndpoints(c *Config) {
	names := serviceNames(c)
	for _, l := range b.linked {
		c.InterfaceEndpoints[l.endpoint].Service = names[l.service]
	}
	for _, a := range b.accepted {
		if p := c.endpointFor(a.id, names[a.service]); p != nil {
			p.State = endpoint.Available
		}
	}
}

// serviceNames are the names that Build will give the endpoint services, in their order.
func serviceNames(c *Config) (names []string) {
	named := Config{VPCs: slices.Clone(c.VPCs), LoadBalancers: c.LoadBalancers, EndpointServices: slices.Clone(c.EndpointServices)}
	ownersAndZones(&named)
	endpointServices(&named)
	for _, s := range named.EndpointServices {
		names = append(names, s.Name)
	}
	return names
}
