package packetwalk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// drawTraffic draws a conversation, with nothing in it that is too long for the way or idle for too long.
func drawTraffic(t *rapid.T) packetwalk.Traffic {
	return packetwalk.Traffic{
		Request: rapid.Int64Range(0, 5000).Draw(t, "request"), Response: rapid.Int64Range(0, 5000).Draw(t, "response"),
		Packets:  rapid.IntRange(0, 3).Draw(t, "packets"),
		MSS:      rapid.SampledFrom([]int{0, 500, 1000}).Draw(t, "MSS"),
		Close:    packetwalk.Closing(rapid.Uint8Range(0, uint8(packetwalk.LeftOpen)).Draw(t, "close")),
		Duration: time.Duration(rapid.Int64Range(0, 20e9).Draw(t, "duration")),
		Retries:  rapid.IntRange(-1, 2).Draw(t, "retries"),
	}
}

// TestExchangeSums: the flow log of the caller's interface has just what the exchange says: out of it all
// packets that the caller sent, and into it, accepted, all of the other end's that arrived.
func TestExchangeSums(t *testing.T) {
	t.Run("F1.109 F1.110", rapid.MakeCheck(func(t *rapid.T) {
		seed := rapid.Uint64Range(0, 1<<20).Draw(t, "network")
		cfg := gen.Small(seed)
		for _, v := range cfg.VPCs {
			cfg.FlowLogs = append(cfg.FlowLogs, flowlog.FlowLog{ID: "fl-" + v.ID, Resource: v.ID})
		}
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		s := n.NewSession(dawn)
		for _, f := range gen.Flows(n.Config(), seed, 12) {
			if f.Packet.Src == f.Packet.Dst {
				continue // which leaves no host
			}
			e, err := s.Exchange(f.From, f.Packet.Dst.String(), serviceOf(f.Packet).String(), drawTraffic(t))
			if err != nil {
				continue // for want of an address
			}
			batches := s.Flush()
			if crossings(&e.Flow.Forward, f.From) != 1 || crossings(&e.Flow.Return, f.From) > 1 {
				continue // the internet has no interface, a host may be off, and a route may lead back by its sender
			}
			sent, arrived := sumsAt(batches, f.From)
			require.Equal(t, sums{e.Caller.Packets, e.Caller.Bytes}, sent, "%v: sent: %+v", f, e.Flow)
			require.Equal(t, sums{e.Other.Arrived, e.Other.ArrivedBytes}, arrived, "%v: arrived: %+v", f, e.Flow)
		}
	}))
}

// crossings is how often a packet came by an interface.
func crossings(t *trace.Trace, eni string) (n int) {
	for _, c := range t.Crossings {
		if c.Interface == eni {
			n++
		}
	}
	return n
}

// sumsAt sums up what left an interface, dropped there or not, and what came in.
func sumsAt(batches []flowlog.Batch, eni string) (out, in sums) {
	for _, b := range batches {
		for _, r := range b.Records {
			switch {
			case r.InterfaceID != eni:
			case r.FlowDirection == packet.Egress:
				out = sums{out.packets + r.Packets, out.bytes + r.Bytes}
			case r.Action == flowlog.Accept:
				in = sums{in.packets + r.Packets, in.bytes + r.Bytes}
			}
		}
	}
	return out, in
}
