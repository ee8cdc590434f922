package endpoint_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/endpoint"
)

// drawStatement makes a statement out of the elements of the cases, so that statements and requests meet.
func drawStatement(t *rapid.T, effect string) string {
	element := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	conditions := make([]string, 0, 2*len(conditionCases()))
	for _, tt := range conditionCases() {
		conditions = append(conditions, tt.condition, "{}")
	}
	return fmt.Sprintf(`{"Effect": %q, %s, %s, %s, "Condition": %s}`, effect,
		element("principal", `"Principal": "*"`, `"Principal": {"AWS": "123456789012"}`, `"Principal": {"AWS": "`+auditor+`"}`, `"Principal": {"Service": "`+delivery+`"}`, notBob, notAuditor, `"NotPrincipal": {"AWS": "444455556666"}`),
		element("action", `"Action": "*"`, `"Action": "s3:Get*"`, `"NotAction": "s3:GetObject"`, `"NotAction": "sqs:*"`),
		element("resource", `"Resource": "*"`, `"Resource": "arn:aws:s3:::bucket/*"`, `"NotResource": "arn:aws:s3:::bucket/${aws:userid}"`, `"Resource": "arn:aws:s3:::bucket/${aws:username}"`),
		element("condition", conditions...))
}

// drawStatements makes a few statements of both effects.
func drawStatements(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		return drawStatement(t, rapid.SampledFrom([]string{"Allow", "Deny"}).Draw(t, "effect"))
	}), 1, 4).Draw(t, "statements")
}

// drawRequest makes a request with the context of a case.
func drawRequest(t *rapid.T) endpoint.Request {
	return endpoint.Request{
		Principal: rapid.SampledFrom([]string{"", endpoint.Anonymous, alice, bob, auditor, auditorRole, rootUser, delivery, "?"}).Draw(t, "principal"),
		Action:    rapid.SampledFrom([]string{"s3:GetObject", "s3:PutObject", "sqs:SendMessage"}).Draw(t, "action"),
		Resource:  rapid.SampledFrom([]string{"arn:aws:s3:::bucket/alice", "arn:aws:s3:::other/key", "arn:aws:sqs:us-east-1:123456789012:q"}).Draw(t, "resource"),
		Context:   rapid.SampledFrom(conditionCases()).Draw(t, "context").context,
		Unknown:   rapid.SampledFrom([][]string{nil, {"aws:SourceVpce"}, {"aws:username", "s3:prefix"}}).Draw(t, "unknown"),
	}
}

