package deliver_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
	"github.com/packetwalk/packetwalk/internal/shareddata"
)

func TestStreamNames(t *testing.T) {
	const id = "eni-0c19436730cc350ae"
	for _, tt := range []struct {
		name string
		of   flowlog.TrafficType
		want string
	}{
		{"F1.813 item 138 all", flowlog.TrafficAll, id + "-all"},
		{"F1.813 all unless it is said", 0, id + "-all"},
		{"F1.814 accepted", flowlog.TrafficAccept, id + "-accept"},
		{"F1.814 rejected", flowlog.TrafficReject, id + "-reject"},
	} {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, deliver.StreamName(id, tt.of)) })
	}
}

func TestLogGroups(t *testing.T) {
	var logs deliver.LogGroups
	one := batch(t, toLogs, rejected, accepted)
	two := batch(t, toLogs, noData)
	two.FlowLog.ID = "fl-2"
	rejects := batch(t, toLogs, rejected)
	rejects.FlowLog.TrafficType = flowlog.TrafficReject
	other := batch(t, toLogs, accepted)
	other.Interface = "eni-other"
	require.NoError(t, logs.Deliver(context.Background(), []flowlog.Batch{two, one, rejects, other}))

	var names []string
	ids := make(map[string]bool)
	for _, s := range logs.Streams() {
		assert.Equal(t, "/aws/vpc/flowlogs", s.LogGroup)
		names = append(names, s.Name)
		for _, e := range s.Events {
			ids[e.ID] = true
			assert.Len(t, e.ID, 56)
		}
	}
	assert.Equal(t, []string{"eni-1235b8ca123456789-all", "eni-1235b8ca123456789-reject", "eni-other-all"}, names, "F1.812 item 134 item 138 a stream for each interface")
	assert.Len(t, ids, 5, "every event has an ID of its own")

	stream, ok := logs.Stream("/aws/vpc/flowlogs", "eni-1235b8ca123456789-all")
	require.True(t, ok)
	for i := range stream.Events {
		stream.Events[i].ID = ""
	}
	assert.Equal(t, []deliver.Event{
		// F1.815: the time is the record's start, in milliseconds; F1.806: no header line.
		{Timestamp: 1418530010000, Message: rejected, IngestionTime: 1418530370000},
		{Timestamp: 1418530010000, Message: accepted, IngestionTime: 1418530370000},
		{Timestamp: 1431280876000, Message: noData, IngestionTime: 1431281234000},
	}, stream.Events, "F1.812 two flow logs share the interface's stream")

	_, ok = logs.Stream("/aws/vpc/flowlogs", "eni-other-reject")
	assert.False(t, ok)
}

// What the command line prints of a stream can be read back.
func TestGetLogEvents(t *testing.T) {
	var logs deliver.LogGroups
	require.NoError(t, logs.Deliver(context.Background(), []flowlog.Batch{batch(t, toLogs, accepted, rejected)}))
	stream, _ := logs.Stream("/aws/vpc/flowlogs", "eni-1235b8ca123456789-all")
	text, err := json.Marshal(stream)
	require.NoError(t, err)
	want := `{"events":[` +
		`{"timestamp":1418530010000,"message":"` + accepted + `","ingestionTime":1418530370000},` +
		`{"timestamp":1418530010000,"message":"` + rejected + `","ingestionTime":1418530370000}]}`
	assert.Equal(t, want, string(text), "item 134")
	assert.Equal(t, []flowlog.Record{record(t, accepted), record(t, rejected)}, readBack(t, text), "item 134")
}

// Logs Insights has a log group's events and finds the fields of the default format in them by itself. The
// query "filter action = 'REJECT' | stats count(*) by dstPort", asked of the streams:
func TestInsights(t *testing.T) {
	var logs deliver.LogGroups
	other := batch(t, toLogs, rejected, noData)
	other.Interface = "eni-other"
	require.NoError(t, logs.Deliver(context.Background(), []flowlog.Batch{batch(t, toLogs, accepted, rejected), other}))
	count := make(map[uint16]int)
	for _, s := range logs.Streams() {
		for _, e := range s.Events {
			require.Len(t, strings.Fields(e.Message), 14, "item 153")
			if r := record(t, e.Message); r.Action == flowlog.Reject {
				count[r.DstPort]++
			}
		}
	}
	assert.Equal(t, map[uint16]int{3389: 2}, count, "item 153")
}

