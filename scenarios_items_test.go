package packetwalk_test

import (
	"errors"
	"fmt"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// neighbours: instances "one" and "two" in subnets "left" and "right" of one VPC; two lets SSH in.
func neighbours(b *packetwalk.Builder) (v *packetwalk.VPCHandle, right *packetwalk.SubnetHandle) {
	v = b.VPC("vpc", "10.0.0.0/16")
	v.Subnet("left", "10.0.0.0/24").Instance("one")
	right = v.Subnet("right", "10.0.1.0/24")
	right.Instance("two").Allow("tcp/22", v)
	return v, right
}

// server: "web" with a public address in a public subnet, SSH and HTTP open, behind an ACL without entries
// where acl is called.
func server(b *packetwalk.Builder) (acl func() *packetwalk.ACLHandle) {
	v, igw := world(b)
	s := v.Subnet("sub", "10.0.0.0/24").Route(everywhere, igw)
	s.Instance("web").PublicIP().Allow("tcp/22", packetwalk.Anywhere).Allow("tcp/80", packetwalk.Anywhere)
	return func() *packetwalk.ACLHandle { return v.ACL("acl").For(s).AllowOut(100, "all", everywhere) }
}

// unassociated: table "rtb" leads to the internet gateway and serves no subnet; "web" is in subnet "sub".
func unassociated(b *packetwalk.Builder) (*packetwalk.RouteTableHandle, *packetwalk.SubnetHandle) {
	v, igw := world(b)
	s := v.Subnet("sub", "10.0.0.0/24")
	s.Instance("web").PublicIP().Allow("tcp/22", packetwalk.Anywhere)
	return v.RouteTable("rtb").Route(everywhere, igw), s
}

// sixth: "i" with an IPv6 address and HTTPS open, in a subnet whose table leads ::/0 to the gateway that to
// makes.
func sixth(b *packetwalk.Builder, to func(v *packetwalk.VPCHandle) *packetwalk.GatewayHandle) {
	v, rtb := dual(b)
	rtb.Route("::/0", to(v))
}

func internetGateway(v *packetwalk.VPCHandle) *packetwalk.GatewayHandle {
	return v.InternetGateway("igw")
}

func egressOnlyGateway(v *packetwalk.VPCHandle) *packetwalk.GatewayHandle {
	return v.EgressOnlyInternetGateway("eigw")
}

func TestItems(t *testing.T) {
	const inside, outside = "2001:db8:1234:1a00::123", "2600::1"
	acl := func(edit func(a *packetwalk.ACLHandle)) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) { edit(server(b)()) }
	}
	peered := func(b *packetwalk.Builder) { b.Peer(pair(b)) }
	runScenarios(t, []scenario{
		{"item 1 two VPCs without a link", func(b *packetwalk.Builder) { pair(b) },
			"ia", "ib", "tcp/443", atRequest(trace.StageRouteTable, "a-main-rtb", trace.NoRouteToDestination)},
		{"item 16 a new VPC has no way out", func(b *packetwalk.Builder) { isolated(b) },
			"i", "8.8.8.8", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"item 16 and none in", func(b *packetwalk.Builder) { isolated(b) },
			"internet", "i", "tcp/443", atRequest(trace.StageInternet, "internet", trace.IGWPrivateIPAssociationForIngress)},
		{"item 14 no address without MapPublicIpOnLaunch", func(b *packetwalk.Builder) { hostRoutedAtIGW(b) },
			"i", "internet", "tcp/443", atRequest(trace.StageInternetGateway, "igw", trace.IGWPublicIPAssociationForEgress)},
		{"item 14 an address with it", func(b *packetwalk.Builder) {
			v, igw := world(b)
			v.Subnet("sub", "10.0.0.0/24").MapPublicIP().Route(everywhere, igw).Instance("i")
		}, "i", "internet", "tcp/443", arrives},
		{"item 22 a subnet without a table uses the main one", func(b *packetwalk.Builder) { v, igw := webInMainTable(b); v.Route(everywhere, igw) },
			"web", "internet", "tcp/443", arrives},
		{"item 24 a public table that is not associated", func(b *packetwalk.Builder) { unassociated(b) },
			"internet", "web", "tcp/22", atReply(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"item 24 mended by associating it", func(b *packetwalk.Builder) { rtb, s := unassociated(b); rtb.Associate(s) },
			"internet", "web", "tcp/22", arrives},
		{"item 25 before: the main table leads to the internet", func(b *packetwalk.Builder) { v, igw := webInMainTable(b); v.Route(everywhere, igw) },
			"internet", "web", "tcp/22", arrives},
		{"item 25 after: it does not", func(b *packetwalk.Builder) { webInMainTable(b) },
			"internet", "web", "tcp/22", atReply(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"item 26 no way out without NAT", func(b *packetwalk.Builder) { isolated(b) },
			"i", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"item 26 a way out with NAT", func(b *packetwalk.Builder) { natGateway(b) }, "i", "internet", "tcp/443", arrives},
		{"item 35 IPv6 from the internet", func(b *packetwalk.Builder) { sixth(b, internetGateway) }, "internet", inside, "tcp/443", arrives},
		{"item 35 IPv6 to the internet", func(b *packetwalk.Builder) { sixth(b, internetGateway) }, "i", outside, "tcp/443", arrives},
		{"item 36 SSH from the internet", func(b *packetwalk.Builder) { server(b) }, "internet", "web", "tcp/22", arrives},
		{"item 37 no SSH without a public address", func(b *packetwalk.Builder) { hostRoutedAtIGW(b).Allow("tcp/22", packetwalk.Anywhere) },
			"internet", "i", "tcp/22", atRequest(trace.StageInternetGateway, "igw", trace.IGWPrivateIPAssociationForIngress)},
		{"item 41 egress-only lets out", func(b *packetwalk.Builder) { sixth(b, egressOnlyGateway) }, "i", outside, "tcp/443", arrives},
		{"item 41 and not in", func(b *packetwalk.Builder) { sixth(b, egressOnlyGateway) },
			"internet", inside, "tcp/443", atRequest(trace.StageEgressOnlyInternetGateway, "eigw", trace.EIGWNoSession)},
		{"item 46 NAT instance in a private subnet", func(b *packetwalk.Builder) {
			v, _ := world(b)
			nat := v.Subnet("natsub", "10.0.0.0/24").NATInstance("nat").PublicIP().Allow("all", v)
			v.Subnet("priv", "10.0.1.0/24").Route(everywhere, nat).Instance("i")
		}, "i", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"item 47 NAT instance with the check on", func(b *packetwalk.Builder) { natHost(b, checkedNAT).Allow("all", packetwalk.CIDR("10.0.1.0/24")) },
			"i", "internet", "tcp/443", atRequest(trace.StageNetworkInterface, "nat-eni", trace.ENISourceDestCheckRestriction)},
		{"item 64 in 80, out nothing", func(b *packetwalk.Builder) {
			v, right := neighbours(b)
			v.ACL("acl").For(right).AllowIn(100, "tcp/22", everywhere)
		},
			"one", "two", "tcp/22", atReply(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"item 65 one subnet: no ACL", closedACL, "one", "two", "tcp/80", arrives},
		{"item 69 the default ACL allows everything", func(b *packetwalk.Builder) { neighbours(b) }, "one", "two", "tcp/22", arrives},
		{"item 70 a custom ACL denies everything", func(b *packetwalk.Builder) { v, right := neighbours(b); v.ACL("acl").For(right) },
			"one", "two", "tcp/22", atRequest(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"item 71 100 allow before 101 deny", acl(func(a *packetwalk.ACLHandle) {
			a.AllowIn(100, "tcp/80", everywhere).DenyIn(101, "tcp/80", "192.0.2.9/32")
		}),
			"192.0.2.9", "web", "tcp/80", arrives},
		{"item 72 99 deny before 100 allow", acl(func(a *packetwalk.ACLHandle) {
			a.AllowIn(100, "tcp/80", everywhere).DenyIn(99, "tcp/80", "192.0.2.9/32")
		}),
			"192.0.2.9", "web", "tcp/80", atRequest(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"item 72 others are let in", acl(func(a *packetwalk.ACLHandle) {
			a.AllowIn(100, "tcp/80", everywhere).DenyIn(99, "tcp/80", "192.0.2.9/32")
		}),
			"192.0.2.10", "web", "tcp/80", arrives},
		{"item 77 a group without rules out answers", func(b *packetwalk.Builder) {
			hostRoutedAtIGW(b).PublicIP().NoDefaultEgress().Allow("tcp/22", packetwalk.Anywhere)
		}, "internet", "i", "tcp/22", arrives},
		{"item 77 and opens nothing", func(b *packetwalk.Builder) {
			hostRoutedAtIGW(b).PublicIP().NoDefaultEgress().Allow("tcp/22", packetwalk.Anywhere)
		}, "i", "internet", "tcp/22", atRequest(trace.StageSecurityGroup, "i-sg", trace.SGHasNoRules)},
		{"item 82 the group lets out and no route does", func(b *packetwalk.Builder) { isolated(b) },
			"i", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"item 118 two VPCs by their private addresses", peered, "ia", "ib", "tcp/443", arrives},
		{"item 120 not transitive", func(b *packetwalk.Builder) { v, ab := chain(b); v.Route("10.2.0.0/16", ab) },
			"ia", "ic", "tcp/443", atRequest(trace.StagePeeringConnection, "a-b-pcx", trace.PCXRequiresAddressInVPCCIDR)},
		{"item 126 the group is asked", peered, "ia", "ib", "tcp/80", atRequest(trace.StageSecurityGroup, "ib-sg", trace.ENISGRulesMismatch)},
		{"item 126 the routes are asked", func(b *packetwalk.Builder) { b.PeerWithoutRoutes(pair(b)) },
			"ia", "ib", "tcp/443", atRequest(trace.StageRouteTable, "a-main-rtb", trace.NoRouteToDestination)},
		{"item 126 the ACL is asked", func(b *packetwalk.Builder) { peerACL(b) },
			"peer", "i", "tcp/22", atReply(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
	})
}

// TestItemsOnTheWay looks at the hops.
func TestItemsOnTheWay(t *testing.T) {
	web := networkOf(t, func(b *packetwalk.Builder) { server(b) })
	t.Run("item 32 order of the way in", func(t *testing.T) {
		f := probe(t, web, "internet", "web", "tcp/22")
		want := []trace.Stage{trace.StageInternetGateway, trace.StageNetworkACL, trace.StageSecurityGroup, trace.StageNetworkInterface} // F6.017, F2.031
		assert.Equal(t, want, stages(f.Forward.Hops))
	})
	t.Run("item 32 order of the way out", func(t *testing.T) {
		f := probe(t, web, "web", "internet", "tcp/22")
		want := []trace.Stage{trace.StageNetworkInterface, trace.StageSecurityGroup, trace.StageNetworkACL, trace.StageRouteTable, trace.StageInternetGateway, trace.StageInternet} // F6.017
		assert.Equal(t, want, stages(f.Forward.Hops))
	})
	t.Run("item 22 the main table is named", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) { v, igw := webInMainTable(b); v.Route(everywhere, igw) })
		h := hopAt(probe(t, n, "web", "internet", "tcp/443").Forward.Hops, trace.StageRouteTable)
		assert.Equal(t, []string{"vpc-main-rtb", "main route table"}, []string{h.ID, h.Note})
	})
	t.Run("item 37 the group is not to blame", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) { hostRoutedAtIGW(b) })
		assert.NotContains(t, stages(probe(t, n, "internet", "i", "tcp/22").Blockers()), trace.StageSecurityGroup)
	})
	t.Run("item 67 a subnet gets the default ACL", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) { neighbours(b) })
		assert.Equal(t, "vpc-default-acl", hopAt(probe(t, n, "one", "two", "tcp/22").Forward.Hops, trace.StageNetworkACL).ID)
	})
	t.Run("item 72 entry 99 is quoted", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) {
			server(b)().AllowIn(100, "tcp/80", everywhere).DenyIn(99, "tcp/80", "192.0.2.9/32")
		})
		f := probe(t, n, "192.0.2.9", "web", "tcp/80")
		assert.Equal(t, "99 deny tcp/80 from 192.0.2.9/32", fmt.Sprint(hopAt(f.Forward.Hops, trace.StageNetworkACL).Rule))
	})
	t.Run("item 70 the final entry is named", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) { v, right := neighbours(b); v.ACL("acl").For(right) })
		assert.Contains(t, fmt.Sprintf("%+v", probe(t, n, "one", "two", "tcp/22")), "final * entry")
	})
	t.Run("item 74 what the ACL denies never reaches the group", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) { server(b)() })
		f := probe(t, n, "internet", "web", "tcp/22")
		assert.Equal(t, []trace.Stage{trace.StageInternetGateway, trace.StageNetworkACL}, stages(f.Forward.Hops))
	})
	t.Run("item 23 item 38 public is what the routes say", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) {
			v, igw := webInMainTable(b)
			v.Route(everywhere, igw)
			v.Subnet("new", "10.0.9.0/24")
		})
		assert.Equal(t, []packetwalk.WarningCode{packetwalk.PublicByMainTable}, warningsOf(n, "new"))
	})
	t.Run("item 33 a detached gateway is a blackhole", func(t *testing.T) {
		n := edited(t, func(b *packetwalk.Builder) { hostRoutedAtIGW(b).PublicIP() }, func(c *packetwalk.Config) { c.InternetGateways[0].VPC = "" })
		expect(t, atRequest(trace.StageRouteTable, "sub-rtb", trace.BadStateRoute), probe(t, n, "i", "internet", "tcp/443"))
		assert.Contains(t, warningsOf(n, "sub-rtb"), packetwalk.BlackholeRoute)
	})
}

