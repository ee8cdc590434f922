package packetwalk_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// TestWalkNATFragments: F4.214, a NAT gateway forwards fragments of UDP only; F4.303, a NAT instance those of
// every protocol.
func TestWalkNATFragments(t *testing.T) {
	outside := addr("203.0.113.10")
	six := packet.Packet{Dst: addr("64:ff9b::203.0.113.10"), Fragment: true}
	four := packet.Packet{Dst: outside, Fragment: true}
	with := func(p packet.Packet, proto packet.Protocol) packet.Packet {
		switch p.Protocol = proto; proto {
		case packet.ICMP:
			p.ICMPType = packet.ICMPEchoRequest
		case packet.ICMPv6:
			p.ICMPType = packet.ICMPv6EchoRequest
		default:
			p.SrcPort, p.DstPort = 40000, 443
		}
		return p
	}
	dropped := drops(trace.FragmentNotForwarded, "nat")
	gw, regional := mustNetwork(t, nat64Net()), mustNetwork(t, regionalNet(byHand))
	zonal, instance := mustNetwork(t, gatewayNet()), mustNetwork(t, natInstance(nil, "all"))
	for _, c := range []struct {
		name string
		net  *packetwalk.Network
		from string
		p    packet.Packet
		want outcome
	}{
		{"F4.214 UDP", zonal, "app1", with(four, packet.UDP), works},
		{"F4.214 TCP", zonal, "app1", with(four, packet.TCP), dropped},
		{"F4.214 ICMP", zonal, "app1", with(four, packet.ICMP), dropped},
		{"F4.214 UDP, NAT64", gw, "host", with(six, packet.UDP), works},
		{"F4.214 TCP, NAT64", gw, "host", with(six, packet.TCP), dropped},
		{"F4.214 ICMP, NAT64", gw, "host", with(six, packet.ICMPv6), dropped},
		{"F4.214 UDP, regional", regional, "host0", with(four, packet.UDP), works},
		{"F4.214 TCP, regional", regional, "host0", with(four, packet.TCP), dropped},
		{"F4.303 UDP through a NAT instance", instance, "host", with(four, packet.UDP), works},
		{"F4.303 TCP through a NAT instance", instance, "host", with(four, packet.TCP), works},
		{"F4.303 ICMP through a NAT instance", instance, "host", with(four, packet.ICMP), works},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := c.net.Connect(c.from, c.p)
			require.NoError(t, err)
			checkOutcome(t, f, c.want)
		})
	}
	for from, n := range map[string]*packetwalk.Network{"app1": zonal, "host0": regional} {
		t.Run("F4.214 a fragment of an answer to "+from, func(t *testing.T) {
			s := n.NewSession(time.Time{})
			p := packet.Packet{Dst: outside, Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Flags: packet.SYN}
			tr, err := s.Send(from, p)
			require.NoError(t, err)
			answer, _ := tr.Last.Reply()
			answer.Fragment = true
			tr, err = s.Send("internet", answer)
			require.NoError(t, err)
			assert.Equal(t, trace.FragmentNotForwarded, tr.Verdict.Code)
		})
	}
}

// TestWalkNATMTU: F4.214, a NAT gateway drops what is longer than 8500 bytes, also what others would cut up.
// The way leads over a peering, which takes longer packets (F8.017).
func TestWalkNATMTU(t *testing.T) {
	n := mustNetwork(t, natPeers(nil))
	for _, c := range []struct {
		name     string
		length   uint32
		dontFrag bool
		want     outcome
	}{
		{"F4.214 8500 bytes", 8500, true, works},
		{"F4.214 8501 bytes", 8501, true, drops(trace.MTUExceeded, "nat")},
		{"F4.214 8501 bytes that may be cut up", 8501, false, drops(trace.MTUExceeded, "nat")},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := n.Connect("host", packet.Packet{
				Dst: privateOf(t, n, "remote-eni"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 80, Length: c.length, DontFragment: c.dontFrag,
			})
			require.NoError(t, err)
			checkOutcome(t, f, c.want)
		})
	}
}

// TestWalkRegionalNATMTU: the internet gateway says to whoever is behind a regional NAT gateway what is too
// long for it.
func TestWalkRegionalNATMTU(t *testing.T) {
	n := mustNetwork(t, regionalNet(byHand))
	p := packet.Packet{Dst: addr("203.0.113.10"), Protocol: packet.UDP, SrcPort: 40000, DstPort: 53, Length: 1501, DontFragment: true}
	f, err := n.Connect("host0", p)
	require.NoError(t, err)
	checkOutcome(t, f, drops(trace.MTUExceeded, "igw"))
	require.NotNil(t, f.Forward.Answer, "F4.013")
	assert.Equal(t, trace.Delivered, f.Forward.Answer.Verdict.Outcome, "%+v", f.Forward.Answer)
	assert.Equal(t, addr("10.0.0.5"), f.Forward.Answer.Last.Dst)
	assert.Equal(t, uint16(40000), f.Forward.Answer.Last.Quoted.SrcPort)

	s := n.NewSession(time.Time{})
	p.Length = 100
	tr, err := s.Send("host0", p)
	require.NoError(t, err)
	for _, length := range []uint32{1500, 1501} {
		answer, _ := tr.Last.Reply()
		answer.Length = length
		back, err := s.Send("internet", answer)
		require.NoError(t, err)
		assert.Equal(t, length <= 1500, back.Verdict.Outcome == trace.Delivered, "F4.013 %d bytes: %v", length, back.Verdict)
	}
}

