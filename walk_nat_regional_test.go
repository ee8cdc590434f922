package packetwalk_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// regionalNet has hosts in three zones behind one regional NAT gateway, and a peer VPC that is joined without
// routes.
func regionalNet(set func(g *packetwalk.RegionalNATHandle)) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	igw := v.InternetGateway("igw")
	nat := v.RegionalNAT("nat")
	if set != nil {
		set(nat)
	}
	for i, zone := range []string{"us-east-1a", "us-east-1b", "us-east-1c"} {
		s := v.Subnet(fmt.Sprintf("priv%d", i), fmt.Sprintf("10.0.%d.0/24", i), fmt.Sprintf("2001:db8:1:%d::/64", i)).Zone(zone)
		s.Route("0.0.0.0/0", nat).Route("64:ff9b::/96", nat)
		s.Instance(fmt.Sprintf("host%d", i)).PrivateIP(fmt.Sprintf("10.0.%d.5", i)).IPv6(fmt.Sprintf("2001:db8:1:%d::5", i))
	}
	pub := v.Subnet("pub", "10.0.9.0/24").Route("0.0.0.0/0", igw)
	pub.Instance("web").ElasticIP("198.51.100.250").Allow("tcp/443", packetwalk.CIDR("198.51.100.101/32"))
	return b
}

// byHand serves two of the three zones.
func byHand(g *packetwalk.RegionalNATHandle) {
	g.Zone("us-east-1a", "198.51.100.101").Zone("us-east-1b", "198.51.100.102")
}

func TestWalkRegionalNAT(t *testing.T) {
	runWalks(t, mustNetwork(t, regionalNet(byHand)), []walkCase{
		{"F4.219 it needs no subnet: TCP", "host0", "internet", "tcp/443", works},
		{"F4.219 it needs no subnet: UDP", "host1", "internet", "udp/53", works},
		{"F4.219 it needs no subnet: ping", "host1", "internet", "icmp/echo-request", works},
		{"F4.203 and nothing else", "host0", "internet", "esp", drops(trace.ProtocolRestriction, "nat")},
		{"F4.220 a zone that is not registered", "host2", "internet", "tcp/443", drops(trace.RegionalNGWRouteAZRestriction, "nat")},
		{"F4.206 unsolicited inbound is dropped", "internet", "nat", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F4.206 unsolicited inbound is dropped: the second address", "internet", "198.51.100.102", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F4.206 unsolicited inbound is dropped: from the VPC", "web", "nat", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F4.206 it calls nobody", "nat", "internet", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F4.206 it calls nobody: by its address", "198.51.100.101", "internet", "tcp/443", drops(trace.NATNoSession, "nat")},
		{"F4.207 no answer to ping", "internet", "nat", "icmp/echo-request", drops(trace.NATNoSession, "nat")},
		{"F4.011 to a public address of the VPC, out and in again", "host0", "198.51.100.250", "tcp/443", works},
		{"F4.011 which sees the address of the zone", "host1", "198.51.100.250", "tcp/443", drops(trace.ENISGRulesMismatch, "web-sg")},
		{"F4.006 not to private addresses", "host0", "172.16.0.1", "tcp/443", drops(trace.IGWDestinationAddressNotInRFC1918Egress, "igw")},
		{"F4.215 IPv6 for IPv4 hosts", "host0", "64:ff9b::203.0.113.10", "tcp/443", works},
		{"F4.216 not in the client's own subnet", "host0", "64:ff9b::10.0.0.9", "tcp/443", drops(trace.NoPossibleDestination, "nat")},
	})
}

