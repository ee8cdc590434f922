package ec2json

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/vpc"
)

// rawPrincipal is somebody who may make endpoints for a service, as describe-vpc-endpoint-service-permissions
// prints it. Its first years did not print the service.
type rawPrincipal struct{ Principal, ServiceId string }

func (r rawPrincipal) id() string { return r.Principal }

// readPrincipals keeps who may make endpoints, until the services stand.
func readPrincipals(l *loader, o origin, values []json.RawMessage) {
	for _, value := range values {
		if p, ok := decode[rawPrincipal](l, o, value); ok {
			l.principals = append(l.principals, found[rawPrincipal]{origin{o.file, o.kind, p.Principal}, p})
		}
	}
}

// addPrincipals puts those who may make endpoints to their services. Where the output does not say the
// service, the file's path does.
func (l *loader) addPrincipals() {
	ids := make([]string, 0, len(l.cfg.EndpointServices))
	for _, s := range l.cfg.EndpointServices {
		ids = append(ids, s.ID)
	}
	for _, f := range l.principals {
		i, ok := l.serviceAt[cmp.Or(f.raw.ServiceId, subject(f.file, ids))]
		if !ok {
			l.warn(f.origin, Dangling, "ServiceId", f.raw.ServiceId, "left out: its service is not in the dump")
			continue
		}
		l.addPrincipal(f.origin, &l.cfg.EndpointServices[i], f.id)
	}
}

// addPrincipal lets somebody make endpoints for a service, and reports one who is none.
func (l *loader) addPrincipal(o origin, s *endpoint.Service, principal string) {
	if slices.Contains(s.Principals, principal) {
		return
	}
	one := endpoint.Service{ID: s.ID, Name: s.Name, Principals: []string{principal}}
	if err := one.Validate(); err != nil {
		l.warn(o, Malformed, "Principal", principal, "left out: "+firstFault(err))
		return
	}
	s.Principals = append(s.Principals, principal)
}

// letIn makes services and the endpoints that lead to them fit: whose endpoint the dump holds was let in,
// from its Region (F7.210) and its account (F7.201), though the dump does not say so.
func (l *loader) letIn() {
	for i := range l.cfg.EndpointServices {
		s := &l.cfg.EndpointServices[i]
		for j := range l.cfg.InterfaceEndpoints {
			if e := &l.cfg.InterfaceEndpoints[j]; e.Service == s.Name {
				f, _ := l.endpoints.get(e.ID)
				l.permit(f.origin, s, &l.cfg.VPCs[l.vpcAt[e.VPC]])
				l.inZones(f.origin, s, e)
			}
		}
	}
	l.cfg.InterfaceEndpoints = slices.DeleteFunc(l.cfg.InterfaceEndpoints, func(e endpoint.Interface) bool {
		if len(e.Subnets) > 0 {
			return false
		}
		f, _ := l.endpoints.get(e.ID)
		l.warn(f.origin, Conflict, "SubnetIds", "", "the endpoint is left out: it has no subnet in a zone of its service")
		return true
	})
}

// permit lets the endpoints of a VPC in.
func (l *loader) permit(o origin, s *endpoint.Service, v *vpc.VPC) {
	region := cmp.Or(v.Region, defaultRegion)
	if region != cmp.Or(s.Region, defaultRegion) && !slices.Contains(s.Regions, region) {
		s.Regions = append(s.Regions, region)
		l.warn(o, Assumed, "ServiceName", s.Name, "the service is taken to let endpoints of "+region+" in")
	}
	if v.Account != "" && !s.Permits(v.Account) {
		l.warn(o, Assumed, "ServiceName", s.Name, "the service is taken to permit account "+v.Account)
		l.addPrincipal(o, s, "arn:aws:iam::"+v.Account+":root")
	}
}

// inZones takes from an endpoint that is not there yet the subnets in whose zone the service is not (F7.203).
func (l *loader) inZones(o origin, s *endpoint.Service, e *endpoint.Interface) {
	zones := map[string]bool{}
	for _, id := range s.LoadBalancers {
		for _, n := range l.cfg.LoadBalancers[l.loadBalancerAt[id]].Subnets {
			zones[l.zoneOf(n)] = true
		}
	}
	switch e.State {
	case endpoint.StateUnspecified, endpoint.PendingAcceptance, endpoint.Pending:
	default:
		return
	}
	e.Subnets = slices.DeleteFunc(e.Subnets, func(id string) bool {
		zone := l.zoneOf(id)
		if len(zones) == 0 || zones[zone] || regionOf(zone) != s.Region {
			return false
		}
		l.warn(o, Conflict, "SubnetIds", id, "left out: the load balancers of service "+s.ID+" are not in "+zone)
		return true
	})
	e.Interfaces = slices.DeleteFunc(e.Interfaces, func(id string) bool {
		return !slices.Contains(e.Subnets, l.cfg.Interfaces[l.interfaceAt[id]].Subnet)
	})
}
