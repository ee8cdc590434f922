package packetwalk_test

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

const consumerAccount = "222222222222"

// linkNet is a provider's service behind a load balancer in two zones, and a consumer of another account with
// the very same addresses, who has an endpoint for it in both zones (F7.204).
func linkNet() *packetwalk.Builder { return linkNetWith(func(*links) {}) }

// links are the handles that a case may want to turn.
type links struct {
	b                  *packetwalk.Builder
	provider, consumer *packetwalk.VPCHandle
	nlb                *packetwalk.LoadBalancerHandle
	nlbGroup           *packetwalk.GroupHandle
	service            *packetwalk.EndpointServiceHandle
	web, web2, client  *packetwalk.InstanceHandle
	front, endpoints   []*packetwalk.SubnetHandle
}

func linkNetWith(turn func(*links)) *packetwalk.Builder {
	b := packetwalk.New()
	l := &links{b: b, provider: b.VPC("provider", "10.0.0.0/16").Account("111111111111"), consumer: b.VPC("consumer", "10.0.0.0/16").Account(consumerAccount)}
	for _, z := range []string{"a", "b"} {
		net := map[string]string{"a": "1", "b": "2"}[z]
		l.front = append(l.front, l.provider.Subnet("front-"+z, "10.0."+net+".0/24").Zone("us-east-1"+z))
		l.endpoints = append(l.endpoints, l.consumer.Subnet("ep-"+z, "10.0."+net+".0/24").Zone("us-east-1"+z))
	}
	back := l.provider.Subnet("back", "10.0.3.0/24").Zone("us-east-1a")
	back2 := l.provider.Subnet("back2", "10.0.4.0/24").Zone("us-east-1b")
	l.nlb = l.provider.NetworkLoadBalancer("nlb", l.front...)
	l.web = back.Instance("web").PrivateIP("10.0.3.10").Allow("tcp/8443", l.nlb).Allow("udp/53", l.nlb)
	l.web2 = back2.Instance("web2").PrivateIP("10.0.4.10").Allow("tcp/8443", l.nlb)
	back.Instance("idle").PrivateIP("10.0.3.11")
	l.nlb.Listen("tcp/443", l.web, l.web2).TargetPort(8443).Listen("udp/53", l.web).Listen("tcp/80")
	l.nlbGroup = l.provider.Group("nlb-sg")
	l.service = l.nlb.EndpointService("vpce-svc-1", "arn:aws:iam::"+consumerAccount+":root")
	l.consumer.ServiceEndpoint("link", l.service, l.endpoints...).Allow("all", l.consumer)
	l.client = l.consumer.Subnet("clients", "10.0.3.0/24").Zone("us-east-1a").Instance("client").PrivateIP("10.0.3.10")
	l.consumer.Subnet("clients-b", "10.0.5.0/24").Zone("us-east-1b").Instance("client-b").PrivateIP("10.0.5.10")
	turn(l)
	return b
}

func TestWalkPrivateLink(t *testing.T) {
	n := mustNetwork(t, linkNet())
	runWalks(t, n, []walkCase{
		{"F7.201 a service behind a load balancer of another account", "client", "link", "tcp/443", works},
		{"item 112 its provider's hosts are reached by no other way", "client", "10.0.3.11", "tcp/443", drops(trace.NoSuchHost, "consumer")},
		{"F7.204 its VPC has the same addresses", "client", "10.0.1.4", "tcp/443", works},
		{"F7.102 UDP", "client", "link", "udp/53", works},
		{"F7.102 no ping", "client", "link", "icmp", drops(trace.ProtocolRestriction, "link")},
		{"F7.106 the endpoint's interface of another zone", "client-b", "10.0.1.4", "tcp/443", works},
		{"F7.106 the one of its own zone", "client-b", "link", "tcp/443", works},
		{"item 114 another port", "client", "link", "tcp/22", drops(trace.ELBV2ListenersMismatch, "nlb")},
		{"item 114 another protocol", "client", "link", "udp/443", drops(trace.ELBV2ListenersMismatch, "nlb")},
		{"F7.201 a listener without targets", "client", "link", "tcp/80", drops(trace.ELBV2ListenerHasNoTG, "nlb")},
		{"F7.105 one direction: the endpoint calls nobody", "link", "client", "tcp/443", drops(trace.VPCEIntraVPCTraffic, "link")},
		{"F9.207 health checks come from the load balancer's addresses", "nlb", "web", "tcp/8443", works},
		{"item 114 the load balancer calls its targets only", "nlb", "idle", "tcp/8443", drops(trace.TargetAddressRestriction, "nlb")},
		{"item 114 and at their ports only", "nlb", "web", "tcp/22", drops(trace.TargetPortRestriction, "nlb")},
		{"item 114 of their protocol", "nlb", "web", "udp/8443", drops(trace.TargetPortRestriction, "nlb")},
	})
	t.Run("item 114 one direction: the provider's hosts meet their own VPC", func(t *testing.T) {
		f := checkWalk(t, n, walkCase{from: "idle", to: "10.0.5.10", service: "tcp/443", want: drops(trace.NoSuchHost, "provider")})
		assert.False(t, at(f.Forward, trace.StageInterfaceEndpoint, "link"))
	})
}

