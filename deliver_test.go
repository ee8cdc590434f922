package packetwalk_test

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
)

// What a session's flow logs wrote goes where they say, and comes back as it was.
func TestDelivery(t *testing.T) {
	s := starts(t, pairNet(func(b *packetwalk.Builder) {
		b.FlowLog("fl-files", "app").ToS3("my-bucket/my-logs")
		b.FlowLog("fl-streams", "app").ToCloudWatch("vpc").Only(flowlog.Reject)
	}))
	for _, service := range []string{"tcp/5432", "tcp/5433"} { // the first is let in
		_, err := s.Probe("web", "db", service)
		require.NoError(t, err)
	}
	s.Advance(20 * time.Minute)
	batches := s.Collect()

	var logs deliver.LogGroups
	files := deliver.Files{}
	sink := deliver.ByDestination{
		CloudWatchLogs: &logs,
		S3:             &deliver.S3{Buckets: map[string]deliver.Bucket{"my-bucket": files}},
	}
	require.NoError(t, sink.Deliver(context.Background(), batches))

	var want, got []string
	for _, b := range batches {
		if b.FlowLog.ID == "fl-files" {
			for _, r := range b.Records {
				want = append(want, r.String())
			}
		}
	}
	for _, path := range files.Keys() {
		key, err := deliver.ParseKey(path)
		require.NoError(t, err)
		assert.Equal(t, "my-logs/AWSLogs/123456789012/vpcflowlogs/us-east-1/2019/08/26/", key.Folder(), "F1.801 item 137")
		for r := flowlog.NewReader(bytes.NewReader(files[path])); ; {
			record, err := r.Read()
			if err == io.EOF {
				break
			}
			require.NoError(t, err)
			assert.Equal(t, key.Start, deliver.StartOf(record.End), "F1.804")
			got = append(got, record.String())
		}
	}
	assert.NotEmpty(t, want)
	assert.ElementsMatch(t, want, got, "item 133")

	stream, ok := logs.Stream("vpc", "db-eni-reject")
	require.True(t, ok, "F1.814 item 134 item 138")
	rejects := 0
	for _, e := range stream.Events {
		r, err := flowlog.ParseLine(flowlog.Default, e.Message)
		require.NoError(t, err)
		assert.Equal(t, r.Start*1000, e.Timestamp, "F1.815")
		assert.Greater(t, e.IngestionTime, r.End*1000, "F1.815")
		if r.Action == flowlog.Reject {
			rejects++
			assert.Equal(t, uint16(5433), r.DstPort)
		}
	}
	assert.Equal(t, 1, rejects, "item 134")
}
