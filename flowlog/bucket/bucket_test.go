package bucket_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gocloud.dev/blob/memblob"
	"gocloud.dev/gcerrors"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/bucket"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
)

var _ deliver.Bucket = (*bucket.Bucket)(nil)

const bucketName = "amzn-s3-demo-bucket"

// lines are F1.701 and F1.702. They end at 2014-12-14 04:07:50, so in the five minutes from 04:05.
const lines = `2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK
2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK
`

// batch gives the lines as a flow log delivers them to the bucket.
func batch(t testing.TB, d flowlog.Destination) flowlog.Batch {
	t.Helper()
	d.Type, d.ARN = flowlog.S3, "arn:aws:s3:::"+bucketName
	b := flowlog.Batch{
		FlowLog:   flowlog.FlowLog{ID: "fl-1234abcd", Account: "123456789010", Resource: "eni-1235b8ca123456789", Destination: d},
		Interface: "eni-1235b8ca123456789",
		Region:    "us-east-1",
	}
	for r, err := range flowlog.NewReader(strings.NewReader(lines)).All() {
		require.NoError(t, err)
		b.Records = append(b.Records, r)
	}
	return b
}

// server starts a server that speaks S3, with one bucket, and gives its address.
func server(t testing.TB) string {
	t.Helper()
	backend := s3mem.New()
	require.NoError(t, backend.CreateBucket(bucketName))
	s := httptest.NewServer(gofakes3.New(backend).Server())
	t.Cleanup(s.Close)
	return s.URL
}

// urlOf gives the URL by which a bucket of the server is opened.
func urlOf(server, name string) string {
	return "s3://" + name + "?region=us-east-1&use_path_style=true&anonymous=true&endpoint=" + url.QueryEscape(server)
}

// TestServer delivers to a server that speaks S3, and looks at what it has by plain HTTP (item 133).
func TestServer(t *testing.T) {
	for _, c := range []struct {
		name        string
		destination flowlog.Destination
		folder      string
	}{
		{"F1.801 plain prefixes", flowlog.Destination{}, "AWSLogs/123456789010/vpcflowlogs/us-east-1/2014/12/14/"},
		{"F1.802 F1.803 Hive-compatible prefixes by the hour", flowlog.Destination{HiveCompatiblePartitions: true, PerHourPartition: true},
			"AWSLogs/aws-account-id=123456789010/aws-service=vpcflowlogs/aws-region=us-east-1/year=2014/month=12/day=14/hour=04/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, address := context.Background(), server(t)
			b, err := bucket.Open(ctx, urlOf(address, bucketName))
			require.NoError(t, err)
			defer b.Close()
			sink := &deliver.S3{Buckets: map[string]deliver.Bucket{bucketName: b}}
			want := batch(t, c.destination)
			require.NoError(t, sink.Deliver(ctx, []flowlog.Batch{want}))

			keys, err := b.Keys(ctx, c.folder+"123456789010_vpcflowlogs_us-east-1_fl-1234abcd_20141214T0405Z_")
			require.NoError(t, err)
			require.Len(t, keys, 1)
			assert.Equal(t, 1, strings.Count(keys[0], ".log.gz"), keys[0])

			response, err := http.Get(address + "/" + bucketName + "/" + keys[0])
			require.NoError(t, err)
			defer response.Body.Close()
			require.Equal(t, http.StatusOK, response.StatusCode)
			body, err := io.ReadAll(response.Body)
			require.NoError(t, err)
			assert.Equal(t, want.Records, read(t, body))

			same, err := b.Get(ctx, keys[0])
			require.NoError(t, err)
			assert.True(t, bytes.Equal(body, same))
		})
	}
}

func read(t testing.TB, file []byte) (records []flowlog.Record) {
	t.Helper()
	for r, err := range flowlog.NewReader(bytes.NewReader(file)).All() {
		require.NoError(t, err)
		records = append(records, r)
	}
	return records
}

// TestKinds has every kind of bucket keep, list, replace and give back.
func TestKinds(t *testing.T) {
	for name, open := range map[string]string{
		"memory": "mem://",
		"folder": "file://" + t.TempDir() + "/logs?create_dir=true&metadata=skip",
		"server": urlOf(server(t), bucketName),
		"prefix": urlOf(server(t), bucketName) + "&prefix=my-logs/",
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			b, err := bucket.Open(ctx, open)
			require.NoError(t, err)
			defer b.Close()
			for _, key := range []string{"AWSLogs/b=2/x.log.gz", "AWSLogs/a=1/x.log.gz", "other"} {
				require.NoError(t, b.Put(ctx, key, []byte("first")))
			}
			require.NoError(t, b.Put(ctx, "AWSLogs/b=2/x.log.gz", []byte("second")))
			keys, err := b.Keys(ctx, "AWSLogs/")
			require.NoError(t, err)
			assert.Equal(t, []string{"AWSLogs/a=1/x.log.gz", "AWSLogs/b=2/x.log.gz"}, keys)
			body, err := b.Get(ctx, "AWSLogs/b=2/x.log.gz")
			require.NoError(t, err)
			assert.Equal(t, "second", string(body))
		})
	}
}

// TestManyKeys lists more keys than S3 gives at a time, which is 1000.
func TestManyKeys(t *testing.T) {
	ctx := context.Background()
	b, err := bucket.Open(ctx, urlOf(server(t), bucketName))
	require.NoError(t, err)
	defer b.Close()
	for i := range 1001 {
		require.NoError(t, b.Put(ctx, fmt.Sprintf("k%04d", i), nil))
	}
	keys, err := b.Keys(ctx, "")
	require.NoError(t, err)
	require.Len(t, keys, 1001)
	assert.Equal(t, "k1000", keys[1000])
}

func TestMistakes(t *testing.T) {
	ctx := context.Background()
	_, err := bucket.Open(ctx, "ftp://logs")
	assert.ErrorContains(t, err, `"ftp://logs"`)

	b := bucket.Of(memblob.OpenBucket(nil))
	_, err = b.Get(ctx, "AWSLogs/x")
	assert.ErrorContains(t, err, `get "AWSLogs/x"`)
	assert.Equal(t, gcerrors.NotFound, gcerrors.Code(err))
	require.NoError(t, b.Close())
	assert.ErrorContains(t, b.Put(ctx, "AWSLogs/x", nil), `put "AWSLogs/x"`)
	_, err = b.Keys(ctx, "AWSLogs/")
	assert.ErrorContains(t, err, `list "AWSLogs/"`)

	// A bucket that is not there: the delivery's error says which flow log and key.
	missing, err := bucket.Open(ctx, urlOf(server(t), "elsewhere"))
	require.NoError(t, err)
	defer missing.Close()
	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{bucketName: missing}}
	err = sink.Deliver(ctx, []flowlog.Batch{batch(t, flowlog.Destination{})})
	assert.ErrorContains(t, err, "fl-1234abcd")
	assert.ErrorContains(t, err, "NoSuchBucket")
}
