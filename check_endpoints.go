package packetwalk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

func (c *checker) checkEndpoints() {
	c.checkGatewayEndpoints()
	c.checkInterfaceEndpoints()
	c.checkInspectors()
}

// checkGatewayEndpoints: for a service of the VPC's Region (F7.003), one endpoint a service and table
// (F2.022), in tables of the VPC whose subnets have the families of the endpoint (F7.011).
func (c *checker) checkGatewayEndpoints() {
	routes := make(map[string]string)
	for i := range c.GatewayEndpoints {
		g := &c.GatewayEndpoints[i]
		v := find(c, c.vpcs, KindGatewayEndpoint, g.ID, "VPC", g.VPC, KindVPC)
		if v == nil {
			continue
		}
		if r := endpoint.Region(g.Service); r != "" && r != v.Region {
			c.bad.add(KindGatewayEndpoint, g.ID, "Service", g.Service, fault.ErrInvalid,
				"VPC %q is in Region %s: a gateway endpoint leads to a service of its own Region", v.ID, v.Region)
		}
		for j, id := range g.RouteTables {
			field := fmt.Sprintf("RouteTables[%d]", j)
			t := find(c, c.tables, KindGatewayEndpoint, g.ID, field, id, KindRouteTable)
			if t == nil {
				continue
			}
			c.sameVPC(KindGatewayEndpoint, g.ID, field, id, t.VPC, g.VPC)
			if g.State.Exists() {
				c.once(routes, id+"\x00"+g.Service, KindGatewayEndpoint, g.ID, field, id, "the service in this table")
			}
			for _, s := range c.servedBy(t) {
				c.checkFamilies(KindGatewayEndpoint, g.ID, g.IPAddressType, s)
			}
		}
		c.checkServiceLists(g)
	}
}

// checkServiceLists: a prefix list of AWS's holds one family, so that the type of an endpoint can choose
// (F7.011).
func (c *checker) checkServiceLists(g *endpoint.Gateway) {
	for i := range c.PrefixLists {
		l := &c.PrefixLists[i]
		if !isListOf(l, g.Service) {
			continue
		}
		for j, e := range l.Entries {
			if e.Addr().Is6() != isIPv6(l) {
				c.bad.add(KindPrefixList, l.ID, fmt.Sprintf("Entries[%d]", j), e, fault.ErrInvalid,
					"a prefix list of AWS's holds one family: want the IPv6 ranges in a list of their own, with Name %q",
					endpoint.PrefixListName(g.Service, true))
				break
			}
		}
	}
}

// servedBy are the subnets that a route table serves.
func (c *checker) servedBy(t *route.Table) (list []*subnet.Subnet) {
	explicit := make(map[string]string)
	for i := range c.RouteTables {
		for _, s := range c.RouteTables[i].Subnets {
			explicit[s] = c.RouteTables[i].ID
		}
	}
	for _, s := range c.subnetsOf[t.VPC] {
		if of := explicit[s.ID]; of == t.ID || of == "" && t.Main {
			list = append(list, s)
		}
	}
	return list
}

// checkFamilies: an endpoint of IPv6 is for subnets that have IPv6 only, a dual-stack one for those that
// have both (F7.011, F7.112).
func (c *checker) checkFamilies(kind Kind, id string, t endpoint.IPAddressType, s *subnet.Subnet) {
	want := ""
	switch {
	case t == endpoint.IPv6 && (s.CIDR.IsValid() || !s.IPv6CIDR.IsValid()):
		want = "IPv6-only subnets"
	case t == endpoint.Dualstack && !(s.CIDR.IsValid() && s.IPv6CIDR.IsValid()):
		want = "subnets with an IPv4 range and an IPv6 range"
	case t != endpoint.IPv6 && !s.CIDR.IsValid() && kind == KindInterfaceEndpoint:
		want = "subnets with an IPv4 range"
	default:
		return
	}
	c.bad.add(kind, id, "IPAddressType", t, fault.ErrInvalid, "subnet %q does not fit: such an endpoint wants %s", s.ID, want)
}

