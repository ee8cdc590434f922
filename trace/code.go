package trace

// Code says why a packet was dropped, or why a route that matched was not taken. It is a small
// comparable value: tests compare it with the constants below. The zero Code is [NoCode]: nothing
// was dropped. As text a Code is spelled as AWS spells it, "SUBNET_ACL_RESTRICTION".
type Code uint8

// NoCode is the zero Code: nothing was dropped. Its text is empty.
const NoCode Code = 0

// AWS's explanation codes for a destination that is not reachable, in the order of AWS's list
// (docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html).
//
// All of them have a name here, so that a test can speak of any. Those of load balancers, firewalls and
// VPNs stand for parts of a network that packetwalk does not walk through.
const (
	BadState                                  Code = iota + 1 // the component is not in working order
	BadStateAttachment                                        // the attachment between two components is not in working order
	BadStateRoute                                             // the route's target is not available: a blackhole
	BadStateVPN                                               // the VPN connection is not in working order
	CannotRoute                                               // the route is for other destinations than the packet's
	ELBACLRestriction                                         // a Classic Load Balancer obeys the outbound ACL even inside one subnet
	ELBInstalledAZRestriction                                 // the load balancer sends only into its enabled Availability Zones
	ELBListenerPortRestriction                                // the Classic Load Balancer's listener has fixed ports on both sides
	ELBListenersMismatch                                      // no listener of the Classic Load Balancer accepts the traffic
	ELBNotCrosszone                                           // the load balancer does not send across Availability Zones
	ELBV2ListenerHasNoTG                                      // the listener's target groups have no targets
	ELBV2ListenerPortRestriction                              // the listener is on another port
	ELBV2ListenerRequiresTGAccept                             // no target group of the listener accepts the traffic
	ELBV2ListenersMismatch                                    // no listener of the load balancer accepts the traffic
	ELBV2NoTargetsInAZ                                        // the load balancer has no targets in these Availability Zones
	ELBV2SourceAddressPreservation                            // the Network Load Balancer keeps the source address
	ENIAddressRestriction                                     // the network interface takes and sends only its own private addresses
	ENISGRulesMismatch                                        // no rule of the security groups allows the traffic
	ENISourceDestCheckRestriction                             // the source/destination check refuses an address that is not the interface's own
	FirewallRulesRestriction                                  // a rule of the network firewall blocks the traffic
	GatewayRejectsSpoofedTraffic                              // the gateway refuses a source address that the sender does not have
	GWLBDestinationPortRestriction                            // a Gateway Load Balancer talks to its targets on port 6081 only
	GWLBProtocolRestriction                                   // a Gateway Load Balancer talks to its targets in GENEVE over UDP only
	HigherPriorityRoute                                       // another route for the same CIDR block has priority
	IGWDestinationAddressInVPCCIDRs                           // the internet gateway lets in only what is for an address of the VPC
	IGWDestinationAddressNotInRFC1918Egress                   // the internet gateway lets nothing out to a private address
	IGWDestinationAddressNotInRFC6598Egress                   // the internet gateway lets nothing out to 100.64.0.0/10
	IGWNATReflection                                          // a path that turns around at the internet gateway is not analysed
	IGWPrivateIPAssociationForIngress                         // the destination is not the public address of a network interface
	IGWPublicIPAssociationForEgress                           // the source has no public address
	IGWSourceAddressNotInRFC1918Ingress                       // the internet gateway lets nothing in from a private address
	IGWSourceAddressNotInRFC6598Ingress                       // the internet gateway lets nothing in from 100.64.0.0/10
	IngressRTBNoPublicIP                                      // the appliance that the gateway's route table names has no public address
	IngressRTBTrafficRedirection                              // a subnet behind an appliance cannot go straight to the internet gateway
	MoreSpecificRoute                                         // a route with a longer prefix matches
	NGWDestAddressPreservation                                // the NAT gateway keeps the destination address
	NGWRequiresSourceInVPC                                    // the NAT gateway serves only sources in its own VPC
	NGWSourceAddressReassign                                  // the NAT gateway replaces the source address by its own
	NoPossibleDestination                                     // there is nowhere that the packet could be delivered
	NoRouteToDestination                                      // the route table has no route for the destination
	PCXRequiresAddressInVPCCIDR                               // peering carries only traffic between addresses of its two VPCs
	ProtocolRestriction                                       // the component does not take this protocol
	RegionalNGWRouteAZRestriction                             // the regional NAT gateway does not serve the source's Availability Zone
	RemapEphemeralPort                                        // NAT and load balancers replace the source port by one in 1024-65535
	SGHasNoRules                                              // the security groups have no rules
	SGReferencesNotPreserved                                  // on this path a rule that names a security group does not match
	SGReferencingSupport                                      // the transit gateway attachment does not support rules that name a security group
	SubnetACLRestriction                                      // the network ACL does not allow the traffic
	TargetAddressRestriction                                  // the load balancer sends only to its targets
	TargetPortRestriction                                     // the load balancer sends only to its targets' registered ports
	TGWAttachMissingTGWRTBAssociation                         // the transit gateway attachment has no route table
	TGWAttachVPCAZRestriction                                 // the transit gateway attachment's interface is in another Availability Zone
	TGWBadStateVPN                                            // the transit gateway's VPN connection is not in working order
	TGWRouteAZRestriction                                     // the transit gateway has no attachment in the source's Availability Zone
	TGWRTBBadStateRoute                                       // the transit gateway's route is not in working order
	TGWRTBCannotRoute                                         // the transit gateway's route is for other destinations than the packet's
	TGWRTBHigherPriorityRoute                                 // another transit gateway route for the same CIDR block has priority
	TGWRTBMoreSpecificRoute                                   // a transit gateway route with a longer prefix matches
	TGWRTBNoRouteToTGWAttachment                              // the transit gateway has no route to the attachment
	TGWRTBRoutesAreUnknown                                    // the transit gateway's routes are not known
	UnknownDestination                                        // too little is known to find the destination
	UnknownPeeredSGs                                          // the peer VPC is not known, so rules that name its groups do not match
	UnknownResource                                           // the resource is not known
	VGWPrivateIPAssociationForEgress                          // the source is not the address of a network interface of the VPC
	VGWPrivateIPAssociationForIngress                         // the destination is not a private address of a network interface
	VPCBlockPublicAccessEnabled                               // VPC Block Public Access is on
	VPCLocalRouteCIDRRestriction                              // a local route is only for the VPC's own CIDR blocks
	VPCEGatewayEgressSourceAddressRestriction                 // a gateway endpoint sends only from its service's addresses
	VPCEGatewayProtocolRestriction                            // a gateway endpoint takes only TCP and ICMP echo
	VPCEIntraVPCTraffic                                       // an endpoint opens no connection into its own VPC
	VPCEServiceNotInstalledInAZ                               // the endpoint service is not in this Availability Zone
)

// AWS's explanation codes for a network whose parts do not fit together.
const (
	DisconnectedVPCs      Code = iota + VPCEServiceNotInstalledInAZ + 1 // nothing connects the VPCs
	NoPath                                                              // there is no path through the components that are there
	NoSourceOrDestination                                               // the source or the destination is missing
	UnassociatedComponent                                               // the component is not attached to anything
	UnsupportedComponent                                                // a component of this kind is not analysed
)

// AWS reports whether c is one of AWS Reachability Analyzer's explanation codes. It is false for
// [NoCode], for packetwalk's own codes and for a number that is no code.
func (c Code) AWS() bool { return NoCode < c && c <= UnsupportedComponent }
