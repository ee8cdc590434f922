package packetwalk

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// Resolve says what the resolver that from uses would answer for a name, and why: an instance asks the DNS
// server of its VPC's DHCP options (F9.307), and who is on the internet or on-premises the public DNS
// (F9.305). From is as for [Network.Source]. The lookup is itself traffic: where it does not come through,
// the answer's Outcome is [dns.Unreachable] and its Lookup says why.
//
// A DNS server of one's own knows the hosted zones that name an address of it in Servers. What it does not
// know we assume that it asks the resolver of its own network for: the Amazon resolver of its VPC, else the
// public DNS.
//
// The error is for an origin that does not exist or asks no resolver, and for what is no name. A name that
// nobody knows is an answer.
func (n *Network) Resolve(from, name string) (Answer, error) {
	s, err := n.source(from)
	if err == nil {
		var a Answer
		if a, err = s.resolve(nil, name, firstPort); err == nil {
			return a, nil
		}
	}
	return Answer{}, fmt.Errorf("packetwalk: resolve %q from %q: %w", name, from, err)
}

// resolve asks for a name from a port. The controls on the way to the resolver know what past remembers.
func (s Source) resolve(past *walk.Memory, name string, port uint16) (Answer, error) {
	asked, err := dns.ParseName(name)
	if err != nil {
		return Answer{}, fmt.Errorf("%w: %w", ErrInvalid, err)
	}
	a := Answer{From: s.name, Name: asked}
	server, err := s.findServer(past, &a, port)
	if err != nil {
		return Answer{}, err
	}
	if server == nil {
		a.Outcome = dns.Unreachable
		return a, nil
	}
	server.resolve(&a)
	return a, nil
}

// findServer gives the resolver that s asks, nil where none can be reached. Who is not in a VPC asks one that
// nobody here sees.
func (s Source) findServer(past *walk.Memory, a *Answer, port uint16) (*nameServer, error) {
	switch o := s.origin; {
	case o.Endpoint != nil || o.NAT != nil || o.Interface != nil && !isHosts(o.Interface):
		return nil, fmt.Errorf("%w: an endpoint, a load balancer or a NAT gateway asks for no names: want an instance or a network interface", ErrInvalid)
	case o.OnPremises != nil:
		return s.network.onPremisesServer(o.OnPremises), nil
	case o.Interface == nil:
		return &nameServer{network: s.network}, nil
	}
	servers := s.network.serversOf(s.origin.Interface)
	for _, server := range servers {
		f, err := s.lookup(past, server, port)
		switch {
		case err != nil:
			a.Steps = append(a.Steps, dns.Step{By: dns.Resolver, ID: server.String(), Said: err.Error()})
			continue
		case a.Lookup == nil || f.OK():
			a.Resolver, a.Lookup = server, &f
		}
		if f.OK() {
			found := s.network.serverAt(server, s.origin.Interface, f.Forward.Verdict)
			a.Steps = append(a.Steps, dns.Step{By: dns.Resolver, ID: server.String(), Said: found.says()})
			return found, nil
		}
		a.Unanswered = append(a.Unanswered, f)
		a.Steps = append(a.Steps, dns.Step{By: dns.Resolver, ID: server.String(), Said: "no answer: " + f.outcome()})
	}
	return nil, nil
}

// isHosts reports whether an interface is of a host, and not of what AWS runs there by itself.
func isHosts(e *walk.Interface) bool {
	return e.NAT == nil && e.Endpoint == nil && e.Inspector == nil && e.Balancer == nil
}

// serversOf are the DNS servers that DHCP tells an interface of, in their order (F9.307). With a set that
// names none, a host of today asks 169.254.169.253.
func (n *Network) serversOf(e *walk.Interface) []netip.Addr {
	v := e.Subnet.VPC
	amazon := v.DNS
	if !e.Data.Primary().IsValid() || !amazon.IsValid() {
		amazon = amazonDNSv6 // an IPv6-only host
	}
	set := n.index.dhcp[v.Data.DHCPOptions]
	switch {
	case set == nil:
		return []netip.Addr{amazon}
	case len(set.DomainNameServers) == 0 && e.Data.Primary().IsValid():
		return []netip.Addr{amazonDNSv4}
	case len(set.DomainNameServers) == 0:
		return []netip.Addr{amazonDNSv6}
	}
	var list []netip.Addr
	for _, text := range set.DomainNameServers {
		a, err := netip.ParseAddr(text)
		if text == vpc.AmazonProvidedDNS || err != nil {
			a = amazon
		}
		list = append(list, a)
	}
	return list
}

// The addresses of the Amazon resolver that are the same in every VPC (F9.301).
var (
	amazonDNSv4 = netip.MustParseAddr("169.254.169.253")
	amazonDNSv6 = netip.MustParseAddr("fd00:ec2::253")
)

