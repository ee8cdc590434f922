package packetwalk_test

import (
	"encoding/json"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// endpointsNet has a host and endpoints in each of two VPCs that are peers: those of app let everybody in.
func endpointsNet() *packetwalk.Builder {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16")
	b.Peer(v, peer)
	s, far := v.Subnet("sub", "10.0.0.0/24"), peer.Subnet("far", "10.1.0.0/24")
	s.Instance("host").Allow("all", v)
	s.Instance("server").Allow("all", v)
	far.Instance("remote")
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", s).Allow("all", v, peer)
	v.InterfaceEndpoint("theirs", "com.amazonaws.vpce.us-east-1.vpce-svc-0123", s).Allow("all", v)
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
	peer.InterfaceEndpoint("sns", "com.amazonaws.us-east-1.sns", far).Allow("all", v)
	return b
}

// control is the encryption control of the VPC app.
func control(m vpc.EncryptionMode, exclusions ...vpc.EncryptionExclusion) vpc.EncryptionControl {
	return vpc.EncryptionControl{VPC: "app", Mode: m, Exclusions: exclusions}
}

func enforcing(exclusions ...vpc.EncryptionExclusion) vpc.EncryptionControl {
	return control(vpc.EncryptionEnforce, exclusions...)
}

// encrypted puts encryption controls over endpointsNet.
func encrypted(t *testing.T, list ...vpc.EncryptionControl) *packetwalk.Network {
	t.Helper()
	cfg := endpointsNet().Config()
	cfg.EncryptionControls = list
	return mustNetwork(t, cfg)
}

func TestWalkEncryptionEnforced(t *testing.T) {
	runWalks(t, encrypted(t, enforcing(vpc.ExcludeVPCPeering)), []walkCase{
		{"F1.157 TCP 443 to a service of AWS's counts as encrypted", "host", "sqs", "tcp/443", works},
		{"F3.202 another port does not", "host", "sqs", "tcp/80", drops(trace.EncryptionRequired, "sqs")},
		{"F3.202 nor does UDP", "host", "sqs", "udp/443", drops(trace.EncryptionRequired, "sqs")},
		{"F3.202 nor what goes to somebody's own service", "host", "theirs", "tcp/443", drops(trace.EncryptionRequired, "theirs")},
		{"F3.202 whoever sends it", "remote", "sqs", "tcp/80", drops(trace.EncryptionRequired, "sqs")},
		{"F3.202 an endpoint of a VPC that does not enforce lets it by", "host", "sns", "tcp/80", works},
		{"F3.202 so does a gateway endpoint", "host", "s3", "tcp/80", works},
		{"F3.202 so do hosts", "host", "server", "tcp/80", works},
		{"F7.102 what an endpoint never takes is not for want of encryption", "host", "sqs", "icmp/echo-request", drops(trace.ProtocolRestriction, "sqs")},
	})
}

func TestWalkEncryptionNotEnforced(t *testing.T) {
	failed := enforcing()
	failed.State = vpc.EncryptionEnforceFailed
	other := enforcing(vpc.ExcludeVPCPeering)
	other.VPC = "peer"
	gone := failed
	gone.State = vpc.EncryptionDeleted
	for _, c := range []struct {
		name string
		list []vpc.EncryptionControl
	}{
		{"F3.201 without a control", nil},
		{"F3.201 monitor", []vpc.EncryptionControl{control(vpc.EncryptionMonitor)}},
		{"F3.201 no mode is monitor", []vpc.EncryptionControl{control(vpc.EncryptionUnspecified)}},
		{"F3.201 enforce, which failed", []vpc.EncryptionControl{failed}},
		{"F3.201 another VPC's", []vpc.EncryptionControl{other}},
		{"F3.201 one that is deleted stands beside the next", []vpc.EncryptionControl{gone, control(vpc.EncryptionMonitor)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkWalk(t, encrypted(t, c.list...), walkCase{from: "host", to: "sqs", service: "tcp/80", want: works})
		})
	}
}

// TestEncryptionRecords: who sends is let out, and the endpoint's interface rejects it with the reason EC.
func TestEncryptionRecords(t *testing.T) {
	n := encrypted(t, enforcing(vpc.ExcludeVPCPeering))
	f, err := n.Probe("host", "sqs", "tcp/80")
	require.NoError(t, err)
	list := f.Records()
	require.Len(t, list, 2)
	assert.Equal(t, []flowlog.Action{flowlog.Accept, flowlog.Reject}, []flowlog.Action{list[0].Action, list[1].Action}, "F3.202")
	assert.NotZero(t, list[1].Bytes, "F1.512 leaves bytes out for Block Public Access alone")
	crossings := f.Forward.Crossings
	assert.Equal(t, []trace.RejectReason{trace.NoRejectReason, trace.RejectEC}, []trace.RejectReason{crossings[0].Reason, crossings[1].Reason}, "F1.140")
	assert.NotEqual(t, "host-eni", list[1].InterfaceID)

	f, err = n.Probe("host", "sqs", "tcp/443")
	require.NoError(t, err)
	for _, c := range append(f.Forward.Crossings, f.Return.Crossings...) {
		assert.True(t, c.Accepted)
		assert.Equal(t, trace.NoRejectReason, c.Reason)
	}
	t.Run("F3.202 what a group denies is not for want of encryption", func(t *testing.T) {
		cfg := endpointsNet().Config()
		cfg.EncryptionControls = []vpc.EncryptionControl{enforcing(vpc.ExcludeVPCPeering)}
		for i := range cfg.SecurityGroups {
			if g := &cfg.SecurityGroups[i]; g.ID == "sqs-sg" {
				g.Rules = nil
			}
		}
		f := checkWalk(t, mustNetwork(t, cfg), walkCase{from: "host", to: "sqs", service: "tcp/80", want: drops(trace.SGHasNoRules, "sqs-sg")})
		stand := f.Forward.Drops()
		require.Len(t, stand, 2)
		assert.Equal(t, trace.EncryptionRequired, stand[1].Code, "all that stands in the way")
		last := f.Forward.Crossings[len(f.Forward.Crossings)-1]
		assert.Equal(t, trace.NoRejectReason, last.Reason)
	})
}

// TestEncryptionVerdictAllocates: the verdict on what is dropped for want of encryption needs no memory of
// the heap.
func TestEncryptionVerdictAllocates(t *testing.T) {
	n := encrypted(t, enforcing(vpc.ExcludeVPCPeering))
	for _, port := range []uint16{80, 443} {
		f, err := n.Probe("host", "sqs", "tcp/443")
		require.NoError(t, err)
		p := f.Forward.Sent
		p.DstPort = port
		s, err := n.Source("host")
		require.NoError(t, err)
		assert.Equal(t, port == 443, s.Verdict(p).Outcome == trace.Delivered, "F3.202")
		assert.Zero(t, testing.AllocsPerRun(100, func() { s.Verdict(p) }), port)
	}
}

// TestSessionEncryption: it is enforced while a connection is open.
func TestSessionEncryption(t *testing.T) {
	s := encrypted(t).NewSession(time.Time{})
	f, err := s.Probe("host", "sqs", "tcp/80")
	require.NoError(t, err)
	require.True(t, f.OK(), "%+v", f)
	require.NoError(t, s.Apply(encrypted(t, enforcing(vpc.ExcludeVPCPeering))))
	more := f.Forward.Sent
	more.Flags = packet.ACK
	tr, err := s.Send("host", more)
	require.NoError(t, err)
	assert.Equal(t, trace.EncryptionRequired, tr.Verdict.Code, "F3.202 also for what is known: %+v", tr)
}

// everyKind has a resource of each kind that a VPC can't have that enforces: those with an exclusion in the
// VPC app, and in bare those without.
func everyKind() *packetwalk.Builder {
	b := packetwalk.New()
	v, peer, bare := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56"), b.VPC("peer", "10.1.0.0/16"), b.VPC("bare", "10.2.0.0/16")
	b.Peer(v, peer)
	s := v.Subnet("sub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	v.EgressOnlyInternetGateway("eigw")
	s.NAT("nat")
	bare.Subnet("plain", "10.2.0.0/24")
	return b
}

// everyKindWith gives everyKind what handles do not make, and encryption controls.
func everyKindWith(list ...vpc.EncryptionControl) func(*packetwalk.Config) {
	return func(c *packetwalk.Config) {
		c.VirtualPrivateGateways = []gateway.VirtualPrivate{{ID: "vgw", VPC: "app"}}
		c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "fn", Subnet: "sub", Kind: subnet.Lambda})
		c.EncryptionControls = list
	}
}

