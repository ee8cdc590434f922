package packetwalk

import (
	"fmt"
	"time"

	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Session is a network in time: what security groups track, and NAT gateways, NAT instances and egress-only
// gateways remember, is there for the next packet, and is forgotten when it was idle for too long (F5.207,
// F4.212). Time is passed in by [Session.Advance]; nothing reads a clock.
//
// [Network.NewSession] makes one; the zero Session is of no network and sends nothing. A Session holds no
// more than the connections that are live. It is not safe for concurrent use.
type Session struct {
	network *Network
	memory  *walk.Memory
	start   time.Time
	port    uint16 // of the next probe

	gathered gathering // by flow logs
}

// NewSession begins a session, in which nothing has happened yet. Start is the time at which it begins; the
// zero Time counts as the start of 1970. A record of an earlier time has a start below zero, which no line can
// have.
func (n *Network) NewSession(start time.Time) *Session {
	if start.IsZero() {
		start = time.Unix(0, 0).UTC()
	}
	return &Session{network: n, memory: walk.NewMemory(), start: start, port: firstPort}
}

// Network is the network as it is now; nil for the zero Session.
func (s *Session) Network() *Network { return s.network }

// Now is the time of the session.
func (s *Session) Now() time.Time {
	if s.memory == nil {
		return s.start
	}
	return s.start.Add(s.memory.Now())
}

// Live is how many connections are remembered, each once for every control that does.
func (s *Session) Live() int {
	if s.memory == nil {
		return 0
	}
	return s.memory.Len()
}

// Advance lets time go by, and forgets what has been idle for too long. Time does not run back: a d below
// zero counts as zero.
func (s *Session) Advance(d time.Duration) {
	if s.memory != nil {
		s.memory.Advance(d)
	}
}

// Apply puts another network in the place of the one that was, under the live connections. What a group
// tracks goes on until it is idle for too long, though the rule that let it in is gone (F5.204); what is not
// tracked, and what an ACL denies, is cut at once (F5.205). What remembers is found again by its ID; what is
// gone has forgotten.
//
// Flow logs of the network that is new watch from now on, and those that are gone watch no more.
//
// The error is for a network that Build did not make, and for a flow log that has the ID of one that was
// there and is another one: a flow log can't be changed, only deleted and made anew (F1.016).
func (s *Session) Apply(n *Network) error {
	if n == nil || n.world == nil {
		return fmt.Errorf("packetwalk: apply: %w: the zero Network: want one that Build made", ErrInvalid)
	}
	if s.network == nil || s.memory == nil {
		return fmt.Errorf("packetwalk: apply: %w: the zero Session: want one that NewSession made", ErrInvalid)
	}
	if err := s.keepsFlowLogs(n); err != nil {
		return fmt.Errorf("packetwalk: apply: %w", err)
	}
	s.memory.Move(s.network.world, n.world)
	s.network = n
	s.moveFlowLogs()
	return nil
}

// Send sends one packet one way, as [Network.Trace] does, through controls that know what went before. From
// may also be a gateway endpoint, for what its service answers. To answer a packet, send
// [packet.Packet.Reply] of the trace's Last from where it arrived.
//
// What the place that dropped the packet sends back (a NAT gateway's reset, F4.212) is on its way too: see
// the trace's Answer.
func (s *Session) Send(from string, p packet.Packet) (trace.Trace, error) {
	t, err := s.network.send(s.memory, from, p)
	if err == nil {
		s.observe(&t)
	}
	return t, err
}

// Probe opens a connection, as [Network.Probe] does, each time from another source port: the request, its
// reply, and for TCP the segment that completes the handshake. To go on with it, send packets with the
// addresses and ports of Forward.Sent. The flow's times are those of the session.
//
// The source ports are 49152 to 65535, and then the same again: the 16,385th probe is part of the first one's
// connection where that is still live, and needs no rule. [Session.Connect] takes a port of one's own.
func (s *Session) Probe(from, to, service string) (Flow, error) {
	f, err := s.network.probe(s.memory, from, to, service, s.port)
	if err != nil {
		return Flow{}, err
	}
	if s.port++; s.port < firstPort {
		s.port = firstPort
	}
	return s.complete(f)
}

// Connect opens a connection with a packet given whole, as [Network.Connect] does; else it is
// [Session.Probe].
func (s *Session) Connect(from string, p packet.Packet) (Flow, error) {
	f, err := s.network.connect(s.memory, from, p)
	if err != nil {
		return Flow{}, err
	}
	return s.complete(f)
}

// complete sends the last segment of a handshake, and dates the flow.
func (s *Session) complete(f Flow) (Flow, error) {
	f.Start, f.End = s.Now(), s.Now()
	s.observeFlow(&f)
	if p := f.Forward.Sent; f.OK() && p.Protocol == packet.TCP && p.Opens() {
		p.Flags = packet.ACK
		_, err := s.Send(f.From, p)
		return f, err
	}
	return f, nil
}

// Verdict says what becomes of one packet, as [Session.Send] does, without the hops. An established
// connection allocates nothing, where no flow log is to see it. A packet that Send would refuse, or a source
// of another network than the session's, has the zero verdict.
func (s *Session) Verdict(from Source, p packet.Packet) trace.Verdict {
	if from.network == nil || from.network != s.network || from.fits(p) != nil {
		return trace.Verdict{}
	}
	origin, p := from.send(p)
	if len(s.network.index.flowLogs) == 0 {
		return s.network.world.Send(s.memory, origin, p, nil)
	}
	t := &s.gathered.unseen
	*t = trace.Trace{Hops: t.Hops[:0], Beyond: t.Beyond[:0], Crossings: t.Crossings[:0]}
	v := s.network.world.Send(s.memory, origin, p, t)
	s.observe(t)
	return v
}
