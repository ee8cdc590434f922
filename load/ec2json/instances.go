package ec2json

import (
	"cmp"
	"encoding/json"

	"github.com/packetwalk/packetwalk/vpc"
)

type rawInstance struct {
	InstanceId string
	State      struct{ Name string }
	SubnetId   string

	// For an instance that is printed without its interfaces.
	PrivateIpAddress, PublicIpAddress, Ipv6Address string
	SecurityGroups                                 []rawGroupName
	SourceDestCheck                                *bool

	NetworkInterfaces []json.RawMessage
	Tags              []tag
}

func (r rawInstance) id() string { return r.InstanceId }

// rawReservation is the shell in which describe-instances prints instances.
type rawReservation struct {
	ReservationId string
	Instances     []json.RawMessage
}

// id is never empty: nothing refers to a reservation, so that it may go without.
func (r rawReservation) id() string { return cmp.Or(r.ReservationId, "reservation") }

func readReservations(l *loader, o origin, values []json.RawMessage) {
	for _, value := range values {
		if r, ok := decode[rawReservation](l, o, value); ok {
			readInstances(l, origin{file: o.file, kind: "Instances"}, r.Instances)
		}
	}
}

// readInstances puts away each instance and, by themselves, the interfaces inside it.
func readInstances(l *loader, o origin, values []json.RawMessage) {
	for _, value := range values {
		instance, ok := decode[rawInstance](l, o, value)
		if !ok {
			continue
		}
		for _, value := range instance.NetworkInterfaces {
			raw, ok := decode[rawInterface](l, o, value)
			if !ok {
				continue
			}
			raw.Attachment.InstanceId = instance.InstanceId // not printed inside the instance
			l.embedded.put(l, origin{file: o.file, kind: "NetworkInterfaces"}, raw)
		}
		instance.NetworkInterfaces = nil // they are put away, and their JSON is no part of what instances are compared by
		l.instances.put(l, o, instance)
	}
}

// addInstances makes the instances.
func (l *loader) addInstances() {
	l.instanceKnown = map[string]bool{}
	for _, f := range l.instances.items {
		l.instanceKnown[f.id] = true
		l.cfg.Instances = append(l.cfg.Instances, vpc.Instance{
			ID:    f.id,
			Name:  nameOf(f.raw.Tags),
			Tags:  l.tags(f.origin, "Tags", unnamed(f.raw.Tags)),
			State: enumText[vpc.InstanceState](l, f.origin, "State.Name", f.raw.State.Name),
		})
	}
}
