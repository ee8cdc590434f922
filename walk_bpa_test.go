package packetwalk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// openNet has a host of each kind that talks to the internet, each in a subnet of its own (web straight, host
// by a NAT gateway, host6 by an egress-only gateway), and what does not: endpoints and a peer. Beside web is
// quiet, which lets nobody in.
func openNet() packetwalk.Config {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56"), b.VPC("peer", "10.1.0.0/16")
	b.Peer(v, peer)
	open := func(i *packetwalk.InstanceHandle) {
		i.Allow("all", packetwalk.Anywhere, packetwalk.AnywhereIPv6)
	}
	igw, eigw := v.InternetGateway("igw"), v.EgressOnlyInternetGateway("eigw")
	pub := v.Subnet("pub", "10.0.0.0/24", "2001:db8:1::/64").Route("0.0.0.0/0", igw).Route("::/0", igw)
	open(pub.Instance("web").ElasticIP("198.51.100.1").IPv6("2001:db8:1::10"))
	pub.Instance("quiet").ElasticIP("198.51.100.2").IPv6("2001:db8:1::20")
	nats := v.Subnet("nats", "10.0.1.0/24").Route("0.0.0.0/0", igw)
	priv := v.Subnet("priv", "10.0.2.0/24").Route("0.0.0.0/0", nats.NAT("nat"))
	open(priv.Instance("host"))
	open(v.Subnet("six", "2001:db8:1:3::/64").Route("::/0", eigw).Instance("host6").IPv6("2001:db8:1:3::10"))
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", priv)
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", priv).Allow("tcp/443", v)
	open(peer.Subnet("far", "10.1.0.0/24").Instance("remote"))
	return b.Config()
}

// blocking puts Block Public Access over a network.
func blocking(t *testing.T, cfg packetwalk.Config, mode vpc.BPAMode, exclusions ...vpc.BPAExclusion) *packetwalk.Network {
	t.Helper()
	cfg.BlockPublicAccess = []vpc.BlockPublicAccess{{Mode: mode, Exclusions: exclusions}}
	return mustNetwork(t, cfg)
}

const (
	bothWays = vpc.BPAAllowBidirectional
	outward  = vpc.BPAAllowEgress
)

func ofVPC(id string, m vpc.BPAExclusionMode) vpc.BPAExclusion {
	return vpc.BPAExclusion{VPC: id, Mode: m}
}

func ofSubnet(id string, m vpc.BPAExclusionMode) vpc.BPAExclusion {
	return vpc.BPAExclusion{Subnet: id, Mode: m}
}

// TestWalkBlockPublicAccess asks the same of a network under each mode. A letter is a way that is blocked: w,
// web straight out; i, the internet to web; 6, the same over IPv6; n, host by the NAT gateway; e, host6 by
// the egress-only gateway.
func TestWalkBlockPublicAccess(t *testing.T) {
	const off, both, ingress = vpc.BPAOff, vpc.BPABidirectional, vpc.BPAIngress
	ways := []struct {
		letter, from, to, service, gateway string
	}{
		{"w", "web", "internet", "tcp/443", "igw"},
		{"i", "internet", "web", "tcp/443", "igw"},
		{"6", "internet", "2001:db8:1::10", "icmpv6/echo-request", "igw"},
		{"n", "host", "internet", "udp/53", "igw"},
		{"e", "host6", "internet", "tcp/443", "eigw"},
	}
	for _, c := range []struct {
		name       string
		mode       vpc.BPAMode
		exclusions []vpc.BPAExclusion
		blocked    string
	}{
		{"F3.101 off", off, nil, ""},
		{"F3.101 no mode is off", vpc.BPAUnspecified, nil, ""},
		{"F3.102 both ways: all is blocked", both, nil, "wi6ne"},
		{"F3.103 ingress: what gateways open from inside is not", ingress, nil, "wi6"},
		{"F3.105 a VPC excluded both ways", both, []vpc.BPAExclusion{ofVPC("app", bothWays)}, ""},
		{"F3.105 another VPC excluded", both, []vpc.BPAExclusion{ofVPC("peer", bothWays)}, "wi6ne"},
		{"F3.105 a VPC excluded outward", both, []vpc.BPAExclusion{ofVPC("app", outward)}, "wi6"},
		{"F3.105 the web server's subnet excluded both ways", both, []vpc.BPAExclusion{ofSubnet("pub", bothWays)}, "ne"},
		{"F3.105 the web server's subnet excluded outward", both, []vpc.BPAExclusion{ofSubnet("pub", outward)}, "wi6ne"},
		{"F3.105 it is the NAT gateway's subnet that counts", both, []vpc.BPAExclusion{ofSubnet("nats", outward)}, "wi6e"},
		{"F3.105 and not that of the host behind it", both, []vpc.BPAExclusion{ofSubnet("priv", bothWays)}, "wi6ne"},
		{"F3.105 the subnet with an egress-only gateway excluded outward", both, []vpc.BPAExclusion{ofSubnet("six", outward)}, "wi6n"},
		{"F3.105 ingress: outward adds nothing", ingress, []vpc.BPAExclusion{ofVPC("app", outward)}, "wi6"},
		{"F3.105 ingress: both ways does", ingress, []vpc.BPAExclusion{ofSubnet("pub", bothWays)}, ""},
		{"F3.105 a VPC outward, its subnet both ways", both, []vpc.BPAExclusion{ofVPC("app", outward), ofSubnet("pub", bothWays)}, ""},
		{"F3.105 the same, the other first", both, []vpc.BPAExclusion{ofSubnet("pub", bothWays), ofVPC("app", outward)}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := blocking(t, openNet(), c.mode, c.exclusions...)
			for _, way := range ways {
				want := works
				if strings.Contains(c.blocked, way.letter) {
					want = drops(trace.VPCBlockPublicAccessEnabled, way.gateway)
				}
				checkWalk(t, n, walkCase{from: way.from, to: way.to, service: way.service, want: want})
			}
			checkWalk(t, n, walkCase{from: "host6", to: "web", service: "tcp/22", want: works})
		})
	}
}

