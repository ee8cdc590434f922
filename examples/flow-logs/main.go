// Flow-logs is the lesson on what AWS writes down of a packet, and how to read it.
//
// Begin with scene 1: a ping that fails, and the two lines that say why. The first is ACCEPT, since the
// security group and the network ACL let the request in; the second is REJECT, since the ACL, which knows
// of no connections, has no entry for the reply. Scenes 2 and 3 turn one rule each: the lines tell a group
// that denies from an ACL that does.
//
// Then it goes on with what the columns mean; with the four lines that a NAT gateway writes of one
// connection; with intervals, in which packets become one line, and NODATA, which fills those that are
// empty; with custom formats; and with who keeps what. Scene 7 is the trap: traffic that works, and of
// which no flow log says a word.
//
// The scenes are in scenes.go and more.go, the session and what is printed in story.go, the columns in
// fields.go.
//
//	go run ./examples/flow-logs
package main

import (
	"io"
	"log"
	"os"
	"slices"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	for i, s := range slices.Concat(pings(), lines(), limits()) {
		if err := s.play(w, i+1); err != nil {
			return err
		}
	}
	return nil
}
