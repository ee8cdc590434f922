package deliver

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/packetwalk/packetwalk/flowlog"
)

// Lines is a sink that writes a record a line, whatever the destination of its flow log. Make one with
// [NewLines]. It is not safe for use by several goroutines at once.
type Lines struct {
	w      io.Writer
	header bool
	above  string // the header line above the next line
	buffer []byte
}

// NewLines gives a sink that writes to w. With a header, a line of field names stands above the first record,
// and again wherever the flow log's format is another than that of the record before (F1.806):
// [flowlog.NewReader] reads them all. Without, lines of several formats can't be told apart.
func NewLines(w io.Writer, header bool) *Lines { return &Lines{w: w, header: header} }

// Deliver writes the batches' records, in one call of the writer. A record that has no line in its flow log's
// format is left out and told in the error.
func (l *Lines) Deliver(_ context.Context, batches []flowlog.Batch) error {
	if l.w == nil {
		return errors.New("deliver: there is no writer for lines")
	}
	var errs []error
	l.buffer = l.buffer[:0]
	for i := range batches {
		b := &batches[i]
		format := b.FlowLog.Shows()
		for j := range b.Records {
			if err := b.Records[j].Check(format); err != nil {
				errs = append(errs, batchError(b, err))
				continue
			}
			l.title(format)
			l.buffer = append(b.Records[j].Append(l.buffer, format), '\n')
		}
	}
	if len(l.buffer) > 0 {
		if _, err := l.w.Write(l.buffer); err != nil {
			errs = append(errs, fmt.Errorf("deliver: %w", err))
		}
	}
	return errors.Join(errs...)
}

// title writes the header line where another one stands above.
func (l *Lines) title(format flowlog.Format) {
	if !l.header {
		return
	}
	if title := format.Header(); title != l.above {
		l.above = title
		l.buffer = append(append(l.buffer, title...), '\n')
	}
}