func TestWalkBlockPublicAccessElsewhere(t *testing.T) {
	n := blocking(t, openNet(), vpc.BPABidirectional)
	runWalks(t, n, []walkCase{
		{"F3.104 inside the VPC", "host", "web", "tcp/443", works},
		{"F3.104 inside the VPC, IPv6", "host6", "2001:db8:1::10", "tcp/443", works},
		{"F3.104 over a peering", "web", "remote", "tcp/443", works},
		{"F3.104 to a gateway endpoint", "host", "s3", "tcp/443", works},
		{"F3.104 to an interface endpoint", "web", "sqs", "tcp/443", works},
		{"F3.104 to the Amazon resolver", "host", "169.254.169.253", "udp/53", works},
	})
	t.Run("F3.102 F4.011 a neighbour's public address is called by the gateway", func(t *testing.T) {
		out := blocking(t, gatewayNet().Config(), vpc.BPABidirectional)
		checkWalk(t, out, walkCase{from: "web", to: "198.51.100.202", service: "tcp/443", want: drops(trace.VPCBlockPublicAccessEnabled, "igw")})
	})
	t.Run("F3.103 who calls the NAT gateway is dropped there", func(t *testing.T) {
		checkWalk(t, blocking(t, openNet(), vpc.BPAIngress), walkCase{from: "internet", to: "nat", service: "tcp/443", want: drops(trace.NATNoSession, "nat")})
	})
	for _, other := range []vpc.BlockPublicAccess{{Account: "210987654321"}, {Region: "eu-west-1"}} {
		t.Run("F3.101 another account's or Region's is no matter: "+other.Account+other.Region, func(t *testing.T) {
			cfg := openNet()
			other.Mode = vpc.BPABidirectional
			cfg.BlockPublicAccess = []vpc.BlockPublicAccess{other}
			checkWalk(t, mustNetwork(t, cfg), walkCase{from: "internet", to: "web", service: "tcp/443", want: works})
		})
	}
	t.Run("F3.101 each account and Region has its own", func(t *testing.T) {
		cfg := openNet()
		cfg.BlockPublicAccess = []vpc.BlockPublicAccess{{Region: "eu-west-1", Mode: vpc.BPAOff}, {Mode: vpc.BPABidirectional}}
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "internet", to: "web", service: "tcp/443", want: drops(trace.VPCBlockPublicAccessEnabled, "igw")})
	})
}

