package ec2json_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

func prefix(s string) netip.Prefix { return netip.MustParsePrefix(s) }
func addr(s string) netip.Addr     { return netip.MustParseAddr(s) }

func TestVPCs(t *testing.T) {
	cfg, warnings, err := ec2jsonLoad(
		"vpcs.json", `{"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "111122223333", "DhcpOptionsId": "dopt-1", "CidrBlock": "10.0.0.0/16", "IsDefault": true,
			"CidrBlockAssociationSet": [
				{"CidrBlock": "10.9.0.0/16", "CidrBlockState": {"State": "disassociating"}},
				{"CidrBlock": "10.0.0.0/16", "CidrBlockState": {"State": "associated"}}],
			"Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2001:db8::/56", "Ipv6CidrBlockState": {"State": "associated"}}],
			"Tags": [{"Key": "Env", "Value": "prod"}, {"Key": "Name", "Value": "app"}]},
			{"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16", "DhcpOptionsId": "default"}]}`,
		"support.json", `{"VpcId": "vpc-1", "EnableDnsSupport": {"Value": false}}`,
		"hostnames.json", `{"VpcId": "vpc-2", "EnableDnsHostnames": {"Value": true}}`,
		"dhcp.json", `{"DhcpOptions": [{"DhcpOptionsId": "dopt-1", "DhcpConfigurations": [
			{"Key": "domain-name", "Values": [{"Value": "example.com"}]},
			{"Key": "domain-name-servers", "Values": [{"Value": "AmazonProvidedDNS"}, {"Value": "10.0.0.9"}]},
			{"Key": "ntp-servers", "Values": [{"Value": "169.254.169.123"}]}]}]}`,
		"subnets.json", `{"Subnets": [
			{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a", "MapPublicIpOnLaunch": true, "DefaultForAz": true,
			 "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2001:db8::/64", "Ipv6CidrBlockState": {"State": "associated"}}], "Tags": [{"Key": "Name", "Value": "front"}]},
			{"SubnetId": "subnet-2", "VpcId": "vpc-2", "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2001:db8:1::/64"}], "SubnetArn": "arn:aws:ec2:us-west-2:111122223333:subnet/subnet-2"}]}`)
	require.NoError(t, err)
	assert.Empty(t, warnings)
	same(t, packetwalk.Config{
		VPCs: []vpc.VPC{
			{ID: "vpc-1", Name: "app", Account: "111122223333", Region: "eu-west-1", Default: true, NoDNSSupport: true, DNSHostnames: true, DHCPOptions: "dopt-1",
				Blocks: []vpc.Block{ // the primary first
					{CIDR: prefix("10.0.0.0/16"), State: vpc.Associated},
					{CIDR: prefix("10.9.0.0/16"), State: vpc.Disassociating},
					{CIDR: prefix("2001:db8::/56"), State: vpc.Associated}}},
			{ID: "vpc-2", Region: "us-west-2", DNSHostnames: true, Blocks: []vpc.Block{{CIDR: prefix("10.1.0.0/16")}}},
		},
		DHCPOptions: []vpc.DHCPOptions{{ID: "dopt-1", DomainName: "example.com",
			DomainNameServers: []string{"AmazonProvidedDNS", "10.0.0.9"}, NTPServers: []netip.Addr{addr("169.254.169.123")}}},
		Subnets: []subnet.Subnet{
			{ID: "subnet-1", Name: "front", VPC: "vpc-1", Zone: "eu-west-1a", CIDR: prefix("10.0.1.0/24"), IPv6CIDR: prefix("2001:db8::/64"), MapPublicIPOnLaunch: true, DefaultForZone: true},
			{ID: "subnet-2", VPC: "vpc-2", IPv6CIDR: prefix("2001:db8:1::/64")},
		},
	}, cfg)
}

