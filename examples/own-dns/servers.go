package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

const (
	everywhere = "0.0.0.0/0"

	amazon = "10.0.0.2"  // the Amazon resolver of the VPC: base + 2
	own    = "10.0.2.53" // where the server of one's own is

	site = "www.example.com" // a name that everybody knows
)

// office is a VPC with an application in a private subnet. In the public one is a server, which can ask the
// servers of the world, and whose group lets nothing in.
type office struct {
	vpc             *packetwalk.VPCHandle
	private, public *packetwalk.SubnetHandle
	app, resolver   *packetwalk.InstanceHandle
}

func newOffice(b *packetwalk.Builder) office {
	v := b.VPC("office", "10.0.0.0/16").DNS(true, true)
	o := office{vpc: v, private: v.Subnet("private", "10.0.1.0/24")}
	o.public = v.Subnet("public", "10.0.2.0/24").Route(everywhere, v.InternetGateway("igw"))
	o.app = o.private.Instance("app").PrivateIP("10.0.1.10")
	o.resolver = o.public.Instance("resolver").PrivateIP(own).PublicIP()
	b.HostedZone("example-zone", "example.com").Record(site, dns.A, "203.0.113.80")
	return o
}

// amazons leaves the names to Amazon's server.
func amazons(b *packetwalk.Builder) { newOffice(b) }

// fenced lets nothing out of the application nor of its subnet.
func fenced(b *packetwalk.Builder) {
	o := newOffice(b)
	o.app.NoDefaultEgress()
	o.vpc.ACL("fence").For(o.private)
}

// off has no DNS resolution: enableDnsSupport.
func off(b *packetwalk.Builder) { newOffice(b).vpc.DNS(false, false) }

// withOwn leaves the names to the server of one's own, by DHCP options. Amazon's has been turned off, as it
// is when one wants to be sure that nobody asks it.
func withOwn(services ...string) lesson.Network {
	return func(b *packetwalk.Builder) {
		o := newOffice(b)
		o.vpc.DNS(false, false).DHCPOptions("own-servers", own)
		for _, one := range services {
			o.resolver.Allow(one, o.vpc)
		}
	}
}

func servers() []lesson.Scene {
	return []lesson.Scene{{
		Title: "Amazon's server.",
		Asked: []lesson.Question{
			lesson.Resolve("as it comes", amazons, "app", site).Hops().Logged(),
			lesson.Resolve("a group and an ACL that let nothing out", fenced, "app", site).Logged(),
			lesson.Ask("asked by its address", fenced, "app", amazon, "udp/53").Logged(),
		},
		Why: "It is in every VPC, at base + 2. No group or ACL stops the question, and no flow log has it.",
	}, {
		Title: "DNS resolution is turned off for the VPC.",
		Asked: []lesson.Question{
			lesson.Ask("", off, "app", amazon, "udp/53"),
			lesson.Ask("", off, "app", site, "tcp/443"),
		},
		Why: "Amazon's server answers nobody. Who can't look up a name does not call at all.",
	}, {
		Title: "A server of one's own, which the VPC's DHCP options name. What does its group let in?",
		Asked: []lesson.Question{
			lesson.Resolve("nothing", withOwn(), "app", site).Logged(),
			lesson.Ask("tcp/53", withOwn("tcp/53"), "app", site, "tcp/443"),
			lesson.Resolve("udp/53", withOwn("udp/53"), "app", site).Hops().Logged(),
		},
		Why: "Now the question is a packet like any other: the groups have to let it by, and both interfaces log it.",
	}}
}
