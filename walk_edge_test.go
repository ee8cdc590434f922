package packetwalk_test

import (
	"testing"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

// TestWalkEdgeTableNotWalked: a gateway's own table leads to what is not walked. That nothing comes straight
// in, nor goes straight out, is known all the same.
func TestWalkEdgeTableNotWalked(t *testing.T) {
	for _, c := range []struct {
		name   string
		target route.Target
		code   trace.Code
	}{
		{"F2.027 a Gateway Load Balancer endpoint", route.Target{Kind: route.GatewayLoadBalancerEndpoint, ID: "gwlbe"}, trace.UnsupportedComponent},
		{"F2.027 what nobody could describe", route.Target{Kind: route.Unknown, ID: "gwlbe"}, trace.UnknownResource},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := edgeNet(true, true).Config()
			for i := range cfg.RouteTables {
				if table := &cfg.RouteTables[i]; table.ID == "gateway-rtb" {
					table.Routes[0].Target = c.target
				}
			}
			runWalks(t, mustNetwork(t, cfg), []walkCase{
				{"in", "internet", "web", "tcp/443", drops(c.code, "gwlbe")},
				{"F2.030 straight out", "web", "internet", "tcp/443", drops(trace.IngressRTBTrafficRedirection, "igw")},
				{"other subnets are local", "internet", "bystander", "tcp/443", works},
			})
		})
	}
}

// TestWalkEdgeTableOfTwoGateways: one table of both gateways. Only behind the internet gateway does an
// appliance need a public address.
func TestWalkEdgeTableOfTwoGateways(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	igw, vgw := v.InternetGateway("igw"), v.VirtualPrivateGateway("vgw", "192.168.0.0/16")
	fw := v.Subnet("edge", "10.0.9.0/24").Route("0.0.0.0/0", igw).Route("192.168.0.0/16", vgw).Appliance("fw").Allow("all", packetwalk.Anywhere)
	web := v.Subnet("back", "10.0.1.0/24").Route("0.0.0.0/0", fw)
	web.Instance("web").ElasticIP("198.51.100.2").Allow("all", packetwalk.Anywhere)
	v.RouteTable("gateway-rtb").Route("10.0.1.0/24", fw).AssociateGateway(igw).AssociateGateway(vgw)
	runWalks(t, mustNetwork(t, b), []walkCase{
		{"F2.029 the internet gateway wants a public address", "internet", "web", "tcp/443", drops(trace.IngressRTBNoPublicIP, "gateway-rtb")},
		{"F2.027 the virtual private gateway does not", "vgw", "web", "tcp/443", works},
		{"F2.027 nor for the answer to what was called there", "web", "vgw", "tcp/443", works},
	})
}
