package packetwalk_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/trace"
)

// waysNet has a host for each way into a VPC and out of it.
func waysNet() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1200::/56")
	v.FlowLog("fl")
	igw, out6, vgw := v.InternetGateway("igw"), v.EgressOnlyInternetGateway("out6"), v.VirtualPrivateGateway("vgw", "192.168.0.0/16")
	public := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", igw)
	public.Instance("web").PublicIP().Allow("tcp/443", packetwalk.Anywhere).Allow("icmp", packetwalk.Anywhere)
	private := v.Subnet("private", "10.0.2.0/24").Route("0.0.0.0/0", public.NAT("nat")).Route("192.168.0.0/16", vgw)
	private.Instance("worker").Allow("tcp/443", packetwalk.CIDR("192.168.0.0/16"))
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", private)
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", private).Allow("tcp/443", v)
	v.Subnet("six", "2001:db8:1200:3::/64").Route("::/0", out6).Instance("job").IPv6("2001:db8:1200:3::9")
	return b
}

// TestExchangeWays lets the same conversation happen by every way: each end's packets are those of a
// connection within a subnet, and come to the other end through whatever lies between, up to the last ACK.
func TestExchangeWays(t *testing.T) {
	// The caller has three segments to send, of which two are acknowledged, and the other end four, of which
	// two are: SYN, ACK, 3, 2, FIN and ACK are 9 packets, and SYN|ACK, 2, 4 and FIN are 8.
	const request, response, fromCaller, fromOther = 3000, 5000, 9, 8
	for _, c := range []struct {
		name     string
		network  *packetwalk.Builder
		from, to string
		header   int64
	}{
		{"F4.204 by a NAT gateway", waysNet(), "worker", "internet", 40},
		{"F4.101 by an egress-only internet gateway", waysNet(), "job", "internet", 60},
		{"F7.013 by a gateway endpoint", waysNet(), "worker", "s3", 40},
		{"F7.102 to an interface endpoint", waysNet(), "worker", "sqs", 40},
		{"F4.002 from the internet", waysNet(), "internet", "web", 40},
		{"F4.002 to the internet", waysNet(), "web", "internet", 40},
		{"item 162 from on-premises", waysNet(), "192.168.7.7", "worker", 40},
		{"item 162 to on-premises", waysNet(), "worker", "192.168.7.7", 40},
		{"F7.202 by PrivateLink", overlapNet(), "orders", "link", 40},
		{"F8.005 by a peering connection", overlapNet(), "jump", "app", 40},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := begin(t, c.network)
			e, err := s.Exchange(c.from, c.to, "tcp/443", packetwalk.Traffic{Request: request, Response: response})
			require.NoError(t, err)
			assert.True(t, e.Completed(), "%+v, then %v", e.Flow, e.Lost)
			assert.Equal(t, all(fromCaller, fromCaller*c.header+request), e.Caller)
			assert.Equal(t, all(fromOther, fromOther*c.header+response), e.Other)
			assert.Zero(t, s.Live(), "F1.511 and nobody remembers it")
		})
	}
}

// TestExchangeWithResolver: the VPC's own services only answer, which is a conversation as well, and one that
// no flow log sees.
func TestExchangeWithResolver(t *testing.T) {
	s := begin(t, waysNet())
	e, err := s.Exchange("worker", "10.0.0.2", "udp/53", packetwalk.Traffic{Request: 40, Response: 3000, Packets: 2})
	require.NoError(t, err)
	assert.True(t, e.Completed())
	assert.Equal(t, all(2, 2*68), e.Caller)
	assert.Equal(t, all(6, 2*(3*28+3000)), e.Other)
	e, err = s.Exchange("worker", "10.0.0.2", "tcp/53", packetwalk.Traffic{Request: 40, Response: 3000})
	require.NoError(t, err)
	assert.True(t, e.Completed())
	assert.Equal(t, all(7, 7*40+40), e.Caller, "SYN, ACK, the request, ACKs of two of three segments and the last, FIN, ACK")
	assert.Equal(t, all(6, 6*40+3000), e.Other, "SYN|ACK, ACK, three segments, FIN")
	assert.Empty(t, s.Flush(), "F1.601")
}

// ownServer has a client whose DNS server is an instance of its VPC, and a server with a name.
func ownServer() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16").DHCPOptions("own", "10.0.1.53")
	v.FlowLog("fl")
	front := v.Subnet("front", "10.0.1.0/24")
	front.Instance("client")
	front.Instance("ns").PrivateIP("10.0.1.53").Allow("udp/53", v)
	front.Instance("db").PrivateIP("10.0.1.10").Allow("tcp/5432", v).Allow("udp/514", v).Allow("icmp", v)
	b.HostedZone("Z1", "example.com").Record("db.example.com", dns.A, "10.0.1.10")
	return b
}

// deafServer is the same where the DNS server's group lets nothing in.
func deafServer() packetwalk.Config {
	cfg := ownServer().Config()
	for i := range cfg.SecurityGroups {
		if g := &cfg.SecurityGroups[i]; g.ID == "ns-sg" {
			g.Rules = slices.DeleteFunc(g.Rules, func(r sg.Rule) bool { return r.Direction == packet.Ingress })
		}
	}
	return cfg
}

