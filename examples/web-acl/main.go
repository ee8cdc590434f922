// Web-acl is the lesson on stateless filters: a network ACL that looks right and breaks `yum update`.
//
// The ACL of a web server's subnet lets in what a web server serves, 80, 443 and 22, and lets out 80, 443 and
// the ports 1024-65535, to which clients want their answers. Web pages work. What is easily forgotten is that
// the web server is a client too: when it calls a package repository, the answer comes back to a high port of
// its own, and no entry lets that in. A network ACL knows of no connections, so it does not see that this is
// an answer.
//
// The program shows the connection die on its way back, adds the entry that is missing, and then asks what
// that entry has opened: [packetwalk.Flow.Blockers] lists every control in the way, and not only the first.
//
//	go run ./examples/web-acl
package main

import (
	"fmt"
	"io"
	"log"
	"os"

	"github.com/packetwalk/packetwalk"
)

// everywhere is the block that each entry of the ACL is about.
const everywhere = "0.0.0.0/0"

// repository is where the packages are: any address outside would do.
const repository = "203.0.113.80"

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// site describes the network, and hands out its ACL to be mended.
func site() (*packetwalk.Builder, *packetwalk.ACLHandle) {
	b := packetwalk.New()
	v := b.VPC("site", "10.0.0.0/16")
	public := v.Subnet("public", "10.0.1.0/24").Route(everywhere, v.InternetGateway("igw"))
	public.Instance("web").PublicIP().
		Allow("tcp/80", packetwalk.Anywhere).
		Allow("tcp/443", packetwalk.Anywhere).
		Allow("tcp/22", packetwalk.Anywhere)

	acl := v.ACL("web-acl").For(public).
		AllowIn(100, "tcp/80", everywhere).
		AllowIn(110, "tcp/443", everywhere).
		AllowIn(120, "tcp/22", everywhere).
		AllowOut(100, "tcp/80", everywhere).
		AllowOut(110, "tcp/443", everywhere).
		AllowOut(120, "tcp/1024-65535", everywhere)
	return b, acl
}

func run(w io.Writer) error {
	b, acl := site()
	if err := before(w, b); err != nil {
		return err
	}
	acl.AllowIn(130, "tcp/1024-65535", everywhere)
	return after(w, b)
}

func before(w io.Writer, b *packetwalk.Builder) error {
	n, err := b.Build()
	if err != nil {
		return err
	}
	fmt.Fprint(w, "The ACL lets in 80, 443 and 22, and lets out 80, 443 and 1024-65535.\n\n")
	fmt.Fprint(w, "A visitor gets a page:\n\n")
	if err := show(w, n, packetwalk.Internet, "web", "tcp/80"); err != nil {
		return err
	}

	fmt.Fprint(w, "\nBut the web server gets no packages. Its request arrives; the answer dies:\n\n")
	flow, err := n.Probe("web", repository, "tcp/443")
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%+v", flow)

	fmt.Fprint(w, "\nA port that nobody should call from outside. Two controls stand in the way:\n\n")
	return show(w, n, packetwalk.Internet, "web", "tcp/8080")
}

func after(w io.Writer, b *packetwalk.Builder) error {
	n, err := b.Build()
	if err != nil {
		return err
	}
	fmt.Fprint(w, "\nWith the entry \"130 allow tcp/1024-65535\" inbound, answers come in:\n\n")
	if err := show(w, n, "web", repository, "tcp/443"); err != nil {
		return err
	}
	fmt.Fprint(w, "\nAnd so does whoever calls a high port. Only one control is left in the way:\n\n")
	return show(w, n, packetwalk.Internet, "web", "tcp/8080")
}

// show prints what becomes of a connection in one line, and a line for each control that blocks it.
func show(w io.Writer, n *packetwalk.Network, from, to, service string) error {
	flow, err := n.Probe(from, to, service)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "    %v\n", flow)
	for _, hop := range flow.Blockers() {
		fmt.Fprintf(w, "        in the way: %v\n", hop)
	}
	return nil
}
