package deliver_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
)

// batches are what a flow log wrote: an SSH connection that was accepted and one to RDP that was not.
func batches(to flowlog.Destination) []flowlog.Batch {
	ssh, _ := flowlog.ParseLine(flowlog.Default, "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK")
	rdp, _ := flowlog.ParseLine(flowlog.Default, "2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK")
	return []flowlog.Batch{{
		FlowLog:   flowlog.FlowLog{ID: "fl-1234abcd", Account: "123456789010", Destination: to},
		Interface: "eni-1235b8ca123456789", Region: "us-east-1",
		Delivered: time.Unix(1418530500, 0),
		Records:   []flowlog.Record{ssh, rdp},
	}}
}

// A flow log that publishes to S3: where its files lie, and what a reader finds in them.
func Example() {
	bucket := deliver.Files{}
	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"my-bucket": bucket}}
	err := sink.Deliver(context.Background(), batches(flowlog.Destination{
		Type: flowlog.S3, ARN: "arn:aws:s3:::my-bucket/my-logs/", HiveCompatiblePartitions: true,
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, path := range bucket.Keys() {
		key, err := deliver.ParseKey(path)
		fmt.Println(key.Folder(), err)
		fmt.Println(key.FlowLog, time.Unix(key.Start, 0).UTC(), len(key.Hash))
	}
	// Output:
	// my-logs/AWSLogs/aws-account-id=123456789010/aws-service=vpcflowlogs/aws-region=us-east-1/year=2014/month=12/day=14/ <nil>
	// fl-1234abcd 2014-12-14 04:05:00 +0000 UTC 8
}

func ExampleLogGroups() {
	var logs deliver.LogGroups
	logs.Subscribe("/aws/vpc/flowlogs", "rejects", func(_ context.Context, p deliver.Payload) error {
		fmt.Println("a function gets", len(p.LogEvents), "events of", p.LogStream)
		return nil
	})
	err := logs.Deliver(context.Background(), batches(flowlog.Destination{LogGroup: "/aws/vpc/flowlogs"}))
	if err != nil {
		fmt.Println(err)
		return
	}
	stream, _ := logs.Stream("/aws/vpc/flowlogs", deliver.StreamName("eni-1235b8ca123456789", flowlog.TrafficAll))
	for _, e := range stream.Events {
		fmt.Println(e.Timestamp, e.Message)
	}
	// Output:
	// a function gets 2 events of eni-1235b8ca123456789-all
	// 1418530010000 2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK
	// 1418530010000 2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK
}

// Each batch goes where its flow log says.
func ExampleByDestination() {
	sink := deliver.ByDestination{
		CloudWatchLogs: deliver.NewLines(os.Stdout, false),
		Firehose: &deliver.Firehose{Put: func(_ context.Context, stream string, records [][]byte) error {
			fmt.Printf("%s gets %s\n", stream, records[0])
			return nil
		}},
	}
	both := append(
		batches(flowlog.Destination{}),
		batches(flowlog.Destination{Type: flowlog.Firehose, ARN: "arn:aws:firehose:us-east-1:123456789010:deliverystream/my-stream"})...,
	)
	fmt.Println(sink.Deliver(context.Background(), both))
	// Output:
	// 2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK
	// 2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK
	// my-stream gets {"message":"2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK"}
	// <nil>
}

func ExampleParseKey() {
	key, err := deliver.ParseKey("AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z_fe123456.log.gz")
	fmt.Println(key.Account, key.Region, key.FlowLog, key.Hash, err)

	_, err = deliver.ParseKey("AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/flows.log.gz")
	fmt.Println(err)
	// Output:
	// 123456789012 us-east-1 fl-1234abcd fe123456 <nil>
	// deliver.ParseKey("AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/flows.log.gz"): name "flows.log.gz": want account_vpcflowlogs_region_flow-log_time_hash
}
