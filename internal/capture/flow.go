// Package capture gathers the packets that one flow log sees at one network interface into records, interval
// by interval. It knows neither networks nor sessions, and reads no clock: times are Unix seconds, and come
// from the caller.
//
// A [Log] is told of each packet by [Log.Add] and, for the first one of a flow in an interval, [Log.Begin].
// [Log.Take] gives the intervals that are over.
package capture

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Flow is what packets have in common that are one record of an interface and an interval: the five-tuple
// (F1.006), the way they go, and what was said of them (F1.008). The addresses are the packet's own: those
// that a record shows follow from them, the interface and the direction.
type Flow struct {
	Src, Dst         netip.Addr
	SrcPort, DstPort uint16
	Protocol         packet.Protocol
	Direction        packet.Direction
	Accepted         bool
	Reason           trace.RejectReason
}

// FlowOf gives the flow that a packet at an interface belongs to.
func FlowOf(c *trace.Crossing) Flow {
	p := &c.Packet
	f := Flow{
		Src: p.Src.Unmap(), Dst: p.Dst.Unmap(), Protocol: p.Protocol,
		Direction: c.Direction, Accepted: c.Accepted, Reason: c.Reason,
	}
	if p.Protocol.HasPorts() {
		f.SrcPort, f.DstPort = p.SrcPort, p.DstPort
	}
	return f
}

// add counts one more packet of r's flow. The flags of a record are those of all its packets (F1.204); it
// shows "-" only as long as no packet had a valid set (F1.206, assumed for a record of many packets).
func add(r *flowlog.Record, p *packet.Packet, now int64) {
	r.Packets++
	r.End = now
	if !r.Missing.Has(flowlog.FieldBytes) {
		r.Bytes += int64(p.Size())
	}
	if p.Protocol == packet.TCP {
		if flags, ok := flowlog.TCPFlags(p.Flags); ok {
			r.TCPFlags |= flags
			r.Missing &^= flowlog.SetOf(flowlog.FieldTCPFlags)
		}
	}
}

// blank gives a record of the interface that r tells of, without a packet: what tells of the interface is
// there, what tells of packets is not (F1.654, assumed).
func blank(r *flowlog.Record, status flowlog.Status, start, end int64) flowlog.Record {
	eni := flowlog.Interface{ID: r.InterfaceID, AccountID: r.AccountID}
	b := flowlog.NoData(eni, start, end)
	b.LogStatus = status
	b.VPCID, b.SubnetID, b.InstanceID, b.ResourceID = r.VPCID, r.SubnetID, r.InstanceID, r.ResourceID
	b.Region, b.AZID, b.SublocationType, b.SublocationID = r.Region, r.AZID, r.SublocationType, r.SublocationID
	b.ECS, b.InterfaceType = r.ECS, r.InterfaceType
	b.InstanceTag, b.InstanceTag2 = r.InstanceTag, r.InstanceTag2
	b.InterfaceTag, b.InterfaceTag2 = r.InterfaceTag, r.InterfaceTag2
	b.ASGTag, b.ASGTag2 = r.ASGTag, r.ASGTag2
	return b
}
