package main

import (
	"slices"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// everywhere is the destination of a default route.
const everywhere = "0.0.0.0/0"

// shop is a VPC with a public subnet and a private one. The application in the private one is who wants to
// call out.
type shop struct {
	vpc             *packetwalk.VPCHandle
	igw             *packetwalk.GatewayHandle
	public, private *packetwalk.SubnetHandle
	app             *packetwalk.InstanceHandle
}

func newShop(b *packetwalk.Builder) shop {
	v := b.VPC("shop", "10.0.0.0/16")
	s := shop{vpc: v, igw: v.InternetGateway("igw")}
	s.public = v.Subnet("public", "10.0.1.0/24").Route(everywhere, s.igw)
	s.private = v.Subnet("private", "10.0.2.0/24")
	s.app = s.private.Instance("app")
	return s
}

// unrouted has a NAT gateway, to which nothing leads.
func unrouted(b *packetwalk.Builder) { newShop(b).public.NAT("nat") }

// routed has what it takes: the NAT gateway in the public subnet, and a default route to it in the private
// one.
func routed(b *packetwalk.Builder) { newRoutedShop(b) }

func newRoutedShop(b *packetwalk.Builder) shop {
	s := newShop(b)
	s.private.Route(everywhere, s.public.NAT("nat"))
	return s
}

func scenes() []lesson.Scene {
	return slices.Concat(basics(), acls(), places())
}

func basics() []lesson.Scene {
	return []lesson.Scene{{
		Title: "A NAT gateway in the public subnet, then a default route to it in the table of the private subnet.",
		Asked: []lesson.Question{
			lesson.Ask("no route", unrouted, "app", "internet", "tcp/443"),
			lesson.Ask("a route", routed, "app", "internet", "tcp/443").Hops(),
		},
		Why: "The source is rewritten twice, and twice back. The NAT gateway knows the reply as part of a connection.",
	}, {
		Title: "Who can open a connection to the NAT gateway, or by it to the application, whose group lets everybody in?",
		Asked: []lesson.Question{
			lesson.Ask("", callable, "internet", "nat", "tcp/443"),
			lesson.Ask("", callable, "internet", "nat", "icmp/echo-request"),
			lesson.Ask("", callable, "internet", "app", "tcp/443"),
			lesson.Ask("", callable, "neighbour", "nat", "tcp/443"),
			lesson.Ask("", callable, "app", "nat", "icmp/echo-request"),
		},
		Why: "From outside or inside, it takes no connections for itself, and does not answer a ping.",
	}, {
		Title: "Which protocols does it forward?",
		Asked: []lesson.Question{
			lesson.Ask("", routed, "app", "internet", "tcp/443"),
			lesson.Ask("", routed, "app", "internet", "udp/4500"),
			lesson.Ask("", routed, "app", "internet", "icmp/echo-request"),
			lesson.Ask("", routed, "app", "internet", "esp"),
		},
		Why: "ESP is what IPsec is made of. With UDP around it, on port 4500, it would pass.",
	}}
}

// callable has an application that would answer anybody, and an instance beside the NAT gateway.
func callable(b *packetwalk.Builder) {
	s := newRoutedShop(b)
	s.app.Allow("all", packetwalk.Anywhere)
	s.public.Instance("neighbour")
}
