package flowlog

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// UnknownAccount is the account of an interface whose owner AWS does not tell (F1.102).
const UnknownAccount = "unknown"

// Record is one flow log record: the packets of one flow that one network interface saw within one
// aggregation interval. It has every field of every version (F1.101-F1.154); a [Format] says which of them
// a line shows.
//
// It is a comparable value. A field that does not apply or is not known shows "-" (F1.005): a text that is
// empty, an address that is invalid, an enumeration that is unspecified, and a number that is in Missing.
// In a record from [ParseLine] every field that the format lacks is so. The zero Record has no line: it
// wants a LogStatus.
type Record struct {
	// Version is that of the format that the record was written in (F1.003, F1.004). 0 stands for the
	// version of whatever format it is printed in (F1.101).
	Version     int
	AccountID   string          // the owner of the interface, or "unknown" (F1.102)
	InterfaceID string          // "-" for a regional NAT gateway (F1.103)
	SrcAddr     netip.Addr      // on egress the interface's own address (F1.104)
	DstAddr     netip.Addr      // on ingress the interface's own address (F1.105)
	SrcPort     uint16          // 0 where the protocol has no ports, such as ICMP (F1.106, F1.734)
	DstPort     uint16          // like SrcPort (F1.107, F1.734)
	Protocol    packet.Protocol // IANA's number (F1.108)
	Packets     int64           // packets in the flow (F1.109)
	Bytes       int64           // bytes in the flow, headers included; "-" for rejects of BPA (F1.110, F1.512)
	Start       int64           // first packet of the interval, in Unix seconds (F1.111)
	End         int64           // last packet of the interval, in Unix seconds (F1.112)
	Action      Action          // "-" for NODATA and SKIPDATA (F1.113)
	LogStatus   Status          // never "-" (F1.114)

	VPCID      string       // the interface's VPC (F1.115)
	SubnetID   string       // the interface's subnet; "-" for a regional NAT gateway (F1.116)
	InstanceID string       // "-" where a service owns the interface: NAT gateways, endpoints (F1.117)
	TCPFlags   packet.Flags // the flags of all packets together, see [TCPFlags]; "-" for an invalid set (F1.118)
	Type       Type         // IPv4, IPv6 or EFA (F1.119)
	PktSrcAddr netip.Addr   // the source that the packet itself bears (F1.120)
	PktDstAddr netip.Addr   // the destination that the packet itself bears (F1.121)

	Region          string          // the interface's Region (F1.122)
	AZID            string          // its zone's ID, such as apse2-az3; "-" in a sublocation (F1.123)
	SublocationType SublocationType // "-" outside of Wavelength, Outposts and Local Zones (F1.124)
	SublocationID   string          // likewise (F1.125)

	PktSrcAWSService Service          // the service whose public range has PktSrcAddr; "-" for none (F1.126, F1.735)
	PktDstAWSService Service          // likewise for PktDstAddr (F1.127, F1.735)
	FlowDirection    packet.Direction // into the interface or out of it (F1.128)
	TrafficPath      TrafficPath      // by what the traffic left; "-" on ingress (F1.129, F1.304)

	ECS ECS // of a task with an interface of its own (F1.130-F1.139)

	RejectReason     RejectReason     // BPA or EC; "-" for what groups and ACLs reject (F1.140)
	ResourceID       string           // a regional NAT gateway's ID, else "-" (F1.141)
	EncryptionStatus EncryptionStatus // "-" where Encryption Controls are off (F1.142, F1.157)

	InstanceTag   Tag           // the first instance tag that the flow log asks for; "-" for untagged (F1.143)
	InstanceTag2  Tag           // the second (F1.144)
	InterfaceTag  Tag           // the first of the interface (F1.145)
	InterfaceTag2 Tag           // the second (F1.146)
	ASGTag        Tag           // the first of the instance's Auto Scaling group (F1.147)
	ASGTag2       Tag           // the second (F1.148)
	InterfaceType InterfaceType // which service's interface it is, else "-" (F1.149)
	NextHop       NextHop       // (F1.150-F1.154)

	// Missing names the numbers that show "-": ports, protocol, packets, bytes, start, end and TCP flags,
	// of which zero is a value like any other. The number itself is then of no account, and zero in a
	// record from [ParseLine]. Other fields in the set are of no account.
	Missing FieldSet
}

// ECS is what a record tells of the Amazon ECS task whose interface it comes from (F1.130-F1.139). It is
// zero, and shows "-", for any other interface: only tasks in network mode awsvpc have one of their own.
type ECS struct {
	ClusterARN           string // (F1.130)
	ClusterName          string // (F1.131)
	ContainerInstanceARN string // "-" on Fargate (F1.132)
	ContainerInstanceID  string // "-" on Fargate (F1.133)
	ContainerID          string // the task's first container (F1.134)
	SecondContainerID    string // (F1.135)
	ServiceName          string // "-" where no service started the task (F1.136)
	TaskDefinitionARN    string // (F1.137)
	TaskARN              string // (F1.138)
	TaskID               string // (F1.139)
}

