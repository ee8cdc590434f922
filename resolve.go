package packetwalk

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
)

// resolver turns a checked Config into the world that the walk sees: every ID into a pointer.
type resolver struct {
	*Network
	x       *index
	vpcs    map[string]*walk.VPC
	subnets map[string]*walk.Subnet
	ifaces  map[string]*walk.Interface
	edges   map[string]*walk.Internet
	private map[string]*walk.VirtualPrivate
	groups  map[string]*sg.Group
	members *walk.Members
	// regional are the regional NAT gateways, by ID, and those that a route table is the own one of, by its ID.
	regional, byTable map[string]*walk.RegionalNAT
}

func (n *Network) resolve() *resolver {
	r := &resolver{
		Network: n, x: n.index,
		vpcs:    make(map[string]*walk.VPC, len(n.config.VPCs)),
		subnets: make(map[string]*walk.Subnet, len(n.config.Subnets)),
		ifaces:  make(map[string]*walk.Interface, len(n.config.Interfaces)),
		edges:   make(map[string]*walk.Internet),
		private: make(map[string]*walk.VirtualPrivate),
		members: new(walk.Members),
	}
	n.world = &walk.World{Leaves: walk.Slow{}, Public: make(map[netip.Addr]*walk.Interface), Peerings: n.index.peerings}
	r.resolveVPCs()
	r.resolveGroups()
	r.resolveSubnets()
	r.resolveBlockPublicAccess()
	r.resolveEncryptionControls()
	r.resolveInterfaces()
	r.resolveEndpoints()
	r.resolveServices()
	r.resolveRegionalNATs()
	r.resolveTables()
	r.resolveNames()
	n.interfaces, n.onPremises = r.ifaces, r.private
	n.world.VPCs = n.vpcs
	n.internet = chooseOutside(n)
	n.world.Whose = n.whose
	n.observers, n.services = r.resolveObservers(), endpoint.NewRangeIndex(n.config.IPRanges)
	return r
}

// resolveGroups decides which rules are stale: those that say so, and those that refer to a group over a
// peering which does not carry traffic any more (F5.111).
func (r *resolver) resolveGroups() {
	r.groups = make(map[string]*sg.Group, len(r.config.SecurityGroups))
	c := checker{Config: &r.config, index: r.x}
	outside := r.resolvePeers()
	for i := range r.config.SecurityGroups {
		g := &r.config.SecurityGroups[i]
		r.groups[g.ID] = g
		for j := range g.Rules {
			if !c.goneStale(g, &g.Rules[j]) {
				r.noteForeign(g, &g.Rules[j], outside)
				continue
			}
			if r.groups[g.ID] == g { // the Config keeps what it was given
				own := *g
				own.Rules = slices.Clone(g.Rules)
				r.groups[g.ID] = &own
			}
			r.groups[g.ID].Rules[j].Stale = true
		}
	}
}

// farVPC is a VPC outside of the network as a peer of one inside sees it.
type farVPC struct{ near, far string }

// resolvePeers tells each VPC those whose groups its rules may name: its peers (F5.104). Between Regions
// there are no such rules (F5.106). It gives the blocks of those outside of the network.
func (r *resolver) resolvePeers() map[farVPC][]netip.Prefix {
	outside := make(map[farVPC][]netip.Prefix)
	for i := range r.config.Peerings {
		p := &r.config.Peerings[i]
		if !p.Active() {
			continue
		}
		for _, s := range [][2]*peering.Side{{&p.Requester, &p.Accepter}, {&p.Accepter, &p.Requester}} {
			near, far := r.vpcs[s[0].VPC], r.vpcs[s[1].VPC]
			switch {
			case near == nil:
			case far == nil:
				outside[farVPC{s[0].VPC, s[1].VPC}] = s[1].Blocks
			default:
				if near.Peers == nil {
					near.Peers = make(map[*walk.VPC]bool)
				}
				near.Peers[far] = true
			}
		}
	}
	return outside
}

