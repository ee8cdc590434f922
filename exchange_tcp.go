package packetwalk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// connection is a TCP connection from its handshake to its end.
func (k *exchange) connection() {
	segment := k.traffic.segment(k.call.first)
	request, response := pieces(k.traffic.Request, segment), pieces(k.traffic.Response, segment)
	k.total = 1 + request + response + k.traffic.Close.segments()
	if !k.handshake() {
		return
	}
	k.opened()
	if v := k.send(&k.caller, packet.ACK, 0); v.Outcome != trace.Delivered {
		k.out.Lost = v
		return
	}
	if k.says(&k.caller, &k.other, k.traffic.Request, segment) && k.says(&k.other, &k.caller, k.traffic.Response, segment) {
		k.close()
	}
}

// handshake sends a SYN until the answer to it arrives. It reports whether it did.
func (k *exchange) handshake() bool {
	for try := 0; ; try++ {
		k.at = 0
		k.pace()
		k.out.Flow = k.open(0)
		switch {
		case k.out.Flow.OK():
			return true
		case k.out.Flow.Return.Delivered(), !k.again(try, &k.out.Flow.Forward): // somebody else answered, or nobody
			return false
		}
	}
}

// says lets one end send data: every second segment is acknowledged, and the last one.
func (k *exchange) says(from, to *end, bytes, segment int64) bool {
	for n := 1; bytes > 0; n++ {
		size := min(bytes, segment)
		bytes -= size
		flags, acknowledged := packet.ACK, n%2 == 0
		if bytes == 0 {
			flags, acknowledged = packet.ACK|packet.PSH, true
		}
		if !k.deliver(from, to, flags, size, acknowledged) {
			return false
		}
	}
	return true
}

// deliver sends a segment until it arrives, and the acknowledgment of it where there is one.
func (k *exchange) deliver(from, to *end, flags packet.Flags, size int64, acknowledged bool) bool {
	for try := 0; ; try++ {
		at := k.at
		v := k.send(from, flags, size)
		if v.Outcome == trace.Delivered && acknowledged {
			v = k.send(to, packet.ACK, 0)
		}
		if v.Outcome == trace.Delivered {
			return true
		}
		if !k.again(try, &k.seen) {
			k.out.Lost = v
			return false
		}
		k.at = at
	}
}

// close ends the connection.
func (k *exchange) close() {
	first, second := &k.caller, &k.other
	switch k.traffic.Close {
	case LeftOpen:
		return
	case OtherCloses, OtherResets:
		first, second = second, first
	}
	if k.traffic.Close.resets() {
		if v := k.send(first, packet.RST|packet.ACK, 0); v.Outcome != trace.Delivered {
			k.out.Lost = v
		}
		return
	}
	if !k.deliver(first, second, packet.FIN|packet.ACK, 0, false) || !k.deliver(second, first, packet.FIN|packet.ACK, 0, false) {
		return
	}
	if v := k.send(first, packet.ACK, 0); v.Outcome != trace.Delivered {
		k.out.Lost = v
	}
}

func (c Closing) resets() bool { return c == CallerResets || c == OtherResets }

// segments is how many of those that end a connection wait for their time: the first FIN, or the reset.
func (c Closing) segments() int64 {
	if c == LeftOpen {
		return 0
	}
	return 1
}
