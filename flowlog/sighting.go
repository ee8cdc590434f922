package flowlog

import (
	"math"
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// Sighting is what an interface saw of one flow in one direction: what [New] makes a record of.
type Sighting struct {
	Interface Interface
	Direction packet.Direction // into or out of the interface
	Packet    packet.Packet    // one of the flow's packets, as it crosses the interface
	Packets   int64            // how many of them; less than one means one
	Action    Action           // what the interface's groups and its subnet's ACL decide (F1.505)
	Start     int64            // first packet, in Unix seconds
	End       int64            // last packet, in Unix seconds

	// RejectReason says who rejected the traffic where groups and ACL did not. For [RejectBPA] AWS leaves
	// the bytes out (F1.512).
	RejectReason RejectReason
}

// New makes the record of a sighting: all that the packet itself tells, with the addresses of [Observe] and
// log status OK. Its bytes are those of Packets packets of the size of Packet. Ports are 0 where the
// protocol has none (F1.734). What else AWS knows of the interface and its neighbours, from vpc-id to the
// next hop, is the caller's to fill in. Whether flow logs record such a packet is for [Logged] to say.
func New(s Sighting) (r Record) {
	r.identify(&s.Interface, StatusOK, s.Start, s.End)
	p := &s.Packet
	r.PktSrcAddr, r.PktDstAddr = p.Src.Unmap(), p.Dst.Unmap()
	r.SrcAddr, r.DstAddr = s.Interface.shows(s.Direction, r.PktSrcAddr, r.PktDstAddr)
	r.Protocol = p.Protocol
	if r.Protocol.HasPorts() {
		r.SrcPort, r.DstPort = p.SrcPort, p.DstPort
	}
	r.Type = familyOf(r.PktDstAddr)
	r.FlowDirection = s.Direction
	if r.Protocol == packet.TCP {
		r.setFlags(p.Flags)
	}
	r.Packets = max(s.Packets, 1)
	if s.RejectReason == RejectBPA {
		r.Missing |= 1 << FieldBytes
	} else {
		r.Bytes = product(r.Packets, int64(p.Size()))
	}
	r.Action, r.RejectReason = s.Action, s.RejectReason
	return r
}

func (r *Record) setFlags(f packet.Flags) {
	shown, ok := TCPFlags(f)
	if !ok {
		r.Missing |= 1 << FieldTCPFlags
	}
	r.TCPFlags = shown
}

// familyOf is the type of traffic with an address; unspecified for no address.
func familyOf(a netip.Addr) Type {
	switch {
	case a.Is4():
		return TypeIPv4
	case a.Is6():
		return TypeIPv6
	}
	return 0
}

// NoData is the record of an interval in which the interface had no traffic (F1.651).
func NoData(eni Interface, start, end int64) Record {
	return withoutPacket(eni, StatusNoData, start, end)
}

// SkipData is the record of an interval in which AWS could not record some of the
// interface's traffic, one flow or many (F1.652).
func SkipData(eni Interface, start, end int64) Record {
	return withoutPacket(eni, StatusSkipData, start, end)
}

func withoutPacket(eni Interface, status Status, start, end int64) (r Record) {
	r.identify(&eni, status, start, end)
	r.Missing = noPacket
	return r
}

// identify fills in what the interface and the interval tell.
func (r *Record) identify(eni *Interface, status Status, start, end int64) {
	r.AccountID = eni.AccountID
	if r.AccountID == "" {
		r.AccountID = UnknownAccount
	}
	r.InterfaceID = eni.ID
	r.Start, r.End = start, end
	r.LogStatus = status
}

// product multiplies two numbers that are not negative. It ends at the largest number instead of going round.
func product(n, size int64) int64 {
	if size > 0 && n > math.MaxInt64/size {
		return math.MaxInt64
	}
	return n * size
}