func TestEncryptionNeedsExclusions(t *testing.T) {
	needed := []vpc.EncryptionExclusion{
		vpc.ExcludeInternetGateway, vpc.ExcludeEgressOnlyInternetGateway, vpc.ExcludeNATGateway,
		vpc.ExcludeVirtualPrivateGateway, vpc.ExcludeVPCPeering, vpc.ExcludeLambda,
	}
	peer := peerID(everyKind().Config())
	for i, c := range []struct{ name, id, field string }{
		{"F3.202 an internet gateway", "igw", "VPC"},
		{"F3.202 an egress-only internet gateway", "eigw", "VPC"},
		{"F3.202 a NAT gateway", "nat", "Subnet"},
		{"F3.202 a virtual private gateway", "vgw", "VPC"},
		{"F3.202 a peering with a VPC that does not enforce", peer, "Requester.VPC"},
		{"F3.202 a function", "fn", "Kind"},
	} {
		var others []vpc.EncryptionExclusion
		others = append(append(others, needed[:i]...), needed[i+1:]...)
		t.Run(c.name, func(t *testing.T) {
			cfg := everyKind().Config()
			everyKindWith(enforcing(others...))(&cfg)
			_, err := packetwalk.Build(cfg)
			mistake := onlyMistake(t, err)
			assert.Equal(t, [2]string{c.id, c.field}, [2]string{mistake.ID, mistake.Field})
			assert.ErrorIs(t, mistake, packetwalk.ErrInvalid)
			assert.ErrorContains(t, mistake, "want the exclusion "+needed[i].String())
		})
	}
	t.Run("F3.202 all at once", func(t *testing.T) {
		cfg := everyKind().Config()
		everyKindWith(enforcing())(&cfg)
		_, err := packetwalk.Build(cfg)
		require.Error(t, err)
		joined, ok := err.(interface{ Unwrap() []error })
		require.True(t, ok)
		assert.Len(t, joined.Unwrap(), len(needed))
	})
	for _, c := range []struct {
		name string
		edit func(*packetwalk.Config)
	}{
		{"F3.202 with all exclusions", everyKindWith(enforcing(needed...))},
		{"F3.202 monitor needs none", everyKindWith(control(vpc.EncryptionMonitor))},
		{"F3.202 another VPC has nothing of the kind", everyKindWith(vpc.EncryptionControl{VPC: "bare", Mode: vpc.EncryptionEnforce})},
		{"F3.202 nothing of a NAT gateway that is deleted", func(c *packetwalk.Config) {
			everyKindWith(enforcing(append(needed[:2:2], needed[3:]...)...))(c)
			c.NATGateways[0].State = gateway.NATDeleted
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := everyKind().Config()
			c.edit(&cfg)
			_, err := packetwalk.Build(cfg)
			assert.NoError(t, err)
		})
	}
}

