package trace

// Code says why a packet was dropped. The zero Code is none.
type Code uint8

const (
	NoCode Code = iota

	// To be replaced by all codes of AWS's list, in its order.
	BadState
	BadStateAttachment
	BadStateRoute
	ENISGRulesMismatch
	ENISourceDestCheckRestriction
	GatewayRejectsSpoofedTraffic
	HigherPriorityRoute
	IGWDestinationAddressNotInRFC1918Egress
	IGWDestinationAddressNotInRFC6598Egress
	IGWPrivateIPAssociationForIngress
	IGWPublicIPAssociationForEgress
	IGWSourceAddressNotInRFC1918Ingress
	IGWSourceAddressNotInRFC6598Ingress
	MoreSpecificRoute
	NGWRequiresSourceInVPC
	NoPossibleDestination
	NoRouteToDestination
	PCXRequiresAddressInVPCCIDR
	ProtocolRestriction
	SGHasNoRules
	SGReferencesNotPreserved
	SubnetACLRestriction
	UnknownResource
	VPCEGatewayEgressSourceAddressRestriction
	VPCEGatewayProtocolRestriction
	VPCEIntraVPCTraffic
	UnsupportedComponent

	// packetwalk's own: AWS's list has none that fits.
	NoSuchHost              // an address of the VPC that no network interface has
	NATNoSession            // nothing behind the NAT gateway opened this connection
	EIGWNoSession           // nothing behind the egress-only internet gateway opened this connection
	RoutingLoop             // the packet comes back to where it was
	UnroutedAddress         // nobody on the internet routes this address
	ReservedRange           // inside 169.254.0.0/16 or fd00:ec2::/32, where no route leads
	ResolverDisabled        // the VPC has DNS support switched off
	ReplyAddressMismatch    // the reply does not come from the address that was called
	ReplyDeliveredElsewhere // the reply arrived at another host than the caller
	PrivateIPv6AtGateway    // an IPv6 source that is not a global address
	LocalPreferred          // a lost route: the local route comes before a propagated one
)
