package packetwalk

import (
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// Config is a network as plain data: a slice for each kind of resource. Resources refer to each
// other by ID; an ID is any text that no other resource has. The zero Config is an empty network.
//
// A Config can be compared (reflect.DeepEqual, or go-cmp with cmpopts.EquateComparable for the addresses),
// marshalled to JSON and back without loss (an empty slice comes back as nil), copied, edited and built again:
// that is how a what-if is asked. Who reads JSON that people wrote takes a json.Decoder with
// DisallowUnknownFields, which tells a field that is spelt wrongly.
type Config struct {
	VPCs        []vpc.VPC         `json:",omitempty"`
	DHCPOptions []vpc.DHCPOptions `json:",omitempty"`
	Subnets     []subnet.Subnet   `json:",omitempty"`

	Instances  []vpc.Instance     `json:",omitempty"`
	Interfaces []subnet.Interface `json:",omitempty"`
	ElasticIPs []subnet.ElasticIP `json:",omitempty"`

	RouteTables []route.Table      `json:",omitempty"`
	PrefixLists []route.PrefixList `json:",omitempty"`

	InternetGateways   []gateway.Internet   `json:",omitempty"`
	EgressOnlyGateways []gateway.EgressOnly `json:",omitempty"`
	NATGateways        []gateway.NAT        `json:",omitempty"`

	VirtualPrivateGateways []gateway.VirtualPrivate `json:",omitempty"`

	NetworkACLs    []nacl.ACL `json:",omitempty"`
	SecurityGroups []sg.Group `json:",omitempty"`

	GatewayEndpoints   []endpoint.Gateway   `json:",omitempty"`
	InterfaceEndpoints []endpoint.Interface `json:",omitempty"`
	Peerings           []peering.Connection `json:",omitempty"`

	GatewayLoadBalancerEndpoints []endpoint.GatewayLoadBalancer `json:",omitempty"`

	// LoadBalancers and EndpointServices are what somebody offers to others by PrivateLink.
	LoadBalancers    []elb.LoadBalancer `json:",omitempty"`
	EndpointServices []endpoint.Service `json:",omitempty"`

	HostedZones []dns.Zone        `json:",omitempty"`
	Buckets     []endpoint.Bucket `json:",omitempty"`

	// FlowLogs write down what network interfaces see; a [Session] gathers their records.
	FlowLogs []flowlog.FlowLog `json:",omitempty"`

	// IPRanges are the public addresses of AWS's services, from ip-ranges.json; none: a small table that is
	// built in.
	IPRanges []endpoint.IPRange `json:",omitempty"`

	// BlockPublicAccess is VPC Block Public Access, one for each account and Region that has it (F3.101).
	BlockPublicAccess []vpc.BlockPublicAccess `json:",omitempty"`

	// EncryptionControls are VPC Encryption Controls, at most one a VPC (F3.201).
	EncryptionControls []vpc.EncryptionControl `json:",omitempty"`

	// ImpairedZones are the names of Availability Zones that fail: the instances, NAT gateways and endpoint
	// interfaces there are gone, and regional NAT gateways go on without their Elastic IPs there. Something
	// has to stand in each.
	ImpairedZones []string `json:",omitempty"`

	// NoQuotas switches AWS's quotas off, for accounts that have raised theirs. Else Build warns of what is
	// beyond a default quota, and refuses what is beyond the highest one. What has no default apart from its
	// highest value holds all the same: entries of a prefix list (F2.037), addresses of a NAT gateway (F4.213).
	NoQuotas bool `json:",omitempty"`
}
