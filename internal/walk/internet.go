package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

// toInternet leaves through an internet gateway. It takes what an interface of the VPC sent that has a public
// address (F4.004, F4.007), to where the internet can deliver (F4.006), as far as Block Public Access lets it
// (F3.102), up to 1500 bytes (F4.013), and puts the public address in the place of the private one (F4.002).
// What bears a public address of this network comes in again (F4.011).
func (w *walker) toInternet(e *Interface, g *Internet) {
	h := hop{stage: trace.StageInternetGateway, id: g.Data.ID, vpc: e.vpc()}
	owner := w.world.Leaves.InterfaceAt(e.vpc(), w.p.Src)
	if owner == nil && w.p.Is6() {
		w.drop(h, trace.GatewayRejectsSpoofedTraffic) // F4.007
		return
	}
	if w.redirected(e, g) {
		w.drop(h, trace.IngressRTBTrafficRedirection)
		return
	}
	if nat := w.world.RegionalNATs[w.p.Src]; owner == nil && nat != nil && nat.VPC == e.vpc() { // by an appliance
		w.regionalNATToInternet(nat, g)
		return
	}
	var public netip.Addr
	if owner != nil {
		public = owner.Data.PublicOf(w.p.Src)
	}
	after, refusal := g.Data.Out(w.p, public)
	switch {
	case refusal != gateway.Forwards:
		w.drop(h, refusalCode(refusal, trace.IGWPublicIPAssociationForEgress))
	case owner.barsInternetGateway() && w.blockedOut(h):
	case w.tooLong(mtuInternet):
		w.dropTooLong(h, mtuInternet)
		w.sayTooBig(e)
	default:
		h.note = w.cutUp(mtuInternet)
		w.rewrite(h, after)
		w.outside()
	}
}

// redirected reports whether the gateway's own table sends what comes in for this source through another
// interface: such a host can't leave directly (F2.030).
func (w *walker) redirected(e *Interface, g *Internet) bool {
	if g.Table == nil {
		return false
	}
	m, ok := w.world.Leaves.Route(g.Table, w.p.Src)
	return ok && m.Route.Target.Kind != route.Local && g.Table.Targets[m.Route].Interface != e
}

// toInternetByEgressOnly leaves through an egress-only internet gateway: IPv6 only (F4.101), as far as Block
// Public Access lets it (F3.102). It remembers who called: an answer to somebody who called from outside does
// not pass (F4.101).
func (w *walker) toInternetByEgressOnly(e *Interface, g *gateway.EgressOnly) {
	h := hop{stage: trace.StageEgressOnlyInternetGateway, id: g.ID, vpc: e.vpc()}
	owner := w.world.Leaves.InterfaceAt(e.vpc(), w.p.Src)
	switch refusal := g.Out(w.p); {
	case refusal != gateway.Forwards:
		w.drop(h, refusalCode(refusal, trace.ProtocolRestriction))
		return
	case e.Inspector != nil: // F4.104
		w.drop(h, trace.ProtocolRestriction)
		return
	case owner == nil:
		w.drop(h, trace.GatewayRejectsSpoofedTraffic)
		return
	case owner.barsEgressOnly() && w.blockedOut(h):
		return
	case w.tooLong(mtuInternet):
		w.dropTooLong(h, mtuInternet)
		w.sayTooBig(e)
		return
	case w.leftBy(e.vpc()):
	case w.p.Opens():
		w.leavesBy(e.vpc())
	default:
		w.drop(h, trace.EIGWNoSession)
		return
	}
	w.pass(h)
	w.outside()
}

// outside is the internet: it brings the packet to whoever holds the address, be it one of ours.
func (w *walker) outside() {
	w.sender, w.pinned = nil, false // F5.110; nobody there sees what it came through
	w.stretch = false
	if w.world.Public[w.p.Dst] != nil || w.world.RegionalNATs[w.p.Dst] != nil {
		w.fromInternet()
		return
	}
	h := hop{stage: trace.StageInternet, id: "internet"}
	if w.rec != nil && w.world.Whose != nil {
		h.note = w.world.Whose(w.p.Dst)
	}
	w.arrive(h, arrival{internet: true})
}

// fromInternet enters a VPC by its internet gateway, which puts the private address in the place of the
// public one before anything inside sees the packet (F4.002, F6.018), where Block Public Access lets it in
// (F3.102) and the interface takes what comes from there (F4.015). The answer to what left by an egress-only
// gateway comes back by it.
func (w *walker) fromInternet() {
	e := w.world.Public[w.p.Dst]
	switch nat := w.world.RegionalNATs[w.p.Dst]; {
	case nat != nil:
		w.internetToRegionalNAT(nat)
		return
	case e == nil:
		w.nobodyHolds()
		return
	}
	v := e.vpc()
	if w.p.Is6() && v.EgressOnly != nil && w.returnsBy(v) {
		w.backByEgressOnly(e)
		return
	}
	if v.Internet == nil || w.answersByEgressOnly(e) {
		w.noWayIn(v)
		return
	}
	h := hop{stage: trace.StageInternetGateway, id: v.Internet.Data.ID, vpc: v}
	after, refusal := v.Internet.Data.In(w.p, e.Data.PrivateOf(w.p.Dst))
	switch {
	case refusal != gateway.Forwards:
		w.drop(h, refusalCode(refusal, trace.IGWPrivateIPAssociationForIngress))
	case e.barsInternetGateway() && w.blockedIn(h, trace.Crossing{Interface: e.Data.ID, Packet: after}):
	case e.Data.DenyAllIGWTraffic: // F4.015
		w.drop(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: packet.Ingress}, trace.DenyAllIGWTraffic)
	case w.tooLong(mtuInternet): // who is told of it is outside
		w.dropTooLong(h, mtuInternet)
	default:
		h.note = w.cutUp(mtuInternet)
		w.rewrite(h, after)
		w.intoVPC(h, v.Internet.Table)
	}
}

