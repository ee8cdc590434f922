package packetwalk_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
)

// loggedNet has a flow log on all that can have one: a VPC, a subnet, an interface, a regional NAT gateway.
// VPC "theirs" is another account's, and peered.
func loggedNet() *packetwalk.Builder {
	b := packetwalk.New()
	v, theirs := b.VPC("app", "10.0.0.0/16"), b.VPC("theirs", "10.1.0.0/16").Account("222222222222")
	s := v.Subnet("front", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	web := s.Instance("web").PublicIP()
	theirs.Subnet("far", "10.1.1.0/24").Instance("server")
	b.Peer(v, theirs)
	v.RegionalNAT("nat")
	v.FlowLog("fl-vpc")
	s.FlowLog("fl-subnet").Only(flowlog.Reject).ToS3("logs/of/app").EveryMinute()
	web.FlowLog("fl-web").Only(flowlog.Accept).Format("${version} ${pkt-srcaddr}").ToCloudWatch("group").Tag("team", "net")
	b.FlowLog("fl-nat", "nat")
	theirs.FlowLog("fl-theirs")
	return b
}

func TestFlowLogs(t *testing.T) {
	n := mustNetwork(t, loggedNet())
	cwl := func(group string) flowlog.Destination {
		return flowlog.Destination{Type: flowlog.CloudWatchLogs, LogGroup: group}
	}
	const ours = "123456789012"
	want := []flowlog.FlowLog{
		{ID: "fl-vpc", Resource: "app", ResourceType: flowlog.ResourceVPC, TrafficType: flowlog.TrafficAll,
			MaxAggregationInterval: 600, Format: flowlog.Default, Destination: cwl("fl-vpc"), Account: ours},
		{ID: "fl-subnet", Resource: "front", ResourceType: flowlog.ResourceSubnet, TrafficType: flowlog.TrafficReject,
			MaxAggregationInterval: 60, Format: flowlog.Default, Account: ours,
			Destination: flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::logs/of/app", FileFormat: flowlog.PlainText}},
		{ID: "fl-web", Resource: "web-eni", ResourceType: flowlog.ResourceNetworkInterface, TrafficType: flowlog.TrafficAccept,
			MaxAggregationInterval: 600, Format: flowlog.Format{flowlog.FieldVersion, flowlog.FieldPktSrcAddr},
			Destination: cwl("group"), Account: ours, Tags: map[string]string{"team": "net"}},
		{ID: "fl-nat", Resource: "nat", ResourceType: flowlog.ResourceRegionalNATGateway, TrafficType: flowlog.TrafficAll,
			MaxAggregationInterval: 600, Format: flowlog.Default, Destination: cwl("fl-nat"), Account: ours},
		{ID: "fl-theirs", Resource: "theirs", ResourceType: flowlog.ResourceVPC, TrafficType: flowlog.TrafficAll,
			MaxAggregationInterval: 600, Format: flowlog.Default, Destination: cwl("fl-theirs"), Account: "222222222222"},
	}
	t.Run("F1.001 F1.009 F1.011 F1.013 F1.014 F1.020 item 149 what Build puts where nobody said", func(t *testing.T) {
		assert.Empty(t, cmp.Diff(want, n.Config().FlowLogs))
	})
	t.Run("F1.002 through JSON and back", func(t *testing.T) {
		text, err := json.Marshal(n.Config())
		require.NoError(t, err)
		var back packetwalk.Config
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Empty(t, cmp.Diff(want, back.FlowLogs))
		again, err := packetwalk.Build(back)
		require.NoError(t, err)
		assert.Empty(t, cmp.Diff(want, again.Config().FlowLogs), "and built again")
	})
	t.Run("F1.016 nobody changes those of a network", func(t *testing.T) {
		cfg := n.Config()
		cfg.FlowLogs[0].Format[0], cfg.FlowLogs[2].Tags["team"] = flowlog.FieldEnd, "other"
		assert.Empty(t, cmp.Diff(want, n.Config().FlowLogs))
		assert.Equal(t, "version", flowlog.Default[0].String())
	})
}

func TestFlowLogMistakes(t *testing.T) {
	edit := func(what func(*flowlog.FlowLog)) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { what(&c.FlowLogs[0]) }
	}
	to := func(d flowlog.Destination) func(*packetwalk.Config) {
		return edit(func(l *flowlog.FlowLog) { l.Destination = d })
	}
	s3 := func(arn string) func(*packetwalk.Config) {
		return to(flowlog.Destination{Type: flowlog.S3, ARN: arn})
	}
	invalid := packetwalk.ErrInvalid
	runMistakes(t, loggedNet, []mistakeCase{
		{"F1.020 item 129 a peer's VPC, which is another account's", func(c *packetwalk.Config) { c.FlowLogs[4].Account = "123456789012" }, "fl-theirs", "Account", invalid},
		{"F1.020 item 129 a peer's VPC of which only the peering tells", func(c *packetwalk.Config) {
			c.VPCs = c.VPCs[:1]
			c.Peerings[0].Accepter.Blocks = []netip.Prefix{prefix("10.1.0.0/16")}
		}, "fl-theirs", "Resource", packetwalk.ErrNotFound},
		{"F1.013 what is not there", edit(func(l *flowlog.FlowLog) { l.Resource = "gone" }), "fl-vpc", "Resource", packetwalk.ErrNotFound},
		{"F1.013 nothing", edit(func(l *flowlog.FlowLog) { l.Resource = "" }), "fl-vpc", "Resource", invalid},
		{"F1.013 an instance, which is none of its interfaces", edit(func(l *flowlog.FlowLog) { l.Resource = "web" }), "fl-vpc", "Resource", packetwalk.ErrNotFound},
		{"F1.013 a subnet that is said to be a VPC", edit(func(l *flowlog.FlowLog) { l.Resource = "front" }), "fl-vpc", "ResourceType", invalid},
		{"F1.013 a transit gateway", edit(func(l *flowlog.FlowLog) { l.ResourceType = flowlog.ResourceTransitGateway }), "fl-vpc", "ResourceType", invalid},
		{"F1.013 a transit gateway's attachment", edit(func(l *flowlog.FlowLog) { l.ResourceType = flowlog.ResourceTransitGatewayAttachment }), "fl-vpc", "ResourceType", invalid},
		{"F1.013 a type that is none", edit(func(l *flowlog.FlowLog) { l.ResourceType = 99 }), "fl-vpc", "ResourceType", invalid},
		{"F1.012 a traffic type that is none", edit(func(l *flowlog.FlowLog) { l.TrafficType = 99 }), "fl-vpc", "TrafficType", invalid},
		{"F1.009 two minutes", edit(func(l *flowlog.FlowLog) { l.MaxAggregationInterval = 120 }), "fl-vpc", "MaxAggregationInterval", invalid},
		{"F1.009 less than nothing", edit(func(l *flowlog.FlowLog) { l.MaxAggregationInterval = -60 }), "fl-vpc", "MaxAggregationInterval", invalid},
		{"F1.002 a format without fields", edit(func(l *flowlog.FlowLog) { l.Format = flowlog.Format{} }), "fl-vpc", "Format", invalid},
		{"F1.002 a field twice", edit(func(l *flowlog.FlowLog) { l.Format = flowlog.Format{flowlog.FieldEnd, flowlog.FieldEnd} }), "fl-vpc", "Format", invalid},
		{"F1.143 a tag field and no tag", edit(func(l *flowlog.FlowLog) { l.Format = flowlog.Format{flowlog.FieldASGTag2} }), "fl-vpc", "TagFields.ASG[1]", invalid},
		{"F1.808 a prefix with AWS's own folder", s3("arn:aws:s3:::logs/AWSLogs/app"), "fl-vpc", "Destination.ARN", invalid},
		{"F1.801 a prefix with a folder without a name", s3("arn:aws:s3:::logs/my//app"), "fl-vpc", "Destination.ARN", invalid},
		{"F1.801 a prefix with a folder that is none", s3("arn:aws:s3:::logs/../app"), "fl-vpc", "Destination.ARN", invalid},
		{"F1.804 an ID that no file can bear", edit(func(l *flowlog.FlowLog) {
			l.ID, l.Destination = "fl/1", flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::logs"}
		}), "fl/1", "ID", invalid},
		{"F1.014 no bucket", s3(""), "fl-vpc", "Destination.ARN", invalid},
		{"F1.014 a bucket's name alone", s3("logs"), "fl-vpc", "Destination.ARN", invalid},
		{"F1.014 a bucket with a log group", to(flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::logs", LogGroup: "group"}), "fl-vpc", "Destination.LogGroup", invalid},
		{"F1.014 a log group with a bucket", to(flowlog.Destination{ARN: "arn:aws:s3:::logs"}), "fl-vpc", "Destination.ARN", invalid},
		{"F1.014 no Firehose stream", to(flowlog.Destination{Type: flowlog.Firehose, ARN: "arn:aws:s3:::logs"}), "fl-vpc", "Destination.ARN", invalid},
		{"F1.014 a destination that is none", to(flowlog.Destination{Type: 99}), "fl-vpc", "Destination.Type", invalid},
		{"F1.802 folders of CloudWatch Logs", to(flowlog.Destination{HiveCompatiblePartitions: true}), "fl-vpc", "Destination.HiveCompatiblePartitions", invalid},
		{"F1.803 folders of CloudWatch Logs, by the hour", to(flowlog.Destination{PerHourPartition: true}), "fl-vpc", "Destination.PerHourPartition", invalid},
		{"F1.807 files of CloudWatch Logs", to(flowlog.Destination{FileFormat: flowlog.Parquet}), "fl-vpc", "Destination.FileFormat", invalid},
		{"F1.807 a file format that is none", to(flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::logs", FileFormat: 99}), "fl-vpc", "Destination.FileFormat", invalid},
		{"a status that is none", edit(func(l *flowlog.FlowLog) { l.DeliverLogsStatus = 99 }), "fl-vpc", "DeliverLogsStatus", invalid},
		{"an account that is none", edit(func(l *flowlog.FlowLog) { l.Account = "me" }), "fl-vpc", "Account", invalid},
		{"an ID of its own", edit(func(l *flowlog.FlowLog) { l.ID = "web" }), "web", "ID", packetwalk.ErrDuplicate},
		{"an ID", edit(func(l *flowlog.FlowLog) { l.ID = "" }), "", "ID", invalid},
		{"F1.017 251 on one subnet", func(c *packetwalk.Config) {
			for i := range 250 {
				c.FlowLogs = append(c.FlowLogs, flowlog.FlowLog{ID: fmt.Sprintf("fl-%d", i), Resource: "front"})
			}
		}, "fl-249", "Resource", packetwalk.ErrLimit},
	})
	t.Run("F1.017 250 on one subnet, and one on its VPC", func(t *testing.T) {
		cfg := loggedNet().Config()
		for i := range 249 {
			cfg.FlowLogs = append(cfg.FlowLogs, flowlog.FlowLog{ID: fmt.Sprintf("fl-%d", i), Resource: "front"})
		}
		_, err := packetwalk.Build(cfg)
		assert.NoError(t, err)
	})
	t.Run("F1.014 what there is", func(t *testing.T) {
		for _, d := range []flowlog.Destination{
			{Type: flowlog.S3, ARN: "arn:aws-cn:s3:::logs/my/AWSLogs-like/", HiveCompatiblePartitions: true, PerHourPartition: true, FileFormat: flowlog.Parquet},
			{Type: flowlog.Firehose, ARN: "arn:aws:firehose:us-east-1:123456789012:deliverystream/logs"},
			{LogGroup: "/vpc/flow"},
		} {
			cfg := loggedNet().Config()
			cfg.FlowLogs[0].Destination = d
			_, err := packetwalk.Build(cfg)
			assert.NoError(t, err)
		}
	})
}

func TestFlowLogHandleMistakes(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.FlowLog("fl-1").Format("${version} ${srcadr}")
	v.FlowLog("fl-2").Destination(flowlog.Destination{Type: flowlog.S3, ARN: "logs"})
	v.FlowLog("fl-3").Fields(flowlog.FieldInstanceTag)
	b.FlowLog("fl-4", "gone").Account("111111111111")
	_, err := b.Build()
	require.Error(t, err)
	for _, want := range []string{
		`flow log "fl-1": Format "${version} ${srcadr}": invalid: flowlog.ParseFormat("${version} ${srcadr}"): no field is called "srcadr": the nearest name is "srcaddr"`,
		`flow log "fl-2": Destination.ARN "logs": invalid: want a bucket's`,
		`flow log "fl-3": TagFields.Instance[0]: invalid: the format has instance-tag`,
		`flow log "fl-4": Resource "gone": not found: want the ID of a VPC`,
	} {
		assert.ErrorContains(t, err, want)
	}
	mistakes := err.(interface{ Unwrap() []error }).Unwrap()
	assert.Len(t, mistakes, 4)
	for _, m := range mistakes {
		assert.Contains(t, m.Error(), "flowlogs_test.go:", "where the handle was called")
	}
}

// TestFlowLogsNeverPanic damages flow logs, field by field: Build says what is wrong, or a session gathers
// for them.
func TestFlowLogsNeverPanic(t *testing.T) {
	built, refused := 0, 0
	for seed := range uint64(600) {
		cfg := loggedNet().Config()
		m := mutator{Rand: rand.New(rand.NewPCG(seed, 5)), ids: []string{"app", "front", "web-eni", "nat", "theirs", "web", "fl-vpc"}}
		m.damage(reflect.ValueOf(&cfg.FlowLogs[seed%5]).Elem())
		n, err := packetwalk.Build(cfg)
		if err != nil {
			refused++
			onlyConfigErrors(t, err)
			continue
		}
		built++
		s := n.NewSession(dawn)
		s.LimitFlowLogs(packetwalk.FlowLogLimits{Flows: int(seed % 3), Silence: time.Hour})
		call(t, s, "web", "server", "tcp/443")
		s.Advance(11 * time.Minute)
		for _, b := range append(s.Collect(), s.Flush()...) {
			for _, r := range b.Records {
				require.NoError(t, r.Check(b.FlowLog.Shows()), "seed %d", seed)
			}
		}
	}
	assert.Greater(t, built, 50)
	assert.Greater(t, refused, 100)
}
