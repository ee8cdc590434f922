package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// The default route of each family. One does not cover the other.
const (
	everywhere     = "0.0.0.0/0"
	everywhereIPv6 = "::/0"
)

// The addresses by which the questions name both ends in IPv6. The host is open to everybody, so that nothing
// but the way decides.
const (
	host   = "2001:db8:1:2::10"
	server = "2001:db8:ffff::10"

	// synthesized is what DNS64 makes of 203.0.113.10.
	synthesized = "64:ff9b::cb00:710a"
)

// lab has "host" in subnet "hosts", in both families.
type lab struct {
	vpc   *packetwalk.VPCHandle
	hosts *packetwalk.SubnetHandle
	host  *packetwalk.InstanceHandle
}

func newLab(b *packetwalk.Builder) lab {
	v := b.VPC("lab", "10.0.0.0/16", "2001:db8:1::/56")
	hosts := v.Subnet("hosts", "10.0.2.0/24", "2001:db8:1:2::/64")
	return lab{v, hosts, hosts.Instance("host").IPv6(host).Allow("all", packetwalk.Anywhere, packetwalk.AnywhereIPv6)}
}

// onlyIPv4 leads IPv4 to the internet gateway, and forgets IPv6.
func onlyIPv4(b *packetwalk.Builder) {
	l := newLab(b)
	l.host.PublicIP()
	l.hosts.Route(everywhere, l.vpc.InternetGateway("igw"))
}

// both leads each family to the internet gateway.
func both(b *packetwalk.Builder) {
	l := newLab(b)
	l.host.PublicIP()
	igw := l.vpc.InternetGateway("igw")
	l.hosts.Route(everywhere, igw).Route(everywhereIPv6, igw)
}

// egressOnly leads IPv6 to an egress-only internet gateway. There is no other gateway.
func egressOnly(b *packetwalk.Builder) {
	l := newLab(b)
	l.hosts.Route(everywhereIPv6, l.vpc.EgressOnlyInternetGateway("eigw"))
}

// mixed has an internet gateway too, to which IPv4 goes.
func mixed(b *packetwalk.Builder) {
	l := newLab(b)
	l.host.PublicIP()
	l.hosts.Route(everywhere, l.vpc.InternetGateway("igw"))
	l.hosts.Route(everywhereIPv6, l.vpc.EgressOnlyInternetGateway("eigw"))
}

// natted leads both families to a NAT gateway.
func natted(b *packetwalk.Builder) {
	l := newLab(b)
	nat := l.vpc.Subnet("public", "10.0.1.0/24").Route(everywhere, l.vpc.InternetGateway("igw")).NAT("nat")
	l.hosts.Route(everywhere, nat).Route(everywhereIPv6, nat)
}

func scenes() []lesson.Scene {
	return []lesson.Scene{{
		Title: "A default route for IPv4. Does it lead IPv6 anywhere?",
		Asked: []lesson.Question{
			lesson.Ask("IPv4, with 0.0.0.0/0", onlyIPv4, "host", "internet", "tcp/443"),
			lesson.Ask("IPv6, with 0.0.0.0/0", onlyIPv4, "host", server, "tcp/443"),
			lesson.Ask("IPv6, with ::/0 too", both, "host", server, "tcp/443"),
		},
		Why: "Each family has its own default route.",
	}, {
		Title: "::/0 to an internet gateway: out, and in.",
		Asked: []lesson.Question{
			lesson.Ask("", both, "host", server, "tcp/443"),
			lesson.Ask("", both, "internet", host, "tcp/443"),
		},
		Why: "IPv6 is not translated: the instance's own address is a public one, both ways.",
	}, {
		Title: "::/0 to an egress-only internet gateway: out, as for software updates, and nobody in.",
		Asked: []lesson.Question{
			lesson.Ask("", egressOnly, "internet", host, "tcp/443"),
			lesson.Ask("", egressOnly, "internet", host, "icmpv6/echo-request"),
			lesson.Ask("", egressOnly, "host", server, "tcp/443").Hops(),
		},
		Why: "The group of the host lets everybody in, and nobody comes. Its address is not rewritten: the gateway remembers.",
	}, {
		Title: "The VPC has an internet gateway too, to which its IPv4 goes.",
		Asked: []lesson.Question{
			lesson.Ask("", mixed, "host", server, "tcp/443"),
			lesson.Ask("", mixed, "internet", host, "tcp/443"),
		},
		Why: "A call comes to the gateway by which its answer would leave (the README lists this as assumed).",
	}, {
		Title: "::/0 to a NAT gateway.",
		Asked: []lesson.Question{
			lesson.Ask("IPv4", natted, "host", "internet", "tcp/443"),
			lesson.Ask("IPv6", natted, "host", server, "tcp/443"),
			lesson.Ask("IPv6 for an IPv4 server", natted, "host", synthesized, "tcp/443").Hops(),
		},
		Why: "A NAT gateway carries no IPv6, but for 64:ff9b::/96: these are IPv4 addresses in the clothes of IPv6, and it undresses them.",
	}}
}
