package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// webName is the public host name that AWS gave to the web server, by its public address.
const webName = "ec2-198-51-100-7.compute-1.amazonaws.com"

// peered has a web server in the office with a public address, and a branch that is peered with the office.
// The server's group lets in the branch, by its private addresses.
type peered struct {
	office, branch *packetwalk.VPCHandle
	peering        *packetwalk.PeeringHandle
}

func newPeered(b *packetwalk.Builder) peered {
	o := newOffice(b)
	v := b.VPC("branch", "10.1.0.0/16").DNS(true, true)
	v.Subnet("desks", "10.1.1.0/24").Instance("desk").PrivateIP("10.1.1.10")
	o.public.Instance("web").PrivateIP("10.0.2.10").ElasticIP("198.51.100.7").Allow("tcp/443", v)
	return peered{o.vpc, v, b.Peer(o.vpc, v)}
}

// joined lets nobody look up the private addresses of the other side, as AWS does.
func joined(b *packetwalk.Builder) { newPeered(b) }

// resolving lets the branch look up those of the office.
func resolving(b *packetwalk.Builder) {
	p := newPeered(b)
	p.peering.DNSResolution(p.office)
}

// wrongSide lets the office look up those of the branch.
func wrongSide(b *packetwalk.Builder) {
	p := newPeered(b)
	p.peering.DNSResolution(p.branch)
}

func peers() []lesson.Scene {
	return []lesson.Scene{{
		Title: "The public host name of a server in the office. The branch is a peer of the office.",
		Asked: []lesson.Question{
			lesson.Resolve("in the office", joined, "app", webName),
			lesson.Resolve("outside", joined, "internet", webName),
			lesson.Resolve("in the branch", joined, "desk", webName).Hops(),
			lesson.Ask("in the branch", joined, "desk", webName, "tcp/443"),
		},
		Why: "Inside its VPC the name leads to the private address, and elsewhere to the public one. The peer counts as elsewhere.",
	}, {
		Title: "The peering connection's option for DNS.",
		Asked: []lesson.Question{
			lesson.Resolve("on for the branch's names", wrongSide, "desk", webName),
			lesson.Resolve("on for the office's names", resolving, "desk", webName).Hops(),
			lesson.Ask("on for the office's names", resolving, "desk", webName, "tcp/443"),
			lesson.Ask("the office's Amazon server", resolving, "desk", amazon, "udp/53"),
		},
		Why: "Each side says whether its own names may lead the other one to private addresses. Its server is its own all the same.",
	}}
}
