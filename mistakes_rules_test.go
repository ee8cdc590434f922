package packetwalk_test

import (
	"net/netip"
	"testing"

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

// TestMistake holds what AWS would refuse to the error that it gets.
func TestMistake(t *testing.T) {
	const (
		vpcKind    = packetwalk.KindVPC
		subnetKind = packetwalk.KindSubnet
		eni        = packetwalk.KindInterface
		table      = packetwalk.KindRouteTable
		group      = packetwalk.KindSecurityGroup
		acl        = packetwalk.KindNetworkACL
		s3         = "com.amazonaws.us-east-1.s3"
	)
	igw := route.Target{Kind: route.InternetGateway, ID: "igw"}
	addRoute := func(r route.Route) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.RouteTables[0].Routes = append(c.RouteTables[0].Routes, r) }
	}
	block := func(cidr string) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.VPCs = append(c.VPCs, vpc.VPC{ID: "x", Blocks: vpc.Blocks(cidr)})
		}
	}
	addSubnet := func(cidr string) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.Subnets = append(c.Subnets, subnet.Subnet{ID: "x", VPC: "a", CIDR: prefix(cidr)})
		}
	}
	host := func(address string) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, subnet.Interface{
				ID: "x", Subnet: "a1", Private: []subnet.Address{{Private: netip.MustParseAddr(address)}},
			})
		}
	}
	entry := func(number int) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			e := nacl.Entry{Number: number, Direction: packet.Ingress, Action: nacl.Deny, Service: packet.All(), CIDR: prefix("10.9.0.0/16")}
			c.NetworkACLs[0].Entries = append(c.NetworkACLs[0].Entries, e)
		}
	}
	rule := func(r sg.Rule) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			r.Direction, r.Service = packet.Ingress, packet.All()
			c.SecurityGroups[1].Rules = []sg.Rule{r}
		}
	}
	for _, c := range []struct {
		name string
		edit func(*packetwalk.Config)
		want mistake
	}{
		{"no ID", func(c *packetwalk.Config) { c.SecurityGroups = append(c.SecurityGroups, sg.Group{VPC: "a"}) }, mistake{group, "", "ID", "", packetwalk.ErrInvalid, "want any name"}},
		{"an ID twice in a kind", func(c *packetwalk.Config) { c.Instances = append(c.Instances, vpc.Instance{ID: "web"}) }, mistake{packetwalk.KindInstance, "web", "ID", "web", packetwalk.ErrDuplicate, "want an ID that no other has"}},
		{"an ID twice across kinds", func(c *packetwalk.Config) { c.SecurityGroups = append(c.SecurityGroups, sg.Group{ID: "web", VPC: "a"}) }, mistake{group, "web", "ID", "web", packetwalk.ErrDuplicate, "instance"}},

		{"F3.001 a /15 VPC", block("10.8.0.0/15"), mistake{vpcKind, "x", "Blocks[0].CIDR", "10.8.0.0/15", packetwalk.ErrInvalid, "want an IPv4 block from /16 to /28"}},
		{"F3.001 a /29 VPC", block("10.8.0.0/29"), mistake{vpcKind, "x", "Blocks[0].CIDR", "10.8.0.0/29", packetwalk.ErrInvalid, "want an IPv4 block from /16 to /28"}},
		{"F3.009 a /29 subnet", addSubnet("10.0.9.0/29"), mistake{subnetKind, "x", "CIDR", "10.0.9.0/29", packetwalk.ErrInvalid, "want an IPv4 block from /16 to /28"}},
		{"F3.009 a subnet with host bits", addSubnet("10.0.9.1/24"), mistake{subnetKind, "x", "CIDR", "10.0.9.1/24", packetwalk.ErrInvalid, "want 10.0.9.0/24"}},
		{"F3.009 a subnet outside of its VPC", addSubnet("10.9.0.0/24"), mistake{subnetKind, "x", "CIDR", "10.9.0.0/24", packetwalk.ErrOutside, "10.0.0.0/16"}},
		{"F3.009 a subnet in a subnet", addSubnet("10.0.2.128/25"), mistake{subnetKind, "x", "CIDR", "10.0.2.128/25", packetwalk.ErrOverlap, `10.0.2.0/24 of subnet "a2"`}},
		{"F3.010 the network address", host("10.0.1.0"), mistake{eni, "x", "Private[0].Private", "10.0.1.0", packetwalk.ErrOutside, "first four addresses"}},
		{"F3.010 the DNS server's address", host("10.0.1.2"), mistake{eni, "x", "Private[0].Private", "10.0.1.2", packetwalk.ErrOutside, "first four addresses"}},
		{"F3.010 the last address", host("10.0.1.255"), mistake{eni, "x", "Private[0].Private", "10.0.1.255", packetwalk.ErrOutside, "the last one"}},
		{"F3.009 an address of another subnet", host("10.0.2.9"), mistake{eni, "x", "Private[0].Private", "10.0.2.9", packetwalk.ErrOutside, "10.0.1.0/24"}},
		{"a taken address", func(c *packetwalk.Config) {
			c.Interfaces[0].Private = []subnet.Address{{Private: netip.MustParseAddr("10.0.1.9")}}
			host("10.0.1.9")(c)
		}, mistake{eni, "x", "Private[0].Private", "10.0.1.9", packetwalk.ErrDuplicate, "that is free"}},
		{"a group of another VPC on an interface", func(c *packetwalk.Config) { c.Interfaces[0].Groups = []string{"gb"} }, mistake{eni, "web-eni", "Groups[0]", "gb", packetwalk.ErrInvalid, `want one of VPC "a"`}},

		{"F4.001 a second internet gateway", func(c *packetwalk.Config) {
			c.InternetGateways = append(c.InternetGateways, gateway.Internet{ID: "x", VPC: "a"})
		}, mistake{packetwalk.KindInternetGateway, "x", "VPC", "a", packetwalk.ErrDuplicate, "it can have one"}},
		{"F4.102 a second egress-only gateway", func(c *packetwalk.Config) {
			c.EgressOnlyGateways = []gateway.EgressOnly{{ID: "e", VPC: "a"}, {ID: "x", VPC: "a"}}
		}, mistake{packetwalk.KindEgressOnly, "x", "VPC", "a", packetwalk.ErrDuplicate, "it can have one"}},
		{"F4.201 a public NAT gateway without a public address", func(c *packetwalk.Config) {
			c.NATGateways = []gateway.NAT{{ID: "x", Subnet: "a1"}}
		}, mistake{packetwalk.KindNATGateway, "x", "Addresses", "", packetwalk.ErrInvalid, "Elastic IP"}},

		{"F8.003 peers that overlap", func(c *packetwalk.Config) {
			c.VPCs = append(c.VPCs, vpc.VPC{ID: "x", Blocks: vpc.Blocks("10.0.128.0/17")})
			c.Peerings = append(c.Peerings, peering.Connection{ID: "p", Requester: peering.Side{VPC: "a"}, Accepter: peering.Side{VPC: "x"}})
		}, mistake{packetwalk.KindPeering, "p", "Accepter.VPC", "x", packetwalk.ErrOverlap, "can't be peered"}},
		{"F8.004 a second peering of two VPCs", func(c *packetwalk.Config) {
			c.Peerings = append(c.Peerings, peering.Connection{ID: "p", Requester: peering.Side{VPC: "b"}, Accepter: peering.Side{VPC: "a"}})
		}, mistake{packetwalk.KindPeering, "p", "Accepter.VPC", "a", packetwalk.ErrDuplicate, "it can have one"}},

		{"F2.015 a route inside 169.254.168.0/22", addRoute(route.Route{Destination: prefix("169.254.169.0/24"), Target: igw}), mistake{table, "rt", "Routes[1].Destination", "169.254.169.0/24", packetwalk.ErrInvalid, "want none inside 169.254.168.0/22"}},
		{"F2.017 a route with host bits", addRoute(route.Route{Destination: prefix("192.0.2.1/24"), Target: igw}), mistake{table, "rt", "Routes[1].Destination", "192.0.2.1/24", packetwalk.ErrInvalid, "want 192.0.2.0/24"}},
		{"F2.018 two targets on one route", addRoute(route.Route{Destination: prefix("0.0.0.0/0"), Target: route.Target{Kind: route.PeeringConnection, ID: "pcx"}}), mistake{table, "rt", "Routes[1].Destination", "0.0.0.0/0", packetwalk.ErrDuplicate, "want one target"}},
		{"F2.022 an endpoint's route written by hand", func(c *packetwalk.Config) {
			c.GatewayEndpoints = []endpoint.Gateway{{ID: "e", VPC: "a", Service: s3}}
			c.PrefixLists = []route.PrefixList{{ID: "pl", Name: s3, Entries: []netip.Prefix{prefix("3.5.0.0/19")}}}
			addRoute(route.Route{PrefixList: "pl", Target: route.Target{Kind: route.GatewayEndpoint, ID: "e"}})(c)
		}, mistake{table, "rt", "Routes[1].Target", "e", packetwalk.ErrInvalid, "can't be edited"}},
		{"F2.011 a route to a part of a subnet", addRoute(route.Route{Destination: prefix("10.0.2.0/25"), Target: route.Target{Kind: route.NetworkInterface, ID: "web-eni"}}), mistake{table, "rt", "Routes[1].Destination", "10.0.2.0/25", packetwalk.ErrInvalid, "want the whole CIDR of a subnet"}},
		{"F2.013 a second main table", func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "m", VPC: "a", Main: true}, route.Table{ID: "x", VPC: "a", Main: true})
		}, mistake{table, "x", "Main", "true", packetwalk.ErrDuplicate, "it can have one"}},
		{"F2.014 two tables for a subnet", func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "x", VPC: "a", Subnets: []string{"a1"}})
		}, mistake{table, "x", "Subnets[0]", "a1", packetwalk.ErrDuplicate, "it can have one"}},
		{"a table for a subnet of another VPC", func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "x", VPC: "a", Subnets: []string{"b1"}})
		}, mistake{table, "x", "Subnets[0]", "b1", packetwalk.ErrInvalid, `want one of VPC "a"`}},
		{"a route to a gateway of another VPC", func(c *packetwalk.Config) {
			c.RouteTables = append(c.RouteTables, route.Table{ID: "x", VPC: "b", Routes: []route.Route{{Destination: prefix("0.0.0.0/0"), Target: igw}}})
		}, mistake{table, "x", "Routes[0].Target", "igw", packetwalk.ErrInvalid, `want one of VPC "b"`}},

		{"F5.005 a rule with two peers", rule(sg.Rule{CIDR: prefix("10.0.0.0/8"), Group: "gb"}), mistake{group, "gb", "Rules[0]", "10.0.0.0/8 and gb", packetwalk.ErrInvalid, "want exactly one of CIDR, PrefixList and Group"}},
		{"F5.005 a rule without a peer", rule(sg.Rule{}), mistake{group, "gb", "Rules[0]", "", packetwalk.ErrInvalid, "want exactly one of CIDR, PrefixList and Group"}},
		{"F5.005 a rule with host bits", rule(sg.Rule{CIDR: prefix("10.0.0.1/8")}), mistake{group, "gb", "Rules[0].CIDR", "10.0.0.1/8", packetwalk.ErrInvalid, "want 10.0.0.0/8"}},
		{"F5.104 a group of a VPC that is no peer", func(c *packetwalk.Config) {
			c.Peerings = nil
			rule(sg.Rule{Group: "ga"})(c)
		}, mistake{group, "gb", "Rules[0].Group", "ga", packetwalk.ErrInvalid, "want a group of the same VPC or of a peer"}},
		{"F5.106 a group in another Region", func(c *packetwalk.Config) {
			c.VPCs[1].Region = "eu-west-1"
			rule(sg.Rule{Group: "ga"})(c)
		}, mistake{group, "gb", "Rules[0].Group", "ga", packetwalk.ErrInvalid, "want a CIDR"}},
		{"F5.014 a group's name twice in a VPC", func(c *packetwalk.Config) {
			c.SecurityGroups = append(c.SecurityGroups, sg.Group{ID: "y", VPC: "a", Name: "n"}, sg.Group{ID: "x", VPC: "a", Name: "n"})
		}, mistake{group, "x", "Name", "n", packetwalk.ErrDuplicate, "it can have one"}},

		{"F6.002 an entry numbered 0", entry(0), mistake{acl, "acl", "Entries[2].Number", "0", packetwalk.ErrInvalid, "want 1 to 32766"}},
		{"F6.002 an entry numbered 32767", entry(32767), mistake{acl, "acl", "Entries[2].Number", "32767", packetwalk.ErrInvalid, "want 1 to 32766"}},
		{"F6.002 a number twice", entry(100), mistake{acl, "acl", "Entries[2].Number", "100", packetwalk.ErrDuplicate, "Entries[0]"}},
		{"F6.001 two ACLs for a subnet", func(c *packetwalk.Config) {
			c.NetworkACLs = append(c.NetworkACLs, nacl.ACL{ID: "x", VPC: "a", Subnets: []string{"a1"}})
		}, mistake{acl, "x", "Subnets[0]", "a1", packetwalk.ErrDuplicate, "it can have one"}},

		{"F7.002 a service whose ranges nobody knows", func(c *packetwalk.Config) {
			c.GatewayEndpoints = []endpoint.Gateway{{ID: "x", VPC: "a", Service: "com.amazonaws.eu-north-9.s3"}}
		}, mistake{packetwalk.KindGatewayEndpoint, "x", "Service", "com.amazonaws.eu-north-9.s3", packetwalk.ErrNotFound, "want a prefix list with Name"}},
		{"F7.101 two subnets of a zone", func(c *packetwalk.Config) {
			c.InterfaceEndpoints = []endpoint.Interface{{ID: "x", VPC: "a", Service: "com.amazonaws.us-east-1.sqs", Subnets: []string{"a1", "a2"}}}
		}, mistake{packetwalk.KindInterfaceEndpoint, "x", "Subnets[1]", "a2", packetwalk.ErrDuplicate, "want one subnet a zone"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := soundConfig()
			c.edit(&cfg)
			wantMistakes(t, cfg, c.want)
		})
	}
}

