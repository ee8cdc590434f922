package packetwalk

import (
	"maps"
	"slices"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/elb"
)

// clone copies c with everything in it, so that neither side sees what the other changes.
func (c Config) clone() Config {
	c.VPCs = slices.Clone(c.VPCs)
	for i := range c.VPCs {
		c.VPCs[i].Blocks = slices.Clone(c.VPCs[i].Blocks)
	}
	c.DHCPOptions = slices.Clone(c.DHCPOptions)
	for i := range c.DHCPOptions {
		d := &c.DHCPOptions[i]
		d.DomainNameServers, d.NTPServers = slices.Clone(d.DomainNameServers), slices.Clone(d.NTPServers)
	}
	c.Subnets = slices.Clone(c.Subnets)
	c.Instances = slices.Clone(c.Instances)
	for i := range c.Instances {
		c.Instances[i].Tags, c.Instances[i].ASGTags = maps.Clone(c.Instances[i].Tags), maps.Clone(c.Instances[i].ASGTags)
	}
	c.Interfaces = slices.Clone(c.Interfaces)
	for i := range c.Interfaces {
		e := &c.Interfaces[i]
		e.Private, e.IPv6, e.Groups = slices.Clone(e.Private), slices.Clone(e.IPv6), slices.Clone(e.Groups)
		e.Tags = maps.Clone(e.Tags)
	}
	c.ElasticIPs = slices.Clone(c.ElasticIPs)
	c.RouteTables = slices.Clone(c.RouteTables)
	for i := range c.RouteTables {
		t := &c.RouteTables[i]
		t.Subnets, t.Gateways, t.Routes = slices.Clone(t.Subnets), slices.Clone(t.Gateways), slices.Clone(t.Routes)
	}
	c.PrefixLists = slices.Clone(c.PrefixLists)
	for i := range c.PrefixLists {
		c.PrefixLists[i].Entries = slices.Clone(c.PrefixLists[i].Entries)
	}
	c.InternetGateways = slices.Clone(c.InternetGateways)
	c.EgressOnlyGateways = slices.Clone(c.EgressOnlyGateways)
	c.NATGateways = slices.Clone(c.NATGateways)
	for i := range c.NATGateways {
		c.NATGateways[i].Addresses = slices.Clone(c.NATGateways[i].Addresses)
	}
	c.VirtualPrivateGateways = slices.Clone(c.VirtualPrivateGateways)
	for i := range c.VirtualPrivateGateways {
		g := &c.VirtualPrivateGateways[i]
		g.Networks = slices.Clone(g.Networks)
	}
	c.NetworkACLs = slices.Clone(c.NetworkACLs)
	for i := range c.NetworkACLs {
		a := &c.NetworkACLs[i]
		a.Subnets, a.Entries = slices.Clone(a.Subnets), slices.Clone(a.Entries)
	}
	c.SecurityGroups = slices.Clone(c.SecurityGroups)
	for i := range c.SecurityGroups {
		g := &c.SecurityGroups[i]
		g.Rules, g.VPCs = slices.Clone(g.Rules), slices.Clone(g.VPCs)
	}
	c.GatewayEndpoints = slices.Clone(c.GatewayEndpoints)
	for i := range c.GatewayEndpoints {
		c.GatewayEndpoints[i].RouteTables = slices.Clone(c.GatewayEndpoints[i].RouteTables)
	}
	c.InterfaceEndpoints = slices.Clone(c.InterfaceEndpoints)
	for i := range c.InterfaceEndpoints {
		e := &c.InterfaceEndpoints[i]
		e.Subnets, e.Interfaces, e.Groups = slices.Clone(e.Subnets), slices.Clone(e.Interfaces), slices.Clone(e.Groups)
		e.DNSNames, e.ResourceZones = slices.Clone(e.DNSNames), slices.Clone(e.ResourceZones)
	}
	c.GatewayLoadBalancerEndpoints = slices.Clone(c.GatewayLoadBalancerEndpoints)
	c.LoadBalancers = slices.Clone(c.LoadBalancers)
	for i := range c.LoadBalancers {
		cloneLoadBalancer(&c.LoadBalancers[i])
	}
	c.EndpointServices = slices.Clone(c.EndpointServices)
	for i := range c.EndpointServices {
		s := &c.EndpointServices[i]
		s.LoadBalancers, s.Principals, s.Regions = slices.Clone(s.LoadBalancers), slices.Clone(s.Principals), slices.Clone(s.Regions)
	}
	c.HostedZones = slices.Clone(c.HostedZones)
	for i := range c.HostedZones {
		cloneZone(&c.HostedZones[i])
	}
	c.Buckets, c.IPRanges = slices.Clone(c.Buckets), slices.Clone(c.IPRanges)
	c.BlockPublicAccess = slices.Clone(c.BlockPublicAccess)
	for i := range c.BlockPublicAccess {
		c.BlockPublicAccess[i].Exclusions = slices.Clone(c.BlockPublicAccess[i].Exclusions)
	}
	c.EncryptionControls = slices.Clone(c.EncryptionControls)
	for i := range c.EncryptionControls {
		c.EncryptionControls[i].Exclusions = slices.Clone(c.EncryptionControls[i].Exclusions)
	}
	c.FlowLogs = slices.Clone(c.FlowLogs)
	for i := range c.FlowLogs {
		l := &c.FlowLogs[i]
		l.Format, l.Tags = slices.Clone(l.Format), maps.Clone(l.Tags)
	}
	c.ImpairedZones = slices.Clone(c.ImpairedZones)
	c.Peerings = slices.Clone(c.Peerings)
	for i := range c.Peerings {
		p := &c.Peerings[i]
		p.Requester.Blocks, p.Accepter.Blocks = slices.Clone(p.Requester.Blocks), slices.Clone(p.Accepter.Blocks)
	}
	return c
}

func cloneLoadBalancer(l *elb.LoadBalancer) {
	l.Subnets, l.Interfaces, l.Groups = slices.Clone(l.Subnets), slices.Clone(l.Interfaces), slices.Clone(l.Groups)
	l.Listeners = slices.Clone(l.Listeners)
	for i := range l.Listeners {
		l.Listeners[i].Targets = slices.Clone(l.Listeners[i].Targets)
	}
}

func cloneZone(z *dns.Zone) {
	z.VPCs, z.Servers, z.Records = slices.Clone(z.VPCs), slices.Clone(z.Servers), slices.Clone(z.Records)
	for i := range z.Records {
		z.Records[i].Values = slices.Clone(z.Records[i].Values)
	}
}
