package walk

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// RegionalNAT is a regional NAT gateway: of a VPC, with a route table of its own, and without subnet, network
// interface or ACL (F4.219). So no group and no ACL is asked there. AWS writes records for it all the same,
// without an interface (F1.514).
type RegionalNAT struct {
	Data  *gateway.NAT
	Place uint32 // where a Memory files what happens here
	VPC   *VPC
	Table *Table
	zones map[string][]netip.Addr // from which it sends, by the zone of who hands it a packet
	lost  []netip.Addr            // its Elastic IPs of zones that have failed
}

// NewRegionalNAT makes the NAT gateway of data, at a place of its own, for a VPC whose subnets are known. It
// works on where some Availability Zones have failed: nothing leaves or comes in by the Elastic IPs of those.
// Its table is the caller's to set.
func (w *World) NewRegionalNAT(data *gateway.NAT, v *VPC, failed []string) *RegionalNAT {
	g := &RegionalNAT{Data: data, Place: w.NewPlace(data.ID), VPC: v, zones: make(map[string][]netip.Addr)}
	left := *data
	left.Addresses = nil
	for _, a := range data.Addresses {
		if slices.Contains(failed, a.Zone) {
			g.lost = append(g.lost, a.Public)
			continue
		}
		left.Addresses = append(left.Addresses, a)
	}
	for _, s := range v.Subnets {
		if zone := s.Data.Zone; g.zones[zone] == nil {
			g.zones[zone] = left.From(zone)
		}
	}
	return g
}

// noTranslation is the note of an internet gateway on what a regional NAT gateway sends and gets.
const noTranslation = "the address of the NAT gateway is public"

// allZonesFailed is the note of a regional NAT gateway that has no Elastic IP left to send from.
const allZonesFailed = "the zones of all its Elastic IPs"

// hop is a hop at g.
func (g *RegionalNAT) hop() hop { return hop{stage: trace.StageNATGateway, id: g.Data.ID, vpc: g.VPC} }

// throughRegionalNAT sends on what e hands to a regional NAT gateway, from an Elastic IP of the zone of e
// (F4.219). One whose zones are set by hand serves no other (F4.220); any other has nothing to send from
// where the zones of all its Elastic IPs have failed.
func (w *walker) throughRegionalNAT(e *Interface, g *RegionalNAT) {
	h := g.hop()
	from := g.zones[e.Subnet.Data.Zone]
	switch {
	case len(from) > 0:
	case g.Data.ManualZones:
		h.note = "zone " + e.Subnet.Data.Zone
		w.drop(h, trace.RegionalNGWRouteAZRestriction)
		return
	default:
		h.note = allZonesFailed
		w.drop(h, trace.ZoneImpaired)
		return
	}
	w.crossingNAT(g, packet.Ingress, pathNone, e)
	after, ok := w.translate(h, natGateway{data: g.Data, at: g.Place, vpc: g.VPC, from: from, regional: g})
	if !ok {
		return
	}
	w.pinned = true
	w.sender = nil // F5.110
	w.rewrite(h, after)
	w.leaveRegionalNAT(g)
}

// internetToRegionalNAT enters a VPC for a regional NAT gateway, by the internet gateway: no private address
// stands behind that Elastic IP, so there is nothing to translate before the NAT gateway does, and no edge
// route table that could name it.
func (w *walker) internetToRegionalNAT(g *RegionalNAT) {
	if g.VPC.Internet == nil {
		w.noWayIn(g.VPC)
		return
	}
	h := hop{stage: trace.StageInternetGateway, id: g.VPC.Internet.Data.ID, vpc: g.VPC}
	after, refusal := g.VPC.Internet.Data.In(w.p, w.p.Dst)
	switch {
	case refusal != gateway.Forwards:
		w.drop(h, refusalCode(refusal, trace.IGWPrivateIPAssociationForIngress))
	case g.barred() && w.blockedIn(h, trace.Crossing{Resource: g.Data.ID, Packet: after}):
	case w.tooLong(mtuInternet):
		w.dropTooLong(h, mtuInternet)
	default:
		h.note = cmp.Or(w.cutUp(mtuInternet), noTranslation)
		w.rewrite(h, after)
		w.intoRegionalNAT(g)
	}
}

