package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

// leave is the egress of a network interface: its source check, its groups, and, where the packet leaves
// the subnet, the ACL and the route table of that subnet (F6.017). Inside one subnet there is
// no ACL and no route (F6.011, F2.012).
func (w *walker) leave(e *Interface) {
	if w.loops(e) || w.zoneFails(e, packet.Egress) || w.down(e, packet.Egress) || w.toVPCService(e) || w.toItself(e) {
		return
	}
	next := w.nextHop(e)
	checked := w.checkSource(e)
	w.identify(e)
	accepted := w.askGroups(e, packet.Egress, w.pinned || next.tracked)
	if next.leavesSubnet {
		accepted = w.askACL(e.Subnet, e, packet.Egress) && accepted
	}
	w.crossing(e, packet.Egress, checked, accepted)
	w.setsOff(e, next)
	switch {
	case w.stopped():
	case next.neighbour:
		w.deliver(e.vpc(), e.Subnet)
	default:
		w.takeRoute(e, next)
	}
}

// nextHop is where a packet goes from an interface.
type nextHop struct {
	neighbour    bool // to an address of its own subnet: no route is asked
	leavesSubnet bool // across the subnet's border, where its ACL stands (F6.011)
	tracked      bool // by a way that groups track always (F5.203)
	route        route.Match
	found        bool // there is a route
}

// nextHop looks ahead at the table of the sender's subnet, and only that one (F2.031): the ACL is asked
// before the table (F6.017), but only where the way leads out of the subnet.
func (w *walker) nextHop(e *Interface) (n nextHop) {
	if e.Subnet.Data.Contains(w.p.Dst) {
		n.neighbour = true
		return n
	}
	n.route, n.found = w.world.Leaves.Route(e.Subnet.Table, w.p.Dst)
	target := e.Subnet.Table.Targets[n.route.Route]
	n.tracked = target.alwaysTracked() || target.Peer != nil && w.world.Leaves.InterfaceAt(target.Peer, w.p.Dst).alwaysTracks()
	n.leavesSubnet = target.Interface == nil || target.Interface.Subnet != e.Subnet ||
		target.Interface.Inspector != nil || w.goesBack(e) // F6.014
	return n
}

// enter is the ingress of a network interface: where the packet comes from outside the subnet its ACL,
// then the groups, then the destination check (F6.017). The table of this subnet is not
// consulted (F2.031). From is the subnet that the packet comes from, nil for a gateway.
func (w *walker) enter(e *Interface, from *Subnet) {
	sender := w.meets(e)
	if w.zoneFails(e, packet.Ingress) {
		return
	}
	accepted := true
	if e.Subnet != from {
		accepted = w.askACL(e.Subnet, e, packet.Ingress)
	}
	accepted = w.askGroups(e, packet.Ingress, w.pinned || w.sender.alwaysTracks()) && accepted
	w.crossing(e, packet.Ingress, w.takes(e), accepted)
	w.cameFrom(sender)
	switch {
	case w.stopped() || w.down(e, packet.Ingress):
	case e.Inspector != nil:
		w.throughInspector(e)
	case e.Data.Owns(w.p.Dst):
		w.receive(e)
	case e.NAT != nil:
		w.throughNATGateway(e)
	case w.checkDestination(e):
		w.forward(e)
	}
}

// receive is the end of the way: the packet is for e. A NAT gateway, or a NAT instance that
// remembers the connection, sends it on to whom it is for. A NAT gateway that is not available carries
// nothing (F4.201).
func (w *walker) receive(e *Interface) {
	if e.NAT != nil && !e.NAT.Available() {
		w.drop(hop{stage: trace.StageNATGateway, id: e.NAT.ID, at: e}, trace.BadState)
		return
	}
	if (e.NAT != nil || masquerades(e)) && w.goesInside(e) {
		return
	}
	switch {
	case e.NAT != nil: // F4.206, F4.207
		w.drop(hop{stage: trace.StageNATGateway, id: e.NAT.ID, at: e}, trace.NATNoSession)
	case e.Endpoint != nil:
		w.toInterfaceEndpoint(e)
	case e.Balancer != nil:
		w.toBalancer(e)
	default:
		w.arrive(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: packet.Ingress}, arrival{at: e})
	}
}