// TestWalkRegionalNATAddresses: by which Elastic IP a host of each zone leaves.
func TestWalkRegionalNATAddresses(t *testing.T) {
	oneZone := func(g *packetwalk.RegionalNATHandle) { g.Zone("us-east-1a", "198.51.100.101") }
	automatic := regionalNet(oneZone).Config()
	automatic.NATGateways[0].ManualZones = false
	several := regionalNet(func(g *packetwalk.RegionalNATHandle) { g.Zone("us-east-1b", "198.51.100.111", "198.51.100.112") })
	for _, c := range []struct {
		name string
		net  interface {
			Build() (*packetwalk.Network, error)
		}
		from, want string
	}{
		{"F4.219 the Elastic IP of the zone", regionalNet(byHand), "host0", "198.51.100.101"},
		{"F4.219 the Elastic IP of another zone", regionalNet(byHand), "host1", "198.51.100.102"},
		{"F4.213 the first of the zone's", several, "host1", "198.51.100.111"},
		{"F4.219 until it has expanded, across zones", automatic, "host2", "198.51.100.101"},
		{"F4.219 automatic: one for each zone with interfaces, first", regionalNet(nil), "host0", "198.51.100.1"},
		{"F4.219 automatic: one for each zone with interfaces, last", regionalNet(nil), "host2", "198.51.100.3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, mustNetwork(t, c.net), walkCase{from: c.from, to: "internet", service: "tcp/443", want: works})
			assert.Equal(t, addr(c.want), f.Forward.Last.Src)
			assert.Equal(t, f.Forward.Sent.Src, f.Return.Last.Dst, "the answer comes to who asked")
		})
	}
}

func TestWalkRegionalNATHops(t *testing.T) {
	f := checkWalk(t, mustNetwork(t, regionalNet(byHand)), walkCase{from: "host0", to: "internet", service: "tcp/443", want: works})
	assert.Equal(t, []string{
		"network interface host0-eni egress", "security group host0-sg egress", "network ACL app-default-acl egress", "route table priv0-rtb",
		"NAT gateway nat", "route table nat-rtb", "internet gateway igw", "internet internet",
	}, stagesOf(f.Forward), "F4.219 its own table, and no ACL of its own")
	assert.Equal(t, []string{
		"internet gateway igw", "NAT gateway nat", "route table nat-rtb", "network ACL app-default-acl ingress", "security group host0-sg ingress",
		"network interface host0-eni ingress",
	}, stagesOf(f.Return), "F2.031 inside delivery is by address")
	assert.Equal(t, []string{"host0-eni", "nat", "nat", "nat", "nat", "host0-eni"}, observersOf(f), "F1.514")
}

// observersOf lists who writes the records of a flow, one after the other: interfaces, and regional NAT
// gateways.
func observersOf(f packetwalk.Flow) (list []string) {
	for _, r := range f.Records() {
		list = append(list, r.InterfaceID+r.ResourceID)
	}
	return list
}

// TestWalkRegionalNATAppliance: the gateway's own table may lead to an appliance, on the way out and back
// (F4.219).
func TestWalkRegionalNATAppliance(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	igw := v.InternetGateway("igw")
	box := v.Subnet("inspect", "10.0.8.0/24").Appliance("box").Allow("all", packetwalk.Anywhere)
	rtb := v.RouteTable("nat-table").Route("0.0.0.0/0", igw).Route("10.0.1.0/24", box)
	nat := v.RegionalNAT("nat").RouteTable(rtb)
	v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", nat).Instance("host")
	t.Run("F4.219 the answer comes back by an appliance", func(t *testing.T) {
		f := checkWalk(t, mustNetwork(t, b), walkCase{from: "host", to: "internet", service: "tcp/443", want: works})
		assert.True(t, at(f.Return, trace.StageNetworkInterface, "box-eni"), "%+v", f)
		assert.False(t, at(f.Forward, trace.StageNetworkInterface, "box-eni"), "%+v", f)
	})
	t.Run("F4.219 the packet leaves by an appliance", func(t *testing.T) {
		cfg := b.Config()
		for i := range cfg.RouteTables {
			if cfg.RouteTables[i].ID == "nat-table" {
				cfg.RouteTables[i].Routes = []route.Route{
					{Destination: netip.MustParsePrefix("0.0.0.0/0"), Target: route.Target{Kind: route.NetworkInterface, ID: "box-eni"}},
				}
			}
		}
		cfg.RouteTables = append(cfg.RouteTables, route.Table{ID: "box-rtb", VPC: "app", Subnets: []string{"inspect"}, Routes: []route.Route{
			{Destination: netip.MustParsePrefix("0.0.0.0/0"), Target: route.Target{Kind: route.InternetGateway, ID: "igw"}},
		}})
		f := checkWalk(t, mustNetwork(t, cfg), walkCase{from: "host", to: "internet", service: "tcp/443", want: works})
		assert.True(t, at(f.Forward, trace.StageNetworkInterface, "box-eni"), "%+v", f)
	})
	t.Run("F2.025 no route", func(t *testing.T) {
		cfg := b.Config()
		for i := range cfg.RouteTables {
			if cfg.RouteTables[i].ID == "nat-table" {
				cfg.RouteTables[i].Routes = nil
			}
		}
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "host", to: "internet", service: "tcp/443", want: drops(trace.NoRouteToDestination, "nat-table")})
	})
}

