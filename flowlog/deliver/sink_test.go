package deliver_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
)

func TestByDestination(t *testing.T) {
	got := make(map[string]string)
	to := func(name string) deliver.Sink {
		return deliver.Func(func(_ context.Context, batches []flowlog.Batch) error {
			for _, b := range batches {
				got[name] += b.FlowLog.ID + " "
			}
			return errors.New(name + " failed")
		})
	}
	named := func(id string, d flowlog.Destination) flowlog.Batch {
		b := batch(t, d, accepted)
		b.FlowLog.ID = id
		return b
	}
	all := []flowlog.Batch{
		named("a", toS3), named("b", toLogs), named("c", flowlog.Destination{}), named("d", toFirehose), named("e", toS3),
		named("f", flowlog.Destination{Type: flowlog.CloudWatchLogs, LogGroup: "g"}),
	}
	sink := deliver.ByDestination{CloudWatchLogs: to("logs"), S3: to("s3"), Firehose: to("firehose")}
	err := sink.Deliver(context.Background(), all)
	assert.Equal(t, map[string]string{"logs": "b c f ", "s3": "a e ", "firehose": "d "}, got, "F1.014 item 133")
	for _, name := range []string{"logs", "s3", "firehose"} {
		assert.ErrorContains(t, err, name+" failed")
	}
	err = deliver.ByDestination{}.Deliver(context.Background(), all)
	assert.ErrorContains(t, err, `flow log "b": there is no sink for its destination cloud-watch-logs`)
	assert.ErrorContains(t, err, `flow log "a": there is no sink for its destination s3`)
	assert.ErrorContains(t, err, `flow log "d": there is no sink for its destination kinesis-data-firehose`)
	assert.NoError(t, deliver.ByDestination{}.Deliver(context.Background(), nil))
	err = sink.Deliver(context.Background(), []flowlog.Batch{named("a", flowlog.Destination{Type: 9})})
	assert.ErrorContains(t, err, `flow log "a", interface "eni-1235b8ca123456789": its destination is DestinationType(9)`)
}

func TestFirehose(t *testing.T) {
	var got []string
	sink := &deliver.Firehose{Put: func(_ context.Context, stream string, records [][]byte) error {
		assert.Equal(t, "my-stream", stream)
		assert.LessOrEqual(t, len(records), 500)
		for _, r := range records {
			got = append(got, string(r))
		}
		return nil
	}}
	require.NoError(t, sink.Deliver(context.Background(), []flowlog.Batch{batch(t, toFirehose, accepted, rejected)}))
	assert.Equal(t, []string{`{"message":"` + accepted + `"}`, `{"message":"` + rejected + `"}`}, got, "F1.014 item 133")

	together := []byte(strings.Join(got, ""))
	assert.Equal(t, []flowlog.Record{record(t, accepted), record(t, rejected)}, readBack(t, together), "item 133 as Firehose writes them to a file")

	tagged := batch(t, toFirehose, accepted)
	tagged.FlowLog.Format = flowlog.Format{flowlog.FieldInterfaceTag}
	tagged.Records[0].InterfaceTag = "<R&D>"
	got = nil
	require.NoError(t, sink.Deliver(context.Background(), []flowlog.Batch{tagged}))
	assert.Equal(t, []string{`{"message":"<R&D>"}`}, got, "no escapes that AWS does not make")

	many := batch(t, toFirehose, accepted)
	for len(many.Records) < 1001 {
		many.Records = append(many.Records, many.Records[0])
	}
	got = nil
	require.NoError(t, sink.Deliver(context.Background(), []flowlog.Batch{many}))
	assert.Len(t, got, 1001)
}