// checkInterfaceEndpoints: one subnet a zone (F7.101), of a family that fits (F7.112), with groups of the
// VPC, by the VPC's owner (F7.117), to a service that can be reached from there (F7.210), under names that
// nobody else in the VPC has (F7.108).
func (c *checker) checkInterfaceEndpoints() {
	names := make(map[string]string)
	for i := range c.InterfaceEndpoints {
		p := &c.InterfaceEndpoints[i]
		v := find(c, c.vpcs, KindInterfaceEndpoint, p.ID, "VPC", p.VPC, KindVPC)
		if v == nil {
			continue
		}
		subnets := c.checkOwnSubnets(KindInterfaceEndpoint, p.ID, p.VPC, p.Subnets)
		for _, s := range subnets {
			c.checkFamilies(KindInterfaceEndpoint, p.ID, p.IPAddressType, s)
		}
		c.checkResourceZones(p, subnets)
		if p.Account != v.Account {
			c.bad.add(KindInterfaceEndpoint, p.ID, "Account", p.Account, fault.ErrInvalid,
				"VPC %q belongs to account %s: who only shares its subnets can make no endpoints in them", v.ID, v.Account)
		}
		c.checkServiceRegion(p, v)
		for j, id := range p.Interfaces {
			if p.State.Exists() {
				c.checkOwned(KindInterfaceEndpoint, p.ID, fmt.Sprintf("Interfaces[%d]", j), id, p.Subnets)
			}
		}
		for j, id := range p.Groups {
			field := fmt.Sprintf("Groups[%d]", j)
			if g := find(c, c.groups, KindInterfaceEndpoint, p.ID, field, id, KindSecurityGroup); g != nil {
				c.groupIn(KindInterfaceEndpoint, p.ID, field, g, p.VPC)
			}
		}
		if p.PrivateDNS && p.State.Exists() {
			c.checkPrivateDNS(p, v, names)
		}
	}
}

// checkResourceZones: an endpoint to what somebody shares stands in one zone at least in which the resource
// gateway is (F7.208, F7.209).
func (c *checker) checkResourceZones(p *endpoint.Interface, subnets []*subnet.Subnet) {
	common := func(s *subnet.Subnet) bool { return slices.Contains(p.ResourceZones, s.Zone) }
	if len(p.ResourceZones) > 0 && len(subnets) > 0 && p.State.Exists() && !slices.ContainsFunc(subnets, common) {
		c.bad.add(KindInterfaceEndpoint, p.ID, "Subnets", p.Subnets, fault.ErrInvalid,
			"none of them is in a zone of the resource gateway: want one in %s", strings.Join(p.ResourceZones, " or "))
	}
}

// checkServiceRegion: an endpoint leads to a service of its VPC's Region, or to one of AWS's that let other
// Regions in (F7.210). Whom a service of somebody's own lets in is for that service to say.
func (c *checker) checkServiceRegion(p *endpoint.Interface, v *vpc.VPC) {
	r := endpoint.Region(p.Service)
	offer, known := endpoint.Offers(p.Service)
	if r == "" || r == v.Region || !known || offer.CrossRegion || endpoint.IsOffered(p.Service) {
		return
	}
	c.bad.add(KindInterfaceEndpoint, p.ID, "Service", p.Service, fault.ErrInvalid,
		"VPC %q is in Region %s, and the service lets no other Region in: want the service of that Region", v.ID, v.Region)
}

