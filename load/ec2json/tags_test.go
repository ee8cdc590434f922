package ec2json_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
)

// TestMetadata: what flow logs show of resources, from a dump: zone IDs (F1.123), Outposts (F1.124), tags of
// instances and interfaces (F1.143, F1.145).
func TestMetadata(t *testing.T) {
	cfg, warnings := load(t, `{
		"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "OwnerId": "111122223333"}],
		"Subnets": [
			{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "us-west-2a", "AvailabilityZoneId": "usw2-az2"},
			{"SubnetId": "subnet-2", "VpcId": "vpc-1", "CidrBlock": "10.0.2.0/24", "AvailabilityZone": "us-west-2a", "AvailabilityZoneId": "usw2-az2",
				"OutpostArn": "arn:aws:outposts:us-west-2:111122223333:outpost/op-0123456789abcdef0"},
			{"SubnetId": "subnet-3", "VpcId": "vpc-1", "CidrBlock": "10.0.3.0/24", "AvailabilityZone": "us-west-2a", "AvailabilityZoneId": "usw2-az1", "OutpostArn": "op-1"},
			{"SubnetId": "subnet-4", "VpcId": "vpc-1", "CidrBlock": "10.0.4.0/24", "AvailabilityZone": "us-west-2b", "AvailabilityZoneId": "usw2-az2"}],
		"Instances": [{"InstanceId": "i-1", "Tags": [{"Key": "Name", "Value": "web"}, {"Key": "team", "Value": "shop"}, {"Key": "team", "Value": "other"}, {"Key": "", "Value": "x"}]}],
		"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-2", "Attachment": {"InstanceId": "i-1"}, "TagSet": [{"Key": "Name", "Value": "front"}]}]}`)
	var ids, outposts []string
	for _, s := range cfg.Subnets {
		ids, outposts = append(ids, s.ZoneID), append(outposts, s.OutpostID())
	}
	assert.Equal(t, []string{"usw2-az2", "usw2-az2", "", ""}, ids, "F1.123 one ID for a zone")
	assert.Equal(t, []string{"", "op-0123456789abcdef0", "", ""}, outposts, "F1.124")
	assert.Equal(t, "web", cfg.Instances[0].Name)
	assert.Equal(t, map[string]string{"team": "shop"}, cfg.Instances[0].Tags, "F1.143")
	assert.Equal(t, map[string]string{"Name": "front"}, cfg.Interfaces[0].Tags, "F1.145")
	assert.Len(t, warnings, 5, "%v", warnings)

	n, err := cfg.Build()
	require.NoError(t, err)
	f, err := n.Probe("i-1", "10.0.1.9", "tcp/443")
	require.NoError(t, err)
	require.Len(t, f.Records(), 1)
	assert.Equal(t, flowlog.SublocationOutpost, f.Records()[0].SublocationType, "F1.124")
}
