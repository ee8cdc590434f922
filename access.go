package packetwalk

import (
	"cmp"
	"fmt"

	"github.com/packetwalk/packetwalk/endpoint"
)

// Access says what becomes of a request to a service of AWS: whether the network carries it there, by which
// endpoint or gateway, and what the endpoint's policy and the resource's say of it. That the network lets a
// request by and the service answers 403 is one of the results. From is as for [Network.Probe].
//
// What else may deny is not evaluated, and the result says so: the policies of who asks are taken to allow,
// and those of an organization not to deny. Inside one account a bucket's policy need not allow, only not
// deny; a bucket of another account has to allow (reference_policies_evaluation-logic-cross-account).
//
// The error is for an origin that does not exist and for a request that can't be asked, all its mistakes at
// once.
func (n *Network) Access(from string, r Request) (Access, error) {
	fail := func(err error) (Access, error) {
		return Access{}, fmt.Errorf("packetwalk: access from %q: %s %s: %w", from, r.Action, r.Resource, err)
	}
	s, err := n.source(from)
	if err != nil {
		return fail(fmt.Errorf("origin: %w", err))
	}
	a := Access{From: from}
	if a.Request, err = s.fill(r); err != nil {
		return fail(err)
	}
	var astray string
	if a.Flow, astray, err = s.reach(a.Request.Host, a.Request.port()); err != nil {
		return fail(err)
	}
	if astray == "" {
		astray = cmp.Or(n.astray(&a), n.abroad(&a))
	}
	switch {
	case astray != "":
		a.denied, a.why = ByNetwork, astray
	case !a.Flow.OK():
		a.denied, a.why = ByNetwork, a.Flow.outcome()
	default:
		err = s.ask(&a)
	}
	if err != nil {
		return fail(err)
	}
	return a, nil
}

// Access is what became of a request; see [Network.Access]. The zero Access is of no request.
type Access struct {
	From    string  // as it was asked for
	Request Request // with what it left open filled in

	Flow     Flow   // to the service, the lookup of its name before it
	Endpoint string // the ID of the endpoint that it went by; "" for none

	// EndpointPolicy and ResourcePolicy are what these say: the endpoint's, and the bucket's or the one that
	// came with the request. They are nil where there is none, and where the request does not come as far.
	EndpointPolicy, ResourcePolicy *endpoint.Decision

	// NotEvaluated are the policies that may deny as well, and that nobody asked.
	NotEvaluated []string

	denied Refusal
	why    string
	// resourceSays is the ResourcePolicy in words: of one that need not allow whether it denies.
	resourceSays string
}

// OK reports whether the request is allowed, as far as what was evaluated tells. The zero Access, of no
// request, is not.
func (a Access) OK() bool { return a.asked() && a.denied == NotRefused }

// asked reports whether a is of a request.
func (a Access) asked() bool { return a.Request.Action != "" }

// DeniedBy says who said no; [NotRefused] where nobody did.
func (a Access) DeniedBy() Refusal { return a.denied }

// Why says in one sentence why it was refused: where the packet was dropped and by which code, or which
// statement of the policy denies. It is "" where the request is allowed.
func (a Access) Why() string { return a.why }

// Status is the HTTP status that the caller sees: 200 for any success, 403 where a policy denies, and 0 where
// there is none: no answer comes, or it can't be told.
func (a Access) Status() int {
	switch a.denied {
	case NotRefused:
		if a.asked() {
			return 200
		}
	case ByEndpointPolicy, ByResourcePolicy:
		return 403
	}
	return 0
}
