package endpoint_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

// What a policy does not allow it does not deny, and what hangs on an Allow that nobody can tell is no
// matter.
func TestPolicyDenies(t *testing.T) {
	p, err := endpoint.ParsePolicy(`{"Version": "2012-10-17", "Statement": [
		{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
		 "Condition": {"StringEquals": {"s3:ExistingObjectTag/team": "web"}}},
		{"Sid": "OnlyHere", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
		 "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}},
		{"Sid": "Tagged", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*",
		 "Condition": {"StringNotEquals": {"s3:RequestObjectTag/team": "web"}}}
	]}`)
	require.NoError(t, err)
	here := map[string][]string{"aws:SourceVpce": {"vpce-1"}}
	for _, tt := range []struct {
		name, action string
		context      map[string][]string
		policy       *endpoint.Policy
		want         endpoint.Effect
		statement    int
	}{
		{"no statement allows for certain", "s3:GetObject", here, p, endpoint.Allow, 0},
		{"no statement allows at all", "s3:ListBucket", here, p, endpoint.Allow, 0},
		{"a deny applies", "s3:GetObject", nil, p, endpoint.ExplicitDeny, 2},
		{"a deny may apply", "s3:PutObject", here, p, endpoint.CannotTell, 3},
		{"there is no policy", "s3:GetObject", nil, nil, endpoint.Allow, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := tt.policy.Denies(endpoint.Request{
				Principal: "arn:aws:iam::123456789012:role/web", Action: tt.action, Resource: "arn:aws:s3:::b/k", Context: tt.context,
			})
			assert.Equal(t, tt.want, d.Effect, "%v", d)
			assert.Equal(t, tt.statement, d.Statement)
		})
	}
}
