package endpoint

import "strings"

// principals reads "*", or an object of the kinds of principals.
func (r *reader) principals(at string, n node) (list []principal) {
	if n.kind == isString {
		if n.text != "*" {
			r.invalid(at, n.text, `want "*", or an object such as {"AWS": "123456789012"}`)
		}
		return []principal{{kind: everyone}}
	}
	members, ok := r.object(at, n)
	if ok && len(members) == 0 {
		r.invalid(at, "", `want one of AWS, Service, Federated and CanonicalUser in it`)
	}
	for _, m := range members {
		for _, text := range r.texts(at+"."+m.name, m.value) {
			list = append(list, r.principal(at, m.name, text))
		}
	}
	return list
}

// principal reads one principal of a kind.
func (r *reader) principal(at, kind, text string) principal {
	switch kind {
	case "AWS":
		p, err := parseAWSPrincipal(text)
		if err != nil {
			r.invalid(at+".AWS", text, "%v", err)
		}
		return p
	case "Service":
		if !strings.Contains(text, ".") {
			r.invalid(at+".Service", text, `want the name of a service, such as "ec2.amazonaws.com"`)
		}
		return principal{kind: service, name: text}
	case "Federated":
		return principal{kind: provider, name: text}
	case "CanonicalUser":
		return principal{kind: canonicalUser, name: text}
	}
	r.invalid(at+"."+kind, text, "there is no such kind; want one of AWS, Service, Federated, CanonicalUser")
	return principal{kind: deleted}
}
