package packetwalk

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/vpc"
)

// checkBalancers: a load balancer is in one subnet a zone of its VPC, with groups of the VPC, and its targets
// are there or where its routes may lead.
func (c *checker) checkBalancers() {
	names := make(map[string]string)
	for i := range c.LoadBalancers {
		l := &c.LoadBalancers[i]
		c.checkBalancerName(l, names)
		v := find(c, c.vpcs, KindLoadBalancer, l.ID, "VPC", l.VPC, KindVPC)
		if v == nil {
			continue
		}
		c.checkOwnSubnets(KindLoadBalancer, l.ID, l.VPC, l.Subnets)
		for j, id := range l.Interfaces {
			c.checkOwned(KindLoadBalancer, l.ID, fmt.Sprintf("Interfaces[%d]", j), id, l.Subnets)
		}
		for j, id := range l.Groups {
			field := fmt.Sprintf("Groups[%d]", j)
			if g := find(c, c.groups, KindLoadBalancer, l.ID, field, id, KindSecurityGroup); g != nil {
				c.groupIn(KindLoadBalancer, l.ID, field, g, l.VPC)
			}
		}
		for j := range l.Listeners {
			for k, t := range l.Listeners[j].Targets {
				c.checkTarget(l, v, fmt.Sprintf("Listeners[%d].Targets[%d]", j, k), t)
			}
		}
	}
}

// checkBalancerName: a name is one that can be asked for, and leads to one load balancer.
func (c *checker) checkBalancerName(l *elb.LoadBalancer, taken map[string]string) {
	if l.DNSName == "" {
		return
	}
	name, err := dns.ParseName(l.DNSName)
	if err != nil {
		c.bad.add(KindLoadBalancer, l.ID, "DNSName", l.DNSName, fault.ErrInvalid, "%v", err)
		return
	}
	c.once(taken, name, KindLoadBalancer, l.ID, "DNSName", l.DNSName, "the name")
}

// Where a target outside of the VPC may be, over IPv4.
var targetRanges = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
}

// checkTarget: an instance is of the load balancer's own VPC, and an address that is not is a private one.
func (c *checker) checkTarget(l *elb.LoadBalancer, v *vpc.VPC, field string, t elb.Target) {
	if t.Instance != "" {
		if find(c, c.instances, KindLoadBalancer, l.ID, field+".Instance", t.Instance, KindInstance) == nil {
			return
		}
		for _, e := range c.attached[t.Instance] {
			if is := c.vpcOf(e); is != "" {
				c.sameVPC(KindLoadBalancer, l.ID, field+".Instance", t.Instance, is, l.VPC)
				return
			}
		}
		return
	}
	in := func(p netip.Prefix) bool { return p.Contains(t.Address) }
	if t.Address.Is4() && !v.Contains(t.Address) && !slices.ContainsFunc(targetRanges, in) {
		c.bad.add(KindLoadBalancer, l.ID, field+".Address", t.Address, fault.ErrOutside,
			"want an address of VPC %q, or one in %v", v.ID, targetRanges)
	}
}

// checkServices: a service has a name of its own, and load balancers of its own account and Region. The
// endpoints that lead to it come from where it lets them (F7.210), from accounts that it permits (F7.201),
// and are in zones in which it is (F7.203).
func (c *checker) checkServices() {
	names := make(map[string]string)
	for i := range c.EndpointServices {
		s := &c.EndpointServices[i]
		c.once(names, s.Name, KindEndpointService, s.ID, "Name", s.Name, "the name")
		for j, id := range s.LoadBalancers {
			field := fmt.Sprintf("LoadBalancers[%d]", j)
			l := find(c, c.balancers, KindEndpointService, s.ID, field, id, KindLoadBalancer)
			if l == nil || c.vpcs[l.VPC] == nil {
				continue
			}
			if v := c.vpcs[l.VPC]; v.Region != s.Region || v.Account != s.Account {
				c.bad.add(KindEndpointService, s.ID, field, id, fault.ErrInvalid,
					"it is of account %s in Region %s: want one of account %s in Region %s, as the service", v.Account, v.Region, s.Account, s.Region)
			}
		}
		for j := range c.InterfaceEndpoints {
			if p := &c.InterfaceEndpoints[j]; p.Service == s.Name {
				c.checkConsumer(s, p)
			}
		}
	}
}

// checkConsumer: AWS refuses to make an endpoint that the service does not permit, or in a zone in which it
// is not. One that is there already, in a state that says so, stays: who takes a permission away cuts nobody
// off.
func (c *checker) checkConsumer(s *endpoint.Service, p *endpoint.Interface) {
	v := c.vpcs[p.VPC]
	if v == nil {
		return // reported
	}
	if !s.Serves(v.Region) {
		c.bad.add(KindInterfaceEndpoint, p.ID, "Service", p.Service, fault.ErrInvalid,
			"VPC %q is in Region %s, and the service lets in %v: want that Region among the service's Regions", v.ID, v.Region,
			slices.Concat([]string{s.Region}, s.Regions))
	}
	if p.State != endpoint.StateUnspecified && p.State != endpoint.PendingAcceptance && p.State != endpoint.Pending {
		return
	}
	if !s.Permits(v.Account) {
		c.bad.add(KindInterfaceEndpoint, p.ID, "Service", p.Service, fault.ErrInvalid,
			"service %q of account %s does not permit account %s: want arn:aws:iam::%s:root among its Principals", s.ID, s.Account, v.Account, v.Account)
	}
	zones := c.zonesOf(s)
	for j, id := range p.Subnets {
		n := c.subnets[id]
		if n != nil && v.Region == s.Region && len(zones) > 0 && !slices.Contains(zones, n.Zone) {
			c.bad.add(KindInterfaceEndpoint, p.ID, fmt.Sprintf("Subnets[%d]", j), id, fault.ErrInvalid,
				"it is in zone %s: want one of %s, where the load balancers of service %q are", n.Zone, strings.Join(zones, ", "), s.ID)
		}
	}
}

// zonesOf are the zones in which a service has load balancers.
func (c *checker) zonesOf(s *endpoint.Service) (zones []string) {
	for _, id := range s.LoadBalancers {
		l := c.balancers[id]
		if l == nil {
			continue
		}
		for _, sub := range l.Subnets {
			if n := c.subnets[sub]; n != nil && !slices.Contains(zones, n.Zone) {
				zones = append(zones, n.Zone)
			}
		}
	}
	slices.Sort(zones)
	return zones
}
