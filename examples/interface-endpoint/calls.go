package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// guarded has an endpoint whose group lets in these services from the VPC, and no others.
func guarded(services ...string) lesson.Network {
	return func(b *packetwalk.Builder) {
		v := b.VPC("shop", "10.0.0.0/16").DNS(true, true)
		s := v.Subnet("private-a", "10.0.1.0/24")
		s.Instance("app-a")
		e := v.InterfaceEndpoint("vpce-sqs", service, s).PrivateDNS()
		for _, one := range services {
			e.Allow(one, v)
		}
	}
}

// peered has a second VPC, which has its own names and the route to the first one, and which the endpoint's
// group lets in.
func peered(b *packetwalk.Builder) {
	s := newShop(b)
	v := b.VPC("partner", "10.9.0.0/16").DNS(true, true)
	v.Subnet("clients", "10.9.1.0/24").Instance("client")
	s.endpoint.PrivateDNS().Allow("tcp/443", v)
	b.Peer(s.vpc, v).DNSResolution()
}

// inOneZone has the endpoint in zone a alone.
func inOneZone(b *packetwalk.Builder) {
	v := b.VPC("shop", "10.0.0.0/16").DNS(true, true)
	a := v.Subnet("private-a", "10.0.1.0/24").Zone("us-east-1a")
	v.Subnet("private-b", "10.0.2.0/24").Zone("us-east-1b").Instance("app-b")
	v.InterfaceEndpoint("vpce-sqs", service, a).PrivateDNS().Allow("tcp/443", v)
}

func calls() []lesson.Scene {
	fails := func(c *packetwalk.Config) { c.ImpairedZones = []string{"us-east-1a"} }
	return []lesson.Scene{{
		Title: "What does the endpoint's own group let in?",
		Asked: []lesson.Question{
			lesson.Ask("tcp/80", guarded("tcp/80"), "app-a", queues, "tcp/443"),
			lesson.Ask("tcp/443", guarded("tcp/443"), "app-a", queues, "tcp/443").Way(),
			lesson.Ask("everything", guarded("all"), "app-a", queues, "icmp/echo-request"),
		},
		Why: "A time-out to a private address: the name is right, and the group is not. A ping is never answered.",
	}, {
		Title: "A peer, which may look up the other VPC's host names.",
		Asked: []lesson.Question{
			lesson.Resolve("the service's name", peered, "client", queues),
			lesson.Ask("the service's name", peered, "client", queues, "tcp/443"),
			lesson.Resolve("the endpoint's name", peered, "client", ofEndpoint),
			lesson.Ask("the endpoint's name", peered, "client", ofEndpoint, "tcp/443").Way(),
		},
		Why: "The endpoint serves who has a route to it. But its private DNS is for its own VPC.",
	}, {
		Title: "Zone a fails.",
		Asked: []lesson.Question{
			lesson.Ask("before, in zone a alone", inOneZone, "app-b", queues, "tcp/443").Way(),
			lesson.Ask("in zone a alone", inOneZone, "app-b", queues, "tcp/443").Edit(fails),
			lesson.Resolve("in both zones", private, "app-b", queues).Edit(fails),
			lesson.Ask("in both zones", private, "app-b", queues, "tcp/443").Way().Edit(fails),
		},
		Why: "An address stands in one zone and goes with it. The name leads to those that are left.",
	}}
}
