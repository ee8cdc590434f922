package packetwalk

import "github.com/packetwalk/packetwalk/internal/fault"

// validate looks at each resource by itself.
func validate(c *Config, bad *mistakes) {
	each(c, func(r resource) { bad.addAll(r.kind, r.id, r.Validate()) })
	validateRanges(c, bad)
}

// checkNames: an ID names one resource, be it given or made by Build.
func checkNames(c *Config, bad *mistakes) {
	names, buckets := make(map[string]Kind), make(map[string]Kind)
	each(c, func(r resource) {
		names := names
		if r.kind == KindBucket {
			names = buckets // which nothing refers to by its ID
		}
		if r.id == "" {
			return // the vocabulary says so
		}
		if first, taken := names[r.id]; taken {
			bad.add(r.kind, r.id, "ID", r.id, fault.ErrDuplicate,
				"another resource has it (%s): want an ID that no other has", first)
			return
		}
		names[r.id] = r.kind
	})
}

// resource is any resource of a Config.
type resource struct {
	kind Kind
	id   string
	validator
}

type validator interface{ Validate() error }

// each visits every resource of c, kind by kind.
func each(c *Config, visit func(resource)) {
	for i := range c.VPCs {
		visit(resource{KindVPC, c.VPCs[i].ID, &c.VPCs[i]})
	}
	for i := range c.DHCPOptions {
		visit(resource{KindDHCPOptions, c.DHCPOptions[i].ID, &c.DHCPOptions[i]})
	}
	for i := range c.Subnets {
		visit(resource{KindSubnet, c.Subnets[i].ID, &c.Subnets[i]})
	}
	for i := range c.Instances {
		visit(resource{KindInstance, c.Instances[i].ID, &c.Instances[i]})
	}
	for i := range c.Interfaces {
		visit(resource{KindInterface, c.Interfaces[i].ID, &c.Interfaces[i]})
	}
	for i := range c.ElasticIPs {
		visit(resource{KindElasticIP, c.ElasticIPs[i].ID, &c.ElasticIPs[i]})
	}
	for i := range c.RouteTables {
		visit(resource{KindRouteTable, c.RouteTables[i].ID, &c.RouteTables[i]})
	}
	for i := range c.PrefixLists {
		visit(resource{KindPrefixList, c.PrefixLists[i].ID, &c.PrefixLists[i]})
	}
	for i := range c.InternetGateways {
		visit(resource{KindInternetGateway, c.InternetGateways[i].ID, &c.InternetGateways[i]})
	}
	for i := range c.EgressOnlyGateways {
		visit(resource{KindEgressOnly, c.EgressOnlyGateways[i].ID, &c.EgressOnlyGateways[i]})
	}
	for i := range c.NATGateways {
		visit(resource{KindNATGateway, c.NATGateways[i].ID, &c.NATGateways[i]})
	}
	for i := range c.VirtualPrivateGateways {
		visit(resource{KindVirtualPrivate, c.VirtualPrivateGateways[i].ID, &c.VirtualPrivateGateways[i]})
	}
	for i := range c.NetworkACLs {
		visit(resource{KindNetworkACL, c.NetworkACLs[i].ID, &c.NetworkACLs[i]})
	}
	for i := range c.SecurityGroups {
		visit(resource{KindSecurityGroup, c.SecurityGroups[i].ID, &c.SecurityGroups[i]})
	}
	for i := range c.GatewayEndpoints {
		visit(resource{KindGatewayEndpoint, c.GatewayEndpoints[i].ID, &c.GatewayEndpoints[i]})
	}
	for i := range c.InterfaceEndpoints {
		visit(resource{KindInterfaceEndpoint, c.InterfaceEndpoints[i].ID, &c.InterfaceEndpoints[i]})
	}
	for i := range c.Peerings {
		visit(resource{KindPeering, c.Peerings[i].ID, &c.Peerings[i]})
	}
	for i := range c.GatewayLoadBalancerEndpoints {
		visit(resource{KindGWLBEndpoint, c.GatewayLoadBalancerEndpoints[i].ID, &c.GatewayLoadBalancerEndpoints[i]})
	}
	for i := range c.LoadBalancers {
		visit(resource{KindLoadBalancer, c.LoadBalancers[i].ID, &c.LoadBalancers[i]})
	}
	for i := range c.EndpointServices {
		visit(resource{KindEndpointService, c.EndpointServices[i].ID, &c.EndpointServices[i]})
	}
	for i := range c.HostedZones {
		visit(resource{KindHostedZone, c.HostedZones[i].ID, &c.HostedZones[i]})
	}
	for i := range c.Buckets {
		visit(resource{KindBucket, c.Buckets[i].Name, &c.Buckets[i]})
	}
	for i := range c.FlowLogs {
		visit(resource{KindFlowLog, c.FlowLogs[i].ID, &c.FlowLogs[i]})
	}
}
