package packetwalk_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
)

// TestCaptureAllocates: without flow logs a packet costs no memory, and with them the hops of its trace
// alone, however many flow logs see it.
func TestCaptureAllocates(t *testing.T) {
	hops := 0.0
	for _, logs := range []int{0, 1, 5} {
		s := starts(t, pairNet(func(b *packetwalk.Builder) {
			for i := range logs {
				b.FlowLog(fmt.Sprintf("fl-%d", i), "app")
			}
		}))
		f := call(t, s, "web", "db", "tcp/5432")
		from, err := s.Network().Source("web")
		require.NoError(t, err)
		p := f.Forward.Sent
		p.Flags = packet.ACK
		s.Verdict(from, p)
		n := testing.AllocsPerRun(100, func() { s.Verdict(from, p) })
		if logs == 1 {
			hops = n
			assert.Less(t, hops, 10.0)
		}
		assert.Equal(t, hops, n, "%d flow logs", logs)
		for _, b := range s.Flush() {
			assert.Len(t, b.Records, 2)
		}
	}
}

// TestCaptureLeavesNothing: what was collected is given back, and what is not collected is all there is.
func TestCaptureLeavesNothing(t *testing.T) {
	s := starts(t, pairNet(on(nil, "app", "db-eni")))
	from, err := s.Network().Source("web")
	require.NoError(t, err)
	round := func() (records int) {
		for i := range 5000 {
			p := packet.Packet{Src: addr("10.0.1.4"), Dst: addr("10.0.2.4"), Protocol: packet.UDP, SrcPort: uint16(i), DstPort: 7}
			s.Verdict(from, p)
		}
		s.Advance(20 * time.Minute)
		for _, b := range s.Collect() {
			records += len(b.Records)
		}
		return records
	}
	round()
	before := heap()
	for range 5 {
		require.GreaterOrEqual(t, round(), 3*5000)
	}
	assert.Less(t, grown(before), 1024*kib)
	runtime.KeepAlive(s)
}

// BenchmarkCapture measures a packet of a connection that is known, between two interfaces, with and without
// flow logs.
func BenchmarkCapture(b *testing.B) {
	for _, logs := range []int{0, 1, 5} {
		b.Run(fmt.Sprintf("%d flow logs", logs), func(b *testing.B) {
			net := pairNet(nil)
			for i := range logs {
				net.FlowLog(fmt.Sprintf("fl-%d", i), "app")
			}
			s := mustNetworkOf(b, net).NewSession(dawn)
			f, err := s.Probe("web", "db", "tcp/5432")
			require.NoError(b, err)
			from, err := s.Network().Source("web")
			require.NoError(b, err)
			p := f.Forward.Sent
			p.Flags = packet.ACK
			b.ReportAllocs()
			for b.Loop() {
				s.Verdict(from, p)
			}
		})
	}
}
