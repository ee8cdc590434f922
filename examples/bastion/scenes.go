package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

const (
	everywhere = "0.0.0.0/0"                       // the destination of a default route
	offices    = packetwalk.CIDR("203.0.113.0/24") // who may log in to a bastion
	office     = "203.0.113.10"                    // one of them
	stranger   = "192.0.2.10"                      // somebody else
)

// The two zones.
const zoneA, zoneB = "us-east-1a", "us-east-1b"

// site is a VPC with a public and a private subnet in one zone, and the bastions' group.
type site struct {
	vpc      *packetwalk.VPCHandle
	igw      *packetwalk.GatewayHandle
	public   *packetwalk.SubnetHandle
	app      *packetwalk.InstanceHandle
	bastions *packetwalk.GroupHandle
}

// newSite has a bastion in the public subnet, and beside it a web server that is nobody's bastion.
func newSite(b *packetwalk.Builder) site {
	v := b.VPC("site", "10.0.0.0/16")
	s := site{vpc: v, igw: v.InternetGateway("igw"), bastions: v.Group("bastions").Allow("tcp/22", offices)}
	s.public = v.Subnet("public-a", "10.0.1.0/24").Zone(zoneA).Route(everywhere, s.igw)
	s.public.Instance("bastion-a").PrivateIP("10.0.1.10").PublicIP().Groups(s.bastions)
	s.public.Instance("web").PublicIP().Allow("tcp/443", packetwalk.Anywhere)
	s.app = v.Subnet("private-a", "10.0.2.0/24").Zone(zoneA).Instance("app-a")
	return s
}

// closed leaves the group of the private instance as it was made.
func closed(b *packetwalk.Builder) { newSite(b) }

// byReference lets in whoever has the bastions' group.
func byReference(b *packetwalk.Builder) {
	s := newSite(b)
	s.app.Allow("tcp/22", s.bastions)
}

// byAddress lets in the one address that the bastion has, and adds another bastion.
func byAddress(b *packetwalk.Builder) {
	s := newSite(b)
	s.app.Allow("tcp/22", packetwalk.CIDR("10.0.1.10/32"))
	s.public.Instance("bastion-2").PublicIP().Groups(s.bastions)
}

// replaced is byReference with another bastion.
func replaced(b *packetwalk.Builder) {
	s := newSite(b)
	s.app.Allow("tcp/22", s.bastions)
	s.public.Instance("bastion-2").PublicIP().Groups(s.bastions)
}

// twoZones has a bastion and an application in a second zone too. Each bastion may reach each application.
func twoZones(b *packetwalk.Builder) {
	s := newSite(b)
	s.app.Allow("tcp/22", s.bastions)
	public := s.vpc.Subnet("public-b", "10.0.11.0/24").Zone(zoneB).Route(everywhere, s.igw)
	public.Instance("bastion-b").PublicIP().Groups(s.bastions)
	s.vpc.Subnet("private-b", "10.0.12.0/24").Zone(zoneB).Instance("app-b").Allow("tcp/22", s.bastions)
}

// zoneAFails takes all that stands in zone A away.
func zoneAFails(c *packetwalk.Config) { c.ImpairedZones = []string{zoneA} }

func scenes() []lesson.Scene {
	return []lesson.Scene{{
		Title: "A bastion in the public subnet, and an application in the private one whose group lets the bastions' group in.",
		Asked: []lesson.Question{
			lesson.Ask("", byReference, office, "bastion-a", "tcp/22"),
			lesson.Ask("", byReference, "bastion-a", "app-a", "tcp/22").Hops(),
		},
		Why: "Two connections. The second comes from the bastion, and its group is what the rule looks at.",
	}, {
		Title: "Who else can?",
		Asked: []lesson.Question{
			lesson.Ask("the office, straight in", byReference, office, "app-a", "tcp/22"),
			lesson.Ask("a stranger", byReference, stranger, "bastion-a", "tcp/22"),
			lesson.Ask("the web server", byReference, "web", "app-a", "tcp/22"),
			lesson.Ask("the bastion, without the rule", closed, "bastion-a", "app-a", "tcp/22"),
		},
		Why: "The application has no public address. Strangers are not in the office's block, the web server not in the group.",
	}, {
		Title: "A second bastion beside the first, which has the address 10.0.1.10.",
		Asked: []lesson.Question{
			lesson.Ask("the rule names 10.0.1.10", byAddress, "bastion-a", "app-a", "tcp/22"),
			lesson.Ask("the rule names 10.0.1.10", byAddress, "bastion-2", "app-a", "tcp/22"),
			lesson.Ask("the rule names the bastions' group", replaced, "bastion-2", "app-a", "tcp/22"),
		},
		Why: "Whoever has the group may come in, whatever its address. So a bastion can be replaced, or have a twin.",
	}, {
		Title: "A bastion in each of two zones.",
		Asked: []lesson.Question{
			lesson.Ask("", twoZones, office, "bastion-a", "tcp/22"),
			lesson.Ask("", twoZones, office, "bastion-b", "tcp/22"),
			lesson.Ask("", twoZones, "bastion-a", "app-b", "tcp/22"),
			lesson.Ask("", twoZones, "bastion-b", "app-a", "tcp/22"),
		},
		Why: "The local route knows no zones: each bastion is a door to both.",
	}, {
		Title: "The Availability Zone us-east-1a fails.",
		Asked: []lesson.Question{
			lesson.Ask("one zone", byReference, office, "bastion-a", "tcp/22").Edit(zoneAFails),
			lesson.Ask("two zones", twoZones, office, "bastion-a", "tcp/22").Edit(zoneAFails),
			lesson.Ask("two zones", twoZones, office, "bastion-b", "tcp/22").Edit(zoneAFails),
			lesson.Ask("two zones", twoZones, "bastion-b", "app-b", "tcp/22").Edit(zoneAFails),
			lesson.Ask("two zones", twoZones, "bastion-b", "app-a", "tcp/22").Edit(zoneAFails),
		},
		Why: "What is left can be reached by the bastion that is left.",
	}}
}
