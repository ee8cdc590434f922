package ec2json_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/load/ec2json"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
)

const (
	nlb = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/shop/0a1b2c3d4e5f6071"
	// inZoneA is where the endpoint is.
	inZoneA = `"10.1.1.0/24", "AvailabilityZone": "eu-west-1a"`
	targets = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/shop-web/1a1b2c3d4e5f6071"
)

// shop gives the files of an account with a service behind a load balancer in vpc-1, and an endpoint for it
// in vpc-2. Pairs of texts are replaced in all of them.
func shop(pairs ...string) []string {
	names := []string{
		"network.json", provider(`"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "nlb", "VpcId": "vpc-1"}],
			"Instances": [{"InstanceId": "i-1", "State": {"Name": "running"}}],
			"NetworkInterfaces": [
				{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.10", "Attachment": {"InstanceId": "i-1"}},
				{"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.20", "InterfaceType": "network_load_balancer", "Description": "ELB net/shop/0a1b2c3d4e5f6071", "Groups": [{"GroupId": "sg-1"}]},
				{"NetworkInterfaceId": "eni-3", "SubnetId": "subnet-2", "PrivateIpAddress": "10.1.1.30", "InterfaceType": "vpc_endpoint"}],
			"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcEndpointType": "Interface", "VpcId": "vpc-2", "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-1", "State": "pendingAcceptance",
				"SubnetIds": ["subnet-2"], "NetworkInterfaceIds": ["eni-3"], "OwnerId": "111122223333", "IpAddressType": "ipv4", "DnsOptions": {"DnsRecordIpType": "ipv4"},
				"DnsEntries": [{"DnsName": "vpce-1-5kr9dae.vpce-svc-1.eu-west-1.vpce.amazonaws.com", "HostedZoneId": "Z0"}, {"DnsName": "vpce-1-5kr9dae-eu-west-1a.vpce-svc-1.eu-west-1.vpce.amazonaws.com"}, {"DnsName": "shop.example.com"}]}]`),
		"balancers.json", `{"LoadBalancers": [{"LoadBalancerArn": "` + nlb + `", "LoadBalancerName": "shop", "DNSName": "shop-0a1b2c3d4e5f6071.elb.eu-west-1.amazonaws.com", "Scheme": "internal", "Type": "network", "VpcId": "vpc-1", "State": {"Code": "active"},
			"AvailabilityZones": [{"ZoneName": "eu-west-1a", "SubnetId": "subnet-1", "LoadBalancerAddresses": []}], "SecurityGroups": ["sg-1"], "IpAddressType": "ipv4",
			"EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off"}]}`,
		"attributes-shop.json", `{"Attributes": [{"Key": "deletion_protection.enabled", "Value": "false"}, {"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]}`,
		"listeners.json", `{"Listeners": [{"ListenerArn": "l-1", "LoadBalancerArn": "` + nlb + `", "Port": 443, "Protocol": "TCP_UDP",
			"DefaultActions": [{"Type": "forward", "TargetGroupArn": "` + targets + `", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "` + targets + `"}]}}]}]}`,
		"groups.json", `{"TargetGroups": [{"TargetGroupArn": "` + targets + `", "TargetGroupName": "shop-web", "Protocol": "TCP", "Port": 8443, "VpcId": "vpc-1", "TargetType": "instance", "LoadBalancerArns": ["` + nlb + `"]}]}`,
		"health-shop-web.json", `{"TargetHealthDescriptions": [{"Target": {"Id": "i-1", "Port": 8443}, "HealthCheckPort": "8443", "TargetHealth": {"State": "healthy"}}]}`,
		"configurations.json", `{"ServiceConfigurations": [{"ServiceType": [{"ServiceType": "Interface"}], "ServiceId": "vpce-svc-1", "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-1", "ServiceState": "Available",
			"AcceptanceRequired": true, "NetworkLoadBalancerArns": ["` + nlb + `"], "PrivateDnsName": "shop.example.com", "PrivateDnsNameConfiguration": {"State": "verified"}, "SupportedRegions": [{"Region": "eu-west-1"}, {"Region": "us-east-1"}]}]}`,
		"principals.json", `{"AllowedPrincipals": [{"PrincipalType": "Account", "Principal": "arn:aws:iam::444455556666:root", "ServiceId": "vpce-svc-1"}]}`,
	}
	for i := 0; i+1 < len(names); i += 2 {
		for j := 0; j+1 < len(pairs); j += 2 {
			names[i+1] = strings.ReplaceAll(names[i+1], pairs[j], pairs[j+1])
		}
	}
	return names
}

