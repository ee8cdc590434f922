package sg

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/packet"
)

// maxName is how many characters a group's name may have (F5.014).
const maxName = 255

// Validate reports every mistake that can be seen in the group alone, all at once: a missing ID, a
// name that AWS does not take (F5.014; none at all is fine), and rules without a direction, a
// service or exactly one peer (F5.005), and associations with VPCs that the group can't have (F5.112).
// Whether the VPCs and the peers exist, and whether the name is unique, is not seen here. A nil group is
// reported like a zero one.
//
// Two equal rules are no mistake: AWS refuses the second, but it would change nothing.
func (g *Group) Validate() error {
	if g == nil {
		g = &Group{}
	}
	var faults fault.List
	if g.ID == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
	g.validateName(&faults)
	g.validateVPCs(&faults)
	for i := range g.Rules {
		g.Rules[i].validate(&faults, fmt.Sprintf("Rules[%d]", i))
	}
	return faults.Err()
}

func (g *Group) validateName(faults *fault.List) {
	name := strings.TrimRight(g.Name, " ") // as AWS does
	if n := utf8.RuneCountInString(name); n > maxName {
		faults.Add("Name", name, fault.ErrInvalid, "%d characters: want at most %d", n, maxName)
	}
	if strings.HasPrefix(name, "sg-") {
		faults.Add("Name", name, fault.ErrInvalid, `want a name that does not start with "sg-", as IDs do`)
	}
}

// validateVPCs: a default group is of its own VPC only, and each further VPC is one, named once (F5.112).
func (g *Group) validateVPCs(faults *fault.List) {
	if g.Default && len(g.VPCs) > 0 {
		faults.Add("VPCs", strings.Join(g.VPCs, " "), fault.ErrInvalid, "a default group can't be associated with other VPCs: want none")
		return
	}
	for i, v := range g.VPCs {
		field := fmt.Sprintf("VPCs[%d]", i)
		switch {
		case v == "":
			faults.Add(field, "", fault.ErrInvalid, "want the ID of a VPC")
		case v == g.VPC:
			faults.Add(field, v, fault.ErrDuplicate, "it is the VPC of the group itself: want further ones only")
		case slices.Contains(g.VPCs[:i], v):
			faults.Add(field, v, fault.ErrDuplicate, "VPCs[%d] is the same", slices.Index(g.VPCs, v))
		}
	}
}

func (r *Rule) validate(faults *fault.List, field string) {
	if r.Direction != packet.Ingress && r.Direction != packet.Egress {
		faults.Add(field+".Direction", number(uint8(r.Direction)), fault.ErrInvalid, "want ingress or egress")
	}
	if !r.Service.IsValid() {
		faults.Add(field+".Service", "", fault.ErrInvalid, `want a service such as "tcp/443" or "all"`)
	}
	if r.peerCount() != 1 {
		faults.Add(field, strings.Join(r.peers(), " and "), fault.ErrInvalid, "want exactly one of CIDR, PrefixList and Group")
	}
	if r.GroupVPC != "" && r.Group == "" {
		faults.Add(field+".GroupVPC", r.GroupVPC, fault.ErrInvalid, "want it with a Group only")
	}
	if r.CIDR != (netip.Prefix{}) {
		validateCIDR(faults, field+".CIDR", r.CIDR)
	}
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
	case !cidr.IsValid():
		faults.Add(field, cidr, fault.ErrInvalid, "the prefix length does not fit the address")
	case cidr.Addr().Is4In6():
		faults.Add(field, cidr, fault.ErrInvalid, "an IPv4-mapped address: write IPv4 as IPv4")
	case cidr != cidr.Masked():
		faults.Add(field, cidr, fault.ErrInvalid, "host bits are set: want %s", cidr.Masked())
	}
}
