package flowlog

import "github.com/packetwalk/packetwalk/packet"

// TCPFlags gives what a record shows of one packet's flags: FIN 1, SYN 2, RST 4, and SYN with ACK 18
// (F1.201). ACK shows beside SYN only, and the other flags never do: a packet without any of these shows 0
// (F1.202, F1.203), as does one of another protocol, which has no flags (F1.207).
//
// ok is false for an invalid set, for which a record shows "-" (F1.206). AWS does not list them; those are
// taken that no packet of a connection has: SYN with FIN or RST.
//
// The flags of a record are those of its packets together (F1.204): of each put through TCPFlags, then
// joined with "|".
func TCPFlags(f packet.Flags) (shown packet.Flags, ok bool) {
	if f&packet.SYN != 0 && f&(packet.FIN|packet.RST) != 0 {
		return 0, false
	}
	shown = f & (packet.FIN | packet.SYN | packet.RST)
	if shown&packet.SYN != 0 {
		shown |= f & packet.ACK
	}
	return shown, true
}
