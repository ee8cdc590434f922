package endpoint

import "strings"

// conditions reads a Condition element: keys and their values under operators. All of them have to hold.
func (r *reader) conditions(at string, n node) (list []condition) {
	members, _ := r.object(at, n)
	for _, op := range members {
		var c condition
		compile, err := c.named(op.name)
		if err != nil {
			r.invalid(at+"."+op.name, "", "%v", err)
			continue
		}
		keys, _ := r.object(at+"."+op.name, op.value)
		for _, key := range keys {
			list = append(list, r.condition(at+"."+op.name, c, compile, key))
		}
	}
	return list
}

// condition reads one key and its values; c has the operator already.
func (r *reader) condition(at string, c condition, op operator, m member) condition {
	c.key = m.name
	at += "." + m.name
	if service, name, ok := strings.Cut(m.name, ":"); !ok || service == "" || name == "" {
		r.invalid(at, "", "want a condition key, such as aws:SourceVpce")
	}
	items := []node{m.value}
	if m.value.kind == isList {
		items = m.value.items
	}
	if len(items) == 0 {
		r.invalid(at, "", "the list is empty; want at least one value")
	}
	for _, item := range items {
		if item.kind != isString && item.kind != isNumber && item.kind != isBool {
			r.invalid(at, item.text, "want a string, a number or a boolean, not %v", item.kind)
			continue
		}
		match, patterns, err := op.compile(item.text, r.variables)
		if err != nil {
			r.invalid(at, item.text, "%v", err)
			continue
		}
		c.values = append(c.values, item.text)
		c.matches = append(c.matches, match)
		c.patterns = append(c.patterns, patterns...)
	}
	return c
}
