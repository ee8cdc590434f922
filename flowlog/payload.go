package flowlog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxPayload is how large the payload under "awslogs" may be once it is unpacked. Lambda's whole event is 6
// MB at most before that.
const maxPayload = 1 << 26

// maxValue is how large a JSON value may be, as each is read whole: what AWS hands out in one call is far
// below, and what its CLI puts together from many calls can be cut.
const maxValue = 1 << 27

// payload is an input of JSON values of CloudWatch Logs. Its lines are the messages of their events.
type payload struct {
	input  io.LimitedReader // what is left of maxValue
	most   int64            // maxValue
	values *json.Decoder
	events []event // of the value read last
}

// event is a log event: of get-log-events, filter-log-events or a subscription's payload.
type event struct {
	Message *string `json:"message"`
}

// value is any of the JSON objects that hold log events, or is one.
type value struct {
	Events      []event `json:"events"`      // get-log-events, filter-log-events
	MessageType string  `json:"messageType"` // a subscription's payload: DATA_MESSAGE or CONTROL_MESSAGE
	LogEvents   []event `json:"logEvents"`
	AWSLogs     *struct {
		Data []byte `json:"data"` // the payload, compressed by gzip, in base64
	} `json:"awslogs"`
	Message *string `json:"message"` // a record as Data Firehose gets it
}

func newPayload(input *bufio.Reader, most int64) *payload {
	p := &payload{input: io.LimitedReader{R: input}, most: most}
	p.values = json.NewDecoder(&p.input)
	return p
}

func (p *payload) next() ([]byte, error) {
	for len(p.events) == 0 {
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		events, err := v.unpack()
		if err != nil {
			return nil, badValue(err)
		}
		p.events = events
	}
	message := p.events[0].Message
	p.events = p.events[1:]
	if message == nil {
		return nil, badLine("the event has no message")
	}
	return bytes.TrimSuffix([]byte(*message), []byte{'\n'}), nil
}

// value reads the next value. One that is JSON of another shape is a badLine.
func (p *payload) value() (v value, err error) {
	p.input.N = p.most
	err = p.values.Decode(&v)
	var shape *json.UnmarshalTypeError
	switch {
	case err == nil:
		return v, nil
	case errors.As(err, &shape):
		return v, badValue(err)
	case p.input.N <= 0:
		err = fmt.Errorf("a JSON value larger than %d bytes", p.most)
	case err == io.EOF:
		return v, err
	}
	return v, fmt.Errorf("flowlog: CloudWatch Logs: %w", err)
}

// badValue is the error of a value that is no log events, beside which the others can be read.
func badValue(err error) badLine { return badLine("CloudWatch Logs: " + err.Error()) }

// unpack gives the events of a value. Those of a control message, with which a subscription is tried out,
// are no records.
func (v *value) unpack() ([]event, error) {
	if v.AWSLogs != nil {
		return unzip(v.AWSLogs.Data)
	}
	switch v.MessageType {
	case "CONTROL_MESSAGE":
		return nil, nil
	case "DATA_MESSAGE":
		return v.LogEvents, nil
	case "":
		if v.Message != nil {
			return []event{{v.Message}}, nil
		}
		if v.Events == nil && v.LogEvents == nil {
			return nil, errors.New(`JSON without "events", "logEvents", "awslogs" or "message"`)
		}
		return append(v.Events, v.LogEvents...), nil
	}
	return nil, fmt.Errorf("messageType %s: want DATA_MESSAGE or CONTROL_MESSAGE", quoted(v.MessageType))
}

// unzip gives the events of the payload that Lambda gets.
func unzip(data []byte) ([]event, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("awslogs.data: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(unzipped, maxPayload+1))
	if err != nil {
		return nil, fmt.Errorf("awslogs.data: %w", err)
	}
	if len(text) > maxPayload {
		return nil, fmt.Errorf("awslogs.data is larger than %d bytes once it is unpacked", maxPayload)
	}
	var v value
	if err := json.Unmarshal(text, &v); err != nil {
		return nil, fmt.Errorf("awslogs.data: %w", err)
	}
	if v.AWSLogs != nil {
		return nil, errors.New("awslogs.data holds awslogs again")
	}
	return v.unpack()
}
