package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

// officeNet is a VPC with a virtual private gateway to the office's 192.168.0.0/16, an internet gateway and a
// NAT gateway.
func officeNet() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	vgw := v.VirtualPrivateGateway("vgw", "192.168.0.0/16")
	office := packetwalk.CIDR("192.168.0.0/16")
	public := v.Subnet("public", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	public.NAT("nat")
	v.Subnet("back", "10.0.1.0/24").Route("192.168.0.0/16", vgw).Instance("app1").Allow("tcp/443", office)
	v.Subnet("far", "10.0.2.0/24").Route("0.0.0.0/0", vgw).Instance("app2").NoSourceDestCheck()
	v.Subnet("none", "10.0.3.0/24").Instance("app3").Allow("tcp/443", office)
	return b
}

func TestWalkOnPremises(t *testing.T) {
	n := mustNetwork(t, officeNet())
	runWalks(t, n, []walkCase{
		{"item 162 F3.020 the office reaches an instance by the virtual private gateway", "vgw", "app1", "tcp/443", works},
		{"item 162 and the instance the office", "app1", "vgw", "tcp/443", works},
		{"item 162 by an address of the office", "192.168.7.7", "app1", "tcp/443", works},
		{"item 162 F9.104 without a route the answer finds no way", "vgw", "app3", "tcp/443", replyDrops(trace.NoRouteToDestination, "app-main-rtb")},
		{"item 162 groups are asked as for everybody", "vgw", "app1", "tcp/22", drops(trace.ENISGRulesMismatch, "app1-sg")},
		{"F9.102 it forwards to what it knows only", "app2", "203.0.113.9", "tcp/443", drops(trace.CannotRoute, "vgw")},
		{"F9.103 nobody there has the address", "vgw", "10.0.1.99", "tcp/443", drops(trace.VGWPrivateIPAssociationForIngress, "vgw")},
		{"F9.103 no way through to the internet", "vgw", "203.0.113.9", "tcp/443", drops(trace.VGWPrivateIPAssociationForIngress, "vgw")},
		{"F4.211 nor to a NAT gateway", "vgw", "nat", "tcp/443", drops(trace.NATNoSession, "nat")},
	})
	t.Run("F9.103 from no other address", func(t *testing.T) {
		f, err := n.Connect("app2", packet.Packet{Src: addr("10.0.9.9"), Dst: addr("192.168.1.1"), Protocol: packet.UDP, SrcPort: 1, DstPort: 53})
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.VGWPrivateIPAssociationForEgress, "vgw"))
	})
	t.Run("F4.007 from no address of the VPC", func(t *testing.T) {
		f, err := n.Connect("vgw", packet.Packet{Src: addr("10.0.3.4"), Dst: addr("10.0.1.4"), Protocol: packet.UDP, SrcPort: 1, DstPort: 53})
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.GatewayRejectsSpoofedTraffic, "vgw"))
	})
	t.Run("F5.110 groups of the sender are lost behind it", func(t *testing.T) {
		f, err := n.Probe("app1", "vgw", "tcp/443")
		require.NoError(t, err)
		assert.Equal(t, []string{"network interface app1-eni egress", "security group app1-sg egress", "network ACL app-default-acl egress", "route table back-rtb",
			"virtual private gateway vgw", "on-premises on-premises"}, stagesOf(f.Forward))
	})
	t.Run("F9.103 no edge to edge: a peer of the VPC can't use it", func(t *testing.T) {
		b := officeNet()
		v := b.VPC("peer", "10.9.0.0/16")
		other := v.Subnet("other", "10.9.1.0/24").Instance("stranger")
		_ = other
		cfg := b.Config()
		cfg.RouteTables = append(cfg.RouteTables, route.Table{ID: "stray", VPC: "peer", Main: true, Routes: []route.Route{
			{Destination: prefix("192.168.0.0/16"), Target: route.Target{Kind: route.VirtualPrivateGateway, ID: "vgw"}}}})
		_, err := packetwalk.Build(cfg)
		assert.ErrorIs(t, err, packetwalk.ErrInvalid)
	})
}

