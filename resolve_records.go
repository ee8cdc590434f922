package packetwalk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// observer is who writes a record, a network interface or a regional NAT gateway, with what all its records
// say.
type observer struct {
	eni, nat        string // one of the two IDs
	subnet          string // "" for a regional NAT gateway (F1.116)
	vpc, region     string
	account         string // the owner
	primary         netip.Addr
	azID            string // "" in a sublocation (F1.123), and for a regional NAT gateway
	sublocationType flowlog.SublocationType
	sublocationID   string
	kind            flowlog.InterfaceType
	encryption      bool          // VPC Encryption Controls look at its VPC
	instance        *vpc.Instance // that it is attached to, nil where it is a service's (F1.117)
	data            *subnet.Interface
}

// resolveObservers finds who writes records.
func (r *resolver) resolveObservers() map[string]*observer {
	list := make(map[string]*observer, len(r.ifaces)+len(r.regional))
	watched := make(map[string]bool)
	for i := range r.config.EncryptionControls {
		c := &r.config.EncryptionControls[i]
		watched[c.VPC] = watched[c.VPC] || c.Watches()
	}
	for id, e := range r.ifaces {
		list[id] = observerOf(e, r.x.instances[e.Data.Attachment.Instance])
	}
	for id, g := range r.regional {
		v := g.VPC.Data
		list[id] = &observer{
			nat: id, vpc: v.ID, region: v.Region, account: v.Account, kind: flowlog.InterfaceRegionalNATGateway,
		}
	}
	for _, p := range list {
		p.encryption = watched[p.vpc]
	}
	return list
}

// observerOf is a network interface as an observer, with the instance that it is attached to.
func observerOf(e *walk.Interface, attached *vpc.Instance) *observer {
	s, v := e.Subnet.Data, e.Subnet.VPC.Data
	p := &observer{
		eni: e.Data.ID, subnet: s.ID, vpc: v.ID, region: v.Region, account: e.Data.Account,
		primary: e.Data.Primary(), azID: s.ZoneID, kind: interfaceType(e.Data.Kind), data: e.Data,
	}
	if p.account == "" {
		p.account = v.Account
	}
	if p.sublocationType, p.sublocationID = sublocation(s); p.sublocationType != "" {
		p.azID = ""
	}
	if !managed(e.Data.Kind) {
		p.instance = attached
	}
	return p
}

// managed reports whether a service made an interface of this kind, and manages it.
func managed(k subnet.InterfaceKind) bool { return k > subnet.Standard && k != subnet.Other }

// interfaceType is what a record says of an interface's kind: AWS names some kinds, and shows "-" for any
// other (F1.149), as for the endpoint of a Gateway Load Balancer, which AWS's list does not have.
func interfaceType(k subnet.InterfaceKind) flowlog.InterfaceType {
	switch k {
	case subnet.NATGateway, subnet.NetworkLoadBalancer, subnet.TransitGateway, subnet.VPCEndpoint:
		return flowlog.InterfaceType(k.String())
	}
	return ""
}

// sublocation is where a subnet is outside of the zones of its Region (F1.124, F1.125): on an Outpost, told
// by its ARN, or in a Local Zone or Wavelength Zone, told by the zone's name. The ID of a zone is its ZoneID.
func sublocation(s *subnet.Subnet) (kind flowlog.SublocationType, id string) {
	switch {
	case s.OutpostARN != "":
		return flowlog.SublocationOutpost, s.OutpostID()
	case wavelengthZone.MatchString(s.Zone):
		return flowlog.SublocationWavelength, s.ZoneID
	case localZone.MatchString(s.Zone):
		return flowlog.SublocationLocalZone, s.ZoneID
	}
	return "", ""
}

// describe fills in what p tells of itself to the owner of a flow log: the instance and the tags are told to
// their owner alone (F1.117).
func (p *observer) describe(r *flowlog.Record, by watch) {
	r.VPCID, r.SubnetID, r.ResourceID, r.Region = p.vpc, p.subnet, p.nat, p.region
	r.AZID, r.SublocationType, r.SublocationID, r.InterfaceType = p.azID, p.sublocationType, p.sublocationID, p.kind
	if p.data == nil || by.owner != p.account {
		return
	}
	if p.data.ECS != (subnet.ECSTask{}) {
		r.ECS = ecs(p.data.ECS)
	}
	r.InterfaceTag, r.InterfaceTag2 = tagsOf(p.data.Tags, by.tags.Interface)
	if p.instance == nil {
		return
	}
	r.InstanceID = p.instance.ID
	r.InstanceTag = flowlog.TagOf(p.instance.Tag(by.tags.Instance[0]))
	r.InstanceTag2 = flowlog.TagOf(p.instance.Tag(by.tags.Instance[1]))
	r.ASGTag, r.ASGTag2 = tagsOf(p.instance.ASGTags, by.tags.ASG)
}

// tagsOf are the values of the two tags that a flow log shows.
func tagsOf(tags map[string]string, keys [2]string) (first, second flowlog.Tag) {
	return flowlog.TagOf(tags[keys[0]]), flowlog.TagOf(tags[keys[1]])
}

// ecs is what a record says of a task.
func ecs(t subnet.ECSTask) flowlog.ECS {
	return flowlog.ECS{
		ClusterARN: t.ClusterARN, ClusterName: t.ClusterName(),
		ContainerInstanceARN: t.ContainerInstanceARN, ContainerInstanceID: t.ContainerInstanceID(),
		ContainerID: t.ContainerID, SecondContainerID: t.SecondContainerID, ServiceName: t.ServiceName,
		TaskDefinitionARN: t.TaskDefinitionARN, TaskARN: t.TaskARN, TaskID: t.TaskID(),
	}
}
