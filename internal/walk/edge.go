package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// This file is the edge of a VPC: what each gateway does with a packet that a route, or the internet,
// hands it.

// toInternet leaves through an internet gateway, which puts the public address in the
// place of the private one (F4.002). What bears a public address of this network comes in again (F4.011).
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
	var public netip.Addr
	if owner != nil {
		public = owner.Data.PublicOf(w.p.Src)
	}
	after, refusal := g.Data.Out(w.p, public)
	if refusal != gateway.Forwards {
		w.drop(h, refusalCode(refusal, trace.IGWPublicIPAssociationForEgress))
		return
	}
	w.rewrite(h, after)
	w.outside()
}

// redirected reports whether the gateway's own table sends what comes in for this source through another
// interface: such a host can't leave directly (F2.030).
func (w *walker) redirected(e *Interface, g *Internet) bool {
	if g.Table == nil {
		return false
	}
	m, ok := w.world.Leaves.Route(g.Table, w.p.Src)
	through := g.Table.Targets[m.Route].Interface
	return ok && through != nil && through != e
}

// toInternetByEgressOnly leaves through an egress-only internet gateway. It remembers who called: an answer to
// somebody who called from outside does not pass (F4.101).
func (w *walker) toInternetByEgressOnly(e *Interface, g *gateway.EgressOnly) {
	h := hop{stage: trace.StageEgressOnlyInternetGateway, id: g.ID, vpc: e.vpc()}
	switch refusal := g.Out(w.p); {
	case refusal != gateway.Forwards:
		w.drop(h, refusalCode(refusal, trace.ProtocolRestriction))
	case w.world.Leaves.InterfaceAt(e.vpc(), w.p.Src) == nil:
		w.drop(h, trace.GatewayRejectsSpoofedTraffic)
	case w.reply:
		w.drop(h, trace.EIGWNoSession)
	default:
		w.conn.egressOnly = e.vpc()
		w.pass(h)
		w.outside()
	}
}

// outside is the internet: it brings the packet to whoever holds the address, be it one of ours.
func (w *walker) outside() {
	w.sender = nil // F5.110
	if e := w.world.Public[w.p.Dst]; e != nil {
		w.fromInternet()
		return
	}
	w.arrive(hop{stage: trace.StageInternet, id: "internet"}, arrival{internet: true})
}

// fromInternet enters a VPC by its internet gateway, which puts the private address in the place of the
// public one before anything inside sees the packet (F4.002, F6.018). The answer to what left by an egress-only
// gateway comes back by it.
func (w *walker) fromInternet() {
	e := w.world.Public[w.p.Dst]
	if e == nil {
		w.nobodyHolds()
		return
	}
	v := e.vpc()
	if w.conn.egressOnly == v {
		w.pass(hop{stage: trace.StageEgressOnlyInternetGateway, id: v.EgressOnly.ID, vpc: v, note: "known connection"})
		w.enter(e, nil)
		return
	}
	if v.Internet == nil {
		w.noWayIn(v)
		return
	}
	h := hop{stage: trace.StageInternetGateway, id: v.Internet.Data.ID, vpc: v}
	after, refusal := v.Internet.Data.In(w.p, e.Data.PrivateOf(w.p.Dst))
	if refusal != gateway.Forwards {
		w.drop(h, refusalCode(refusal, trace.IGWPrivateIPAssociationForIngress))
		return
	}
	w.rewrite(h, after)
	w.intoVPC(v)
}

