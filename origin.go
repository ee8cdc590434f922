package packetwalk

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Internet is the name of everything outside: as an origin or a destination of [Network.Probe].
const Internet = "internet"

// outsideAddresses are the internet's own addresses, where none is given.
type outsideAddresses struct{ v4, v6 netip.Addr }

// chooseOutside picks addresses from the ranges for documentation that nothing in the network has:
// 203.0.113.10 and 2001:db8:ffff::10, or else others of these ranges. A network that holds all of them has no
// outside.
func chooseOutside(n *Network) (out outsideAddresses) {
	for _, start := range []string{"203.0.113.10", "192.0.2.10", "198.51.100.10"} {
		a := netip.MustParseAddr(start)
		for i := 0; i < 200 && !out.v4.IsValid(); i++ {
			if !n.holds(a) {
				out.v4 = a
			}
			a = a.Next()
		}
	}
	b := netip.MustParseAddr("2001:db8:ffff::10").As16()
	for i := 0xff; i > 0 && !out.v6.IsValid(); i-- {
		b[4], b[5] = byte(i), byte(i)
		if a := netip.AddrFrom16(b); !n.holds(a) {
			out.v6 = a
		}
	}
	return out
}

// holds reports whether an address is part of the network.
func (n *Network) holds(a netip.Addr) bool {
	return n.world.Public[a] != nil || n.world.RegionalNATs[a] != nil ||
		slices.ContainsFunc(n.vpcs, func(v *walk.VPC) bool { return v.Data.Contains(a) })
}

// Source is an origin that was looked up once; see [Network.Source]. It is safe for concurrent use.
type Source struct {
	network *Network
	name    string
	origin  walk.Origin
	// as is the address by which the source was named, the private one where that was public; invalid where
	// it was named by its ID.
	as netip.Addr
	// all are the interfaces that it has, the primary first; none for the internet.
	all []*walk.Interface
}

// Source fixes an origin: the ID of an instance, of a network interface or of an endpoint or gateway that
// has one, of a gateway endpoint (for what its service answers), of a virtual private gateway (for what is
// behind it), an IP address, or "internet". The error
// is for a name that does not exist, and for a private address that two VPCs hold.
func (n *Network) Source(from string) (Source, error) {
	s, err := n.source(from)
	if err != nil {
		return Source{}, fmt.Errorf("packetwalk: source %q: %w", from, err)
	}
	return s, nil
}

// source is Source, with an error that does not tell the call.
func (n *Network) source(from string) (Source, error) {
	if n == nil || n.world == nil {
		return Source{}, fmt.Errorf("%w: the zero Network: want one that Build made", fault.ErrInvalid)
	}
	s, err := n.find(from)
	if err == nil {
		s.network, s.name = n, from
	}
	return s, err
}

// find looks for who has a name.
func (n *Network) find(from string) (Source, error) {
	if from == Internet {
		return Source{}, nil
	}
	if list := n.interfacesOf(from); len(list) > 0 {
		return Source{origin: walk.Origin{Interface: list[0]}, all: list}, nil
	}
	if g := n.byEndpoint[from]; g != nil {
		return Source{origin: walk.Origin{Endpoint: g}}, nil
	}
	if g := n.regionalNAT(from); g != nil {
		return Source{origin: walk.Origin{NAT: g}, as: g.Data.Addresses[0].Public}, nil
	}
	if g := n.onPremises[from]; g != nil {
		return Source{origin: walk.Origin{OnPremises: g}}, nil
	}
	if _, ok := n.index.instances[from]; ok {
		return Source{}, fmt.Errorf("%w: the instance has no network interface", fault.ErrNotFound)
	}
	a, err := netip.ParseAddr(from)
	if err != nil {
		return Source{}, fmt.Errorf("%w: want the ID of an instance or network interface, an IP address, or %q", fault.ErrNotFound, Internet)
	}
	if a.Zone() != "" {
		return Source{}, fmt.Errorf("%w: want %s, without a zone", fault.ErrInvalid, a.WithZone(""))
	}
	return n.sourceAt(a.Unmap())
}

