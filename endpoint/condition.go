package endpoint

import (
	"fmt"
	"strings"
)

// condition is one key of a Condition element under its operator.
type condition struct {
	operator string // as it is written: "ForAnyValue:StringLikeIfExists"
	key      string
	values   []string

	set      quantifier
	ifExists bool
	presence bool // Null, which asks for the key and not for its value
	negated  bool // StringNotEquals and its kind: none of the values may fit
	matches  []matcher
	patterns []pattern // those of the values that may hold variables
}

// quantifier says how several values in a request are taken
// (reference_policies_condition-single-vs-multi-valued-context-keys).
type quantifier uint8

const (
	single quantifier = iota
	forAllValues
	forAnyValue
)

// matcher compares one value of a request with one value of a condition.
type matcher func(a *asked, value string) truth

// holds says whether the condition holds for a request.
func (c *condition) holds(a *asked) truth {
	values, known := a.values(c.key)
	switch {
	case !known:
		return unknown
	case c.presence:
		return c.present(a, values)
	case len(values) == 0:
		return c.holdsWithout()
	case c.negated && c.lacks(a):
		return unknown
	}
	switch c.set {
	case forAllValues:
		t := yes
		for _, v := range full(values) {
			t = min(t, c.fits(a, v))
		}
		return t
	case forAnyValue:
		t := no
		for _, v := range full(values) {
			t = max(t, c.fits(a, v))
		}
		return t
	}
	return c.holdsOfOne(a, values)
}

// holdsWithout says whether the condition holds where the request does not have the key: not for an operator
// that wants a value to fit, but for one that wants it not to, with IfExists and with ForAllValues; never
// with ForAnyValue (reference_policies_elements_condition_operators). The pages contradict each other on
// ForAnyValue with IfExists.
func (c *condition) holdsWithout() truth {
	switch {
	case c.set == forAnyValue && c.ifExists:
		return unknown
	case c.set == forAnyValue:
		return no
	}
	return toTruth(c.set == forAllValues || c.ifExists || c.negated)
}

// present is Null: whether the request has the key, or has it not. The pages do not say which of both an
// empty text is.
func (c *condition) present(a *asked, values []string) truth {
	if len(values) > 0 && len(full(values)) == 0 {
		return unknown
	}
	has := "true"
	if len(values) > 0 {
		has = "false"
	}
	return c.fits(a, has)
}

// holdsOfOne is a condition without ForAllValues and ForAnyValue, which is for keys with one value. Of a key
// with several the pages do not say what happens where some fit and some do not.
func (c *condition) holdsOfOne(a *asked, values []string) truth {
	all, some := yes, no
	for _, v := range values {
		t := c.fits(a, v)
		all, some = min(all, t), max(some, t)
	}
	if all != some {
		return unknown
	}
	return all
}

// fits says whether one value of the request fits one of the condition's, or none where the operator is
// negated.
func (c *condition) fits(a *asked, value string) truth {
	t := no
	for _, match := range c.matches {
		t = max(t, match(a, value))
	}
	if c.negated {
		return t.not()
	}
	return t
}

// lacks is [pattern.lacks] of any value.
func (c *condition) lacks(a *asked) bool {
	for _, p := range c.patterns {
		if p.lacks(a) {
			return true
		}
	}
	return false
}

// full leaves out empty texts: a key that has nothing else counts as an empty set.
func full(values []string) []string {
	var list []string
	for _, v := range values {
		if v != "" {
			list = append(list, v)
		}
	}
	return list
}

// String gives the condition as one reads it: `StringEquals aws:SourceVpce "vpce-1"`.
func (c *condition) String() string {
	quoted := make([]string, len(c.values))
	for i, v := range c.values {
		quoted[i] = fmt.Sprintf("%q", v)
	}
	return fmt.Sprintf("%s %s %s", c.operator, c.key, strings.Join(quoted, " or "))
}

// against says what the condition wants, and what the request has.
func (c *condition) against(a *asked) string {
	values, known := a.values(c.key)
	switch {
	case !known:
		return fmt.Sprintf("%v: the request does not say it", c)
	case len(values) == 0:
		return fmt.Sprintf("%v: the request has none", c)
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = fmt.Sprintf("%q", v)
	}
	return fmt.Sprintf("%v: the request has %s", c, strings.Join(quoted, ", "))
}
