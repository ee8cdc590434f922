package ec2json_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
)

// services compares the one type of the model with hidden fields.
var services = cmp.Comparer(func(a, b packet.Service) bool { return a == b })

// everyTarget is one of each thing that a route can lead to.
const everyTarget = `
	"InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"State": "available", "VpcId": "vpc-1"}]},
		{"InternetGatewayId": "igw-2", "Attachments": [{"State": "available", "VpcId": "vpc-2"}]},
		{"InternetGatewayId": "my-gateway", "Attachments": []}],
	"EgressOnlyInternetGateways": [{"EgressOnlyInternetGatewayId": "eigw-1", "Attachments": [{"State": "attached", "VpcId": "vpc-1"}]}],
	"NatGateways": [{"NatGatewayId": "nat-1", "SubnetId": "subnet-1", "State": "available", "ConnectivityType": "private"},
		{"NatGatewayId": "nat-2", "AvailabilityMode": "regional"}],
	"Instances": [{"InstanceId": "i-1", "State": {"Name": "running"}}, {"InstanceId": "i-2"}],
	"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "Attachment": {"InstanceId": "i-1"}}],
	"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1", "RequesterVpcInfo": {"VpcId": "vpc-1"}, "AccepterVpcInfo": {"VpcId": "vpc-2"}, "Status": {"Code": "active"}}],
	"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcEndpointType": "Gateway", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.s3", "RouteTableIds": ["rtb-1"]},
		{"VpcEndpointId": "vpce-2", "VpcEndpointType": "GatewayLoadBalancer", "VpcId": "vpc-1"}],
	"PrefixLists": [{"PrefixListId": "pl-s3", "PrefixListName": "com.amazonaws.eu-west-1.s3", "Cidrs": ["52.216.0.0/15"]}]`

func TestRouteTargets(t *testing.T) {
	const to = `"DestinationCidrBlock": "192.0.2.0/24", `
	destination := netip.MustParsePrefix("192.0.2.0/24")
	of := func(kind route.TargetKind, id string) route.Route {
		return route.Route{Destination: destination, Target: route.Target{Kind: kind, ID: id}}
	}
	hole := func(kind route.TargetKind, id string) route.Route {
		r := of(kind, id)
		r.State = route.Blackhole
		return r
	}
	tests := []struct {
		name, text string
		want       route.Route
		warning    string // in the first warning about the table; "" for none
	}{
		{"F2.019 local", `"GatewayId": "local"`, of(route.Local, ""), ""},
		{"F2.019 internet gateway", `"GatewayId": "igw-1", "State": "active"`, of(route.InternetGateway, "igw-1"), ""},
		{"F2.019 a gateway with an ID of its own", `"GatewayId": "my-gateway"`, of(route.InternetGateway, "my-gateway"), ""},
		{"F2.019 virtual private gateway", `"GatewayId": "vgw-1"`, of(route.VirtualPrivateGateway, "vgw-1"), ""},
		{"F2.019 NAT gateway", `"NatGatewayId": "nat-1"`, of(route.NATGateway, "nat-1"), ""},
		{"F2.019 network interface", `"NetworkInterfaceId": "eni-1"`, of(route.NetworkInterface, "eni-1"), ""},
		{"F2.018 an instance and its interface are one target", `"InstanceId": "i-1", "InstanceOwnerId": "1", "NetworkInterfaceId": "eni-1"`, of(route.NetworkInterface, "eni-1"), ""},
		{"F2.019 instance", `"InstanceId": "i-1"`, of(route.Instance, "i-1"), ""},
		{"F2.019 peering connection", `"VpcPeeringConnectionId": "pcx-1"`, of(route.PeeringConnection, "pcx-1"), ""},
		{"F2.019 transit gateway", `"TransitGatewayId": "tgw-1"`, of(route.TransitGateway, "tgw-1"), ""},
		{"F2.019 carrier gateway", `"CarrierGatewayId": "cagw-1"`, of(route.CarrierGateway, "cagw-1"), ""},
		{"F2.019 local gateway", `"LocalGatewayId": "lgw-1"`, of(route.LocalGateway, "lgw-1"), ""},
		{"F2.019 core network", `"CoreNetworkArn": "arn:c"`, of(route.CoreNetwork, "arn:c"), ""},
		{"F2.019 ODB network", `"OdbNetworkArn": "arn:o"`, of(route.ODBNetwork, "arn:o"), ""},
		{"F2.019 load balancer endpoint", `"VpcEndpointId": "vpce-2"`, of(route.GatewayLoadBalancerEndpoint, "vpce-2"), ""},
		{"F2.019 load balancer endpoint as gateway", `"GatewayId": "vpce-2"`, of(route.GatewayLoadBalancerEndpoint, "vpce-2"), ""},

		{"F2.024 a black hole keeps the kind of what is gone", `"NatGatewayId": "nat-9", "State": "blackhole"`, hole(route.NATGateway, "nat-9"), ""},
		{"F2.024 a black hole to a gateway that is gone", `"GatewayId": "igw-9", "State": "blackhole"`, hole(route.InternetGateway, "igw-9"), ""},
		{"F2.024 a black hole without a target stays", `"State": "blackhole"`, hole(route.Unknown, "unknown"), "malformed"},

		{"not in the dump", `"NatGatewayId": "nat-9"`, of(route.Unknown, "nat-9"), `NatGatewayId "nat-9": dangling`},
		{"not in the dump: gateway", `"GatewayId": "igw-9"`, of(route.Unknown, "igw-9"), "dangling"},
		{"not in the dump: peering", `"VpcPeeringConnectionId": "pcx-9"`, of(route.Unknown, "pcx-9"), "dangling"},
		{"not in the dump: interface", `"NetworkInterfaceId": "eni-9"`, of(route.Unknown, "eni-9"), "dangling"},
		{"F4.219 a regional NAT gateway", `"NatGatewayId": "nat-2"`, of(route.Unknown, "nat-2"), "dangling"},
		{"a gateway of another VPC", `"GatewayId": "igw-2"`, of(route.Unknown, "igw-2"), "conflict"},
		{"F2.019 an instance without an interface", `"InstanceId": "i-2"`, of(route.Unknown, "i-2"), "conflict"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings := load(t, on(everyTarget+`, "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [{`+to+test.text+`}]}]`))
			require.Len(t, cfg.RouteTables, 1)
			same(t, []route.Route{test.want}, cfg.RouteTables[0].Routes)
			said := ""
			for _, w := range warnings {
				if w.Kind == "RouteTables" {
					said = w.String()
					break
				}
			}
			assert.Contains(t, said, test.warning)
			assert.Equal(t, test.warning == "", said == "", said)
		})
	}
}