// intoRegionalNAT brings what came for a regional NAT gateway to whom inside it is for. What answers nothing
// that left by it dies there (F4.206), and what comes for an Elastic IP of a zone that has failed.
func (w *walker) intoRegionalNAT(g *RegionalNAT) {
	h := g.hop()
	if slices.Contains(g.lost, w.p.Dst) {
		h.note = "the zone of its Elastic IP"
		w.drop(h, trace.ZoneImpaired)
		return
	}
	w.crossingNAT(g, packet.Ingress, pathNone, nil)
	inside, ok := w.comesBack(g.Place)
	if !ok {
		w.drop(h, trace.NATNoSession)
		return
	}
	if h.note = "known connection"; w.refusedBy(g.Data, h) {
		return
	}
	w.pinned = true
	w.rewrite(h, inside)
	w.leaveRegionalNAT(g)
}

// barred reports whether Block Public Access stops what goes between g and the internet. It lets pass what a
// NAT gateway opens where it blocks what comes in only (F3.103).
func (g *RegionalNAT) barred() bool { return g.VPC.BPA == vpc.BPABidirectional }

// leaveRegionalNAT follows the gateway's own table, both ways: to the internet, and back to who called,
// perhaps by an appliance (F4.219). Inside the VPC delivery is by address (F2.031).
func (w *walker) leaveRegionalNAT(g *RegionalNAT) {
	m, ok := w.world.Leaves.Route(g.Table, w.p.Dst)
	w.crossingNAT(g, packet.Egress, pathBy(g.VPC, g.Table, m, ok), nil)
	w.stretch = true
	h := hop{stage: trace.StageRouteTable, id: g.Table.Data.ID, vpc: g.VPC, note: "of the NAT gateway"}
	if !w.atTable(h, g.Table, m, ok) {
		return
	}
	switch target := g.Table.Targets[m.Route]; m.Route.Target.Kind {
	case route.Local:
		w.deliver(g.VPC, nil)
	case route.InternetGateway:
		w.regionalNATToInternet(g, target.Internet)
	case route.NetworkInterface, route.Instance:
		w.enter(target.Interface, nil)
	default: // which address the other side would see, AWS does not say
		w.notWalked(hop{vpc: g.VPC}, m.Route.Target)
	}
}

// regionalNATToInternet leaves through an internet gateway: the source is a public address already.
func (w *walker) regionalNATToInternet(g *RegionalNAT, igw *Internet) {
	h := hop{stage: trace.StageInternetGateway, id: igw.Data.ID, vpc: g.VPC}
	var public netip.Addr
	if w.world.RegionalNATs[w.p.Src] == g {
		public = w.p.Src
	}
	after, refusal := igw.Data.Out(w.p, public)
	switch {
	case refusal != gateway.Forwards:
		w.drop(h, refusalCode(refusal, trace.IGWPublicIPAssociationForEgress))
	case g.barred() && w.blockedOut(h):
	case w.tooLong(mtuInternet):
		w.dropTooLong(h, mtuInternet)
		if !w.p.IsError() {
			w.back(answer{p: w.p.TooBig(g.router()), nat: g})
		}
	default:
		h.note = cmp.Or(w.cutUp(mtuInternet), noTranslation)
		w.rewrite(h, after)
		w.outside()
	}
}

// router is an address from which the VPC's router speaks to g over IPv4: that in the first subnet. AWS does
// not say which it is.
func (g *RegionalNAT) router() netip.Addr {
	for _, s := range g.VPC.Subnets {
		if s.Data.CIDR.IsValid() {
			return s.Router
		}
	}
	return g.VPC.DNS
}
