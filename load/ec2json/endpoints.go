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
	e.Subnets = l.oneSubnetAZone(f.origin, "SubnetIds", f.raw.SubnetIds, f.raw.VpcId)
	if len(e.Subnets) == 0 {
		l.warn(f.origin, Dangling, "SubnetIds", strings.Join(f.raw.SubnetIds, " "), "left out: none of its subnets is in the dump")
		return
	}
	for _, id := range unique(f.raw.NetworkInterfaceIds) {
		if id := l.ownInterface(f.origin, "NetworkInterfaceIds", id, subnet.VPCEndpoint); id != "" {
			e.Interfaces = append(e.Interfaces, id)
		}
	}
	var groups []string
	for _, g := range f.raw.Groups {
		groups = append(groups, g.GroupId)
	}
	e.Groups = l.groupsOf(f.origin, "Groups.GroupId", groups, f.raw.VpcId)
	if err := e.Validate(); err != nil {
		l.warn(f.origin, Unsupported, "ServiceName", e.Service, "left out: "+err.Error())
		return
	}
	l.cfg.InterfaceEndpoints = append(l.cfg.InterfaceEndpoints, e)
}

// oneSubnetAZone gives those of the subnets that are in the dump, in the VPC, and the first of their zone.
func (l *loader) oneSubnetAZone(o origin, field string, ids []string, vpc string) (subnets []string) {
	zones := map[string]bool{}
	for _, id := range unique(ids) {
		zone := l.zoneOf(id)
		if zones[zone] && zone != "" {
			l.warn(o, Conflict, field, id, "left out: there is a subnet in zone "+zone+" already (F7.101)")
			continue
		}
		if !l.hasSubnet(o, field, id) {
			continue
		}
		if of := l.subnetVPC[id]; of != vpc {
			l.warn(o, Conflict, field, id, "left out: the subnet is in VPC "+of)
			continue
		}
		zones[zone] = true
		subnets = append(subnets, id)
	}
	return subnets
}

// groupsOf gives those of the security groups that are in the dump and can be in the VPC.
func (l *loader) groupsOf(o origin, field string, ids []string, vpc string) (groups []string) {
	for _, id := range unique(ids) {
		at, ok := l.groupAt[id]
		if !ok {
			l.warn(o, Dangling, field, id, "left out: the group is not in the dump")
			continue
		}
		if known, _ := l.groups.get(id); !l.serves(o, known, vpc) {
			continue
		}
		l.cfg.SecurityGroups[at].VPCs = l.groupVPCs[id]
		groups = append(groups, id)
	}
	return groups
}