// NextHop is the interface at the other end of the next stretch: on egress the one that receives, on
// ingress the one that sent (F1.150-F1.154). It is zero, and shows "-", where AWS does not tell it: where
// there is no interface, such as at an internet gateway, and for another Region; of another owner's
// interface only the zone shows (F1.156).
type NextHop struct {
	InterfaceID   string        // (F1.150)
	SubnetID      string        // (F1.151)
	AZID          string        // (F1.152)
	VPCID         string        // (F1.153)
	InterfaceType InterfaceType // (F1.154)
}

// numbers are the fields whose zero is a value, so that Missing has to say where there is none.
const numbers = FieldSet(1<<FieldSrcPort | 1<<FieldDstPort | 1<<FieldProtocol | 1<<FieldPackets | 1<<FieldBytes |
	1<<FieldStart | 1<<FieldEnd | 1<<FieldTCPFlags)

// noPacket is what an interval without a packet cannot tell (F1.651, F1.652).
const noPacket = numbers &^ (1<<FieldStart | 1<<FieldEnd)

// word gives the place of a field that is free text, nil for any other field.
func (r *Record) word(f Field) *string {
	switch f {
	case FieldAccountID:
		return &r.AccountID
	case FieldInterfaceID:
		return &r.InterfaceID
	case FieldVPCID:
		return &r.VPCID
	case FieldSubnetID:
		return &r.SubnetID
	case FieldInstanceID:
		return &r.InstanceID
	case FieldRegion:
		return &r.Region
	case FieldAZID:
		return &r.AZID
	case FieldSublocationType:
		return (*string)(&r.SublocationType)
	case FieldSublocationID:
		return &r.SublocationID
	case FieldPktSrcAWSService:
		return (*string)(&r.PktSrcAWSService)
	case FieldPktDstAWSService:
		return (*string)(&r.PktDstAWSService)
	case FieldRejectReason:
		return (*string)(&r.RejectReason)
	case FieldResourceID:
		return &r.ResourceID
	case FieldInterfaceType:
		return (*string)(&r.InterfaceType)
	}
	if w := r.ECS.word(f); w != nil {
		return w
	}
	if w := r.tag(f); w != nil {
		return (*string)(w)
	}
	return r.NextHop.word(f)
}

func (e *ECS) word(f Field) *string {
	switch f {
	case FieldECSClusterARN:
		return &e.ClusterARN
	case FieldECSClusterName:
		return &e.ClusterName
	case FieldECSContainerInstanceARN:
		return &e.ContainerInstanceARN
	case FieldECSContainerInstanceID:
		return &e.ContainerInstanceID
	case FieldECSContainerID:
		return &e.ContainerID
	case FieldECSSecondContainerID:
		return &e.SecondContainerID
	case FieldECSServiceName:
		return &e.ServiceName
	case FieldECSTaskDefinitionARN:
		return &e.TaskDefinitionARN
	case FieldECSTaskARN:
		return &e.TaskARN
	case FieldECSTaskID:
		return &e.TaskID
	}
	return nil
}

func (r *Record) tag(f Field) *Tag {
	switch f {
	case FieldInstanceTag:
		return &r.InstanceTag
	case FieldInstanceTag2:
		return &r.InstanceTag2
	case FieldInterfaceTag:
		return &r.InterfaceTag
	case FieldInterfaceTag2:
		return &r.InterfaceTag2
	case FieldASGTag:
		return &r.ASGTag
	case FieldASGTag2:
		return &r.ASGTag2
	}
	return nil
}

func (h *NextHop) word(f Field) *string {
	switch f {
	case FieldNextHopInterfaceID:
		return &h.InterfaceID
	case FieldNextHopSubnetID:
		return &h.SubnetID
	case FieldNextHopAZID:
		return &h.AZID
	case FieldNextHopVPCID:
		return &h.VPCID
	case FieldNextHopInterfaceType:
		return (*string)(&h.InterfaceType)
	}
	return nil
}

// addr gives the place of a field that is an address, nil for any other field.
func (r *Record) addr(f Field) *netip.Addr {
	switch f {
	case FieldSrcAddr:
		return &r.SrcAddr
	case FieldDstAddr:
		return &r.DstAddr
	case FieldPktSrcAddr:
		return &r.PktSrcAddr
	case FieldPktDstAddr:
		return &r.PktDstAddr
	}
	return nil
}

// count gives the place of a field that is a count or a time, nil for any other field.
func (r *Record) count(f Field) *int64 {
	switch f {
	case FieldPackets:
		return &r.Packets
	case FieldBytes:
		return &r.Bytes
	case FieldStart:
		return &r.Start
	case FieldEnd:
		return &r.End
	}
	return nil
}
