package packetwalk

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/trace"
)

// Answer is what a resolver says of a name, and why; see [Network.Resolve]. The zero Answer is of no
// question.
type Answer struct {
	From string // who asked, as it was asked for
	Name string // in small letters, without the last dot

	Outcome   dns.Outcome
	Addresses []netip.Addr // IPv4 first; none unless Outcome is [dns.Answered]

	// Resolver is the address of the resolver that was asked; zero for one outside of the network, where
	// nobody in the network sees the question.
	Resolver netip.Addr
	// Steps are what decided, the first one first.
	Steps []dns.Step
	// Lookup is the question on its way to the resolver, and the answer on its way back: traffic as any
	// other. It is nil where Resolver is zero, and where who asks has no address of the resolver's family.
	Lookup *Flow
	// Unanswered are the questions to DNS servers that gave no answer, in the order in which they were asked.
	// Where no server answered, the first of them is Lookup as well.
	Unanswered []Flow
}

// OK reports whether the name leads to an address.
func (a Answer) OK() bool { return a.Outcome == dns.Answered }

// Format prints an answer: one line for %v and %s, for %+v what decided as well, and the hops of the question
// where others could see or stop it: not those to the Amazon resolver, which is in each VPC (F9.301).
func (a Answer) Format(s fmt.State, verb rune) {
	if verb == 'v' && s.Flag('+') {
		fmt.Fprint(s, a.table())
		return
	}
	fmt.Fprint(s, a.String())
}

// String says in one line what the name leads to: "db.corp.example: 10.0.0.5", or what became of the
// question: "db.corp.example: NXDOMAIN", and where no resolver was reached by what.
func (a Answer) String() string {
	switch {
	case a.Outcome == dns.Unreachable && a.Lookup != nil:
		return fmt.Sprintf("%s: %s", a.brief(), a.Lookup.outcome())
	case a.Outcome == dns.Unreachable && len(a.Steps) > 0:
		return fmt.Sprintf("%s: %s", a.brief(), a.why())
	}
	return a.brief()
}

// brief is the addresses or the outcome, without a reason.
func (a Answer) brief() string {
	if !a.OK() {
		return fmt.Sprintf("%s: %v", a.Name, a.Outcome)
	}
	return fmt.Sprintf("%s: %s", a.Name, joinAddresses(a.Addresses))
}

// why is what decided, in one line.
func (a Answer) why() string {
	list := make([]string, len(a.Steps))
	for i, s := range a.Steps {
		list[i] = s.String()
	}
	return strings.Join(list, "; ")
}

// table is the answer with its steps, a line each.
func (a Answer) table() string {
	var b strings.Builder
	b.WriteString(a.brief())
	for i, s := range a.Steps {
		fmt.Fprintf(&b, "\n%2d  %s", i+1, s)
	}
	if a.Lookup != nil && (!a.Lookup.OK() || a.Lookup.Forward.Verdict.Stage != trace.StageService) {
		fmt.Fprintf(&b, "\n\n%s", strings.TrimRight(fmt.Sprintf("%+v", *a.Lookup), "\n"))
	}
	return b.String()
}
