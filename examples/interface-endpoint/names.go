package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

const (
	everywhere = "0.0.0.0/0"

	service = "com.amazonaws.us-east-1.sqs" // Amazon SQS: queues
	queues  = "sqs.us-east-1.amazonaws.com" // the name by which programs call it

	// The endpoint's own names: of all its zones, and of one.
	ofEndpoint = "vpce-sqs.sqs.us-east-1.vpce.amazonaws.com"
	ofZoneA    = "vpce-sqs-us-east-1a.sqs.us-east-1.vpce.amazonaws.com"
	ofZoneB    = "vpce-sqs-us-east-1b.sqs.us-east-1.vpce.amazonaws.com"
	ofZoneC    = "vpce-sqs-us-east-1c.sqs.us-east-1.vpce.amazonaws.com"
)

// shop is a VPC with a private subnet in each of two zones, an application in each, and an endpoint for SQS.
type shop struct {
	vpc      *packetwalk.VPCHandle
	a, b     *packetwalk.SubnetHandle
	endpoint *packetwalk.InterfaceEndpointHandle
}

func newShop(b *packetwalk.Builder) shop {
	v := b.VPC("shop", "10.0.0.0/16").DNS(true, true)
	s := shop{
		vpc: v,
		a:   v.Subnet("private-a", "10.0.1.0/24").Zone("us-east-1a"),
		b:   v.Subnet("private-b", "10.0.2.0/24").Zone("us-east-1b"),
	}
	s.a.Instance("app-a")
	s.b.Instance("app-b")
	s.endpoint = v.InterfaceEndpoint("vpce-sqs", service, s.a, s.b).Allow("tcp/443", v)
	return s
}

// isolated has no way out but the endpoint, whose private DNS is off.
func isolated(b *packetwalk.Builder) { newShop(b) }

// private is the same with private DNS on.
func private(b *packetwalk.Builder) { newShop(b).endpoint.PrivateDNS() }

// natted has a NAT gateway too, which both private subnets may use.
func natted(b *packetwalk.Builder) { newNattedShop(b) }

func newNattedShop(b *packetwalk.Builder) shop {
	s := newShop(b)
	public := s.vpc.Subnet("public", "10.0.9.0/24").Zone("us-east-1a").Route(everywhere, s.vpc.InternetGateway("igw"))
	s.vpc.Route(everywhere, public.NAT("nat"))
	return s
}

// nattedPrivate is the same with private DNS on.
func nattedPrivate(b *packetwalk.Builder) { newNattedShop(b).endpoint.PrivateDNS() }

// unnamed has an endpoint in a VPC that does not have both of the attributes of DNS.
func unnamed(support, hostnames, privateDNS bool) lesson.Network {
	return func(b *packetwalk.Builder) {
		s := newShop(b)
		if s.vpc.DNS(support, hostnames); privateDNS {
			s.endpoint.PrivateDNS()
		}
	}
}

func names() []lesson.Scene {
	return []lesson.Scene{{
		Title: "An endpoint for SQS, without private DNS. The VPC has a NAT gateway too.",
		Asked: []lesson.Question{
			lesson.Resolve("the service's name", natted, "app-a", queues),
			lesson.Ask("the service's name", natted, "app-a", queues, "tcp/443").Way(),
			lesson.Resolve("the endpoint's name", natted, "app-a", ofEndpoint),
			lesson.Ask("the endpoint's name", natted, "app-a", ofEndpoint, "tcp/443").Way(),
		},
		Why: "It works, and it is the NAT gateway that works. Only who calls the endpoint by its own name uses it.",
	}, {
		Title: "The same with private DNS.",
		Asked: []lesson.Question{
			lesson.Resolve("", nattedPrivate, "app-a", queues).Hops(),
			lesson.Ask("", nattedPrivate, "app-a", queues, "tcp/443").Way().Hops(),
		},
		Why: "The name leads to the address of the endpoint in the same subnet: the call meets no route, and never leaves the VPC.",
	}, {
		Title: "The same without the NAT gateway.",
		Asked: []lesson.Question{
			lesson.Ask("without private DNS", isolated, "app-a", queues, "tcp/443").Way(),
			lesson.Ask("with private DNS", private, "app-a", queues, "tcp/443").Way(),
		},
		Why: "A time-out to a public address: look at the name first, and then at the routes.",
	}, {
		Title: "Private DNS needs two attributes of the VPC, enableDnsSupport and enableDnsHostnames.",
		Asked: []lesson.Question{
			lesson.Refused("no host names", unnamed(true, false, true)),
			lesson.Refused("neither", unnamed(false, false, true)),
			lesson.Resolve("no host names, no private DNS", unnamed(true, false, false), "app-a", queues),
			lesson.Ask("no host names, no private DNS", unnamed(true, false, false), "app-a", queues, "tcp/443"),
			lesson.Ask("neither, no private DNS", unnamed(false, false, false), "app-a", queues, "tcp/443"),
		},
		Why: "AWS refuses to switch it on. Who gives in and leaves it off has the name that leads to the internet.",
	}, {
		Title: "Which names does an endpoint have of its own? This one stands in zones a and b.",
		Asked: []lesson.Question{
			lesson.Resolve("all of it", private, "app-a", ofEndpoint),
			lesson.Resolve("zone a", private, "app-a", ofZoneA),
			lesson.Resolve("zone b", private, "app-a", ofZoneB),
			lesson.Resolve("zone c", private, "app-a", ofZoneC),
			lesson.Resolve("asked from outside", private, "internet", ofZoneA),
		},
		Why: "One address a zone. These names are public: everybody is told the private addresses.",
	}}
}
