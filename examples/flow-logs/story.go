package main

import (
	"fmt"
	"io"
	"time"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// dawn is when each scene begins: 1700000400 in Unix seconds, and the start of an interval.
var dawn = time.Date(2023, 11, 14, 22, 20, 0, 0, time.UTC)

// scene is a network with flow logs, and what happens in it.
type scene struct {
	title   string
	network func(*packetwalk.Builder)
	steps   []step
	why     string
}

// step is what happens next.
type step func(*story) error

// story is a scene as it is told.
type story struct {
	w       io.Writer
	session *packetwalk.Session
	open    packetwalk.Flow // the connection that asks and answers are about
}

func (s scene) play(w io.Writer, number int) error {
	b := packetwalk.New()
	s.network(b)
	n, err := b.Build()
	if err != nil {
		return fmt.Errorf("scene %d: %w", number, err)
	}
	t := &story{w: w, session: n.NewSession(dawn)}
	fmt.Fprintf(w, "%d. %s\n", number, s.title)
	for _, next := range s.steps {
		if err := next(t); err != nil {
			return fmt.Errorf("scene %d: %w", number, err)
		}
	}
	_, err = fmt.Fprintf(w, "   %s\n\n", s.why)
	return err
}

func (t *story) tell(format string, args ...any) {
	fmt.Fprintf(t.w, "     %s\n", fmt.Sprintf(format, args...))
}

// call lets a connection happen, from its first packet to its last.
func call(from, to, service string, traffic packetwalk.Traffic) step {
	return func(t *story) error {
		e, err := t.session.Exchange(from, to, service, traffic)
		t.tell("%v", e.Flow)
		return err
	}
}

// open begins a connection, and leaves it open.
func open(from, to, service string) step {
	return func(t *story) (err error) {
		t.open, err = t.session.Probe(from, to, service)
		t.tell("%v", t.open)
		return err
	}
}

// asks is a packet of who opened the connection: its flags, and how long it is with its headers.
func asks(flags packet.Flags, length uint32) step {
	return func(t *story) error { return t.send(t.open.From, t.open.Forward.Sent, flags, length) }
}

// answers is a packet of the other end.
func answers(flags packet.Flags, length uint32) step {
	return func(t *story) error { return t.send(t.open.To, t.open.Return.Sent, flags, length) }
}

func (t *story) send(from string, p packet.Packet, flags packet.Flags, length uint32) error {
	p.Flags, p.Length = flags, length
	_, err := t.session.Send(from, p)
	return err
}

// wait lets time go by.
func wait(d time.Duration) step {
	return func(t *story) error {
		t.session.Advance(d)
		return nil
	}
}

// read shows what the flow logs have to say of all that happened, without waiting for it.
func read(t *story) error {
	batches := t.session.Flush()
	t.show("", batches)
	if len(batches) == 0 {
		t.tell("nothing is logged")
	}
	return nil
}

// collect shows what was delivered up to now.
func collect(t *story) error {
	at := t.session.Now().Format("15:04:05  ")
	batches := t.session.Collect()
	t.show(at, batches)
	if len(batches) == 0 {
		t.tell("%snothing is there", at)
	}
	return nil
}

// show prints records, each in the format of its flow log.
func (t *story) show(at string, batches []flowlog.Batch) {
	for _, b := range batches {
		for _, r := range b.Records {
			t.tell("%s%s: %s", at, b.FlowLog.ID, r.Append(nil, b.FlowLog.Shows()))
		}
	}
}
