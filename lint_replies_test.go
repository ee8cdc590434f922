package packetwalk_test

import (
	"testing"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/subnet"
)

// publicACL is a subnet that leads to the internet, and the ACL that serves it.
func publicACL(acl func(a *packetwalk.ACLHandle)) func(*packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
		igw := v.InternetGateway("igw")
		s := v.Subnet("s", "10.0.1.0/24", "2001:db8:1:1::/64").Route("0.0.0.0/0", igw).Route("::/0", igw)
		acl(v.ACL("acl").For(s))
	}
}

// privateACL is a subnet of a VPC without a way out, but for a peer, and the ACL that serves it.
func privateACL(acl func(a *packetwalk.ACLHandle)) func(*packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v, other := b.VPC("app", "10.0.0.0/16"), b.VPC("other", "10.1.0.0/16")
		s := v.Subnet("s", "10.0.1.0/24")
		b.Peer(v, other)
		acl(v.ACL("acl").For(s))
	}
}

// natACL is a public subnet with a NAT gateway, and the ACL that serves it.
func natACL(acl func(a *packetwalk.ACLHandle)) func(*packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v := b.VPC("app", "10.0.0.0/16")
		s := v.Subnet("s", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
		v.Subnet("behind", "10.0.2.0/24").Route("0.0.0.0/0", s.NAT("nat"))
		acl(v.ACL("acl").For(s))
	}
}

func withInterface(kind subnet.InterfaceKind) func(*packetwalk.Config) {
	return func(c *packetwalk.Config) {
		c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "client", Subnet: "s", Kind: kind})
	}
}

