package main

import "github.com/packetwalk/packetwalk"

// designs are two networks for the same applications.
var designs = []struct {
	title    string
	describe func(*packetwalk.Builder)
}{
	{"One NAT gateway and one endpoint interface, in us-east-1a.", thrifty},
	{"A NAT gateway and an endpoint interface in each zone.", spread},
}

const everywhere = "0.0.0.0/0"

// zone is what both designs have in a zone: a public subnet with a web server, a private one with an
// application.
type zone struct{ public, private *packetwalk.SubnetHandle }

// twoZones are the zones, in a VPC with an internet gateway and a gateway endpoint.
func twoZones(b *packetwalk.Builder) (v *packetwalk.VPCHandle, first, second zone) {
	v = b.VPC("shop", "10.0.0.0/16")
	igw := v.InternetGateway("igw")
	in := func(name, suffix, public, private string) (z zone) {
		z.public = v.Subnet("public-"+suffix, public).Zone(name).Route(everywhere, igw)
		web := z.public.Instance("web-"+suffix).PublicIP().Allow("tcp/443", packetwalk.Anywhere)
		z.private = v.Subnet("private-"+suffix, private).Zone(name)
		z.private.Instance("app-"+suffix).Allow("tcp/8080", web)
		return z
	}
	first = in("us-east-1a", "a", "10.0.0.0/24", "10.0.1.0/24")
	second = in("us-east-1b", "b", "10.0.2.0/24", "10.0.3.0/24")
	v.GatewayEndpoint("files", "com.amazonaws.us-east-1.s3", first.private, second.private)
	return v, first, second
}

// thrifty has one of each.
func thrifty(b *packetwalk.Builder) {
	v, a, other := twoZones(b)
	nat := a.public.NAT("nat-a")
	a.private.Route(everywhere, nat)
	other.private.Route(everywhere, nat)
	v.InterfaceEndpoint("queue", "com.amazonaws.us-east-1.sqs", a.private).Allow("tcp/443", v)
}

// spread has one of each in both zones.
func spread(b *packetwalk.Builder) {
	v, a, other := twoZones(b)
	a.private.Route(everywhere, a.public.NAT("nat-a"))
	other.private.Route(everywhere, other.public.NAT("nat-b"))
	v.InterfaceEndpoint("queue", "com.amazonaws.us-east-1.sqs", a.private, other.private).Allow("tcp/443", v)
}
