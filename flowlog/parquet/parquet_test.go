package parquet_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	pq "github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
	"github.com/packetwalk/packetwalk/flowlog/parquet"
)

// TestDelivered: F1.807 a flow log whose files are Parquet delivers them by this encoder, as .log.parquet.
func TestDelivered(t *testing.T) {
	_, _, records := files[0].read(t)
	put := make(deliver.Files)
	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"amzn-s3-demo-bucket": put}, Parquet: parquet.Write}
	require.NoError(t, sink.Deliver(context.Background(), []flowlog.Batch{{
		FlowLog: flowlog.FlowLog{
			ID: "fl-1234abcd", Account: "123456789010",
			Destination: flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::amzn-s3-demo-bucket", FileFormat: flowlog.Parquet},
		},
		Region: "us-east-1", Records: records,
	}}))
	require.Len(t, put, 1)
	key := put.Keys()[0]
	assert.Regexp(t, `^AWSLogs/123456789010/vpcflowlogs/us-east-1/2014/12/14/123456789010_vpcflowlogs_us-east-1_fl-1234abcd_`+
		`20141214T0405Z_[0-9a-f]+\.log\.parquet$`, key)
	_, got, err := parquet.Read(bytes.NewReader(put[key]), int64(len(put[key])))
	require.NoError(t, err)
	assert.Equal(t, records, got)
}

// TestThereAndBack wants the records that were written, and the same bytes when they are written again.
func TestThereAndBack(t *testing.T) {
	for _, c := range files {
		t.Run(c.name, func(t *testing.T) {
			format, _, records := c.read(t)
			var first, second bytes.Buffer
			require.NoError(t, parquet.Write(&first, format, records))
			gotFormat, got, err := parquet.Read(bytes.NewReader(first.Bytes()), int64(first.Len()))
			require.NoError(t, err)
			assert.Equal(t, format, gotFormat)
			assert.Equal(t, records, got)

			require.NoError(t, parquet.Write(&second, format, records))
			assert.True(t, bytes.Equal(first.Bytes(), second.Bytes()), "the same records, other bytes")
		})
	}
}

// TestManyRecords writes more than fits into one batch of rows.
func TestManyRecords(t *testing.T) {
	_, _, few := files[0].read(t)
	var records []flowlog.Record
	for i := range int64(5000) {
		r := few[i%2]
		r.Packets, r.End = i, r.End+i
		records = append(records, r)
	}
	var b bytes.Buffer
	require.NoError(t, parquet.Write(&b, nil, records))
	format, got, err := parquet.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	assert.Equal(t, flowlog.Default, format)
	assert.Equal(t, records, got)
}

// TestVersion: F1.003 a record that says no version has that of the format.
func TestVersion(t *testing.T) {
	format := flowlog.MustParseFormat("version log-status traffic-path")
	var b bytes.Buffer
	require.NoError(t, parquet.Write(&b, format, []flowlog.Record{{LogStatus: flowlog.StatusOK}}))
	_, got, err := parquet.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	assert.Equal(t, 5, got[0].Version)
}

func TestNoRecords(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, parquet.Write(&b, flowlog.All, nil))
	format, got, err := parquet.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	assert.Equal(t, flowlog.All, format)
	assert.Empty(t, got)
}

func TestWriteMistakes(t *testing.T) {
	ok := flowlog.Record{LogStatus: flowlog.StatusOK}
	var b bytes.Buffer
	err := parquet.Write(&b, flowlog.Format{flowlog.FieldEnd, flowlog.FieldEnd}, nil)
	assert.ErrorContains(t, err, "end stands twice")

	blank := ok
	blank.VPCID = "a vpc"
	err = parquet.Write(&b, flowlog.All, []flowlog.Record{ok, blank})
	assert.ErrorContains(t, err, "record 1")
	assert.Zero(t, b.Len(), "nothing is written then")

	full := errors.New("disk full")
	assert.ErrorIs(t, parquet.Write(failing{full}, nil, []flowlog.Record{ok}), full)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestReadOfOthers reads what others may have written out of text: in another order, wider, and without
// nulls.
func TestReadOfOthers(t *testing.T) {
	type row struct {
		End       int64   `parquet:"end"`
		SrcPort   int64   `parquet:"srcport"`
		TCPFlags  *int32  `parquet:"tcp_flags"`
		LogStatus string  `parquet:"log_status"`
		Tag       *string `parquet:"instance_tag_2"`
	}
	var b bytes.Buffer
	require.NoError(t, pq.Write(&b, []row{{End: 1418530070, SrcPort: 443, LogStatus: "OK"}}))
	format, got, err := parquet.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	assert.Equal(t, "end srcport tcp-flags log-status instance-tag-2", format.Header())
	assert.Equal(t, "1418530070 443 - OK -", string(got[0].Append(nil, format)))
}

func TestReadMistakes(t *testing.T) {
	type wrong struct {
		End       string  `parquet:"end"`
		Bytes     float64 `parquet:"bytes"`
		AccountID string  `parquet:"account-id"`
		Colour    string  `parquet:"colour"`
		Srcaddr   []string
	}
	var b bytes.Buffer
	require.NoError(t, pq.Write(&b, []wrong{{}}))
	_, _, err := parquet.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	for _, want := range []string{`"end"`, "INT_64", `"bytes"`, `"account-id"`, `"colour"`, `"Srcaddr"`} {
		assert.ErrorContains(t, err, want)
	}

	type odd struct {
		SrcPort int32 `parquet:"srcport"`
	}
	b.Reset()
	require.NoError(t, pq.Write(&b, []odd{{1}, {70000}}))
	_, _, err = parquet.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	assert.ErrorContains(t, err, "row 1")
	assert.ErrorContains(t, err, "70000")
}

// TestReadBroken wants an error, and no panic, for a file that is cut off anywhere.
func TestReadBroken(t *testing.T) {
	format, _, records := files[0].read(t)
	var b bytes.Buffer
	require.NoError(t, parquet.Write(&b, format, records))
	for n := range b.Len() {
		_, _, err := parquet.Read(bytes.NewReader(b.Bytes()[:n]), int64(n))
		assert.Error(t, err, "the first %d bytes of %d", n, b.Len())
	}
}
