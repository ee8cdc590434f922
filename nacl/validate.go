package nacl

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/packet"
)

// Numbers that a person may give to an entry. 32767 is the final "*", what is above is reserved
// (F6.002, F6.003).
const (
	minNumber = 1
	maxNumber = 32766
)

// Validate reports every mistake that can be seen in the ACL alone, all at once: a missing ID, a
// subnet that is named twice (F6.001), and entries whose number is out of range or taken in their
// direction (F6.002), or that lack a direction, an action, a service or a CIDR (F6.010). Whether the
// VPC and the subnets exist is not seen here. A nil ACL is reported like a zero one.
func (a *ACL) Validate() error {
	if a == nil {
		a = &ACL{}
	}
	var faults fault.List
	if a.ID == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
	a.validateSubnets(&faults)

	type slot struct {
		direction packet.Direction
		number    int
	}
	taken := make(map[slot]int, len(a.Entries))
	for i := range a.Entries {
		e, field := &a.Entries[i], fmt.Sprintf("Entries[%d]", i)
		e.validate(&faults, field)
		s := slot{e.Direction, e.Number}
		if first, ok := taken[s]; ok {
			faults.Add(field+".Number", e.Number, fault.ErrDuplicate, "Entries[%d] has this number in the same direction", first)
			continue
		}
		taken[s] = i
	}
	return faults.Err()
}

func (a *ACL) validateSubnets(faults *fault.List) {
	seen := make(map[string]int, len(a.Subnets))
	for i, id := range a.Subnets {
		if first, ok := seen[id]; ok {
			faults.Add(fmt.Sprintf("Subnets[%d]", i), id, fault.ErrDuplicate, "Subnets[%d] is the same: a subnet has one association", first)
			continue
		}
		seen[id] = i
	}
}

// validate reports the mistakes of one entry. Protocol and family may disagree: AWS takes ICMPv6
// with an IPv4 CIDR (F6.008).
func (e *Entry) validate(faults *fault.List, field string) {
	if e.Number < minNumber || e.Number > maxNumber {
		faults.Add(field+".Number", e.Number, fault.ErrInvalid, "want %d to %d", minNumber, maxNumber)
	}
	if e.Direction != packet.Ingress && e.Direction != packet.Egress {
		faults.Add(field+".Direction", number(uint8(e.Direction)), fault.ErrInvalid, "want ingress or egress")
	}
	if e.Action != Allow && e.Action != Deny {
		faults.Add(field+".Action", number(uint8(e.Action)), fault.ErrInvalid, "want allow or deny")
	}
	if !e.Service.IsValid() {
		faults.Add(field+".Service", "", fault.ErrInvalid, `want a service such as "tcp/443" or "all"`)
	}
	validateCIDR(faults, field+".CIDR", e.CIDR)
}

// number gives the text of an enumeration's value that has no name: none for the zero value.
func number(value uint8) string {
	if value == 0 {
		return ""
	}
	return fmt.Sprint(value)
}

func validateCIDR(faults *fault.List, field string, cidr netip.Prefix) {
	switch {
	case cidr == netip.Prefix{}:
		faults.Add(field, "", fault.ErrInvalid, `want an IPv4 or IPv6 CIDR block such as "0.0.0.0/0"`)
	case !cidr.IsValid():
		faults.Add(field, cidr, fault.ErrInvalid, "the prefix length does not fit the address")
	case cidr.Addr().Is4In6():
		faults.Add(field, cidr, fault.ErrInvalid, "an IPv4-mapped address: write IPv4 as IPv4")
	case cidr != cidr.Masked():
		faults.Add(field, cidr, fault.ErrInvalid, "host bits are set: want %s", cidr.Masked())
	}
}
