package endpoint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// ParsePolicy reads a policy document as AWS has it (reference_policies_grammar): Version, Id, and one
// Statement or a list of them, each with Effect, Principal or NotPrincipal, Action or NotAction, Resource or
// NotResource, and perhaps Sid and Condition. All mistakes are reported at once, each with the statement and
// the element: unknown and repeated elements, missing ones and those that exclude each other, values of a
// wrong type, condition operators that AWS does not have. Condition keys are not checked; what hangs on one
// that a [Request] does not say can't be told.
//
// Without Version, or with "2008-10-17", ${aws:username} is plain text. [Gateway.ParsePolicy],
// [Interface.ParsePolicy] and [Bucket.ParsePolicy] want what AWS wants of a policy there.
func ParsePolicy(document string) (*Policy, error) {
	var r reader
	return r.result(r.document(document))
}

// reader reads a document and carries the mistakes.
type reader struct {
	faults    fault.List
	variables bool // the Version is one that has policy variables
}

// invalid adds a mistake in an element.
func (r *reader) invalid(at string, value any, format string, args ...any) {
	r.faults.Add(at, value, fault.ErrInvalid, format, args...)
}

// result is the policy where nothing is wrong with it.
func (r *reader) result(p *Policy) (*Policy, error) {
	if err := r.faults.Err(); err != nil {
		return nil, err
	}
	return p, nil
}

// document reads all.
func (r *reader) document(text string) *Policy {
	root, err := readJSON(text)
	if err != nil {
		r.invalid("Policy", "", "want JSON: %v", err)
		return nil
	}
	top := r.elements("Policy", root, "Version", "Id", "Statement")
	if top == nil {
		return nil
	}
	r.version(top["Version"])
	if id := top["Id"]; id != nil && id.kind != isString {
		r.invalid("Policy.Id", id.text, "want a string, not %v", id.kind)
	}
	return &Policy{statements: r.statements(top["Statement"])}
}

// version reads the version of the language.
func (r *reader) version(n *node) {
	switch {
	case n == nil, n.kind == isString && n.text == "2008-10-17":
	case n.kind == isString && n.text == "2012-10-17":
		r.variables = true
	default:
		r.invalid("Policy.Version", n.text, `want "2012-10-17" or "2008-10-17"`)
	}
}

// statements reads one statement or a list of them.
func (r *reader) statements(n *node) (list []statement) {
	if n == nil || n.kind == isList && len(n.items) == 0 {
		r.invalid("Policy.Statement", "", "want at least one statement")
		return nil
	}
	items := []node{*n}
	if n.kind == isList {
		items = n.items
	}
	first := make(map[string]int) // where a Sid stands first
	for i, item := range items {
		at := fmt.Sprintf("Policy.Statement[%d]", i)
		s := r.statement(at, item)
		if j, ok := first[s.sid]; ok && s.sid != "" {
			r.faults.Add(at+".Sid", s.sid, fault.ErrDuplicate, "statement %d has it already", j+1)
		} else {
			first[s.sid] = i
		}
		list = append(list, s)
	}
	return list
}

var statementElements = []string{
	"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
}

// statement reads one statement.
func (r *reader) statement(at string, n node) (s statement) {
	e := r.elements(at, n, statementElements...)
	if e == nil {
		return s
	}
	if sid := e["Sid"]; sid != nil {
		s.sid = r.text(at+".Sid", *sid)
	}
	s.effect = r.effect(at, e["Effect"])
	if name, n, not := r.either(at, e, "Principal"); n != nil {
		s.who = &principals{list: r.principals(name, *n), negated: not}
	}
	if name, n, not := r.either(at, e, "Action"); n != nil {
		s.actions, s.notAction = r.actions(name, *n), not
	}
	if name, n, not := r.either(at, e, "Resource"); n != nil {
		s.resources, s.notAmong = r.resources(name, *n), not
	}
	if n := e["Condition"]; n != nil {
		s.conditions = r.conditions(at+".Condition", *n)
	}
	return s
}

