package ec2json

import (
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/subnet"
)

type rawEndpoint struct {
	VpcEndpointId, VpcEndpointType, VpcId         string
	ServiceName, State, PolicyDocument            string
	RouteTableIds, SubnetIds, NetworkInterfaceIds []string
	Groups                                        []rawGroupName
	PrivateDnsEnabled                             bool
	Tags                                          []tag
}

func (r rawEndpoint) id() string { return r.VpcEndpointId }

// addEndpoints makes the gateway and interface endpoints. Others are reported; their network interfaces stay.
func (l *loader) addEndpoints() {
	l.gatewayAt = map[string]int{}
	for _, f := range l.endpoints.items {
		switch kind := endpointType(f.raw); {
		case !strings.EqualFold(kind, "Gateway") && !strings.EqualFold(kind, "Interface"):
			l.warn(f.origin, Unsupported, "VpcEndpointType", kind, "left out: its network interfaces stay")
		case !l.hasVPC(f.origin, f.raw.VpcId):
		case strings.EqualFold(kind, "Gateway"):
			l.addGatewayEndpoint(f)
		default:
			l.addInterfaceEndpoint(f)
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

func (l *loader) addGatewayEndpoint(f found[rawEndpoint]) {
	g := endpoint.Gateway{
		ID: f.id, Name: nameOf(f.raw.Tags), VPC: f.raw.VpcId, Service: f.raw.ServiceName,
		State:  enumText[endpoint.State](l, f.origin, "State", f.raw.State),
		Policy: f.raw.PolicyDocument,
	}
	for _, id := range unique(f.raw.RouteTableIds) {
		if table, ok := l.tables.get(id); !ok || table.raw.VpcId != f.raw.VpcId {
			l.warn(f.origin, Dangling, "RouteTableIds", id, "left out: the table is not in the dump")
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

func (l *loader) addInterfaceEndpoint(f found[rawEndpoint]) {
	e := endpoint.Interface{
		ID: f.id, Name: nameOf(f.raw.Tags), VPC: f.raw.VpcId, Service: f.raw.ServiceName,
		State:      enumText[endpoint.State](l, f.origin, "State", f.raw.State),
		PrivateDNS: f.raw.PrivateDnsEnabled,
		Policy:     f.raw.PolicyDocument,
	}
	zones := map[string]bool{}
	for _, id := range unique(f.raw.SubnetIds) {
		zone := l.zoneOf(id)
		if zones[zone] && zone != "" {
			l.warn(f.origin, Conflict, "SubnetIds", id, "left out: the endpoint has a subnet in zone "+zone+" already (F7.101)")
			continue
		}
		zones[zone] = true
		if l.hasSubnet(f.origin, "SubnetIds", id) {
			e.Subnets = append(e.Subnets, id)
		}
	}
	if len(e.Subnets) == 0 {
		l.warn(f.origin, Dangling, "SubnetIds", strings.Join(f.raw.SubnetIds, " "), "left out: none of its subnets is in the dump")
		return
	}
	for _, id := range unique(f.raw.NetworkInterfaceIds) {
		if id := l.ownInterface(f.origin, "NetworkInterfaceIds", id, subnet.VPCEndpoint); id != "" {
			e.Interfaces = append(e.Interfaces, id)
		}
	}
	for _, g := range unique(f.raw.Groups) {
		at, ok := l.groupAt[g.GroupId]
		if !ok {
			l.warn(f.origin, Dangling, "Groups.GroupId", g.GroupId, "left out: the group is not in the dump")
			continue
		}
		if known, _ := l.groups.get(g.GroupId); !l.serves(f.origin, known, f.raw.VpcId) {
			continue
		}
		l.cfg.SecurityGroups[at].VPCs = l.groupVPCs[g.GroupId]
		e.Groups = append(e.Groups, g.GroupId)
	}
	if err := e.Validate(); err != nil {
		l.warn(f.origin, Unsupported, "ServiceName", e.Service, "left out: "+err.Error())
		return
	}
	l.cfg.InterfaceEndpoints = append(l.cfg.InterfaceEndpoints, e)
}
