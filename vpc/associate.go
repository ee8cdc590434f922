package vpc

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// associations says which ranges AWS refuses for a further block, by the range that the primary block is
// in (F3.005). The first row that holds the primary one counts, so the last is for every other range:
// the public ones and 100.64.0.0/10. What is not restricted is permitted.
var associations = []struct {
	primary    netip.Prefix
	restricted []netip.Prefix
}{
	{one("10.0.0.0/8"), prefixes("172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16")},
	{one("172.16.0.0/12"), prefixes("10.0.0.0/8", "192.168.0.0/16", "172.31.0.0/16", "198.19.0.0/16")},
	{one("192.168.0.0/16"), prefixes("10.0.0.0/8", "172.16.0.0/12", "198.19.0.0/16")},
	{one("198.19.0.0/16"), prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")},
	{one("0.0.0.0/0"), prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16")},
}

// A VPC with any block in lowTen can have no further one in lowTenClosed (F3.005).
var (
	lowTen       = one("10.0.0.0/15")
	lowTenClosed = one("10.0.0.0/16")
)

// validateAssociation reports an IPv4 block that AWS does not let in beside the existing ones. The first
// IPv4 one of those is the primary; where there is none, p is it.
func validateAssociation(faults *fault.List, field string, existing []netip.Prefix, p netip.Prefix) {
	primary, low := netip.Prefix{}, netip.Prefix{}
	for _, e := range existing {
		if !primary.IsValid() && isIPv4(e) {
			primary = e
		}
		if !low.IsValid() && within(lowTen, e) {
			low = e
		}
	}
	if !primary.IsValid() || !isIPv4(p) {
		return
	}
	for _, row := range associations {
		if !within(row.primary, primary) {
			continue
		}
		for _, r := range row.restricted {
			if r.Overlaps(p) {
				faults.Add(field, p, fault.ErrInvalid, "AWS adds no block from %s to a VPC whose primary one is %s", r, primary)
			}
		}
		break
	}
	if low.IsValid() && lowTenClosed.Overlaps(p) {
		faults.Add(field, p, fault.ErrInvalid, "AWS adds no block from %s to a VPC that has %s", lowTenClosed, low)
	}
}

// within reports whether all of inner lies in outer.
func within(outer, inner netip.Prefix) bool {
	return inner.IsValid() && outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// one and prefixes read the constants of this package.
func one(s string) netip.Prefix { return netip.MustParsePrefix(s) }

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = one(s)
	}
	return out
}