// TestWalkBlockPublicAccessAppliance: behind an appliance it is the workload's subnet that is excluded.
func TestWalkBlockPublicAccessAppliance(t *testing.T) {
	blocked := drops(trace.VPCBlockPublicAccessEnabled, "igw")
	for _, c := range []struct {
		walkCase
		excluded string
	}{
		{walkCase{"F3.106 in, the workload's subnet excluded", "internet", "web", "tcp/443", works}, "inner"},
		{walkCase{"F3.106 out, the workload's subnet excluded", "web", "internet", "udp/53", works}, "inner"},
		{walkCase{"F3.106 in, the appliance's subnet excluded", "internet", "web", "tcp/443", blocked}, "edge"},
		{walkCase{"F3.106 out, the appliance's subnet excluded", "web", "internet", "udp/53", blocked}, "edge"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := blocking(t, edgeNet(true, false).Config(), vpc.BPABidirectional, ofSubnet(c.excluded, bothWays))
			f := checkWalk(t, n, c.walkCase)
			assert.True(t, !f.OK() || at(f.Forward, trace.StageNetworkInterface, "fw-eni"))
		})
	}
}

// TestBlockPublicAccessRecords: what is blocked is a REJECT without bytes, at the interface that sent it or
// that would have got it.
func TestBlockPublicAccessRecords(t *testing.T) {
	type seen struct {
		id     string
		action flowlog.Action
		dst    string
		bytes  bool
	}
	accept, reject := flowlog.Accept, flowlog.Reject
	n := blocking(t, openNet(), vpc.BPABidirectional)
	for _, c := range []struct {
		name, from, to, service string
		want                    []seen
	}{
		{"F1.512 F3.108 out", "web", "internet", "tcp/443", []seen{{"web-eni", reject, "203.0.113.10", false}}},
		{"F1.512 F3.108 out by a NAT gateway", "host", "internet", "tcp/443", []seen{
			{"host-eni", accept, "203.0.113.10", true},
			{"nat-eni", accept, "10.0.1.4", true}, {"nat-eni", reject, "203.0.113.10", false},
		}},
		{"F1.512 F3.108 out by an egress-only gateway", "host6", "internet", "tcp/443", []seen{{"host6-eni", reject, "2001:db8:ffff::10", false}}},
		{"F1.512 F3.108 in", "internet", "web", "tcp/443", []seen{{"web-eni", reject, "10.0.0.5", false}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := n.Probe(c.from, c.to, c.service)
			require.NoError(t, err)
			var got []seen
			for _, r := range f.Records() {
				got = append(got, seen{r.InterfaceID, r.Action, r.DstAddr.String(), !r.Missing.Has(flowlog.FieldBytes)})
			}
			assert.Equal(t, c.want, got)
		})
	}
	t.Run("F1.512 what the sender's group denies never comes to the gateway", func(t *testing.T) {
		cfg := openNet()
		for i := range cfg.SecurityGroups {
			if g := &cfg.SecurityGroups[i]; g.ID == "web-sg" {
				g.Rules = nil
			}
		}
		f := checkWalk(t, blocking(t, cfg, vpc.BPABidirectional), walkCase{from: "web", to: "internet", service: "tcp/443", want: drops(trace.SGHasNoRules, "web-sg")})
		require.Len(t, f.Records(), 1)
		assert.NotZero(t, f.Records()[0].Bytes)
		var stand []trace.Code
		for _, h := range f.Forward.Drops() {
			stand = append(stand, h.Code)
		}
		assert.Equal(t, []trace.Code{trace.SGHasNoRules, trace.VPCBlockPublicAccessEnabled}, stand, "all that stands in the way")
	})
	t.Run("F3.108 what else stands in the way is named too", func(t *testing.T) {
		cfg := openNet()
		for i := range cfg.SecurityGroups {
			if g := &cfg.SecurityGroups[i]; g.ID == "web-sg" {
				g.Rules = nil
			}
		}
		f := checkWalk(t, blocking(t, cfg, vpc.BPABidirectional), walkCase{from: "internet", to: "web", service: "tcp/443", want: drops(trace.VPCBlockPublicAccessEnabled, "igw")})
		assert.Len(t, f.Records(), 1)
		assert.Equal(t, trace.SGHasNoRules, f.Forward.Drops()[1].Code)
		assert.Equal(t, addr("10.0.0.5"), f.Forward.Crossings[0].Packet.Dst, "F1.405 as it is inside")
	})
}

