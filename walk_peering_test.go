package packetwalk_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/trace"
)

// peerRow peers three VPCs in a row: left, mid, right. Each has an internet gateway and one host with a
// public address.
func peerRow() *packetwalk.Builder {
	b := packetwalk.New()
	open := func(i *packetwalk.InstanceHandle) { i.Allow("all", packetwalk.Anywhere, packetwalk.AnywhereIPv6) }
	left, mid, right := b.VPC("left", "10.0.0.0/16", "2001:db8:0::/56"), b.VPC("mid", "10.1.0.0/16", "2001:db8:1::/56"), b.VPC("right", "10.2.0.0/16").Region("eu-west-1")
	leftMid, midRight := b.Peer(left, mid), b.Peer(mid, right)
	midIGW := mid.InternetGateway("mid-igw")
	leftIGW := left.InternetGateway("left-igw")

	// Left's hosts reach for what lies beyond mid; without leads to nothing but its own VPC.
	open(left.Subnet("l", "10.0.1.0/24", "2001:db8:0:1::/64").Route("0.0.0.0/0", leftMid).Route("10.2.0.0/16", leftMid).Instance("a").IPv6("2001:db8:0:1::10"))
	open(left.Subnet("lp", "10.0.2.0/24").Route("0.0.0.0/0", leftIGW).Instance("pub").ElasticIP("198.51.100.1"))
	open(mid.Subnet("m", "10.1.1.0/24", "2001:db8:1:1::/64").Route("0.0.0.0/0", midIGW).Instance("b").PrivateIP("10.1.1.10").ElasticIP("198.51.100.2").IPv6("2001:db8:1:1::10"))
	open(right.Subnet("r", "10.2.1.0/24").Route("10.0.0.0/16", midRight).Instance("c"))
	return b
}

func TestWalkPeering(t *testing.T) {
	n := mustNetwork(t, peerRow())
	runWalks(t, n, []walkCase{
		{"F8.001 active carries traffic, TCP", "a", "b", "tcp/443", works},
		{"F8.001 active carries traffic, UDP", "a", "b", "udp/53", works},
		{"F8.001 active carries traffic, ICMP", "a", "b", "icmp/echo-request", works},
		{"F8.001 active carries traffic, ESP", "a", "b", "esp", works},
		{"F8.018 IPv6", "a", "2001:db8:1:1::10", "tcp/443", works},
		{"F8.018 between Regions", "b", "c", "tcp/443", works},
		{"F8.007 no way through", "a", "c", "tcp/443", drops(trace.PCXRequiresAddressInVPCCIDR, "left-mid-pcx")},
		{"F8.007 no way through, back", "c", "a", "tcp/443", drops(trace.PCXRequiresAddressInVPCCIDR, "mid-right-pcx")},
		{"F8.008 not the peer's internet gateway", "a", "internet", "tcp/443", drops(trace.PCXRequiresAddressInVPCCIDR, "left-mid-pcx")},
		{"F8.009 the destination is in the peer's range", "a", "192.0.2.5", "udp/53", drops(trace.PCXRequiresAddressInVPCCIDR, "left-mid-pcx")},
		{"F8.010 an address that nobody has", "a", "10.1.1.99", "tcp/443", drops(trace.NoSuchHost, "mid")},
		{"F8.020 the peer's public address goes to the internet gateway", "pub", "198.51.100.2", "tcp/443", works},
	})
	f, err := n.Probe("pub", "198.51.100.2", "tcp/443")
	require.NoError(t, err)
	assert.False(t, at(f.Forward, trace.StagePeeringConnection, "left-mid-pcx"), "F8.020\n%+v", f)
	assert.Equal(t, addr("198.51.100.1"), f.Forward.Last.Src, "F8.020 and the source is the public one")
	t.Run("F8.009 the source is in the own range", func(t *testing.T) {
		cfg := peerRow().Config()
		for i := range cfg.Interfaces {
			cfg.Interfaces[i].NoSourceDestCheck = true
		}
		f, err := mustNetwork(t, cfg).Connect("a", packet.Packet{Src: addr("10.7.0.1"), Dst: addr("10.1.1.10"), Protocol: packet.TCP, DstPort: 443})
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.PCXRequiresAddressInVPCCIDR, "left-mid-pcx"))
	})
}