// provider gives the two VPCs with their account, in one zone, and more keys beside them.
func provider(more string) string {
	return strings.NewReplacer("eu-west-1b", "eu-west-1a", `"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"`, `"VpcId": "vpc-1", "OwnerId": "111122223333", "CidrBlock": "10.0.0.0/16"`,
		`"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16"`, `"VpcId": "vpc-2", "OwnerId": "111122223333", "CidrBlock": "10.1.0.0/16"`).Replace(on(more))
}

// TestPrivateLink: F7.201, both ends of a service.
func TestPrivateLink(t *testing.T) {
	cfg, warnings, err := ec2jsonLoad(shop()...)
	require.NoError(t, err)
	assert.Empty(t, warnings)
	web := []elb.Target{{Instance: "i-1", Port: 8443}}
	same(t, []elb.LoadBalancer{{
		ID: nlb, Name: "shop", VPC: "vpc-1", DNSName: "shop-0a1b2c3d4e5f6071.elb.eu-west-1.amazonaws.com", Subnets: []string{"subnet-1"}, Interfaces: []string{"eni-2"}, Groups: []string{"sg-1"},
		SkipGroupsForPrivateLink: true, CrossZone: true,
		Listeners: []elb.Listener{{Protocol: packet.TCP, Port: 443, Targets: web}, {Protocol: packet.UDP, Port: 443, Targets: web}},
	}}, cfg.LoadBalancers)
	same(t, []endpoint.Service{{
		ID: "vpce-svc-1", Name: "com.amazonaws.vpce.eu-west-1.vpce-svc-1", Account: "111122223333", Region: "eu-west-1", LoadBalancers: []string{nlb},
		Principals: []string{"arn:aws:iam::444455556666:root"}, AcceptanceRequired: true, PrivateDNSName: "shop.example.com", Regions: []string{"us-east-1"},
	}}, cfg.EndpointServices)
	same(t, []endpoint.Interface{{
		ID: "vpce-1", VPC: "vpc-2", Service: "com.amazonaws.vpce.eu-west-1.vpce-svc-1", Subnets: []string{"subnet-2"}, Interfaces: []string{"eni-3"},
		State: endpoint.PendingAcceptance, Account: "111122223333", IPAddressType: endpoint.IPv4,
		DNSNames: []string{"vpce-1-5kr9dae.vpce-svc-1.eu-west-1.vpce.amazonaws.com", "vpce-1-5kr9dae-eu-west-1a.vpce-svc-1.eu-west-1.vpce.amazonaws.com"},
	}}, cfg.InterfaceEndpoints)
	assert.Equal(t, subnet.NetworkLoadBalancer, cfg.Interfaces[1].Kind)
	_, err = cfg.Build()
	assert.NoError(t, err)
}

