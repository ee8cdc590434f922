package packetwalk

import (
	"fmt"
	"slices"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/sg"
)

// latePeer is a peer of which only the whole Config says what it stands for.
type latePeer interface {
	// lateRules gives r once for each thing that the peer stands for in c.
	lateRules(c *Config, r sg.Rule) []sg.Rule
}

// lateRule is a rule of a group with such a peer, and the line that wrote it.
type lateRule struct {
	group string
	rule  sg.Rule
	peer  latePeer
	pos   string
}

// later keeps a rule until all is known. A handle of another Builder is a mistake, which Build reports.
func (b *Builder) later(owner *Builder, id, group, field string, r sg.Rule, peer latePeer) []sg.Rule {
	if owner != b {
		b.wrong(KindSecurityGroup, group, field, id, fault.ErrInvalid, "want a handle of this Builder")
		return nil
	}
	b.lateRules = append(b.lateRules, lateRule{group, r, peer, caller()})
	return nil
}

// rulesOfLatePeers puts the rules that had to wait behind the others of their groups.
func (b *Builder) rulesOfLatePeers(c *Config) {
	for _, late := range b.lateRules {
		at := slices.IndexFunc(c.SecurityGroups, func(g sg.Group) bool { return g.ID == late.group })
		g := &c.SecurityGroups[at]
		for _, r := range late.peer.lateRules(c, late.rule) {
			b.pos[key(g.ID, fmt.Sprintf("Rules[%d]", len(g.Rules)))] = late.pos
			g.Rules = append(g.Rules, r)
		}
	}
}

func (l *LoadBalancerHandle) rules(b *Builder, group, field string, r sg.Rule) []sg.Rule {
	return b.later(l.b, l.id, group, field, r, l)
}

// lateRules are for the load balancer's groups, or where it has none for its subnets.
func (l *LoadBalancerHandle) lateRules(c *Config, r sg.Rule) (list []sg.Rule) {
	for _, g := range c.LoadBalancers[l.at].Groups {
		r.Group = g
		list = append(list, r)
	}
	if len(list) > 0 {
		return list
	}
	for i := range c.Subnets {
		if s := &c.Subnets[i]; slices.Contains(c.LoadBalancers[l.at].Subnets, s.ID) {
			list = append(list, subnetRules(s, r)...)
		}
	}
	return list
}

func (g *GatewayEndpointHandle) rules(b *Builder, group, field string, r sg.Rule) []sg.Rule {
	return b.later(g.b, g.data().ID, group, field, r, g)
}

// lateRules are for the prefix lists of the endpoint's service: those of the Config, or those that Build will
// add (F7.005, F7.011). Where nobody knows the service's ranges there are none, and Build says so.
func (g *GatewayEndpointHandle) lateRules(c *Config, r sg.Rule) (list []sg.Rule) {
	named := Config{
		PrefixLists: slices.Clone(c.PrefixLists), IPRanges: c.IPRanges,
		GatewayEndpoints: []endpoint.Gateway{c.GatewayEndpoints[g.at]},
	}
	servicePrefixLists(&named, new(mistakes))
	for _, l := range listsOf(&named, &named.GatewayEndpoints[0]) {
		r.PrefixList = l.ID
		list = append(list, r)
	}
	return list
}
