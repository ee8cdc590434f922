package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
)

// Leaves answer the four questions of the walk. Every kind of leaf gives the same answers.
type Leaves interface {
	// InterfaceAt finds the interface of v that has the private or IPv6 address a, or nil.
	InterfaceAt(v *VPC, a netip.Addr) *Interface
	// Route finds the route of t that a packet to dst takes.
	Route(t *Table, dst netip.Addr) (m route.Match, ok bool)
	// ACL says whether a lets p cross in direction d, and by which entry; nil is the final "*".
	ACL(a *nacl.ACL, d packet.Direction, p packet.Packet) (e *nacl.Entry, allowed bool)
	// Groups says whether the groups of e let p cross in direction d, and by which rule. The
	// sender is the interface whose identity p still bears, nil where it has none (F5.110).
	Groups(e *Interface, d packet.Direction, p packet.Packet, sender *Interface) (dec sg.Decision, allowed bool)
}

// Slow are the obvious leaves: each question goes straight to its vocabulary.
type Slow struct{}

// InterfaceAt looks a up among the addresses of v.
func (Slow) InterfaceAt(v *VPC, a netip.Addr) *Interface { return v.Addresses[a] }

// Route is [route.Table.Lookup].
func (Slow) Route(t *Table, dst netip.Addr) (route.Match, bool) { return t.Data.Lookup(dst, t.Lists) }

// ACL is [nacl.ACL.Eval].
func (Slow) ACL(a *nacl.ACL, d packet.Direction, p packet.Packet) (*nacl.Entry, bool) {
	return a.Eval(d, p)
}

// Groups is [sg.Match]. Towards a destination a group stands for the addresses of its members; from
// a source it stands for who sent the packet, as long as the packet still says so.
func (Slow) Groups(e *Interface, d packet.Direction, p packet.Packet, sender *Interface) (sg.Decision, bool) {
	switch {
	case d == packet.Egress:
		return sg.Match(e.Groups, d, p, (*receivers)(e))
	case sender == nil:
		return sg.Match(e.Groups, d, p, (*strangers)(e))
	}
	return sg.Match(e.Groups, d, p, (*knownSender)(sender))
}

// receivers are the [sg.Peers] of a packet that leaves an interface: the members of a group are found by
// their private addresses (F5.101, F5.102), in the interface's own VPC and in the peers of that (F5.104).
type receivers Interface

func (e *receivers) Listed(list string, a netip.Addr) bool { return listed(e.Lists, list, a) }

func (e *receivers) Member(group string, a netip.Addr) (string, bool) {
	if m := e.Members.seenFrom((*Interface)(e).vpc(), group, a); m != nil {
		return m.Data.ID, true
	}
	return "", false
}

// knownSender is the [sg.Peers] of a packet that arrives from an interface without losing its identity. Such a
// packet came inside the VPC or over a peering, so that its VPC need not be asked for (F5.104).
type knownSender Interface

func (e *knownSender) Listed(list string, a netip.Addr) bool { return listed(e.Lists, list, a) }

func (e *knownSender) Member(group string, a netip.Addr) (string, bool) {
	for _, g := range e.Groups {
		if g.ID == group && e.Data.Owns(a) {
			return e.Data.ID, true
		}
	}
	return "", false
}

// strangers are the [sg.Peers] of a packet whose sender is not known, or no longer: no group stands for
// it (F5.110).
type strangers Interface

func (e *strangers) Listed(list string, a netip.Addr) bool { return listed(e.Lists, list, a) }

func (e *strangers) Member(string, netip.Addr) (string, bool) { return "", false }

func listed(lists route.Lists, id string, a netip.Addr) bool {
	l := lists[id]
	if l == nil {
		return false
	}
	_, ok := l.Match(a)
	return ok
}
