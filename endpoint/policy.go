package endpoint

import "fmt"

// Policy is a policy that is attached to a resource: to an endpoint, to a bucket. [ParsePolicy] reads one. It
// does not change, and may be asked by many at once. A nil Policy is none, and allows nothing.
//
// It is one of several that decide. What the role of an instance may do is in policies of its own, of which a
// network knows nothing; and inside one account such a policy may allow what a bucket's only does not deny.
// So an [ImplicitDeny] of a bucket is not the last word, while that of an endpoint is: all that passes needs
// to be allowed there (F7.007, F7.008).
type Policy struct {
	statements []statement
}

// Decision is what a policy says of a request, and why.
type Decision struct {
	Effect    Effect
	Statement int    // which statement decided, counted from 1; zero: none
	Sid       string // its Sid, if it has one
	Why       string // one sentence: `statement 2 "OnlyMyEndpoint" denies: StringNotEquals aws:SourceVpce ...`
}

// String is the reason, or the effect where there is none.
func (d Decision) String() string {
	if d.Why == "" {
		return d.Effect.String()
	}
	return d.Why
}

// Evaluate says what the policy has to say of a request: an explicit deny goes over an allow, and where
// nothing allows there is an implicit deny (reference_policies_evaluation-logic). What hangs on something
// that the request does not say is [CannotTell]: a deny that may apply, unless another applies for certain;
// and an allow that may apply, where no other does. Never is it allowed in silence.
func (p *Policy) Evaluate(r Request) Decision {
	if p == nil {
		return Decision{Effect: ImplicitDeny, Why: "there is no policy"}
	}
	if r.Action == "" || r.Resource == "" {
		return Decision{Effect: CannotTell, Why: "the request does not say its action and its resource"}
	}
	a := ask(r)
	var denies, mayDeny, allows, mayAllow, nearest *finding
	for i := range p.statements {
		f := p.statements[i].find(a)
		f.number = i + 1
		switch {
		case f.effect == ExplicitDeny && f.applies == yes:
			keepFirst(&denies, f)
		case f.effect == ExplicitDeny && f.applies == unknown:
			keepFirst(&mayDeny, f)
		case f.effect == Allow && f.applies == yes:
			keepFirst(&allows, f)
		case f.effect == Allow && f.applies == unknown:
			keepFirst(&mayAllow, f)
		case f.effect == Allow && (nearest == nil || f.reached > nearest.reached):
			nearest = &f
		}
	}
	switch {
	case denies != nil:
		return denies.decides(ExplicitDeny, "denies")
	case mayDeny != nil:
		return mayDeny.decides(CannotTell, "may deny")
	case allows != nil:
		return allows.decides(Allow, "allows")
	case mayAllow != nil:
		return mayAllow.decides(CannotTell, "may allow")
	}
	return nothingAllows(r, nearest)
}

// keepFirst puts f where nothing is yet.
func keepFirst(at **finding, f finding) {
	if *at == nil {
		*at = &f
	}
}

// decides makes the finding the decision.
func (f *finding) decides(e Effect, does string) Decision {
	d := Decision{Effect: e, Statement: f.number, Sid: f.sid, Why: fmt.Sprintf("%v %s", f, does)}
	if f.why != "" {
		d.Why += ": " + f.why
	}
	return d
}

// nothingAllows is the implicit deny, with the statement that would have allowed soonest.
func nothingAllows(r Request, nearest *finding) Decision {
	d := Decision{Effect: ImplicitDeny, Why: fmt.Sprintf("no statement allows %s on %s", r.Action, r.Resource)}
	if nearest != nil {
		d.Why += fmt.Sprintf("; %v does not: %s", nearest, nearest.why)
	}
	return d
}
