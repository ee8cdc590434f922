package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
)

// Members are the interfaces that have a group, found by the group's ID and by each of their private
// addresses. Nearly always there is one. A group that is associated with several VPCs (F5.112) may have more
// with one address: those come after.
type Members struct {
	first map[string]map[netip.Addr]*Interface
	more  map[memberAt][]*Interface
}

type memberAt struct {
	group string
	addr  netip.Addr
}

// Add notes that e has a group and an address.
func (m *Members) Add(group string, a netip.Addr, e *Interface) {
	switch of := m.first[group]; {
	case of == nil:
		if m.first == nil {
			m.first = make(map[string]map[netip.Addr]*Interface)
		}
		m.first[group] = map[netip.Addr]*Interface{a: e}
	case of[a] == nil:
		of[a] = e
	default:
		if m.more == nil {
			m.more = make(map[memberAt][]*Interface)
		}
		at := memberAt{group, a}
		m.more[at] = append(m.more[at], e)
	}
}

// seenFrom finds the member with an address that a rule in a VPC means: one of that VPC or of a peer
// (F5.104).
func (m *Members) seenFrom(here *VPC, group string, a netip.Addr) *Interface {
	e := m.first[group][a]
	if e == nil || here.sees(e) {
		return e
	}
	for _, e := range m.more[memberAt{group, a}] {
		if here.sees(e) {
			return e
		}
	}
	return nil
}

// sees reports whether rules in v may name the groups of e (F5.104).
func (v *VPC) sees(e *Interface) bool { return e.vpc() == v || v.Peers[e.vpc()] }

// meetsForeign reports whether a rule might have let the packet by that names a group of a peer outside of
// the network: who has that group is not known, so the rule grants nothing.
func (w *walker) meetsForeign(e *Interface, d packet.Direction) bool {
	if len(e.vpc().Foreign) == 0 {
		return false
	}
	_, ok := sg.Match(e.Groups, d, w.p, (*foreigners)(e))
	return ok
}

// foreigners are the peers of which it is only known that they may be members: the addresses of a peer VPC
// outside of the network stand for the groups that rules name of it.
type foreigners Interface

func (e *foreigners) Listed(string, netip.Addr) bool { return false }

func (e *foreigners) Member(group string, a netip.Addr) (string, bool) {
	for _, block := range e.Subnet.VPC.Foreign[group] {
		if block.Contains(a) {
			return "", true
		}
	}
	return "", false
}
