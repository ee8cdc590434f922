package ec2json_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/load/ec2json"
)

// TestWarnings: one line a warning, as it prints. The first warning is compared; more are an
// error only where want names none.
func TestWarnings(t *testing.T) {
	tests := []struct{ name, text, want string }{
		// whole documents and keys
		{"a bare array", `[1]`, "dump.json: (array): unsupported"},
		{"a bare string", `"x"`, "dump.json: (string): unsupported"},
		{"an unknown key", `{"CustomerGateways": [{}, {}]}`, "dump.json: CustomerGateways (2): unsupported: left out: not modelled"},
		{"an unknown key without an array", `{"Vpc": {}}`, "dump.json: Vpc (object): unsupported"},
		{"a known key without an array", `{"Vpcs": true}`, "dump.json: Vpcs (boolean): malformed"},
		{"VPN gateways are not modelled", `{"VpnGateways": [{}]}`, "dump.json: VpnGateways (1): unsupported"},

		// one resource
		{"no object", `{"Vpcs": [5]}`, "dump.json: Vpcs (number): malformed"},
		{"null", `{"Vpcs": [null]}`, "dump.json: Vpcs (null): malformed: left out: it has no ID"},
		{"a field of the wrong type", `{"Vpcs": [{"CidrBlock": 5, "VpcId": "vpc-9"}]}`, `dump.json: Vpcs vpc-9: CidrBlock "number": malformed`},
		{"printed twice, differently", `{"Vpcs": [{"VpcId": "v", "CidrBlock": "10.0.0.0/16"}, {"VpcId": "v", "CidrBlock": "10.1.0.0/16"}]}`, "dump.json: Vpcs v: CidrBlock: conflict: kept what dump.json says"},
		{"no reservation", `{"Reservations": [[]]}`, `dump.json: Reservations reservation (array): malformed`},

		// VPCs and subnets
		{"F2.017 host bits are cleared", `{"Vpcs": [{"VpcId": "v", "CidrBlock": "10.0.0.1/16"}]}`, `dump.json: Vpcs v: CidrBlock "10.0.0.1/16": canonicalized: taken as 10.0.0.0/16`},
		{"a block that is none", `{"Vpcs": [{"VpcId": "v", "CidrBlock": "10.0.0.0/33"}]}`, `dump.json: Vpcs v: CidrBlock "10.0.0.0/33": malformed`},
		{"a DHCP options set that is not there", `{"Vpcs": [{"VpcId": "v", "CidrBlock": "10.0.0.0/16", "DhcpOptionsId": "dopt-1"}]}`, `dump.json: Vpcs v: DhcpOptionsId "dopt-1": dangling`},
		{"an attribute of another VPC", `{"VpcId": "v", "EnableDnsSupport": {"Value": true}}`, `dump.json: VpcId v: VpcId "v": dangling`},
		{"a DHCP option that steers nothing", `{"DhcpOptions": [{"DhcpOptionsId": "d", "DhcpConfigurations": [{"Key": "netbios-node-type", "Values": [{"Value": "2"}]}]}]}`, `dump.json: DhcpOptions d: DhcpConfigurations[0].Values[0] "netbios-node-type=2": ignored`},
		{"a subnet without its VPC", `{"Subnets": [{"SubnetId": "s", "VpcId": "v"}]}`, `dump.json: Subnets s: VpcId "v": dangling: left out`},
		{"a subnet without a CIDR", on(`"Subnets": [{"SubnetId": "s", "VpcId": "vpc-1"}]`), "dump.json: Subnets s: CidrBlock: malformed"},
		{"a block on its way out of a subnet", on(`"Subnets": [{"SubnetId": "s", "VpcId": "vpc-1", "CidrBlock": "10.0.5.0/24", "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2001:db8::/64", "Ipv6CidrBlockState": {"State": "disassociated"}}]}]`), `dump.json: Subnets s: Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlockState.State "disassociated": ignored`},

		// interfaces and addresses
		{"an interface without its subnet", `{"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "s"}]}`, `dump.json: NetworkInterfaces e: SubnetId "s": dangling: left out`},
		{"an interface of an instance that is not there", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "Attachment": {"InstanceId": "i"}}]`), `dump.json: NetworkInterfaces e: Attachment.InstanceId "i": dangling`},
		{"an address that is none", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1"}]`), `dump.json: NetworkInterfaces e: PrivateIpAddresses[0].PrivateIpAddress "10.0.1": malformed`},
		{"a group that is not there", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "Groups": [{"GroupId": "sg-1"}]}]`), `dump.json: NetworkInterfaces e: Groups.GroupId "sg-1": dangling: a group without rules stands for it`},
		{"F5.112 a group of another VPC", on(`"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-2"}], "NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "Groups": [{"GroupId": "sg-1"}]}]`), `dump.json: NetworkInterfaces e: Groups.GroupId "sg-1": assumed: the group belongs to VPC vpc-2: taken as associated with vpc-1`},
		{"F5.112 a default group of another VPC", on(`"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "default", "VpcId": "vpc-2"}], "NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "Groups": [{"GroupId": "sg-1"}]}]`), `dump.json: NetworkInterfaces e: Groups.GroupId "sg-1": unsupported: left out`},
		{"a group of a VPC that is not there", on(`"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "v"}], "NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "Groups": [{"GroupId": "sg-1"}]}]`), `dump.json: NetworkInterfaces e: Groups.GroupId "sg-1": dangling: left out`},
		{"F5.207 a timeout that AWS does not take", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "ConnectionTrackingConfiguration": {"UdpTimeout": 29}}]`), `dump.json: NetworkInterfaces e: ConnectionTrackingConfiguration.UdpTimeout "29": malformed: left out, the default counts: AWS takes 30 to 60 seconds`},
		{"an address outside its subnet", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "PrivateIpAddress": "10.9.9.9"}]`), `dump.json: NetworkInterfaces e: PrivateIpAddresses[0].PrivateIpAddress "10.9.9.9": conflict`},
		{"F3.010 an address that is reserved", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.1"}]`), `dump.json: NetworkInterfaces e: PrivateIpAddresses[0].PrivateIpAddress "10.0.1.1": conflict: left out: AWS reserves it`},
		{"F4.208 groups of a NAT gateway", on(`"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1"}], "NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "InterfaceType": "nat_gateway", "Groups": [{"GroupId": "sg-1"}]}]`), `dump.json: NetworkInterfaces e: Groups "sg-1": ignored`},
		{"F4.015 a public address that takes nothing from outside", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "DenyAllIgwTraffic": true, "PrivateIpAddress": "10.0.1.9", "Association": {"PublicIp": "203.0.113.1"}}]`), `dump.json: NetworkInterfaces e: PrivateIpAddresses[0].Association.PublicIp "203.0.113.1": conflict: left out`},
		{"a VPC without a block", `{"Vpcs": [{"VpcId": "v"}]}`, "dump.json: Vpcs v: CidrBlock: malformed: left out"},
		{"two interfaces at one address", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9"}, {"NetworkInterfaceId": "f", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9"}]`), `dump.json: NetworkInterfaces f: PrivateIpAddresses[0].PrivateIpAddress "subnet-1 10.0.1.9": conflict: left out: e`},
		{"an instance without its interface", on(`"Instances": [{"InstanceId": "i", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9"}]`), `dump.json: Instances i: NetworkInterfaces "i-eni": assumed`},
		{"a state that is unknown", `{"Instances": [{"InstanceId": "i", "State": {"Name": "hibernated"}}]}`, `dump.json: Instances i: State.Name "hibernated": unsupported`},
		{"an Elastic IP of an interface that is not there", `{"Addresses": [{"AllocationId": "a", "PublicIp": "203.0.113.1", "NetworkInterfaceId": "e"}]}`, `dump.json: Addresses a: NetworkInterfaceId "e": dangling`},
		{"an Elastic IP of an instance that is not there", `{"Addresses": [{"AllocationId": "a", "PublicIp": "203.0.113.1", "InstanceId": "i"}]}`, `dump.json: Addresses a: InstanceId "i": dangling`},
		{"an Elastic IP that its interface does not have", on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9"}], "Addresses": [{"AllocationId": "a", "PublicIp": "203.0.113.1", "NetworkInterfaceId": "e", "PrivateIpAddress": "10.0.1.9"}]`), `dump.json: Addresses a: PrivateIpAddress "10.0.1.9": conflict`},

		// gateways, endpoints, peerings
		{"an internet gateway without its VPC", `{"InternetGateways": [{"InternetGatewayId": "g", "Attachments": [{"State": "available", "VpcId": "v"}]}]}`, `dump.json: InternetGateways g: VpcId "v": dangling`},
		{"a second internet gateway", on(`"InternetGateways": [{"InternetGatewayId": "g", "Attachments": [{"VpcId": "vpc-1"}]}, {"InternetGatewayId": "h", "Attachments": [{"VpcId": "vpc-1"}]}]`), `dump.json: InternetGateways h: Attachments.VpcId "vpc-1": conflict`},
		{"a NAT gateway without its subnet", `{"NatGateways": [{"NatGatewayId": "n", "SubnetId": "s"}]}`, `dump.json: NatGateways n: SubnetId "s": dangling`},
		{"F4.219 a regional NAT gateway without its VPC", `{"NatGateways": [{"NatGatewayId": "n", "VpcId": "v", "AvailabilityMode": "regional"}]}`, `dump.json: NatGateways n: VpcId "v": dangling: left out`},
		{"F4.219 a mode that is not known", on(`"NatGateways": [{"NatGatewayId": "n", "SubnetId": "subnet-1", "State": "deleted", "AvailabilityMode": "global"}]`), `dump.json: NatGateways n: AvailabilityMode "global": unsupported: taken as not stated`},
		{"F4.201 a public NAT gateway without a public address", on(`"NatGateways": [{"NatGatewayId": "n", "SubnetId": "subnet-1", "State": "available"}]`), `dump.json: NatGateways n: NatGatewayAddresses "0": malformed`},
		{"a NAT gateway's interface that is not there", on(`"NatGateways": [{"NatGatewayId": "n", "SubnetId": "subnet-1", "NatGatewayAddresses": [{"NetworkInterfaceId": "e", "PublicIp": "203.0.113.1"}]}]`), `dump.json: NatGateways n: NatGatewayAddresses.NetworkInterfaceId "e": dangling`},
		{"addresses of a NAT gateway that is gone", on(`"NatGateways": [{"NatGatewayId": "n", "SubnetId": "subnet-1", "State": "deleted", "NatGatewayAddresses": [{"PublicIp": "203.0.113.1"}]}]`), `dump.json: NatGateways n: NatGatewayAddresses "1": ignored`},
		{"F7.205 a service network endpoint", `{"VpcEndpoints": [{"VpcEndpointId": "e", "VpcEndpointType": "ServiceNetwork"}]}`, `dump.json: VpcEndpoints e: VpcEndpointType "ServiceNetwork": unsupported`},
		{"F7.208 a resource endpoint without its VPC", `{"VpcEndpoints": [{"VpcEndpointId": "e", "VpcEndpointType": "Resource", "VpcId": "v"}]}`, `dump.json: VpcEndpoints e: VpcId "v": dangling`},
		{"an endpoint without its VPC", `{"VpcEndpoints": [{"VpcEndpointId": "e", "VpcEndpointType": "Gateway", "VpcId": "v"}]}`, `dump.json: VpcEndpoints e: VpcId "v": dangling`},
		{"a gateway endpoint's table that is not there", on(`"VpcEndpoints": [{"VpcEndpointId": "e", "VpcEndpointType": "Gateway", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.s3", "RouteTableIds": ["rtb-1"]}]`), `dump.json: VpcEndpoints e: RouteTableIds "rtb-1": dangling`},
		{"an interface endpoint without a subnet", on(`"VpcEndpoints": [{"VpcEndpointId": "e", "VpcEndpointType": "Interface", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.sqs"}]`), `dump.json: VpcEndpoints e: SubnetIds: dangling: left out`},
		{"an interface endpoint's subnet that is not there", on(`"VpcEndpoints": [{"VpcEndpointId": "e", "VpcEndpointType": "Interface", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.sqs", "SubnetIds": ["subnet-1", "s"]}]`), `dump.json: VpcEndpoints e: SubnetIds "s": dangling`},
		{"an interface endpoint's interface that is not there", on(`"VpcEndpoints": [{"VpcEndpointId": "e", "VpcEndpointType": "Interface", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.sqs", "SubnetIds": ["subnet-1"], "NetworkInterfaceIds": ["eni"]}]`), `dump.json: VpcEndpoints e: NetworkInterfaceIds "eni": dangling`},
		{"an interface endpoint's group that is not there", on(`"VpcEndpoints": [{"VpcEndpointId": "e", "VpcEndpointType": "Interface", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.sqs", "SubnetIds": ["subnet-1"], "Groups": [{"GroupId": "sg-1"}]}]`), `dump.json: VpcEndpoints e: Groups.GroupId "sg-1": dangling`},
		{"a peering of others", `{"VpcPeeringConnections": [{"VpcPeeringConnectionId": "p", "RequesterVpcInfo": {"VpcId": "v"}, "AccepterVpcInfo": {"VpcId": "w"}}]}`, `dump.json: VpcPeeringConnections p: RequesterVpcInfo.VpcId "v": dangling`},
		{"a peering without the peer's blocks", on(`"VpcPeeringConnections": [{"VpcPeeringConnectionId": "p", "RequesterVpcInfo": {"VpcId": "vpc-1"}, "AccepterVpcInfo": {"VpcId": "w"}}]`), `dump.json: VpcPeeringConnections p: AccepterVpcInfo.VpcId "w": dangling`},
		{"a list without its entries", `{"PrefixLists": [{"PrefixListId": "pl-1", "PrefixListName": "corp", "MaxEntries": 5}]}`, `dump.json: PrefixLists pl-1: Cidrs "pl-1": assumed: the list has no entries`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, warnings := load(t, test.text)
			require.NotEmpty(t, warnings)
			assert.Contains(t, warnings[0].String(), test.want)
		})
	}
}

func TestReasonText(t *testing.T) {
	for r := ec2json.ReasonUnspecified; r <= ec2json.Assumed; r++ {
		text, err := json.Marshal(r)
		require.NoError(t, err)
		var back ec2json.Reason
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, r, back)
	}
	assert.Equal(t, "Reason(99)", ec2json.Reason(99).String())
	_, err := ec2json.Reason(99).MarshalText()
	assert.Error(t, err)
	var r ec2json.Reason
	assert.Error(t, r.UnmarshalText([]byte("dropped")))
}
