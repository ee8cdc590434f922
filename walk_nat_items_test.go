package packetwalk_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// bastionNAT: instance "nat" in the public subnet "pub" is the way out of instance "i" in subnet "priv", and
// the way in. The groups of both let in what open says of the ports.
func bastionNAT(open ...string) func(b *packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v, igw := world(b)
		pub := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw)
		web := pub.Instance("web").PublicIP().Allow("tcp/22", packetwalk.Anywhere)
		nat := pub.NATInstance("nat").PublicIP()
		i := v.Subnet("priv", "10.0.1.0/24").Route(everywhere, nat).Instance("i").Allow("tcp/22", web, nat)
		nat.Allow("tcp/22", packetwalk.Anywhere)
		for _, service := range open {
			nat.Allow(service, i)
		}
	}
}

func TestItemsOfNATInstances(t *testing.T) {
	note := bastionNAT("tcp/80", "tcp/443") // 22, 80 and 443, as the note opens it
	runScenarios(t, []scenario{
		{"item 48 the web passes", note, "i", "internet", "tcp/80", arrives},
		{"item 48 a ping does not", note, "i", "internet", "icmp/echo-request", atRequest(trace.StageSecurityGroup, "nat-sg", trace.ENISGRulesMismatch)},
		{"item 48 mended by a rule for it", bastionNAT("icmp/echo-request"), "i", "internet", "icmp/echo-request", arrives},
		{"item 49 0.0.0.0/0 leads to the NAT instance", note, "i", "internet", "tcp/443", arrives},
		{"item 50 SSH to the public instance", note, "internet", "web", "tcp/22", arrives},
		{"item 50 from there to the private one", note, "web", "i", "tcp/22", arrives},
		{"item 50 from there out: yum update", note, "i", "internet", "tcp/443", arrives},
		{"item 53 the NAT instance is a bastion: to it", note, "internet", "nat", "tcp/22", arrives},
		{"item 53 the NAT instance is a bastion: from it", note, "nat", "i", "tcp/22", arrives},
		{"item 53 not past it", note, "internet", "i", "tcp/22", atRequest(trace.StageInternetGateway, "igw", trace.IGWPrivateIPAssociationForIngress)},
	})
	t.Run("item 45 the source is rewritten at the NAT instance, and again at the internet gateway", func(t *testing.T) {
		n := networkOf(t, note)
		f := probe(t, n, "i", "internet", "tcp/443")
		var sources []netip.Addr
		for _, h := range f.Forward.Hops {
			if h.Before.Src != h.After.Src {
				sources = append(sources, h.After.Src)
			}
		}
		assert.Equal(t, []netip.Addr{privateOf(t, n, "nat-eni"), publicOf(t, n, "nat-eni")}, sources)
	})
}

func TestItemsOfNATGateways(t *testing.T) {
	gw := func(b *packetwalk.Builder) { natGateway(b) }
	runScenarios(t, []scenario{
		{"item 54 in the public subnet", gw, "i", "internet", "tcp/443", arrives},
		{"item 54 in a private subnet", func(b *packetwalk.Builder) { natInPrivateSubnet(b) },
			"i", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"item 55 0.0.0.0/0 in the private subnet's table", gw, "i", "internet", "tcp/443", arrives},
		{"item 56 nothing outside starts a connection", gw, "internet", "nat", "tcp/443", atRequest(trace.StageNATGateway, "nat", trace.NATNoSession)},
		{"item 56 on no port", gw, "internet", "nat", "udp/53", atRequest(trace.StageNATGateway, "nat", trace.NATNoSession)},
		{"item 62 a NAT gateway to which no route leads", func(b *packetwalk.Builder) {
			v, igw := world(b)
			v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw).NAT("nat")
			v.Subnet("priv", "10.0.1.0/24").Instance("i")
		}, "i", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"item 63 a NAT gateway takes no IPv6 of the internet's", func(b *packetwalk.Builder) {
			v := b.VPC("vpc", "10.0.0.0/16", "2001:db8:1::/56")
			nat := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, v.InternetGateway("igw")).NAT("nat")
			v.Subnet("priv", "2001:db8:1:1::/64").Route("::/0", nat).Instance("i").IPv6("2001:db8:1:1::5")
		}, "i", "internet", "tcp/443", atRequest(trace.StageNATGateway, "nat", trace.ProtocolRestriction)},
		{"A54 an egress-only internet gateway does", func(b *packetwalk.Builder) {
			v := b.VPC("vpc", "2001:db8:1::/56", "10.0.0.0/16")
			v.Subnet("priv", "2001:db8:1:1::/64").Route("::/0", v.EgressOnlyInternetGateway("eigw")).Instance("i").IPv6("2001:db8:1:1::5")
		}, "i", "internet", "tcp/443", arrives},
	})
	t.Run("item 55 the source is the Elastic IP", func(t *testing.T) {
		n := networkOf(t, gw)
		assert.Equal(t, publicOf(t, n, "nat-eni"), probe(t, n, "i", "internet", "tcp/443").Forward.Last.Src)
	})
}

// TestRegionalNATSurvives: what the note says of every NAT gateway holds for a regional one only: it survives
// the loss of a zone (F4.219).
func TestRegionalNATSurvives(t *testing.T) {
	lost := func(b *packetwalk.Builder, byHand bool) *packetwalk.Network {
		cfg := b.Config()
		cfg.ImpairedZones = []string{"us-east-1a"}
		cfg.NATGateways[0].ManualZones = byHand
		return mustNetwork(t, cfg)
	}
	both := func() *packetwalk.Builder { return regionalNet(byHand) }
	checkWalk(t, lost(both(), true), walkCase{"item 58 item 61", "host1", "internet", "tcp/443", works})
	f := checkWalk(t, lost(both(), false), walkCase{"item 58 a zone that waits for an address", "host2", "internet", "tcp/443", works})
	assert.Equal(t, addr("198.51.100.102"), f.Forward.Last.Src, "item 58 nothing leaves by the zone that failed")
}
