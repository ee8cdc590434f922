package ec2json

import (
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/subnet"
)

type rawEndpoint struct {
	VpcEndpointId, VpcEndpointType, VpcId         string
	ServiceName, State, PolicyDocument, OwnerId   string
	ResourceConfigurationArn, IpAddressType       string
	RouteTableIds, SubnetIds, NetworkInterfaceIds []string
	Groups                                        []rawGroupName
	PrivateDnsEnabled                             bool
	DnsOptions                                    struct{ PrivateDnsOnlyForInboundResolverEndpoint bool }
	DnsEntries                                    []struct{ DnsName string }
	Tags                                          []tag
}

func (r rawEndpoint) id() string { return r.VpcEndpointId }

// addEndpoints makes the gateway, interface and Gateway Load Balancer endpoints; resource and tunnel
// endpoints are interface endpoints of their types. Others are reported (F7.205); their network interfaces
// stay.
func (l *loader) addEndpoints() {
	l.gatewayAt = map[string]int{}
	routed, named := claims{}, l.privateZones()
	for _, f := range l.endpoints.items {
		if strings.EqualFold(endpointType(f.raw), "Gateway") && l.hasVPC(f.origin, f.raw.VpcId) {
			l.addGatewayEndpoint(f, routed)
		}
	}
	for _, f := range l.endpoints.items {
		switch kind := strings.ToLower(endpointType(f.raw)); {
		case kind == "gateway":
		case !slices.Contains([]string{"interface", "resource", "tunnel", "gatewayloadbalancer"}, kind):
			l.warn(f.origin, Unsupported, "VpcEndpointType", endpointType(f.raw), "left out: its network interfaces stay")
		case !l.hasVPC(f.origin, f.raw.VpcId):
		case kind == "gatewayloadbalancer":
			l.addInspector(f)
		default:
			l.addInterfaceEndpoint(f, named)
		}
	}
}

// endpointType gives the type; the first years of the API printed none, and had gateways only.
func endpointType(r rawEndpoint) string {
	if r.VpcEndpointType == "" && len(r.SubnetIds) == 0 && len(r.NetworkInterfaceIds) == 0 {
		return "Gateway"
	}
	return r.VpcEndpointType
}

// addGatewayEndpoint makes a gateway endpoint. A table has one route to a service (F2.022).
func (l *loader) addGatewayEndpoint(f found[rawEndpoint], routed claims) {
	g := endpoint.Gateway{
		ID: f.id, Name: nameOf(f.raw.Tags), VPC: f.raw.VpcId, Service: f.raw.ServiceName,
		State:         enumText[endpoint.State](l, f.origin, "State", f.raw.State),
		Policy:        f.raw.PolicyDocument,
		IPAddressType: enumText[endpoint.IPAddressType](l, f.origin, "IpAddressType", f.raw.IpAddressType),
	}
	if r := endpoint.Region(g.Service); r != "" && r != l.regionOfVPC(g.VPC) {
		l.warn(f.origin, Conflict, "ServiceName", g.Service, "left out: VPC "+g.VPC+" is in "+l.regionOfVPC(g.VPC)+
			", and a gateway endpoint leads to a service of its own Region (F7.003)")
		return
	}
	_, err := g.ParsePolicy()
	g.Policy = l.readable(f.origin, g.Policy, err)
	for _, id := range unique(f.raw.RouteTableIds) {
		if table, ok := l.tables.get(id); !ok || table.raw.VpcId != f.raw.VpcId {
			l.warn(f.origin, Dangling, "RouteTableIds", id, "left out: the table is not in the dump")
			continue
		}
		if g.State.Exists() && !routed.claim(l, f.origin, "RouteTableIds", id+" "+g.Service) {
			continue
		}
		g.RouteTables = append(g.RouteTables, id)
	}
	if err := g.Validate(); err != nil {
		l.warn(f.origin, Unsupported, "ServiceName", g.Service, "left out: "+err.Error())
		return
	}
	l.gatewayAt[f.id] = len(l.cfg.GatewayEndpoints)
	l.cfg.GatewayEndpoints = append(l.cfg.GatewayEndpoints, g)
}

// addInspector makes a Gateway Load Balancer endpoint: one network interface in one subnet, without groups
// (F7.206).
func (l *loader) addInspector(f found[rawEndpoint]) {
	g := endpoint.GatewayLoadBalancer{
		ID: f.id, Name: nameOf(f.raw.Tags), VPC: f.raw.VpcId, Service: f.raw.ServiceName,
		State: enumText[endpoint.State](l, f.origin, "State", f.raw.State),
	}
	subnets := l.oneSubnetAZone(f.origin, "SubnetIds", f.raw.SubnetIds, f.raw.VpcId)
	if len(subnets) == 0 {
		l.warn(f.origin, Dangling, "SubnetIds", strings.Join(f.raw.SubnetIds, " "), "left out: its subnet is not in the dump")
		return
	}
	g.Subnet = subnets[0]
	for _, id := range subnets[1:] {
		l.warn(f.origin, Conflict, "SubnetIds", id, "left out: the endpoint is in "+g.Subnet+" (F7.206)")
	}
	for _, id := range unique(f.raw.NetworkInterfaceIds) {
		i, ok := l.interfaceAt[l.ownInterface(f.origin, "NetworkInterfaceIds", id, subnet.GatewayLoadBalancerEndpoint)]
		if !ok {
			continue
		}
		n := &l.cfg.Interfaces[i]
		if n.Subnet != g.Subnet || g.Interface != "" {
			l.warn(f.origin, Conflict, "NetworkInterfaceIds", id, "left out: want one, in "+g.Subnet)
			continue
		}
		if !l.isFree(f.origin, "NetworkInterfaceIds", n) {
			continue
		}
		g.Interface = id
		if len(n.Groups) > 0 {
			l.warn(f.origin, Ignored, "NetworkInterfaceIds", strings.Join(n.Groups, " "), "a Gateway Load Balancer endpoint has no security groups")
			n.Groups = nil
		}
	}
	if err := g.Validate(); err != nil {
		l.warn(f.origin, Unsupported, "ServiceName", g.Service, "left out: "+err.Error())
		return
	}
	l.cfg.GatewayLoadBalancerEndpoints = append(l.cfg.GatewayLoadBalancerEndpoints, g)
}
