package packetwalk_test

import (
	"testing"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/vpc"
)

const everywhere6 = "::/0"

// TestLintPublicByMainTable: item 23 and A02, a subnet without a table of its own.
func TestLintPublicByMainTable(t *testing.T) {
	public := func(destinations ...string) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
			igw := v.InternetGateway("igw")
			for _, d := range destinations {
				v.Route(d, igw)
			}
			v.Subnet("s", "10.0.1.0/24", "2001:db8:1:1::/64")
		}
	}
	runLint(t, packetwalk.PublicByMainTable, []lintCase{
		{name: "item 23 over IPv4", build: public(everywhere), want: []warned{{"s", "", []string{"app-main-rtb", "0.0.0.0/0 to", "table of its own"}}}},
		{name: "A02 over IPv6", build: public(everywhere6), want: []warned{{"s", "", []string{"::/0 to"}}}},
		{name: "A02 over both, one warning", build: public(everywhere, everywhere6), want: []warned{{"s", "", []string{"0.0.0.0/0 and ::/0"}}}},
		{name: "item 25 without the route", build: public()},
		{name: "item 24 a table of its own", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			v.Subnet("s", "10.0.1.0/24").Route(everywhere, v.InternetGateway("igw"))
		}},
		{name: "item 41 an egress-only internet gateway makes nothing public", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
			v.Route(everywhere6, v.EgressOnlyInternetGateway("eigw")).Subnet("s", "2001:db8:1:1::/64")
		}},
		{name: "item 33 a gateway that is detached", build: public(everywhere), edit: func(c *packetwalk.Config) { c.InternetGateways[0].VPC = "" }},
		{name: "F3.014 AWS makes the default VPC so", build: func(b *packetwalk.Builder) { b.DefaultVPC("default", "us-east-1a") }},
	})
}

// TestLintCrossZoneNAT: item 61, the loss of a zone takes the way out of another.
func TestLintCrossZoneNAT(t *testing.T) {
	zones := func(nat, client string) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
			gw := v.Subnet("pub", "10.0.1.0/24").Zone(nat).Route(everywhere, v.InternetGateway("igw")).NAT("nat")
			v.Subnet("s", "10.0.2.0/24", "2001:db8:1:2::/64").Zone(client).Route(everywhere, gw).Route("64:ff9b::/96", gw)
		}
	}
	runLint(t, packetwalk.CrossZoneNAT, []lintCase{
		{name: "item 61 the other zone", build: zones("us-east-1a", "us-east-1b"),
			want: []warned{{"s", "", []string{"0.0.0.0/0 and 64:ff9b::/96", "us-east-1b", `"nat" in zone us-east-1a`}}}},
		{name: "item 61 the same zone", build: zones("us-east-1a", "us-east-1a")},
		{name: "F4.219 a regional one is in every zone", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			v.InternetGateway("igw")
			v.Subnet("s", "10.0.2.0/24").Zone("us-east-1b")
		}, edit: regionalNAT(everywhere)},
		{name: "F2.024 a gateway that is gone leads to no zone", build: zones("us-east-1a", "us-east-1b"), edit: func(c *packetwalk.Config) {
			c.NATGateways[0].State = gateway.NATDeleted
		}},
	})
}

// regionalNAT adds a regional NAT gateway, and a main table that leads to it.
func regionalNAT(destination string) func(c *packetwalk.Config) {
	return func(c *packetwalk.Config) {
		c.NATGateways = append(c.NATGateways, gateway.NAT{
			ID: "nat", AvailabilityMode: gateway.Regional, VPC: "app",
			Addresses: []gateway.NATAddress{{Public: addr("198.51.100.9"), Zone: "us-east-1a"}},
		})
		c.RouteTables = append(c.RouteTables, route.Table{ID: "main", VPC: "app", Main: true, Routes: []route.Route{
			{Destination: prefix(destination), Target: route.Target{Kind: route.NATGateway, ID: "nat"}},
		}})
	}
}

