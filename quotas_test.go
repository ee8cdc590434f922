package packetwalk_test

import (
	"errors"
	"fmt"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// quotaCase is a network beside a quota: within it, beyond the standard one, or beyond the highest one.
type quotaCase struct {
	name    string
	config  packetwalk.Config
	warned  []packetwalk.Warning // Code and Text left out: the text is in says
	refused []refusal
	says    string
}

// refusal is where a mistake is.
type refusal struct{ id, field string }

// runQuotas builds each network, as it is and without quotas.
func runQuotas(t *testing.T, cases []quotaCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n, err := c.config.Build()
			if len(c.refused) > 0 {
				checkRefused(t, c, err)
			} else {
				require.NoError(t, err)
				checkOverQuota(t, c, n)
			}
			c.config.NoQuotas = true
			n, err = c.config.Build()
			require.NoError(t, err, "without quotas")
			assert.False(t, hasWarning(n, packetwalk.OverQuota), "without quotas")
		})
	}
}

func checkRefused(t *testing.T, c quotaCase, err error) {
	t.Helper()
	require.Error(t, err)
	var got []refusal
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		var mistake *packetwalk.ConfigError
		require.True(t, errors.As(e, &mistake), "%v", e)
		assert.ErrorIs(t, e, packetwalk.ErrLimit)
		assert.ErrorContains(t, e, c.says)
		got = append(got, refusal{mistake.ID, mistake.Field})
	}
	assert.Equal(t, c.refused, got, "%v", err)
}

func checkOverQuota(t *testing.T, c quotaCase, n *packetwalk.Network) {
	t.Helper()
	var got []packetwalk.Warning
	for _, w := range n.Warnings() {
		if w.Code == packetwalk.OverQuota {
			assert.Contains(t, w.Text, c.says)
			w.Code, w.Text = 0, ""
			got = append(got, w)
		}
	}
	assert.Equal(t, c.warned, got)
}

func over(kind packetwalk.Kind, id, field string) []packetwalk.Warning {
	return []packetwalk.Warning{{Kind: kind, ID: id, Field: field}}
}

// oneVPC is a VPC with a subnet "s", edited.
func oneVPC(edits ...func(c *packetwalk.Config)) packetwalk.Config {
	c := packetwalk.Config{
		VPCs:    []vpc.VPC{{ID: "app", Blocks: vpc.Blocks("10.0.0.0/16", "2001:db8:1::/56")}},
		Subnets: []subnet.Subnet{{ID: "s", VPC: "app", CIDR: prefix("10.0.255.0/24")}},
	}
	for _, edit := range edits {
		edit(&c)
	}
	return c
}

// nth4 and nth6 are single addresses, each another, as blocks.
func nth4(i int) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{203, 0, byte(i >> 8), byte(i)}), 32)
}

func nth6(i int) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom16([16]byte{0: 0x20, 1: 0x01, 2: 0x0d, 3: 0xb9, 14: byte(i >> 8), 15: byte(i)}), 128)
}

