package packetwalk_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// TestNilHandles: a handle that is nil is a mistake of that line, and no panic.
func TestNilHandles(t *testing.T) {
	for name, misuse := range map[string]func(*packetwalk.Builder, *packetwalk.VPCHandle, *packetwalk.SubnetHandle){
		"peer of a rule": func(_ *packetwalk.Builder, v *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle) {
			v.Group("g").Allow("tcp/1", nil)
		},
		"typed peer of a rule": func(_ *packetwalk.Builder, v *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle) {
			v.Group("g").Allow("tcp/1", (*packetwalk.InstanceHandle)(nil))
		},
		"target of a subnet's route": func(_ *packetwalk.Builder, _ *packetwalk.VPCHandle, s *packetwalk.SubnetHandle) {
			s.Route("0.0.0.0/0", nil)
		},
		"target of a main route": func(_ *packetwalk.Builder, v *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle) {
			v.Route("0.0.0.0/0", nil)
		},
		"target of a table's route": func(_ *packetwalk.Builder, v *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle) {
			v.RouteTable("t").Route("0.0.0.0/0", nil)
		},
		"subnet of a table": func(_ *packetwalk.Builder, v *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle) {
			v.RouteTable("t").Associate(nil)
		},
		"gateway of a table": func(_ *packetwalk.Builder, v *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle) {
			v.RouteTable("t").AssociateGateway(nil)
		},
		"subnet of an ACL": func(_ *packetwalk.Builder, v *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle) { v.ACL("a").For(nil) },
		"interface of an instance": func(_ *packetwalk.Builder, _ *packetwalk.VPCHandle, s *packetwalk.SubnetHandle) {
			s.Instance("i").Attach(nil)
		},
		"group of an instance": func(_ *packetwalk.Builder, _ *packetwalk.VPCHandle, s *packetwalk.SubnetHandle) {
			s.Instance("i").Groups(nil)
		},
		"side of a peering": func(b *packetwalk.Builder, v *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle) { b.Peer(v, nil) },
		"subnet of an endpoint": func(_ *packetwalk.Builder, v *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle) {
			v.GatewayEndpoint("e", "com.amazonaws.us-east-1.s3", nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := packetwalk.New()
			v := b.VPC("app", "10.0.0.0/16")
			misuse(b, v, v.Subnet("s", "10.0.1.0/24"))
			_, err := b.Build()
			var mistake *packetwalk.ConfigError
			require.ErrorAs(t, err, &mistake)
			assert.ErrorIs(t, mistake, packetwalk.ErrInvalid)
			assert.Contains(t, mistake.Pos, "handles_test.go:")
		})
	}
}

// TestEveryMistakeOfAKind: of two mistakes in a row, both are told, each with its line.
func TestEveryMistakeOfAKind(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.Group("g").Allow("tpc/1", packetwalk.Anywhere).
		Allow("tcp/70000", packetwalk.Anywhere)
	v.ACL("a").AllowIn(1, "all", "ten").
		AllowIn(2, "all", "eleven")
	_, err := b.Build()
	var values []string
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		var mistake *packetwalk.ConfigError
		require.True(t, errors.As(e, &mistake))
		values = append(values, mistake.Value)
	}
	assert.Equal(t, []string{"tpc/1", "tcp/70000", "ten", "eleven"}, values)
}

// TestStaleIsOfTheMoment: F5.111, a rule that went stale with its peering works again when that does.
func TestStaleIsOfTheMoment(t *testing.T) {
	b := packetwalk.New()
	app, data := b.VPC("app", "10.0.0.0/16"), b.VPC("data", "10.1.0.0/16")
	web := app.Subnet("front", "10.0.1.0/24").Instance("web")
	data.Subnet("back", "10.1.1.0/24").Instance("db").Allow("tcp/5432", web)
	b.Peer(app, data).Status(peering.Deleted)
	n := mustNetwork(t, b)
	cfg := n.Config()
	assert.False(t, cfg.SecurityGroups[1].Rules[0].Stale, "the Config keeps what it was given")
	assert.True(t, hasWarning(n, packetwalk.StaleRule))

	cfg.Peerings[0].Status = peering.Active
	again := mustNetwork(t, cfg)
	checkWalk(t, again, walkCase{from: "web", to: "db", service: "tcp/5432", want: works})
	assert.False(t, hasWarning(again, packetwalk.StaleRule))
}

func hasWarning(n *packetwalk.Network, code packetwalk.WarningCode) bool {
	for _, w := range n.Warnings() {
		if w.Code == code {
			return true
		}
	}
	return false
}

