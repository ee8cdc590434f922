package nacl

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/packet"
)

// Shadow is an entry that never decides anything, because one that is read before it matches all
// its traffic. AWS accepts it, and people regret it where the two disagree.
type Shadow struct {
	Entry *Entry // the entry that never decides
	By    *Entry // the first entry that takes all its traffic
}

// String says the shadow in one line: "110 deny tcp/22 from 10.0.1.0/24 never matches: 100 allow all
// from 10.0.0.0/16 comes first".
func (s Shadow) String() string {
	return fmt.Sprintf("%v never matches: %v comes first", s.Entry, s.By)
}

// Shadowed lists the entries that can never decide a packet because a single entry with a lower
// number in the same direction covers their CIDR and their service (F6.002), ingress first, in the
// order of their numbers. Both pointers point into a.
//
// Everything listed is truly without effect. An entry that only several others cover together is
// not listed, nor is one that matches nothing by itself, which Validate reports.
func (a *ACL) Shadowed() []Shadow {
	if a == nil {
		return nil
	}
	var shadows []Shadow
	for _, d := range []packet.Direction{packet.Ingress, packet.Egress} {
		read := a.inOrder(d)
		for i, e := range read {
			before := read[:i]
			if by := slices.IndexFunc(before, func(b *Entry) bool { return b.covers(e) }); by >= 0 {
				shadows = append(shadows, Shadow{Entry: e, By: before[by]})
			}
		}
	}
	return shadows
}

// inOrder lists the entries of a direction in the order in which Eval reads them.
func (a *ACL) inOrder(d packet.Direction) []*Entry {
	var entries []*Entry
	for i := range a.Entries {
		if e := &a.Entries[i]; e.Direction == d {
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(x, y *Entry) int { return cmp.Compare(x.Number, y.Number) })
	return entries
}

// covers reports whether every packet that other matches is matched by e too.
func (e *Entry) covers(other *Entry) bool {
	return contains(e.CIDR, other.CIDR) && e.service().Covers(other.service())
}

// contains reports whether all addresses of inner are in outer. It is false where either is not
// valid: such a CIDR has -1 bits, and contains nothing.
func contains(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}
