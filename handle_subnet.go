package packetwalk

import (
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// SubnetHandle describes a subnet; see [VPCHandle.Subnet].
type SubnetHandle struct {
	b   *Builder
	vpc *VPCHandle
	id  string
	at  int
}

func (s *SubnetHandle) data() *subnet.Subnet { return &s.b.cfg.Subnets[s.at] }

func (s *SubnetHandle) cidr(text string) {
	p, ok := s.b.prefix(KindSubnet, s.id, "CIDR", text)
	switch {
	case !ok:
	case p.Addr().Is4() && !s.data().CIDR.IsValid():
		s.data().CIDR = p
	case p.Addr().Is6() && !s.data().IPv6CIDR.IsValid():
		s.data().IPv6CIDR = p
	default:
		s.b.wrong(KindSubnet, s.id, "CIDR", text, fault.ErrDuplicate, "a subnet has one IPv4 and one IPv6 range")
	}
}

// Zone sets the Availability Zone; the default is the first of the Region.
func (s *SubnetHandle) Zone(name string) *SubnetHandle {
	s.data().Zone = name
	return s
}

// MapPublicIP gives every instance in the subnet a public IPv4 address (F3.015).
func (s *SubnetHandle) MapPublicIP() *SubnetHandle {
	s.data().MapPublicIPOnLaunch = true
	return s
}

// Route adds a route to the table that serves the subnet. A subnet that no [RouteTableHandle] is associated
// with gets a table of its own, "<subnet>-rtb".
func (s *SubnetHandle) Route(destination string, to Target) *SubnetHandle {
	if p, ok := s.b.prefix(KindSubnet, s.id, "Route", destination); ok && !s.b.nothing(to, KindSubnet, s.id, "Route") {
		s.b.subnetRoutes = append(s.b.subnetRoutes, subnetRoute{s.id, route.Route{Destination: p, Target: to.target()}, caller()})
	}
	return s
}

// Instance launches an instance: with a network interface "<id>-eni" and a security group of its own,
// "<id>-sg", that lets nothing in and everything out.
func (s *SubnetHandle) Instance(id string) *InstanceHandle {
	s.b.here(id, "")
	s.b.cfg.Instances = append(s.b.cfg.Instances, vpc.Instance{ID: id})
	at := s.addInterface(subnet.Interface{
		ID: id + "-eni", Subnet: s.id, Groups: []string{id + "-sg"}, Attachment: subnet.Attachment{Instance: id},
	})
	i := &InstanceHandle{id: id, at: len(s.b.cfg.Instances) - 1}
	i.nic = nic[*InstanceHandle]{s.b, s.vpc.Group(id + "-sg"), at, i}
	return i
}

// Interface adds a network interface that belongs to no instance of yours: a database's, a function's, or
// one to attach to an instance. It has a security group of its own, "<id>-sg", that lets nothing in and
// everything out.
func (s *SubnetHandle) Interface(id string) *InterfaceHandle {
	at := s.addInterface(subnet.Interface{ID: id, Subnet: s.id, Groups: []string{id + "-sg"}})
	e := &InterfaceHandle{}
	e.nic = nic[*InterfaceHandle]{s.b, s.vpc.Group(id + "-sg"), at, e}
	return e
}

// NATInstance launches an instance that forwards with its own address: its source/destination check is off
// (F4.302).
func (s *SubnetHandle) NATInstance(id string) *InstanceHandle {
	i := s.Instance(id).NoSourceDestCheck()
	i.eni().Forwarding = subnet.Masquerade
	return i
}

// Appliance launches an instance that forwards packets as they are: its source/destination check is off.
func (s *SubnetHandle) Appliance(id string) *InstanceHandle {
	i := s.Instance(id).NoSourceDestCheck()
	i.eni().Forwarding = subnet.Route
	return i
}

// NAT adds a public NAT gateway with an Elastic IP address. The subnet needs a route to an internet gateway.
func (s *SubnetHandle) NAT(id string) *GatewayHandle {
	s.b.here(id, "")
	s.b.here(id+"-eni", "") // which Build makes
	s.b.cfg.NATGateways = append(s.b.cfg.NATGateways, gateway.NAT{ID: id, Subnet: s.id, Addresses: []gateway.NATAddress{{}}})
	s.b.public = append(s.b.public, publicIntent{id, true})
	return &GatewayHandle{route.Target{Kind: route.NATGateway, ID: id}}
}

// PrivateNAT adds a private NAT gateway, which leads to other VPCs and not to the internet.
func (s *SubnetHandle) PrivateNAT(id string) *GatewayHandle {
	s.b.here(id, "")
	s.b.here(id+"-eni", "") // which Build makes
	s.b.cfg.NATGateways = append(s.b.cfg.NATGateways, gateway.NAT{ID: id, Subnet: s.id, Connectivity: gateway.Private})
	return &GatewayHandle{route.Target{Kind: route.NATGateway, ID: id}}
}

func (s *SubnetHandle) addInterface(e subnet.Interface) (at int) {
	s.b.here(e.ID, "")
	s.b.cfg.Interfaces = append(s.b.cfg.Interfaces, e)
	return len(s.b.cfg.Interfaces) - 1
}

// GatewayHandle is a gateway that a route can lead to.
type GatewayHandle struct{ to route.Target }

func (g *GatewayHandle) target() route.Target { return g.to }
