package packetwalk_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// sixNet is a host with IPv6 behind an egress-only gateway, or behind nothing.
func sixNet(gateway bool) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2600:1f00::/56")
	s := v.Subnet("private", "2600:1f00::/64")
	if gateway {
		s.Route("::/0", v.EgressOnlyInternetGateway("eigw"))
	}
	s.Instance("host").IPv6("2600:1f00::10")
	return b
}

// TestSessionCornersEgressOnly: what an egress-only gateway remembers.
func TestSessionCornersEgressOnly(t *testing.T) {
	open := func(t *testing.T) talk { return opens(t, begin(t, sixNet(true)), "host", "internet", "tcp/443") }
	t.Run("F4.101 the gateway is taken away: what comes back finds nobody, and nothing panics", func(t *testing.T) {
		k := open(t)
		apply(t, k.s, sixNet(false))
		k.hears(data, trace.NoPossibleDestination, "the answer")
		k.says(data, trace.NoRouteToDestination, "the caller")
	})
	t.Run("F4.101 the gateway is put back", func(t *testing.T) {
		k := open(t)
		apply(t, k.s, sixNet(false))
		apply(t, k.s, sixNet(true))
		k.hears(data, trace.EIGWNoSession, "a gateway of its own, which knows of nothing")
	})
	t.Run("F1.511 a closed connection is given back", func(t *testing.T) {
		k := open(t)
		assert.Equal(t, 2, k.s.Live(), "at the groups and at the gateway")
		k.says(packet.FIN|packet.ACK, goesThrough, "FIN")
		k.hears(packet.FIN|packet.ACK, goesThrough, "FIN and ACK")
		k.says(packet.ACK, goesThrough, "the last ACK")
		assert.Zero(t, k.s.Live())
	})
	t.Run("F1.511 so is one that was reset from outside", func(t *testing.T) {
		k := open(t)
		k.hears(packet.RST, goesThrough, "RST")
		assert.Zero(t, k.s.Live())
		k.says(data, trace.EIGWNoSession, "data after it")
	})
	t.Run("F4.101 an ICMP error about an answer belongs to the connection", func(t *testing.T) {
		k := open(t)
		answer, _ := k.arrived.Reply()
		k.sends("host", answer.TooBig(k.request.Src), goesThrough, "the answer is too long for the host")
		other := answer
		other.DstPort++
		k.sends("host", other.TooBig(k.request.Src), trace.EIGWNoSession, "about another connection")
	})
}

// behindNAT is a host behind a NAT gateway, or a NAT instance.
func behindNAT(instance bool) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	public := v.Subnet("public", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	private := v.Subnet("private", "10.0.1.0/24")
	if instance {
		private.Route("0.0.0.0/0", public.NATInstance("nat").PublicIP().Allow("all", packetwalk.CIDR("10.0.1.0/24")))
	} else {
		private.Route("0.0.0.0/0", public.NAT("nat"))
	}
	private.Instance("one")
	private.Instance("two")
	return b
}

// TestSessionCornersNAT: what a translator remembers.
func TestSessionCornersNAT(t *testing.T) {
	for name, instance := range map[string]bool{"a NAT gateway": false, "a NAT instance": true} {
		t.Run("F4.204 an ICMP error about an answer belongs to the connection, "+name, func(t *testing.T) {
			k := opens(t, begin(t, behindNAT(instance)), "one", "internet", "udp/53")
			live := k.s.Live()
			answer, _ := k.request.Reply()
			e := answer.TooBig(k.request.Src)
			e.ICMPCode = 3 // port unreachable
			got := k.sends("one", e, goesThrough, "nobody waits for the answer any more").Last
			assert.Equal(t, k.arrived.Src, got.Src)
			assert.Equal(t, k.arrived.SrcPort, got.Quoted.DstPort)
			assert.Equal(t, live, k.s.Live(), "an error opens nothing")
		})
		t.Run("F4.204 two hosts have the same port: each gets its own answer, "+name, func(t *testing.T) {
			s := begin(t, behindNAT(instance))
			one, two := opens(t, s, "one", "internet", "tcp/443"), talk{T: t, s: s, from: "two", to: "internet"}
			two.request = one.request
			for _, e := range s.Network().Config().Interfaces {
				if e.Attachment.Instance == "two" {
					two.request.Src = e.Primary()
				}
			}
			tr := two.says(packet.SYN, goesThrough, "the same port")
			two.arrived = tr.Last
			assert.NotEqual(t, one.arrived.SrcPort, two.arrived.SrcPort)
			assert.Equal(t, one.request.Src, one.hears(data, goesThrough, "to one").Last.Dst)
			assert.Equal(t, two.request.Src, two.hears(packet.SYN|packet.ACK, goesThrough, "to two").Last.Dst)
		})
	}
	t.Run("F4.303 a protocol without ports has none, and one host at a time", func(t *testing.T) {
		s := begin(t, behindNAT(true))
		one := opens(t, s, "one", "internet", "esp")
		f, err := s.Probe("two", "internet", "esp")
		require.NoError(t, err)
		assert.Zero(t, f.Forward.Last.SrcPort)
		assert.Equal(t, trace.NATPortAllocation, f.Verdict().Code)
		assert.Equal(t, one.request.Src, one.hears(0, goesThrough, "to the first").Last.Dst)
		s.Advance(600 * time.Second)
		opens(t, s, "two", "internet", "esp")
	})
}