// TestLintNATs: A05, a NAT gateway sends by the table of its own subnet.
func TestLintNATs(t *testing.T) {
	nat := func(way func(v *packetwalk.VPCHandle, s *packetwalk.SubnetHandle)) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
			way(v, v.Subnet("s", "10.0.1.0/24", "2001:db8:1:1::/64"))
		}
	}
	type vh = *packetwalk.VPCHandle
	type sh = *packetwalk.SubnetHandle
	unmodelled := func(kind route.TargetKind) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "rtb", VPC: "app", Subnets: []string{"s"}, Routes: []route.Route{
				{Destination: prefix(everywhere), Target: route.Target{Kind: kind, ID: "far"}},
			}})
		}
	}
	alone := nat(func(_ vh, s sh) { s.NAT("nat") })
	runLint(t, packetwalk.PrivateSubnetNAT, []lintCase{
		{name: "A05 without a route", build: alone, want: []warned{{"nat", "Subnet", []string{`subnet "s"`, "no IPv4 route to an internet gateway"}}}},
		{name: "A05 back to itself", build: nat(func(_ vh, s sh) { s.Route(everywhere, s.NAT("nat")) }), want: []warned{{"nat", "Subnet", []string{"0.0.0.0/0 back to it"}}}},
		{name: "F4.201 over IPv6 alone", build: nat(func(v vh, s sh) { s.Route(everywhere6, v.InternetGateway("igw")).NAT("nat") }), want: []warned{{id: "nat", field: "Subnet"}}},
		{name: "F4.201 to an internet gateway", build: nat(func(v vh, s sh) { s.Route(everywhere, v.InternetGateway("igw")).NAT("nat") })},
		{name: "item 33 to an internet gateway that is detached", build: nat(func(v vh, s sh) { s.Route(everywhere, v.InternetGateway("igw")).NAT("nat") }),
			edit: func(c *packetwalk.Config) { c.InternetGateways[0].VPC = "" }, want: []warned{{id: "nat", field: "Subnet"}}},
		{name: "F4.201 to another NAT gateway", build: nat(func(v vh, s sh) {
			pub := v.Subnet("pub", "10.0.2.0/24").Route(everywhere, v.InternetGateway("igw"))
			s.Route(everywhere, pub.NAT("other")).NAT("nat")
		}), want: []warned{{id: "nat", field: "Subnet"}}},
		{name: "F8.008 to a peer", build: func(b *packetwalk.Builder) {
			v, far := b.VPC("app", "10.0.0.0/16"), b.VPC("far", "10.1.0.0/16")
			v.Subnet("s", "10.0.1.0/24").Route(everywhere, b.PeerWithoutRoutes(v, far)).NAT("nat")
		}, want: []warned{{id: "nat", field: "Subnet"}}},
		{name: "F4.014 a private one is meant for other VPCs", build: nat(func(_ vh, s sh) { s.PrivateNAT("nat") })},
		{name: "F4.201 one that is gone", build: alone, edit: func(c *packetwalk.Config) { c.NATGateways[0].State = gateway.NATDeleted }},
		{name: "F2.032 through an appliance", build: nat(func(v vh, s sh) { s.Route(everywhere, v.Subnet("fw", "10.0.3.0/24").Appliance("fw-i")).NAT("nat") })},
		{name: "F4.219 a regional one by the table that AWS makes", build: nat(func(v vh, _ sh) { v.InternetGateway("igw") }), edit: regionalNAT(everywhere)},
		{name: "F4.219 a regional one in a VPC without an internet gateway", build: nat(func(vh, sh) {}), edit: regionalNAT(everywhere),
			want: []warned{{"nat", "RouteTable", []string{`VPC "app"`, "nat-rtb"}}}},
		{name: "F2.010 through a firewall endpoint", build: alone, edit: unmodelled(route.GatewayLoadBalancerEndpoint)},
		{name: "F4.205 through a transit gateway", build: alone, edit: unmodelled(route.TransitGateway)},
	})
	runLint(t, packetwalk.NATLoop, []lintCase{
		{name: "F2.039 a private one, back to itself", build: nat(func(_ vh, s sh) { s.Route("10.9.0.0/16", s.PrivateNAT("nat")) }),
			want: []warned{{"nat", "Subnet", []string{"10.9.0.0/16 back to it", "table of their own"}}}},
		{name: "F2.039 a public one, for a part", build: nat(func(v vh, s sh) { s.Route(everywhere, v.InternetGateway("igw")).Route("192.0.2.0/24", s.NAT("nat")) }),
			want: []warned{{"nat", "Subnet", []string{"192.0.2.0/24 back to it"}}}},
		{name: "F2.024 a route back that is a blackhole", build: nat(func(_ vh, s sh) { s.Route("10.9.0.0/16", s.PrivateNAT("nat")) }),
			edit: func(c *packetwalk.Config) { c.RouteTables[0].Routes[0].State = route.Blackhole }},
		{name: "F4.215 NAT64 in the gateway's own subnet", build: nat(func(v vh, s sh) {
			s.Route(everywhere, v.InternetGateway("igw")).Route("64:ff9b::/96", s.NAT("nat"))
		})},
		{name: "A05 has its own warning", build: nat(func(_ vh, s sh) { s.Route(everywhere, s.NAT("nat")) })},
		{name: "F2.039 from another subnet", build: nat(func(v vh, s sh) {
			v.Subnet("t", "10.0.2.0/24").Route(everywhere, s.Route(everywhere, v.InternetGateway("igw")).NAT("nat"))
		})},
	})
}

