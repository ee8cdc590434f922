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

// TestClaims: what the lesson says, by AWS's rules and not by what is printed: each line that a packet
// leaves.
func TestClaims(t *testing.T) {
	const tracked, byRules = "arrives, a tracked connection at web-sg", "arrives, by the rules"
	claims := []struct{ name, at, line string }{
		{"A26 the rule lets it in", "0s", "internet -> web tcp/22: works"},
		{"A26 F5.204 tracked, it lives on", "10s", "internet -> web tcp PSH|ACK: " + tracked},
		{"A26 F5.204 both ways", "10s", "web -> internet tcp PSH|ACK: " + tracked},
		{"A26 a new one does not", "10s", "another internet -> web tcp/22: request dropped at security group web-sg: ENI_SG_RULES_MISMATCH"},
		{"F5.205 an ACL cuts at once", "10s", "internet -> web tcp PSH|ACK: dropped at network ACL fence: SUBNET_ACL_RESTRICTION"},
		{"F5.205 both ways", "10s", "web -> internet tcp PSH|ACK: dropped at network ACL fence: SUBNET_ACL_RESTRICTION"},

		{"F5.201 open both ways", "0s", "internet -> web tcp/22: works"},
		{"F5.201 by the rules, not by memory", "0s", "internet -> web tcp PSH|ACK: " + byRules},
		{"F5.201 the answer too", "0s", "web -> internet tcp PSH|ACK: " + byRules},
		{"A26 F5.204 untracked, it breaks at once", "10s", "internet -> web tcp PSH|ACK: dropped at security group web-sg: ENI_SG_RULES_MISMATCH"},

		{"F5.207 a question with its answer", "0s", "internet -> web udp/53: works"},
		{"F5.207 within 30 s", "29s", "web -> internet udp: " + tracked},
		{"F5.207 after 30 s", "59s", "web -> internet udp: dropped at security group web-sg: SG_HAS_NO_RULES"},
		{"F5.210 what comes then is judged anew", "59s", "internet -> web udp: dropped at security group web-sg: ENI_SG_RULES_MISMATCH"},

		{"F1.511 opened", "0s", "internet -> web tcp/22: works"},
		{"F1.511 one end", "0s", "internet -> web tcp FIN|ACK: " + tracked},
		{"F1.511 the other end", "0s", "web -> internet tcp FIN|ACK: " + tracked},
		{"F1.511 acknowledged", "0s", "internet -> web tcp ACK: " + tracked},
		{"F1.511 a late segment", "0s", "web -> internet tcp FIN|ACK: dropped at security group web-sg: SG_HAS_NO_RULES"},

		{"A13 through the NAT gateway", "0s", "app -> internet tcp/443: works"},
		{"F4.212 within 350 s", "5m49s", "app -> internet tcp PSH|ACK: arrives, a tracked connection at app-sg"},
		{"A13 F4.212 after 350 s", "11m39s", "app -> internet tcp PSH|ACK: dropped at NAT gateway nat: NAT_IDLE_TIMEOUT"},
		{"A13 F4.212 a reset to the inside", "11m39s", "app <- nat: RST, arrives, a tracked connection at app-sg"},
		{"F4.212 each time", "11m39s", "app -> internet tcp PSH|ACK: dropped at NAT gateway nat: NAT_IDLE_TIMEOUT"},
		{"F4.212 which the group of who was reset no longer knows", "11m39s", "app <- nat: RST, dropped at security group app-sg: SG_HAS_NO_RULES"},
	}
	var got []string
	for line := range strings.Lines(output(t)) {
		if at, what, ok := strings.Cut(strings.TrimSpace(line), "  "); ok && !strings.HasPrefix(what, "--") {
			got = append(got, at+"  "+what)
		}
	}
	require.Len(t, got, len(claims), "%s", output(t))
	for i, c := range claims {
		assert.Equal(t, c.at+"  "+c.line, got[i], c.name)
	}
}
