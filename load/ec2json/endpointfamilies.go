package ec2json

import (
	"slices"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/route"
)

// fitFamilies takes the address type from each endpoint that its subnets do not fit (F7.011, F7.112): it
// counts as IPv4.
func (l *loader) fitFamilies() {
	for i := range l.cfg.GatewayEndpoints {
		g := &l.cfg.GatewayEndpoints[i]
		var served []string
		for _, t := range l.cfg.RouteTables {
			if slices.Contains(g.RouteTables, t.ID) {
				served = append(served, l.servedBy(t)...)
			}
		}
		g.IPAddressType = l.fitting(g.ID, g.IPAddressType, served)
	}
	for i := range l.cfg.InterfaceEndpoints {
		e := &l.cfg.InterfaceEndpoints[i]
		e.IPAddressType = l.fitting(e.ID, e.IPAddressType, e.Subnets)
	}
}

// servedBy gives the subnets of a route table: its own, and for the main table those that have none.
func (l *loader) servedBy(t route.Table) (served []string) {
	taken := map[string]bool{}
	for _, other := range l.cfg.RouteTables {
		for _, s := range other.Subnets {
			taken[s] = true
		}
	}
	for _, s := range l.cfg.Subnets {
		if slices.Contains(t.Subnets, s.ID) || t.Main && s.VPC == t.VPC && !taken[s.ID] {
			served = append(served, s.ID)
		}
	}
	return served
}

// fitting gives the address type of an endpoint, if its subnets fit it.
func (l *loader) fitting(id string, t endpoint.IPAddressType, subnets []string) endpoint.IPAddressType {
	for _, s := range subnets {
		s := &l.cfg.Subnets[l.subnetAt[s]]
		if t == endpoint.IPv6 && (s.CIDR.IsValid() || !s.IPv6CIDR.IsValid()) || t == endpoint.Dualstack && !(s.CIDR.IsValid() && s.IPv6CIDR.IsValid()) {
			f, _ := l.endpoints.get(id)
			l.warn(f.origin, Conflict, "IpAddressType", f.raw.IpAddressType, "taken as ipv4: "+s.ID+" does not fit")
			return 0
		}
	}
	return t
}
