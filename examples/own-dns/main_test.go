package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
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
		asksSite = "app asks for www.example.com: "
		asksDB   = " asks for db.corp.example.com: "
		asksWeb  = " asks for ec2-198-51-100-7.compute-1.amazonaws.com: "
		callsWeb = "desk -> ec2-198-51-100-7.compute-1.amazonaws.com tcp/443: "
		disabled = "request dropped at AWS service amazon-dns: RESOLVER_DISABLED"
	)
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "item 155 F9.301 base + 2", Line: asksSite + "203.0.113.80"},
		{Name: "A30 F9.301 no group or ACL sees it", Line: asksSite + "203.0.113.80"},
		{Name: "A30 F9.301 by its address", Line: "app -> 10.0.0.2 udp/53: works"},
		{Name: "item 156 F9.302 DNS support is off", Line: "app -> 10.0.0.2 udp/53: " + disabled},
		{Name: "item 156 F9.302 so names lead nowhere", Line: "app -> www.example.com tcp/443: the name can't be looked up at 10.0.0.2: " + disabled},

		{Name: "item 156 F9.308 the server's group lets nothing in", Line: asksSite + "UNREACHABLE: request dropped at security group resolver-sg: SG_HAS_NO_RULES"},
		{Name: "item 156 F9.308 it lets the wrong protocol in", Line: "app -> www.example.com tcp/443: the name can't be looked up at 10.0.2.53: " +
			"request dropped at security group resolver-sg: ENI_SG_RULES_MISMATCH"},
		{Name: "item 156 F9.307 F9.308 it lets udp/53 in", Line: asksSite + "203.0.113.80"},
		{Name: "item 156 F9.308 ordinary traffic, hop by hop", Line: "app -> 10.0.2.53 udp/53: works"},

		{Name: "F9.304 a private zone in its VPC", Line: "app" + asksDB + "10.0.2.50"},
		{Name: "F9.304 in another VPC", Line: "desk" + asksDB + "203.0.113.50"},
		{Name: "F9.304 outside", Line: "internet" + asksDB + "203.0.113.50"},
		{Name: "F9.304 A38 a private zone needs host names on", Line: "app" + asksDB + "203.0.113.50"},
		{Name: "F9.307 by way of a server of one's own", Line: "app" + asksDB + "10.0.2.50"},

		{Name: "F9.303 a public host name inside", Line: "app" + asksWeb + "10.0.2.10"},
		{Name: "F9.303 a public host name outside", Line: "internet" + asksWeb + "198.51.100.7"},
		{Name: "item 125 F8.015 at a peer, as it comes", Line: "desk" + asksWeb + "198.51.100.7"},
		{Name: "item 125 to which it has no route", Line: callsWeb + "request dropped at route table branch-main-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "item 157 F8.015 the option on the wrong side", Line: "desk" + asksWeb + "198.51.100.7"},
		{Name: "item 125 item 157 F8.015 on the right side", Line: "desk" + asksWeb + "10.0.2.10"},
		{Name: "item 125 by the peering connection", Line: callsWeb + "works"},
		{Name: "F8.016 a peer can't ask the VPC's Amazon server", Line: "desk -> 10.0.0.2 udp/53: request dropped at router office: NO_SUCH_HOST"},
	})
}

// TestLogged: item 145 and F1.601: what is asked of Amazon's server is in no flow log, and what is asked of
// one's own is, at both ends.
func TestLogged(t *testing.T) {
	for _, c := range []struct {
		name    string
		network lesson.Network
		want    []string
	}{
		{"F1.601 Amazon's", amazons, nil},
		{"item 145 F9.308 one's own", withOwn("udp/53"), []string{"app-eni ACCEPT", "resolver-eni ACCEPT", "resolver-eni ACCEPT", "app-eni ACCEPT"}},
		{"item 145 F9.308 one's own, whose group is shut", withOwn(), []string{"app-eni ACCEPT", "resolver-eni REJECT"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			c.network(b)
			n, err := b.Build()
			require.NoError(t, err)
			a, err := n.Resolve("app", site)
			require.NoError(t, err)
			var got []string
			for _, r := range a.Lookup.Records() {
				got = append(got, r.InterfaceID+" "+r.Action.String())
			}
			assert.Equal(t, c.want, got)
		})
	}
}
