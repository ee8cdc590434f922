package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// InstanceHandle describes an instance with one network interface; see [SubnetHandle.Instance]. As the peer of a rule it stands for
// its security group.
type InstanceHandle struct {
	group *GroupHandle
	b     *Builder
	id    string
	at    int
	nic   int
}

func (i *InstanceHandle) eni() *subnet.Interface { return &i.b.cfg.Interfaces[i.nic] }

// Allow lets a service such as "tcp/443" in, from each of the peers, by a rule of the instance's own group.
func (i *InstanceHandle) Allow(service string, from ...Peer) *InstanceHandle {
	i.group.Allow(service, from...)
	return i
}

// AllowOut lets a service out, to each of the peers, by a rule of the instance's own group, which lets everything out already: see
// [InstanceHandle.NoDefaultEgress].
func (i *InstanceHandle) AllowOut(service string, to ...Peer) *InstanceHandle {
	i.group.AllowOut(service, to...)
	return i
}

// NoDefaultEgress removes the rules of the instance's own group that let everything out.
func (i *InstanceHandle) NoDefaultEgress() *InstanceHandle {
	i.group.NoDefaultEgress()
	return i
}

// Groups puts the instance into further security groups.
func (i *InstanceHandle) Groups(groups ...*GroupHandle) *InstanceHandle {
	for _, g := range groups {
		i.b.here(i.eni().ID, fmt.Sprintf("Groups[%d]", len(i.eni().Groups)))
		i.eni().Groups = append(i.eni().Groups, g.id)
	}
	return i
}

// PublicIP gives the instance a public IPv4 address, of 198.51.100.0/24.
func (i *InstanceHandle) PublicIP() *InstanceHandle {
	i.b.public = append(i.b.public, publicIntent{id: i.eni().ID})
	return i
}

// ElasticIP gives the instance this public IPv4 address.
func (i *InstanceHandle) ElasticIP(address string) *InstanceHandle {
	if a, ok := i.b.addr(KindInterface, i.eni().ID, "Private[0].Public", address); ok {
		i.primary().Public = a
	}
	return i
}

// PrivateIP gives the instance this private IPv4 address; the default is the lowest free one of the subnet.
func (i *InstanceHandle) PrivateIP(address string) *InstanceHandle {
	i.b.here(i.eni().ID, "Private[0]")
	if a, ok := i.b.addr(KindInterface, i.eni().ID, "Private[0].Private", address); ok {
		i.primary().Private = a
	}
	return i
}

// IPv6 gives the instance an IPv6 address.
func (i *InstanceHandle) IPv6(address string) *InstanceHandle {
	field := fmt.Sprintf("IPv6[%d]", len(i.eni().IPv6))
	if a, ok := i.b.addr(KindInterface, i.eni().ID, field, address); ok {
		i.b.here(i.eni().ID, field)
		i.eni().IPv6 = append(i.eni().IPv6, a)
	}
	return i
}

// NoSourceDestCheck switches the source/destination check off.
func (i *InstanceHandle) NoSourceDestCheck() *InstanceHandle {
	i.eni().NoSourceDestCheck = true
	return i
}

// State sets the state; the default is running.
func (i *InstanceHandle) State(s vpc.InstanceState) *InstanceHandle {
	i.b.cfg.Instances[i.at].State = s
	return i
}

func (i *InstanceHandle) primary() *subnet.Address {
	if len(i.eni().Private) == 0 {
		i.eni().Private = []subnet.Address{{}}
	}
	return &i.eni().Private[0]
}

func (i *InstanceHandle) rules(b *Builder, group, field string, r sg.Rule) []sg.Rule {
	return i.group.rules(b, group, field, r)
}

// target leads to the network interface, as the console does when one picks an instance.
func (i *InstanceHandle) target() route.Target {
	return route.Target{Kind: route.NetworkInterface, ID: i.eni().ID}
}
