package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
	"github.com/packetwalk/packetwalk/gateway"
)

// deadEnd has the NAT gateway in a subnet of its own, from where nothing leads on.
func deadEnd(b *packetwalk.Builder) {
	s := newShop(b)
	s.private.Route(everywhere, s.vpc.Subnet("nat-subnet", "10.0.3.0/24").NAT("nat"))
}

// misplaced has the NAT gateway beside the application, in a subnet that leads everything to that NAT
// gateway.
func misplaced(b *packetwalk.Builder) {
	s := newShop(b)
	s.private.Route(everywhere, s.private.NAT("nat"))
}

// oneForTwo has a second application in another zone, which uses the NAT gateway of the first.
func oneForTwo(b *packetwalk.Builder) {
	s := newShop(b)
	nat := s.public.NAT("nat")
	s.private.Route(everywhere, nat)
	s.vpc.Subnet("private-b", "10.0.12.0/24").Zone("us-east-1b").Route(everywhere, nat).Instance("app-b")
}

// oneEach has a NAT gateway in each zone.
func oneEach(b *packetwalk.Builder) {
	s := newRoutedShop(b)
	public := s.vpc.Subnet("public-b", "10.0.11.0/24").Zone("us-east-1b").Route(everywhere, s.igw)
	s.vpc.Subnet("private-b", "10.0.12.0/24").Zone("us-east-1b").Route(everywhere, public.NAT("nat-b")).Instance("app-b")
}

// places are where a NAT gateway can stand.
func places() []lesson.Scene {
	bare := func(c *packetwalk.Config) { c.NATGateways[0].Addresses = nil }
	deleted := func(c *packetwalk.Config) { c.NATGateways[0].State = gateway.NATDeleted }
	return []lesson.Scene{{
		Title: "In which subnet does it stand?",
		Asked: []lesson.Question{
			lesson.Ask("the public one", routed, "app", "internet", "tcp/443"),
			lesson.Ask("one that leads nowhere", deadEnd, "app", "internet", "tcp/443").Warned(),
			lesson.Ask("the application's own", misplaced, "app", "internet", "tcp/443").Warned(),
		},
		Why: "What it sends takes the routes of its own subnet, and they have to lead to an internet gateway.",
	}, {
		Title: "It has no Elastic IP address. Or it is deleted, and the route to it stays.",
		Asked: []lesson.Question{
			lesson.Refused("no address", routed).Edit(bare),
			lesson.Ask("deleted", routed, "app", "internet", "tcp/443").Edit(deleted).Warned(),
		},
		Why: "A public one needs an address to send from. And a route to what is gone is a blackhole.",
	}, {
		Title: "One for two zones, or one a zone?",
		Asked: []lesson.Question{
			lesson.Ask("one for two", oneForTwo, "app-b", "internet", "tcp/443").Warned(),
			lesson.Ask("and it is gone", oneForTwo, "app-b", "internet", "tcp/443").Edit(deleted),
			lesson.Ask("one each", oneEach, "app-b", "internet", "tcp/443").Warned(),
			lesson.Ask("and the other's is gone", oneEach, "app-b", "internet", "tcp/443").Edit(deleted),
		},
		Why: "A NAT gateway stands in one zone. What another zone hangs on it goes with it.",
	}}
}
