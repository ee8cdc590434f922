package gen

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
)

// services are what rules allow and flows ask for.
var services = parse(
	"tcp/22", "tcp/25", "tcp/80", "tcp/443", "tcp/1433", "tcp/2049", "tcp/3306", "tcp/5432", "tcp/5672", "tcp/6379",
	"tcp/8080", "tcp/8443", "tcp/9042", "tcp/9090", "tcp/9200", "tcp/11211", "tcp/27017", "tcp/50051",
	"udp/53", "udp/123", "udp/161", "udp/514", "tcp/8000-8099", "tcp/30000-32767",
)

func parse(texts ...string) []packet.Service {
	list := make([]packet.Service, len(texts))
	for i, s := range texts {
		list[i], _ = packet.ParseService(s) // a wrong text shows in the test as a rule that Build refuses
	}
	return list
}

// addGroups gives a VPC its groups. Names of groups are of the same VPC, one in five of a peer.
func (w *world) addGroups(v int) {
	for g := range groupsPerVPC {
		group := sg.Group{ID: groupID(v, g), Name: fmt.Sprintf("group %d", g), VPC: vpcID(v)}
		for _, d := range []packet.Direction{packet.Ingress, packet.Egress} {
			for range rulesPerSide {
				r := sg.Rule{Direction: d, Service: services[w.IntN(len(services))]}
				if w.IntN(100) < 30 {
					r.Group = w.anyGroup(v)
				} else {
					r.CIDR = w.peer(v)
				}
				group.Rules = append(group.Rules, r)
			}
		}
		w.cfg.SecurityGroups = append(w.cfg.SecurityGroups, group)
	}
}

func (w *world) anyGroup(v int) string {
	if p := w.peers[v]; len(p) > 0 && w.IntN(5) == 0 {
		v = p[w.IntN(len(p))]
	}
	return groupID(v, w.IntN(groupsPerVPC))
}

// peer is the range of a rule: of the VPC itself in two cases out of three, else of one of its peers.
func (w *world) peer(v int) netip.Prefix {
	if p := w.peers[v]; len(p) > 0 && w.IntN(3) == 0 {
		v = p[w.IntN(len(p))]
	}
	six := w.ipv6 && w.IntN(2) == 0
	switch {
	case w.shape == Random:
		return w.rangeIn(v, six)
	case w.IntN(20) == 0:
		return everywhere(six)
	case w.IntN(4) == 0:
		return block(v, six)
	}
	return subnetBlock(v, w.IntN(subnetsPerVPC), six)
}

// rangeIn is a /20 to /32 in a VPC; with IPv6 a /64 to /128.
func (w *world) rangeIn(v int, ipv6 bool) netip.Prefix {
	s, host := w.IntN(subnetsPerVPC), firstHost+w.IntN(interfacesPerVPC/subnetsPerVPC)
	p := netip.PrefixFrom(address4(v, s, host), 20+w.IntN(13))
	if ipv6 {
		p = netip.PrefixFrom(address6(v, s, host), 64+w.IntN(65))
	}
	return p.Masked()
}

// addACL gives the subnets of a VPC an ACL that denies a few things by number and allows the rest, replies
// with it.
func (w *world) addACL(v int) {
	a := nacl.ACL{ID: fmt.Sprintf("acl-%d", v), VPC: vpcID(v)}
	for s := range subnetsPerVPC {
		a.Subnets = append(a.Subnets, subnetID(v, s))
	}
	for _, d := range []packet.Direction{packet.Ingress, packet.Egress} {
		last := entriesPerSide - len(w.families())
		for i := range last {
			e := nacl.Entry{Number: 100 + 10*i, Direction: d, Action: nacl.Allow, Service: services[w.IntN(len(services))], CIDR: w.peer(v)}
			if w.IntN(5) == 0 {
				e.Action, e.CIDR = nacl.Deny, w.rangeIn(v, w.ipv6 && w.IntN(2) == 0)
			}
			a.Entries = append(a.Entries, e)
		}
		for i, six := range w.families() {
			a.Entries = append(a.Entries, nacl.Entry{Number: 1000 + i, Direction: d, Action: nacl.Allow, Service: packet.All(), CIDR: everywhere(six)})
		}
	}
	w.cfg.NetworkACLs = append(w.cfg.NetworkACLs, a)
}
