package ec2json

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// Warning is one thing in the files that [Load] could not take as it stands. It is a small comparable
// value; a field that does not apply is empty.
type Warning struct {
	File   string // path inside the file system
	Kind   string // the top-level key under which the resource stands: "RouteTables"; an unknown key as it is
	ID     string // the resource, where it has one
	Field  string // path inside the resource, in AWS's spelling: "Routes[2].DestinationCidrBlock"
	Value  string // what stands there; for a whole key the number of its resources
	Reason Reason
	Note   string // what was done about it, for people
}

// Reason says why something could not be taken as it stands.
type Reason uint8

const (
	ReasonUnspecified Reason = iota // never in a Warning that Load gives
	Unsupported                     // a kind of resource, or a variant of one, that is not modelled
	Dangling                        // it names a resource that the dump does not hold
	Malformed                       // the wrong JSON type, an address that is none, a value that AWS does not print
	Conflict                        // two places say different things; one of them won
	Canonicalized                   // a CIDR had host bits set; they were cleared (F2.017, F6.023)
	Ignored                         // understood, and without effect here
	Assumed                         // the dump does not say it; a value was put in its place
)

var reasonNames = []string{"", "unsupported", "dangling", "malformed", "conflict", "canonicalized", "ignored", "assumed"}

// String gives the reason's name: "dangling"; "" for unspecified.
func (r Reason) String() string { return enum.String("Reason", r, reasonNames) }

// MarshalText gives the reason's name; a value without a name is an error.
func (r Reason) MarshalText() ([]byte, error) { return enum.Marshal("Reason", r, reasonNames) }

// UnmarshalText reads a reason's name, whatever its case.
func (r *Reason) UnmarshalText(text []byte) error {
	return enum.Unmarshal("Reason", text, reasonNames, r)
}

// String says the warning in one line:
//
//	vpcs.json: Subnets subnet-1: VpcId "vpc-9": dangling: left out
func (w Warning) String() string {
	var b strings.Builder
	b.WriteString(w.File + ":")
	for _, part := range []string{w.Kind, w.ID} {
		if part != "" {
			b.WriteString(" " + part)
		}
	}
	switch {
	case w.Field != "" && w.Value != "":
		fmt.Fprintf(&b, ": %s %q", w.Field, w.Value)
	case w.Field != "":
		fmt.Fprintf(&b, ": %s", w.Field)
	case w.Value != "":
		fmt.Fprintf(&b, " (%s)", w.Value)
	}
	fmt.Fprintf(&b, ": %s", w.Reason)
	if w.Note != "" {
		b.WriteString(": " + w.Note)
	}
	return b.String()
}

// origin says where a resource stands, for the warnings about it.
type origin struct{ file, kind, id string }

// warn reports a field of the resource at o.
func (l *loader) warn(o origin, reason Reason, field, value, note string) {
	l.warnings = append(l.warnings, Warning{
		File: o.file, Kind: o.kind, ID: o.id,
		Field: field, Value: value, Reason: reason, Note: note,
	})
}
