package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// db is a name of the office's own. The public DNS knows it too, and has another address for it.
const db = "db.corp.example.com"

// split has the name in a public hosted zone, and in a private one for the office.
func split(b *packetwalk.Builder) { newSplit(b) }

func newSplit(b *packetwalk.Builder) (office, *packetwalk.HostedZoneHandle) {
	o := newOffice(b)
	branch := b.VPC("branch", "10.1.0.0/16").DNS(true, true)
	branch.Subnet("desks", "10.1.1.0/24").Instance("desk").PrivateIP("10.1.1.10")
	b.HostedZone("public-zone", "corp.example.com").Record(db, dns.A, "203.0.113.50")
	return o, b.HostedZone("private-zone", "corp.example.com").Associate(o.vpc).Record(db, dns.A, "10.0.2.50")
}

// nameless has the same, and no DNS host names in the office.
func nameless(b *packetwalk.Builder) {
	o, _ := newSplit(b)
	o.vpc.DNS(true, false)
}

// forwarding has the office ask a server of its own, which asks Amazon's for what it does not know.
func forwarding(b *packetwalk.Builder) {
	o, _ := newSplit(b)
	o.vpc.DHCPOptions("own-servers", own)
	o.resolver.Allow("udp/53", o.vpc)
}

func zones() []lesson.Scene {
	return []lesson.Scene{{
		Title: "A name that is in a public hosted zone, and in a private one for the office.",
		Asked: []lesson.Question{
			lesson.Resolve("asked in the office", split, "app", db).Hops(),
			lesson.Resolve("asked in another VPC", split, "desk", db),
			lesson.Resolve("asked outside", split, "internet", db),
		},
		Why: "A private zone answers in the VPCs that it is associated with. Elsewhere it does not exist.",
	}, {
		Title: "The same in the office, after something was changed.",
		Asked: []lesson.Question{
			lesson.Resolve("enableDnsHostnames is off", nameless, "app", db).Hops(),
			lesson.Resolve("a server of one's own, which asks Amazon's", forwarding, "app", db),
		},
		Why: "Private zones need both attributes. Who asks Amazon's server in the place of others has the names of its own VPC.",
	}}
}
