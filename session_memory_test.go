package packetwalk_test

import (
	"net/netip"
	"runtime"
	"testing"
	"time"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// manyNet has all that remembers: a host that the internet calls by narrow rules, one behind a NAT gateway,
// one behind a NAT instance, one behind an egress-only gateway, and a server in another VPC that is called by
// a private NAT gateway.
func manyNet() *packetwalk.Builder {
	b := packetwalk.New()
	v, far := b.VPC("app", "10.0.0.0/16", "2600:1f00::/56"), b.VPC("far", "10.1.0.0/16")
	pcx := b.PeerWithoutRoutes(v, far)
	public := v.Subnet("public", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).Route("10.1.0.0/16", pcx)
	public.Instance("web").PublicIP().Allow("all", packetwalk.CIDR("203.0.113.0/24"))
	instance := public.NATInstance("nat-instance").PublicIP().Allow("all", packetwalk.CIDR("10.0.0.0/16"))
	v.Subnet("gateway", "10.0.1.0/24").Route("0.0.0.0/0", public.NAT("nat")).Route("10.1.0.0/16", public.PrivateNAT("private-nat")).
		Instance("inner")
	v.Subnet("instance", "10.0.2.0/24").Route("0.0.0.0/0", instance).Instance("other")
	v.Subnet("six", "2600:1f00:0:1::/64").Route("::/0", v.EgressOnlyInternetGateway("eigw")).Instance("host6").IPv6("2600:1f00:0:1::10")
	far.Subnet("servers", "10.1.0.0/24").Instance("server").Allow("all", packetwalk.CIDR("10.0.0.0/16"))
	return b
}

// wire is a connection of which both ends can be asked to send.
type wire struct {
	s             *packetwalk.Session
	opener, other packetwalk.Source
	there, back   packet.Packet // as the opener sends it, and as the other end answers
}

// calls are the ways to open a connection in manyNet, each with how many controls remember it.
var calls = []struct {
	name, from, to string
	controls       int
}{
	{"from outside", "internet", "web", 1},
	{"by a NAT gateway", "inner", "internet", 2},
	{"by a NAT instance", "other", "internet", 4}, // at its groups, both ways, too
	{"by an egress-only gateway", "host6", "internet", 2},
	{"by a NAT gateway over a peering", "inner", "server", 4}, // at the server's groups and at the peering too
}

// wireOf opens a connection from the given port.
func wireOf(tb testing.TB, s *packetwalk.Session, call int, proto packet.Protocol, port uint16) wire {
	tb.Helper()
	c := calls[call]
	opener, err := s.Network().Source(c.from)
	require.NoError(tb, err)
	other, err := s.Network().Source(c.to)
	require.NoError(tb, err)
	f, err := s.Network().Probe(c.from, c.to, "tcp/443")
	require.NoError(tb, err)
	k := wire{s: s, opener: opener, other: other, there: f.Forward.Sent}
	k.there.SrcPort, k.there.Protocol, k.there.Flags = port, proto, 0
	open := k.there
	if proto == packet.TCP {
		open.Flags = packet.SYN
	}
	tr, err := s.Send(c.from, open)
	require.NoError(tb, err)
	require.True(tb, tr.Delivered(), "%s\n%s", c.name, tr.Table())
	k.back, _ = tr.Last.Reply()
	k.back.Flags = 0
	return k
}

// says and hears send a packet of the opener's and of the other end's, and want it to arrive.
func (k *wire) says(tb testing.TB, f packet.Flags)  { send(tb, k.s, k.opener, k.there, f) }
func (k *wire) hears(tb testing.TB, f packet.Flags) { send(tb, k.s, k.other, k.back, f) }

func send(tb testing.TB, s *packetwalk.Session, from packetwalk.Source, p packet.Packet, f packet.Flags) {
	p.Flags = f
	if v := s.Verdict(from, p); v.Outcome != trace.Delivered {
		tb.Helper()
		tb.Fatalf("%v: %v", p, v)
	}
}

// shake ends the handshake of a TCP connection.
func (k *wire) shake(tb testing.TB) {
	k.hears(tb, packet.SYN|packet.ACK)
	k.says(tb, packet.ACK)
}

// heap is how much memory is in use.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// grown is how much more memory is in use than before.
func grown(before uint64) int { return int(heap()) - int(before) }

const kib = 1024

// TestSessionLeavesNothing: a million packets over ten thousand connections leave no memory behind.
func TestSessionLeavesNothing(t *testing.T) {
	rounds, each := 10, 1000
	if testing.Short() {
		rounds = 2
	}
	s := begin(t, manyNet())
	before, sent := heap(), 0
	for round := range rounds {
		var wires []wire
		live := 0
		for i := range each {
			proto := packet.TCP
			if i%3 == 0 {
				proto = packet.UDP
			}
			call := i % len(calls)
			wires = append(wires, wireOf(t, s, call, proto, uint16(10000+i)))
			live += calls[call].controls
		}
		for packets := 0; packets < 100; packets += 4 {
			for i := range wires {
				k := &wires[i]
				f := packet.Flags(0)
				if k.there.Protocol == packet.TCP {
					f = packet.ACK
				}
				if packets == 0 && f != 0 {
					k.shake(t)
				} else {
					k.says(t, f)
					k.hears(t, f)
				}
				k.says(t, f)
				k.hears(t, f)
				sent += 4
			}
			require.Equal(t, live, s.Live(), "F5.207 no more than is live")
			s.Advance(29 * time.Second)
		}
		if round%2 == 0 { // half of the rounds end in silence
			s.Advance(432001 * time.Second)
		} else {
			hangUp(t, wires)
			s.Advance(180 * time.Second)
			require.Less(t, s.Live(), live/2, "UDP by a translator is remembered for longer")
			s.Advance(170 * time.Second)
		}
		require.Zero(t, s.Live(), "F5.207 F4.212 all of it is forgotten")
	}
	t.Logf("%d packets over %d connections: %d bytes more than before", sent, rounds*each, grown(before))
	assert.Less(t, grown(before), 256*kib)
	runtime.KeepAlive(s)
}

// hangUp closes the TCP connections among the wires, every other one by a reset.
func hangUp(t *testing.T, wires []wire) {
	for i := range wires {
		switch k := &wires[i]; {
		case k.there.Protocol != packet.TCP:
		case i%2 == 0:
			k.hears(t, packet.RST)
		default:
			k.hears(t, packet.FIN|packet.ACK)
			k.says(t, packet.FIN|packet.ACK)
			k.hears(t, packet.ACK)
		}
	}
}

// TestSessionClosesAtOnce: what is closed is given back then, not five days later.
func TestSessionClosesAtOnce(t *testing.T) {
	const syn, ack, fin, rst = packet.SYN, packet.ACK, packet.FIN, packet.RST
	for i, c := range calls {
		for _, end := range []struct {
			name string
			how  func(k *wire)
		}{
			{"the caller closes first", func(k *wire) { k.says(t, fin|ack); k.hears(t, fin|ack); k.says(t, ack) }},
			{"the other end closes first", func(k *wire) { k.hears(t, fin|ack); k.says(t, fin|ack); k.hears(t, ack) }},
			{"one after the other", func(k *wire) { k.says(t, fin|ack); k.hears(t, ack); k.hears(t, fin|ack); k.says(t, ack) }},
			{"the caller resets", func(k *wire) { k.says(t, rst) }},
			{"the other end resets", func(k *wire) { k.hears(t, rst|ack) }},
		} {
			t.Run("F1.511 "+c.name+", "+end.name, func(t *testing.T) {
				s := begin(t, manyNet())
				k := wireOf(t, s, i, packet.TCP, 40000)
				k.shake(t)
				require.Equal(t, c.controls, s.Live())
				end.how(&k)
				assert.Zero(t, s.Live())
			})
		}
	}
	t.Run("F5.207 a hundred thousand connections that close leave no memory behind, though no time goes by", func(t *testing.T) {
		s := begin(t, manyNet())
		k := wireOf(t, s, 0, packet.TCP, 1)
		k.says(t, rst)
		before := heap()
		for i := range 100_000 {
			k.there.SrcPort, k.back.DstPort = uint16(i), uint16(i)
			k.says(t, syn)
			k.shake(t)
			k.says(t, rst)
		}
		assert.Zero(t, s.Live())
		assert.Less(t, grown(before), 64*kib)
		runtime.KeepAlive(s)
	})
}

// TestSessionLetsGoOfNetworks: Apply keeps nothing of the network that was, though connections live on.
func TestSessionLetsGoOfNetworks(t *testing.T) {
	s := begin(t, manyNet())
	was := weak.Make(s.Network())
	for i := range calls {
		k := wireOf(t, s, i, packet.TCP, 40000)
		k.shake(t)
	}
	live := s.Live()
	apply(t, s, manyNet())
	assert.Equal(t, live, s.Live(), "F5.204 the connections live on")
	before := heap()
	assert.Nil(t, was.Value(), "the network that was")

	large, err := packetwalk.Build(gen.World(1, 2000, gen.Tiered)) // it holds megabytes
	require.NoError(t, err)
	size := grown(before)
	require.Greater(t, size, 4*1024*kib)
	require.NoError(t, s.Apply(large))
	tracked := 0
	for _, f := range gen.Flows(large.Config(), 1, 500) {
		if flow, err := s.Connect(f.From, f.Packet); err == nil && flow.OK() {
			tracked++
		}
	}
	require.Greater(t, tracked, 20)
	require.NotZero(t, s.Live())
	require.NoError(t, s.Apply(mustNetwork(t, packetwalk.New())))
	large = nil
	assert.Less(t, grown(before), 256*kib)
	runtime.KeepAlive(s)
}

// TestSessionAllocates: a packet of a connection that is known allocates nothing.
func TestSessionAllocates(t *testing.T) {
	for i, c := range calls {
		for _, proto := range []packet.Protocol{packet.TCP, packet.UDP} {
			s := begin(t, manyNet())
			k := wireOf(t, s, i, proto, 40000)
			f := packet.Flags(0)
			if proto == packet.TCP {
				k.shake(t)
				f = packet.ACK
			}
			n := testing.AllocsPerRun(100, func() {
				k.says(t, f)
				k.hears(t, f)
				s.Advance(time.Second)
			})
			assert.Zero(t, n, "%s, %v", c.name, proto)
		}
	}
}

// BenchmarkSessionEstablished measures a packet of a connection that groups track, with 100,000 connections
// alive, and in the same run a hit in a Go map with as many keys of addresses.
func BenchmarkSessionEstablished(b *testing.B) {
	const connections = 100_000
	type addresses struct { // 72 bytes
		src, dst netip.AddrPort
		protocol uint64
	}
	s := mustNetworkOf(b, manyNet()).NewSession(time.Time{})
	k := wireOf(b, s, 0, packet.TCP, 1)
	packets, keys := make([]packet.Packet, connections), make(map[addresses]int)
	keyOf := func(p packet.Packet) addresses {
		return addresses{netip.AddrPortFrom(p.Src, p.SrcPort), netip.AddrPortFrom(p.Dst, p.DstPort), uint64(p.Protocol)}
	}
	for i := range packets {
		p := k.there
		p.SrcPort, p.DstPort = uint16(i), 443+uint16(i>>16)
		send(b, s, k.opener, p, packet.SYN)
		back := k.back
		back.SrcPort, back.DstPort = p.DstPort, p.SrcPort
		send(b, s, k.other, back, packet.SYN|packet.ACK)
		send(b, s, k.opener, p, packet.ACK)
		p.Flags = packet.ACK
		packets[i], keys[keyOf(p)] = p, i
	}
	require.Equal(b, connections, s.Live())
	next := func(i int) int { return (i*7919 + 1) % connections } // in no order
	b.Run("packet", func(b *testing.B) {
		b.ReportAllocs()
		i, delivered, sent := 0, 0, 0
		for b.Loop() {
			if i = next(i); s.Verdict(k.opener, packets[i]).Outcome == trace.Delivered {
				delivered++
			}
			sent++
		}
		require.Equal(b, sent, delivered)
	})
	b.Run("map", func(b *testing.B) {
		i, sum := 0, 0
		for b.Loop() {
			i = next(i)
			sum += keys[keyOf(packets[i])]
		}
		_ = sum
	})
}

func mustNetworkOf(tb testing.TB, b *packetwalk.Builder) *packetwalk.Network {
	n, err := b.Build()
	require.NoError(tb, err)
	return n
}
