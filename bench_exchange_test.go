package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
)

// BenchmarkExchange measures connections of a web page each, packet by packet, without flow logs and with one
// of each VPC, whose records are collected once in a thousand connections.
func BenchmarkExchange(b *testing.B) {
	for _, logged := range []bool{false, true} {
		name := "plain"
		if logged {
			name = "logged"
		}
		b.Run(name, func(b *testing.B) {
			cfg := twoHosts().Config()
			if logged {
				cfg.FlowLogs = []flowlog.FlowLog{{ID: "fl", Resource: "app"}}
			}
			n, err := packetwalk.Build(cfg)
			require.NoError(b, err)
			exchanges(b, n.NewSession(dawn))
		})
	}
}

// exchanges lets connections happen, and reports their packets.
func exchanges(b *testing.B, s *packetwalk.Session) {
	b.ReportAllocs()
	var packets int64
	for i := 0; b.Loop(); i++ {
		e, err := s.Exchange("client", "server", "tcp/443", packetwalk.Traffic{Request: 500, Response: 100_000})
		if err != nil || !e.Completed() {
			b.Fatal(e, err)
		}
		packets += e.Caller.Packets + e.Other.Packets
		if i%1000 == 999 {
			s.Flush()
		}
	}
	b.ReportMetric(float64(packets)/b.Elapsed().Seconds(), "packets/s")
	b.ReportMetric(float64(packets)/float64(b.N), "packets/op")
}
