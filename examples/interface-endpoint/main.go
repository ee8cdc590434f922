// Interface-endpoint is the lesson on endpoints that are an address in a subnet: no route leads to them, a
// name does.
//
// Look at what the name leads to, before you look at the call. With private DNS the service's own name leads
// to the endpoint, and programs need no change. Without it the name leads to the internet as before: behind a
// NAT gateway everything works, and past the endpoint; without one it is a time-out. Such a time-out to a
// public address is the fault of the name, and one to a private address that of a group.
//
// The scenes on names are in names.go, those on who calls, from where, and what has to let them in, in
// calls.go.
//
//	go run ./examples/interface-endpoint
package main

import (
	"io"
	"log"
	"os"
	"slices"

	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error { return lesson.Play(w, slices.Concat(names(), calls())) }
