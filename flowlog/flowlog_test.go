package flowlog_test

import (
	"encoding"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/packetwalk/packetwalk/flowlog"
)

// enumeration is what the enumerations of flow logs have in common.
type enumeration interface {
	encoding.TextMarshaler
	String() string
}

func TestKindsOfFlowLogs(t *testing.T) {
	for name, values := range map[string]struct {
		all    []enumeration
		text   string // AWS's names, in the order of the values
		reader encoding.TextUnmarshaler
	}{
		"F1.012 TrafficType": {[]enumeration{flowlog.TrafficAll, flowlog.TrafficAccept, flowlog.TrafficReject}, "ALL ACCEPT REJECT", new(flowlog.TrafficType)},
		"F1.013 ResourceType": {[]enumeration{flowlog.ResourceVPC, flowlog.ResourceSubnet, flowlog.ResourceNetworkInterface, flowlog.ResourceTransitGateway,
			flowlog.ResourceTransitGatewayAttachment, flowlog.ResourceRegionalNATGateway}, "VPC Subnet NetworkInterface TransitGateway TransitGatewayAttachment RegionalNatGateway", new(flowlog.ResourceType)},
		"F1.014 LogDestinationType": {[]enumeration{flowlog.CloudWatchLogs, flowlog.S3, flowlog.Firehose}, "cloud-watch-logs s3 kinesis-data-firehose", new(flowlog.DestinationType)},
		"F1.807 FileFormat":         {[]enumeration{flowlog.PlainText, flowlog.Parquet}, "plain-text parquet", new(flowlog.FileFormat)},
		"DeliverLogsStatus":         {[]enumeration{flowlog.DeliverySucceeded, flowlog.DeliveryFailed}, "SUCCESS FAILED", new(flowlog.DeliveryStatus)},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, v := range values.all {
				text, err := v.MarshalText()
				if err != nil || string(text) != v.String() {
					t.Errorf("MarshalText() = %q, %v, want %q", text, err, v)
				}
				if err := values.reader.UnmarshalText([]byte(strings.ToUpper(string(text)))); err != nil || values.reader.(enumeration).String() != v.String() {
					t.Errorf("UnmarshalText(%q) = %v, %v", text, values.reader, err)
				}
				got = append(got, v.String())
			}
			if diff := cmp.Diff(strings.Fields(values.text), got); diff != "" {
				t.Error(diff)
			}
			if err := values.reader.UnmarshalText([]byte("gone")); err == nil {
				t.Error("want an error for a name that AWS does not have")
			}
			if err := values.reader.UnmarshalText(nil); err != nil || values.reader.(enumeration).String() != "" {
				t.Errorf("the empty text is %v, %v", values.reader, err)
			}
		})
	}
}

func TestFlowLogInterval(t *testing.T) {
	for _, test := range []struct {
		name       string
		configured int
		ofInstance bool
		want       int64
	}{
		{"F1.009 F1.011 ten minutes by default", 0, false, 600},
		{"F1.009 ten minutes", 600, false, 600},
		{"F1.009 one minute", 60, false, 60},
		{"F1.010 one minute at an instance", 600, true, 60},
		{"F1.010 one minute at an instance by default too", 0, true, 60},
	} {
		l := flowlog.FlowLog{MaxAggregationInterval: test.configured}
		if got := l.Interval(test.ofInstance); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

func TestFlowLogKeeps(t *testing.T) {
	for _, test := range []struct {
		name string
		of   flowlog.TrafficType
		keep [3]bool // accepted, rejected, neither
	}{
		{"F1.012 nobody said", 0, [3]bool{true, true, true}},
		{"F1.012 ALL", flowlog.TrafficAll, [3]bool{true, true, true}},
		{"F1.012 ACCEPT", flowlog.TrafficAccept, [3]bool{true, false, true}},
		{"F1.012 REJECT", flowlog.TrafficReject, [3]bool{false, true, true}},
	} {
		l := flowlog.FlowLog{TrafficType: test.of}
		if got := [3]bool{l.Keeps(flowlog.Accept), l.Keeps(flowlog.Reject), l.Keeps(0)}; got != test.keep {
			t.Errorf("%s: %v, want %v", test.name, got, test.keep)
		}
	}
}

func TestFlowLogShows(t *testing.T) {
	if got := (&flowlog.FlowLog{}).Shows(); !cmp.Equal(got, flowlog.Default) {
		t.Errorf("F1.001: %v", got)
	}
	custom := flowlog.Format{flowlog.FieldEnd, flowlog.FieldStart}
	if got := (&flowlog.FlowLog{Format: custom}).Shows(); !cmp.Equal(got, custom) {
		t.Errorf("F1.002: %v", got)
	}
}

func TestDestinationBucket(t *testing.T) {
	for arn, want := range map[string][2]string{
		"arn:aws:s3:::logs":               {"logs", ""},
		"arn:aws:s3:::logs/":              {"logs", ""},
		"arn:aws:s3:::logs/app/eu-west-1": {"logs", "app/eu-west-1"},
		"arn:aws:s3:::logs/app/":          {"logs", "app"},
		"arn:aws-us-gov:s3:::logs/app":    {"logs", "app"},
	} {
		name, prefix := flowlog.Destination{Type: flowlog.S3, ARN: arn}.Bucket()
		if [2]string{name, prefix} != want {
			t.Errorf("F1.014 %s: %q, %q, want %q", arn, name, prefix, want)
		}
	}
	if name, prefix := (flowlog.Destination{LogGroup: "arn:aws:s3:::logs/app"}).Bucket(); name+prefix != "" {
		t.Errorf("F1.014 CloudWatch Logs have no bucket, got %q, %q", name, prefix)
	}
}

// TestFlowLogValidate: what a FlowLog alone is wrong in. That a Config reports it, and what else is, stands
// at the root.
func TestFlowLogValidate(t *testing.T) {
	var none *flowlog.FlowLog
	if err := none.Validate(); err == nil || !strings.Contains(err.Error(), "ID: invalid: want any name") {
		t.Errorf("nil: %v", err)
	}
	all := flowlog.FlowLog{
		ID: "fl-1", Resource: "vpc-1", MaxAggregationInterval: 5, TrafficType: 9, ResourceType: 9, Account: "1", DeliverLogsStatus: 9,
		Format: flowlog.Format{flowlog.FieldEnd, 99}, Destination: flowlog.Destination{Type: 9, FileFormat: 9},
	}
	err := all.Validate()
	for _, field := range []string{"MaxAggregationInterval \"5\"", "TrafficType", "ResourceType", "Account", "DeliverLogsStatus", "Format", "Destination.Type", "Destination.FileFormat"} {
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("nothing of %s in %v", field, err)
		}
	}
	good := flowlog.FlowLog{ID: "fl-1", Resource: "vpc-1"}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
}
