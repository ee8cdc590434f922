package ec2json

import "slices"

// unnamed are the tags but for Name, which stands in a field of its own.
func unnamed(tags []tag) []tag {
	return slices.DeleteFunc(slices.Clone(tags), func(t tag) bool { return t.Key == "Name" })
}

// tags reads the tags of a resource, nil where it has none. Of two with one key the first counts.
func (l *loader) tags(o origin, field string, raws []tag) map[string]string {
	var tags map[string]string
	for _, t := range raws {
		switch first, taken := tags[t.Key]; {
		case t.Key == "":
			l.warn(o, Malformed, field, t.Value, "left out: a tag without a key")
			continue
		case taken && first != t.Value:
			l.warn(o, Conflict, field, t.Key, "another tag has the key: its value "+first+" counts")
			continue
		}
		if tags == nil {
			tags = make(map[string]string)
		}
		tags[t.Key] = t.Value
	}
	return tags
}
