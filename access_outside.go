package packetwalk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// reach is [Source.call], but that who is outside of the network reaches what is outside as well: nothing of
// the network is on the way from a laptop to the public address of a service.
func (s Source) reach(host, service string) (f Flow, astray string, err error) {
	if s.origin.Interface != nil {
		return s.call(host, service)
	}
	a, err := s.resolve(nil, host, firstPort)
	if err != nil || !a.OK() {
		return s.call(host, service)
	}
	for _, dst := range a.Addresses {
		if src := s.address(dst.Is6()); src.IsValid() && isPublic(dst) && !s.network.holds(dst) {
			return s.outside(a, src, dst, service)
		}
	}
	return s.call(host, service)
}

// outside is a connection from one place on the internet to another.
func (s Source) outside(a Answer, src, dst netip.Addr, service string) (f Flow, astray string, err error) {
	svc, err := packet.ParseService(service)
	if err != nil {
		return f, "", err
	}
	p, err := svc.Open(src, dst, firstPort)
	if err != nil {
		return f, "", err
	}
	v := trace.Verdict{Outcome: trace.Delivered, Stage: trace.StageInternet, ID: Internet}
	arrives := func(p packet.Packet) trace.Trace {
		h := trace.Hop{Stage: v.Stage, ID: v.ID, Action: trace.Arrive, Note: "outside of the network", Before: p, After: p}
		return trace.Trace{Verdict: v, Sent: p, Last: p, Hops: []trace.Hop{h}}
	}
	f = Flow{From: s.name, To: a.Name, Service: svc, Lookup: &a, network: s.network, verdict: v, Packets: 1}
	f.Forward = arrives(p)
	if reply, ok := p.Reply(); ok {
		f.Return = arrives(reply)
	}
	return f, "", nil
}
