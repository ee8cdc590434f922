// Own-dns is the lesson on who answers when a host asks for a name, and what can stand between the two.
//
// In each VPC there is a DNS server of Amazon's, at the VPC's base address plus two. It is no traffic that
// anybody could stop or log: no group, no ACL, no flow log sees the question. A server of one's own is a host
// like any other, so its group has to let the question in, and the flow logs have it. Look at the line below
// an answer: it says who was asked, and what was logged of it.
//
// The first scenes go from the one to the other. The others are about names of one's own: a private hosted
// zone, and the names of hosts across a peering connection. The scenes are in servers.go, zones.go and
// peers.go.
//
//	go run ./examples/own-dns
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

func run(w io.Writer) error { return lesson.Play(w, slices.Concat(servers(), zones(), peers())) }
