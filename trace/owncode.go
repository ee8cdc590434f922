package trace

// packetwalk's own codes, each for a case that AWS's list has no code for. [Code.AWS] is false for them.
const (
	// NoSuchHost is for a packet that the router of a VPC should deliver to an address that no
	// network interface has. NO_POSSIBLE_DESTINATION, the nearest of AWS's, also stands for a
	// destination in another account or Region; here the address is known to be free.
	NoSuchHost Code = iota + UnsupportedComponent + 1

	// NATNoSession is for a packet that arrives at a NAT gateway and answers nothing that was
	// sent through it: nobody can open a connection from outside (F4.206). AWS's codes of
	// NAT gateways are all about the way out.
	NATNoSession

	// EIGWNoSession is for a packet from the internet that arrives at an egress-only internet
	// gateway and answers nothing that was sent through it (F4.101). AWS analyses
	// IPv4 only (F10.101), and so has no code for it.
	EIGWNoSession

	// RoutingLoop is for a packet that comes back to where it was with the same header, as
	// with a route to the NAT gateway of the sender's own subnet (F2.039). AWS's list has no
	// code for a way that never ends.
	RoutingLoop

	// UnroutedAddress is for a packet that leaves a VPC towards an address that no network on
	// the internet has, such as 0.0.0.0/8 or a multicast address. AWS's codes at an internet gateway
	// name the ranges of RFC 1918 and RFC 6598 only.
	UnroutedAddress

	// ReservedRange is for a packet to 169.254.0.0/16 or fd00:ec2::/32 that is no service of the
	// VPC's own: whatever the routes say, it is not forwarded (F2.015). NO_ROUTE_TO_DESTINATION would
	// be wrong, as a route may well match.
	ReservedRange

	// ResolverDisabled is for a query to the Amazon DNS server in a VPC with enableDnsSupport off
	// (F9.302). In AWS's list that server is no component.
	ResolverDisabled

	// ReplyAddressMismatch is for a reply that arrives at the caller from another address than
	// the caller sent to, so that its connection does not take it. Every component let
	// it by, so none of AWS's codes, which name a component, fits.
	ReplyAddressMismatch

	// ReplyDeliveredElsewhere is for a reply that is delivered, but to another host than the
	// one that called: its network has the caller's address as well. Here too every
	// component let the packet by.
	ReplyDeliveredElsewhere

	// RequestDeliveredElsewhere is for a request that is delivered, but to another one than the resource that
	// was asked for: who asked has its address in a network of his own. Every component let the packet by, so
	// it is the verdict of a connection, and no hop has it. AWS's analysis asks for no one by a name.
	RequestDeliveredElsewhere

	// PrivateIPv6AtGateway is for a packet whose IPv6 source is no global unicast address and
	// that comes to an internet gateway, which does not translate IPv6 (F4.009). AWS
	// analyses IPv4 only (F10.101), and so has no code for it.
	PrivateIPv6AtGateway

	// LocalPreferred is for a route that was not taken, never for a drop: a propagated route that
	// lies inside the VPC's own CIDR block loses to the local route, although it is more
	// specific (F2.008). HIGHER_PRIORITY_ROUTE is about routes for the same CIDR block.
	LocalPreferred

	// NATIdleTimeout is for a packet in the middle of a TCP connection that comes from inside to a NAT gateway
	// which does not know the connection: it was idle for 350 seconds, or never opened. The gateway answers with
	// a reset (F4.212). AWS's codes know no time.
	NATIdleTimeout

	// NATPortAllocation is for a connection through a NAT gateway whose addresses have no port left for that
	// destination: each has 55,000 (F4.213). AWS counts them as ErrorPortAllocation, and has no explanation
	// code.
	NATPortAllocation

	// MTUExceeded is for a packet that is longer than the way on takes, and is not cut up there (F4.013, F4.214,
	// F8.017). AWS's codes know no lengths.
	MTUExceeded

	// FragmentNotForwarded is for a fragment of a TCP or ICMP packet at a NAT gateway, which forwards fragments
	// of UDP only (F4.214). To AWS's analysis every packet is whole.
	FragmentNotForwarded

	// DenyAllIGWTraffic is for a packet from an internet gateway to a network interface that takes none from
	// there (F4.015). AWS analyses IPv4 only (F10.101), and has no code for it.
	DenyAllIGWTraffic

	// ZoneImpaired is for a packet that comes to what stands in an Availability Zone that has failed. AWS
	// analyses networks whose zones all work.
	ZoneImpaired

	// ELBNoSession is for a packet in the middle of a TCP connection that comes to a Network Load Balancer which
	// does not know the connection: it was idle for 350 seconds (F7.115), or never opened. AWS's codes know no
	// time.
	ELBNoSession

	// ELBPortAllocation is for a connection through a Network Load Balancer that has no source port left
	// towards its target. AWS counts them as PortAllocationErrorCount, and has no explanation code.
	ELBPortAllocation

	// VPCENoConnection is for a TCP segment in the middle of a connection that the service behind an endpoint
	// does not know: it was opened by another way, before there was the endpoint (F7.009), or was idle for 350
	// seconds at an interface endpoint (F7.115). AWS's codes know no time.
	VPCENoConnection

	// EncryptionRequired is for a packet to an interface endpoint, in a VPC that enforces encryption in transit,
	// that does not count as encrypted by the application (F3.202). AWS's flow logs have EC for it (F1.140), its
	// analysis has no code.
	EncryptionRequired

	// LinkLocalRateExceeded is for a packet to one of the services at link-local addresses, such as the Amazon
	// DNS server, from a network interface that has sent 1,024 such packets in this second already (F9.306). AWS
	// counts them as linklocal_allowance_exceeded, and has no explanation code.
	LinkLocalRateExceeded
)
