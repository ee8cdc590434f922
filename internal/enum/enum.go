// Package enum gives the enumerations of the vocabularies their text: one name a value, in AWS's
// spelling, the empty text for "unspecified".
package enum

import (
	"fmt"
	"strings"
)

// String gives the name of e, or "Kind(9)" for a value without one.
func String[E ~uint8](kind string, e E, names []string) string {
	if int(e) < len(names) {
		return names[e]
	}
	return fmt.Sprintf("%s(%d)", kind, e)
}

// Marshal is [String] as encoding.TextMarshaler wants it; a value without a name is an error.
func Marshal[E ~uint8](kind string, e E, names []string) ([]byte, error) {
	if int(e) >= len(names) {
		return nil, fmt.Errorf("%s %d has no name", kind, e)
	}
	return []byte(names[e]), nil
}

// Unmarshal finds the value of a name, whatever its case; a name that it does not know is an error that
// lists the right ones.
func Unmarshal[E ~uint8](kind string, text []byte, names []string, e *E) error {
	for i, name := range names {
		if strings.EqualFold(name, string(text)) {
			*e = E(i)
			return nil
		}
	}
	return fmt.Errorf("%s %q: want one of %s", kind, text, strings.Join(names[1:], ", "))
}
