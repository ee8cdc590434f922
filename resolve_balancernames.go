package packetwalk

import (
	"cmp"
	"net/netip"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/internal/walk"
)

// nameBalancer adds the name that AWS gave a load balancer. Everybody can resolve it: to the addresses in
// the zones that have not failed, the public ones of one that faces the internet, else the private ones.
func (r *resolver) nameBalancer(d *directory, l *elb.LoadBalancer) {
	name, err := dns.ParseName(l.DNSName)
	if l.DNSName == "" || err != nil {
		return // none, or reported
	}
	var list []*walk.Interface
	for _, id := range l.Interfaces {
		list = append(list, r.ifaces[id])
	}
	d.own = d.add(d.own, dns.LoadBalancerName, l.ID, name, balancerRecords(inHealthyZones(list)))
}

// balancerRecords are the records of the interfaces of a load balancer, without a name.
func balancerRecords(list []*walk.Interface) (records []dns.Record) {
	v4, v6 := dns.Record{Type: dns.A, TTL: 60}, dns.Record{Type: dns.AAAA, TTL: 60}
	for _, e := range list {
		for _, a := range e.Data.Private[:min(1, len(e.Data.Private))] {
			v4.Values = append(v4.Values, cmp.Or(a.Public, a.Private).String())
		}
		if a := e.Data.Address(true); a != (netip.Addr{}) {
			v6.Values = append(v6.Values, a.String())
		}
	}
	for _, one := range []dns.Record{v4, v6} {
		if len(one.Values) > 0 {
			records = append(records, one)
		}
	}
	return records
}
