package packetwalk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// worldSeed is the seed of every world and of all flows in this file.
const worldSeed = 20240607

// The worlds that are measured.
var worlds = []struct {
	name   string
	config func() packetwalk.Config
}{
	{"G(200)/tiered", func() packetwalk.Config { return gen.World(worldSeed, 200, gen.Tiered) }},
	{"G(10k)/tiered", func() packetwalk.Config { return gen.World(worldSeed, 10_000, gen.Tiered) }},
	{"G(10k)/random", func() packetwalk.Config { return gen.World(worldSeed, 10_000, gen.Random) }},
	{"G(10k)/dual-stack", func() packetwalk.Config { return gen.DualStack(worldSeed, 10_000, gen.Tiered) }},
}

// asked is a flow whose origin was looked up.
type asked struct {
	gen.Flow
	source packetwalk.Source
}

// askedFlows draws flows, and says in the benchmark's log how many of them end in each code: a world in which
// everything is denied can't win. The verdicts of one in every check flows are held to those of the walk with
// its hops.
func askedFlows(b *testing.B, n *packetwalk.Network, count, check int) []asked {
	b.Helper()
	codes := make(map[trace.Code]int)
	var flows []asked
	for i, f := range gen.Flows(n.Config(), worldSeed, count) {
		s, err := n.Source(f.From)
		require.NoError(b, err)
		v := s.Verdict(f.Packet)
		codes[v.Code]++
		if i%check == 0 {
			flow, err := n.Connect(f.From, f.Packet)
			require.NoError(b, err)
			require.Equal(b, flow.Verdict(), v, "%v", f)
		}
		flows = append(flows, asked{f, s})
	}
	require.Greater(b, codes[trace.NoCode], count/20, "delivered")
	require.Less(b, codes[trace.NoCode], count, "delivered")
	b.Logf("seed %d, %d flows: %s", worldSeed, count, describe(codes))
	return flows
}

// describe lists the codes, the most frequent first.
func describe(codes map[trace.Code]int) string {
	var list []trace.Code
	for c := range codes {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b trace.Code) int { return codes[b] - codes[a] })
	var out []string
	for _, c := range list {
		name := c.String()
		if c == trace.NoCode {
			name = "delivered"
		}
		out = append(out, fmt.Sprintf("%s %d", name, codes[c]))
	}
	return strings.Join(out, ", ")
}

// eachWorld runs a benchmark in every world.
func eachWorld(b *testing.B, run func(b *testing.B, n *packetwalk.Network)) {
	for _, w := range worlds {
		b.Run(w.name, func(b *testing.B) {
			n, err := packetwalk.Build(w.config())
			require.NoError(b, err)
			run(b, n)
		})
	}
}

// BenchmarkVerdict measures request and reply without the hops, over 64k flows.
func BenchmarkVerdict(b *testing.B) {
	eachWorld(b, func(b *testing.B, n *packetwalk.Network) { verdicts(b, askedFlows(b, n, 1<<16, 64)) })
}

// BenchmarkVerdictHot measures the same over 16 flows, which stay in the processor's cache.
func BenchmarkVerdictHot(b *testing.B) {
	eachWorld(b, func(b *testing.B, n *packetwalk.Network) { verdicts(b, askedFlows(b, n, 16, 1)) })
}

func verdicts(b *testing.B, flows []asked) {
	b.ReportAllocs()
	i, delivered := 0, 0
	for b.Loop() {
		f := &flows[i%len(flows)]
		if i++; f.source.Verdict(f.Packet).Outcome == trace.Delivered {
			delivered++
		}
	}
	b.ReportMetric(float64(delivered)/float64(i), "delivered/op")
}

// BenchmarkConnect measures request and reply with all hops.
func BenchmarkConnect(b *testing.B) {
	eachWorld(b, func(b *testing.B, n *packetwalk.Network) {
		flows := askedFlows(b, n, 1<<12, 8)
		b.ReportAllocs()
		i, hops := 0, 0
		for b.Loop() {
			f := &flows[i%len(flows)]
			flow, err := n.Connect(f.From, f.Packet)
			if err != nil {
				b.Fatal(err)
			}
			i, hops = i+1, hops+len(flow.Forward.Hops)+len(flow.Return.Hops)
		}
		b.ReportMetric(float64(hops)/float64(i), "hops/op")
	})
}

// BenchmarkProbe measures what people call: by names, with all hops.
func BenchmarkProbe(b *testing.B) {
	eachWorld(b, func(b *testing.B, n *packetwalk.Network) {
		type question struct{ from, to, service string }
		var questions []question
		for _, f := range askedFlows(b, n, 1<<12, 8) {
			service, err := packet.ParseService(fmt.Sprintf("%v/%d", f.Packet.Protocol, f.Packet.DstPort))
			require.NoError(b, err)
			questions = append(questions, question{f.From, f.Packet.Dst.String(), service.String()})
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			q := &questions[i%len(questions)]
			if _, err := n.Probe(q.from, q.to, q.service); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
}

// BenchmarkBuild measures Build, from a Config that is generated before the clock starts.
func BenchmarkBuild(b *testing.B) {
	for _, w := range worlds {
		b.Run(w.name, func(b *testing.B) {
			cfg := w.config()
			b.ReportAllocs()
			for b.Loop() {
				if _, err := packetwalk.Build(cfg); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(cfg.Interfaces)), "ns/interface")
		})
	}
}
