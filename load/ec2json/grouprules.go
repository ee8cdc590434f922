package ec2json

import (
	"github.com/packetwalk/packetwalk/sg"
)

// rawGroupRule is one rule as describe-security-group-rules prints it: with an ID and one peer.
type rawGroupRule struct {
	SecurityGroupRuleId, GroupId     string
	IsEgress                         bool
	IpProtocol                       string
	FromPort, ToPort                 *int
	CidrIpv4, CidrIpv6, PrefixListId string
	ReferencedGroupInfo              *rawGroupRef
	Description                      string
}

func (r rawGroupRule) id() string { return r.SecurityGroupRuleId }

// addGroupRules merges the rules into their groups: one that the group has already gets its ID and
// description.
func (l *loader) addGroupRules() {
	for _, f := range l.groupRules.items {
		i, ok := l.groupAt[f.raw.GroupId]
		if !ok {
			l.warn(f.origin, Dangling, "GroupId", f.raw.GroupId, "left out: the group is not in the dump")
			continue
		}
		g := &l.cfg.SecurityGroups[i]
		rule, ok := l.groupRule(f, g)
		if !ok {
			continue
		}
		if same := sameRule(g.Rules, rule); same != nil {
			same.ID = rule.ID
			if rule.Description != "" {
				same.Description = rule.Description
			}
			continue
		}
		g.Rules = append(g.Rules, rule)
	}
}

// groupRule reads one rule of a group.
func (l *loader) groupRule(f found[rawGroupRule], g *sg.Group) (rule sg.Rule, ok bool) {
	r := f.raw
	service, ok := l.groupService(f.origin, "", r.IpProtocol, r.FromPort, r.ToPort)
	if !ok {
		return rule, false
	}
	switch {
	case r.CidrIpv4 != "":
		rule.CIDR, ok = l.prefix(f.origin, "CidrIpv4", r.CidrIpv4)
	case r.CidrIpv6 != "":
		rule.CIDR, ok = l.prefix(f.origin, "CidrIpv6", r.CidrIpv6)
	case r.PrefixListId != "":
		rule.PrefixList = r.PrefixListId
		ok = l.usePrefixList(f.origin, "PrefixListId", r.PrefixListId, "")
	case r.ReferencedGroupInfo != nil:
		rule, ok = l.groupPeer(f.origin, "ReferencedGroupInfo.GroupId", g, *r.ReferencedGroupInfo)
	default:
		l.warn(f.origin, Malformed, "CidrIpv4", "", "left out: the rule has no peer")
		return rule, false
	}
	rule.ID, rule.Direction, rule.Service, rule.Description = f.id, direction(r.IsEgress), service, r.Description
	return rule, ok
}

// sameRule finds the rule that allows what r does and has no ID yet.
func sameRule(rules []sg.Rule, r sg.Rule) *sg.Rule {
	for i := range rules {
		known := rules[i]
		if known.ID != "" {
			continue
		}
		known.ID, known.Description = r.ID, r.Description
		if known == r {
			return &rules[i]
		}
	}
	return nil
}
