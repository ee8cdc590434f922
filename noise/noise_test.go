package noise_test

import (
	"fmt"
	"math"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/noise"
	"github.com/packetwalk/packetwalk/packet"
)

var began = time.Unix(1566848400, 0)

// shop has a public web server, and a database that it may call.
func shop() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("shop", "10.0.0.0/16")
	v.FlowLog("fl")
	web := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).Instance("web")
	web.PublicIP().Allow("tcp/443", packetwalk.Anywhere)
	v.Subnet("back", "10.0.2.0/24").Instance("db").Allow("tcp/5432", web)
	return b
}

func session(t testing.TB, b *packetwalk.Builder) *packetwalk.Session {
	n, err := b.Build()
	require.NoError(t, err)
	return n.NewSession(began)
}

func Example() {
	b := packetwalk.New()
	shop := b.VPC("shop", "10.0.0.0/16")
	shop.FlowLog("fl")
	public := shop.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", shop.InternetGateway("igw"))
	public.Instance("web").PublicIP().Allow("tcp/443", packetwalk.Anywhere)
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	s := n.NewSession(time.Unix(1566848400, 0))
	made, err := noise.Make(s, 42, 10*time.Minute, noise.Mix{Scans: 1, Calls: 2})
	fmt.Println(made.Scans, "scans,", made.Calls, "calls", err)
	for _, batch := range s.Collect() {
		fmt.Println(batch.WindowStart.UTC().Format(time.TimeOnly), batch.Interface)
		break
	}
	// Output:
	// 10 scans, 20 calls <nil>
	// 19:40:00 web-eni
}

// TestSameSeed: a seed is all that the packets depend on.
func TestSameSeed(t *testing.T) {
	records := func(seed uint64) (list []flowlog.Record) {
		s := session(t, shop())
		_, err := noise.Make(s, seed, 20*time.Minute, noise.Usual())
		require.NoError(t, err)
		for _, b := range s.Flush() {
			list = append(list, b.Records...)
		}
		return list
	}
	one := records(1)
	assert.NotEmpty(t, one)
	assert.Equal(t, one, records(1))
	assert.NotEqual(t, one, records(2))
}

// TestWhatIsMade: of each kind as much as was asked for, in the time that was given, and the records show it:
// item 148, the scans as REJECTs from addresses of nobody in the network, and what may talk as ACCEPTs.
func TestWhatIsMade(t *testing.T) {
	s := session(t, shop())
	made, err := noise.Make(s, 7, time.Hour, noise.Mix{Scans: 1, Calls: 2, Lookups: 0.5, Pings: 0.25})
	require.NoError(t, err)
	assert.Equal(t, [4]int{60, 120, 30, 15}, [4]int{made.Scans, made.Calls, made.Lookups, made.Pings})
	assert.GreaterOrEqual(t, made.Answered, made.Calls+made.Lookups, "calls are let by")
	assert.InDelta(t, time.Hour, s.Now().Sub(began), float64(10*time.Second))
	scanners := netip.MustParsePrefix("192.0.2.0/24")
	rejected, accepted, opened := 0, map[uint16]bool{}, map[uint16]bool{}
	for _, b := range s.Flush() {
		for _, r := range b.Records {
			switch {
			case r.LogStatus != flowlog.StatusOK:
			case r.Action == flowlog.Reject:
				rejected++
				if r.Protocol == 6 {
					assert.True(t, scanners.Contains(r.SrcAddr), "only scanners call whom they may not: %v", r)
				}
			default:
				accepted[r.DstPort] = true
				if r.TCPFlags&packet.SYN != 0 && r.TCPFlags&packet.ACK == 0 {
					opened[r.SrcPort] = true
				}
			}
		}
	}
	assert.GreaterOrEqual(t, rejected, made.Scans/2)
	assert.Len(t, opened, made.Answered-made.Lookups, "each call leaves its host, and so does each port that answers a scan; no ping is let by")
	assert.True(t, accepted[443] && accepted[5432], "who may talk does: %v", accepted)
	assert.False(t, accepted[22])
	assert.False(t, accepted[53], "F1.601")
}

func TestEachKindAlone(t *testing.T) {
	for _, c := range []struct {
		mix  noise.Mix
		want string
	}{
		{noise.Mix{}, "0 scans of 0 ports, 0 calls, 0 lookups, 0 pings; 0 answered"},
		{noise.Mix{Scans: -1, Calls: -1}, "0 scans of 0 ports, 0 calls, 0 lookups, 0 pings; 0 answered"},
		{noise.Mix{Calls: 1}, "0 scans of 0 ports, 10 calls, 0 lookups, 0 pings; 10 answered"},
		{noise.Mix{Lookups: 1}, "0 scans of 0 ports, 0 calls, 10 lookups, 0 pings; 10 answered"},
	} {
		s := session(t, shop())
		made, err := noise.Make(s, 3, 10*time.Minute, c.mix)
		require.NoError(t, err)
		assert.Equal(t, c.want, made.String())
		if c.mix.Lookups > 0 {
			assert.EqualValues(t, 20, made.Packets)
			assert.EqualValues(t, 10*(68+148), made.Bytes)
		}
	}
}

// TestAnyNetwork: whatever the network is like, there is noise or none, and no error.
func TestAnyNetwork(t *testing.T) {
	for seed := range uint64(40) {
		n, err := packetwalk.Build(gen.Small(seed))
		require.NoError(t, err)
		_, err = noise.Make(n.NewSession(began), seed, 3*time.Minute, noise.Usual())
		require.NoError(t, err, "seed %d", seed)
	}
	made, err := noise.Make(session(t, packetwalk.New()), 1, time.Hour, noise.Usual())
	require.NoError(t, err)
	assert.Zero(t, made, "nobody is there")
}

// TestScannersAreOutside: a network may have the addresses that scanners have else.
func TestScannersAreOutside(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("odd", "192.0.2.0/24")
	v.FlowLog("fl")
	v.Subnet("public", "192.0.2.0/25").Route("0.0.0.0/0", v.InternetGateway("igw")).Instance("web").PublicIP()
	s := session(t, b)
	_, err := noise.Make(s, 1, 10*time.Minute, noise.Mix{Scans: 3})
	require.NoError(t, err)
	batches := s.Flush()
	require.NotEmpty(t, batches)
	for _, r := range slices.Concat(batches[0].Records, batches[len(batches)-1].Records) {
		if r.LogStatus == flowlog.StatusOK {
			assert.False(t, netip.MustParsePrefix("192.0.2.0/24").Contains(r.SrcAddr), "%v", r)
		}
	}
}

func TestMistakes(t *testing.T) {
	_, err := noise.Make(nil, 1, time.Hour, noise.Usual())
	assert.ErrorIs(t, err, packetwalk.ErrInvalid)
	_, err = noise.Make(&packetwalk.Session{}, 1, time.Hour, noise.Usual())
	assert.ErrorIs(t, err, packetwalk.ErrInvalid)
	for _, rate := range []float64{1e9, math.Inf(1), math.NaN()} {
		_, err = noise.Make(session(t, shop()), 1, time.Hour, noise.Mix{Calls: rate})
		assert.ErrorContains(t, err, "want at most 1000000")
	}
	s := session(t, shop())
	_, err = noise.Make(s, 1, -time.Hour, noise.Usual())
	require.NoError(t, err)
	assert.True(t, s.Now().Equal(began), "time does not run back")
}
