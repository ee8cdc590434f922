package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// lengthCase is a packet of some length, and what becomes of it.
type lengthCase struct {
	name, from, to string
	length         uint32
	whole          bool // it may not be cut up: DF
	want           outcome
	told           string // the interface that is told it was too long; "" for none
}

// connectLong sends a TCP packet of a length. Both ways of asking give one verdict.
func connectLong(t *testing.T, n *packetwalk.Network, from, to string, length uint32, whole bool) packetwalk.Flow {
	t.Helper()
	f, err := n.Connect(from, packet.Packet{Dst: addr(to), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Length: length, DontFragment: whole})
	require.NoError(t, err)
	s, err := n.Source(from)
	require.NoError(t, err)
	assert.Equal(t, f.Verdict(), s.Verdict(f.Forward.Sent))
	return f
}

func TestWalkLength(t *testing.T) {
	const out4, out6, web4, web6 = "203.0.113.10", "2001:db8:ffff::10", "198.51.100.1", "2001:db8:1::10"
	cfg := openNet()
	n := mustNetwork(t, cfg)
	cfg.VPCs[1].Region = "eu-west-1"
	apart := mustNetwork(t, cfg)
	endpoint, remote := privateOf(t, n, "sqs-priv-eni").String(), privateOf(t, n, "remote-eni").String()
	for _, c := range []struct {
		*packetwalk.Network
		lengthCase
	}{
		{n, lengthCase{"F4.013 1500 bytes leave", "web", out4, 1500, true, works, ""}},
		{n, lengthCase{"F4.013 1501 bytes do not, with DF", "web", out4, 1501, true, drops(trace.MTUExceeded, "igw"), "web-eni"}},
		{n, lengthCase{"F4.013 without DF they go on in pieces", "web", out4, 9001, false, works, ""}},
		{n, lengthCase{"F4.013 IPv6: 1500 bytes leave", "web", out6, 1500, false, works, ""}},
		{n, lengthCase{"F4.013 IPv6: it is never cut up", "web", out6, 1501, false, drops(trace.MTUExceeded, "igw"), "web-eni"}},
		{n, lengthCase{"F4.013 in", "internet", web4, 1501, true, drops(trace.MTUExceeded, "igw"), ""}},
		{n, lengthCase{"F4.013 in, in pieces", "internet", web4, 1501, false, works, ""}},
		{n, lengthCase{"F4.013 in, IPv6", "internet", web6, 1501, false, drops(trace.MTUExceeded, "igw"), ""}},
		{n, lengthCase{"F4.013 an egress-only gateway: 1500 bytes leave", "host6", out6, 1500, false, works, ""}},
		{n, lengthCase{"F4.013 an egress-only gateway: 1501 do not", "host6", out6, 1501, false, drops(trace.MTUExceeded, "eigw"), "host6-eni"}},
		{n, lengthCase{"F4.013 F6.022 behind a NAT gateway the host is told", "host", out4, 4000, true, drops(trace.MTUExceeded, "igw"), "host-eni"}},
		{n, lengthCase{"F6.022 a group that lets nobody in lets the word in", "quiet", out4, 1501, true, drops(trace.MTUExceeded, "igw"), "quiet-eni"}},
		{n, lengthCase{"F6.022 and IPv6's", "quiet", out6, 1501, true, drops(trace.MTUExceeded, "igw"), "quiet-eni"}},
		{n, lengthCase{"F8.017 a peering in one Region: 9001 bytes", "web", remote, 9001, true, works, ""}},
		{n, lengthCase{"F8.017 a peering in one Region: no more", "web", remote, 9002, true, drops(trace.MTUExceeded, "app-peer-pcx"), "web-eni"}},
		{apart, lengthCase{"F8.017 between Regions: 8500 bytes", "web", remote, 8500, true, works, ""}},
		{apart, lengthCase{"F8.017 between Regions: no more", "web", remote, 8501, true, drops(trace.MTUExceeded, "app-peer-pcx"), "web-eni"}},
		{apart, lengthCase{"F8.017 between Regions, in pieces", "web", remote, 8501, false, works, ""}},
		{n, lengthCase{"F7.114 an endpoint: 8500 bytes", "web", endpoint, 8500, true, works, ""}},
		{n, lengthCase{"F7.114 an endpoint: no more, and nobody is told", "web", endpoint, 8501, true, drops(trace.MTUExceeded, "sqs"), ""}},
		{n, lengthCase{"F7.114 an endpoint: nor in pieces", "web", endpoint, 8501, false, drops(trace.MTUExceeded, "sqs"), ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := connectLong(t, c.Network, c.from, c.to, c.length, c.whole)
			checkOutcome(t, f, c.want)
			told := f.Forward.Answer
			if c.told == "" {
				assert.Nil(t, told)
				return
			}
			require.NotNil(t, told)
			assert.Equal(t, trace.Verdict{Outcome: trace.Delivered, Stage: trace.StageNetworkInterface, ID: c.told}, told.Verdict, "%v", told.Hops)
			sent := f.Forward.Sent
			assert.Equal(t, packet.Quote{Dst: sent.Dst, SrcPort: sent.SrcPort, DstPort: sent.DstPort, Protocol: sent.Protocol}, told.Last.Quoted, "it speaks of the packet as it was sent")
			assert.Equal(t, sent.Src, told.Last.Dst)
		})
	}
}

