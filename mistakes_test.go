package packetwalk_test

import (
	"errors"
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

// mistake is what a ConfigError is to say.
type mistake struct {
	kind      packetwalk.Kind
	id        string
	field     string
	value     string
	reason    error
	wouldBeOK string // part of the text
}

// soundConfig is a network of two VPCs in which everything is right; each case breaks one thing.
func soundConfig() packetwalk.Config {
	return packetwalk.Config{
		VPCs: []vpc.VPC{{ID: "a", Blocks: vpc.Blocks("10.0.0.0/16")}, {ID: "b", Blocks: vpc.Blocks("10.1.0.0/16")}},
		Subnets: []subnet.Subnet{
			{ID: "a1", VPC: "a", CIDR: prefix("10.0.1.0/24")}, {ID: "a2", VPC: "a", CIDR: prefix("10.0.2.0/24")},
			{ID: "b1", VPC: "b", CIDR: prefix("10.1.1.0/24")},
		},
		Instances:        []vpc.Instance{{ID: "web"}},
		Interfaces:       []subnet.Interface{{ID: "web-eni", Subnet: "a1", Groups: []string{"ga"}, Attachment: subnet.Attachment{Instance: "web"}}},
		InternetGateways: []gateway.Internet{{ID: "igw", VPC: "a"}},
		RouteTables: []route.Table{{
			ID: "rt", VPC: "a", Subnets: []string{"a1"},
			Routes: []route.Route{{Destination: prefix("0.0.0.0/0"), Target: route.Target{Kind: route.InternetGateway, ID: "igw"}}},
		}},
		NetworkACLs: []nacl.ACL{{ID: "acl", VPC: "a", Subnets: []string{"a1"}, Entries: nacl.DefaultEntries(false)}},
		SecurityGroups: []sg.Group{
			{ID: "ga", VPC: "a", Rules: []sg.Rule{{Direction: packet.Ingress, Service: packet.All(), CIDR: prefix("10.0.0.0/8")}}},
			{ID: "gb", VPC: "b"},
		},
		Peerings: []peering.Connection{{ID: "pcx", Requester: peering.Side{VPC: "a"}, Accepter: peering.Side{VPC: "b"}}},
	}
}

func prefix(s string) netip.Prefix { return netip.MustParsePrefix(s) }

func TestSoundConfig(t *testing.T) {
	_, err := packetwalk.Build(soundConfig())
	require.NoError(t, err)
}

// wantMistakes builds, and wants exactly these mistakes, in any order.
func wantMistakes(t *testing.T, cfg packetwalk.Config, want ...mistake) {
	t.Helper()
	_, err := packetwalk.Build(cfg)
	require.Error(t, err)
	found := configErrors(t, err)
	assert.Len(t, found, len(want), "%v", err)
	for _, w := range want {
		ok := false
		for _, e := range found {
			if e.Kind == w.kind && e.ID == w.id && e.Field == w.field && e.Value == w.value && errors.Is(e, w.reason) {
				ok = true
				assert.Contains(t, e.Error(), w.wouldBeOK)
				assert.Empty(t, e.Pos, "a Config has no line")
			}
		}
		assert.True(t, ok, "want %+v, got\n%v", w, err)
	}
}

// configErrors takes a joined error apart.
func configErrors(t *testing.T, err error) []*packetwalk.ConfigError {
	t.Helper()
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok, "%v", err)
	var list []*packetwalk.ConfigError
	for _, e := range joined.Unwrap() {
		var c *packetwalk.ConfigError
		require.ErrorAs(t, e, &c)
		list = append(list, c)
	}
	return list
}