// sourceAt finds who has an address.
func (n *Network) sourceAt(a netip.Addr) (Source, error) {
	if e := n.world.Public[a]; e != nil {
		as := a
		if a.Is4() {
			as = e.Data.PrivateOf(a)
		}
		return Source{origin: walk.Origin{Interface: e}, as: as, all: []*walk.Interface{e}}, nil
	}
	if g := n.world.RegionalNATs[a]; g != nil {
		return Source{origin: walk.Origin{NAT: g}, as: a}, nil
	}
	var holders []*walk.Interface
	inside := ""
	for _, v := range n.vpcs {
		if e := v.Addresses[a]; e != nil {
			holders = append(holders, e)
		}
		if v.Data.Contains(a) {
			inside = v.Data.ID
		}
	}
	switch {
	case len(holders) == 1:
		return Source{origin: walk.Origin{Interface: holders[0]}, as: a, all: holders}, nil
	case len(holders) > 1:
		return Source{}, fmt.Errorf("%w: network interfaces %q and %q have this address: want the ID of one", fault.ErrInvalid, holders[0].Data.ID, holders[1].Data.ID)
	case inside != "":
		return Source{}, fmt.Errorf("%w: an address of VPC %q that no network interface has", fault.ErrNotFound, inside)
	}
	return Source{origin: walk.Origin{OnPremises: n.behind(a)}, as: a}, nil
}

// behind is the virtual private gateway that has a on its other side; nil where none does, or several.
func (n *Network) behind(a netip.Addr) (only *walk.VirtualPrivate) {
	for _, g := range n.onPremises {
		if !g.Data.Knows(a) {
			continue
		}
		if only != nil {
			return nil
		}
		only = g
	}
	return only
}

// interfacesOf lists the network interfaces of a resource, the primary first; none for a resource that has
// none.
func (n *Network) interfacesOf(id string) []*walk.Interface {
	if e := n.interfaces[id]; e != nil {
		return []*walk.Interface{e}
	}
	var list []*walk.Interface
	add := func(id string) {
		if e := n.interfaces[id]; e != nil {
			list = append(list, e)
		}
	}
	for _, e := range n.index.attached[id] {
		add(e.ID)
	}
	if g := n.index.nats[id]; g != nil {
		for _, a := range g.Addresses {
			add(a.Interface)
		}
	}
	if p := n.index.ifaceEPs[id]; p != nil {
		for _, e := range p.Interfaces {
			add(e)
		}
	}
	if g := n.index.gwlbEPs[id]; g != nil {
		add(g.Interface)
	}
	if l := n.index.balancers[id]; l != nil {
		for _, e := range l.Interfaces {
			add(e)
		}
	}
	return list
}

// Verdict says what becomes of a connection that p opens, request and reply. It is the walk of
// [Network.Connect] without the hops, and allocates nothing. An unset source address is filled in. A packet
// that Connect would refuse is not sent: its verdict is the zero one.
func (s Source) Verdict(p packet.Packet) trace.Verdict {
	if s.network == nil || s.fits(p) != nil {
		return trace.Verdict{}
	}
	from, p := s.send(p)
	return s.network.world.Connect(nil, from, p, nil, nil)
}

// send fills in what the packet leaves open, and picks the interface that has its source address.
func (s Source) send(p packet.Packet) (walk.Origin, packet.Packet) {
	from := s.origin
	if !p.Src.IsValid() {
		p.Src = s.address(p.Dst.Is6())
	}
	for _, e := range s.all {
		if e.Data.Owns(p.Src) {
			from.Interface = e
			break
		}
	}
	return from, p
}

// address is what s sends from in a family; the zero Addr where it has none.
func (s Source) address(v6 bool) netip.Addr {
	switch {
	case s.as.IsValid() && s.as.Is6() == v6:
		return s.as
	case s.as.IsValid():
		return netip.Addr{}
	case s.origin.Endpoint != nil:
		return firstOf(s.origin.Endpoint.Ranges).of(v6)
	case s.origin.OnPremises != nil:
		return firstOf(s.origin.OnPremises.Data.Networks).of(v6)
	case s.origin.Interface == nil && v6:
		return s.network.internet.v6
	case s.origin.Interface == nil:
		return s.network.internet.v4
	}
	for _, e := range s.all {
		if a := e.Data.Address(v6); a.IsValid() {
			return a
		}
	}
	return netip.Addr{}
}

// asksDNS64 reports whether the resolver of s answers with an address in 64:ff9b::/96 for a name without
// IPv6: the attribute of its subnet says so (F4.217), and the Amazon resolver is on.
func (s Source) asksDNS64() bool {
	e := s.origin.Interface
	return e != nil && e.Subnet.Data.DNS64 && !e.Subnet.VPC.Data.NoDNSSupport
}

