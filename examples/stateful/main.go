// Stateful is the lesson on what is remembered: security groups track connections, NAT gateways keep
// sessions, and both forget in time.
//
// Each scene is a story with a clock. A connection is opened, then something happens to it: a rule is taken
// away, an ACL denies, nobody speaks for a while, both ends say goodbye. Look at which packets still arrive,
// and at the word that says why: a "tracked connection" needs no rule, and what nobody remembers is a new
// packet to the rules.
//
// The most useful surprise is in scenes 1 and 2: to take away a rule cuts the one connection and not the
// other. The scenes are in scenes.go, the clock and what is printed in story.go.
//
//	go run ./examples/stateful
package main

import (
	"io"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	for i, s := range scenes() {
		if err := s.play(w, i+1); err != nil {
			return err
		}
	}
	return nil
}