// TestLintReplies: F6.006, an ACL remembers nothing, so that the replies need entries of their own.
func TestLintReplies(t *testing.T) {
	type acl = *packetwalk.ACLHandle
	one := func(field string, texts ...string) []warned { return []warned{{"acl", field, texts}} }
	runLint(t, packetwalk.ACLDropsReplies, []lintCase{
		{name: "A14 no inbound entry for the replies to what goes out", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/22", everywhere).AllowIn(110, "tcp/80", everywhere).AllowIn(120, "tcp/443", everywhere).AllowOut(100, "all", everywhere)
		}), want: one("Entries[3]", "entry 100 lets tcp requests out", "allow tcp/1024-65535 from 0.0.0.0/0", "NAT gateways", "Linux 32768-61000", "Windows 49152-65535")},
		{name: "A14 mended", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/22", everywhere).AllowIn(110, "tcp/1024-65535", everywhere).AllowOut(100, "all", everywhere)
		})},
		{name: "item 73 the web ACL of the notes can't fetch updates", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/80", everywhere).AllowIn(110, "tcp/443", everywhere).AllowIn(120, "tcp/22", everywhere)
			a.AllowOut(100, "tcp/80", everywhere).AllowOut(110, "tcp/443", everywhere).AllowOut(120, "tcp/1024-65535", everywhere)
		}), want: one("Entries[3]", "entries 100, 110 let tcp requests out", "no inbound entry", "tcp/1024-65535 from 0.0.0.0/0")},
		{name: "A15 no outbound entry over a peering", build: privateACL(func(a acl) { a.AllowIn(100, "tcp/22", "10.1.0.0/16") }),
			want: one("Entries[0]", "entry 100 lets tcp requests in", "no outbound entry", "tcp/1024-65535 to 10.1.0.0/16")},
		{name: "A15 mended for Linux", build: privateACL(func(a acl) {
			a.AllowIn(100, "tcp/22", "10.1.0.0/16").AllowOut(100, "tcp/32768-60999", "10.1.0.0/16")
		})},
		{name: "A15 mended for Windows", build: privateACL(func(a acl) {
			a.AllowIn(100, "tcp/22", "10.1.0.0/16").AllowOut(100, "tcp/49152-65535", "10.1.0.0/16")
		})},
		{name: "F6.006 neither Linux nor Windows has all its ports", build: privateACL(func(a acl) {
			a.AllowIn(100, "tcp/22", "10.1.0.0/16").AllowOut(100, "tcp/40000-65000", "10.1.0.0/16")
		}), want: one("Entries[0]", "tcp/1024-39999 and tcp/65001-65535 to 10.1.0.0/16")},
		{name: "A16 1025 instead of 1024", build: publicACL(func(a acl) { a.AllowIn(100, "tcp/443", everywhere).AllowOut(100, "tcp/1025-65535", everywhere) }),
			want: one("Entries[0]", "allow tcp/1024 to 0.0.0.0/0")},
		{name: "A16 mended", build: publicACL(func(a acl) { a.AllowIn(100, "tcp/443", everywhere).AllowOut(100, "tcp/1024-65535", everywhere) })},
		{name: "A16 hosts of one's own use none below 32768", build: privateACL(func(a acl) {
			a.AllowIn(100, "tcp/443", "10.0.0.0/15").AllowOut(100, "tcp/1025-65535", "10.0.0.0/15")
		})},
		{name: "A16 a load balancer asks from 1024 on", build: privateACL(func(a acl) {
			a.AllowIn(100, "tcp/443", "10.0.0.0/16").AllowOut(100, "tcp/32768-65535", "10.0.0.0/16")
		}), edit: withInterface(subnet.LoadBalancer), want: one("Entries[0]", "tcp/1024-32767 to 10.0.0.0/16")},
		{name: "F6.006 a function asks from 1024 on", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/32768-65535", everywhere).AllowOut(100, "tcp/443", everywhere)
		}), edit: withInterface(subnet.Lambda), want: one("Entries[1]", "tcp/1024-32767 from 0.0.0.0/0")},
		{name: "F6.006 hosts do not", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/32768-65535", everywhere).AllowOut(100, "tcp/443", everywhere)
		})},
		{name: "F6.006 a NAT gateway asks the internet from 1024 on", build: natACL(func(a acl) {
			a.AllowIn(100, "tcp/443", "10.0.0.0/16").AllowIn(110, "tcp/32768-65535", everywhere)
			a.AllowOut(100, "tcp/443", everywhere).AllowOut(110, "tcp/1024-65535", "10.0.0.0/16")
		}), want: one("Entries[2]", "entry 100 lets tcp requests out", "tcp/1024-32767 from 0.0.0.0/0")},
		{name: "A19 tight ACLs of a NAT gateway's subnet that work", build: natACL(func(a acl) {
			a.AllowIn(100, "tcp/443", "10.0.0.0/16").AllowIn(110, "tcp/1024-65535", everywhere)
			a.AllowOut(100, "tcp/443", everywhere).AllowOut(110, "tcp/1024-65535", "10.0.0.0/16")
		})},
		{name: "F6.006 a NAT gateway in a subnet of another ACL", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			nat := v.Subnet("pub", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
			s := v.Subnet("s", "10.0.2.0/24").Route("0.0.0.0/0", nat)
			v.ACL("acl").For(s).AllowIn(100, "tcp/32768-65535", everywhere).AllowOut(100, "tcp/443", everywhere)
		}},
		{name: "A19 a private subnet behind a NAT gateway: nobody begins from the internet", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			nat := v.Subnet("pub", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
			s := v.Subnet("s", "10.0.2.0/24").Route("0.0.0.0/0", nat)
			v.ACL("acl").For(s).AllowIn(100, "tcp/22", everywhere).AllowIn(110, "tcp/1024-65535", everywhere).
				AllowOut(100, "tcp/443", everywhere).AllowOut(110, "tcp/32768-65535", "10.0.0.0/16")
		}},
		{name: "A21 a subnet without a way out asks nobody out there", build: privateACL(func(a acl) {
			a.AllowIn(100, "all", "10.0.0.0/15").AllowOut(100, "all", everywhere)
		})},
		{name: "A32 the replies of an S3 gateway endpoint", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			s := v.Subnet("s", "10.0.1.0/24")
			v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
			v.ACL("acl").For(s).AllowIn(100, "tcp/1024-65535", "10.0.0.0/16").AllowOut(100, "tcp/443", everywhere)
		}, want: one("Entries[1]", "entry 100 lets tcp requests out")},
		{name: "F7.016 a gateway endpoint opens no connection", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			s := v.Subnet("s", "10.0.1.0/24")
			v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
			v.ACL("acl").For(s).AllowIn(100, "tcp/443", everywhere).AllowOut(100, "tcp/1024-65535", "10.0.0.0/16")
		}},
		{name: "F4.006 no private address comes by an internet gateway", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/443", "192.168.0.0/16").AllowIn(110, "tcp/443", "100.64.0.0/10")
		})},
		{name: "F2.025 nor does anybody by a blackhole", build: publicACL(func(a acl) {
			a.AllowOut(100, "tcp/443", everywhere).AllowOut(110, "tcp/1024-65535", "10.0.0.0/16").AllowIn(100, "all", "10.0.0.0/16")
		}), edit: func(c *packetwalk.Config) { c.InternetGateways[0].VPC = "" }},
		{name: "F6.004 the default ACL", build: publicACL(func(a acl) { a.AllowIn(100, "all", everywhere).AllowOut(100, "all", everywhere) })},
		{name: "F6.005 an ACL that lets nothing by", build: publicACL(func(acl) {})},
		{name: "F6.011 an ACL without a subnet", build: func(b *packetwalk.Builder) {
			b.VPC("app", "10.0.0.0/16").ACL("acl").AllowIn(100, "tcp/22", everywhere)
		}},
		{name: "F6.002 a deny entry that somebody meant", build: publicACL(func(a acl) {
			a.AllowOut(100, "all", everywhere).DenyIn(90, "all", "203.0.113.0/24").DenyIn(91, "tcp/3389", everywhere).AllowIn(100, "all", everywhere)
		})},
		{name: "F6.003 a deny entry that says what the last one says", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/443", everywhere).DenyOut(32766, "all", everywhere)
		}), want: one("Entries[0]")},
		{name: "F6.002 requests that are denied before have no replies", build: publicACL(func(a acl) {
			a.DenyIn(90, "tcp/22", everywhere).AllowIn(100, "tcp/22", everywhere)
		})},
		{name: "F6.007 replies that go to a part of the clients alone", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/443", everywhere).AllowOut(100, "tcp/1024-65535", "10.0.0.0/8")
		}), want: one("Entries[0]", "to 0.0.0.0/0")},
		{name: "F6.007 clients of a range that no route names", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/443", "203.0.113.0/24").AllowOut(100, "tcp/1024-65535", "198.51.100.0/24")
		}), want: one("Entries[0]", "to 203.0.113.0/24")},
		{name: "F6.007 replies to all but the first addresses", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/443", everywhere).DenyOut(90, "all", "0.0.0.0/8").AllowOut(100, "tcp/1024-65535", "0.0.0.0/5")
		}), want: one("Entries[0]", "to 0.0.0.0/0")},
		{name: "F6.009 IPv4 entries do not serve IPv6", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/443", everywhere).AllowIn(101, "tcp/443", "::/0").AllowOut(100, "tcp/1024-65535", everywhere)
		}), want: one("Entries[1]", "entry 101 lets", "to ::/0")},
		{name: "F6.009 each family has its own", build: publicACL(func(a acl) {
			a.AllowIn(100, "tcp/443", everywhere).AllowIn(101, "tcp/443", "::/0").AllowOut(100, "tcp/1024-65535", everywhere).AllowOut(101, "tcp/1024-65535", "::/0")
		})},
		{name: "F6.006 UDP", build: publicACL(func(a acl) {
			a.AllowOut(100, "udp/123", everywhere).AllowIn(100, "tcp/1024-65535", everywhere)
		}), want: one("Entries[0]", "entry 100 lets udp requests out", "allow udp/1024-65535 from 0.0.0.0/0")},
		{name: "A57 pings in and no replies out", build: publicACL(func(a acl) { a.AllowIn(100, "icmp", everywhere) }),
			want: one("Entries[0]", "entry 100 lets pings in", "allow icmp/echo-reply to 0.0.0.0/0")},
		{name: "A57 mended", build: publicACL(func(a acl) { a.AllowIn(100, "icmp", everywhere).AllowOut(100, "icmp/echo-reply", everywhere) })},
		{name: "F6.002 a deny entry for pings that somebody meant", build: publicACL(func(a acl) {
			a.AllowIn(100, "icmp", everywhere).DenyOut(90, "icmp", "203.0.113.0/24").AllowOut(100, "icmp", everywhere)
		})},
		{name: "A57 over IPv6", build: publicACL(func(a acl) { a.AllowOut(100, "icmpv6/echo-request", "::/0") }),
			want: one("Entries[0]", "entry 100 lets pings out", "allow icmpv6/echo-reply from ::/0")},
		{name: "F6.022 the messages of path MTU discovery are no requests", build: publicACL(func(a acl) { a.AllowIn(100, "icmp/3/4", everywhere) })},
	})
}

// TestLintRepliesOfPrivateNAT: F6.006, a private NAT gateway asks other VPCs from 1024 on; a public one does
// not.
func TestLintRepliesOfPrivateNAT(t *testing.T) {
	behind := func(kind gateway.Connectivity) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.NATGateways = append(c.NATGateways, gateway.NAT{ID: "nat", Subnet: "s", Connectivity: kind})
			if kind != gateway.Private {
				c.NATGateways[0].Addresses = []gateway.NATAddress{{Public: addr("198.51.100.9")}}
			}
		}
	}
	build := privateACL(func(a *packetwalk.ACLHandle) {
		a.AllowOut(100, "tcp/443", "10.1.0.0/16").AllowIn(100, "tcp/32768-65535", "10.1.0.0/16")
	})
	runLint(t, packetwalk.ACLDropsReplies, []lintCase{
		{name: "F6.006 a private NAT gateway", build: build, edit: behind(gateway.Private), want: []warned{{"acl", "Entries[0]", []string{"tcp/1024-32767 from 10.1.0.0/16"}}}},
		{name: "F6.006 a public NAT gateway", build: build, edit: behind(gateway.Public)},
	})
}