// TestWalkPrivateLinkHops is the whole way, there and back (F7.201, F7.202).
func TestWalkPrivateLinkHops(t *testing.T) {
	f := checkWalk(t, mustNetwork(t, linkNet()), walkCase{from: "client", to: "link", service: "tcp/443", want: works})
	assert.Equal(t, []string{
		"network interface client-eni egress", "security group client-sg egress", "network ACL consumer-default-acl egress",
		"route table consumer-main-rtb", "network ACL consumer-default-acl ingress", "security group link-sg ingress", "interface endpoint link",
		"load balancer nlb",
		"network interface nlb-front-a-eni egress", "network ACL provider-default-acl egress",
		"route table provider-main-rtb", "network ACL provider-default-acl ingress", "security group web-sg ingress", "network interface web-eni ingress",
	}, stagesOf(f.Forward))
	assert.Equal(t, []string{
		"network interface web-eni egress", "security group web-sg egress", "network ACL provider-default-acl egress",
		"route table provider-main-rtb", "network ACL provider-default-acl ingress",
		"load balancer nlb", "interface endpoint link",
		"network interface link-ep-a-eni egress", "security group link-sg egress", "network ACL consumer-default-acl egress",
		"route table consumer-main-rtb", "network ACL consumer-default-acl ingress", "security group client-sg ingress", "network interface client-eni ingress",
	}, stagesOf(f.Return))
	t.Run("F7.202 the target sees the load balancer's private address", func(t *testing.T) {
		assert.Equal(t, addr("10.0.1.4"), f.Forward.Last.Src)
		assert.Equal(t, addr("10.0.3.10"), f.Forward.Last.Dst)
		assert.EqualValues(t, 8443, f.Forward.Last.DstPort)
		assert.GreaterOrEqual(t, f.Forward.Last.SrcPort, uint16(1024), "F9.209")
	})
	t.Run("F7.105 the client hears from the endpoint that it called", func(t *testing.T) {
		assert.Equal(t, f.Forward.Sent.Dst, f.Return.Last.Src)
		assert.EqualValues(t, 443, f.Return.Last.SrcPort)
	})
	t.Run("F1.608 nobody logs what goes between the endpoint and the load balancer", func(t *testing.T) {
		var seen []string
		for _, r := range f.Records() {
			seen = append(seen, r.InterfaceID+" "+r.SrcAddr.String()+" > "+r.DstAddr.String()+" "+r.AccountID)
		}
		assert.Equal(t, []string{
			"client-eni 10.0.3.10 > 10.0.1.4 " + consumerAccount, "link-ep-a-eni 10.0.3.10 > 10.0.1.4 " + consumerAccount,
			"nlb-front-a-eni 10.0.1.4 > 10.0.3.10 111111111111", "web-eni 10.0.1.4 > 10.0.3.10 111111111111",
			"web-eni 10.0.3.10 > 10.0.1.4 111111111111", "nlb-front-a-eni 10.0.3.10 > 10.0.1.4 111111111111",
			"link-ep-a-eni 10.0.1.4 > 10.0.3.10 " + consumerAccount, "client-eni 10.0.1.4 > 10.0.3.10 " + consumerAccount,
		}, seen)
	})
}

