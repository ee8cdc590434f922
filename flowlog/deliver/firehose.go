package deliver

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/flowlog"
)

// maxPutRecords is how many records one call of Firehose takes (API reference of Amazon Data Firehose,
// PutRecordBatch).
const maxPutRecords = 500

// Firehose is a sink that hands records to streams of Amazon Data Firehose, as flow logs of destination
// kinesis-data-firehose do (F1.014). Each record is one of Firehose's: JSON with the line as its only member,
// without a newline, `{"message":"2 123456789010 eni-..."}`. What Firehose makes of them is the stream's to
// say.
type Firehose struct {
	// Put takes at most 500 records for the stream of a name, such as "my-stream" of the ARN
	// "arn:aws:firehose:us-east-1:123456789012:deliverystream/my-stream". Where it is nil, delivery is an error.
	Put func(ctx context.Context, stream string, records [][]byte) error
}

// Deliver hands on the batches' records, those of each batch by themselves. A record that has no line in its
// flow log's format is left out and told in the error.
func (f *Firehose) Deliver(ctx context.Context, batches []flowlog.Batch) error {
	var errs []error
	for i := range batches {
		b := &batches[i]
		if err := wrongType(b, flowlog.Firehose); err != nil {
			errs = append(errs, err)
			continue
		}
		if f.Put == nil {
			errs = append(errs, batchError(b, errors.New("there is no Firehose.Put to take its records")))
			continue
		}
		errs = append(errs, f.deliver(ctx, b))
	}
	return errors.Join(errs...)
}

func (f *Firehose) deliver(ctx context.Context, b *flowlog.Batch) error {
	_, stream, _ := strings.Cut(b.FlowLog.Destination.ARN, ":deliverystream/")
	if stream == "" {
		return batchError(b, fmt.Errorf("destination %q: want the ARN of a Firehose stream", b.FlowLog.Destination.ARN))
	}
	var (
		errs    []error
		records [][]byte
		format  = b.FlowLog.Shows()
	)
	for i := range b.Records {
		r := &b.Records[i]
		if err := r.Check(format); err != nil {
			errs = append(errs, batchError(b, err))
			continue
		}
		record, err := marshal(firehoseRecord{string(r.Append(nil, format))})
		if err != nil {
			return batchError(b, err)
		}
		records = append(records, record)
	}
	for some := range slices.Chunk(records, maxPutRecords) {
		if err := f.Put(ctx, stream, some); err != nil {
			errs = append(errs, batchError(b, fmt.Errorf("stream %q: %w", stream, err)))
		}
	}
	return errors.Join(errs...)
}

type firehoseRecord struct {
	Message string `json:"message"`
}