func TestFirehoseMistakes(t *testing.T) {
	deliverTo := func(put func(context.Context, string, [][]byte) error, change func(*flowlog.Batch)) error {
		b := batch(t, toFirehose, accepted, rejected)
		change(&b)
		return (&deliver.Firehose{Put: put}).Deliver(context.Background(), []flowlog.Batch{b})
	}
	count := 0
	take := func(_ context.Context, _ string, records [][]byte) error { count += len(records); return nil }
	as := func(*flowlog.Batch) {}
	assert.ErrorContains(t, deliverTo(nil, as), "there is no Firehose.Put")
	assert.ErrorContains(t, deliverTo(take, func(b *flowlog.Batch) { b.FlowLog.Destination = toS3 }), "its destination is s3: want kinesis-data-firehose")
	assert.ErrorContains(t, deliverTo(take, func(b *flowlog.Batch) { b.FlowLog.Destination.ARN = "arn:aws:s3:::b" }), "want the ARN of a Firehose stream")
	assert.Zero(t, count)
	assert.ErrorContains(t, deliverTo(take, func(b *flowlog.Batch) { b.Records[0].LogStatus = 0 }), "log-status")
	assert.Equal(t, 1, count, "the rest is handed on")
	full := func(context.Context, string, [][]byte) error { return errors.New("throttled") }
	assert.ErrorContains(t, deliverTo(full, as), `stream "my-stream": throttled`)
}

func TestLines(t *testing.T) {
	ports := batch(t, toS3, accepted)
	ports.FlowLog.Format = flowlog.Format{flowlog.FieldSrcPort, flowlog.FieldDstPort}
	for _, tt := range []struct {
		name   string
		header bool
		want   string
	}{
		{"F1.806 with header lines", true, flowlog.Default.Header() + "\n" + accepted + "\n" + rejected + "\nsrcport dstport\n20641 22\n" + flowlog.Default.Header() + "\n" + noData + "\n"},
		{"F1.806 without", false, accepted + "\n" + rejected + "\n20641 22\n" + noData + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			sink := deliver.NewLines(&b, tt.header)
			ctx := context.Background()
			require.NoError(t, sink.Deliver(ctx, []flowlog.Batch{batch(t, toLogs, accepted), batch(t, toS3, rejected)}))
			require.NoError(t, sink.Deliver(ctx, nil))
			require.NoError(t, sink.Deliver(ctx, []flowlog.Batch{ports, batch(t, toFirehose, noData)}))
			assert.Equal(t, tt.want, b.String())
			if tt.header {
				assert.Len(t, readBack(t, b.Bytes()), 4)
			}
		})
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestLinesMistakes(t *testing.T) {
	err := deliver.NewLines(broken{}, true).Deliver(context.Background(), []flowlog.Batch{batch(t, toS3, accepted)})
	assert.EqualError(t, err, "deliver: broken pipe")
	err = new(deliver.Lines).Deliver(context.Background(), []flowlog.Batch{batch(t, toS3, accepted)})
	assert.EqualError(t, err, "deliver: there is no writer for lines")

	var b bytes.Buffer
	bad := batch(t, toS3, accepted, rejected)
	bad.Records[0].LogStatus = 0
	assert.ErrorContains(t, deliver.NewLines(&b, false).Deliver(context.Background(), []flowlog.Batch{bad}), "log-status")
	assert.Equal(t, rejected+"\n", b.String(), "the rest is written")
}

// Nothing that is delivered is changed.
func TestBatchesStayAsTheyWere(t *testing.T) {
	var logs deliver.LogGroups
	files := deliver.Files{}
	sinks := []deliver.Sink{
		deliver.ByDestination{
			CloudWatchLogs: &logs,
			S3:             &deliver.S3{Buckets: map[string]deliver.Bucket{"": files}},
			Firehose:       &deliver.Firehose{Put: func(context.Context, string, [][]byte) error { return nil }},
		},
		deliver.NewLines(&bytes.Buffer{}, true),
	}
	batches := []flowlog.Batch{batch(t, toLogs, noData, accepted), batch(t, toS3, noData, rejected), batch(t, toFirehose, accepted)}
	before := fmt.Sprintf("%+v", batches)
	for _, s := range sinks {
		require.NoError(t, s.Deliver(context.Background(), batches))
	}
	assert.Equal(t, before, fmt.Sprintf("%+v", batches))
}
