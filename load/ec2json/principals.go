package ec2json

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/packetwalk/packetwalk/endpoint"
)

// rawPrincipal is somebody who may make endpoints for a service, as describe-vpc-endpoint-service-permissions prints it.
// Its first years did not print the service.
type rawPrincipal struct{ Principal, ServiceId string }

func (r rawPrincipal) id() string { return r.Principal }

func readPrincipals(l *loader, o origin, values []json.RawMessage) {
	for _, value := range values {
		if p, ok := decode[rawPrincipal](l, o, value); ok {
			l.principals = append(l.principals, found[rawPrincipal]{origin{o.file, o.kind, p.Principal}, p})
		}
	}
}

// addPrincipals puts those who may make endpoints to their services. Where the output does not say the service, the
// file's path does.
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

// letIn makes services fit the endpoints that lead to them: whose endpoint the dump holds was let in, from its Region
// (F7.210) and its account (F7.201), though the dump does not say so.
func (l *loader) letIn() {
	for i := range l.cfg.EndpointServices {
		s := &l.cfg.EndpointServices[i]
		for _, e := range l.cfg.InterfaceEndpoints {
			if e.Service != s.Name {
				continue
			}
			f, _ := l.endpoints.get(e.ID)
			v := &l.cfg.VPCs[l.vpcAt[e.VPC]]
			region := l.regionOfVPC(v.ID)
			if region != cmp.Or(s.Region, defaultRegion) && !slices.Contains(s.Regions, region) {
				s.Regions = append(s.Regions, region)
				l.warn(f.origin, Assumed, "ServiceName", s.Name, "the service is taken to let endpoints of "+region+" in")
			}
			if v.Account != "" && !s.Permits(v.Account) {
				l.warn(f.origin, Assumed, "ServiceName", s.Name, "the service is taken to permit account "+v.Account)
				l.addPrincipal(f.origin, s, "arn:aws:iam::"+v.Account+":root")
			}
		}
	}
}
