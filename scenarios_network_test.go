package packetwalk_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// TestItemsOfAddresses: what fits into a VPC and what does not.
func TestItemsOfAddresses(t *testing.T) {
	within := func(ranges ...string) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v := b.VPC("vpc", "10.0.0.0/16")
			for i, r := range ranges {
				v.Subnet(string(rune('a'+i)), r)
			}
		}
	}
	block := func(cidr string) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) { b.VPC("vpc", cidr) }
	}
	for _, test := range []struct {
		name  string
		given func(b *packetwalk.Builder)
		kind  packetwalk.Kind
		id    string
		want  error // nil: it is taken
	}{
		{"item 3 a VPC of /15", block("10.0.0.0/15"), packetwalk.KindVPC, "vpc", packetwalk.ErrInvalid},
		{"item 3 a VPC of /16", block("10.0.0.0/16"), "", "", nil},
		{"item 3 a VPC of /28", block("10.0.0.0/28"), "", "", nil},
		{"item 3 a VPC of /29", block("10.0.0.0/29"), packetwalk.KindVPC, "vpc", packetwalk.ErrInvalid},
		{"item 3 with a second block", func(b *packetwalk.Builder) { b.VPC("vpc", "10.0.0.0/16", "10.1.0.0/16") }, "", "", nil},
		{"item 4 a subnet of /28", within("10.0.0.0/28"), "", "", nil},
		{"item 4 a subnet of /16", within("10.0.0.0/16"), "", "", nil},
		{"item 4 a subnet of /29", within("10.0.0.0/29"), packetwalk.KindSubnet, "a", packetwalk.ErrInvalid},
		{"item 4 a subnet of /15", within("10.0.0.0/15"), packetwalk.KindSubnet, "a", packetwalk.ErrInvalid},
		{"item 12 a subnet outside of the VPC", within("10.1.0.0/24"), packetwalk.KindSubnet, "a", packetwalk.ErrOutside},
		{"item 12 two subnets that overlap", within("10.0.0.0/24", "10.0.0.128/25"), packetwalk.KindSubnet, "b", packetwalk.ErrOverlap},
		{"item 12 two subnets side by side", within("10.0.0.0/25", "10.0.0.128/25"), "", "", nil},
		{"item 12 an instance outside of its subnet", func(b *packetwalk.Builder) {
			b.VPC("vpc", "10.0.0.0/16").Subnet("a", "10.0.0.0/24").Instance("i").PrivateIP("10.0.1.9")
		}, packetwalk.KindInterface, "i-eni", packetwalk.ErrOutside},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := packetwalk.New()
			test.given(b)
			_, err := b.Build()
			if test.want == nil {
				require.NoError(t, err)
				return
			}
			refused(t, err, test.kind, test.id, test.want)
		})
	}
}

// TestItem2: several VPCs in a Region, and subnets in one Availability Zone each (item 5).
func TestItem2(t *testing.T) {
	n := networkOf(t, func(b *packetwalk.Builder) {
		for i, id := range []string{"a", "b", "c"} {
			v := b.VPC(id, "10.0.0.0/16").Region("eu-west-1")
			v.Subnet(id+"-s", "10.0.0.0/24").Zone([]string{"eu-west-1a", "eu-west-1b", "eu-west-1c"}[i])
		}
	})
	t.Run("item 2 VPCs of a Region, with the same range", func(t *testing.T) {
		for _, v := range n.Config().VPCs {
			assert.Equal(t, "eu-west-1", v.Region)
		}
	})
	t.Run("item 5 a subnet is in one zone", func(t *testing.T) {
		var zones []string
		for _, s := range n.Config().Subnets {
			zones = append(zones, s.Zone)
		}
		assert.Equal(t, []string{"eu-west-1a", "eu-west-1b", "eu-west-1c"}, zones)
	})
}