func TestWalkRegionalNATStates(t *testing.T) {
	for _, s := range []gateway.NATState{gateway.NATPending, gateway.NATFailed, gateway.NATDeleting, gateway.NATDeleted} {
		t.Run("F4.222 F4.201 a route to one that is "+s.String(), func(t *testing.T) {
			cfg := regionalNet(byHand).Config()
			cfg.NATGateways[0].State = s
			checkWalk(t, mustNetwork(t, cfg), walkCase{from: "host0", to: "internet", service: "tcp/443", want: drops(trace.BadStateRoute, "priv0-rtb")})
		})
	}
	t.Run("F4.202 a VPC without an internet gateway", func(t *testing.T) {
		cfg := regionalNet(byHand).Config()
		cfg.InternetGateways[0].VPC = ""
		for i := range cfg.RouteTables {
			if cfg.RouteTables[i].ID == "pub-rtb" {
				cfg.RouteTables[i].Routes = nil
			}
		}
		n := mustNetwork(t, cfg)
		checkWalk(t, n, walkCase{from: "host0", to: "internet", service: "tcp/443", want: drops(trace.NoRouteToDestination, "nat-rtb")})
		checkWalk(t, n, walkCase{from: "internet", to: "nat", service: "tcp/443", want: drops(trace.NoPossibleDestination, "internet")})
	})
	t.Run("F4.209 a source outside of its VPC", func(t *testing.T) {
		cfg := regionalNet(byHand).Config()
		for i := range cfg.Interfaces {
			cfg.Interfaces[i].NoSourceDestCheck = true
		}
		f, err := mustNetwork(t, cfg).Connect("host0", packet.Packet{Src: addr("172.30.0.5"), Dst: addr("203.0.113.9"), Protocol: packet.UDP, DstPort: 53})
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.NGWRequiresSourceInVPC, "nat"))
	})
	t.Run("F4.212 a segment of a connection that it does not know", func(t *testing.T) {
		p := packet.Packet{Dst: addr("203.0.113.9"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Flags: packet.ACK}
		f, err := mustNetwork(t, regionalNet(byHand)).Connect("host0", p)
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.NATIdleTimeout, "nat"))
		require.NotNil(t, f.Forward.Answer)
		assert.Equal(t, packet.RST, f.Forward.Answer.Sent.Flags)
		assert.Equal(t, addr("10.0.0.5"), f.Forward.Answer.Sent.Dst)
		require.Len(t, f.Forward.Answer.Hops, 3, "%+v", f.Forward.Answer)
		assert.Equal(t, "nat-rtb", f.Forward.Answer.Hops[0].ID, "F4.219 by its own table")
		assert.Equal(t, "host0-eni", f.Forward.Answer.Hops[1].Interface)
	})
}

