package endpoint_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

// A decision says which statement decided, and why, in one sentence.
func TestDecisionSays(t *testing.T) {
	mine := `{"Sid": "Mine", "Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "s3:Get*", "Resource": "arn:aws:s3:::bucket/*", "Condition": {"StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}, "Bool": {"aws:SecureTransport": "true"}}}`
	closed := deny(when(`{"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}`))
	in := func(pairs ...string) endpoint.Request { return with(by(alice), has(pairs...)) }
	tests := []struct {
		name, statements string
		request          endpoint.Request
		want             endpoint.Decision
	}{
		{"an allow without a condition", deny(only(`"Action": "sqs:*"`)) + "," + allowAll, by(alice), endpoint.Decision{Effect: endpoint.Allow, Statement: 2, Why: "statement 2 allows"}},
		{"an allow with conditions", mine, in("aws:SourceVpc", "vpc-2", "aws:SecureTransport", "true"), endpoint.Decision{Effect: endpoint.Allow, Statement: 1, Sid: "Mine", Why: `statement 1 "Mine" allows: StringEquals aws:SourceVpc "vpc-1" or "vpc-2": the request has "vpc-2"; Bool aws:SecureTransport "true": the request has "true"`}},
		{"item 95 a deny, and no key", allowAll + "," + closed, by(alice), endpoint.Decision{Effect: endpoint.ExplicitDeny, Statement: 2, Why: `statement 2 denies: StringNotEquals aws:SourceVpce "vpce-1": the request has none`}},
		{"item 95 a deny, and another value", closed, in("aws:SourceVpce", "vpce-2"), endpoint.Decision{Effect: endpoint.ExplicitDeny, Statement: 1, Why: `statement 1 denies: StringNotEquals aws:SourceVpce "vpce-1": the request has "vpce-2"`}},
		{"the first of two that deny", deny(allowAll) + "," + closed, by(alice), endpoint.Decision{Effect: endpoint.ExplicitDeny, Statement: 1, Why: "statement 1 denies"}},
		{"no statement that allows", closed, in("aws:SourceVpce", "vpce-1"), endpoint.Decision{Effect: endpoint.ImplicitDeny, Why: "no statement allows s3:GetObject on arn:aws:s3:::bucket/key"}},
		{"item 93 the statement that is nearest", only(`"Action": "sqs:*"`) + "," + mine, in("aws:SourceVpc", "vpc-3", "aws:SecureTransport", "true"), endpoint.Decision{Effect: endpoint.ImplicitDeny, Why: `no statement allows s3:GetObject on arn:aws:s3:::bucket/key; statement 2 "Mine" does not: StringEquals aws:SourceVpc "vpc-1" or "vpc-2": the request has "vpc-3"`}},
		{"item 93 another resource", mine, does("s3:GetObject", "arn:aws:s3:::other/a"), endpoint.Decision{Effect: endpoint.ImplicitDeny, Why: `no statement allows s3:GetObject on arn:aws:s3:::other/a; statement 1 "Mine" does not: it is for other resources`}},
		{"another action", mine, does("s3:PutObject", "arn:aws:s3:::bucket/a"), endpoint.Decision{Effect: endpoint.ImplicitDeny, Why: `no statement allows s3:PutObject on arn:aws:s3:::bucket/a; statement 1 "Mine" does not: it is for other actions`}},
		{"another principal", mine, by(bob), endpoint.Decision{Effect: endpoint.ImplicitDeny, Why: `no statement allows s3:GetObject on arn:aws:s3:::bucket/key; statement 1 "Mine" does not: it is for other principals`}},
		{"a condition that nobody can tell", mine, in("aws:SourceVpc", "vpc-1"), endpoint.Decision{Effect: endpoint.CannotTell, Statement: 1, Sid: "Mine", Why: `statement 1 "Mine" may allow: Bool aws:SecureTransport "true": the request does not say it`}},
		{"a principal that nobody can tell", deny(to(`"Principal": {"AWS": "123456789012"}`)) + "," + allowAll, by(""), endpoint.Decision{Effect: endpoint.CannotTell, Statement: 1, Why: "statement 1 may deny: it names principals, and the request does not say who asks"}},
		{"a part of NotPrincipal", deny(to(`"NotPrincipal": {"AWS": "444455556666"}`)), by(bob), endpoint.Decision{Effect: endpoint.CannotTell, Statement: 1, Why: "statement 1 may deny: its NotPrincipal has not all of the principal, its role and its account"}},
		{"no action", allowAll, does("", "arn:aws:s3:::bucket/a"), endpoint.Decision{Effect: endpoint.CannotTell, Why: "the request does not say its action and its resource"}},
		{"no resource", allowAll, does("s3:GetObject", ""), endpoint.Decision{Effect: endpoint.CannotTell, Why: "the request does not say its action and its resource"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := mustParse(t, tt.statements).Evaluate(tt.request)
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.want.Why, got.String())
		})
	}
	assert.Equal(t, "there is no policy", (*endpoint.Policy)(nil).Evaluate(by(alice)).String())
	assert.Empty(t, endpoint.Decision{}.String())
}

func TestEffectText(t *testing.T) {
	names := map[endpoint.Effect]string{
		0: "", endpoint.ImplicitDeny: "implicitDeny", endpoint.Allow: "allowed", endpoint.ExplicitDeny: "explicitDeny", endpoint.CannotTell: "cannotTell",
	}
	for e, name := range names {
		assert.Equal(t, name, e.String())
		text, err := e.MarshalText()
		require.NoError(t, err)
		var back endpoint.Effect
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, e, back)
	}
	e := endpoint.Allow
	require.NoError(t, e.UnmarshalText([]byte("ExplicitDENY")))
	assert.Equal(t, endpoint.ExplicitDeny, e)
	assert.Error(t, e.UnmarshalText([]byte("denied")))
	assert.Equal(t, endpoint.ExplicitDeny, e)
	assert.Equal(t, "Effect(9)", endpoint.Effect(9).String())
	_, err := endpoint.Effect(9).MarshalText()
	assert.Error(t, err)
}
