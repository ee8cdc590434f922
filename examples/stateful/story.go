package main

import (
	"fmt"
	"io"
	"time"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// scene is a story about one connection.
type scene struct {
	title             string
	network           func(*packetwalk.Builder)
	from, to, service string
	steps             []step
	why               string
}

// step is what happens next.
type step func(*story) error

// story is a scene as it is told: the session, and the connection as its opener and the other end see it.
type story struct {
	scene
	w        io.Writer
	session  *packetwalk.Session
	began    time.Time
	sent     packet.Packet
	received packet.Packet
}

func (s scene) play(w io.Writer, number int) error {
	n, err := built(s.network)
	if err != nil {
		return err
	}
	t := &story{scene: s, w: w, session: n.NewSession(time.Time{})}
	t.began = t.session.Now()
	fmt.Fprintf(w, "%d. %s\n", number, s.title)
	if err := t.open(); err != nil {
		return err
	}
	for _, next := range s.steps {
		if err := next(t); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(w, "   %s\n\n", s.why)
	return err
}

func built(network func(*packetwalk.Builder)) (*packetwalk.Network, error) {
	b := packetwalk.New()
	network(b)
	return b.Build()
}

// tell prints a line, with the time.
func (t *story) tell(format string, args ...any) {
	fmt.Fprintf(t.w, "  %8s  %s\n", t.session.Now().Sub(t.began), fmt.Sprintf(format, args...))
}

// open begins the connection that the scene is about.
func (t *story) open() error {
	f, err := t.session.Probe(t.from, t.to, t.service)
	t.sent, t.received = f.Forward.Sent, f.Forward.Last
	t.tell("%v", f)
	return err
}

// another tries to open a second connection.
func another(t *story) error {
	f, err := t.session.Probe(t.from, t.to, t.service)
	t.tell("another %v", f)
	return err
}

// wait lets time go by.
func wait(d time.Duration) step {
	return func(t *story) error {
		t.session.Advance(d)
		return nil
	}
}

// apply changes the network under the connection.
func apply(what string, network func(*packetwalk.Builder)) step {
	return func(t *story) error {
		n, err := built(network)
		if err != nil {
			return err
		}
		t.tell("-- %s", what)
		return t.session.Apply(n)
	}
}

// asks is a packet of who opened the connection.
func asks(flags packet.Flags) step {
	return func(t *story) error {
		p := t.sent
		p.Flags = flags
		return t.send(t.from, t.to, p)
	}
}

// answers is a packet of the other end.
func answers(flags packet.Flags) step {
	return func(t *story) error {
		p, _ := t.received.Reply()
		p.Flags = flags
		return t.send(t.to, t.from, p)
	}
}

func (t *story) send(from, to string, p packet.Packet) error {
	tr, err := t.session.Send(from, p)
	if err != nil {
		return err
	}
	what := p.Protocol.String()
	if p.Flags != 0 {
		what += " " + p.Flags.String()
	}
	t.tell("%s -> %s %s: %s", from, to, what, outcome(tr))
	if tr.Answer != nil {
		t.tell("%s <- %s: %s, %s", from, tr.Verdict.ID, tr.Answer.Sent.Flags, outcome(*tr.Answer))
	}
	return nil
}

// outcome is what became of a packet, and the word of who let it by without a rule.
func outcome(tr trace.Trace) string {
	if !tr.Delivered() {
		return fmt.Sprintf("dropped at %s %s: %s", tr.Verdict.Stage, tr.Verdict.ID, tr.Verdict.Code)
	}
	for _, h := range tr.Hops {
		if h.Note == "tracked connection" {
			return fmt.Sprintf("arrives, a tracked connection at %s", h.ID)
		}
	}
	return "arrives, by the rules"
}
