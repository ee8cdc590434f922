// Quickstart is the first lesson: describe a network, ask whether a connection works, and read why.
//
// The network is the smallest one that has everything: a web server in a public subnet, a database in a
// private one. A subnet is public because its route table leads to an internet gateway, and for no other
// reason. The program asks who can reach whom, prints the whole way of one packet, and then what the flow
// logs would have recorded of it.
//
//	go run ./examples/quickstart
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/packetwalk/packetwalk"
)

// README:start

func network() (*packetwalk.Network, error) {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16")
	igw := app.InternetGateway("igw")

	public := app.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", igw)
	web := public.Instance("web").PublicIP().Allow("tcp/443", packetwalk.Anywhere)

	private := app.Subnet("private", "10.0.2.0/24")
	private.Instance("db").Allow("tcp/5432", web)

	return b.Build()
}

// README:end

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	n, err := network()
	if err != nil {
		return err
	}

	fmt.Fprint(w, "Who can reach whom?\n\n")
	for _, q := range []struct{ from, to, service string }{
		{"internet", "web", "tcp/443"},
		{"internet", "web", "tcp/22"},
		{"web", "db", "tcp/5432"},
		{"internet", "db", "tcp/5432"},
	} {
		flow, err := n.Probe(q.from, q.to, q.service)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "    %v\n", flow)
	}

	flow, err := n.Probe("internet", "web", "tcp/443")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\nThe way of the first one, there and back:\n\n%+v", flow)

	fmt.Fprint(w, "\nWhat the flow log of the web server's network interface says of it:\n\n")
	flow.Start = time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC) // the library reads no clock
	flow.End = flow.Start.Add(time.Minute)
	for _, r := range flow.Records() {
		fmt.Fprintf(w, "    %v\n", r)
	}
	return nil
}
