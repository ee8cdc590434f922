package deliver

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// What CloudWatch Logs takes in one call of PutLogEvents: so many events, and so many bytes with 26 for each
// event beside its message (API reference of CloudWatch Logs, PutLogEvents).
const (
	maxEvents     = 10_000
	maxEventBytes = 1 << 20
	eventOverhead = 26
)

// Payload is what a subscription of a log group is handed: events of one stream. Its JSON is that of
// CloudWatch Logs.
type Payload struct {
	MessageType         string         `json:"messageType"` // DATA_MESSAGE
	Owner               string         `json:"owner"`       // the account whose log group it is
	LogGroup            string         `json:"logGroup"`
	LogStream           string         `json:"logStream"`
	SubscriptionFilters []string       `json:"subscriptionFilters"`
	LogEvents           []PayloadEvent `json:"logEvents"`
}

// PayloadEvent is an event of a payload.
type PayloadEvent struct {
	ID        string `json:"id"`
	Timestamp int64  `json:"timestamp"` // the record's start, in milliseconds of Unix time (F1.815)
	Message   string `json:"message"`   // the record's line
}

// JSON gives the payload as it is before it is compressed.
func (p Payload) JSON() ([]byte, error) { return marshal(p) }

// Lambda gives the payload as the event of an AWS Lambda function: compressed by gzip, in base64, under
// "awslogs" and "data".
func (p Payload) Lambda() ([]byte, error) {
	text, err := p.JSON()
	if err != nil {
		return nil, err
	}
	var event struct {
		AWSLogs struct {
			Data []byte `json:"data"`
		} `json:"awslogs"`
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write(text); err != nil {
		return nil, fmt.Errorf("deliver: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("deliver: %w", err)
	}
	event.AWSLogs.Data = zipped.Bytes()
	return marshal(event)
}

// marshal gives JSON without escapes for HTML, which AWS does not make either, and without a newline.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("deliver: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

type subscription struct {
	group, filter string
	to            func(context.Context, Payload) error
}

// Subscribe calls to with the events that come to a log group from now on, a stream at a time and at most ten
// thousand events or about a megabyte of them. The filter is the subscription's name; it lets every event
// pass. An error of to is told by Deliver. A nil function takes nothing.
func (g *LogGroups) Subscribe(group, filter string, to func(context.Context, Payload) error) {
	if to == nil {
		return
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.subscriptions = append(g.subscriptions, subscription{group, filter, to})
}

// subscribed gives the subscriptions of a log group.
func (g *LogGroups) subscribed(group string) []subscription {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return slices.DeleteFunc(slices.Clone(g.subscriptions), func(s subscription) bool { return s.group != group })
}

// hand hands events over, as many payloads as it takes.
func (s *subscription) hand(ctx context.Context, stream Stream, events []Event) error {
	var errs []error
	for len(events) > 0 {
		n := inOneCall(events)
		p := Payload{
			MessageType: "DATA_MESSAGE", Owner: stream.Account, LogGroup: stream.LogGroup, LogStream: stream.Name,
			SubscriptionFilters: []string{s.filter}, LogEvents: make([]PayloadEvent, n),
		}
		for i, e := range events[:n] {
			p.LogEvents[i] = PayloadEvent{ID: e.ID, Timestamp: e.Timestamp, Message: e.Message}
		}
		if err := s.to(ctx, p); err != nil {
			errs = append(errs, fmt.Errorf("deliver: log group %q, stream %q, subscription %q: %w", stream.LogGroup, stream.Name, s.filter, err))
		}
		events = events[n:]
	}
	return errors.Join(errs...)
}

// inOneCall is how many of the events go together: one at least.
func inOneCall(events []Event) int {
	size := 0
	for i, e := range events {
		size += len(e.Message) + eventOverhead
		if i > 0 && (i == maxEvents || size > maxEventBytes) {
			return i
		}
	}
	return len(events)
}