func TestWalkPeeringStatus(t *testing.T) {
	for _, s := range []peering.Status{
		peering.InitiatingRequest, peering.PendingAcceptance, peering.Deleted, peering.Rejected, peering.Failed, peering.Expired, peering.Provisioning, peering.Deleting,
	} {
		t.Run("F8.001 traffic only when active, not "+s.String(), func(t *testing.T) {
			cfg := peerRow().Config()
			cfg.Peerings[0].Status = s
			checkWalk(t, mustNetwork(t, cfg), walkCase{from: "a", to: "b", service: "tcp/443", want: drops(trace.BadStateRoute, "l-rtb")})
		})
	}
}

// peeredTwo peers two VPCs without routes; there and back are the destinations of the routes of each side, ""
// for none.
func peeredTwo(t *testing.T, there, back string) *packetwalk.Network {
	t.Helper()
	b := packetwalk.New()
	left, right := b.VPC("left", "10.0.0.0/16"), b.VPC("right", "10.1.0.0/16")
	pcx := b.PeerWithoutRoutes(left, right)
	if there != "" {
		left.Route(there, pcx)
	}
	if back != "" {
		right.Route(back, pcx)
	}
	left.Subnet("l", "10.0.1.0/24").Instance("a").PrivateIP("10.0.1.10")
	right.Subnet("r", "10.1.1.0/24").Instance("b").PrivateIP("10.1.1.10").Allow("all", packetwalk.Anywhere)
	return mustNetwork(t, b)
}

func TestWalkPeeringRoutes(t *testing.T) {
	for _, c := range []struct {
		name, there, back string
		want              outcome
	}{
		{"F8.005 routes in both VPCs", "10.1.0.0/16", "10.0.0.0/16", works},
		{"F8.005 no route there", "", "10.0.0.0/16", drops(trace.NoRouteToDestination, "left-main-rtb")},
		{"F8.005 no route back", "10.1.0.0/16", "", replyDrops(trace.NoRouteToDestination, "right-main-rtb")},
		{"F8.006 a part of the range", "10.1.1.0/24", "10.0.1.0/24", works},
		{"F8.006 one host", "10.1.1.10/32", "10.0.1.10/32", works},
		{"F8.006 another host", "10.1.1.11/32", "10.0.1.10/32", drops(trace.NoRouteToDestination, "left-main-rtb")},
		{"F8.006 another host on the way back", "10.1.1.10/32", "10.0.1.11/32", replyDrops(trace.NoRouteToDestination, "right-main-rtb")},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkWalk(t, peeredTwo(t, c.there, c.back), walkCase{from: "a", to: "b", service: "tcp/443", want: c.want})
		})
	}
	t.Run("F8.011 the responder's records are ACCEPT both ways", func(t *testing.T) {
		f, err := peeredTwo(t, "10.1.0.0/16", "").Probe("a", "b", "tcp/443")
		require.NoError(t, err)
		assert.Equal(t, []string{
			"a-eni 10.0.1.10 10.1.1.10 49152 443 6 ACCEPT", "b-eni 10.0.1.10 10.1.1.10 49152 443 6 ACCEPT", "b-eni 10.1.1.10 10.0.1.10 443 49152 6 ACCEPT",
		}, recordsOf(f))
	})
}

// twinHub is a VPC that is peered with two that have the same range; its table leads all of it to the first,
// and what specific says to the second.
func twinHub(t *testing.T, specific string) *packetwalk.Network {
	t.Helper()
	b := packetwalk.New()
	center := b.VPC("center", "172.16.0.0/16")
	center.Subnet("c", "172.16.1.0/24").Instance("server").PrivateIP("172.16.1.10").Allow("all", packetwalk.Anywhere)
	for _, id := range []string{"one", "two"} {
		v := b.VPC(id, "10.0.0.0/16")
		pcx := b.PeerWithoutRoutes(center, v)
		v.Route("172.16.0.0/16", pcx)
		v.Subnet(id+"-sub", "10.0.0.0/24").Instance(id+"-host").PrivateIP("10.0.0.77").Allow("all", packetwalk.Anywhere)
		v.Subnet(id+"-alone", "10.0.9.0/24").Instance(id+"-peerless").Allow("all", packetwalk.Anywhere)
		if id == "one" {
			center.Route("10.0.0.0/16", pcx)
		} else if specific != "" {
			center.Route(specific, pcx)
		}
	}
	return mustNetwork(t, b)
}

