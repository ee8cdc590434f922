package flowlog

import (
	"fmt"
	"strings"
)

// FieldSet is a set of fields. The zero FieldSet is empty. It is a comparable value.
type FieldSet uint64

// SetOf gives the set of the fields. A value that is no field is left out.
func SetOf(fields ...Field) FieldSet {
	var s FieldSet
	for _, f := range fields {
		if f.known() {
			s |= 1 << f
		}
	}
	return s
}

// Has reports whether f is in the set.
func (s FieldSet) Has(f Field) bool { return s&(1<<f) != 0 }

// HasAll reports whether all of the fields are in the set.
func (s FieldSet) HasAll(fields FieldSet) bool { return s&fields == fields }

// Fields lists the set in the order of AWS's table; nil where it is empty. The caller owns the slice.
func (s FieldSet) Fields() []Field {
	var list []Field
	for f := FieldVersion; f < afterFields; f++ {
		if s.Has(f) {
			list = append(list, f)
		}
	}
	return list
}

// String gives the names in the order of AWS's table with blanks between them, "" for the empty set.
func (s FieldSet) String() string { return Format(s.Fields()).Header() }

// MarshalText gives [FieldSet.String]. A bit that stands for no field is an error.
func (s FieldSet) MarshalText() ([]byte, error) {
	if odd := s &^ SetOf(Fields()...); odd != 0 {
		return nil, fmt.Errorf("field set %#x has bits of no field: %#x", uint64(s), uint64(odd))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads names with blanks between them, "" as the empty set. The error is about the first
// name that no field has; s stays as it was then.
func (s *FieldSet) UnmarshalText(text []byte) error {
	var set FieldSet
	for name := range strings.FieldsSeq(string(text)) {
		f, ok := FieldNamed(name)
		if !ok {
			return unknownField(name)
		}
		set |= SetOf(f)
	}
	*s = set
	return nil
}
