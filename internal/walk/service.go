package walk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// linkLocal is where no route leads (F2.015): what is there, the VPC's own services answer on the spot.
var linkLocal = [...]netip.Prefix{
	netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("fd00:ec2::/32"),
}

// toVPCService ends a packet to one of the VPC's own services: DNS, metadata, time. Neither groups nor ACLs
// see it (F5.012, F6.016), and no flow log (F1.601-F1.607). What an interface sends beyond its rate is
// dropped where it leaves (F9.306).
func (w *walker) toVPCService(e *Interface) bool {
	what, ok := packet.ExemptTo(w.p, e.vpc().DNS, e.Subnet.Router)
	if !ok {
		return w.toNowhere(e)
	}
	if !w.mayAsk(e, what) {
		return false // the source check says no (F4.301)
	}
	if !w.mayAskNow(e, what) {
		w.drop(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: packet.Egress}, trace.LinkLocalRateExceeded)
		return true
	}
	h := hop{stage: trace.StageService, id: what.String(), subnet: e.Subnet}
	switch {
	case what == packet.AmazonDNS && e.vpc().Data.NoDNSSupport: // F9.302
		w.drop(h, trace.ResolverDisabled)
	case what == packet.Router: // no fact says what it answers
		w.drop(hop{stage: trace.StageRouter, id: e.vpc().Data.ID, subnet: e.Subnet}, trace.UnknownDestination)
	default:
		w.arrive(h, arrival{at: e, service: true})
	}
	return true
}

// mayAsk reports whether a host may ask a service from that source: from its own addresses, without one
// for DHCP, and from a link-local one where it has no IPv4 address (F3.013).
func (w *walker) mayAsk(e *Interface, what packet.ExemptKind) bool {
	switch src := w.p.Src; {
	case e.Data.Owns(src):
		return true
	case what == packet.DHCP:
		return !src.IsValid() || src.IsUnspecified()
	default:
		return src.Is4() && src.IsLinkLocalUnicast() && !e.Data.Primary().IsValid()
	}
}

// toNowhere ends a packet into the reserved ranges for which there is no service.
func (w *walker) toNowhere(e *Interface) bool {
	for _, r := range linkLocal {
		if r.Contains(w.p.Dst) {
			w.drop(hop{stage: trace.StageRouter, id: e.vpc().Data.ID, subnet: e.Subnet}, trace.ReservedRange)
			return true
		}
	}
	return false
}

// fromVPCService is the answer of such a service: it goes straight to who asked.
func (w *walker) fromVPCService(e *Interface) {
	w.arrive(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: packet.Ingress}, arrival{at: e})
}

// toItself ends a packet that a host sends to its own address: it never leaves the host.
func (w *walker) toItself(e *Interface) bool {
	if !e.Data.Owns(w.p.Dst) || !e.Data.Owns(w.p.Src) {
		return false
	}
	w.arrive(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, note: "its own address"}, arrival{at: e})
	return true
}