// intoVPC brings a packet that an internet gateway let in to its interface, or to the appliance that
// the gateway's own route table puts before it (F2.027).
func (w *walker) intoVPC(v *VPC) {
	t := v.Internet.Table
	if t == nil {
		w.deliver(v, nil)
		return
	}
	m, ok := w.world.Leaves.Route(t, w.p.Dst)
	h := hop{stage: trace.StageRouteTable, id: t.Data.ID, vpc: v, note: "edge association"}
	if !w.atTable(h, t, m, ok) {
		return
	}
	switch through := t.Targets[m.Route].Interface; {
	case through == nil:
		w.deliver(v, nil)
	case !w.p.Is6() && !through.hasPublicAddress(): // F2.029
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

// noWayIn drops what comes from the internet for a VPC without an internet gateway. An egress-only one
// is a door that opens from inside (F4.101).
func (w *walker) noWayIn(v *VPC) {
	if v.EgressOnly != nil && w.p.Is6() {
		w.drop(hop{stage: trace.StageEgressOnlyInternetGateway, id: v.EgressOnly.ID, vpc: v}, trace.EIGWNoSession)
		return
	}
	w.drop(hop{stage: trace.StageInternet, id: "internet"}, trace.NoPossibleDestination)
}

// throughNATGateway sends on what the VPC's own hosts hand to a NAT gateway, from its private
// address (F4.203, F4.204). The gateway opens connections for them and for nobody else (F4.206).
func (w *walker) throughNATGateway(e *Interface) {
	h := hop{stage: trace.StageNATGateway, id: e.NAT.ID, at: e}
	after, refusal := e.NAT.Translate(w.p, e.natAddress())
	switch {
	case !e.vpc().Data.Contains(w.p.Src): // F4.209
		w.drop(h, trace.NGWRequiresSourceInVPC)
	case refusal != gateway.Forwards:
		w.drop(h, refusalCode(refusal, trace.ProtocolRestriction))
	case w.midStream():
		w.drop(h, trace.NATNoSession)
	default:
		w.conn.translate(e, w.p, after)
		w.rewrite(h, after)
		w.leave(e)
	}
}

// midStream reports whether p is a TCP segment that opens nothing: a NAT gateway forwards such a one only
// for a connection that it knows (F4.206).
func (w *walker) midStream() bool {
	return w.p.Protocol == packet.TCP && w.p.Flags != 0 && w.p.Flags&(packet.SYN|packet.ACK) != packet.SYN
}

// toPeer crosses a peering connection: private addresses of the two VPCs only, no way through
// (F8.007-F8.009). On the other side the packet is delivered by address; no table is asked there (F8.010).
func (w *walker) toPeer(e *Interface, t Target) {
	h := hop{stage: trace.StagePeeringConnection, id: t.Peering.ID, vpc: e.vpc()}
	switch {
	case t.Peer == nil:
		w.drop(h, trace.NoPossibleDestination)
		return
	case !e.vpc().Data.Contains(w.p.Src) || !t.Peer.Data.Contains(w.p.Dst):
		w.drop(h, trace.PCXRequiresAddressInVPCCIDR)
		return
	}
	if e.NAT != nil && !w.reply {
		w.conn.toSender = returnToSender{t.Peering, t.Peer, e.vpc(), w.p.Src}
	}
	w.pass(h)
	w.deliver(t.Peer, nil)
}

// returnsToSender takes the answer to a NAT gateway back over the peering by which the request came,
// routes or none (F4.210); it reports whether it did.
func (w *walker) returnsToSender(e *Interface) bool {
	if !w.goesBack(e) {
		return false
	}
	back := w.conn.toSender
	w.pass(hop{stage: trace.StageRouteTable, id: e.Subnet.Table.Data.ID, subnet: e.Subnet, note: "return to sender: no route is asked"})
	w.toPeer(e, Target{Peering: back.by, Peer: back.back})
	return true
}

// toGatewayEndpoint leaves for a service by its gateway endpoint: TCP and ICMP echo, from the endpoint's
// own VPC only (F7.006, F7.013).
func (w *walker) toGatewayEndpoint(e *Interface, g *endpoint.Gateway) {
	h := hop{stage: trace.StageGatewayEndpoint, id: g.ID, vpc: e.vpc()}
	switch {
	case w.world.Leaves.InterfaceAt(e.vpc(), w.p.Src) == nil:
		w.drop(h, trace.GatewayRejectsSpoofedTraffic)
	case !g.Admits(w.p):
		w.drop(h, trace.VPCEGatewayProtocolRestriction)
	default:
		w.pass(h)
		w.arrive(hop{stage: trace.StageService, id: g.Service}, arrival{endpoint: g, in: e.vpc()})
	}
}

// fromGatewayEndpoint is the answer of a service, by the endpoint through which it was called.
func (w *walker) fromGatewayEndpoint(g *endpoint.Gateway, v *VPC) {
	h := hop{stage: trace.StageGatewayEndpoint, id: g.ID, vpc: v}
	if !g.Returns(w.p) {
		w.drop(h, trace.VPCEGatewayProtocolRestriction)
		return
	}
	w.pass(h)
	w.deliver(v, nil)
}

// toInterfaceEndpoint arrives at a service by the interface of its endpoint: TCP and UDP only (F7.102), and
// only while it is available (F7.111).
func (w *walker) toInterfaceEndpoint(e *Interface) {
	h := hop{stage: trace.StageInterfaceEndpoint, id: e.Endpoint.ID, at: e}
	switch {
	case !e.Endpoint.State.Usable():
		w.drop(h, trace.BadState)
	case !e.Endpoint.Admits(w.p):
		w.drop(h, trace.ProtocolRestriction)
	default:
		w.arrive(h, arrival{at: e})
	}
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
	}
	return other
}

// goesBack reports whether what leaves e is such an answer.
func (w *walker) goesBack(e *Interface) bool {
	back := w.conn.toSender
	return returnToSenderIgnoresRoutes && w.reply && back.by != nil && back.in == e.vpc() && back.nat == w.p.Dst
}
