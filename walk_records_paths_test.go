package packetwalk_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/vpc"
)

// pathNet is a VPC with every way out that records tell apart: host a in a subnet that leads everywhere, b
// beside it in another subnet, private behind a NAT gateway, six behind an egress-only gateway, and peers in
// the same Region and in another.
func pathNet() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	near, far := b.VPC("near", "10.1.0.0/16").Account(consumerAccount), b.VPC("far", "10.2.0.0/16").Region("eu-west-1")
	igw, vgw := v.InternetGateway("igw"), v.VirtualPrivateGateway("vgw", "192.168.0.0/16")
	one := v.Subnet("one", "10.0.1.0/24").Zone("us-east-1a").ZoneID("use1-az6").Route("0.0.0.0/0", igw).Route("192.168.0.0/16", vgw)
	two := v.Subnet("two", "10.0.2.0/24").Zone("us-east-1b").ZoneID("use1-az1")
	one.Instance("a").PrivateIP("10.0.1.10").ElasticIP("198.51.100.1").Allow("all", packetwalk.Anywhere)
	one.Instance("beside").PrivateIP("10.0.1.11").Allow("all", packetwalk.Anywhere)
	one.Instance("nopublic").PrivateIP("10.0.1.12")
	two.Instance("b").PrivateIP("10.0.2.10").Allow("all", packetwalk.Anywhere)
	nat := one.NAT("nat")
	v.Subnet("private", "10.0.3.0/24").Route("0.0.0.0/0", nat).Instance("host").PrivateIP("10.0.3.10").Allow("all", packetwalk.Anywhere)
	v.Subnet("v6", "10.0.4.0/24", "2001:db8:1:4::/64").Route("::/0", v.EgressOnlyInternetGateway("eigw")).
		Instance("six").IPv6("2001:db8:1:4::10")
	fw := two.Appliance("fw").PrivateIP("10.0.2.20").Allow("all", packetwalk.Anywhere)
	v.Subnet("behind", "10.0.5.0/24").Route("10.0.2.0/24", fw).Instance("client").PrivateIP("10.0.5.10").Allow("all", packetwalk.Anywhere)
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", two).Allow("all", v)
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", one)
	near.Subnet("n", "10.1.1.0/24").Zone("us-east-1a").ZoneID("use1-az2").Instance("neighbour").PrivateIP("10.1.1.10").Allow("all", packetwalk.Anywhere)
	far.Subnet("f", "10.2.1.0/24").Instance("remote").PrivateIP("10.2.1.10").Allow("all", packetwalk.Anywhere)
	b.Peer(v, near)
	b.Peer(v, far)
	return b
}

// TestRecordPaths: field traffic-path (F1.129) of every record on the way, request and reply.
func TestRecordPaths(t *testing.T) {
	const internet = "203.0.113.10"
	n := mustNetwork(t, pathNet())
	for _, c := range []struct {
		name, from, to, service string
		want                    []string
	}{
		{"F1.301 another subnet of the VPC", "a", "b", "tcp/443", []string{"a-eni egress 1", "b-eni ingress -", "b-eni egress 1", "a-eni ingress -"}},
		{"F1.301, F1.304 the same subnet; ingress has none", "a", "beside", "tcp/443", []string{"a-eni egress 1", "beside-eni ingress -", "beside-eni egress 1", "a-eni ingress -"}},
		{"F1.301 an appliance", "client", "b", "tcp/443", []string{
			"client-eni egress 1", "fw-eni ingress -", "fw-eni egress 1", "b-eni ingress -", "b-eni egress 1", "client-eni ingress -"}},
		{"F1.301 an address that nobody has", "a", "10.0.2.99", "tcp/443", []string{"a-eni egress 1"}},
		{"F1.302, F1.303, F1.306 the internet gateway", "a", internet, "tcp/443", []string{"a-eni egress 8", "a-eni ingress -"}},
		{"F1.303 which drops it for want of a public address", "nopublic", internet, "tcp/443", []string{"nopublic-eni egress 8"}},
		{"F1.303 a virtual private gateway", "a", "192.168.1.1", "tcp/443", []string{"a-eni egress 3", "a-eni ingress -"}},
		{"F1.303 a peering in the Region", "a", "neighbour", "tcp/443", []string{"a-eni egress 4", "neighbour-eni ingress -", "neighbour-eni egress 4", "a-eni ingress -"}},
		{"F1.303 a peering between Regions", "a", "remote", "tcp/443", []string{"a-eni egress 5", "remote-eni ingress -", "remote-eni egress 5", "a-eni ingress -"}},
		{"F1.303, F1.306 a gateway endpoint", "a", s3Here, "tcp/443", []string{"a-eni egress 7", "a-eni ingress -"}},
		{"F1.307 a NAT gateway: 1 to it, 8 from it out, 1 from it in", "host", internet, "tcp/443", []string{
			"host-eni egress 1", "nat-eni ingress -", "nat-eni egress 8", "nat-eni ingress -", "nat-eni egress 1", "host-eni ingress -"}},
		{"F1.307 an interface endpoint", "a", "sqs", "tcp/443", []string{"a-eni egress 1", "sqs-two-eni ingress -", "sqs-two-eni egress 1", "a-eni ingress -"}},
		{"F1.308 an egress-only internet gateway", "six", "2001:db8:ffff::10", "tcp/443", []string{"six-eni egress -", "six-eni ingress -"}},
		{"F1.308 no route", "b", internet, "tcp/443", []string{"b-eni egress -"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, shownBetween(t, n, c.from, c.to, c.service, "interface-id flow-direction traffic-path"))
		})
	}
}

