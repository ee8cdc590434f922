package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// overlapping are two VPCs with the same block; overlappingSecond two of which only the second blocks share
// addresses.
func overlapping(b *packetwalk.Builder) {
	b.PeerWithoutRoutes(b.VPC("a", "10.0.0.0/16"), b.VPC("b", "10.0.0.0/16"))
}

func overlappingSecond(b *packetwalk.Builder) {
	b.PeerWithoutRoutes(b.VPC("a", "10.0.0.0/16", "100.64.0.0/16"), b.VPC("b", "10.1.0.0/16", "100.64.128.0/20"))
}

// twins is VPC "hub" with two peers that have the same block, "east" and "west". Each has an instance with
// the same address, which lets in whatever comes from hub. Hub leads that block to west.
func twins(b *packetwalk.Builder) { newTwins(b) }

func newTwins(b *packetwalk.Builder) (hub *packetwalk.VPCHandle, east *packetwalk.PeeringHandle) {
	hub = b.VPC("hub", "172.16.0.0/16")
	hub.Subnet("services", "172.16.1.0/24").Instance("service").Allow("tcp/443", packetwalk.Anywhere)
	peered := func(id string) *packetwalk.PeeringHandle {
		v := b.VPC(id, "10.0.0.0/16")
		v.Subnet(id+"-subnet", "10.0.1.0/24").Instance(id+"-client").PrivateIP("10.0.1.10").Allow("all", hub)
		join := b.PeerWithoutRoutes(hub, v)
		v.Route("172.16.0.0/16", join)
		return join
	}
	east = peered("east")
	hub.Route("10.0.0.0/16", peered("west"))
	return hub, east
}

// preferred leads a part of the block to east, by a longer prefix.
func preferred(b *packetwalk.Builder) {
	hub, east := newTwins(b)
	hub.Route("10.0.1.0/24", east)
}

func twinScenes() []lesson.Scene {
	return []lesson.Scene{{
		Title: "Peers that share addresses.",
		Asked: []lesson.Question{
			lesson.Refused("the same block", overlapping),
			lesson.Refused("a second block", overlappingSecond),
		},
		Why: "One overlap of any two blocks is enough, used or not.",
	}, {
		Title: "hub has two peers, east and west, that share their addresses with each other. Its route leads to west.",
		Asked: []lesson.Question{
			lesson.Ask("", twins, "west-client", "service", "tcp/443"),
			lesson.Ask("", twins, "east-client", "service", "tcp/443").Hops(),
		},
		Why: "A reply follows the routes, not the way of its request: here to the same address in the other VPC.",
	}, {
		Title: "hub leads 10.0.1.0/24 to east.",
		Asked: []lesson.Question{
			lesson.Ask("", preferred, "east-client", "service", "tcp/443"),
			lesson.Ask("", preferred, "west-client", "service", "tcp/443"),
		},
		Why: "The longest prefix wins, for one of them only: these two can't both use one address.",
	}}
}
