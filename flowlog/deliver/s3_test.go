package deliver_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
)

// put delivers batches to one bucket.
func put(t *testing.T, batches ...flowlog.Batch) deliver.Files {
	t.Helper()
	files := deliver.Files{}
	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"my-bucket": files}}
	require.NoError(t, sink.Deliver(context.Background(), batches))
	return files
}

func unzip(t *testing.T, body []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(body))
	require.NoError(t, err)
	assert.True(t, r.ModTime.IsZero(), "no time in the gzip header")
	text, err := io.ReadAll(r)
	require.NoError(t, err)
	return string(text)
}

// 1418530070 is 2014-12-14 04:07:50 UTC.
func TestS3File(t *testing.T) {
	files := put(t, batch(t, toS3, accepted, rejected))
	require.Len(t, files, 1)
	path := files.Keys()[0]
	key, err := deliver.ParseKey(path)
	require.NoError(t, err)
	assert.Regexp(t, `^[0-9a-f]{8}$`, key.Hash)

	t.Run("F1.801 F1.804 item 133 item 137 the key", func(t *testing.T) {
		want := "my-logs/AWSLogs/123456789010/vpcflowlogs/us-east-1/2014/12/14/123456789010_vpcflowlogs_us-east-1_fl-1234abcd_20141214T0405Z_" + key.Hash + ".log.gz"
		assert.Equal(t, want, path)
	})
	t.Run("F1.804 F1.806 a header line and the records, compressed", func(t *testing.T) {
		want := "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n" + accepted + "\n" + rejected + "\n"
		assert.Equal(t, want, unzip(t, files[path]))
	})
	t.Run("F1.806 it can be read back", func(t *testing.T) {
		assert.Equal(t, []flowlog.Record{record(t, accepted), record(t, rejected)}, readBack(t, files[path]))
	})
	t.Run("F1.804 the same again gives the same bytes and the same key", func(t *testing.T) {
		assert.Equal(t, files, put(t, batch(t, toS3, accepted, rejected)))
	})
}

func TestS3Layouts(t *testing.T) {
	for _, tt := range []struct {
		name       string
		arn        string
		hive, hour bool
		want       string
	}{
		{"F1.801 at the root of a bucket", "arn:aws:s3:::my-bucket", false, false, "AWSLogs/123456789010/vpcflowlogs/us-east-1/2014/12/14/"},
		{"F1.802 for Hive", "arn:aws:s3:::my-bucket", true, false, "AWSLogs/aws-account-id=123456789010/aws-service=vpcflowlogs/aws-region=us-east-1/year=2014/month=12/day=14/"},
		{"F1.803 per hour", "arn:aws:s3:::my-bucket/a/b", false, true, "a/b/AWSLogs/123456789010/vpcflowlogs/us-east-1/2014/12/14/04/"},
		{"F1.803 for Hive per hour", "arn:aws:s3:::my-bucket", true, true, "AWSLogs/aws-account-id=123456789010/aws-service=vpcflowlogs/aws-region=us-east-1/year=2014/month=12/day=14/hour=04/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			to := flowlog.Destination{Type: flowlog.S3, ARN: tt.arn, HiveCompatiblePartitions: tt.hive, PerHourPartition: tt.hour}
			key, err := deliver.ParseKey(put(t, batch(t, to, accepted)).Keys()[0])
			require.NoError(t, err)
			assert.Equal(t, tt.want, key.Folder())
		})
	}
}

// ending gives the accepted record another end.
func ending(end int64) string {
	return strings.Replace(accepted, "1418530070", fmt.Sprint(end), 1)
}

func TestFiveMinutes(t *testing.T) {
	const at0405 = 1418529900 // 2014-12-14 04:05:00 UTC
	first, last, next := ending(at0405), ending(at0405+299), ending(at0405+300)
	files := put(t, batch(t, toS3, first, next), batch(t, toS3, last))
	got := make(map[int64][]flowlog.Record)
	for path, body := range files {
		key, err := deliver.ParseKey(path)
		require.NoError(t, err)
		got[key.Start] = readBack(t, body)
	}
	want := map[int64][]flowlog.Record{ // F1.804 F1.805
		at0405:       {record(t, first), record(t, last)},
		at0405 + 300: {record(t, next)},
	}
	assert.Equal(t, want, got)
}

// What comes later for the same five minutes is in a second file, even where the lines are the same.
func TestSeveralFiles(t *testing.T) {
	files := deliver.Files{}
	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"": files}}
	b := batch(t, toS3, accepted)
	b.FlowLog.Format = flowlog.Format{flowlog.FieldDstPort}
	require.NoError(t, sink.Deliver(context.Background(), []flowlog.Batch{b}))
	b.Records[0].SrcPort++
	require.NoError(t, sink.Deliver(context.Background(), []flowlog.Batch{b}))
	require.NoError(t, sink.Deliver(context.Background(), []flowlog.Batch{b}))
	require.Len(t, files, 3, "F1.805 though the records are the same")
	for _, path := range files.Keys() {
		assert.Equal(t, "dstport\n22\n", unzip(t, files[path]), "F1.806")
	}
}