// effect reads Allow or Deny.
func (r *reader) effect(at string, n *node) Effect {
	if n == nil {
		r.invalid(at+".Effect", "", `it is missing; want "Allow" or "Deny"`)
		return ImplicitDeny
	}
	switch {
	case n.kind == isString && n.text == "Allow":
		return Allow
	case n.kind == isString && n.text == "Deny":
		return ExplicitDeny
	}
	r.invalid(at+".Effect", n.text, `want "Allow" or "Deny"`)
	return ImplicitDeny
}

// either gives an element or the one that says the opposite: just one of both has to be there.
func (r *reader) either(at string, e map[string]*node, name string) (path string, n *node, not bool) {
	positive, negative := e[name], e["Not"+name]
	switch {
	case positive != nil && negative != nil:
		r.invalid(at+".Not"+name, "", "a statement has either %s or Not%s", name, name)
	case positive == nil && negative == nil:
		r.invalid(at+"."+name, "", "it is missing; want %s or Not%s", name, name)
	case negative != nil:
		return at + ".Not" + name, negative, true
	}
	return at + "." + name, positive, false
}

// actions reads the names of actions, in small letters.
func (r *reader) actions(at string, n node) (list []pattern) {
	for _, text := range r.texts(at, n) {
		service, action, ok := strings.Cut(text, ":")
		if text != "*" && (!ok || service == "" || action == "") {
			r.invalid(at, text, `want "*", or a service and an action, such as "s3:GetObject"`)
			continue
		}
		p, _ := syntax{wildcards: true}.parse(strings.ToLower(text))
		list = append(list, p)
	}
	return list
}

// resources reads ARNs. Variables stand behind the fifth colon only (reference_policies_variables).
func (r *reader) resources(at string, n node) (list []resource) {
	for _, text := range r.texts(at, n) {
		parts := cutARN(text)
		if text != "*" && (parts[0] != "arn" || len(parts) < arnParts && !strings.Contains(text, "*")) {
			r.invalid(at, text, `want "*" or an ARN, such as "arn:aws:s3:::bucket/*"`)
			continue
		}
		if r.variables && strings.Contains(strings.Join(parts[:len(parts)-1], ""), "${") {
			r.invalid(at, text, "a variable may stand behind the fifth colon only")
			continue
		}
		p, err := syntax{wildcards: true, variables: r.variables}.parseResource(text)
		if err != nil {
			r.invalid(at, text, "%v", err)
			continue
		}
		list = append(list, p)
	}
	return list
}

// elements gives the elements of an object, which may have these names only. It is nil for what is no object.
func (r *reader) elements(at string, n node, names ...string) map[string]*node {
	members, ok := r.object(at, n)
	if !ok {
		return nil
	}
	e := make(map[string]*node)
	for i, m := range members {
		if !slices.Contains(names, m.name) {
			r.invalid(at+"."+m.name, "", "there is no such element; want one of %s", strings.Join(names, ", "))
			continue
		}
		e[m.name] = &members[i].value
	}
	return e
}

// object gives the members of an object, each name once, whatever its case is.
func (r *reader) object(at string, n node) (list []member, ok bool) {
	if n.kind != isObject {
		r.invalid(at, n.text, "want an object, not %v", n.kind)
		return nil, false
	}
	seen := make(map[string]bool)
	for _, m := range n.members {
		if seen[strings.ToLower(m.name)] {
			r.faults.Add(at+"."+m.name, "", fault.ErrDuplicate, "it stands there already")
			continue
		}
		seen[strings.ToLower(m.name)] = true
		list = append(list, m)
	}
	return list, true
}

// text reads a string.
func (r *reader) text(at string, n node) string {
	if n.kind != isString {
		r.invalid(at, n.text, "want a string, not %v", n.kind)
		return ""
	}
	return n.text
}

// texts reads a string or a list of strings, of which there is at least one.
func (r *reader) texts(at string, n node) (list []string) {
	if n.kind != isList {
		n = node{kind: isList, items: []node{n}}
	}
	if len(n.items) == 0 {
		r.invalid(at, "", "the list is empty; want at least one")
	}
	for _, item := range n.items {
		if item.kind != isString || item.text == "" {
			r.invalid(at, item.text, "want a string with something in it, or a list of such, not %v", item.kind)
			continue
		}
		list = append(list, item.text)
	}
	return list
}
