package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/trace"
)

// TestWalkPeerResolver: F8.016, the Amazon DNS server of a VPC answers that VPC only.
func TestWalkPeerResolver(t *testing.T) {
	n := mustNetwork(t, peerRow())
	runWalks(t, n, []walkCase{
		{"F8.016 the own resolver answers", "a", "10.0.0.2", "udp/53", works},
		{"F8.016 the peer's does not", "a", "10.1.0.2", "udp/53", drops(trace.NoSuchHost, "mid")},
		{"F8.016 over TCP neither", "a", "10.1.0.2", "tcp/53", drops(trace.NoSuchHost, "mid")},
	})
}

// TestWalkPeeringEnds: F8.019, the routes of a peering that ended stay, and are blackholes for whoever calls.
func TestWalkPeeringEnds(t *testing.T) {
	for _, s := range []peering.Status{peering.PendingAcceptance, peering.Deleted, peering.Expired, peering.Failed} {
		cfg := peerRow().Config()
		cfg.Peerings[0].Status = s
		n := mustNetwork(t, cfg)
		runWalks(t, n, []walkCase{
			{"F8.019 " + s.String() + ", from one side", "a", "b", "tcp/443", drops(trace.BadStateRoute, "l-rtb")},
			{"F8.019 " + s.String() + ", from the other", "b", "a", "tcp/443", drops(trace.BadStateRoute, "m-rtb")},
		})
		assert.Contains(t, warningsOf(n, "l-rtb"), packetwalk.BlackholeRoute, "%s", s)
	}
}

// TestWalkPeersOfPeers: F8.008, what a peer can't use of a VPC, whatever the routes say.
func TestWalkPeersOfPeers(t *testing.T) {
	b := packetwalk.New()
	v, w := b.VPC("hub", "10.0.0.0/16"), b.VPC("spoke", "10.1.0.0/16")
	pcx := b.Peer(v, w)
	pub := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	nat := pub.NAT("nat")
	box := pub.NATInstance("box").PublicIP().Allow("all", packetwalk.Anywhere)
	pub.Instance("host").Allow("all", packetwalk.Anywhere)
	v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", nat)
	v.Subnet("boxed", "10.0.2.0/24").Route("0.0.0.0/0", box)
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", pub)
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", pub).Allow("tcp/443", packetwalk.CIDR("10.1.0.0/16"))
	w.Subnet("s", "10.1.0.0/24").Route("0.0.0.0/0", pcx).Instance("client")
	no := drops(trace.PCXRequiresAddressInVPCCIDR, "hub-spoke-pcx")
	runWalks(t, mustNetwork(t, b), []walkCase{
		{"F8.008 the internet gateway, TCP", "client", "internet", "tcp/443", no},
		{"F8.008 the internet gateway, UDP", "client", "internet", "udp/53", no},
		{"F8.008 the gateway endpoint", "client", "s3", "tcp/443", no},
		{"F8.008 the NAT gateway", "client", "nat", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F8.021 the interface endpoint it can", "client", "sqs", "tcp/443", works},
		{"F8.021 and a host", "client", "host", "tcp/443", works},
		{"F8.008 a NAT instance is a host like others", "client", "box", "tcp/443", works},
	})
}
