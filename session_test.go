package packetwalk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// talk is a connection in a session: who opened it, from where the answers come, and its packets.
type talk struct {
	*testing.T
	s        *packetwalk.Session
	from, to string
	request  packet.Packet // as the opener sends it
	arrived  packet.Packet // as it arrives
}

// opens begins a connection that works.
func opens(t *testing.T, s *packetwalk.Session, from, to, service string) talk {
	t.Helper()
	f, err := s.Probe(from, to, service)
	require.NoError(t, err)
	require.True(t, f.OK(), "%+v", f)
	return talk{t, s, from, to, f.Forward.Sent, f.Forward.Last}
}

const (
	goesThrough = trace.NoCode
	data        = packet.ACK | packet.PSH
)

// says sends a packet of the opener, and wants it to arrive or to be dropped for that reason.
func (k talk) says(f packet.Flags, want trace.Code, what string) trace.Trace {
	k.Helper()
	p := k.request
	if p.Protocol == packet.TCP {
		p.Flags = f
	}
	return k.sends(k.from, p, want, what)
}

// hears sends a packet of the other end.
func (k talk) hears(f packet.Flags, want trace.Code, what string) trace.Trace {
	k.Helper()
	p, ok := k.arrived.Reply()
	require.True(k, ok)
	if p.Protocol == packet.TCP {
		p.Flags = f
	}
	return k.sends(k.to, p, want, what)
}

func (k talk) sends(from string, p packet.Packet, want trace.Code, what string) trace.Trace {
	k.Helper()
	tr, err := k.s.Send(from, p)
	require.NoError(k, err)
	assert.Equal(k, want, tr.Verdict.Code, "%s: %s\n%s", what, p, tr.Table())
	return tr
}

// refuses wants a new connection to fail for that reason.
func refuses(t *testing.T, s *packetwalk.Session, from, to, service string, want trace.Code) {
	t.Helper()
	f, err := s.Probe(from, to, service)
	require.NoError(t, err)
	assert.Equal(t, want, f.Verdict().Code, "%+v", f)
}

// sshNet is a public host whose group lets SSH, ping and HTTP in from somebody, or nothing.
func sshNet(from packetwalk.Peer, more ...func(*packetwalk.VPCHandle, *packetwalk.SubnetHandle, *packetwalk.InstanceHandle)) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	s := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	web := s.Instance("web").PublicIP()
	if from != nil {
		web.Allow("tcp/22", from).Allow("udp/53", from).Allow("icmp", from).Allow("esp", from)
	}
	for _, m := range more {
		m(v, s, web)
	}
	return b
}

var laptop = packetwalk.CIDR("203.0.113.10/32")

func noEgress(_ *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle, web *packetwalk.InstanceHandle) {
	web.NoDefaultEgress()
}

// begin starts a session.
func begin(t *testing.T, b *packetwalk.Builder) *packetwalk.Session {
	t.Helper()
	return mustNetwork(t, b).NewSession(time.Time{})
}

func apply(t *testing.T, s *packetwalk.Session, b *packetwalk.Builder) {
	t.Helper()
	require.NoError(t, s.Apply(mustNetwork(t, b)))
}

