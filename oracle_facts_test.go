package packetwalk_test

import (
	"slices"

	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// oracleFacts are the facts by which AWS differs from the analyser. A difference that none of them explains
// is a fault, of ours or of the list.
var oracleFacts = []struct {
	fact     string
	explains func(*difference) bool
}{
	// A gateway endpoint takes TCP and ICMP echo only. The analyser's takes all.
	{"F7.013", func(d *difference) bool {
		v := d.ours.Verdict
		takes := d.c.Proto == uint8(packet.TCP) || d.c.Proto == uint8(packet.ICMP) && d.c.ICMP[0] == 8
		return d.theirs.Delivered && !takes && v.Code == trace.VPCEGatewayProtocolRestriction && v.ID == d.theirs.At
	}},
	// An interface endpoint takes TCP and UDP only. The analyser's takes what the groups let in.
	{"F7.102", func(d *difference) bool {
		takes := d.c.Proto == uint8(packet.TCP) || d.c.Proto == uint8(packet.UDP)
		last := d.ours.Hops[len(d.ours.Hops)-1]
		return d.theirs.Delivered && !takes && last.Stage == trace.StageInterfaceEndpoint &&
			last.Code == trace.ProtocolRestriction && last.Interface == d.theirs.At
	}},
	// A packet meets the ACL of the NAT gateway's subnet before the gateway. The analyser asks for the
	// protocol first.
	{"F6.017", func(d *difference) bool {
		met := aclsOf(d.ours)
		return d.theirs.Why == "nat-protocol" && slices.ContainsFunc(d.ours.Drops(), func(h trace.Hop) bool {
			return h.ID == d.theirs.At && h.Code == trace.ProtocolRestriction
		}) && len(met) == len(d.theirs.NACL)+1 && slices.Equal(met[:len(met)-1], d.theirs.NACL)
	}},
	// A NAT gateway drops what is not TCP, UDP or ICMP, also what comes from its own subnet and would loop.
	{"F4.203", func(d *difference) bool {
		return d.theirs.Why == "nat-own-subnet" && d.atNATGateway(trace.ProtocolRestriction) && d.ours.Sent.Protocol != packet.TCP &&
			d.ours.Sent.Protocol != packet.UDP && d.ours.Sent.Protocol != packet.ICMP
	}},
	// A NAT gateway drops a TCP segment of a connection that it did not see begin: it neither loops in its
	// own subnet nor goes on under another address.
	{"F4.206", func(d *difference) bool {
		ends := d.theirs.Why == "nat-own-subnet" || d.theirs.Why == "reply-mangled"
		return ends && d.atNATGateway(trace.NATNoSession) && d.ours.Sent.Flags == packet.SYN|packet.ACK
	}},
	// A NAT gateway sends from any port of 1024-65535. The analyser's is always 1024, and so may be another
	// entry that lets the answer in.
	{"F4.204", func(d *difference) bool {
		return d.theirs == d.c.Return && d.theirs.compareMet(d.n, d.ours, d.aclsToPort1024()) == ""
	}},
}

// fact is the number of the fact that explains the difference, "" for none.
func (d *difference) fact() string {
	for _, f := range oracleFacts {
		if f.explains(d) {
			return f.fact
		}
	}
	return ""
}

// atNATGateway reports whether both stop at the same NAT gateway, or the analyser in its subnet, and ours for
// that reason.
func (d *difference) atNATGateway(c trace.Code) bool {
	last := d.ours.Hops[len(d.ours.Hops)-1]
	return last.Stage == trace.StageNATGateway && last.Code == c && (last.ID == d.theirs.At || last.Subnet == d.theirs.At)
}

// aclsToPort1024 lists the ACL entries that an answer would have met on its way to the NAT gateway, had that
// one sent from port 1024.
func (d *difference) aclsToPort1024() []string {
	acls := make(map[string]nacl.ACL)
	for _, a := range d.n.Config().NetworkACLs {
		acls[a.ID] = a
	}
	inside := slices.IndexFunc(d.ours.Hops, func(h trace.Hop) bool { return h.Stage == trace.StageNATGateway })
	var met []string
	for i, h := range d.ours.Hops {
		if h.Stage != trace.StageNetworkACL {
			continue
		}
		e, _ := h.Rule.(*nacl.Entry)
		if p := h.Before; i < inside {
			p.DstPort = 1024
			a := acls[h.ID]
			e, _ = a.Eval(h.Direction, p)
		}
		met = append(met, aclMet(h, e))
	}
	return met
}
