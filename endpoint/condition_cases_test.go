package endpoint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

// The pages of AWS's IAM User Guide that the cases take what they expect from:
// docs.aws.amazon.com/IAM/latest/UserGuide/.
const (
	pageOperators   = "reference_policies_elements_condition_operators"
	pageCondition   = "reference_policies_elements_condition"
	pageSeveral     = "reference_policies_condition-logic-multiple-context-keys-or-values"
	pageSets        = "reference_policies_condition-single-vs-multi-valued-context-keys"
	pageSetExamples = "reference_policies_multi-value-conditions"
	pageKeys        = "reference_policies_condition-keys"
	pageVariables   = "reference_policies_variables"
)

// What a condition does to a statement. Where the pages leave it open, or the request says too little, it
// can't be told.
const (
	met    = endpoint.Allow
	unmet  = endpoint.ImplicitDeny
	untold = endpoint.CannotTell
)

// alice is who asks where a case does not say otherwise.
const alice = "arn:aws:iam::123456789012:user/staff/alice"

// has is a request context: keys and values in turn, the values separated by "|". The empty text is a value.
func has(pairs ...string) map[string][]string {
	ctx := make(map[string][]string)
	for i := 0; i+1 < len(pairs); i += 2 {
		ctx[pairs[i]] = strings.Split(pairs[i+1], "|")
	}
	return ctx
}

// without is a context that is known to lack a key.
func without(key string) map[string][]string { return map[string][]string{key: nil} }

// conditionCase is one Condition element, the keys of a request, and whether it holds.
type conditionCase struct {
	page, name string
	condition  string
	context    map[string][]string
	want       endpoint.Effect
}

// conditionCases are all about conditions.
func conditionCases() []conditionCase {
	var list []conditionCase
	for _, table := range [][]conditionCase{textCases, arnCases, numberCases, dateCases, addressCases, otherCases, existsCases, severalCases, setCases, variableCases, keyCases} {
		list = append(list, table...)
	}
	return list
}

