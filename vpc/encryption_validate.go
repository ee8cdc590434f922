package vpc

import (
	"fmt"
	"slices"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Validate reports every mistake that can be seen in c alone, all at once: a missing VPC; a mode, a state or
// an exclusion that AWS does not have; an exclusion that is there twice. Whether the VPC exists, and what is
// in it, is not seen here. A nil c is sound: it does nothing.
func (c *EncryptionControl) Validate() error {
	if c == nil {
		return nil
	}
	var faults fault.List
	if c.VPC == "" {
		faults.Add("VPC", "", fault.ErrInvalid, "want the ID of a VPC")
	}
	if int(c.Mode) >= len(encryptionModes) {
		faults.Add("Mode", c.Mode, fault.ErrInvalid, "want monitor or enforce")
	}
	if int(c.State) >= len(encryptionStates) {
		faults.Add("State", c.State, fault.ErrInvalid, "want one of %q", encryptionStates[1:])
	}
	for i, e := range c.Exclusions {
		field := fmt.Sprintf("Exclusions[%d]", i)
		switch {
		case e == ExclusionUnspecified || int(e) >= len(encryptionExclusions):
			faults.Add(field, e, fault.ErrInvalid, "want one of %q", encryptionExclusions[1:])
		case slices.Contains(c.Exclusions[:i], e):
			faults.Add(field, e, fault.ErrDuplicate, "it is there already: want each once")
		}
	}
	return faults.Err()
}
