package trace

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// codeTexts has a row for each Code: its spelling, and its meaning in a few words.
var codeTexts = [...]struct{ name, meaning string }{
	NoCode: {"", "nothing was dropped"},

	BadState:                                  {"BAD_STATE", "the component is not in working order"},
	BadStateAttachment:                        {"BAD_STATE_ATTACHMENT", "the attachment between two components is not in working order"},
	BadStateRoute:                             {"BAD_STATE_ROUTE", "the route's target is not available: a blackhole"},
	BadStateVPN:                               {"BAD_STATE_VPN", "the VPN connection is not in working order"},
	CannotRoute:                               {"CANNOT_ROUTE", "the route is for other destinations than the packet's"},
	ELBACLRestriction:                         {"ELB_ACL_RESTRICTION", "a Classic Load Balancer obeys the outbound ACL even inside one subnet"},
	ELBInstalledAZRestriction:                 {"ELB_INSTALLED_AZ_RESTRICTION", "the load balancer sends only into its enabled Availability Zones"},
	ELBListenerPortRestriction:                {"ELB_LISTENER_PORT_RESTRICTION", "the Classic Load Balancer's listener has fixed ports on both sides"},
	ELBListenersMismatch:                      {"ELB_LISTENERS_MISMATCH", "no listener of the Classic Load Balancer accepts the traffic"},
	ELBNotCrosszone:                           {"ELB_NOT_CROSSZONE", "the load balancer does not send across Availability Zones"},
	ELBV2ListenerHasNoTG:                      {"ELBV2_LISTENER_HAS_NO_TG", "the listener's target groups have no targets"},
	ELBV2ListenerPortRestriction:              {"ELBV2_LISTENER_PORT_RESTRICTION", "the listener is on another port"},
	ELBV2ListenerRequiresTGAccept:             {"ELBV2_LISTENER_REQUIRES_TG_ACCEPT", "no target group of the listener accepts the traffic"},
	ELBV2ListenersMismatch:                    {"ELBV2_LISTENERS_MISMATCH", "no listener of the load balancer accepts the traffic"},
	ELBV2NoTargetsInAZ:                        {"ELBV2_NO_TARGETS_IN_AZ", "the load balancer has no targets in these Availability Zones"},
	ELBV2SourceAddressPreservation:            {"ELBV2_SOURCE_ADDRESS_PRESERVATION", "the Network Load Balancer keeps the source address"},
	ENIAddressRestriction:                     {"ENI_ADDRESS_RESTRICTION", "the network interface takes and sends only its own private addresses"},
	ENISGRulesMismatch:                        {"ENI_SG_RULES_MISMATCH", "no rule of the security groups allows the traffic"},
	ENISourceDestCheckRestriction:             {"ENI_SOURCE_DEST_CHECK_RESTRICTION", "the source/destination check refuses an address that is not the interface's own"},
	FirewallRulesRestriction:                  {"FIREWALL_RULES_RESTRICTION", "a rule of the network firewall blocks the traffic"},
	GatewayRejectsSpoofedTraffic:              {"GATEWAY_REJECTS_SPOOFED_TRAFFIC", "the gateway refuses a source address that the sender does not have"},
	GWLBDestinationPortRestriction:            {"GWLB_DESTINATION_PORT_RESTRICTION", "a Gateway Load Balancer talks to its targets on port 6081 only"},
	GWLBProtocolRestriction:                   {"GWLB_PROTOCOL_RESTRICTION", "a Gateway Load Balancer talks to its targets in GENEVE over UDP only"},
	HigherPriorityRoute:                       {"HIGHER_PRIORITY_ROUTE", "another route for the same CIDR block has priority"},
	IGWDestinationAddressInVPCCIDRs:           {"IGW_DESTINATION_ADDRESS_IN_VPC_CIDRS", "the internet gateway lets in only what is for an address of the VPC"},
	IGWDestinationAddressNotInRFC1918Egress:   {"IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS", "the internet gateway lets nothing out to a private address"},
	IGWDestinationAddressNotInRFC6598Egress:   {"IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS", "the internet gateway lets nothing out to 100.64.0.0/10"},
	IGWNATReflection:                          {"IGW_NAT_REFLECTION", "a path that turns around at the internet gateway is not analysed"},
	IGWPrivateIPAssociationForIngress:         {"IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "the destination is not the public address of a network interface"},
	IGWPublicIPAssociationForEgress:           {"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "the source has no public address"},
	IGWSourceAddressNotInRFC1918Ingress:       {"IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS", "the internet gateway lets nothing in from a private address"},
	IGWSourceAddressNotInRFC6598Ingress:       {"IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS", "the internet gateway lets nothing in from 100.64.0.0/10"},
	IngressRTBNoPublicIP:                      {"INGRESS_RTB_NO_PUBLIC_IP", "the appliance that the gateway's route table names has no public address"},
	IngressRTBTrafficRedirection:              {"INGRESS_RTB_TRAFFIC_REDIRECTION", "a subnet behind an appliance cannot go straight to the internet gateway"},
	MoreSpecificRoute:                         {"MORE_SPECIFIC_ROUTE", "a route with a longer prefix matches"},
	NGWDestAddressPreservation:                {"NGW_DEST_ADDRESS_PRESERVATION", "the NAT gateway keeps the destination address"},
	NGWRequiresSourceInVPC:                    {"NGW_REQUIRES_SOURCE_IN_VPC", "the NAT gateway serves only sources in its own VPC"},
	NGWSourceAddressReassign:                  {"NGW_SOURCE_ADDRESS_REASSIGN", "the NAT gateway replaces the source address by its own"},
	NoPossibleDestination:                     {"NO_POSSIBLE_DESTINATION", "there is nowhere that the packet could be delivered"},
	NoRouteToDestination:                      {"NO_ROUTE_TO_DESTINATION", "the route table has no route for the destination"},
	PCXRequiresAddressInVPCCIDR:               {"PCX_REQUIRES_ADDRESS_IN_VPC_CIDR", "peering carries only traffic between addresses of its two VPCs"},
	ProtocolRestriction:                       {"PROTOCOL_RESTRICTION", "the component does not take this protocol"},
	RegionalNGWRouteAZRestriction:             {"REGIONAL_NGW_ROUTE_AZ_RESTRICTION", "the regional NAT gateway does not serve the source's Availability Zone"},
	RemapEphemeralPort:                        {"REMAP_EPHEMERAL_PORT", "NAT and load balancers replace the source port by one in 1024-65535"},
	SGHasNoRules:                              {"SG_HAS_NO_RULES", "the security groups have no rules"},
	SGReferencesNotPreserved:                  {"SG_REFERENCES_NOT_PRESERVED", "on this path a rule that names a security group does not match"},
	SGReferencingSupport:                      {"SG_REFERENCING_SUPPORT", "the transit gateway attachment does not support rules that name a security group"},
	SubnetACLRestriction:                      {"SUBNET_ACL_RESTRICTION", "the network ACL does not allow the traffic"},
	TargetAddressRestriction:                  {"TARGET_ADDRESS_RESTRICTION", "the load balancer sends only to its targets"},
	TargetPortRestriction:                     {"TARGET_PORT_RESTRICTION", "the load balancer sends only to its targets' registered ports"},
	TGWAttachMissingTGWRTBAssociation:         {"TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION", "the transit gateway attachment has no route table"},
	TGWAttachVPCAZRestriction:                 {"TGW_ATTACH_VPC_AZ_RESTRICTION", "the transit gateway attachment's interface is in another Availability Zone"},
	TGWBadStateVPN:                            {"TGW_BAD_STATE_VPN", "the transit gateway's VPN connection is not in working order"},
	TGWRouteAZRestriction:                     {"TGW_ROUTE_AZ_RESTRICTION", "the transit gateway has no attachment in the source's Availability Zone"},
	TGWRTBBadStateRoute:                       {"TGW_RTB_BAD_STATE_ROUTE", "the transit gateway's route is not in working order"},
	TGWRTBCannotRoute:                         {"TGW_RTB_CANNOT_ROUTE", "the transit gateway's route is for other destinations than the packet's"},
	TGWRTBHigherPriorityRoute:                 {"TGW_RTB_HIGHER_PRIORITY_ROUTE", "another transit gateway route for the same CIDR block has priority"},
	TGWRTBMoreSpecificRoute:                   {"TGW_RTB_MORE_SPECIFIC_ROUTE", "a transit gateway route with a longer prefix matches"},
	TGWRTBNoRouteToTGWAttachment:              {"TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "the transit gateway has no route to the attachment"},
	TGWRTBRoutesAreUnknown:                    {"TGW_RTB_ROUTES_ARE_UNKNOWN", "the transit gateway's routes are not known"},
	UnknownDestination:                        {"UNKNOWN_DESTINATION", "too little is known to find the destination"},
	UnknownPeeredSGs:                          {"UNKNOWN_PEERED_SGS", "the peer VPC is not known, so rules that name its groups do not match"},
	UnknownResource:                           {"UNKNOWN_RESOURCE", "the resource is not known"},
	VGWPrivateIPAssociationForEgress:          {"VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS", "the source is not the address of a network interface of the VPC"},
	VGWPrivateIPAssociationForIngress:         {"VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "the destination is not a private address of a network interface"},
	VPCBlockPublicAccessEnabled:               {"VPC_BLOCK_PUBLIC_ACCESS_ENABLED", "VPC Block Public Access is on"},
	VPCLocalRouteCIDRRestriction:              {"VPC_LOCAL_ROUTE_CIDR_RESTRICTION", "a local route is only for the VPC's own CIDR blocks"},
	VPCEGatewayEgressSourceAddressRestriction: {"VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION", "a gateway endpoint sends only from its service's addresses"},
	VPCEGatewayProtocolRestriction:            {"VPCE_GATEWAY_PROTOCOL_RESTRICTION", "a gateway endpoint takes only TCP and ICMP echo"},
	VPCEIntraVPCTraffic:                       {"VPCE_INTRA_VPC_TRAFFIC", "an endpoint opens no connection into its own VPC"},
	VPCEServiceNotInstalledInAZ:               {"VPCE_SERVICE_NOT_INSTALLED_IN_AZ", "the endpoint service is not in this Availability Zone"},

	DisconnectedVPCs:      {"DISCONNECTED_VPCS", "nothing connects the VPCs"},
	NoPath:                {"NO_PATH", "there is no path through the components that are there"},
	NoSourceOrDestination: {"NO_SOURCE_OR_DESTINATION", "the source or the destination is missing"},
	UnassociatedComponent: {"UNASSOCIATED_COMPONENT", "the component is not attached to anything"},
	UnsupportedComponent:  {"UNSUPPORTED_COMPONENT", "a component of this kind is not analysed"},

	NoSuchHost:                {"NO_SUCH_HOST", "no network interface of the VPC has this address"},
	NATNoSession:              {"NAT_NO_SESSION", "nothing behind the NAT gateway opened this connection"},
	EIGWNoSession:             {"EIGW_NO_SESSION", "nothing behind the egress-only internet gateway opened this connection"},
	RoutingLoop:               {"ROUTING_LOOP", "the packet comes back to where it was"},
	UnroutedAddress:           {"UNROUTED_ADDRESS", "nobody on the internet routes this address"},
	ReservedRange:             {"RESERVED_RANGE", "the address is in a range of AWS's own, where no route leads"},
	ResolverDisabled:          {"RESOLVER_DISABLED", "the VPC has DNS support switched off"},
	ReplyAddressMismatch:      {"REPLY_ADDRESS_MISMATCH", "the reply does not come from the address that was called"},
	ReplyDeliveredElsewhere:   {"REPLY_DELIVERED_ELSEWHERE", "the reply arrived at another host than the caller"},
	RequestDeliveredElsewhere: {"REQUEST_DELIVERED_ELSEWHERE", "the request arrived at another one that has the same address"},
	NATIdleTimeout:            {"NAT_IDLE_TIMEOUT", "the NAT gateway does not know the connection, or no longer: it answers with a reset"},
	NATPortAllocation:         {"NAT_PORT_ALLOCATION", "the NAT gateway has no port left for this destination"},
	MTUExceeded:               {"MTU_EXCEEDED", "the packet is too long for the way on, and is not cut up"},
	FragmentNotForwarded:      {"FRAGMENT_NOT_FORWARDED", "the NAT gateway forwards fragments of UDP only"},
	DenyAllIGWTraffic:         {"DENY_ALL_IGW_TRAFFIC", "the network interface takes nothing from an internet gateway"},
	VPCENoConnection:          {"VPCE_NO_CONNECTION", "the service behind the endpoint does not know the connection"},
	ZoneImpaired:              {"AVAILABILITY_ZONE_IMPAIRED", "the Availability Zone has failed, and all that stands in it is gone"},
	PrivateIPv6AtGateway:      {"PRIVATE_IPV6_AT_GATEWAY", "the IPv6 source is not a global address"},
	LocalPreferred:            {"LOCAL_PREFERRED", "the local route comes before a propagated one"},
	ELBNoSession:              {"ELB_NO_SESSION", "the load balancer does not know the connection"},
	EncryptionRequired:        {"ENCRYPTION_REQUIRED", "the VPC enforces encryption in transit, and this does not count as encrypted"},
	LinkLocalRateExceeded:     {"LINK_LOCAL_RATE_EXCEEDED", "the interface has sent 1,024 packets in this second to services at link-local addresses"},
	ELBPortAllocation:         {"ELB_PORT_ALLOCATION", "the load balancer has no port left for this target"},
}

var codeNames = func() []string {
	names := make([]string, len(codeTexts))
	for i, text := range codeTexts {
		names[i] = text.name
	}
	return names
}()

// Codes lists every Code but [NoCode]: first AWS's explanation codes in the order of AWS's list,
// then those of its configuration, then packetwalk's own. The caller owns the slice.
func Codes() []Code {
	codes := make([]Code, 0, len(codeTexts)-1)
	for i := range codeTexts[1:] {
		codes = append(codes, Code(i+1))
	}
	return codes
}

// ParseCode finds the Code that is spelled s, in any case. The empty text is [NoCode]. The
// error, for any other text, quotes it.
func ParseCode(s string) (Code, error) {
	for i, name := range codeNames {
		if strings.EqualFold(name, s) {
			return Code(i), nil
		}
	}
	return NoCode, fmt.Errorf("trace.ParseCode(%q): want an explanation code such as %s", s, SubnetACLRestriction)
}

// String gives the code as AWS spells it, "" for [NoCode], and "Code(200)" for a number that is
// no code.
func (c Code) String() string { return enum.String("Code", c, codeNames) }

// Meaning says in a few words what c stands for: "the network ACL does not allow the traffic". It is
// "unknown code" for a number that is no code.
func (c Code) Meaning() string {
	if int(c) >= len(codeTexts) {
		return "unknown code"
	}
	return codeTexts[c].meaning
}

// MarshalText is [Code.String]; a number that is no code is an error.
func (c Code) MarshalText() ([]byte, error) { return enum.Marshal("Code", c, codeNames) }

// UnmarshalText is [ParseCode]. On an error c stays as it is.
func (c *Code) UnmarshalText(text []byte) error {
	parsed, err := ParseCode(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}
