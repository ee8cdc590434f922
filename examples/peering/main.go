// Peering is the lesson on joining two VPCs, and on what that does not join.
//
// A peering connection takes an acceptance and a route on each side, and then the filters still have their
// say. Watch what happens where one route is missing: the request arrives, and it is the reply that dies.
// From outside that looks like a closed port, and the hops say that it is not.
//
// Then come the limits. A peering joins its two VPCs and nothing behind them: not the peer's peer, nor its
// gateways. It is made of addresses, so VPCs that share some can't be peered, and a VPC with two peers that
// look alike may send its reply to the wrong one. The scenes are in pair.go, beyond.go and twins.go.
//
//	go run ./examples/peering
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

func run(w io.Writer) error {
	return lesson.Play(w, slices.Concat(pairScenes(), beyondScenes(), twinScenes()))
}
