package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/golden"
	"github.com/packetwalk/packetwalk/vpctest"
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
		reads    = ": s3:GetObject on arn:aws:s3:::ours/january: "
		drops    = ": s3:PutObject on arn:aws:s3:::theirs/loot: "
		abroad   = ": s3:PutObject on arn:aws:s3:::theirs-abroad/loot: "
		allowed  = "allowed"
		byBucket = `403: the policy of bucket ours: statement 1 "OnlyByOurEndpoint" denies: StringNotEquals aws:sourceVpce "vpce-s3": the request has none`
		byPlace  = `403: the policy of bucket ours: statement 1 "OnlyOurAddresses" denies: NotIpAddress `
		byGate   = "403: the policy of endpoint vpce-s3: no statement allows s3:PutObject on arn:aws:s3:::theirs/loot; "
	)
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "F7.007 no policy, by the endpoint", Line: "app" + reads + allowed},
		{Name: "no policy, by the NAT gateway", Line: "worker" + reads + allowed},
		{Name: "no policy, from outside", Line: "internet" + reads + allowed},

		{Name: "item 95 F7.008 by the endpoint", Line: "app" + reads + allowed},
		{Name: "item 95 F7.002 by the NAT gateway of the same VPC", Line: "worker" + reads + byBucket},
		{Name: "item 95 from outside, with the same keys", Line: "internet" + reads + byBucket},

		{Name: "F7.004 aws:SourceIp is not there behind an endpoint", Line: "app" + reads + byPlace + `aws:SourceIp "10.0.2.0/24": the request has none`},
		{Name: "F7.004 F7.008 aws:VpcSourceIp is", Line: "app" + reads + allowed},
		{Name: "F7.004 and not without an endpoint", Line: "worker" + reads + byPlace + `aws:VpcSourceIp "10.0.2.0/24": the request has none`},

		{Name: "F7.007 an endpoint without a policy allows all", Line: "app" + drops + allowed},
		{Name: "item 93 as the network does", Line: "app -> theirs.s3.us-east-1.amazonaws.com tcp/443: works, by gateway endpoint vpce-s3"},

		{Name: "item 93 a bucket inside the endpoint's policy", Line: "app" + reads + allowed},
		{Name: "item 93 a bucket outside of it", Line: "app" + drops + byGate + `statement 1 "OurBucket" does not: it is for other resources`},
		{Name: "item 93 and the network lets it by", Line: "app -> theirs.s3.us-east-1.amazonaws.com tcp/443: works, by gateway endpoint vpce-s3"},
		{Name: "item 93 hop by hop", Line: "app -> theirs.s3.us-east-1.amazonaws.com tcp/443: works"},
		{Name: "item 93 a bucket of our account", Line: "app" + reads + allowed},
		{Name: "item 93 a bucket of another account", Line: "app" + drops + byGate +
			`statement 1 "OurAccount" does not: StringEquals aws:ResourceAccount "123456789012": the request has "999999999999"`},

		{Name: "F7.003 another Region goes past the endpoint", Line: "app" + abroad + allowed},
		{Name: "F7.003 item 94 unless there is no other way", Line: "app" + abroad + "no answer: request dropped at route table private-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "F7.002 another table goes past the endpoint", Line: "worker" + drops + allowed},
	})
}

// TestWhoSaysNo: items 93 and 95: the network lets the call by and logs ACCEPT, and somebody else says 403.
func TestWhoSaysNo(t *testing.T) {
	for _, c := range []struct {
		name    string
		network func(*packetwalk.Builder)
		from    string
		request packetwalk.Request
		by      packetwalk.Refusal
	}{
		{"item 93 the endpoint", leaky(onlyOurs), "app", drop, packetwalk.ByEndpointPolicy},
		{"item 93 the endpoint, by account", leaky(onlyAccount), "app", drop, packetwalk.ByEndpointPolicy},
		{"item 95 the bucket", guarded(closed), "worker", read, packetwalk.ByResourcePolicy},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			c.network(b)
			a := vpctest.Deny(t, vpctest.Build(t, b), c.from, c.request, c.by)
			assert.Equal(t, 403, a.Status())
			assert.True(t, a.Flow.OK())
			require.NotEmpty(t, a.Flow.Records())
			for _, r := range a.Flow.Records() {
				assert.Equal(t, flowlog.Accept, r.Action, "%v", r)
			}
		})
	}
}