// TestQuotasOfVPCs: what belongs to a VPC.
func TestQuotasOfVPCs(t *testing.T) {
	ipv4 := func(n int) func(c *packetwalk.Config) { // the primary one is the first of them
		return func(c *packetwalk.Config) {
			for i := 1; i < n; i++ {
				c.VPCs[0].Blocks = append(c.VPCs[0].Blocks, vpc.Blocks(fmt.Sprintf("100.64.%d.0/24", i))...)
			}
		}
	}
	ipv6 := func(n int) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) {
			for i := 1; i < n; i++ {
				c.VPCs[0].Blocks = append(c.VPCs[0].Blocks, vpc.Blocks(fmt.Sprintf("2001:db8:2:%x00::/56", i))...)
			}
		}
	}
	state := func(s vpc.BlockState) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) { c.VPCs[0].Blocks[2].State = s }
	}
	subnets := func(n int) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) {
			for i := 1; i < n; i++ {
				c.Subnets = append(c.Subnets, subnet.Subnet{ID: fmt.Sprint("s", i), VPC: "app", CIDR: prefix(fmt.Sprintf("10.0.%d.0/24", i))})
			}
		}
	}
	tables := func(n int) func(c *packetwalk.Config) { // Build adds the main one
		return func(c *packetwalk.Config) {
			for i := 1; i < n; i++ {
				c.RouteTables = append(c.RouteTables, route.Table{ID: fmt.Sprint("rtb", i), VPC: "app"})
			}
		}
	}
	acls := func(n int) func(c *packetwalk.Config) { // Build adds the default one
		return func(c *packetwalk.Config) {
			for i := 1; i < n; i++ {
				c.NetworkACLs = append(c.NetworkACLs, nacl.ACL{ID: fmt.Sprint("acl", i), VPC: "app"})
			}
		}
	}
	runQuotas(t, []quotaCase{
		{name: "F3.003 5 IPv4 and 5 IPv6 blocks", config: oneVPC(ipv4(5), ipv6(5))},
		{name: "F3.003 6 IPv4 blocks", config: oneVPC(ipv4(6)), warned: over(packetwalk.KindVPC, "app", "Blocks"),
			says: "6 IPv4 blocks: the default quota is 5, AWS raises it to at most 50: ask for more, or set NoQuotas"},
		{name: "F3.003 6 IPv6 blocks", config: oneVPC(ipv6(6)), warned: over(packetwalk.KindVPC, "app", "Blocks"), says: "6 IPv6 blocks: the default quota is 5"},
		{name: "F3.003 50 of each", config: oneVPC(ipv4(50), ipv6(50)),
			warned: append(over(packetwalk.KindVPC, "app", "Blocks"), over(packetwalk.KindVPC, "app", "Blocks")...), says: "50 IPv"},
		{name: "F3.003 51 IPv4 blocks", config: oneVPC(ipv4(51)), refused: []refusal{{"app", "Blocks"}}, says: "IPv4 blocks: want at most 50"},
		{name: "F3.003 51 of each, two mistakes", config: oneVPC(ipv4(51), ipv6(51)), refused: []refusal{{"app", "Blocks"}, {"app", "Blocks"}}, says: "want at most 50"},
		{name: "F3.004 a block that is gone does not count", config: oneVPC(ipv4(6), state(vpc.Disassociated))},
		{name: "F3.004 one on its way does", config: oneVPC(ipv4(6), state(vpc.Associating)), warned: over(packetwalk.KindVPC, "app", "Blocks"), says: "6 IPv4"},
		{name: "F3.022 200 subnets", config: oneVPC(subnets(200))},
		{name: "F3.022 201 subnets", config: oneVPC(subnets(201)), warned: over(packetwalk.KindVPC, "app", ""), says: "201 subnets: the default quota is 200, AWS raises it: ask for more"},
		{name: "F2.035 200 route tables, the main one included", config: oneVPC(tables(200))},
		{name: "F2.035 201 route tables", config: oneVPC(tables(201)), warned: over(packetwalk.KindVPC, "app", ""), says: "201 route tables: the default quota is 200"},
		{name: "F6.020 200 ACLs, the default one included", config: oneVPC(acls(200))},
		{name: "F6.020 201 ACLs", config: oneVPC(acls(201)), warned: over(packetwalk.KindVPC, "app", ""), says: "201 network ACLs: the default quota is 200"},
	})
}

// star is a VPC with peers, each in an account of its own.
func star(peers int, status peering.Status) packetwalk.Config {
	c := oneVPC()
	for i := 1; i <= peers; i++ {
		id := fmt.Sprint("peer", i)
		c.VPCs = append(c.VPCs, vpc.VPC{ID: id, Account: fmt.Sprintf("%012d", i), Blocks: vpc.Blocks(fmt.Sprintf("10.%d.0.0/16", i))})
		c.Peerings = append(c.Peerings, peering.Connection{
			ID: "pcx-" + id, Requester: peering.Side{VPC: "app"}, Accepter: peering.Side{VPC: id}, Status: status,
		})
	}
	return c
}

// TestQuotasOfPeerings: F8.004, those that are active.
func TestQuotasOfPeerings(t *testing.T) {
	runQuotas(t, []quotaCase{
		{name: "F8.004 50 active", config: star(50, peering.Active)},
		{name: "F8.004 51 active", config: star(51, peering.Active), warned: over(packetwalk.KindVPC, "app", ""),
			says: "51 active VPC peering connections: the default quota is 50, AWS raises it to at most 125: ask for more, or set NoQuotas"},
		{name: "F8.004 51 that wait", config: star(51, peering.PendingAcceptance)},
		{name: "F8.004 125 active", config: star(125, peering.Active), warned: over(packetwalk.KindVPC, "app", ""), says: "125 active"},
		{name: "F8.004 126 active", config: star(126, peering.Active), refused: []refusal{{"app", ""}}, says: "want at most 125"},
	})
}

