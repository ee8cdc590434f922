package packetwalk

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// problem says in a few words why a need is not met: to whoever waits, each of these looks like the same
// time-out.
func (s Source) problem(r Row) string {
	f := r.Flow
	v := f.Verdict()
	drop := fmt.Sprintf("%v %s: %v", v.Stage, v.ID, v.Code)
	switch {
	case f.OK():
		return ""
	case f.Lookup != nil && !f.Lookup.OK():
		return fmt.Sprintf("%s can't be looked up at %v: %s", r.Name, f.Lookup.Resolver, drop)
	case v.Reply:
		return fmt.Sprintf("%s: the reply is dropped at %s", s.leads(r), drop)
	}
	at := f.Forward.Hops[len(f.Forward.Hops)-1]
	switch {
	case at.Stage == trace.StageSecurityGroup && at.Direction == packet.Ingress:
		return fmt.Sprintf("%s; %s %s in: %v", s.leads(r), refuses(at, ""), r.Service, v.Code)
	case at.Stage == trace.StageSecurityGroup:
		return fmt.Sprintf("%s; %s %s out: %v", s.leads(r), refuses(at, " of "+s.name), r.Service, v.Code)
	case v.Code == trace.NoRouteToDestination:
		return fmt.Sprintf("%s, and no route of %s goes there: %v%s", s.leads(r), v.ID, v.Code, s.remedy(r))
	}
	return fmt.Sprintf("%s; dropped at %s", s.leads(r), drop)
}

// refuses says that the groups of a hop let something not by: "security group web-sg does not let".
func refuses(h trace.Hop, whose string) string {
	if strings.Contains(h.ID, ",") {
		return "none of the security groups " + h.ID + whose + " lets"
	}
	return "security group " + h.ID + whose + " does not let"
}

// leads says what kind of address the name leads to. A private one tells that the names are in order, and a
// public one that no endpoint's private DNS had a say.
func (s Source) leads(r Row) string {
	a := r.Address()
	e := s.holder(a)
	switch {
	case e != nil && e.Endpoint != nil:
		return fmt.Sprintf("%s leads to the private address of endpoint %s, as it should", r.Name, e.Endpoint.ID)
	case r.Name == a.String():
		return r.Name + " is called"
	case r.Flow.Lookup == nil:
		return fmt.Sprintf("%s is %s", r.Name, a)
	case e != nil, a.IsPrivate():
		return r.Name + " leads to a private address"
	}
	return r.Name + " leads to a public address"
}

// holder is the interface that has an address for s.
func (s Source) holder(a netip.Addr) *walk.Interface {
	if e := s.origin.Interface; e != nil {
		if found := e.Subnet.VPC.Addresses[a]; found != nil {
			return found
		}
	}
	for _, v := range s.network.vpcs {
		if e := v.Addresses[a]; e != nil {
			return e
		}
	}
	return nil
}

// remedy says what would give a service a way: an endpoint, one that is there already put right, or a NAT
// gateway.
func (s Source) remedy(r Row) string {
	e := s.origin.Interface
	offer, ok := endpoint.Offers(r.service)
	if e == nil || r.service == "" || !ok {
		return ""
	}
	v := e.Subnet.VPC.Data
	for _, p := range s.network.config.InterfaceEndpoints {
		if p.VPC != v.ID || endpoint.Short(p.Service) != endpoint.Short(r.service) {
			continue
		}
		switch {
		case !p.State.Usable():
			return fmt.Sprintf("; endpoint %s is in state %v", p.ID, p.State)
		case !p.PrivateDNS:
			return fmt.Sprintf("; endpoint %s has private DNS off", p.ID)
		case v.NoDNSSupport || !v.DNSHostnames: // F7.108
			return fmt.Sprintf("; the private DNS of endpoint %s needs enableDnsSupport and enableDnsHostnames of VPC %s", p.ID, v.ID)
		}
	}
	for _, g := range s.network.config.GatewayEndpoints {
		if g.VPC == v.ID && g.Service == r.service {
			return fmt.Sprintf("; endpoint %s is not associated with it", g.ID)
		}
	}
	if offer.Gateway {
		return fmt.Sprintf("; want a gateway endpoint for %s, or a NAT gateway", r.service)
	}
	return fmt.Sprintf("; want an interface endpoint for %s with private DNS, or a NAT gateway", r.service)
}
