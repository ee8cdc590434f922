package ec2json_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/shareddata"
	"github.com/packetwalk/packetwalk/load/ec2json"
)

// flowLogs is a flow log with the members of AWS's API reference.
const flowLogs = `"FlowLogs": [{"FlowLogId": "fl-1", "FlowLogStatus": "ACTIVE", "CreationTime": "2026-01-02T03:04:05.678Z", "ResourceId": "vpc-1",
	"TrafficType": "REJECT", "LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::logs/app", "LogFormat": "${version} ${instance-tag} ${end}",
	"MaxAggregationInterval": 60, "DeliverLogsStatus": "SUCCESS",
	"DestinationOptions": {"FileFormat": "parquet", "HiveCompatiblePartitions": true, "PerHourPartition": true},
	"TagFieldSpecifications": [{"ResourceType": "instance", "TagKeys": ["team", "stage"]}, {"ResourceType": "auto-scaling-group", "TagKeys": ["fleet"]}],
	"Tags": [{"Key": "Name", "Value": "all of app"}, {"Key": "team", "Value": "net"}]}]`

func TestFlowLogs(t *testing.T) {
	whole := flowlog.FlowLog{
		ID: "fl-1", Name: "all of app", Resource: "vpc-1", TrafficType: flowlog.TrafficReject, MaxAggregationInterval: 60,
		Format: flowlog.MustParseFormat("${version} ${instance-tag} ${end}"), DeliverLogsStatus: flowlog.DeliverySucceeded,
		Destination: flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::logs/app", FileFormat: flowlog.Parquet, HiveCompatiblePartitions: true, PerHourPartition: true},
		TagFields:   flowlog.TagFields{Instance: [2]string{"team", "stage"}, ASG: [2]string{"fleet"}},
		Tags:        map[string]string{"team": "net"},
	}
	one := func(edit func(*flowlog.FlowLog)) []flowlog.FlowLog {
		l := whole
		edit(&l)
		return []flowlog.FlowLog{l}
	}
	const destination = `"LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::logs/app"`
	const options = `"DestinationOptions": {"FileFormat": "parquet", "HiveCompatiblePartitions": true, "PerHourPartition": true},`
	tests := []struct {
		name, from, to string // an edit of flowLogs
		want           []flowlog.FlowLog
		warning        string
	}{
		{"F1.013 F1.014 F1.143 item 149 all of it", "", "", one(func(*flowlog.FlowLog) {}), ""},
		{"F1.013 of a subnet", `"ResourceId": "vpc-1"`, `"ResourceId": "subnet-2"`, one(func(l *flowlog.FlowLog) { l.Resource = "subnet-2" }), ""},
		{"F1.013 of a regional NAT gateway", `"ResourceId": "vpc-1"`, `"ResourceId": "nat-1"`, one(func(l *flowlog.FlowLog) { l.Resource = "nat-1" }), ""},
		{"F1.013 of a transit gateway", `"ResourceId": "vpc-1"`, `"ResourceId": "tgw-attach-1"`, nil, `ResourceId "tgw-attach-1": unsupported`},
		{"F1.013 of what is not there", `"ResourceId": "vpc-1"`, `"ResourceId": "eni-9"`, nil, `ResourceId "eni-9": dangling`},
		{"F1.012 a traffic type that is not known", `"REJECT"`, `"SOME"`, one(func(l *flowlog.FlowLog) { l.TrafficType = 0 }), `TrafficType "SOME": unsupported`},
		{"F1.002 a field that is not known", "${end}", "${colour}", nil, `unsupported: the flow log is left out: flowlog.ParseFormat("${version} ${instance-tag} ${colour}"): no field is called "colour"`},
		{"F1.001 no format", "${version} ${instance-tag} ${end}", "", one(func(l *flowlog.FlowLog) { l.Format = nil }), ""},
		{"F1.009 an interval that AWS has not", `: 60`, `: 30`, nil, `MaxAggregationInterval "30": unsupported`},
		{"F1.143 a tag field of nothing", `"instance", "TagKeys"`, `"volume", "TagKeys"`, nil, `TagFieldSpecifications "volume": unsupported`},
		{"a file format that is not known", `"parquet"`, `"csv"`, one(func(l *flowlog.FlowLog) { l.Destination.FileFormat = 0 }), `DestinationOptions.FileFormat "csv": unsupported`},
		{"delivery that fails", `"SUCCESS"`, `"FAILED", "DeliverLogsErrorMessage": "Access error"`, one(func(l *flowlog.FlowLog) { l.DeliverLogsStatus = flowlog.DeliveryFailed }), ""},
	}
	nat := `"NatGateways": [{"NatGatewayId": "nat-1", "VpcId": "vpc-1", "AvailabilityMode": "regional", "State": "available", "ConnectivityType": "public",
		"NatGatewayAddresses": [{"PublicIp": "198.51.100.7", "AllocationId": "eipalloc-1", "AvailabilityZone": "eu-west-1a", "Status": "succeeded"}]}],`
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := on(nat + flowLogs)
			assert.Contains(t, text, test.from)
			cfg, warnings := load(t, strings.Replace(text, test.from, test.to, 1))
			same(t, test.want, cfg.FlowLogs)
			assert.Contains(t, texts(warnings, "FlowLogs"), test.warning)
			if test.warning == "" {
				assert.Empty(t, texts(warnings, "FlowLogs"))
			}
			_, err := packetwalk.Build(cfg)
			assert.NoError(t, err)
		})
	}
	for name, group := range map[string]string{
		"F1.014 CloudWatch Logs by the name of a group":  `"LogDestinationType": "cloud-watch-logs", "LogGroupName": "group"`,
		"F1.014 by its ARN":                              `"LogDestinationType": "cloud-watch-logs", "LogDestination": "arn:aws:logs:eu-west-1:111122223333:log-group:group:*"`,
		"F1.014 by both, and without a destination type": `"LogGroupName": "group", "LogDestination": "arn:aws:logs:eu-west-1:111122223333:log-group:group"`,
	} {
		t.Run(name, func(t *testing.T) {
			cfg, warnings := load(t, on(strings.NewReplacer(destination, group, options, "").Replace(flowLogs)))
			require.Empty(t, texts(warnings, "FlowLogs"))
			assert.Equal(t, "group", cfg.FlowLogs[0].Destination.LogGroup)
			assert.Empty(t, cfg.FlowLogs[0].Destination.ARN)
			_, err := packetwalk.Build(cfg)
			assert.NoError(t, err)
		})
	}
}

