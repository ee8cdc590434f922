// Egress-only is the lesson on the ways out that IPv6 has, and on who can come in by them.
//
// The IPv6 addresses that a VPC gets from Amazon are ones that the whole internet can name. There is no
// translation behind which an instance would be hidden, so by an internet gateway the way out is a way in
// too, as far as the filters let it. An egress-only internet gateway is the door that opens from inside: look
// at its hop in the reply, which passes as part of a known connection, and at the call from outside, which
// does not.
//
// Look also at the routes: 0.0.0.0/0 leads no IPv6 anywhere, and a NAT gateway is no way out for it. The
// scenes are in scenes.go.
//
//	go run ./examples/egress-only
package main

import (
	"io"
	"log"
	"os"

	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error { return lesson.Play(w, scenes()) }
