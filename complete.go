package packetwalk

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
)

// complete adds what AWS adds by itself. What it adds is named after its owner, and completing a
// completed Config changes nothing.
func complete(c *Config, bad *mistakes) {
	ownersAndZones(c)
	endpointOwners(c)
	endpointServices(c)
	mainTables(c)
	regionalNATTables(c)
	localRoutes(c)
	defaultACLs(c)
	defaultGroups(c)
	servicePrefixLists(c, bad)
	endpointRoutes(c)
	natInterfaces(c, bad)
	balancerInterfaces(c)
	endpointInterfaces(c)
	inspectorInterfaces(c)
	interfaceGroups(c)
	elasticAddresses(c, bad)
	allocateAddresses(c, bad)
	endpointIPv6(c, bad)
	fillNATAddresses(c)
	flowLogs(c)
}

// The account and the Region of AWS's own examples, for a network that names none.
const (
	defaultAccount = "123456789012"
	defaultRegion  = "us-east-1"
)

func ownersAndZones(c *Config) {
	region := make(map[string]string)
	for i := range c.VPCs {
		v := &c.VPCs[i]
		v.Account = cmp.Or(v.Account, defaultAccount)
		v.Region = cmp.Or(v.Region, defaultRegion)
		region[v.ID] = v.Region
	}
	for i := range c.BlockPublicAccess {
		b := &c.BlockPublicAccess[i]
		b.Account, b.Region = cmp.Or(b.Account, defaultAccount), cmp.Or(b.Region, defaultRegion)
	}
	for i := range c.Buckets {
		b := &c.Buckets[i]
		b.Account, b.Region = cmp.Or(b.Account, defaultAccount), cmp.Or(b.Region, defaultRegion)
	}
	for i := range c.Subnets {
		s := &c.Subnets[i]
		s.Zone = cmp.Or(s.Zone, cmp.Or(region[s.VPC], defaultRegion)+"a")
	}
}

// mainTables gives a main route table to each VPC that has none (F2.013).
func mainTables(c *Config) {
	has := make(map[string]bool)
	for _, t := range c.RouteTables {
		has[t.VPC] = has[t.VPC] || t.Main
	}
	for _, v := range c.VPCs {
		if !has[v.ID] {
			c.RouteTables = append(c.RouteTables, route.Table{ID: v.ID + "-main-rtb", VPC: v.ID, Main: true})
		}
	}
}

// localRoutes gives each table a local route for each block of its VPC (F2.009), unless a
// route for that very block replaces it (F2.010).
func localRoutes(c *Config) {
	blocks := make(map[string][]netip.Prefix)
	for i := range c.VPCs {
		for _, b := range c.VPCs[i].Blocks {
			if b.Usable() && b.CIDR.IsValid() && b.CIDR == b.CIDR.Masked() {
				blocks[c.VPCs[i].ID] = append(blocks[c.VPCs[i].ID], b.CIDR)
			}
		}
	}
	for i := range c.RouteTables {
		t := &c.RouteTables[i]
		var missing []route.Route
		for _, b := range blocks[t.VPC] {
			if !slices.ContainsFunc(t.Routes, func(r route.Route) bool { return r.Destination == b && r.Origin != route.Propagated }) {
				missing = append(missing, route.Route{
					Destination: b, Target: route.Target{Kind: route.Local}, State: route.Active, Origin: route.CreatedWithTable,
				})
			}
		}
		t.Routes = append(t.Routes, missing...) // at the end: the places of the others are told in errors
	}
}

// defaultACLs gives a default network ACL to each VPC that has none (F6.001, F6.004).
func defaultACLs(c *Config) {
	has := make(map[string]bool)
	for _, a := range c.NetworkACLs {
		has[a.VPC] = has[a.VPC] || a.Default
	}
	for i := range c.VPCs {
		if v := &c.VPCs[i]; !has[v.ID] {
			c.NetworkACLs = append(c.NetworkACLs, nacl.ACL{
				ID: v.ID + "-default-acl", VPC: v.ID, Default: true, Entries: nacl.DefaultEntries(hasIPv6(c, v.ID)),
			})
		}
	}
}

// defaultGroups gives a default security group to each VPC that has none (F5.003).
func defaultGroups(c *Config) {
	has := make(map[string]bool)
	for _, g := range c.SecurityGroups {
		has[g.VPC] = has[g.VPC] || g.Default
	}
	for i := range c.VPCs {
		v := &c.VPCs[i]
		if has[v.ID] {
			continue
		}
		id := v.ID + "-default-sg"
		c.SecurityGroups = append(c.SecurityGroups, sg.Group{
			ID: id, Name: "default", Description: "default VPC security group", VPC: v.ID, Default: true,
			Rules: sg.DefaultRules(id, hasIPv6(c, v.ID)),
		})
	}
}

func hasIPv6(c *Config, vpc string) bool {
	for i := range c.VPCs {
		if v := &c.VPCs[i]; v.ID == vpc {
			for _, b := range v.Blocks {
				if b.CIDR.IsValid() && b.CIDR.Addr().Is6() {
					return true
				}
			}
		}
	}
	return false
}

