package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/golden"
)

func output(t *testing.T) string {
	var out strings.Builder
	require.NoError(t, run(&out))
	return out.String()
}

func TestOutput(t *testing.T) { golden.Equal(t, "testdata/output.txt", output(t)) }

// What the lesson claims, by AWS's rules and not by what is printed.
func TestClaims(t *testing.T) {
	const (
		out       = "host -> 2001:db8:ffff::10 tcp/443: "
		in        = "internet -> 2001:db8:1:2::10 tcp/443: "
		noSession = "dropped at egress-only internet gateway eigw: EIGW_NO_SESSION"
	)
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "A53 IPv4", Line: "host -> internet tcp/443: works"},
		{Name: "A53 F2.016 no ::/0", Line: out + "request dropped at route table hosts-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "A53 F2.016 with ::/0", Line: out + "works"},
		{Name: "item 39 F4.009 out by an internet gateway", Line: out + "works"},
		{Name: "item 39 F4.009 and in by it", Line: in + "works"},
		{Name: "A55 items 41 and 42 F4.101 nobody in", Line: in + "request " + noSession},
		{Name: "A55 items 41 and 42 F4.101 nor a ping", Line: "internet -> 2001:db8:1:2::10 icmpv6/echo-request: request " + noSession},
		{Name: "A55 items 41 and 44 F4.101 out, and the response in", Line: out + "works"},
		{Name: "A55 F4.101 out, beside an internet gateway", Line: out + "works"},
		{Name: "A55 item 41 F4.101 nobody in, beside an internet gateway", Line: in + "request " + noSession},
		{Name: "A54 IPv4 by a NAT gateway", Line: "host -> internet tcp/443: works"},
		{Name: "A54 items 40 and 63 native IPv6 by a NAT gateway", Line: out + "request dropped at NAT gateway nat: PROTOCOL_RESTRICTION"},
		{Name: "A54 F4.215 NAT64", Line: "host -> 64:ff9b::cb00:710a tcp/443: works"},
	})
}

// TestHops holds the one way that is shown in full.
func TestHops(t *testing.T) {
	_, after, _ := strings.Cut(output(t), "request  ")
	hops, _, _ := strings.Cut(after, "4. ")
	assert.Contains(t, hops, "eigw                 known connection", "F4.101")
	assert.NotContains(t, hops, "source ", "F4.009 nothing is rewritten")
	assert.NotContains(t, hops, "destination ", "F4.009 nothing is rewritten")
}
