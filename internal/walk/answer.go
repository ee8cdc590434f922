package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// answer is the packet that the place where another one was dropped sends back. The zero answer is none. One
// of the fields below the packet says who sends it.
type answer struct {
	p      packet.Packet
	from   *Interface
	of     *RegionalNAT
	router *VPC         // whose router it is, to an interface
	nat    *RegionalNAT // to which the router of its VPC sends it
}

// back notes what is sent back for the packet that was just dropped. Nothing is for one that was dropped
// before.
func (w *walker) back(a answer) {
	if len(w.beyond()) == 0 {
		w.sentBack = a
	}
}

// beyond are the hops past the first drop.
func (w *walker) beyond() []trace.Hop {
	if w.rec == nil {
		return nil
	}
	return w.rec.Beyond
}

// sendBack walks the answer. Groups know the connection that it is about.
func (w *walker) sendBack() {
	a := w.sentBack
	if !a.p.Dst.IsValid() || w.rec == nil && w.past == nil {
		return
	}
	k := walker{world: w.world, past: w.past, conn: w.conn, sent: a.p, p: a.p}
	k.gone = a.from == nil && a.of == nil // what a router says is not logged (F1.607)
	if w.rec != nil {
		k.rec = &trace.Trace{}
		w.rec.Answer = k.rec
	}
	switch {
	case a.from != nil:
		k.leave(a.from)
	case a.of != nil:
		k.leaveRegionalNAT(a.of)
	case a.nat != nil:
		k.intoRegionalNAT(a.nat)
	default:
		k.deliver(a.router, nil)
	}
	k.finish()
}
