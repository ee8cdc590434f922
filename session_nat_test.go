package packetwalk_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// outboundNet has hosts behind a NAT gateway, a NAT instance, an egress-only gateway, the endpoint of
// DynamoDB and a regional NAT gateway. Every group is open both ways, so that nothing is tracked but what
// always is.
func outboundNet() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	public := v.Subnet("public", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	open := func(i *packetwalk.InstanceHandle) *packetwalk.InstanceHandle {
		return i.Allow("all", packetwalk.Anywhere, packetwalk.AnywhereIPv6)
	}
	open(public.Instance("web").PublicIP())
	private := v.Subnet("private", "10.0.1.0/24").Route("0.0.0.0/0", public.NAT("nat"))
	open(private.Instance("one"))
	open(private.Instance("two"))
	ni := public.NATInstance("nat-instance").PublicIP().Allow("all", packetwalk.Anywhere)
	inner := v.Subnet("inner", "10.0.2.0/24").Route("0.0.0.0/0", ni)
	open(inner.Instance("three"))
	open(inner.Instance("four"))
	open(v.Subnet("six", "2001:db8:1:3::/64").Route("::/0", v.EgressOnlyInternetGateway("eigw")).Instance("host6").IPv6("2001:db8:1:3::10"))
	table := v.Subnet("tables", "10.0.4.0/24")
	open(table.Instance("reader"))
	v.GatewayEndpoint("ddb", "com.amazonaws.us-east-1.dynamodb", table)
	open(v.Subnet("region", "10.0.5.0/24").Route("0.0.0.0/0", v.RegionalNAT("regional")).Instance("five"))
	return b
}

// closedNet is the same after every rule that lets something in was taken away.
func closedNet(t *testing.T) packetwalk.Config {
	cfg := outboundNet().Config()
	for i := range cfg.SecurityGroups {
		g := &cfg.SecurityGroups[i]
		var kept = g.Rules[:0]
		for _, r := range g.Rules {
			if r.Direction == packet.Egress {
				kept = append(kept, r)
			}
		}
		g.Rules = kept
	}
	return cfg
}

// TestSessionAlwaysTracked: what groups track although their rules are open both ways.
func TestSessionAlwaysTracked(t *testing.T) {
	for _, c := range []struct {
		name, from, to, service string
		want                    trace.Code
	}{
		{"F5.203 F4.218 through a NAT gateway", "one", "internet", "tcp/443", goesThrough},
		{"F5.203 F4.103 through an egress-only gateway", "host6", "internet", "tcp/443", goesThrough},
		{"F5.203 by the gateway endpoint of DynamoDB", "reader", "ddb", "tcp/443", goesThrough},
		{"F5.201 straight through the internet gateway it is not", "web", "internet", "tcp/443", trace.SGHasNoRules},
		{"F5.201 nor through a NAT instance", "three", "internet", "tcp/443", trace.SGHasNoRules},
		{"F5.201 nor inside the VPC", "web", "one", "tcp/443", trace.SGHasNoRules},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := begin(t, outboundNet())
			k := opens(t, s, c.from, c.to, c.service)
			require.NoError(t, s.Apply(mustNetwork(t, closedNet(t))))
			k.hears(data, c.want, "the answer")
		})
	}
}

// TestSessionAlwaysTrackedAnswers: groups forget UDP sooner than gateways do (F5.207, F4.212). An answer that
// they have to take for something new came by the gateway all the same, and is tracked.
func TestSessionAlwaysTrackedAnswers(t *testing.T) {
	for _, c := range []struct{ name, from string }{
		{"F5.203 F4.218 through a NAT gateway", "one"},
		{"F5.203 F4.218 through a regional NAT gateway", "five"},
		{"F5.203 F4.103 through an egress-only gateway", "host6"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := begin(t, outboundNet())
			k := opens(t, s, c.from, "internet", "udp/53")
			s.Advance(200 * time.Second)
			k.hears(0, goesThrough, "a late answer, let by the rules")
			require.NoError(t, s.Apply(mustNetwork(t, closedNet(t))))
			k.hears(0, goesThrough, "another one")
		})
	}
}

