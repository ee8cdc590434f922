package ec2json

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/subnet"
)

type rawLoadBalancer struct {
	LoadBalancerArn, LoadBalancerName string
	Type, VpcId, DNSName              string
	AvailabilityZones                 []struct{ SubnetId string }
	SecurityGroups                    []string

	EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic string
}

func (r rawLoadBalancer) id() string { return r.LoadBalancerArn }

// path gives what stands at the end of the ARN, "net/nlb/0a1b": the description of the interfaces names it.
func (r rawLoadBalancer) path() string {
	_, path := arnResource(r.LoadBalancerArn)
	return path
}

// rawAttribute is one attribute of a load balancer, as describe-load-balancer-attributes prints it.
type rawAttribute struct{ Key, Value string }

func (r rawAttribute) id() string { return r.Key }

// attributeGroup is one output of describe-load-balancer-attributes, which does not say its load balancer.
type attributeGroup struct {
	origin
	attributes []rawAttribute
}

// readAttributes keeps an output of describe-load-balancer-attributes as it is.
func readAttributes(l *loader, o origin, values []json.RawMessage) {
	g := attributeGroup{origin: o}
	for _, value := range values {
		if a, ok := decode[rawAttribute](l, o, value); ok {
			g.attributes = append(g.attributes, a)
		}
	}
	l.attributes = append(l.attributes, g)
}

// addLoadBalancers makes the Network Load Balancers. Their ID is their ARN. Others are reported; their
// network interfaces stay.
func (l *loader) addLoadBalancers() {
	l.loadBalancerAt = map[string]int{}
	for _, f := range l.loadBalancers.items {
		switch {
		case f.raw.Type != "network":
			l.warn(f.origin, Unsupported, "Type", f.raw.Type, "left out, with its listeners: its network interfaces stay")
		case l.hasVPC(f.origin, f.raw.VpcId):
			l.addLoadBalancer(f)
		}
	}
	l.setCrossZone()
	l.addListeners()
}

// addLoadBalancer makes a Network Load Balancer, with those interfaces whose description says that they are
// of it.
func (l *loader) addLoadBalancer(f found[rawLoadBalancer]) {
	lb := elb.LoadBalancer{
		ID: f.id, Name: f.raw.LoadBalancerName, VPC: f.raw.VpcId, DNSName: l.balancerName(f),
		Groups:                   l.groupsOf(f.origin, "SecurityGroups", f.raw.SecurityGroups, f.raw.VpcId),
		SkipGroupsForPrivateLink: strings.EqualFold(f.raw.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, "off"),
	}
	var subnets []string
	for _, z := range f.raw.AvailabilityZones {
		subnets = append(subnets, z.SubnetId)
	}
	if lb.Subnets = l.oneSubnetAZone(f.origin, "AvailabilityZones.SubnetId", subnets, f.raw.VpcId); len(lb.Subnets) == 0 {
		l.warn(f.origin, Dangling, "AvailabilityZones.SubnetId", strings.Join(subnets, " "), "left out: none of its subnets is in the dump")
		return
	}
	held := map[string]bool{} // subnets in which it has an interface
	for i := range l.cfg.Interfaces {
		n := &l.cfg.Interfaces[i]
		if n.Description != "ELB "+f.raw.path() || held[n.Subnet] || n.Attachment.Instance != "" || !slices.Contains(lb.Subnets, n.Subnet) {
			continue
		}
		if !l.isFree(f.origin, "LoadBalancerArn", n) {
			continue
		}
		held[n.Subnet] = true
		lb.Interfaces = append(lb.Interfaces, l.ownInterface(f.origin, "LoadBalancerArn", n.ID, subnet.NetworkLoadBalancer))
	}
	l.loadBalancerAt[f.id] = len(l.cfg.LoadBalancers)
	l.cfg.LoadBalancers = append(l.cfg.LoadBalancers, lb)
}

// balancerName is the name by which a load balancer is called; "" where it has none that can be asked for.
func (l *loader) balancerName(f found[rawLoadBalancer]) string {
	if f.raw.DNSName == "" {
		return ""
	}
	if _, err := dns.ParseName(f.raw.DNSName); err != nil {
		l.warn(f.origin, Malformed, "DNSName", f.raw.DNSName, "left out: no name leads to it")
		return ""
	}
	return f.raw.DNSName
}

// setCrossZone reads the one attribute that matters here (F9.202). Of which load balancer an output is, only
// the file's path says, by its name or by the last part of its ARN.
func (l *loader) setCrossZone() {
	at := map[string]int{}
	var names []string
	for i, lb := range l.cfg.LoadBalancers {
		hash := lb.ID[strings.LastIndexByte(lb.ID, '/')+1:]
		at[lb.Name], at[hash] = i, i
		names = append(names, lb.Name, hash)
	}
	for _, g := range l.attributes {
		for _, a := range g.attributes {
			if a.Key != "load_balancing.cross_zone.enabled" {
				continue
			}
			name := subject(g.file, names)
			if name == "" {
				l.warn(g.origin, Dangling, a.Key, a.Value, "left out: the output does not say of which load balancer it is, nor does the file's name")
				continue
			}
			l.cfg.LoadBalancers[at[name]].CrossZone = strings.EqualFold(a.Value, "true")
		}
	}
}