// TestExchangeByName: the name is looked up once, however many packets follow.
func TestExchangeByName(t *testing.T) {
	b := ownServer()
	for _, service := range []string{"tcp/5432", "tcp/22", "udp/514", "icmp"} {
		t.Run("F9.308 "+service, func(t *testing.T) {
			s := begin(t, b)
			e, err := s.Exchange("client", "db.example.com", service, packetwalk.Traffic{Request: 5000, Packets: 3})
			require.NoError(t, err)
			require.NotNil(t, e.Flow.Lookup)
			assert.Equal(t, service != "tcp/22", e.Completed())
			assert.EqualValues(t, 1, packetsTo(s.Flush(), "client-eni", 53))
		})
	}
	t.Run("F9.308 who can't ask for the name sends nothing else", func(t *testing.T) {
		s := mustNetwork(t, deafServer()).NewSession(time.Time{})
		e, err := s.Exchange("client", "db.example.com", "tcp/5432", packetwalk.Traffic{Request: 5000})
		require.NoError(t, err)
		assert.False(t, e.Completed())
		assert.Zero(t, e.Caller)
		batches := s.Flush()
		assert.EqualValues(t, 1, packetsTo(batches, "client-eni", 53))
		assert.Zero(t, packetsTo(batches, "client-eni", 5432))
	})
}

// packetsTo sums up what left an interface for a port.
func packetsTo(batches []flowlog.Batch, eni string, port uint16) (n int64) {
	for _, b := range batches {
		for _, r := range b.Records {
			if r.InterfaceID == eni && r.DstPort == port && r.FlowDirection == packet.Egress {
				n += r.Packets
			}
		}
	}
	return n
}

// TestExchangeReset: F4.212, a NAT gateway that has forgotten a connection resets it, and then nothing is
// sent again.
func TestExchangeReset(t *testing.T) {
	s := begin(t, waysNet())
	e, err := s.Exchange("worker", "internet", "tcp/443", packetwalk.Traffic{Request: 1, Close: packetwalk.LeftOpen, Duration: 349 * time.Second})
	require.NoError(t, err)
	assert.True(t, e.Completed(), "the byte comes 349 s after the handshake: %v", e.Lost)
	e, err = s.Exchange("worker", "internet", "tcp/443", packetwalk.Traffic{Request: 1, Close: packetwalk.LeftOpen, Duration: 350 * time.Second})
	require.NoError(t, err)
	assert.True(t, e.Flow.OK())
	assert.False(t, e.Completed(), "it comes 350 s after it")
	assert.Equal(t, trace.NATIdleTimeout, e.Lost.Code)
	assert.Equal(t, packetwalk.Sent{Packets: 3, Bytes: 3*40 + 1, Arrived: 2, ArrivedBytes: 80}, e.Caller)
}

// TestExchangeUnderNewRules: F5.204, what is open goes on without the rule that let it in, and nothing new
// comes in.
func TestExchangeUnderNewRules(t *testing.T) {
	s := begin(t, sshNet(laptop))
	open := packetwalk.Traffic{SourcePort: 40000, Close: packetwalk.LeftOpen}
	e, err := s.Exchange("internet", "web", "tcp/22", open)
	require.NoError(t, err)
	require.True(t, e.Completed())
	apply(t, s, sshNet(nil))
	e, err = s.Exchange("internet", "web", "tcp/22", open)
	require.NoError(t, err)
	assert.True(t, e.Completed(), "of the same ports")
	e, err = s.Exchange("internet", "web", "tcp/22", packetwalk.Traffic{Retries: 1})
	require.NoError(t, err)
	assert.Equal(t, trace.SGHasNoRules, e.Flow.Verdict().Code)
	assert.EqualValues(t, 2, e.Caller.Packets, "the SYN, and once again")
	apply(t, s, sshNet(laptop))
	e, err = s.Exchange("internet", "web", "tcp/22", packetwalk.Traffic{Retries: 1})
	require.NoError(t, err)
	assert.True(t, e.Completed(), "the rule is back")
}

// TestExchangeElsewhere: who has the address answers, so that nothing is sent again, and the exchange is not
// the one that was asked for.
func TestExchangeElsewhere(t *testing.T) {
	s := begin(t, overlapNet())
	e, err := s.Exchange("orders", "app", "tcp/443", packetwalk.Traffic{})
	require.NoError(t, err)
	assert.False(t, e.Completed())
	assert.Equal(t, trace.RequestDeliveredElsewhere, e.Flow.Verdict().Code)
	assert.Equal(t, all(1, 40), e.Caller)
	assert.Equal(t, all(1, 40), e.Other)
}

func TestExchangeHeaders(t *testing.T) {
	s := begin(t, twoHosts())
	e, err := s.Exchange("client", "server", "icmp", packetwalk.Traffic{SourcePort: 77})
	require.NoError(t, err)
	assert.EqualValues(t, 77, e.Flow.Forward.Sent.ICMPID, "the caller's port is the identifier of its pings")
	e, err = s.Exchange("client", "server", "tcp/443", packetwalk.Traffic{Request: 130_000, MSS: 1 << 33, Close: packetwalk.LeftOpen})
	require.NoError(t, err)
	assert.Equal(t, all(4, 4*40+130_000), e.Caller, "no packet is longer than IP can say")
}

// TestClosingText: each way to end a connection has one name.
func TestClosingText(t *testing.T) {
	for value, name := range map[packetwalk.Closing]string{
		0: "", packetwalk.CallerCloses: "caller-closes", packetwalk.OtherCloses: "other-closes",
		packetwalk.CallerResets: "caller-resets", packetwalk.OtherResets: "other-resets", packetwalk.LeftOpen: "left-open",
	} {
		assert.Equal(t, name, value.String())
		text, err := value.MarshalText()
		require.NoError(t, err)
		back := packetwalk.Closing(9)
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, value, back)
	}
	assert.Equal(t, "Closing(6)", packetwalk.Closing(6).String())
	_, err := packetwalk.Closing(6).MarshalText()
	assert.Error(t, err)
	kept := packetwalk.LeftOpen
	assert.ErrorContains(t, kept.UnmarshalText([]byte("slammed")), "want one of caller-closes")
	assert.Equal(t, packetwalk.LeftOpen, kept)
}
