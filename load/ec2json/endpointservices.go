package ec2json

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
)

// rawService is an endpoint service as its provider sees it, in describe-vpc-endpoint-service-configurations.
type rawService struct {
	ServiceId, ServiceName, ServiceState             string
	ServiceType                                      []struct{ ServiceType string }
	AcceptanceRequired                               bool
	NetworkLoadBalancerArns, GatewayLoadBalancerArns []string
	PrivateDnsName                                   string
	PrivateDnsNameConfiguration                      struct{ State string }
	SupportedRegions                                 []struct{ Region string }
}

func (r rawService) id() string { return r.ServiceId }

// rawDetail is an endpoint service as its consumers see it, in describe-vpc-endpoint-services.
type rawDetail struct {
	ServiceId, ServiceName, Owner string
	AcceptanceRequired            bool
	PrivateDnsName                string
}

func (r rawDetail) id() string { return r.ServiceName }

// readDetails keeps the services of AWS's customers. Those of AWS's own are known.
func readDetails(l *loader, o origin, values []json.RawMessage) {
	known := 0
	for _, value := range values {
		detail, ok := decode[rawDetail](l, o, value)
		switch {
		case !ok:
		case endpoint.IsOffered(detail.ServiceName):
			l.details.put(l, o, detail)
		default:
			known++
		}
	}
	if known > 0 {
		l.warn(o, Ignored, "", fmt.Sprint(known), "AWS's own services are known without it")
	}
}

// readServiceNames reads what describe-vpc-endpoint-services prints beside the details: nothing but names.
func readServiceNames(l *loader, o origin, values []json.RawMessage) {
	l.warn(o, Ignored, "", fmt.Sprint(len(values)), "names alone say nothing about where a packet goes")
}

// addServices makes the endpoint services: those that stand in the dump as their provider sees them, then
// those of others, which end at their endpoints.
func (l *loader) addServices() {
	l.serviceAt = map[string]int{}
	for _, f := range l.services.items {
		switch state := strings.ToLower(f.raw.ServiceState); {
		case len(f.raw.GatewayLoadBalancerArns) > 0:
			l.warn(f.origin, Unsupported, "GatewayLoadBalancerArns", strings.Join(f.raw.GatewayLoadBalancerArns, " "),
				"left out: Gateway Load Balancers are not modelled")
		case state == "deleting" || state == "deleted" || state == "failed":
			l.warn(f.origin, Ignored, "ServiceState", f.raw.ServiceState, "left out: the service is not there")
		default:
			l.addService(f.origin, l.service(f))
		}
	}
	for _, f := range l.details.items {
		s := endpoint.Service{
			ID: cmp.Or(f.raw.ServiceId, lastLabel(f.raw.ServiceName)), Name: f.raw.ServiceName, Region: serviceRegion(f.raw.ServiceName),
			AcceptanceRequired: f.raw.AcceptanceRequired, PrivateDNSName: f.raw.PrivateDnsName,
		}
		if _, known := l.services.get(s.ID); known || l.hasService(s.Name) {
			continue // its provider says more
		}
		if f.raw.Owner != "amazon" {
			s.Account = f.raw.Owner
		}
		for _, v := range l.cfg.VPCs { // who sees a service may make endpoints for it
			if v.Account != s.Account && v.Account != "" {
				l.addPrincipal(f.origin, &s, "arn:aws:iam::"+v.Account+":root")
			}
		}
		l.addService(f.origin, s)
	}
	l.addPrincipals()
}

// hasService reports whether a service of that name stands already.
func (l *loader) hasService(name string) bool {
	return slices.ContainsFunc(l.cfg.EndpointServices, func(s endpoint.Service) bool { return s.Name == name })
}

// addService adds a service, if it can be one.
func (l *loader) addService(o origin, s endpoint.Service) {
	if s.Name != "" && l.hasService(s.Name) {
		l.warn(o, Conflict, "ServiceName", s.Name, "left out: another service has the name")
		return
	}
	if err := s.Validate(); err != nil {
		l.warn(o, Malformed, "ServiceName", s.Name, "left out: "+firstFault(err))
		return
	}
	l.serviceAt[s.ID] = len(l.cfg.EndpointServices)
	l.cfg.EndpointServices = append(l.cfg.EndpointServices, s)
}

// service reads what a provider sees of its service.
func (l *loader) service(f found[rawService]) endpoint.Service {
	s := endpoint.Service{ID: f.id, Name: f.raw.ServiceName, Region: serviceRegion(f.raw.ServiceName), AcceptanceRequired: f.raw.AcceptanceRequired}
	l.putBalancers(f, &s)
	for _, r := range f.raw.SupportedRegions {
		if r.Region != s.Region && r.Region != "" && !slices.Contains(s.Regions, r.Region) {
			s.Regions = append(s.Regions, r.Region)
		}
	}
	if state := f.raw.PrivateDnsNameConfiguration.State; state == "" || state == "verified" {
		s.PrivateDNSName = f.raw.PrivateDnsName
	} else {
		l.warn(f.origin, Ignored, "PrivateDnsName", f.raw.PrivateDnsName, "left out: the name is not verified, but "+state)
	}
	return s
}

// putBalancers puts the load balancers of the dump to their service. Account and Region are those of their
// VPC.
func (l *loader) putBalancers(f found[rawService], s *endpoint.Service) {
	for _, arn := range unique(f.raw.NetworkLoadBalancerArns) {
		at, ok := l.loadBalancerAt[arn]
		if !ok {
			s.Account = cmp.Or(s.Account, arnAccount(arn))
			l.warn(f.origin, Dangling, "NetworkLoadBalancerArns", arn, "left out: the load balancer is not in the dump")
			continue
		}
		v := &l.cfg.VPCs[l.vpcAt[l.cfg.LoadBalancers[at].VPC]]
		v.Account = cmp.Or(v.Account, arnAccount(arn))
		if len(s.LoadBalancers) == 0 {
			s.Account, s.Region = v.Account, v.Region
		}
		if s.Account != v.Account || s.Region != v.Region {
			l.warn(f.origin, Conflict, "NetworkLoadBalancerArns", arn, "left out: it is of another account or Region than "+s.LoadBalancers[0])
			continue
		}
		s.LoadBalancers = append(s.LoadBalancers, arn)
	}
}

// lastLabel gives what stands behind the last dot of a name: the ID of an endpoint service.
func lastLabel(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
