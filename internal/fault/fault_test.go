package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/packetwalk/packetwalk/internal/fault"
)

func ExampleList() {
	var l fault.List
	l.Add("Routes[2].Destination", "10.0.0.1/16", fault.ErrInvalid, "host bits are set: want %s", "10.0.0.0/16")
	l.Add("ID", "", fault.ErrInvalid, "want a name")
	fmt.Println(l.Err())
	// Output:
	// Routes[2].Destination "10.0.0.1/16": invalid: host bits are set: want 10.0.0.0/16
	// ID: invalid: want a name
}

func TestReasons(t *testing.T) {
	reasons := []error{fault.ErrNotFound, fault.ErrOverlap, fault.ErrOutside, fault.ErrDuplicate, fault.ErrInvalid, fault.ErrLimit}
	for i, reason := range reasons {
		var l fault.List
		l.Add("Field", 7, reason, "want %d", 8)
		err := l.Err()
		for j, other := range reasons {
			if errors.Is(err, other) != (i == j) {
				t.Errorf("errors.Is(%v, %v) = %v", err, other, i != j)
			}
		}
		var one *fault.Fault
		if !errors.As(err, &one) || one.Field != "Field" || one.Value != "7" {
			t.Errorf("%v holds no fault of Field and 7", err)
		}
	}
}

func TestEmptyListIsNoError(t *testing.T) {
	for _, l := range []fault.List{nil, {}} {
		if err := l.Err(); err != nil {
			t.Errorf("Err() = %v, want nil", err)
		}
	}
}

func TestOf(t *testing.T) {
	var l, inner fault.List
	l.Add("A", 1, fault.ErrInvalid, "want 2")
	inner.Add("B", 2, fault.ErrLimit, "want 3")
	inner.Add("C", 3, fault.ErrOverlap, "want 4")
	plain := errors.New("no fault")
	tests := []struct {
		name string
		err  error
		want []string
	}{
		{"nil", nil, nil},
		{"a list keeps its order", inner.Err(), []string{"B", "C"}},
		{"one fault by itself", l[0], []string{"A"}},
		{"joined lists are flattened", errors.Join(l.Err(), inner.Err()), []string{"A", "B", "C"}},
		{"another error has no field", plain, []string{""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := fault.Of(tt.err)
			if len(got) != len(tt.want) {
				t.Fatalf("Of gave %d faults, want %d", len(got), len(tt.want))
			}
			for i, f := range got {
				if f.Field != tt.want[i] {
					t.Errorf("fault %d is in field %q, want %q", i, f.Field, tt.want[i])
				}
			}
		})
	}
	if got := fault.Of(plain); !errors.Is(got[0], plain) {
		t.Errorf("%v does not unwrap to the error it came from", got[0])
	}
}

func ExampleList_Unique() {
	var l fault.List
	l.Unique("Subnets", []string{"a", "b", "a", ""})
	fmt.Println(l.Err())
	// Output:
	// Subnets[2] "a": duplicate: it stands in Subnets[0] already
	// Subnets[3]: invalid: want an ID
}
