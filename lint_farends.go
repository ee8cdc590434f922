package packetwalk

import (
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/route"
)

// farEnd is an address that stands for all those which the routes and the entries treat alike.
type farEnd struct {
	addr netip.Addr
	// inside: in the VPC or a peer of it. open: beyond it, where anybody may begin a connection. Neither:
	// beyond a NAT gateway or an egress-only internet gateway, where nobody may (F4.101, F4.206).
	inside, open bool
}

// chooseFarEnds takes an address of each range that a route or an entry names, outside of the smaller ranges
// that entries name, where packets of the subnets can go.
func (r *replyLint) chooseFarEnds() {
	var smaller, ranges []netip.Prefix
	seen := make(map[netip.Prefix]bool)
	add := func(p netip.Prefix) {
		if !seen[p] {
			seen[p] = true
			ranges = append(ranges, p)
		}
	}
	for i := range r.acl.Entries {
		add(r.acl.Entries[i].CIDR)
	}
	smaller = ranges
	tables := r.tables()
	for _, t := range tables {
		for i := range t.Data.Routes {
			for _, p := range destinations(t, i) {
				add(p)
			}
		}
	}
	for _, p := range ranges {
		a, ok := outsideOf(p, smaller)
		if !ok {
			continue
		}
		if end, ok := reach(a, tables); ok {
			r.ends = append(r.ends, end)
		}
	}
}

// destinations are those of the i-th route: one, or the entries of its prefix list.
func destinations(t *walk.Table, i int) []netip.Prefix {
	if l := t.Lists[t.Data.Routes[i].PrefixList]; l != nil {
		return l.Entries
	}
	return []netip.Prefix{t.Data.Routes[i].Destination}
}

// tables are the tables of the subnets, each once.
func (r *replyLint) tables() (list []*walk.Table) {
	for _, s := range r.subnets {
		if !slices.Contains(list, s.Table) {
			list = append(list, s.Table)
		}
	}
	return list
}

// outsideOf finds an address of p that is in none of the smaller ranges: the first of p, or one right behind
// such a range.
func outsideOf(p netip.Prefix, ranges []netip.Prefix) (netip.Addr, bool) {
	free := func(a netip.Addr) bool {
		return p.Contains(a) && !slices.ContainsFunc(ranges, func(q netip.Prefix) bool { return q.Bits() > p.Bits() && q.Contains(a) })
	}
	if a := p.Addr(); free(a) {
		return a, true
	}
	for _, q := range ranges {
		if q.Bits() > p.Bits() && p.Contains(q.Addr()) {
			if a := lastOf(q).Next(); free(a) {
				return a, true
			}
		}
	}
	return netip.Addr{}, false
}

// lastOf is the last address of a range.
func lastOf(p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for i := p.Bits(); i < len(b)*8; i++ {
		b[i/8] |= 0x80 >> (i % 8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// reach asks the tables where packets to a go; ok is false where none takes them anywhere. What a gateway at
// the edge of the VPC does not forward (F4.006) goes nowhere.
func reach(a netip.Addr, tables []*walk.Table) (end farEnd, ok bool) {
	private := a.IsPrivate() || carrierGrade.Contains(a)
	for _, t := range tables {
		m, found := t.Data.Lookup(a, t.Lists)
		if !found || m.Route.State == route.Blackhole {
			continue
		}
		switch m.Route.Target.Kind {
		case route.Local, route.PeeringConnection:
			end.inside, ok = true, true
		case route.InternetGateway:
			end.open, ok = end.open || !private, ok || !private
		case route.NATGateway, route.EgressOnlyInternetGateway, route.GatewayEndpoint:
			ok = true
		default:
			end.inside, end.open, ok = end.inside || private, end.open || !private, true
		}
	}
	end.addr = a
	return end, ok
}

// carrierGrade is the range of RFC 6598, which no internet gateway forwards to (F4.006).
var carrierGrade = netip.MustParsePrefix("100.64.0.0/10")
