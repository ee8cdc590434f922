package packetwalk

import (
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/walk"
)

// directory is what the names of a network lead to, as zones: those of the Config, and those that the
// interface endpoints and load balancers bring.
type directory struct {
	private map[string][]*dns.Zone // by VPC: hosted zones, and behind them the endpoints' private DNS (F7.108)
	public  []*dns.Zone
	// own are the names of the endpoints (F7.107) and load balancers themselves, which everybody can resolve.
	own []*dns.Zone
	// made says of the zones that no Config has what they are.
	made map[*dns.Zone]dns.Authority
}

// resolveNames files the zones by who is told of them.
func (r *resolver) resolveNames() {
	d := &directory{private: make(map[string][]*dns.Zone), made: make(map[*dns.Zone]dns.Authority)}
	for i := range r.config.HostedZones {
		z := &r.config.HostedZones[i]
		if !z.Private {
			d.public = append(d.public, z)
		}
		for _, v := range z.VPCs {
			d.private[v] = append(d.private[v], z)
		}
	}
	for i := range r.config.InterfaceEndpoints {
		r.nameEndpoint(d, &r.config.InterfaceEndpoints[i])
	}
	for i := range r.config.LoadBalancers {
		r.nameBalancer(d, &r.config.LoadBalancers[i])
	}
	r.Network.names = d
}

// nameEndpoint adds the names of an interface endpoint: its own, the Regional one and one a zone (F7.107),
// and while it is available those of private DNS (F7.108). One that is gone has none (F7.111). "Only for
// inbound resolver endpoints" keeps these from the VPC itself (F7.116).
func (r *resolver) nameEndpoint(d *directory, p *endpoint.Interface) {
	var list []*walk.Interface
	var zones []string
	for _, id := range p.Interfaces {
		if e := r.ifaces[id]; e != nil {
			list, zones = append(list, e), append(zones, e.Subnet.Data.Zone)
		}
	}
	if len(list) == 0 || !p.State.Exists() {
		return
	}
	healthy := addressRecords(inHealthyZones(list))
	for _, name := range regionalNames(p, zones) {
		d.own = d.add(d.own, dns.EndpointName, p.ID, name, healthy)
	}
	for i, e := range list {
		for _, name := range zonalNames(p, zones[i]) {
			d.own = d.add(d.own, dns.EndpointName, p.ID, name, addressRecords([]*walk.Interface{e}))
		}
	}
	if p.PrivateDNS && !p.PrivateDNSInboundOnly && p.State.Usable() {
		names, _ := privateNames(&r.config, p.Service)
		for _, name := range names {
			d.private[p.VPC] = d.add(d.private[p.VPC], dns.EndpointPrivateDNS, p.ID, name, healthy)
		}
	}
}

// add gives the zones with one more for a name, or for all below it where it begins with "*.", and its
// records.
func (d *directory) add(zones []*dns.Zone, by dns.Authority, id, name string, records []dns.Record) []*dns.Zone {
	apex := strings.TrimPrefix(name, "*.")
	at := slices.IndexFunc(zones, func(z *dns.Zone) bool { return d.made[z] == by && z.ID == id && z.Name == apex })
	if at < 0 {
		z := &dns.Zone{ID: id, Name: apex, Private: by == dns.EndpointPrivateDNS}
		d.made[z] = by
		at, zones = len(zones), append(zones, z)
	}
	for _, r := range records {
		r.Name = name
		zones[at].Records = append(zones[at].Records, r)
	}
	return zones
}

// inHealthyZones gives the interfaces whose zones have not failed: the Regional name leads to no others
// (F7.106). Where all have failed it leads to all.
func inHealthyZones(list []*walk.Interface) (healthy []*walk.Interface) {
	for _, e := range list {
		if !e.Impaired {
			healthy = append(healthy, e)
		}
	}
	if len(healthy) == 0 {
		return list
	}
	return healthy
}

// addressRecords are the records of the addresses of interfaces, without a name.
func addressRecords(list []*walk.Interface) (records []dns.Record) {
	for _, t := range []dns.Type{dns.A, dns.AAAA} {
		r := dns.Record{Type: t, TTL: 60}
		for _, e := range list {
			if a := e.Data.Address(t == dns.AAAA); a.IsValid() {
				r.Values = append(r.Values, a.String())
			}
		}
		if len(r.Values) > 0 {
			records = append(records, r)
		}
	}
	return records
}

// regionalNames are the names of an endpoint that lead to all of its interfaces: those that AWS gave it,
// which are not those of a zone, else that which follows from its ID.
func regionalNames(p *endpoint.Interface, zones []string) (names []string) {
	if len(p.DNSNames) == 0 {
		if name, _ := endpoint.EndpointNames(p.ID, p.Service, nil); name != "" {
			names = append(names, name)
		}
		return names
	}
	for _, name := range ownNames(p) {
		if !slices.ContainsFunc(zones, func(zone string) bool { return isZonal(name, zone) }) {
			names = append(names, name)
		}
	}
	return names
}

// zonalNames are the names of an endpoint that lead to its interface in a zone.
func zonalNames(p *endpoint.Interface, zone string) (names []string) {
	if len(p.DNSNames) == 0 {
		_, names = endpoint.EndpointNames(p.ID, p.Service, []string{zone})
		return names
	}
	for _, name := range ownNames(p) {
		if isZonal(name, zone) {
			names = append(names, name)
		}
	}
	return names
}

// ownNames are those of DNSNames that are of the endpoint alone, and not the service's own. Of an endpoint to
// resources all are: it leads to no service.
func ownNames(p *endpoint.Interface) (names []string) {
	for _, text := range p.DNSNames {
		if name, err := dns.ParseName(text); err == nil && (p.Type.ToResources() || strings.Contains(name, ".vpce.")) {
			names = append(names, name)
		}
	}
	return names
}

// isZonal reports whether an endpoint's name is that of a zone: "vpce-1-5kr9dae-us-east-1a.sqs...".
func isZonal(name, zone string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(name, "*."), ".")
	return strings.HasSuffix(first, "-"+zone)
}

// privateNames are the names that private DNS lets lead to an endpoint for a service: the service's own, or
// for one that somebody offers here the name that its owner gave it. Without that it is nameless.
func privateNames(c *Config, service string) (names []string, nameless bool) {
	for i := range c.EndpointServices {
		s := &c.EndpointServices[i]
		if s.Name != service {
			continue
		}
		if name, err := dns.ParseName(s.PrivateDNSName); err == nil {
			return []string{name}, false
		}
		return nil, s.PrivateDNSName == "" // what is no name is reported
	}
	return endpoint.PrivateNames(service), false
}
