package ec2json

import (
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
)

// privateZones gives the names of private hosted zones, each in each of its VPCs: an endpoint can't have
// them.
func (l *loader) privateZones() claims {
	named := claims{}
	for _, z := range l.cfg.HostedZones {
		for _, v := range z.VPCs {
			if key := v + " " + strings.ToLower(z.Name); named[key] == "" {
				named[key] = z.ID
			}
		}
	}
	return named
}

// privateDNS reports whether the service's name leads to an endpoint. AWS wants both DNS attributes of the
// VPC for it (F7.108), so that one of which the dump does not say anything has to be on. A name leads to one
// endpoint.
func (l *loader) privateDNS(f found[rawEndpoint], s endpoint.State, named claims) bool {
	if !f.raw.PrivateDnsEnabled || !s.Exists() {
		return f.raw.PrivateDnsEnabled
	}
	v := &l.cfg.VPCs[l.vpcAt[f.raw.VpcId]]
	if !v.DNSHostnames && !l.saysHostnames(v.ID) {
		l.warn(f.origin, Assumed, "PrivateDnsEnabled", "true",
			"enableDnsHostnames of VPC "+v.ID+" is taken as on: the dump does not say it")
		v.DNSHostnames = true
	}
	if v.NoDNSSupport || !v.DNSHostnames {
		l.warn(f.origin, Conflict, "PrivateDnsEnabled", "true", "taken as off: VPC "+v.ID+" does not have both DNS attributes (F7.108)")
		return false
	}
	if f.raw.DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint && !l.leadsInside(f.raw) {
		l.warn(f.origin, Conflict, "DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint", "true",
			"private DNS is taken as off: the VPC has no gateway endpoint of the service (F7.116)")
		return false
	}
	names := l.privateNames(f.raw.ServiceName)
	for _, name := range names {
		if other := named[v.ID+" "+name]; other != "" {
			l.warn(f.origin, Conflict, "PrivateDnsEnabled", "true", "taken as off: "+other+" has "+name+" in VPC "+v.ID+" (F7.108)")
			return false
		}
	}
	for _, name := range names {
		named[v.ID+" "+name] = f.id
	}
	return true
}

// saysHostnames reports whether the dump says the attribute enableDnsHostnames of a VPC.
func (l *loader) saysHostnames(vpc string) bool {
	return slices.ContainsFunc(l.dns, func(a dnsAttributes) bool {
		return a.id == vpc && a.EnableDnsHostnames != nil && a.EnableDnsHostnames.Value != nil
	})
}

// privateNames gives the names that private DNS lets lead to an endpoint of a service.
func (l *loader) privateNames(service string) (names []string) {
	for _, s := range l.cfg.EndpointServices {
		if s.Name == service && s.PrivateDNSName != "" {
			return []string{withoutWildcard(s.PrivateDNSName)}
		}
	}
	for _, name := range endpoint.PrivateNames(service) {
		names = append(names, withoutWildcard(name))
	}
	return unique(names)
}

// withoutWildcard gives the zone of a name, in small letters: of "*.Example.com" it is "example.com".
func withoutWildcard(name string) string {
	return strings.ToLower(strings.Trim(strings.TrimPrefix(name, "*"), "."))
}

// leadsInside reports whether the VPC has the gateway endpoint to which a service's name leads there, while
// it leads to an interface endpoint from on-premises only (F7.116).
func (l *loader) leadsInside(r rawEndpoint) bool {
	return slices.ContainsFunc(l.cfg.GatewayEndpoints, func(g endpoint.Gateway) bool {
		return g.VPC == r.VpcId && g.Service == r.ServiceName && g.State.Exists()
	})
}
