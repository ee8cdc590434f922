package packetwalk

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/vpc"
)

// ofVPCs counts what belongs to a VPC: blocks (F3.003), subnets (F3.022), route tables (F2.035), ACLs
// (F6.020) and active peerings (F8.004).
func (q *quotas) ofVPCs() {
	tables, acls, peerings := make(map[string]int), make(map[string]int), make(map[string]int)
	for i := range q.RouteTables {
		tables[q.RouteTables[i].VPC]++
	}
	for i := range q.NetworkACLs {
		acls[q.NetworkACLs[i].VPC]++
	}
	for i := range q.Peerings {
		if p := &q.Peerings[i]; p.Active() {
			peerings[p.Requester.VPC]++
			peerings[p.Accepter.VPC]++
		}
	}
	for i := range q.VPCs {
		v := &q.VPCs[i]
		ipv4, ipv6 := countBlocks(v)
		q.hold(blocksPerFamily, ipv4, KindVPC, v.ID, "Blocks", "IPv4 blocks")
		q.hold(blocksPerFamily, ipv6, KindVPC, v.ID, "Blocks", "IPv6 blocks")
		q.hold(subnetsPerVPC, len(q.subnetsOf[v.ID]), KindVPC, v.ID, "", "subnets")
		q.hold(tablesPerVPC, tables[v.ID], KindVPC, v.ID, "", "route tables")
		q.hold(aclsPerVPC, acls[v.ID], KindVPC, v.ID, "", "network ACLs")
		q.hold(activePeerings, peerings[v.ID], KindVPC, v.ID, "", "active VPC peering connections")
	}
}

// countBlocks counts the blocks that a VPC has or is about to have (F3.004).
func countBlocks(v *vpc.VPC) (ipv4, ipv6 int) {
	for _, b := range v.Blocks {
		switch {
		case !b.Usable() && b.State != vpc.Associating:
		case b.CIDR.Addr().Is4():
			ipv4++
		default:
			ipv6++
		}
	}
	return ipv4, ipv6
}

// region is an account in a Region. Quotas of a Region are each account's own.
type region struct{ account, name string }

// regionOf gives the account and the Region of a VPC.
func (q *quotas) regionOf(id string) (region, bool) {
	v := q.vpcs[id]
	if v == nil {
		return region{}, false
	}
	return region{v.Account, v.Region}, true
}

// ofRegions counts what belongs to an account in a Region: VPCs and Elastic IP addresses (F3.022), security
// groups (F5.013). It names the first resource that is one too many.
func (q *quotas) ofRegions() {
	vpcs := tally{q: q, limit: vpcsPerRegion, kind: KindVPC, what: "VPCs"}
	for i := range q.VPCs {
		vpcs.add(q.VPCs[i].ID, q.VPCs[i].ID)
	}
	vpcs.hold()
	groups := tally{q: q, limit: groupsPerRegion, kind: KindSecurityGroup, what: "security groups"}
	for i := range q.SecurityGroups {
		groups.add(q.SecurityGroups[i].VPC, q.SecurityGroups[i].ID)
	}
	groups.hold()
	q.ofElasticIPs()
}

// ofElasticIPs counts the addresses that are given as such, and those of public NAT gateways, which can have
// no others (F4.201). An address that is associated with nothing is in a Region that nothing tells: it is not
// counted.
func (q *quotas) ofElasticIPs() {
	counted := make(map[netip.Addr]bool)
	elastic := tally{q: q, limit: elasticIPs, kind: KindElasticIP, what: "Elastic IP addresses"}
	for i := range q.ElasticIPs {
		a := &q.ElasticIPs[i]
		if e := q.interfaces[a.Interface]; e != nil {
			counted[a.PublicIP] = true
			elastic.add(q.vpcOf(e), a.ID)
		}
	}
	elastic.kind = KindNATGateway // of what is one too many from here on
	for i := range q.NATGateways {
		g := &q.NATGateways[i]
		vpc := g.VPC // of a regional one
		if s := q.index.subnets[g.Subnet]; s != nil {
			vpc = s.VPC
		}
		if !holdsAddresses(g) {
			continue
		}
		for _, a := range g.Addresses {
			if a.Public.IsValid() && !counted[a.Public] {
				counted[a.Public] = true
				elastic.add(vpc, g.ID)
			}
		}
	}
	elastic.hold()
}

// tally counts resources by account and Region.
type tally struct {
	q     *quotas
	limit quota
	kind  Kind
	what  string

	counts map[region]int
	over   []tooMany // in the order in which they were met
}

// tooMany is the first resource beyond the quota of a region.
type tooMany struct {
	region
	kind Kind
	id   string
}

// add counts a resource of a VPC.
func (t *tally) add(vpc, id string) {
	at, ok := t.q.regionOf(vpc)
	if !ok {
		return // reported
	}
	if t.counts == nil {
		t.counts = make(map[region]int)
	}
	if t.counts[at]++; t.counts[at] == t.limit.standard+1 {
		t.over = append(t.over, tooMany{at, t.kind, id})
	}
}

// hold compares the counts with the quota.
func (t *tally) hold() {
	for _, o := range t.over {
		t.q.hold(t.limit, t.counts[o.region], o.kind, o.id, "", "%s of account %s in Region %s", t.what, o.account, o.name)
	}
}
