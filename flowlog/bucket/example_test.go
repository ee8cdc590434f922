package bucket_test

import (
	"context"
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/bucket"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
)

func Example() {
	ctx := context.Background()
	b, err := bucket.Open(ctx, "mem://") // or "s3://amzn-s3-demo-bucket?region=us-east-1"
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Close()

	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"amzn-s3-demo-bucket": b}}
	batch := flowlog.Batch{
		FlowLog: flowlog.FlowLog{
			ID: "fl-1234abcd", Account: "123456789012",
			Destination: flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::amzn-s3-demo-bucket"},
		},
		Region: "us-east-1",
		Records: []flowlog.Record{{
			AccountID: "123456789012", InterfaceID: "eni-1",
			SrcAddr: netip.MustParseAddr("203.0.113.7"), DstAddr: netip.MustParseAddr("10.0.1.4"),
			SrcPort: 49152, DstPort: 22, Protocol: 6, Packets: 1, Bytes: 40, Start: 1529511600, End: 1529511660,
			Action: flowlog.Reject, LogStatus: flowlog.StatusOK,
		}},
	}
	if err := sink.Deliver(ctx, []flowlog.Batch{batch}); err != nil {
		fmt.Println(err)
		return
	}
	keys, err := b.Keys(ctx, "AWSLogs/123456789012/vpcflowlogs/us-east-1/")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, key := range keys {
		k, err := deliver.ParseKey(key)
		fmt.Println(k.Folder(), k.FlowLog, err)
	}
	// Output:
	// AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/ fl-1234abcd <nil>
}
