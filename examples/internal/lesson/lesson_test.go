package lesson

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/vpc"
)

// upload is a request to a bucket that nobody described.
var upload = packetwalk.Request{Action: "s3:PutObject", Resource: "arn:aws:s3:::photos/1"}

// pair is two instances in one subnet; "b" lets HTTPS in.
func pair(b *packetwalk.Builder) {
	s := b.VPC("v", "10.0.0.0/16").Subnet("s", "10.0.1.0/24")
	s.Instance("a")
	s.Instance("b").Allow("tcp/443", packetwalk.Anywhere)
}

// endpoints is an instance with an endpoint for S3.
func endpoints(b *packetwalk.Builder) {
	v := b.VPC("e", "10.2.0.0/16")
	s := v.Subnet("es", "10.2.1.0/24")
	s.Instance("in")
	v.GatewayEndpoint("vpce", "com.amazonaws.us-east-1.s3", s)
}

// deaf is an instance in a VPC without DNS resolution.
func deaf(b *packetwalk.Builder) {
	b.VPC("d", "10.3.0.0/16").DNS(false, false).Subnet("ds", "10.3.1.0/24").Instance("a")
}

func twice(b *packetwalk.Builder) {
	pair(b)
	b.VPC("v", "10.1.0.0/16")
}

func twoWarnings(b *packetwalk.Builder) {
	pair(b)
	v := b.VPC("w", "10.1.0.0/16")
	v.Group("one")
	v.Group("two")
}

func stopB(c *packetwalk.Config) { c.Instances[1].State = vpc.Stopped }

func TestPlay(t *testing.T) {
	for _, test := range []struct {
		name  string
		asked Question
		want  []string // what is printed, part by part
	}{
		{"an answer stands behind what is particular", Ask("here", pair, "a", "b", "tcp/443"), []string{"1. Title.\n     here  a -> b tcp/443: works\n   Why.\n"}},
		{"without anything particular", Ask("", pair, "a", "b", "tcp/443"), []string{"     a -> b tcp/443: works\n"}},
		{"the hops", Ask("", pair, "a", "b", "tcp/443").Hops(), []string{"works\n\nrequest  tcp ", "arrives\n\nreply "}},
		{"an edit", Ask("", pair, "a", "b", "tcp/443").Edit(stopB), []string{"BAD_STATE\n"}},
		{"all that stands in the way", Ask("", pair, "a", "b", "tcp/80").Edit(stopB), []string{"\n         in the way: ", "\n         in the way: "}},
		{"warnings where they are wanted", Ask("", twoWarnings, "a", "b", "tcp/443").Warned(), []string{"works\n         warning: ", "(UnusedGroup)\n         warning: ", "(UnusedGroup)\n   Why."}},
		{"and else none", Ask("", twoWarnings, "a", "b", "tcp/443"), []string{"works\n   Why."}},
		{"a way out", Ask("", endpoints, "in", "s3.us-east-1.amazonaws.com", "tcp/443").Way(), []string{"tcp/443: works, by gateway endpoint vpce\n"}},
		{"no way out", Ask("", pair, "a", "b", "tcp/443").Way(), []string{"tcp/443: works\n"}},
		{"a name", Resolve("", pair, "a", "www.example.com"), []string{"     a asks for www.example.com: NXDOMAIN\n   Why."}},
		{"a name, step by step", Resolve("", pair, "a", "www.example.com").Hops(), []string{"NXDOMAIN\n 1  resolver 10.0.0.2", "\n\n   Why."}},
		{"what stands in the way of a name", Resolve("", deaf, "a", "www.example.com"), []string{": UNREACHABLE: request dropped at AWS service amazon-dns: RESOLVER_DISABLED\n         in the way: ", "RESOLVER_DISABLED\n   Why."}},
		{"what is logged", Ask("", pair, "a", "b", "tcp/443").Logged(), []string{"works\n         logged: 2 123456789012 a-eni ", " ACCEPT OK\n         logged: 2 ", "\n   Why."}},
		{"nothing is logged", Resolve("", pair, "a", "www.example.com").Logged(), []string{"NXDOMAIN\n         nothing is logged\n   Why."}},
		{"a check", Check("", pair, "a", packetwalk.S3), []string{"     a: S3: s3 is missing\n   Why."}},
		{"the table of a check", Check("", pair, "a", packetwalk.S3).Hops(), []string{"s3 is missing\n\n  s3  tcp/443  ", "\n\n   Why."}},
		{"a request", Access("", pair, "a", upload), []string{"     a: s3:PutObject on arn:aws:s3:::photos/1: no answer: "}},
		{"what is refused", Refused("twins", twice), []string{"     twins  refused: ", `VPC "v"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			require.NoError(t, Play(&out, []Scene{{Title: "Title.", Asked: []Question{test.asked}, Why: "Why."}}))
			rest := out.String()
			for _, part := range test.want {
				_, after, found := strings.Cut(rest, part)
				require.True(t, found, "no %q in\n%s", part, rest)
				rest = after
			}
		})
	}
}

func TestAnswersStandBelowEachOther(t *testing.T) {
	text, err := Scene{Asked: []Question{Ask("x", pair, "a", "b", "tcp/443"), Ask("longer", pair, "a", "b", "tcp/443")}}.play()
	require.NoError(t, err)
	assert.Equal(t, "     x       a -> b tcp/443: works\n     longer  a -> b tcp/443: works\n", text)
}

func TestErrorsAreTold(t *testing.T) {
	for _, test := range []struct {
		name  string
		asked Question
		want  string
	}{
		{"a network that can't be built", Ask("", twice, "a", "b", "tcp/443"), "scene 1: "},
		{"the same, edited", Ask("", twice, "a", "b", "tcp/443").Edit(stopB), "scene 1: "},
		{"nobody of that name", Ask("", pair, "a", "nobody", "tcp/443"), `"nobody"`},
		{"nobody of that name asks for a name", Resolve("", pair, "nobody", "www.example.com"), `"nobody"`},
		{"nobody of that name is checked", Check("", pair, "nobody", packetwalk.S3), `"nobody"`},
		{"nobody of that name makes a request", Access("", pair, "nobody", upload), `"nobody"`},
		{"a network that can be built", Refused("fine", pair), `"fine": the network was not refused`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			assert.ErrorContains(t, Play(&out, []Scene{{Asked: []Question{test.asked}}}), test.want)
			assert.Empty(t, out.String())
		})
	}
	assert.ErrorIs(t, Play(full{}, []Scene{{}}), errFull)
}

var errFull = errors.New("full")

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
