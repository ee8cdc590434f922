package gen

import (
	"fmt"
	"math/rand/v2"
	"net/netip"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// Shape says what the rules of a [World] name.
type Shape uint8

// The shapes.
const (
	Tiered Shape = iota // whole VPCs and subnets, as people write rules
	Random              // ranges from /20 to /32, anywhere in the VPC and its peers
)

// String gives "tiered" or "random".
func (s Shape) String() string {
	if s == Random {
		return "random"
	}
	return "tiered"
}

// The proportions of a World.
const (
	interfacesPerVPC = 200
	subnetsPerVPC    = 8
	groupsPerVPC     = 20
	rulesPerSide     = 60 // of a group, in and out
	entriesPerSide   = 20 // of an ACL, in and out
	peersPerVPC      = 6
	maxVPCs          = 256 // 10.0.0.0/16 to 10.255.0.0/16
)

// World makes a network of that many interfaces, in a VPC for every 200 (at least one, at most 256). A VPC
// has 8 subnets, two of them public, four behind a NAT gateway and two isolated; an ACL of 20 + 20 entries;
// 20 groups of 60 + 60 rules, of which 30 % name another group; and 6 peerings, as far as there are other
// VPCs. An interface has 1 to 5 groups.
func World(seed uint64, interfaces int, shape Shape) packetwalk.Config {
	return newWorld(seed, interfaces, shape, false)
}

// DualStack is [World] with an IPv6 address beside each private IPv4 one, and half of the rules for IPv6.
func DualStack(seed uint64, interfaces int, shape Shape) packetwalk.Config {
	return newWorld(seed, interfaces, shape, true)
}

func newWorld(seed uint64, interfaces int, shape Shape, ipv6 bool) packetwalk.Config {
	w := world{
		Rand:  rand.New(rand.NewPCG(seed, 1)),
		shape: shape,
		ipv6:  ipv6,
		vpcs:  min(max(interfaces/interfacesPerVPC, 1), maxVPCs),
	}
	for v := range w.vpcs {
		w.addVPC(v)
	}
	w.addPeerings()
	for v := range w.vpcs {
		w.addTables(v)
		w.addACL(v)
		w.addGroups(v)
	}
	for i := range max(interfaces, 0) {
		w.addInterface(i%w.vpcs, i/w.vpcs)
	}
	return w.cfg
}

// world is a World in the making. VPCs, and subnets and groups inside a VPC, are known by their number.
type world struct {
	*rand.Rand
	shape Shape
	ipv6  bool
	vpcs  int
	peers [maxVPCs][]int
	cfg   packetwalk.Config
}

func vpcID(v int) string       { return fmt.Sprintf("vpc-%d", v) }
func subnetID(v, s int) string { return fmt.Sprintf("subnet-%d-%d", v, s) }
func groupID(v, g int) string  { return fmt.Sprintf("sg-%d-%d", v, g) }

// block is the range of a VPC, subnetBlock that of a subnet: 10.v.0.0/16 and its /20s, 2001:db8:0:v00::/56
// and its /64s.
func block(v int, ipv6 bool) netip.Prefix {
	if ipv6 {
		return netip.PrefixFrom(address6(v, 0, 0), 56)
	}
	return netip.PrefixFrom(address4(v, 0, 0), 16)
}

func subnetBlock(v, s int, ipv6 bool) netip.Prefix {
	if ipv6 {
		return netip.PrefixFrom(address6(v, s, 0), 64)
	}
	return netip.PrefixFrom(address4(v, s, 0), 20)
}

func address4(v, s, host int) netip.Addr {
	return netip.AddrFrom4([4]byte{10, byte(v), byte(s<<4 | host>>8), byte(host)})
}

func address6(v, s, host int) netip.Addr {
	return netip.AddrFrom16([16]byte{0: 0x20, 1: 0x01, 2: 0x0d, 3: 0xb8, 6: byte(v), 7: byte(s), 14: byte(host >> 8), 15: byte(host)})
}

// families are the families that the world has, as the arguments of block.
func (w *world) families() []bool {
	if w.ipv6 {
		return []bool{false, true}
	}
	return []bool{false}
}

func (w *world) addVPC(v int) {
	data := vpc.VPC{ID: vpcID(v)}
	for _, six := range w.families() {
		data.Blocks = append(data.Blocks, vpc.Block{CIDR: block(v, six)})
	}
	w.cfg.VPCs = append(w.cfg.VPCs, data)
	for s := range subnetsPerVPC {
		sn := subnet.Subnet{ID: subnetID(v, s), VPC: vpcID(v), Zone: "us-east-1" + string(rune('a'+s%2)), CIDR: subnetBlock(v, s, false)}
		if w.ipv6 {
			sn.IPv6CIDR = subnetBlock(v, s, true)
		}
		w.cfg.Subnets = append(w.cfg.Subnets, sn)
	}
	w.cfg.InternetGateways = append(w.cfg.InternetGateways, gateway.Internet{ID: fmt.Sprintf("igw-%d", v), VPC: vpcID(v)})
	if w.ipv6 {
		w.cfg.EgressOnlyGateways = append(w.cfg.EgressOnlyGateways, gateway.EgressOnly{ID: fmt.Sprintf("eigw-%d", v), VPC: vpcID(v)})
	}
	w.cfg.NATGateways = append(w.cfg.NATGateways, gateway.NAT{
		ID: fmt.Sprintf("nat-%d", v), Subnet: subnetID(v, 0),
		Addresses: []gateway.NATAddress{{Private: address4(v, 0, 4), Public: public(maxPublic - v)}},
	})
}

// maxPublic is the last of the public addresses: they come from 198.18.0.0/15, which is set aside for tests.
const maxPublic = 1<<17 - 2

func public(n int) netip.Addr {
	return netip.AddrFrom4([4]byte{198, byte(18 + n>>16&1), byte(n >> 8), byte(n)})
}

// addPeerings joins each VPC to the next three, so that it has six peers where there are that many.
func (w *world) addPeerings() {
	for v := range w.vpcs {
		for d := 1; d <= peersPerVPC/2; d++ {
			other := (v + d) % w.vpcs
			if other == v || w.peered(v, other) {
				continue
			}
			w.peers[v], w.peers[other] = append(w.peers[v], other), append(w.peers[other], v)
			w.cfg.Peerings = append(w.cfg.Peerings, peering.Connection{
				ID: peeringID(v, other), Requester: peering.Side{VPC: vpcID(v)}, Accepter: peering.Side{VPC: vpcID(other)},
			})
		}
	}
}

func peeringID(a, b int) string { return fmt.Sprintf("pcx-%d-%d", min(a, b), max(a, b)) }

func (w *world) peered(a, b int) bool {
	for _, p := range w.peers[a] {
		if p == b {
			return true
		}
	}
	return false
}

// addTables gives a VPC its three tables: of the public, the private and the isolated subnets.
func (w *world) addTables(v int) {
	out := []struct {
		name            string
		first, last     int // subnets
		target, target6 route.Target
	}{
		{"public", 0, 1, to(route.InternetGateway, "igw", v), to(route.InternetGateway, "igw", v)},
		{"private", 2, 5, to(route.NATGateway, "nat", v), to(route.EgressOnlyInternetGateway, "eigw", v)},
		{"isolated", 6, 7, route.Target{}, route.Target{}},
	}
	for _, o := range out {
		t := route.Table{ID: fmt.Sprintf("rtb-%d-%s", v, o.name), VPC: vpcID(v), Main: o.name == "isolated"}
		for s := o.first; s <= o.last; s++ {
			t.Subnets = append(t.Subnets, subnetID(v, s))
		}
		for _, six := range w.families() {
			for _, p := range w.peers[v] {
				t.Routes = append(t.Routes, route.Route{
					Destination: block(p, six), Target: route.Target{Kind: route.PeeringConnection, ID: peeringID(v, p)},
				})
			}
			target := o.target
			if six {
				target = o.target6
			}
			if target.ID != "" {
				t.Routes = append(t.Routes, route.Route{Destination: everywhere(six), Target: target})
			}
		}
		w.cfg.RouteTables = append(w.cfg.RouteTables, t)
	}
}

func to(kind route.TargetKind, name string, v int) route.Target {
	return route.Target{Kind: kind, ID: fmt.Sprintf("%s-%d", name, v)}
}

func everywhere(ipv6 bool) netip.Prefix {
	if ipv6 {
		return netip.PrefixFrom(netip.IPv6Unspecified(), 0)
	}
	return netip.PrefixFrom(netip.IPv4Unspecified(), 0)
}

// firstHost is the first host of a subnet that an interface gets; those below are reserved, or a gateway's.
const firstHost = 10

// addInterface adds the i-th interface of a VPC.
func (w *world) addInterface(v, i int) {
	s, host := i%subnetsPerVPC, firstHost+i/subnetsPerVPC
	id := fmt.Sprintf("i-%d-%d", v, i)
	e := subnet.Interface{
		ID: id + "-eni", Subnet: subnetID(v, s), Attachment: subnet.Attachment{Instance: id},
		Private: []subnet.Address{{Private: address4(v, s, host)}},
	}
	if s < 2 {
		e.Private[0].Public = public(len(w.cfg.Interfaces) + 1)
	}
	if w.ipv6 {
		e.IPv6 = []netip.Addr{address6(v, s, host)}
	}
	for _, g := range w.Perm(groupsPerVPC)[:1+w.IntN(5)] {
		e.Groups = append(e.Groups, groupID(v, g))
	}
	w.cfg.Instances = append(w.cfg.Instances, vpc.Instance{ID: id})
	w.cfg.Interfaces = append(w.cfg.Interfaces, e)
}