// TestSessionRules: what becomes of a connection whose rule is taken away.
func TestSessionRules(t *testing.T) {
	for _, c := range []struct {
		name     string
		from     packetwalk.Peer
		service  string
		with     func(*packetwalk.VPCHandle, *packetwalk.SubnetHandle, *packetwalk.InstanceHandle)
		survives bool
	}{
		{"F5.204 A26 a narrow rule is tracked: the connection lives on", laptop, "tcp/22", nil, true},
		{"F5.202 UDP between a narrow rule and an open one is tracked", laptop, "udp/53", nil, true},
		{"F5.201 A26 open both ways is not tracked: the connection breaks at once", packetwalk.Anywhere, "tcp/22", nil, false},
		{"F5.201 nor is UDP", packetwalk.Anywhere, "udp/53", nil, false},
		{"F5.202 open in, nothing out: tracked", packetwalk.Anywhere, "tcp/22", noEgress, true},
		{"F5.201 ICMP is always tracked", packetwalk.Anywhere, "icmp/echo-request", nil, true},
		{"F5.206 so are other protocols", packetwalk.Anywhere, "esp", nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.with == nil {
				c.with = func(*packetwalk.VPCHandle, *packetwalk.SubnetHandle, *packetwalk.InstanceHandle) {}
			}
			s := begin(t, sshNet(c.from, c.with))
			k := opens(t, s, "internet", "web", c.service)
			apply(t, s, sshNet(nil, c.with))
			want := goesThrough
			if !c.survives {
				want = trace.SGHasNoRules
			}
			k.says(data, want, "the caller goes on")
			if c.survives {
				k.hears(packet.ACK, goesThrough, "and is answered")
			}
			refuses(t, s, "internet", "web", "tcp/22", trace.SGHasNoRules)
		})
	}
	t.Run("F5.205 an ACL cuts a tracked connection at once", func(t *testing.T) {
		s := begin(t, sshNet(laptop))
		k := opens(t, s, "internet", "web", "tcp/22")
		apply(t, s, sshNet(laptop, func(v *packetwalk.VPCHandle, s *packetwalk.SubnetHandle, _ *packetwalk.InstanceHandle) {
			v.ACL("closed").For(s)
		}))
		k.says(data, trace.SubnetACLRestriction, "in")
		k.hears(data, trace.SubnetACLRestriction, "out")
		apply(t, s, sshNet(laptop))
		k.says(data, goesThrough, "the ACL is open again, and the groups still know it")
	})
	t.Run("F5.201 an open rule and a narrow one: the rule that let it in decides", func(t *testing.T) {
		s := begin(t, sshNet(laptop, func(_ *packetwalk.VPCHandle, _ *packetwalk.SubnetHandle, web *packetwalk.InstanceHandle) {
			web.Allow("tcp/22", packetwalk.Anywhere)
		}))
		k := opens(t, s, "internet", "web", "tcp/22")
		apply(t, s, sshNet(nil))
		k.says(data, goesThrough, "the narrow rule stood first")
	})
}

// TestSessionTimeouts: an idle connection is forgotten in time, and what then comes is a new packet to rules
// that are gone (F5.210).
func TestSessionTimeouts(t *testing.T) {
	set := func(tr subnet.Tracking) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.Interfaces[0].Tracking = tr }
	}
	twice := func(k talk) {
		k.says(0, goesThrough, "a second request")
		k.hears(0, goesThrough, "and its answer")
	}
	for _, c := range []struct {
		name, service string
		edit          func(*packetwalk.Config)
		more          func(talk)
		idle          time.Duration
	}{
		{"F5.207 TCP established: 432,000 s", "tcp/22", nil, nil, 432000 * time.Second},
		{"F5.207 TCP established as set on the interface: 350 s", "tcp/22", set(subnet.Tracking{TCPEstablished: subnet.NitroV6TCPEstablished}), nil, 350 * time.Second},
		{"F5.207 UDP, one request with its answer: 30 s", "udp/53", nil, nil, 30 * time.Second},
		{"F5.207 UDP as set: 60 s", "udp/53", set(subnet.Tracking{UDP: time.Minute}), nil, time.Minute},
		{"F5.207 a UDP stream: 180 s", "udp/53", nil, twice, 180 * time.Second},
		{"F5.207 a UDP stream as set: 60 s", "udp/53", set(subnet.Tracking{UDPStream: time.Minute}), twice, time.Minute},
		{"F5.206 other protocols: 600 s", "esp", nil, nil, 600 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, idle := range []time.Duration{c.idle - time.Second, c.idle} {
				cfg := sshNet(laptop).Config()
				if c.edit != nil {
					c.edit(&cfg)
				}
				s := mustNetwork(t, cfg).NewSession(time.Time{})
				k := opens(t, s, "internet", "web", c.service)
				if c.more != nil {
					c.more(k)
				}
				apply(t, s, sshNet(nil))
				s.Advance(idle)
				want := goesThrough
				if idle == c.idle {
					want = trace.SGHasNoRules
					assert.Zero(t, s.Live())
				}
				k.says(data, want, "after "+idle.String())
			}
		})
	}
	t.Run("F5.207 each packet begins the time anew", func(t *testing.T) {
		s := begin(t, sshNet(laptop))
		k := opens(t, s, "internet", "web", "udp/53")
		apply(t, s, sshNet(nil))
		for range 5 {
			s.Advance(29 * time.Second)
			k.hears(0, goesThrough, "an answer")
		}
	})
	t.Run("time does not run back, and does not overflow", func(t *testing.T) {
		s := begin(t, sshNet(laptop))
		opens(t, s, "internet", "web", "udp/53")
		now := s.Now()
		s.Advance(-time.Hour)
		assert.Equal(t, now, s.Now())
		s.Advance(1<<63 - 1)
		s.Advance(1<<63 - 1)
		assert.True(t, s.Now().After(now))
		assert.Zero(t, s.Live())
	})
}