// TestQuotasOfRegions: what belongs to an account in a Region. The first that is too many is named.
func TestQuotasOfRegions(t *testing.T) {
	vpcs := func(n int, edit func(i int, v *vpc.VPC)) packetwalk.Config {
		var c packetwalk.Config
		for i := range n {
			v := vpc.VPC{ID: fmt.Sprint("v", i), Blocks: vpc.Blocks("10.0.0.0/16")}
			edit(i, &v)
			c.VPCs = append(c.VPCs, v)
		}
		return c
	}
	same := func(int, *vpc.VPC) {}
	elastic := func(n int) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) {
			for i := range n {
				id := fmt.Sprint("e", i)
				c.Interfaces = append(c.Interfaces, subnet.Interface{ID: id, Subnet: "s"})
				c.ElasticIPs = append(c.ElasticIPs, subnet.ElasticIP{ID: "eip-" + id, PublicIP: nth4(i).Addr(), Interface: id})
			}
		}
	}
	nat := func(c *packetwalk.Config) {
		c.NATGateways = append(c.NATGateways, gateway.NAT{ID: "nat", Subnet: "s", Addresses: []gateway.NATAddress{{Public: addr("198.51.100.1")}}})
	}
	natEIP := func(c *packetwalk.Config) { // the same address as the NAT gateway's
		c.ElasticIPs = append(c.ElasticIPs, subnet.ElasticIP{ID: "eip-nat", PublicIP: addr("198.51.100.1"), Interface: "nat-eni"})
	}
	regional := func(c *packetwalk.Config) {
		c.NATGateways = append(c.NATGateways, gateway.NAT{
			ID: "nat", AvailabilityMode: gateway.Regional, VPC: "app", Addresses: []gateway.NATAddress{{Public: addr("198.51.100.1"), Zone: "us-east-1a"}},
		})
	}
	groups := func(n int) func(c *packetwalk.Config) { // Build adds the default one
		return func(c *packetwalk.Config) {
			for i := 1; i < n; i++ {
				c.SecurityGroups = append(c.SecurityGroups, sg.Group{ID: fmt.Sprint("g", i), VPC: "app"})
			}
		}
	}
	runQuotas(t, []quotaCase{
		{name: "F3.022 5 VPCs", config: vpcs(5, same)},
		{name: "F3.022 7 VPCs", config: vpcs(7, same), warned: over(packetwalk.KindVPC, "v5", ""),
			says: "7 VPCs of account 123456789012 in Region us-east-1: the default quota is 5, AWS raises it: ask for more"},
		{name: "F3.022 7 VPCs in two Regions", config: vpcs(7, func(i int, v *vpc.VPC) { v.Region = fmt.Sprintf("eu-west-%d", 1+i%2) })},
		{name: "F3.022 7 VPCs of two accounts", config: vpcs(7, func(i int, v *vpc.VPC) { v.Account = fmt.Sprintf("%012d", i%2) })},
		{name: "F3.022 5 Elastic IP addresses", config: oneVPC(elastic(5))},
		{name: "F3.022 6 Elastic IP addresses", config: oneVPC(elastic(6)), warned: over(packetwalk.KindElasticIP, "eip-e5", ""), says: "6 Elastic IP addresses of account"},
		{name: "F4.201 a NAT gateway's is one", config: oneVPC(elastic(5), nat), warned: over(packetwalk.KindNATGateway, "nat", ""), says: "6 Elastic IP addresses"},
		{name: "F4.219 a regional one's is one", config: oneVPC(elastic(5), regional), warned: over(packetwalk.KindNATGateway, "nat", ""), says: "6 Elastic IP addresses"},
		{name: "F4.222 that of one that is gone is none", config: oneVPC(elastic(5), nat, func(c *packetwalk.Config) { c.NATGateways[0].State = gateway.NATDeleted })},
		{name: "F4.201 and counts once", config: oneVPC(elastic(4), nat, natEIP)},
		{name: "F5.013 2500 security groups", config: oneVPC(groups(2500))},
		{name: "F5.013 2501 security groups", config: oneVPC(groups(2501)), warned: over(packetwalk.KindSecurityGroup, "app-default-sg", ""), says: "2501 security groups of account"},
	})
}

