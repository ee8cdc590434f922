package packetwalk

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// firstPort is the source port of a probe: the first of the range that IANA keeps for clients.
const firstPort = 49152

// Probe opens a connection: from a resource to another, for a service such as "tcp/443". From and to are the
// ID of an instance, a network interface or another resource that has one, an IP address, or "internet". To
// may also be a DNS name, "db.corp.example", which is resolved as [Network.Resolve] does, or the name of a
// service of AWS's, "com.amazonaws.us-east-1.sqs". Where To is the ID of a resource the connection works only
// if the request arrives there, and not at another one that has the address as well. The error is for a name
// that does not exist or a service that does not parse or names more than one port; a blocked packet is no
// error, and neither is a blocked lookup.
func (n *Network) Probe(from, to, service string) (Flow, error) {
	return n.probe(nil, from, to, service, firstPort)
}

// probe opens a connection from a port. The controls know what past remembers.
func (n *Network) probe(past *walk.Memory, from, to, service string, port uint16) (Flow, error) {
	c, err := n.call(past, from, to, service, port)
	if err != nil {
		return Flow{}, fmt.Errorf("packetwalk: probe from %q to %q, %q: %w", from, to, service, err)
	}
	return c.connect(past), nil
}

// call is a connection that somebody is about to open.
type call struct {
	from    Source
	to      destination
	name    string // of the destination, as it was asked for
	service packet.Service
	first   packet.Packet // its first packet; zero where the name of the destination could not be looked up
}

// call looks up who calls whom.
func (n *Network) call(past *walk.Memory, from, to, service string, port uint16) (c call, err error) {
	c.name = to
	if c.service, err = packet.ParseService(service); err != nil {
		return c, err
	}
	if c.from, err = n.source(from); err != nil {
		return c, fmt.Errorf("origin: %w", err)
	}
	if c.to, err = c.from.destination(past, to, port); err != nil {
		return c, fmt.Errorf("destination: %w", err)
	}
	if c.unresolved() {
		return c, nil
	}
	src, dst, err := c.from.pair(c.to, c.service)
	if err != nil {
		return c, err
	}
	c.first, err = c.service.Open(src, dst, port)
	return c, err
}

// unresolved reports whether the name of the destination could not be looked up.
func (c call) unresolved() bool { return c.to.answer != nil && !c.to.answer.OK() }

// connect sends the first packet, which gets an answer as long as itself.
func (c call) connect(past *walk.Memory) Flow { return c.open(past, c.first.Length) }

// open sends the first packet, which gets an answer of that length.
func (c call) open(past *walk.Memory, answer uint32) Flow {
	if c.unresolved() {
		f := c.from.unresolved(c.to.answer)
		f.To, f.Service = c.name, c.service
		return f
	}
	f := c.from.open(past, c.first, answer)
	f.To, f.Service, f.Lookup = c.name, c.service, c.to.answer
	f.elsewhere(c.to.owners)
	return f
}

// pair picks the family in which both sides have an address: IPv4 where both have one, but IPv6 for ICMPv6. A
// name that has IPv4 only may have an address of DNS64 (F4.217).
func (s Source) pair(d destination, svc packet.Service) (src, dst netip.Addr, err error) {
	proto, _ := svc.Protocol()
	if !d.v6.IsValid() && !d.final && s.asksDNS64() {
		d.v6 = gateway.Synthesize(d.v4)
	}
	src, dst = s.address(false), d.v4
	if proto == packet.ICMPv6 || !src.IsValid() || !dst.IsValid() {
		src, dst = s.address(true), d.v6
	}
	switch {
	case proto == packet.ICMP && dst.Is6():
		return src, dst, fmt.Errorf("ICMP is of IPv4 and the destination's address is %s: want icmpv6", dst)
	case !src.IsValid() || !dst.IsValid():
		return src, dst, fmt.Errorf("%w: no address family for it in which both have an address: the origin has %s, the destination %s",
			ErrNotFound, familiesOf(s.address(false), s.address(true)), familiesOf(d.v4, d.v6))
	}
	return src, dst, nil
}

// Connect opens a connection with a packet given whole: source port, flags, ICMP type, length. An unset
// source address is filled in. The error is for an origin that does not exist, or a packet without a
// destination.
func (n *Network) Connect(from string, p packet.Packet) (Flow, error) {
	return n.connect(nil, from, p)
}

func (n *Network) connect(past *walk.Memory, from string, p packet.Packet) (Flow, error) {
	s, err := n.Source(from)
	if err != nil {
		return Flow{}, err
	}
	if err := s.fits(p); err != nil {
		return Flow{}, fmt.Errorf("packetwalk: connect from %q: %w", from, err)
	}
	return s.connect(past, p), nil
}

// Trace sends one packet one way; nothing is tracked, and nothing answers. The errors are those of
// [Network.Connect].
func (n *Network) Trace(from string, p packet.Packet) (trace.Trace, error) {
	return n.send(nil, from, p)
}

func (n *Network) send(past *walk.Memory, from string, p packet.Packet) (trace.Trace, error) {
	s, err := n.Source(from)
	if err != nil {
		return trace.Trace{}, err
	}
	if err := s.fits(p); err != nil {
		return trace.Trace{}, fmt.Errorf("packetwalk: trace from %q: %w", from, err)
	}
	var t trace.Trace
	origin, p := s.send(p)
	n.world.Send(past, origin, p, &t)
	return t, nil
}