// TestWalkPrivateLinkTurned is the network with one thing changed.
func TestWalkPrivateLinkTurned(t *testing.T) {
	group := func(service string, from packetwalk.Peer) func(*links) {
		return func(l *links) {
			l.nlb.Groups(l.nlbGroup)
			l.nlbGroup.Allow(service, from)
			l.web.Allow("tcp/8443", l.nlbGroup)
		}
	}
	for _, c := range []struct {
		walkCase
		turn func(*links)
	}{
		{walkCase{"F7.203 the load balancer's groups see the client's address", "client", "link", "tcp/443", works}, group("tcp/443", packetwalk.CIDR("10.0.3.10/32"))},
		{walkCase{"F7.203 not that of the endpoint", "client", "link", "tcp/443", drops(trace.ENISGRulesMismatch, "nlb-sg")}, group("tcp/443", packetwalk.CIDR("10.0.1.0/24"))},
		{walkCase{"F7.203 whose group it has nobody knows behind the endpoint", "near", "near-link", "tcp/443", drops(trace.SGReferencesNotPreserved, "nlb-sg")}, func(l *links) {
			near := l.front[0].Instance("near")
			l.provider.ServiceEndpoint("near-link", l.service, l.front...).Allow("all", l.provider)
			l.nlb.Groups(l.nlbGroup)
			l.nlbGroup.Allow("tcp/443", near)
		}},
		{walkCase{"F7.203 it may be spared its groups", "client", "link", "tcp/443", works}, func(l *links) {
			group("tcp/443", packetwalk.CIDR("10.0.1.0/24"))(l)
			l.nlb.SkipGroupsForPrivateLink()
		}},
		{walkCase{"F7.203 at the listener's port, not the target's", "client", "link", "tcp/443", drops(trace.ENISGRulesMismatch, "nlb-sg")}, group("tcp/8443", packetwalk.Anywhere)},
		{walkCase{"F9.205 its groups' outbound rules are asked", "client", "link", "tcp/443", drops(trace.SGHasNoRules, "nlb-sg")}, func(l *links) {
			group("tcp/443", packetwalk.Anywhere)(l)
			l.nlbGroup.NoDefaultEgress()
		}},
		{walkCase{"F7.111 an endpoint that waits carries nothing", "client", "link", "tcp/443", drops(trace.BadState, "link")}, func(l *links) { l.service.AcceptanceRequired() }},
		{walkCase{"F7.201 one that was accepted does", "client", "link", "tcp/443", works}, func(l *links) { l.service.AcceptanceRequired().Accept("link") }},
		{walkCase{"F7.202 the target's group sees no client", "client", "link", "tcp/22", drops(trace.ENISGRulesMismatch, "idle2-sg")}, func(l *links) {
			idle := l.front[0].Instance("idle2").Allow("tcp/22", packetwalk.CIDR("10.0.3.10/32"))
			l.nlb.Listen("tcp/22", idle)
		}},
		{walkCase{"F9.203 a target that does not run is passed over", "client", "link", "tcp/443", drops(trace.BadState, "web-eni")}, func(l *links) { l.web.State(vpc.Stopped) }},
		{walkCase{"F9.203 another one is called in its place", "client", "link", "tcp/443", works}, func(l *links) {
			l.web.State(vpc.Stopped)
			l.nlb.CrossZone()
		}},
		{walkCase{"F9.202 no target in the zone of the endpoint", "client-b", "link", "tcp/22", drops(trace.ELBV2NoTargetsInAZ, "nlb")}, func(l *links) { l.nlb.Listen("tcp/22", l.web) }},
		{walkCase{"F9.202 across zones", "client-b", "link", "tcp/22", works}, func(l *links) { l.nlb.Listen("tcp/22", l.web.Allow("tcp/22", l.nlb)).CrossZone() }},
		{walkCase{"F9.203 a target in a zone without load balancer", "client", "link", "tcp/22", drops(trace.ELBInstalledAZRestriction, "nlb")}, func(l *links) {
			l.nlb.Listen("tcp/22", l.provider.Subnet("back-c", "10.0.6.0/24").Zone("us-east-1c").Instance("web-c")).CrossZone()
		}},
		{walkCase{"F9.202 an address as target", "client", "link", "tcp/22", works}, func(l *links) { l.nlb.Listen("tcp/22", packetwalk.TargetIP("10.0.3.10")); l.web.Allow("tcp/22", l.nlb) }},
		{walkCase{"F9.202 an address that nobody has", "client", "link", "tcp/22", drops(trace.NoSuchHost, "provider")}, func(l *links) { l.nlb.Listen("tcp/22", packetwalk.TargetIP("10.0.3.99")) }},
		{walkCase{"F7.210 from another Region", "far", "10.9.1.4", "tcp/443", works}, func(l *links) {
			far := l.b.VPC("far", "10.9.0.0/16").Account(consumerAccount).Region("eu-west-1")
			s := far.Subnet("far-a", "10.9.1.0/24")
			l.service.Regions("eu-west-1")
			far.ServiceEndpoint("far-link", l.service, s).Allow("all", far)
			s.Instance("far-host")
			l.b.VPC("unused", "10.8.0.0/16")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.from == "far" {
				c.from = "far-host"
			}
			checkWalk(t, mustNetwork(t, linkNetWith(c.turn)), c.walkCase)
		})
	}
}

