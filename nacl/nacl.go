package nacl

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// ACL is a network ACL. One without entries denies everything (F6.005).
//
// The zero ACL denies everything too, but has no ID and is not valid.
type ACL struct {
	ID      string
	Name    string // the Name tag; for people only
	VPC     string
	Default bool     // serves every subnet of the VPC that no other ACL names (F6.001)
	Subnets []string // associations
	Entries []Entry  // in any order: the number decides (F6.002)
}

// Entry is a numbered rule of an ACL. The final "*" that denies the rest is not an entry: every
// ACL has it (F6.003). The other end is always a CIDR: an entry names neither prefix lists nor
// security groups (F6.010).
//
// The zero Entry is not valid and matches nothing.
type Entry struct {
	Number    int              // 1 to 32766, unique for its direction (F6.002)
	Direction packet.Direction // Ingress or Egress
	Action    Action
	Service   packet.Service // protocol and destination ports (F6.007), or ICMP type and code
	CIDR      netip.Prefix   // the source of ingress, the destination of egress (F6.007)
}

// String says the entry in one line: "100 allow tcp/443 from 10.0.0.0/16". A nil entry is the final
// one of every ACL, "* deny all" (F6.003).
func (e *Entry) String() string {
	if e == nil {
		return "* deny all"
	}
	preposition := "at" // an entry without a direction, which Validate reports
	switch e.Direction {
	case packet.Ingress:
		preposition = "from"
	case packet.Egress:
		preposition = "to"
	}
	return fmt.Sprintf("%d %s %s %s %s", e.Number, orNone(e.Action.String()), orNone(e.Service.String()), preposition, e.CIDR)
}

// orNone stands in for the empty text of what is unspecified, so that the words of a line keep
// their places.
func orNone(text string) string {
	if text == "" {
		return "(none)"
	}
	return text
}
