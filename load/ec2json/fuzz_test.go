package ec2json_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/load/ec2json"
)

// ec2jsonLoad loads names and contents, in turn.
func ec2jsonLoad(pairs ...string) (packetwalk.Config, []ec2json.Warning, error) {
	return ec2json.Load(files(pairs...))
}

// together puts the contents of several files, which stand behind their names, into one.
func together(files []string) (text string) {
	for i := 1; i < len(files); i += 2 {
		text += files[i]
	}
	return text
}

// FuzzLoad: whatever a file holds, nothing panics, and the Config and the warnings can be written as JSON.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{
		"", "{", "[]", "null", twoVPCs, on(everyTarget), on(everyTarget + `, "RouteTables": [{"RouteTableId": "r", "VpcId": "vpc-1", "Routes": [{"DestinationPrefixListId": "pl-9", "GatewayId": "vpce-1"}, {"State": "blackhole"}]}]`),
		on(peered + `"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [{"IpProtocol": "58", "FromPort": 1, "ToPort": 300, "UserIdGroupPairs": [{}]}]}]`),
		on(`"NetworkAcls": [{"NetworkAclId": "a", "VpcId": "vpc-1", "Entries": [{"RuleNumber": 1, "Protocol": "1", "RuleAction": "deny", "CidrBlock": "::/0", "IcmpTypeCode": {"Type": -5}}]}]`),
		`{"VpcId": "v", "EnableDnsSupport": {"Value": null}}`,
		twoVPCs + privateZone + privateRecords, twoVPCs + twoZones + publicRecords, together(shop()), `{"HostedZoneSummaries": [{"HostedZoneId": "Z1", "Name": "a\\052."}]}`,
		`{"HostedZone": {"Id": "Z", "Name": "."}, "VPCs": [{"VPCId": "v"}, 1]}`, `{"HostedZone": 1, "VPCs": 2, "Policy": 3, "prefixes": 4, "VpcId": 5, "EnableDnsSupport": 6}`,
		`{"Policy": "{\"Statement\": {\"Resource\": \"arn:aws:s3:::dump/*\"}}", "Buckets": [{"Name": "dump", "BucketRegion": "x"}]}`, `{"prefixes": [{"ip_prefix": "52.216.0.0/15", "region": "us-east-1", "service": "S3"}, null]}`,
		`{"ServiceDetails": [{"ServiceName": "com.amazonaws.vpce.x.y", "Owner": "1"}], "AllowedPrincipals": [{"Principal": "*"}]}`,
		on(`"VpcEndpoints": [` + queue("vpce-1", "") + `, {"VpcEndpointId": "g", "VpcEndpointType": "GatewayLoadBalancer", "VpcId": "vpc-1", "SubnetIds": ["subnet-1", "subnet-2"]}]`),
		on(sharedGroup), on(blockAccess), on(regionalNAT), on(peeredOutside + foreignRule),
		on(`"NetworkInterfaces": [{"NetworkInterfaceId": "e", "SubnetId": "subnet-1", "DenyAllIgwTraffic": true, "ConnectionTrackingConfiguration": {"TcpEstablishedTimeout": 9223372036854775807, "UdpTimeout": -1}}]`),
		on(`"Instances": [{"InstanceId": "i", "SubnetId": "subnet-1", "PrivateIpAddress": "fe80::1%a", "NetworkInterfaces": [null, 1, {"NetworkInterfaceId": "e", "SubnetId": "subnet-2"}]}]`),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cfg, warnings, _ := ec2jsonLoad("dump.json", string(data))
		text, err := json.Marshal(cfg)
		require.NoError(t, err)
		var back packetwalk.Config
		require.NoError(t, json.Unmarshal(text, &back))
		same(t, cfg, back)
		_, err = json.Marshal(warnings)
		require.NoError(t, err)
	})
}
