package ec2json_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/shareddata"
	"github.com/packetwalk/packetwalk/load/ec2json"
)

// TestSharedAccountsBuild: whole accounts make a network.
func TestSharedAccountsBuild(t *testing.T) {
	for _, dir := range dumps(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			cfg, _, err := ec2json.Load(os.DirFS(dir))
			require.NoError(t, err)
			_, err = packetwalk.Build(cfg)
			if text := fmt.Sprint(err); err != nil && strings.Count(text, "AWS adds no block from") == strings.Count(text, "\n")+1 {
				t.Skipf("the generated account joins blocks that AWS does not (F3.005): %v", err)
			}
			assert.NoError(t, err)
		})
	}
}

// TestSharedExamplesBuild: pieces of accounts, where hardly a reference leads anywhere, make one too.
func TestSharedExamplesBuild(t *testing.T) {
	dir := shareddata.Dir(t, "describe-examples")
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NoError(t, err)
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			cfg, _, err := ec2json.Load(fstest.MapFS{"example.json": {Data: data}})
			require.NoError(t, err)
			_, err = packetwalk.Build(cfg)
			assert.NoError(t, err)
		})
	}
}

// TestWarnedBuild: what a loader warns about does not stand in Build's way.
func TestWarnedBuild(t *testing.T) {
	tests := []struct{ name, text string }{
		{"a route to what is not there", on(everyTarget + `, "RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [{"DestinationCidrBlock": "192.0.2.0/24", "NatGatewayId": "nat-9"}, {"DestinationCidrBlock": "198.51.100.0/24", "GatewayId": "igw-2"}, {"DestinationCidrBlock": "203.0.113.0/24", "State": "blackhole", "VpcPeeringConnectionId": "pcx-9"}, {"DestinationCidrBlock": "0.0.0.0/0", "InstanceId": "i-2"}]}]`)},
		{"F7.002 an endpoint's list that is not there", on(everyTarget + `, "RouteTables": [{"RouteTableId": "rtb-2", "VpcId": "vpc-1", "Routes": [{"DestinationPrefixListId": "pl-9", "GatewayId": "vpce-1"}]}]`)},
		{"F7.001 an endpoint in a Region that is not built in", on(`"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcEndpointType": "Gateway", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.xx-north-9.s3"}]`)},
		{"F5.111 stale references", on(`"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "sg-name", "VpcId": "vpc-1", "IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-9"}, {"GroupId": "sg-2"}], "PrefixListIds": [{"PrefixListId": "pl-9"}]}]}, {"GroupId": "sg-2", "VpcId": "vpc-2"}]`)},
		{"a group that only an interface names", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9", "Groups": [{"GroupId": "sg-9", "GroupName": "default"}]}]`)},
		{"two interfaces at one address", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9", "Association": {"PublicIp": "203.0.113.1"}}, {"NetworkInterfaceId": "f", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9", "Association": {"PublicIp": "203.0.113.1"}}]`)},
		{"a NAT gateway without its interface", on(`"NatGateways": [{"NatGatewayId": "n", "SubnetId": "subnet-1", "State": "available", "NatGatewayAddresses": [{"NetworkInterfaceId": "e", "PrivateIp": "10.0.1.8", "PublicIp": "3.130.0.1"}]}]`)},
		{"F4.222 a NAT gateway that is gone", on(`"NatGateways": [{"NatGatewayId": "n", "SubnetId": "subnet-1", "State": "deleted", "NatGatewayAddresses": [{"PublicIp": "3.130.0.1"}]}]`)},
		{"F5.112 a group of two VPCs", on(sharedGroup)},
		{"F5.112 a group that another VPC's interface shows in use", on(`"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-2"}], "NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "Groups": [{"GroupId": "sg-1"}]}]`)},
		{"F5.112 a group that another VPC's endpoint shows in use", on(`"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-2"}], "VpcEndpoints": [{"VpcEndpointId": "e", "VpcEndpointType": "Interface", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.sqs", "SubnetIds": ["subnet-1"], "Groups": [{"GroupId": "sg-1"}]}]`)},
		{"F5.104 a group of a peer outside", on(peeredOutside + foreignRule)},
		{"F4.219 a regional NAT gateway", on(regionalNAT)},
		{"F3.105 Block Public Access with exclusions", on(blockAccess)},
		{"F8.001 a peering with another account", on(`"VpcPeeringConnections": [{"VpcPeeringConnectionId": "p", "Status": {"Code": "active"}, "RequesterVpcInfo": {"VpcId": "vpc-1"}, "AccepterVpcInfo": {"VpcId": "vpc-9", "CidrBlock": "10.9.0.0/16"}}]`)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, _ := load(t, test.text)
			_, err := packetwalk.Build(cfg)
			assert.NoError(t, err)
		})
	}
}
