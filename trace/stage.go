package trace

import "github.com/packetwalk/packetwalk/internal/enum"

// Stage is the kind of resource that a hop is at. The zero Stage is unspecified; its text is empty.
type Stage uint8

// The stages.
const (
	_                                Stage = iota
	StageNetworkInterface                  // its source/destination check, its state
	StageSecurityGroup                     // the groups of a network interface
	StageNetworkACL                        // the ACL of a subnet
	StageRouteTable                        // the route table of a subnet or gateway
	StageInternetGateway                   // between a VPC and the internet, both ways
	StageEgressOnlyInternetGateway         // the same for IPv6 connections from inside only
	StageNATGateway                        // AWS's own address translation
	StageNATInstance                       // an instance that translates addresses
	StagePeeringConnection                 // between two VPCs
	StageGatewayEndpoint                   // the endpoint of S3 or DynamoDB that routes lead to
	StageInterfaceEndpoint                 // the endpoint of a service that has addresses in subnets
	StageRouter                            // the VPC's own router: delivery by address
	StageInternet                          // everything outside
	StageVirtualPrivateGateway             // the VPC's end of VPN and Direct Connect
	StageOnPremises                        // what is on the other side of that
	StageService                           // an AWS service: behind an endpoint, or a VPC's own (DNS, metadata, time)
	StageGatewayLoadBalancerEndpoint       // the endpoint of appliances that routes lead to
	StageLoadBalancer                      // a Network Load Balancer: its listeners and targets
)

var stageNames = []string{
	0:                                "",
	StageNetworkInterface:            "network interface",
	StageSecurityGroup:               "security group",
	StageNetworkACL:                  "network ACL",
	StageRouteTable:                  "route table",
	StageInternetGateway:             "internet gateway",
	StageEgressOnlyInternetGateway:   "egress-only internet gateway",
	StageNATGateway:                  "NAT gateway",
	StageNATInstance:                 "NAT instance",
	StagePeeringConnection:           "VPC peering connection",
	StageGatewayEndpoint:             "gateway endpoint",
	StageInterfaceEndpoint:           "interface endpoint",
	StageRouter:                      "router",
	StageInternet:                    "internet",
	StageVirtualPrivateGateway:       "virtual private gateway",
	StageOnPremises:                  "on-premises",
	StageService:                     "AWS service",
	StageGatewayLoadBalancerEndpoint: "Gateway Load Balancer endpoint",
	StageLoadBalancer:                "load balancer",
}

// String gives the stage in AWS's words, "network ACL"; "" for unspecified, and "Stage(99)" for a
// number that is no stage.
func (s Stage) String() string { return enum.String("Stage", s, stageNames) }

// MarshalText is [Stage.String]; a number that is no stage is an error.
func (s Stage) MarshalText() ([]byte, error) { return enum.Marshal("Stage", s, stageNames) }

// UnmarshalText reads what [Stage.MarshalText] gives, in any case; the empty text is unspecified. Any
// other text is an error.
func (s *Stage) UnmarshalText(text []byte) error {
	return enum.Unmarshal("Stage", text, stageNames, s)
}
