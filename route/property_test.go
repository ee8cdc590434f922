package route_test

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/route"
)

// Few, nested prefixes, so that most routes match most addresses and ties are common.
var (
	someDestinations = []string{"0.0.0.0/0", "10.0.0.0/8", "10.9.0.0/16", "10.9.8.0/24", "10.9.8.7/24", "::/0", "2001:db8::/56", "2001:db8::/64"}
	someAddresses    = []string{"10.9.8.7", "10.9.1.1", "10.1.1.1", "8.8.8.8", "2001:db8::1", "2001:db8:1::1", "52.217.0.1"}
)

func drawRoute(t *rapid.T) route.Route {
	r := route.Route{
		Target: route.Target{
			Kind: rapid.SampledFrom([]route.TargetKind{route.Local, route.PeeringConnection, route.NetworkInterface}).Draw(t, "kind"),
			ID:   rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id"),
		},
		State:  route.State(rapid.IntRange(0, 3).Draw(t, "state")),
		Origin: route.Origin(rapid.IntRange(0, 4).Draw(t, "origin")),
		Via:    route.Via(rapid.IntRange(0, 3).Draw(t, "via")),
	}
	if rapid.Bool().Draw(t, "listed") {
		r.PrefixList = rapid.SampledFrom([]string{"pl-a", "pl-b", "pl-s3", "pl-none"}).Draw(t, "list")
	} else {
		r.Destination = netip.MustParsePrefix(rapid.SampledFrom(someDestinations).Draw(t, "destination"))
	}
	return r
}

func draw(t *rapid.T) (*route.Table, netip.Addr) {
	return table(rapid.SliceOfN(rapid.Custom(drawRoute), 0, 8).Draw(t, "routes")...),
		netip.MustParseAddr(rapid.SampledFrom(someAddresses).Draw(t, "dst"))
}

func TestCandidatesAgreeWithLookup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab, dst := draw(t)
		m, ok := tab.Lookup(dst, lists)
		for i, c := range tab.Candidates(dst, lists) {
			if taken := c.Loss == route.Taken; taken != (ok && i == 0) {
				t.Fatalf("candidate %d of %s: %s; Lookup: %v", i, c.Route, c.Loss, ok)
			}
			if i == 0 && ok && (c.Match.Prefix != m.Prefix || *c.Match.Route != *m.Route) {
				t.Fatalf("Candidates take %s, Lookup %s", c.Route, m.Route)
			}
			if (c.Loss == route.NotUsable) != (c.Route.State == route.Filtered) {
				t.Fatalf("%s: %s", c.Route, c.Loss)
			}
		}
		if ok && len(tab.Candidates(dst, lists)) == 0 {
			t.Fatal("Lookup finds a route, Candidates none")
		}
	})
}

func TestOrderOfRoutesDecidesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab, dst := draw(t)
		seed := rapid.Uint64().Draw(t, "seed")
		shuffled := table(append([]route.Route(nil), tab.Routes...)...)
		rand.New(rand.NewPCG(seed, 0)).Shuffle(len(shuffled.Routes), func(i, j int) {
			shuffled.Routes[i], shuffled.Routes[j] = shuffled.Routes[j], shuffled.Routes[i]
		})
		if d := cmp.Diff(tab.Candidates(dst, lists), shuffled.Candidates(dst, lists), cmpopts.EquateComparable(netip.Prefix{})); d != "" {
			t.Fatal(d)
		}
	})
}

// TestLookupFollowsTheRules asks of each winner what AWS's rules ask of it, one at a time, without
// the arithmetic by which Lookup decides.
func TestLookupFollowsTheRules(t *testing.T) {
	class := func(r *route.Route) int {
		switch {
		case r.Target.Kind == route.Local:
			return 0
		case r.Origin == route.Propagated || r.Origin == route.Advertised:
			return 2
		case r.PrefixList != "":
			return 1
		}
		return 0
	}
	rapid.Check(t, func(t *rapid.T) {
		tab, dst := draw(t)
		win, ok := tab.Lookup(dst, lists)
		var rivals []route.Match // each usable route, found alone
		for _, r := range tab.Routes {
			if m, found := table(r).Lookup(dst, lists); found {
				rivals = append(rivals, m)
			}
		}
		if ok != (len(rivals) > 0) {
			t.Fatalf("found %v with %d usable routes", ok, len(rivals))
		}
		behindLocal := func(m route.Match) bool { // F2.008
			for _, o := range rivals {
				if class(m.Route) == 2 && o.Route.Target.Kind == route.Local && o.Prefix.Bits() <= m.Prefix.Bits() {
					return true
				}
			}
			return false
		}
		for _, m := range rivals {
			switch {
			case behindLocal(win):
				t.Fatalf("F2.008: %s taken before a local route", win.Route)
			case behindLocal(m):
			case m.Prefix.Bits() > win.Prefix.Bits():
				t.Fatalf("F2.001: %s taken before %s", win.Route, m.Route)
			case m.Prefix.Bits() == win.Prefix.Bits() && class(m.Route) < class(win.Route):
				t.Fatalf("F2.002: %s taken before %s", win.Route, m.Route)
			}
		}
	})
}