// TestWalkPrivateLinkACLs: the ACLs of the provider's subnets see what the load balancer opens (F7.104).
func TestWalkPrivateLinkACLs(t *testing.T) {
	for _, c := range []struct {
		name, subnet, acl string
		want              outcome
	}{
		{"F7.104 the load balancer's subnet, out", "front-a", "in 100 allow all 0.0.0.0/0", drops(trace.SubnetACLRestriction, "acl")},
		{"F7.104 the target's subnet, in", "back", "out 100 allow all 0.0.0.0/0", drops(trace.SubnetACLRestriction, "acl")},
		{"F9.209 the answer goes to a port of 1024-65535", "back", "in 100 allow tcp/8443 0.0.0.0/0, out 100 allow tcp/1024-65535 10.0.1.0/24", works},
		{"F7.104 the answer, at the target's subnet", "back", "in 100 allow all 0.0.0.0/0", replyDrops(trace.SubnetACLRestriction, "acl")},
		{"F7.104 the answer, at the load balancer's subnet", "front-a", "out 100 allow all 0.0.0.0/0", replyDrops(trace.SubnetACLRestriction, "acl")},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := linkNetWith(func(l *links) { l.provider.ACL("acl") }).Config()
			for i := range cfg.NetworkACLs {
				if a := &cfg.NetworkACLs[i]; a.ID == "acl" {
					a.Subnets, a.Entries = []string{c.subnet}, aclEntries(c.acl)
				}
			}
			checkWalk(t, mustNetwork(t, cfg), walkCase{from: "client", to: "link", service: "tcp/443", want: c.want})
		})
	}
}

// TestWalkPrivateLinkBlockers: one run names all that stands in the way, on both sides of the load balancer.
func TestWalkPrivateLinkBlockers(t *testing.T) {
	cfg := linkNetWith(func(l *links) {
		l.nlb.Groups(l.nlbGroup)
		l.provider.ACL("acl")
	}).Config()
	for i := range cfg.NetworkACLs {
		if a := &cfg.NetworkACLs[i]; a.ID == "acl" {
			a.Subnets = []string{"back"}
		}
	}
	for i := range cfg.SecurityGroups {
		if g := &cfg.SecurityGroups[i]; g.ID == "link-sg" {
			g.Rules = nil
		}
	}
	f := checkWalk(t, mustNetwork(t, cfg), walkCase{from: "client", to: "link", service: "tcp/443", want: drops(trace.SGHasNoRules, "link-sg")})
	var got []string
	for _, h := range f.Blockers() {
		got = append(got, h.ID+" "+h.Code.String())
	}
	assert.Equal(t, []string{
		"link-sg SG_HAS_NO_RULES", "nlb-sg SG_HAS_NO_RULES", "acl SUBNET_ACL_RESTRICTION", "acl SUBNET_ACL_RESTRICTION",
	}, got)
	t.Run("F1.608 what the load balancer's groups deny is in nobody's log", func(t *testing.T) {
		n := mustNetwork(t, linkNetWith(func(l *links) { l.nlb.Groups(l.nlbGroup) }))
		f := checkWalk(t, n, walkCase{from: "client", to: "link", service: "tcp/443", want: drops(trace.SGHasNoRules, "nlb-sg")})
		require.Len(t, f.Records(), 2)
		assert.Equal(t, "link-ep-a-eni", f.Records()[1].InterfaceID)
		assert.Equal(t, "ACCEPT", f.Records()[1].Action.String())
	})
}

