package flowlog

import (
	"fmt"
	"net/url"
	"strings"
)

// Tag is the value of a resource's tag as a record shows it: UTF-8, percent-encoded (F1.143). The empty Tag
// shows "-". [TagOf] makes one and [Tag.Value] reads it; one that was read from a line is kept as it stands
// there.
type Tag string

// TagOf encodes the value of a tag. Letters, digits and "-_.~" of ASCII stay as they are and any other byte
// becomes "%20" and the like, as RFC 3986 has it. The value "-" becomes "%2D", so that it differs from no
// tag; an empty value does not.
func TagOf(value string) Tag {
	if value == absent {
		return "%2D"
	}
	return Tag(strings.ReplaceAll(url.QueryEscape(value), "+", "%20"))
}

// Value decodes the tag's value. The error is for a "%" that is not followed by two hexadecimal digits.
func (t Tag) Value() (string, error) {
	value, err := url.PathUnescape(string(t))
	if err != nil {
		return "", fmt.Errorf("flow log tag %s: %w", quoted(string(t)), err)
	}
	return value, nil
}
