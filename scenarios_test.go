package packetwalk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// These tests are what people who use VPCs struggle with: a network, a connection, and where it ends. A name
// such as "A01" is the same wherever the project speaks of the case; the expectation comes from AWS's
// documentation, never from a run of the code.

// scenario is one network and one connection. A mended variant stands on the line after the broken one.
type scenario struct {
	name              string
	given             func(b *packetwalk.Builder)
	from, to, service string
	want              trace.Verdict // compared without what a delivery says of its place
}

// arrives is the verdict of a connection that works.
var arrives = trace.Verdict{Outcome: trace.Delivered}

// atRequest is the verdict of a connection whose request is dropped.
func atRequest(s trace.Stage, id string, c trace.Code) trace.Verdict {
	return trace.Verdict{Outcome: trace.Dropped, Stage: s, ID: id, Code: c}
}

// atReply is the verdict of a connection whose request arrives and whose reply is dropped.
func atReply(s trace.Stage, id string, c trace.Code) trace.Verdict {
	return trace.Verdict{Outcome: trace.Dropped, Stage: s, ID: id, Code: c, Reply: true}
}

func runScenarios(t *testing.T, list []scenario) {
	t.Helper()
	for _, s := range list {
		t.Run(s.name, func(t *testing.T) {
			f := probe(t, networkOf(t, s.given), s.from, s.to, s.service)
			expect(t, s.want, f)
		})
	}
}

// expect compares the verdict: all of a drop, and of a delivery that it is one.
func expect(t *testing.T, want trace.Verdict, f packetwalk.Flow) {
	t.Helper()
	got := f.Verdict()
	if want == arrives && got.Outcome == trace.Delivered {
		got = arrives
	}
	assert.Equal(t, want == arrives, f.OK(), "OK")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("verdict (-want +got):\n%s\n%+v", diff, f)
	}
}

func networkOf(t *testing.T, given func(b *packetwalk.Builder)) *packetwalk.Network {
	t.Helper()
	b := packetwalk.New()
	given(b)
	n, err := b.Build()
	require.NoError(t, err)
	return n
}

// edited builds what the handles say after a change to the plain data.
func edited(t *testing.T, given func(b *packetwalk.Builder), change func(c *packetwalk.Config)) *packetwalk.Network {
	t.Helper()
	b := packetwalk.New()
	given(b)
	c := b.Config()
	change(&c)
	n, err := packetwalk.Build(c)
	require.NoError(t, err)
	return n
}

func probe(t *testing.T, n *packetwalk.Network, from, to, service string) packetwalk.Flow {
	t.Helper()
	f, err := n.Probe(from, to, service)
	require.NoError(t, err)
	return f
}

func openWith(t *testing.T, n *packetwalk.Network, from string, p packet.Packet) packetwalk.Flow {
	t.Helper()
	f, err := n.Connect(from, p)
	require.NoError(t, err)
	return f
}

// stages lists the stages that a packet passed, in walking order.
func stages(list []trace.Hop) (s []trace.Stage) {
	for _, h := range list {
		s = append(s, h.Stage)
	}
	return s
}

// warningsOf lists the codes of the warnings about a resource.
func warningsOf(n *packetwalk.Network, id string) (codes []packetwalk.WarningCode) {
	for _, w := range n.Warnings() {
		if w.ID == id {
			codes = append(codes, w.Code)
		}
	}
	return codes
}

// hopAt is the first hop of a stage; the zero hop where there is none.
func hopAt(list []trace.Hop, s trace.Stage) trace.Hop {
	for _, h := range list {
		if h.Stage == s {
			return h
		}
	}
	return trace.Hop{}
}