// TestWalkPrivateLinkDirect: the load balancer's own address, inside its VPC and from on-premises.
func TestWalkPrivateLinkDirect(t *testing.T) {
	n := mustNetwork(t, linkNetWith(func(l *links) { l.nlb.Listen("tcp/22", packetwalk.TargetIP("10.0.3.10")); l.web.Allow("tcp/22", l.nlb) }))
	runWalks(t, n, []walkCase{
		{"F9.204 an address as target sees the load balancer", "idle", "nlb", "tcp/22", works},
		{"F9.206 a target may call itself then", "web", "nlb", "tcp/22", works},
		{"F9.204 an instance sees the client, which is not walked", "idle", "nlb", "tcp/443", drops(trace.UnsupportedComponent, "nlb")},
		{"F9.204 so does UDP", "idle", "nlb", "udp/53", drops(trace.UnsupportedComponent, "nlb")},
		{"item 114 a port without listener", "idle", "nlb", "tcp/25", drops(trace.ELBV2ListenersMismatch, "nlb")},
		{"item 114 no ping", "idle", "nlb", "icmp", drops(trace.ELBV2ListenersMismatch, "nlb")},
	})
	f, err := n.Probe("idle", "nlb", "tcp/22")
	require.NoError(t, err)
	assert.Equal(t, addr("10.0.1.4"), f.Forward.Last.Src, "F9.204")
	assert.Equal(t, addr("10.0.1.4"), f.Return.Last.Src, "the answer comes from whom was called")
	f, err = n.Probe("web2", "nlb", "tcp/22")
	require.NoError(t, err)
	assert.Equal(t, addr("10.0.2.4"), f.Forward.Sent.Dst, "by the interface in its own zone")
}

// The interfaces of a load balancer are among those whose zones a regional NAT gateway serves (F4.219).
func TestRegionalNATServesZonesOfLoadBalancers(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("v", "10.0.0.0/16")
	v.InternetGateway("igw")
	v.NetworkLoadBalancer("nlb", v.Subnet("a", "10.0.1.0/24"), v.Subnet("b", "10.0.2.0/24").Zone("us-east-1b"))
	v.RegionalNAT("nat")
	addresses := mustNetwork(t, b).Config().NATGateways[0].Addresses
	require.Len(t, addresses, 2)
	assert.Equal(t, []string{"us-east-1a", "us-east-1b"}, []string{addresses[0].Zone, addresses[1].Zone})
}

// TestWalkPrivateLinkZones: what the endpoint leads to stands in a zone (F7.203).
func TestWalkPrivateLinkZones(t *testing.T) {
	t.Run("F7.203 an endpoint that is in another zone already", func(t *testing.T) {
		cfg := linkNet().Config()
		cfg.LoadBalancers[0].Subnets = []string{"front-a"}
		cfg.InterfaceEndpoints[0].State = endpoint.Available
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "client-b", to: "link", service: "tcp/443", want: drops(trace.VPCEServiceNotInstalledInAZ, "link")})
	})
	t.Run("item 92 a zone fails, and the other one goes on", func(t *testing.T) {
		cfg := linkNet().Config()
		cfg.ImpairedZones = []string{"us-east-1a"}
		n := mustNetwork(t, cfg)
		checkWalk(t, n, walkCase{from: "client-b", to: "link", service: "tcp/443", want: works})
		checkWalk(t, n, walkCase{from: "client-b", to: "10.0.1.4", service: "tcp/443", want: drops(trace.ZoneImpaired, "link-ep-a-eni")})
	})
	t.Run("item 92 from another Region it is a zone that works, if there is one", func(t *testing.T) {
		cfg := linkNetWith(func(l *links) {
			far := l.b.VPC("far", "10.9.0.0/16").Account(consumerAccount).Region("eu-west-1")
			s := far.Subnet("far-a", "10.9.1.0/24")
			s.Instance("far-host")
			far.ServiceEndpoint("far-link", l.service.Regions("eu-west-1"), s).Allow("all", far)
		}).Config()
		for _, c := range []struct {
			zones []string
			want  outcome
		}{
			{[]string{"us-east-1a"}, works}, {[]string{"us-east-1b"}, works},
			{[]string{"us-east-1a", "us-east-1b"}, drops(trace.ZoneImpaired, "nlb-front-a-eni")},
		} {
			cfg.ImpairedZones = c.zones
			checkWalk(t, mustNetwork(t, cfg), walkCase{from: "far-host", to: "far-link", service: "tcp/443", want: c.want})
		}
		checkWalk(t, mustNetwork(t, cfg), walkCase{ // nobody is there to say that there is no listener
			from: "far-host", to: "far-link", service: "tcp/22", want: drops(trace.ZoneImpaired, "nlb-front-a-eni"),
		})
	})
	t.Run("F9.203 a target whose zone fails is passed over", func(t *testing.T) {
		cfg := linkNetWith(func(l *links) { l.nlb.CrossZone() }).Config()
		cfg.ImpairedZones = []string{"us-east-1a"}
		f := checkWalk(t, mustNetwork(t, cfg), walkCase{from: "client-b", to: "link", service: "tcp/443", want: works})
		assert.Equal(t, addr("10.0.4.10"), f.Forward.Last.Dst)
	})
	t.Run("F7.201 a service that is known by its name only", func(t *testing.T) {
		cfg := linkNet().Config()
		cfg.EndpointServices[0].LoadBalancers = nil
		cfg.EndpointServices[0].Account = consumerAccount
		f := checkWalk(t, mustNetwork(t, cfg), walkCase{from: "client", to: "link", service: "tcp/22", want: works})
		assert.Equal(t, trace.StageInterfaceEndpoint, f.Forward.Verdict.Stage)
	})
}