func TestIngestionIsAfterTheEnd(t *testing.T) {
	var logs deliver.LogGroups
	b := batch(t, toLogs, accepted)
	b.Delivered = time.Time{}
	require.NoError(t, logs.Deliver(context.Background(), []flowlog.Batch{b}))
	e := logs.Streams()[0].Events[0]
	assert.Greater(t, e.IngestionTime, b.Records[0].End*1000, "F1.815")
}

func TestLogGroupNames(t *testing.T) {
	var logs deliver.LogGroups
	unnamed := batch(t, flowlog.Destination{}, accepted)
	gateway := batch(t, toLogs, accepted)
	gateway.Interface, gateway.Resource = "", "nat-1"
	elsewhere := batch(t, toLogs, rejected)
	elsewhere.FlowLog.Account = "210987654321"
	require.NoError(t, logs.Deliver(context.Background(), []flowlog.Batch{unnamed, gateway, elsewhere}))
	var names []string
	for _, s := range logs.Streams() {
		names = append(names, s.Account+" "+s.LogGroup+" "+s.Name)
	}
	assert.Equal(t, []string{
		"123456789010 /aws/vpc/flowlogs nat-1-all",
		"123456789010 fl-1234abcd eni-1235b8ca123456789-all",
		"210987654321 /aws/vpc/flowlogs eni-1235b8ca123456789-all",
	}, names, "F1.812")
}

// The first event of the example on AWS's page SubscriptionFilters. Its ID tells its timestamp and, as it
// seems, that it came at 1432827365364; the rest of it, 80 bits, is anything.
func TestEventIDs(t *testing.T) {
	const documentedID = "31953106606966983378809025079804211143289615424298221568"
	var logs deliver.LogGroups
	line := strings.NewReplacer("1418530010", "1432826855", "1418530070", "1432826900").Replace(accepted)
	b := batch(t, toLogs, line, line)
	b.Delivered = time.UnixMilli(1432827365364)
	require.NoError(t, logs.Deliver(context.Background(), []flowlog.Batch{b}))
	number := func(id string) *big.Int {
		n, ok := new(big.Int).SetString(id, 10)
		require.True(t, ok)
		return n
	}
	for _, e := range logs.Streams()[0].Events {
		require.Equal(t, int64(1432826855000), e.Timestamp)
		assert.Len(t, e.ID, len(documentedID))
		got, want := number(e.ID), number(documentedID)
		assert.Equal(t, want.Rsh(want, 80), got.Rsh(got, 80))
	}
}

func TestLateEvents(t *testing.T) {
	var logs deliver.LogGroups
	for _, line := range []string{noData, accepted} {
		require.NoError(t, logs.Deliver(context.Background(), []flowlog.Batch{batch(t, toLogs, line)}))
	}
	events := logs.Streams()[0].Events
	assert.Equal(t, []string{accepted, noData}, []string{events[0].Message, events[1].Message}, "F1.815 by their times")
}

// subscribe delivers to a log group with a subscription and gives what it is handed.
func subscribe(t *testing.T, batches ...flowlog.Batch) (got []deliver.Payload) {
	t.Helper()
	var logs deliver.LogGroups
	logs.Subscribe("/aws/vpc/flowlogs", "MyFlowLogSubscription", func(_ context.Context, p deliver.Payload) error {
		got = append(got, p)
		return nil
	})
	logs.Subscribe("another", "Nothing", func(context.Context, deliver.Payload) error {
		t.Error("nothing came to that log group")
		return nil
	})
	require.NoError(t, logs.Deliver(context.Background(), batches))
	return got
}

