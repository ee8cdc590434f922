package endpoint

import (
	"fmt"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Validate reports every mistake that can be seen in the endpoint alone, all at once: a missing ID, a service
// that is no name or has no gateway endpoints (F7.001), a state without a name, and the same route
// table twice. The policy is kept as it is and not read. A nil endpoint is reported like a zero one.
func (g *Gateway) Validate() error {
	if g == nil {
		g = &Gateway{}
	}
	var faults fault.List
	validateID(&faults, g.ID)
	if validateService(&faults, g.Service) && !hasGateways(g.Service) {
		faults.Add("Service", g.Service, fault.ErrInvalid,
			"only s3, s3express and dynamodb have gateway endpoints: want a name such as %s", example)
	}
	validateState(&faults, g.State)
	unique(&faults, "RouteTables", g.RouteTables)
	return faults.Err()
}

// Validate reports every mistake that can be seen in the endpoint alone, all at once: a missing ID, a service
// that is no name, a state without a name, the same subnet, interface or group twice, and more
// interfaces than subnets (F7.101). No groups at all are fine (F7.103). The policy is kept as it
// is and not read. A nil endpoint is reported like a zero one.
func (i *Interface) Validate() error {
	if i == nil {
		i = &Interface{}
	}
	var faults fault.List
	validateID(&faults, i.ID)
	validateService(&faults, i.Service)
	validateState(&faults, i.State)
	unique(&faults, "Subnets", i.Subnets)
	unique(&faults, "Interfaces", i.Interfaces)
	unique(&faults, "Groups", i.Groups)
	if have, want := len(i.Interfaces), len(i.Subnets); have > want {
		faults.Add("Interfaces", fmt.Sprintf("%d interfaces", have), fault.ErrInvalid, "one a subnet: want at most %d", want)
	}
	return faults.Err()
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

// hasGateways reports whether the service can be reached by a gateway endpoint (F7.001).
func hasGateways(service string) bool {
	switch Short(service) {
	case "s3", "s3express", "dynamodb":
		return true
	}
	return false
}

func validateState(faults *fault.List, s State) {
	if int(s) >= len(stateNames) {
		faults.Add("State", s, fault.ErrInvalid, "want a state that AWS has, such as %s", Available)
	}
}

// unique adds a fault for every ID that stands in the list for a second time, or is empty.
func unique(faults *fault.List, field string, ids []string) {
	first := make(map[string]int)
	for i, id := range ids {
		at := fmt.Sprintf("%s[%d]", field, i)
		if id == "" {
			faults.Add(at, "", fault.ErrInvalid, "want an ID")
			continue
		}
		if j, ok := first[id]; ok {
			faults.Add(at, id, fault.ErrDuplicate, "it stands in %s[%d] already", field, j)
			continue
		}
		first[id] = i
	}
}
