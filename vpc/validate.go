package vpc

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// forbidden are the ranges that no VPC can have a block in (F3.001).
var forbidden = prefixes("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4")

// Validate reports every mistake that can be seen in the VPC alone, all at once: a missing ID; no usable
// IPv4 block; blocks of a wrong size or in a forbidden range (F3.001, F3.007); usable blocks that share
// addresses (F3.004), or that AWS does not let stand beside the primary one (F3.005). Whether the
// DHCP options set exists, and peers overlap, is not seen here. A nil VPC is reported like a zero one.
func (v *VPC) Validate() error {
	if v == nil {
		v = &VPC{}
	}
	var faults fault.List
	validateID(&faults, v.ID)
	for i, b := range v.Blocks {
		b.validate(&faults, fmt.Sprintf("Blocks[%d]", i))
	}
	if !v.Primary().IsValid() {
		faults.Add("Blocks", "", fault.ErrInvalid, "want an associated IPv4 block: the primary one cannot be disassociated")
	}
	v.validateTogether(&faults)
	return faults.Err()
}

func validateID(faults *fault.List, id string) {
	if id == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
}

// validate reports the mistakes of one block.
func (b Block) validate(faults *fault.List, field string) {
	if int(b.State) >= len(blockStates) {
		faults.Add(field+".State", uint8(b.State), fault.ErrInvalid, "want a state such as associated")
	}
	field += ".CIDR"
	switch p := b.CIDR; {
	case p == netip.Prefix{}:
		faults.Add(field, "", fault.ErrInvalid, `want an IPv4 or IPv6 CIDR block such as "10.0.0.0/16"`)
	case !p.IsValid():
		faults.Add(field, p, fault.ErrInvalid, "the prefix length does not fit the address")
	case p.Addr().Is4In6():
		faults.Add(field, p, fault.ErrInvalid, "an IPv4-mapped address: write IPv4 as IPv4")
	case p != p.Masked():
		faults.Add(field, p, fault.ErrInvalid, "host bits are set: want %s", p.Masked())
	case p.Addr().Is4():
		validateIPv4(faults, field, p)
	case p.Bits() < 44 || p.Bits() > 60 || p.Bits()%4 != 0:
		faults.Add(field, p, fault.ErrInvalid, "want an IPv6 block from /44 to /60 in steps of 4")
	}
}

// validateIPv4 holds a block to the sizes and ranges of F3.001.
func validateIPv4(faults *fault.List, field string, p netip.Prefix) {
	if p.Bits() < 16 || p.Bits() > 28 {
		faults.Add(field, p, fault.ErrInvalid, "want an IPv4 block from /16 to /28")
	}
	for _, f := range forbidden {
		if f.Overlaps(p) {
			faults.Add(field, p, fault.ErrInvalid, "AWS allows no block in %s", f)
		}
	}
}

// validateTogether holds each usable block against those before it: AWS associates one after the other,
// so the earlier ones are the existing ones.
func (v *VPC) validateTogether(faults *fault.List) {
	var existing []netip.Prefix
	at := make(map[netip.Prefix]int)
	for i, b := range v.Blocks {
		p := b.CIDR.Masked()
		if !b.Usable() || !isIPv4(p) && !isIPv6(p) {
			continue
		}
		field, clear := fmt.Sprintf("Blocks[%d].CIDR", i), true
		for _, e := range existing {
			if e.Overlaps(p) {
				faults.Add(field, b.CIDR, fault.ErrOverlap, "Blocks[%d] is %s: want a block without its addresses", at[e], e)
				clear = false
			}
		}
		if clear {
			validateAssociation(faults, field, existing, p)
			at[p] = i
			existing = append(existing, p)
		}
	}
}
