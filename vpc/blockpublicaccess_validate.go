package vpc

import (
	"fmt"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// maxExclusions is how many exclusions an account has in a Region (F3.105).
const maxExclusions = 50

// Validate reports every mistake that can be seen in b alone, all at once: a mode that AWS does not have; an
// exclusion for neither or both of a VPC and a subnet, without a mode, or for what another one is for; more
// than 50 of them (F3.105). Whether the VPCs and subnets exist is not seen here. A nil b is sound: it blocks
// nothing.
func (b *BlockPublicAccess) Validate() error {
	if b == nil {
		return nil
	}
	var faults fault.List
	if int(b.Mode) >= len(bpaModes) {
		faults.Add("Mode", b.Mode, fault.ErrInvalid, "want off, block-bidirectional or block-ingress")
	}
	if n := len(b.Exclusions); n > maxExclusions {
		faults.Add("Exclusions", n, fault.ErrLimit, "want at most %d", maxExclusions)
	}
	first := make(map[string]int)
	for i, e := range b.Exclusions {
		field := fmt.Sprintf("Exclusions[%d]", i)
		e.validate(&faults, field)
		if at, twice := first[e.VPC+e.Subnet]; twice {
			faults.Add(field, e.VPC+e.Subnet, fault.ErrDuplicate, "Exclusions[%d] is for it already: want one", at)
			continue
		}
		first[e.VPC+e.Subnet] = i
	}
	return faults.Err()
}

// validate reports the mistakes of one exclusion.
func (e BPAExclusion) validate(faults *fault.List, field string) {
	switch {
	case e.VPC == "" && e.Subnet == "":
		faults.Add(field+".VPC", "", fault.ErrInvalid, "want the ID of a VPC, or one of a subnet in Subnet")
	case e.VPC != "" && e.Subnet != "":
		faults.Add(field+".Subnet", e.Subnet, fault.ErrInvalid, "VPC is %q: want one of the two", e.VPC)
	}
	if e.Mode == BPAExclusionUnspecified || int(e.Mode) >= len(bpaExclusionModes) {
		faults.Add(field+".Mode", e.Mode, fault.ErrInvalid, "want allow-bidirectional or allow-egress")
	}
}