// TestPretenders: what bears the address of one of the VPC's own services as its source is no answer of that
// service (F4.301).
func TestPretenders(t *testing.T) {
	b := packetwalk.New()
	s := b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.0.0/24")
	s.Instance("a")
	s.Instance("b")
	n := mustNetwork(t, b)
	for _, src := range []string{"169.254.169.254", "10.0.0.1", "10.0.0.2"} {
		f, err := n.Connect("a", packet.Packet{Src: addr(src), Dst: addr("10.0.0.5"), Protocol: packet.TCP, SrcPort: 53, DstPort: 22})
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.ENISourceDestCheckRestriction, "a-eni"))
	}
	f, err := n.Connect("a", packet.Packet{Dst: addr("8.8.8.8"), Protocol: packet.UDP, SrcPort: 68, DstPort: 67})
	require.NoError(t, err)
	checkOutcome(t, f, drops(trace.NoRouteToDestination, "app-main-rtb")) // not every port 67 is the VPC's DHCP (F1.605)
}

// TestFamilies: an address that is named is the one that is used, and its family decides.
func TestFamilies(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	s := v.Subnet("s", "10.0.0.0/24", "2001:db8:1:1::/64").Route("::/0", v.InternetGateway("igw"))
	s.Instance("web").IPv6("2001:db8:1:1::10").Allow("tcp/443", packetwalk.AnywhereIPv6)
	n := mustNetwork(t, b)
	for _, c := range []struct{ from, to, src, dst string }{
		{"2001:db8:5::5", "web", "2001:db8:5::5", "2001:db8:1:1::10"},
		{"internet", "web", "2001:db8:ffff::10", "2001:db8:1:1::10"}, // F4.009: public over IPv6 only
		{"2001:db8:1:1::10", "internet", "2001:db8:1:1::10", "2001:db8:ffff::10"},
	} {
		f, err := n.Probe(c.from, c.to, "tcp/443")
		require.NoError(t, err)
		assert.Equal(t, c.src, f.Forward.Sent.Src.String(), "%+v", f)
		assert.Equal(t, c.dst, f.Forward.Sent.Dst.String(), "%+v", f)
		assert.True(t, f.OK(), "%+v", f)
	}
	_, err := n.Probe("8.8.8.8", "2001:db8:1:1::10", "tcp/443")
	assert.ErrorIs(t, err, packetwalk.ErrNotFound)
}

// TestSecondAddresses: F3.018 and F4.213, each private address can have a public one.
func TestSecondAddresses(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.Route("0.0.0.0/0", v.InternetGateway("igw"))
	v.Subnet("s", "10.0.0.0/24").Instance("two").SecondaryIP("10.0.0.9").Allow("tcp/443", packetwalk.Anywhere)
	cfg := b.Config()
	cfg.Interfaces[0].Private[1].Public = addr("192.0.2.9")
	cfg.NATGateways = []gateway.NAT{{ID: "nat", Subnet: "s", Addresses: []gateway.NATAddress{{Public: addr("192.0.2.1")}, {Public: addr("192.0.2.2")}}}}
	n := mustNetwork(t, cfg)
	f := checkWalk(t, n, walkCase{from: "internet", to: "two", service: "tcp/443", want: works})
	assert.Equal(t, "10.0.0.9", f.Forward.Last.Dst.String())
	for _, a := range n.Config().NATGateways[0].Addresses {
		assert.True(t, a.Private.IsValid(), "%v", a)
	}
	checkWalk(t, n, walkCase{from: "internet", to: "192.0.2.2", service: "tcp/443", want: drops(trace.NATNoSession, "nat")})
}

// TestGoneNATGateway: F4.222, a deleted NAT gateway has no interface, and its old address is free.
func TestGoneNATGateway(t *testing.T) {
	b := packetwalk.New()
	b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.0.0/24").Instance("i").PrivateIP("10.0.0.5")
	cfg := b.Config()
	cfg.NATGateways = []gateway.NAT{{ID: "gone", Subnet: "s", State: gateway.NATDeleted, Addresses: []gateway.NATAddress{{Private: addr("10.0.0.5")}}}}
	n := mustNetwork(t, cfg)
	assert.Len(t, n.Config().Interfaces, 1)
	_, err := n.Probe("internet", "gone", "tcp/1")
	assert.ErrorIs(t, err, packetwalk.ErrNotFound)
}

// TestMadeNamesCollide: an ID that Build would make and somebody has is a mistake, not a second resource of
// the ID.
func TestMadeNamesCollide(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.RouteTable("app-main-rtb")
	_, err := b.Build()
	assert.ErrorIs(t, err, packetwalk.ErrDuplicate)

	b = packetwalk.New()
	s := b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.0.0/24")
	s.Interface("gw-eni")
	s.NAT("gw")
	_, err = b.Build()
	assert.ErrorIs(t, err, packetwalk.ErrDuplicate)
}

// TestBlackholesStay: F2.024, a blackhole route stays, wherever its target is by now.
func TestBlackholesStay(t *testing.T) {
	b := packetwalk.New()
	a := b.VPC("a", "10.0.0.0/16")
	a.Subnet("s", "10.0.0.0/24").Instance("old").State(vpc.Terminated)
	b.VPC("c", "10.1.0.0/16").InternetGateway("igw")
	cfg := b.Config()
	cfg.Interfaces = nil
	cfg.RouteTables = []route.Table{{ID: "main", VPC: "a", Main: true, Routes: []route.Route{
		{Destination: prefix("0.0.0.0/0"), Target: route.Target{Kind: route.InternetGateway, ID: "igw"}, State: route.Blackhole},
		{Destination: prefix("10.9.0.0/16"), Target: route.Target{Kind: route.Instance, ID: "old"}, State: route.Blackhole},
	}}}
	n := mustNetwork(t, cfg)
	assert.True(t, hasWarning(n, packetwalk.BlackholeRoute))
}

