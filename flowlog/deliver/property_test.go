package deliver_test

import (
	"context"
	"net/netip"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
	"github.com/packetwalk/packetwalk/packet"
)

// anyBatches are batches of two flow logs at some interfaces, within half an hour.
func anyBatches(t *rapid.T, to flowlog.Destination) (batches []flowlog.Batch) {
	formats := []flowlog.Format{nil, flowlog.All, {flowlog.FieldEnd, flowlog.FieldPackets, flowlog.FieldInterfaceID, flowlog.FieldLogStatus}}
	for range rapid.IntRange(0, 6).Draw(t, "batches") {
		l := rapid.IntRange(0, 1).Draw(t, "flow log")
		b := flowlog.Batch{
			FlowLog:   flowlog.FlowLog{ID: []string{"fl-a", "fl-b"}[l], Account: "123456789010", Destination: to, Format: formats[rapid.IntRange(0, 2).Draw(t, "format")]},
			Interface: rapid.SampledFrom([]string{"eni-1", "eni-2"}).Draw(t, "interface"), Region: "us-east-1",
		}
		for range rapid.IntRange(1, 5).Draw(t, "records") {
			end := int64(1418530000 + rapid.IntRange(0, 1800).Draw(t, "end"))
			b.Records = append(b.Records, flowlog.New(flowlog.Sighting{
				Interface: flowlog.Interface{ID: b.Interface, AccountID: "123456789010", PrimaryIPv4: netip.MustParseAddr("10.0.0.1")},
				Direction: packet.Ingress,
				Packet: packet.Packet{
					Src: netip.MustParseAddr("10.0.0.9"), SrcPort: rapid.Uint16().Draw(t, "port"),
					Dst: netip.MustParseAddr("10.0.0.1"), DstPort: 443, Protocol: packet.TCP,
				},
				Packets: rapid.Int64Range(1, 1<<20).Draw(t, "packets"), Action: flowlog.Accept, Start: end - 10, End: end,
			}))
		}
		batches = append(batches, b)
	}
	return batches
}

// linesOf counts the lines that a flow log's records make.
func linesOf(batches []flowlog.Batch) map[string]int {
	count := make(map[string]int)
	for _, b := range batches {
		for _, r := range b.Records {
			count[b.FlowLog.ID+" "+string(r.Append(nil, b.FlowLog.Shows()))]++
		}
	}
	return count
}

// Whatever is delivered to a bucket, however it is split, can be read back: each record once, in a file of
// its five minutes (F1.804, F1.805).
func TestEveryRecordIsInAFile(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		batches := anyBatches(rt, toS3)
		sink := &deliver.S3{MaxFile: rapid.IntRange(0, 2000).Draw(rt, "most")}
		cut := rapid.IntRange(0, len(batches)).Draw(rt, "cut")
		got := make(map[string]int)
		bucket := deliver.Files{}
		sink.Buckets = map[string]deliver.Bucket{"my-bucket": bucket}
		require.NoError(rt, sink.Deliver(context.Background(), batches[:cut]))
		require.NoError(rt, sink.Deliver(context.Background(), batches[cut:]))
		for path, body := range bucket {
			key, err := deliver.ParseKey(path)
			require.NoError(rt, err)
			format := formatOf(unzip(t, body))
			for _, r := range readBack(t, body) {
				assert.Equal(rt, key.Start, deliver.StartOf(r.End), "F1.804")
				got[key.FlowLog+" "+string(r.Append(nil, format))]++
			}
		}
		assert.Equal(rt, linesOf(batches), got, "F1.805")
	})
}

// formatOf reads the header line of a file.
func formatOf(text string) flowlog.Format {
	for i := range text {
		if text[i] == '\n' {
			return flowlog.MustParseFormat(text[:i])
		}
	}
	return nil
}

// Whatever is delivered to log groups is in a stream, by its time, and was handed to the subscription once
// (F1.812, F1.815).
func TestEveryRecordIsAnEvent(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		batches := anyBatches(rt, flowlog.Destination{LogGroup: "g"})
		want := make(map[string]int)
		for _, b := range batches {
			for _, r := range b.Records {
				want[b.Interface+"-all "+string(r.Append(nil, b.FlowLog.Shows()))]++
			}
		}
		var logs deliver.LogGroups
		handed := make(map[string]int)
		logs.Subscribe("g", "f", func(_ context.Context, p deliver.Payload) error {
			for _, e := range p.LogEvents {
				handed[p.LogStream+" "+e.Message]++
			}
			return nil
		})
		for _, b := range batches {
			require.NoError(rt, logs.Deliver(context.Background(), []flowlog.Batch{b}))
		}
		kept := make(map[string]int)
		for _, s := range logs.Streams() {
			last := int64(0)
			for _, e := range s.Events {
				kept[s.Name+" "+e.Message]++
				assert.GreaterOrEqual(rt, e.Timestamp, last, "F1.815")
				last = e.Timestamp
			}
		}
		assert.Equal(rt, want, kept, "F1.812")
		assert.Equal(rt, want, handed, "item 151")
	})
}

// Several goroutines may deliver to the same log groups.
func TestLogGroupsAtOnce(t *testing.T) {
	var logs deliver.LogGroups
	var all sync.WaitGroup
	b := batch(t, toLogs, accepted, rejected)
	for range 8 {
		all.Go(func() {
			logs.Subscribe("/aws/vpc/flowlogs", "f", nil)
			assert.NoError(t, logs.Deliver(context.Background(), []flowlog.Batch{b}))
			logs.Streams()
		})
	}
	all.Wait()
	require.Len(t, logs.Streams(), 1)
	assert.Len(t, logs.Streams()[0].Events, 16)
}
