package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
)

// Members are the interfaces that have a group, by the group's ID and by each of their private addresses. A
// group that is associated with several VPCs (F5.112) may have several members with one address.
type Members = map[string]map[netip.Addr][]*Interface

// meetsForeign reports whether a rule might have let the packet by that names a group of a peer outside of the
// network: who has that group is not known, so the rule grants nothing.
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
