package ec2json_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/subnet"
)

// queue is an interface endpoint with private DNS in vpc-1, with a further field.
func queue(id, more string) string {
	return fmt.Sprintf(`{"VpcEndpointId": %q, "VpcEndpointType": "Interface", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.sqs", "State": "available",
		"SubnetIds": ["subnet-1"], "PrivateDnsEnabled": true%s}`, id, more)
}

// TestPrivateDNS: F7.108, what an endpoint with private DNS says of its VPC, and what stands in its way.
func TestPrivateDNS(t *testing.T) {
	attribute := func(name string, value bool) string {
		return fmt.Sprintf(`{"VpcId": "vpc-1", %q: {"Value": %v}}`, name, value)
	}
	hostnames := attribute("EnableDnsHostnames", true)
	s3 := strings.ReplaceAll(queue("vpce-1", `, "DnsOptions": {"PrivateDnsOnlyForInboundResolverEndpoint": true}`), "sqs", "s3")
	gateway := `, {"VpcEndpointId": "vpce-2", "VpcEndpointType": "Gateway", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.s3", "State": "available"}`
	tests := []struct {
		name, endpoints, other string
		private, inbound       bool // of the first
		warning                string
	}{
		{"F7.108 an attribute that nobody printed is on", queue("vpce-1", ""), `{}`, true, false, `PrivateDnsEnabled "true": assumed: enableDnsHostnames of VPC vpc-1 is taken as on`},
		{"F7.108 both are on", queue("vpce-1", ""), hostnames, true, false, ""},
		{"F7.108 hostnames are off by now", queue("vpce-1", ""), attribute("EnableDnsHostnames", false), false, false, `PrivateDnsEnabled "true": conflict`},
		{"F7.108 support is off by now", queue("vpce-1", ""), hostnames + attribute("EnableDnsSupport", false), false, false, `PrivateDnsEnabled "true": conflict`},
		{"F7.111 an endpoint that is gone", strings.Replace(queue("vpce-1", ""), "available", "deleted", 1), attribute("EnableDnsHostnames", false), true, false, ""},
		{"A39 the names have one endpoint", queue("vpce-1", "") + `, ` + queue("vpce-2", ""), hostnames, true, false, `VpcEndpoints vpce-2: PrivateDnsEnabled "true": conflict: taken as off: vpce-1 has sqs.eu-west-1.amazonaws.com`},
		{"A39 a private hosted zone has the name", queue("vpce-1", ""), hostnames + `{"HostedZone": {"Id": "Z1", "Name": "sqs.eu-west-1.amazonaws.com.", "Config": {"PrivateZone": true}}, "VPCs": [{"VPCId": "vpc-1"}],
			"ResourceRecordSets": [{"Name": "sqs.eu-west-1.amazonaws.com.", "Type": "A", "ResourceRecords": [{"Value": "10.0.1.9"}]}]}`, false, false, `conflict: taken as off: Z1 has sqs.eu-west-1.amazonaws.com`},
		{"F7.116 for on-premises only", s3 + gateway, hostnames, true, true, ""},
		{"A40 F7.116 for on-premises only, without the gateway endpoint", s3, hostnames, false, false, `PrivateDnsOnlyForInboundResolverEndpoint "true": conflict`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings := load(t, on(`"VpcEndpoints": [`+test.endpoints+`]`)+test.other)
			assert.Equal(t, test.private, cfg.InterfaceEndpoints[0].PrivateDNS)
			assert.Equal(t, test.inbound, cfg.InterfaceEndpoints[0].PrivateDNSInboundOnly)
			if test.warning == "" {
				assert.Empty(t, warnings)
			}
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
}

// TestEndpointsThatDoNotFit: what AWS would not have made is taken as what it can be.
func TestEndpointsThatDoNotFit(t *testing.T) {
	gateway := func(id, more string) string {
		return fmt.Sprintf(`{"VpcEndpointId": %q, "VpcEndpointType": "Gateway", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.eu-west-1.s3", "State": "available", "RouteTableIds": ["rtb-1"]%s}`, id, more)
	}
	plain := func(from, to string) string {
		return strings.Replace(strings.Replace(queue("vpce-1", ""), `"PrivateDnsEnabled": true`, `"PrivateDnsEnabled": false`, 1), from, to, 1)
	}
	const deny = `"{\"Statement\": [{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}]}"`
	tests := []struct{ name, endpoints, warning string }{
		{"F7.003 a gateway endpoint for another Region", strings.Replace(gateway("vpce-1", ""), "eu-west-1.s3", "us-east-1.s3", 1), `ServiceName "com.amazonaws.us-east-1.s3": conflict: left out`},
		{"F2.022 two gateway endpoints in one table", gateway("vpce-1", "") + `, ` + gateway("vpce-2", ""), `VpcEndpoints vpce-2: RouteTableIds "rtb-1 com.amazonaws.eu-west-1.s3": conflict`},
		{"F7.111 one of the two is gone", gateway("vpce-1", "") + `, ` + strings.Replace(gateway("vpce-2", ""), "available", "deleted", 1), ""},
		{"F7.011 a type that the subnets do not fit", gateway("vpce-1", `, "IpAddressType": "dualstack"`), `VpcEndpoints vpce-1: IpAddressType "dualstack": conflict: taken as ipv4: subnet-1 does not fit`},
		{"F7.011 the main table serves subnets that have none", strings.Replace(gateway("vpce-1", `, "IpAddressType": "dualstack"`), "rtb-1", "rtb-2", 1), `IpAddressType "dualstack": conflict: taken as ipv4: subnet-3 does not fit`},
		{"F7.112 a type that the subnets do not fit", plain(`"State"`, `"IpAddressType": "ipv6", "State"`), `IpAddressType "ipv6": conflict`},
		{"F7.112 a subnet without IPv4", plain(`["subnet-1"]`, `["subnet-1", "subnet-3"]`), `SubnetIds "subnet-3": conflict: left out: the subnet has no IPv4 range`},
		{"F7.101 two subnets of one zone", plain(`["subnet-1"]`, `["subnet-1", "subnet-4"]`), `SubnetIds "subnet-4": conflict: left out: there is a subnet in zone eu-west-1a already`},
		{"F7.101 a subnet of another VPC", plain(`["subnet-1"]`, `["subnet-1", "subnet-2"]`), `SubnetIds "subnet-2": conflict: left out: the subnet is in VPC vpc-2`},
		{"F7.101 an interface in another subnet", plain(`"State"`, `"NetworkInterfaceIds": ["eni-2"], "State"`), `NetworkInterfaceIds "eni-2": conflict`},
		{"F7.101 an instance's interface", plain(`"State"`, `"NetworkInterfaceIds": ["eni-3"], "State"`), `NetworkInterfaceIds "eni-3": conflict: left out: the network interface belongs to i-1`},
		{"F7.101 an interface of another endpoint", plain(`"State"`, `"NetworkInterfaceIds": ["eni-4"], "State"`) + `, ` + strings.Replace(plain(`"State"`, `"NetworkInterfaceIds": ["eni-4"], "State"`), "vpce-1", "vpce-2", 1),
			`VpcEndpoints vpce-2: NetworkInterfaceIds "eni-4": conflict: left out: the network interface belongs to vpce-1`},
		{"F7.113 a policy where the service takes none", plain(`eu-west-1.sqs"`, `vpce.eu-west-1.vpce-svc-1", "PolicyDocument": `+deny), `PolicyDocument: ignored: left out`},
		{"F7.210 a service that lets no other Region in", plain(`eu-west-1.sqs`, `us-east-1.sqs`), `ServiceName "com.amazonaws.us-east-1.sqs": conflict: left out`},
		{"F7.210 a service that lets other Regions in", plain(`eu-west-1.sqs`, `us-east-1.s3`), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			more := `"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}]}, {"RouteTableId": "rtb-2", "VpcId": "vpc-1", "Associations": [{"Main": true}]}],
				"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a"},
					{"SubnetId": "subnet-2", "VpcId": "vpc-2", "CidrBlock": "10.1.1.0/24", "AvailabilityZone": "eu-west-1b"},
					{"SubnetId": "subnet-3", "VpcId": "vpc-1", "AvailabilityZone": "eu-west-1c", "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2001:db8:0:3::/64", "Ipv6CidrBlockState": {"State": "associated"}}]},
					{"SubnetId": "subnet-4", "VpcId": "vpc-1", "CidrBlock": "10.0.4.0/24", "AvailabilityZone": "eu-west-1a"}],
				"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "Ipv6CidrBlockAssociationSet": [{"Ipv6CidrBlock": "2001:db8::/56", "Ipv6CidrBlockState": {"State": "associated"}}]}, {"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16"}],
				"NetworkInterfaces": [{"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-2", "PrivateIpAddress": "10.1.1.9"},
					{"NetworkInterfaceId": "eni-3", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.8", "Attachment": {"InstanceId": "i-1", "DeviceIndex": 0}},
					{"NetworkInterfaceId": "eni-4", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9"}],
				"Instances": [{"InstanceId": "i-1", "SubnetId": "subnet-1", "VpcId": "vpc-1", "State": {"Name": "running"}}], "VpcEndpoints": [`
			cfg, warnings := load(t, `{`+more+test.endpoints+`]}`)
			if test.warning == "" {
				assert.Empty(t, warnings)
			}
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
}

// TestInspectors: F7.206, Gateway Load Balancer endpoints.
func TestInspectors(t *testing.T) {
	const network = `"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9", "InterfaceType": "gateway_load_balancer_endpoint"}],
		"RouteTables": [{"RouteTableId": "rtb-1", "VpcId": "vpc-1", "Routes": [{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "vpce-1"}]}],
		"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcEndpointType": "GatewayLoadBalancer", "VpcId": "vpc-1", "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-7", "State": "available", "SubnetIds": ["subnet-1"], "NetworkInterfaceIds": ["eni-1"]}]`
	whole := endpoint.GatewayLoadBalancer{ID: "vpce-1", VPC: "vpc-1", Service: "com.amazonaws.vpce.eu-west-1.vpce-svc-7", Subnet: "subnet-1", Interface: "eni-1", State: endpoint.Available}
	without := whole
	without.Interface = ""
	tests := []struct {
		name, from, to string
		want           []endpoint.GatewayLoadBalancer
		warning        string
	}{
		{"F7.206 in one subnet", "", "", []endpoint.GatewayLoadBalancer{whole}, ""},
		{"F7.206 an interface that is not there", `["eni-1"]`, `["eni-9"]`, []endpoint.GatewayLoadBalancer{without}, `NetworkInterfaceIds "eni-9": dangling`},
		{"F7.206 a subnet that is not there", `["subnet-1"]`, `["subnet-9"]`, nil, `SubnetIds "subnet-9": dangling`},
		{"F7.206 an interface with groups", `"PrivateIpAddress"`, `"Groups": [{"GroupId": "sg-1"}], "PrivateIpAddress"`, []endpoint.GatewayLoadBalancer{whole}, `has no security groups`},
		{"F7.206 a second interface", `["eni-1"]`, `["eni-1", "eni-1"]`, []endpoint.GatewayLoadBalancer{whole}, ""},
		{"F7.206 two subnets", `["subnet-1"]`, `["subnet-1", "subnet-5"]`, []endpoint.GatewayLoadBalancer{whole}, `SubnetIds "subnet-5"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings := load(t, on(strings.Replace(network, test.from, test.to, 1)))
			same(t, test.want, cfg.GatewayLoadBalancerEndpoints)
			if test.warning == "" {
				assert.Empty(t, warnings)
			}
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			require.Len(t, cfg.Interfaces, 1)
			assert.Equal(t, subnet.GatewayLoadBalancerEndpoint, cfg.Interfaces[0].Kind)
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
}