func TestRoutesLeftOut(t *testing.T) {
	tests := []struct{ name, route, want string }{
		{"F2.018 two targets", `"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "NatGatewayId": "nat-1"`, `Routes[0].NatGatewayId "nat-1": malformed`},
		{"F2.018 no target", `"DestinationCidrBlock": "0.0.0.0/0", "State": "active"`, "Routes[0].GatewayId: unsupported"},
		{"no CIDR", `"DestinationCidrBlock": "nowhere", "GatewayId": "igw-1"`, `Routes[0].DestinationCidrBlock "nowhere": malformed`},
		{"F2.018 no destination", `"GatewayId": "igw-1"`, "Routes[0].DestinationIpv6CidrBlock: malformed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings := load(t, on(everyTarget+`, "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [{`+test.route+`}]}]`))
			assert.Empty(t, cfg.RouteTables[0].Routes)
			assert.Contains(t, fmt.Sprint(warnings), test.want)
		})
	}
}

func TestRouteOriginAndFamily(t *testing.T) {
	cfg, warnings := load(t, on(`"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "PropagatingVgws": [{"GatewayId": "vgw-1"}],
		"Tags": [{"Key": "Name", "Value": "main"}],
		"Associations": [{"Main": true}, {"SubnetId": "subnet-1", "AssociationState": {"State": "associated"}}, {"SubnetId": "s"}, {"GatewayId": "vgw-1"}, {"GatewayId": "igw-9"}],
		"Routes": [
			{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable", "State": "active"},
			{"DestinationIpv6CidrBlock": "2001:db8::1/32", "TransitGatewayId": "tgw-1", "Origin": "CreateRoute", "State": "active"},
			{"DestinationCidrBlock": "192.168.0.0/16", "GatewayId": "vgw-1", "Origin": "EnableVgwRoutePropagation", "State": "active"}]},
		{"RouteTableId": "rtb-2", "VpcId": "vpc-1", "Associations": [{"Main": true}, {"SubnetId": "subnet-1"}]}]`))
	same(t, []route.Table{
		{ID: "rtb-1", Name: "main", VPC: "vpc-1", Main: true, Subnets: []string{"subnet-1"}, Routes: []route.Route{
			{Destination: netip.MustParsePrefix("10.0.0.0/16"), Target: route.Target{Kind: route.Local}, Origin: route.CreatedWithTable},
			{Destination: netip.MustParsePrefix("2001:db8::/32"), Target: route.Target{Kind: route.TransitGateway, ID: "tgw-1"}, Origin: route.Created},
			{Destination: netip.MustParsePrefix("192.168.0.0/16"), Target: route.Target{Kind: route.VirtualPrivateGateway, ID: "vgw-1"}, Origin: route.Propagated},
		}},
		{ID: "rtb-2", VPC: "vpc-1"},
	}, cfg.RouteTables)
	assert.Len(t, warnings, 7) // a subnet, two gateways, a propagation, host bits, a second main table, a subnet served twice
}

func TestEndpointRoutes(t *testing.T) {
	const table = `, "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [{"DestinationPrefixListId": "%s", "GatewayId": "vpce-1"}]},
		{"RouteTableId": "rtb-2", "VpcId": "vpc-1", "Routes": [{"DestinationPrefixListId": "pl-s3", "GatewayId": "vpce-1"}]}]`
	t.Run("F7.002 a table that the endpoint does not list is added to it", func(t *testing.T) {
		cfg, warnings := load(t, on(everyTarget+fmt.Sprintf(table, "pl-s3")))
		assert.Equal(t, []string{"rtb-1", "rtb-2"}, cfg.GatewayEndpoints[0].RouteTables)
		assert.Equal(t, route.Target{Kind: route.GatewayEndpoint, ID: "vpce-1"}, cfg.RouteTables[1].Routes[0].Target)
		assert.Contains(t, fmt.Sprint(warnings), `rtb-2: Routes[0].GatewayId "vpce-1": conflict`)
	})
	t.Run("F7.002 a list that is not in the dump is made for the service", func(t *testing.T) {
		cfg, warnings := load(t, on(everyTarget+fmt.Sprintf(table, "pl-9")))
		assert.Equal(t, "com.amazonaws.eu-west-1.s3", cfg.PrefixLists[1].Name)
		assert.Equal(t, "pl-9", cfg.PrefixLists[1].ID)
		assert.Contains(t, fmt.Sprint(warnings), `Routes[0].DestinationPrefixListId "pl-9": dangling`)
		assert.Contains(t, fmt.Sprint(warnings), `Routes[0].DestinationPrefixListId "pl-9": assumed`)
	})
}
