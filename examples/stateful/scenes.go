package main

import (
	"time"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
)

const (
	ack    = packet.ACK
	data   = packet.ACK | packet.PSH
	fin    = packet.ACK | packet.FIN
	laptop = packetwalk.CIDR("203.0.113.10/32") // the address of "internet"
	nobody = packetwalk.CIDR("192.0.2.1/32")
)

// site is a web server that everybody can reach, as far as its group and its subnet's ACL let them.
func site(b *packetwalk.Builder) (*packetwalk.VPCHandle, *packetwalk.SubnetHandle, *packetwalk.InstanceHandle) {
	v := b.VPC("site", "10.0.0.0/16")
	s := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	return v, s, s.Instance("web").PublicIP()
}

// allowing lets somebody log in; what the server sends may go anywhere.
func allowing(who packetwalk.Peer) func(*packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		_, _, web := site(b)
		web.Allow("tcp/22", who)
	}
}

// fenced is the same with an ACL that lets nothing by.
func fenced(b *packetwalk.Builder) {
	v, s, web := site(b)
	web.Allow("tcp/22", laptop)
	v.ACL("fence").For(s)
}

// silent lets requests in, and nothing out but answers.
func silent(b *packetwalk.Builder) {
	_, _, web := site(b)
	web.NoDefaultEgress().Allow("tcp/22", laptop).Allow("udp/53", laptop)
}

// forgetful is silent, and takes no more requests.
func forgetful(b *packetwalk.Builder) {
	_, _, web := site(b)
	web.NoDefaultEgress().Allow("tcp/22", nobody)
}

// behindNAT has a private instance behind a NAT gateway.
func behindNAT(b *packetwalk.Builder) {
	v, s, _ := site(b)
	v.Subnet("private", "10.0.2.0/24").Route("0.0.0.0/0", s.NAT("nat")).Instance("app")
}

func scenes() []scene {
	return []scene{{
		title: "A rule for one address is taken away while a connection is open.", network: allowing(laptop),
		from: "internet", to: "web", service: "tcp/22",
		steps: []step{
			wait(10 * time.Second), apply("the rule is taken away", allowing(nobody)),
			asks(data), answers(data), another,
			apply("an ACL that denies all takes the place of the default one", fenced), asks(data), answers(data),
		},
		why: "The group tracks the connection, and goes on to let it by. To cut it at once takes an ACL, which knows of no connections.",
	}, {
		title: "The same rule for every address.", network: allowing(packetwalk.Anywhere),
		from: "internet", to: "web", service: "tcp/22",
		steps: []step{
			asks(data), answers(data),
			wait(10 * time.Second), apply("the rule is taken away", allowing(nobody)), asks(data),
		},
		why: "Open to everybody, and all ports open the other way: the group has no need to track it, so the connection hangs on the rule.",
	}, {
		title: "A question and its answer, and then nothing for a while.", network: silent,
		from: "internet", to: "web", service: "udp/53",
		steps: []step{
			wait(29 * time.Second), answers(0),
			apply("the rule is taken away", forgetful), wait(30 * time.Second), answers(0), asks(0),
		},
		why: "UDP is remembered for 30 seconds from its last packet on, and for 180 once there was more than one question with its answer.",
	}, {
		title: "Both ends say goodbye, and one says it twice.", network: silent,
		from: "internet", to: "web", service: "tcp/22",
		steps: []step{asks(fin), answers(fin), asks(ack), answers(fin)},
		why:   "The connection is over, and its late segment a new packet, for which there is no rule. Flow logs are full of such REJECTs.",
	}, {
		title: "An idle connection through a NAT gateway.", network: behindNAT,
		from: "app", to: "internet", service: "tcp/443",
		steps: []step{
			wait(349 * time.Second), asks(data), wait(350 * time.Second), asks(data), asks(data),
		},
		why: "A NAT gateway forgets after 350 seconds, and says so to who asks next: a reset, which the application takes for its server's.",
	}}
}