// lookup is a question to a DNS server and its answer, as traffic. The error is for a host without an address
// of the server's family.
func (s Source) lookup(past *walk.Memory, server netip.Addr, port uint16) (Flow, error) {
	src := s.address(server.Is6())
	if e := s.origin.Interface; !src.IsValid() {
		src = e.Data.Address(server.Is6()) // s was named by an address of the other family
	}
	if !src.IsValid() {
		return Flow{}, errors.New("not asked: who asks has no address of its family")
	}
	svc := packet.MustParseService("udp/53")
	p, err := svc.Open(src, server, port)
	if err != nil {
		return Flow{}, err
	}
	f := s.connect(past, p)
	f.Service = svc
	return f, nil
}

// serverAt is who answered at an address: the Amazon resolver of the VPC of e, who asked, or a DNS server of
// one's own, which has zones and forwards the rest to the resolver of its own network.
func (n *Network) serverAt(a netip.Addr, e *walk.Interface, v trace.Verdict) *nameServer {
	s := &nameServer{network: n}
	if v.Stage == trace.StageService {
		s.vpc, s.asker = e.Subnet.VPC, e
		return s
	}
	at := n.interfaces[v.ID]
	s.ownID = a.String()
	s.own = n.heldAt(func(one netip.Addr) bool {
		return one == a || at != nil && (at.Data.Owns(one) || at.Data.PrivateOf(one).IsValid())
	})
	if at != nil && !at.Subnet.VPC.Data.NoDNSSupport {
		s.vpc, s.asker = at.Subnet.VPC, at
	}
	return s
}

// heldAt are the zones that DNS servers of one's own hold at some addresses: also where one is called by
// another of them, or by that of a load balancer before it.
func (n *Network) heldAt(is func(netip.Addr) bool) (held []*dns.Zone) {
	for i := range n.config.HostedZones {
		if z := &n.config.HostedZones[i]; slices.ContainsFunc(z.Servers, is) {
			held = append(held, z)
		}
	}
	return held
}

// onPremisesServer is the resolver behind a virtual private gateway: it holds the zones of the DNS servers
// there, and knows of no VPC (F9.305).
func (n *Network) onPremisesServer(g *walk.VirtualPrivate) *nameServer {
	return &nameServer{network: n, ownID: "on-premises", own: n.heldAt(g.Data.Knows)}
}

// says is what a resolver does, for a step.
func (s *nameServer) says() string {
	amazon := "the public DNS"
	if s.vpc != nil {
		amazon = "the Amazon resolver of VPC " + s.vpc.Data.ID
	}
	if s.ownID != "" {
		return "a DNS server of one's own, which forwards to " + amazon
	}
	return amazon
}

// isHost reports whether text may be the name of a host: it has a dot, and its last label is not a number, as
// that of an address is.
func isHost(text string) bool {
	name, err := dns.ParseName(text)
	last := name[strings.LastIndexByte(name, '.')+1:]
	return err == nil && len(last) < len(name) && !strings.ContainsAny(name, "/:") && strings.Trim(last, "0123456789") != ""
}

// named is the destination that a host's name leads to for s, or that of a service such as
// "com.amazonaws.us-east-1.sqs", which stands for the name by which it is called. Of several addresses it is
// the one in the zone of s, else the first.
func (s Source) named(past *walk.Memory, to string, port uint16) (destination, error) {
	if names := endpoint.PublicNames(to); len(names) > 0 {
		to = strings.Replace(names[0], "*", "any", 1) // as for the registries of ECR
	}
	a, err := s.resolve(past, to, port)
	if err != nil {
		return destination{}, err
	}
	d := destination{final: true, answer: &a}
	if !a.OK() && (a.Outcome != dns.Unreachable || a.Lookup == nil) {
		return d, fmt.Errorf("%w: %s (%s)", ErrNotFound, a.brief(), a.why())
	}
	for _, one := range a.Addresses {
		if one.Is6() {
			d.v6 = s.nearer(d.v6, one)
		} else {
			d.v4 = s.nearer(d.v4, one)
		}
	}
	return d, nil
}

// nearer picks the one of two addresses of a name that is in the zone of s; else the first.
func (s Source) nearer(first, next netip.Addr) netip.Addr {
	if !first.IsValid() {
		return next
	}
	me := s.origin.Interface
	if me == nil {
		return first
	}
	here := func(a netip.Addr) bool {
		e := me.Subnet.VPC.Addresses[a]
		return e != nil && (e.Endpoint != nil || e.Balancer != nil) && e.Subnet.Data.Zone == me.Subnet.Data.Zone
	}
	if here(next) && !here(first) {
		return next
	}
	return first
}

// unresolved is the flow to a name that could not be looked up: all of it is the lookup.
func (s Source) unresolved(a *Answer) Flow {
	return Flow{From: s.name, Lookup: a, Packets: 1, network: s.network, verdict: a.Lookup.verdict}
}
