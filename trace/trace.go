package trace

import (
	"slices"

	"github.com/packetwalk/packetwalk/packet"
)

// Trace is the way of one packet. The zero Trace is that of a packet that was never sent.
//
// A copy shares its hops with the original.
type Trace struct {
	Verdict Verdict       `json:"verdict"`
	Sent    packet.Packet `json:"sent,omitzero"` // as it was sent
	Last    packet.Packet `json:"last,omitzero"` // as it arrived, or as it was when it was dropped
	Hops    []Hop         `json:"hops"`          // up to where it arrived or was dropped

	// Beyond are the hops that the packet would have met, had the filters that deny let it by:
	// the other things that stand in the way are among them.
	Beyond []Hop `json:"beyond,omitempty"`

	// Answer is the way of the packet that the place where this one was dropped sent back: a NAT gateway's reset
	// (F4.212), a router's word that the packet is too long (F6.022). Nil: nothing was sent back.
	Answer *Trace `json:"answer,omitempty"`

	// Crossings are the network interfaces that saw the packet, each with what its own groups
	// and ACL said: what flow logs record. Traffic that AWS does not log leaves none.
	// They are no part of the JSON.
	Crossings []Crossing `json:"-"`
}

// Crossing is a packet that entered or left a network interface, or a regional NAT gateway, which has none.
type Crossing struct {
	Interface string // "" for a regional NAT gateway
	Resource  string // the regional NAT gateway; "" for an interface
	Direction packet.Direction
	Packet    packet.Packet // as it was outside the interface's own rewriting
	Accepted  bool          // by the interface's groups, its subnet's ACL, and what a Reason is for
	Reason    RejectReason  // who else than groups and ACL said no

	// Path is AWS's code for the way by which an accepted packet leaves, 1 to 8 (F1.301-F1.308), also where
	// Block Public Access drops it there; 0 where no code fits, and on ingress.
	Path uint8
	// NextHop is the interface at the other end of this stretch: that receives what leaves, or sent what comes
	// in (F1.150). "" where a gateway is there, a regional NAT gateway, or nobody.
	NextHop string
}

// Delivered reports whether the packet arrived.
func (t *Trace) Delivered() bool { return t.Verdict.Outcome == Delivered }

// Drops lists the hops that drop the packet, in walking order: the one that did, and after it those
// Beyond. It is nil for a packet that nothing stands in the way of. The caller owns the slice.
func (t *Trace) Drops() []Hop {
	var drops []Hop
	for _, hop := range slices.Concat(t.Hops, t.Beyond) {
		if hop.Action == Drop {
			drops = append(drops, hop)
		}
	}
	return drops
}