// TestLintBlackholes: F2.024, a route whose target takes no packets.
func TestLintBlackholes(t *testing.T) {
	peers := func(status peering.Status) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v, far := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56"), b.VPC("far", "10.1.0.0/16", "2001:db8:2::/56")
			p := b.PeerWithoutRoutes(v, far).Status(status)
			v.Route("10.1.0.0/16", p).Route("2001:db8:2::/56", p)
		}
	}
	state := func(s route.State) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.RouteTables = []route.Table{{ID: "main", VPC: "app", Main: true, Routes: []route.Route{
				{Destination: prefix("192.0.2.0/24"), Target: route.Target{Kind: route.CoreNetwork, ID: "core"}, State: s},
			}}}
		}
	}
	bare := func(b *packetwalk.Builder) { b.VPC("app", "10.0.0.0/16") }
	runLint(t, packetwalk.BlackholeRoute, []lintCase{
		{name: "F2.026 a peering that waits, in both families", build: peers(peering.PendingAcceptance), want: []warned{
			{"app-main-rtb", "Routes[0]", []string{"10.1.0.0/16", "app-far-pcx"}}, {"app-main-rtb", "Routes[1]", []string{"2001:db8:2::/56"}}}},
		{name: "F2.026 an active peering", build: peers(peering.Active)},
		{name: "item 33 a detached internet gateway", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
			v.Route(everywhere6, v.InternetGateway("igw"))
		}, edit: func(c *packetwalk.Config) { c.InternetGateways[0].VPC = "" }, want: []warned{{"app-main-rtb", "Routes[0]", []string{"::/0", "igw"}}}},
		{name: "F4.222 a NAT gateway that is deleted", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			v.Route(everywhere, v.Subnet("s", "10.0.1.0/24").NAT("nat"))
		}, edit: func(c *packetwalk.Config) { c.NATGateways[0].State = gateway.NATDeleted }, want: []warned{{"app-main-rtb", "Routes[0]", []string{"nat"}}}},
		{name: "F2.024 AWS says so of what is not modelled", build: bare, edit: state(route.Blackhole), want: []warned{{"main", "Routes[0]", []string{"core"}}}},
		{name: "F2.023 a filtered route is never taken", build: bare, edit: state(route.Filtered)},
	})
	runLint(t, packetwalk.NotModelled, []lintCase{
		{name: "F2.024 a blackhole is one whatever its target", build: bare, edit: state(route.Blackhole)},
		{name: "F2.023 a filtered one is never taken", build: bare, edit: state(route.Filtered)},
		{name: "F9.102 a virtual private gateway that is not described", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			v.Route("192.168.0.0/16", v.VirtualPrivateGateway("vgw", "192.168.0.0/16"))
		}, edit: func(c *packetwalk.Config) { c.VirtualPrivateGateways = nil },
			want: []warned{{"app-main-rtb", "Routes[0]", []string{"192.168.0.0/16", `"vgw"`, "add it to VirtualPrivateGateways"}}}},
		{name: "F2.023 an active one", build: bare, edit: state(route.Active), want: []warned{{"main", "Routes[0]", []string{"core"}}}},
	})
}