// fits reports a packet that can't be sent from s.
func (s Source) fits(p packet.Packet) error {
	_, p = s.send(p)
	switch {
	case !p.Dst.IsValid():
		return fmt.Errorf("%w: the packet has no destination", ErrInvalid)
	case !p.Src.IsValid():
		return fmt.Errorf("%w: %q has no address of the family of %s", ErrNotFound, s.name, p.Dst)
	case p.Src.Is6() != p.Dst.Is6() || p.Src.Is4In6() || p.Dst.Is4In6():
		return fmt.Errorf("%w: source %s and destination %s are not of one family", ErrInvalid, p.Src, p.Dst)
	}
	return nil
}

func (s Source) connect(past *walk.Memory, p packet.Packet) Flow { return s.open(past, p, p.Length) }

// open sends a packet, which gets an answer of that length.
func (s Source) open(past *walk.Memory, p packet.Packet, answer uint32) Flow {
	f := Flow{From: s.name, network: s.network, Packets: 1}
	origin, p := s.send(p)
	f.To = p.Dst.String()
	f.verdict = s.network.world.Ask(past, origin, p, answer, &f.Forward, &f.Return)
	return f
}

// Flow is a connection: its request, and the reply.
type Flow struct {
	From, To string         // as they were asked for
	Service  packet.Service // as it was asked for; zero where the packet was given whole

	// Lookup is what the resolver said of To, where that was a name; else nil. Where the resolver could not
	// be reached nothing else was sent, and the flow's verdict is that of the lookup.
	Lookup *Answer

	Forward trace.Trace // the request
	// Return is the reply. It is [trace.NotSent] where the request did not arrive (its Beyond then holds
	// what the reply would have met), or where nothing answers such a packet.
	Return trace.Trace

	// Start, End and Packets are what [Flow.Records] writes: when the flow was seen, zero for the start of
	// 1970, and how many packets of this length went each way. They come from the caller, never from a
	// clock.
	Start, End time.Time
	Packets    int64

	network *Network
	verdict trace.Verdict
}

// OK reports whether the connection works: the request arrived, and so did the reply, where there is one.
func (f Flow) OK() bool { return f.verdict.Outcome == trace.Delivered }

// Verdict says where the connection ended, and why: of the request where that was dropped, else of the reply.
// A request that arrived at another one than To names counts as dropped there, with the code
// [trace.RequestDeliveredElsewhere]; what really became of it is in the traces.
func (f Flow) Verdict() trace.Verdict { return f.verdict }

// Blockers lists every control that stands in the way, of the lookup of the name, of the request and of the
// reply, not only the first: each hop that drops.
func (f Flow) Blockers() []trace.Hop {
	var list []trace.Hop
	if f.Lookup != nil && f.Lookup.Lookup != nil {
		list = f.Lookup.Lookup.Blockers()
	}
	return slices.Concat(list, f.astray(), f.Forward.Drops(), f.Return.Drops())
}

// lookups are the questions for the name, to each DNS server that was asked.
func (f Flow) lookups() (list []Flow) {
	if f.Lookup == nil {
		return nil
	}
	list = slices.Clone(f.Lookup.Unanswered)
	if l := f.Lookup.Lookup; l != nil && l.OK() {
		list = append(list, *l)
	}
	return list
}

// Format prints a flow: one line for %v and %s, the numbered hops of request and reply for %+v.
func (f Flow) Format(s fmt.State, verb rune) {
	if verb == 'v' && s.Flag('+') {
		fmt.Fprint(s, f.table())
		return
	}
	fmt.Fprint(s, f.String())
}

// String says in one line what became of the connection.
func (f Flow) String() string {
	what := f.Forward.Sent.String()
	if f.Service.IsValid() {
		what = f.Service.String()
	}
	return fmt.Sprintf("%s -> %s %s: %s", f.From, f.To, what, f.outcome())
}

func (f Flow) outcome() string {
	switch v := f.verdict; {
	case f.Lookup != nil && !f.Lookup.OK() && f.Lookup.Outcome != dns.Unreachable:
		return fmt.Sprintf("the name leads to no address: %v", f.Lookup.Outcome)
	case f.Lookup != nil && !f.Lookup.OK():
		return fmt.Sprintf("the name can't be looked up at %s: %s", f.Lookup.Resolver, f.Lookup.Lookup.outcome())
	case f.OK() && f.Return.Verdict.Outcome == trace.NotSent:
		return "delivered; nothing answers it"
	case f.OK():
		return "works"
	case v.Code == trace.RequestDeliveredElsewhere:
		return fmt.Sprintf("request arrives at %s %s, which is not %s: %s", v.Stage, v.ID, f.To, v.Code)
	case v.Reply:
		return fmt.Sprintf("request delivered, reply dropped at %s %s: %s", v.Stage, v.ID, v.Code)
	default:
		return fmt.Sprintf("request dropped at %s %s: %s", v.Stage, v.ID, v.Code)
	}
}

// table is the whole story: the hops of both packets, and what else would stand in the reply's way.
func (f Flow) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", f.String())
	if f.Lookup != nil {
		fmt.Fprintf(&b, "lookup   %+v\n\n", *f.Lookup)
		if !f.Lookup.OK() {
			return b.String()[:b.Len()-1]
		}
	}
	fmt.Fprintf(&b, "request  %s\n%s\n", f.Forward.Sent, f.Forward.Table())
	if f.Return.Verdict.Outcome != trace.NotSent {
		fmt.Fprintf(&b, "\nreply    %s\n%s\n", f.Return.Sent, f.Return.Table())
		return b.String()
	}
	for i, h := range f.Return.Drops() {
		if i == 0 {
			b.WriteString("\nin the way of the reply:\n")
		}
		fmt.Fprintf(&b, "    %s\n", h)
	}
	return b.String()
}
