package packetwalk

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
)

// lintGroups finds rules that grant nothing (F5.111), rules that let everybody in where people administer,
// and groups without a use.
func (l *linter) lintGroups() {
	worn := make(map[string]bool) // by a network interface
	for i := range l.Interfaces {
		for _, g := range l.Interfaces[i].Groups {
			worn[g] = true
		}
	}
	named := l.namedGroups(worn)
	for i := range l.SecurityGroups {
		g := l.resolver.groups[l.SecurityGroups[i].ID]
		if !worn[g.ID] && !named[g.ID] && !g.Default {
			l.warn(UnusedGroup, KindSecurityGroup, g.ID, "",
				"no network interface has it and no rule refers to it: remove it, or put it where it is meant")
		}
		for j := range g.Rules {
			r := &g.Rules[j]
			if r.Stale {
				l.warn(StaleRule, KindSecurityGroup, g.ID, fmt.Sprintf("Rules[%d]", j),
					"group %q can't be reached: the rule grants nothing: remove it, or bring the peering or the group back", r.Group)
			}
			if worn[g.ID] {
				l.openAdminPort(g, j)
			}
		}
	}
}

// namedGroups are the groups that a rule of another group refers to; none where every group is worn, and
// nobody asks.
func (l *linter) namedGroups(worn map[string]bool) map[string]bool {
	idle := func(g sg.Group) bool { return !worn[g.ID] && !g.Default }
	if !slices.ContainsFunc(l.SecurityGroups, idle) {
		return nil
	}
	named := make(map[string]bool)
	for i := range l.SecurityGroups {
		g := &l.SecurityGroups[i]
		for j := range g.Rules {
			if other := g.Rules[j].Group; other != "" && other != g.ID {
				named[other] = true
			}
		}
	}
	return named
}

// adminPorts are the TCP ports by which people get hold of a host.
var adminPorts = []struct {
	ports packet.PortRange
	name  string
}{
	{packet.PortRange{First: 22, Last: 22}, "SSH"},
	{packet.PortRange{First: 23, Last: 23}, "Telnet"},
	{packet.PortRange{First: 3389, Last: 3389}, "RDP"},
	{packet.PortRange{First: 5985, Last: 5986}, "WinRM"},
}

// openAdminPort finds rules that let everybody in on such a port, over IPv4 or IPv6. A rule for all traffic
// or all of TCP is one too. Where a service, not a person, is to be reached, as a database is, is not looked
// at.
func (l *linter) openAdminPort(g *sg.Group, at int) {
	r := &g.Rules[at]
	if r.Direction != packet.Ingress || !l.everybody(r) {
		return
	}
	ports, ok := portsOf(r.Service, packet.TCP)
	var open []string
	for _, a := range adminPorts {
		if ok && ports.First <= a.ports.Last && a.ports.First <= ports.Last {
			open = append(open, fmt.Sprintf("tcp/%v (%s)", a.ports, a.name))
		}
	}
	if len(open) == 0 {
		return
	}
	from := r.PrefixList
	if from == "" {
		from = r.CIDR.String()
	}
	l.warn(OpenAdminPort, KindSecurityGroup, g.ID, fmt.Sprintf("Rules[%d]", at),
		"%s from %s lets everybody try %s: name the addresses or the groups that need it", r.Service, from, strings.Join(open, ", "))
}

// everybody reports whether a rule's peer holds every address of a family, by itself or by its prefix list.
func (l *linter) everybody(r *sg.Rule) bool {
	if r.PrefixList == "" {
		return r.CIDR.IsValid() && r.CIDR.Bits() == 0
	}
	return slices.ContainsFunc(l.lists[r.PrefixList].Entries, func(p netip.Prefix) bool { return p.Bits() == 0 })
}