var textCases = []conditionCase{
	{pageOperators, "StringEquals is exact", `{"StringEquals": {"aws:PrincipalTag/job-category": "iamuser-admin"}}`, has("aws:PrincipalTag/job-category", "iamuser-admin"), met},
	{pageOperators, "StringEquals: another text", `{"StringEquals": {"aws:PrincipalTag/job-category": "iamuser-admin"}}`, has("aws:PrincipalTag/job-category", "iamuser"), unmet},
	{pageOperators, "StringEquals is case-sensitive", `{"StringEquals": {"aws:PrincipalTag/job-category": "iamuser-admin"}}`, has("aws:PrincipalTag/job-category", "IAMuser-admin"), unmet},
	{pageOperators, "StringEquals: no key, no match", `{"StringEquals": {"aws:PrincipalTag/job-category": "iamuser-admin"}}`, without("aws:PrincipalTag/job-category"), unmet},
	{pageOperators, "StringEquals has no wildcards", `{"StringEquals": {"aws:SourceVpc": "vpc-*"}}`, has("aws:SourceVpc", "vpc-1"), unmet},
	{pageOperators, "StringEquals: an asterisk is an asterisk", `{"StringEquals": {"s3:prefix": "a*"}}`, has("s3:prefix", "a*"), met},
	{pageOperators, "StringNotEquals: the same", `{"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}`, has("aws:SourceVpc", "vpc-1"), unmet},
	{pageOperators, "StringNotEquals: another", `{"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}`, has("aws:SourceVpc", "vpc-2"), met},
	{pageOperators, "StringNotEquals: case counts", `{"StringNotEquals": {"aws:SourceVpc": "vpc-a"}}`, has("aws:SourceVpc", "VPC-A"), met},
	{pageOperators, "StringNotEquals: no key, so true", `{"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}`, without("aws:SourceVpc"), met},
	{pageOperators, "StringEqualsIgnoreCase: another case", `{"StringEqualsIgnoreCase": {"aws:username": "ALICE"}}`, has("aws:username", "alice"), met},
	{pageOperators, "StringEqualsIgnoreCase: another text", `{"StringEqualsIgnoreCase": {"aws:username": "ALICE"}}`, has("aws:username", "alic"), unmet},
	{pageOperators, "StringEqualsIgnoreCase has no wildcards", `{"StringEqualsIgnoreCase": {"aws:username": "AL*"}}`, has("aws:username", "alice"), unmet},
	{pageOperators, "StringEqualsIgnoreCase: no key", `{"StringEqualsIgnoreCase": {"aws:username": "ALICE"}}`, without("aws:username"), unmet},
	{pageOperators, "StringNotEqualsIgnoreCase: another case", `{"StringNotEqualsIgnoreCase": {"aws:username": "ALICE"}}`, has("aws:username", "alice"), unmet},
	{pageOperators, "StringNotEqualsIgnoreCase: another text", `{"StringNotEqualsIgnoreCase": {"aws:username": "ALICE"}}`, has("aws:username", "bob"), met},
	{pageOperators, "StringNotEqualsIgnoreCase: no key", `{"StringNotEqualsIgnoreCase": {"aws:username": "ALICE"}}`, without("aws:username"), met},
	{pageOperators, "StringLike: * is any text", `{"StringLike": {"s3:prefix": "home/*"}}`, has("s3:prefix", "home/alice/a"), met},
	{pageOperators, "StringLike: * is no text too", `{"StringLike": {"s3:prefix": "home/*"}}`, has("s3:prefix", "home/"), met},
	{pageOperators, "StringLike: * anywhere", `{"StringLike": {"ec2:InstanceType": "*2.*xl*"}}`, has("ec2:InstanceType", "t2.2xlarge"), met},
	{pageOperators, "StringLike: ? is one character", `{"StringLike": {"ec2:InstanceType": "t?.micro"}}`, has("ec2:InstanceType", "t3.micro"), met},
	{pageOperators, "StringLike: ? is not none", `{"StringLike": {"ec2:InstanceType": "t?.micro"}}`, has("ec2:InstanceType", "t.micro"), unmet},
	{pageOperators, "StringLike: ? is not two", `{"StringLike": {"ec2:InstanceType": "t?.micro"}}`, has("ec2:InstanceType", "t3a.micro"), unmet},
	{pageOperators, "StringLike: a part is not enough without wildcards", `{"StringLike": {"s3:prefix": "home"}}`, has("s3:prefix", "home/"), unmet},
	{pageOperators, "StringLike is case-sensitive", `{"StringLike": {"s3:prefix": "home/*"}}`, has("s3:prefix", "Home/a"), unmet},
	{pageOperators, "StringLike: the example's empty prefix", `{"StringLike": {"s3:prefix": ["", "home/", "home/${aws:username}/"]}}`, has("s3:prefix", ""), met},
	{pageOperators, "StringLike: the example's own home", `{"StringLike": {"s3:prefix": ["", "home/", "home/${aws:username}/"]}}`, has("s3:prefix", "home/alice/"), met},
	{pageOperators, "StringLike: the example and another home", `{"StringLike": {"s3:prefix": ["", "home/", "home/${aws:username}/"]}}`, has("s3:prefix", "home/bob/"), unmet},
	{pageOperators, "StringLike: no key", `{"StringLike": {"s3:prefix": "*"}}`, nil, unmet},
	{pageOperators, "StringNotLike: it fits", `{"StringNotLike": {"s3:prefix": "home/*"}}`, has("s3:prefix", "home/a"), unmet},
	{pageOperators, "StringNotLike: it does not", `{"StringNotLike": {"s3:prefix": "home/*"}}`, has("s3:prefix", "tmp/a"), met},
	{pageOperators, "StringNotLike: no key", `{"StringNotLike": {"s3:prefix": "home/*"}}`, nil, met},
}

var arnCases = []conditionCase{
	{pageOperators, "ArnEquals: the same", `{"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:topic"}}`, has("aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:topic"), met},
	{pageOperators, "ArnEquals: another", `{"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:topic"}}`, has("aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:topi"), unmet},
	{pageOperators, "ArnEquals: a user asks directly, so no key", `{"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:topic"}}`, nil, unmet},
	{pageOperators, "ArnEquals takes wildcards as ArnLike does", `{"ArnEquals": {"aws:SourceArn": "arn:aws:sns:*:123456789012:top?c"}}`, has("aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:topic"), met},
	{pageOperators, "ArnLike is case-sensitive", `{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:123456789012:Topic"}}`, has("aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:topic"), unmet},
	{pageOperators, "ArnLike checks part by part: the page's example", `{"ArnLike": {"aws:SourceArn": "arn:aws:someservice:*:111122223333:finance/*"}}`, has("aws:SourceArn", "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"), unmet},
	{pageOperators, "StringLike does not: the page's example", `{"StringLike": {"aws:SourceArn": "arn:aws:someservice:*:111122223333:finance/*"}}`, has("aws:SourceArn", "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"), met},
	{pageOperators, "ArnLike: the last part has colons of its own", `{"ArnLike": {"aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:log-group:*"}}`, has("aws:SourceArn", "arn:aws:logs:us-east-1:123456789012:log-group:web:stream"), met},
	{pageOperators, "ArnLike: what is no ARN", `{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}`, has("aws:SourceArn", "topic"), unmet},
	{pageOperators, "ArnLike: no key", `{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}`, without("aws:SourceArn"), unmet},
	{pageOperators, "ArnNotEquals: the same", `{"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:user/staff/alice"}}`, nil, unmet},
	{pageOperators, "ArnNotEquals: another", `{"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::444455556666:user/user-name"}}`, nil, met},
	{pageOperators, "ArnNotLike: it fits", `{"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:user/*"}}`, nil, unmet},
	{pageOperators, "ArnNotLike: it does not", `{"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/*"}}`, nil, met},
	{pageOperators, "ArnNotLike: no key, so true", `{"ArnNotLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}`, without("aws:SourceArn"), met},
	{pageOperators, "ArnNotEquals: no key, so true", `{"ArnNotEquals": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}`, without("aws:SourceArn"), met},
	{pageOperators, "ArnLike takes variables", `{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:${aws:PrincipalAccount}:${aws:username}-*"}}`, has("aws:SourceArn", "arn:aws:sns:us-east-1:123456789012:alice-topic"), met},
}