// TestSessionAlwaysTrackedBehind: F4.218, an appliance through which a NAT gateway sends tracks what comes
// from there, in both directions, though its own rules are open.
func TestSessionAlwaysTrackedBehind(t *testing.T) {
	network := func(regional bool) packetwalk.Config {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		box := v.Subnet("edge", "10.0.8.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).Appliance("box").Allow("all", packetwalk.Anywhere)
		private := v.Subnet("private", "10.0.1.0/24")
		if regional {
			private.Route("0.0.0.0/0", v.RegionalNAT("nat").RouteTable(v.RouteTable("of-nat").Route("0.0.0.0/0", box)))
		} else {
			private.Route("0.0.0.0/0", v.Subnet("nats", "10.0.0.0/24").Route("0.0.0.0/0", box).NAT("nat"))
		}
		private.Instance("host")
		return b.Config()
	}
	for name, regional := range map[string]bool{"a zonal one": false, "a regional one": true} {
		for _, d := range []packet.Direction{packet.Ingress, packet.Egress} {
			t.Run("F4.218 "+name+", "+d.String(), func(t *testing.T) {
				k := opens(t, mustNetwork(t, network(regional)).NewSession(time.Time{}), "host", "internet", "tcp/443")
				require.NoError(t, k.s.Apply(mustNetwork(t, without(network(regional), "box-sg", d))))
				tr := k.says(data, goesThrough, "the caller goes on")
				assert.True(t, at(tr, trace.StageNetworkInterface, "box-eni"), "%+v", tr)
			})
		}
	}
}

// TestSessionNATToItself: F4.206, what a NAT gateway sends to its own Elastic IP opens nothing, and is no
// answer to itself, though it has the same port at both ends.
func TestSessionNATToItself(t *testing.T) {
	s := begin(t, outboundNet())
	for _, c := range []struct{ name, host, nat string }{{"a zonal one", "one", "nat"}, {"a regional one", "five", "regional"}} {
		t.Run("F4.206 "+c.name, func(t *testing.T) {
			var public netip.Addr
			for _, g := range s.Network().Config().NATGateways {
				if g.ID == c.nat {
					public = g.Addresses[0].Public
				}
			}
			k := talk{T: t, s: s, from: c.host}
			k.request = packet.Packet{Dst: public, Protocol: packet.UDP, SrcPort: 5000, DstPort: 5000}
			k.request.Src = k.says(0, trace.NATNoSession, "the first packet").Sent.Src
			k.says(0, trace.NATNoSession, "the second one, which the gateway knows")
			answer, _ := k.request.Reply()
			k.sends(c.host, answer.TooBig(k.request.Src), trace.NATNoSession, "an ICMP error about what it would be")
		})
	}
}

// TestSessionNATGateway: what a NAT gateway remembers, and for how long.
func TestSessionNATGateway(t *testing.T) {
	t.Run("F4.212 A13 idle for 350 s, and the next segment is answered by a reset", func(t *testing.T) {
		s := begin(t, outboundNet())
		k := opens(t, s, "one", "internet", "tcp/443")
		s.Advance(349 * time.Second)
		k.says(data, goesThrough, "after 349 s")
		s.Advance(350 * time.Second)
		tr := k.says(data, trace.NATIdleTimeout, "after 350 s")
		require.NotNil(t, tr.Answer)
		assert.True(t, tr.Answer.Delivered(), "%s", tr.Answer.Table())
		assert.Equal(t, packet.RST, tr.Answer.Sent.Flags)
		assert.Equal(t, k.request.Dst, tr.Answer.Sent.Src, "as if the other end had sent it")
		assert.Equal(t, k.request.Src, tr.Answer.Last.Dst)
		assert.Equal(t, uint16(443), tr.Answer.Last.SrcPort)
		assert.Zero(t, s.Live(), "the reset closes what the groups still tracked")
	})
	t.Run("F4.212 what comes from outside after that dies without a word", func(t *testing.T) {
		s := begin(t, outboundNet())
		k := opens(t, s, "one", "internet", "tcp/443")
		s.Advance(350 * time.Second)
		tr := k.hears(data, trace.NATNoSession, "after 350 s")
		assert.Nil(t, tr.Answer)
	})
	t.Run("F4.206 nobody outside opens a connection", func(t *testing.T) {
		s := begin(t, outboundNet())
		k := opens(t, s, "one", "internet", "udp/53")
		k.hears(0, goesThrough, "an answer")
		other := k.arrived
		other.Src, other.Dst, other.SrcPort, other.DstPort = addr("192.0.2.1"), k.arrived.Src, 53, k.arrived.SrcPort
		k.sends("internet", other, trace.NATNoSession, "from an address that was not called")
	})
	t.Run("F4.204 two hosts with one source port get two", func(t *testing.T) {
		s := begin(t, outboundNet())
		p := packet.Packet{Dst: addr("192.0.2.1"), Protocol: packet.UDP, SrcPort: 5000, DstPort: 53}
		one, err := s.Send("one", p)
		require.NoError(t, err)
		two, err := s.Send("two", p)
		require.NoError(t, err)
		assert.Equal(t, one.Last.Src, two.Last.Src)
		assert.NotEqual(t, one.Last.SrcPort, two.Last.SrcPort)
		for _, tr := range []trace.Trace{one, two} {
			reply, _ := tr.Last.Reply()
			back, err := s.Send("internet", reply)
			require.NoError(t, err)
			assert.True(t, back.Delivered())
			assert.Equal(t, tr.Sent.Src, back.Last.Dst)
			assert.Equal(t, uint16(5000), back.Last.DstPort)
		}
		again, err := s.Send("two", p)
		require.NoError(t, err)
		assert.Equal(t, two.Last.SrcPort, again.Last.SrcPort, "and each keeps its own")
	})
	t.Run("F4.204 and two pings at once are told apart", func(t *testing.T) {
		s := begin(t, outboundNet())
		p := packet.Packet{Dst: addr("192.0.2.1"), Protocol: packet.ICMP, ICMPType: packet.ICMPEchoRequest, ICMPID: 7}
		for _, from := range []string{"one", "two"} {
			tr, err := s.Send(from, p)
			require.NoError(t, err)
			reply, _ := tr.Last.Reply()
			back, err := s.Send("internet", reply)
			require.NoError(t, err)
			assert.Equal(t, tr.Sent.Src, back.Last.Dst)
			assert.Equal(t, uint16(7), back.Last.ICMPID)
		}
	})
	t.Run("F4.212 a reset is not answered by a reset", func(t *testing.T) { // RFC 9293, 3.10.7.1
		s := begin(t, outboundNet())
		k := talk{T: t, s: s, from: "one", request: packet.Packet{Dst: addr("192.0.2.1"), Protocol: packet.TCP, SrcPort: 5000, DstPort: 443}}
		assert.NotNil(t, k.says(data, trace.NATIdleTimeout, "data").Answer)
		assert.Nil(t, k.says(packet.RST, trace.NATIdleTimeout, "RST").Answer)
		assert.Nil(t, k.says(packet.RST|packet.ACK, trace.NATIdleTimeout, "RST and ACK").Answer)
	})
	t.Run("F4.222 a gateway that is gone has forgotten", func(t *testing.T) {
		s := begin(t, outboundNet())
		k := opens(t, s, "one", "internet", "tcp/443")
		cfg := outboundNet().Config()
		cfg.NATGateways[0].State = 5 // deleted
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		require.NoError(t, s.Apply(n))
		k.says(data, trace.BadStateRoute, "to nowhere")
		require.NoError(t, s.Apply(mustNetwork(t, outboundNet())))
		k.says(data, trace.NATIdleTimeout, "to another gateway of that name")
	})
}

// TestSessionNATPorts: F4.213, 55,000 connections from one address to one destination, and not one more.
func TestSessionNATPorts(t *testing.T) {
	s := begin(t, outboundNet())
	one, err := s.Network().Source("one")
	require.NoError(t, err)
	p := packet.Packet{Dst: addr("192.0.2.1"), Protocol: packet.TCP, DstPort: 443, Flags: packet.SYN}
	seen := make(map[uint16]bool)
	for i := range 55000 {
		p.SrcPort = uint16(1 + i)
		tr, err := s.Send("one", p)
		if i%500 == 0 {
			require.NoError(t, err)
			assert.GreaterOrEqual(t, tr.Last.SrcPort, uint16(1024), "F4.204")
		}
		require.False(t, seen[tr.Last.SrcPort], "a port of its own")
		seen[tr.Last.SrcPort] = true
	}
	p.SrcPort = 60000
	want := trace.Verdict{Outcome: trace.Dropped, Code: trace.NATPortAllocation, Stage: trace.StageNATGateway, ID: "nat"}
	assert.Equal(t, want, s.Verdict(one, p), "F4.213 the 55,001st")
	other := p
	other.DstPort = 80
	assert.Equal(t, trace.Delivered, s.Verdict(one, other).Outcome, "F4.213 to another port")
	other = p
	other.Dst = addr("192.0.2.2")
	assert.Equal(t, trace.Delivered, s.Verdict(one, other).Outcome, "F4.213 to another address")
	other = p
	other.Protocol, other.Flags = packet.UDP, 0
	assert.Equal(t, trace.Delivered, s.Verdict(one, other).Outcome, "F4.213 by another protocol")
	s.Advance(10 * time.Minute)
	assert.Equal(t, trace.Delivered, s.Verdict(one, p).Outcome, "F4.212 the ports come back")
}

// TestSessionNATInstance: F4.303, a NAT instance remembers as its groups do, in their own time.
func TestSessionNATInstance(t *testing.T) {
	s := begin(t, outboundNet())
	k := opens(t, s, "three", "internet", "tcp/443")
	l := opens(t, s, "four", "internet", "tcp/443")
	s.Advance(time.Hour)
	k.says(data, goesThrough, "F4.303 longer than a NAT gateway would")
	k.hears(data, goesThrough, "an answer")
	assert.Equal(t, l.request.Src, l.hears(data, goesThrough, "an answer to the other host").Last.Dst)
}

// TestSessionEgressOnly: F4.101, what left by an egress-only gateway is answered by it, as long as it is not
// idle.
func TestSessionEgressOnly(t *testing.T) {
	s := begin(t, outboundNet())
	refuses(t, s, "internet", "host6", "tcp/443", trace.EIGWNoSession)
	k := opens(t, s, "host6", "internet", "tcp/443")
	k.hears(data, goesThrough, "F4.101 an answer")
	other := k.arrived
	other.Src, other.Dst, other.SrcPort, other.DstPort, other.Flags = addr("2001:db8:ffff::99"), k.arrived.Src, 443, k.arrived.SrcPort, data
	k.sends("internet", other, trace.EIGWNoSession, "F4.101 not from another address")
	s.Advance(350 * time.Second)
	k.hears(data, trace.EIGWNoSession, "forgotten")
	k.says(data, trace.EIGWNoSession, "and a segment in the middle opens nothing")
}

// TestSessionReturnToSender: F4.210, the answer to a NAT gateway finds its way back over the peering without
// a route, packet after packet, and not when the gateway has forgotten.
func TestSessionReturnToSender(t *testing.T) {
	b := packetwalk.New()
	v, w := b.VPC("left", "10.0.0.0/16"), b.VPC("right", "10.1.0.0/16")
	pcx := b.PeerWithoutRoutes(v, w)
	nat := v.Subnet("nats", "10.0.0.0/24").Route("10.1.0.0/16", pcx).PrivateNAT("nat")
	v.Subnet("clients", "10.0.1.0/24").Route("10.1.0.0/16", nat).Instance("client")
	w.Subnet("servers", "10.1.0.0/24").Instance("server").Allow("udp/53", packetwalk.CIDR("10.0.0.0/24"))
	s := begin(t, b)
	k := opens(t, s, "client", "server", "udp/53")
	for range 3 {
		s.Advance(20 * time.Second)
		k.hears(0, goesThrough, "F4.210 an answer")
	}
	s.Advance(350 * time.Second)
	k.hears(0, trace.NoRouteToDestination, "F4.212 there is nobody any more to return it to")
}

// TestSessionOfServices: F7.016, a gateway endpoint brings answers and opens nothing; nor does an interface
// endpoint (F7.105).
func TestSessionOfServices(t *testing.T) {
	b := outboundNet()
	s := begin(t, b)
	k := opens(t, s, "reader", "ddb", "tcp/443")
	k.hears(data, goesThrough, "F7.016 an answer of the service")
	call := k.arrived
	call.Src, call.Dst, call.SrcPort, call.DstPort = k.arrived.Dst, k.arrived.Src, 5000, 443
	k.sends("ddb", call, trace.NoPath, "F7.016 a call of the service")

	e := packetwalk.New()
	v := e.VPC("app", "10.0.0.0/16")
	a := v.Subnet("a", "10.0.1.0/24")
	a.Instance("caller")
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", a).Allow("tcp/443", packetwalk.CIDR("10.0.0.0/16"))
	s = begin(t, e)
	k = opens(t, s, "caller", "sqs", "tcp/443")
	k.hears(data, goesThrough, "F7.105 an answer of the service")
	call = packet.Packet{Dst: k.request.Src, Protocol: packet.TCP, SrcPort: 5000, DstPort: 22, Flags: packet.SYN}
	k.sends("sqs", call, trace.VPCEIntraVPCTraffic, "F7.105 a call of the service")
}