func peerID(c packetwalk.Config) string { return c.Peerings[0].ID }

// onlyMistake is the one mistake that Build reports.
func onlyMistake(t *testing.T, err error) *packetwalk.ConfigError {
	t.Helper()
	require.Error(t, err)
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok)
	require.Len(t, joined.Unwrap(), 1, "%v", err)
	var mistake *packetwalk.ConfigError
	require.ErrorAs(t, joined.Unwrap()[0], &mistake)
	return mistake
}

// TestEncryptionPeerings: who of two peers needs the exclusion (F3.203).
func TestEncryptionPeerings(t *testing.T) {
	const enforce = vpc.EncryptionEnforce
	strict := func(id string, exclusions ...vpc.EncryptionExclusion) vpc.EncryptionControl {
		return vpc.EncryptionControl{VPC: id, Mode: enforce, Exclusions: exclusions}
	}
	for _, c := range []struct {
		name   string
		list   []vpc.EncryptionControl
		edit   func(*packetwalk.Config)
		fields []string
	}{
		{"F3.203 both enforce", []vpc.EncryptionControl{strict("app"), strict("peer")}, nil, nil},
		{"F3.203 one enforces", []vpc.EncryptionControl{strict("peer")}, nil, []string{"Accepter.VPC"}},
		{"F3.203 the other watches", []vpc.EncryptionControl{strict("app"), {VPC: "peer"}}, nil, []string{"Requester.VPC"}},
		{"F3.203 one has another exclusion", []vpc.EncryptionControl{strict("app"), strict("peer", vpc.ExcludeLambda)}, nil, []string{"Requester.VPC", "Accepter.VPC"}},
		{"F3.203 both exclude the peering", []vpc.EncryptionControl{strict("app", vpc.ExcludeVPCPeering), strict("peer", vpc.ExcludeVPCPeering)}, nil, nil},
		{"F3.203 in two Regions", []vpc.EncryptionControl{strict("app"), strict("peer")}, func(c *packetwalk.Config) {
			c.VPCs[1].Region, c.Subnets[1].Zone = "eu-west-1", "eu-west-1a"
		}, []string{"Requester.VPC", "Accepter.VPC"}},
		{"F3.203 a peering that is deleted", []vpc.EncryptionControl{strict("app")}, func(c *packetwalk.Config) {
			c.Peerings[0].Status = peering.Deleted
		}, nil},
		{"F3.203 with a VPC outside, of which nobody says it", []vpc.EncryptionControl{strict("app")}, outsidePeer(""), nil},
		{"F3.203 with a VPC outside, in another Region", []vpc.EncryptionControl{strict("app")}, outsidePeer("eu-west-1"), []string{"Requester.VPC"}},
		{"F3.203 with a VPC outside, and an exclusion of one's own", []vpc.EncryptionControl{strict("app", vpc.ExcludeLambda)}, outsidePeer(""), []string{"Requester.VPC"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			v, peer := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16")
			v.Subnet("sub", "10.0.0.0/24")
			peer.Subnet("far", "10.1.0.0/24")
			b.Peer(v, peer)
			cfg := b.Config()
			cfg.EncryptionControls = c.list
			if c.edit != nil {
				c.edit(&cfg)
			}
			_, err := packetwalk.Build(cfg)
			var fields []string
			if joined, ok := err.(interface{ Unwrap() []error }); ok {
				for _, e := range joined.Unwrap() {
					var mistake *packetwalk.ConfigError
					require.ErrorAs(t, e, &mistake)
					require.Equal(t, packetwalk.KindPeering, mistake.Kind, "%v", e)
					fields = append(fields, mistake.Field)
				}
			}
			assert.Equal(t, c.fields, fields, "%v", err)
		})
	}
}

