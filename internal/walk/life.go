package walk

import (
	"time"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
)

// timeouts are how long a control remembers a connection that is idle, by what it has seen of it.
type timeouts struct {
	tcpOpening time.Duration // not yet, or no longer, established
	tcp        time.Duration // established
	udp        time.Duration // one way, or one request with its answer
	udpStream  time.Duration // more than that
	icmp       time.Duration
	other      time.Duration // protocols without ports
}

// ofNATGateway is what a NAT gateway forgets after, whatever the protocol (F4.212), and, as we assume, an
// egress-only internet gateway.
var ofNATGateway = timeouts{natIdle, natIdle, natIdle, natIdle, natIdle, natIdle}

// ofInterfaceEndpoint is what an interface endpoint forgets after (F7.115).
var ofInterfaceEndpoint = timeouts{endpointIdle, endpointIdle, endpointIdle, endpointIdle, endpointIdle, endpointIdle}

// ofGroups is what the groups of an interface forget after (F5.206, F5.207).
func ofGroups(t subnet.Tracking) *timeouts {
	if t == (subnet.Tracking{}) {
		return byDefault
	}
	return groupTimeouts(t)
}

var byDefault = groupTimeouts(subnet.Tracking{})

func groupTimeouts(t subnet.Tracking) *timeouts {
	t = t.OrDefaults()
	return &timeouts{tcpNotEstablished, t.TCPEstablished, t.UDP, t.UDPStream, icmpIdle, otherIdle}
}

// life is how far a connection has come, as a stateful control sees it.
type life struct {
	protocol packet.Protocol
	tcp      tcpState
	fins     [2]bool // the opener, the other end: it has no more to say
	lastFIN  bool    // the later one was the opener's
	asked    bool    // UDP: the opener spoke last
	answers  uint8   // UDP: requests that were answered, up to two
}

// tcpState is the state of a TCP connection.
type tcpState uint8

const (
	tcpNew         tcpState = iota // nothing was seen
	tcpSYN                         // the opener's SYN
	tcpSYNACK                      // and the answer
	tcpEstablished                 // and the opener's ACK; or it was picked up in the middle (F5.210)
	tcpClosing                     // a FIN
)

// see takes note of a packet, from the opener or to it. It reports whether the connection is over: reset, or
// closed by both ends and that acknowledged. What comes after that is a new packet to the control (F1.511).
func (l *life) see(p packet.Packet, fromOpener bool) (over bool) {
	l.protocol = p.Protocol
	switch p.Protocol {
	case packet.TCP:
		return l.seeTCP(p.Flags, fromOpener)
	case packet.UDP:
		if !fromOpener && l.asked {
			l.answers = min(l.answers+1, 2)
		}
		l.asked = fromOpener
	}
	return false
}

func (l *life) seeTCP(f packet.Flags, fromOpener bool) (over bool) {
	switch {
	case f&packet.RST != 0:
		return true
	case f&packet.FIN != 0:
		l.fins[end(fromOpener)], l.lastFIN, l.tcp = true, fromOpener, tcpClosing
	case l.closed():
		return f&packet.ACK != 0 && fromOpener != l.lastFIN
	case l.tcp == tcpNew && (f == 0 || f&(packet.SYN|packet.ACK) == packet.SYN):
		l.tcp = tcpSYN
	case l.tcp == tcpNew:
		l.tcp = tcpEstablished
	case l.tcp == tcpSYN && !fromOpener && f&(packet.SYN|packet.ACK) == packet.SYN|packet.ACK:
		l.tcp = tcpSYNACK
	case l.tcp == tcpSYNACK && fromOpener && f&packet.SYN == 0:
		l.tcp = tcpEstablished
	}
	return false
}

// closed reports whether both ends have said all.
func (l *life) closed() bool { return l.fins[0] && l.fins[1] }

// end numbers the two ends.
func end(opener bool) int {
	if opener {
		return 0
	}
	return 1
}

// idle is how long the connection is remembered from its last packet on.
func (l *life) idle(t *timeouts) time.Duration {
	switch {
	case l.protocol == packet.TCP && l.tcp == tcpEstablished:
		return t.tcp
	case l.protocol == packet.TCP:
		return t.tcpOpening
	case l.protocol == packet.UDP && l.answers > 1:
		return t.udpStream
	case l.protocol == packet.UDP:
		return t.udp
	case l.protocol.IsICMP():
		return t.icmp
	}
	return t.other
}
