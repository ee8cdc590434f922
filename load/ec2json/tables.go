package ec2json

import (
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/route"
)

type rawTable struct {
	RouteTableId, VpcId string
	Associations        []struct {
		Main                bool
		SubnetId, GatewayId string
		AssociationState    state
	}
	PropagatingVgws []struct{ GatewayId string }
	Routes          []rawRoute
	Tags            []tag
}

func (r rawTable) id() string { return r.RouteTableId }

// addTables makes the route tables.
func (l *loader) addTables() {
	served, mains := claims{}, claims{}
	for _, f := range l.tables.items {
		if !l.hasVPC(f.origin, f.raw.VpcId) {
			continue
		}
		t := route.Table{ID: f.id, Name: nameOf(f.raw.Tags), VPC: f.raw.VpcId}
		l.addAssociations(&t, f, served, mains)
		for i, v := range f.raw.PropagatingVgws {
			l.warn(f.origin, Ignored, fmt.Sprintf("PropagatingVgws[%d].GatewayId", i), v.GatewayId, "what it propagated is printed as routes")
		}
		for i, r := range f.raw.Routes {
			if r, ok := l.route(f, fmt.Sprintf("Routes[%d].", i), r); ok {
				t.Routes = append(t.Routes, r)
			}
		}
		l.cfg.RouteTables = append(l.cfg.RouteTables, t)
	}
}

// addAssociations reads what the table serves.
func (l *loader) addAssociations(t *route.Table, f found[rawTable], served, mains claims) {
	for i, a := range f.raw.Associations {
		field := fmt.Sprintf("Associations[%d].", i)
		switch s := strings.ToLower(a.AssociationState.State); {
		case s == "disassociated" || s == "failed":
			l.warn(f.origin, Ignored, field+"AssociationState.State", s, "left out: not associated")
		case a.Main:
			t.Main = mains.claim(l, f.origin, field+"Main", t.VPC)
		case a.SubnetId != "":
			if l.hasSubnet(f.origin, field+"SubnetId", a.SubnetId) && served.claim(l, f.origin, field+"SubnetId", a.SubnetId) {
				t.Subnets = append(t.Subnets, a.SubnetId)
			}
		case l.gatewayKnown[a.GatewayId] == internetGateway:
			if served.claim(l, f.origin, field+"GatewayId", a.GatewayId) {
				t.Gateways = append(t.Gateways, a.GatewayId)
			}
		case strings.HasPrefix(a.GatewayId, "vgw-"):
			l.warn(f.origin, Unsupported, field+"GatewayId", a.GatewayId, "left out: virtual private gateways are not modelled")
		default:
			l.warn(f.origin, Dangling, field+"GatewayId", a.GatewayId, "left out: the gateway is not in the dump")
		}
	}
}

// serveByEndpoint makes sure that a gateway endpoint lists a table that has its route, and gives its service.
func (l *loader) serveByEndpoint(f found[rawTable], field, id string) (service string) {
	i, ok := l.gatewayAt[id]
	if !ok {
		return ""
	}
	g := &l.cfg.GatewayEndpoints[i]
	if !slices.Contains(g.RouteTables, f.id) {
		l.warn(f.origin, Conflict, field, id, "the table was added to the endpoint, which does not list it")
		g.RouteTables = append(g.RouteTables, f.id)
	}
	return g.Service
}