// outsidePeer leads the peering to a VPC that the network does not describe.
func outsidePeer(region string) func(*packetwalk.Config) {
	return func(c *packetwalk.Config) {
		c.Peerings[0].Accepter = peering.Side{VPC: "elsewhere", Region: region, Blocks: []netip.Prefix{prefix("172.31.0.0/16")}}
		c.Peerings[0].Requester = peering.Side{VPC: "app"}
		for i := range c.RouteTables {
			c.RouteTables[i].Routes = nil
		}
	}
}

func TestEncryptionMistakes(t *testing.T) {
	network := func() *packetwalk.Builder {
		b := packetwalk.New()
		b.VPC("app", "10.0.0.0/16").Subnet("sub", "10.0.0.0/24")
		return b
	}
	with := func(list ...vpc.EncryptionControl) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.EncryptionControls = list }
	}
	and := func(edit func(*packetwalk.Config)) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { with(enforcing())(c); edit(c) }
	}
	runMistakes(t, network, []mistakeCase{
		{"F3.201 no such VPC", with(vpc.EncryptionControl{VPC: "gone"}), "gone", "VPC", packetwalk.ErrNotFound},
		{"F3.201 of no VPC", with(vpc.EncryptionControl{}), "", "VPC", packetwalk.ErrInvalid},
		{"F3.201 a VPC has one", with(control(vpc.EncryptionMonitor), enforcing()), "app", "VPC", packetwalk.ErrDuplicate},
		{"F3.201 a mode that AWS does not have", with(control(9)), "app", "Mode", packetwalk.ErrInvalid},
		{"F3.202 an exclusion that AWS does not have", with(enforcing(99)), "app", "Exclusions[0]", packetwalk.ErrInvalid},
		{"F3.203 a Gateway Load Balancer endpoint, as of a Network Firewall", and(func(c *packetwalk.Config) {
			c.GatewayLoadBalancerEndpoints = []endpoint.GatewayLoadBalancer{{ID: "gwlbe", VPC: "app", Subnet: "sub", Service: "com.amazonaws.vpce.us-east-1.vpce-svc-0123"}}
		}), "gwlbe", "VPC", packetwalk.ErrInvalid},
		{"F3.203 the interface of such an endpoint that is not described", and(func(c *packetwalk.Config) {
			c.Interfaces = []subnet.Interface{{ID: "fw", Subnet: "sub", Kind: subnet.GatewayLoadBalancerEndpoint}}
		}), "fw", "Kind", packetwalk.ErrInvalid},
		{"F3.203 a Gateway Load Balancer", and(func(c *packetwalk.Config) {
			c.Interfaces = []subnet.Interface{{ID: "gwlb", Subnet: "sub", Kind: subnet.GatewayLoadBalancer}}
		}), "gwlb", "Kind", packetwalk.ErrInvalid},
		{"F3.203 a subnet in a Local Zone", and(func(c *packetwalk.Config) { c.Subnets[0].Zone = "us-east-1-bos-1a" }), "sub", "Zone", packetwalk.ErrInvalid},
	})
	t.Run("F3.203 an endpoint is reported, and its interface is not", func(t *testing.T) {
		cfg := network().Config()
		and(func(c *packetwalk.Config) {
			c.GatewayLoadBalancerEndpoints = []endpoint.GatewayLoadBalancer{{ID: "gwlbe", VPC: "app", Subnet: "sub", Service: "com.amazonaws.vpce.us-east-1.vpce-svc-0123"}}
		})(&cfg)
		_, err := packetwalk.Build(cfg)
		assert.Equal(t, "gwlbe", onlyMistake(t, err).ID)
	})
	for _, c := range []struct {
		name string
		edit func(*packetwalk.Config)
	}{
		{"F3.203 a subnet in an Availability Zone", and(func(c *packetwalk.Config) { c.Subnets[0].Zone = "us-east-1b" })},
		{"F3.203 a subnet in a Local Zone of a VPC beside one that enforces", func(c *packetwalk.Config) {
			c.Subnets[0].Zone = "us-east-1-bos-1a"
			c.VPCs = append(c.VPCs, vpc.VPC{ID: "strict", Blocks: vpc.Blocks("10.1.0.0/16")})
			with(vpc.EncryptionControl{VPC: "strict", Mode: vpc.EncryptionEnforce})(c)
		}},
		{"F3.203 a Gateway Load Balancer endpoint that is deleted", and(func(c *packetwalk.Config) {
			c.GatewayLoadBalancerEndpoints = []endpoint.GatewayLoadBalancer{{ID: "gwlbe", VPC: "app", Subnet: "sub", Service: "com.amazonaws.vpce.us-east-1.vpce-svc-0123", State: endpoint.Deleted}}
		})},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := network().Config()
			c.edit(&cfg)
			_, err := packetwalk.Build(cfg)
			assert.NoError(t, err)
		})
	}
}

// TestEncryptionConfig: a Config with encryption controls is told in JSON and back, and a Network keeps its
// own.
func TestEncryptionConfig(t *testing.T) {
	cfg := everyKind().Config()
	everyKindWith(control(vpc.EncryptionEnforce, vpc.ExcludeLambda, vpc.ExcludeVPCLattice))(&cfg)
	cfg.EncryptionControls[0].State = vpc.EncryptionEnforceInProgress
	text, err := json.Marshal(cfg)
	require.NoError(t, err)
	assert.Contains(t, string(text), `{"VPC":"app","Mode":"enforce","State":"enforce-in-progress","Exclusions":["lambda","vpc-lattice"]}`, "F3.201")
	var back packetwalk.Config
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, cfg, back)

	n := mustNetwork(t, cfg)
	kept := n.Config().EncryptionControls
	cfg.EncryptionControls[0].Exclusions[0] = vpc.ExcludeInternetGateway
	n.Config().EncryptionControls[0].Exclusions[1] = vpc.ExcludeInternetGateway
	assert.Equal(t, kept, n.Config().EncryptionControls)
	assert.Equal(t, vpc.ExcludeLambda, kept[0].Exclusions[0])
}
