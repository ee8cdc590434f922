// Account is the lesson on a network that already stands: it reads what `aws ec2 describe-*` prints, says
// what it understood, and follows a packet through it.
//
// Save the output of the describe commands into a folder, as the package load/ec2json says, and name the
// folder. Alone it is asked whether each instance can call the internet; with an origin, a destination and a
// service, that connection is followed hop by hop. Names are IDs, addresses, or "internet".
//
//	go run ./examples/account examples/account/testdata/shop
//	go run ./examples/account examples/account/testdata/shop internet i-0c4f1a2b3d5e60001 tcp/443
//
// Two kinds of warnings come before the answers. What the folder holds and the loader could not use is one:
// an answer that hangs on it has to be doubted. What AWS allows and people regret is the other. The exit code
// is 2 for a wrong call, 1 for a folder or a question that can't be used; a blocked packet is an answer, and
// no error.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/load/ec2json"
)

var errUsage = errors.New("usage: account FOLDER [FROM TO SERVICE]")

func main() {
	err := run(os.Stdout, os.Args[1:]...)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(exitCode(err))
}

func exitCode(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		return 2
	}
	return 1
}

func run(w io.Writer, args ...string) error {
	if len(args) != 1 && len(args) != 4 {
		return errUsage
	}
	n, err := read(w, args[0])
	if err != nil {
		return err
	}
	if len(args) == 1 {
		return outward(w, n)
	}
	return follow(w, n, args[1], args[2], args[3])
}

// read makes a network of the files in a folder, and says what is in them.
func read(w io.Writer, folder string) (*packetwalk.Network, error) {
	if info, err := os.Stat(folder); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is a file: want the folder that it is in", folder)
	}
	cfg, warnings, err := ec2json.Load(os.DirFS(folder))
	if err != nil {
		return nil, err
	}
	if len(cfg.VPCs) == 0 {
		return nil, fmt.Errorf("no VPC in %s: want the output of `aws ec2 describe-vpcs` and its like in .json files", folder)
	}
	printCounts(w, cfg)
	printList(w, "What could not be used as it stands", warnings)

	n, err := cfg.Build()
	if err != nil {
		return nil, err
	}
	printList(w, "What is allowed and regretted", n.Warnings())
	return n, nil
}

// outward asks of each instance whether it can call a web server on the internet.
func outward(w io.Writer, n *packetwalk.Network) error {
	fmt.Fprint(w, "\nWho can call out:\n\n")
	asked := 0
	for _, i := range n.Config().Instances {
		flow, err := n.Probe(i.ID, packetwalk.Internet, "tcp/443")
		if errors.Is(err, packetwalk.ErrNotFound) {
			continue // it has no network interface, of which a warning tells
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "    %-10s %v\n", i.Name, flow)
		asked++
	}
	if asked == 0 {
		fmt.Fprintln(w, "    no instance has a network interface")
	}
	return nil
}

// follow prints the way of one connection, and all that stands in it.
func follow(w io.Writer, n *packetwalk.Network, from, to, service string) error {
	flow, err := n.Probe(from, to, service)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "\n%+v", flow)
	return err
}
