// Session-manager is the lesson on a shell without a door: AWS Systems Manager's agent calls out, and nobody
// has to call in. The host has no public address, its group no inbound rule, and its VPC no way to the
// internet.
//
// What the agent calls are a few services of AWS's, each by its name at port 443, and a missing one looks
// from outside like all others: the host does not show up, or the session does not open. So look at the
// tables. Each line is one service, the address that its name leads to, and what is in the way. A public
// address there means that an endpoint or its private DNS is missing; a private one, that a group is closed.
//
//	go run ./examples/session-manager
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