// TestBlockedVerdictAllocates: the verdict on a packet that is blocked, that is too long or whose zone has
// failed needs no memory of the heap.
func TestBlockedVerdictAllocates(t *testing.T) {
	blocked := blocking(t, openNet(), vpc.BPABidirectional)
	for _, c := range []struct {
		n    *packetwalk.Network
		from string
		p    packet.Packet
		want trace.Code
	}{
		{blocked, "web", packet.Packet{Dst: addr("203.0.113.10"), Protocol: packet.UDP}, trace.VPCBlockPublicAccessEnabled},
		{blocked, "internet", packet.Packet{Dst: addr("198.51.100.1"), Protocol: packet.UDP}, trace.VPCBlockPublicAccessEnabled},
		{mustNetwork(t, openNet()), "web", packet.Packet{Dst: addr("203.0.113.10"), Protocol: packet.UDP, Length: 1501, DontFragment: true}, trace.MTUExceeded},
		{failing(t, zonedNet(), "us-east-1a"), "lean-b", packet.Packet{Dst: addr("203.0.113.10"), Protocol: packet.UDP}, trace.ZoneImpaired},
	} {
		s, err := c.n.Source(c.from)
		require.NoError(t, err)
		assert.Equal(t, c.want, s.Verdict(c.p).Code)
		assert.Zero(t, testing.AllocsPerRun(100, func() { s.Verdict(c.p) }), c.want)
	}
}

// TestSessionBlockPublicAccess: it is put on while a connection by an egress-only gateway is open.
func TestSessionBlockPublicAccess(t *testing.T) {
	s := mustNetwork(t, openNet()).NewSession(time.Time{})
	f, err := s.Probe("host6", "internet", "tcp/443")
	require.NoError(t, err)
	require.True(t, f.OK(), "%+v", f)
	require.NoError(t, s.Apply(blocking(t, openNet(), vpc.BPABidirectional)))
	answer := f.Return.Sent
	answer.Flags = packet.ACK
	tr, err := s.Send("internet", answer)
	require.NoError(t, err)
	assert.Equal(t, trace.VPCBlockPublicAccessEnabled, tr.Verdict.Code, "F3.102 also for what is known: %+v", tr)
	assert.Equal(t, "eigw", tr.Verdict.ID)
	require.NoError(t, s.Apply(blocking(t, openNet(), vpc.BPAIngress)))
	tr, err = s.Send("internet", answer)
	require.NoError(t, err)
	assert.True(t, tr.Delivered(), "F3.103: %+v", tr)
}

func TestBlockPublicAccessMistakes(t *testing.T) {
	const here = "123456789012/us-east-1"
	network := func() *packetwalk.Builder {
		b := packetwalk.New()
		b.VPC("app", "10.0.0.0/16").Subnet("sub", "10.0.0.0/24")
		return b
	}
	with := func(list ...vpc.BlockPublicAccess) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.BlockPublicAccess = list }
	}
	excluding := func(e ...vpc.BPAExclusion) func(*packetwalk.Config) {
		return with(vpc.BlockPublicAccess{Mode: vpc.BPAIngress, Exclusions: e})
	}
	runMistakes(t, network, []mistakeCase{
		{"F3.101 an account has one in a Region", with(vpc.BlockPublicAccess{}, vpc.BlockPublicAccess{Account: "123456789012"}), here, "Region", packetwalk.ErrDuplicate},
		{"F3.101 a mode that AWS does not have", with(vpc.BlockPublicAccess{Mode: 9}), here, "Mode", packetwalk.ErrInvalid},
		{"F3.105 no such VPC", excluding(ofVPC("gone", bothWays)), here, "Exclusions[0].VPC", packetwalk.ErrNotFound},
		{"F3.105 no such subnet", excluding(ofVPC("app", outward), ofSubnet("gone", bothWays)), here, "Exclusions[1].Subnet", packetwalk.ErrNotFound},
		{"F3.105 a VPC of another account", with(vpc.BlockPublicAccess{Account: "210987654321", Exclusions: []vpc.BPAExclusion{ofVPC("app", bothWays)}}), "210987654321/us-east-1", "Exclusions[0].VPC", packetwalk.ErrInvalid},
		{"F3.105 a subnet of another Region", with(vpc.BlockPublicAccess{Region: "eu-west-1", Exclusions: []vpc.BPAExclusion{ofSubnet("sub", bothWays)}}), "123456789012/eu-west-1", "Exclusions[0].Subnet", packetwalk.ErrInvalid},
		{"F3.105 neither a VPC nor a subnet", excluding(vpc.BPAExclusion{Mode: bothWays}), here, "Exclusions[0].VPC", packetwalk.ErrInvalid},
	})
	t.Run("the account and the Region are filled in", func(t *testing.T) {
		cfg := network().Config()
		cfg.BlockPublicAccess = []vpc.BlockPublicAccess{{Mode: vpc.BPAIngress}}
		got := mustNetwork(t, cfg).Config().BlockPublicAccess
		assert.Equal(t, []vpc.BlockPublicAccess{{Account: "123456789012", Region: "us-east-1", Mode: vpc.BPAIngress}}, got)
	})
}
