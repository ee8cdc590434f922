package endpoint_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// long makes a policy of so many characters, by white space.
func long(n int) string {
	p := `{"Statement": ` + allowAll + `}`
	return p + strings.Repeat(" ", n-len(p))
}

func TestGatewayParsePolicy(t *testing.T) {
	statement := func(s string) string { return `{"Version": "2012-10-17", "Statement": [` + allowAll + `, ` + s + `]}` }
	principal := []mistake{{"Policy.Statement[1].Principal", fault.ErrInvalid}}
	tests := []struct {
		name, policy string
		want         []mistake
	}{
		{"F7.007 none", "", nil},
		{"F7.007 20,480 characters", long(20480), nil},
		{"F7.007 20,481 characters, white space included", long(20481), []mistake{{"Policy", fault.ErrLimit}}},
		{"F7.007 characters, not bytes", `{"Statement": ` + withSid(strings.Repeat("é", 20000)) + `}`, nil},
		{"F7.007 the principal is *", statement(toRole), nil},
		{"F7.007 * may be written as an AWS principal", statement(to(`"Principal": {"AWS": "*"}`)), nil},
		{"F7.007 an account", statement(to(`"Principal": {"AWS": "123456789012"}`)), principal},
		{"F7.007 a role", statement(to(`"Principal": {"AWS": "` + auditorRole + `"}`)), principal},
		{"F7.007 * and an account", statement(to(`"Principal": {"AWS": ["*", "123456789012"]}`)), principal},
		{"F7.007 a service", statement(to(`"Principal": {"Service": "ec2.amazonaws.com"}`)), principal},
		{"F7.007 NotPrincipal", statement(deny(to(notBob))), principal},
		{"F7.007 NotPrincipal of everybody", statement(to(`"NotPrincipal": "*"`)), principal},
		{"F7.007 a mistake of the document", "{", []mistake{{"Policy", fault.ErrInvalid}}},
		{"F7.007 every mistake at once", statement(`{"Effect": "x", "Principal": {"AWS": "123456789012"}, "Action": "*", "Resource": "*"}`), []mistake{{"Policy.Statement[1].Effect", fault.ErrInvalid}, principal[0]}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := (&endpoint.Gateway{Policy: tt.policy}).ParsePolicy()
			holds(t, err, tt.want)
			assert.Equal(t, err == nil, p != nil)
		})
	}
}

func TestInterfaceParsePolicy(t *testing.T) {
	tests := []struct {
		name, policy string
		want         []mistake
	}{
		{"F7.007 none", "", nil},
		{"F7.007 too long", long(20481), []mistake{{"Policy", fault.ErrLimit}}},
		{"F7.007 an interface endpoint may name somebody", `{"Statement": ` + to(`"Principal": {"AWS": "123456789012"}`) + `}`, nil},
		{"F7.007 it must have a Principal", oneStatement("Principal", ""), []mistake{{"Policy.Statement[0].Principal", fault.ErrInvalid}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := (&endpoint.Interface{Policy: tt.policy}).ParsePolicy()
			holds(t, err, tt.want)
			assert.Equal(t, err == nil, p != nil)
		})
	}
}

// An endpoint without a policy allows all (F7.007); so does that of a service that takes none (F7.113).
func TestDefaultPolicy(t *testing.T) {
	for _, parse := range []func() (*endpoint.Policy, error){
		(&endpoint.Gateway{}).ParsePolicy, (*endpoint.Gateway)(nil).ParsePolicy,
		(&endpoint.Interface{}).ParsePolicy, (*endpoint.Interface)(nil).ParsePolicy,
	} {
		p, err := parse()
		require.NoError(t, err)
		for _, who := range []string{"", endpoint.Anonymous, alice, auditor, delivery} {
			assert.Equal(t, endpoint.Allow, p.Evaluate(by(who)).Effect, who)
		}
	}
}

func TestBucketParsePolicy(t *testing.T) {
	policy := func(resource string) string { return oneStatement("Resource", resource) }
	other := []mistake{{"Policy.Statement[0].Resource", fault.ErrInvalid}}
	tests := []struct {
		name, policy string
		want         []mistake
	}{
		{"F7.008 the bucket and what is in it", policy(`["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]`), nil},
		{"F7.008 one folder", policy(`"arn:aws:s3:::logs/2026/*"`), nil},
		{"F7.008 everything", policy(`"*"`), nil},
		{"F7.008 a wildcard that fits the bucket", policy(`"arn:aws:s3:::lo*"`), nil},
		{"F7.008 a part of the name that a variable makes", policy(`"arn:aws:s3:::${aws:PrincipalTag/x}/*"`), nil},
		{"F7.008 another bucket", policy(`"arn:aws:s3:::log/*"`), other},
		{"F7.008 another bucket, whose name begins with it", policy(`"arn:aws:s3:::logs2"`), other},
		{"F7.008 a wildcard that does not fit the bucket", policy(`"arn:aws:s3:::x*"`), other},
		{"F7.008 all but another bucket", `{"Statement": ` + deny(upon(`"NotResource": "arn:aws:s3:::other/*"`)) + `}`, nil},
		{"F7.008 no Principal", oneStatement("Principal", ""), []mistake{{"Policy.Statement[0].Principal", fault.ErrInvalid}}},
		{"F7.008 no Resource", policy(""), []mistake{{"Policy.Statement[0].Resource", fault.ErrInvalid}}},
		{"F7.008 more than 20 KB", long(20481), []mistake{{"Policy", fault.ErrLimit}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := (&endpoint.Bucket{Name: "logs", Policy: tt.policy}).ParsePolicy()
			holds(t, err, tt.want)
			assert.Equal(t, err == nil, p != nil)
		})
	}
}

// A bucket without a policy has none to ask: it allows nobody, and denies nobody either.
func TestNoPolicy(t *testing.T) {
	for _, b := range []*endpoint.Bucket{nil, {Name: "logs"}} {
		p, err := b.ParsePolicy()
		require.NoError(t, err)
		assert.Nil(t, p)
		assert.Equal(t, endpoint.ImplicitDeny, p.Evaluate(by(alice)).Effect)
	}
}