var numberCases = []conditionCase{
	{pageOperators, "NumericEquals", `{"NumericEquals": {"s3:max-keys": "10"}}`, has("s3:max-keys", "10"), met},
	{pageOperators, "NumericEquals compares numbers, not texts", `{"NumericEquals": {"s3:max-keys": "10"}}`, has("s3:max-keys", "10.0"), met},
	{pageOperators, "NumericEquals: another", `{"NumericEquals": {"s3:max-keys": "10"}}`, has("s3:max-keys", "11"), unmet},
	{pageOperators, "NumericEquals: a number needs no quotation marks", `{"NumericEquals": {"s3:max-keys": 10}}`, has("s3:max-keys", "10"), met},
	{pageOperators, "NumericNotEquals: the same", `{"NumericNotEquals": {"s3:max-keys": "10"}}`, has("s3:max-keys", "10"), unmet},
	{pageOperators, "NumericNotEquals: another", `{"NumericNotEquals": {"s3:max-keys": "10"}}`, has("s3:max-keys", "9"), met},
	{pageOperators, "NumericNotEquals: no key", `{"NumericNotEquals": {"s3:max-keys": "10"}}`, nil, met},
	{pageOperators, "NumericLessThan: less", `{"NumericLessThan": {"s3:max-keys": "10"}}`, has("s3:max-keys", "9"), met},
	{pageOperators, "NumericLessThan: equal", `{"NumericLessThan": {"s3:max-keys": "10"}}`, has("s3:max-keys", "10"), unmet},
	{pageOperators, "NumericLessThanEquals: up to 10, the page's example", `{"NumericLessThanEquals": {"s3:max-keys": "10"}}`, has("s3:max-keys", "10"), met},
	{pageOperators, "NumericLessThanEquals: more", `{"NumericLessThanEquals": {"s3:max-keys": "10"}}`, has("s3:max-keys", "11"), unmet},
	{pageOperators, "NumericLessThanEquals: no key", `{"NumericLessThanEquals": {"s3:max-keys": "10"}}`, nil, unmet},
	{pageOperators, "NumericGreaterThan: more", `{"NumericGreaterThan": {"s3:max-keys": "10"}}`, has("s3:max-keys", "100"), met},
	{pageOperators, "NumericGreaterThan: equal", `{"NumericGreaterThan": {"s3:max-keys": "10"}}`, has("s3:max-keys", "10"), unmet},
	{pageOperators, "NumericGreaterThanEquals: equal", `{"NumericGreaterThanEquals": {"s3:max-keys": "10"}}`, has("s3:max-keys", "10"), met},
	{pageOperators, "NumericGreaterThanEquals: a decimal that is less", `{"NumericGreaterThanEquals": {"s3:max-keys": "10"}}`, has("s3:max-keys", "9.5"), unmet},
	{pageOperators, "Numeric: a request's value that is none", `{"NumericLessThan": {"s3:max-keys": "10"}}`, has("s3:max-keys", "many"), untold},
}

