package packetwalk_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

// zonedNet spreads over us-east-1a and us-east-1b: in each a public subnet with a NAT gateway and a bastion,
// and a private one with a host. Lean is in b and uses a's NAT gateway; elsewhere is in c, where no endpoint
// is.
func zonedNet() packetwalk.Config {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16")
	b.Peer(v, peer)
	igw := v.InternetGateway("igw")
	const a, other, third = "us-east-1a", "us-east-1b", "us-east-1c"
	pubA := v.Subnet("pub-a", "10.0.0.0/24").Zone(a).Route("0.0.0.0/0", igw)
	pubB := v.Subnet("pub-b", "10.0.1.0/24").Zone(other).Route("0.0.0.0/0", igw)
	pubA.Instance("bastion-a").PublicIP().Allow("tcp/22", packetwalk.Anywhere)
	pubB.Instance("bastion-b").PublicIP().Allow("tcp/22", packetwalk.Anywhere)
	natA, natB := pubA.NAT("nat-a"), pubB.NAT("nat-b")
	privA := v.Subnet("priv-a", "10.0.2.0/24").Zone(a).Route("0.0.0.0/0", natA)
	privB := v.Subnet("priv-b", "10.0.3.0/24").Zone(other).Route("0.0.0.0/0", natB)
	privA.Instance("host-a").Allow("tcp/22", v)
	privB.Instance("host-b").Allow("tcp/22", v)
	v.Subnet("lean", "10.0.4.0/24").Zone(other).Route("0.0.0.0/0", natA).Instance("lean-b")
	v.Subnet("third", "10.0.5.0/24").Zone(third).Instance("elsewhere")
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", privB)
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", privA).Allow("tcp/443", v)
	v.InterfaceEndpoint("sns", "com.amazonaws.us-east-1.sns", privA, privB).Allow("tcp/443", v)
	peer.Subnet("far", "10.1.0.0/24").Zone(other).Instance("remote").Allow("tcp/22", packetwalk.CIDR("10.0.0.0/16"))
	return b.Config()
}

// failing builds a network in which zones have failed.
func failing(t *testing.T, cfg packetwalk.Config, zones ...string) *packetwalk.Network {
	t.Helper()
	cfg.ImpairedZones = zones
	return mustNetwork(t, cfg)
}

