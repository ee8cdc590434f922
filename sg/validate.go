package sg

import (
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/packet"
)

// maxName is how many characters a group's name may have (F5.014).
const maxName = 255

// Validate reports every mistake that can be seen in the group alone, all at once: a missing ID, a
// name that AWS does not take (F5.014; none at all is fine), and rules without a direction, a
// service or exactly one peer (F5.005). Whether the VPC and the peers exist, and whether the name
// is unique, is not seen here. A nil group is reported like a zero one.
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
