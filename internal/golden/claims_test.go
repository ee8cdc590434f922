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