func TestInterfaces(t *testing.T) {
	cfg, warnings := load(t, `{
		"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
		"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2001:db8::/64"}]}],
		"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1"}],
		"Reservations": [{"Instances": [
			{"InstanceId": "i-1", "State": {"Name": "stopped"}, "Tags": [{"Key": "Name", "Value": "web"}], "NetworkInterfaces": [
				{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "Description": "inside", "Attachment": {"DeviceIndex": 0}},
				{"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.20", "Attachment": {"DeviceIndex": 1}, "Association": {"PublicIp": "203.0.113.2"}}]},
			{"InstanceId": "i-2", "State": {"Name": "running"}, "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.30", "PublicIpAddress": "203.0.113.3", "Ipv6Address": "2001:db8::9",
				"SourceDestCheck": false, "SecurityGroups": [{"GroupId": "sg-1", "GroupName": "web"}]},
			{"InstanceId": "i-3", "State": {"Name": "terminated"}}]}],
		"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "Description": "by itself", "OwnerId": "111122223333", "InterfaceType": "interface",
			"PrivateIpAddresses": [
				{"PrivateIpAddress": "10.0.1.11", "Primary": false},
				{"PrivateIpAddress": "10.0.1.10", "Primary": true, "Association": {"PublicIp": "203.0.113.1"}}],
			"Ipv6Addresses": [{"Ipv6Address": "2001:db8::8"}], "SourceDestCheck": false, "Groups": [{"GroupId": "sg-1"}]}],
		"Addresses": [
			{"AllocationId": "eipalloc-1", "PublicIp": "203.0.113.1", "NetworkInterfaceId": "eni-1", "PrivateIpAddress": "10.0.1.10"},
			{"PublicIp": "203.0.113.3", "InstanceId": "i-2"},
			{"AllocationId": "eipalloc-3", "PublicIp": "203.0.113.9"}]}`)
	same(t, []vpc.Instance{{ID: "i-1", Name: "web", State: vpc.Stopped}, {ID: "i-2", State: vpc.Running}, {ID: "i-3", State: vpc.Terminated}}, cfg.Instances)
	same(t, []subnet.Interface{
		{ID: "eni-1", Description: "by itself", Subnet: "subnet-1", Account: "111122223333", Kind: subnet.Standard,
			Private: []subnet.Address{{Private: addr("10.0.1.10"), Public: addr("203.0.113.1")}, {Private: addr("10.0.1.11")}},
			IPv6:    []netip.Addr{addr("2001:db8::8")}, Groups: []string{"sg-1"}, NoSourceDestCheck: true,
			Attachment: subnet.Attachment{Instance: "i-1"}},
		{ID: "eni-2", Subnet: "subnet-1", Private: []subnet.Address{{Private: addr("10.0.1.20"), Public: addr("203.0.113.2")}},
			Attachment: subnet.Attachment{Instance: "i-1", DeviceIndex: 1}},
		{ID: "i-2-eni", Subnet: "subnet-1", Private: []subnet.Address{{Private: addr("10.0.1.30"), Public: addr("203.0.113.3")}},
			IPv6: []netip.Addr{addr("2001:db8::9")}, Groups: []string{"sg-1"}, NoSourceDestCheck: true, Attachment: subnet.Attachment{Instance: "i-2"}},
	}, cfg.Interfaces)
	same(t, []subnet.ElasticIP{
		{ID: "eipalloc-1", PublicIP: addr("203.0.113.1"), Interface: "eni-1", PrivateIP: addr("10.0.1.10")},
		{ID: "203.0.113.3", PublicIP: addr("203.0.113.3"), Interface: "i-2-eni"},
		{ID: "eipalloc-3", PublicIP: addr("203.0.113.9")},
	}, cfg.ElasticIPs)
	require.Len(t, warnings, 1)
	assert.Contains(t, warnings[0].String(), `Instances i-2: NetworkInterfaces "i-2-eni": assumed`)
}

func TestInterfaceKinds(t *testing.T) {
	tests := []struct {
		text string
		want subnet.InterfaceKind
	}{
		{"", subnet.KindUnspecified}, {"interface", subnet.Standard}, {"efa", subnet.Standard},
		{"nat_gateway", subnet.NATGateway}, {"natGateway", subnet.NATGateway}, {"vpc_endpoint", subnet.VPCEndpoint},
		{"lambda", subnet.Lambda}, {"load_balancer", subnet.LoadBalancer}, {"network_load_balancer", subnet.NetworkLoadBalancer},
		{"gateway_load_balancer", subnet.GatewayLoadBalancer}, {"gateway_load_balancer_endpoint", subnet.GatewayLoadBalancerEndpoint},
		{"transit_gateway", subnet.TransitGateway}, {"quicksight", subnet.Other},
	}
	for _, test := range tests {
		t.Run("type "+test.text, func(t *testing.T) {
			cfg, _ := load(t, on(`"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "InterfaceType": "`+test.text+`"}]`))
			assert.Equal(t, test.want, cfg.Interfaces[0].Kind)
		})
	}
}

