package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/vpc"
)

// linter looks for what AWS allows and people regret, in the order of the Config.
type linter struct {
	*Config
	*index
	subnets  map[string]*walk.Subnet
	resolved map[string]*sg.Group
	found    []Warning
}

func lint(c *Config, x *index, r *resolver) []Warning {
	l := linter{Config: c, index: x, subnets: r.subnets, resolved: r.groups}
	l.lintSubnets()
	l.lintRoutes(r)
	l.lintNATs()
	l.lintACLs()
	l.lintGroups()
	l.lintInstances()
	return l.found
}

func (l *linter) warn(code WarningCode, kind Kind, id, field, format string, args ...any) {
	l.found = append(l.found, Warning{code, kind, id, field, fmt.Sprintf(format, args...)})
}

// lintSubnets finds subnets that are public because nobody gave them a table (item 23, A02), and those
// whose way out hangs on another zone (item 61).
func (l *linter) lintSubnets() {
	for i := range l.Subnets {
		s := l.subnets[l.Subnets[i].ID]
		for j := range s.Table.Data.Routes {
			r := &s.Table.Data.Routes[j]
			if r.State != route.Active {
				continue
			}
			switch r.Target.Kind {
			case route.InternetGateway:
				if s.Main && !s.VPC.Data.Default {
					l.warn(PublicByMainTable, KindSubnet, s.Data.ID, "",
						"public only because the main route table %q leads to %q: associate it with a table of its own", s.Table.Data.ID, r.Target.ID)
				}
			case route.NATGateway:
				if at := l.index.subnets[l.nats[r.Target.ID].Subnet]; at.Zone != s.Data.Zone {
					l.warn(CrossZoneNAT, KindSubnet, s.Data.ID, "",
						"in zone %s, and %s leads to NAT gateway %q in zone %s: one NAT gateway a zone survives the loss of the other", s.Data.Zone, destinationOf(r), r.Target.ID, at.Zone)
				}
			}
		}
	}
}

func destinationOf(r *route.Route) string {
	if r.PrefixList != "" {
		return r.PrefixList
	}
	return r.Destination.String()
}

// lintRoutes finds routes that lead nowhere (F2.024), and those to what is not modelled.
func (l *linter) lintRoutes(r *resolver) {
	for i := range l.RouteTables {
		t := &l.RouteTables[i]
		for j := range t.Routes {
			field := fmt.Sprintf("Routes[%d]", j)
			to := t.Routes[j].Target
			if to.Kind != route.Local && !to.Modelled() {
				l.warn(NotModelled, KindRouteTable, t.ID, field,
					"%s leads to %s %q, which is not modelled: a packet that takes the route ends there undecided", destinationOf(&t.Routes[j]), to.Kind, to.ID)
				continue
			}
			if _, available := r.target(t.VPC, to); !available || t.Routes[j].State == route.Blackhole {
				l.warn(BlackholeRoute, KindRouteTable, t.ID, field,
					"%s leads to %s %q, which takes no packets: remove the route or bring the target back", destinationOf(&t.Routes[j]), to.Kind, to.ID)
			}
		}
	}
}

// lintNATs finds public NAT gateways that can't reach the internet (A05).
func (l *linter) lintNATs() {
	for i := range l.NATGateways {
		g := &l.NATGateways[i]
		s := l.subnets[g.Subnet]
		if s == nil || !g.Available() || g.Connectivity == gateway.Private {
			continue
		}
		leads := false
		for _, r := range s.Table.Data.Routes {
			leads = leads || r.Target.Kind == route.InternetGateway && r.State == route.Active
		}
		if !leads {
			l.warn(PrivateSubnetNAT, KindNATGateway, g.ID, "Subnet",
				"a public NAT gateway in subnet %q, whose route table %q has no route to an internet gateway", g.Subnet, s.Table.Data.ID)
		}
	}
}

// lintACLs finds entries that can never match (A17).
func (l *linter) lintACLs() {
	for i := range l.NetworkACLs {
		a := &l.NetworkACLs[i]
		for _, s := range a.Shadowed() {
			l.warn(ACLEntryNeverMatches, KindNetworkACL, a.ID, "", "%s: give it a lower number, or remove it", s)
		}
	}
}

// lintGroups finds rules that grant nothing (F5.111), and groups without a use.
func (l *linter) lintGroups() {
	used := make(map[string]bool)
	for _, e := range l.Interfaces {
		for _, g := range e.Groups {
			used[g] = true
		}
	}
	for _, g := range l.SecurityGroups {
		for _, r := range g.Rules {
			if r.Group != g.ID {
				used[r.Group] = true
			}
		}
	}
	for i := range l.SecurityGroups {
		g := &l.SecurityGroups[i]
		if !used[g.ID] && !g.Default {
			l.warn(UnusedGroup, KindSecurityGroup, g.ID, "", "no network interface has it and no rule refers to it")
		}
		for j, r := range l.resolved[g.ID].Rules {
			if r.Stale {
				l.warn(StaleRule, KindSecurityGroup, g.ID, fmt.Sprintf("Rules[%d]", j),
					"group %q can't be reached: the rule grants nothing", r.Group)
			}
		}
	}
}

func (l *linter) lintInstances() {
	for i := range l.Instances {
		n := &l.Instances[i]
		if len(l.attached[n.ID]) == 0 && n.State != vpc.Terminated {
			l.warn(NoInterface, KindInstance, n.ID, "", "no network interface is attached to it: it can't be asked about")
		}
	}
}
