package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
)

// Target is what a route can lead to: the handle of a gateway, an instance or a peering connection.
type Target interface{ target() route.Target }

// RouteTableHandle describes a route table; see [VPCHandle.RouteTable].
type RouteTableHandle struct {
	b  *Builder
	at int
}

// Route adds a route.
func (t *RouteTableHandle) Route(destination string, to Target) *RouteTableHandle {
	t.b.addRoute(t.at, destination, to)
	return t
}

// Associate makes the table serve the subnets.
func (t *RouteTableHandle) Associate(subnets ...*SubnetHandle) *RouteTableHandle {
	for _, s := range subnets {
		if t.b.nothing(s, KindRouteTable, t.b.cfg.RouteTables[t.at].ID, "Subnets") {
			continue
		}
		data := &t.b.cfg.RouteTables[t.at]
		t.b.here(data.ID, fmt.Sprintf("Subnets[%d]", len(data.Subnets)))
		data.Subnets = append(data.Subnets, s.id)
	}
	return t
}

// AssociateGateway makes the table an edge route table: it steers what comes in through an internet gateway
// or a virtual private gateway (F2.027).
func (t *RouteTableHandle) AssociateGateway(g *GatewayHandle) *RouteTableHandle {
	data := &t.b.cfg.RouteTables[t.at]
	if t.b.nothing(g, KindRouteTable, data.ID, "Gateways") {
		return t
	}
	t.b.here(data.ID, fmt.Sprintf("Gateways[%d]", len(data.Gateways)))
	data.Gateways = append(data.Gateways, g.to.ID)
	return t
}

// Main makes the table the main route table of its VPC.
func (t *RouteTableHandle) Main() *RouteTableHandle {
	t.b.cfg.RouteTables[t.at].Main = true
	return t
}

func (b *Builder) addRoute(table int, destination string, to Target) {
	t := &b.cfg.RouteTables[table]
	field := fmt.Sprintf("Routes[%d]", len(t.Routes))
	p, ok := b.prefix(KindRouteTable, t.ID, field+".Destination", destination)
	if !ok || b.nothing(to, KindRouteTable, t.ID, field+".Target") {
		return
	}
	b.here(t.ID, field)
	t.Routes = append(t.Routes, route.Route{Destination: p, Target: to.target()})
}

// PrefixListHandle describes a customer's prefix list; see [Builder.PrefixList].
type PrefixListHandle struct {
	b  *Builder
	id string
}

// PrefixList adds a prefix list, which rules and routes can refer to.
func (b *Builder) PrefixList(id string, cidrs ...string) *PrefixListHandle {
	b.here(id, "")
	l := route.PrefixList{ID: id, Name: id}
	for i, c := range cidrs {
		if p, ok := b.prefix(KindPrefixList, id, fmt.Sprintf("Entries[%d]", i), c); ok {
			l.Entries = append(l.Entries, p)
		}
	}
	b.cfg.PrefixLists = append(b.cfg.PrefixLists, l)
	return &PrefixListHandle{b, id}
}

func (l *PrefixListHandle) rules(b *Builder, group, field string, r sg.Rule) []sg.Rule {
	r.PrefixList = l.id
	return []sg.Rule{r}
}

// RouteList adds a route to a prefix list's ranges.
func (t *RouteTableHandle) RouteList(l *PrefixListHandle, to Target) *RouteTableHandle {
	data := &t.b.cfg.RouteTables[t.at]
	if t.b.nothing(l, KindRouteTable, data.ID, "Routes") || t.b.nothing(to, KindRouteTable, data.ID, "Routes") {
		return t
	}
	t.b.here(data.ID, fmt.Sprintf("Routes[%d]", len(data.Routes)))
	data.Routes = append(data.Routes, route.Route{PrefixList: l.id, Target: to.target()})
	return t
}
