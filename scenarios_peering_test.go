package packetwalk_test

import (
	"testing"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/trace"
)

// pair makes VPCs "a" and "b" with instances "ia" and "ib"; ib lets HTTPS in from a.
func pair(b *packetwalk.Builder) (v, w *packetwalk.VPCHandle) {
	v, w = b.VPC("a", "10.0.0.0/16"), b.VPC("b", "10.1.0.0/16")
	v.Subnet("a1", "10.0.0.0/24").Instance("ia")
	w.Subnet("b1", "10.1.0.0/24").Instance("ib").Allow("tcp/443", v)
	return v, w
}

// chain makes peerings a-b and b-c; "ic" lets everybody in.
func chain(b *packetwalk.Builder) (v *packetwalk.VPCHandle, ab *packetwalk.PeeringHandle) {
	v, w := pair(b)
	x := b.VPC("c", "10.2.0.0/16")
	x.Subnet("c1", "10.2.0.0/24").Instance("ic").Allow("tcp/443", packetwalk.Anywhere)
	ab = b.Peer(v, w)
	b.Peer(w, x)
	return v, ab
}

// edge: VPC "b" leads everything to VPC "a" by a peering; "a" has an internet gateway, a NAT gateway and an
// endpoint for S3.
func edge(b *packetwalk.Builder) {
	v, w := b.VPC("a", "10.0.0.0/16"), b.VPC("b", "10.1.0.0/16")
	pub := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, v.InternetGateway("igw"))
	pub.Instance("ia").PublicIP()
	v.Subnet("priv", "10.0.1.0/24").Route(everywhere, pub.NAT("nat"))
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", pub)
	w.Subnet("b1", "10.1.0.0/24").Route(everywhere, b.Peer(v, w)).Instance("ib")
}

// twins: "a" peers with "b" and "c", which have the same block, and leads that block to c; "ib" and "ic" have
// the same address.
func twins(b *packetwalk.Builder) (v *packetwalk.VPCHandle, ab *packetwalk.PeeringHandle) {
	v = b.VPC("a", "172.16.0.0/16")
	w, x := b.VPC("b", "10.0.0.0/16"), b.VPC("c", "10.0.0.0/16")
	v.Subnet("a1", "172.16.0.0/24").Instance("ia").Allow("tcp/443", packetwalk.Anywhere)
	w.Subnet("b2", "10.0.1.0/24").Instance("ib").PrivateIP("10.0.1.10")
	x.Subnet("c2", "10.0.1.0/24").Instance("ic").PrivateIP("10.0.1.10").Allow("all", packetwalk.Anywhere)
	ab = b.PeerWithoutRoutes(v, w)
	w.Route("172.16.0.0/16", ab)
	v.Route("10.0.0.0/16", b.PeerWithoutRoutes(v, x))
	return v, ab
}

func TestScenariosOfPeerings(t *testing.T) {
	const crossing = trace.PCXRequiresAddressInVPCCIDR
	runScenarios(t, []scenario{
		{"A41 peering not accepted", func(b *packetwalk.Builder) { b.Peer(pair(b)).Status(peering.PendingAcceptance) },
			"ia", "ib", "tcp/443", atRequest(trace.StageRouteTable, "a-main-rtb", trace.BadStateRoute)},
		{"A41 mended by accepting it", func(b *packetwalk.Builder) { b.Peer(pair(b)) }, "ia", "ib", "tcp/443", arrives},
		{"A42 return route missing", func(b *packetwalk.Builder) { v, w := pair(b); v.Route("10.1.0.0/16", b.PeerWithoutRoutes(v, w)) },
			"ia", "ib", "tcp/443", atReply(trace.StageRouteTable, "b-main-rtb", trace.NoRouteToDestination)},
		{"A42 mended by the route back", func(b *packetwalk.Builder) {
			v, w := pair(b)
			p := b.PeerWithoutRoutes(v, w)
			v.Route("10.1.0.0/16", p)
			w.Route("10.0.0.0/16", p)
		}, "ia", "ib", "tcp/443", arrives},
		{"A43 not transitive, no route", func(b *packetwalk.Builder) { chain(b) },
			"ia", "ic", "tcp/443", atRequest(trace.StageRouteTable, "a-main-rtb", trace.NoRouteToDestination)},
		{"A43 not transitive, whatever the routes say", func(b *packetwalk.Builder) { v, ab := chain(b); v.Route("10.2.0.0/16", ab) },
			"ia", "ic", "tcp/443", atRequest(trace.StagePeeringConnection, "a-b-pcx", crossing)},
		{"A44 edge to edge, the internet", edge, "ib", "internet", "tcp/443", atRequest(trace.StagePeeringConnection, "a-b-pcx", crossing)},
		{"A44 edge to edge, S3", edge, "ib", "s3", "tcp/443", atRequest(trace.StagePeeringConnection, "a-b-pcx", crossing)},
		{"A44 edge to edge, a network behind a VPN", edge, "ib", "192.168.0.10", "tcp/443", atRequest(trace.StagePeeringConnection, "a-b-pcx", crossing)},
		{"A44 edge to edge, the NAT gateway itself", edge, "ib", "nat", "tcp/443", atRequest(trace.StageNATGateway, "nat", trace.NATNoSession)},
		{"A45 reply to the wrong VPC", func(b *packetwalk.Builder) { twins(b) },
			"ib", "ia", "tcp/443", atReply(trace.StageNetworkInterface, "ic-eni", trace.ReplyDeliveredElsewhere)},
		{"A45 mended by a more specific route", func(b *packetwalk.Builder) { v, ab := twins(b); v.Route("10.0.1.0/24", ab) },
			"ib", "ia", "tcp/443", arrives},
	})
}
