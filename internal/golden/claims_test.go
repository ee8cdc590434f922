package golden_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/golden"
)

func TestClaims(t *testing.T) {
	const printed = `1. A gateway.
     before  web -> internet tcp/443: request dropped at route table rtb: NO_ROUTE_TO_DESTINATION
     after   web -> internet tcp/443: works
   Prose -> is no verdict: it says why.

 4  route table  rtb  10.1.0.0/16 -> pcx: BAD_STATE_ROUTE
`
	before := golden.Claim{Name: "A07 no route", Line: "web -> internet tcp/443: request dropped at route table rtb: NO_ROUTE_TO_DESTINATION"}
	after := golden.Claim{Name: "item 24 a route", Line: "web -> internet tcp/443: works"}
	for _, test := range []struct {
		name   string
		claims []golden.Claim
		want   []string // a part of each error
	}{
		{"each verdict has its claim", []golden.Claim{before, after}, nil},
		{"another verdict names its claim", []golden.Claim{before, before}, []string{"A07 no route"}},
		{"a verdict without a claim", []golden.Claim{before}, []string{`no claim says why it prints "web -> internet tcp/443: works"`}},
		{"a claim without a verdict", []golden.Claim{before, after, after}, []string{"item 24 a route: nothing printed"}},
		{"no claims", nil, []string{"no claim", "no claim"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := &recorder{TB: t}
			golden.Claims(r, printed, test.claims)
			require.Len(t, r.errors, len(test.want), r.errors)
			for i, part := range test.want {
				assert.Contains(t, r.errors[i], part)
			}
		})
	}
}

// Each kind of answer has to have its claim, and nothing of what stands below it.
func TestClaimsOfEachKind(t *testing.T) {
	golden.Claims(t, `     on   web -> db.corp.example tcp/443: the name leads to no address: NXDOMAIN
     on   web asks for db.corp.example: 10.0.0.5, 2001:db8::5
 1  private hosted zone Z: db.corp.example A 10.0.0.5
     on   web: s3:GetObject on arn:aws:s3:::data/x: 403: the policy of bucket data: no statement allows it
     on   web: Session Manager: ssm and ssmmessages are missing
          ssm  tcp/443  3.80.0.9  no
     off  web: S3: works
   A name: it leads to an address. Works: it does not.
`, []golden.Claim{
		{Name: "a connection that has no address", Line: "web -> db.corp.example tcp/443: the name leads to no address: NXDOMAIN"},
		{Name: "a name", Line: "web asks for db.corp.example: 10.0.0.5, 2001:db8::5"},
		{Name: "a request", Line: "web: s3:GetObject on arn:aws:s3:::data/x: 403: the policy of bucket data: no statement allows it"},
		{Name: "a check", Line: "web: Session Manager: ssm and ssmmessages are missing"},
		{Name: "a check that works", Line: "web: S3: works"},
	})
}
