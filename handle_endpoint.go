package packetwalk

import (
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
)

// GatewayEndpointHandle describes a gateway endpoint; see [VPCHandle.GatewayEndpoint]. As the peer of a rule
// it stands for the prefix lists of its service, one for each family that it is of (F7.005).
type GatewayEndpointHandle struct {
	b  *Builder
	at int
}

// GatewayEndpoint adds a gateway endpoint for a service such as "com.amazonaws.us-east-1.s3". Its route
// goes into the tables that serve the subnets.
func (v *VPCHandle) GatewayEndpoint(id, service string, subnets ...*SubnetHandle) *GatewayEndpointHandle {
	v.b.here(id, "")
	v.b.cfg.GatewayEndpoints = append(v.b.cfg.GatewayEndpoints, endpoint.Gateway{ID: id, VPC: v.id, Service: service})
	e := endpointSubnets{endpoint: len(v.b.cfg.GatewayEndpoints) - 1}
	for _, s := range subnets {
		if !v.b.nothing(s, KindGatewayEndpoint, id, "RouteTables") {
			e.subnets = append(e.subnets, s.id)
		}
	}
	v.b.endpoints = append(v.b.endpoints, e)
	return &GatewayEndpointHandle{v.b, e.endpoint}
}

func (g *GatewayEndpointHandle) data() *endpoint.Gateway { return &g.b.cfg.GatewayEndpoints[g.at] }

// Policy sets the policy document; the default allows all (F7.007).
func (g *GatewayEndpointHandle) Policy(document string) *GatewayEndpointHandle {
	g.b.here(g.data().ID, "Policy")
	g.data().Policy = document
	return g
}

// IPAddressType says of which families the endpoint is; the default is IPv4 (F7.011).
func (g *GatewayEndpointHandle) IPAddressType(t endpoint.IPAddressType) *GatewayEndpointHandle {
	g.b.here(g.data().ID, "IPAddressType")
	g.data().IPAddressType = t
	return g
}

// State sets the state; the default is Available (F7.111).
func (g *GatewayEndpointHandle) State(s endpoint.State) *GatewayEndpointHandle {
	g.data().State = s
	return g
}

// InterfaceEndpointHandle describes an interface endpoint with a security group of its own; see
// [VPCHandle.InterfaceEndpoint]. As the peer of a rule it stands for that group.
type InterfaceEndpointHandle struct {
	group *GroupHandle
	at    int
}

// InterfaceEndpoint adds an interface endpoint for a service such as "com.amazonaws.us-east-1.sqs", with a
// network interface in each of the subnets and a group of its own, "<id>-sg".
func (v *VPCHandle) InterfaceEndpoint(id, service string, subnets ...*SubnetHandle) *InterfaceEndpointHandle {
	v.b.here(id, "")
	e := endpoint.Interface{ID: id, VPC: v.id, Service: service, Groups: []string{id + "-sg"}}
	for _, s := range subnets {
		if !v.b.nothing(s, KindInterfaceEndpoint, id, "Subnets") {
			v.b.here(id+"-"+s.id+"-eni", "") // which Build makes
			e.Subnets = append(e.Subnets, s.id)
		}
	}
	v.b.cfg.InterfaceEndpoints = append(v.b.cfg.InterfaceEndpoints, e)
	return &InterfaceEndpointHandle{v.Group(id + "-sg"), len(v.b.cfg.InterfaceEndpoints) - 1}
}

// ResourceEndpoint adds a resource endpoint (F7.208): an interface endpoint to the resource of a resource
// configuration such as "rcfg-0123456789abcdef0", which takes TCP only. See [VPCHandle.InterfaceEndpoint].
func (v *VPCHandle) ResourceEndpoint(id, configuration string, subnets ...*SubnetHandle) *InterfaceEndpointHandle {
	i := v.InterfaceEndpoint(id, configuration, subnets...)
	i.data().Type = endpoint.TypeResource
	return i
}

// TunnelEndpoint adds a tunnel endpoint (F7.209): an interface endpoint to the network segments of a resource
// configuration, which takes GENEVE only, "udp/6081". See [VPCHandle.InterfaceEndpoint].
func (v *VPCHandle) TunnelEndpoint(id, configuration string, subnets ...*SubnetHandle) *InterfaceEndpointHandle {
	i := v.InterfaceEndpoint(id, configuration, subnets...)
	i.data().Type = endpoint.TypeTunnel
	return i
}