// TestItem9: what AWS makes with a VPC.
func TestItem9(t *testing.T) {
	c := networkOf(t, func(b *packetwalk.Builder) { b.VPC("vpc", "10.0.0.0/16") }).Config()
	t.Run("item 9 a main table, a default ACL, a default group and no subnet", func(t *testing.T) {
		require.Len(t, c.RouteTables, 1)
		assert.True(t, c.RouteTables[0].Main)
		require.Len(t, c.NetworkACLs, 1)
		assert.True(t, c.NetworkACLs[0].Default)
		require.Len(t, c.SecurityGroups, 1)
		assert.Equal(t, "default", c.SecurityGroups[0].Name)
		assert.Empty(t, c.Subnets)
	})
}

// standard makes the default VPC with "i" in its first subnet and "near" in the other.
func standard(b *packetwalk.Builder) {
	_, subnets := b.DefaultVPC("vpc", "us-east-1a", "us-east-1b")
	subnets[0].Instance("i")
	subnets[1].Instance("near").Allow("tcp/22", packetwalk.CIDR("172.31.0.0/16"))
}

// resolvers: "i" in the first of two subnets of a VPC with a secondary block.
func resolvers(b *packetwalk.Builder) {
	v := b.VPC("vpc", "10.0.0.0/16", "10.1.0.0/16")
	v.Subnet("one", "10.0.5.0/24").Instance("i")
	v.Subnet("two", "10.0.6.0/24")
	v.Subnet("three", "10.1.0.0/24")
}

// throughEndpoint: "i" in subnet "priv" with an endpoint for S3.
func throughEndpoint(b *packetwalk.Builder) {
	v, s := isolated(b)
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
}

// longest: table "sub-rtb" leads all to the internet gateway, and a part of it to an appliance whose group is
// shut.
func longest(b *packetwalk.Builder) {
	v, igw := world(b)
	fw := v.Subnet("fws", "10.0.9.0/24").Appliance("fw")
	v.Subnet("sub", "10.0.0.0/24").Route(everywhere, igw).Route("203.0.113.0/24", fw).Instance("i").PublicIP()
}