// TestRegionalNATConfig: what Build adds shows in Config, and stays as it is when that is built again.
func TestRegionalNATConfig(t *testing.T) {
	done := mustNetwork(t, regionalNet(nil)).Config()
	g := done.NATGateways[0]
	assert.Equal(t, "nat-rtb", g.RouteTable, "F4.219")
	assert.Len(t, g.Addresses, 3, "F4.219 a zone each")
	for _, e := range done.Interfaces {
		assert.NotEqual(t, subnet.NATGateway, e.Kind, "F4.219 no interface")
	}
	text, err := json.Marshal(done)
	require.NoError(t, err)
	var read packetwalk.Config
	require.NoError(t, json.Unmarshal(text, &read))
	again, err := json.Marshal(mustNetwork(t, read).Config())
	require.NoError(t, err)
	assert.JSONEq(t, string(text), string(again))
}

// TestRegionalNATZones: the zones that a handle finds.
func TestRegionalNATZones(t *testing.T) {
	for _, c := range []struct {
		name string
		add  func(v *packetwalk.VPCHandle)
		want []string
	}{
		{"F4.219 a VPC without subnets", func(*packetwalk.VPCHandle) {}, []string{"eu-west-1a"}},
		{"F4.219 a VPC without interfaces", func(v *packetwalk.VPCHandle) { v.Subnet("s", "10.0.1.0/24").Zone("eu-west-1c") }, []string{"eu-west-1c"}},
		{"F4.219 a subnet without interfaces does not count", func(v *packetwalk.VPCHandle) {
			v.Subnet("s", "10.0.1.0/24").Zone("eu-west-1c")
			v.Subnet("t", "10.0.2.0/24").Instance("i")
		}, []string{"eu-west-1a"}},
		{"F4.219 the interfaces of endpoints and NAT gateways count", func(v *packetwalk.VPCHandle) {
			v.InterfaceEndpoint("sqs", "com.amazonaws.eu-west-1.sqs", v.Subnet("s", "10.0.1.0/24").Zone("eu-west-1c"))
			v.Subnet("t", "10.0.2.0/24").Zone("eu-west-1b").PrivateNAT("old")
		}, []string{"eu-west-1b", "eu-west-1c"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			v := b.VPC("app", "10.0.0.0/16").Region("eu-west-1")
			v.InternetGateway("igw")
			v.RegionalNAT("nat")
			c.add(v)
			var zones []string
			for _, g := range mustNetwork(t, b).Config().NATGateways {
				for _, a := range g.Addresses {
					if g.ID == "nat" {
						zones = append(zones, a.Zone)
					}
				}
			}
			assert.Equal(t, c.want, zones)
		})
	}
}

// TestRegionalNATGone: F4.222, one that is gone has no table, and others may have its address.
func TestRegionalNATGone(t *testing.T) {
	cfg := regionalNet(byHand).Config()
	cfg.NATGateways[0].State = gateway.NATDeleted
	cfg.NATGateways[0].Addresses[0].Public = addr("198.51.100.250") // an instance's
	done := mustNetwork(t, cfg).Config()
	assert.Empty(t, done.NATGateways[0].RouteTable)
	for _, rtb := range done.RouteTables {
		assert.NotEqual(t, "nat-rtb", rtb.ID)
	}
}

// TestRegionalNATOutside: the internet's own address is none that the gateway has.
func TestRegionalNATOutside(t *testing.T) {
	n := mustNetwork(t, regionalNet(func(g *packetwalk.RegionalNATHandle) { g.Zone("us-east-1a", "203.0.113.10") }))
	f := checkWalk(t, n, walkCase{from: "host0", to: "internet", service: "tcp/443", want: works})
	assert.Equal(t, addr("203.0.113.11"), f.Forward.Sent.Dst)
}

