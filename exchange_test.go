package packetwalk_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// twoHosts is a client and a server in two subnets; the client may call the server's TCP 443, UDP 53 and ping
// it.
func twoHosts() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	client := v.Subnet("front", "10.0.1.0/24").Instance("client")
	v.Subnet("back", "10.0.2.0/24").Instance("server").
		Allow("tcp/443", client).Allow("udp/53", client).Allow("icmp", client)
	return b
}

// all are packets that arrive.
func all(packets, bytes int64) packetwalk.Sent {
	return packetwalk.Sent{Packets: packets, Bytes: bytes, Arrived: packets, ArrivedBytes: bytes}
}

// TestExchangeTCP counts the segments of connections by hand: the three of the handshake, the data and the
// acknowledgment of every second segment and of the last, and the three of the close. Each has 40 bytes of
// headers.
func TestExchangeTCP(t *testing.T) {
	tests := []struct {
		name          string
		traffic       packetwalk.Traffic
		caller, other packetwalk.Sent
	}{
		{"opened and closed", packetwalk.Traffic{},
			all(4, 160), all(2, 80)},
		{"closed by the other end", packetwalk.Traffic{Close: packetwalk.OtherCloses},
			all(3, 120), all(3, 120)},
		{"left open", packetwalk.Traffic{Close: packetwalk.LeftOpen},
			all(2, 80), all(1, 40)},
		{"reset by the caller", packetwalk.Traffic{Close: packetwalk.CallerResets},
			all(3, 120), all(1, 40)},
		{"reset by the other end", packetwalk.Traffic{Close: packetwalk.OtherResets},
			all(2, 80), all(2, 80)},
		{"a request of one segment", packetwalk.Traffic{Request: 1460, Close: packetwalk.LeftOpen},
			all(3, 3*40+1460), all(2, 80)},
		{"of one byte more", packetwalk.Traffic{Request: 1461, Close: packetwalk.LeftOpen},
			all(4, 4*40+1461), all(2, 80)},
		{"an answer of five segments of 1000", packetwalk.Traffic{Response: 4001, MSS: 1000, Close: packetwalk.LeftOpen},
			all(5, 200), all(6, 6*40+4001)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := mustNetwork(t, twoHosts().Config()).NewSession(time.Time{})
			e, err := s.Exchange("client", "server", "tcp/443", tt.traffic)
			require.NoError(t, err)
			assert.True(t, e.Completed(), "%+v", e)
			assert.Empty(t, cmp.Diff(tt.caller, e.Caller), "the caller")
			assert.Empty(t, cmp.Diff(tt.other, e.Other), "the other end")
			assert.True(t, s.Now().Equal(time.Unix(0, 0)), "no time goes by")
		})
	}
}

func TestExchangeEnds(t *testing.T) {
	live := func(c packetwalk.Closing) int {
		s := mustNetwork(t, twoHosts().Config()).NewSession(time.Time{})
		_, err := s.Exchange("client", "server", "tcp/443", packetwalk.Traffic{Request: 10, Response: 10, Close: c})
		require.NoError(t, err)
		return s.Live()
	}
	assert.Zero(t, live(packetwalk.CallerCloses), "F1.511 nobody remembers a connection that is closed")
	assert.Zero(t, live(packetwalk.OtherCloses), "F1.511")
	assert.Zero(t, live(packetwalk.CallerResets), "F1.511")
	assert.Zero(t, live(packetwalk.OtherResets), "F1.511")
	assert.Equal(t, 2, live(packetwalk.LeftOpen), "F5.207 at both ends")
}

func TestExchangeTakesTime(t *testing.T) {
	s := mustNetwork(t, twoHosts().Config()).NewSession(time.Time{})
	e, err := s.Exchange("client", "server", "tcp/443", packetwalk.Traffic{Request: 5000, Duration: time.Minute})
	require.NoError(t, err)
	assert.True(t, e.Completed())
	assert.Equal(t, time.Minute, s.Now().Sub(time.Unix(0, 0)))
	assert.Equal(t, time.Minute, e.Flow.End.Sub(e.Flow.Start))
}

// TestExchangeSlowClose: F5.207, an established connection may be quiet for days; its close is no slower than others.
func TestExchangeSlowClose(t *testing.T) {
	s := mustNetwork(t, twoHosts().Config()).NewSession(time.Time{})
	e, err := s.Exchange("client", "server", "tcp/443", packetwalk.Traffic{Request: 500, Response: 1000, Duration: time.Hour})
	require.NoError(t, err)
	assert.True(t, e.Completed(), "%+v", e)
	assert.Equal(t, time.Hour, s.Now().Sub(time.Unix(0, 0)))
	assert.Zero(t, s.Live())
}