func TestItemsOfRoutes(t *testing.T) {
	const outside, inside = "2600::1", "2001:db8:1234:1a00::123"
	oneWay := func(back bool) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v, w := pair(b)
			pcx := b.PeerWithoutRoutes(v, w)
			if back {
				w.Route("10.0.0.0/16", pcx)
			} else {
				v.Route("10.1.0.0/16", pcx)
			}
		}
	}
	noHost := atRequest(trace.StageRouter, "vpc", trace.NoSuchHost)
	runScenarios(t, []scenario{
		{"item 7 the VPC's base + 2 answers", resolvers, "i", "10.0.0.2", "udp/53", arrives},
		{"item 7 a subnet's base + 2 does not", resolvers, "i", "10.0.6.2", "udp/53", noHost},
		{"item 7 a secondary block's neither", resolvers, "i", "10.1.0.2", "udp/53", noHost},
		{"item 10 the default VPC leads to the internet", standard, "i", "8.8.8.8", "tcp/443", arrives},
		{"item 10 both its subnets do", standard, "near", "8.8.8.8", "tcp/443", arrives},
		{"item 11 by the private address", standard, "i", "near", "tcp/22", arrives},
		{"item 20 the longest prefix decides", longest, "i", "203.0.113.9", "tcp/443", atRequest(trace.StageSecurityGroup, "fw-sg", trace.SGHasNoRules)},
		{"item 20 the shorter one takes the rest", longest, "i", "192.0.2.9", "tcp/443", arrives},
		{"item 21 from subnet to subnet", func(b *packetwalk.Builder) { neighbours(b) }, "one", "two", "tcp/22", arrives},
		{"item 27 a list's route leads to the endpoint", throughEndpoint, "i", "s3", "tcp/443", arrives},
		{"item 27 and nothing else does", throughEndpoint, "i", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"item 28 the route back is missing", oneWay(false), "ia", "ib", "tcp/443", atReply(trace.StageRouteTable, "b-main-rtb", trace.NoRouteToDestination)},
		{"item 28 the route there is missing", oneWay(true), "ia", "ib", "tcp/443", atRequest(trace.StageRouteTable, "a-main-rtb", trace.NoRouteToDestination)},
		{"item 31 the internet comes in by an internet gateway", func(b *packetwalk.Builder) { server(b) }, "internet", "web", "tcp/80", arrives},
		{"item 39 IPv6 goes out", func(b *packetwalk.Builder) { sixth(b, internetGateway) }, "i", outside, "tcp/443", arrives},
		{"item 39 and comes in", func(b *packetwalk.Builder) { sixth(b, internetGateway) }, "internet", inside, "tcp/443", arrives},
		{"item 42 nobody opens a connection past an egress-only gateway", func(b *packetwalk.Builder) { sixth(b, egressOnlyGateway) },
			"internet", inside, "tcp/443", atRequest(trace.StageEgressOnlyInternetGateway, "eigw", trace.EIGWNoSession)},
		{"item 42 with no other protocol either", func(b *packetwalk.Builder) { sixth(b, egressOnlyGateway) },
			"internet", inside, "icmpv6/echo-request", atRequest(trace.StageEgressOnlyInternetGateway, "eigw", trace.EIGWNoSession)},
		{"item 44 updates for an IPv6 host", func(b *packetwalk.Builder) { sixth(b, egressOnlyGateway) }, "i", outside, "tcp/443", arrives},
		{"item 171 to the bastion", bastioned, "internet", "bastion", "tcp/22", arrives},
		{"item 171 from the bastion", bastioned, "bastion", "i", "tcp/22", arrives},
		{"item 171 not past it", bastioned, "internet", "i", "tcp/22", atRequest(trace.StageInternetGateway, "igw", trace.IGWPrivateIPAssociationForIngress)},
	})
	t.Run("item 11 a private and a public address", func(t *testing.T) {
		n := networkOf(t, standard)
		for _, id := range []string{"i-eni", "near-eni"} {
			assert.True(t, privateOf(t, n, id).IsPrivate(), id)
			assert.True(t, publicOf(t, n, id).IsValid(), id)
		}
	})
	t.Run("item 21 by the local route", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) { neighbours(b) })
		r, ok := hopAt(probe(t, n, "one", "two", "tcp/22").Forward.Hops, trace.StageRouteTable).Rule.(*route.Route)
		require.True(t, ok)
		assert.Equal(t, route.Local, r.Target.Kind)
	})
	t.Run("item 27 the table shows it", func(t *testing.T) {
		h := hopAt(probe(t, networkOf(t, throughEndpoint), "i", "s3", "tcp/443").Forward.Hops, trace.StageRouteTable)
		r, ok := h.Rule.(*route.Route)
		require.True(t, ok)
		assert.Equal(t, route.Target{Kind: route.GatewayEndpoint, ID: "s3"}, r.Target)
		assert.NotEmpty(t, r.PrefixList)
	})
}

// bastioned: "bastion" in a public subnet takes SSH from everywhere, "i" in a private one takes it from the
// bastion.
func bastioned(b *packetwalk.Builder) {
	v, igw := world(b)
	jump := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw).Instance("bastion").PublicIP().Allow("tcp/22", packetwalk.Anywhere)
	v.Subnet("priv", "10.0.1.0/24").Instance("i").Allow("tcp/22", jump)
}

// TestItem59: a NAT gateway has no security group; one that is given is refused.
func TestItem59(t *testing.T) {
	b := packetwalk.New()
	natGateway(b)
	c := b.Config()
	c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "e", Subnet: "pub", Kind: subnet.NATGateway, NoSourceDestCheck: true,
		Private: []subnet.Address{{Private: netip.MustParseAddr("10.0.0.9"), Public: netip.MustParseAddr("198.51.100.9")}}})
	c.NATGateways[0].Addresses = []gateway.NATAddress{{Interface: "e", Private: netip.MustParseAddr("10.0.0.9"), Public: netip.MustParseAddr("198.51.100.9")}}
	t.Run("item 59 without a group", func(t *testing.T) { built(t, c) })
	t.Run("item 59 with a group", func(t *testing.T) {
		c.Interfaces[len(c.Interfaces)-1].Groups = []string{"i-sg"}
		_, err := packetwalk.Build(c)
		require.ErrorIs(t, err, packetwalk.ErrInvalid)
		assert.ErrorContains(t, err, "without groups")
	})
}