// backByEgressOnly enters a VPC by its egress-only gateway, which knows the connection (F4.101).
func (w *walker) backByEgressOnly(e *Interface) {
	v := e.vpc()
	h := hop{stage: trace.StageEgressOnlyInternetGateway, id: v.EgressOnly.ID, vpc: v, note: "known connection"}
	switch {
	case e.barsEgressOnly() && w.blockedIn(h, trace.Crossing{Interface: e.Data.ID, Packet: w.p}):
	case w.tooLong(mtuInternet):
		w.dropTooLong(h, mtuInternet)
	default:
		w.pinned = true
		w.pass(h)
		w.enter(e, nil)
	}
}

// intoVPC brings a packet that a gateway at the edge let in to its interface, or to the appliance that t, the
// gateway's own route table, puts before it (F2.027). An appliance behind an internet gateway needs a public
// address (F2.029).
func (w *walker) intoVPC(by hop, t *Table) {
	if t == nil {
		w.deliver(by.vpc, nil)
		return
	}
	m, ok := w.world.Leaves.Route(t, w.p.Dst)
	h := hop{stage: trace.StageRouteTable, id: t.Data.ID, vpc: by.vpc, note: "edge association"}
	if !w.atTable(h, t, m, ok) {
		return
	}
	switch through := t.Targets[m.Route].Interface; {
	case m.Route.Target.Kind == route.Local:
		w.deliver(by.vpc, nil)
	case through == nil: // a Gateway Load Balancer endpoint that is not described
		w.notWalked(hop{vpc: by.vpc}, m.Route.Target)
	case by.stage == trace.StageInternetGateway && through.Inspector == nil && !w.p.Is6() && !through.hasPublicAddress():
		w.drop(h, trace.IngressRTBNoPublicIP)
	default:
		w.enter(through, nil)
	}
}

// nobodyHolds drops what comes from the internet for an address that no interface holds (F4.005).
func (w *walker) nobodyHolds() {
	h := hop{stage: trace.StageInternet, id: "internet"}
	if v := w.world.onlyVPCOf(w.p.Dst); v != nil && v.Internet != nil {
		h = hop{stage: trace.StageInternetGateway, id: v.Internet.Data.ID, vpc: v}
	}
	w.drop(h, trace.IGWPrivateIPAssociationForIngress)
}

// answersByEgressOnly reports whether the subnet of e sends its answer out by an egress-only gateway: then
// what comes from the internet comes to that gateway too (F4.101).
func (w *walker) answersByEgressOnly(e *Interface) bool {
	if !w.p.Is6() || e.vpc().EgressOnly == nil {
		return false
	}
	m, ok := w.world.Leaves.Route(e.Subnet.Table, w.p.Src)
	return ok && e.Subnet.Table.Targets[m.Route].EgressOnly != nil
}

// noWayIn drops what comes from the internet for a VPC without an internet gateway. An egress-only one
// is a door that opens from inside (F4.101).
func (w *walker) noWayIn(v *VPC) {
	if v.EgressOnly != nil && w.p.Is6() {
		w.drop(hop{stage: trace.StageEgressOnlyInternetGateway, id: v.EgressOnly.ID, vpc: v}, trace.EIGWNoSession)
		return
	}
	w.drop(hop{stage: trace.StageInternet, id: "internet"}, trace.NoPossibleDestination)
}

// refusalCode is AWS's code for what a gateway refused; other is the one for what is particular to it.
func refusalCode(r gateway.Refusal, other trace.Code) trace.Code {
	switch r {
	case gateway.PrivateIPv6:
		return trace.PrivateIPv6AtGateway
	case gateway.DestinationRFC1918:
		return trace.IGWDestinationAddressNotInRFC1918Egress
	case gateway.DestinationRFC6598:
		return trace.IGWDestinationAddressNotInRFC6598Egress
	case gateway.DestinationUnrouted:
		return trace.UnroutedAddress
	case gateway.SourceRFC1918:
		return trace.IGWSourceAddressNotInRFC1918Ingress
	case gateway.SourceRFC6598:
		return trace.IGWSourceAddressNotInRFC6598Ingress
	case gateway.ProtocolNotForwarded:
		return trace.ProtocolRestriction
	case gateway.NoSession:
		return trace.NATNoSession
	case gateway.FragmentNotForwarded:
		return trace.FragmentNotForwarded
	case gateway.TooLong:
		return trace.MTUExceeded
	}
	return other
}
