package endpoint

import "strings"

// arnParts is how many parts an ARN has: arn:partition:service:region:account:resource. The colons of the
// resource are its own.
const arnParts = 6

// arnPattern is an ARN of a policy, part by part: no wildcard reaches over a colon, but in the last part
// (reference_policies_elements_condition_operators).
type arnPattern []pattern

// parseARN cuts a text at its first five colons and reads each part.
func (s syntax) parseARN(text string) (arnPattern, error) {
	var list arnPattern
	for _, part := range cutARN(text) {
		p, err := s.parse(part)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// cutARN cuts at the colons that are not inside of a variable.
func cutARN(text string) []string {
	var parts []string
	start, depth := 0, 0
	for i := 0; i < len(text) && len(parts) < arnParts-1; i++ {
		switch {
		case strings.HasPrefix(text[i:], "${"):
			depth++
		case text[i] == '}' && depth > 0:
			depth--
		case text[i] == ':' && depth == 0:
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	return append(parts, text[start:])
}

// match reports whether every part of the value fits. A pattern with fewer parts, such as *, ends with one
// that takes all the rest.
func (p arnPattern) match(a *asked, value string) truth {
	parts := strings.SplitN(value, ":", len(p))
	if len(parts) != len(p) {
		return no
	}
	t := yes
	for i, part := range p {
		t = min(t, part.match(a, parts[i]))
	}
	return t
}

// resource is what a Resource or NotResource element names.
type resource struct {
	text  string // as it is written
	parts arnPattern
	whole pattern
}

// parseResource reads "*" or an ARN.
func (s syntax) parseResource(text string) (r resource, err error) {
	r.text = text
	if r.parts, err = s.parseARN(text); err != nil {
		return r, err
	}
	r.whole, err = s.parse(text)
	return r, err
}

// match says whether an ARN is one that the resource names. A * that ends a part "can expand to match beyond
// the colon boundaries" (reference_policies_elements_resource): whether it does is nowhere said, so that what
// fits by that alone can't be told.
func (r resource) match(a *asked, arn string) truth {
	if t := r.parts.match(a, arn); t != no {
		return t
	}
	return min(r.whole.match(a, arn), unknown)
}
