package packet

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// ExemptKind says which of AWS's own services a packet is for. A VPC gives that traffic
// special treatment: see [ExemptKind.Unfiltered] and [ExemptKind.Unlogged].
// The zero ExemptKind is unspecified: ordinary traffic.
type ExemptKind uint8

// The kinds of exempt traffic.
const (
	_                ExemptKind = iota // unspecified: ordinary traffic
	AmazonDNS                          // the Amazon DNS server, TCP and UDP port 53 (F1.601)
	WindowsLicense                     // Windows licence activation, TCP port 1688 (F1.602)
	InstanceMetadata                   // the instance metadata service (F1.603)
	TimeSync                           // the Amazon Time Sync Service (F1.604)
	DHCP                               // DHCP and DHCPv6 (F1.605)
	ECSTaskMetadata                    // the metadata of Amazon ECS tasks (F5.012)
	Router                             // the reserved address of the VPC's router (F1.607)
)

var exemptNames = []string{
	"", "amazon-dns", "windows-license", "instance-metadata", "time-sync", "dhcp", "ecs-task-metadata", "router",
}

// exemptEffects says what each kind is exempt from. The lists of AWS's security group and
// network ACL pages (F5.012, F6.016) are the same; the list of the flow log page
// (F1.601-F1.607) lacks the ECS task metadata. Its address is link-local and is answered
// on the host of the task, so the traffic crosses no network interface, and the
// choice here is that nothing records it.
var exemptEffects = [...]struct{ unfiltered, unlogged bool }{
	AmazonDNS:        {unfiltered: true, unlogged: true},
	WindowsLicense:   {unfiltered: true, unlogged: true},
	InstanceMetadata: {unfiltered: true, unlogged: true},
	TimeSync:         {unfiltered: true, unlogged: true},
	DHCP:             {unfiltered: true, unlogged: true},
	ECSTaskMetadata:  {unfiltered: true, unlogged: true},
	Router:           {unfiltered: true, unlogged: true},
}

// Unfiltered reports whether security groups (F5.012) and network ACLs (F6.016) let
// traffic of this kind pass without looking at it. It is false for the zero ExemptKind.
func (k ExemptKind) Unfiltered() bool {
	return int(k) < len(exemptEffects) && exemptEffects[k].unfiltered
}

// Unlogged reports whether flow logs leave traffic of this kind out (F1.601-F1.607).
// It is false for the zero ExemptKind.
func (k ExemptKind) Unlogged() bool {
	return int(k) < len(exemptEffects) && exemptEffects[k].unlogged
}

// String gives the kind's name, such as "amazon-dns", and "" for unspecified.
func (k ExemptKind) String() string { return enum.String("ExemptKind", k, exemptNames) }

// MarshalText gives the kind's name; a value without a name is an error.
func (k ExemptKind) MarshalText() ([]byte, error) {
	return enum.Marshal("ExemptKind", k, exemptNames)
}

// UnmarshalText reads what [ExemptKind.MarshalText] writes.
func (k *ExemptKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("ExemptKind", text, exemptNames, k)
}

// Exempt reports whether p is a packet to or from one of AWS's own services, which groups
// and ACLs do not filter (F5.012, F6.016) and flow logs do not record (F1.601-F1.607). Both
// directions count: the reply is recognised by its source.
//
// dns is the VPC's own resolver address, its primary CIDR block plus two (F9.301), and router
// the reserved address of the router of the sender's subnet (F3.010). Either may be the zero
// Addr: then only the fixed addresses count. A DNS server of one's own is
// ordinary traffic, whatever dns says (F9.308). what is unspecified where ok is false.
//
// Three kinds of AWS's lists have no packet to be recognised by, and are the caller's business:
// ARP (F1.609), mirrored source traffic (F1.606), and what an endpoint's interface and a
// Network Load Balancer's say to each other (F1.608).
func Exempt(p Packet, dns, router netip.Addr) (what ExemptKind, ok bool) {
	if isDHCP(p) {
		return DHCP, true
	}
	if k := serverKind(p.Dst, dns, router); k.carries(p.Protocol, p.DstPort) {
		return k, true
	}
	if k := serverKind(p.Src, dns, router); k.carries(p.Protocol, p.SrcPort) {
		return k, true
	}
	return 0, false
}

// ExemptTo is [Exempt] for what is on its way to a service. An answer of a service is none, and DHCP counts
// only towards where a VPC's own server is: everybody, the router, a link-local address.
func ExemptTo(p Packet, dns, router netip.Addr) (what ExemptKind, ok bool) {
	if isDHCP(p) && (p.Dst == dhcpBroadcast || p.Dst == router || p.Dst.IsLinkLocalUnicast() || p.Dst.IsLinkLocalMulticast()) {
		return DHCP, true
	}
	k := serverKind(p.Dst, dns, router)
	return k, k.carries(p.Protocol, p.DstPort)
}

// dhcpBroadcast is where an IPv4 client asks that has no address yet.
var dhcpBroadcast = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// carries reports whether a packet of proto is traffic of the kind, port being the port on the
// side of the service.
func (k ExemptKind) carries(proto Protocol, port uint16) bool {
	switch k {
	case 0:
		return false
	case AmazonDNS:
		return proto.HasPorts() && port == 53
	case WindowsLicense:
		return proto == TCP && port == 1688
	}
	return true
}

// isDHCP recognises DHCP by its pair of ports alone (F1.605): a client has no address of
// its own yet, and asks everybody.
func isDHCP(p Packet) bool {
	if p.Protocol != UDP {
		return false
	}
	lo, hi := min(p.SrcPort, p.DstPort), max(p.SrcPort, p.DstPort)
	if p.Is6() {
		return lo == 546 && hi == 547
	}
	return lo == 67 && hi == 68
}

// exemptServers are the services' fixed addresses.
var exemptServers = map[netip.Addr]ExemptKind{
	netip.MustParseAddr("169.254.169.253"): AmazonDNS,
	netip.MustParseAddr("fd00:ec2::253"):   AmazonDNS,
	netip.MustParseAddr("169.254.169.250"): WindowsLicense,
	netip.MustParseAddr("169.254.169.251"): WindowsLicense,
	netip.MustParseAddr("169.254.169.254"): InstanceMetadata,
	netip.MustParseAddr("fd00:ec2::254"):   InstanceMetadata,
	netip.MustParseAddr("169.254.169.123"): TimeSync,
	netip.MustParseAddr("fd00:ec2::123"):   TimeSync,
	netip.MustParseAddr("169.254.170.2"):   ECSTaskMetadata,
	netip.MustParseAddr("fe80:ec2::1"):     Router, // in every VPC (F3.012)
}

// awsIPv6 holds the services' IPv6 addresses.
var awsIPv6 = netip.MustParsePrefix("fd00:ec2::/32")

// serverKind gives the service that has the address a, unspecified where none has.
func serverKind(a, dns, router netip.Addr) ExemptKind {
	switch {
	case !a.IsValid():
		return 0
	case a == dns:
		return AmazonDNS
	case a == router:
		return Router
	case a.IsLinkLocalUnicast() || awsIPv6.Contains(a):
		return exemptServers[a] // only now: most packets need no look-up
	}
	return 0
}
