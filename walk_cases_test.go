package packetwalk_test

import (
	"errors"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// outcome is what a connection is to come to: the code and the resource of the drop. The zero outcome, works,
// is that it works.
type outcome struct {
	code  trace.Code
	at    string
	reply bool
}

var works = outcome{}

func drops(c trace.Code, at string) outcome      { return outcome{code: c, at: at} }
func replyDrops(c trace.Code, at string) outcome { return outcome{code: c, at: at, reply: true} }

// walkCase is one connection and what becomes of it. Its name begins with the number of the rule that says
// so.
type walkCase struct {
	name, from, to, service string
	want                    outcome
}

func runWalks(t *testing.T, n *packetwalk.Network, cases []walkCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { checkWalk(t, n, c) })
	}
}

// checkWalk asks the question both ways: with the hops written down, and without. Both answer the same.
func checkWalk(t *testing.T, n *packetwalk.Network, c walkCase) packetwalk.Flow {
	t.Helper()
	f, err := n.Probe(c.from, c.to, c.service)
	require.NoError(t, err)
	checkOutcome(t, f, c.want)
	again, err := n.Connect(c.from, f.Forward.Sent)
	require.NoError(t, err)
	s, err := n.Source(c.from)
	require.NoError(t, err)
	assert.Equal(t, again.Verdict(), s.Verdict(f.Forward.Sent), "Source.Verdict and Flow.Verdict")
	return f
}

func checkOutcome(t *testing.T, f packetwalk.Flow, want outcome) {
	t.Helper()
	v := f.Verdict()
	got := outcome{v.Code, v.ID, v.Reply}
	if f.OK() {
		got = works
	}
	assert.Equal(t, want, got, "%+v", f)
}

func mustNetwork(t *testing.T, b interface {
	Build() (*packetwalk.Network, error)
}) *packetwalk.Network {
	t.Helper()
	n, err := b.Build()
	require.NoError(t, err)
	return n
}

// stagesOf lists where a packet was, one after the other: "security group web-sg egress".
func stagesOf(tr trace.Trace) []string {
	var list []string
	for _, h := range tr.Hops {
		s := h.Stage.String() + " " + h.ID
		if h.Direction.String() != "" {
			s += " " + h.Direction.String()
		}
		list = append(list, s)
	}
	return list
}

// at reports whether a packet came by a resource.
func at(tr trace.Trace, stage trace.Stage, id string) bool {
	for _, h := range tr.Hops {
		if h.Stage == stage && h.ID == id {
			return true
		}
	}
	return false
}

var addr = netip.MustParseAddr

// mistakeCase is an edit that Build is to refuse: by an error about that field of that resource, for that
// reason.
type mistakeCase struct {
	name      string
	edit      func(*packetwalk.Config)
	id, field string
	reason    error
}

func runMistakes(t *testing.T, network func() *packetwalk.Builder, cases []mistakeCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			cfg := network().Config()
			c.edit(&cfg)
			_, err := packetwalk.Build(cfg)
			require.Error(t, err)
			joined, ok := err.(interface{ Unwrap() []error })
			require.True(t, ok, "%v", err)
			for _, e := range joined.Unwrap() {
				var mistake *packetwalk.ConfigError
				require.ErrorAs(t, e, &mistake)
				if mistake.ID == c.id && strings.HasPrefix(mistake.Field, c.field) && errors.Is(e, c.reason) {
					return
				}
			}
			t.Errorf("want a mistake in %s of %s because %v, got:\n%v", c.field, c.id, c.reason, err)
		})
	}
}