func TestRegionalNATMistakes(t *testing.T) {
	nat := func(edit func(g *gateway.NAT)) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { edit(&c.NATGateways[0]) }
	}
	runMistakes(t, func() *packetwalk.Builder { return regionalNet(byHand) }, []mistakeCase{
		{"F4.219 a subnet", nat(func(g *gateway.NAT) { g.Subnet = "pub" }), "nat", "Subnet", packetwalk.ErrInvalid},
		{"F4.219 no VPC", nat(func(g *gateway.NAT) { g.VPC = "" }), "nat", "VPC", packetwalk.ErrInvalid},
		{"F4.219 a VPC that is not there", nat(func(g *gateway.NAT) { g.VPC = "gone" }), "nat", "VPC", packetwalk.ErrNotFound},
		{"F4.219 private", nat(func(g *gateway.NAT) { g.Connectivity = gateway.Private }), "nat", "Connectivity", packetwalk.ErrInvalid},
		{"F4.219 a network interface", nat(func(g *gateway.NAT) { g.Addresses[0].Interface = "web-eni" }), "nat", "Addresses[0].Interface", packetwalk.ErrInvalid},
		{"F4.219 a private address", nat(func(g *gateway.NAT) { g.Addresses[0].Private = addr("10.0.9.9") }), "nat", "Addresses[0].Private", packetwalk.ErrInvalid},
		{"F4.219 a zone without an address", nat(func(g *gateway.NAT) { g.Addresses[1].Public = netip.Addr{} }), "nat", "Addresses[1].Public", packetwalk.ErrInvalid},
		{"F4.219 an address without a zone", nat(func(g *gateway.NAT) { g.Addresses[1].Zone = "" }), "nat", "Addresses[1].Zone", packetwalk.ErrInvalid},
		{"F4.201 no address at all", nat(func(g *gateway.NAT) { g.Addresses = nil }), "nat", "Addresses", packetwalk.ErrInvalid},
		{"F4.219 an Elastic IP twice", nat(func(g *gateway.NAT) { g.Addresses[1].Public = g.Addresses[0].Public }), "nat", "Addresses[1].Public", packetwalk.ErrDuplicate},
		{"F4.219 an Elastic IP that an instance has", nat(func(g *gateway.NAT) { g.Addresses[1].Public = addr("198.51.100.250") }), "nat", "Addresses[1].Public", packetwalk.ErrDuplicate},
		{"F4.219 an Elastic IP of another regional one", func(c *packetwalk.Config) {
			second := c.NATGateways[0]
			second.ID = "second"
			c.NATGateways = append(c.NATGateways, second)
		}, "second", "Addresses[0].Public", packetwalk.ErrDuplicate},
		{"F4.213 33 addresses in a zone", nat(func(g *gateway.NAT) {
			for i := range 32 {
				g.Addresses = append(g.Addresses, gateway.NATAddress{Zone: "us-east-1a", Public: netip.AddrFrom4([4]byte{198, 18, 1, byte(i)})})
			}
		}), "nat", "Addresses[33].Zone", packetwalk.ErrLimit},
		{"F4.219 a table that is not there", nat(func(g *gateway.NAT) { g.RouteTable = "gone" }), "nat", "RouteTable", packetwalk.ErrNotFound},
		{"F4.219 a table of another VPC", func(c *packetwalk.Config) {
			v := c.VPCs[0]
			v.ID = "other"
			c.VPCs = append(c.VPCs, v)
			c.RouteTables = append(c.RouteTables, route.Table{ID: "far", VPC: "other"})
			c.NATGateways[0].RouteTable = "far"
		}, "nat", "RouteTable", packetwalk.ErrInvalid},
		{"F4.219 a route of another VPC", func(c *packetwalk.Config) {
			c.VPCs = append(c.VPCs, c.VPCs[0])
			c.VPCs[1].ID = "other"
			c.RouteTables = append(c.RouteTables, route.Table{ID: "far", VPC: "other", Routes: []route.Route{
				{Destination: netip.MustParsePrefix("0.0.0.0/0"), Target: route.Target{Kind: route.NATGateway, ID: "nat"}},
			}})
		}, "far", "Routes[0].Target", packetwalk.ErrInvalid},
		{"F4.219 a mode that is none", nat(func(g *gateway.NAT) { g.AvailabilityMode = 9 }), "nat", "AvailabilityMode", packetwalk.ErrInvalid},
	})
	runMistakes(t, gatewayNet, []mistakeCase{
		{"F4.201 a zonal one with a VPC", nat(func(g *gateway.NAT) { g.VPC = "app" }), "nat", "VPC", packetwalk.ErrInvalid},
		{"F4.201 a zonal one with a table", nat(func(g *gateway.NAT) { g.RouteTable = "pub-rtb" }), "nat", "RouteTable", packetwalk.ErrInvalid},
		{"F4.201 a zonal one with zones", nat(func(g *gateway.NAT) { g.ManualZones = true }), "nat", "ManualZones", packetwalk.ErrInvalid},
		{"F4.201 a zonal one with a zone", nat(func(g *gateway.NAT) { g.Addresses[0].Zone = "us-east-1a" }), "nat", "Addresses[0].Zone", packetwalk.ErrInvalid},
	})
}

