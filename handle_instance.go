package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// InstanceHandle describes an instance with its primary network interface; see [SubnetHandle.Instance]. As
// the peer of a rule it stands for its own security group, as a route's target for its interface.
//
// The methods that give an H, such as Allow, give the InstanceHandle again, so that calls can be chained.
type InstanceHandle struct {
	nic[*InstanceHandle]
	id string
	at int
}

// InterfaceHandle describes a network interface; see [SubnetHandle.Interface]. As the peer of a rule it
// stands for its own security group. The methods that give an H give the InterfaceHandle again.
type InterfaceHandle struct{ nic[*InterfaceHandle] }

// State sets the state; the default is running.
func (i *InstanceHandle) State(s vpc.InstanceState) *InstanceHandle {
	i.b.cfg.Instances[i.at].State = s
	return i
}

// Attach attaches further network interfaces, in this order.
func (i *InstanceHandle) Attach(interfaces ...*InterfaceHandle) *InstanceHandle {
	for _, e := range interfaces {
		if i.b.nothing(e, KindInstance, i.id, "Attach") {
			continue
		}
		if e.b != i.b {
			i.b.wrong(KindInstance, i.id, "Attach", e.eni().ID, fault.ErrInvalid, "want a handle of this Builder")
			continue
		}
		next := 0
		for _, other := range i.b.cfg.Interfaces {
			if other.Attachment.Instance == i.id {
				next = max(next, other.Attachment.DeviceIndex+1)
			}
		}
		if e.eni().Attachment.Instance != "" {
			i.b.wrong(KindInterface, e.eni().ID, "Attachment", i.id, fault.ErrDuplicate,
				"it is attached to %q: want an interface that is free", e.eni().Attachment.Instance)
			continue
		}
		e.eni().Attachment = subnet.Attachment{Instance: i.id, DeviceIndex: next}
	}
	return i
}

// nic is a network interface with a group of its own: what an instance's handle and an interface's have in
// common. Its methods return the handle H, so that calls can be strung together.
type nic[H any] struct {
	b     *Builder
	group *GroupHandle
	index int // among the Builder's interfaces
	self  H
}

func (n *nic[H]) eni() *subnet.Interface { return &n.b.cfg.Interfaces[n.index] }

// Allow lets a service such as "tcp/443" in, from each of the peers, by a rule of its own group.
func (n *nic[H]) Allow(service string, from ...Peer) H {
	n.group.Allow(service, from...)
	return n.self
}

// AllowOut lets a service out, to each of the peers, by a rule of its own group, which lets everything out
// already: see NoDefaultEgress.
func (n *nic[H]) AllowOut(service string, to ...Peer) H {
	n.group.AllowOut(service, to...)
	return n.self
}

// NoDefaultEgress removes the rules of its own group that let everything out.
func (n *nic[H]) NoDefaultEgress() H {
	n.group.NoDefaultEgress()
	return n.self
}

// Groups puts it into further security groups.
func (n *nic[H]) Groups(groups ...*GroupHandle) H {
	for _, g := range groups {
		if n.b.nothing(g, KindInterface, n.eni().ID, "Groups") {
			continue
		}
		n.b.here(n.eni().ID, fmt.Sprintf("Groups[%d]", len(n.eni().Groups)))
		n.eni().Groups = append(n.eni().Groups, g.id)
	}
	return n.self
}

// PublicIP gives it a public IPv4 address, of 198.51.100.0/24.
func (n *nic[H]) PublicIP() H {
	n.b.public = append(n.b.public, publicIntent{id: n.eni().ID})
	return n.self
}

// ElasticIP gives it this public IPv4 address.
func (n *nic[H]) ElasticIP(address string) H {
	if a, ok := n.b.addr(KindInterface, n.eni().ID, "Private[0].Public", address); ok {
		n.primary().Public = a
	}
	return n.self
}

// PrivateIP gives it this private IPv4 address; the default is the lowest free one of the subnet.
func (n *nic[H]) PrivateIP(address string) H {
	n.b.here(n.eni().ID, "Private[0]")
	if a, ok := n.b.addr(KindInterface, n.eni().ID, "Private[0].Private", address); ok {
		n.primary().Private = a
	}
	return n.self
}

// SecondaryIP gives it a further private IPv4 address.
func (n *nic[H]) SecondaryIP(address string) H {
	n.primary()
	field := fmt.Sprintf("Private[%d]", len(n.eni().Private))
	if a, ok := n.b.addr(KindInterface, n.eni().ID, field+".Private", address); ok {
		n.b.here(n.eni().ID, field)
		n.eni().Private = append(n.eni().Private, subnet.Address{Private: a})
	}
	return n.self
}

// IPv6 gives it an IPv6 address.
func (n *nic[H]) IPv6(address string) H {
	field := fmt.Sprintf("IPv6[%d]", len(n.eni().IPv6))
	if a, ok := n.b.addr(KindInterface, n.eni().ID, field, address); ok {
		n.b.here(n.eni().ID, field)
		n.eni().IPv6 = append(n.eni().IPv6, a)
	}
	return n.self
}

// NoSourceDestCheck switches the source/destination check off.
func (n *nic[H]) NoSourceDestCheck() H {
	n.eni().NoSourceDestCheck = true
	return n.self
}

func (n *nic[H]) primary() *subnet.Address {
	if len(n.eni().Private) == 0 {
		n.eni().Private = []subnet.Address{{}}
	}
	return &n.eni().Private[0]
}

func (n *nic[H]) rules(b *Builder, group, field string, r sg.Rule) []sg.Rule {
	return n.group.rules(b, group, field, r)
}

// target leads to the network interface, as the console does when one picks an instance.
func (n *nic[H]) target() route.Target {
	return route.Target{Kind: route.NetworkInterface, ID: n.eni().ID}
}
