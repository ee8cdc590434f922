package dns

import (
	"fmt"
	"strings"
)

// The lengths that a name and each of its labels may have, in bytes (RFC 1035, section 2.3.4).
const (
	maxName  = 253
	maxLabel = 63
)

// ParseName gives a name as the others of this package compare it: in small letters, without the last dot.
// Punycode is left as it is. The error is for a name that is empty, too long, or has an empty label, a blank
// or a character outside of ASCII.
func ParseName(text string) (string, error) {
	name := strings.ToLower(strings.TrimSuffix(text, "."))
	fail := func(format string, args ...any) (string, error) {
		return "", fmt.Errorf("dns: name %q: %s", text, fmt.Sprintf(format, args...))
	}
	switch {
	case name == "":
		return fail("want one such as db.example.com")
	case len(name) > maxName:
		return fail("%d bytes: want at most %d", len(name), maxName)
	}
	for label := range strings.SplitSeq(name, ".") {
		switch {
		case label == "":
			return fail("an empty label: want no two dots side by side, and none at the start")
		case len(label) > maxLabel:
			return fail("a label of %d bytes: want at most %d", len(label), maxLabel)
		}
	}
	for _, c := range []byte(name) {
		switch {
		case c >= 0x80:
			return fail("characters outside of ASCII: want its punycode, which begins with xn--")
		case c <= ' ' || c == 0x7f:
			return fail("a blank or a control character: want letters, digits, hyphens and dots")
		}
	}
	return name, nil
}

// Under reports whether name is zone or a name below it. Both are as [ParseName] gives them.
func Under(name, zone string) bool {
	above, ok := strings.CutSuffix(name, zone)
	return ok && zone != "" && (above == "" || strings.HasSuffix(above, "."))
}

// normal is ParseName for names that were validated: what is no name fits none.
func normal(text string) string {
	name, _ := ParseName(text)
	return name
}

// parent is the name above: "" for one of a single label.
func parent(name string) string {
	_, above, _ := strings.Cut(name, ".")
	return above
}