// texts are the warnings about a kind, a line each.
func texts(warnings []ec2json.Warning, kind string) string {
	var b strings.Builder
	for _, w := range warnings {
		if w.Kind == kind {
			b.WriteString(w.String() + "\n")
		}
	}
	return b.String()
}

// TestSharedFlowLogs loads what AWS's reference shows of describe-flow-logs.
func TestSharedFlowLogs(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(shareddata.Dir(t), "describe-examples", "describe-flow-logs.1.json"))
	if os.IsNotExist(err) {
		t.Skip("the example is not here")
	}
	require.NoError(t, err)
	cfg, warnings, err := ec2json.Load(fstest.MapFS{
		"flow-logs.json": &fstest.MapFile{Data: data},
		"vpcs.json":      &fstest.MapFile{Data: []byte(`{"Vpcs": [{"VpcId": "vpc-00112233445566778", "CidrBlock": "10.0.0.0/16"}]}`)},
		"subnets.json": &fstest.MapFile{Data: []byte(`{"Subnets": [{"SubnetId": "subnet-12345678901234567", "VpcId": "vpc-00112233445566778",
			"CidrBlock": "10.0.1.0/24", "AvailabilityZone": "us-east-1a"}]}`)},
	})
	require.NoError(t, err)
	assert.Empty(t, texts(warnings, "FlowLogs"))
	require.Len(t, cfg.FlowLogs, 2)
	n, err := packetwalk.Build(cfg)
	require.NoError(t, err)
	got := n.Config().FlowLogs
	assert.Equal(t, flowlog.Default, got[0].Format)
	assert.Equal(t, flowlog.Destination{Type: flowlog.CloudWatchLogs, LogGroup: "FlowLogGroup"}, got[0].Destination)
	assert.Equal(t, flowlog.ResourceSubnet, got[0].ResourceType)
	assert.Equal(t, 600, got[0].MaxAggregationInterval)
	assert.Len(t, got[1].Format, 21)
	name, prefix := got[1].Destination.Bucket()
	assert.Equal(t, "my-flow-log-bucket custom", name+" "+prefix)
	assert.Equal(t, flowlog.TrafficAccept, got[1].TrafficType)
	assert.Equal(t, 60, got[1].MaxAggregationInterval)
}
