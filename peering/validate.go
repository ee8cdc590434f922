package peering

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Validate reports every mistake that can be seen in the connection alone, all at once: a missing ID,
// a side without a VPC, a VPC that is peered with itself, a status without a name, blocks that
// are not whole blocks or stand twice, and blocks of the two sides that overlap (F8.003), unless the
// peering is over, as a failed one is (F8.002). A nil connection is reported like a zero one.
func (c *Connection) Validate() error {
	if c == nil {
		c = &Connection{}
	}
	var faults fault.List
	if c.ID == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
	if int(c.Status) >= len(statusNames) {
		faults.Add("Status", c.Status, fault.ErrInvalid, "want a status that AWS has, such as %s", Active)
	}
	c.Requester.validate(&faults, "Requester")
	c.Accepter.validate(&faults, "Accepter")
	if v := c.Accepter.VPC; v != "" && v == c.Requester.VPC {
		faults.Add("Accepter.VPC", v, fault.ErrInvalid, "it is the requester: want another VPC")
	}
	if x, y, ok := Overlap(c.Requester.Blocks, c.Accepter.Blocks); ok && !c.Status.over() {
		faults.Add("Accepter.Blocks", y, fault.ErrOverlap, "it shares addresses with %s of the requester: want blocks apart", x)
	}
	return faults.Err()
}

func (s *Side) validate(faults *fault.List, side string) {
	if s.VPC == "" {
		faults.Add(side+".VPC", "", fault.ErrInvalid, "want the ID of a VPC")
	}
	first := make(map[netip.Prefix]int)
	for i, b := range s.Blocks {
		field := fmt.Sprintf("%s.Blocks[%d]", side, i)
		validateBlock(faults, field, b)
		if j, ok := first[b]; ok {
			faults.Add(field, b, fault.ErrDuplicate, "it stands in %s.Blocks[%d] already", side, j)
			continue
		}
		first[b] = i
	}
}

func validateBlock(faults *fault.List, field string, b netip.Prefix) {
	switch {
	case !b.IsValid():
		faults.Add(field, b, fault.ErrInvalid, "want a block such as 10.0.0.0/16")
	case b.Addr().Is4In6():
		faults.Add(field, b, fault.ErrInvalid, "an IPv4-mapped address: write IPv4 as IPv4")
	case b != b.Masked():
		faults.Add(field, b, fault.ErrInvalid, "host bits are set: want %s", b.Masked())
	}
}