func TestWalkZones(t *testing.T) {
	gone := func(id string) outcome { return drops(trace.ZoneImpaired, id) }
	sound, failed := mustNetwork(t, zonedNet()), failing(t, zonedNet(), "us-east-1a")
	for _, c := range []walkCase{
		{"item 61 one NAT gateway for two zones", "lean-b", "internet", "tcp/443", gone("nat-a-eni")},
		{"item 61 one a zone", "host-b", "internet", "tcp/443", works},
		{"item 61 the zone that fails is gone itself", "host-a", "internet", "tcp/443", gone("host-a-eni")},
		{"item 61 nothing there asks even the resolver", "host-a", "169.254.169.253", "udp/53", gone("host-a-eni")},
		{"item 92 internet gateways have no zone, out", "bastion-b", "internet", "tcp/443", works},
		{"item 92 internet gateways have no zone, in", "internet", "bastion-b", "tcp/22", works},
		{"item 92 gateway endpoints have no zone", "host-b", "s3", "tcp/443", works},
		{"item 92 peerings have no zone", "host-b", "remote", "tcp/22", works},
		{"item 102 an endpoint in one zone", "host-b", "sqs", "tcp/443", gone("sqs-priv-a-eni")},
		{"item 102 an endpoint in both zones", "host-b", "sns", "tcp/443", works},
		{"F7.106 from a zone without one, the one that works", "elsewhere", "sns", "tcp/443", works},
		{"item 172 in by the bastion of the zone", "internet", "bastion-a", "tcp/22", gone("bastion-a-eni")},
		{"item 172 in by the other", "internet", "bastion-b", "tcp/22", works},
		{"item 172 and on", "bastion-b", "host-b", "tcp/22", works},
		{"item 172 but not into the zone", "bastion-b", "host-a", "tcp/22", gone("host-a-eni")},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkWalk(t, failed, c)
			c.want = works
			checkWalk(t, sound, c)
		})
	}
	t.Run("F7.106 where all have failed, the first", func(t *testing.T) {
		n := failing(t, zonedNet(), "us-east-1a", "us-east-1b")
		checkWalk(t, n, walkCase{from: "elsewhere", to: "sns", service: "tcp/443", want: gone("sns-priv-a-eni")})
	})
	t.Run("item 61 F4.219 a regional NAT gateway goes on", func(t *testing.T) {
		cfg := zonedNet()
		cfg.NATGateways = append(cfg.NATGateways, gateway.NAT{
			ID: "region-nat", AvailabilityMode: gateway.Regional, VPC: "app",
			Addresses: []gateway.NATAddress{{Public: addr("198.51.100.51"), Zone: "us-east-1a"}, {Public: addr("198.51.100.52"), Zone: "us-east-1b"}},
		})
		cfg.RouteTables = slices.DeleteFunc(cfg.RouteTables, func(r route.Table) bool { return r.ID == "lean-rtb" })
		cfg.RouteTables = append(cfg.RouteTables, route.Table{ID: "lean-rtb", VPC: "app", Subnets: []string{"lean"}, Routes: []route.Route{
			{Destination: prefix("0.0.0.0/0"), Target: route.Target{Kind: route.NATGateway, ID: "region-nat"}},
		}})
		checkWalk(t, failing(t, cfg, "us-east-1a"), walkCase{from: "lean-b", to: "internet", service: "tcp/443", want: works})
	})
	regional := func(manual bool) packetwalk.Config {
		cfg := regionalNet(byHand).Config()
		cfg.NATGateways[0].ManualZones = manual
		return cfg
	}
	for _, c := range []struct {
		name   string
		manual bool
		failed []string
		walkCase
	}{
		{"one of its zones has failed", false, []string{"us-east-1a"}, walkCase{from: "host2", to: "internet", service: "tcp/443", want: works}},
		{"all of its zones have failed", false, []string{"us-east-1a", "us-east-1b"}, walkCase{from: "host2", to: "internet", service: "tcp/443", want: gone("nat")}},
		{"F4.220 which is no matter to a zone that is not registered", true, []string{"us-east-1a", "us-east-1b"},
			walkCase{from: "host2", to: "internet", service: "tcp/443", want: drops(trace.RegionalNGWRouteAZRestriction, "nat")}},
		{"who calls the Elastic IP of one", false, []string{"us-east-1a"}, walkCase{from: "internet", to: "198.51.100.101", service: "tcp/443", want: gone("nat")}},
		{"F4.206 who calls the other", false, []string{"us-east-1a"}, walkCase{from: "internet", to: "198.51.100.102", service: "tcp/443", want: drops(trace.NATNoSession, "nat")}},
	} {
		t.Run("item 61 F4.219 a regional NAT gateway: "+c.name, func(t *testing.T) {
			checkWalk(t, failing(t, regional(c.manual), c.failed...), c.walkCase)
		})
	}
	t.Run("item 61 the route is still there", func(t *testing.T) {
		f := checkWalk(t, failed, walkCase{from: "lean-b", to: "internet", service: "tcp/443", want: gone("nat-a-eni")})
		assert.True(t, at(f.Forward, trace.StageRouteTable, "lean-rtb"))
		require.Len(t, f.Records(), 1, "nothing is recorded where nothing is")
		assert.Equal(t, "lean-b-eni", f.Records()[0].InterfaceID)
	})
	t.Run("item 61 what is warned of is the same", func(t *testing.T) {
		assert.Equal(t, sound.Warnings(), failed.Warnings())
		assert.NotEmpty(t, failed.Warnings())
	})
}

// TestSessionZones: a zone fails under a connection that is open, and comes back.
func TestSessionZones(t *testing.T) {
	n := mustNetwork(t, zonedNet())
	s := n.NewSession(time.Time{})
	f, err := s.Probe("lean-b", "internet", "tcp/443")
	require.NoError(t, err)
	require.True(t, f.OK(), "%+v", f)
	for _, c := range []struct {
		network *packetwalk.Network
		want    trace.Code
	}{{failing(t, zonedNet(), "us-east-1a"), trace.ZoneImpaired}, {n, trace.NoCode}} {
		require.NoError(t, s.Apply(c.network))
		tr, err := s.Send("internet", f.Return.Sent)
		require.NoError(t, err)
		assert.Equal(t, c.want, tr.Verdict.Code, "item 61 the answer: %+v", tr)
	}
}