// TestItemsRefused: networks that AWS does not let anybody make.
func TestItemsRefused(t *testing.T) {
	host := func(address string) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			b.VPC("vpc", "10.0.0.0/16").Subnet("sub", "10.0.1.0/24").Instance("i").PrivateIP(address)
		}
	}
	peer := func(a, c []string) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) { b.PeerWithoutRoutes(b.VPC("a", a...), b.VPC("c", c...)) }
	}
	tests := []struct {
		name  string
		given func(b *packetwalk.Builder)
		kind  packetwalk.Kind
		id    string
		want  error
	}{
		{"item 6 the network address", host("10.0.1.0"), packetwalk.KindInterface, "i-eni", packetwalk.ErrOutside},
		{"item 6 the router's", host("10.0.1.1"), packetwalk.KindInterface, "i-eni", packetwalk.ErrOutside},
		{"item 6 DNS's", host("10.0.1.2"), packetwalk.KindInterface, "i-eni", packetwalk.ErrOutside},
		{"item 6 kept for later", host("10.0.1.3"), packetwalk.KindInterface, "i-eni", packetwalk.ErrOutside},
		{"item 6 the last", host("10.0.1.255"), packetwalk.KindInterface, "i-eni", packetwalk.ErrOutside},
		{"item 6 twelve in a /28", hosts(12), packetwalk.KindInterface, "h11-eni", packetwalk.ErrLimit},
		{"item 34 a second internet gateway", func(b *packetwalk.Builder) { v, _ := world(b); v.InternetGateway("igw2") },
			packetwalk.KindInternetGateway, "igw2", packetwalk.ErrDuplicate},
		{"item 66 two ACLs for one subnet", func(b *packetwalk.Builder) {
			v, right := neighbours(b)
			v.ACL("acl1").For(right)
			v.ACL("acl2").For(right)
		}, packetwalk.KindNetworkACL, "acl2", packetwalk.ErrDuplicate},
		{"item 68 an ACL of another VPC", func(b *packetwalk.Builder) {
			_, right := neighbours(b)
			b.VPC("w", "10.1.0.0/16").ACL("acl").For(right)
		},
			packetwalk.KindNetworkACL, "acl", packetwalk.ErrInvalid},
		{"item 123 the same block on both sides", peer([]string{"10.0.0.0/16"}, []string{"10.0.0.0/16"}),
			packetwalk.KindPeering, "a-c-pcx", packetwalk.ErrOverlap},
		{"item 123 one inside the other", peer([]string{"10.0.0.0/16"}, []string{"10.0.128.0/20"}),
			packetwalk.KindPeering, "a-c-pcx", packetwalk.ErrOverlap},
		{"item 123 a secondary block alone", peer([]string{"10.0.0.0/16", "10.1.0.0/16"}, []string{"10.2.0.0/16", "10.1.0.0/20"}),
			packetwalk.KindPeering, "a-c-pcx", packetwalk.ErrOverlap},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := packetwalk.New()
			test.given(b)
			_, err := b.Build()
			refused(t, err, test.kind, test.id, test.want)
		})
	}
}