// TestSessionTCP: TCP as far as a stateful firewall sees it.
func TestSessionTCP(t *testing.T) {
	closed := func(t *testing.T) talk {
		k := opens(t, begin(t, sshNet(laptop, noEgress)), "internet", "web", "tcp/22")
		k.says(packet.FIN|packet.ACK, goesThrough, "FIN")
		k.hears(packet.FIN|packet.ACK, goesThrough, "FIN and ACK")
		return k
	}
	t.Run("F1.511 a late segment after the close is a REJECT", func(t *testing.T) {
		k := closed(t)
		k.says(packet.ACK, goesThrough, "the last ACK")
		assert.Zero(t, k.s.Live())
		late := k.hears(packet.FIN|packet.ACK, trace.SGHasNoRules, "the FIN once more")
		require.Len(t, late.Crossings, 1)
		assert.False(t, late.Crossings[0].Accepted)
		assert.Equal(t, packet.Egress, late.Crossings[0].Direction)
	})
	t.Run("F1.511 not before both have closed", func(t *testing.T) {
		k := opens(t, begin(t, sshNet(laptop, noEgress)), "internet", "web", "tcp/22")
		k.says(packet.FIN|packet.ACK, goesThrough, "FIN")
		k.hears(packet.ACK, goesThrough, "ACK")
		k.hears(data, goesThrough, "what the other end still has to say")
	})
	t.Run("F1.511 nor before the last ACK", func(t *testing.T) {
		k := closed(t)
		k.hears(packet.FIN|packet.ACK, goesThrough, "the FIN once more")
	})
	t.Run("F1.511 a reset closes at once", func(t *testing.T) {
		k := opens(t, begin(t, sshNet(laptop, noEgress)), "internet", "web", "tcp/22")
		k.hears(packet.RST, goesThrough, "RST")
		assert.Zero(t, k.s.Live())
		k.hears(data, trace.SGHasNoRules, "data after it")
	})
	t.Run("F5.210 a segment in the middle of an expired connection is judged as a new one", func(t *testing.T) {
		k := opens(t, begin(t, sshNet(laptop, noEgress)), "internet", "web", "tcp/22")
		k.s.Advance(subnet.DefaultTCPEstablished)
		k.hears(data, trace.SGHasNoRules, "the server's, for which there is no rule")
		k.says(data, goesThrough, "the caller's, for which there is one")
		k.hears(data, trace.SGHasNoRules, "which opens nothing that is tracked")
	})
	t.Run("a handshake that nobody ends is forgotten soon", func(t *testing.T) {
		s := begin(t, sshNet(laptop, noEgress))
		f, err := mustNetwork(t, sshNet(laptop)).Probe("internet", "web", "tcp/22")
		require.NoError(t, err)
		_, err = s.Send("internet", f.Forward.Sent)
		require.NoError(t, err)
		assert.Equal(t, 1, s.Live())
		s.Advance(2 * time.Minute)
		assert.Zero(t, s.Live())
	})
}