// TestDanglingReference breaks every reference that there is, one by one.
func TestDanglingReference(t *testing.T) {
	const s3 = "com.amazonaws.us-east-1.s3"
	for _, c := range []struct {
		name  string
		edit  func(*packetwalk.Config)
		kind  packetwalk.Kind
		id    string
		field string
		want  string
	}{
		{"VPC to DHCP options", func(c *packetwalk.Config) { c.VPCs[0].DHCPOptions = "nope" }, packetwalk.KindVPC, "a", "DHCPOptions", "want the ID of a DHCP options set"},
		{"subnet to VPC", func(c *packetwalk.Config) {
			c.Subnets = append(c.Subnets, subnet.Subnet{ID: "x", VPC: "nope", CIDR: prefix("10.0.9.0/24")})
		}, packetwalk.KindSubnet, "x", "VPC", "want the ID of a VPC"},
		{"interface to subnet", func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "x", Subnet: "nope"})
		}, packetwalk.KindInterface, "x", "Subnet", "want the ID of a subnet"},
		{"interface to instance", func(c *packetwalk.Config) { c.Interfaces[0].Attachment.Instance = "nope" }, packetwalk.KindInterface, "web-eni", "Attachment.Instance", "want the ID of an instance"},
		{"interface to group", func(c *packetwalk.Config) { c.Interfaces[0].Groups = []string{"ga", "nope"} }, packetwalk.KindInterface, "web-eni", "Groups[1]", "want the ID of a security group"},
		{"Elastic IP to interface", func(c *packetwalk.Config) {
			c.ElasticIPs = []subnet.ElasticIP{{ID: "x", PublicIP: netip.MustParseAddr("198.51.100.1"), Interface: "nope"}}
		}, packetwalk.KindElasticIP, "x", "Interface", "want the ID of a network interface"},
		{"table to VPC", func(c *packetwalk.Config) { c.RouteTables = append(c.RouteTables, route.Table{ID: "x", VPC: "nope"}) }, packetwalk.KindRouteTable, "x", "VPC", "want the ID of a VPC"},
		{"table to subnet", func(c *packetwalk.Config) { c.RouteTables[0].Subnets = []string{"nope"} }, packetwalk.KindRouteTable, "rt", "Subnets[0]", "want the ID of a subnet"},
		{"table to gateway", func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "x", VPC: "a", Gateways: []string{"nope"}})
		}, packetwalk.KindRouteTable, "x", "Gateways[0]", "want the ID of an internet gateway"},
		{"route to prefix list", func(c *packetwalk.Config) {
			c.RouteTables[0].Routes[0] = route.Route{PrefixList: "nope", Target: route.Target{Kind: route.InternetGateway, ID: "igw"}}
		}, packetwalk.KindRouteTable, "rt", "Routes[0].PrefixList", "want the ID of a prefix list"},
		{"route to internet gateway", routeTo(route.InternetGateway), packetwalk.KindRouteTable, "rt", "Routes[0].Target", "want the ID of an internet gateway"},
		{"route to NAT gateway", routeTo(route.NATGateway), packetwalk.KindRouteTable, "rt", "Routes[0].Target", "want the ID of a NAT gateway"},
		{"route to interface", routeTo(route.NetworkInterface), packetwalk.KindRouteTable, "rt", "Routes[0].Target", "want the ID of a network interface"},
		{"route to instance", routeTo(route.Instance), packetwalk.KindRouteTable, "rt", "Routes[0].Target", "want the ID of an instance"},
		{"route to peering", routeTo(route.PeeringConnection), packetwalk.KindRouteTable, "rt", "Routes[0].Target", "want the ID of a VPC peering connection"},
		{"route to egress-only gateway", func(c *packetwalk.Config) {
			c.RouteTables[0].Routes[0] = route.Route{Destination: prefix("::/0"), Target: route.Target{Kind: route.EgressOnlyInternetGateway, ID: "nope"}}
		}, packetwalk.KindRouteTable, "rt", "Routes[0].Target", "want the ID of an egress-only internet gateway"},
		{"internet gateway to VPC", func(c *packetwalk.Config) {
			c.InternetGateways = append(c.InternetGateways, gateway.Internet{ID: "x", VPC: "nope"})
		}, packetwalk.KindInternetGateway, "x", "VPC", "want the ID of a VPC"},
		{"egress-only gateway to VPC", func(c *packetwalk.Config) { c.EgressOnlyGateways = []gateway.EgressOnly{{ID: "x", VPC: "nope"}} }, packetwalk.KindEgressOnly, "x", "VPC", "want the ID of a VPC"},
		{"ACL to VPC", func(c *packetwalk.Config) { c.NetworkACLs = append(c.NetworkACLs, nacl.ACL{ID: "x", VPC: "nope"}) }, packetwalk.KindNetworkACL, "x", "VPC", "want the ID of a VPC"},
		{"ACL to subnet", func(c *packetwalk.Config) { c.NetworkACLs[0].Subnets = []string{"nope"} }, packetwalk.KindNetworkACL, "acl", "Subnets[0]", "want the ID of a subnet"},
		{"group to VPC", func(c *packetwalk.Config) {
			c.SecurityGroups = append(c.SecurityGroups, sg.Group{ID: "x", VPC: "nope"})
		}, packetwalk.KindSecurityGroup, "x", "VPC", "want the ID of a VPC"},
		{"rule to group", func(c *packetwalk.Config) {
			c.SecurityGroups[1].Rules = []sg.Rule{{Direction: packet.Ingress, Service: packet.All(), Group: "nope"}}
		}, packetwalk.KindSecurityGroup, "gb", "Rules[0].Group", "want the ID of a security group"},
		{"rule to prefix list", func(c *packetwalk.Config) {
			c.SecurityGroups[1].Rules = []sg.Rule{{Direction: packet.Ingress, Service: packet.All(), PrefixList: "nope"}}
		}, packetwalk.KindSecurityGroup, "gb", "Rules[0].PrefixList", "want the ID of a prefix list"},
		{"gateway endpoint to VPC", func(c *packetwalk.Config) {
			c.GatewayEndpoints = []endpoint.Gateway{{ID: "x", VPC: "nope", Service: s3}}
		}, packetwalk.KindGatewayEndpoint, "x", "VPC", "want the ID of a VPC"},
		{"gateway endpoint to table", func(c *packetwalk.Config) {
			c.GatewayEndpoints = []endpoint.Gateway{{ID: "x", VPC: "a", Service: s3, RouteTables: []string{"nope"}}}
		}, packetwalk.KindGatewayEndpoint, "x", "RouteTables[0]", "want the ID of a route table"},
		{"interface endpoint to VPC", func(c *packetwalk.Config) {
			c.InterfaceEndpoints = []endpoint.Interface{{ID: "x", VPC: "nope", Service: s3}}
		}, packetwalk.KindInterfaceEndpoint, "x", "VPC", "want the ID of a VPC"},
		{"interface endpoint to interface", func(c *packetwalk.Config) {
			c.InterfaceEndpoints = []endpoint.Interface{{ID: "x", VPC: "a", Service: s3, Subnets: []string{"a1"}, Interfaces: []string{"nope"}}}
		}, packetwalk.KindInterfaceEndpoint, "x", "Interfaces[0]", "want the ID of a network interface"},
		{"peering to requester", func(c *packetwalk.Config) { c.Peerings[0].Requester.VPC = "nope" }, packetwalk.KindPeering, "pcx", "Requester.VPC", "want the ID of a VPC"},
		{"peering to accepter", func(c *packetwalk.Config) { c.Peerings[0].Accepter.VPC = "nope" }, packetwalk.KindPeering, "pcx", "Accepter.VPC", "want the ID of a VPC"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := soundConfig()
			c.edit(&cfg)
			wantMistakes(t, cfg, mistake{c.kind, c.id, c.field, "nope", packetwalk.ErrNotFound, c.want})
		})
	}
}

// routeTo leads the one route to a resource that is not there.
func routeTo(k route.TargetKind) func(*packetwalk.Config) {
	return func(c *packetwalk.Config) { c.RouteTables[0].Routes[0].Target = route.Target{Kind: k, ID: "nope"} }
}
