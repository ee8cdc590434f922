package ec2json

import (
	"encoding/json"
	"errors"
	"reflect"
)

// resource is what a describe-* output says of one resource, with the few fields that matter here.
type resource interface{ id() string }

// found is a resource and where it stands.
type found[T resource] struct {
	origin
	raw T
}

// shelf holds the resources of one kind in the order in which they were found, each ID once.
type shelf[T resource] struct {
	items []found[T]
	at    map[string]int
}

// put adds a resource. One that stands on the shelf already is merged: the first wins, and a
// difference is a warning.
func (s *shelf[T]) put(l *loader, o origin, raw T) {
	o.id = raw.id()
	if i, ok := s.at[o.id]; ok {
		if field := firstDifference(s.items[i].raw, raw); field != "" {
			l.warn(o, Conflict, field, "", "kept what "+s.items[i].file+" says")
		}
		return
	}
	if s.at == nil {
		s.at = map[string]int{}
	}
	s.at[o.id] = len(s.items)
	s.items = append(s.items, found[T]{o, raw})
}

// get finds a resource by its ID.
func (s *shelf[T]) get(id string) (f *found[T], ok bool) {
	i, ok := s.at[id]
	if !ok {
		return nil, false
	}
	return &s.items[i], true
}

// decode reads one resource; what is none is a warning.
func decode[T resource](l *loader, o origin, value json.RawMessage) (raw T, ok bool) {
	err := json.Unmarshal(value, &raw)
	o.id = raw.id() // json fills the fields around one of the wrong type
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		l.warn(o, Malformed, wrong.Field, wrong.Value, "left out: AWS prints another type here")
	case err != nil:
		l.warn(o, Malformed, "", jsonType(value), "left out: "+err.Error())
	case o.id == "":
		l.warn(o, Malformed, "", jsonType(value), "left out: it has no ID")
	default:
		return raw, true
	}
	return raw, false
}

// firstDifference names the first field in which two resources differ; "" where they are the same.
func firstDifference[T any](a, b T) string {
	va, vb := reflect.ValueOf(a), reflect.ValueOf(b)
	for i := range va.NumField() {
		if !reflect.DeepEqual(va.Field(i).Interface(), vb.Field(i).Interface()) {
			return va.Type().Field(i).Name
		}
	}
	return ""
}

// unique drops what stands in the list before already.
func unique[T comparable](list []T) (once []T) {
	seen := map[T]bool{}
	for _, one := range list {
		if !seen[one] {
			seen[one] = true
			once = append(once, one)
		}
	}
	return once
}
