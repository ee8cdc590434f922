package vpctest

import (
	"cmp"

	"github.com/packetwalk/packetwalk"
)

// Via checks that a connection works, and that its request goes by a resource: an endpoint, a NAT gateway,
// whatever has this ID. A way that costs or that nobody should take is a failure although everything is
// reachable. Where it does not hold the test fails, and goes on, with the hops. What
// [packetwalk.Network.Probe] refuses fails too.
func Via(t TB, n *packetwalk.Network, from, to, service, id string) packetwalk.Flow {
	t.Helper()
	f, ok := probe(t, n, from, to, service)
	switch {
	case !ok:
	case !f.OK():
		t.Errorf("should work by %s, and does not: %s", id, full(f))
	case !f.Via(id):
		t.Errorf("should go by %s, and goes by %s: %s", id, cmp.Or(f.Way().String(), "no gateway"), full(f))
	}
	return f
}

// Passes checks that all is there that a check needs, such as [packetwalk.SessionManager]. Where something is
// missing the test fails, and goes on, with a table of all that the check needs. What
// [packetwalk.Network.Check] refuses fails too, and so does a check that needs nothing.
func Passes(t TB, n *packetwalk.Network, from string, c packetwalk.Check) packetwalk.Report {
	t.Helper()
	if n == nil {
		t.Fatalf("no network: want one that Build made")
		return packetwalk.Report{}
	}
	r, err := n.Check(from, c)
	switch {
	case err != nil:
		t.Errorf("%v", err)
	case len(c.Needs) == 0:
		t.Errorf("Passes wants a check with needs, such as packetwalk.SessionManager, and %q has none", c.Name)
	case !r.OK():
		t.Errorf("should pass, and does not: %s", full(r))
	}
	return r
}

// Allow checks that a request to a service of AWS is allowed: the network lets it by, and so do the policies.
// Where it is not, or nobody can tell, the test fails, and goes on, with what each of them says. What
// [packetwalk.Network.Access] refuses fails too.
func Allow(t TB, n *packetwalk.Network, from string, r packetwalk.Request) packetwalk.Access {
	t.Helper()
	a, ok := access(t, n, from, r)
	if ok && !a.OK() {
		t.Errorf("should be allowed, and is not: %s", full(a))
	}
	return a
}

// Deny checks that a request to a service of AWS is refused, and by whom: by the network, the endpoint's
// policy, or the bucket's. Where it is allowed, or another one refuses it, the test fails, and goes on, with
// what each of them says. What [packetwalk.Network.Access] refuses fails too, and so does
// [packetwalk.NotRefused].
func Deny(t TB, n *packetwalk.Network, from string, r packetwalk.Request, by packetwalk.Refusal) packetwalk.Access {
	t.Helper()
	a, ok := access(t, n, from, r)
	switch {
	case !ok:
	case by == packetwalk.NotRefused:
		t.Errorf("Deny wants who refuses, such as packetwalk.ByResourcePolicy, and was given nobody: %s", full(a))
	case a.OK():
		t.Errorf("should be refused by %s, and is allowed: %s", by, full(a))
	case a.DeniedBy() != by:
		t.Errorf("should be refused by %s, and is by %s: %s", by, a.DeniedBy(), full(a))
	}
	return a
}

// access asks; ok is false where there is no answer, and the test has failed.
func access(t TB, n *packetwalk.Network, from string, r packetwalk.Request) (a packetwalk.Access, ok bool) {
	t.Helper()
	if n == nil {
		t.Fatalf("no network: want one that Build made")
		return a, false
	}
	a, err := n.Access(from, r)
	if err != nil {
		t.Errorf("%v", err)
		return packetwalk.Access{}, false
	}
	return a, true
}