// overPeering is a private NAT gateway that calls a server in another VPC, which has no route back (F4.210).
// The peering has that ID.
func overPeering(id string) packetwalk.Config {
	b := packetwalk.New()
	app, far := b.VPC("app", "10.0.0.0/16"), b.VPC("far", "10.1.0.0/16")
	pcx := b.PeerWithoutRoutes(app, far)
	nat := app.Subnet("out", "10.0.0.0/24").Route("10.1.0.0/16", pcx).PrivateNAT("nat")
	app.Subnet("in", "10.0.1.0/24").Route("10.1.0.0/16", nat).Instance("client")
	far.Subnet("servers", "10.1.0.0/24").Instance("server").Allow("all", packetwalk.CIDR("10.0.0.0/16"))
	cfg := b.Config()
	for i := range cfg.RouteTables {
		for j := range cfg.RouteTables[i].Routes {
			if to := &cfg.RouteTables[i].Routes[j].Target; to.ID == cfg.Peerings[0].ID {
				to.ID = id
			}
		}
	}
	cfg.Peerings[0].ID = id
	return cfg
}

// TestSessionCornersReturnToSender: the peering by which a NAT gateway's connection came is remembered with
// the connection.
func TestSessionCornersReturnToSender(t *testing.T) {
	start := func(t *testing.T, service string) talk {
		n, err := packetwalk.Build(overPeering("pcx"))
		require.NoError(t, err)
		return opens(t, n.NewSession(time.Time{}), "client", "server", service)
	}
	t.Run("F4.210 for as long as there are answers", func(t *testing.T) {
		k := start(t, "tcp/443")
		for range 4 {
			k.s.Advance(349 * time.Second)
			k.hears(data, goesThrough, "an answer")
		}
	})
	t.Run("F1.511 and is given back with it", func(t *testing.T) {
		k := start(t, "tcp/443")
		k.says(packet.FIN|packet.ACK, goesThrough, "FIN")
		k.hears(packet.FIN|packet.ACK, goesThrough, "FIN and ACK")
		k.says(packet.ACK, goesThrough, "the last ACK")
		assert.Zero(t, k.s.Live())
	})
	t.Run("F1.511 also where the server resets it", func(t *testing.T) {
		k := start(t, "tcp/443")
		k.hears(packet.RST, goesThrough, "RST")
		assert.Zero(t, k.s.Live())
	})
	t.Run("F4.210 an ICMP error of the server's goes back as well, and belongs to the connection", func(t *testing.T) {
		k := start(t, "udp/53")
		e := k.arrived.TooBig(k.arrived.Dst)
		e.ICMPCode = 3 // port unreachable
		assert.Equal(t, k.request.Src, k.sends("server", e, goesThrough, "nobody listens").Last.Dst)
		answer, _ := k.request.Reply()
		live := k.s.Live()
		k.sends("client", answer.TooBig(k.request.Src), goesThrough, "the other way: nobody waits for the answer")
		assert.Equal(t, live, k.s.Live(), "an error opens nothing")
	})
	t.Run("F4.210 another peering takes the place of that one", func(t *testing.T) {
		k := start(t, "tcp/443")
		n, err := packetwalk.Build(overPeering("another"))
		require.NoError(t, err)
		require.NoError(t, k.s.Apply(n))
		k.hears(data, trace.NoRouteToDestination, "it came by a peering that is gone")
		k.says(data, goesThrough, "now it comes by the other one")
		k.hears(data, goesThrough, "and so it goes back")
	})
}

