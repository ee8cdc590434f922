package vpctest

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// Reach checks that a connection works: that the request arrives, and so does the reply, where there is one.
// Where it does not, the test fails, and goes on, with the hops of both. What [packetwalk.Network.Probe]
// refuses, such as a name that does not exist, fails too, and the Flow is zero.
func Reach(t TB, n *packetwalk.Network, from, to, service string) packetwalk.Flow {
	t.Helper()
	f, ok := probe(t, n, from, to, service)
	if ok && !f.OK() {
		t.Errorf("should work, and does not: %s", full(f))
	}
	return f
}

// Block checks that a connection does not work, and that code is the reason: of the request where that was
// dropped, else of the reply. Where it works, or is blocked by another code, the test fails, and goes on,
// with the hops. What [packetwalk.Network.Probe] refuses fails too, as with [Reach]: a misspelled name is no
// blocked connection.
//
// [trace.NoCode] fails always: a check that any obstacle satisfies goes on passing when the one that is meant
// is gone.
func Block(t TB, n *packetwalk.Network, from, to, service string, code trace.Code) packetwalk.Flow {
	t.Helper()
	f, ok := probe(t, n, from, to, service)
	switch {
	case !ok:
	case code == trace.NoCode:
		t.Errorf("Block wants the code that blocks, such as trace.ENISGRulesMismatch, and was given none: %s", full(f))
	case f.OK():
		t.Errorf("should be blocked by %s, and works: %s", code, full(f))
	case f.Verdict().Code != code:
		t.Errorf("should be blocked by %s, and is blocked by %s: %s", code, blocker(f), full(f))
	}
	return f
}

// probe asks; ok is false where there is no answer, and the test has failed.
func probe(t TB, n *packetwalk.Network, from, to, service string) (f packetwalk.Flow, ok bool) {
	t.Helper()
	if n == nil {
		t.Fatalf("no network: want one that Build made")
		return f, false
	}
	f, err := n.Probe(from, to, service)
	if err != nil {
		t.Errorf("%v", err)
		return packetwalk.Flow{}, false
	}
	return f, true
}

// blocker names what stopped a connection that does not work.
func blocker(f packetwalk.Flow) string {
	return cmp.Or(f.Verdict().Code.String(), "no code")
}

// full is all that there is to say of an answer: of a flow, its hop tables.
func full(answer any) string { return strings.TrimRight(fmt.Sprintf("%+v", answer), "\n") }