var dateCases = []conditionCase{
	{pageOperators, "DateEquals: the same moment, written in another zone", `{"DateEquals": {"aws:CurrentTime": "2026-01-31T12:00:00Z"}}`, has("aws:CurrentTime", "2026-01-31T13:00:00+01:00"), met},
	{pageOperators, "DateEquals: seconds since 1970", `{"DateEquals": {"aws:CurrentTime": "1970-01-02T00:00:00Z"}}`, has("aws:CurrentTime", "86400"), met},
	{pageOperators, "DateEquals: another", `{"DateEquals": {"aws:CurrentTime": "2026-01-31T12:00:00Z"}}`, has("aws:CurrentTime", "2026-01-31T12:00:01Z"), unmet},
	{pageOperators, "DateNotEquals: another", `{"DateNotEquals": {"aws:CurrentTime": "2026-01-31"}}`, has("aws:CurrentTime", "2026-01-31T00:00:01Z"), met},
	{pageOperators, "DateNotEquals: the same", `{"DateNotEquals": {"aws:CurrentTime": "2026-01-31"}}`, has("aws:CurrentTime", "2026-01-31T00:00:00Z"), unmet},
	{pageOperators, "DateLessThan: before", `{"DateLessThan": {"aws:CurrentTime": "2026-02"}}`, has("aws:CurrentTime", "2026-01-31T23:59:59Z"), met},
	{pageOperators, "DateLessThan: at", `{"DateLessThan": {"aws:CurrentTime": "2026-02"}}`, has("aws:CurrentTime", "2026-02-01T00:00Z"), unmet},
	{pageOperators, "DateLessThanEquals: at", `{"DateLessThanEquals": {"aws:CurrentTime": "2026-02"}}`, has("aws:CurrentTime", "2026-02-01T00:00Z"), met},
	{pageOperators, "DateLessThanEquals: after", `{"DateLessThanEquals": {"aws:CurrentTime": "2026"}}`, has("aws:CurrentTime", "2026-01-01T00:00:00.5Z"), unmet},
	{pageOperators, "DateGreaterThan: issued in 2020, the page's example", `{"DateGreaterThan": {"aws:TokenIssueTime": "2020-01-01T00:00:01Z"}}`, has("aws:TokenIssueTime", "2020-06-01T08:00:00Z"), met},
	{pageOperators, "DateGreaterThan: access keys, so no key", `{"DateGreaterThan": {"aws:TokenIssueTime": "2020-01-01T00:00:01Z"}}`, without("aws:TokenIssueTime"), unmet},
	{pageOperators, "DateGreaterThan: at", `{"DateGreaterThan": {"aws:EpochTime": "1600000000"}}`, has("aws:EpochTime", "1600000000"), unmet},
	{pageOperators, "DateGreaterThanEquals: at", `{"DateGreaterThanEquals": {"aws:EpochTime": 1600000000}}`, has("aws:EpochTime", "1600000000"), met},
	{pageOperators, "DateGreaterThanEquals: before", `{"DateGreaterThanEquals": {"aws:EpochTime": 1600000000}}`, has("aws:EpochTime", "1599999999"), unmet},
	{pageKeys, "the time of a request that says none", `{"DateLessThan": {"aws:CurrentTime": "2026-02"}}`, nil, untold},
}

var addressCases = []conditionCase{
	{pageOperators, "IpAddress: from 203.0.113.0", `{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`, has("aws:SourceIp", "203.0.113.0"), met},
	{pageOperators, "IpAddress: to 203.0.113.255", `{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`, has("aws:SourceIp", "203.0.113.255"), met},
	{pageOperators, "IpAddress: the next one", `{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`, has("aws:SourceIp", "203.0.114.0"), unmet},
	{pageOperators, "IpAddress: an address alone is a /32", `{"IpAddress": {"aws:SourceIp": "203.0.113.7"}}`, has("aws:SourceIp", "203.0.113.8"), unmet},
	{pageOperators, "IpAddress: that very address", `{"IpAddress": {"aws:SourceIp": "203.0.113.7"}}`, has("aws:SourceIp", "203.0.113.7"), met},
	{pageOperators, "IpAddress: both families, IPv6", `{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"]}}`, has("aws:SourceIp", "2001:db8:1234:5678::1"), met},
	{pageOperators, "IpAddress: both families, neither", `{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"]}}`, has("aws:SourceIp", "2001:db8:1234:5679::1"), unmet},
	{pageOperators, "IpAddress: through an endpoint there is no SourceIp", `{"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}`, nil, unmet},
	{pageOperators, "IpAddress: an IPv4 address written as IPv6", `{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`, has("aws:SourceIp", "::ffff:203.0.113.7"), met},
	{pageOperators, "IpAddress: a value that is none", `{"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}`, has("aws:SourceIp", "here"), untold},
	{pageOperators, "NotIpAddress: inside", `{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`, has("aws:SourceIp", "203.0.113.9"), unmet},
	{pageOperators, "NotIpAddress: outside", `{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`, has("aws:SourceIp", "198.51.100.9"), met},
	{pageOperators, "NotIpAddress: in none of several", `{"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"]}}`, has("aws:SourceIp", "198.51.100.9"), unmet},
	{pageOperators, "NotIpAddress: no key", `{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}`, nil, met},
	{pageKeys, "aws:VpcSourceIp is the private address", `{"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}`, has("aws:VpcSourceIp", "10.1.2.3"), met},
	{pageKeys, "aws:VpcSourceIp needs an endpoint", `{"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}}`, has("aws:SourceIp", "10.1.2.3"), unmet},
}

