package route_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/route"
)

func TestCheckAgainst(t *testing.T) {
	blocks := prefixes("10.0.0.0/16", "100.64.0.0/24", "2001:db8::/56")
	subnets := prefixes("10.0.1.0/24", "100.64.0.0/24", "2001:db8::/64")
	edge := func(r route.Route) *route.Table {
		return &route.Table{ID: "rtb", Gateways: []string{"igw"}, Routes: []route.Route{r}}
	}
	const invalid, kind = "Routes[0].Destination: invalid", "Routes[0].Target.Kind: invalid"
	for _, c := range []struct {
		name string
		t    *route.Table
		want []string
	}{
		{"a nil table", nil, nil},
		{"F2.008 propagated and more specific than local", table(learned("10.0.7.0/24", "vgw", 0)), nil},
		{"F2.008 advertised and more specific than local", table(advertised("10.0.7.0/24", "eni")), nil},
		{"F2.009 a local route for each block", table(local("10.0.0.0/16"), local("100.64.0.0/24"), local("2001:db8::/56")), nil},
		{"F2.009 local for a block that is not the VPC's", table(local("10.1.0.0/16")), []string{invalid}},
		{"F2.009 local for a subnet", table(local("10.0.1.0/24")), []string{invalid}},
		{"F2.009 local for more than a block", table(local("10.0.0.0/8")), []string{invalid}},

		{"F2.010 a block to a GWLB endpoint", table(to("10.0.0.0/16", route.GatewayLoadBalancerEndpoint)), nil},
		{"F2.010 a block to a NAT gateway", table(to("10.0.0.0/16", route.NATGateway)), nil},
		{"F2.010 a block to an interface", table(to("10.0.0.0/16", route.NetworkInterface)), nil},
		{"F2.010 a block to an instance's interface", table(to("10.0.0.0/16", route.Instance)), nil},
		{"F2.010 a block to an internet gateway", table(to("10.0.0.0/16", route.InternetGateway)), []string{kind}},
		{"F2.010 a block to a local gateway", table(to("10.0.0.0/16", route.LocalGateway)), []string{kind}},
		{"F2.010 an IPv6 block to a peering connection", table(to("2001:db8::/56", route.PeeringConnection)), []string{kind}},
		{"F2.010 a subnet as large as its block is the block", table(to("100.64.0.0/24", route.LocalGateway)), []string{kind}},

		{"F2.011 a subnet to a NAT gateway", table(to("10.0.1.0/24", route.NATGateway)), nil},
		{"F2.011 a subnet to an interface", table(to("10.0.1.0/24", route.NetworkInterface)), nil},
		{"F2.011 a subnet to an instance's interface", table(to("10.0.1.0/24", route.Instance)), nil},
		{"F2.011 a subnet to a GWLB endpoint", table(to("10.0.1.0/24", route.GatewayLoadBalancerEndpoint)), nil},
		{"F2.011 a subnet to a local gateway", table(to("10.0.1.0/24", route.LocalGateway)), nil},
		{"F2.011 a subnet to a transit gateway", table(to("10.0.1.0/24", route.TransitGateway)), []string{kind}},
		{"F2.011 a subnet to an internet gateway", table(to("10.0.1.0/24", route.InternetGateway)), []string{kind}},
		{"F2.011 an IPv6 subnet to an interface", table(to("2001:db8::/64", route.NetworkInterface)), nil},
		{"F2.011 half a subnet", table(to("10.0.1.0/25", route.NetworkInterface)), []string{invalid}},
		{"F2.011 two subnets' worth", table(to("10.0.0.0/23", route.NetworkInterface)), []string{invalid}},
		{"F2.011 one address", table(to("10.0.1.7/32", route.NetworkInterface)), []string{invalid}},
		{"a target that could not be described", table(to("10.0.1.0/24", route.Unknown)), nil},

		{"F2.017 host bits mean the block around them", table(to("10.0.1.7/24", route.NATGateway)), nil},
		{"F2.021 prefix lists are not looked into", table(to("pl-a", route.TransitGateway)), nil},
		{"no destination", table(route.Route{}), nil},

		{"F2.027 gateway: the VPC's local route", edge(to("10.0.0.0/16", route.Local)), nil},
		{"F2.027 gateway: a block", edge(to("10.0.0.0/16", route.NetworkInterface)), nil},
		{"F2.027 gateway: a subnet", edge(to("10.0.1.0/24", route.GatewayLoadBalancerEndpoint)), nil},
		{"F2.027 gateway: half a subnet", edge(to("10.0.1.0/25", route.NetworkInterface)), []string{invalid}},
		{"F2.027 gateway: outside the VPC", edge(to("10.1.0.0/16", route.NetworkInterface)), []string{"Routes[0].Destination: outside"}},
		{"F2.027 gateway: more than a block", edge(to("0.0.0.0/0", route.NetworkInterface)), []string{"Routes[0].Destination: outside"}},
		{"F2.027 gateway: local for a subnet", edge(to("10.0.1.0/24", route.Local)), []string{invalid}},

		{"F2.034 a block that equals a route's destination", table(to("100.64.0.0/24", route.VirtualPrivateGateway)), []string{kind}},
		{"F2.034 a block larger than a route's destination", table(to("100.64.0.0/25", route.VirtualPrivateGateway)), []string{invalid}},
		{"F2.034 a block smaller than a route's destination", table(to("100.64.0.0/23", route.VirtualPrivateGateway)), nil},
		{"outside the VPC", table(to("192.168.0.0/16", route.VirtualPrivateGateway), to("0.0.0.0/0", route.InternetGateway)), nil},
		{"every mistake is reported", table(to("10.0.9.0/24", route.NATGateway), local("10.1.0.0/16")), []string{invalid, "Routes[1].Destination: invalid"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantMistakes(t, c.t.CheckAgainst(blocks, subnets), c.want...) })
	}
}

func TestCheckAgainstNoVPC(t *testing.T) {
	wantMistakes(t, table(local("10.0.0.0/16")).CheckAgainst(nil, nil), "Routes[0].Destination: invalid")
	assert.NoError(t, table(static("10.0.0.0/16", "pcx")).CheckAgainst(nil, make([]netip.Prefix, 1)))
}
