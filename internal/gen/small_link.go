package gen

import (
	"slices"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
)

// addPrivateLink lets one VPC offer a service to another one: from behind a load balancer in its first
// subnets, one a zone, to an endpoint in the other's first subnet, be the load balancer in that zone or not.
func (s *small) addPrivateLink(provider, consumer int) {
	from, to := &s.vpcs[provider], &s.vpcs[consumer]
	l := elb.LoadBalancer{ID: from.id + "-nlb", VPC: from.id, CrossZone: s.one(2), SkipGroupsForPrivateLink: s.one(2)}
	zones := make(map[string]bool)
	for _, sn := range s.cfg.Subnets {
		if sn.VPC == from.id && sn.CIDR.IsValid() && !zones[sn.Zone] && !s.one(4) {
			zones[sn.Zone] = true
			l.Subnets = append(l.Subnets, sn.ID)
		}
	}
	if len(l.Subnets) == 0 || !s.hasIPv4(to.subnets[0]) || s.one(3) {
		return
	}
	if s.one(2) {
		l.Groups = []string{from.id + "-g0"}
	}
	for _, svc := range services {
		p, _ := svc.Protocol()
		if ports, ok := svc.PortRange(); ok && (p == packet.TCP || p == packet.UDP) && !s.one(4) {
			l.Listeners = append(l.Listeners, elb.Listener{Protocol: p, Port: ports.First, Targets: s.targets(from.id)})
		}
	}
	s.cfg.LoadBalancers = append(s.cfg.LoadBalancers, l)
	s.cfg.EndpointServices = append(s.cfg.EndpointServices, endpoint.Service{ID: from.id + "-svc", LoadBalancers: []string{l.ID}})
	link := endpoint.Interface{
		ID: to.id + "-link", VPC: to.id, Service: endpoint.ServiceName("us-east-1", from.id+"-svc"), Subnets: to.subnets[:1],
		Groups: []string{to.id + "-open"}, State: endpoint.Available,
	}
	if s.one(4) {
		link.Groups = []string{to.id + "-g0"}
	}
	s.cfg.InterfaceEndpoints = append(s.cfg.InterfaceEndpoints, link)
}

// targets are some instances of a VPC, by their IDs, or where they have one by an address.
func (s *small) targets(vpc string) (list []elb.Target) {
	for _, e := range s.cfg.Interfaces {
		switch {
		case e.Attachment.Instance == "" || e.Subnet[:len(vpc)] != vpc || s.one(3):
		case len(e.IPv6) > 0 && s.one(3):
			list = append(list, elb.Target{Address: e.IPv6[0]})
		default:
			list = append(list, elb.Target{Instance: e.Attachment.Instance})
		}
	}
	return list
}

// link is the interface of an endpoint, and what the service behind it listens on.
type link struct {
	at        *subnet.Interface
	listeners []elb.Listener
}

// linksOf are the links of a Config, by the VPC of the endpoint.
func linksOf(cfg packetwalk.Config, vpcOf map[string]string) map[string][]link {
	listeners := make(map[string][]elb.Listener)
	for _, l := range cfg.LoadBalancers {
		for _, s := range cfg.EndpointServices {
			if slices.Contains(s.LoadBalancers, l.ID) {
				listeners[s.Name] = append(listeners[s.Name], l.Listeners...)
			}
		}
	}
	links := make(map[string][]link)
	for _, p := range cfg.InterfaceEndpoints {
		for i := range cfg.Interfaces {
			e := &cfg.Interfaces[i]
			if l := listeners[p.Service]; len(l) > 0 && slices.Contains(p.Interfaces, e.ID) {
				links[vpcOf[e.Subnet]] = append(links[vpcOf[e.Subnet]], link{e, l})
			}
		}
	}
	return links
}

// call is a connection to one of the listeners behind an endpoint.
func (d *drawer) call(from *subnet.Interface, to link) Flow {
	p := d.open(from, to.at, to.at.Primary(), first(to.at.IPv6))
	l := to.listeners[d.IntN(len(to.listeners))]
	p.Protocol, p.DstPort, p.ICMPType, p.Flags = l.Protocol, l.Port, 0, 0
	if p.SrcPort == 0 {
		p.SrcPort = 40000
	}
	if p.Protocol == packet.TCP {
		p.Flags = packet.SYN
	}
	return Flow{from.ID, p}
}
