package sg

import (
	"github.com/packetwalk/packetwalk/packet"
)

// Openness says in which directions groups leave all ports of TCP or UDP open to all addresses of a family.
// It decides which connections need no tracking (F5.201). The zero value is open to nothing.
type Openness uint8

// Openness gives that of a group's rules. That of several groups is the union of theirs (F5.001).
func (g *Group) Openness() (o Openness) {
	if g == nil {
		return 0
	}
	for i := range g.Rules {
		o |= g.Rules[i].openness()
	}
	return o
}

// Has reports whether all that is of p's family and protocol passes in a direction.
func (o Openness) Has(d packet.Direction, p packet.Packet) bool {
	bit := openBit(d, p.Is6(), p.Protocol)
	return bit != 0 && o&bit != 0
}

// openness is what one rule leaves open.
func (r *Rule) openness() (o Openness) {
	if !r.IsOpen() {
		return 0
	}
	for _, p := range []packet.Protocol{packet.TCP, packet.UDP} {
		if r.Service.Covers(packet.Of(p)) {
			o |= openBit(r.Direction, r.CIDR.Addr().Is6(), p)
		}
	}
	return o
}

// IsOpen reports whether the rule's peer is everybody: 0.0.0.0/0 or ::/0.
func (r *Rule) IsOpen() bool {
	return r.CIDR.IsValid() && r.CIDR.Bits() == 0 && r.peerCount() == 1
}

// openBit is the bit of a direction, family and protocol; 0 where there is none.
func openBit(d packet.Direction, ipv6 bool, p packet.Protocol) Openness {
	var n int
	switch d {
	case packet.Ingress:
	case packet.Egress:
		n = 4
	default:
		return 0
	}
	if ipv6 {
		n += 2
	}
	switch p {
	case packet.TCP:
	case packet.UDP:
		n++
	default:
		return 0
	}
	return 1 << n
}