// TestSeveralMistakes wants all of them reported, at whatever step they are found.
func TestSeveralMistakes(t *testing.T) {
	cfg := soundConfig()
	cfg.VPCs[1].Blocks = vpc.Blocks("10.2.0.0/15")
	cfg.Interfaces[0].Groups = []string{"nope"}
	cfg.InternetGateways = append(cfg.InternetGateways, gateway.Internet{ID: "x", VPC: "a"})
	cfg.NetworkACLs[0].Entries[0].Number = 0
	wantMistakes(t, cfg,
		mistake{packetwalk.KindVPC, "b", "Blocks[0].CIDR", "10.2.0.0/15", packetwalk.ErrInvalid, "want an IPv4 block"},
		mistake{packetwalk.KindSubnet, "b1", "CIDR", "10.1.1.0/24", packetwalk.ErrOutside, "10.2.0.0/15"},
		mistake{packetwalk.KindInterface, "web-eni", "Groups[0]", "nope", packetwalk.ErrNotFound, "security group"},
		mistake{packetwalk.KindInternetGateway, "x", "VPC", "a", packetwalk.ErrDuplicate, "it can have one"},
		mistake{packetwalk.KindNetworkACL, "acl", "Entries[0].Number", "0", packetwalk.ErrInvalid, "want 1 to 32766"},
	)
}
