package gen

import (
	"fmt"
	"math/rand/v2"
	"net/netip"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// Small makes a network of one to three VPCs, of which two may have the same addresses, with a few of
// everything: dual-stack subnets, gateways of each kind, peerings in any status, endpoints, services that one
// VPC offers the next by PrivateLink, custom ACLs, groups that refer to each other, stopped instances,
// appliances and NAT instances, and routes to every kind of target, blackholes among them.
func Small(seed uint64) packetwalk.Config {
	s := small{Rand: rand.New(rand.NewPCG(seed, 3)), vpcs: make([]smallVPC, 1+int(seed%3))}
	for v := range s.vpcs {
		s.addVPC(v)
	}
	s.addPeerings()
	for v := range s.vpcs {
		s.addGateways(v)
		s.addGroups(v)
		s.addInterfaces(v)
		s.addEndpoints(v)
		s.addTables(v)
		s.addACLs(v)
	}
	for v := range s.vpcs[1:] {
		s.addPrivateLink(v, v+1)
	}
	s.addInspectors(seed)
	return s.cfg
}

// small is a Small network in the making.
type small struct {
	*rand.Rand
	vpcs []smallVPC
	cfg  packetwalk.Config
}

// smallVPC is what the later steps need to know of a VPC.
type smallVPC struct {
	id      string
	net     byte // 10.<net>.0.0/16
	ipv6    bool
	subnets []string
	peers   []int
	targets []route.Target // what its routes can lead to
	nat     string         // the interface of a NAT instance in the first subnet, or ""
}

// one reports true in one case out of n.
func (s *small) one(n int) bool { return s.IntN(n) == 0 }

func (s *small) addVPC(v int) {
	me := &s.vpcs[v]
	me.id, me.net, me.ipv6 = fmt.Sprintf("v%d", v), byte(v), s.one(2)
	if v == 2 {
		me.net = byte(s.IntN(3)) // perhaps somebody else's
	}
	data := vpc.VPC{ID: me.id, NoDNSSupport: s.one(6), Blocks: vpc.Blocks(fmt.Sprintf("10.%d.0.0/16", me.net))}
	if me.ipv6 {
		data.Blocks = append(data.Blocks, vpc.Block{CIDR: block(v, true)})
	}
	s.cfg.VPCs = append(s.cfg.VPCs, data)
	for i := range 1 + s.IntN(4) {
		sn := subnet.Subnet{ID: fmt.Sprintf("%s-s%d", me.id, i), VPC: me.id, CIDR: subnetBlock(int(me.net), i, false)}
		if s.one(2) {
			sn.Zone = "us-east-1b"
		}
		if me.ipv6 && !s.one(3) {
			sn.IPv6CIDR = subnetBlock(v, i, true)
			if s.one(4) {
				sn.CIDR = netip.Prefix{}
			}
		}
		me.subnets = append(me.subnets, sn.ID)
		s.cfg.Subnets = append(s.cfg.Subnets, sn)
	}
}

func (s *small) addPeerings() {
	for a := range s.vpcs {
		for b := range a {
			if s.vpcs[a].net == s.vpcs[b].net || s.one(3) {
				continue
			}
			p := peering.Connection{
				ID: fmt.Sprintf("pcx-%d-%d", b, a), Requester: peering.Side{VPC: s.vpcs[b].id}, Accepter: peering.Side{VPC: s.vpcs[a].id},
			}
			if s.one(5) {
				p.Status = peering.Status(1 + s.IntN(9))
			}
			s.cfg.Peerings = append(s.cfg.Peerings, p)
			s.vpcs[a].peers, s.vpcs[b].peers = append(s.vpcs[a].peers, b), append(s.vpcs[b].peers, a)
			for _, v := range []int{a, b} {
				s.vpcs[v].targets = append(s.vpcs[v].targets, route.Target{Kind: route.PeeringConnection, ID: p.ID})
			}
		}
	}
}

func (s *small) addGateways(v int) {
	me := &s.vpcs[v]
	lead := func(kind route.TargetKind, id string) {
		me.targets = append(me.targets, route.Target{Kind: kind, ID: id})
	}
	if !s.one(4) {
		s.cfg.InternetGateways = append(s.cfg.InternetGateways, gateway.Internet{ID: me.id + "-igw", VPC: me.id})
		lead(route.InternetGateway, me.id+"-igw")
	}
	if s.one(2) {
		s.cfg.EgressOnlyGateways = append(s.cfg.EgressOnlyGateways, gateway.EgressOnly{ID: me.id + "-eigw", VPC: me.id})
		lead(route.EgressOnlyInternetGateway, me.id+"-eigw")
	}
	for i, id := range me.subnets {
		if !s.one(3) || !s.hasIPv4(id) {
			continue
		}
		g := gateway.NAT{ID: id + "-nat", Subnet: id, Connectivity: gateway.Private}
		if s.one(2) {
			g.Connectivity, g.Addresses = gateway.Public, []gateway.NATAddress{{Public: public(1000 + 10*v + i)}}
		}
		if s.one(6) {
			g.State = gateway.NATPending
		}
		s.cfg.NATGateways = append(s.cfg.NATGateways, g)
		lead(route.NATGateway, g.ID)
	}
}

func (s *small) hasIPv4(id string) bool {
	for _, sn := range s.cfg.Subnets {
		if sn.ID == id {
			return sn.CIDR.IsValid()
		}
	}
	return false
}

// service is now and then everything, or a ping.
func (s *small) service() packet.Service {
	switch s.IntN(5) {
	case 0:
		return packet.All()
	case 1:
		return packet.Of(packet.ICMP)
	}
	return services[s.IntN(len(services))]
}

// peer is a range that somebody may have.
func (s *small) peer() netip.Prefix {
	v := s.IntN(len(s.vpcs))
	six := s.vpcs[v].ipv6 && s.one(2)
	net := int(s.vpcs[v].net)
	if six {
		net = v
	}
	switch s.IntN(4) {
	case 0:
		return block(net, six)
	case 1:
		return subnetBlock(net, s.IntN(4), six)
	}
	return everywhere(six)
}

func (s *small) addGroups(v int) {
	me := &s.vpcs[v]
	open := sg.Group{ID: me.id + "-open", VPC: me.id, Rules: sg.NewGroupRules(me.ipv6)} // for those that forward
	for _, r := range open.Rules {
		r.Direction = packet.Ingress
		open.Rules = append(open.Rules, r)
	}
	s.cfg.SecurityGroups = append(s.cfg.SecurityGroups, open)
	for g := range 1 + s.IntN(3) {
		group := sg.Group{ID: fmt.Sprintf("%s-g%d", me.id, g), VPC: me.id}
		for range 1 + s.IntN(6) {
			r := sg.Rule{Direction: packet.Direction(1 + s.IntN(2)), Service: s.service(), CIDR: s.peer()}
			if s.one(4) {
				r.CIDR, r.Group = netip.Prefix{}, fmt.Sprintf("%s-g%d", me.id, s.IntN(g+1))
			}
			group.Rules = append(group.Rules, r)
		}
		if !s.one(3) {
			group.Rules = append(group.Rules, sg.NewGroupRules(me.ipv6)...)
		}
		s.cfg.SecurityGroups = append(s.cfg.SecurityGroups, group)
	}
}

func (s *small) addInterfaces(v int) {
	me := &s.vpcs[v]
	for i := range 1 + s.IntN(4) {
		id := fmt.Sprintf("%s-i%d", me.id, i)
		e := subnet.Interface{ID: id + "-eni", Subnet: me.subnets[s.IntN(len(me.subnets))], Attachment: subnet.Attachment{Instance: id}}
		if s.hasIPv4(e.Subnet) && s.one(2) {
			e.Private = []subnet.Address{{Public: public(2000 + 10*v + i)}}
		}
		s.giveIPv6(&e, v, i)
		if !s.one(4) {
			e.Groups = []string{fmt.Sprintf("%s-g0", me.id)}
		}
		if s.one(4) {
			e.Groups = []string{me.id + "-open"}
		}
		if s.one(3) {
			e.NoSourceDestCheck, e.Forwarding = true, subnet.Forwarding(s.IntN(3))
			e.Groups = []string{me.id + "-open"}
		}
		if i == 0 && s.one(3) && s.hasIPv4(me.subnets[0]) {
			me.nat, e.Subnet, e.IPv6 = e.ID, me.subnets[0], nil
			e.Private = []subnet.Address{{Public: public(2000 + 10*v)}}
			e.Groups, e.NoSourceDestCheck, e.Forwarding = []string{me.id + "-open"}, true, subnet.Masquerade
		}
		instance := vpc.Instance{ID: id}
		if me.nat != e.ID && s.one(6) {
			instance.State = vpc.InstanceState(1 + s.IntN(6))
		}
		s.cfg.Instances = append(s.cfg.Instances, instance)
		s.cfg.Interfaces = append(s.cfg.Interfaces, e)
		me.targets = append(me.targets, route.Target{Kind: route.NetworkInterface, ID: e.ID}, route.Target{Kind: route.Instance, ID: id})
	}
}

// giveIPv6 gives e an address where its subnet has a range.
func (s *small) giveIPv6(e *subnet.Interface, v, i int) {
	for n, id := range s.vpcs[v].subnets {
		for _, sn := range s.cfg.Subnets {
			if id == e.Subnet && sn.ID == id && sn.IPv6CIDR.IsValid() {
				e.IPv6 = []netip.Addr{address6(v, n, firstHost+i)}
			}
		}
	}
}