var otherCases = []conditionCase{
	{pageOperators, "Bool: no SSL, the page's example", `{"Bool": {"aws:SecureTransport": "false"}}`, has("aws:SecureTransport", "false"), met},
	{pageOperators, "Bool: SSL", `{"Bool": {"aws:SecureTransport": "false"}}`, has("aws:SecureTransport", "true"), unmet},
	{pageOperators, "Bool: a boolean needs no quotation marks", `{"Bool": {"aws:SecureTransport": false}}`, has("aws:SecureTransport", "false"), met},
	{pageOperators, "Bool: no key", `{"Bool": {"aws:SecureTransport": "false"}}`, without("aws:SecureTransport"), unmet},
	{pageOperators, "Bool takes variables", `{"Bool": {"aws:SecureTransport": "${aws:PrincipalTag/ssl}"}}`, has("aws:SecureTransport", "true", "aws:PrincipalTag/ssl", "true"), met},
	{pageOperators, "BinaryEquals: byte for byte", `{"BinaryEquals": {"dynamodb:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA=="}}`, has("dynamodb:key", "BinaryValueInBase64"), met},
	{pageOperators, "BinaryEquals: another", `{"BinaryEquals": {"dynamodb:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA=="}}`, has("dynamodb:key", "binaryValueInBase64"), unmet},
	{pageOperators, "BinaryEquals: no key", `{"BinaryEquals": {"dynamodb:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA=="}}`, without("dynamodb:key"), unmet},
	{pageOperators, "Null true: own credentials, so no key", `{"Null": {"aws:TokenIssueTime": "true"}}`, without("aws:TokenIssueTime"), met},
	{pageOperators, "Null true: temporary ones", `{"Null": {"aws:TokenIssueTime": "true"}}`, has("aws:TokenIssueTime", "2026-01-31T00:00:00Z"), unmet},
	{pageOperators, "Null false: the key is there", `{"Null": {"aws:SourceVpce": "false"}}`, has("aws:SourceVpce", "vpce-1"), met},
	{pageOperators, "Null false: it is not", `{"Null": {"aws:SourceVpce": false}}`, nil, unmet},
	{pageOperators, "Null: a key of which nobody knows", `{"Null": {"aws:TokenIssueTime": "true"}}`, nil, untold},
	{pageOperators, "Null: an empty text is neither nor", `{"Null": {"s3:prefix": "true"}}`, has("s3:prefix", ""), untold},
}

var existsCases = []conditionCase{
	{pageOperators, "IfExists: no key, so true", `{"StringLikeIfExists": {"ec2:InstanceType": ["t1.*", "t2.*", "m3.*"]}}`, without("ec2:InstanceType"), met},
	{pageOperators, "without IfExists: no key, so false", `{"StringLike": {"ec2:InstanceType": ["t1.*", "t2.*", "m3.*"]}}`, without("ec2:InstanceType"), unmet},
	{pageOperators, "IfExists: the key is there and fits", `{"StringLikeIfExists": {"ec2:InstanceType": ["t1.*", "t2.*", "m3.*"]}}`, has("ec2:InstanceType", "m3.large"), met},
	{pageOperators, "IfExists: the key is there and does not fit", `{"StringLikeIfExists": {"ec2:InstanceType": ["t1.*", "t2.*", "m3.*"]}}`, has("ec2:InstanceType", "m4.large"), unmet},
	{pageOperators, "IfExists: other conditions count as ever", `{"StringLikeIfExists": {"ec2:InstanceType": "t2.*"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}}`, without("ec2:InstanceType"), unmet},
	{pageOperators, "StringNotEqualsIfExists: true even without the tag", `{"StringNotEqualsIfExists": {"aws:PrincipalTag/team": "a"}}`, without("aws:PrincipalTag/team"), met},
	{pageOperators, "StringNotEqualsIfExists: the tag is there and the same", `{"StringNotEqualsIfExists": {"aws:PrincipalTag/team": "a"}}`, has("aws:PrincipalTag/team", "a"), unmet},
	{pageKeys, "IfExists: neither key, so true", `{"IpAddressIfExists": {"aws:SourceIp": ["203.0.113.0/24"]}, "StringEqualsIfExists": {"aws:SourceVpc": ["vpc-1"]}}`, nil, met},
	{pageKeys, "IfExists: the address is there and is another", `{"IpAddressIfExists": {"aws:SourceIp": ["203.0.113.0/24"]}, "StringEqualsIfExists": {"aws:SourceVpc": ["vpc-1"]}}`, has("aws:SourceIp", "198.51.100.1"), unmet},
	{pageKeys, "IfExists: the VPC is there and is right", `{"IpAddressIfExists": {"aws:SourceIp": ["203.0.113.0/24"]}, "StringEqualsIfExists": {"aws:SourceVpc": ["vpc-1"]}}`, has("aws:SourceVpc", "vpc-1"), met},
	{pageKeys, "BoolIfExists: long-term credentials have no MFA key", `{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}`, without("aws:MultiFactorAuthPresent"), met},
	{pageKeys, "Bool: they do not match it", `{"Bool": {"aws:MultiFactorAuthPresent": "false"}}`, without("aws:MultiFactorAuthPresent"), unmet},
	{pageOperators, "ArnLikeIfExists", `{"ArnLikeIfExists": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}`, without("aws:SourceArn"), met},
	{pageOperators, "NumericLessThanIfExists", `{"NumericLessThanIfExists": {"s3:max-keys": "10"}}`, nil, met},
	{pageOperators, "DateLessThanIfExists", `{"DateLessThanIfExists": {"aws:TokenIssueTime": "2026"}}`, without("aws:TokenIssueTime"), met},
	{pageOperators, "IfExists: nobody knows whether", `{"StringEqualsIfExists": {"aws:PrincipalTag/team": "a"}}`, nil, untold},
	{pageSets, "ForAnyValue with IfExists and no key: two pages say two things", `{"ForAnyValue:StringEqualsIfExists": {"aws:TagKeys": "a"}}`, without("aws:TagKeys"), untold},
}

