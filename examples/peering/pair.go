package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
	"github.com/packetwalk/packetwalk/peering"
)

// everywhere is the destination of a default route.
const everywhere = "0.0.0.0/0"

// pair is two VPCs, "app" with the instance "web" and "data" with the instance "db", which lets in whoever
// has the group of web.
type pair struct {
	app, data   *packetwalk.VPCHandle
	front, back *packetwalk.SubnetHandle
	web, db     *packetwalk.InstanceHandle
}

func newPair(b *packetwalk.Builder) pair {
	p := pair{app: b.VPC("app", "10.0.0.0/16"), data: b.VPC("data", "10.1.0.0/16")}
	p.front, p.back = p.app.Subnet("front", "10.0.1.0/24"), p.data.Subnet("back", "10.1.1.0/24")
	p.web, p.db = p.front.Instance("web"), p.back.Instance("db")
	return p
}

// joined has the peering connection and no routes. A rule that names a group of the other VPC needs the
// peering, so it comes with it.
func (p pair) joined(b *packetwalk.Builder) *packetwalk.PeeringHandle {
	p.db.Allow("tcp/5432", p.web)
	return b.PeerWithoutRoutes(p.app, p.data)
}

func noRoutes(b *packetwalk.Builder) { newPair(b).joined(b) }

func oneRoute(b *packetwalk.Builder) {
	p := newPair(b)
	p.app.Route("10.1.0.0/16", p.joined(b))
}

func bothRoutes(b *packetwalk.Builder) { withRoutes(b) }

func withRoutes(b *packetwalk.Builder) (pair, *packetwalk.PeeringHandle) {
	p := newPair(b)
	join := p.joined(b)
	p.app.Route("10.1.0.0/16", join)
	p.data.Route("10.0.0.0/16", join)
	return p, join
}

// pending has both routes, and a peering that nobody has accepted yet.
func pending(b *packetwalk.Builder) {
	p := newPair(b)
	p.db.Allow("tcp/5432", p.front)
	join := b.PeerWithoutRoutes(p.app, p.data).Status(peering.PendingAcceptance)
	p.app.Route("10.1.0.0/16", join)
	p.data.Route("10.0.0.0/16", join)
}

// abroad has VPC data in another account and Region. Who may call db is said by an address block, or by a
// group.
func abroad(region string, from func(pair) packetwalk.Peer) lesson.Network {
	return func(b *packetwalk.Builder) {
		p := newPair(b)
		p.data.Account("222222222222").Region(region)
		p.db.Allow("tcp/5432", from(p))
		b.Peer(p.app, p.data)
	}
}

// colleague has another instance beside web, with another group.
func colleague(b *packetwalk.Builder) {
	p, _ := withRoutes(b)
	p.front.Instance("other")
}

// walled has a network ACL around db, which forgets the replies.
func walled(b *packetwalk.Builder) {
	p, _ := withRoutes(b)
	p.data.ACL("back-acl").For(p.back).AllowIn(100, "tcp/5432", "10.0.0.0/16")
}

func byGroup(p pair) packetwalk.Peer { return p.web }
func byBlock(p pair) packetwalk.Peer { return p.front }

func pairScenes() []lesson.Scene {
	return []lesson.Scene{{
		Title: "Two VPCs and a peering connection between them. Which routes does it take?",
		Asked: []lesson.Question{
			lesson.Ask("none", noRoutes, "web", "db", "tcp/5432"),
			lesson.Ask("the one there", oneRoute, "web", "db", "tcp/5432").Hops(),
			lesson.Ask("and the one back", bothRoutes, "web", "db", "tcp/5432"),
		},
		Why: "The reply is a packet like any other: it takes the routes of the subnet that it leaves.",
	}, {
		Title: "Both routes, and the owner of the other VPC has not accepted yet.",
		Asked: []lesson.Question{
			lesson.Ask("", pending, "web", "db", "tcp/5432").Warned(),
		},
		Why: "A route may be made before; it is a blackhole until the peering is active.",
	}, {
		Title: "The filters of both sides still apply. The rule of db names the group of web, across the peering.",
		Asked: []lesson.Question{
			lesson.Ask("web, of that group", bothRoutes, "web", "db", "tcp/5432"),
			lesson.Ask("its neighbour, of another", colleague, "other", "db", "tcp/5432"),
			lesson.Ask("another port", bothRoutes, "web", "db", "tcp/22"),
			lesson.Ask("an ACL without replies", walled, "web", "db", "tcp/5432").Warned(),
		},
		Why: "Each missing thing has a reason of its own.",
	}, {
		Title: "data belongs to another account; app is in us-east-1.",
		Asked: []lesson.Question{
			lesson.Ask("data too, a rule that names the group", abroad("us-east-1", byGroup), "web", "db", "tcp/5432"),
			lesson.Ask("data in eu-west-1, a rule for the block", abroad("eu-west-1", byBlock), "web", "db", "tcp/5432"),
			lesson.Refused("data in eu-west-1, a rule that names the group", abroad("eu-west-1", byGroup)),
		},
		Why: "Peerings cross accounts and Regions; references to groups cross accounts only.",
	}}
}
