package packetwalk

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/subnet"
)

// checker looks at how the resources of a completed Config hang together.
type checker struct {
	*Config
	*index
	bad *mistakes
	// owners are the resources for which AWS runs a network interface, by its ID.
	owners map[string]string
}

func check(cfg *Config, x *index, bad *mistakes) {
	c := checker{Config: cfg, index: x, bad: bad, owners: make(map[string]string)}
	c.checkVPCs()
	c.checkSubnets()
	c.checkInterfaces()
	c.checkAddresses()
	c.checkGateways()
	c.checkNATs()
	c.checkTables()
	c.checkACLs()
	c.checkGroups()
	c.checkEndpoints()
	c.checkBalancers()
	c.checkServices()
	c.checkPeerings()
	c.checkHostedZones()
	c.checkBlockPublicAccess()
	c.checkEncryptionControls()
	c.checkZones()
	c.checkFlowLogs()
	c.checkInternetTraffic()
}

// find reports a reference that leads nowhere.
func find[R any](c *checker, in map[string]*R, kind Kind, id, field, ref string, want Kind) *R {
	r := in[ref]
	if r == nil {
		c.bad.add(kind, id, field, ref, fault.ErrNotFound, "want the ID of %s", withArticle(want))
	}
	return r
}

// withArticle says "a subnet", "an instance".
func withArticle(k Kind) string {
	if strings.ContainsRune("aeiouE", rune(k[0])) {
		return "an " + string(k)
	}
	return "a " + string(k)
}

// sameVPC reports a reference into another VPC.
func (c *checker) sameVPC(kind Kind, id, field, ref, is, want string) {
	if is != want {
		c.bad.add(kind, id, field, ref, fault.ErrInvalid, "it is in VPC %q: want one of VPC %q", is, want)
	}
}

// once reports the second of what there can be one of: first notes by key who came first.
func (c *checker) once(first map[string]string, key string, kind Kind, id, field, value, what string) {
	if other, taken := first[key]; taken {
		c.bad.add(kind, id, field, value, fault.ErrDuplicate, "%s has %q already: it can have one", what, other)
		return
	}
	first[key] = id
}

func (c *checker) checkVPCs() {
	for i := range c.VPCs {
		if v := &c.VPCs[i]; v.DHCPOptions != "" {
			find(c, c.dhcp, KindVPC, v.ID, "DHCPOptions", v.DHCPOptions, KindDHCPOptions)
		}
	}
}

// checkSubnets: in a zone of the VPC's Region, inside one block of the VPC, and apart from each other
// (F3.009).
func (c *checker) checkSubnets() {
	for i := range c.Subnets {
		s := &c.Subnets[i]
		v := find(c, c.vpcs, KindSubnet, s.ID, "VPC", s.VPC, KindVPC)
		if v == nil {
			continue
		}
		c.checkSubnetZone(s, v)
		var blocks []netip.Prefix
		for _, b := range v.Blocks {
			if b.Usable() {
				blocks = append(blocks, b.CIDR)
			}
		}
		for _, r := range []struct {
			field string
			cidr  netip.Prefix
		}{{"CIDR", s.CIDR}, {"IPv6CIDR", s.IPv6CIDR}} {
			if r.cidr.IsValid() && !slices.ContainsFunc(blocks, func(b netip.Prefix) bool { return covers(b, r.cidr) }) {
				c.bad.add(KindSubnet, s.ID, r.field, r.cidr, fault.ErrOutside,
					"want a range inside one of the blocks %v of VPC %q", blocks, v.ID)
			}
		}
	}
	for i := range c.VPCs {
		id := c.VPCs[i].ID
		c.checkOverlap(c.subnetsOf[id], "CIDR", func(s *subnet.Subnet) netip.Prefix { return s.CIDR })
		c.checkOverlap(c.subnetsOf[id], "IPv6CIDR", func(s *subnet.Subnet) netip.Prefix { return s.IPv6CIDR })
	}
}

