package dns

import "github.com/packetwalk/packetwalk/internal/fault"

// Validate reports every mistake that can be seen in the zone alone. A nil Zone is reported like a zero one.
func (z *Zone) Validate() error {
	if z == nil {
		z = &Zone{}
	}
	var faults fault.List
	if z.ID == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
	return faults.Err()
}