// TestQuotasOfRoutes: F2.035, the routes of a table.
func TestQuotasOfRoutes(t *testing.T) {
	igw := route.Target{Kind: route.InternetGateway, ID: "igw"}
	table := func(n4, n6, propagated int, lists ...route.PrefixList) packetwalk.Config {
		return oneVPC(func(c *packetwalk.Config) {
			c.InternetGateways = []gateway.Internet{{ID: "igw", VPC: "app"}}
			rtb := route.Table{ID: "rtb", VPC: "app"}
			for i := range n4 {
				rtb.Routes = append(rtb.Routes, route.Route{Destination: nth4(i), Target: igw})
			}
			for i := range n6 {
				rtb.Routes = append(rtb.Routes, route.Route{Destination: nth6(i), Target: igw})
			}
			for i := range propagated {
				rtb.Routes = append(rtb.Routes, route.Route{
					Destination: nth4(i), Target: route.Target{Kind: route.VirtualPrivateGateway, ID: "vgw"}, Origin: route.Propagated,
				})
			}
			for _, l := range lists {
				rtb.Routes = append(rtb.Routes, route.Route{PrefixList: l.ID, Target: igw})
			}
			c.PrefixLists, c.RouteTables = lists, []route.Table{rtb}
		})
	}
	list := func(name string, max int, entries ...netip.Prefix) route.PrefixList {
		return route.PrefixList{ID: "pl", Name: name, MaxEntries: max, Entries: entries}
	}
	// A local route stands in the table beside these, for each of the VPC's two blocks.
	runQuotas(t, []quotaCase{
		{name: "F2.035 500 routes of each family", config: table(499, 499, 0)},
		{name: "F2.035 501 IPv4 routes", config: table(500, 0, 0), warned: over(packetwalk.KindRouteTable, "rtb", "Routes"),
			says: "501 IPv4 routes: the default quota is 500, AWS raises it to at most 1000: ask for more, or set NoQuotas"},
		{name: "F2.035 501 IPv6 routes", config: table(0, 500, 0), warned: over(packetwalk.KindRouteTable, "rtb", "Routes"), says: "501 IPv6 routes"},
		{name: "F2.035 1000 routes", config: table(999, 0, 0), warned: over(packetwalk.KindRouteTable, "rtb", "Routes"), says: "1000 IPv4 routes"},
		{name: "F2.035 1001 routes", config: table(1000, 0, 0), refused: []refusal{{"rtb", "Routes"}}, says: "IPv4 routes: want at most 1000"},
		{name: "F2.035 100 propagated routes beside the others", config: table(499, 0, 100)},
		{name: "F2.035 101 propagated routes", config: table(0, 0, 101), refused: []refusal{{"rtb", "Routes"}}, says: "propagated routes: want at most 100"},
		{name: "F2.036 a list counts as what it may hold", config: table(400, 0, 0, list("offices", 100, nth4(1000))), warned: over(packetwalk.KindRouteTable, "rtb", "Routes"),
			says: "501 IPv4 routes"},
		{name: "F2.036 in its own family", config: table(400, 0, 0, list("offices", 100, nth6(1000)))},
		{name: "F2.036 S3's counts as one", config: table(498, 0, 0, list("com.amazonaws.us-east-1.s3", 0, nth4(1000), nth4(1002), nth4(1004)))},
		{name: "F2.036 CloudFront's counts as 55", config: table(445, 0, 0, list("com.amazonaws.global.cloudfront.origin-facing", 0, nth4(1000))),
			warned: over(packetwalk.KindRouteTable, "rtb", "Routes"), says: "501 IPv4 routes"},
	})
}

