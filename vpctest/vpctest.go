package vpctest

import (
	"strings"

	"github.com/packetwalk/packetwalk"
)

// TB is what this package needs of a test; [*testing.T], [*testing.B] and [*testing.F] have it.
//
// Fatalf normally does not return. Where it does, the function that called it does nothing more, and gives
// nil or the zero value.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Buildable is a description of a network: a [*packetwalk.Builder] or a [packetwalk.Config].
type Buildable interface {
	Build() (*packetwalk.Network, error)
}

var (
	_ Buildable = (*packetwalk.Builder)(nil)
	_ Buildable = packetwalk.Config{}
)

// Build builds the network. Where the description has mistakes, it ends the test and lists all of them, one a
// line.
func Build(t TB, b Buildable) *packetwalk.Network {
	t.Helper()
	if b == nil {
		t.Fatalf("nothing to build: want a *packetwalk.Builder or a packetwalk.Config")
		return nil
	}
	n, err := b.Build()
	switch {
	case err != nil:
		t.Fatalf("the network can't be built:\n  %s", strings.ReplaceAll(err.Error(), "\n", "\n  "))
		return nil
	case n == nil:
		t.Fatalf("%T gave no network, and no error", b)
	}
	return n
}
