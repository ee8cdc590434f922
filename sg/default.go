package sg

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// DefaultRules gives the rules of a VPC's default group as AWS makes it: everything in from the
// interfaces that have the group, groupID, and everything out (F5.003); to IPv6 only where the VPC
// has an IPv6 CIDR block.
//
// Each call returns a slice of its own.
func DefaultRules(groupID string, ipv6 bool) []Rule {
	fromItself := Rule{Direction: packet.Ingress, Service: packet.All(), Group: groupID}
	return append([]Rule{fromItself}, NewGroupRules(ipv6)...)
}

// NewGroupRules gives the rules of a group that a person has just made: nothing in, everything
// out (F5.002); to IPv6 only where the VPC has an IPv6 CIDR block.
//
// Each call returns a slice of its own.
func NewGroupRules(ipv6 bool) []Rule {
	rules := []Rule{allOut(netip.IPv4Unspecified())}
	if ipv6 {
		rules = append(rules, allOut(netip.IPv6Unspecified()))
	}
	return rules
}

// allOut lets everything out to the family of an address.
func allOut(family netip.Addr) Rule {
	return Rule{Direction: packet.Egress, Service: packet.All(), CIDR: netip.PrefixFrom(family, 0)}
}