// TestWalkPrivateLinkTwice: two consumers with the same addresses at the same time (F7.204), and what the
// load balancer remembers of each, for 350 seconds (F7.115).
func TestWalkPrivateLinkTwice(t *testing.T) {
	n := mustNetwork(t, linkNetWith(func(l *links) {
		third := l.b.VPC("third", "10.0.0.0/16").Account(consumerAccount)
		third.ServiceEndpoint("link3", l.service, third.Subnet("ep3", "10.0.1.0/24")).Allow("all", third)
		third.Subnet("clients3", "10.0.3.0/24").Instance("client3").PrivateIP("10.0.3.10")
	}))
	syn := packet.Packet{Dst: addr("10.0.1.4"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Flags: packet.SYN}
	s := n.NewSession(time.Time{})
	send := func(from string, p packet.Packet) trace.Trace {
		t.Helper()
		tr, err := s.Send(from, p)
		require.NoError(t, err)
		return tr
	}
	one, two := send("client", syn), send("client3", syn)
	require.Equal(t, trace.Delivered, one.Verdict.Outcome, "%+v", one)
	require.Equal(t, trace.Delivered, two.Verdict.Outcome, "%+v", two)
	assert.NotEqual(t, one.Last.SrcPort, two.Last.SrcPort, "F7.204 the load balancer tells them apart by its ports")
	for _, c := range []struct {
		sent trace.Trace
		to   string
	}{{two, "client3-eni"}, {one, "client-eni"}} {
		p, _ := c.sent.Last.Reply()
		back := send("web", p)
		assert.Equal(t, c.to, back.Verdict.ID, "F7.204 each hears its own answer: %+v", back)
		assert.EqualValues(t, 40000, back.Last.DstPort)
	}
	ack := syn
	ack.Flags = packet.ACK
	s.Advance(349 * time.Second)
	again := send("client", ack)
	assert.Equal(t, one.Last.SrcPort, again.Last.SrcPort, "F7.115 it goes on")
	s.Advance(350 * time.Second)
	assert.Equal(t, trace.ELBNoSession, send("client", ack).Verdict.Code, "F7.115 idle for too long")
	p, _ := one.Last.Reply()
	assert.Equal(t, trace.ELBV2ListenersMismatch, send("web", p).Verdict.Code, "F7.115 the other way")

	t.Run("F7.115 what it remembers is found again in a changed network", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		sent, err := s.Send("client", syn)
		require.NoError(t, err)
		next, err := packetwalk.Build(n.Config())
		require.NoError(t, err)
		require.NoError(t, s.Apply(next))
		p, _ := sent.Last.Reply()
		back, err := s.Send("web", p)
		require.NoError(t, err)
		assert.Equal(t, "client-eni", back.Verdict.ID, "%+v", back)
	})
}

// TestVerdictThroughPrivateLinkAllocates nothing.
func TestVerdictThroughPrivateLinkAllocates(t *testing.T) {
	n := mustNetwork(t, linkNet())
	s, err := n.Source("client")
	require.NoError(t, err)
	p := packet.Packet{Dst: addr("10.0.1.4"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443}
	require.Equal(t, trace.Delivered, s.Verdict(p).Outcome)
	assert.Zero(t, testing.AllocsPerRun(100, func() { s.Verdict(p) }))
}

// In every network a target sees the load balancer's own address and no client's, from a port of 1024-65535,
// and the client hears from whom it called (F7.202, F9.209).
func TestPrivateLinkHidesClients(t *testing.T) {
	opened, answered := 0, 0
	smallNetworks(t, func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow) {
		for _, f := range flows {
			flow, ok := openDrawn(n, f)
			if !ok {
				continue
			}
			for _, h := range flow.Forward.Hops {
				if h.Stage != trace.StageLoadBalancer || h.Action == trace.Drop {
					continue
				}
				opened++
				assert.True(t, slices.ContainsFunc(n.Config().Interfaces, func(e subnet.Interface) bool {
					return e.ID == h.Interface && e.Owns(h.After.Src)
				}), "%+v", flow)
				assert.GreaterOrEqual(t, h.After.SrcPort, uint16(1024))
				if flow.OK() {
					answered++
					assert.Equal(t, flow.Forward.Sent.Dst, flow.Return.Last.Src)
				}
			}
		}
	})
	assert.Greater(t, opened, 50)
	assert.Greater(t, answered, 5)
}