// TestWalkLengthNATInstance: behind a NAT instance the word comes to the host too.
func TestWalkLengthNATInstance(t *testing.T) {
	f := connectLong(t, mustNetwork(t, natPeers(nil)), "host2", "203.0.113.10", 4000, true)
	checkOutcome(t, f, drops(trace.MTUExceeded, "igw"))
	require.NotNil(t, f.Forward.Answer)
	assert.Equal(t, "host2-eni", f.Forward.Answer.Verdict.ID, "F6.022")
	assert.Equal(t, uint16(40000), f.Forward.Answer.Last.Quoted.SrcPort)
}

// TestWalkLengthNAT64: what was IPv6 is not cut up behind a NAT gateway either, and the host is told in its
// own words.
func TestWalkLengthNAT64(t *testing.T) {
	n := mustNetwork(t, nat64Net())
	checkOutcome(t, connectLong(t, n, "host", "64:ff9b::203.0.113.10", 1520, false), works)
	f := connectLong(t, n, "host", "64:ff9b::203.0.113.10", 1521, false)
	checkOutcome(t, f, drops(trace.MTUExceeded, "igw"))
	require.NotNil(t, f.Forward.Answer)
	assert.Equal(t, "host-eni", f.Forward.Answer.Verdict.ID, "F4.215 F6.022")
	told := f.Forward.Answer.Last
	assert.Equal(t, [3]any{packet.ICMPv6, uint8(2), uint8(0)}, [3]any{told.Protocol, told.ICMPType, told.ICMPCode}, "packet too big")
	assert.Equal(t, f.Forward.Sent.Dst, told.Quoted.Dst)
}

// TestWalkPieces: what goes on in pieces says so.
func TestWalkPieces(t *testing.T) {
	f := connectLong(t, mustNetwork(t, openNet()), "web", "203.0.113.10", 9001, false)
	for _, h := range f.Forward.Hops {
		if h.Stage == trace.StageInternetGateway {
			assert.Equal(t, "fragmented", h.Note, "F4.013")
			return
		}
	}
	t.Error("no hop at the internet gateway")
}

// TestWalkTooLongSaysLengths: a hop that drops a packet for its length tells that, and what would pass.
func TestWalkTooLongSaysLengths(t *testing.T) {
	f := connectLong(t, mustNetwork(t, openNet()), "web", "203.0.113.10", 9001, true)
	assert.Contains(t, f.Forward.Table(), "9001 bytes, and no more than 1500 pass: MTU_EXCEEDED", "F4.013")
}

// TestWalkTooBig: what the router says of a packet that is too long, type and code.
func TestWalkTooBig(t *testing.T) {
	n := mustNetwork(t, openNet())
	four := connectLong(t, n, "web", "203.0.113.10", 9001, true).Forward.Answer.Sent
	assert.Equal(t, [3]any{packet.ICMP, uint8(3), uint8(4)}, [3]any{four.Protocol, four.ICMPType, four.ICMPCode}, "F6.022")
	assert.Equal(t, addr("10.0.0.1"), four.Src, "F3.010 the router of its subnet")
	six := connectLong(t, n, "web", "2001:db8:ffff::10", 9001, true).Forward.Answer.Sent
	assert.Equal(t, [3]any{packet.ICMPv6, uint8(2), uint8(0)}, [3]any{six.Protocol, six.ICMPType, six.ICMPCode}, "F6.022 packet too big")
	assert.Equal(t, addr("2001:db8:1::1"), six.Src)
	t.Run("F6.022 an error is not answered by an error", func(t *testing.T) {
		p := packet.Packet{Src: addr("10.0.0.5"), Dst: addr("203.0.113.10"), Protocol: packet.UDP}.TooBig(addr("10.0.0.5"))
		p.Dst, p.Length, p.DontFragment = addr("203.0.113.10"), 2000, true
		tr, err := n.Trace("web", p)
		require.NoError(t, err)
		assert.Equal(t, trace.MTUExceeded, tr.Verdict.Code, "%+v", tr)
		assert.Nil(t, tr.Answer)
	})
}

// TestWalkBlackHole: A56, an ACL that keeps the word out leaves the sender in the dark.
func TestWalkBlackHole(t *testing.T) {
	network := func(icmp bool) *packetwalk.Network {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		s := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
		s.Instance("web").PublicIP()
		acl := v.ACL("acl").For(s).AllowOut(100, "all", "0.0.0.0/0").AllowIn(100, "tcp/1024-65535", "0.0.0.0/0")
		if icmp {
			acl.AllowIn(110, "icmp/3/4", "0.0.0.0/0")
		}
		return mustNetwork(t, b)
	}
	for _, c := range []struct {
		name string
		icmp bool
		want trace.Verdict
	}{
		{"A56 F6.022 the ACL lets ICMP 3/4 in", true, trace.Verdict{Outcome: trace.Delivered, Stage: trace.StageNetworkInterface, ID: "web-eni"}},
		{"A56 F6.022 it does not", false, trace.Verdict{Outcome: trace.Dropped, Code: trace.SubnetACLRestriction, Stage: trace.StageNetworkACL, ID: "acl"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := network(c.icmp)
			f := connectLong(t, n, "web", "203.0.113.10", 9001, true)
			checkOutcome(t, f, drops(trace.MTUExceeded, "igw"))
			require.NotNil(t, f.Forward.Answer)
			assert.Equal(t, c.want, f.Forward.Answer.Verdict)
			checkOutcome(t, connectLong(t, n, "web", "203.0.113.10", 1500, true), works)
		})
	}
}