// refused wants Build to find a mistake in this resource, for that reason.
func refused(t *testing.T, err error, kind packetwalk.Kind, id string, reason error) {
	t.Helper()
	require.ErrorIs(t, err, reason)
	for _, c := range configErrors(t, err) {
		if c.Kind == kind && c.ID == id && errors.Is(c, reason) {
			return
		}
	}
	t.Errorf("want a mistake in %s %q because %v, got:\n%v", kind, id, reason, err)
}

// hosts puts n instances, "h00" and on, into a /28.
func hosts(n int) func(b *packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		s := b.VPC("vpc", "10.0.0.0/16").Subnet("sub", "10.0.1.0/28")
		for i := range n {
			s.Instance(fmt.Sprintf("h%02d", i))
		}
	}
}

// TestItemsAccepted: networks that AWS does let people make.
func TestItemsAccepted(t *testing.T) {
	t.Run("item 6 eleven in a /28", func(t *testing.T) {
		c := networkOf(t, hosts(11)).Config()
		assert.Equal(t, netip.MustParseAddr("10.0.1.4"), c.Interfaces[0].Primary())
		assert.Equal(t, netip.MustParseAddr("10.0.1.14"), c.Interfaces[10].Primary())
	})
	t.Run("item 119 a peering between accounts and Regions", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) {
			v, w := pair(b)
			v.Account("111111111111").Region("us-east-1")
			w.Account("222222222222").Region("eu-west-1")
			b.Peer(v, w)
		})
		expect(t, arrives, probe(t, n, "ia", "ib", "tcp/443"))
	})
}

