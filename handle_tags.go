package packetwalk

import (
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/subnet"
)

// This file is what handles say of resources that no packet depends on: flow logs show it (F1.123-F1.125,
// F1.130-F1.139, F1.143-F1.148).

// ZoneID sets the ID of the Availability Zone, such as "use1-az1". Flow logs show it (F1.123), and "-"
// without.
func (s *SubnetHandle) ZoneID(id string) *SubnetHandle {
	s.b.here(s.id, "ZoneID")
	s.data().ZoneID = id
	return s
}

// Outpost puts the subnet on the Outpost with this ARN.
func (s *SubnetHandle) Outpost(arn string) *SubnetHandle {
	s.b.here(s.id, "OutpostARN")
	s.data().OutpostARN = arn
	return s
}

// Tag gives the instance a tag. A second one with the same key is a mistake.
func (i *InstanceHandle) Tag(key, value string) *InstanceHandle {
	i.b.tag(&i.b.cfg.Instances[i.at].Tags, KindInstance, i.id, "Tags", key, value)
	return i
}

// ASGTag gives the instance's Auto Scaling group a tag.
func (i *InstanceHandle) ASGTag(key, value string) *InstanceHandle {
	i.b.tag(&i.b.cfg.Instances[i.at].ASGTags, KindInstance, i.id, "ASGTags", key, value)
	return i
}

// InterfaceTag gives the network interface a tag, and not the instance behind it.
func (n *nic[H]) InterfaceTag(key, value string) H {
	n.b.tag(&n.eni().Tags, KindInterface, n.eni().ID, "Tags", key, value)
	return n.self
}

// Task makes the interface that of an Amazon ECS task in network mode awsvpc.
func (n *nic[H]) Task(t subnet.ECSTask) H {
	n.b.here(n.eni().ID, "ECS")
	n.eni().ECS = t
	return n.self
}

func (b *Builder) tag(tags *map[string]string, kind Kind, id, field, key, value string) {
	if other, taken := (*tags)[key]; taken {
		b.wrong(kind, id, field, key, fault.ErrDuplicate, "it has that tag already, with the value %q: want each key once", other)
		return
	}
	if *tags == nil {
		*tags = make(map[string]string)
	}
	b.here(id, field)
	(*tags)[key] = value
}
