package packetwalk

import (
	"slices"

	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// elsewhere notes that the request arrived, but not at whom To names: at another one with that address, which
// is in a network with overlapping ranges. List are the interfaces of whom To names; of an endpoint or a load
// balancer it is enough that the request came by one of them.
func (f *Flow) elsewhere(list []*walk.Interface) {
	if len(list) == 0 || !f.Forward.Delivered() {
		return
	}
	for _, h := range f.Forward.Hops {
		if comesTo(h, list) {
			return
		}
	}
	f.verdict = f.Forward.Verdict
	f.verdict.Outcome, f.verdict.Code = trace.Dropped, trace.RequestDeliveredElsewhere
}

// comesTo reports whether a packet comes to one of the interfaces at a hop.
func comesTo(h trace.Hop, list []*walk.Interface) bool {
	is := func(e *walk.Interface) bool { return e.Data.ID == h.Interface }
	return h.Direction != packet.Egress && slices.ContainsFunc(list, is)
}

// astray is the hop where the request arrived, as what stands in the way of a connection to somebody else;
// none where it did not go astray.
func (f Flow) astray() []trace.Hop {
	if f.verdict.Code != trace.RequestDeliveredElsewhere {
		return nil
	}
	h := f.Forward.Hops[len(f.Forward.Hops)-1]
	h.Action, h.Code, h.Note = trace.Drop, f.verdict.Code, "it is not "+f.To
	return []trace.Hop{h}
}