// severalNet has a NAT gateway with three addresses.
func severalNet(edit func(g *gateway.NAT)) packetwalk.Config {
	cfg := natPeers(nil).Config()
	g := &cfg.NATGateways[0]
	g.Addresses = []gateway.NATAddress{
		{Private: addr("10.0.0.101"), Public: addr("198.51.100.101")},
		{Private: addr("10.0.0.102"), Public: addr("198.51.100.102")},
		{Private: addr("10.0.0.103"), Public: addr("198.51.100.103")},
	}
	if edit != nil {
		edit(g)
	}
	return cfg
}

// TestWalkNATAddresses: F4.213, which of its addresses a NAT gateway takes where all have ports left.
func TestWalkNATAddresses(t *testing.T) {
	private := func(g *gateway.NAT) {
		g.Connectivity = gateway.Private
		for i := range g.Addresses {
			g.Addresses[i].Public = netip.Addr{}
		}
	}
	for _, c := range []struct {
		name     string
		edit     func(g *gateway.NAT)
		to, want string
		service  string
	}{
		{"F4.213 the first", nil, "internet", "198.51.100.101", "tcp/443"},
		{"F4.213 the first that has a public one", func(g *gateway.NAT) { g.Addresses[0].Public = netip.Addr{} }, "internet", "198.51.100.102", "tcp/443"},
		{"F4.205 F4.213 over a peering its private address", nil, "remote", "10.0.0.101", "tcp/80"},
		{"F4.213 a private gateway may have several", private, "remote", "10.0.0.101", "tcp/80"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, mustNetwork(t, severalNet(c.edit)), walkCase{from: "host", to: c.to, service: c.service, want: works})
			assert.Equal(t, addr(c.want), f.Forward.Last.Src)
		})
	}
	t.Run("F4.014 a private gateway's packets die at the internet gateway", func(t *testing.T) {
		checkWalk(t, mustNetwork(t, severalNet(private)), walkCase{from: "host", to: "internet", service: "tcp/443", want: drops(trace.IGWPublicIPAssociationForEgress, "igw")})
	})
	t.Run("F4.206 F4.207 nobody is answered at any of them", func(t *testing.T) {
		n := mustNetwork(t, severalNet(nil))
		for _, a := range []string{"198.51.100.101", "198.51.100.102", "198.51.100.103"} {
			checkWalk(t, n, walkCase{from: "internet", to: a, service: "tcp/443", want: drops(trace.NATNoSession, "nat")})
			checkWalk(t, n, walkCase{from: "internet", to: a, service: "icmp/echo-request", want: drops(trace.NATNoSession, "nat")})
		}
	})
}

// TestSessionNATAddresses: F4.213, a new connection leaves by the first address that has a port left for that
// destination, and answers to any of them come back. Each address has 55,000.
func TestSessionNATAddresses(t *testing.T) {
	if testing.Short() {
		t.Skip("220,000 connections")
	}
	const each = 55000
	onlySome := func(g *gateway.NAT) { g.Addresses[1].Public = netip.Addr{} }
	inZone := func(g *packetwalk.RegionalNATHandle) {
		g.Zone("us-east-1a", "198.51.100.101", "198.51.100.103").Zone("us-east-1b", "198.51.100.102")
	}
	for _, c := range []struct {
		name, host, first, second string
		cfg                       packetwalk.Config
	}{
		{"F4.213 zonal: the addresses with an Elastic IP", "host", "10.0.1.5", "10.0.1.77", severalNet(onlySome)},
		{"F4.213 regional: those of the zone", "host0", "10.0.0.5", "10.0.0.77", regionalNet(inZone).Config()},
	} {
		t.Run(c.name, func(t *testing.T) {
			// A host has not ports enough of its own: it calls from two addresses.
			callers := []netip.Addr{addr(c.first), addr(c.second)}
			for i := range c.cfg.Interfaces {
				if e := &c.cfg.Interfaces[i]; e.ID == c.host+"-eni" {
					e.Private = []subnet.Address{{Private: callers[0]}, {Private: callers[1]}}
				}
			}
			n := mustNetwork(t, c.cfg)
			source, err := n.Source(c.host)
			require.NoError(t, err)
			s := n.NewSession(time.Time{})
			p := packet.Packet{Dst: addr("203.0.113.10"), Protocol: packet.UDP, DstPort: 53}
			for i, want := range []string{"198.51.100.101", "198.51.100.103"} {
				p.Src = callers[i]
				for port := range each - 1 {
					p.SrcPort = uint16(1 + port)
					require.Equal(t, trace.Delivered, s.Verdict(source, p).Outcome, "connection %d", i*each+port)
				}
				p.SrcPort = 60000
				tr, err := s.Send(c.host, p)
				require.NoError(t, err)
				assert.Equal(t, addr(want), tr.Last.Src, "the last connection that it has room for")
				answer, _ := tr.Last.Reply()
				back, err := s.Send("internet", answer)
				require.NoError(t, err)
				assert.Equal(t, trace.Delivered, back.Verdict.Outcome, "%+v", back)
				assert.Equal(t, []any{callers[i], uint16(60000)}, []any{back.Last.Dst, back.Last.DstPort})
			}
			p.SrcPort = 60001
			assert.Equal(t, trace.NATPortAllocation, s.Verdict(source, p).Code, "all are taken")
			p.Dst = addr("203.0.113.11")
			assert.Equal(t, trace.Delivered, s.Verdict(source, p).Outcome, "to another destination there are others")
		})
	}
}