// TestMasqueradeKeepsTheFamily: a NAT instance puts its own address of the packet's family on what it
// forwards.
func TestMasqueradeKeepsTheFamily(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	igw := v.InternetGateway("igw")
	pub := v.Subnet("pub", "10.0.0.0/24", "2001:db8:1::/64").Route("0.0.0.0/0", igw).Route("::/0", igw)
	nat := pub.NATInstance("nat").IPv6("2001:db8:1::10").PublicIP().Allow("all", packetwalk.Anywhere, packetwalk.AnywhereIPv6)
	v.Subnet("priv", "10.0.1.0/24", "2001:db8:1:1::/64").Route("::/0", nat).Instance("i").IPv6("2001:db8:1:1::10")
	n := mustNetwork(t, b)
	f := checkWalk(t, n, walkCase{from: "i", to: "2001:db8:ffff::10", service: "tcp/443", want: works})
	assert.Equal(t, "2001:db8:1::10", f.Forward.Last.Src.String())
}

// TestNeighbouringAppliance: F6.011, what never leaves the subnet meets no ACL, not even by way of a route.
func TestNeighbouringAppliance(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	s := v.Subnet("s", "10.0.0.0/24")
	fw := s.Appliance("fw").Allow("all", packetwalk.Anywhere)
	s.Instance("a")
	v.ACL("shut").For(s)
	s.Route("192.168.0.0/16", fw)
	f, err := mustNetwork(t, b).Probe("a", "192.168.1.1", "tcp/443")
	require.NoError(t, err)
	for _, h := range f.Forward.Hops {
		assert.NotEqual(t, trace.StageNetworkACL, h.Stage, "%+v", f)
	}
	checkOutcome(t, f, drops(trace.RoutingLoop, "fw-eni"))
}

// TestElasticIPBeforeAllocation: an association may name the address that Build is to allocate.
func TestElasticIPBeforeAllocation(t *testing.T) {
	b := packetwalk.New()
	b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.0.0/24").Instance("i")
	cfg := b.Config()
	cfg.ElasticIPs = []subnet.ElasticIP{{ID: "eip", PublicIP: addr("192.0.2.1"), Interface: "i-eni", PrivateIP: addr("10.0.0.40")}}
	assert.Equal(t, []subnet.Address{{Private: addr("10.0.0.40"), Public: addr("192.0.2.1")}}, mustNetwork(t, cfg).Config().Interfaces[0].Private)
}

// TestRequestIsNoAnswer: F4.206, what a host sends by way of the NAT gateway to that gateway's own public
// address is not an answer to itself, be it from and to the same port.
func TestRequestIsNoAnswer(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	nat := v.Subnet("public", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
	v.Subnet("private", "10.0.1.0/24").Route("0.0.0.0/0", nat).Instance("i").Allow("all", packetwalk.Anywhere)
	n := mustNetwork(t, b)
	own := n.Config().NATGateways[0].Addresses[0].Public
	f, err := n.Connect("i", packet.Packet{Dst: own, Protocol: packet.UDP, SrcPort: 5000, DstPort: 5000})
	require.NoError(t, err)
	checkOutcome(t, f, drops(trace.NATNoSession, "nat"))
}

// TestSameErrorsEachTime: the order of the mistakes is that of the Config.
func TestSameErrorsEachTime(t *testing.T) {
	b := packetwalk.New()
	for _, id := range []string{"a", "b", "c", "d"} {
		v := b.VPC(id, "10.0.0.0/16")
		v.Subnet(id+"1", "10.0.0.0/24")
		v.Subnet(id+"2", "10.0.0.0/24")
	}
	_, first := b.Build()
	require.ErrorIs(t, first, packetwalk.ErrOverlap)
	for range 50 {
		_, again := b.Build()
		require.EqualError(t, again, first.Error())
	}
}

// TestPrimaryOnly: F3.016, a subnet's setting gives the primary interface a public address and no other,
// whatever was said first.
func TestPrimaryOnly(t *testing.T) {
	made := func(settingFirst bool) packetwalk.Config {
		b := packetwalk.New()
		s := b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.0.0/24")
		if settingFirst {
			s.MapPublicIP()
		}
		s.Instance("i").Attach(s.Interface("extra"))
		if !settingFirst {
			s.MapPublicIP()
		}
		return b.Config()
	}
	assert.Equal(t, made(true), made(false))
	cfg := mustNetwork(t, made(true)).Config()
	assert.True(t, cfg.Interfaces[0].Private[0].Public.IsValid(), "the primary")
	assert.False(t, cfg.Interfaces[1].Private[0].Public.IsValid(), "the other")
}