func TestSubscription(t *testing.T) {
	got := subscribe(t, batch(t, toLogs, accepted, rejected))
	require.Len(t, got, 1)
	lambda, err := got[0].Lambda()
	require.NoError(t, err)
	assert.Regexp(t, `^\{"awslogs":\{"data":"H4sI[0-9A-Za-z+/=]+"\}\}$`, string(lambda), "item 151 gzip in base64")
	records := []flowlog.Record{record(t, accepted), record(t, rejected)}
	assert.Equal(t, records, readBack(t, lambda), "item 151")
	plain, err := got[0].JSON()
	require.NoError(t, err)
	assert.Equal(t, records, readBack(t, plain), "item 151")
}

// A payload has the JSON of a sample that is not ours.
func TestSubscriptionSample(t *testing.T) {
	sample, err := os.ReadFile(filepath.Join(shareddata.Dir(t, "flow-logs"), "otel-cloudwatch-subscription.json"))
	require.NoError(t, err)
	var want deliver.Payload
	require.NoError(t, json.Unmarshal(sample, &want))
	text, err := want.JSON()
	require.NoError(t, err)
	assert.Equal(t, strings.TrimSpace(string(sample)), string(text), "item 151 byte for byte")

	var b flowlog.Batch
	for _, e := range want.LogEvents {
		b = batch(t, toLogs, append(messages(b), e.Message)...)
	}
	got := subscribe(t, b)
	require.Len(t, got, 1)
	assert.Equal(t, want.LogStream+"-all", got[0].LogStream, "F1.813")
	got[0].LogStream = want.LogStream
	for i := range got[0].LogEvents {
		got[0].LogEvents[i].ID = want.LogEvents[i].ID
	}
	assert.Equal(t, want, got[0], "item 151, but for the IDs and the stream's name")
}

func messages(b flowlog.Batch) (lines []string) {
	for _, r := range b.Records {
		lines = append(lines, r.String())
	}
	return lines
}

func TestLargePayload(t *testing.T) {
	b := batch(t, toLogs, accepted)
	for len(b.Records) < 10_001 {
		b.Records = append(b.Records, b.Records[0])
	}
	total, size := 0, 0
	got := subscribe(t, b)
	for _, p := range got {
		total += len(p.LogEvents)
		size = max(size, len(p.LogEvents)*(len(accepted)+26))
	}
	assert.Equal(t, 10_001, total)
	assert.LessOrEqual(t, size, 1<<20)
	assert.Len(t, got, 2)
}

func TestLogGroupMistakes(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*flowlog.Batch)
		want   string
	}{
		{"F1.014 another destination", func(b *flowlog.Batch) { b.FlowLog.Destination = toS3 }, "its destination is s3: want cloud-watch-logs"},
		{"F1.815 a record without a start", func(b *flowlog.Batch) { b.Records[0].Missing |= flowlog.SetOf(flowlog.FieldStart) }, "a record without a start"},
		{"F1.114 a record without a line", func(b *flowlog.Batch) { b.Records[0].LogStatus = 0 }, "log-status"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var logs deliver.LogGroups
			bad := batch(t, toLogs, rejected)
			tt.change(&bad)
			err := logs.Deliver(context.Background(), []flowlog.Batch{bad, batch(t, toLogs, accepted)})
			assert.ErrorContains(t, err, tt.want)
			assert.ErrorContains(t, err, `flow log "fl-1234abcd", interface "eni-1235b8ca123456789"`)
			require.Len(t, logs.Streams(), 1)
			assert.Equal(t, accepted, logs.Streams()[0].Events[0].Message, "the rest is kept")
		})
	}
	var logs deliver.LogGroups
	logs.Subscribe("/aws/vpc/flowlogs", "f", func(context.Context, deliver.Payload) error { return errors.New("out of memory") })
	err := logs.Deliver(context.Background(), []flowlog.Batch{batch(t, toLogs, accepted)})
	assert.ErrorContains(t, err, `subscription "f": out of memory`)
}