// TestLintGroups: F5.111 and the groups that nobody has.
func TestLintGroups(t *testing.T) {
	stale := func(status peering.Status) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v, far := b.VPC("app", "10.0.0.0/16"), b.VPC("far", "10.1.0.0/16")
			b.Peer(v, far).Status(status)
			v.Group("web").Allow("tcp/443", far.Group("clients"))
		}
	}
	runLint(t, packetwalk.StaleRule, []lintCase{
		{name: "F5.111 the peering is gone", build: stale(peering.Deleted), want: []warned{{"web", "Rules[0]", []string{`"clients"`, "remove it"}}}},
		{name: "F5.104 the peering is active", build: stale(peering.Active)},
		{name: "F5.111 AWS says so", build: stale(peering.Active), edit: func(c *packetwalk.Config) { c.SecurityGroups[0].Rules[0].Stale = true },
			want: []warned{{id: "web", field: "Rules[0]"}}},
	})
	runLint(t, packetwalk.UnusedGroup, []lintCase{
		{name: "no interface and no rule", build: func(b *packetwalk.Builder) { b.VPC("app", "10.0.0.0/16").Group("idle") }, want: []warned{{id: "idle"}}},
		{name: "F5.004 its own rule is no use", build: func(b *packetwalk.Builder) {
			idle := b.VPC("app", "10.0.0.0/16").Group("idle")
			idle.Allow("all", idle)
		}, want: []warned{{id: "idle"}}},
		{name: "a rule of another group", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			v.Subnet("s", "10.0.1.0/24").Instance("i").Allow("tcp/443", v.Group("clients"))
		}},
		{name: "F7.101 an endpoint's", build: func(b *packetwalk.Builder) {
			v := b.VPC("app", "10.0.0.0/16")
			v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", v.Subnet("s", "10.0.1.0/24"))
		}},
		{name: "F5.003 a default group", build: func(b *packetwalk.Builder) { b.VPC("app", "10.0.0.0/16") }},
	})
}

// TestLintAdminPorts: a rule that lets everybody in where people administer.
func TestLintAdminPorts(t *testing.T) {
	open := func(service string, from ...packetwalk.Peer) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56").Subnet("s", "10.0.1.0/24").Instance("i").Allow(service, from...)
		}
	}
	one := func(texts ...string) []warned { return []warned{{"i-sg", "Rules[0]", texts}} }
	any4, any6 := packetwalk.Anywhere, packetwalk.AnywhereIPv6
	runLint(t, packetwalk.OpenAdminPort, []lintCase{
		{name: "item 36 SSH from everybody", build: open("tcp/22", any4), want: one("0.0.0.0/0", "tcp/22 (SSH)", "name the addresses")},
		{name: "F5.009 over IPv6 apart", build: open("tcp/22", any4, any6), want: []warned{{"i-sg", "Rules[0]", []string{"0.0.0.0/0"}}, {"i-sg", "Rules[1]", []string{"::/0"}}}},
		{name: "item 171 RDP", build: open("tcp/3389", any4), want: one("tcp/3389 (RDP)")},
		{name: "Telnet", build: open("tcp/23", any4), want: one("tcp/23 (Telnet)")},
		{name: "WinRM in a range", build: open("tcp/5986-6000", any4), want: one("tcp/5985-5986 (WinRM)")},
		{name: "a range with several", build: open("tcp/20-4000", any4), want: one("SSH", "Telnet", "RDP")},
		{name: "F5.006 all of TCP", build: open("tcp", any4), want: one("SSH", "Telnet", "RDP", "WinRM")},
		{name: "F5.006 all traffic", build: open("all", any6), want: one("::/0", "SSH")},
		{name: "item 36 the ports of a web server", build: open("tcp/443", any4, any6)},
		{name: "F5.006 UDP", build: open("udp", any4)},
		{name: "item 171 named addresses", build: open("tcp/22", packetwalk.CIDR("203.0.113.0/24"))},
		{name: "F5.010 out", build: func(b *packetwalk.Builder) {
			b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.1.0/24").Instance("i").AllowOut("tcp/22", any4)
		}},
		{name: "a group that no interface has", build: func(b *packetwalk.Builder) { b.VPC("app", "10.0.0.0/16").Group("idle").Allow("tcp/22", any4) }},
		{name: "F5.005 a prefix list with everybody", build: func(b *packetwalk.Builder) {
			b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.1.0/24").Instance("i").Allow("tcp/22", b.PrefixList("pl", "10.0.0.0/8", everywhere))
		}, want: one("from pl lets everybody")},
		{name: "F5.005 a prefix list with some", build: func(b *packetwalk.Builder) {
			b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.1.0/24").Instance("i").Allow("tcp/22", b.PrefixList("pl", "10.0.0.0/8"))
		}},
	})
}