func TestFullFile(t *testing.T) {
	header := len(flowlog.Default.Header()) + 1
	sink := &deliver.S3{MaxFile: header + 2*(len(accepted)+1)}
	files, err := sink.Files([]flowlog.Batch{batch(t, toS3, accepted, accepted, accepted, accepted, accepted)})
	require.NoError(t, err)
	var records []int
	keys := make(map[string]bool)
	for _, f := range files {
		records = append(records, f.Records)
		keys[f.Key.String()] = true
		assert.LessOrEqual(t, len(unzip(t, f.Body)), sink.MaxFile)
		assert.Equal(t, "my-bucket", f.Bucket)
	}
	assert.Equal(t, []int{2, 2, 1}, records, "F1.805 several files for five minutes")
	assert.Len(t, keys, 3, "F1.804 their hashes differ")

	sink.MaxFile = 1
	files, err = sink.Files([]flowlog.Batch{batch(t, toS3, accepted, rejected)})
	require.NoError(t, err)
	assert.Len(t, files, 2, "a record a file where it can't be less")
}

// Files are of one flow log, format and Region each.
func TestFilesApart(t *testing.T) {
	one := batch(t, toS3, accepted)
	two, three, four := one, one, one
	two.FlowLog.ID = "fl-2"
	three.FlowLog.Format = flowlog.Format{flowlog.FieldSrcAddr}
	four.Region = "eu-west-1"
	other := batch(t, toS3, rejected)
	other.Interface = "eni-other"
	sink := &deliver.S3{}
	files, err := sink.Files([]flowlog.Batch{one, two, three, four, other})
	require.NoError(t, err)
	require.Len(t, files, 4)
	assert.NotEqual(t, files[0].Key, files[2].Key, "F1.804 nor do two formats share one")
	assert.Equal(t, 2, files[0].Records, "F1.804 the interfaces of a flow log share a file")
}

func TestParquetFiles(t *testing.T) {
	to := toS3
	to.FileFormat = flowlog.Parquet
	b := batch(t, to, accepted, rejected)
	sink := &deliver.S3{Parquet: func(w io.Writer, f flowlog.Format, records []flowlog.Record) error {
		_, err := fmt.Fprint(w, len(f), " columns ", len(records), " rows")
		return err
	}}
	files, err := sink.Files([]flowlog.Batch{b})
	require.NoError(t, err)
	require.Len(t, files, 1)
	assert.Equal(t, "14 columns 2 rows", string(files[0].Body), "F1.807 as the encoder writes it")
	assert.True(t, strings.HasSuffix(files[0].Key.String(), ".log.parquet"), "F1.807")

	sink.Parquet = func(io.Writer, flowlog.Format, []flowlog.Record) error { return errors.New("no such column") }
	_, err = sink.Files([]flowlog.Batch{b})
	assert.ErrorContains(t, err, "no such column")
	_, err = (&deliver.S3{}).Files([]flowlog.Batch{b})
	assert.ErrorContains(t, err, "its file format is parquet, and the sink has no encoder")
}

type full struct{}

func (full) Put(context.Context, string, []byte) error { return errors.New("the disk is full") }

// One mistake does not keep the rest back.
func TestS3Mistakes(t *testing.T) {
	good := batch(t, toS3, accepted)
	for _, tt := range []struct {
		name   string
		change func(*flowlog.Batch)
		want   string
	}{
		{"F1.808 a prefix AWSLogs", func(b *flowlog.Batch) { b.FlowLog.Destination.ARN = "arn:aws:s3:::my-bucket/AWSLogs/" }, "AWS keeps the folder name AWSLogs for itself"},
		{"F1.801 no Region", func(b *flowlog.Batch) { b.Region = "" }, `flow log "fl-1234abcd", interface "eni-1235b8ca123456789": deliver: key: region ""`},
		{"F1.014 another destination", func(b *flowlog.Batch) { b.FlowLog.Destination = toLogs }, "its destination is cloud-watch-logs: want s3"},
		{"F1.804 a record without an end", func(b *flowlog.Batch) { b.Records[0].Missing |= flowlog.SetOf(flowlog.FieldEnd) }, "a record without an end"},
		{"F1.114 a record without a line", func(b *flowlog.Batch) { b.Records[0].LogStatus = 0 }, "log-status"},
		{"F1.014 no such bucket", func(b *flowlog.Batch) { b.FlowLog.Destination.ARN = "arn:aws:s3:::other" }, `bucket "other"`},
		{"F1.014 the bucket fails", func(b *flowlog.Batch) { b.FlowLog.Destination.ARN = "arn:aws:s3:::full" }, "the disk is full"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bad := batch(t, toS3, rejected)
			tt.change(&bad)
			files := deliver.Files{}
			sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"my-bucket": files, "full": full{}}}
			assert.ErrorContains(t, sink.Deliver(context.Background(), []flowlog.Batch{bad, good}), tt.want)
			require.Len(t, files, 1)
			assert.Equal(t, good.Records, readBack(t, files[files.Keys()[0]]))
		})
	}
}
