package endpoint

import (
	"fmt"
	"slices"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Validate reports every mistake that can be seen in the endpoint alone, all at once: a missing ID, a service
// that is no name or has no gateway endpoints (F7.001), a state or an address type without a name, the same
// route table twice, and all that [Gateway.ParsePolicy] reports. A nil endpoint is reported like a zero one.
func (g *Gateway) Validate() error {
	if g == nil {
		g = &Gateway{}
	}
	var faults fault.List
	validateID(&faults, g.ID)
	if offer, _ := Offers(g.Service); validateService(&faults, g.Service) && !offer.Gateway {
		faults.Add("Service", g.Service, fault.ErrInvalid,
			"only s3, s3express and dynamodb have gateway endpoints: want a name such as %s", example)
	}
	validateState(&faults, g.State)
	validateType(&faults, g.IPAddressType)
	faults.Unique("RouteTables", g.RouteTables)
	_, err := g.ParsePolicy()
	return append(faults, fault.Of(err)...).Err()
}

// Validate reports every mistake that can be seen in the endpoint alone, all at once: a missing ID, a
// service that is no name or has no interface endpoints, a state or an address type without a name, the
// same subnet, interface or group twice, more interfaces than subnets (F7.101), private DNS for on-premises
// alone without private DNS, or for a service that has no gateway endpoints (F7.116), a policy where the
// service takes none (F7.113), and all that [Interface.ParsePolicy] reports. No groups at all are fine
// (F7.103). Where Type says so the service has to be a resource configuration; then private DNS and a policy
// are mistakes, and else ResourceZones are. A nil endpoint is reported like a zero one.
func (i *Interface) Validate() error {
	if i == nil {
		i = &Interface{}
	}
	var faults fault.List
	validateID(&faults, i.ID)
	if i.Type.ToResources() {
		i.validateResource(&faults)
	} else {
		i.validateToService(&faults)
	}
	validateState(&faults, i.State)
	validateType(&faults, i.IPAddressType)
	faults.Unique("Subnets", i.Subnets)
	faults.Unique("Interfaces", i.Interfaces)
	faults.Unique("Groups", i.Groups)
	if have, want := len(i.Interfaces), len(i.Subnets); have > want {
		faults.Add("Interfaces", fmt.Sprintf("%d interfaces", have), fault.ErrInvalid, "one a subnet: want at most %d", want)
	}
	return faults.Err()
}

// validateToService: what only an endpoint to a service has.
func (i *Interface) validateToService(faults *fault.List) {
	if int(i.Type) >= len(typeNames) {
		faults.Add("Type", i.Type, fault.ErrInvalid, "want Interface, Resource or Tunnel")
	}
	if offer, _ := Offers(i.Service); validateService(faults, i.Service) && !offer.Interface {
		faults.Add("Service", i.Service, fault.ErrInvalid, "the service has no interface endpoints: want a gateway endpoint for it")
	}
	if len(i.ResourceZones) > 0 {
		faults.Add("ResourceZones", i.ResourceZones, fault.ErrInvalid, "an endpoint to a service has no resource gateway: want none, or another Type")
	}
	i.validateInboundOnly(faults)
	i.validatePolicy(faults)
}

// validateInboundOnly: private DNS for on-premises alone is a kind of private DNS, of services that the VPC
// itself reaches by a gateway endpoint (F7.116).
func (i *Interface) validateInboundOnly(faults *fault.List) {
	offer, known := Offers(i.Service)
	switch {
	case !i.PrivateDNSInboundOnly:
	case !i.PrivateDNS:
		faults.Add("PrivateDNSInboundOnly", true, fault.ErrInvalid, "want PrivateDNS too: it is what the on-premises names are of")
	case known && !offer.Gateway:
		faults.Add("PrivateDNSInboundOnly", true, fault.ErrInvalid, "the service has no gateway endpoints, to which the VPC's own requests would go: want it off")
	}
}

// validatePolicy: where a service takes no policy, AWS shows one that allows all, and another has no effect
// (F7.113).
func (i *Interface) validatePolicy(faults *fault.List) {
	p, err := i.ParsePolicy()
	*faults = append(*faults, fault.Of(err)...)
	if offer, known := Offers(i.Service); known && offer.Interface && !offer.Policy && p != nil && !p.allowsAll() {
		faults.Add("Policy", i.Policy, fault.ErrInvalid, "the service takes no policy, and its endpoints allow all: want none")
	}
}

// allowsAll reports whether the policy says in one statement that everybody may do all.
func (p *Policy) allowsAll() bool {
	if len(p.statements) != 1 {
		return false
	}
	s := &p.statements[0]
	everybody := s.who != nil && !s.who.negated && slices.ContainsFunc(s.who.list, func(one principal) bool { return one.kind == everyone })
	anyAction := !s.notAction && len(s.actions) == 1 && len(s.actions[0]) == 1 && s.actions[0][0].wildcard == anything
	anyResource := !s.notAmong && len(s.resources) == 1 && s.resources[0].text == "*"
	return s.effect == Allow && everybody && anyAction && anyResource && len(s.conditions) == 0
}

// example is a service's name as it should be.
const example = "com.amazonaws.us-east-1.s3"

func validateID(faults *fault.List, id string) {
	if id == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
}

// validateService reports whether the name has the right form, and adds a fault where it does not.
func validateService(faults *fault.List, name string) bool {
	if isService(name) {
		return true
	}
	faults.Add("Service", name, fault.ErrInvalid, "not the name of a service: want one such as %s", example)
	return false
}

func validateState(faults *fault.List, s State) {
	if int(s) >= len(stateNames) {
		faults.Add("State", s, fault.ErrInvalid, "want a state that AWS has, such as %s", Available)
	}
}

func validateType(faults *fault.List, t IPAddressType) {
	if int(t) >= len(addressTypeNames) {
		faults.Add("IPAddressType", t, fault.ErrInvalid, "want ipv4, ipv6 or dualstack")
	}
}
