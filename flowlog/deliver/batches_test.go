package deliver_test

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
)

// The two records of AWS's examples that are not about pings (F1.701, F1.702), and the one without traffic
// (F1.703).
const (
	accepted = "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK"
	rejected = "2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK"
	noData   = "2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA"
)

var (
	toLogs     = flowlog.Destination{LogGroup: "/aws/vpc/flowlogs"}
	toS3       = flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::my-bucket/my-logs/"}
	toFirehose = flowlog.Destination{Type: flowlog.Firehose, ARN: "arn:aws:firehose:us-east-1:123456789010:deliverystream/my-stream"}
)

// batch is one of a flow log fl-1234abcd at one interface.
func batch(t *testing.T, to flowlog.Destination, lines ...string) flowlog.Batch {
	t.Helper()
	b := flowlog.Batch{
		FlowLog:   flowlog.FlowLog{ID: "fl-1234abcd", Account: "123456789010", Destination: to},
		Interface: "eni-1235b8ca123456789", Region: "us-east-1",
	}
	for _, line := range lines {
		b.Records = append(b.Records, record(t, line))
		b.Delivered = time.Unix(b.Records[0].End+300, 0)
	}
	return b
}

func record(t *testing.T, line string) flowlog.Record {
	t.Helper()
	r, err := flowlog.ParseLine(flowlog.Default, line)
	require.NoError(t, err)
	return r
}

// readBack reads records as anyone would.
func readBack(t *testing.T, text []byte, options ...flowlog.ReaderOption) (records []flowlog.Record) {
	t.Helper()
	r := flowlog.NewReader(bytes.NewReader(text), options...)
	for {
		record, err := r.Read()
		if err == io.EOF {
			return records
		}
		require.NoError(t, err)
		records = append(records, record)
	}
}