// TestItem76: a subnet that an ACL of one's own is for leaves the default one.
func TestItem76(t *testing.T) {
	n := networkOf(t, func(b *packetwalk.Builder) { v, right := neighbours(b); v.ACL("acl").For(right) })
	serves := make(map[string][]string)
	for _, a := range n.Config().NetworkACLs {
		serves[a.ID] = a.Subnets
	}
	t.Run("item 76 the subnet has the custom ACL alone", func(t *testing.T) {
		assert.Equal(t, []string{"right"}, serves["acl"])
		assert.NotContains(t, serves["vpc-default-acl"], "right")
	})
	t.Run("item 76 and what the default one would let by is denied", func(t *testing.T) {
		expect(t, atRequest(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction), probe(t, n, "one", "two", "tcp/22"))
	})
	t.Run("item 70 the default one is as it was", func(t *testing.T) {
		for _, a := range n.Config().NetworkACLs {
			if a.Default {
				assert.Equal(t, nacl.DefaultEntries(false), a.Entries)
			}
		}
	})
}

// peeredVPCs peers VPC "a" with all others of n, "b" and on; in a mesh each with each. Instance "ib" is in
// "b".
func peeredVPCs(n int, mesh bool) func(b *packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		var all []*packetwalk.VPCHandle
		for i := range n {
			id := string(rune('a' + i))
			block := netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i), 0, 0}), 16)
			v := b.VPC(id, block.String())
			v.Subnet(id+"-s", netip.PrefixFrom(block.Addr(), 24).String()).Instance("i"+id).Allow("tcp/443", packetwalk.CIDR("10.0.0.0/8"))
			for j, w := range all {
				if mesh || j == 0 {
					b.Peer(w, v)
				}
			}
			all = append(all, v)
		}
	}
}

func TestItemsOfPeerings(t *testing.T) {
	t.Run("item 121 three VPCs want three peerings", func(t *testing.T) {
		n := networkOf(t, peeredVPCs(3, true))
		assert.Len(t, n.Config().Peerings, 3*(3-1)/2)
		for _, from := range []string{"ia", "ib", "ic"} {
			for _, to := range []string{"ia", "ib", "ic"} {
				expect(t, arrives, probe(t, n, from, to, "tcp/443"))
			}
		}
	})
	t.Run("item 121 without one of them two are apart", func(t *testing.T) {
		n := edited(t, peeredVPCs(3, true), func(c *packetwalk.Config) { c.Peerings[2].Status = peering.Deleted })
		expect(t, atRequest(trace.StageRouteTable, "b-main-rtb", trace.BadStateRoute), probe(t, n, "ib", "ic", "tcp/443"))
	})
	n := networkOf(t, peeredVPCs(5, false))
	t.Run("item 122 the center reaches its four spokes, and they it", func(t *testing.T) {
		require.Len(t, n.Config().Peerings, 4)
		for _, spoke := range []string{"ib", "ic", "id", "ie"} {
			expect(t, arrives, probe(t, n, "ia", spoke, "tcp/443"))
			expect(t, arrives, probe(t, n, spoke, "ia", "tcp/443"))
		}
	})
	t.Run("item 122 the spokes don't reach each other", func(t *testing.T) {
		expect(t, atRequest(trace.StageRouteTable, "b-main-rtb", trace.NoRouteToDestination), probe(t, n, "ib", "ic", "tcp/443"))
		expect(t, atRequest(trace.StageRouteTable, "e-main-rtb", trace.NoRouteToDestination), probe(t, n, "ie", "ib", "tcp/443"))
	})
}

// TestItem51: where the NAT instance is terminated, the route to it is a blackhole.
func TestItem51(t *testing.T) {
	n := edited(t, func(b *packetwalk.Builder) { natHost(b, uncheckedNAT).Allow("all", packetwalk.CIDR("10.0.1.0/24")) }, func(c *packetwalk.Config) {
		c.Instances[0].State = vpc.Terminated
	})
	t.Run("item 51 one instance is one point of failure", func(t *testing.T) {
		expect(t, atRequest(trace.StageRouteTable, "priv-rtb", trace.BadStateRoute), probe(t, n, "i", "internet", "tcp/443"))
	})
}
