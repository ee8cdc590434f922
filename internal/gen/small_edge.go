package gen

import (
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
)

func (s *small) addEndpoints(v int) {
	me := &s.vpcs[v]
	if s.one(2) {
		s.cfg.GatewayEndpoints = append(s.cfg.GatewayEndpoints, endpoint.Gateway{
			ID: me.id + "-endpoint", VPC: me.id, Service: "com.amazonaws.us-east-1.s3", RouteTables: []string{me.id + "-main"},
		})
	}
	if s.one(2) && s.hasIPv4(me.subnets[0]) {
		s.cfg.InterfaceEndpoints = append(s.cfg.InterfaceEndpoints, endpoint.Interface{
			ID: me.id + "-sqs", VPC: me.id, Service: "com.amazonaws.us-east-1.sqs", Subnets: me.subnets[:1],
		})
	}
}

// addTables gives a VPC a main table, and one more for some of its subnets.
func (s *small) addTables(v int) {
	me := &s.vpcs[v]
	tables := []route.Table{{ID: me.id + "-main", VPC: me.id, Main: true}, {ID: me.id + "-own", VPC: me.id}}
	for i, id := range me.subnets {
		if (me.nat == "" || i > 0) && s.one(2) {
			tables[1].Subnets = append(tables[1].Subnets, id)
		}
	}
	for i := range tables {
		for _, d := range s.destinations(v) {
			if i == 1 && me.nat != "" && d == everywhere(false) {
				tables[i].Routes = append(tables[i].Routes, route.Route{
					Destination: d, Target: route.Target{Kind: route.NetworkInterface, ID: me.nat},
				})
			} else if !s.one(4) {
				tables[i].Routes = append(tables[i].Routes, s.route(v, d))
			}
		}
	}
	s.cfg.RouteTables = append(s.cfg.RouteTables, tables...)
}

// destinations are the ranges that routes of a VPC can lead to: everywhere, its peers, and nobody's.
func (s *small) destinations(v int) []netip.Prefix {
	list := []netip.Prefix{everywhere(false), everywhere(true), netip.PrefixFrom(outside4, 24).Masked()}
	for _, p := range s.vpcs[v].peers {
		if b := block(int(s.vpcs[p].net), false); !slices.Contains(list, b) {
			list = append(list, b) // two peers may have the same
		}
		if s.vpcs[p].ipv6 {
			list = append(list, block(p, true))
		}
	}
	return append(list, netip.PrefixFrom(netip.AddrFrom4([4]byte{192, 168, 0, 0}), 16))
}

// route leads to anything that the VPC has, to something that is gone, or to what is kept and not walked.
func (s *small) route(v int, d netip.Prefix) route.Route {
	targets := s.vpcs[v].targets
	r := route.Route{Destination: d, Target: targets[s.IntN(len(targets))]}
	if d.Bits() == 0 && s.one(2) { // most ways out are gateways
		if i := slices.IndexFunc(targets, func(t route.Target) bool { return t.Kind == route.InternetGateway }); i >= 0 {
			r.Target = targets[i]
		}
	}
	switch {
	case s.one(12):
		r.Target, r.State = route.Target{Kind: route.NATGateway, ID: "nat-gone"}, route.Blackhole
	case s.one(12):
		r.Target = route.Target{Kind: route.TransitGateway, ID: "tgw-elsewhere"}
	}
	if r.Target.Kind == route.EgressOnlyInternetGateway && d.Addr().Is4() {
		r.Target = targets[len(targets)-1] // an instance
	}
	return r
}

// addACLs gives some subnets an ACL of their own.
func (s *small) addACLs(v int) {
	me := &s.vpcs[v]
	if s.one(2) {
		return
	}
	a := nacl.ACL{ID: me.id + "-acl", VPC: me.id, Subnets: me.subnets[:1+s.IntN(len(me.subnets))]}
	for i := range s.IntN(10) {
		e := nacl.Entry{
			Number: 100 + i, Direction: packet.Direction(1 + s.IntN(2)), Action: nacl.Allow, Service: s.service(), CIDR: s.peer(),
		}
		if s.one(3) {
			e.Action = nacl.Deny
		}
		a.Entries = append(a.Entries, e)
	}
	for i, d := range []packet.Direction{packet.Ingress, packet.Egress} {
		if !s.one(4) {
			all := nacl.Entry{Number: 500 + i, Direction: d, Action: nacl.Allow, Service: packet.All(), CIDR: everywhere(false)}
			a.Entries = append(a.Entries, all)
		}
	}
	if s.one(20) {
		a.Entries = nil // denies all, by its final entry
	}
	s.cfg.NetworkACLs = append(s.cfg.NetworkACLs, a)
}