func TestZoneMistakes(t *testing.T) {
	fails := func(zones ...string) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.ImpairedZones = zones }
	}
	runMistakes(t, func() *packetwalk.Builder {
		b := packetwalk.New()
		b.VPC("app", "10.0.0.0/16").Subnet("sub", "10.0.0.0/24").Zone("us-east-1b")
		return b
	}, []mistakeCase{
		{"nothing is in that zone", fails("us-east-1a"), "us-east-1a", "ImpairedZones[0]", packetwalk.ErrNotFound},
		{"a zone has a name", fails("us-east-1b", ""), "", "ImpairedZones[1]", packetwalk.ErrNotFound},
		{"a zone is named once", fails("us-east-1b", "us-east-1b"), "us-east-1b", "ImpairedZones[1]", packetwalk.ErrDuplicate},
	})
}

// TestZoneRegions: a zone is in the Region of its VPC, as far as names tell.
func TestZoneRegions(t *testing.T) {
	for _, c := range []struct {
		name, region, zone string
		sound              bool
	}{
		{"an Availability Zone", "us-east-1", "us-east-1f", true},
		{"an Availability Zone of another Region", "us-east-1", "eu-west-1a", false},
		{"one of a Region with another number", "us-east-1", "us-east-2a", false},
		{"one that is not there", "us-east-1", "eu-west-9q", false},
		{"where no Region is named it is us-east-1", "", "us-east-2a", false},
		{"a Region of another partition", "us-gov-west-1", "us-gov-west-1b", true},
		{"and another one", "us-gov-west-1", "us-west-1b", false},
		{"a Local Zone", "us-west-2", "us-west-2-lax-1a", true},
		{"a Local Zone of another Region", "us-east-1", "us-west-2-lax-1a", false},
		{"a Wavelength Zone", "us-east-1", "us-east-1-wl1-bos-wlz-1", true},
		{"a Wavelength Zone of another Region", "eu-west-2", "us-east-1-wl1-bos-wlz-1", false},
		{"the ID of a zone is no name", "us-east-1", "euw1-az1", true},
		{"a zone with a name of one's own", "us-east-1", "left", true},
		{"a Region with a name of one's own", "here", "us-east-1a", true},
	} {
		network := func() packetwalk.Config {
			cfg := regionalNet(byHand).Config()
			cfg.VPCs[0].Region = c.region
			for i := range cfg.Subnets {
				cfg.Subnets[i].Zone = ""
			}
			for i := range cfg.NATGateways[0].Addresses {
				cfg.NATGateways[0].Addresses[i].Zone = "one"
			}
			return cfg
		}
		checks := func(t *testing.T, cfg packetwalk.Config, kind packetwalk.Kind, id, field string) {
			_, err := cfg.Build()
			if c.sound {
				assert.NoError(t, err)
				return
			}
			found := configErrors(t, err)
			require.Len(t, found, 1, "%v", err)
			want := packetwalk.ConfigError{Kind: kind, ID: id, Field: field, Value: c.zone, Err: found[0].Err}
			assert.Equal(t, want, *found[0])
			assert.ErrorIs(t, err, packetwalk.ErrInvalid)
			assert.ErrorContains(t, err, "is in Region "+cmp.Or(c.region, "us-east-1")+": want a zone of that Region")
		}
		t.Run("F3.009 a subnet, "+c.name, func(t *testing.T) {
			cfg := network()
			cfg.Subnets[0].Zone = c.zone
			checks(t, cfg, packetwalk.KindSubnet, "priv0", "Zone")
		})
		t.Run("F4.219 an Elastic IP of a regional NAT gateway, "+c.name, func(t *testing.T) {
			cfg := network()
			cfg.NATGateways[0].Addresses[1].Zone = c.zone
			checks(t, cfg, packetwalk.KindNATGateway, "nat", "Addresses[1].Zone")
		})
	}
	t.Run("F4.219 a zone fails in which only such an Elastic IP is", func(t *testing.T) {
		cfg := regionalNet(byHand).Config()
		cfg.NATGateways[0].Addresses[1].Zone = "us-east-1f"
		checkWalk(t, failing(t, cfg, "us-east-1f"), walkCase{from: "internet", to: "198.51.100.102", service: "tcp/443", want: drops(trace.ZoneImpaired, "nat")})
	})
}
