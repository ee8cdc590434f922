package packetwalk

import (
	"fmt"
	"time"

	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Exchange lets a whole connection happen, packet by packet, through controls that know what went before: a
// TCP handshake, data in segments of which every second one and the last are acknowledged, and the end; or
// requests and their answers. From, to and service are as for [Session.Probe]. Time goes by as the traffic
// says. Flow logs see each packet.
//
// A segment that is dropped, or whose acknowledgment is, is sent again after 1 second, then 2, 4 and so on.
// Where it does not help, where a reset comes back, or where a packet is lost that is never sent again, the
// exchange ends there; that is no error. Where the caller's name for the destination can't be looked up, the
// lookup is all that happens.
//
// Segments have no TCP options, and each end sends all it has to say at once, as if no window were ever full.
func (s *Session) Exchange(from, to, service string, t Traffic) (Exchange, error) {
	port := t.SourcePort
	if port == 0 {
		port = s.nextPort()
	}
	c, err := s.network.call(s.memory, from, to, service, port)
	if err != nil {
		return Exchange{}, fmt.Errorf("packetwalk: exchange from %q to %q, %q: %w", from, to, service, err)
	}
	k := &exchange{session: s, call: c, traffic: t, port: port, begin: s.Now()}
	switch {
	case c.unresolved():
		k.out.Flow = c.connect(s.memory)
		s.observeFlow(&k.out.Flow)
	case c.first.Protocol == packet.TCP:
		k.connection()
	case c.first.Protocol == packet.UDP:
		k.datagrams()
	default:
		k.messages()
	}
	k.out.Flow.Lookup = c.to.answer
	k.out.Flow.Start, k.out.Flow.End = k.begin, s.Now()
	return k.out, nil
}

// nextPort is the source port of the next connection.
func (s *Session) nextPort() uint16 {
	port := s.port
	if s.port++; s.port < firstPort {
		s.port = firstPort
	}
	return port
}

// exchange is an [Exchange] under way.
type exchange struct {
	session *Session
	call    call
	traffic Traffic
	port    uint16 // of the caller
	out     Exchange

	begin     time.Time
	at, total int64 // of the packets that wait for their time: the next one, and how many there are

	caller, other end
	seen          trace.Trace // of the last packet
}

// end is one end of a connection.
type end struct {
	from   walk.Origin
	header packet.Packet // of what it sends
	sent   *Sent
}

// open sends the first packet, or another one like it, and the answer of that length. The name of the
// destination is looked up once.
func (k *exchange) open(answer uint32) Flow {
	f := k.call.open(k.session.memory, answer)
	k.session.observeFlow(&f)
	k.call.to.answer = nil
	k.out.Caller.count(f.Forward.Sent, &f.Forward)
	if f.Return.Verdict.Outcome != trace.NotSent {
		k.out.Other.count(f.Return.Sent, &f.Return)
	}
	return f
}

// opened notes who speaks with whom, after the first packet and its answer arrived.
func (k *exchange) opened() {
	forward := &k.out.Flow.Forward
	origin, sent := k.call.from.send(forward.Sent)
	k.caller = end{origin, sent, &k.out.Caller}
	answer, _ := forward.Last.Reply()
	k.other = end{k.session.network.farEnd(forward, origin), answer, &k.out.Other}
}

// farEnd is from where the receiver of a packet sends.
func (n *Network) farEnd(t *trace.Trace, caller walk.Origin) walk.Origin {
	last := t.Hops[len(t.Hops)-1]
	var before trace.Hop
	if len(t.Hops) > 1 {
		before = t.Hops[len(t.Hops)-2]
	}
	switch {
	case last.Stage == trace.StageInternet:
		return walk.Origin{}
	case last.Stage == trace.StageOnPremises:
		return walk.Origin{OnPremises: n.onPremises[before.ID]}
	case last.Stage == trace.StageService && before.Stage == trace.StageGatewayEndpoint:
		return walk.Origin{Endpoint: n.byEndpoint[before.ID]}
	case last.Stage == trace.StageService:
		return walk.Origin{Asked: caller.Interface}
	}
	return walk.Origin{Interface: n.interfaces[last.Interface]}
}

// pace lets time go by up to the next packet of those that are spread over the exchange; what comes after them
// comes at once.
func (k *exchange) pace() {
	if k.at < k.total && k.total > 1 && k.traffic.Duration > 0 {
		part := float64(k.at) / float64(k.total-1)
		due := k.begin.Add(time.Duration(part * float64(k.traffic.Duration)))
		k.session.Advance(due.Sub(k.session.Now()))
	}
	k.at++
}

// send sends one packet with that many bytes behind its header.
func (k *exchange) send(from *end, flags packet.Flags, data int64) trace.Verdict {
	p := from.header
	p.Flags, p.Length = flags, 0
	p.Length = p.Size() + uint32(data)
	if flags != packet.ACK || data > 0 { // an acknowledgment comes at once
		k.pace()
	}
	t := &k.seen
	*t = trace.Trace{Hops: t.Hops[:0], Beyond: t.Beyond[:0], Crossings: t.Crossings[:0]}
	v := k.session.network.world.Send(k.session.memory, from.from, p, t)
	k.session.observe(t)
	from.sent.count(p, t)
	return v
}

// count takes note of one packet more.
func (s *Sent) count(p packet.Packet, t *trace.Trace) {
	s.Packets++
	s.Bytes += int64(p.Size())
	if t.Delivered() {
		s.Arrived++
		s.ArrivedBytes += int64(t.Last.Size())
	}
}

// again waits before a segment is sent again for the n-th time, counted from 0. It is false where it is not:
// enough of them were lost, or a reset came back.
func (k *exchange) again(n int, lost *trace.Trace) bool {
	if n >= k.traffic.retries() || resets(lost) {
		return false
	}
	k.session.Advance(time.Second << min(n, 30))
	return true
}

// resets reports whether a reset came back for a packet that was dropped (F4.212).
func resets(t *trace.Trace) bool {
	return t.Answer != nil && t.Answer.Delivered() && t.Answer.Sent.Flags&packet.RST != 0
}

// pieces is how many packets hold so many bytes: none for none.
func pieces(bytes, segment int64) int64 {
	if bytes <= 0 {
		return 0
	}
	return (bytes-1)/segment + 1
}
