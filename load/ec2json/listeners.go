package ec2json

import (
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/packet"
)

type rawListener struct {
	ListenerArn, LoadBalancerArn string
	Port                         int
	Protocol                     string
	DefaultActions               []struct {
		Type, TargetGroupArn string
		ForwardConfig        struct {
			TargetGroups []struct {
				TargetGroupArn string
				Weight         *int
			}
		}
	}
}

func (r rawListener) id() string { return r.ListenerArn }

// targetGroups gives the ARNs of the groups to which it forwards; one of weight zero gets nothing.
func (r rawListener) targetGroups() (arns []string) {
	for _, a := range r.DefaultActions {
		if len(a.ForwardConfig.TargetGroups) == 0 && a.TargetGroupArn != "" {
			arns = append(arns, a.TargetGroupArn)
		}
		for _, g := range a.ForwardConfig.TargetGroups {
			if g.Weight == nil || *g.Weight > 0 {
				arns = append(arns, g.TargetGroupArn)
			}
		}
	}
	return unique(arns)
}

// listenerProtocols are those of a Network Load Balancer, as packets have them: TLS ends at the load
// balancer, and is TCP on the wire; QUIC is UDP.
var listenerProtocols = map[string][]packet.Protocol{
	"TCP": {packet.TCP}, "TLS": {packet.TCP}, "UDP": {packet.UDP}, "TCP_UDP": {packet.TCP, packet.UDP},
	"QUIC": {packet.UDP}, "TCP_QUIC": {packet.TCP, packet.UDP},
}

// addListeners puts the listeners, with their targets, into their load balancers.
func (l *loader) addListeners() {
	healths := l.healthOfGroups()
	for _, f := range l.listeners.items {
		at, ok := l.loadBalancerAt[f.raw.LoadBalancerArn]
		if !ok {
			if _, known := l.loadBalancers.get(f.raw.LoadBalancerArn); !known {
				l.warn(f.origin, Dangling, "LoadBalancerArn", f.raw.LoadBalancerArn, "left out: the load balancer is not in the dump")
			}
			continue // with its load balancer, which is reported
		}
		protocols, ok := listenerProtocols[strings.ToUpper(f.raw.Protocol)]
		if !ok || f.raw.Port < 1 || f.raw.Port > 65535 {
			l.warn(f.origin, Unsupported, "Protocol", fmt.Sprintf("%s:%d", f.raw.Protocol, f.raw.Port), "left out: not a listener of a Network Load Balancer")
			continue
		}
		lb := &l.cfg.LoadBalancers[at]
		targets := l.targetsOf(f, lb.VPC, healths)
		for _, p := range protocols {
			listener := elb.Listener{Protocol: p, Port: uint16(f.raw.Port), Targets: slices.Clone(targets)}
			if slices.ContainsFunc(lb.Listeners, func(o elb.Listener) bool { return o.Protocol == p && o.Port == listener.Port }) {
				l.warn(f.origin, Conflict, "Port", fmt.Sprint(f.raw.Port), "left out: another listener has it")
				continue
			}
			lb.Listeners = append(lb.Listeners, listener)
		}
	}
}
