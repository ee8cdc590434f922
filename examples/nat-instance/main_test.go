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
		works   = "app -> internet tcp/443: works"
		request = "app -> internet tcp/443: request dropped at "
		ping    = "app -> internet icmp/echo-request: "
	)
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "F4.303 F6.017 its group is asked first, and has no rules", Line: request + "security group nat-sg: SG_HAS_NO_RULES"},
		{Name: "A09 item 47 F4.301 the check is on", Line: request + "network interface nat-eni: ENI_SOURCE_DEST_CHECK_RESTRICTION"},
		{Name: "item 45 F4.004 a source that is not rewritten", Line: request + "internet gateway igw: IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"},
		{Name: "A09 A10 items 45, 47 and 49 all that it takes", Line: works},
		{Name: "A10 item 48 a rule for the port", Line: "app -> internet tcp/80: works"},
		{Name: "A10 item 48 no rule for the ping", Line: ping + "request dropped at security group nat-sg: ENI_SG_RULES_MISMATCH"},
		{Name: "A10 item 48 a rule for the ping", Line: ping + "works"},
		{Name: "items 50 and 53 to the NAT instance", Line: "internet -> nat tcp/22: works"},
		{Name: "items 50 and 53 on to the private instance", Line: "nat -> app tcp/22: works"},
		{Name: "item 50 out again", Line: works},
		{Name: "item 37 not straight in", Line: "internet -> app tcp/22: request dropped at internet gateway igw: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"},
		{Name: "item 46 in a subnet that is not public", Line: request + "route table inner-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "item 51 F4.304 stopped", Line: request + "route table site-main-rtb: BAD_STATE_ROUTE"},
	})
}

// TestHops holds what the one way that is shown in full teaches.
func TestHops(t *testing.T) {
	text := output(t)
	assert.Contains(t, text, "0.0.0.0/0 -> nat-eni, main route table", "item 49")
	assert.Contains(t, text, "source 10.0.2.4 -> 10.0.1.4", "item 45")
	assert.Contains(t, text, "in   tcp/443 from 10.0.2.0/24", "F4.303 by the port that the application calls")
	assert.Equal(t, 1, strings.Count(text, "(BlackholeRoute)"), "F4.304")
}