// TestItem183 builds a VPC from memory, step by step: what each step changes is asked before and after it.
func TestItem183(t *testing.T) {
	var c packetwalk.Config
	step := func(name, from, to, service string, before, after trace.Verdict, change func()) {
		t.Run("item 183 "+name, func(t *testing.T) {
			expect(t, before, probe(t, built(t, c), from, to, service))
			change()
			expect(t, after, probe(t, built(t, c), from, to, service))
		})
	}
	b := packetwalk.New()
	v, igw := world(b)
	pub, priv := v.Subnet("pub", "10.0.1.0/24"), v.Subnet("priv", "10.0.2.0/24")
	web := pub.Instance("web").Allow("tcp/80", packetwalk.Anywhere)
	priv.Instance("db")
	c = b.Config()

	nothing := atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)
	step("a public route table", "web", "internet", "tcp/443", nothing,
		atRequest(trace.StageInternetGateway, "igw", trace.IGWPublicIPAssociationForEgress),
		func() { v.RouteTable("public").Route(everywhere, igw).Associate(pub); c = b.Config() })
	step("a public address", "internet", "web", "tcp/80",
		atRequest(trace.StageInternetGateway, "igw", trace.IGWPrivateIPAssociationForIngress), arrives,
		func() { web.PublicIP(); c = b.Config() })
	step("a NAT gateway", "db", "internet", "tcp/443", nothing, arrives,
		func() { v.Route(everywhere, pub.NAT("nat")); c = b.Config() })
	step("an ACL that has no entries", "internet", "web", "tcp/80", arrives,
		atRequest(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction),
		func() { v.ACL("acl").For(pub); c = b.Config() })
}