var severalCases = []conditionCase{
	{pageSeveral, "several values are an or: the second", `{"StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}}`, has("aws:SourceVpc", "vpc-2"), met},
	{pageSeveral, "several values are an or: none", `{"StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}}`, has("aws:SourceVpc", "vpc-3"), unmet},
	{pageSeveral, "several values of a negated operator are a nor: the second", `{"StringNotEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}}`, has("aws:SourceVpc", "vpc-2"), unmet},
	{pageSeveral, "several values of a negated operator are a nor: none", `{"StringNotEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}}`, has("aws:SourceVpc", "vpc-3"), met},
	{pageSeveral, "several keys are an and: both", `{"StringEquals": {"aws:SourceVpc": "vpc-1", "aws:SourceVpce": "vpce-1"}}`, has("aws:SourceVpc", "vpc-1", "aws:SourceVpce", "vpce-1"), met},
	{pageSeveral, "several keys are an and: one", `{"StringEquals": {"aws:SourceVpc": "vpc-1", "aws:SourceVpce": "vpce-1"}}`, has("aws:SourceVpc", "vpc-1", "aws:SourceVpce", "vpce-2"), unmet},
	{pageSeveral, "several operators are an and: both", `{"StringEquals": {"aws:SourceVpc": "vpc-1"}, "Bool": {"aws:SecureTransport": "true"}}`, has("aws:SourceVpc", "vpc-1", "aws:SecureTransport", "true"), met},
	{pageSeveral, "several operators are an and: one", `{"StringEquals": {"aws:SourceVpc": "vpc-1"}, "Bool": {"aws:SecureTransport": "true"}}`, has("aws:SourceVpc", "vpc-1", "aws:SecureTransport", "false"), unmet},
	{pageSeveral, "and: one that fails makes up for one that can't be told", `{"StringEquals": {"aws:SourceVpc": "vpc-1", "aws:PrincipalTag/team": "a"}}`, has("aws:SourceVpc", "vpc-2"), unmet},
	{pageSeveral, "and: one that holds does not", `{"StringEquals": {"aws:SourceVpc": "vpc-1", "aws:PrincipalTag/team": "a"}}`, has("aws:SourceVpc", "vpc-1"), untold},
	{pageCondition, "the case of a key's name does not count", `{"StringEquals": {"AWS:sourcevpc": "vpc-1"}}`, has("aws:SourceVpc", "vpc-1"), met},
	{pageCondition, "john", `{"StringEquals": {"aws:username": "john"}}`, has("aws:username", "john"), met},
	{pageCondition, "John is not john", `{"StringEquals": {"aws:username": "john"}}`, has("aws:username", "John"), unmet},
	{pageCondition, "John is john where the case is ignored", `{"StringEqualsIgnoreCase": {"aws:username": "john"}}`, has("aws:username", "John"), met},
}

