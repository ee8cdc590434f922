package ec2json

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/elb"
)

type rawTargetGroup struct {
	TargetGroupArn, TargetGroupName string
	TargetType, VpcId               string
	Port                            int
}

func (r rawTargetGroup) id() string { return r.TargetGroupArn }

// names are the words by which a file's path can mean the group: its name, and the last part of its ARN.
func (r rawTargetGroup) names() []string {
	return []string{r.TargetGroupName, r.TargetGroupArn[strings.LastIndexByte(r.TargetGroupArn, '/')+1:]}
}

// rawTargetHealth is a target as describe-target-health prints it.
type rawTargetHealth struct {
	Target struct {
		Id   string
		Port int
	}
	TargetHealth struct{ State string }
}

func (r rawTargetHealth) id() string { return r.Target.Id }

// targetHealths is one output of describe-target-health, which does not say its target group.
type targetHealths struct {
	origin
	targets []rawTargetHealth
}

// readTargetHealths keeps an output of describe-target-health as it is.
func readTargetHealths(l *loader, o origin, values []json.RawMessage) {
	g := targetHealths{origin: o}
	for _, value := range values {
		if t, ok := decode[rawTargetHealth](l, o, value); ok {
			g.targets = append(g.targets, t)
		}
	}
	l.targetHealths = append(l.targetHealths, g)
}

// healthOfGroups says whose targets there are, by the target group's ARN: of the group that the file's path
// names, else of the only one that they fit.
func (l *loader) healthOfGroups() map[string][]targetHealths {
	arns := map[string]string{}
	var names []string
	for _, f := range l.targetGroups.items {
		for _, name := range f.raw.names() {
			arns[name] = f.id
			names = append(names, name)
		}
	}
	of := map[string][]targetHealths{}
	var unnamed []targetHealths
	for _, g := range l.targetHealths {
		if arn := arns[subject(g.file, names)]; arn != "" {
			of[arn] = append(of[arn], g)
			continue
		}
		unnamed = append(unnamed, g)
	}
	for _, g := range unnamed {
		var fitting []string
		for _, f := range l.targetGroups.items {
			if of[f.id] == nil && g.fits(f.raw) {
				fitting = append(fitting, f.id)
			}
		}
		if len(fitting) != 1 {
			l.warn(g.origin, Dangling, "TargetGroupArn", strings.Join(fitting, " "),
				fmt.Sprintf("left out: the output does not say its target group, nor does the file's name, and %d fit", len(fitting)))
			continue
		}
		l.warn(g.origin, Assumed, "TargetGroupArn", fitting[0], "taken as its targets: it is the only group that they fit")
		of[fitting[0]] = append(of[fitting[0]], g)
	}
	return of
}

// fits reports whether an output can be of a target group: its targets are of the group's type, and have its
// port.
func (g targetHealths) fits(group rawTargetGroup) bool {
	for _, t := range g.targets {
		_, err := netip.ParseAddr(t.Target.Id)
		if (err == nil) != (group.TargetType == "ip") || t.Target.Port != group.Port {
			return false
		}
	}
	return len(g.targets) > 0
}

// targetsOf gives the targets of a listener: those of all the groups to which it forwards.
func (l *loader) targetsOf(f found[rawListener], vpc string, healths map[string][]targetHealths) (targets []elb.Target) {
	for _, arn := range f.raw.targetGroups() {
		group, ok := l.targetGroups.get(arn)
		switch {
		case !ok:
			l.warn(f.origin, Dangling, "DefaultActions.TargetGroupArn", arn, "left out, with its targets: the target group is not in the dump")
			continue
		case group.raw.TargetType != "" && group.raw.TargetType != "instance" && group.raw.TargetType != "ip":
			l.warn(group.origin, Unsupported, "TargetType", group.raw.TargetType, "its targets are left out")
			continue
		case healths[arn] == nil:
			l.warn(group.origin, Dangling, "TargetHealthDescriptions", "", "the group is without targets: the dump lists none")
			continue
		}
		for _, g := range healths[arn] {
			for _, t := range l.registered(g) {
				if t, ok := l.targetOf(g.origin, t, cmp.Or(t.Target.Port, group.raw.Port), vpc); ok && !slices.Contains(targets, t) {
					targets = append(targets, t)
				}
			}
		}
	}
	return targets
}

// registered gives the targets to which a load balancer sends: those that are healthy (F9.203), and all where
// none is. Those that were not asked yet count as healthy, and so do those in any other state; those that
// leave get nothing.
func (l *loader) registered(g targetHealths) (targets []rawTargetHealth) {
	var healthy, unhealthy []rawTargetHealth
	for _, t := range g.targets {
		switch state := strings.ToLower(t.TargetHealth.State); state {
		case "draining", "unhealthy.draining":
			o := g.origin
			o.id = t.Target.Id
			l.warn(o, Ignored, "TargetHealth.State", t.TargetHealth.State, "left out: the target is on its way out")
		case "unhealthy":
			unhealthy = append(unhealthy, t)
		default:
			healthy = append(healthy, t)
		}
	}
	for _, t := range unhealthy {
		o := g.origin
		o.id = t.Target.Id
		if len(healthy) > 0 {
			l.warn(o, Ignored, "TargetHealth.State", t.TargetHealth.State, "left out: others of the group are healthy (F9.203)")
			continue
		}
		l.warn(o, Assumed, "TargetHealth.State", t.TargetHealth.State, "taken as healthy: none of the group is")
		targets = append(targets, t)
	}
	return append(healthy, targets...)
}

// targetOf makes a target of an instance or an address that a load balancer of the VPC can have.
func (l *loader) targetOf(o origin, t rawTargetHealth, port int, vpc string) (target elb.Target, ok bool) {
	o.id = t.Target.Id
	if port < 1 || port > 65535 {
		l.warn(o, Malformed, "Target.Port", fmt.Sprint(port), "left out: not a port")
		return target, false
	}
	target.Port = uint16(port)
	if a, err := netip.ParseAddr(t.Target.Id); err == nil {
		target.Address, ok = l.addr(o, "Target.Id", a.String())
		if ok && !l.targetRange(target.Address, vpc) {
			l.warn(o, Unsupported, "Target.Id", t.Target.Id, "left out: neither an address of VPC "+vpc+" nor a private one")
			return target, false
		}
		return target, ok
	}
	target.Instance = t.Target.Id
	for _, n := range l.cfg.Interfaces {
		if n.Attachment.Instance == t.Target.Id {
			ok = l.subnetVPC[n.Subnet] == vpc
			break
		}
	}
	if !ok {
		l.warn(o, Dangling, "Target.Id", t.Target.Id, "left out: the instance is not in the dump, or not in VPC "+vpc)
	}
	return target, ok
}

// targetRange reports whether a load balancer can have an address as a target: one of its VPC, or where its
// routes may lead, which is a private one. AWS takes no public one.
func (l *loader) targetRange(a netip.Addr, vpc string) bool {
	shared := netip.PrefixFrom(netip.AddrFrom4([4]byte{100, 64}), 10)
	return a.Is6() || a.IsPrivate() || shared.Contains(a) || l.cfg.VPCs[l.vpcAt[vpc]].Contains(a)
}