func TestWalkOverlappingVPCs(t *testing.T) {
	runWalks(t, twinHub(t, ""), []walkCase{
		{"F8.012 the answer follows the responder's table", "one-host", "server", "tcp/443", works},
		{"F8.012 even to the wrong VPC", "two-host", "server", "tcp/443", replyDrops(trace.ReplyDeliveredElsewhere, "one-host-eni")},
		{"F8.012 even to the wrong VPC, UDP", "two-host", "server", "udp/53", replyDrops(trace.ReplyDeliveredElsewhere, "one-host-eni")},
	})
	runWalks(t, twinHub(t, "10.0.0.77/32"), []walkCase{
		{"F8.012 the longest prefix decides", "two-host", "server", "tcp/443", works},
		{"F8.012 and takes it from the other", "one-host", "server", "tcp/443", replyDrops(trace.ReplyDeliveredElsewhere, "two-host-eni")},
	})
	n := twinHub(t, "")
	for _, id := range []string{"one", "two"} {
		f := checkWalk(t, n, walkCase{"overlapping VPCs stay apart", id + "-peerless", id + "-host", "tcp/443", works})
		assert.Equal(t, id+"-host-eni", f.Forward.Verdict.ID)
		f, err := n.Probe(id+"-peerless", "10.0.0.77", "tcp/443")
		require.NoError(t, err)
		assert.Equal(t, id+"-host-eni", f.Forward.Verdict.ID, "an address means the one of the own VPC")
	}
}

// TestWalkIPv6BetweenVPCs: two VPCs that are not peered reach each other over the internet, where IPv6 is not
// translated (F4.009).
func TestWalkIPv6BetweenVPCs(t *testing.T) {
	b := packetwalk.New()
	one, two := b.VPC("one", "10.0.0.0/16", "2001:db8:1::/56"), b.VPC("two", "10.0.0.0/16", "2001:db8:2::/56")
	one.Subnet("s1", "2001:db8:1:1::/64").Route("::/0", one.InternetGateway("igw-1")).Instance("a").IPv6("2001:db8:1:1::10")
	one.Subnet("s2", "2001:db8:1:2::/64").Route("::/0", one.EgressOnlyInternetGateway("eigw")).Instance("shy").IPv6("2001:db8:1:2::10")
	two.Subnet("s3", "2001:db8:2:1::/64").Route("::/0", two.InternetGateway("igw-2")).Instance("b").IPv6("2001:db8:2:1::10").Allow("tcp/443", packetwalk.AnywhereIPv6)
	n := mustNetwork(t, b)
	runWalks(t, n, []walkCase{
		{"F4.009 internet gateway to internet gateway", "a", "b", "tcp/443", works},
		{"F4.101 an egress-only one to an internet gateway", "shy", "b", "tcp/443", works},
		{"F4.009 the group is asked on the other side", "a", "b", "tcp/80", drops(trace.ENISGRulesMismatch, "b-sg")},
	})
	f, err := n.Probe("a", "b", "tcp/443")
	require.NoError(t, err)
	assert.Equal(t, addr("2001:db8:1:1::10"), f.Forward.Last.Src)
}

func TestWalkPeeringMistakes(t *testing.T) {
	second := func(requester, accepter string) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.Peerings = append(c.Peerings, peering.Connection{ID: "second", Requester: peering.Side{VPC: requester}, Accepter: peering.Side{VPC: accepter}})
		}
	}
	block := func(cidr string) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			v := &c.VPCs[0]
			b := v.Blocks[0]
			b.CIDR = netip.MustParsePrefix(cidr)
			v.Blocks = append(v.Blocks, b)
		}
	}
	runMistakes(t, peerRow, []mistakeCase{
		{"F8.003 a secondary block that overlaps forbids it", block("10.1.128.0/17"), "left-mid-pcx", "Accepter.VPC", packetwalk.ErrOverlap},
		{"F8.003 an IPv6 block that overlaps forbids it", block("2001:db8:1::/60"), "left-mid-pcx", "Accepter.VPC", packetwalk.ErrOverlap},
		{"F8.004 one peering between two VPCs", second("left", "mid"), "second", "Accepter.VPC", packetwalk.ErrDuplicate},
		{"F8.004 one peering between two VPCs, the other way round", second("mid", "left"), "second", "Accepter.VPC", packetwalk.ErrDuplicate},
		{"F8.005 to a VPC that is there", second("left", "gone"), "second", "Accepter.VPC", packetwalk.ErrNotFound},
	})
	t.Run("F8.002 VPCs that overlap can have a failed one", func(t *testing.T) {
		cfg := peerRow().Config()
		block("10.1.128.0/17")(&cfg)
		cfg.Peerings[0].Status = peering.Failed
		_, err := cfg.Build()
		require.NoError(t, err)
	})
}