// noteForeign notes where the members of a group may be that a rule names of a VPC outside of the network.
func (r *resolver) noteForeign(g *sg.Group, rule *sg.Rule, outside map[farVPC][]netip.Prefix) {
	if rule.GroupVPC == "" || rule.Stale {
		return
	}
	for _, id := range g.Spans() {
		blocks := outside[farVPC{id, rule.GroupVPC}]
		if blocks == nil {
			continue
		}
		v := r.vpcs[id]
		if v.Foreign == nil {
			v.Foreign = make(map[string][]netip.Prefix)
		}
		v.Foreign[rule.Group] = blocks
	}
}

func (r *resolver) resolveVPCs() {
	for i := range r.config.VPCs {
		v := &r.config.VPCs[i]
		r.vpcs[v.ID] = &walk.VPC{
			Data: v, Place: r.world.NewPlace(v.ID), DNS: v.DNSServer(), Addresses: make(map[netip.Addr]*walk.Interface),
		}
		r.Network.vpcs = append(r.Network.vpcs, r.vpcs[v.ID])
	}
	for i := range r.config.InternetGateways {
		if g := &r.config.InternetGateways[i]; g.VPC != "" {
			r.edges[g.ID] = &walk.Internet{Data: g}
			r.vpcs[g.VPC].Internet = r.edges[g.ID]
		}
	}
	for i := range r.config.EgressOnlyGateways {
		if g := &r.config.EgressOnlyGateways[i]; g.VPC != "" {
			r.vpcs[g.VPC].EgressOnly, r.vpcs[g.VPC].EgressPlace = g, r.world.NewPlace(g.ID)
		}
	}
	for i := range r.config.VirtualPrivateGateways {
		if g := &r.config.VirtualPrivateGateways[i]; g.VPC != "" {
			r.private[g.ID] = &walk.VirtualPrivate{Data: g, VPC: r.vpcs[g.VPC]}
		}
	}
}

// resolveSubnets gives each subnet its ACL: the one that names it, or the VPC's default (F6.001).
func (r *resolver) resolveSubnets() {
	acls, defaults := make(map[string]*nacl.ACL), make(map[string]*nacl.ACL)
	for i := range r.config.NetworkACLs {
		a := &r.config.NetworkACLs[i]
		if a.Default {
			defaults[a.VPC] = a
		}
		for _, s := range a.Subnets {
			acls[s] = a
		}
	}
	for i := range r.config.Subnets {
		s := &r.config.Subnets[i]
		out := &walk.Subnet{Data: s, VPC: r.vpcs[s.VPC], ACL: acls[s.ID], Router: s.Router()}
		if out.ACL == nil {
			out.ACL = defaults[s.VPC]
		}
		r.subnets[s.ID] = out
		out.VPC.Subnets = append(out.VPC.Subnets, out)
	}
}

func (r *resolver) resolveInterfaces() {
	openness := make(map[string]sg.Openness, len(r.groups))
	for id, g := range r.groups {
		openness[id] = g.Openness()
	}
	for i := range r.config.Interfaces {
		data := &r.config.Interfaces[i]
		e := r.world.NewInterface(data)
		for _, id := range data.Groups {
			e.Groups = append(e.Groups, r.groups[id])
			e.Open |= openness[id]
		}
		e.Subnet, e.Lists, e.Members = r.subnets[data.Subnet], r.x.lists, r.members
		e.GroupIDs = strings.Join(data.Groups, ",")
		e.Impaired = slices.Contains(r.config.ImpairedZones, e.Subnet.Data.Zone)
		if of := r.x.instances[data.Attachment.Instance]; of != nil {
			e.Down = !of.Running()
		}
		r.ifaces[data.ID] = e
		r.addresses(e)
	}
	for i := range r.config.NATGateways {
		g := &r.config.NATGateways[i]
		for _, a := range g.Addresses {
			if e := r.ifaces[a.Interface]; e != nil {
				e.ServeNAT(g)
			}
		}
	}
	for _, e := range r.ifaces {
		if e.Data.Kind == subnet.NATGateway && e.NAT == nil {
			e.Down = true
		}
	}
}

