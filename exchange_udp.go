package packetwalk

import (
	"time"

	"github.com/packetwalk/packetwalk/trace"
)

// datagrams is a request over UDP and its answer, each in as many datagrams as it needs, and at least one.
func (k *exchange) datagrams() {
	segment := k.traffic.segment(k.call.first)
	request, response := max(pieces(k.traffic.Request, segment), 1), max(pieces(k.traffic.Response, segment), 1)
	k.total = request + response
	sizes := func(bytes int64) int64 { return min(max(bytes, 0), segment) }
	if !k.ask(sizes(k.traffic.Request), sizes(k.traffic.Response)) {
		return
	}
	k.rest(&k.caller, k.traffic.Request-segment, segment)
	k.rest(&k.other, k.traffic.Response-segment, segment)
}

// ask sends the first datagram each way. It reports whether both ends can send more.
func (k *exchange) ask(request, response int64) bool {
	header := k.call.first.Size()
	k.call.first.Length = header + uint32(request)
	k.pace()
	k.out.Flow = k.open(header + uint32(response))
	k.at++
	return k.out.Flow.OK() && k.opened()
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
		p.ICMPID = k.session.port
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

// maxPayload keeps a packet within 65,535 bytes.
const maxPayload = 65_000