var setCases = []conditionCase{
	{pageSetExamples, "ForAllValues: each is in the list", `{"ForAllValues:StringLike": {"dynamodb:requestedAttributes": ["PostDateTime", "Message", "Tags"]}}`, has("dynamodb:requestedAttributes", "PostDateTime|Message"), met},
	{pageSetExamples, "ForAllValues: one is not", `{"ForAllValues:StringLike": {"dynamodb:requestedAttributes": ["PostDateTime", "Message", "Tags"]}}`, has("dynamodb:requestedAttributes", "PostDateTime|UserName"), unmet},
	{pageSetExamples, "ForAnyValue: one is in the list", `{"ForAnyValue:StringLike": {"dynamodb:requestedAttributes": ["ID", "PostDateTime"]}}`, has("dynamodb:requestedAttributes", "UserName|Message|PostDateTime"), met},
	{pageSetExamples, "ForAnyValue: none is", `{"ForAnyValue:StringLike": {"dynamodb:requestedAttributes": ["ID", "PostDateTime"]}}`, has("dynamodb:requestedAttributes", "UserName"), unmet},
	{pageSets, "ForAllValues: no key, so true", `{"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}`, without("aws:TagKeys"), met},
	{pageSets, "ForAnyValue: no key, so false", `{"ForAnyValue:StringEquals": {"aws:TagKeys": ["a"]}}`, without("aws:TagKeys"), unmet},
	{pageSetExamples, "ForAllValues: an empty text is an empty set", `{"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}`, has("aws:TagKeys", ""), met},
	{pageSetExamples, "ForAnyValue: an empty text is an empty set", `{"ForAnyValue:StringEquals": {"aws:TagKeys": [""]}}`, has("aws:TagKeys", ""), unmet},
	{pageSets, "ForAllValues with Null: it has to be there", `{"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}, "Null": {"aws:TagKeys": "false"}}`, without("aws:TagKeys"), unmet},
	{pageSets, "ForAllValues with Null: it is", `{"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}, "Null": {"aws:TagKeys": "false"}}`, has("aws:TagKeys", "b"), met},
	{pageSets, "ForAllValues, negated: none of them is in the list", `{"ForAllValues:StringNotEquals": {"aws:TagKeys": ["a", "b"]}}`, has("aws:TagKeys", "c|d"), met},
	{pageSets, "ForAllValues, negated: one of them is", `{"ForAllValues:StringNotEquals": {"aws:TagKeys": ["a", "b"]}}`, has("aws:TagKeys", "a|d"), unmet},
	{pageSets, "ForAnyValue, negated: one of them is not in the list", `{"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["a", "b"]}}`, has("aws:TagKeys", "a|d"), met},
	{pageSets, "ForAnyValue, negated: all of them are", `{"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["a", "b"]}}`, has("aws:TagKeys", "a|b"), unmet},
	{pageSets, "ForAnyValue, negated: no key, so false all the same", `{"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["a", "b"]}}`, without("aws:TagKeys"), unmet},
	{pageSets, "ForAnyValue of ARNs", `{"ForAnyValue:ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:a"}}`, has("aws:SourceArn", "arn:aws:sns:r:1:b|arn:aws:sns:r:1:a"), met},
	{pageKeys, "ForAnyValue: the organization's path and its children", `{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-f6g7h8i9j0example/ou-def0-awsbbbbb/*", "o-a1b2c3d4e5/r-f6g7h8i9j0example/ou-jkl0-awsddddd/*"]}}`, has("aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-f6g7h8i9j0example/ou-jkl0-awsddddd/ou-x/"), met},
	{pageKeys, "ForAnyValue: called directly, not through DynamoDB", `{"ForAnyValue:StringEquals": {"aws:CalledVia": ["dynamodb.amazonaws.com"]}}`, nil, unmet},
	{pageKeys, "ForAnyValue: called through DynamoDB", `{"ForAnyValue:StringEquals": {"aws:CalledVia": ["dynamodb.amazonaws.com"]}}`, has("aws:CalledVia", "cloudformation.amazonaws.com|dynamodb.amazonaws.com"), met},
	{pageSets, "several values without a set operator: some fit", `{"StringEquals": {"aws:TagKeys": "a"}}`, has("aws:TagKeys", "a|b"), untold},
	{pageSets, "several values without a set operator: none fits", `{"StringEquals": {"aws:TagKeys": "a"}}`, has("aws:TagKeys", "b|c"), unmet},
}

var variableCases = []conditionCase{
	{pageVariables, "a variable has the request's value", `{"StringLike": {"s3:prefix": ["${aws:username}/*"]}}`, has("s3:prefix", "alice/a"), met},
	{pageVariables, "a variable and another's prefix", `{"StringLike": {"s3:prefix": ["${aws:username}/*"]}}`, has("s3:prefix", "bob/a"), unmet},
	{pageVariables, "the case of a variable's key does not count", `{"StringEquals": {"s3:prefix": "${AWS:UserName}"}}`, has("s3:prefix", "alice"), met},
	{pageVariables, "no value: any attempt to match it fails", `{"StringEquals": {"s3:prefix": "${aws:username}"}}`, map[string][]string{"s3:prefix": {""}, "aws:username": nil}, unmet},
	{pageVariables, "no value under a negated operator: the page says might", `{"StringNotEquals": {"s3:prefix": "${aws:username}"}}`, map[string][]string{"s3:prefix": {"a"}, "aws:username": nil}, untold},
	{pageVariables, "nobody knows the value", `{"StringEquals": {"s3:prefix": "${aws:userid}"}}`, has("s3:prefix", "AIDA"), untold},
	{pageVariables, "a default value where there is none", `{"StringEquals": {"s3:prefix": "${aws:userid, 'anonymous'}"}}`, map[string][]string{"s3:prefix": {"anonymous"}, "aws:userid": nil}, met},
	{pageVariables, "no default value where there is one", `{"StringEquals": {"s3:prefix": "${aws:userid, 'anonymous'}"}}`, has("s3:prefix", "anonymous", "aws:userid", "AIDA"), unmet},
	{pageVariables, "${*} is an asterisk", `{"StringLike": {"s3:prefix": "a${*}b"}}`, has("s3:prefix", "a*b"), met},
	{pageVariables, "${*} is no wildcard", `{"StringLike": {"s3:prefix": "a${*}b"}}`, has("s3:prefix", "axb"), unmet},
	{pageVariables, "${?} is a question mark", `{"StringLike": {"s3:prefix": "a${?}b"}}`, has("s3:prefix", "a?b"), met},
	{pageVariables, "${?} is no wildcard", `{"StringLike": {"s3:prefix": "a${?}b"}}`, has("s3:prefix", "axb"), unmet},
	{pageVariables, "${$} is a dollar sign", `{"StringEquals": {"s3:prefix": "${$}{aws:username}"}}`, has("s3:prefix", "${aws:username}"), met},
	{pageVariables, "a tag", `{"StringEquals": {"s3:prefix": "${aws:PrincipalTag/department}"}}`, has("s3:prefix", "x", "aws:PrincipalTag/department", "x"), met},
	{pageSets, "a key with several values is no variable", `{"StringEquals": {"s3:prefix": "${aws:TagKeys}"}}`, has("s3:prefix", "a", "aws:TagKeys", "a|b"), untold},
	{pageVariables, "IfExists guards the statement", `{"StringEqualsIfExists": {"s3:prefix": "${aws:userid}"}}`, nil, met},
}

