package gateway

import "github.com/packetwalk/packetwalk/packet"

// Out says whether g lets p leave: IPv6 only, from a global address to a routed one (F4.101, F3.021).
// IPv4 is [ProtocolNotForwarded]. Nothing is translated. Whether p belongs to a connection that
// was opened from outside, which g does not let pass, is for the caller to know ([NoSession]).
func (g *EgressOnly) Out(p packet.Packet) Refusal {
	if !p.Is6() {
		return ProtocolNotForwarded
	}
	return out6(p)
}
