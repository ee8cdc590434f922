package packetwalk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/walk"
)

// resolveRegionalNATs notes the regional NAT gateways that forward: each under its Elastic IPs, and by its
// own route table (F4.219). The others are no part of the world: a route to one is a blackhole (F4.222).
func (r *resolver) resolveRegionalNATs() {
	r.regional, r.byTable = make(map[string]*walk.RegionalNAT), make(map[string]*walk.RegionalNAT)
	r.world.RegionalNATs = make(map[netip.Addr]*walk.RegionalNAT)
	for i := range r.config.NATGateways {
		data := &r.config.NATGateways[i]
		if !data.IsRegional() || !data.Available() {
			continue
		}
		g := r.world.NewRegionalNAT(data, r.vpcs[data.VPC], r.config.ImpairedZones)
		r.regional[data.ID], r.byTable[data.RouteTable] = g, g
		for _, a := range data.Addresses {
			r.world.RegionalNATs[a.Public] = g
		}
	}
}

// regionalNAT is the regional NAT gateway of that ID, or nil.
func (n *Network) regionalNAT(id string) *walk.RegionalNAT {
	g := n.index.nats[id]
	if !g.IsRegional() || len(g.Addresses) == 0 {
		return nil
	}
	return n.world.RegionalNATs[g.Addresses[0].Public]
}
