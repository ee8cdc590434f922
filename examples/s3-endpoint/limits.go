package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// newEndpointLab is the lab without a way out but the endpoint.
func newEndpointLab(b *packetwalk.Builder) lab {
	l := newLab(b)
	l.endpoint()
	return l
}

// overlooked has a second private subnet, with a table that the endpoint was not given.
func overlooked(b *packetwalk.Builder) {
	l := newEndpointLab(b)
	other := l.vpc.Subnet("other", "10.0.3.0/24")
	l.vpc.RouteTable("other-rtb").Associate(other)
	other.Instance("batch")
}

// peered has a second VPC that leads everything to the lab.
func peered(b *packetwalk.Builder) {
	l := newEndpointLab(b)
	v := b.VPC("partner", "10.9.0.0/16").Region(region)
	v.Subnet("clients", "10.9.1.0/24").Route(everywhere, b.Peer(l.vpc, v)).Instance("client")
}

// strict has an application whose group lets it call inside the VPC only.
func strict(b *packetwalk.Builder) {
	l := newEndpointLab(b)
	l.app.NoDefaultEgress().AllowOut("tcp/443", l.vpc)
}

// listed has one that may call the endpoint as well: the rule names the prefix list that this brings with it.
func listed(b *packetwalk.Builder) {
	l := newLab(b)
	l.app.NoDefaultEgress().AllowOut("tcp/443", l.vpc, l.endpoint())
}

// fenced has an ACL around the private subnet, which takes no prefix list: HTTPS may go out, and replies come
// in from these addresses.
func fenced(replies string) lesson.Network {
	return func(b *packetwalk.Builder) {
		l := newEndpointLab(b)
		l.vpc.ACL("private-acl").For(l.private).
			AllowOut(100, "tcp/443", everywhere).AllowIn(100, "tcp/1024-65535", replies)
	}
}

func limits() []lesson.Scene {
	endpoint, both := by(false, true), by(true, true)
	return []lesson.Scene{{
		Title: "S3 of which Region? The endpoint is for eu-west-1.",
		Asked: []lesson.Question{
			lesson.Ask("the endpoint's", endpoint, "app", s3, "tcp/443").Way(),
			lesson.Ask("another one", endpoint, "app", s3Abroad, "tcp/443").Way(),
			lesson.Ask("another one, with a default route", both, "app", s3Abroad, "tcp/443").Way(),
		},
		Why: "A tool that nobody told the Region may call us-east-1: a time-out without a NAT gateway, and with one past the endpoint.",
	}, {
		Title: "Who may use it?",
		Asked: []lesson.Question{
			lesson.Ask("a subnet whose table has it", overlooked, "app", s3, "tcp/443").Way(),
			lesson.Ask("a subnet with another table", overlooked, "batch", s3, "tcp/443").Way(),
			lesson.Ask("a peer that leads all to the VPC", peered, "client", s3, "tcp/443").Way(),
		},
		Why: "It is a route in the tables that were chosen, and serves nobody outside of its VPC.",
	}, {
		Title: "What has to let the call by? A group of the application that lets it call the VPC's own addresses only.",
		Asked: []lesson.Question{
			lesson.Ask("the VPC's addresses", strict, "app", s3, "tcp/443").Way(),
			lesson.Ask("and the endpoint's prefix list", listed, "app", s3, "tcp/443").Way(),
		},
		Why: "The call goes to a public address of S3. A rule for the prefix list is a rule for just those.",
	}, {
		Title: "And an ACL, from where does it let replies in?",
		Asked: []lesson.Question{
			lesson.Ask("the VPC's addresses", fenced("10.0.0.0/16"), "app", s3, "tcp/443").Way(),
			lesson.Ask("everywhere", fenced(everywhere), "app", s3, "tcp/443").Way(),
		},
		Why: "The reply comes from S3's public address too. An ACL takes no prefix list: it takes blocks.",
	}}
}