// goesInside sends a packet on that answers what a NAT gateway or NAT instance sent for somebody inside, or
// drops it there. It reports whether it did.
func (w *walker) goesInside(e *Interface) bool {
	inside, ok := w.comesBack(e.Place)
	if !ok {
		return false
	}
	h := hop{stage: forwardStage(e), id: forwardID(e), at: e, note: "known connection"}
	if e.NAT != nil && w.refusedBy(e.NAT, h) {
		return true
	}
	w.pinned = e.NAT != nil
	w.rewrite(h, inside)
	w.leave(e)
	return true
}

// takeRoute follows the route of the sender's subnet.
func (w *walker) takeRoute(e *Interface, next nextHop) {
	m := next.route
	if w.returnsToSender(e) || !w.onRoute(e.Subnet, m, next.found) {
		return
	}
	target := e.Subnet.Table.Targets[m.Route]
	switch m.Route.Target.Kind {
	case route.Local:
		w.deliver(e.vpc(), e.Subnet)
	case route.InternetGateway:
		w.toInternet(e, target.Internet)
	case route.EgressOnlyInternetGateway:
		w.toInternetByEgressOnly(e, target.EgressOnly)
	case route.NATGateway, route.NetworkInterface, route.Instance:
		if target.Regional != nil {
			w.throughRegionalNAT(e, target.Regional)
			return
		}
		w.toHop(e, target.Interface)
	case route.GatewayLoadBalancerEndpoint:
		w.toInspector(e, m.Route.Target, target.Interface)
	case route.PeeringConnection:
		w.toPeer(e, target)
	case route.GatewayEndpoint:
		w.toGatewayEndpoint(e, target.Endpoint)
	case route.VirtualPrivateGateway:
		w.toVirtualPrivateGateway(e, next.route.Route, target)
	default:
		w.notWalked(hop{subnet: e.Subnet}, m.Route.Target)
	}
}

// notWalked ends a packet at a route to what is not walked, or to what nobody could describe. H says whose
// route it is.
func (w *walker) notWalked(h hop, t route.Target) {
	h.stage, h.id = trace.StageRouteTable, t.ID
	if t.Kind == route.Unknown {
		w.drop(h, trace.UnknownResource)
		return
	}
	w.drop(h, trace.UnsupportedComponent)
}

// deliver is the VPC's own router: it finds the interface that has the address, anywhere in the VPC.
func (w *walker) deliver(v *VPC, from *Subnet) {
	if e := w.world.Leaves.InterfaceAt(v, w.p.Dst); e != nil {
		w.enter(e, from)
		return
	}
	w.nobodyAt(v, from)
}

// nobodyAt ends a packet for an address that no interface has, at the ACL of the subnet that would hold it
// or behind it.
func (w *walker) nobodyAt(v *VPC, from *Subnet) {
	s := v.subnetOf(w.p.Dst)
	if s != nil && s != from {
		w.askACL(s, nil, packet.Ingress)
	}
	w.drop(hop{stage: trace.StageRouter, id: v.Data.ID, subnet: s, vpc: v}, trace.NoSuchHost)
}

// toHop sends the packet on to an interface that a route names: a NAT gateway, a NAT instance, an appliance.
func (w *walker) toHop(e, next *Interface) {
	if next == e { // F2.039: what stands in its own subnet meets its own route again
		w.drop(hop{stage: forwardStage(e), id: forwardID(e), at: e}, trace.RoutingLoop)
		return
	}
	w.enter(next, e.Subnet)
}
