// Nat-instance is the lesson on the instance that plays a NAT gateway, and on the four things without which
// it does not.
//
// An instance that forwards for others needs a security group that lets their packets in, no
// source/destination check, software that puts its own address on what it sends on, and a place in a public
// subnet. The first scene adds one after the other; the question is always whether the application in the
// private subnet reaches the internet.
//
// Then look at what a NAT gateway would not do: its security group is asked, so a ping dies there while web
// pages pass; it can be called, and be a bastion; and somebody can stop it. The scenes are in scenes.go.
//
//	go run ./examples/nat-instance
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
