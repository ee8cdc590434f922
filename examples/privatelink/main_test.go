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
	const link = "app -> link "
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "item 112 F7.201 F7.204 the same addresses on both sides", Line: link + "tcp/443: works"},
		{Name: "item 114 another port", Line: link + "tcp/22: request dropped at load balancer nlb: ELBV2_LISTENERS_MISMATCH"},
		{Name: "item 114 another protocol", Line: link + "udp/443: request dropped at load balancer nlb: ELBV2_LISTENERS_MISMATCH"},
		{Name: "F7.102 no ping", Line: link + "icmp/echo-request: request dropped at interface endpoint link: PROTOCOL_RESTRICTION"},
		{Name: "item 114 F7.105 the endpoint calls nobody", Line: "link -> app tcp/443: request dropped at interface endpoint link: VPCE_INTRA_VPC_TRAFFIC"},
		{Name: "item 114 nor does the provider", Line: "orders -> app tcp/443: request dropped at router provider: NO_SUCH_HOST"},

		{Name: "F7.107 the endpoint's name", Line: "app asks for " + ofEndpoint + ": 10.0.1.4"},
		{Name: "F7.108 the private name of the service", Line: "app asks for " + ofService + ": 10.0.1.4"},
		{Name: "F7.109 which is the consumer VPC's alone", Line: "orders asks for " + ofService + ": NXDOMAIN"},
		{Name: "item 106 the name leads to the endpoint", Line: "app -> " + ofService + " tcp/443: works, by interface endpoint link"},

		{Name: "F7.202 the service sees the load balancer", Line: link + "tcp/443: works"},
		{Name: "F7.202 and not the consumer", Line: link + "tcp/443: request dropped at security group orders-sg: ENI_SG_RULES_MISMATCH"},
		{Name: "F7.203 the load balancer's group sees the consumer", Line: link + "tcp/443: works"},
		{Name: "F7.203 and not the load balancer", Line: link + "tcp/443: request dropped at security group nlb-sg: ENI_SG_RULES_MISMATCH"},

		{Name: "F7.201 a principal of the consumer's account", Line: link + "tcp/443: works"},
		{Name: "F7.201 all principals", Line: link + "tcp/443: works"},
		{Name: "F7.201 F7.111 not yet accepted", Line: link + "tcp/443: request dropped at interface endpoint link: BAD_STATE"},
		{Name: "F7.201 F7.111 accepted", Line: link + "tcp/443: works"},
	})
}

// TestRefusals holds what can't be built, in the order of the scenes.
func TestRefusals(t *testing.T) {
	var refused []string
	for line := range strings.Lines(output(t)) {
		if _, reason, ok := strings.Cut(line, "refused: "); ok {
			refused = append(refused, reason)
		}
	}
	want := []struct{ name, part string }{
		{"F7.204 a peering takes no overlap", "VPCs that overlap can't be peered"},
		{"F7.201 no principals by default", "does not permit account " + consumers},
		{"F7.201 the principals are others", "does not permit account " + consumers},
		{"F7.203 a zone that the service does not have", "it is in zone us-east-1b: want one of us-east-1a, where the load balancers of service"},
	}
	require.Len(t, refused, len(want))
	for i, w := range want {
		assert.Contains(t, refused[i], w.part, w.name)
	}
}

// TestHops holds the one way that is shown in full.
func TestHops(t *testing.T) {
	request, reply, _ := strings.Cut(output(t), "reply  ")
	reply, _, _ = strings.Cut(reply, "2. ")
	assert.Contains(t, request, "tcp 10.0.2.20:49152 > 10.0.1.4:443 SYN", "item 112 an address of the consumer's")
	assert.Contains(t, request, "source 10.0.2.20 -> 10.0.1.4", "F7.202 the load balancer's address, which the endpoint's may equal (F7.204)")
	assert.Contains(t, request, "destination 10.0.1.4:443 -> 10.0.2.10:8443", "F7.201 the target and its port")
	assert.Contains(t, reply, "tcp 10.0.2.10:8443 > 10.0.1.4:49152", "F7.202 the target answers the load balancer")
	assert.Contains(t, reply, "destination 10.0.1.4 -> 10.0.2.20", "F7.105 and the consumer hears of it")
}