// TestLintDockerBridge: A58, a block that meets 172.17.0.0/16.
func TestLintDockerBridge(t *testing.T) {
	blocks := func(cidrs ...string) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) { b.VPC("app", cidrs...) }
	}
	runLint(t, packetwalk.DockerBridge, []lintCase{
		{name: "A58 the same", build: blocks("172.17.0.0/16"), want: []warned{{"app", "Blocks[0].CIDR", []string{"172.17.0.0/16", "Docker"}}}},
		{name: "A58 a part, as secondary block", build: blocks("172.16.0.0/16", "172.17.128.0/20"), want: []warned{{"app", "Blocks[1].CIDR", []string{"172.17.128.0/20"}}}},
		{name: "A58 neighbours", build: blocks("172.16.0.0/16", "172.18.0.0/16")},
		{name: "F3.014 the default VPC", build: blocks("172.31.0.0/16")},
		{name: "F3.004 a block that is gone", build: blocks("172.16.0.0/16", "172.17.0.0/16"), edit: func(c *packetwalk.Config) { c.VPCs[0].Blocks[1].State = vpc.Disassociated }},
	})
}

// TestLintACLEntries: A17, an entry behind one that takes all that it could; the warning names its place.
func TestLintACLEntries(t *testing.T) {
	acl := func(number int, action func(a *packetwalk.ACLHandle, number int)) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			action(b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56").ACL("acl").AllowIn(100, "all", everywhere), number)
		}
	}
	deny := func(a *packetwalk.ACLHandle, number int) { a.DenyIn(number, "tcp/22", "172.16.200.0/24") }
	deny6 := func(a *packetwalk.ACLHandle, number int) { a.DenyIn(number, "tcp/22", everywhere6) }
	allow := func(a *packetwalk.ACLHandle, number int) { a.AllowIn(number, "tcp/443", everywhere) }
	runLint(t, packetwalk.ACLEntryNeverMatches, []lintCase{
		{name: "A17 behind", build: acl(200, deny), want: []warned{{"acl", "Entries[1]", []string{"200 deny tcp/22", "lower number"}}}},
		{name: "A17 before", build: acl(50, deny)},
		{name: "A17 a lower number would change nothing", build: acl(200, allow), want: []warned{{"acl", "Entries[1]", []string{"first: remove it"}}}},
		{name: "F6.009 IPv4 takes nothing from IPv6", build: acl(200, deny6)},
	})
}

// TestLintInstances: an instance without a network interface, unless it is gone.
func TestLintInstances(t *testing.T) {
	bare := func(*packetwalk.Builder) {}
	instance := func(state vpc.InstanceState) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) { c.Instances = []vpc.Instance{{ID: "i", State: state}} }
	}
	runLint(t, packetwalk.NoInterface, []lintCase{
		{name: "it runs", build: bare, edit: instance(vpc.Running), want: []warned{{"i", "", []string{"Attachment.Instance"}}}},
		{name: "it is terminated", build: bare, edit: instance(vpc.Terminated)},
		{name: "it has one", build: func(b *packetwalk.Builder) { b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.1.0/24").Instance("i") }},
	})
}
