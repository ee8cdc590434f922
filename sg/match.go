package sg

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Match finds the first rule of the groups that allows p; ok is false where none does (F5.001).
// Which rule is the first depends on the order of groups and rules, whether there is one does not.
//
// Nil groups are skipped. Where peers is nil, nobody is a member of any group or on any prefix list.
// Match keeps no state (F5.010) and, but for what peers does, allocates nothing.
func Match(groups []*Group, d packet.Direction, p packet.Packet, peers Peers) (dec Decision, ok bool) {
	peer := p.FarEnd(d)
	if !peer.IsValid() {
		return Decision{}, false
	}
	for _, g := range groups {
		if g == nil {
			continue
		}
		for i := range g.Rules {
			r := &g.Rules[i]
			if r.Direction != d || !r.serves(p, peer) {
				continue
			}
			if member, ok := r.admits(peer, peers); ok {
				return Decision{Group: g, Rule: r, Member: member}, true
			}
		}
	}
	return Decision{}, false
}

// HasRules reports whether any of the groups has a rule in a direction, whatever it allows. A stale
// rule is one: it stays in its group (F5.111).
func HasRules(groups []*Group, d packet.Direction) bool {
	for _, g := range groups {
		if g == nil {
			continue
		}
		for i := range g.Rules {
			if g.Rules[i].Direction == d {
				return true
			}
		}
	}
	return false
}

// serves reports whether p is traffic of the rule's service. An ICMPv6 rule never matches IPv4
// (F5.009).
func (r *Rule) serves(p packet.Packet, peer netip.Addr) bool {
	if proto, ok := r.Service.Protocol(); ok && proto == packet.ICMPv6 && peer.Is4() {
		return false
	}
	return r.Service.Matches(p)
}

// admits reports whether the rule's peer stands for the address, and for a group reference through
// which network interface. A rule without exactly one peer, which Validate reports, admits nobody.
func (r *Rule) admits(peer netip.Addr, peers Peers) (member string, ok bool) {
	if r.peerCount() != 1 {
		return "", false
	}
	switch {
	case r.CIDR.IsValid():
		return "", r.CIDR.Contains(peer) // which compares the families (F5.009)
	case peers == nil:
		return "", false
	case r.PrefixList != "":
		return "", peers.Listed(r.PrefixList, peer)
	case r.Group != "" && !r.Stale: // a stale reference grants nothing (F5.111)
		return peers.Member(r.Group, peer)
	}
	return "", false
}

// peerCount counts the peers that are set: one, in a valid rule (F5.005).
func (r *Rule) peerCount() int {
	n := 0
	if r.CIDR != (netip.Prefix{}) {
		n++
	}
	if r.PrefixList != "" {
		n++
	}
	if r.Group != "" {
		n++
	}
	return n
}
