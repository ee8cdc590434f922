// Nat-gateway is the lesson on how a private subnet reaches the internet without being reached: by a NAT
// gateway.
//
// Look first at the hops of the connection that works. Its source is rewritten twice: the NAT gateway puts
// its own private address there, and the internet gateway that one's Elastic IP address. And the packet
// crosses the border of the public subnet twice each way, so that subnet's network ACL is asked four times:
// what it has to allow is what is got wrong most often.
//
// Then come the limits: nobody can call in by it, it takes three protocols and no more, in a subnet that is
// not public it reaches nothing, and it stands in one zone. A scene is a network and what is asked of it;
// they are in scenes.go, acls.go and places.go.
//
//	go run ./examples/nat-gateway
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