// TestRecordPathsOfRoutes: by what kind of target, where the way ends at the route.
func TestRecordPathsOfRoutes(t *testing.T) {
	for _, c := range []struct {
		name string
		to   route.Target
		want string
	}{
		{"F1.307 a transit gateway", route.Target{Kind: route.TransitGateway, ID: "tgw-1"}, "1"},
		{"F1.301 a local gateway of an Outpost", route.Target{Kind: route.LocalGateway, ID: "lgw-1"}, "1"},
		{"F1.308 a carrier gateway", route.Target{Kind: route.CarrierGateway, ID: "cagw-1"}, "-"},
		{"F1.308 what nobody could describe", route.Target{Kind: route.Unknown, ID: "x"}, "-"},
		{"F1.308 a blackhole", route.Target{Kind: route.NetworkInterface, ID: "unused"}, "-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			s := b.VPC("app", "10.0.0.0/16").Subnet("one", "10.0.1.0/24")
			s.Instance("a")
			s.Interface("unused")
			cfg := b.Config()
			cfg.RouteTables = []route.Table{{ID: "rtb", VPC: "app", Main: true, Routes: []route.Route{{Destination: prefix("0.0.0.0/0"), Target: c.to}}}}
			assert.Equal(t, []string{"a-eni ACCEPT " + c.want}, shownBetween(t, mustNetwork(t, cfg), "a", "203.0.113.9", "tcp/443", "interface-id action traffic-path"))
		})
	}
	t.Run("F1.303 a peer outside of the network, in another Region", func(t *testing.T) {
		for region, want := range map[string]string{"": "4", "us-east-1": "4", "eu-west-1": "5"} {
			b := packetwalk.New()
			v := b.VPC("app", "10.0.0.0/16")
			v.Subnet("one", "10.0.1.0/24").Instance("a")
			cfg := b.Config()
			cfg.Peerings = []peering.Connection{{ID: "pcx", Requester: peering.Side{VPC: "app"}, Accepter: peering.Side{VPC: "x", Region: region, Blocks: []netip.Prefix{prefix("10.9.0.0/16")}}}}
			cfg.RouteTables = []route.Table{{ID: "rtb", VPC: "app", Main: true, Routes: []route.Route{{
				Destination: prefix("10.9.0.0/16"), Target: route.Target{Kind: route.PeeringConnection, ID: "pcx"}}}}}
			assert.Equal(t, []string{"a-eni " + want}, shownBetween(t, mustNetwork(t, cfg), "a", "10.9.0.1", "tcp/443", "interface-id traffic-path"))
		}
	})
	t.Run("F1.303, F4.210 back to a NAT gateway over the peering, without a route", func(t *testing.T) {
		assert.Equal(t, []string{"host-eni 1 nat-eni", "nat-eni - host-eni", "nat-eni 4 remote-eni", "remote-eni - nat-eni", "remote-eni 4 nat-eni"},
			shownBetween(t, mustNetwork(t, natPeers(nil)), "host", "remote", "tcp/80", "interface-id traffic-path next-hop-interface-id")[:5])
	})
	t.Run("F1.507 what the sender's group denies takes no way", func(t *testing.T) {
		n := mustNetwork(t, recordNet("tcp/80 0.0.0.0/0", every, allowAll, allowAll))
		assert.Equal(t, []string{"a-eni REJECT - -"}, shownBetween(t, n, "a", "b", "tcp/443", "interface-id action traffic-path next-hop-interface-id"))
	})
	t.Run("F1.512 what Block Public Access rejects came as far as the gateway", func(t *testing.T) {
		n := blocking(t, openNet(), vpc.BPABidirectional)
		assert.Equal(t, []string{"web-eni REJECT BPA 8 -"}, shownBetween(t, n, "web", "internet", "tcp/443", "interface-id action reject-reason traffic-path bytes"))
		assert.Equal(t, []string{"web-eni REJECT BPA - -"}, shownBetween(t, n, "internet", "web", "tcp/443", "interface-id action reject-reason traffic-path bytes"))
	})
}

