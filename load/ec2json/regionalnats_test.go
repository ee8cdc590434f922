package ec2json_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/gateway"
)

// regionalNAT is a NAT gateway of vpc-1 with an address for each of two zones and a table of its own.
const regionalNAT = `"InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"State": "available", "VpcId": "vpc-1"}]}],
	"RouteTables": [{"RouteTableId": "rtb-9", "VpcId": "vpc-1", "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}, {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}]},
		{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1"}]}],
	"NatGateways": [{"NatGatewayId": "nat-1", "VpcId": "vpc-1", "State": "available", "ConnectivityType": "public", "AvailabilityMode": "regional",
		"AutoScalingIps": "enabled", "AutoProvisionZones": "enabled", "RouteTableId": "rtb-9", "Tags": [{"Key": "Name", "Value": "out"}],
		"NatGatewayAddresses": [
			{"AllocationId": "eipalloc-1", "PublicIp": "203.0.113.1", "AssociationId": "eipassoc-1", "Status": "succeeded", "AvailabilityZone": "eu-west-1a", "AvailabilityZoneId": "euw1-az1"},
			{"AllocationId": "eipalloc-2", "PublicIp": "203.0.113.2", "AssociationId": "eipassoc-2", "Status": "succeeded", "AvailabilityZone": "eu-west-1b", "AvailabilityZoneId": "euw1-az2"}]}]`

// TestRegionalNAT: F4.219, a NAT gateway of a whole VPC.
func TestRegionalNAT(t *testing.T) {
	a, b := gateway.NATAddress{Public: addr("203.0.113.1"), Zone: "eu-west-1a"}, gateway.NATAddress{Public: addr("203.0.113.2"), Zone: "eu-west-1b"}
	made := func(edit func(g *gateway.NAT)) []gateway.NAT {
		g := gateway.NAT{ID: "nat-1", Name: "out", VPC: "vpc-1", AvailabilityMode: gateway.Regional, Connectivity: gateway.Public, State: gateway.NATAvailable,
			RouteTable: "rtb-9", Addresses: []gateway.NATAddress{a, b}}
		if edit != nil {
			edit(&g)
		}
		return []gateway.NAT{g}
	}
	tests := []struct {
		name, from, to string // an edit of regionalNAT
		want           []gateway.NAT
		warning        string
	}{
		{"F4.219 of a VPC", "", "", made(nil), ""},
		{"F4.219 zones by hand", `"AutoProvisionZones": "enabled"`, `"AutoProvisionZones": "disabled"`, made(func(g *gateway.NAT) { g.ManualZones = true }), ""},
		{"F4.219 zones in a way that is not known", `"AutoProvisionZones": "enabled"`, `"AutoProvisionZones": "often"`, made(nil), `AutoProvisionZones "often": unsupported: taken as enabled`},
		{"F4.219 no table said", `"RouteTableId": "rtb-9", "Tags"`, `"Tags"`, made(func(g *gateway.NAT) { g.RouteTable = "" }), ""},
		{"F4.219 a table that is not there", `"RouteTableId": "rtb-9", "Tags"`, `"RouteTableId": "rtb-8", "Tags"`, made(func(g *gateway.NAT) { g.RouteTable = "" }), `RouteTableId "rtb-8": dangling`},
		{"F4.219 an address on its way out", `"succeeded"`, `"disassociating"`, made(func(g *gateway.NAT) { g.Addresses = []gateway.NATAddress{b} }), `Status "disassociating": ignored`},
		{"F4.219 an address for no zone", `"AvailabilityZone": "eu-west-1b", "AvailabilityZoneId"`, `"AvailabilityZoneId"`, made(func(g *gateway.NAT) { g.Addresses = []gateway.NATAddress{a} }), `NatGatewayAddresses.AvailabilityZone: malformed: left out: 203.0.113.2 is for no zone`},
		{"F4.219 an address for a zone of another Region", `"AvailabilityZone": "eu-west-1b", "AvailabilityZoneId"`, `"AvailabilityZone": "us-west-2b", "AvailabilityZoneId"`, made(func(g *gateway.NAT) { g.Addresses = []gateway.NATAddress{a} }), `NatGatewayAddresses.AvailabilityZone "us-west-2b": conflict: left out: VPC vpc-1 is in eu-west-1`},
		{"F4.219 an address that is none", `"203.0.113.2"`, `""`, made(func(g *gateway.NAT) { g.Addresses = []gateway.NATAddress{a} }), `NatGatewayAddresses.PublicIp: malformed`},
		{"F4.219 an address twice", `"203.0.113.2"`, `"203.0.113.1"`, made(func(g *gateway.NAT) { g.Addresses = []gateway.NATAddress{a} }), `NatGatewayAddresses.PublicIp "203.0.113.1": conflict`},
		{"F4.222 one that is gone", `"State": "available", "Conn`, `"State": "deleted", "Conn`, made(func(g *gateway.NAT) { g.State, g.Addresses = gateway.NATDeleted, nil }), `NatGatewayAddresses "2": ignored`},
		{"F4.219 never private", `"ConnectivityType": "public"`, `"ConnectivityType": "private"`, nil, `AvailabilityMode "regional": unsupported: left out: Connectivity`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			whole := on(regionalNAT)
			assert.Contains(t, whole, test.from)
			cfg, warnings := load(t, strings.Replace(whole, test.from, test.to, 1))
			same(t, test.want, cfg.NATGateways)
			if test.warning == "" {
				assert.Empty(t, warnings)
			} else {
				assert.Contains(t, fmt.Sprint(warnings), test.warning)
			}
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
}
