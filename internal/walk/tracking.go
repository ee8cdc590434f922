package walk

import (
	"strings"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
)

// tracks reports whether the groups of e track the connection of the packet that r let by. TCP and UDP are
// not tracked where r is open to everybody and so is the other direction, on all ports: an answer then passes
// by the rules (F5.201, F5.202). ICMP and other protocols always are, and so is what goes to an interface
// that always tracks.
func (w *walker) tracks(e *Interface, r *sg.Rule, d packet.Direction) bool {
	if r.IsOpen() && e.Open.Has(d.Opposite(), w.p) || w.answersUntracked(e, d) {
		return e.alwaysTracks() || d == packet.Egress && w.world.Leaves.InterfaceAt(e.vpc(), w.p.Dst).alwaysTracks()
	}
	return true
}

// answersUntracked reports whether the packet may be the answer of a connection that is not tracked. Only UDP
// does not say by itself that it opens nothing; and only a memory would take it for the beginning of another
// connection.
func (w *walker) answersUntracked(e *Interface, d packet.Direction) bool {
	if w.past == nil || w.p.Protocol != packet.UDP || !e.Open.Has(d, w.p) {
		return false
	}
	request, _ := w.p.Reply()
	dec, ok := w.world.Leaves.Groups(e, d.Opposite(), request, nil)
	return ok && dec.Rule.IsOpen()
}

// alwaysTracks reports whether every connection of e is tracked, at both ends: those of Lambda's interfaces
// and of endpoints' (F5.203). It is false for a nil e.
func (e *Interface) alwaysTracks() bool {
	return e != nil && (e.Data.Kind == subnet.Lambda || e.Data.Kind == subnet.VPCEndpoint)
}

// alwaysTracked reports whether groups track every connection by this route: through an egress-only internet
// gateway, a NAT gateway, or the gateway endpoint of DynamoDB (F5.203, F4.103, F4.218).
func (t *Target) alwaysTracked() bool {
	return t.EgressOnly != nil || t.Regional != nil || t.Interface != nil && t.Interface.NAT != nil ||
		t.Endpoint != nil && strings.HasSuffix(t.Endpoint.Data.Service, ".dynamodb")
}
