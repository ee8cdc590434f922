package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// This file is VPC Block Public Access, which stands at the internet gateways and egress-only gateways and
// nowhere else: what stays private never comes here (F3.104). What counts is the subnet of the interface that
// holds the public address: the NAT gateway's, not that of the hosts behind it; the workload's, not that of
// the appliance before it (F3.106).

// barsInternetGateway reports whether what e sends to an internet gateway, or gets from one, is blocked: all
// of it, or all but what NAT gateways open (F3.102, F3.103). Who calls a NAT gateway is dropped there
// (F4.206).
func (e *Interface) barsInternetGateway() bool {
	switch e.Subnet.BPA {
	case vpc.BPABidirectional:
		return true
	case vpc.BPAIngress:
		return e.NAT == nil
	}
	return false
}

// barsEgressOnly is the same of an egress-only gateway, by which connections are opened from inside only
// (F3.103).
func (e *Interface) barsEgressOnly() bool { return e.Subnet.BPA == vpc.BPABidirectional }

// blocked drops a packet at the gateway h that no network interface of the VPC sent there, or would get: that
// of a regional NAT gateway (F4.219). So no record says it. It reports whether the walk ends here.
func (w *walker) blocked(h hop) bool {
	w.drop(h, trace.VPCBlockPublicAccessEnabled)
	w.gone = true
	return w.stopped()
}

// blockedOut drops a packet that leaves, at the gateway h. Its record at the interface that sent it says that
// Block Public Access rejected it (F1.512, F3.108). It reports whether the walk ends here.
func (w *walker) blockedOut(h hop) bool {
	w.drop(h, trace.VPCBlockPublicAccessEnabled)
	if w.rec != nil && !w.gone && len(w.rec.Crossings) > 0 {
		last := &w.rec.Crossings[len(w.rec.Crossings)-1]
		last.Accepted, last.Reason = false, trace.RejectBPA
		w.gone = true
	}
	return w.stopped()
}

// blockedIn drops a packet that comes in for e, at the gateway h. The record of it is the one that e would
// have made of the packet as it is inside.
func (w *walker) blockedIn(h hop, e *Interface, inside packet.Packet) bool {
	w.drop(h, trace.VPCBlockPublicAccessEnabled)
	if w.rec != nil && !w.gone {
		w.rec.Crossings = append(w.rec.Crossings, trace.Crossing{
			Interface: e.Data.ID, Direction: packet.Ingress, Packet: inside, Reason: trace.RejectBPA,
		})
		w.gone = true
	}
	return w.stopped()
}