// TestQuotasOfACLs: F6.020, the entries of an ACL.
func TestQuotasOfACLs(t *testing.T) {
	acl := func(in, out int) packetwalk.Config {
		return oneVPC(func(c *packetwalk.Config) {
			a := nacl.ACL{ID: "acl", VPC: "app"}
			for d, n := range map[packet.Direction]int{packet.Ingress: in, packet.Egress: out} {
				for i := range n {
					a.Entries = append(a.Entries, nacl.Entry{Number: 1 + i, Direction: d, Action: nacl.Allow, Service: packet.All(), CIDR: nth4(i)})
				}
			}
			c.NetworkACLs = []nacl.ACL{a}
		})
	}
	runQuotas(t, []quotaCase{
		{name: "F6.020 20 each way", config: acl(20, 20)},
		{name: "F6.020 21 in", config: acl(21, 20), warned: over(packetwalk.KindNetworkACL, "acl", "Entries"),
			says: "21 ingress entries: the default quota is 20, AWS raises it to at most 40: ask for more, or set NoQuotas"},
		{name: "F6.020 40 out", config: acl(0, 40), warned: over(packetwalk.KindNetworkACL, "acl", "Entries"), says: "40 egress entries"},
		{name: "A22 41 in", config: acl(41, 0), refused: []refusal{{"acl", "Entries"}}, says: "ingress entries: want at most 40"},
		{name: "A22 41 out", config: acl(0, 41), refused: []refusal{{"acl", "Entries"}}, says: "egress entries: want at most 40"},
	})
}

// TestQuotasOfGroups: F5.013, the rules of a group and the groups of an interface.
func TestQuotasOfGroups(t *testing.T) {
	type rules struct{ in4, in6, inGroup, out4, inList int }
	group := func(id string, r rules) func(c *packetwalk.Config) {
		return func(c *packetwalk.Config) {
			g := sg.Group{ID: id, VPC: "app"}
			add := func(n int, rule func(i int) sg.Rule) {
				for i := range n {
					of := rule(i)
					of.Service = packet.Ports(packet.TCP, packet.PortRange{First: uint16(i), Last: uint16(i)})
					g.Rules = append(g.Rules, of)
				}
			}
			add(r.in4, func(i int) sg.Rule { return sg.Rule{Direction: packet.Ingress, CIDR: nth4(i)} })
			add(r.in6, func(i int) sg.Rule { return sg.Rule{Direction: packet.Ingress, CIDR: nth6(i)} })
			add(r.inGroup, func(int) sg.Rule { return sg.Rule{Direction: packet.Ingress, Group: id} })
			add(r.out4, func(i int) sg.Rule { return sg.Rule{Direction: packet.Egress, CIDR: nth4(i)} })
			add(r.inList, func(int) sg.Rule { return sg.Rule{Direction: packet.Ingress, PrefixList: "pl"} })
			c.SecurityGroups = append(c.SecurityGroups, g)
			c.PrefixLists = []route.PrefixList{{ID: "pl", MaxEntries: 20, Entries: []netip.Prefix{nth4(1)}}}
		}
	}
	wears := func(n int) func(c *packetwalk.Config) { // the first group is that which was added before
		return func(c *packetwalk.Config) {
			e := subnet.Interface{ID: "e", Subnet: "s", Groups: []string{"g"}}
			for i := 1; i < n; i++ {
				id := fmt.Sprint("more", i)
				c.SecurityGroups = append(c.SecurityGroups, sg.Group{ID: id, VPC: "app"})
				e.Groups = append(e.Groups, id)
			}
			c.Interfaces = append(c.Interfaces, e)
		}
	}
	warnedRules := over(packetwalk.KindSecurityGroup, "g", "Rules")
	runQuotas(t, []quotaCase{
		{name: "F5.013 60 in and 60 out, 60 of each family", config: oneVPC(group("g", rules{in4: 60, in6: 60, out4: 60}))},
		{name: "F5.013 61 in", config: oneVPC(group("g", rules{in4: 61, out4: 60})), warned: warnedRules,
			says: "61 IPv4 ingress rules: the default quota is 60, AWS raises it to at most 1000: ask for more, or set NoQuotas"},
		{name: "F5.013 61 in over IPv6", config: oneVPC(group("g", rules{in6: 61})), warned: warnedRules, says: "61 IPv6 ingress rules"},
		{name: "F5.013 61 out", config: oneVPC(group("g", rules{out4: 61})), warned: warnedRules, says: "61 IPv4 egress rules"},
		{name: "F5.013 a group counts as one", config: oneVPC(group("g", rules{in4: 59, inGroup: 2})), warned: warnedRules, says: "61 IPv4 ingress rules"},
		{name: "F5.013 a list counts as what it may hold", config: oneVPC(group("g", rules{in4: 21, inList: 2})), warned: warnedRules, says: "61 IPv4 ingress rules"},
		{name: "F5.013 1001 rules", config: oneVPC(group("g", rules{in4: 1001})), refused: []refusal{{"g", "Rules"}}, says: "IPv4 ingress rules: want at most 1000"},
		{name: "F5.013 5 groups an interface", config: oneVPC(group("g", rules{}), wears(5))},
		{name: "F5.013 6 groups an interface", config: oneVPC(group("g", rules{}), wears(6)), warned: over(packetwalk.KindInterface, "e", "Groups"),
			says: "6 security groups: the default quota is 5, AWS raises it to at most 16: ask for more, or set NoQuotas"},
		{name: "F5.013 17 groups an interface", config: oneVPC(group("g", rules{}), wears(17)), refused: []refusal{{"e", "Groups"}}, says: "security groups: want at most 16"},
		{name: "F5.013 4 groups times 250 rules", config: oneVPC(group("g", rules{in4: 250}), wears(4)), warned: warnedRules, says: "250 IPv4 ingress rules"},
		{name: "F5.013 7 groups times 143 rules", config: oneVPC(group("g", rules{in4: 143}), wears(7)), refused: []refusal{{"e", "Groups"}},
			says: `7 groups here times 143 rules in group "g": want at most 1000`},
	})
}