// TestWalkPrivateLinkFamilies: a client of IPv6 and a target of IPv4, and the other way round: the load
// balancer opens the connection anew from its own address (F9.204).
func TestWalkPrivateLinkFamilies(t *testing.T) {
	cfg := linkNetWith(func(l *links) { l.client.IPv6("2001:db8:1:3::10"); l.web.IPv6("2001:db8:2:3::10") }).Config()
	for i, v := range []string{"2001:db8:2::/56", "2001:db8:1::/56"} {
		cfg.VPCs[i].Blocks = append(cfg.VPCs[i].Blocks, vpc.Block{CIDR: prefix(v)})
	}
	for i := range cfg.Subnets {
		s := &cfg.Subnets[i]
		six := map[string]string{"provider": "2001:db8:2", "consumer": "2001:db8:1"}[s.VPC]
		s.IPv6CIDR = prefix(six + ":" + s.CIDR.Addr().String()[5:6] + "::/64")
	}
	cfg.InterfaceEndpoints[0].IPAddressType = endpoint.Dualstack
	open := groupRules(packet.Ingress, "all ::/0")
	for i := range cfg.SecurityGroups {
		if g := &cfg.SecurityGroups[i]; g.ID == "link-sg" || g.ID == "web-sg" {
			g.Rules = append(g.Rules, append(open, groupRules(packet.Egress, "all ::/0")...)...)
		}
		if g := &cfg.SecurityGroups[i]; g.ID == "client-sg" {
			g.Rules = append(g.Rules, groupRules(packet.Egress, "all ::/0")...)
		}
	}
	ask := func(t *testing.T, cfg packetwalk.Config, dst string, want outcome) packetwalk.Flow {
		n := mustNetwork(t, cfg)
		f, err := n.Connect("client", packet.Packet{Dst: addr(dst), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Length: 100})
		require.NoError(t, err)
		checkOutcome(t, f, want)
		return f
	}
	done := mustNetwork(t, cfg).Config()
	i := slices.IndexFunc(done.Interfaces, func(e subnet.Interface) bool { return e.ID == "link-ep-a-eni" })
	link6 := done.Interfaces[i].IPv6[0].String()
	t.Run("F9.204 from IPv6 to IPv4", func(t *testing.T) {
		f := ask(t, cfg, link6, works)
		assert.Equal(t, addr("10.0.1.4"), f.Forward.Last.Src)
		assert.Equal(t, []any{uint32(80), addr("2001:db8:1:3::10")}, []any{f.Forward.Last.Length, f.Return.Last.Dst})
	})
	cfg.LoadBalancers[0].Listeners[0].Targets = []elb.Target{{Address: addr("2001:db8:2:3::10"), Port: 8443}}
	t.Run("F9.204 the load balancer has no address of the target's family", func(t *testing.T) {
		ask(t, cfg, "10.0.1.4", drops(trace.ProtocolRestriction, "nlb"))
	})
	cfg.Interfaces = append(cfg.Interfaces, subnet.Interface{
		ID: "node", Subnet: "front-a", Kind: subnet.NetworkLoadBalancer, IPv6: []netip.Addr{addr("2001:db8:2:1::10")},
	})
	cfg.LoadBalancers[0].Interfaces = []string{"node"}
	t.Run("F9.204 from IPv4 to IPv6", func(t *testing.T) {
		f := ask(t, cfg, "10.0.1.4", works)
		assert.Equal(t, []any{addr("2001:db8:2:1::10"), uint32(120)}, []any{f.Forward.Last.Src, f.Forward.Last.Length})
		assert.Equal(t, addr("10.0.1.4"), f.Return.Last.Src)
	})
}

