package packetwalk

import (
	"slices"

	"github.com/packetwalk/packetwalk/packet"
)

// The ports from which clients ask, and to which the replies go (F6.006). The last one of Linux is 60999 by
// the kernel, 61000 by AWS: an ACL that stops at either serves it.
var (
	ephemeral        = packet.PortRange{First: 1024, Last: 65535} // NAT gateways, load balancers, Lambda
	linuxEphemeral   = packet.PortRange{First: 32768, Last: 60999}
	windowsEphemeral = packet.PortRange{First: 49152, Last: 65535}
)

const whoUsesWhich = "NAT gateways, load balancers and Lambda functions use 1024-65535, Linux 32768-61000, Windows 49152-65535"

// portsOf are the ports of a protocol that a service has; ok is false where it has none.
func portsOf(s packet.Service, p packet.Protocol) (packet.PortRange, bool) {
	if s.IsAll() {
		return packet.PortRange{First: 0, Last: 65535}, true
	}
	if proto, _ := s.Protocol(); proto != p {
		return packet.PortRange{}, false
	}
	return s.PortRange()
}

// within reports whether outer holds all of inner.
func within(outer, inner packet.PortRange) bool {
	return outer.First <= inner.First && inner.Last <= outer.Last
}

// meets reports whether any of the ranges shares a port with another one.
func meets(list []packet.PortRange, r packet.PortRange) bool {
	return slices.ContainsFunc(list, func(x packet.PortRange) bool { return x.First <= r.Last && r.First <= x.Last })
}

// without takes the ports of cut out of the ranges.
func without(list []packet.PortRange, cut packet.PortRange) (rest []packet.PortRange) {
	for _, r := range list {
		if cut.First > r.First {
			rest = append(rest, packet.PortRange{First: r.First, Last: min(r.Last, cut.First-1)})
		}
		if cut.Last < r.Last {
			rest = append(rest, packet.PortRange{First: max(r.First, cut.Last+1), Last: r.Last})
		}
	}
	return rest
}
