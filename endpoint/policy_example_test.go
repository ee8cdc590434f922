package endpoint_test

import (
	"fmt"

	"github.com/packetwalk/packetwalk/endpoint"
)

// A bucket that is closed to all but one endpoint (F7.008), and one more statement that lets the account's own
// principals read it.
func ExamplePolicy_Evaluate() {
	bucket := endpoint.Bucket{Name: "logs", Policy: `{
		"Version": "2012-10-17",
		"Statement": [
			{"Sid": "Readers", "Effect": "Allow", "Principal": {"AWS": "123456789012"},
			 "Action": "s3:Get*", "Resource": "arn:aws:s3:::logs/*"},
			{"Sid": "OnlyMyEndpoint", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
			 "Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"],
			 "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}
		]
	}`}
	policy, err := bucket.ParsePolicy()
	if err != nil {
		fmt.Println(err)
		return
	}
	r := endpoint.Request{
		Principal: "arn:aws:sts::123456789012:assumed-role/web/i-0123456789abcdef0",
		Action:    "s3:GetObject", Resource: "arn:aws:s3:::logs/2026/01/31.gz",
	}
	fmt.Println(policy.Evaluate(r).Effect)
	fmt.Println(policy.Evaluate(r))

	r.Context = map[string][]string{"aws:SourceVpce": {"vpce-1a2b3c4d"}}
	fmt.Println(policy.Evaluate(r))
	r.Action = "s3:PutObject"
	fmt.Println(policy.Evaluate(r))
	// Output:
	// explicitDeny
	// statement 2 "OnlyMyEndpoint" denies: StringNotEquals aws:SourceVpce "vpce-1a2b3c4d": the request has none
	// statement 1 "Readers" allows
	// no statement allows s3:PutObject on arn:aws:s3:::logs/2026/01/31.gz; statement 1 "Readers" does not: it is for other actions
}

// All mistakes of a document are reported at once, each with its statement and element.
func ExampleParsePolicy() {
	_, err := endpoint.ParsePolicy(`{"Statement": {
		"Effect": "allow", "Principal": "*", "Action": "GetObject", "Resource": "*",
		"Condition": {"StringEqual": {"aws:SourceVpc": "vpc-1"}}
	}}`)
	fmt.Println(err)
	// Output:
	// Policy.Statement[0].Effect "allow": invalid: want "Allow" or "Deny"
	// Policy.Statement[0].Action "GetObject": invalid: want "*", or a service and an action, such as "s3:GetObject"
	// Policy.Statement[0].Condition.StringEqual: invalid: there is no such operator; want one such as StringEquals or ForAnyValue:StringLike
}