var keyCases = []conditionCase{
	{pageKeys, "aws:SourceVpce through the endpoint", `{"StringEquals": {"aws:SourceVpce": "vpce-1"}}`, has("aws:SourceVpce", "vpce-1"), met},
	{pageKeys, "aws:SourceVpce over the internet", `{"StringEquals": {"aws:SourceVpce": "vpce-1"}}`, has("aws:SourceIp", "203.0.113.7"), unmet},
	{pageKeys, "aws:PrincipalAccount of a user", `{"StringEquals": {"aws:PrincipalAccount": "123456789012"}}`, nil, met},
	{pageKeys, "aws:PrincipalArn of a user has the path", `{"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:user/staff/alice"}}`, nil, met},
	{pageKeys, "aws:PrincipalType of a user", `{"StringEquals": {"aws:PrincipalType": "User"}}`, nil, met},
	{pageKeys, "aws:username is the name without the path", `{"StringEquals": {"aws:username": "alice"}}`, nil, met},
	{pageKeys, "aws:PrincipalOrgID of an account in no organization", `{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}`, nil, unmet},
	{pageKeys, "aws:PrincipalIsAWSService of a user", `{"Bool": {"aws:PrincipalIsAWSService": "false"}}`, nil, met},
	{pageKeys, "aws:ViaAWSService of a direct call", `{"Bool": {"aws:ViaAWSService": "false"}}`, nil, met},
	{pageKeys, "aws:SecureTransport is always there, and not said", `{"Bool": {"aws:SecureTransport": "true"}}`, nil, untold},
	{pageKeys, "a key of a service's own, and not said", `{"StringEquals": {"s3:x-amz-acl": "public-read"}}`, nil, untold},
	{pageKeys, "a negated operator does not help where nobody knows", `{"StringNotEquals": {"s3:x-amz-acl": "public-read"}}`, nil, untold},
	{pageKeys, "what tells of an endpoint is absent without one", `{"StringEquals": {"aws:VpceAccount": "123456789012"}}`, nil, unmet},
	{pageKeys, "what tells of an endpoint, and is not said", `{"StringEquals": {"aws:VpceAccount": "123456789012"}}`, has("aws:SourceVpce", "vpce-1"), untold},
}

// asking is a request of alice for an object.
func asking(context map[string][]string) endpoint.Request {
	return endpoint.Request{Principal: alice, Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/key", Context: context}
}

// mustParse reads a policy of the newer version with these statements.
func mustParse(t *testing.T, statements string) *endpoint.Policy {
	t.Helper()
	p, err := endpoint.ParsePolicy(fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [%s]}`, statements))
	require.NoError(t, err)
	return p
}

const allowAll = `{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}`

// Each condition stands once in an Allow that is alone, and once in a Deny beside an Allow of everything.
func TestConditions(t *testing.T) {
	inDeny := map[endpoint.Effect]endpoint.Effect{met: endpoint.ExplicitDeny, unmet: endpoint.Allow, untold: untold}
	for _, tt := range conditionCases() {
		t.Run(tt.page+"/"+tt.name, func(t *testing.T) {
			statement := func(effect string) string {
				return fmt.Sprintf(`{"Effect": %q, "Principal": "*", "Action": "*", "Resource": "*", "Condition": %s}`, effect, tt.condition)
			}
			got := mustParse(t, statement("Allow")).Evaluate(asking(tt.context))
			assert.Equal(t, tt.want, got.Effect, "in an Allow: %v", got)
			got = mustParse(t, statement("Deny")+","+allowAll).Evaluate(asking(tt.context))
			assert.Equal(t, inDeny[tt.want], got.Effect, "in a Deny: %v", got)
		})
	}
}
