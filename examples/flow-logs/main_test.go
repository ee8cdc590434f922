package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/golden"
)

func output(t *testing.T) string {
	var out strings.Builder
	require.NoError(t, run(&out))
	return out.String()
}

func TestOutput(t *testing.T) { golden.Equal(t, "testdata/output.txt", output(t)) }

// TestClaims: who gets through, by AWS's rules and not by what is printed.
func TestClaims(t *testing.T) {
	const ping = "203.0.113.12 -> web icmp: "
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "A57 F1.503 the ACL stops the reply", Line: ping + "request delivered, reply dropped at network ACL acl: SUBNET_ACL_RESTRICTION"},
		{Name: "A57 F1.504 it does not", Line: ping + "works"},
		{Name: "A57 F1.502 the group stops the request", Line: ping + "request dropped at security group web-sg: ENI_SG_RULES_MISMATCH"},
		{Name: "F1.501 a web page", Line: "203.0.113.12 -> front tcp/443: works"},
		{Name: "F1.513 by the NAT gateway", Line: "app -> 203.0.113.5 tcp/443: works"},
		{Name: "F1.501 a slow one", Line: "front -> app tcp/8080: works"},
		{Name: "F1.601", Line: "desk -> 10.0.0.2 udp/53: works"},
		{Name: "F1.603", Line: "desk -> 169.254.169.254 tcp/80: works"},
		{Name: "F1.604", Line: "desk -> 169.254.169.123 udp/123: works"},
		{Name: "F1.602", Line: "desk -> 169.254.169.250 tcp/1688: works"},
		{Name: "F1.607", Line: "desk -> 10.0.1.1 icmp: request dropped at router office: UNKNOWN_DESTINATION"},
		{Name: "F1.605", Line: "desk -> 255.255.255.255 udp/67: works"},
		{Name: "F1.601 item 145", Line: "desk -> 10.0.1.53 udp/53: works"},
		{Name: "F1.303 8", Line: "front -> 203.0.113.12 tcp/443: works"},
		{Name: "F1.305 8, and to S3", Line: "front -> 52.216.1.1 tcp/443: works"},
		{Name: "F1.303 7", Line: "app -> 52.216.1.1 tcp/443: works"},
		{Name: "F1.301 1", Line: "app -> cache tcp/6379: works"},
		{Name: "F1.303 4", Line: "app -> db tcp/5432: works"},
		{Name: "F1.510 no route", Line: "app -> 203.0.113.12 tcp/443: request dropped at route table shop-main-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "item 135 accepted", Line: "203.0.113.12 -> web tcp/443: works"},
		{Name: "item 135 rejected", Line: "203.0.113.12 -> web tcp/22: request dropped at security group web-sg: ENI_SG_RULES_MISMATCH"},
	})
}

// logged is a line of a flow log, or that there is none.
var logged = regexp.MustCompile(`(?m)(?:\d\d:\d\d:\d\d  )?(?:fl[-a-z]*: |nothing is ).*$`)

