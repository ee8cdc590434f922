package dir_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
	"github.com/packetwalk/packetwalk/flowlog/deliver/dir"
)

func Example() {
	folder, err := os.MkdirTemp("", "bucket")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)

	rejected, _ := flowlog.ParseLine(flowlog.Default, "2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK")
	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"my-bucket": dir.Bucket(folder)}}
	err = sink.Deliver(context.Background(), []flowlog.Batch{{
		FlowLog: flowlog.FlowLog{
			ID: "fl-1", Account: "123456789010",
			Destination: flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::my-bucket"},
		},
		Interface: "eni-1235b8ca123456789", Region: "us-east-1",
		Records: []flowlog.Record{rejected},
	}})
	fmt.Println(err)
	fmt.Println(fs.Glob(os.DirFS(folder), "AWSLogs/123456789010/vpcflowlogs/us-east-1/2014/12/14"))
	// Output:
	// <nil>
	// [AWSLogs/123456789010/vpcflowlogs/us-east-1/2014/12/14] <nil>
}

func TestPut(t *testing.T) {
	ctx, folder := context.Background(), filepath.Join(t.TempDir(), "made", "with", "the-first-file")
	b := dir.Bucket(folder)
	require.NoError(t, b.Put(ctx, "year=2018/a.log.gz", []byte("first")))
	require.NoError(t, b.Put(ctx, "year=2018/a.log.gz", []byte("second")))
	text, err := os.ReadFile(filepath.Join(folder, "year=2018", "a.log.gz"))
	require.NoError(t, err)
	assert.Equal(t, "second", string(text))

	entries, err := os.ReadDir(filepath.Join(folder, "year=2018"))
	require.NoError(t, err)
	assert.Len(t, entries, 1, "nothing else is left behind")
}

func TestPutFails(t *testing.T) {
	parent := t.TempDir()
	b := dir.Bucket(filepath.Join(parent, "bucket"))
	for _, key := range []string{"", ".", "..", "../outside", "a/../../outside", "/etc/outside", "a//b", "a/"} {
		assert.ErrorContains(t, b.Put(context.Background(), key, nil), "want folders and a name", "key %q", key)
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	assert.ErrorIs(t, b.Put(done, "a", nil), context.Canceled)
	entries, err := os.ReadDir(parent)
	require.NoError(t, err)
	assert.Empty(t, entries, "nothing was written")

	require.NoError(t, b.Put(context.Background(), "file", nil))
	assert.Error(t, b.Put(context.Background(), "file/below", nil), "a file is no folder")
	require.NoError(t, b.Put(context.Background(), "folder/file", nil))
	assert.Error(t, b.Put(context.Background(), "folder", nil), "a folder is no file")
}
