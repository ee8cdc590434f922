package endpoint

import (
	"cmp"
	"net/netip"
	"slices"
)

// RangeIndex answers the question of [AWSServiceAt] at once, whatever the length of the list. The zero
// RangeIndex knows no ranges. It does not change, so that any number of goroutines may ask it.
type RangeIndex struct {
	particular, general rangesByLength
}

// rangesByLength are ranges by their prefix, and the lengths that these have, the longest first.
type rangesByLength struct {
	at      map[netip.Prefix]*IPRange
	lengths []int
}

// NewRangeIndex makes the index of the ranges, of which it keeps a copy. No ranges at all mean the built-in
// table.
func NewRangeIndex(ranges []IPRange) RangeIndex {
	var x RangeIndex
	list := slices.Clone(orBuiltIn(ranges))
	for i := range list {
		if r := &list[i]; r.Service == all {
			x.general.add(r)
		} else {
			x.particular.add(r)
		}
	}
	x.particular.sort()
	x.general.sort()
	return x
}

// At is [AWSServiceAt] for the index's ranges.
func (x *RangeIndex) At(a netip.Addr) (service, region string, ok bool) {
	r := cmp.Or(x.particular.find(a), x.general.find(a))
	if r == nil {
		return "", "", false
	}
	return r.Service, r.Region, true
}

// add notes a range. Of several with the same prefix the first counts.
func (l *rangesByLength) add(r *IPRange) {
	if !r.Prefix.IsValid() {
		return
	}
	if l.at == nil {
		l.at = make(map[netip.Prefix]*IPRange)
	}
	if p := r.Prefix.Masked(); l.at[p] == nil {
		l.at[p] = r
		l.lengths = append(l.lengths, p.Bits())
	}
}

func (l *rangesByLength) sort() {
	slices.Sort(l.lengths)
	l.lengths = slices.Compact(l.lengths)
	slices.Reverse(l.lengths)
}

// find gives the range with the longest prefix that holds a, or nil.
func (l *rangesByLength) find(a netip.Addr) *IPRange {
	for _, bits := range l.lengths {
		if p, err := a.Prefix(bits); err == nil { // a length of IPv6 does not fit IPv4
			if r := l.at[p]; r != nil {
				return r
			}
		}
	}
	return nil
}