func TestSecondNetworkCard(t *testing.T) {
	cfg, warnings := load(t, on(`"Instances": [{"InstanceId": "i-1", "NetworkInterfaces": [
		{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "Attachment": {"DeviceIndex": 1}},
		{"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-1", "Attachment": {"DeviceIndex": 1, "NetworkCardIndex": 1}}]}]`))
	assert.Equal(t, 1, cfg.Interfaces[0].Attachment.DeviceIndex)
	assert.Equal(t, 2, cfg.Interfaces[1].Attachment.DeviceIndex)
	require.Len(t, warnings, 1)
	assert.Contains(t, warnings[0].String(), `eni-2: Attachment.DeviceIndex "1": assumed: taken as 2`)
}

func TestUnknownGroupStandsWithoutRules(t *testing.T) {
	cfg, _ := load(t, on(`"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "Groups": [{"GroupId": "sg-9", "GroupName": "web"}]}],
		"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-9"}]}]}]`))
	require.Len(t, cfg.SecurityGroups, 2)
	same(t, sg.Group{ID: "sg-9", Name: "web", VPC: "vpc-1"}, cfg.SecurityGroups[1])
	assert.False(t, cfg.SecurityGroups[0].Rules[0].Stale, "an interface wears the group, so it is not gone")
}

func TestGateways(t *testing.T) {
	cfg, warnings := load(t, on(`
		"InternetGateways": [{"InternetGatewayId": "igw-1", "Attachments": [{"State": "available", "VpcId": "vpc-1"}], "Tags": [{"Key": "Name", "Value": "edge"}]},
			{"InternetGatewayId": "igw-2", "Attachments": []}, {"InternetGatewayId": "igw-3", "Attachments": [{"State": "detaching", "VpcId": "vpc-9"}]}],
		"EgressOnlyInternetGateways": [{"EgressOnlyInternetGatewayId": "eigw-1", "Attachments": [{"State": "attached", "VpcId": "vpc-2"}]}],
		"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "InterfaceType": "interface", "PrivateIpAddress": "10.0.1.9"}],
		"NatGateways": [
			{"NatGatewayId": "nat-1", "SubnetId": "subnet-1", "State": "available", "ConnectivityType": "public", "NatGatewayAddresses": [
				{"NetworkInterfaceId": "eni-1", "PrivateIp": "10.0.1.8", "PublicIp": "203.0.113.8", "IsPrimary": false, "Status": "succeeded"},
				{"NetworkInterfaceId": "eni-1", "PrivateIp": "10.0.1.9", "PublicIp": "203.0.113.9", "IsPrimary": true, "Status": "succeeded"}]},
			{"NatGatewayId": "nat-2", "SubnetId": "subnet-2", "State": "deleted", "ConnectivityType": "private"}]`))
	assert.Empty(t, warnings)
	same(t, []gateway.Internet{{ID: "igw-1", Name: "edge", VPC: "vpc-1"}, {ID: "igw-2"}, {ID: "igw-3"}}, cfg.InternetGateways)
	same(t, []gateway.EgressOnly{{ID: "eigw-1", VPC: "vpc-2"}}, cfg.EgressOnlyGateways)
	same(t, []gateway.NAT{
		{ID: "nat-1", Subnet: "subnet-1", Connectivity: gateway.Public, State: gateway.NATAvailable, Addresses: []gateway.NATAddress{
			{Interface: "eni-1", Private: addr("10.0.1.9"), Public: addr("203.0.113.9")},
			{Interface: "eni-1", Private: addr("10.0.1.8"), Public: addr("203.0.113.8")}}},
		{ID: "nat-2", Subnet: "subnet-2", Connectivity: gateway.Private, State: gateway.NATDeleted},
	}, cfg.NATGateways)
	assert.Equal(t, subnet.NATGateway, cfg.Interfaces[0].Kind)
}