// TestWalkEdgeTableOnPremises: F2.027, F2.028, the virtual private gateway's own table puts an appliance
// before a subnet.
func TestWalkEdgeTableOnPremises(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	vgw := v.VirtualPrivateGateway("vgw", "192.168.0.0/16")
	fw := v.Subnet("inspection", "10.0.9.0/24").Route("192.168.0.0/16", vgw).Appliance("fw").Allow("all", packetwalk.Anywhere)
	app := v.Subnet("back", "10.0.1.0/24").Route("192.168.0.0/16", fw)
	app.Instance("app1").Allow("tcp/443", packetwalk.CIDR("192.168.0.0/16"))
	v.RouteTable("edge").Route("10.0.1.0/24", fw).AssociateGateway(vgw)
	n := mustNetwork(t, b)
	f := checkWalk(t, n, walkCase{"F2.027 both ways through the appliance", "vgw", "app1", "tcp/443", works})
	assert.True(t, at(f.Forward, trace.StageRouteTable, "edge"))
	assert.True(t, at(f.Forward, trace.StageNetworkInterface, "fw-eni"), "F2.027 in by the appliance")
	assert.True(t, at(f.Return, trace.StageNetworkInterface, "fw-eni"), "and out by it")
	checkWalk(t, n, walkCase{"F2.027 the rest of the VPC is local", "vgw", "fw", "tcp/443", works})
}

func TestOnPremisesMistakes(t *testing.T) {
	one := func(c *packetwalk.Config) *gateway.VirtualPrivate { return &c.VirtualPrivateGateways[0] }
	runMistakes(t, officeNet, []mistakeCase{
		{"F4.001 a second one for the VPC", func(c *packetwalk.Config) {
			c.VirtualPrivateGateways = append(c.VirtualPrivateGateways, gateway.VirtualPrivate{ID: "vgw2", VPC: "app"})
		}, "vgw2", "VPC", packetwalk.ErrDuplicate},
		{"a VPC that is not there", func(c *packetwalk.Config) { one(c).VPC = "gone" }, "vgw", "VPC", packetwalk.ErrNotFound},
		{"a range with host bits", func(c *packetwalk.Config) { one(c).Networks[0] = prefix("192.168.0.1/16") }, "vgw", "Networks[0]", packetwalk.ErrInvalid},
		{"an ID of nobody", func(c *packetwalk.Config) { one(c).ID = "" }, "", "ID", packetwalk.ErrInvalid},
		{"F2.027 an edge association of another VPC", func(c *packetwalk.Config) {
			c.VPCs = append(c.VPCs, c.VPCs[0])
			c.VPCs[1].ID = "second"
			c.RouteTables = append(c.RouteTables, route.Table{ID: "edge", VPC: "second", Gateways: []string{"vgw"}})
		}, "edge", "Gateways[0]", packetwalk.ErrInvalid},
		{"F2.027 an edge association with nothing", func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "edge", VPC: "app", Gateways: []string{"gone"}})
		}, "edge", "Gateways[0]", packetwalk.ErrNotFound},
	})
	t.Run("F2.024 detached: the route leads nowhere", func(t *testing.T) {
		cfg := officeNet().Config()
		one(&cfg).VPC = ""
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "app1", to: "192.168.1.1", service: "tcp/443", want: drops(trace.BadStateRoute, "back-rtb")})
	})
	t.Run("not described: the route is kept, and not walked", func(t *testing.T) {
		cfg := officeNet().Config()
		cfg.VirtualPrivateGateways = nil
		n := mustNetwork(t, cfg)
		checkWalk(t, n, walkCase{from: "app1", to: "192.168.1.1", service: "tcp/443", want: drops(trace.UnsupportedComponent, "vgw")})
		assert.True(t, hasWarning(n, packetwalk.NotModelled))
		assert.False(t, hasWarning(mustNetwork(t, officeNet()), packetwalk.NotModelled))
	})
}
