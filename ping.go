package packetwalk

import "github.com/packetwalk/packetwalk/packet"

// pingBytes is what a ping carries if it is not told otherwise, with Linux's as with AWS's example (F1.705).
const pingBytes = 56

// Ping sends so many pings with 56 bytes of data each, a second apart, over IPv6 where there is no other way.
// From and to are as for [Session.Probe]. A count below 1 counts as 1. It is [Session.Exchange] of "icmp" or
// "icmpv6".
func (s *Session) Ping(from, to string, count int) (Exchange, error) {
	t := Traffic{Request: pingBytes, Packets: count}
	e, err := s.Exchange(from, to, packet.ICMP.String(), t)
	if err == nil {
		return e, nil
	}
	if six, err6 := s.Exchange(from, to, packet.ICMPv6.String(), t); err6 == nil {
		return six, nil
	}
	return Exchange{}, err
}