func interfaceIDs(c *Config) map[string]int {
	known := make(map[string]int, len(c.Interfaces))
	for i := range c.Interfaces {
		known[c.Interfaces[i].ID] = i
	}
	return known
}

// interfaceGroups puts the VPC's default group on each interface that could have groups and names none
// (F5.003, F7.103).
func interfaceGroups(c *Config) {
	vpcOf := make(map[string]string)
	for _, s := range c.Subnets {
		vpcOf[s.ID] = s.VPC
	}
	defaultOf := make(map[string]string)
	for _, g := range c.SecurityGroups {
		if g.Default {
			defaultOf[g.VPC] = g.ID
		}
	}
	for i := range c.Interfaces {
		e := &c.Interfaces[i]
		if g := defaultOf[vpcOf[e.Subnet]]; g != "" && len(e.Groups) == 0 && takesDefaultGroup(e.Kind) {
			e.Groups = []string{g}
		}
	}
}

func takesDefaultGroup(k subnet.InterfaceKind) bool {
	switch k {
	case subnet.KindUnspecified, subnet.Standard, subnet.VPCEndpoint, subnet.Lambda, subnet.LoadBalancer:
		return true
	}
	return false
}

// elasticAddresses puts each associated Elastic IP address on its interface (F3.018).
func elasticAddresses(c *Config, bad *mistakes) {
	known := interfaceIDs(c)
	for _, a := range c.ElasticIPs {
		if a.Interface == "" {
			continue
		}
		at, ok := known[a.Interface]
		if !ok {
			bad.add(KindElasticIP, a.ID, "Interface", a.Interface, fault.ErrNotFound, "want the ID of a network interface")
			continue
		}
		associate(&c.Interfaces[at], a, bad)
	}
}

func associate(e *subnet.Interface, a subnet.ElasticIP, bad *mistakes) {
	if e.DenyAllIGWTraffic { // F4.015
		bad.add(KindElasticIP, a.ID, "Interface", e.ID, fault.ErrInvalid,
			"it takes nothing from internet gateways: want another interface, or its DenyAllIGWTraffic off")
		return
	}
	if len(e.Private) == 0 {
		e.Private = []subnet.Address{{}}
	}
	for i := range e.Private {
		p := &e.Private[i]
		if a.PrivateIP.IsValid() && !p.Private.IsValid() {
			p.Private = a.PrivateIP // still to be allocated: it is what the association says
		}
		if a.PrivateIP.IsValid() && p.Private != a.PrivateIP {
			continue
		}
		if p.Public.IsValid() && p.Public != a.PublicIP {
			bad.add(KindElasticIP, a.ID, "PublicIP", a.PublicIP, fault.ErrDuplicate,
				"%s of %s has %s already: an address has one public address", p.Private, e.ID, p.Public)
			return
		}
		p.Public = a.PublicIP
		return
	}
	bad.add(KindElasticIP, a.ID, "PrivateIP", a.PrivateIP, fault.ErrNotFound, "want a private address of %s", e.ID)
}

// allocateAddresses gives each interface in a subnet with IPv4 a private address: the lowest free one, in
// the order of the interfaces' IDs, so that the order of the slices does not matter.
func allocateAddresses(c *Config, bad *mistakes) {
	free := make(map[string]*subnet.Allocator)
	for i := range c.Subnets {
		if s := &c.Subnets[i]; s.CIDR.IsValid() {
			free[s.ID] = subnet.NewAllocator(s.CIDR)
		}
	}
	var waiting []*subnet.Interface
	for i := range c.Interfaces {
		e := &c.Interfaces[i]
		if free[e.Subnet] == nil {
			continue
		}
		if len(e.Private) == 0 {
			e.Private = []subnet.Address{{}}
		}
		takeAddresses(e, free[e.Subnet], bad)
		waiting = append(waiting, e)
	}
	slices.SortFunc(waiting, func(a, b *subnet.Interface) int { return cmp.Compare(a.ID, b.ID) })
	for _, e := range waiting {
		for i := range e.Private {
			if e.Private[i].Private.IsValid() {
				continue
			}
			a, ok := free[e.Subnet].Next()
			if !ok {
				bad.add(KindInterface, e.ID, "Subnet", e.Subnet, fault.ErrLimit, "the subnet has no free address left")
				break
			}
			e.Private[i].Private = a
		}
	}
}

// takeAddresses marks the addresses that e names, and reports those that it can't have (F3.009, F3.010).
func takeAddresses(e *subnet.Interface, free *subnet.Allocator, bad *mistakes) {
	for i, a := range e.Private {
		if !a.Private.IsValid() {
			continue
		}
		if err := free.Take(a.Private); err != nil {
			bad.report(KindInterface, e.ID, &fault.Fault{Field: fmt.Sprintf("Private[%d].Private", i), Value: a.Private.String(), Err: err})
		}
	}
}
