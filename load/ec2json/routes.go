package ec2json

import (
	"strings"

	"github.com/packetwalk/packetwalk/route"
)

type rawRoute struct {
	DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId string

	GatewayId, NatGatewayId, NetworkInterfaceId, InstanceId string
	VpcPeeringConnectionId, EgressOnlyInternetGatewayId     string
	TransitGatewayId, CarrierGatewayId, LocalGatewayId      string
	CoreNetworkArn, VpcEndpointId, OdbNetworkArn            string
	State, Origin                                           string
}

// route reads one route; ok is false where it is left out, which is reported.
func (l *loader) route(f found[rawTable], field string, raw rawRoute) (r route.Route, ok bool) {
	blackhole := strings.EqualFold(raw.State, "blackhole")
	r.Target, ok = l.target(f, field, raw, blackhole)
	if !ok {
		return r, false
	}
	switch {
	case raw.DestinationPrefixListId != "":
		service := ""
		if r.Target.Kind == route.GatewayEndpoint {
			service = l.serveByEndpoint(f, field+"GatewayId", r.Target.ID)
		}
		r.PrefixList = raw.DestinationPrefixListId
		ok = l.usePrefixList(f.origin, field+"DestinationPrefixListId", r.PrefixList, service)
		if list := &l.cfg.PrefixLists[l.prefixListAt[r.PrefixList]]; service != "" && list.Name != service {
			l.warn(f.origin, Conflict, field+"DestinationPrefixListId", r.PrefixList, "taken as an unknown target: the list is not that of "+service)
			r.Target.Kind = route.Unknown
		}
	case raw.DestinationCidrBlock != "":
		r.Destination, ok = l.prefix(f.origin, field+"DestinationCidrBlock", raw.DestinationCidrBlock)
	default:
		r.Destination, ok = l.prefix(f.origin, field+"DestinationIpv6CidrBlock", raw.DestinationIpv6CidrBlock)
	}
	// An active route stays unstated: Build decides from the target (F2.023, F2.024).
	if !strings.EqualFold(raw.State, "active") {
		r.State = enumText[route.State](l, f.origin, field+"State", raw.State)
	}
	r.Origin = enumText[route.Origin](l, f.origin, field+"Origin", raw.Origin)
	return r, ok
}

// candidate is a target as one field of a route names it.
type candidate struct {
	field string
	route.Target
	known bool // it is in the dump, or of a kind that is not modelled
}

// target reads where a route leads. One that is not in the dump has the kind Unknown, but for a
// black hole, which needs none.
func (l *loader) target(f found[rawTable], field string, r rawRoute, blackhole bool) (route.Target, bool) {
	o, named := f.origin, l.candidates(r)
	switch {
	case len(named) == 0 && blackhole:
		l.warn(o, Malformed, field+"GatewayId", "", "kept as a black hole: the route has no target")
		return route.Target{Kind: route.Unknown, ID: "unknown"}, true
	case len(named) == 0:
		l.warn(o, Unsupported, field+"GatewayId", "", "left out: the route has no target of a kind that is known")
		return route.Target{}, false
	case len(named) > 1:
		l.warn(o, Malformed, field+named[1].field, named[1].ID, "left out: the route has more than one target (F2.018)")
		return route.Target{}, false
	}
	c := named[0]
	if !c.known && (!blackhole || c.Kind == route.TargetUnspecified) {
		if !blackhole {
			l.warn(o, Dangling, field+c.field, c.ID, "taken as an unknown target: it is not in the dump")
		}
		c.Kind = route.Unknown
	}
	if !l.reaches(f.raw.VpcId, c.Target) {
		l.warn(o, Conflict, field+c.field, c.ID, "taken as an unknown target: it does not belong to VPC "+f.raw.VpcId)
		c.Kind = route.Unknown
	}
	return c.Target, true
}