// addresses notes e under each of its addresses, in its VPC, on the internet, and as a member of its groups.
func (r *resolver) addresses(e *walk.Interface) {
	v := e.Subnet.VPC
	note := func(a netip.Addr) {
		v.Addresses[a] = e
		for _, g := range e.Groups {
			r.members.Add(g.ID, a, e)
		}
	}
	for _, a := range e.Data.Private {
		note(a.Private)
		if a.Public.IsValid() {
			r.world.Public[a.Public] = e
		}
	}
	for _, a := range e.Data.IPv6 {
		note(a)
		if isGlobal(a) {
			r.world.Public[a] = e
		}
	}
}

// resolveTables gives each subnet its table: the one that names it, or the VPC's main table (F2.013).
func (r *resolver) resolveTables() {
	mains := make(map[string]*walk.Table)
	for i := range r.config.RouteTables {
		data := &r.config.RouteTables[i]
		t := r.table(data)
		if data.Main {
			mains[data.VPC] = t
		}
		for _, s := range data.Subnets {
			r.subnets[s].Table = t
		}
		for _, g := range data.Gateways {
			if edge := r.edges[g]; edge != nil {
				edge.Table = t
			} else {
				r.private[g].Table = t
			}
		}
		if g := r.byTable[data.ID]; g != nil {
			g.Table = t
		}
	}
	for _, s := range r.subnets {
		if s.Table == nil {
			s.Table, s.Main = mains[s.Data.VPC], true
		}
	}
}

// table copies a table and decides the state of each route: active while its target can take packets, else a
// blackhole (F2.024).
func (r *resolver) table(data *route.Table) *walk.Table {
	own := *data
	own.Routes = append([]route.Route(nil), data.Routes...)
	t := &walk.Table{Data: &own, Lists: r.x.lists, Targets: make(map[*route.Route]walk.Target, len(own.Routes))}
	for i := range own.Routes {
		at := &own.Routes[i]
		target, available := r.target(data.VPC, at.Target)
		switch {
		case at.State == route.Blackhole || at.State == route.Filtered:
		case available:
			at.State = route.Active
		default:
			at.State = route.Blackhole
		}
		t.Targets[at] = target
	}
	return t
}

// target finds what a route of a VPC leads to, and says whether it can take packets.
func (r *resolver) target(v string, t route.Target) (target walk.Target, available bool) {
	switch t.Kind {
	case route.InternetGateway:
		g := r.edges[t.ID]
		return walk.Target{Internet: g}, g != nil
	case route.EgressOnlyInternetGateway:
		g := r.x.egressOnly[t.ID]
		return walk.Target{EgressOnly: g}, g != nil && g.VPC != ""
	case route.NATGateway:
		g := r.x.nats[t.ID]
		if g == nil || !g.Available() || len(g.Addresses) == 0 {
			return walk.Target{}, false
		}
		if g.IsRegional() {
			return walk.Target{Regional: r.regional[g.ID]}, true
		}
		e := r.ifaces[g.Addresses[0].Interface]
		return walk.Target{Interface: e}, e != nil
	case route.NetworkInterface:
		e := r.ifaces[t.ID]
		return walk.Target{Interface: e}, e != nil && !e.Down && inUse(e)
	case route.Instance:
		if list := r.x.attached[t.ID]; len(list) > 0 {
			e := r.ifaces[list[0].ID]
			return walk.Target{Interface: e}, !e.Down
		}
		return walk.Target{}, false
	case route.PeeringConnection:
		p := r.x.peerings[t.ID]
		if p == nil {
			return walk.Target{}, false
		}
		other, _ := p.Other(v)
		return walk.Target{Peering: p, Peer: r.vpcs[other]}, p.Active()
	case route.VirtualPrivateGateway:
		g := r.private[t.ID]
		_, described := r.x.onPremises[t.ID]
		return walk.Target{OnPremises: g}, g != nil || !described
	case route.GatewayEndpoint:
		g := r.byEndpoint[t.ID]
		return walk.Target{Endpoint: g}, g != nil && g.Data.State.Usable()
	case route.GatewayLoadBalancerEndpoint:
		return r.inspectorTarget(t.ID)
	}
	return walk.Target{}, true
}

// inUse reports whether something is behind e: an instance, or a service of AWS's (F4.304).
func inUse(e *walk.Interface) bool {
	return e.Data.Attachment.Instance != "" || e.Data.Kind > subnet.Standard
}
