// Package fault is how the vocabularies report what is wrong with their data: a field,
// its value, and why. The front door wraps each fault into its public error, which adds
// the kind and the ID of the resource.
package fault

import (
	"errors"
	"fmt"
)

// The reasons. The front door exports each under the same name.
var (
	ErrNotFound  = errors.New("not found")
	ErrOverlap   = errors.New("overlaps")
	ErrOutside   = errors.New("outside")
	ErrDuplicate = errors.New("duplicate")
	ErrInvalid   = errors.New("invalid")
	ErrLimit     = errors.New("over the limit")
)

// Fault is one mistake in one field.
type Fault struct {
	Field string // path inside the resource, in Go's spelling: "Routes[2].Destination"
	Value string // what stands there; "" for nothing
	Err   error  // wraps one of the reasons and says what would be right
}

// Error says the field, the value and the reason in one line.
func (f *Fault) Error() string {
	if f.Value == "" {
		return fmt.Sprintf("%s: %v", f.Field, f.Err)
	}
	return fmt.Sprintf("%s %q: %v", f.Field, f.Value, f.Err)
}

// Unwrap gives the reason.
func (f *Fault) Unwrap() error { return f.Err }

// List collects faults. The zero List is empty and ready.
type List []*Fault

// Add appends one fault: err is one of the reasons, format says what would be right.
func (l *List) Add(field string, value any, err error, format string, args ...any) {
	*l = append(*l, &Fault{
		Field: field,
		Value: fmt.Sprint(value),
		Err:   fmt.Errorf("%w: %s", err, fmt.Sprintf(format, args...)),
	})
}

// Unique appends one fault for every ID that stands in a field's list for a second time, or is empty.
func (l *List) Unique(field string, ids []string) {
	first := make(map[string]int)
	for i, id := range ids {
		at := fmt.Sprintf("%s[%d]", field, i)
		if id == "" {
			l.Add(at, "", ErrInvalid, "want an ID")
			continue
		}
		if j, ok := first[id]; ok {
			l.Add(at, id, ErrDuplicate, "it stands in %s[%d] already", field, j)
			continue
		}
		first[id] = i
	}
}

// Err joins the faults, or is nil where there are none. The result unwraps to each [*Fault].
func (l List) Err() error {
	errs := make([]error, len(l))
	for i, f := range l {
		errs[i] = f
	}
	return errors.Join(errs...)
}

// Of lists the faults that err, made by [List.Err], holds.
func Of(err error) List {
	switch e := err.(type) {
	case nil:
		return nil
	case *Fault:
		return List{e}
	case interface{ Unwrap() []error }:
		var l List
		for _, one := range e.Unwrap() {
			l = append(l, Of(one)...)
		}
		return l
	}
	return List{{Err: err}}
}