// TestWalkRegionalNATBlocked: VPC Block Public Access lets pass what a NAT gateway opens where it blocks
// ingress only.
func TestWalkRegionalNATBlocked(t *testing.T) {
	n := func(m vpc.BPAMode) *packetwalk.Network {
		cfg := regionalNet(byHand).Config()
		cfg.BlockPublicAccess = []vpc.BlockPublicAccess{{Mode: m}}
		return mustNetwork(t, cfg)
	}
	runWalks(t, n(vpc.BPABidirectional), []walkCase{
		{"F3.102 all is blocked, out", "host0", "internet", "tcp/443", drops(trace.VPCBlockPublicAccessEnabled, "igw")},
		{"F3.102 all is blocked, in", "internet", "nat", "tcp/443", drops(trace.VPCBlockPublicAccessEnabled, "igw")},
	})
	runWalks(t, n(vpc.BPAIngress), []walkCase{
		{"F3.103 what a NAT gateway opens is not", "host0", "internet", "tcp/443", works},
		{"F3.103 who calls it dies there", "internet", "nat", "tcp/443", drops(trace.NATNoSession, "nat")},
	})
	stand := func(f packetwalk.Flow) (codes []trace.Code) {
		for _, h := range f.Blockers() {
			codes = append(codes, h.Code)
		}
		return codes
	}
	t.Run("F3.102 what stands behind it is named as well, out", func(t *testing.T) {
		cfg := regionalNet(byHand).Config()
		cfg.NetworkACLs = append(cfg.NetworkACLs, nacl.ACL{ID: "outward", VPC: "app", Subnets: []string{"priv0"}, Entries: []nacl.Entry{
			{Number: 100, Direction: packet.Egress, Action: nacl.Allow, Service: packet.All(), CIDR: prefix("0.0.0.0/0")},
		}})
		cfg.BlockPublicAccess = []vpc.BlockPublicAccess{{Mode: vpc.BPABidirectional}}
		f := checkWalk(t, mustNetwork(t, cfg), walkCase{from: "host0", to: "internet", service: "tcp/443", want: drops(trace.VPCBlockPublicAccessEnabled, "igw")})
		assert.Equal(t, []trace.Code{trace.VPCBlockPublicAccessEnabled, trace.VPCBlockPublicAccessEnabled, trace.SubnetACLRestriction}, stand(f))
		require.Equal(t, []string{"host0-eni", "nat", "nat"}, observersOf(f), "F3.108 nobody past it has a record")
		list := f.Records()
		assert.Equal(t, []flowlog.Action{flowlog.Accept, flowlog.Accept, flowlog.Reject},
			[]flowlog.Action{list[0].Action, list[1].Action, list[2].Action}, "F1.512 the NAT gateway sent it to the internet gateway")
		assert.Equal(t, flowlog.RejectBPA, list[2].RejectReason)
	})
	t.Run("F3.102 what stands behind it is named as well, in", func(t *testing.T) {
		f := checkWalk(t, n(vpc.BPABidirectional), walkCase{from: "internet", to: "nat", service: "tcp/443", want: drops(trace.VPCBlockPublicAccessEnabled, "igw")})
		assert.Equal(t, []trace.Code{trace.VPCBlockPublicAccessEnabled, trace.NATNoSession}, stand(f))
		list := f.Records()
		require.Equal(t, []string{"nat"}, observersOf(f))
		assert.Equal(t, flowlog.RejectBPA, list[0].RejectReason, "F1.512")
		assert.True(t, list[0].Missing.Has(flowlog.FieldBytes), "F1.512")
	})
	t.Run("F3.108 nobody past it has a record", func(t *testing.T) {
		f := checkWalk(t, n(vpc.BPABidirectional), walkCase{from: "host0", to: "198.51.100.250", service: "tcp/443", want: drops(trace.VPCBlockPublicAccessEnabled, "igw")})
		assert.Equal(t, []string{"host0-eni", "nat", "nat"}, observersOf(f))
	})
}

