package nacl

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Numbers of the entries of a VPC's default ACL (F6.004).
const (
	defaultIPv4 = 100
	defaultIPv6 = 101
)

// DefaultEntries gives the entries of a VPC's default ACL as AWS makes it: 100 allows all IPv4 in
// and out, and where the VPC has an IPv6 CIDR block, 101 allows all IPv6 (F6.004). An ACL that a
// person makes has no entries at all (F6.005).
//
// Each call returns a slice of its own.
func DefaultEntries(ipv6 bool) []Entry {
	var entries []Entry
	for _, d := range []packet.Direction{packet.Ingress, packet.Egress} {
		entries = append(entries, allowAll(defaultIPv4, d, netip.PrefixFrom(netip.IPv4Unspecified(), 0)))
		if ipv6 {
			entries = append(entries, allowAll(defaultIPv6, d, netip.PrefixFrom(netip.IPv6Unspecified(), 0)))
		}
	}
	return entries
}

func allowAll(number int, d packet.Direction, cidr netip.Prefix) Entry {
	return Entry{Number: number, Direction: d, Action: Allow, Service: packet.All(), CIDR: cidr}
}
