package packetwalk

import (
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// index finds the resources of a completed Config by their IDs. It points into the Config.
type index struct {
	vpcs       map[string]*vpc.VPC
	dhcp       map[string]*vpc.DHCPOptions
	subnets    map[string]*subnet.Subnet
	instances  map[string]*vpc.Instance
	interfaces map[string]*subnet.Interface
	attached   map[string][]*subnet.Interface // by instance, in the order of their device index
	tables     map[string]*route.Table
	lists      route.Lists
	internet   map[string]*gateway.Internet
	egressOnly map[string]*gateway.EgressOnly
	nats       map[string]*gateway.NAT
	onPremises map[string]*gateway.VirtualPrivate
	acls       map[string]*nacl.ACL
	groups     map[string]*sg.Group
	gatewayEPs map[string]*endpoint.Gateway
	ifaceEPs   map[string]*endpoint.Interface
	peerings   map[string]*peering.Connection

	gwlbEPs   map[string]*endpoint.GatewayLoadBalancer
	balancers map[string]*elb.LoadBalancer
	services  map[string]*endpoint.Service // by ID
	zones     map[string]*dns.Zone
	buckets   map[string]*endpoint.Bucket

	flowLogs map[string][]*flowlog.FlowLog // by what they watch

	subnetsOf map[string][]*subnet.Subnet    // by VPC
	joined    map[pair][]*peering.Connection // by the VPCs at both ends
}

// pair is two IDs in the order of their text.
type pair struct{ a, b string }

func pairOf(a, b string) pair {
	if b < a {
		a, b = b, a
	}
	return pair{a, b}
}

func newIndex(c *Config) *index {
	x := &index{
		vpcs:       byID(c.VPCs, func(r *vpc.VPC) string { return r.ID }),
		dhcp:       byID(c.DHCPOptions, func(r *vpc.DHCPOptions) string { return r.ID }),
		subnets:    byID(c.Subnets, func(r *subnet.Subnet) string { return r.ID }),
		instances:  byID(c.Instances, func(r *vpc.Instance) string { return r.ID }),
		interfaces: byID(c.Interfaces, func(r *subnet.Interface) string { return r.ID }),
		attached:   make(map[string][]*subnet.Interface),
		tables:     byID(c.RouteTables, func(r *route.Table) string { return r.ID }),
		lists:      byID(c.PrefixLists, func(r *route.PrefixList) string { return r.ID }),
		internet:   byID(c.InternetGateways, func(r *gateway.Internet) string { return r.ID }),
		egressOnly: byID(c.EgressOnlyGateways, func(r *gateway.EgressOnly) string { return r.ID }),
		nats:       byID(c.NATGateways, func(r *gateway.NAT) string { return r.ID }),
		onPremises: byID(c.VirtualPrivateGateways, func(r *gateway.VirtualPrivate) string { return r.ID }),
		acls:       byID(c.NetworkACLs, func(r *nacl.ACL) string { return r.ID }),
		groups:     byID(c.SecurityGroups, func(r *sg.Group) string { return r.ID }),
		gatewayEPs: byID(c.GatewayEndpoints, func(r *endpoint.Gateway) string { return r.ID }),
		ifaceEPs:   byID(c.InterfaceEndpoints, func(r *endpoint.Interface) string { return r.ID }),
		peerings:   byID(c.Peerings, func(r *peering.Connection) string { return r.ID }),
		gwlbEPs:    byID(c.GatewayLoadBalancerEndpoints, func(r *endpoint.GatewayLoadBalancer) string { return r.ID }),
		balancers:  byID(c.LoadBalancers, func(r *elb.LoadBalancer) string { return r.ID }),
		services:   byID(c.EndpointServices, func(r *endpoint.Service) string { return r.ID }),
		zones:      byID(c.HostedZones, func(r *dns.Zone) string { return r.ID }),
		buckets:    byID(c.Buckets, func(r *endpoint.Bucket) string { return r.Name }),
		flowLogs:   make(map[string][]*flowlog.FlowLog),
		subnetsOf:  make(map[string][]*subnet.Subnet),
		joined:     make(map[pair][]*peering.Connection),
	}
	for i := range c.FlowLogs {
		l := &c.FlowLogs[i]
		x.flowLogs[l.Resource] = append(x.flowLogs[l.Resource], l)
	}
	for i := range c.Peerings {
		p := &c.Peerings[i]
		ends := pairOf(p.Requester.VPC, p.Accepter.VPC)
		x.joined[ends] = append(x.joined[ends], p)
	}
	for i := range c.Subnets {
		s := &c.Subnets[i]
		x.subnetsOf[s.VPC] = append(x.subnetsOf[s.VPC], s)
	}
	for i := range c.Interfaces {
		if e := &c.Interfaces[i]; e.Attachment.Instance != "" {
			x.attach(e)
		}
	}
	return x
}

// attach puts e in its place among the interfaces of its instance.
func (x *index) attach(e *subnet.Interface) {
	list := append(x.attached[e.Attachment.Instance], e)
	for i := len(list) - 1; i > 0 && before(list[i], list[i-1]); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	x.attached[e.Attachment.Instance] = list
}

// before orders the interfaces of an instance: by device index, then by ID.
func before(a, b *subnet.Interface) bool {
	if a.Attachment.DeviceIndex != b.Attachment.DeviceIndex {
		return a.Attachment.DeviceIndex < b.Attachment.DeviceIndex
	}
	return a.ID < b.ID
}

// vpcOf is the VPC of an interface; "" where its subnet is not known.
func (x *index) vpcOf(e *subnet.Interface) string {
	if s := x.subnets[e.Subnet]; s != nil {
		return s.VPC
	}
	return ""
}

func byID[R any](list []R, id func(*R) string) map[string]*R {
	m := make(map[string]*R, len(list))
	for i := range list {
		m[id(&list[i])] = &list[i]
	}
	return m
}
