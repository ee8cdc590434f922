package nacl

import (
	"github.com/packetwalk/packetwalk/packet"
)

// Eval finds the entry that decides p as it crosses the subnet's border: the lowest number in
// that direction that matches; nothing after it is read (F6.002). A nil entry is the final "*",
// which denies (F6.003), and so does an ACL that is nil or has no entries (F6.005).
//
// The answer to an allowed packet is one more packet with a verdict of its own (F6.006). Eval does
// not know which traffic AWS never filters (F6.016): the caller does not ask about that.
//
// Of two entries with the same number, which Validate reports, the one that stands first decides.
// Eval allocates nothing.
func (a *ACL) Eval(d packet.Direction, p packet.Packet) (e *Entry, allowed bool) {
	if a == nil {
		return nil, false
	}
	for i := range a.Entries {
		candidate := &a.Entries[i]
		if e != nil && candidate.Number >= e.Number {
			continue
		}
		if candidate.Matches(d, p) {
			e = candidate
		}
	}
	return e, e != nil && e.Action == Allow
}

// Matches reports whether e speaks about p: same direction, the source inside the CIDR for ingress
// and the destination inside it for egress, and the service, whose ports are destination ports
// both ways (F6.007). An IPv4 CIDR matches IPv4 packets alone, an IPv6 CIDR IPv6 packets alone
// (F6.009); an IPv4-mapped IPv6 address is an IPv4 address.
func (e *Entry) Matches(d packet.Direction, p packet.Packet) bool {
	if e == nil || e.Direction != d {
		return false
	}
	// An address that is not valid is in no CIDR, and Contains compares the families.
	return e.CIDR.Contains(p.FarEnd(d)) && e.service().Matches(p)
}

// service gives the service that e stands for. With an IPv4 CIDR, ICMPv6 means all types and codes,
// whatever the entry says (F6.008).
func (e *Entry) service() packet.Service {
	if proto, ok := e.Service.Protocol(); ok && proto == packet.ICMPv6 && e.CIDR.Addr().Is4() {
		return packet.Of(packet.ICMPv6)
	}
	return e.Service
}
