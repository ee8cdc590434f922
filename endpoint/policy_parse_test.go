package endpoint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// oneStatement is a document of one statement in which an element is another.
func oneStatement(name, value string) string {
	elements := map[string]string{"Effect": `"Allow"`, "Principal": `"*"`, "Action": `"*"`, "Resource": `"*"`}
	elements[name] = value
	var list []string
	for _, n := range []string{"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"} {
		if v := elements[n]; v != "" {
			list = append(list, fmt.Sprintf("%q: %s", n, v))
		}
	}
	return `{"Version": "2012-10-17", "Statement": [{` + strings.Join(list, ", ") + `}]}`
}

// What AWS's grammar takes (reference_policies_grammar).
func TestParsePolicyTakes(t *testing.T) {
	tests := []struct{ name, document string }{
		{"a list of statements", `{"Statement": [` + allowAll + `]}`},
		{"one statement without a list", `{"Statement": ` + allowAll + `}`},
		{"elements in any order", `{"Statement": {"Resource": "*", "Action": "*", "Principal": "*", "Effect": "Allow"}, "Version": "2008-10-17", "Id": "cd3ad3d9-2776-4ef1-a904-4c229d1642ee"}`},
		{"white space around it", " \n" + oneStatement("", "") + "\n\t"},
		{"an Id with spaces", `{"Id": "My policy", "Statement": ` + allowAll + `}`},
		{"a list of one", oneStatement("Action", `["s3:GetObject"]`)},
		{"each kind of principal", oneStatement("Principal", `{"AWS": ["*", "123456789012"], "Service": "ec2.amazonaws.com", "Federated": "www.amazon.com", "CanonicalUser": "79a5"}`)},
		{"an origin access identity", oneStatement("Principal", `{"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC"}`)},
		{"the ID of a role that is gone", oneStatement("Principal", `{"AWS": "AROACKCEVSQ6C2EXAMPLE"}`)},
		{"an action with wildcards", oneStatement("Action", `["s3:Get*", "ec2:?escribe*"]`)},
		{"an empty Condition", oneStatement("Condition", `{}`)},
		{"numbers and booleans as values", oneStatement("Condition", `{"NumericLessThan": {"s3:max-keys": [1, "2.5"]}, "Bool": {"aws:SecureTransport": true}, "StringEquals": {"aws:PrincipalTag/x": [1, true]}}`)},
		{"all that goes before and behind an operator", oneStatement("Condition", `{"ForAllValues:StringNotLikeIfExists": {"aws:TagKeys": "x"}, "ForAnyValue:ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}`)},
		{"dates of each length", oneStatement("Condition", `{"DateLessThan": {"aws:CurrentTime": ["2026", "2026-01", "2026-01-31", "2026-01-31T12:00Z", "2026-01-31T12:00:00+01:00", "2026-01-31T12:00:00.123Z", "1600000000", 1600000000]}}`)},
		{"a prefix with host bits", oneStatement("Condition", `{"IpAddress": {"aws:SourceIp": "203.0.113.7/24"}}`)},
		{"a variable in a condition", oneStatement("Condition", `{"StringEquals": {"s3:prefix": "${aws:userid, 'anonymous'}"}}`)},
		{"two Sids", `{"Statement": [` + withSid("a") + "," + withSid("b") + `]}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := endpoint.ParsePolicy(tt.document)
			assert.NoError(t, err)
			assert.NotNil(t, p)
		})
	}
}

func withSid(sid string) string {
	return strings.Replace(allowAll, "{", fmt.Sprintf(`{"Sid": %q, `, sid), 1)
}

// What it does not take: which element, and why.
func TestParsePolicyMistakes(t *testing.T) {
	const first = "Policy.Statement[0]."
	invalid := func(field string) []mistake { return []mistake{{field, fault.ErrInvalid}} }
	tests := []struct {
		name, document string
		want           []mistake
	}{
		{"nothing", ``, invalid("Policy")},
		{"no JSON", `{"Statement": `, invalid("Policy")},
		{"something behind it", oneStatement("", "") + "}", invalid("Policy")},
		{"a second document behind it", oneStatement("", "") + oneStatement("", ""), invalid("Policy")},
		{"a comma too many", `{"Statement": [` + allowAll + `,]}`, invalid("Policy")},
		{"a list", `[]`, invalid("Policy")},
		{"lists in lists", strings.Repeat("[", 9000) + strings.Repeat("]", 9000), invalid("Policy")},
		{"too many lists in lists", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), invalid("Policy")},
		{"no statement", `{"Version": "2012-10-17"}`, invalid("Policy.Statement")},
		{"an empty list of statements", `{"Statement": []}`, invalid("Policy.Statement")},
		{"a statement that is none", `{"Statement": ["x"]}`, invalid("Policy.Statement[0]")},
		{"another Version", `{"Version": "2012-10-18", "Statement": ` + allowAll + `}`, invalid("Policy.Version")},
		{"a Version without quotation marks", `{"Version": 2012, "Statement": ` + allowAll + `}`, invalid("Policy.Version")},
		{"an Id that is no string", `{"Id": 1, "Statement": ` + allowAll + `}`, invalid("Policy.Id")},
		{"an unknown element of the policy", `{"statement": 1, "Statement": ` + allowAll + `}`, []mistake{{"Policy.Statement", fault.ErrDuplicate}, {"Policy.statement", fault.ErrInvalid}, {"Policy.Statement", fault.ErrInvalid}}},
		{"two lists of statements", `{"Statement": ` + allowAll + `, "Statement": ` + allowAll + `}`, []mistake{{"Policy.Statement", fault.ErrDuplicate}}},
		{"an unknown element of a statement", oneStatement("Sid", `"x", "Condtion": {}`), invalid(first + "Condtion")},
		{"an element twice", oneStatement("Sid", `"x", "Effect": "Deny"`), []mistake{{first + "Effect", fault.ErrDuplicate}}},
		{"a Sid that is no string", oneStatement("Sid", `["x"]`), invalid(first + "Sid")},
		{"a Sid twice", `{"Statement": [` + withSid("a") + "," + withSid("a") + `]}`, []mistake{{"Policy.Statement[1].Sid", fault.ErrDuplicate}}},
		{"no Effect", oneStatement("Effect", ""), invalid(first + "Effect")},
		{"an Effect in small letters", oneStatement("Effect", `"deny"`), invalid(first + "Effect")},
		{"an Effect that is a list", oneStatement("Effect", `["Deny"]`), invalid(first + "Effect")},
		{"no Principal", oneStatement("Principal", ""), invalid(first + "Principal")},
		{"Principal and NotPrincipal", oneStatement("NotPrincipal", `"*"`), invalid(first + "NotPrincipal")},
		{"no Action", oneStatement("Action", ""), invalid(first + "Action")},
		{"Action and NotAction", oneStatement("NotAction", `"*"`), invalid(first + "NotAction")},
		{"an Action without a service", oneStatement("Action", `"GetObject"`), invalid(first + "Action")},
		{"an Action that is a number", oneStatement("Action", `7`), invalid(first + "Action")},
		{"no Action in the list", oneStatement("Action", `[]`), invalid(first + "Action")},
		{"a list in a list", oneStatement("Action", `[["s3:GetObject"]]`), invalid(first + "Action")},
		{"null", oneStatement("Action", `null`), invalid(first + "Action")},
		{"no Resource", oneStatement("Resource", ""), invalid(first + "Resource")},
		{"Resource and NotResource", oneStatement("NotResource", `"*"`), invalid(first + "NotResource")},
		{"a Resource that is no ARN", oneStatement("Resource", `"bucket/*"`), invalid(first + "Resource")},
		{"a Resource with parts missing", oneStatement("Resource", `"arn:aws:s3:bucket"`), invalid(first + "Resource")},
		{"a variable before the fifth colon", oneStatement("Resource", `"arn:aws:s3:${aws:RequestedRegion}::bucket"`), invalid(first + "Resource")},
		{"a variable that does not end", oneStatement("Resource", `"arn:aws:s3:::bucket/${aws:username"`), invalid(first + "Resource")},
		{"a variable without a key", oneStatement("Resource", `"arn:aws:s3:::bucket/${}"`), invalid(first + "Resource")},
		{"a default value without quotation marks", oneStatement("Resource", `"arn:aws:s3:::bucket/${aws:userid, anonymous}"`), invalid(first + "Resource")},
		{"a Principal that is a name", oneStatement("Principal", `"alice"`), invalid(first + "Principal")},
		{"a Principal that is a list", oneStatement("Principal", `["*"]`), invalid(first + "Principal")},
		{"a Principal of nobody", oneStatement("Principal", `{}`), invalid(first + "Principal")},
		{"an unknown kind of principal", oneStatement("Principal", `{"Aws": "*"}`), invalid(first + "Principal.Aws")},
		{"a wildcard in a principal", oneStatement("Principal", `{"AWS": "arn:aws:iam::123456789012:user/*"}`), invalid(first + "Principal.AWS")},
		{"all sessions of a role", oneStatement("Principal", `{"AWS": "arn:aws:sts::123456789012:assumed-role/role/*"}`), invalid(first + "Principal.AWS")},
		{"a session without a name", oneStatement("Principal", `{"AWS": "arn:aws:sts::123456789012:assumed-role/role"}`), invalid(first + "Principal.AWS")},
		{"an account of 11 digits", oneStatement("Principal", `{"AWS": "12345678901"}`), invalid(first + "Principal.AWS")},
		{"a service that is none", oneStatement("Principal", `{"Service": "ec2"}`), invalid(first + "Principal.Service")},
		{"all services", oneStatement("Principal", `{"Service": "*"}`), invalid(first + "Principal.Service")},
		{"a Condition that is a list", oneStatement("Condition", `[]`), invalid(first + "Condition")},
		{"an unknown operator", oneStatement("Condition", `{"StringMatches": {"a:b": "c"}}`), invalid(first + "Condition.StringMatches")},
		{"an operator in small letters", oneStatement("Condition", `{"stringEquals": {"a:b": "c"}}`), invalid(first + "Condition.stringEquals")},
		{"an unknown set operator", oneStatement("Condition", `{"ForSomeValues:StringEquals": {"a:b": "c"}}`), invalid(first + "Condition.ForSomeValues:StringEquals")},
		{"NullIfExists", oneStatement("Condition", `{"NullIfExists": {"a:b": "true"}}`), invalid(first + "Condition.NullIfExists")},
		{"an operator twice", oneStatement("Condition", `{"Bool": {"a:b": true}, "Bool": {"a:c": true}}`), []mistake{{first + "Condition.Bool", fault.ErrDuplicate}}},
		{"a key twice, in another case", oneStatement("Condition", `{"Bool": {"a:b": true, "A:B": true}}`), []mistake{{first + "Condition.Bool.A:B", fault.ErrDuplicate}}},
		{"an operator without keys", oneStatement("Condition", `{"Bool": "true"}`), invalid(first + "Condition.Bool")},
		{"a key without a service", oneStatement("Condition", `{"Bool": {"SecureTransport": "true"}}`), invalid(first + "Condition.Bool.SecureTransport")},
		{"no value", oneStatement("Condition", `{"Bool": {"a:b": []}}`), invalid(first + "Condition.Bool.a:b")},
		{"null as a value", oneStatement("Condition", `{"StringEquals": {"a:b": [null]}}`), invalid(first + "Condition.StringEquals.a:b")},
		{"no boolean", oneStatement("Condition", `{"Bool": {"a:b": "yes"}}`), invalid(first + "Condition.Bool.a:b")},
		{"no boolean for Null", oneStatement("Condition", `{"Null": {"a:b": "vpce-1"}}`), invalid(first + "Condition.Null.a:b")},
		{"no number", oneStatement("Condition", `{"NumericEquals": {"a:b": ["1", "0x1p4", "NaN", "ten"]}}`), []mistake{{first + "Condition.NumericEquals.a:b", fault.ErrInvalid}, {first + "Condition.NumericEquals.a:b", fault.ErrInvalid}, {first + "Condition.NumericEquals.a:b", fault.ErrInvalid}}},
		{"a date with a wildcard", oneStatement("Condition", `{"DateEquals": {"a:b": "2026-*"}}`), invalid(first + "Condition.DateEquals.a:b")},
		{"no address", oneStatement("Condition", `{"IpAddress": {"a:b": "203.0.113.0/33"}}`), invalid(first + "Condition.IpAddress.a:b")},
		{"an address with a zone", oneStatement("Condition", `{"IpAddress": {"a:b": "fe80::1%eth0"}}`), invalid(first + "Condition.IpAddress.a:b")},
		{"a variable is no address", oneStatement("Condition", `{"IpAddress": {"a:b": "${aws:SourceIp}"}}`), invalid(first + "Condition.IpAddress.a:b")},
		{"no base 64", oneStatement("Condition", `{"BinaryEquals": {"a:b": "!"}}`), invalid(first + "Condition.BinaryEquals.a:b")},
		{"a variable in a condition that does not end", oneStatement("Condition", `{"ArnLike": {"a:b": "arn:aws:sns:*:*:${aws:username"}}`), invalid(first + "Condition.ArnLike.a:b")},
		{
			"every mistake at once", `{"Version": "1", "Statement": [` + allowAll + `, {"Effect": "no", "Action": "x", "Condition": {"Foo": {}}}]}`,
			[]mistake{
				{"Policy.Version", fault.ErrInvalid},
				{"Policy.Statement[1].Effect", fault.ErrInvalid},
				{"Policy.Statement[1].Principal", fault.ErrInvalid},
				{"Policy.Statement[1].Action", fault.ErrInvalid},
				{"Policy.Statement[1].Resource", fault.ErrInvalid},
				{"Policy.Statement[1].Condition.Foo", fault.ErrInvalid},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := endpoint.ParsePolicy(tt.document)
			holds(t, err, tt.want)
			assert.Nil(t, p)
		})
	}
}

// The mistake says what stands there and what would be right.
func TestParsePolicySays(t *testing.T) {
	tests := []struct{ document, want string }{
		{oneStatement("Effect", `"allow"`), `Policy.Statement[0].Effect "allow": invalid: want "Allow" or "Deny"`},
		{oneStatement("Principal", `{"AWS": "arn:aws:iam::1:user/*"}`), `Policy.Statement[0].Principal.AWS "arn:aws:iam::1:user/*": invalid: want "*" alone, or no wildcard and a condition on aws:PrincipalArn`},
		{`{"Statement": [`, `Policy: invalid: want JSON: byte 15: unexpected end of JSON input`},
		{oneStatement("Condition", `{"NumericEquals": {"s3:max-keys": "ten"}}`), `Policy.Statement[0].Condition.NumericEquals.s3:max-keys "ten": invalid: want a number`},
	}
	for _, tt := range tests {
		_, err := endpoint.ParsePolicy(tt.document)
		require.Error(t, err)
		assert.Equal(t, tt.want, err.Error())
	}
}