// evaluate parses the statements and asks them.
func evaluate(t *rapid.T, statements []string, r endpoint.Request) endpoint.Effect {
	p, err := endpoint.ParsePolicy(`{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ",") + `]}`)
	require.NoError(t, err)
	return p.Evaluate(r).Effect
}

// insert puts a statement somewhere among others.
func insert(t *rapid.T, statements []string, one string) []string {
	at := rapid.IntRange(0, len(statements)).Draw(t, "at")
	list := append([]string{}, statements[:at]...)
	return append(append(list, one), statements[at:]...)
}

// A Deny more never allows what was not allowed, and never takes a deny back.
func TestAddingADenyNeverAllows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		statements, r := drawStatements(t), drawRequest(t)
		before := evaluate(t, statements, r)
		after := evaluate(t, insert(t, statements, drawStatement(t, "Deny")), r)
		if after == endpoint.Allow {
			assert.Equal(t, endpoint.Allow, before)
		}
		if before == endpoint.ExplicitDeny {
			assert.Equal(t, endpoint.ExplicitDeny, after)
		}
	})
}

// An Allow more never denies what was allowed, and makes no explicit deny.
func TestAddingAnAllowNeverDenies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		statements, r := drawStatements(t), drawRequest(t)
		before := evaluate(t, statements, r)
		after := evaluate(t, insert(t, statements, drawStatement(t, "Allow")), r)
		if before == endpoint.Allow {
			assert.Equal(t, endpoint.Allow, after)
		}
		assert.Equal(t, before == endpoint.ExplicitDeny, after == endpoint.ExplicitDeny)
	})
}

// Whatever more a request says, what was decided stays: only what can't be told may turn into something else.
func TestSayingMoreOnlySettles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		statements, r := drawStatements(t), drawRequest(t)
		r.Unknown = nil
		settled := evaluate(t, statements, r)
		r.Unknown = rapid.SliceOfN(rapid.SampledFrom([]string{
			"aws:SourceVpc", "aws:SourceVpce", "aws:SourceIp", "aws:username", "s3:prefix", "aws:PrincipalArn", "aws:TagKeys",
		}), 0, 4).Draw(t, "unsaid")
		if before := evaluate(t, statements, r); before != endpoint.CannotTell {
			assert.Equal(t, settled, before)
		}
	})
}

// The order of the statements does not matter.
func TestStatementsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		statements, r := drawStatements(t), drawRequest(t)
		shuffled := rapid.Permutation(statements).Draw(t, "shuffled")
		assert.Equal(t, evaluate(t, statements, r), evaluate(t, shuffled, r))
	})
}

// StringLike matches what the regular expression that it stands for matches.
func TestWildcardsMatchAsRegexps(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab*?:/é\n")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		pattern, value := text.Draw(t, "pattern"), text.Draw(t, "value")
		quoted := regexp.QuoteMeta(pattern)
		quoted = strings.ReplaceAll(strings.ReplaceAll(quoted, `\*`, `.*`), `\?`, `.`)
		encoded, err := json.Marshal(pattern)
		require.NoError(t, err)
		p, err := endpoint.ParsePolicy(`{"Statement": ` + when(`{"StringLike": {"s3:prefix": `+string(encoded)+`}}`) + `}`)
		require.NoError(t, err)
		got := p.Evaluate(with(by(alice), map[string][]string{"s3:prefix": {value}})).Effect
		assert.Equal(t, regexp.MustCompile(`^(?s:`+quoted+`)$`).MatchString(value), got == endpoint.Allow)
	})
}

// A * in each place costs no more than the product of the lengths.
func TestManyWildcards(t *testing.T) {
	p := mustParse(t, upon(`"Resource": "arn:aws:s3:::`+strings.Repeat("*a", 500)+`b"`))
	assert.Equal(t, endpoint.ImplicitDeny, p.Evaluate(does("s3:GetObject", "arn:aws:s3:::"+strings.Repeat("a", 2000))).Effect)
}

// Whatever the document is, reading and asking it does not panic, and asking it twice says the same.
func FuzzParsePolicy(f *testing.F) {
	for _, tt := range policyCases() {
		f.Add(`{"Version": "2012-10-17", "Statement": [`+tt.statements+`]}`, tt.request.Principal, tt.request.Action, tt.request.Resource, "aws:SourceVpce", "vpce-1")
	}
	for _, tt := range conditionCases() {
		for key, values := range tt.context {
			f.Add(`{"Version": "2012-10-17", "Statement": `+when(tt.condition)+`}`, alice, "s3:GetObject", "arn:aws:s3:::bucket/key", key, strings.Join(values, "|"))
		}
	}
	f.Add(`{"Statement": [{"Effect": "Deny", "NotPrincipal": {"AWS": []}}]} x`, "arn:::::", "", "", "", "")
	f.Fuzz(func(t *testing.T, document, principal, action, resource, key, value string) {
		p, err := endpoint.ParsePolicy(document)
		if err != nil {
			assert.Nil(t, p)
			assert.NotEmpty(t, err.Error())
			return
		}
		r := endpoint.Request{Principal: principal, Action: action, Resource: resource, Context: has(key, value)}
		got := p.Evaluate(r)
		assert.Equal(t, got, p.Evaluate(r))
		assert.NotZero(t, got.Effect)
		assert.NotEmpty(t, got.Why)
		if _, err := (&endpoint.Interface{Policy: document}).ParsePolicy(); err != nil && document != "" {
			assert.ErrorContains(t, err, "characters")
		}
		_, _ = (&endpoint.Gateway{Policy: document}).ParsePolicy()
		_, _ = (&endpoint.Bucket{Name: "bucket", Policy: document}).ParsePolicy()
	})
}
