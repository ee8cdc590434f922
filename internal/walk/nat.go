package walk

import (
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

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