// checkPrivateDNS: private DNS needs both DNS attributes of the VPC (F7.108, A38), and names that no other
// endpoint with private DNS and no private hosted zone has in the VPC (A39). That of S3 for on-premises
// alone needs the gateway endpoint to which the VPC's own requests go (F7.116, A40).
func (c *checker) checkPrivateDNS(p *endpoint.Interface, v *vpc.VPC, taken map[string]string) {
	names, nameless := privateNames(c.Config, p.Service)
	if o, ok := endpoint.Offers(p.Service); ok && !o.PrivateDNS || nameless {
		c.bad.add(KindInterfaceEndpoint, p.ID, "PrivateDNS", true, fault.ErrInvalid,
			"%s has no private DNS: want it off, and the endpoint's own names", p.Service)
		return
	}
	var off []string
	if v.NoDNSSupport {
		off = append(off, "enableDnsSupport")
	}
	if !v.DNSHostnames {
		off = append(off, "enableDnsHostnames")
	}
	if len(off) > 0 {
		c.bad.add(KindInterfaceEndpoint, p.ID, "PrivateDNS", true, fault.ErrInvalid,
			"it needs enableDnsSupport and enableDnsHostnames of VPC %q: want %s on, or no private DNS", v.ID, strings.Join(off, " and "))
	}
	c.checkNames(p, names, taken)
	if p.PrivateDNSInboundOnly && !slices.ContainsFunc(c.GatewayEndpoints, func(g endpoint.Gateway) bool {
		return g.VPC == p.VPC && g.Service == p.Service && g.State.Exists()
	}) {
		c.bad.add(KindInterfaceEndpoint, p.ID, "PrivateDNSInboundOnly", true, fault.ErrNotFound,
			"VPC %q must have a gateway endpoint for %s: want one, or PrivateDNSInboundOnly off", v.ID, p.Service)
	}
}

// checkNames reports the first name that somebody else has in the VPC of p.
func (c *checker) checkNames(p *endpoint.Interface, names []string, taken map[string]string) {
	for _, name := range names {
		name = strings.ToLower(strings.Trim(strings.TrimPrefix(name, "*"), "."))
		if other := taken[p.VPC+"\x00"+name]; other != "" && other != p.ID {
			c.bad.add(KindInterfaceEndpoint, p.ID, "PrivateDNS", true, fault.ErrDuplicate,
				"conflicting DNS domain: endpoint %q has private DNS for %s in VPC %q: want it for one of them", other, name, p.VPC)
			return
		}
		taken[p.VPC+"\x00"+name] = p.ID
		for i := range c.HostedZones {
			z := &c.HostedZones[i]
			if z.Private && slices.Contains(z.VPCs, p.VPC) && strings.EqualFold(strings.TrimSuffix(z.Name, "."), name) {
				c.bad.add(KindInterfaceEndpoint, p.ID, "PrivateDNS", true, fault.ErrDuplicate,
					"conflicting DNS domain: private hosted zone %q for %s is associated with VPC %q: want one of them", z.ID, name, p.VPC)
				return
			}
		}
	}
}

// checkInspectors: a Gateway Load Balancer endpoint is in one subnet of its VPC (F7.206).
func (c *checker) checkInspectors() {
	for i := range c.GatewayLoadBalancerEndpoints {
		g := &c.GatewayLoadBalancerEndpoints[i]
		if find(c, c.vpcs, KindGWLBEndpoint, g.ID, "VPC", g.VPC, KindVPC) == nil {
			continue
		}
		s := find(c, c.subnets, KindGWLBEndpoint, g.ID, "Subnet", g.Subnet, KindSubnet)
		if s != nil {
			c.sameVPC(KindGWLBEndpoint, g.ID, "Subnet", g.Subnet, s.VPC, g.VPC)
		}
		e := c.interfaces[g.Interface]
		if e == nil || s == nil { // Build makes it
			continue
		}
		c.checkOwned(KindGWLBEndpoint, g.ID, "Interface", e.ID, []string{g.Subnet})
		if len(e.Groups) > 0 {
			c.bad.add(KindGWLBEndpoint, g.ID, "Interface", e.ID, fault.ErrInvalid,
				"it has security groups %q: a Gateway Load Balancer endpoint has none", e.Groups)
		}
	}
}
