package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

// This file is what the walk tells flow logs: who saw the packet, what groups and ACL said of it there, by
// what it left, and who is at the other end of that stretch.

// AWS's codes of traffic paths (F1.301-F1.303). Code 2, which leaves open what 7 and 8 say, is never given
// (F1.306).
const (
	pathNone            = 0 // no code fits (F1.308)
	pathInVPC           = 1
	pathVirtualPrivate  = 3
	pathPeering         = 4
	pathInterRegion     = 5
	pathGatewayEndpoint = 7
	pathInternetGateway = 8
)

// crossing records that an interface saw the packet, as its flow log would. A packet that was dropped
// earlier, or that fails the source/destination check, is not seen.
func (w *walker) crossing(e *Interface, d packet.Direction, checked, accepted bool) {
	if w.rec == nil || w.gone || (!checked && !logsFailedCheck) {
		w.gone = w.gone || !checked
		return
	}
	w.gone = !accepted
	if !accepted && d == packet.Egress && !logsDeniedEgress {
		return
	}
	w.rec.Crossings = append(w.rec.Crossings, trace.Crossing{Interface: e.Data.ID, Direction: d, Packet: w.p, Accepted: accepted})
}

// setsOff notes by what the packet leaves e, where the record of e says that it does.
func (w *walker) setsOff(e *Interface, next nextHop) {
	w.stretch = true
	if c := w.seen(); c != nil {
		c.Path = w.path(e, next)
	}
}

// seen is the crossing just recorded, nil where nobody records any more.
func (w *walker) seen() *trace.Crossing {
	if w.rec == nil || w.gone || len(w.rec.Crossings) == 0 {
		return nil
	}
	return &w.rec.Crossings[len(w.rec.Crossings)-1]
}

// rejects turns the record just made into a REJECT, for a reason that is neither a group nor an ACL.
func (w *walker) rejects(reason trace.RejectReason) {
	if c := w.seen(); c != nil {
		c.Accepted, c.Reason = false, reason
		w.gone = true
	}
}

// meets notes that e gets the packet: it is the next hop of who sent it, who is the next hop of e (F1.150).
// It gives the ID of that one, "" where the packet came by a gateway.
func (w *walker) meets(e *Interface) (sender string) {
	if c := w.seen(); c != nil && w.stretch {
		c.NextHop, sender = e.Data.ID, c.Interface
	}
	w.stretch = false
	return sender
}

// cameFrom notes who sent the packet to the interface that just recorded it. A group or an ACL that said no
// there does not hide it.
func (w *walker) cameFrom(sender string) {
	if w.rec != nil && sender != "" && len(w.rec.Crossings) > 0 {
		if c := &w.rec.Crossings[len(w.rec.Crossings)-1]; c.Direction == packet.Ingress {
			c.NextHop = sender
		}
	}
}

// path is AWS's code for the way by which a packet leaves e (F1.301-F1.308). No route, or one that leads
// nowhere, is no way.
func (w *walker) path(e *Interface, next nextHop) uint8 {
	if next.neighbour {
		return pathInVPC
	}
	if back, ok := w.wayBack(e.vpc()); ok && returnToSenderIgnoresRoutes {
		return pathBetween(e.vpc(), Target{Peering: back.by, Peer: back.back})
	}
	return pathBy(e.vpc(), e.Subnet.Table, next.route, next.found)
}

// pathBy is the code for a route of a table of v. What goes on by another resource of the VPC has that of the
// VPC, be it a NAT gateway, an endpoint or a transit gateway (F1.307).
func pathBy(v *VPC, t *Table, m route.Match, found bool) uint8 {
	if !found || m.Route.State == route.Blackhole {
		return pathNone
	}
	switch m.Route.Target.Kind {
	case route.Local, route.NATGateway, route.NetworkInterface, route.Instance, route.GatewayLoadBalancerEndpoint,
		route.TransitGateway, route.LocalGateway:
		return pathInVPC
	case route.VirtualPrivateGateway:
		return pathVirtualPrivate
	case route.PeeringConnection:
		return pathBetween(v, t.Targets[m.Route])
	case route.GatewayEndpoint:
		return pathGatewayEndpoint
	case route.InternetGateway:
		return pathInternetGateway
	}
	return pathNone
}

// pathBetween is the code for a peering of v: inside of a Region, or between two.
func pathBetween(v *VPC, t Target) uint8 {
	if v.Data.Region != peerRegion(v, t) {
		return pathInterRegion
	}
	return pathPeering
}

// peerRegion is the Region of the VPC at the other end of a peering of v: as the peering says of one that is
// not part of the network, and the same where it does not.
func peerRegion(v *VPC, t Target) string {
	if t.Peer != nil {
		return t.Peer.Data.Region
	}
	far := &t.Peering.Requester
	if far.VPC == v.Data.ID {
		far = &t.Peering.Accepter
	}
	if far.Region == "" {
		return v.Data.Region
	}
	return far.Region
}

// crossingNAT records that a regional NAT gateway saw the packet. It has neither groups nor ACL that could
// reject it, and no interface, so that its record bears its own ID instead (F1.514).
func (w *walker) crossingNAT(g *RegionalNAT, d packet.Direction, path uint8, from *Interface) {
	if w.rec == nil || w.gone {
		return
	}
	c := trace.Crossing{Resource: g.Data.ID, Direction: d, Packet: w.p, Accepted: true, Path: path}
	if from != nil {
		c.NextHop = from.Data.ID
	}
	w.rec.Crossings = append(w.rec.Crossings, c)
}
