// Privatelink is the lesson on offering one service to somebody else's VPC, and nothing but that service.
//
// The provider puts a Network Load Balancer before it, and makes an endpoint service of that. The consumer
// makes an interface endpoint, and calls an address of its own VPC. The two VPCs have the very same addresses
// here, so they could never be peered, and it does not matter: look in the hops at how the header changes at
// the load balancer, and that the provider never sees the consumer's address.
//
// Then come the limits: one direction, the ports that are listened at, the accounts that are named, and the
// endpoints that are accepted. The scenes are in link.go and consent.go.
//
//	go run ./examples/privatelink
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

func run(w io.Writer) error { return lesson.Play(w, slices.Concat(links(), consents())) }
