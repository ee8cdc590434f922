package golden

import (
	"regexp"
	"testing"
)

// Claim is a verdict that a lesson prints, and what says that it is right.
type Claim struct {
	Name string // begins with the number of a fact or scenario: "A11 nobody outside can start"
	Line string // what was asked and what became of it, without what stands before it on the line
}

// verdict is what is printed in one line of a flow, of a name that somebody asks for, of a request to a
// service, and of a check.
var verdict = regexp.MustCompile(`(?m)\S+ -> \S+ \S+: (?:works|delivered|request|the name).*$` +
	`|\S+ asks for \S+: .*$` +
	`|\S+: \w+:\w+ on \S+: .*$` +
	`|\S+: [A-Z][\w ]*: (?:works|.* missing)$`)

// Claims fails the test where the verdicts that a lesson prints are not these, one after the other. A golden
// file is rewritten by -update; claims are not: they come from what AWS says, and every verdict needs one.
func Claims(t testing.TB, printed string, want []Claim) {
	t.Helper()
	got := verdict.FindAllString(printed, -1)
	for i, claim := range want {
		switch {
		case i >= len(got):
			t.Errorf("%s: nothing printed, want %q", claim.Name, claim.Line)
		case got[i] != claim.Line:
			t.Errorf("%s: printed %q, want %q", claim.Name, got[i], claim.Line)
		}
	}
	for _, line := range got[min(len(want), len(got)):] {
		t.Errorf("no claim says why it prints %q", line)
	}
}
