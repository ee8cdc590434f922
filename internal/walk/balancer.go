package walk

import (
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Balancer is a Network Load Balancer with its targets found. It ends each connection and opens another one
// towards a target, so it answers for both sides as a NAT gateway does.
type Balancer struct {
	Data    *elb.LoadBalancer
	Zones   []string // in which it has a subnet
	Targets map[*elb.Listener][]Server
	// Callers are the interfaces of endpoints that lead to it.
	Callers []*Interface
}

// Server is a target.
type Server struct {
	Data      elb.Target
	Address   netip.Addr
	Zone      string     // "" for an address outside of the VPC
	Interface *Interface // that has the address; nil: none of the VPC
}

// works reports whether the load balancer would hold the target healthy, as far as a network shows it.
func (s *Server) works() bool {
	return s.Interface == nil || !s.Interface.Down && !s.Interface.Impaired
}

// serverFor picks the target to which the interface in a zone sends what a listener takes: the first that
// works, of those in reach (F9.202, F9.203); where none works the first, at which the packet then ends. Where
// there is none, the code says why.
func (b *Balancer) serverFor(l *elb.Listener, zone string) (*Server, trace.Code) {
	servers := b.Targets[l]
	code := trace.ELBV2ListenerHasNoTG
	var first *Server
	for i := range servers {
		s := &servers[i]
		switch {
		case b.Data.Serves(zone, s.Zone, b.Zones):
			if s.works() {
				return s, trace.NoCode
			}
			if first == nil {
				first = s
			}
		case slices.Contains(b.Zones, s.Zone):
			code = trace.ELBV2NoTargetsInAZ
		case code == trace.ELBV2ListenerHasNoTG:
			code = trace.ELBInstalledAZRestriction
		}
	}
	return first, code
}

// caller finds the interface of an endpoint by its place.
func (b *Balancer) caller(at uint32) *Interface {
	for _, e := range b.Callers {
		if e.Place == at {
			return e
		}
	}
	return nil
}

// toBalancer is a packet for the address of a load balancer's interface: the answer of a target, or a call.
func (w *walker) toBalancer(e *Interface) {
	h := hop{stage: trace.StageLoadBalancer, id: e.Balancer.Data.ID, at: e, note: "known connection"}
	inside, from, ok := w.answersServer(e)
	switch {
	case !ok:
		w.balance(e, e)
	case w.p.IsError() || inside == answering(w.p): // about what it opened, or its own
		w.arrive(h, arrival{at: e})
	case from == e.Place:
		w.pinned = false
		w.rewrite(h, inside.answer(w.p))
		w.leave(e)
	default:
		w.fromService(h, e.Balancer.caller(from), inside.answer(w.p))
	}
}

// balance takes a connection for one of the load balancer's listeners, and opens it anew towards a target,
// from the interface e and its private address (F7.202). From is where the packet came in: the interface of
// an endpoint, or e itself. What was called is the load balancer's own address then, and AWS may let the
// target see the client's address (F9.204), which is not walked.
func (w *walker) balance(e, from *Interface) {
	b := e.Balancer
	h := hop{stage: trace.StageLoadBalancer, id: b.Data.ID, at: e}
	if sent, ok := w.goesOnToServer(e, from); ok {
		h.note = "known connection"
		w.openFrom(e, h, sent)
		return
	}
	l := b.Data.Takes(w.p)
	if l == nil {
		w.drop(h, trace.ELBV2ListenersMismatch)
		return
	}
	h.rule = l
	s, code := b.serverFor(l, e.Subnet.Data.Zone)
	if s == nil {
		w.drop(h, code)
		return
	}
	if w.rec != nil {
		h.member = s.Data.String()
	}
	source := e.Data.Address(s.Address.Is6())
	switch {
	case w.p.Protocol == packet.TCP && !w.p.Opens():
		w.drop(h, trace.ELBNoSession)
		return
	case from == e && l.KeepsClient(s.Data):
		h.note = "it keeps the client's address"
		w.drop(h, trace.UnsupportedComponent)
		return
	case !source.IsValid(): // of the target's family
		w.drop(h, trace.ProtocolRestriction)
		return
	}
	sent, ok := w.opensToServer(e, from, l.Open(w.p, source, s.Address, s.Data))
	if !ok {
		w.drop(h, trace.ELBPortAllocation)
		return
	}
	w.openFrom(e, h, sent)
}

// openFrom sends on what the load balancer made of a packet.
func (w *walker) openFrom(e *Interface, h hop, sent packet.Packet) {
	w.pinned = false
	w.rewrite(h, sent)
	w.leave(e)
}

// startAtBalancer sends off what a load balancer opens by itself, as its health checks (F9.207): to its
// targets, at their ports, and to nobody else.
func (w *walker) startAtBalancer(e *Interface) {
	b, code := e.Balancer, trace.TargetAddressRestriction
	for i := range b.Data.Listeners {
		l := &b.Data.Listeners[i]
		for j := range b.Targets[l] {
			s := &b.Targets[l][j]
			if s.Address != w.p.Dst {
				continue
			}
			if l.Open(w.p, w.p.Src, s.Address, s.Data).DstPort == w.p.DstPort && l.Protocol == w.p.Protocol {
				w.callServer(e)
				return
			}
			code = trace.TargetPortRestriction
		}
	}
	w.drop(hop{stage: trace.StageLoadBalancer, id: b.Data.ID, at: e}, code)
}

// callServer lets the load balancer at e open a connection of its own.
func (w *walker) callServer(e *Interface) {
	sent, ok := w.goesOnToServer(e, e)
	if !ok {
		if sent, ok = w.opensToServer(e, e, w.p); !ok {
			w.drop(hop{stage: trace.StageLoadBalancer, id: e.Balancer.Data.ID, at: e}, trace.ELBPortAllocation)
			return
		}
	}
	w.p = sent
	w.leave(e)
}
