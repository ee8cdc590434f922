package subnet

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Validate reports every mistake that can be seen in the interface alone, all at once: a missing ID, a kind
// or a forwarding that is none, addresses of the wrong family or named twice, public addresses that are
// private or stand for two private ones (F3.018), security groups named twice or on a NAT gateway's
// interface (F4.208), forwarding that the source/destination check would stop (F4.301, F4.302), timeouts
// that AWS does not take (F5.207), a tag without a key, and ARNs that are none of Amazon ECS (F1.130). A
// private address that is missing is none: Build allocates it. A nil Interface is reported like a zero one.
func (e *Interface) Validate() error {
	if e == nil {
		e = &Interface{}
	}
	var faults fault.List
	validateID(&faults, e.ID)
	if int(e.Kind) >= len(interfaceKinds) {
		faults.Add("Kind", uint8(e.Kind), fault.ErrInvalid, "want an interface type such as interface or nat_gateway")
	}
	e.validatePrivate(&faults)
	e.validateIPv6(&faults)
	e.validateGroups(&faults)
	e.validateForwarding(&faults)
	e.Tracking.validate(&faults)
	e.ECS.validate(&faults)
	if _, ok := e.Tags[""]; ok {
		faults.Add("Tags", e.Tags[""], fault.ErrInvalid, "a tag without a key: want one")
	}
	if e.Attachment.DeviceIndex < 0 {
		faults.Add("Attachment.DeviceIndex", e.Attachment.DeviceIndex, fault.ErrInvalid, "want 0 for the primary interface, or more")
	}
	return faults.Err()
}

func (e *Interface) validatePrivate(faults *fault.List) {
	private, public := make(map[netip.Addr]int), make(map[netip.Addr]int)
	for i, a := range e.Private {
		if a.Private.IsValid() {
			field := fmt.Sprintf("Private[%d].Private", i)
			validateIPv4(faults, field, a.Private)
			if first, ok := private[a.Private]; ok {
				faults.Add(field, a.Private, fault.ErrDuplicate, "Private[%d] is the same", first)
			} else {
				private[a.Private] = i
			}
		}
		if a.Public.IsValid() {
			field := fmt.Sprintf("Private[%d].Public", i)
			validatePublic(faults, field, a.Public)
			if first, ok := public[a.Public]; ok {
				faults.Add(field, a.Public, fault.ErrDuplicate, "it stands for Private[%d] already: want one public address for each private one", first)
			} else {
				public[a.Public] = i
			}
		}
	}
}

func (e *Interface) validateIPv6(faults *fault.List) {
	seen := make(map[netip.Addr]int, len(e.IPv6))
	for i, a := range e.IPv6 {
		field := fmt.Sprintf("IPv6[%d]", i)
		switch first, ok := seen[a]; {
		case !a.IsValid():
			faults.Add(field, "", fault.ErrInvalid, "want an IPv6 address")
			continue
		case !a.Is6() || a.Is4In6():
			faults.Add(field, a, fault.ErrInvalid, "want an IPv6 address; IPv4 ones stand in Private")
		case a.Zone() != "":
			faults.Add(field, a, fault.ErrInvalid, "want %s, without a zone", a.WithZone(""))
		case ok:
			faults.Add(field, a, fault.ErrDuplicate, "IPv6[%d] is the same", first)
			continue
		}
		seen[a] = i
	}
}

func (e *Interface) validateGroups(faults *fault.List) {
	if e.Kind == NATGateway && len(e.Groups) > 0 {
		faults.Add("Groups", e.Groups, fault.ErrInvalid, "a NAT gateway has no security groups: want none")
	}
	seen := make(map[string]int, len(e.Groups))
	for i, id := range e.Groups {
		field := fmt.Sprintf("Groups[%d]", i)
		if id == "" {
			faults.Add(field, "", fault.ErrInvalid, "want the ID of a security group")
			continue
		}
		if first, ok := seen[id]; ok {
			faults.Add(field, id, fault.ErrDuplicate, "Groups[%d] is the same", first)
			continue
		}
		seen[id] = i
	}
}

func (e *Interface) validateForwarding(faults *fault.List) {
	switch {
	case int(e.Forwarding) >= len(forwardings):
		faults.Add("Forwarding", uint8(e.Forwarding), fault.ErrInvalid, "want route or masquerade")
	case e.Forwarding != ForwardUnspecified && !e.NoSourceDestCheck:
		faults.Add("Forwarding", e.Forwarding, fault.ErrInvalid, "the source/destination check drops what there is to forward: want NoSourceDestCheck too")
	}
}

func validateIPv4(faults *fault.List, field string, a netip.Addr) {
	if !a.Is4() {
		faults.Add(field, a, fault.ErrInvalid, "want an IPv4 address")
	}
}

// validatePublic refuses only what can't be public: an address that an account brought may be any other.
func validatePublic(faults *fault.List, field string, a netip.Addr) {
	switch {
	case !a.IsValid():
		faults.Add(field, "", fault.ErrInvalid, "want a public IPv4 address")
	case !a.Is4():
		faults.Add(field, a, fault.ErrInvalid, "want an IPv4 address")
	case a.IsPrivate(), a.IsLoopback(), a.IsLinkLocalUnicast(), a.IsMulticast(), a.IsUnspecified():
		faults.Add(field, a, fault.ErrInvalid, "want a public address")
	}
}
