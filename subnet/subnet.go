// Package subnet describes subnets, the network interfaces (ENIs) in them, and how
// addresses are reserved and allocated.
//
// A [Subnet] is an IPv4 block, an IPv6 block, or both (F3.013). AWS keeps the first four addresses and the
// last one of each for itself: [Subnet.Reserved] knows them, and an [Allocator] hands out the others, the
// lowest free one first. [Subnet.Inside] tells whether a VPC's blocks hold the subnet.
//
// An [Interface] bears private IPv4 addresses, perhaps with a public one that stands for each, and IPv6
// addresses. Security groups and the source/destination check belong to it, not to the instance behind it.
//
// The values are plain data, and their Validate methods report every mistake that shows in one alone. The
// other methods only read. Copies share their slices.
package subnet

import "net/netip"

// Subnet is a range of a VPC's addresses in one Availability Zone (F3.009).
type Subnet struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string
	Zone string // Availability Zone name, of the VPC's Region; zero: Build puts the first of those, "us-east-1a"

	// ZoneID is the ID of Zone, such as "use1-az1", which is the same zone in every account. Flow logs show it
	// (F1.123); zero: they show none, as a name does not tell it.
	ZoneID string `json:",omitempty"`
	// OutpostARN is set for a subnet on an Outpost.
	OutpostARN string `json:",omitempty"`

	CIDR     netip.Prefix // IPv4; zero: an IPv6-only subnet
	IPv6CIDR netip.Prefix // zero: an IPv4-only subnet

	// MapPublicIPOnLaunch gives new instances a public IPv4 address (F3.015). It acts at launch,
	// that is in a Builder's handles; Build reads it as a setting and changes no interface.
	MapPublicIPOnLaunch bool
	DefaultForZone      bool // AWS made it (F3.014)

	// DNS64 makes the Amazon resolver answer with an address in 64:ff9b::/96 for a name that has
	// IPv4 addresses only (F4.217).
	DNS64 bool
}

// Contains reports whether a is in the subnet's IPv4 or IPv6 block, reserved or not.
func (s *Subnet) Contains(a netip.Addr) bool {
	return s != nil && (s.CIDR.Contains(a) || s.IPv6CIDR.Contains(a))
}

// Reserved reports whether AWS keeps a for itself: the first four addresses and the last one of the
// subnet's IPv4 block (F3.010) and of its IPv6 block (F3.012). It is false for an address outside.
func (s *Subnet) Reserved(a netip.Addr) bool {
	return s != nil && (reserved(s.CIDR, a) || reserved(s.IPv6CIDR, a))
}

// reserved looks at the neighbours of a instead of the ends of p: the last address has no next one in p,
// and the first four have less than four before them.
func reserved(p netip.Prefix, a netip.Addr) bool {
	if !p.Contains(a) {
		return false
	}
	if !p.Contains(a.Next()) {
		return true
	}
	for range 4 {
		if a = a.Prev(); !p.Contains(a) {
			return true
		}
	}
	return false
}

// Router gives the address of the VPC's router in the subnet: the second of the IPv4 block (F3.010), or of
// the IPv6 block in an IPv6-only subnet (F3.012). It is the zero Addr where the subnet has no valid block.
// The router's link-local IPv6 addresses, such as fe80:ec2::1, are not told.
func (s *Subnet) Router() netip.Addr {
	if s == nil {
		return netip.Addr{}
	}
	p := s.CIDR
	if !p.IsValid() {
		p = s.IPv6CIDR
	}
	if !p.IsValid() || p.IsSingleIP() {
		return netip.Addr{}
	}
	return p.Masked().Addr().Next()
}

// Usable gives the number of IPv4 addresses that interfaces can have: all but the five reserved ones, 251
// in a /24 (F3.010). It is 0 for an IPv6-only subnet, and for a block without room.
func (s *Subnet) Usable() int {
	if s == nil || !s.CIDR.IsValid() || !s.CIDR.Addr().Is4() {
		return 0
	}
	return max(0, 1<<(32-s.CIDR.Bits())-5)
}

// Inside reports whether each block of the subnet lies entirely in one of the given blocks, those of its
// VPC (F3.009). Neighbouring blocks do not count as one. It is false for a subnet without a block.
func (s *Subnet) Inside(blocks []netip.Prefix) bool {
	if s == nil || !s.CIDR.IsValid() && !s.IPv6CIDR.IsValid() {
		return false
	}
	for _, p := range [...]netip.Prefix{s.CIDR, s.IPv6CIDR} {
		if p.IsValid() && !inOne(blocks, p) {
			return false
		}
	}
	return true
}

func inOne(blocks []netip.Prefix, p netip.Prefix) bool {
	for _, b := range blocks {
		if b.Bits() <= p.Bits() && b.Contains(p.Addr()) {
			return true
		}
	}
	return false
}
