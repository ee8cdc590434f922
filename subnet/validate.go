package subnet

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Validate reports every mistake that can be seen in the subnet alone, all at once: a missing ID, no block
// at all (F3.013), an IPv4 block that is not /16 to /28 (F3.009), an IPv6 block that is not /44 to /64 in
// steps of 4 (F3.008), host bits, and an ARN that is no Outpost's. Whether its VPC exists and holds it is not
// seen here, nor what it overlaps. A nil Subnet is reported like a zero one.
func (s *Subnet) Validate() error {
	if s == nil {
		s = &Subnet{}
	}
	var faults fault.List
	validateID(&faults, s.ID)
	none := netip.Prefix{}
	if s.CIDR == none && s.IPv6CIDR == none {
		faults.Add("CIDR", "", fault.ErrInvalid, `want an IPv4 block such as "10.0.1.0/24" here, or an IPv6 one in IPv6CIDR`)
	}
	if s.CIDR != none {
		validateCIDR(&faults, "CIDR", s.CIDR)
	}
	if s.IPv6CIDR != none {
		validateIPv6CIDR(&faults, "IPv6CIDR", s.IPv6CIDR)
	}
	if s.OutpostARN != "" && !IsOutpostARN(s.OutpostARN) {
		faults.Add("OutpostARN", s.OutpostARN, fault.ErrInvalid, "want an ARN such as arn:aws:outposts:us-west-2:123456789012:outpost/op-0123456789abcdef0")
	}
	return faults.Err()
}

func validateID(faults *fault.List, id string) {
	if id == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
}

func validateCIDR(faults *fault.List, field string, p netip.Prefix) {
	switch {
	case !p.IsValid():
		faults.Add(field, p, fault.ErrInvalid, "the prefix length does not fit the address")
	case !p.Addr().Is4():
		faults.Add(field, p, fault.ErrInvalid, "want an IPv4 block; IPv6 ones stand in IPv6CIDR")
	case p != p.Masked():
		faults.Add(field, p, fault.ErrInvalid, "host bits are set: want %s", p.Masked())
	case p.Bits() < 16 || p.Bits() > 28:
		faults.Add(field, p, fault.ErrInvalid, "want an IPv4 block from /16 to /28")
	}
}

func validateIPv6CIDR(faults *fault.List, field string, p netip.Prefix) {
	switch {
	case !p.IsValid():
		faults.Add(field, p, fault.ErrInvalid, "the prefix length does not fit the address")
	case !p.Addr().Is6() || p.Addr().Is4In6():
		faults.Add(field, p, fault.ErrInvalid, "want an IPv6 block; IPv4 ones stand in CIDR")
	case p != p.Masked():
		faults.Add(field, p, fault.ErrInvalid, "host bits are set: want %s", p.Masked())
	case p.Bits() < 44 || p.Bits() > 64 || p.Bits()%4 != 0:
		faults.Add(field, p, fault.ErrInvalid, "want an IPv6 block from /44 to /64 in steps of 4")
	}
}