// ResourceZones says in which Availability Zones the resource gateway behind a resource or tunnel endpoint
// is. The endpoint has to be in one of them too (F7.208); without zones that is not checked.
func (i *InterfaceEndpointHandle) ResourceZones(zones ...string) *InterfaceEndpointHandle {
	i.group.b.here(i.data().ID, "ResourceZones")
	i.data().ResourceZones = append(i.data().ResourceZones, zones...)
	return i
}

func (i *InterfaceEndpointHandle) data() *endpoint.Interface {
	return &i.group.b.cfg.InterfaceEndpoints[i.at]
}

func (i *InterfaceEndpointHandle) rules(b *Builder, group, field string, r sg.Rule) []sg.Rule {
	return i.group.rules(b, group, field, r)
}

// Allow lets a service such as "tcp/443" in, from each of the peers.
func (i *InterfaceEndpointHandle) Allow(service string, from ...Peer) *InterfaceEndpointHandle {
	i.group.Allow(service, from...)
	return i
}

// PrivateDNS lets the service's own name resolve to the endpoint inside the VPC, which needs both DNS
// attributes (F7.108): see [VPCHandle.DNS].
func (i *InterfaceEndpointHandle) PrivateDNS() *InterfaceEndpointHandle {
	i.group.b.here(i.data().ID, "PrivateDNS")
	i.data().PrivateDNS = true
	return i
}

// PrivateDNSInboundOnly is [InterfaceEndpointHandle.PrivateDNS] for who asks from on-premises alone: inside
// the VPC the name goes on leading to the gateway endpoint, which there has to be (F7.116).
func (i *InterfaceEndpointHandle) PrivateDNSInboundOnly() *InterfaceEndpointHandle {
	i.group.b.here(i.data().ID, "PrivateDNSInboundOnly")
	i.data().PrivateDNS, i.data().PrivateDNSInboundOnly = true, true
	return i
}

// Policy sets the policy document; the default allows all (F7.007).
func (i *InterfaceEndpointHandle) Policy(document string) *InterfaceEndpointHandle {
	i.group.b.here(i.data().ID, "Policy")
	i.data().Policy = document
	return i
}

// IPAddressType says of which families the endpoint's interfaces are; the default is IPv4 (F7.112).
func (i *InterfaceEndpointHandle) IPAddressType(t endpoint.IPAddressType) *InterfaceEndpointHandle {
	i.group.b.here(i.data().ID, "IPAddressType")
	i.data().IPAddressType = t
	return i
}

// State sets the state; the default is Available (F7.111).
func (i *InterfaceEndpointHandle) State(s endpoint.State) *InterfaceEndpointHandle {
	i.data().State = s
	return i
}

// GatewayLoadBalancerEndpointHandle describes a Gateway Load Balancer endpoint; see
// [SubnetHandle.GatewayLoadBalancerEndpoint].
type GatewayLoadBalancerEndpointHandle struct {
	b  *Builder
	at int
}

// GatewayLoadBalancerEndpoint adds a Gateway Load Balancer endpoint in the subnet, for a service of
// somebody's own such as "com.amazonaws.vpce.us-east-1.vpce-svc-0123". Routes lead to it; what comes by
// goes on by the table of this subnet (F7.206).
func (s *SubnetHandle) GatewayLoadBalancerEndpoint(id, service string) *GatewayLoadBalancerEndpointHandle {
	s.b.here(id, "")
	s.b.here(id+"-eni", "") // which Build makes
	s.b.cfg.GatewayLoadBalancerEndpoints = append(s.b.cfg.GatewayLoadBalancerEndpoints, endpoint.GatewayLoadBalancer{
		ID: id, VPC: s.vpc.id, Service: service, Subnet: s.id,
	})
	return &GatewayLoadBalancerEndpointHandle{s.b, len(s.b.cfg.GatewayLoadBalancerEndpoints) - 1}
}

// State sets the state; the default is Available (F7.111).
func (g *GatewayLoadBalancerEndpointHandle) State(s endpoint.State) *GatewayLoadBalancerEndpointHandle {
	g.b.cfg.GatewayLoadBalancerEndpoints[g.at].State = s
	return g
}

func (g *GatewayLoadBalancerEndpointHandle) target() route.Target {
	return route.Target{Kind: route.GatewayLoadBalancerEndpoint, ID: g.b.cfg.GatewayLoadBalancerEndpoints[g.at].ID}
}
