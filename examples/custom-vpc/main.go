// Custom-vpc is the lesson that every course has: build a VPC from nothing, step by step.
//
// Each step adds one thing: the VPC and its subnets, an internet gateway, a route table, an address, a NAT
// gateway, a network ACL, a security group. The program asks the same question before a step and after it, so
// that one sees what that thing does, and what it does not do by itself: a gateway that no route leads to is
// no way out.
//
// The steps stand in steps.go, each in the order: what changes, what is asked, and why the answer is what it
// is. At the end the program prints the longest way that a packet can take in the network.
//
//	go run ./examples/custom-vpc
package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/packetwalk/packetwalk"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	b := packetwalk.New()
	for i, s := range steps(b) {
		fmt.Fprintf(w, "%d. %s\n", i+1, s.title)
		if err := s.play(w, b); err != nil {
			return err
		}
		fmt.Fprintf(w, "   %s\n\n", s.why)
	}

	n, err := b.Build()
	if err != nil {
		return err
	}
	flow, err := n.Probe("db", packetwalk.Internet, "tcp/443")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "The longest way in this network, hop by hop:\n\n%+v", flow)
	return nil
}

// step is one thing that is added to the network.
type step struct {
	title             string
	change            func()
	from, to, service string // what is asked before and after
	why               string // the answer is what it is
}

// play changes the network, and prints how the answer changes with it.
func (s step) play(w io.Writer, b *packetwalk.Builder) error {
	before, err := s.ask(b)
	if err != nil {
		return err
	}
	s.change()
	after, err := s.ask(b)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "     before  %s\n     after   %s\n", before, after)
	return nil
}

// ask builds the network as it is now, and puts the question to it.
func (s step) ask(b *packetwalk.Builder) (answer string, err error) {
	n, err := b.Build()
	if err != nil {
		return "", err
	}
	flow, err := n.Probe(s.from, s.to, s.service)
	switch {
	case errors.Is(err, packetwalk.ErrNotFound):
		return "there is no such instance yet", nil
	case err != nil:
		return "", err
	}
	return flow.String(), nil
}
