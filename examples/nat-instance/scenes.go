package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
	"github.com/packetwalk/packetwalk/vpc"
)

const (
	everywhere = "0.0.0.0/0"                       // the destination of a default route
	private    = packetwalk.CIDR("10.0.2.0/24")    // the application's subnet
	office     = packetwalk.CIDR("203.0.113.0/24") // who may log in
)

// launch makes the instance that is to forward.
type launch func(*packetwalk.SubnetHandle) *packetwalk.InstanceHandle

// The three kinds of instances: one that checks source and destination, one that forwards packets as they
// are, and one that puts its own address on them.
func ordinary(s *packetwalk.SubnetHandle) *packetwalk.InstanceHandle  { return s.Instance("nat") }
func forwarder(s *packetwalk.SubnetHandle) *packetwalk.InstanceHandle { return s.Appliance("nat") }
func masquerade(s *packetwalk.SubnetHandle) *packetwalk.InstanceHandle {
	return s.NATInstance("nat")
}

// site is the network: the main table leads everything to the instance "nat", and serves the private subnet.
type site struct {
	nat, app *packetwalk.InstanceHandle
}

// newSite has the instance in the public subnet.
func newSite(b *packetwalk.Builder, l launch) site {
	v := b.VPC("site", "10.0.0.0/16")
	public := v.Subnet("public", "10.0.1.0/24").Route(everywhere, v.InternetGateway("igw"))
	return describe(v, l(public))
}

func describe(v *packetwalk.VPCHandle, nat *packetwalk.InstanceHandle) site {
	v.Route(everywhere, nat.PublicIP())
	return site{nat, v.Subnet("private", string(private)).Instance("app")}
}

// closed has the instance with its group as it was made; open lets in what the application is to send, and
// SSH from the office.
func closed(l launch) lesson.Network { return func(b *packetwalk.Builder) { newSite(b, l) } }

func open(l launch) lesson.Network { return func(b *packetwalk.Builder) { newSite(b, l).open() } }

func (s site) open() site {
	s.nat.Allow("tcp/22", office).Allow("tcp/80", private).Allow("tcp/443", private)
	return s
}

// pingable lets the application's pings in too.
func pingable(b *packetwalk.Builder) {
	newSite(b, masquerade).open().nat.Allow("icmp/echo-request", private)
}

// jump lets the application be reached from the NAT instance.
func jump(b *packetwalk.Builder) {
	s := newSite(b, masquerade).open()
	s.app.Allow("tcp/22", s.nat)
}

// deadEnd has the NAT instance in a subnet whose table leads nowhere.
func deadEnd(b *packetwalk.Builder) {
	v := b.VPC("site", "10.0.0.0/16")
	v.InternetGateway("igw")
	inner := v.Subnet("inner", "10.0.3.0/24")
	v.RouteTable("inner-rtb").Associate(inner)
	describe(v, masquerade(inner)).open()
}

func scenes() []lesson.Scene {
	stopped := func(c *packetwalk.Config) { c.Instances[0].State = vpc.Stopped }
	return []lesson.Scene{{
		Title: "An instance in the public subnet, to which the private subnet's default route leads. What does it need?",
		Asked: []lesson.Question{
			lesson.Ask("as it was launched", closed(ordinary), "app", "internet", "tcp/443"),
			lesson.Ask("its group opened", open(ordinary), "app", "internet", "tcp/443"),
			lesson.Ask("no source/destination check", open(forwarder), "app", "internet", "tcp/443"),
			lesson.Ask("its address on the packets", open(masquerade), "app", "internet", "tcp/443").Hops(),
		},
		Why: "The check drops what is neither from nor to the instance. The internet gateway drops a source without a public address.",
	}, {
		Title: "Web pages, and a ping.",
		Asked: []lesson.Question{
			lesson.Ask("the group lets in 22, 80, 443", open(masquerade), "app", "internet", "tcp/80"),
			lesson.Ask("the group lets in 22, 80, 443", open(masquerade), "app", "internet", "icmp/echo-request"),
			lesson.Ask("and echo requests", pingable, "app", "internet", "icmp/echo-request"),
		},
		Why: "Everything that passes needs a rule of the NAT instance's own group, by the port that the application calls.",
	}, {
		Title: "By SSH to the NAT instance, on to the application, and from there out: it doubles as a bastion.",
		Asked: []lesson.Question{
			lesson.Ask("", jump, "internet", "nat", "tcp/22"),
			lesson.Ask("", jump, "nat", "app", "tcp/22"),
			lesson.Ask("", jump, "app", "internet", "tcp/443"),
			lesson.Ask("", jump, "internet", "app", "tcp/22"),
		},
		Why: "A NAT instance can be called, which a NAT gateway can't. These are two connections, one to it and one from it.",
	}, {
		Title: "The NAT instance in a subnet that is not public.",
		Asked: []lesson.Question{
			lesson.Ask("", deadEnd, "app", "internet", "tcp/443"),
		},
		Why: "What it sends takes the routes of its own subnet.",
	}, {
		Title: "The NAT instance is stopped.",
		Asked: []lesson.Question{
			lesson.Ask("", open(masquerade), "app", "internet", "tcp/443").Edit(stopped).Warned(),
		},
		Why: "The route is a blackhole now, and nothing takes its place by itself.",
	}}
}
