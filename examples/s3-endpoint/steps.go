package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

const (
	everywhere = "0.0.0.0/0"

	region  = "eu-west-1"
	service = "com.amazonaws.eu-west-1.s3" // what the endpoint is for

	// Who is called: S3 in the VPC's Region, S3 in another one, and a site that is not AWS's.
	s3       = "s3.eu-west-1.amazonaws.com"
	s3Abroad = "s3.us-east-1.amazonaws.com"
	site     = "www.example.com"
)

// lab is a VPC with a public subnet and a private one. The application is in the private one, which has a
// route table of its own.
type lab struct {
	vpc             *packetwalk.VPCHandle
	public, private *packetwalk.SubnetHandle
	table           *packetwalk.RouteTableHandle
	app             *packetwalk.InstanceHandle
}

func newLab(b *packetwalk.Builder) lab {
	v := b.VPC("lab", "10.0.0.0/16").Region(region).DNS(true, true)
	l := lab{
		vpc:     v,
		public:  v.Subnet("public", "10.0.1.0/24").Route(everywhere, v.InternetGateway("igw")),
		private: v.Subnet("private", "10.0.2.0/24"),
	}
	l.table = v.RouteTable("private-rtb").Associate(l.private)
	l.app = l.private.Instance("app")
	b.HostedZone("example-zone", "example.com").Record(site, dns.A, "203.0.113.80")
	return l
}

// by is the lab with what leads out of the private subnet: a default route to a NAT gateway, an endpoint for
// S3.
func by(nat, endpoint bool) lesson.Network {
	return func(b *packetwalk.Builder) {
		l := newLab(b)
		if gateway := l.public.NAT("nat"); nat {
			l.table.Route(everywhere, gateway)
		}
		if endpoint {
			l.endpoint()
		}
	}
}

// endpoint puts the endpoint's route into the table of the private subnet.
func (l lab) endpoint() *packetwalk.GatewayEndpointHandle {
	return l.vpc.GatewayEndpoint("vpce-s3", service, l.private)
}

func steps() []lesson.Scene {
	const none, one = false, true
	return []lesson.Scene{{
		Title: "The private subnet has a default route to a NAT gateway.",
		Asked: []lesson.Question{
			lesson.Ask("", by(one, none), "app", s3, "tcp/443").Way(),
			lesson.Ask("", by(one, none), "app", site, "tcp/443").Way(),
		},
		Why: "S3 is a service with public addresses, like any site: who has a way to the internet reaches it.",
	}, {
		Title: "The default route is taken away.",
		Asked: []lesson.Question{
			lesson.Ask("", by(none, none), "app", s3, "tcp/443").Way(),
			lesson.Ask("", by(none, none), "app", site, "tcp/443").Way(),
		},
		Why: "Both names still lead to an address: the VPC's DNS server needs no route. The calls need one.",
	}, {
		Title: "A gateway endpoint for S3, for the route table of the private subnet.",
		Asked: []lesson.Question{
			lesson.Ask("", by(none, one), "app", s3, "tcp/443").Way().Hops(),
			lesson.Ask("", by(none, one), "app", site, "tcp/443").Way(),
		},
		Why: "The name leads where it led before. A route to the addresses of S3 is new, and no source is rewritten.",
	}, {
		Title: "The default route comes back.",
		Asked: []lesson.Question{
			lesson.Ask("", by(one, one), "app", s3, "tcp/443").Way(),
			lesson.Ask("", by(one, one), "app", site, "tcp/443").Way(),
		},
		Why: "The addresses of S3 are more specific than 0.0.0.0/0, so they go by the endpoint, and the rest by the NAT gateway.",
	}}
}
