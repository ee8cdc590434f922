package main

import (
	"fmt"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// places are the VPCs "v1", "v2" and so on, each with an instance "i1", "i2" and so on that lets in whoever
// calls.
func places(b *packetwalk.Builder, count int) (list []*packetwalk.VPCHandle) {
	for i := 1; i <= count; i++ {
		v := b.VPC(fmt.Sprintf("v%d", i), fmt.Sprintf("10.%d.0.0/16", i))
		v.Subnet(fmt.Sprintf("s%d", i), fmt.Sprintf("10.%d.1.0/24", i)).
			Instance(fmt.Sprintf("i%d", i)).Allow("tcp/443", packetwalk.Anywhere)
		list = append(list, v)
	}
	return list
}

// chain peers v1 with v2, and v2 with v3. The peerings bring their routes.
func chain(b *packetwalk.Builder) {
	v := places(b, 3)
	b.Peer(v[0], v[1])
	b.Peer(v[1], v[2])
}

// insistent has a route from v1 to v3's addresses by way of v2 too, and the same back.
func insistent(b *packetwalk.Builder) {
	v := places(b, 3)
	v[0].Route("10.3.0.0/16", b.Peer(v[0], v[1]))
	v[2].Route("10.1.0.0/16", b.Peer(v[1], v[2]))
}

// mesh peers each VPC with each other one.
func mesh(count int) lesson.Network {
	return func(b *packetwalk.Builder) {
		v := places(b, count)
		for i := range v {
			for j := range v[:i] {
				b.Peer(v[j], v[i])
			}
		}
	}
}

// star peers the first VPC with each other one.
func star(b *packetwalk.Builder) {
	v := places(b, 5)
	for _, spoke := range v[1:] {
		b.Peer(v[0], spoke)
	}
}

// counted says how many VPCs and peerings there are.
func counted(network lesson.Network) string {
	b := packetwalk.New()
	network(b)
	c := b.Config()
	return fmt.Sprintf("%d VPCs, %d peerings", len(c.VPCs), len(c.Peerings))
}

// gateways has, in VPC "app", all the ways out that there are, and leads everything from VPC "data" to "app".
func gateways(b *packetwalk.Builder) {
	p := newPair(b)
	public := p.app.Subnet("public", "10.0.0.0/24").Route(everywhere, p.app.InternetGateway("igw"))
	p.front.Route(everywhere, public.NAT("nat"))
	p.app.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", p.front)
	join := b.Peer(p.app, p.data)
	p.back.Route(everywhere, join)
}

func beyondScenes() []lesson.Scene {
	three, four := mesh(3), mesh(4)
	return []lesson.Scene{{
		Title: "v1 is peered with v2, and v2 with v3. From v1 to v3?",
		Asked: []lesson.Question{
			lesson.Ask("to the peer", chain, "i1", "i2", "tcp/443"),
			lesson.Ask("to the peer's peer", chain, "i1", "i3", "tcp/443"),
			lesson.Ask("by routes of one's own", insistent, "i1", "i3", "tcp/443"),
		},
		Why: "Peering is not transitive. A route does not help: a peering takes packets for its two VPCs only.",
	}, {
		Title: "Everybody with everybody takes a peering for each pair.",
		Asked: []lesson.Question{
			lesson.Ask(counted(three), three, "i1", "i2", "tcp/443"),
			lesson.Ask(counted(three), three, "i2", "i3", "tcp/443"),
			lesson.Ask(counted(three), three, "i1", "i3", "tcp/443"),
			lesson.Ask(counted(four), four, "i1", "i4", "tcp/443"),
		},
		Why: "n VPCs have n(n-1)/2 pairs.",
	}, {
		Title: "A star: v1 in the middle, with a peering to each of the others.",
		Asked: []lesson.Question{
			lesson.Ask(counted(star), star, "i1", "i5", "tcp/443"),
			lesson.Ask(counted(star), star, "i5", "i1", "tcp/443"),
			lesson.Ask(counted(star), star, "i2", "i5", "tcp/443"),
		},
		Why: "The middle reaches all and all reach it, but not each other.",
	}, {
		Title: "data leads everything to app, which has an internet gateway, a NAT gateway and an endpoint for S3.",
		Asked: []lesson.Question{
			lesson.Ask("from app itself", gateways, "web", "internet", "tcp/443"),
			lesson.Ask("from app itself", gateways, "web", "s3", "tcp/443"),
			lesson.Ask("from data", gateways, "db", "internet", "tcp/443"),
			lesson.Ask("from data", gateways, "db", "s3", "tcp/443"),
			lesson.Ask("from data", gateways, "db", "nat", "tcp/443"),
		},
		Why: "No edge-to-edge routing: the gateways of a VPC serve nobody but it.",
	}}
}