func covers(outer, inner netip.Prefix) bool {
	return outer.IsValid() && outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// checkOverlap sorts the ranges, so that those that overlap stand side by side.
func (c *checker) checkOverlap(subnets []*subnet.Subnet, field string, cidr func(*subnet.Subnet) netip.Prefix) {
	var list []*subnet.Subnet
	for _, s := range subnets {
		if cidr(s).IsValid() {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b *subnet.Subnet) int {
		return cmp.Or(cidr(a).Addr().Compare(cidr(b).Addr()), cmp.Compare(cidr(a).Bits(), cidr(b).Bits()), cmp.Compare(a.ID, b.ID))
	})
	for i := 1; i < len(list); i++ {
		if a, b := list[i-1], list[i]; cidr(a).Overlaps(cidr(b)) {
			c.bad.add(KindSubnet, b.ID, field, cidr(b), fault.ErrOverlap,
				"with %s of subnet %q: want a range of its own", cidr(a), a.ID)
		}
	}
}

func (c *checker) checkInterfaces() {
	for i := range c.Interfaces {
		e := &c.Interfaces[i]
		if e.Attachment.Instance != "" {
			find(c, c.instances, KindInterface, e.ID, "Attachment.Instance", e.Attachment.Instance, KindInstance)
		}
		s := find(c, c.subnets, KindInterface, e.ID, "Subnet", e.Subnet, KindSubnet)
		if s == nil {
			continue
		}
		for j, a := range e.IPv6 {
			field := fmt.Sprintf("IPv6[%d]", j)
			switch {
			case !s.IPv6CIDR.Contains(a):
				c.bad.add(KindInterface, e.ID, field, a, fault.ErrOutside,
					"want an address in %s, the range of subnet %q", orNone(s.IPv6CIDR), s.ID)
			case s.Reserved(a):
				c.bad.add(KindInterface, e.ID, field, a, fault.ErrOutside,
					"the first four addresses and the last one of a subnet are reserved")
			}
		}
		if !s.CIDR.IsValid() && len(e.Private) > 0 && e.Kind != subnet.NATGateway {
			c.bad.add(KindInterface, e.ID, "Private", e.Primary(), fault.ErrOutside, "subnet %q has no IPv4 range", s.ID)
		}
		for j, id := range e.Groups {
			field := fmt.Sprintf("Groups[%d]", j)
			if g := find(c, c.groups, KindInterface, e.ID, field, id, KindSecurityGroup); g != nil {
				c.groupIn(KindInterface, e.ID, field, g, s.VPC)
			}
		}
	}
	c.checkInstances()
}

// checkInstances: an instance has one interface at each device index.
func (c *checker) checkInstances() {
	for i := range c.Instances {
		list := c.attached[c.Instances[i].ID]
		for j := 1; j < len(list); j++ {
			if a, b := list[j-1], list[j]; a.Attachment.DeviceIndex == b.Attachment.DeviceIndex {
				c.bad.add(KindInterface, b.ID, "Attachment.DeviceIndex", b.Attachment.DeviceIndex, fault.ErrDuplicate,
					"interface %q of instance %q has it already", a.ID, c.Instances[i].ID)
			}
		}
	}
}

func orNone(p netip.Prefix) string {
	if !p.IsValid() {
		return "no range"
	}
	return p.String()
}

// checkAddresses: an address stands for one interface: a public one everywhere, an IPv6 one in its VPC.
// (Private IPv4 addresses are looked at where they are allocated.)
func (c *checker) checkAddresses() {
	public := make(map[netip.Addr]string)
	private := make(map[string]map[netip.Addr]string)
	for i := range c.Interfaces {
		e := &c.Interfaces[i]
		for j, a := range e.Private {
			if a.Public.IsValid() {
				c.holds(public, a.Public, e.ID, fmt.Sprintf("Private[%d].Public", j))
			}
		}
		v := c.vpcOf(e)
		if private[v] == nil {
			private[v] = make(map[netip.Addr]string)
		}
		for j, a := range e.IPv6 {
			if isGlobal(a) {
				c.holds(public, a, e.ID, fmt.Sprintf("IPv6[%d]", j))
				continue
			}
			c.holds(private[v], a, e.ID, fmt.Sprintf("IPv6[%d]", j))
		}
	}
	c.checkNATAddresses(public)
	held := make(map[netip.Addr]string)
	for i := range c.ElasticIPs {
		a := &c.ElasticIPs[i]
		if other, taken := held[a.PublicIP]; taken {
			c.bad.add(KindElasticIP, a.ID, "PublicIP", a.PublicIP, fault.ErrDuplicate, "%q has it already", other)
		}
		held[a.PublicIP] = a.ID
	}
}

func (c *checker) holds(by map[netip.Addr]string, a netip.Addr, id, field string) {
	if other, taken := by[a]; taken {
		c.bad.add(KindInterface, id, field, a, fault.ErrDuplicate, "interface %q has it already", other)
		return
	}
	by[a] = id
}

// isGlobal reports whether a is an IPv6 address that the internet can name.
func isGlobal(a netip.Addr) bool { return a.Is6() && a.IsGlobalUnicast() && !a.IsPrivate() }

// checkPeerings: two VPCs that do not overlap, joined once (F8.003, F8.004).
func (c *checker) checkPeerings() {
	joined := make(map[string]string)
	for i := range c.Peerings {
		p := &c.Peerings[i]
		c.checkSide(p, "Requester", p.Requester)
		c.checkSide(p, "Accepter", p.Accepter)
		if a, b, yes := peering.Overlap(c.blocks(p.Requester), c.blocks(p.Accepter)); yes && (p.Active() || pending(p)) {
			c.bad.add(KindPeering, p.ID, "Accepter.VPC", p.Accepter.VPC, fault.ErrOverlap,
				"its block %s and %s of VPC %q share addresses: VPCs that overlap can't be peered", b, a, p.Requester.VPC)
		}
		if !p.Active() {
			continue
		}
		pair := []string{p.Requester.VPC, p.Accepter.VPC}
		slices.Sort(pair)
		c.once(joined, pair[0]+"\x00"+pair[1], KindPeering, p.ID,
			"Accepter.VPC", p.Accepter.VPC, fmt.Sprintf("the pair of VPCs %q and %q", pair[0], pair[1]))
	}
}

// pending reports whether a peering waits to be accepted. An overlap makes such a request fail (F3.006).
func pending(p *peering.Connection) bool { return p.Status == peering.PendingAcceptance }

func (c *checker) checkSide(p *peering.Connection, field string, s peering.Side) {
	if len(s.Blocks) == 0 && (p.Active() || pending(p)) {
		find(c, c.vpcs, KindPeering, p.ID, field+".VPC", s.VPC, KindVPC)
	}
}

// blocks are the blocks of a peering's side: of the VPC, or as the side names them.
func (c *checker) blocks(s peering.Side) []netip.Prefix {
	v := c.vpcs[s.VPC]
	if v == nil {
		return s.Blocks
	}
	var list []netip.Prefix
	for _, b := range v.Blocks {
		if b.Usable() {
			list = append(list, b.CIDR)
		}
	}
	return list
}