// TestPrivateLinkPorts: a load balancer has a port for each connection to a target, and then none.
func TestPrivateLinkPorts(t *testing.T) {
	n := mustNetwork(t, linkNet())
	source, err := n.Source("client")
	require.NoError(t, err)
	s := n.NewSession(time.Time{})
	p := packet.Packet{Dst: addr("10.0.1.4"), Protocol: packet.UDP, DstPort: 53}
	for port := range 55000 {
		p.SrcPort = uint16(1 + port)
		require.Equal(t, trace.Delivered, s.Verdict(source, p).Outcome, "connection %d", port)
	}
	p.SrcPort = 60000
	assert.Equal(t, trace.ELBPortAllocation, s.Verdict(source, p).Code)
	p.SrcPort = 1
	assert.Equal(t, trace.Delivered, s.Verdict(source, p).Outcome, "one that is known goes on")
	s.Advance(350 * time.Second)
	p.SrcPort = 60000
	assert.Equal(t, trace.Delivered, s.Verdict(source, p).Outcome, "F7.115 idle ones are forgotten")
}

// TestPrivateLinkChanges: what becomes of the answer when the network changes under a connection.
func TestPrivateLinkChanges(t *testing.T) {
	n := mustNetwork(t, linkNetWith(func(l *links) { l.front[0].Instance("first").PrivateIP("10.0.1.4") })) // which the endpoint has
	for _, c := range []struct {
		name string
		edit func(*packetwalk.Config)
		want trace.Code
		at   string
	}{
		{"F7.201 the owner takes a permission back", func(c *packetwalk.Config) {
			c.EndpointServices[0].Principals, c.InterfaceEndpoints[0].State = nil, endpoint.Available
		}, trace.NoCode, "client-eni"},
		{"F7.111 the endpoint waits again", func(c *packetwalk.Config) {
			c.InterfaceEndpoints[0].State = endpoint.PendingAcceptance
		}, trace.BadState, "link"},
		{"F7.201 the service leaves the load balancer", func(c *packetwalk.Config) {
			c.LoadBalancers = append(c.LoadBalancers, elb.LoadBalancer{ID: "other", VPC: "provider", Subnets: []string{"back", "back2"}})
			c.EndpointServices[0].LoadBalancers = []string{"other"}
		}, trace.ELBNoSession, "nlb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := n.NewSession(time.Time{})
			sent, err := s.Send("client", packet.Packet{Dst: addr("10.0.1.4"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Flags: packet.SYN})
			require.NoError(t, err)
			cfg := n.Config()
			c.edit(&cfg)
			require.NoError(t, s.Apply(mustNetwork(t, cfg)))
			p, _ := sent.Last.Reply()
			back, err := s.Send("web", p)
			require.NoError(t, err)
			assert.Equal(t, []any{c.want, c.at}, []any{back.Verdict.Code, back.Verdict.ID}, "%+v", back)
		})
	}
	t.Run("F7.201 another load balancer does not know the connection", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		p := packet.Packet{Dst: addr("10.0.1.4"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Flags: packet.SYN}
		_, err := s.Send("client", p)
		require.NoError(t, err)
		cfg := n.Config()
		other := elb.LoadBalancer{ID: "other", VPC: "provider", Subnets: cfg.LoadBalancers[0].Subnets, Listeners: cfg.LoadBalancers[0].Listeners}
		cfg.LoadBalancers = append(cfg.LoadBalancers, other)
		cfg.EndpointServices[0].LoadBalancers = []string{"other"}
		require.NoError(t, s.Apply(mustNetwork(t, cfg)))
		p.Flags = packet.ACK
		tr, err := s.Send("client", p)
		require.NoError(t, err)
		assert.Equal(t, []any{trace.ELBNoSession, "other"}, []any{tr.Verdict.Code, tr.Verdict.ID}, "%+v", tr)
	})
}

// An ICMP error of a target is about what the load balancer opened: it hears it, and no client does (F7.102).
func TestPrivateLinkErrors(t *testing.T) {
	n := mustNetwork(t, linkNet())
	s := n.NewSession(time.Time{})
	sent, err := s.Send("client", packet.Packet{Dst: addr("10.0.1.4"), Protocol: packet.UDP, SrcPort: 40000, DstPort: 53})
	require.NoError(t, err)
	q := sent.Last
	back, err := s.Send("web", packet.Packet{
		Src: q.Dst, Dst: q.Src, Protocol: packet.ICMP, ICMPType: 3, ICMPCode: 3,
		Quoted: packet.Quote{Dst: q.Dst, SrcPort: q.SrcPort, DstPort: q.DstPort, Protocol: q.Protocol},
	})
	require.NoError(t, err)
	assert.Equal(t, trace.Verdict{Outcome: trace.Delivered, Stage: trace.StageLoadBalancer, ID: "nlb"}, back.Verdict, "%+v", back)
}