// TestQuotasOfEndpoints: F7.015, F7.114, the endpoints of an account in a Region and of a VPC.
func TestQuotasOfEndpoints(t *testing.T) {
	gateways := func(n int, state endpoint.State) packetwalk.Config {
		return oneVPC(func(c *packetwalk.Config) {
			for i := range n {
				c.GatewayEndpoints = append(c.GatewayEndpoints, endpoint.Gateway{ID: fmt.Sprint("g", i), VPC: "app", Service: "com.amazonaws.us-east-1.s3", State: state})
			}
		})
	}
	addressed := func(interfaces, inspectors int, state endpoint.State) packetwalk.Config {
		return oneVPC(func(c *packetwalk.Config) {
			for i := range interfaces {
				c.InterfaceEndpoints = append(c.InterfaceEndpoints, endpoint.Interface{
					ID: fmt.Sprint("i", i), VPC: "app", Service: "com.amazonaws.us-east-1.sqs", Subnets: []string{"s"}, State: state,
				})
			}
			for i := range inspectors {
				c.GatewayLoadBalancerEndpoints = append(c.GatewayLoadBalancerEndpoints, endpoint.GatewayLoadBalancer{
					ID: fmt.Sprint("f", i), VPC: "app", Service: "com.amazonaws.vpce.us-east-1.vpce-svc-0123", Subnet: "s",
				})
			}
		})
	}
	runQuotas(t, []quotaCase{
		{name: "F7.015 20 gateway endpoints", config: gateways(20, endpoint.Available)},
		{name: "F7.015 21 gateway endpoints", config: gateways(21, endpoint.Available), warned: over(packetwalk.KindGatewayEndpoint, "g20", ""),
			says: "21 gateway endpoints of account 123456789012 in Region us-east-1: the default quota is 20, AWS raises it: ask for more"},
		{name: "F7.015 those that are gone do not count", config: gateways(21, endpoint.Deleted)},
		{name: "F7.015 256 in a VPC", config: gateways(256, endpoint.Available), refused: []refusal{{"app", ""}}, says: "gateway endpoints: want at most 255"},
		{name: "F7.114 50 endpoints with interfaces", config: addressed(40, 10, endpoint.Available)},
		{name: "F7.114 51 endpoints with interfaces", config: addressed(40, 11, endpoint.Available), warned: over(packetwalk.KindVPC, "app", ""),
			says: "51 interface endpoints and Gateway Load Balancer endpoints: the default quota is 50, AWS raises it"},
		{name: "F7.114 those that failed do not count", config: addressed(51, 0, endpoint.Failed)},
	})
}
