package vpctest

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
)

// Resolves checks what a name leads to for somebody: all the addresses that are given, in any order, and no
// others; or, where a single outcome such as "NXDOMAIN" is given, that ([dns.Outcome]). A want that is a
// range, such as "10.0.0.0/16", stands for any address of it. Where it leads elsewhere the test fails, and
// goes on, with what decided. What [packetwalk.Network.Resolve] refuses fails too, and the Answer is zero.
// Without a want it fails always.
func Resolves(t TB, n *packetwalk.Network, from, name string, want ...string) packetwalk.Answer {
	t.Helper()
	if n == nil {
		t.Fatalf("no network: want one that Build made")
		return packetwalk.Answer{}
	}
	wanted, err := parseWanted(want)
	if err != nil {
		t.Errorf("Resolves %q from %q: %v", name, from, err)
		return packetwalk.Answer{}
	}
	a, err := n.Resolve(from, name)
	switch {
	case err != nil:
		t.Errorf("%v", err)
		return packetwalk.Answer{}
	case !wanted.met(a):
		t.Errorf("%q should resolve %s to %s, and does not: %s", from, name, strings.Join(want, ", "), full(a))
	}
	return a
}

// wanted is what a name should lead to: addresses, as ranges, or an outcome without any.
type wanted struct {
	outcome dns.Outcome
	ranges  []netip.Prefix
}

func parseWanted(texts []string) (w wanted, err error) {
	if len(texts) == 0 {
		return w, fmt.Errorf("want addresses, ranges, or an outcome such as %s", dns.NoName)
	}
	if len(texts) == 1 && w.outcome.UnmarshalText([]byte(texts[0])) == nil && w.outcome > dns.Answered {
		return w, nil
	}
	w.outcome = dns.Answered
	for _, text := range texts {
		p, err := netip.ParsePrefix(text)
		if a, err2 := netip.ParseAddr(text); err2 == nil {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return w, fmt.Errorf("%q: want an address, a range, or alone an outcome such as %s", text, dns.NoName)
		}
		w.ranges = append(w.ranges, p)
	}
	return w, nil
}

// met reports whether each address fits a want, and each want an address.
func (w wanted) met(a packetwalk.Answer) bool {
	if a.Outcome != w.outcome {
		return false
	}
	for _, one := range a.Addresses {
		if !slices.ContainsFunc(w.ranges, func(p netip.Prefix) bool { return p.Contains(one) }) {
			return false
		}
	}
	for _, p := range w.ranges {
		if !slices.ContainsFunc(a.Addresses, p.Contains) {
			return false
		}
	}
	return true
}