// TestPrivateLinkInPieces: a dump that lacks something, or has it otherwise, keeps what it can.
func TestPrivateLinkInPieces(t *testing.T) {
	without := func(file string) []string {
		files := shop()
		i := slices.Index(files, file)
		return slices.Delete(files, i, i+2)
	}
	tests := []struct {
		name    string
		files   []string
		warning string
		holds   func(cfg []elb.LoadBalancer, services []endpoint.Service) bool // nil: nothing more
	}{
		{"no load balancers", without("balancers.json"), `NetworkLoadBalancerArns "` + nlb + `": dangling`,
			func(_ []elb.LoadBalancer, s []endpoint.Service) bool {
				return s[0].LoadBalancers == nil && s[0].Account == "111122223333"
			}},
		{"listeners without their load balancer", without("balancers.json"), `Listeners l-1: LoadBalancerArn "` + nlb + `": dangling`, nil},
		{"no target groups", without("groups.json"), `Listeners l-1: DefaultActions.TargetGroupArn "` + targets + `": dangling`,
			func(b []elb.LoadBalancer, _ []endpoint.Service) bool {
				return len(b[0].Listeners) == 2 && b[0].Listeners[0].Targets == nil
			}},
		{"no targets", without("health-shop-web.json"), `TargetGroups ` + targets + `: TargetHealthDescriptions: dangling`, nil},
		{"no principals", without("principals.json"), "", func(_ []elb.LoadBalancer, s []endpoint.Service) bool { return s[0].Principals == nil }},
		{"F7.201 an older output of principals, whose file says the service", append(without("principals.json"), "of-vpce-svc-1.json", `{"AllowedPrincipals": [{"PrincipalType": "All", "Principal": "*"}]}`), "",
			func(_ []elb.LoadBalancer, s []endpoint.Service) bool {
				return slices.Equal(s[0].Principals, []string{"*"})
			}},
		{"F7.201 principals of nobody's service", append(without("principals.json"), "p.json", `{"AllowedPrincipals": [{"Principal": "*"}]}`), `AllowedPrincipals *: ServiceId: dangling`, nil},
		{"F7.201 a principal that is none", shop(`arn:aws:iam::444455556666:root`, `someone`), `AllowedPrincipals someone: Principal "someone": malformed`, nil},
		{"the target group of an output by its targets", append(without("health-shop-web.json"), "x.json", `{"TargetHealthDescriptions": [{"Target": {"Id": "i-1", "Port": 8443}}]}`), `TargetHealthDescriptions: TargetGroupArn "` + targets + `": assumed`,
			func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return len(b[0].Listeners[0].Targets) == 1 }},
		{"targets of another port fit no group", append(without("health-shop-web.json"), "x.json", `{"TargetHealthDescriptions": [{"Target": {"Id": "i-1", "Port": 80}}]}`), `TargetHealthDescriptions: TargetGroupArn: dangling`, nil},
		{"targets that fit no group", append(without("health-shop-web.json"), "x.json", `{"TargetHealthDescriptions": [{"Target": {"Id": "10.0.1.10", "Port": 80}}]}`), `TargetHealthDescriptions: TargetGroupArn: dangling`, nil},
		{"attributes of nobody's load balancer", append(without("attributes-shop.json"), "a.json", `{"Attributes": [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]}`), `load_balancing.cross_zone.enabled "true": dangling`,
			func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return !b[0].CrossZone }},
		{"F9.202 cross-zone is off where nobody says it", without("attributes-shop.json"), "", func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return !b[0].CrossZone }},
		{"a load balancer whose interfaces are not in the dump", shop("ELB net/shop", "ELB net/other"), "", func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return b[0].Interfaces == nil }},
		{"an application load balancer", shop(`"Type": "network"`, `"Type": "application"`), `LoadBalancers ` + nlb + `: Type "application": unsupported`, nil},
		{"a gateway load balancer", shop(`"Type": "network"`, `"Type": "gateway"`), `Type "gateway": unsupported`, nil},
		{"a name that is none", shop(`"shop-0a1b2c3d4e5f6071.elb.eu-west-1.amazonaws.com"`, `"shop..com"`), `LoadBalancers ` + nlb + `: DNSName "shop..com": malformed`,
			func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return b[0].DNSName == "" }},
		{"a load balancer of another VPC", shop(`"Type": "network", "VpcId": "vpc-1"`, `"Type": "network", "VpcId": "vpc-9"`), `VpcId "vpc-9": dangling`, nil},
		{"a load balancer without its subnets", shop(`"ZoneName": "eu-west-1a", "SubnetId": "subnet-1"`, `"ZoneName": "eu-west-1a", "SubnetId": "subnet-9"`), `AvailabilityZones.SubnetId "subnet-9": dangling`, nil},
		{"F9.205 a group that is not there", shop(`"SecurityGroups": ["sg-1"]`, `"SecurityGroups": ["sg-9"]`), `SecurityGroups "sg-9": dangling`, nil},
		{"F7.203 the groups' rules hold as a rule", shop(`"off"`, `"on"`), "", func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return !b[0].SkipGroupsForPrivateLink }},
		{"a listener of TLS", shop("TCP_UDP", "TLS"), "", func(b []elb.LoadBalancer, _ []endpoint.Service) bool {
			return len(b[0].Listeners) == 1 && b[0].Listeners[0].Protocol == packet.TCP
		}},
		{"a listener of another load balancer's kind", shop("TCP_UDP", "HTTPS"), `Protocol "HTTPS:443": unsupported`, nil},
		{"an instance that is not there", shop(`"Id": "i-1"`, `"Id": "i-9"`), `TargetHealthDescriptions i-9: Target.Id "i-9": dangling`, nil},
		{"an instance of another VPC", shop(`{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.10"`, `{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-2", "PrivateIpAddress": "10.1.1.10"`), `Target.Id "i-1": dangling`, nil},
		{"a target group of weight zero", shop(`{"TargetGroupArn": "`+targets+`"}]}}`, `{"TargetGroupArn": "`+targets+`", "Weight": 0}]}}`), "", func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return b[0].Listeners[0].Targets == nil }},
		{"two interfaces in one subnet", shop(`"NetworkInterfaces": [`, `"NetworkInterfaces": [{"NetworkInterfaceId": "eni-4", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.40", "Description": "ELB net/shop/0a1b2c3d4e5f6071"}, `), "",
			func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return len(b[0].Interfaces) == 1 }},
		{"an instance's interface with a load balancer's description", shop(`"Attachment"`, `"Description": "ELB net/shop/0a1b2c3d4e5f6071", "Attachment"`), "",
			func(b []elb.LoadBalancer, _ []endpoint.Service) bool {
				return slices.Equal(b[0].Interfaces, []string{"eni-2"})
			}},
		{"a second load balancer, of another account", shop(`{"LoadBalancers": [`, `{"LoadBalancers": [{"LoadBalancerArn": "far", "LoadBalancerName": "far", "Type": "network", "VpcId": "vpc-2", "AvailabilityZones": [{"SubnetId": "subnet-2"}]}, `, `"NetworkLoadBalancerArns": [`, `"NetworkLoadBalancerArns": ["far", `, `"VpcId": "vpc-2", "OwnerId": "111122223333"`, `"VpcId": "vpc-2", "OwnerId": "777788889999"`),
			`NetworkLoadBalancerArns "` + nlb + `": conflict: left out: it is of another account or Region than far`, nil},
		{"a target of the group's port", shop(`"Id": "i-1", "Port": 8443`, `"Id": "i-1"`), "", func(b []elb.LoadBalancer, _ []endpoint.Service) bool {
			return b[0].Listeners[0].Targets[0].Port == 8443
		}},
		{"a target without a port", shop(`"Id": "i-1", "Port": 8443`, `"Id": "i-1"`, `"Port": 8443, "VpcId"`, `"VpcId"`), `Target.Port "0": malformed`, nil},
		{"an address as a target", shop(`"Id": "i-1"`, `"Id": "10.0.1.10"`, `"TargetType": "instance"`, `"TargetType": "ip"`), "",
			func(b []elb.LoadBalancer, _ []endpoint.Service) bool {
				return b[0].Listeners[0].Targets[0] == elb.Target{Address: addr("10.0.1.10"), Port: 8443}
			}},
		{"a public address as a target", shop(`"Id": "i-1"`, `"Id": "3.130.0.1"`), `Target.Id "3.130.0.1": unsupported`, nil},
		{"a load balancer as a target", shop(`"TargetType": "instance"`, `"TargetType": "alb"`), `TargetType "alb": unsupported`, nil},
		{"F9.203 a target on its way out", shop(`"healthy"`, `"draining"`), `TargetHealth.State "draining": ignored`, nil},
		{"F9.203 none is healthy", shop(`"healthy"`, `"unhealthy"`), `TargetHealth.State "unhealthy": assumed`, func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return len(b[0].Listeners[0].Targets) == 1 }},
		{"F9.203 another is healthy", shop(`"TargetHealthDescriptions": [`, `"TargetHealthDescriptions": [{"Target": {"Id": "10.0.1.77"}, "TargetHealth": {"State": "unhealthy"}}, `), `TargetHealthDescriptions 10.0.1.77: TargetHealth.State "unhealthy": ignored`,
			func(b []elb.LoadBalancer, _ []endpoint.Service) bool { return len(b[0].Listeners[0].Targets) == 1 }},
		{"a name that is not verified", shop(`"verified"`, `"failed"`), `PrivateDnsName "shop.example.com": ignored`, func(_ []elb.LoadBalancer, s []endpoint.Service) bool { return s[0].PrivateDNSName == "" }},
		{"a service that is gone", shop(`"ServiceState": "Available"`, `"ServiceState": "Deleted"`), `ServiceConfigurations vpce-svc-1: ServiceState "Deleted": ignored`, func(_ []elb.LoadBalancer, s []endpoint.Service) bool { return len(s) == 0 }},
		{"F7.201 a service of appliances", shop("NetworkLoadBalancerArns", "GatewayLoadBalancerArns"), `ServiceConfigurations vpce-svc-1: GatewayLoadBalancerArns "` + nlb + `": unsupported`, nil},
		{"F7.210 an endpoint of a Region that the dump does not name", shop(inZoneA, strings.Replace(inZoneA, "eu-west-1a", "eu-central-1b", 1)), `VpcEndpoints vpce-1: ServiceName "com.amazonaws.vpce.eu-west-1.vpce-svc-1": assumed: the service is taken to let endpoints of eu-central-1 in`, nil},
		{"F7.201 an endpoint of an account that the dump does not name", shop(`"VpcId": "vpc-2", "OwnerId": "111122223333"`, `"VpcId": "vpc-2", "OwnerId": "777788889999"`, `"NetworkInterfaceIds": ["eni-3"], "OwnerId": "111122223333"`, `"NetworkInterfaceIds": ["eni-3"], "OwnerId": "777788889999"`),
			`assumed: the service is taken to permit account 777788889999`, nil},
		{"F7.203 an endpoint that waits, in a zone in which the service is not", shop(inZoneA, strings.Replace(inZoneA, "eu-west-1a", "eu-west-1b", 1)), `VpcEndpoints vpce-1: SubnetIds "subnet-2": conflict: left out: the load balancers of service vpce-svc-1 are not in eu-west-1b`, nil},
		{"F7.203 an endpoint that is there, in a zone in which the service is not", shop(inZoneA, strings.Replace(inZoneA, "eu-west-1a", "eu-west-1b", 1), "pendingAcceptance", "available"), "", nil},
		{"accounts that nobody prints are those of ARNs and endpoints", shop(`"OwnerId": "111122223333", "CidrBlock"`, `"CidrBlock"`), "", func(_ []elb.LoadBalancer, s []endpoint.Service) bool { return s[0].Account == "111122223333" }},
		{"F7.117 an endpoint of another's than the VPC", shop(`"VpcId": "vpc-2", "OwnerId": "111122223333"`, `"VpcId": "vpc-2", "OwnerId": "777788889999"`), `OwnerId "111122223333": conflict: taken as of account 777788889999`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings, err := ec2jsonLoad(test.files...)
			require.NoError(t, err)
			if test.warning == "" {
				assert.Empty(t, warnings)
			}
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			if test.holds != nil {
				assert.True(t, test.holds(cfg.LoadBalancers, cfg.EndpointServices))
			}
			_, err = cfg.Build()
			assert.NoError(t, err)
		})
	}
}

