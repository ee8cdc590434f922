package route

import "net/netip"

// Lookup finds the route that a packet to dst takes; ok is false where none matches.
func (t *Table) Lookup(dst netip.Addr, lists Lists) (m Match, ok bool) { return Match{}, false }

// Candidates lists every route that matches dst, the taken one first.
func (t *Table) Candidates(dst netip.Addr, lists Lists) []Candidate { return nil }

// Validate reports every mistake that can be seen in the table alone.
func (t *Table) Validate() error { return nil }

// Validate reports every mistake in the list.
func (l *PrefixList) Validate() error { return nil }

// String says the route in one line: "10.1.0.0/16 -> pcx-ab".
func (r *Route) String() string { return "" }