// TestSessionICMPErrors: an ICMP error about a tracked connection belongs to it, whatever the rules.
func TestSessionICMPErrors(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	s := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	nat := s.NAT("nat")
	s.Instance("web").PublicIP()
	v.Subnet("private", "10.0.2.0/24").Route("0.0.0.0/0", nat).Instance("worker")
	for _, from := range []string{"web", "worker"} {
		t.Run("F5.010 the path is too narrow for what "+from+" sends", func(t *testing.T) {
			k := opens(t, begin(t, b), from, "internet", "tcp/443")
			tooBig := k.arrived.TooBig(addr("192.0.2.99"))
			tr := k.sends("internet", tooBig, goesThrough, "about the connection")
			assert.Equal(t, k.request.Src, tr.Last.Dst)
			assert.Equal(t, packet.Quote{Dst: k.request.Dst, SrcPort: k.request.SrcPort, DstPort: 443, Protocol: packet.TCP}, tr.Last.Quoted)
			other := tooBig
			other.Quoted.SrcPort++
			assert.NotEqual(t, goesThrough, func() trace.Code { tr, _ := k.s.Send("internet", other); return tr.Verdict.Code }(), "about another connection")
		})
	}
}

// TestSessionPerInterface: F5.209, what one interface tracks another does not know.
func TestSessionPerInterface(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	client := v.Subnet("a", "10.0.1.0/24").Instance("client")
	other := v.Subnet("b", "10.0.2.0/24").Instance("server").Allow("tcp/443", client)
	_ = other
	s := begin(t, b)
	k := opens(t, s, "client", "server", "tcp/443")
	elsewhere, _ := k.arrived.Reply()
	elsewhere.Dst = addr("10.0.1.77")
	_, err := s.Send("server", elsewhere)
	require.NoError(t, err)
	b2 := packetwalk.New()
	v2 := b2.VPC("app", "10.0.0.0/16")
	c2 := v2.Subnet("a", "10.0.1.0/24")
	// The same address is now on another interface: it has its own groups, which know nothing.
	c2.Instance("newcomer").PrivateIP(k.request.Src.String())
	v2.Subnet("b", "10.0.2.0/24").Instance("server").Allow("tcp/443", packetwalk.CIDR("10.0.1.0/24"))
	require.NoError(t, s.Apply(mustNetwork(t, b2)))
	k.hears(data, trace.SGHasNoRules, "to the newcomer")
}

// TestSessionRecords: F5.210, F1.511, the flow log of a session shows what its state lets by.
func TestSessionRecords(t *testing.T) {
	start := time.Unix(1735732800, 0)
	s := mustNetwork(t, sshNet(laptop)).NewSession(start)
	s.Advance(90 * time.Second)
	f, err := s.Probe("internet", "web", "tcp/22")
	require.NoError(t, err)
	require.Len(t, f.Records(), 2)
	assert.Equal(t, int64(1735732890), f.Records()[0].Start)
	assert.Equal(t, flowlog.Accept, f.Records()[1].Action)
	g, err := s.Probe("internet", "web", "tcp/22")
	require.NoError(t, err)
	assert.NotEqual(t, f.Forward.Sent.SrcPort, g.Forward.Sent.SrcPort, "a connection of its own")
}

// TestSessionMistakes: what can't be asked is an error, and nothing panics.
func TestSessionMistakes(t *testing.T) {
	var zero packetwalk.Session
	_, err := zero.Send("web", packet.Packet{})
	assert.ErrorIs(t, err, packetwalk.ErrInvalid)
	_, err = zero.Probe("internet", "web", "tcp/22")
	assert.ErrorIs(t, err, packetwalk.ErrInvalid)
	assert.ErrorIs(t, zero.Apply(mustNetwork(t, sshNet(nil))), packetwalk.ErrInvalid)
	zero.Advance(time.Hour)
	assert.Zero(t, zero.Live())
	assert.True(t, zero.Now().IsZero())
	assert.Nil(t, zero.Network())

	s := begin(t, sshNet(laptop))
	assert.ErrorIs(t, s.Apply(nil), packetwalk.ErrInvalid)
	assert.ErrorIs(t, s.Apply(&packetwalk.Network{}), packetwalk.ErrInvalid)
	_, err = s.Send("nobody", packet.Packet{Dst: addr("10.0.1.4")})
	assert.ErrorIs(t, err, packetwalk.ErrNotFound)
	other, err := mustNetwork(t, sshNet(laptop)).Source("internet")
	require.NoError(t, err)
	assert.Zero(t, s.Verdict(other, packet.Packet{Dst: addr("198.51.100.1"), Protocol: packet.TCP, DstPort: 22}), "a source of another network")
}
