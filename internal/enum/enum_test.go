package enum_test

import (
	"fmt"
	"testing"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// state is an enumeration as the vocabularies declare them.
type state uint8

var stateNames = []string{"", "pending", "shutting-down"}

func Example() {
	var s state
	err := enum.Unmarshal("State", []byte("Shutting-Down"), stateNames, &s)
	fmt.Println(s, enum.String("State", s, stateNames), err)

	err = enum.Unmarshal("State", []byte("gone"), stateNames, &s)
	fmt.Println(err)
	// Output:
	// 2 shutting-down <nil>
	// State "gone": want one of pending, shutting-down
}

func TestRoundTrip(t *testing.T) {
	for i, name := range stateNames {
		if got := enum.String("State", state(i), stateNames); got != name {
			t.Errorf("String(%d) = %q, want %q", i, got, name)
		}
		text, err := enum.Marshal("State", state(i), stateNames)
		if err != nil || string(text) != name {
			t.Errorf("Marshal(%d) = %q, %v, want %q", i, text, err, name)
		}
		back := state(9)
		if err := enum.Unmarshal("State", text, stateNames, &back); err != nil || back != state(i) {
			t.Errorf("Unmarshal(%q) = %d, %v, want %d", text, back, err, i)
		}
	}
}

func TestOutOfRange(t *testing.T) {
	for _, s := range []state{3, 255} {
		want := fmt.Sprintf("State(%d)", s)
		if got := enum.String("State", s, stateNames); got != want {
			t.Errorf("String(%d) = %q, want %q", s, got, want)
		}
		if text, err := enum.Marshal("State", s, stateNames); err == nil {
			t.Errorf("Marshal(%d) = %q, want an error", s, text)
		}
	}
}

func TestUnknownNameKeepsTheValue(t *testing.T) {
	s := state(1)
	if err := enum.Unmarshal("State", []byte("pendin"), stateNames, &s); err == nil || s != 1 {
		t.Errorf("error %v, value %d: want an error and the old value", err, s)
	}
}
