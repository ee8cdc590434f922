package packetwalk

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
)

// Peer is the far side of a security group rule: a [CIDR], or the handle of an instance, a network interface,
// a group, a subnet, a VPC, a prefix list, an interface endpoint, a gateway endpoint or a load balancer.
type Peer interface {
	// rules gives r once for each thing that the peer stands for.
	rules(b *Builder, group, field string, r sg.Rule) []sg.Rule
}

// CIDR is an address block as the peer of a rule.
type CIDR string

// Everybody, in each family.
const (
	Anywhere     CIDR = "0.0.0.0/0"
	AnywhereIPv6 CIDR = "::/0"
)

func (c CIDR) rules(b *Builder, group, field string, r sg.Rule) []sg.Rule {
	p, ok := b.prefix(KindSecurityGroup, group, field+".CIDR", string(c))
	if !ok {
		return nil
	}
	r.CIDR = p
	return []sg.Rule{r}
}

func (s *SubnetHandle) rules(b *Builder, group, field string, r sg.Rule) []sg.Rule {
	return subnetRules(s.data(), r)
}

// subnetRules gives r for each block of a subnet.
func subnetRules(s *subnet.Subnet, r sg.Rule) (list []sg.Rule) {
	for _, p := range []netip.Prefix{s.CIDR, s.IPv6CIDR} {
		if p.IsValid() {
			r.CIDR = p
			list = append(list, r)
		}
	}
	return list
}

func (v *VPCHandle) rules(b *Builder, group, field string, r sg.Rule) (list []sg.Rule) {
	for _, block := range v.data().Blocks {
		r.CIDR = block.CIDR
		list = append(list, r)
	}
	return list
}

// GroupHandle describes a security group; see [VPCHandle.Group].
type GroupHandle struct {
	b  *Builder
	id string
	at int
}

func (g *GroupHandle) rules(b *Builder, group, field string, r sg.Rule) []sg.Rule {
	r.Group = g.id
	return []sg.Rule{r}
}

// Allow lets a service such as "tcp/443" in, from each of the peers.
func (g *GroupHandle) Allow(service string, from ...Peer) *GroupHandle {
	g.allow(packet.Ingress, service, from)
	return g
}

// AllowOut lets a service out, to each of the peers. A new group lets everything out: see
// [GroupHandle.NoDefaultEgress].
func (g *GroupHandle) AllowOut(service string, to ...Peer) *GroupHandle {
	g.allow(packet.Egress, service, to)
	return g
}

// NoDefaultEgress removes the rules that let everything out, which AWS puts into a new group (F5.002).
func (g *GroupHandle) NoDefaultEgress() *GroupHandle {
	delete(g.b.openGroups, g.id)
	return g
}

// ShareWith associates the group with further VPCs of its Region and account, so that what is in them can
// have it too (F5.112). Rules that name it mean its members in all its VPCs, as far as the VPCs are peered.
func (g *GroupHandle) ShareWith(vpcs ...*VPCHandle) *GroupHandle {
	for _, v := range vpcs {
		data := &g.b.cfg.SecurityGroups[g.at]
		field := fmt.Sprintf("VPCs[%d]", len(data.VPCs))
		if g.b.nothing(v, KindSecurityGroup, g.id, field) {
			continue
		}
		g.b.here(g.id, field)
		data.VPCs = append(data.VPCs, v.id)
	}
	return g
}

func (g *GroupHandle) allow(d packet.Direction, service string, peers []Peer) {
	svc, ok := g.b.service(KindSecurityGroup, g.id, g.next()+".Service", service)
	if !ok {
		return
	}
	if len(peers) == 0 {
		g.b.wrong(KindSecurityGroup, g.id, g.next(), service, fault.ErrInvalid,
			"want at least one peer: a CIDR, an instance, a group, a subnet or a VPC")
	}
	for _, p := range peers {
		if g.b.nothing(p, KindSecurityGroup, g.id, g.next()) {
			continue
		}
		for _, r := range p.rules(g.b, g.id, g.next(), sg.Rule{Direction: d, Service: svc}) {
			g.b.here(g.id, g.next())
			data := &g.b.cfg.SecurityGroups[g.at]
			data.Rules = append(data.Rules, r)
		}
	}
}

// next is the field of the rule that is added next.
func (g *GroupHandle) next() string {
	return fmt.Sprintf("Rules[%d]", len(g.b.cfg.SecurityGroups[g.at].Rules))
}

// ACLHandle describes a network ACL; see [VPCHandle.ACL].
type ACLHandle struct {
	b  *Builder
	at int
}

// For makes the ACL serve the subnets.
func (a *ACLHandle) For(subnets ...*SubnetHandle) *ACLHandle {
	for _, s := range subnets {
		if a.b.nothing(s, KindNetworkACL, a.b.cfg.NetworkACLs[a.at].ID, "Subnets") {
			continue
		}
		data := &a.b.cfg.NetworkACLs[a.at]
		a.b.here(data.ID, fmt.Sprintf("Subnets[%d]", len(data.Subnets)))
		data.Subnets = append(data.Subnets, s.id)
	}
	return a
}

// AllowIn lets a service in from a block, by an entry of that number.
func (a *ACLHandle) AllowIn(number int, service, from string) *ACLHandle {
	return a.entry(number, packet.Ingress, nacl.Allow, service, from)
}

// DenyIn keeps a service from a block out.
func (a *ACLHandle) DenyIn(number int, service, from string) *ACLHandle {
	return a.entry(number, packet.Ingress, nacl.Deny, service, from)
}

// AllowOut lets a service out to a block.
func (a *ACLHandle) AllowOut(number int, service, to string) *ACLHandle {
	return a.entry(number, packet.Egress, nacl.Allow, service, to)
}

// DenyOut keeps a service to a block in.
func (a *ACLHandle) DenyOut(number int, service, to string) *ACLHandle {
	return a.entry(number, packet.Egress, nacl.Deny, service, to)
}

func (a *ACLHandle) entry(number int, d packet.Direction, action nacl.Action, service, cidr string) *ACLHandle {
	data := &a.b.cfg.NetworkACLs[a.at]
	field := fmt.Sprintf("Entries[%d]", len(data.Entries))
	svc, ok := a.b.service(KindNetworkACL, data.ID, field+".Service", service)
	p, ok2 := a.b.prefix(KindNetworkACL, data.ID, field+".CIDR", cidr)
	if ok && ok2 {
		a.b.here(data.ID, field)
		data.Entries = append(data.Entries, nacl.Entry{Number: number, Direction: d, Action: action, Service: svc, CIDR: p})
	}
	return a
}

// service parses a service; a mistake is carried to Build.
func (b *Builder) service(kind Kind, id, field, text string) (packet.Service, bool) {
	s, err := packet.ParseService(text)
	if err != nil {
		b.wrong(kind, id, field, text, fault.ErrInvalid, "%v", err)
	}
	return s, err == nil
}
