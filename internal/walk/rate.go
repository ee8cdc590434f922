package walk

import (
	"time"

	"github.com/packetwalk/packetwalk/packet"
)

// linkLocalRate is how many packets a network interface may send in a second to the services at link-local
// addresses, all of them together (F9.306).
const linkLocalRate = 1024

// isLimited reports whether packets to a service count for linkLocalRate: those to the Amazon DNS server, by
// whichever of its addresses, to the metadata of the instance, to the time and to the licence service
// (F9.306).
func isLimited(what packet.ExemptKind) bool {
	switch what {
	case packet.AmazonDNS, packet.InstanceMetadata, packet.TimeSync, packet.WindowsLicense:
		return true
	}
	return false
}

// mayAskNow counts a packet to one of these services, and reports whether its interface may send it still in
// this second. Without a memory no time passes, and nobody counts.
func (w *walker) mayAskNow(e *Interface, what packet.ExemptKind) bool {
	return !isLimited(what) || !w.remembers() || w.past.rates.take(e.Place)
}

// rates counts what interfaces have sent in one second to the services at link-local addresses. It holds one
// counter for each interface that has, and is emptied when the second is over. The zero rates is ready.
//
// AWS does not say how its second is measured. Here it is one of the session's: it begins with a whole number
// of seconds since the session's begin.
type rates struct {
	second time.Duration     // its number
	sent   map[uint32]uint16 // by the interface's place
}

// take counts one more packet of the interface at a place, where it may send one more.
func (r *rates) take(place uint32) bool {
	if r.sent == nil {
		r.sent = make(map[uint32]uint16)
	}
	n := r.sent[place]
	if n >= linkLocalRate {
		return false
	}
	r.sent[place] = n + 1
	return true
}

// advance lets the time be now: what was sent in a second that is over is forgotten.
func (r *rates) advance(now time.Duration) {
	if second := now / time.Second; second != r.second {
		r.second = second
		clear(r.sent)
	}
}

// move gives the counters of the interfaces that are there in another world, where they have other places; a
// place of zero is none.
func (r *rates) move(placeOf func(uint32) uint32) rates {
	moved := rates{second: r.second}
	for place, n := range r.sent {
		if at := placeOf(place); at != 0 {
			if moved.sent == nil {
				moved.sent = make(map[uint32]uint16)
			}
			moved.sent[at] = n
		}
	}
	return moved
}
