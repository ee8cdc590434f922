package endpoint

import (
	"cmp"
	"hash/fnv"
	"net/netip"
	"slices"
)

// all is the service that stands for every address of AWS's in ip-ranges.json.
const all = "AMAZON"

// rangeNames are what ip-ranges.json calls those services that have ranges of their own there.
var rangeNames = map[string]string{"s3": "S3", "dynamodb": "DYNAMODB", "execute-api": "API_GATEWAY"}

// RangesOf gives the ranges of a service in its Region, IPv4 first, of those that ip-ranges.json lists for
// it: those that its gateway endpoint leads to (F7.002, F7.014). It gives none for a service that has no
// ranges of its own there. No ranges at all mean the built-in table.
func RangesOf(service string, ranges []IPRange) []netip.Prefix {
	name, region := rangeNames[Short(service)], Region(service)
	if name == "" || region == "" || !isAWS(service) {
		return nil
	}
	var v4, v6 []netip.Prefix
	for _, r := range orBuiltIn(ranges) {
		switch {
		case r.Service != name || r.Region != region || !r.Prefix.IsValid():
		case r.Prefix.Addr().Is4():
			v4 = append(v4, r.Prefix)
		default:
			v6 = append(v6, r.Prefix)
		}
	}
	return append(v4, v6...)
}

func orBuiltIn(ranges []IPRange) []IPRange {
	if len(ranges) == 0 {
		return builtIn
	}
	return ranges
}

// PublicAddress gives an address of each family that stands for a service on the internet. AWS's own resolver
// gives others, ever new ones, but in the same ranges: those of the service where it has some, else those
// that are AMAZON's in the Region and no customer's. For the same ranges it is always the same one, and that
// of another listed service is another as far as there is room. No ranges at all mean the built-in table. A
// Region that has none there gets addresses for documentation, 198.51.100.0/24 and 2001:db8:a35::/48. It
// gives none for what is no service of AWS's own. Which names of a service have an address of IPv6
// [IsDualstack] says.
func PublicAddress(service string, ranges []IPRange) (v4, v6 netip.Addr) {
	if !isAWS(service) {
		return v4, v6
	}
	ranges = orBuiltIn(ranges)
	own := RangesOf(service, ranges)
	region := cmp.Or(Region(service), oldRegion)
	at := func(v6 bool, fallback string) netip.Addr {
		if i := slices.IndexFunc(own, func(p netip.Prefix) bool { return p.Addr().Is6() == v6 }); i >= 0 {
			return inside(own[i], 0)
		}
		if p := largest(ranges, region, v6); p.IsValid() {
			return inside(p, seat(service))
		}
		return inside(netip.MustParsePrefix(fallback), seat(service))
	}
	return at(false, "198.51.100.0/24"), at(true, "2001:db8:a35::/48")
}

// seat is a number that no other listed service has; services that are not listed share the seats behind.
func seat(service string) uint32 {
	if l := listed(service); l != nil {
		for i := range catalog {
			if l == &catalog[i] {
				return uint32(i)
			}
		}
	}
	h := fnv.New32a()
	h.Write([]byte(Short(service)))
	return uint32(len(catalog)) + h.Sum32()%(1<<16)
}

// inside counts the n-th address of p, past its first one, and begins again where p ends.
func inside(p netip.Prefix, n uint32) netip.Addr {
	host := p.Addr().BitLen() - p.Bits()
	if host == 0 {
		return p.Addr()
	}
	if host < 32 {
		n %= max(uint32(1)<<host-2, 1)
	}
	b := p.Addr().AsSlice()
	for i, left := len(b)-1, n+1; left > 0 && i >= 0; i-- {
		left += uint32(b[i])
		b[i], left = byte(left), left>>8
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// largest is the largest range of a family that is AMAZON's in a Region and of no service in particular, the
// lowest one of several.
func largest(ranges []IPRange, region string, v6 bool) netip.Prefix {
	var general, particular []netip.Prefix
	for _, r := range ranges {
		switch {
		case r.Region != region || r.Prefix.Addr().Is6() != v6:
		case r.Service == all:
			general = append(general, r.Prefix)
		default:
			particular = append(particular, r.Prefix)
		}
	}
	slices.SortFunc(general, func(p, q netip.Prefix) int {
		return cmp.Or(cmp.Compare(p.Bits(), q.Bits()), p.Addr().Compare(q.Addr()))
	})
	for _, p := range general {
		if !slices.ContainsFunc(particular, p.Overlaps) {
			return p
		}
	}
	return netip.Prefix{}
}

// AWSServiceAt says whose an address is by AWS's list: the service as it is named there, "S3", "EC2", and the
// Region. Where several ranges hold it, that of a service counts before that of AMAZON, and the longest
// first. No ranges at all mean the built-in table. ok is false for an address that is none of AWS's, as far
// as the ranges tell.
func AWSServiceAt(a netip.Addr, ranges []IPRange) (service, region string, ok bool) {
	var best *IPRange
	list := orBuiltIn(ranges)
	for i := range list {
		if r := &list[i]; r.Prefix.Contains(a) && (best == nil || r.closer(best)) {
			best = r
		}
	}
	if best == nil {
		return "", "", false
	}
	return best.Service, best.Region, true
}

// closer reports whether r says more of an address in both than other does.
func (r *IPRange) closer(other *IPRange) bool {
	if (r.Service == all) != (other.Service == all) {
		return other.Service == all
	}
	return r.Prefix.Bits() > other.Prefix.Bits()
}
