package packetwalk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// The addresses of the hosts of askers.
const atHost, atOther = "10.0.1.10", "10.0.1.11"

// askers has two hosts in one subnet.
func askers() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	s := v.Subnet("a", "10.0.1.0/24")
	s.Instance("host").PrivateIP(atHost).Allow("all", packetwalk.CIDR("10.0.0.0/16"))
	s.Instance("other").PrivateIP(atOther).Allow("all", packetwalk.CIDR("10.0.0.0/16"))
	return b
}

// linkLocal are packets to the services that share the rate, each from host.
var linkLocal = []struct {
	name string
	p    packet.Packet
}{
	{"the Amazon DNS server", packet.Packet{Protocol: packet.UDP, Dst: addr("169.254.169.253"), DstPort: 53}},
	{"by the VPC's own address", packet.Packet{Protocol: packet.TCP, Flags: packet.SYN, Dst: addr("10.0.0.2"), DstPort: 53}},
	{"the metadata of the instance", packet.Packet{Protocol: packet.TCP, Flags: packet.SYN, Dst: addr("169.254.169.254"), DstPort: 80}},
	{"the time", packet.Packet{Protocol: packet.UDP, Dst: addr("169.254.169.123"), DstPort: 123}},
	{"the licence of Windows", packet.Packet{Protocol: packet.TCP, Flags: packet.SYN, Dst: addr("169.254.169.250"), DstPort: 1688}},
}

// TestSessionRate: F9.306, an interface sends 1,024 packets a second to the services at link-local addresses,
// all of them together.
func TestSessionRate(t *testing.T) {
	n := mustNetwork(t, askers())
	host, err := n.Source("host")
	require.NoError(t, err)
	other, err := n.Source("other")
	require.NoError(t, err)
	from := func(src string, p packet.Packet) packet.Packet {
		p.Src, p.SrcPort = addr(src), 49152
		return p
	}
	// asks sends packets of all kinds in turn, and gives how many arrived.
	asks := func(s *packetwalk.Session, count int) (arrived int) {
		for i := range count {
			if s.Verdict(host, from(atHost, linkLocal[i%len(linkLocal)].p)).Outcome == trace.Delivered {
				arrived++
			}
		}
		return arrived
	}
	exceeded := func(t *testing.T, s *packetwalk.Session, why string) {
		t.Helper()
		v := s.Verdict(host, from(atHost, linkLocal[0].p))
		assert.Equal(t, trace.Verdict{
			Outcome: trace.Dropped, Code: trace.LinkLocalRateExceeded, Stage: trace.StageNetworkInterface, ID: "host-eni",
		}, v, why)
	}

	t.Run("F9.306 the 1,025th packet of a second", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		assert.Equal(t, 1024, asks(s, 1024))
		for _, service := range linkLocal {
			v := s.Verdict(host, from(atHost, service.p))
			assert.Equal(t, trace.LinkLocalRateExceeded, v.Code, service.name)
		}
		v := s.Verdict(other, from(atOther, linkLocal[0].p))
		assert.Equal(t, trace.Delivered, v.Outcome, "F9.306 each interface for itself")
		tr, err := s.Send("host", packet.Packet{Protocol: packet.UDP, Src: addr(atHost), Dst: addr(atOther), SrcPort: 49152, DstPort: 53})
		require.NoError(t, err)
		assert.True(t, tr.Delivered(), "F9.308 a DNS server of one's own is ordinary traffic\n%s", tr.Table())
	})
	t.Run("F9.306 the next second", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		asks(s, 1024)
		s.Advance(999 * time.Millisecond)
		exceeded(t, s, "F9.306 in the same second")
		s.Advance(time.Millisecond)
		assert.Equal(t, 1024, asks(s, 2000), "F9.306 what was dropped counts for nothing")
	})
	t.Run("F9.306 what is sent to others does not count", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		asks(s, 1023)
		dhcp := packet.Packet{Protocol: packet.UDP, Src: addr(atHost), Dst: addr("10.0.1.1"), SrcPort: 68, DstPort: 67}
		reply, ok := from(atHost, linkLocal[0].p).Reply()
		require.True(t, ok)
		for range 10 {
			assert.Equal(t, trace.Delivered, s.Verdict(host, dhcp).Outcome, "F1.605")
			_, _ = s.Send("host", reply)
		}
		assert.Equal(t, 1, asks(s, 2))
	})
	t.Run("F9.306 lookups of names count too", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		asks(s, 1024)
		f, err := s.Probe("host", "169.254.169.253", "udp/53")
		require.NoError(t, err)
		assert.Equal(t, trace.LinkLocalRateExceeded, f.Verdict().Code)
	})
	t.Run("F9.306 another network", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		asks(s, 1024)
		b := packetwalk.New()
		b.VPC("first", "10.9.0.0/16").Subnet("s", "10.9.0.0/24").Instance("before") // other places
		v := b.VPC("app", "10.0.0.0/16")
		v.Subnet("a", "10.0.1.0/24").Instance("host").PrivateIP(atHost).Allow("all", packetwalk.CIDR("10.0.0.0/16"))
		require.NoError(t, s.Apply(mustNetwork(t, b)))
		tr, err := s.Send("host", from(atHost, linkLocal[0].p))
		require.NoError(t, err)
		assert.Equal(t, trace.LinkLocalRateExceeded, tr.Verdict.Code, "the interface stayed, and so did what it had sent")
	})
	t.Run("F9.306 where no time passes nobody counts", func(t *testing.T) {
		for range 1100 {
			assert.Equal(t, trace.Delivered, host.Verdict(from(atHost, linkLocal[0].p)).Outcome)
		}
	})
	t.Run("F9.306 it costs no allocation", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		p := from(atHost, linkLocal[0].p)
		s.Verdict(host, p)
		assert.Zero(t, testing.AllocsPerRun(2000, func() { s.Verdict(host, p) }))
	})
}

// TestSessionRateIsNotRecorded: F1.601, what is for the Amazon DNS server is not logged, and so is nothing of
// it that is one too many.
func TestSessionRateIsNotRecorded(t *testing.T) {
	n := mustNetwork(t, askers())
	s := n.NewSession(time.Time{})
	p := packet.Packet{Protocol: packet.UDP, Src: addr(atHost), Dst: addr("10.0.0.2"), SrcPort: 49152, DstPort: 53}
	for range 1024 {
		_, err := s.Send("host", p)
		require.NoError(t, err)
	}
	tr, err := s.Send("host", p)
	require.NoError(t, err)
	assert.Equal(t, trace.LinkLocalRateExceeded, tr.Verdict.Code)
	assert.Empty(t, tr.Crossings, "F1.601 no flow log sees it")
	f, err := s.Connect("host", p)
	require.NoError(t, err)
	assert.Equal(t, trace.LinkLocalRateExceeded, f.Verdict().Code)
	assert.Empty(t, f.Records(), "F1.601")
}
