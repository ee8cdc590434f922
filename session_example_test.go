package packetwalk_test

import (
	"fmt"
	"time"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
)

// README:start

// sshFrom is a server that lets SSH in from somewhere.
func sshFrom(cidr packetwalk.CIDR) *packetwalk.Network {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	public := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	public.Instance("web").PublicIP().Allow("tcp/22", cidr)
	n, err := b.Build()
	if err != nil {
		panic(err)
	}
	return n
}

func ExampleSession() {
	s := sshFrom("203.0.113.10/32").NewSession(time.Time{})
	first, _ := s.Probe("internet", "web", "tcp/22")
	fmt.Println(first)

	_ = s.Apply(sshFrom("192.0.2.0/24")) // who is connected is no longer allowed to connect

	next := first.Forward.Sent
	next.Flags = packet.ACK
	tr, _ := s.Send("internet", next)
	fmt.Println("the connection goes on:", tr.Delivered())
	again, _ := s.Probe("internet", "web", "tcp/22")
	fmt.Println(again)

	s.Advance(5 * 24 * time.Hour) // nobody says a word
	tr, _ = s.Send("internet", next)
	fmt.Println("the connection goes on:", tr.Delivered())
	// Output:
	// internet -> web tcp/22: works
	// the connection goes on: true
	// internet -> web tcp/22: request dropped at security group web-sg: ENI_SG_RULES_MISMATCH
	// the connection goes on: false
}

// README:end
