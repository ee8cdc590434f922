package deliver

import (
	"context"
	"errors"
	"fmt"

	"github.com/packetwalk/packetwalk/flowlog"
)

// Sink takes the records of flow logs, to put them where they go.
type Sink interface {
	// Deliver puts the records of all batches. What can't be put is told in the error, each batch or file by
	// itself ([errors.Join]); all else is put all the same. The batches must not be changed.
	Deliver(ctx context.Context, batches []flowlog.Batch) error
}

// Func makes a sink of a function.
type Func func(ctx context.Context, batches []flowlog.Batch) error

// Deliver calls f.
func (f Func) Deliver(ctx context.Context, batches []flowlog.Batch) error { return f(ctx, batches) }

// ByDestination is a sink that sends each batch to the sink of its flow log's destination (F1.014). A sink
// that is nil takes nothing: a batch for it is an error.
type ByDestination struct {
	CloudWatchLogs Sink // such as a [LogGroups]; flow logs without a destination go there too
	S3             Sink // such as a [*S3]
	Firehose       Sink // such as a [*Firehose]
}

var (
	_ Sink = Func(nil)
	_ Sink = ByDestination{}
	_ Sink = (*S3)(nil)
	_ Sink = (*LogGroups)(nil)
	_ Sink = (*Firehose)(nil)
	_ Sink = (*Lines)(nil)
)

// Deliver gives each sink its batches, all at once and in their order.
func (d ByDestination) Deliver(ctx context.Context, batches []flowlog.Batch) error {
	var errs []error
	for _, route := range []struct {
		to   flowlog.DestinationType
		sink Sink
	}{{flowlog.CloudWatchLogs, d.CloudWatchLogs}, {flowlog.S3, d.S3}, {flowlog.Firehose, d.Firehose}} {
		mine := ofType(batches, route.to)
		switch {
		case len(mine) == 0:
		case route.sink == nil:
			errs = append(errs, fmt.Errorf("deliver: flow log %q: there is no sink for its destination %s", mine[0].FlowLog.ID, route.to))
		default:
			errs = append(errs, route.sink.Deliver(ctx, mine))
		}
	}
	for i := range batches {
		if b := &batches[i]; typeOf(b) > flowlog.Firehose {
			errs = append(errs, batchError(b, fmt.Errorf("its destination is %s, which there is not", typeOf(b))))
		}
	}
	return errors.Join(errs...)
}

// ofType gives the batches that go to a type of destination.
func ofType(batches []flowlog.Batch, to flowlog.DestinationType) (list []flowlog.Batch) {
	for _, b := range batches {
		if typeOf(&b) == to {
			list = append(list, b)
		}
	}
	return list
}

func typeOf(b *flowlog.Batch) flowlog.DestinationType {
	if b.FlowLog.Destination.Type == 0 {
		return flowlog.CloudWatchLogs
	}
	return b.FlowLog.Destination.Type
}

// wrongType is the error for a batch that came to the sink of another type of destination.
func wrongType(b *flowlog.Batch, want flowlog.DestinationType) error {
	if typeOf(b) == want {
		return nil
	}
	return batchError(b, fmt.Errorf("its destination is %s: want %s", typeOf(b), want))
}

// batchError says of which batch an error is.
func batchError(b *flowlog.Batch, err error) error {
	return fmt.Errorf("deliver: flow log %q, interface %q: %w", b.FlowLog.ID, watched(b), err)
}

// watched is the interface of a batch; the NAT gateway itself where that is a regional one, which has none.
func watched(b *flowlog.Batch) string {
	if b.Interface == "" {
		return b.Resource
	}
	return b.Interface
}