// TestRecordNextHops: who is at the other end of each stretch (F1.150-F1.154), and where that is not told
// (F1.156).
func TestRecordNextHops(t *testing.T) {
	const internet = "203.0.113.10"
	n := mustNetwork(t, pathNet())
	for _, c := range []struct {
		name, from, to string
		want           []string
	}{
		{"F1.150, F1.151, F1.152, F1.153 who receives, and who sent", "a", "b", []string{
			"a-eni: b-eni two use1-az1 app -", "b-eni: a-eni one use1-az6 app -", "b-eni: a-eni one use1-az6 app -", "a-eni: b-eni two use1-az1 app -"}},
		{"F1.156 a middlebox is a hop of its own", "client", "b", []string{
			"client-eni: fw-eni two use1-az1 app -", "fw-eni: client-eni behind - app -", "fw-eni: b-eni two use1-az1 app -", "b-eni: fw-eni two use1-az1 app -",
			"b-eni: client-eni behind - app -", "client-eni: b-eni two use1-az1 app -"}},
		{"F1.154, F1.156 a NAT gateway; an internet gateway has no interface", "host", internet, []string{
			"host-eni: nat-eni one use1-az6 app nat_gateway", "nat-eni: host-eni private - app -", "nat-eni: - - - - -",
			"nat-eni: - - - - -", "nat-eni: host-eni private - app -", "host-eni: nat-eni one use1-az6 app nat_gateway"}},
		{"F1.154 an interface endpoint", "a", "sqs", []string{
			"a-eni: sqs-two-eni two use1-az1 app vpc_endpoint", "sqs-two-eni: a-eni one use1-az6 app -",
			"sqs-two-eni: a-eni one use1-az6 app -", "a-eni: sqs-two-eni two use1-az1 app vpc_endpoint"}},
		{"F1.156 another account's: the zone alone", "a", "neighbour", []string{
			"a-eni: - - use1-az2 - -", "neighbour-eni: - - use1-az6 - -", "neighbour-eni: - - use1-az6 - -", "a-eni: - - use1-az2 - -"}},
		{"F1.156 another Region", "a", "remote", []string{"a-eni: - - - - -", "remote-eni: - - - - -", "remote-eni: - - - - -", "a-eni: - - - - -"}},
		{"F1.156 a gateway endpoint has no interface", "a", s3Here, []string{"a-eni: - - - - -", "a-eni: - - - - -"}},
		{"F1.156 nor has a virtual private gateway", "a", "192.168.1.1", []string{"a-eni: - - - - -", "a-eni: - - - - -"}},
		{"F1.150 nobody", "a", "10.0.2.99", []string{"a-eni: - - - - -"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := shownBetween(t, n, c.from, c.to, "tcp/443", "interface-id next-hop-interface-id next-hop-subnet-id next-hop-az-id next-hop-vpc-id next-hop-interface-type")
			for i, l := range c.want {
				c.want[i] = strings.Replace(l, ": ", " ", 1)
			}
			assert.Equal(t, c.want, got)
		})
	}
	t.Run("F1.150 who rejects is the next hop all the same", func(t *testing.T) {
		n := mustNetwork(t, recordNet(every, "", allowAll, allowAll))
		assert.Equal(t, []string{"a-eni ACCEPT b-eni", "b-eni REJECT a-eni"}, shownBetween(t, n, "a", "b", "tcp/443", "interface-id action next-hop-interface-id"))
	})
	t.Run("F1.150 and who stands in a zone that failed", func(t *testing.T) {
		cfg := pathNet().Config()
		cfg.ImpairedZones = []string{"us-east-1b"}
		assert.Equal(t, []string{"a-eni b-eni"}, shownBetween(t, mustNetwork(t, cfg), "a", "b", "tcp/443", "interface-id next-hop-interface-id"))
	})
	t.Run("F1.156 out by the internet gateway and in again", func(t *testing.T) {
		assert.Equal(t, []string{"nat-eni egress 8 -", "a-eni ingress - -", "a-eni egress 8 -", "nat-eni ingress - -"},
			shownBetween(t, n, "host", "198.51.100.1", "tcp/443", "interface-id flow-direction traffic-path next-hop-interface-id")[2:6])
	})
}
