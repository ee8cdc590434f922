package deliver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"

	"github.com/packetwalk/packetwalk/flowlog"
)

// LogGroups is a sink that keeps records as Amazon CloudWatch Logs does: in a log group a stream for each
// network interface, whichever flow log writes to it (F1.812), and in it an event for each record, without a
// header line (F1.806). It keeps every event for good.
//
// The zero LogGroups is empty and ready for use. It is safe for use by several goroutines at once, and not to
// be copied after its first use.
type LogGroups struct {
	mutex         sync.Mutex
	streams       map[streamKey]*Stream
	subscriptions []subscription
	events        int64 // how many there are so far
}

type streamKey struct{ account, region, group, name string }

// Stream is a log stream. As JSON it is what `aws logs get-log-events` prints of it, without tokens.
type Stream struct {
	Account  string `json:"-"` // of the flow log
	Region   string `json:"-"`
	LogGroup string `json:"-"`
	Name     string `json:"-"` // such as "eni-0c19436730cc350ae-all", see [StreamName]

	Events []Event `json:"events"` // by their timestamps
}

// Event is a log event: a record.
type Event struct {
	ID            string `json:"-"`             // 56 digits, another for each event of the sink's
	Timestamp     int64  `json:"timestamp"`     // the record's start, in milliseconds of Unix time (F1.815)
	Message       string `json:"message"`       // the record's line
	IngestionTime int64  `json:"ingestionTime"` // when the record came, in milliseconds, later than its end (F1.815)
}

// StreamName gives the name of an interface's stream: "eni-0c19436730cc350ae-all" (F1.813), and "-accept" or
// "-reject" for a flow log that has such records only (F1.814, an assumption). Of a regional NAT gateway,
// which has no interface, the name begins with the gateway's ID, which is an assumption too.
func StreamName(id string, t flowlog.TrafficType) string {
	switch t {
	case flowlog.TrafficAccept:
		return id + "-accept"
	case flowlog.TrafficReject:
		return id + "-reject"
	}
	return id + "-all"
}

// Deliver adds the batches' records to their streams and hands them to the subscriptions of their log groups.
// A record that has no line in its flow log's format is left out and told in the error.
func (g *LogGroups) Deliver(ctx context.Context, batches []flowlog.Batch) error {
	var errs []error
	for i := range batches {
		b := &batches[i]
		if err := wrongType(b, flowlog.CloudWatchLogs); err != nil {
			errs = append(errs, err)
			continue
		}
		stream, events, err := g.add(b)
		errs = append(errs, err)
		for _, s := range g.subscribed(stream.LogGroup) {
			errs = append(errs, s.hand(ctx, stream, events))
		}
	}
	return errors.Join(errs...)
}

// add adds a batch's records. It gives the stream, without its events, and the new ones.
func (g *LogGroups) add(b *flowlog.Batch) (Stream, []Event, error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	events, err := g.eventsOf(b)
	l := &b.FlowLog
	stream := Stream{
		Account: l.Account, Region: b.Region, LogGroup: cmp.Or(l.Destination.LogGroup, l.ID),
		Name: StreamName(watched(b), l.TrafficType),
	}
	if len(events) == 0 {
		return stream, nil, err
	}
	key := streamKey{stream.Account, stream.Region, stream.LogGroup, stream.Name}
	kept := g.streams[key]
	if kept == nil {
		if g.streams == nil {
			g.streams = make(map[streamKey]*Stream)
		}
		first := stream
		kept = &first
		g.streams[key] = kept
	}
	inOrder := len(kept.Events) == 0 || kept.Events[len(kept.Events)-1].Timestamp <= events[0].Timestamp
	kept.Events = append(kept.Events, events...)
	if !inOrder {
		sortEvents(kept.Events)
	}
	return stream, events, err
}

// eventsOf makes events of a batch's records, by their timestamps.
func (g *LogGroups) eventsOf(b *flowlog.Batch) ([]Event, error) {
	var errs []error
	format := b.FlowLog.Shows()
	events := make([]Event, 0, len(b.Records))
	for i := range b.Records {
		r := &b.Records[i]
		if r.Missing.Has(flowlog.FieldStart) {
			errs = append(errs, batchError(b, errors.New("a record without a start, which is its event's time")))
			continue
		}
		if err := r.Check(format); err != nil {
			errs = append(errs, batchError(b, err))
			continue
		}
		e := Event{Timestamp: r.Start * 1000, Message: string(r.Append(nil, format))}
		e.IngestionTime = max(b.Delivered.UnixMilli(), r.End*1000+1)
		e.ID = eventID(e.Timestamp, e.IngestionTime, g.events)
		g.events++
		events = append(events, e)
	}
	sortEvents(events)
	return events, errors.Join(errs...)
}

func sortEvents(events []Event) {
	slices.SortStableFunc(events, func(a, b Event) int { return cmp.Compare(a.Timestamp, b.Timestamp) })
}

// eventID gives an event an ID that is made as that in the example of AWS's page SubscriptionFilters can be
// read: the timestamp, 64 bits of when it came, and 80 bits that tell it from others, here its number. AWS
// does not say so.
func eventID(timestamp, ingestion, number int64) string {
	id := big.NewInt(timestamp)
	id.Lsh(id, 64).Add(id, big.NewInt(ingestion))
	id.Lsh(id, 80).Add(id, big.NewInt(number))
	return fmt.Sprintf("%056d", id)
}

// Stream gives a copy of the stream of a log group; ok is false where there is none. Where several accounts
// or Regions have a log group of the name and each a stream of that name in it, which interfaces' IDs rule
// out, it is the first by account and Region.
func (g *LogGroups) Stream(group, name string) (s Stream, ok bool) {
	for _, s := range g.Streams() {
		if s.LogGroup == group && s.Name == name {
			return s, true
		}
	}
	return Stream{}, false
}

// Streams gives a copy of all streams, by account, Region, log group and name.
func (g *LogGroups) Streams() []Stream {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	list := make([]Stream, 0, len(g.streams))
	for _, s := range g.streams {
		copied := *s
		copied.Events = slices.Clone(s.Events)
		list = append(list, copied)
	}
	slices.SortFunc(list, func(a, b Stream) int {
		return cmp.Or(
			strings.Compare(a.Account, b.Account), strings.Compare(a.Region, b.Region),
			strings.Compare(a.LogGroup, b.LogGroup), strings.Compare(a.Name, b.Name),
		)
	})
	return list
}
