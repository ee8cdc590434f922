package endpoint

import (
	"fmt"
	"strings"
)

// statement is one statement of a policy: with its effect for whom, what, on which resources, and when.
type statement struct {
	sid        string
	effect     Effect // Allow or ExplicitDeny
	who        *principals
	actions    []pattern // in small letters, as their case does not matter
	notAction  bool
	resources  []resource
	notAmong   bool // NotResource
	conditions []condition
}

// finding is whether a statement is about a request, and why.
type finding struct {
	*statement
	number  int // counted from 1
	applies truth
	reached int    // how many of the checks went well: the more, the nearer
	why     string // "" where there is nothing to add
}

// find asks whether the statement is about a request: all of who, what, where and when have to hold.
func (s *statement) find(a *asked) finding {
	f := finding{statement: s, applies: yes}
	checks := []func(*asked) (truth, string){s.isForWho, s.isForAction, s.isForResource, s.conditionsHold}
	for _, check := range checks {
		t, why := check(a)
		if t < f.applies {
			f.applies, f.why = t, why
		} else if f.applies == yes {
			f.why = why
		}
		if t == no {
			return f
		}
		f.reached++
	}
	return f
}

func (s *statement) isForWho(a *asked) (truth, string) {
	switch t := s.who.apply(a, s.effect); {
	case t == no:
		return t, "it is for other principals"
	case t == unknown && a.who.kind == whoKnows:
		return t, "it names principals, and the request does not say who asks"
	case t == unknown && s.who.negated:
		return t, "its NotPrincipal has not all of the principal, its role and its account"
	case t == unknown:
		return t, "it names principals of whom the request does not say whether they ask"
	}
	return yes, ""
}

func (s *statement) isForAction(a *asked) (truth, string) {
	action := strings.ToLower(a.Action)
	t := no
	for _, p := range s.actions {
		t = max(t, p.match(a, action))
	}
	if s.notAction {
		t = t.not()
	}
	return t, "it is for other actions"
}

func (s *statement) isForResource(a *asked) (truth, string) {
	t := no
	for _, p := range s.resources {
		if s.notAmong && p.whole.lacks(a) {
			return unknown, "a variable in its NotResource has no value"
		}
		t = max(t, p.match(a, a.Resource))
	}
	if s.notAmong {
		t = t.not()
	}
	if t == unknown {
		return t, "whether its resources fit hangs on a variable that the request does not say, or on a * that reaches over a colon"
	}
	return t, "it is for other resources"
}

func (s *statement) conditionsHold(a *asked) (truth, string) {
	t := yes
	var whys []string
	for i := range s.conditions {
		c := &s.conditions[i]
		one := c.holds(a)
		if one < t {
			t, whys = one, nil
		}
		if one == t {
			whys = append(whys, c.against(a))
		}
	}
	return t, strings.Join(whys, "; ")
}

// String names the statement: `statement 2 "OnlyMyEndpoint"`.
func (f finding) String() string {
	if f.sid == "" {
		return fmt.Sprintf("statement %d", f.number)
	}
	return fmt.Sprintf("statement %d %q", f.number, f.sid)
}