// TestExchangeUnanswered: a SYN that nobody answers is sent seven times by Linux, after 1, 2, 4, 8, 16 and 32
// seconds.
func TestExchangeUnanswered(t *testing.T) {
	s := mustNetwork(t, twoHosts().Config()).NewSession(time.Time{})
	e, err := s.Exchange("client", "server", "tcp/22", packetwalk.Traffic{})
	require.NoError(t, err)
	assert.False(t, e.Completed())
	assert.Equal(t, trace.ENISGRulesMismatch, e.Flow.Verdict().Code)
	assert.Equal(t, packetwalk.Sent{Packets: 7, Bytes: 280}, e.Caller)
	assert.Zero(t, e.Other)
	assert.Equal(t, 63*time.Second, s.Now().Sub(time.Unix(0, 0)))
	e, err = s.Exchange("client", "server", "tcp/22", packetwalk.Traffic{Retries: -1})
	require.NoError(t, err)
	assert.EqualValues(t, 1, e.Caller.Packets, "none is sent again")
}

func TestExchangeDatagrams(t *testing.T) {
	s := mustNetwork(t, twoHosts().Config()).NewSession(time.Time{})
	e, err := s.Exchange("client", "server", "udp/53", packetwalk.Traffic{Request: 40, Response: 3000, SourcePort: 5353})
	require.NoError(t, err)
	assert.True(t, e.Completed())
	assert.EqualValues(t, 5353, e.Flow.Forward.Sent.SrcPort)
	assert.Equal(t, all(1, 28+40), e.Caller)
	assert.Equal(t, all(3, 3*28+3000), e.Other, "1472 bytes fit 1500")
}

// TestExchangePings: F1.705, four pings of 84 bytes each are 336 bytes.
func TestExchangePings(t *testing.T) {
	s := mustNetwork(t, twoHosts().Config()).NewSession(time.Time{})
	e, err := s.Exchange("client", "server", "icmp", packetwalk.Traffic{Request: 56, Packets: 4})
	require.NoError(t, err)
	assert.True(t, e.Completed())
	assert.Equal(t, all(4, 336), e.Caller)
	assert.Equal(t, all(4, 336), e.Other)
	assert.Equal(t, 3*time.Second, s.Now().Sub(time.Unix(0, 0)))
}

// TestExchangeDies: F4.013, F6.022, a path that takes no long packets lets the handshake by and not the data.
func TestExchangeDies(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1200::/56")
	v.Route("::/0", v.InternetGateway("igw"))
	v.Subnet("front", "2001:db8:1200::/64").Instance("client").IPv6("2001:db8:1200::9")
	s := mustNetwork(t, b.Config()).NewSession(time.Time{})
	fits := packetwalk.Traffic{Request: 100_000, Response: 7}
	e, err := s.Exchange("client", "internet", "tcp/443", fits)
	require.NoError(t, err)
	assert.True(t, e.Completed(), "F4.013 1500 bytes pass: %+v", e)
	assert.EqualValues(t, 60+7+60+60+60*35, e.Other.Bytes, "SYN|ACK, data, ACK of the FIN, FIN: 70 segments, 35 ACKs")
	e, err = s.Exchange("client", "internet", "tcp/443", packetwalk.Traffic{Request: 100_000, MSS: 8000, Retries: 2})
	require.NoError(t, err)
	assert.True(t, e.Flow.OK(), "the handshake is short")
	assert.False(t, e.Completed())
	assert.Equal(t, trace.MTUExceeded, e.Lost.Code)
	assert.EqualValues(t, 2, e.Caller.Arrived, "SYN and ACK")
	assert.EqualValues(t, 5, e.Caller.Packets, "the first segment three times")
}

func TestExchangeMistakes(t *testing.T) {
	s := mustNetwork(t, twoHosts().Config()).NewSession(time.Time{})
	for _, c := range [][3]string{{"nobody", "server", "tcp/443"}, {"client", "nobody", "tcp/443"}, {"client", "server", "tcp"}} {
		_, err := s.Exchange(c[0], c[1], c[2], packetwalk.Traffic{})
		assert.ErrorContains(t, err, "packetwalk: exchange from")
	}
}