// TestServicesOfOthers: what a consumer sees of services.
func TestServicesOfOthers(t *testing.T) {
	cfg, warnings, err := ec2jsonLoad("vpcs.json", twoVPCs, "services.json", `{
		"ServiceNames": ["com.amazonaws.eu-west-1.s3", "com.amazonaws.vpce.eu-west-1.vpce-svc-2"],
		"ServiceDetails": [{"ServiceName": "com.amazonaws.eu-west-1.s3", "Owner": "amazon", "ServiceType": [{"ServiceType": "Gateway"}]},
			{"ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-2", "ServiceId": "vpce-svc-2", "Owner": "444455556666", "AcceptanceRequired": true, "PrivateDnsName": "api.example.net"}]}`)
	require.NoError(t, err)
	same(t, []endpoint.Service{{
		ID: "vpce-svc-2", Name: "com.amazonaws.vpce.eu-west-1.vpce-svc-2", Account: "444455556666", Region: "eu-west-1",
		Principals: []string{"arn:aws:iam::111122223333:root"}, AcceptanceRequired: true, PrivateDNSName: "api.example.net",
	}}, cfg.EndpointServices)
	same(t, []ec2json.Warning{
		{File: "services.json", Kind: "ServiceNames", Value: "2", Reason: ec2json.Ignored, Note: "names alone say nothing about where a packet goes"},
		{File: "services.json", Kind: "ServiceDetails", Value: "1", Reason: ec2json.Ignored, Note: "AWS's own services are known without it"},
	}, warnings)
	_, err = cfg.Build()
	assert.NoError(t, err)
}
