package elb

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/packet"
)

// Validate reports every mistake that can be seen in the load balancer alone, all at once: a missing ID, no
// subnet, an ID twice in a list or an empty one, more interfaces than subnets, a listener that is not of TCP
// or UDP, or has no port, or one that another has, and a target that is not one instance or one address, or
// is there twice. No groups at all are fine (F9.205), and so is a listener without targets. A nil
// LoadBalancer is reported like a zero one.
func (l *LoadBalancer) Validate() error {
	if l == nil {
		l = &LoadBalancer{}
	}
	var faults fault.List
	if l.ID == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
	if len(l.Subnets) == 0 {
		faults.Add("Subnets", "", fault.ErrInvalid, "want a subnet in each zone in which the load balancer is to be")
	}
	faults.Unique("Subnets", l.Subnets)
	faults.Unique("Interfaces", l.Interfaces)
	faults.Unique("Groups", l.Groups)
	if have, want := len(l.Interfaces), len(l.Subnets); have > want {
		faults.Add("Interfaces", fmt.Sprintf("%d interfaces", have), fault.ErrInvalid, "one a subnet: want at most %d", want)
	}
	taken := make(map[string]int)
	for i := range l.Listeners {
		at, field := &l.Listeners[i], fmt.Sprintf("Listeners[%d]", i)
		at.validate(&faults, field)
		if j, ok := taken[at.String()]; ok {
			faults.Add(field+".Port", at.Port, fault.ErrDuplicate, "Listeners[%d] has %s already: want another port", j, at)
			continue
		}
		taken[at.String()] = i
	}
	return faults.Err()
}

func (l *Listener) validate(faults *fault.List, field string) {
	if l.Protocol != packet.TCP && l.Protocol != packet.UDP {
		faults.Add(field+".Protocol", l.Protocol, fault.ErrInvalid, "want TCP or UDP")
	}
	if l.Port == 0 {
		faults.Add(field+".Port", l.Port, fault.ErrInvalid, "want a port, 1 to 65535")
	}
	seen := make(map[Target]int)
	for i, t := range l.Targets {
		at := fmt.Sprintf("%s.Targets[%d]", field, i)
		t.validate(faults, at)
		if t.Port == 0 {
			t.Port = l.Port
		}
		if j, ok := seen[t]; ok {
			faults.Add(at, t, fault.ErrDuplicate, "%s.Targets[%d] is the same instance or address and port", field, j)
			continue
		}
		seen[t] = i
	}
}

func (t Target) validate(faults *fault.List, field string) {
	switch a := t.Address; {
	case t.Instance == "" && a == netip.Addr{}:
		faults.Add(field, "", fault.ErrInvalid, "want the ID of an instance in Instance, or an Address")
	case t.Instance != "" && a != netip.Addr{}:
		faults.Add(field, t.Instance, fault.ErrInvalid, "it has the address %s as well: want one of the two", a)
	case t.Instance == "" && (a.IsUnspecified() || a.IsMulticast() || a.IsLoopback() || a.Zone() != "" || a.Is4In6()):
		faults.Add(field+".Address", a, fault.ErrInvalid, "want the address of a host, such as 10.0.0.10")
	}
}
