package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

const everywhere = "0.0.0.0/0"

// site is a VPC with a private subnet and a host in it, whose group lets nothing in and everything out.
type site struct {
	vpc     *packetwalk.VPCHandle
	private *packetwalk.SubnetHandle
	host    *packetwalk.InstanceHandle
}

func newSite(b *packetwalk.Builder) site {
	v := b.VPC("site", "10.0.0.0/16").DNS(true, true)
	s := site{vpc: v, private: v.Subnet("private", "10.0.1.0/24")}
	s.host = s.private.Instance("host")
	return s
}

// endpoints adds an interface endpoint for each of these services of AWS's, with private DNS.
func (s site) endpoints(services ...string) {
	for _, name := range services {
		s.vpc.InterfaceEndpoint("vpce-"+name, "com.amazonaws.us-east-1."+name, s.private).PrivateDNS().Allow("tcp/443", s.vpc)
	}
}

// with has endpoints for these services and no way out.
func with(services ...string) lesson.Network {
	return func(b *packetwalk.Builder) { newSite(b).endpoints(services...) }
}

// closed has the endpoints, and a host whose group lets nothing out.
func closed(b *packetwalk.Builder) {
	s := newSite(b)
	s.host.NoDefaultEgress()
	s.endpoints("ssm", "ssmmessages")
}

// narrow has just the rule that it takes.
func narrow(b *packetwalk.Builder) {
	s := newSite(b)
	s.host.NoDefaultEgress().AllowOut("tcp/443", s.private)
	s.endpoints("ssm", "ssmmessages")
}

// plain has endpoints without private DNS, of which one has a closed group.
func plain(b *packetwalk.Builder) {
	s := newSite(b)
	s.vpc.InterfaceEndpoint("vpce-ssm", "com.amazonaws.us-east-1.ssm", s.private).Allow("tcp/443", s.vpc)
	s.vpc.InterfaceEndpoint("vpce-ssmmessages", "com.amazonaws.us-east-1.ssmmessages", s.private).PrivateDNS()
}

// natted has a NAT gateway in the place of endpoints, and a neighbour of the host.
func natted(b *packetwalk.Builder) {
	s := newSite(b)
	public := s.vpc.Subnet("public", "10.0.9.0/24").Route(everywhere, s.vpc.InternetGateway("igw"))
	s.private.Route(everywhere, public.NAT("nat")).Instance("neighbour")
}

func scenes() []lesson.Scene {
	check := packetwalk.SessionManager
	return []lesson.Scene{{
		Title: "A private host, and an endpoint for Systems Manager: ssm.",
		Asked: []lesson.Question{lesson.Check("", with("ssm"), "host", check).Hops()},
		Why:   "The agent can register. But sessions come by ssmmessages, and that name leads to the internet.",
	}, {
		Title: "One for ssmmessages too.",
		Asked: []lesson.Question{lesson.Check("", with("ssm", "ssmmessages"), "host", check).Hops()},
		Why:   "All that is needed. Only old agents want ec2messages as well.",
	}, {
		Title: "One for ec2messages too.",
		Asked: []lesson.Question{lesson.Check("", with("ssm", "ssmmessages", "ec2messages"), "host", check).Hops()},
		Why:   "Three lines, three private addresses.",
	}, {
		Title: "Who can call the host, whose group has no inbound rule?",
		Asked: []lesson.Question{
			lesson.Ask("", natted, "internet", "host", "tcp/22"),
			lesson.Ask("", natted, "neighbour", "host", "tcp/22"),
			lesson.Ask("", with("ssm", "ssmmessages"), "vpce-ssm", "host", "tcp/22"),
		},
		Why: "Nobody, and nobody has to: the agent opens the connection, and the session runs in it.",
	}, {
		Title: "The outbound rules of the group are taken away as well.",
		Asked: []lesson.Question{
			lesson.Check("no rules", closed, "host", check).Hops(),
			lesson.Check("tcp/443 to the subnet of the endpoints", narrow, "host", check),
		},
		Why: "A group without any rules is too tight. One outbound rule is what it takes.",
	}, {
		Title: "Two endpoints made in a hurry: one without private DNS, one whose group lets nothing in.",
		Asked: []lesson.Question{lesson.Check("", plain, "host", check).Hops()},
		Why:   "Both are time-outs to the agent. The kind of address tells them apart.",
	}, {
		Title: "A NAT gateway in the place of the endpoints.",
		Asked: []lesson.Question{lesson.Check("", natted, "host", check).Hops()},
		Why:   "It does too, by the public addresses of the services, and leads to all the rest of the internet.",
	}}
}
