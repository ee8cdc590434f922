package route

import (
	"cmp"
	"net/netip"
	"slices"
)

// Match is a route that matches an address, and the prefix by which it does: the route's
// destination, or the longest matching entry of its prefix list. Route points into the table that
// was asked. The zero Match is no match.
type Match struct {
	Route  *Route
	Prefix netip.Prefix
}

// Candidate is a route that matches an address, and why it was not taken.
type Candidate struct {
	Match
	Loss Loss // zero: it was taken
}

// Loss is why a matching route was not taken. The zero Loss is [Taken].
type Loss uint8

const (
	Taken          Loss = iota // it won
	LessSpecific               // a longer prefix won (F2.001)
	LowerPriority              // same prefix, but a route of higher priority won (F2.002)
	LocalPreferred             // propagated, and more specific than a local route that matches too (F2.008)
	NotUsable                  // filtered (F2.023)
)

// linkLocal are the ranges into which no route forwards a packet (F2.015).
var linkLocal = [...]netip.Prefix{
	netip.MustParsePrefix("169.254.168.0/22"),
	netip.MustParsePrefix("fd00:ec2::/32"),
}

// Lookup finds the route that a packet to dst takes; ok is false where none matches.
//
//   - Only routes of dst's address family match (F2.016); an IPv4-mapped IPv6 address and one with a
//     zone match none. Nothing matches inside 169.254.168.0/22 and fd00:ec2::/32, which AWS never
//     forwards (F2.015). A filtered route is never taken.
//   - The longest prefix wins (F2.001); of a prefix list its longest matching entry counts.
//   - On equal prefixes a static route, local ones among them, beats a prefix list (F2.007), and
//     that beats a propagated route (F2.002, F2.005). Among propagated routes: Direct Connect BGP,
//     VPN static, VPN BGP, then those that do not say, as from a route server.
//   - A local route beats a propagated route inside its range (F2.008), and loses to a static one
//     (F2.011). A local route whose target was replaced (F2.010) is a static route like others.
//   - A blackhole competes like any other: the caller drops the packet (F2.025).
//   - Where AWS leaves open which of two equal routes wins, the prefix list whose ID sorts first
//     does (F2.006), then the target whose ID does. The order of Routes never matters.
//
// It goes through all routes and allocates nothing. A nil Table has no routes.
func (t *Table) Lookup(dst netip.Addr, lists Lists) (m Match, ok bool) {
	local := t.localBits(dst, lists)
	var best contender
	for i := range t.routes(dst) {
		c, matches := contend(&t.Routes[i], dst, lists, local)
		if matches && c.loss != NotUsable && (!ok || compare(c, best) < 0) {
			best, ok = c, true
		}
	}
	return best.Match, ok
}

// Candidates lists every route that matches dst, the taken one first: the very route that
// [Table.Lookup] finds. The others follow in order of priority, each with its Loss, the unusable
// ones last. Where all are unusable none is [Taken]; where none matches the list is empty.
func (t *Table) Candidates(dst netip.Addr, lists Lists) []Candidate {
	local := t.localBits(dst, lists)
	var all []contender
	for i := range t.routes(dst) {
		if c, matches := contend(&t.Routes[i], dst, lists, local); matches {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, compare)
	var out []Candidate
	for i, c := range all {
		switch {
		case c.loss != Taken || i == 0: // says itself why, or won
		case c.Prefix.Bits() < all[0].Prefix.Bits():
			c.loss = LessSpecific
		default:
			c.loss = LowerPriority
		}
		out = append(out, Candidate{c.Match, c.loss})
	}
	return out
}

// routes are the routes that could forward a packet to dst at all: none for an address that AWS
// does not forward.
func (t *Table) routes(dst netip.Addr) []Route {
	if t == nil || dst.Is4In6() {
		return nil
	}
	for _, p := range linkLocal {
		if p.Contains(dst) {
			return nil
		}
	}
	return t.Routes
}

// match gives the prefix by which r matches dst.
func (r *Route) match(dst netip.Addr, lists Lists) (p netip.Prefix, ok bool) {
	if r.PrefixList != "" {
		return lists[r.PrefixList].Match(dst)
	}
	return r.Destination.Masked(), r.Destination.Contains(dst)
}

// localBits is the length of the shortest usable local route that matches dst, the one with the
// widest range; -1 where none does.
func (t *Table) localBits(dst netip.Addr, lists Lists) int {
	bits := -1
	for i := range t.routes(dst) {
		r := &t.Routes[i]
		if r.Target.Kind != Local || r.State == Filtered {
			continue
		}
		if p, ok := r.match(dst, lists); ok && (bits < 0 || p.Bits() < bits) {
			bits = p.Bits()
		}
	}
	return bits
}

// contender is a matching route on its way through the comparison.
type contender struct {
	Match
	bits int  // how specific it counts as: -1 where it can't be used
	loss Loss // what is against it by itself: NotUsable or LocalPreferred
}

// contend makes a contender of r, if it matches dst. A propagated route that is more specific than
// the local route counts only as specific as that one, and so loses to it (F2.008). The rest of the
// comparison needs no exception then.
func contend(r *Route, dst netip.Addr, lists Lists, local int) (c contender, ok bool) {
	p, ok := r.match(dst, lists)
	if !ok {
		return contender{}, false
	}
	c = contender{Match: Match{r, p}, bits: p.Bits()}
	switch {
	case r.State == Filtered:
		c.bits, c.loss = -1, NotUsable
	case r.priority() == learned && local >= 0 && c.bits > local:
		c.bits, c.loss = local, LocalPreferred
	}
	return c, true
}

// priority is the class of a route among those of equal prefix, the smallest first (F2.002).
type priority uint8

const (
	static priority = iota
	byPrefixList
	learned
)

func (r *Route) priority() priority {
	switch {
	case r.Target.Kind == Local:
		return static
	case r.propagated():
		return learned
	case r.PrefixList != "":
		return byPrefixList
	}
	return static
}

// compare is negative where a is before b. It is zero only for routes that say the same, so that
// the order of a table's routes can't decide anything.
func compare(a, b contender) int {
	return cmp.Or(
		cmp.Compare(b.bits, a.bits),
		cmp.Compare(a.Route.priority(), b.Route.priority()), // F2.002
		cmp.Compare(b.Prefix.Bits(), a.Prefix.Bits()),       // among those that count less than they are
		cmp.Compare(a.Route.viaRank(), b.Route.viaRank()),
		cmp.Compare(a.Route.PrefixList, b.Route.PrefixList), // F2.006
		cmp.Compare(a.Route.Target.ID, b.Route.Target.ID),
		cmp.Compare(a.Route.Target.Kind, b.Route.Target.Kind),
		cmp.Compare(a.Route.State, b.Route.State),
		cmp.Compare(a.Route.Origin, b.Route.Origin),
		cmp.Compare(a.Route.Via, b.Route.Via),
		a.Route.Destination.Addr().Compare(b.Route.Destination.Addr()),
		cmp.Compare(a.Route.Destination.Bits(), b.Route.Destination.Bits()),
	)
}

// viaRank is the place of a propagated route among its like (F2.002); other routes are all alike.
func (r *Route) viaRank() Via {
	switch {
	case r.priority() != learned:
		return ViaUnspecified
	case r.Via == ViaUnspecified:
		return VPNBGP + 1
	}
	return r.Via
}
