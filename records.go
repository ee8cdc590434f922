package packetwalk

import (
	"cmp"
	"net/netip"
	"time"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// This file makes flow log records of what the walk saw: the packet's own part is [flowlog.New], and the rest
// is what the network knows of the interface, of the zone in which it stands, and of its neighbours.

// Records lists the flow-log records that the network interfaces and regional NAT gateways on the way write:
// of the lookup of the name, at each DNS server that was asked (F9.308), the request, and then the reply, in
// the order in which they see them; what the place that dropped one of them sent back follows it. Each bears
// the answer of that interface's own groups and ACL (F1.505), and every field that a flow log of the
// interface's owner has, whatever the format; but for tags, of which a flow log says which it wants. Print
// them with [flowlog.Record.Append], or in the default format with its String. What AWS does not log gives
// none (F1.601-F1.609).
func (f Flow) Records() []flowlog.Record {
	var list []flowlog.Record
	for _, lookup := range f.lookups() {
		lookup.Start, lookup.End = f.Start, f.End
		list = append(list, lookup.Records()...)
	}
	by := watch{packets: f.Packets, start: unix(f.Start), end: unix(f.End)}
	for _, t := range []*trace.Trace{&f.Forward, &f.Return} {
		for ; t != nil; t = t.Answer {
			for i := range t.Crossings {
				list = append(list, f.network.record(t, &t.Crossings[i], by))
			}
		}
	}
	return list
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// watch is how a flow log looks at a crossing.
type watch struct {
	owner      string            // the flow log's account; "": that of the interface
	tags       flowlog.TagFields // the tags that it shows
	packets    int64             // how many packets like this one; less than one means one
	start, end int64             // of the first and the last of them, in Unix seconds
}

// record is what a flow log writes of a crossing of t: every field that the network decides.
func (n *Network) record(t *trace.Trace, c *trace.Crossing, by watch) flowlog.Record {
	p := n.observers[cmp.Or(c.Interface, c.Resource)]
	s := flowlog.Sighting{
		Interface: flowlog.Interface{ID: c.Interface, AccountID: p.account, PrimaryIPv4: p.primary},
		Direction: c.Direction, Packet: c.Packet, Packets: by.packets,
		Action: flowlog.Reject, Start: by.start, End: by.end, RejectReason: flowlog.RejectReason(c.Reason.String()),
	}
	if c.Accepted {
		s.Action = flowlog.Accept
	}
	r := flowlog.New(s)
	if by.owner == "" {
		by.owner = p.account
	}
	p.describe(&r, by)
	r.TrafficPath = flowlog.TrafficPath(c.Path)
	r.PktSrcAWSService, r.PktDstAWSService = n.serviceAt(r.PktSrcAddr), n.serviceAt(r.PktDstAddr)
	r.NextHop = n.nextHop(p, c, by.owner)
	r.EncryptionStatus = n.encryption(p, t)
	return r
}

// serviceAt is the service of AWS's that has a public address (F1.126, F1.127); "" where none has (F1.735).
func (n *Network) serviceAt(a netip.Addr) flowlog.Service {
	service, _, _ := n.services.At(a)
	return flowlog.Service(service)
}

// nextHop is the interface at the other end of a crossing, as far as AWS tells it: not for another Region,
// not for what comes from a load balancer or a transit gateway, and of another owner's interface the zone
// alone (F1.150-F1.156).
func (n *Network) nextHop(p *observer, c *trace.Crossing, owner string) (h flowlog.NextHop) {
	next := n.observers[c.NextHop]
	if next == nil || next.region != p.region || c.Direction == packet.Ingress && next.hides() {
		return h
	}
	h.AZID = next.azID
	if next.account != owner {
		return h
	}
	h.InterfaceID, h.SubnetID, h.VPCID, h.InterfaceType = next.eni, next.subnet, next.vpc, next.kind
	return h
}

// hides reports whether AWS does not tell that something came from p (F1.156).
func (p *observer) hides() bool {
	return p.kind == flowlog.InterfaceNetworkLoadBalancer || p.kind == flowlog.InterfaceTransitGateway
}

// httpsPort is where AWS takes what it sees for encrypted by the application (F1.157).
const httpsPort = 443

// encryption is what VPC Encryption Controls say of a packet, where the VPC has them: encrypted by the
// application for TCP 443 at an endpoint of a service of AWS's (F1.157). Of other traffic it is not known, as
// the network does not say which instances encrypt theirs by Nitro (F1.142).
func (n *Network) encryption(p *observer, t *trace.Trace) flowlog.EncryptionStatus {
	if p.encryption && (n.atInterfaceEndpoint(t) || atGatewayEndpoint(t)) {
		return flowlog.ApplicationEncrypted
	}
	return 0
}

// atInterfaceEndpoint reports whether a packet to an interface endpoint, or from one, counts as encrypted.
func (n *Network) atInterfaceEndpoint(t *trace.Trace) bool {
	for i := range t.Crossings {
		e := n.interfaces[t.Crossings[i].Interface]
		if e == nil || e.Endpoint == nil {
			continue
		}
		p := t.Crossings[i].Packet
		if t.Crossings[i].Direction == packet.Egress { // as the client sent it
			p.SrcPort, p.DstPort = p.DstPort, p.SrcPort
		}
		return e.Endpoint.TakesForEncrypted(p)
	}
	return false
}

// atGatewayEndpoint reports the same of a gateway endpoint, where an answer begins and everything else ends.
func atGatewayEndpoint(t *trace.Trace) bool {
	for i := range t.Hops {
		if h := &t.Hops[i]; h.Stage == trace.StageGatewayEndpoint {
			port := h.Before.DstPort
			if i == 0 {
				port = h.Before.SrcPort
			}
			return h.Before.Protocol == packet.TCP && port == httpsPort
		}
	}
	return false
}