// TestSessionCornersPortReuse: the same ports once more, at any time of a connection.
func TestSessionCornersPortReuse(t *testing.T) {
	const syn, ack, fin, rst = packet.SYN, packet.ACK, packet.FIN, packet.RST
	open := func(t *testing.T) talk {
		return opens(t, begin(t, sshNet(laptop, noEgress)), "internet", "web", "tcp/22")
	}
	again := func(k talk) {
		k.Helper()
		k.says(syn, goesThrough, "SYN")
		k.hears(syn|ack, goesThrough, "SYN and ACK")
		k.says(ack, goesThrough, "ACK")
		k.hears(data, goesThrough, "data")
		k.s.Advance(time.Hour)
		k.hears(data, goesThrough, "data an hour later: established")
		assert.Equal(k, 1, k.s.Live())
	}
	t.Run("F1.511 after the close", func(t *testing.T) {
		k := open(t)
		k.says(fin|ack, goesThrough, "FIN")
		k.hears(fin|ack, goesThrough, "FIN and ACK")
		k.says(ack, goesThrough, "the last ACK")
		again(k)
	})
	t.Run("F1.511 after a close of which the last ACK was lost", func(t *testing.T) {
		k := open(t)
		k.says(fin|ack, goesThrough, "FIN")
		k.hears(fin|ack, goesThrough, "FIN and ACK")
		again(k)
	})
	t.Run("F5.204 that is a new connection, which needs a rule", func(t *testing.T) {
		k := open(t)
		k.says(fin|ack, goesThrough, "FIN")
		k.hears(fin|ack, goesThrough, "FIN and ACK")
		apply(t, k.s, sshNet(nil, noEgress))
		k.says(syn, trace.SGHasNoRules, "SYN")
		assert.Zero(t, k.s.Live())
	})
	t.Run("F1.511 what was dropped before it came there replaces nothing", func(t *testing.T) {
		k := open(t)
		k.says(fin|ack, goesThrough, "FIN")
		k.hears(fin|ack, goesThrough, "FIN and ACK")
		cfg := sshNet(nil, noEgress).Config()
		cfg.NetworkACLs = []nacl.ACL{{ID: "closed", VPC: "app", Subnets: []string{"public"}}}
		require.NoError(t, k.s.Apply(mustNetwork(t, cfg)))
		k.says(syn, trace.SubnetACLRestriction, "SYN")
		assert.Equal(t, 1, k.s.Live())
		apply(t, k.s, sshNet(nil, noEgress))
		k.says(ack, goesThrough, "the last ACK of the old connection")
	})
	t.Run("F1.511 after a reset", func(t *testing.T) {
		k := open(t)
		k.says(rst, goesThrough, "RST")
		again(k)
	})
	t.Run("F5.204 a SYN on a live connection is part of it", func(t *testing.T) {
		k := open(t)
		k.says(syn, goesThrough, "SYN")
		k.s.Advance(time.Hour)
		k.hears(data, goesThrough, "still established")
		assert.Equal(t, 1, k.s.Live())
	})
	t.Run("F1.511 both close at once", func(t *testing.T) {
		k := open(t)
		k.says(fin|ack, goesThrough, "FIN")
		k.hears(fin|ack, goesThrough, "FIN")
		k.says(ack, goesThrough, "ACK")
		assert.Zero(t, k.s.Live())
		k.hears(ack, trace.SGHasNoRules, "without numbers of segments this looks like a late one")
	})
	t.Run("F5.207 a reset during the handshake", func(t *testing.T) {
		s := begin(t, sshNet(laptop, noEgress))
		p := open(t).request
		k := talk{T: t, s: s, from: "internet", to: "web", request: p}
		k.arrived = k.says(syn, goesThrough, "SYN").Last
		k.hears(rst|ack, goesThrough, "refused")
		assert.Zero(t, s.Live())
	})
}