// destination is where a name leads for a source.
type destination struct {
	v4, v6 netip.Addr
	final  bool              // it was named by an address, or a resolver was asked already
	answer *Answer           // of that resolver; nil: none was asked
	owners []*walk.Interface // of the resource that was named by its ID; none: any who has the address will do
}

// familiesOf says of which families somebody has an address.
func familiesOf(v4, v6 netip.Addr) string {
	switch {
	case v4.IsValid() && v6.IsValid():
		return "IPv4 and IPv6"
	case v4.IsValid():
		return "IPv4"
	case v6.IsValid():
		return "IPv6"
	}
	return "no address"
}

// of is the address of a family.
func (d destination) of(v6 bool) netip.Addr {
	if v6 {
		return d.v6
	}
	return d.v4
}

// destination finds the addresses that a name means to s: the private one to those inside, the public one
// to the internet. An instance without a public one keeps its private one, and the walk says that it can't
// be called.
func (s Source) destination(past *walk.Memory, to string, port uint16) (destination, error) {
	n := s.network
	if to == Internet {
		return destination{v4: n.internet.v4, v6: n.internet.v6}, nil
	}
	if list := n.interfacesOf(to); len(list) > 0 {
		if s.origin == (walk.Origin{}) {
			d := fromOutside(list)
			d.owners = list
			return d, nil
		}
		e := s.nearest(list)
		return destination{v4: e.Data.Primary(), v6: e.Data.Address(true), owners: list}, nil
	}
	if p := n.index.ifaceEPs[to]; p != nil {
		return destination{}, fmt.Errorf("%w: an interface endpoint in state %q has no network interface: nothing is there to call", fault.ErrNotFound, p.State)
	}
	if g := n.regionalNAT(to); g != nil {
		return destination{v4: g.Data.Addresses[0].Public}, nil
	}
	if g := n.index.nats[to]; g != nil {
		return destination{}, fmt.Errorf("%w: a NAT gateway in state %q has no network interface", fault.ErrNotFound, g.State)
	}
	if g := n.byEndpoint[to]; g != nil {
		return firstOf(g.Ranges), nil
	}
	if l := n.index.lists[to]; l != nil {
		return firstOf(l.Entries), nil
	}
	if g := n.onPremises[to]; g != nil {
		return firstOf(g.Data.Networks), nil
	}
	a, err := netip.ParseAddr(to)
	a = a.Unmap()
	switch {
	case err != nil && isHost(to):
		return s.named(past, to, port)
	case err != nil || a.Zone() != "":
		return destination{}, fmt.Errorf("%w: want the ID of an instance, a network interface, a NAT gateway, an endpoint or a prefix list, an IP address, a DNS name, or %q", fault.ErrNotFound, Internet)
	case a.Is6():
		return destination{v6: a, final: true}, nil
	}
	return destination{v4: a, final: true}, nil
}

// fromOutside gives the addresses by which the internet calls one of the interfaces: the first public IPv4
// one, and the first global IPv6 one. Where there is neither it is the private one, which nobody outside
// can reach.
func fromOutside(list []*walk.Interface) (d destination) {
	for _, e := range list {
		for _, a := range e.Data.Private {
			d.v4 = cmp.Or(d.v4, a.Public)
		}
		for _, a := range e.Data.IPv6 {
			if isGlobal(a) {
				d.v6 = cmp.Or(d.v6, a)
			}
		}
	}
	if !d.v4.IsValid() && !d.v6.IsValid() {
		return destination{v4: list[0].Data.Primary(), v6: list[0].Data.Address(true)}
	}
	return d
}

// nearest picks, of the interfaces of an endpoint or a load balancer, the one in the zone of s; else the
// first. One whose zone has failed is picked only where all have (F7.106).
func (s Source) nearest(list []*walk.Interface) *walk.Interface {
	best := list[0]
	for _, e := range list {
		switch {
		case e.Endpoint == nil && e.Balancer == nil || e.Impaired:
		case s.origin.Interface != nil && e.Subnet.Data.Zone == s.origin.Interface.Subnet.Data.Zone:
			return e
		case best.Impaired:
			best = e
		}
	}
	return best
}

// firstOf gives the first address of each family that the ranges hold: one past the range's own.
func firstOf(ranges []netip.Prefix) (d destination) {
	for _, r := range ranges {
		a := r.Addr()
		if next := a.Next(); r.Contains(next) {
			a = next
		}
		if a.Is4() {
			d.v4 = cmp.Or(d.v4, a)
		} else {
			d.v6 = cmp.Or(d.v6, a)
		}
	}
	return d
}
