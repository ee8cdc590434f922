package gen

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/netip"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
)

// Flow is a connection that somebody opens: the ID of a network interface, or "internet", and the first
// packet.
type Flow struct {
	From   string
	Packet packet.Packet
}

// String says who sends what.
func (f Flow) String() string { return fmt.Sprintf("%s: %v", f.From, f.Packet) }

// Flows draws n connections between the interfaces of a Config that says the addresses of all of them, as a
// [World] does and any completed Config: most to an interface of the same VPC or of another, a few to and
// from the internet. Half of the services are those that a group of the called interface speaks of. Where
// both ends have IPv6, every other flow uses it. A NAT gateway opens nothing by itself and is not called; a
// load balancer is called. Where a VPC has an endpoint for a service that somebody offers, one flow in three
// of its hosts is for that. A Config in which no other interface has an address has no flows.
func Flows(cfg packetwalk.Config, seed uint64, n int) []Flow {
	d := newDrawer(cfg, seed)
	if len(d.from) == 0 {
		return nil
	}
	flows := make([]Flow, 0, n)
	for len(flows) < n {
		flows = append(flows, d.draw())
	}
	return flows
}

// drawer draws flows.
type drawer struct {
	*rand.Rand
	hosts  []*subnet.Interface
	from   []*subnet.Interface            // those that open connections
	vpcOf  map[string]string              // of a subnet
	inVPC  map[string][]*subnet.Interface // by the VPC
	groups map[string]*sg.Group
	links  map[string][]link // by the VPC
}

func newDrawer(cfg packetwalk.Config, seed uint64) *drawer {
	d := &drawer{
		Rand: rand.New(rand.NewPCG(seed, 2)), vpcOf: make(map[string]string),
		inVPC: make(map[string][]*subnet.Interface), groups: make(map[string]*sg.Group),
	}
	for _, s := range cfg.Subnets {
		d.vpcOf[s.ID] = s.VPC
	}
	for i := range cfg.SecurityGroups {
		d.groups[cfg.SecurityGroups[i].ID] = &cfg.SecurityGroups[i]
	}
	d.links = linksOf(cfg, d.vpcOf)
	for i := range cfg.Interfaces {
		if e := &cfg.Interfaces[i]; e.Kind != subnet.NATGateway && (e.Primary().IsValid() || len(e.IPv6) > 0) {
			d.hosts = append(d.hosts, e)
			if e.Kind != subnet.NetworkLoadBalancer {
				d.from = append(d.from, e)
			}
			d.inVPC[d.vpcOf[e.Subnet]] = append(d.inVPC[d.vpcOf[e.Subnet]], e)
		}
	}
	return d
}

// Addresses outside, from the ranges for documentation.
var (
	outside4 = netip.AddrFrom4([4]byte{203, 0, 113, 77})
	outside6 = netip.AddrFrom16([16]byte{0: 0x20, 1: 0x01, 2: 0x0d, 3: 0xb8, 4: 0xff, 5: 0xff, 15: 0x77})
)

func (d *drawer) draw() Flow {
	from := d.from[d.IntN(len(d.from))]
	neighbours := d.inVPC[d.vpcOf[from.Subnet]]
	at := neighbours[d.IntN(len(neighbours))]
	if links := d.links[d.vpcOf[from.Subnet]]; len(links) > 0 && d.IntN(3) == 0 {
		return d.call(from, links[d.IntN(len(links))])
	}
	switch d.IntN(10) {
	case 0: // out
		return Flow{from.ID, d.open(from, from, outside4, outside6)}
	case 1: // in
		p := d.open(nil, at, cmp.Or(at.PublicOf(at.Primary()), at.Primary()), first(at.IPv6))
		return Flow{packetwalk.Internet, p}
	case 2, 3, 4: // anywhere, peers among them
		at = d.hosts[d.IntN(len(d.hosts))]
	}
	return Flow{from.ID, d.open(from, at, at.Primary(), first(at.IPv6))}
}

func first(list []netip.Addr) netip.Addr {
	if len(list) == 0 {
		return netip.Addr{}
	}
	return list[0]
}

// open is the first packet of a connection from an interface, nil for the internet, to the one of the
// addresses that it can speak to. At is whose groups say what to ask for.
func (d *drawer) open(from, at *subnet.Interface, v4, v6 netip.Addr) packet.Packet {
	src4, src6 := outside4, outside6
	if from != nil {
		src4, src6 = from.Primary(), first(from.IPv6)
	}
	p := packet.Packet{Src: src4, Dst: v4, SrcPort: uint16(32768 + d.IntN(28000))}
	if six := src6.IsValid() && v6.IsValid(); six && (d.IntN(2) == 0 || !src4.IsValid() || !v4.IsValid()) {
		p.Src, p.Dst = src6, v6
	}
	s := d.service(at)
	p.Protocol, _ = s.Protocol()
	switch r, ok := s.PortRange(); {
	case ok:
		p.DstPort = r.First + uint16(d.IntN(int(r.Last-r.First)+1))
	case p.Protocol.IsICMP() && p.Is6():
		p.Protocol, p.ICMPType, p.SrcPort = packet.ICMPv6, 128, 0
	case p.Protocol.IsICMP():
		p.Protocol, p.ICMPType, p.SrcPort = packet.ICMP, 8, 0
	case !p.Protocol.HasPorts():
		p.SrcPort = 0
	}
	if p.Protocol == packet.TCP {
		p.Flags = packet.SYN
	}
	return p
}

// service is what one of the groups of e speaks of, or any.
func (d *drawer) service(e *subnet.Interface) packet.Service {
	if len(e.Groups) > 0 && d.IntN(2) == 0 {
		if g := d.groups[e.Groups[0]]; g != nil && len(g.Rules) > 0 {
			if s := g.Rules[d.IntN(len(g.Rules))].Service; !s.IsAll() {
				return s
			}
		}
	}
	return services[d.IntN(len(services))]
}