// TestSessionCornersPings: pings are told apart by their identifiers.
func TestSessionCornersPings(t *testing.T) {
	s := begin(t, sshNet(laptop, noEgress))
	k := opens(t, s, "internet", "web", "icmp/echo-request")
	answer, _ := k.arrived.Reply()
	k.sends("web", answer, goesThrough, "F5.201 tracked: the answer needs no rule")
	answer.ICMPID = 7
	k.sends("web", answer, trace.SGHasNoRules, "F5.201 of another ping")
	ask := k.request
	ask.ICMPID = 7
	k.sends("internet", ask, goesThrough, "F5.201 the other ping")
	k.sends("web", answer, goesThrough, "F5.201 is answered too")
	assert.Equal(t, 2, s.Live())
	timestamp := answer
	timestamp.ICMPType = 14
	k.sends("web", timestamp, trace.SGHasNoRules, "F5.201 not the answer to a ping")
}

// TestSessionCornersEnds: times and networks at their limits.
func TestSessionCornersEnds(t *testing.T) {
	t.Run("F5.204 everything is gone", func(t *testing.T) {
		for _, b := range []*packetwalk.Builder{sshNet(laptop), sixNet(true), behindNAT(false), behindNAT(true)} {
			s := begin(t, b)
			for _, e := range s.Network().Config().Interfaces {
				for _, service := range []string{"tcp/22", "udp/53", "icmp/echo-request"} {
					_, _ = s.Probe("internet", e.ID, service) // in families that it does not have, an error
					_, _ = s.Probe(e.ID, "internet", service)
				}
			}
			require.NotZero(t, s.Live())
			apply(t, s, packetwalk.New())
			assert.Zero(t, s.Live())
			f, err := s.Probe("internet", "10.0.1.4", "tcp/22")
			require.NoError(t, err)
			assert.False(t, f.OK())
			apply(t, s, b)
			assert.Zero(t, s.Live(), "what was forgotten stays forgotten")
		}
	})
	t.Run("the end of time", func(t *testing.T) {
		k := opens(t, begin(t, sshNet(laptop, noEgress)), "internet", "web", "tcp/22")
		k.s.Advance(math.MinInt64)
		k.says(data, goesThrough, "time does not run back")
		k.s.Advance(math.MaxInt64)
		assert.Zero(t, k.s.Live())
		k.says(packet.SYN, goesThrough, "a new one, at the end of time")
		k.hears(packet.SYN|packet.ACK, goesThrough, "is answered")
		k.s.Advance(math.MaxInt64)
	})
	t.Run("a session of no network", func(t *testing.T) {
		var none *packetwalk.Network
		for _, s := range []*packetwalk.Session{none.NewSession(time.Time{}), new(packetwalk.Network).NewSession(time.Time{}), {}} {
			s.Advance(time.Hour)
			assert.Zero(t, s.Live())
			s.Now()
			_, err := s.Connect("web", packet.Packet{Dst: addr("10.0.1.4")})
			require.ErrorIs(t, err, packetwalk.ErrInvalid)
			_, err = s.Send("web", packet.Packet{Dst: addr("10.0.1.4")})
			require.ErrorIs(t, err, packetwalk.ErrInvalid)
			_, err = s.Probe("web", "internet", "tcp/22")
			require.ErrorIs(t, err, packetwalk.ErrInvalid)
			assert.Zero(t, s.Verdict(packetwalk.Source{}, packet.Packet{}))
		}
		require.ErrorIs(t, none.NewSession(time.Time{}).Apply(mustNetwork(t, sshNet(nil))), packetwalk.ErrInvalid)
	})
}

// TestSessionProbePorts: probes have the ports that IANA keeps for clients, each before any comes again.
func TestSessionProbePorts(t *testing.T) {
	s := begin(t, sshNet(laptop, noEgress))
	first := opens(t, s, "internet", "web", "tcp/22")
	assert.Equal(t, uint16(49152), first.request.SrcPort)
	seen := map[uint16]bool{first.request.SrcPort: true}
	for range 16383 {
		f, err := s.Probe("internet", "web", "udp/53")
		require.NoError(t, err)
		require.False(t, seen[f.Forward.Sent.SrcPort])
		seen[f.Forward.Sent.SrcPort] = true
	}
	apply(t, s, sshNet(nil, noEgress))
	again := opens(t, s, "internet", "web", "tcp/22")
	assert.Equal(t, first.request, again.request, "F5.204 part of the first connection, which no rule lets by any more")
	refuses(t, s, "internet", "web", "tcp/22", trace.SGHasNoRules)
}