// candidates lists the targets that a route names: one, unless something is wrong (F2.018, F2.019).
func (l *loader) candidates(r rawRoute) (named []candidate) {
	add := func(field string, kind route.TargetKind, id string, known bool) {
		if id != "" {
			named = append(named, candidate{field, route.Target{Kind: kind, ID: id}, known})
		}
	}
	if r.GatewayId == "local" {
		named = append(named, candidate{"GatewayId", route.Target{Kind: route.Local}, true})
	} else {
		kind, known := l.gatewayTarget(r.GatewayId, r.DestinationPrefixListId != "")
		add("GatewayId", kind, r.GatewayId, known)
	}
	add("NatGatewayId", route.NATGateway, r.NatGatewayId, l.gatewayKnown[r.NatGatewayId] == natGateway)
	add("EgressOnlyInternetGatewayId", route.EgressOnlyInternetGateway, r.EgressOnlyInternetGatewayId,
		l.gatewayKnown[r.EgressOnlyInternetGatewayId] == egressOnlyGateway)

	// An instance and its interface are printed together, for one target: the interface.
	_, known := l.interfaceAt[r.NetworkInterfaceId]
	if r.InstanceId != "" && !known && (r.NetworkInterfaceId == "" || l.instanceKnown[r.InstanceId]) {
		add("InstanceId", route.Instance, r.InstanceId, l.instanceKnown[r.InstanceId])
	} else {
		add("NetworkInterfaceId", route.NetworkInterface, r.NetworkInterfaceId, known)
	}
	add("VpcPeeringConnectionId", route.PeeringConnection, r.VpcPeeringConnectionId, l.hasPeering(r.VpcPeeringConnectionId))

	_, known = l.endpoints.get(r.VpcEndpointId)
	add("VpcEndpointId", route.GatewayLoadBalancerEndpoint, r.VpcEndpointId, known)

	add("TransitGatewayId", route.TransitGateway, r.TransitGatewayId, true)
	add("CarrierGatewayId", route.CarrierGateway, r.CarrierGatewayId, true)
	add("LocalGatewayId", route.LocalGateway, r.LocalGatewayId, true)
	add("CoreNetworkArn", route.CoreNetwork, r.CoreNetworkArn, true)
	add("OdbNetworkArn", route.ODBNetwork, r.OdbNetworkArn, true)
	return named
}

// gatewayTarget says what the GatewayId of a route is: several kinds share the field.
func (l *loader) gatewayTarget(id string, toPrefixList bool) (kind route.TargetKind, known bool) {
	switch l.gatewayKnown[id] {
	case internetGateway:
		return route.InternetGateway, true
	case egressOnlyGateway:
		return route.EgressOnlyInternetGateway, true
	case natGateway:
		return route.NATGateway, true
	}
	if _, ok := l.gatewayAt[id]; ok {
		return route.GatewayEndpoint, true
	}
	if f, ok := l.endpoints.get(id); ok && strings.EqualFold(f.raw.VpcEndpointType, "GatewayLoadBalancer") {
		return route.GatewayLoadBalancerEndpoint, true
	}
	if l.hasPeering(id) {
		return route.PeeringConnection, true
	}
	switch {
	case strings.HasPrefix(id, "igw-"):
		return route.InternetGateway, false
	case strings.HasPrefix(id, "eigw-"):
		return route.EgressOnlyInternetGateway, false
	case strings.HasPrefix(id, "vgw-"):
		return route.VirtualPrivateGateway, true
	case strings.HasPrefix(id, "vpce-") && toPrefixList: // never to another endpoint (F2.021)
		return route.GatewayEndpoint, false
	case strings.HasPrefix(id, "vpce-"):
		return route.GatewayLoadBalancerEndpoint, false
	}
	return route.TargetUnspecified, false
}

// reaches reports whether a target can be one of a VPC's tables, as far as the dump says to which VPC it
// belongs. A route to an instance needs it to have just one interface (F2.019).
func (l *loader) reaches(vpc string, t route.Target) bool {
	belongs := func(to string) bool { return to == "" || to == vpc }
	switch t.Kind {
	case route.InternetGateway, route.EgressOnlyInternetGateway, route.NATGateway:
		return belongs(l.gatewayVPC[t.ID])
	case route.NetworkInterface:
		if i, ok := l.interfaceAt[t.ID]; ok {
			return belongs(l.subnetVPC[l.cfg.Interfaces[i].Subnet])
		}
	case route.GatewayEndpoint:
		if i, ok := l.gatewayAt[t.ID]; ok {
			return belongs(l.cfg.GatewayEndpoints[i].VPC)
		}
	case route.PeeringConnection:
		for i := range l.cfg.Peerings {
			if c := &l.cfg.Peerings[i]; c.ID == t.ID {
				_, ok := c.Other(vpc)
				return ok
			}
		}
	case route.Instance:
		attached := 0
		for _, n := range l.cfg.Interfaces {
			if n.Attachment.Instance == t.ID {
				attached++
				if l.subnetVPC[n.Subnet] != vpc {
					return false
				}
			}
		}
		return attached == 1 || !l.instanceKnown[t.ID]
	}
	return true
}

// hasPeering reports whether a peering connection is in the Config.
func (l *loader) hasPeering(id string) bool {
	for i := range l.cfg.Peerings {
		if l.cfg.Peerings[i].ID == id {
			return true
		}
	}
	return false
}
