package ec2json

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
)

type rawGroup struct {
	GroupId, GroupName, Description    string
	VpcId, OwnerId, SecurityGroupArn   string
	IpPermissions, IpPermissionsEgress []rawPermission
}

// rawPermission is one kind of traffic with all the peers that it is allowed for.
type rawPermission struct {
	IpProtocol       string
	FromPort, ToPort *int
	IpRanges         []struct{ CidrIp, Description string }
	Ipv6Ranges       []struct{ CidrIpv6, Description string }
	PrefixListIds    []struct{ PrefixListId, Description string }
	UserIdGroupPairs []struct {
		rawGroupRef
		GroupName, Description string
	}
}

func (r rawGroup) id() string { return r.GroupId }

// addGroups makes the security groups, then their rules, which refer to groups.
func (l *loader) addGroups() {
	l.groupAt, l.groupByName = map[string]int{}, map[string]string{}
	for _, f := range l.groups.items {
		r := f.raw
		if !l.hasVPC(f.origin, r.VpcId) {
			continue
		}
		l.groupAt[f.id] = len(l.cfg.SecurityGroups)
		name := l.groupName(f)
		l.groupByName[r.VpcId+"/"+name] = f.id
		l.cfg.SecurityGroups = append(l.cfg.SecurityGroups, sg.Group{
			ID: f.id, Name: name, Description: r.Description, VPC: r.VpcId, VPCs: l.groupVPCs[f.id], Account: r.OwnerId,
			Default: name == "default",
		})
	}
	for _, f := range l.groups.items {
		if i, ok := l.groupAt[f.id]; ok {
			g := &l.cfg.SecurityGroups[i]
			l.addPermissions(g, f.origin, "IpPermissions", packet.Ingress, f.raw.IpPermissions)
			l.addPermissions(g, f.origin, "IpPermissionsEgress", packet.Egress, f.raw.IpPermissionsEgress)
		}
	}
	l.addGroupRules()
}

// groupName gives the name of a group, "" where AWS would not take it: one that looks like an ID, or that
// another group of the VPC has (F5.014). The latter happens with files of different days.
func (l *loader) groupName(f found[rawGroup]) string {
	name := f.raw.GroupName
	if strings.HasPrefix(name, "sg-") {
		l.warn(f.origin, Malformed, "GroupName", name, "left without a name: it looks like an ID")
		return ""
	}
	if other, taken := l.groupByName[f.raw.VpcId+"/"+name]; taken && name != "" {
		l.warn(f.origin, Conflict, "GroupName", name, "left without a name: "+other+" has it")
		return ""
	}
	return name
}

// addPermissions makes one rule of each peer of each permission (F5.005).
func (l *loader) addPermissions(g *sg.Group, o origin, field string, d packet.Direction, permissions []rawPermission) {
	for i, p := range permissions {
		field := fmt.Sprintf("%s[%d]", field, i)
		service, ok := l.groupService(o, field+".", p.IpProtocol, p.FromPort, p.ToPort)
		if !ok {
			continue
		}
		before := len(g.Rules)
		add := func(r sg.Rule, description string) {
			r.Direction, r.Service, r.Description = d, service, description
			g.Rules = append(g.Rules, r)
		}
		peers := len(p.IpRanges) + len(p.Ipv6Ranges) + len(p.PrefixListIds) + len(p.UserIdGroupPairs)
		for j, peer := range p.IpRanges {
			if cidr, ok := l.prefix(o, fmt.Sprintf("%s.IpRanges[%d].CidrIp", field, j), peer.CidrIp); ok {
				add(sg.Rule{CIDR: cidr}, peer.Description)
			}
		}
		for j, peer := range p.Ipv6Ranges {
			if cidr, ok := l.prefix(o, fmt.Sprintf("%s.Ipv6Ranges[%d].CidrIpv6", field, j), peer.CidrIpv6); ok {
				add(sg.Rule{CIDR: cidr}, peer.Description)
			}
		}
		for j, peer := range p.PrefixListIds {
			if l.usePrefixList(o, fmt.Sprintf("%s.PrefixListIds[%d].PrefixListId", field, j), peer.PrefixListId, "") {
				add(sg.Rule{PrefixList: peer.PrefixListId}, peer.Description)
			}
		}
		for j, peer := range p.UserIdGroupPairs {
			if peer.GroupId == "" { // as accounts from before VPCs print it
				peer.GroupId = l.groupByName[g.VPC+"/"+peer.GroupName]
			}
			if r, ok := l.groupPeer(o, fmt.Sprintf("%s.UserIdGroupPairs[%d].GroupId", field, j), g, peer.rawGroupRef); ok {
				add(r, peer.Description)
			}
		}
		if peers == 0 && before == len(g.Rules) {
			l.warn(o, Ignored, field, "", "a permission for nobody")
		}
	}
}

// groupService reads protocol and ports of a rule. Ports count for TCP and UDP, type and code
// for ICMP; any other protocol is all of it (F5.006, F5.007).
func (l *loader) groupService(o origin, field, text string, from, to *int) (packet.Service, bool) {
	protocol, all, ok := l.protocol(o, field+"IpProtocol", text)
	switch {
	case !ok:
		return packet.Service{}, false
	case all:
		return packet.All(), true
	case protocol.HasPorts():
		return l.portService(o, field+"FromPort", protocol, from, to)
	case protocol.IsICMP():
		return l.icmpService(o, field+"FromPort", protocol, from, to)
	}
	return packet.Of(protocol), true
}
