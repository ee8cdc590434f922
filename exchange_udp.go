package packetwalk

import (
	"time"

	"github.com/packetwalk/packetwalk/trace"
)

// datagrams are requests over UDP and their answers, each in as many datagrams as it needs, and at least one.
func (k *exchange) datagrams() {
	segment := k.traffic.segment(k.call.first)
	request, response := max(pieces(k.traffic.Request, segment), 1), max(pieces(k.traffic.Response, segment), 1)
	n := max(k.traffic.Packets, 1)
	k.total = (request + response - 1) * int64(n) // the first answer comes with the request
	header := k.call.first.Size()
	length := func(bytes int64) uint32 { return header + uint32(min(max(bytes, 0), segment)) }
	k.call.first.Length = length(k.traffic.Request)
	for i := range n {
		if k.ask(i, length(k.traffic.Response)) {
			k.rest(&k.caller, k.traffic.Request-segment, segment)
			k.rest(&k.other, k.traffic.Response-segment, segment)
		}
	}
}

// ask sends the i-th request's first datagram, and gets the first of its answer. It reports whether both
// arrived.
func (k *exchange) ask(i int, answer uint32) bool {
	k.pace()
	f := k.open(answer)
	if i == 0 {
		k.out.Flow = f
		if f.OK() {
			k.opened()
		}
	} else if !f.OK() && k.out.Lost.Outcome == trace.NotSent {
		k.out.Lost = f.Verdict()
	}
	return f.OK() && k.out.Flow.OK()
}

// rest sends the datagrams after the first.
func (k *exchange) rest(from *end, bytes, segment int64) {
	for ; bytes > 0; bytes -= segment {
		if v := k.send(from, 0, min(bytes, segment)); v.Outcome != trace.Delivered && k.out.Lost.Outcome == trace.NotSent {
			k.out.Lost = v
		}
	}
}

// messages are pings, or packets of another protocol, each with its answer.
func (k *exchange) messages() {
	n := max(k.traffic.Packets, 1)
	k.total = int64(n)
	p := &k.call.first
	p.Length = p.Size() + uint32(min(max(k.traffic.Request, 0), maxPayload))
	if p.Protocol.IsICMP() {
		p.ICMPID = k.port
	}
	for i := range n {
		if i > 0 && k.traffic.Duration <= 0 {
			k.session.Advance(time.Second)
		}
		k.pace()
		f := k.open(p.Length)
		if i == 0 {
			k.out.Flow = f
		} else if !f.OK() && k.out.Lost.Outcome == trace.NotSent {
			k.out.Lost = f.Verdict()
		}
	}
}