// TestNATVerdictAllocates: the verdict of a connection through each kind of NAT gateway needs no memory of
// the heap.
func TestNATVerdictAllocates(t *testing.T) {
	for _, c := range []struct {
		name, from, to string
		net            interface {
			Build() (*packetwalk.Network, error)
		}
	}{
		{"regional", "host0", "203.0.113.10", regionalNet(byHand)},
		{"regional, NAT64", "host0", "64:ff9b::203.0.113.10", regionalNet(byHand)},
		{"NAT64", "host", "64:ff9b::203.0.113.10", nat64Net()},
		{"several addresses", "host", "203.0.113.10", severalNet(nil)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := mustNetwork(t, c.net).Source(c.from)
			require.NoError(t, err)
			p := packet.Packet{Dst: addr(c.to), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443}
			require.Equal(t, trace.Delivered, s.Verdict(p).Outcome)
			assert.Zero(t, testing.AllocsPerRun(100, func() { s.Verdict(p) }))
		})
	}
}

// TestRegionalNATBesideZonal: the addresses of a handle's choice differ, and a gateway of each kind works in
// one VPC.
func TestRegionalNATBesideZonal(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	igw := v.InternetGateway("igw")
	old := v.Subnet("pub", "10.0.0.0/24").Zone("us-east-1b").Route("0.0.0.0/0", igw).NAT("old")
	v.Subnet("left", "10.0.1.0/24").Route("0.0.0.0/0", old).Instance("one")
	v.Subnet("right", "10.0.2.0/24").Route("0.0.0.0/0", v.RegionalNAT("new")).Instance("two").Allow("tcp/80", packetwalk.Anywhere)
	n := mustNetwork(t, b)
	seen := make(map[netip.Addr]bool)
	for _, g := range n.Config().NATGateways {
		for _, a := range g.Addresses {
			assert.False(t, seen[a.Public], "%v twice", a.Public)
			seen[a.Public] = true
		}
	}
	assert.Len(t, seen, 3, "one, and one for each of the two zones")
	runWalks(t, n, []walkCase{
		{"F4.219 by the zonal one", "one", "internet", "tcp/443", works},
		{"F4.219 by the regional one", "two", "internet", "tcp/443", works},
		{"F4.206 from behind a regional one to itself", "two", "new", "tcp/443", drops(trace.NATNoSession, "new")},
		{"F4.206 from one to the other, which opens nothing inside", "one", "new", "tcp/443", drops(trace.NATNoSession, "new")},
	})
}

// TestWalkRegionalNATGroups: what groups make of a connection through a regional NAT gateway.
func TestWalkRegionalNATGroups(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.InternetGateway("igw")
	nat := v.RegionalNAT("nat")
	host := v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", nat).Route("10.0.2.0/24", nat).Instance("host").Allow("all", packetwalk.Anywhere)
	v.Subnet("data", "10.0.2.0/24").Instance("db").Allow("tcp/5432", host)
	n := mustNetwork(t, b)
	t.Run("F5.203 F4.218 it is always tracked, also where all is open", func(t *testing.T) {
		f := checkWalk(t, n, walkCase{from: "host", to: "internet", service: "tcp/443", want: works})
		for _, h := range f.Return.Hops {
			if h.Stage == trace.StageSecurityGroup {
				assert.Equal(t, "tracked connection", h.Note)
			}
		}
	})
	runWalks(t, n, []walkCase{
		{"F4.221 F5.110 behind it a group does not know the caller", "host", "db", "tcp/5432", drops(trace.SGReferencesNotPreserved, "db-sg")},
	})
}
