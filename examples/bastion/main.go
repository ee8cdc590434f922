// Bastion is the lesson on the one door to instances that nobody outside can reach: a small instance in a
// public subnet, to which one logs in first.
//
// Two connections take the place of one. Look at which group lets each of them in: the bastion's own takes
// SSH from the office alone, and the private instance's takes it from the bastions' group, not from an
// address. That is why a second bastion needs no new rule, and why nothing else in the public subnet gets in,
// though it is as near.
//
// The last scene is why there is a second bastion. The scenes are in scenes.go.
//
//	go run ./examples/bastion
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