func TestEndpoints(t *testing.T) {
	cfg, warnings := load(t, on(`
		"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1"}],
		"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1"}],
		"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1"}],
		"VpcEndpoints": [
			{"VpcEndpointId": "vpce-1", "VpcEndpointType": "Gateway", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.s3", "State": "available",
				"RouteTableIds": ["rtb-1"], "PolicyDocument": "{\"Statement\": [{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}]}", "Tags": [{"Key": "Name", "Value": "s3"}]},
			{"VpcEndpointId": "vpce-2", "VpcEndpointType": "Interface", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.sqs", "State": "pendingAcceptance",
				"SubnetIds": ["subnet-1"], "NetworkInterfaceIds": ["eni-1"], "Groups": [{"GroupId": "sg-1"}], "PrivateDnsEnabled": true},
			{"VpcEndpointId": "vpce-3", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.dynamodb", "State": "Deleted"}]`)+`{"VpcId": "vpc-1", "EnableDnsHostnames": {"Value": true}}`)
	assert.Empty(t, warnings)
	same(t, []endpoint.Gateway{
		{ID: "vpce-1", Name: "s3", VPC: "vpc-1", Service: "com.amazonaws.eu-west-1.s3", RouteTables: []string{"rtb-1"}, State: endpoint.Available, Policy: `{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]}`},
		{ID: "vpce-3", VPC: "vpc-1", Service: "com.amazonaws.eu-west-1.dynamodb", State: endpoint.Deleted},
	}, cfg.GatewayEndpoints)
	same(t, []endpoint.Interface{{ID: "vpce-2", VPC: "vpc-1", Service: "com.amazonaws.eu-west-1.sqs", Subnets: []string{"subnet-1"},
		Interfaces: []string{"eni-1"}, Groups: []string{"sg-1"}, State: endpoint.PendingAcceptance, PrivateDNS: true}}, cfg.InterfaceEndpoints)
	assert.Equal(t, subnet.VPCEndpoint, cfg.Interfaces[0].Kind)
}

func TestPeerings(t *testing.T) {
	cfg, warnings := load(t, on(`"VpcPeeringConnections": [
		{"VpcPeeringConnectionId": "pcx-1", "Status": {"Code": "active"}, "Tags": [{"Key": "Name", "Value": "both"}],
			"RequesterVpcInfo": {"VpcId": "vpc-1", "OwnerId": "111122223333", "Region": "eu-west-1", "CidrBlock": "10.0.0.0/16", "PeeringOptions": {"AllowDnsResolutionFromRemoteVpc": true}},
			"AccepterVpcInfo": {"VpcId": "vpc-2", "CidrBlockSet": [{"CidrBlock": "10.1.0.0/16"}]}},
		{"VpcPeeringConnectionId": "pcx-2", "Status": {"Code": "pending-acceptance"},
			"RequesterVpcInfo": {"VpcId": "vpc-1"},
			"AccepterVpcInfo": {"VpcId": "vpc-9", "OwnerId": "444455556666", "CidrBlock": "10.9.0.0/16", "CidrBlockSet": [{"CidrBlock": "10.9.0.0/16"}, {"CidrBlock": "10.8.0.0/16"}], "Ipv6CidrBlockSet": [{"Ipv6CidrBlock": "2001:db8::/56"}]}}]`))
	assert.Empty(t, warnings)
	same(t, []peering.Connection{
		{ID: "pcx-1", Name: "both", Status: peering.Active,
			Requester: peering.Side{VPC: "vpc-1", Account: "111122223333", Region: "eu-west-1", DNSResolution: true},
			Accepter:  peering.Side{VPC: "vpc-2"}},
		{ID: "pcx-2", Status: peering.PendingAcceptance,
			Requester: peering.Side{VPC: "vpc-1"},
			Accepter:  peering.Side{VPC: "vpc-9", Account: "444455556666", Blocks: []netip.Prefix{prefix("10.9.0.0/16"), prefix("10.8.0.0/16"), prefix("2001:db8::/56")}}},
	}, cfg.Peerings)
}

func TestPrefixLists(t *testing.T) {
	cfg, warnings := load(t, `{
		"PrefixLists": [{"PrefixListId": "pl-1", "PrefixListName": "corp", "Cidrs": ["10.0.0.1/8", "x", "10.0.0.0/8"]}],
		"ManagedPrefixLists": [{"PrefixListId": "pl-1", "PrefixListName": "corp", "MaxEntries": 9}]}`)
	same(t, []route.PrefixList{{ID: "pl-1", Name: "corp", Entries: []netip.Prefix{prefix("10.0.0.0/8")}, MaxEntries: 9}}, cfg.PrefixLists)
	assert.Len(t, warnings, 2)
}