// TestLines: what is logged of it, by AWS's rules: every line.
func TestLines(t *testing.T) {
	const in, out = "203.0.113.12 172.31.16.139 0 0 1 4 336 1700000400 1700000403 ", "172.31.16.139 203.0.113.12 0 0 1 4 336 1700000400 1700000403 "
	claims := []golden.Claim{
		{Name: "A57 F1.705 item 146 the request", Line: "fl: 2 123456789012 web-eni " + in + "ACCEPT OK"},
		{Name: "A57 F1.706 item 146 the reply", Line: "fl: 2 123456789012 web-eni " + out + "REJECT OK"},
		{Name: "A57 F1.504", Line: "fl: 2 123456789012 web-eni " + in + "ACCEPT OK"},
		{Name: "A57 F1.504 the reply", Line: "fl: 2 123456789012 web-eni " + out + "ACCEPT OK"},
		{Name: "A57 F1.502 one line", Line: "fl: 2 123456789012 web-eni " + in + "REJECT OK"},

		// SYN, ACK, the request, 7 ACKs of 14 segments, FIN, ACK: 12 headers of 40 bytes, and the request's
		// 500.
		{Name: "F1.001 F1.405 item 139", Line: "fl: 2 123456789012 front-eni 203.0.113.12 10.0.0.9 49152 443 6 12 980 1700000400 1700000400 ACCEPT OK"},

		{Name: "F1.720", Line: "fl-private: app-eni egress 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5"},
		{Name: "F1.721", Line: "fl-private: app-eni ingress 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5"},
		{Name: "F1.513 F1.716", Line: "fl-public: nat-eni ingress 10.0.1.5 10.0.0.4 10.0.1.5 203.0.113.5"},
		{Name: "F1.513 F1.717", Line: "fl-public: nat-eni egress 10.0.0.4 203.0.113.5 10.0.0.4 203.0.113.5"},
		{Name: "F1.513 F1.718", Line: "fl-public: nat-eni ingress 203.0.113.5 10.0.0.4 203.0.113.5 10.0.0.4"},
		{Name: "F1.513 F1.719", Line: "fl-public: nat-eni egress 10.0.0.4 10.0.1.5 203.0.113.5 10.0.1.5"},

		{Name: "F1.018 item 132 not real time", Line: "22:22:00  nothing is there"},
		{Name: "F1.205 a SYN", Line: "22:28:00  fl: 10.0.0.9 8080 2 80 1700000400 1700000400 2 ACCEPT OK"},
		{Name: "F1.205 a SYN with ACK", Line: "22:28:00  fl: 10.0.1.5 49152 1 40 1700000400 1700000400 18 ACCEPT OK"},
		{Name: "F1.202 F1.205 the minute between, ACK alone", Line: "22:28:00  fl: 10.0.0.9 8080 1 540 1700000460 1700000460 0 ACCEPT OK"},
		{Name: "F1.202 F1.205 both ways", Line: "22:28:00  fl: 10.0.1.5 49152 1 1500 1700000460 1700000460 0 ACCEPT OK"},
		{Name: "F1.205 a FIN", Line: "22:28:00  fl: 10.0.0.9 8080 2 80 1700000520 1700000520 1 ACCEPT OK"},
		{Name: "F1.205 the other FIN", Line: "22:28:00  fl: 10.0.1.5 49152 1 40 1700000520 1700000520 1 ACCEPT OK"},
		{Name: "F1.651 F1.654 NODATA", Line: "22:30:00  fl: - - - - 1700000580 1700000639 - - NODATA"},
		{Name: "F1.651 F1.654 each minute", Line: "22:30:00  fl: - - - - 1700000640 1700000699 - - NODATA"},

		{Name: "F1.601 F1.602 F1.603 F1.604 F1.605 F1.607 item 144", Line: "nothing is logged"},
		{Name: "F1.601 item 145 one's own DNS server", Line: "fl: 2 123456789012 desk-eni 10.0.1.10 10.0.1.53 49157 53 17 1 28 1700000400 1700000400 ACCEPT OK"},
		{Name: "F1.601 item 145 answers", Line: "fl: 2 123456789012 desk-eni 10.0.1.53 10.0.1.10 53 49157 17 1 28 1700000400 1700000400 ACCEPT OK"},
		{Name: "F1.501 at both ends", Line: "fl: 2 123456789012 resolver-eni 10.0.1.10 10.0.1.53 49157 53 17 1 28 1700000400 1700000400 ACCEPT OK"},
		{Name: "F1.501 both ways", Line: "fl: 2 123456789012 resolver-eni 10.0.1.53 10.0.1.10 53 49157 17 1 28 1700000400 1700000400 ACCEPT OK"},

		{Name: "F1.003 F1.303 an internet gateway has no interface", Line: "fl-front: 11 egress 10.0.0.9 203.0.113.12 - 8 - ACCEPT"},
		{Name: "F1.304 none on the way in", Line: "fl-front: 11 ingress 203.0.113.12 10.0.0.9 - - - ACCEPT"},
		{Name: "F1.127 F1.305 to S3", Line: "fl-front: 11 egress 10.0.0.9 52.216.1.1 S3 8 - ACCEPT"},
		{Name: "F1.735 a private address is no service's", Line: "fl-front: 11 ingress 52.216.1.1 10.0.0.9 - - - ACCEPT"},
		{Name: "F1.303 a gateway endpoint", Line: "fl-app: 11 egress 10.0.1.5 52.216.1.1 S3 7 - ACCEPT"},
		{Name: "F1.304 back", Line: "fl-app: 11 ingress 52.216.1.1 10.0.1.5 - - - ACCEPT"},
		{Name: "F1.301 F1.150 a neighbour", Line: "fl-app: 11 egress 10.0.1.5 10.0.1.6 - 1 cache-eni ACCEPT"},
		{Name: "F1.150 who sent it", Line: "fl-app: 11 ingress 10.0.1.6 10.0.1.5 - - cache-eni ACCEPT"},
		{Name: "F1.303 F1.150 a peer", Line: "fl-app: 11 egress 10.0.1.5 10.1.0.7 - 4 db-eni ACCEPT"},
		{Name: "F1.150 it answers", Line: "fl-app: 11 ingress 10.1.0.7 10.0.1.5 - - db-eni ACCEPT"},
		{Name: "F1.505 F1.510 no route", Line: "fl-app: 11 egress 10.0.1.5 203.0.113.12 - - - ACCEPT"},

		{Name: "item 135 REJECT alone", Line: "fl-interface: web-eni 203.0.113.12 10.0.1.4 22 REJECT"},
		{Name: "item 131 item 135 ACCEPT alone", Line: "fl-subnet: web-eni 203.0.113.12 10.0.1.4 443 ACCEPT"},
		{Name: "item 135 the reply", Line: "fl-subnet: web-eni 10.0.1.4 203.0.113.12 49152 ACCEPT"},
		{Name: "item 131 F1.015 all of it", Line: "fl-vpc: web-eni 203.0.113.12 10.0.1.4 443 ACCEPT"},
		{Name: "item 131 the reply too", Line: "fl-vpc: web-eni 10.0.1.4 203.0.113.12 49152 ACCEPT"},
		{Name: "item 131 item 135 and what was rejected", Line: "fl-vpc: web-eni 203.0.113.12 10.0.1.4 22 REJECT"},
	}
	got := logged.FindAllString(output(t), -1)
	for i, claim := range claims {
		if assert.Less(t, i, len(got), claim.Name) {
			assert.Equal(t, claim.Line, got[i], claim.Name)
		}
	}
	assert.Empty(t, got[min(len(claims), len(got)):], "no claim says why")
}

// TestColumns: each field of the default format is explained, in its order (F1.001).
func TestColumns(t *testing.T) {
	_, after, _ := strings.Cut(output(t), "980 1700000400 1700000400 ACCEPT OK\n")
	var got []string
	for line := range strings.Lines(after) {
		if !strings.HasPrefix(line, "       ") {
			break
		}
		words := strings.Fields(line)
		require.Greater(t, len(words), 2, line)
		got = append(got, words[0])
	}
	var want []string
	for _, f := range flowlog.Default {
		want = append(want, f.String())
	}
	assert.Empty(t, cmp.Diff(want, got))
}
