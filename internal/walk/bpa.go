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

// blockedOut drops a packet that leaves, at the gateway h. Its record at the interface that sent it says that
// Block Public Access rejected it (F1.512, F3.108). It reports whether the walk ends here.
func (w *walker) blockedOut(h hop) bool {
	w.drop(h, trace.VPCBlockPublicAccessEnabled)
	w.rejects(trace.RejectBPA)
	return w.stopped()
}

// blockedIn drops a packet that comes in, at the gateway h. Its record is the one that would have been made
// of it inside, by the interface or the regional NAT gateway that c names.
func (w *walker) blockedIn(h hop, c trace.Crossing) bool {
	w.drop(h, trace.VPCBlockPublicAccessEnabled)
	if w.rec != nil && !w.gone {
		c.Direction, c.Reason = packet.Ingress, trace.RejectBPA
		w.rec.Crossings = append(w.rec.Crossings, c)
		w.gone = true
	}
	return w.stopped()
}
