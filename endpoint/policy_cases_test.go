package endpoint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/endpoint"
)

// More pages that the cases take what they expect from. The last three are of other guides:
// vpc/latest/privatelink, AmazonS3/latest/userguide.
const (
	pageLogic        = "reference_policies_evaluation-logic"
	pagePrincipal    = "reference_policies_elements_principal"
	pageNotPrincipal = "reference_policies_elements_notprincipal"
	pageAction       = "reference_policies_elements_action"
	pageNotAction    = "reference_policies_elements_notaction"
	pageResource     = "reference_policies_elements_resource"
	pageNotResource  = "reference_policies_elements_notresource"
	pageVersion      = "reference_policies_elements_version"
	pageEndpoints    = "vpc-endpoints-access"
	pageGatewayS3    = "vpc-endpoints-s3"
	pageBuckets      = "example-bucket-policies-vpc-endpoint"
)

// Who asks.
const (
	rootUser    = "arn:aws:iam::123456789012:root"
	auditorRole = "arn:aws:iam::444455556666:role/cross-account-read-only-role"
	auditor     = "arn:aws:sts::444455556666:assumed-role/cross-account-read-only-role/cross-account-audit-app"
	bob         = "arn:aws:iam::444455556666:user/Bob"
	delivery    = "delivery.logs.amazonaws.com"
)

// policyCase is a policy's statements, a request, and what comes of it.
type policyCase struct {
	page, name string
	statements string
	request    endpoint.Request
	want       endpoint.Effect
}

// by is a request of somebody to get an object.
func by(principal string) endpoint.Request {
	return endpoint.Request{Principal: principal, Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/key"}
}

// does is a request of alice for some action on a resource.
func does(action, resource string) endpoint.Request {
	return endpoint.Request{Principal: alice, Action: action, Resource: resource}
}

// to, only and upon are a statement that allows somebody all, an action on all, and all on a resource. Each
// takes the element with its name.
func to(principal string) string {
	return `{"Effect": "Allow", "Action": "*", "Resource": "*", ` + principal + `}`
}

func only(action string) string {
	return `{"Effect": "Allow", "Principal": "*", "Resource": "*", ` + action + `}`
}

func upon(resource string) string {
	return `{"Effect": "Allow", "Principal": "*", "Action": "*", ` + resource + `}`
}

// deny makes a Deny of an Allow.
func deny(statement string) string { return strings.Replace(statement, `"Allow"`, `"Deny"`, 1) }

const (
	allowed      = endpoint.Allow
	implicitDeny = endpoint.ImplicitDeny
	explicitDeny = endpoint.ExplicitDeny
)

var logicCases = []policyCase{
	{pageLogic, "nothing allows", only(`"Action": "s3:PutObject"`), by(alice), implicitDeny},
	{pageLogic, "one allows", only(`"Action": "s3:PutObject"`) + "," + allowAll, by(alice), allowed},
	{pageLogic, "a deny goes over an allow", allowAll + "," + deny(allowAll), by(alice), explicitDeny},
	{pageLogic, "whatever the order is", deny(allowAll) + "," + allowAll, by(alice), explicitDeny},
	{pageLogic, "a deny of something else", allowAll + "," + deny(only(`"Action": "s3:PutObject"`)), by(alice), allowed},
	{pageLogic, "a deny alone allows nothing else", deny(only(`"Action": "s3:PutObject"`)), by(alice), implicitDeny},
	{pageLogic, "a deny for certain goes over what can't be told", allowAll + "," + deny(when(`{"Bool": {"x:y": "true"}}`)) + "," + deny(allowAll), by(alice), explicitDeny},
	{pageLogic, "an allow for certain goes over an allow that can't be told", when(`{"Bool": {"x:y": "true"}}`) + "," + allowAll, by(alice), allowed},
	{pageLogic, "a deny that can't be told spoils an allow", deny(when(`{"Bool": {"x:y": "true"}}`)) + "," + allowAll, by(alice), untold},
	{pageLogic, "an allow that can't be told, alone", when(`{"Bool": {"x:y": "true"}}`), by(alice), untold},
	{pageLogic, "a deny that can't be told, alone: another policy may allow", deny(when(`{"Bool": {"x:y": "true"}}`)), by(alice), untold},
	{pageLogic, "what can't be told does not matter where the action is another", `{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*", "Condition": {"Bool": {"x:y": "true"}}},` + allowAll, by(alice), allowed},
}

// when is an Allow of everything under a condition.
func when(condition string) string {
	return `{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": ` + condition + `}`
}

var principalCases = []policyCase{
	{pagePrincipal, "all principals", to(`"Principal": "*"`), by(alice), allowed},
	{pagePrincipal, "all principals: anonymous", to(`"Principal": "*"`), by(endpoint.Anonymous), allowed},
	{pagePrincipal, "all principals written as an AWS principal", to(`"Principal": {"AWS": "*"}`), by(endpoint.Anonymous), allowed},
	{pagePrincipal, "an account by its ARN is all who belong to it", to(`"Principal": {"AWS": "arn:aws:iam::123456789012:root"}`), by(alice), allowed},
	{pagePrincipal, "an account by its number is the same", to(`"Principal": {"AWS": "123456789012"}`), by(alice), allowed},
	{pagePrincipal, "an account: its root user", to(`"Principal": {"AWS": "123456789012"}`), by(rootUser), allowed},
	{pagePrincipal, "an account: a session of its role", to(`"Principal": {"AWS": "444455556666"}`), by(auditor), allowed},
	{pagePrincipal, "another account", to(`"Principal": {"AWS": "555555555555"}`), by(alice), implicitDeny},
	{pagePrincipal, "several accounts are an or", to(`"Principal": {"AWS": ["123456789012", "555555555555"]}`), by(alice), allowed},
	{pagePrincipal, "an account: nobody signed", to(`"Principal": {"AWS": "123456789012"}`), by(endpoint.Anonymous), implicitDeny},
	{pagePrincipal, "a user", to(`"Principal": {"AWS": "arn:aws:iam::123456789012:user/staff/alice"}`), by(alice), allowed},
	{pagePrincipal, "a user's name is case-sensitive", to(`"Principal": {"AWS": "arn:aws:iam::123456789012:user/staff/Alice"}`), by(alice), implicitDeny},
	{pagePrincipal, "a user: the same name elsewhere", to(`"Principal": {"AWS": "arn:aws:iam::555555555555:user/staff/alice"}`), by(alice), implicitDeny},
	{pagePrincipal, "a user is not the account's root user", to(`"Principal": {"AWS": "arn:aws:iam::123456789012:user/staff/alice"}`), by(rootUser), implicitDeny},
	{pagePrincipal, "a role is all of its sessions", to(`"Principal": {"AWS": "` + auditorRole + `"}`), by(auditor), allowed},
	{pagePrincipal, "a role with a path: its sessions' ARN has none", to(`"Principal": {"AWS": "arn:aws:iam::444455556666:role/audit/cross-account-read-only-role"}`), by(auditor), allowed},
	{pagePrincipal, "another role", to(`"Principal": {"AWS": "arn:aws:iam::444455556666:role/other"}`), by(auditor), implicitDeny},
	{pagePrincipal, "the role itself", to(`"Principal": {"AWS": "` + auditorRole + `"}`), by(auditorRole), allowed},
	{pagePrincipal, "a session", to(`"Principal": {"AWS": "` + auditor + `"}`), by(auditor), allowed},
	{pagePrincipal, "another session of the role", to(`"Principal": {"AWS": "` + auditor + `2"}`), by(auditor), implicitDeny},
	{pagePrincipal, "a session, of a request that says the role only", to(`"Principal": {"AWS": "` + auditor + `"}`), by(auditorRole), untold},
	{pagePrincipal, "a federated user", to(`"Principal": {"AWS": "arn:aws:sts::123456789012:federated-user/carol"}`), by("arn:aws:sts::123456789012:federated-user/carol"), allowed},
	{pagePrincipal, "a service", to(`"Principal": {"Service": ["ecs.amazonaws.com", "delivery.logs.amazonaws.com"]}`), by(delivery), allowed},
	{pagePrincipal, "another service", to(`"Principal": {"Service": "ecs.amazonaws.com"}`), by(delivery), implicitDeny},
	{pagePrincipal, "a user is no service", to(`"Principal": {"Service": "ecs.amazonaws.com"}`), by(alice), implicitDeny},
	{pagePrincipal, "a service is of no account", to(`"Principal": {"AWS": "123456789012"}`), by(delivery), implicitDeny},
	{pagePrincipal, "one of several kinds", to(`"Principal": {"Service": "ecs.amazonaws.com", "AWS": "123456789012"}`), by(alice), allowed},
	{pagePrincipal, "a canonical user ID: whose it is nobody says", to(`"Principal": {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}`), by(alice), untold},
	{pagePrincipal, "an account beside a canonical user ID", to(`"Principal": {"AWS": ["arn:aws:iam::123456789012:root", "999999999999"], "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}`), by(alice), allowed},
	{pagePrincipal, "the ID of a user that is gone is nobody", to(`"Principal": {"AWS": "AIDACKCEVSQ6C2EXAMPLE"}`), by(alice), implicitDeny},
	{pagePrincipal, "an identity provider lets no user in", to(`"Principal": {"Federated": "www.amazon.com"}`), by(alice), implicitDeny},
	{pagePrincipal, "an identity provider, of a session that does not say", to(`"Principal": {"Federated": "www.amazon.com"}`), by(auditor), untold},
	{pagePrincipal, "an identity provider, of a session that says", to(`"Principal": {"Federated": "www.amazon.com"}`), with(by(auditor), has("aws:FederatedProvider", "www.amazon.com")), allowed},
	{pagePrincipal, "nobody says who asks: somebody may", to(`"Principal": {"AWS": "123456789012"}`), by(""), untold},
	{pagePrincipal, "nobody says who asks: everybody may", to(`"Principal": "*"`), by(""), allowed},
	{pagePrincipal, "nobody says who asks, but the account", to(`"Principal": {"AWS": "123456789012"}`), somebodyOf("123456789012"), allowed},
	{pagePrincipal, "nobody says who asks, but another account", to(`"Principal": {"AWS": "arn:aws:iam::555555555555:user/x"}`), somebodyOf("123456789012"), implicitDeny},
	{pagePrincipal, "nobody says who asks, but a user of the account may", to(`"Principal": {"AWS": "` + alice + `"}`), somebodyOf("123456789012"), untold},
	{pagePrincipal, "nobody says who asks, but an account, and so no service", to(`"Principal": {"Service": "ecs.amazonaws.com"}`), somebodyOf("123456789012"), implicitDeny},
	{pagePrincipal, "nobody says who asks, not even an account", to(`"Principal": {"Service": "ecs.amazonaws.com"}`), by(""), untold},
	{pagePrincipal, "who asks is an account's number", to(`"Principal": {"AWS": "123456789012"}`), by("123456789012"), allowed},
	{pagePrincipal, "who asks can't be read", to(`"Principal": {"AWS": "123456789012"}`), by("arn:aws:iam"), untold},
	{pagePrincipal, "the ID of a user that is gone, and nobody says who asks", to(`"Principal": {"AWS": "AIDACKCEVSQ6C2EXAMPLE"}`), by(""), implicitDeny},
	{pagePrincipal, "a canonical user ID: nobody signed", to(`"Principal": {"CanonicalUser": "79a5"}`), by(endpoint.Anonymous), implicitDeny},
	{pagePrincipal, "a role of the same name in another account", to(`"Principal": {"AWS": "arn:aws:iam::123456789012:role/cross-account-read-only-role"}`), by(auditor), implicitDeny},
	{pagePrincipal, "a canonical user ID is no service's", to(`"Principal": {"CanonicalUser": "79a5"}`), by(delivery), implicitDeny},
	{pagePrincipal, "aws:PrincipalArn instead of NotPrincipal: another is denied", allowAll + "," + deny(when(`{"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::444455556666:user/user-name"}}`)), by(bob), explicitDeny},
	{pagePrincipal, "aws:PrincipalArn instead of NotPrincipal: the user is not", allowAll + "," + deny(when(`{"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::444455556666:user/Bob"}}`)), by(bob), allowed},
	{pageKeys, "aws:PrincipalArn of a session is the role's", when(`{"ArnEquals": {"aws:PrincipalArn": "` + auditorRole + `"}}`), by(auditor), allowed},
	{pageKeys, "aws:PrincipalArn of a session is not the session's", when(`{"ArnEquals": {"aws:PrincipalArn": "` + auditor + `"}}`), by(auditor), implicitDeny},
	{pageKeys, "aws:PrincipalOrgID, the page's example", when(`{"StringEquals": {"aws:PrincipalOrgID": ["o-xxxxxxxxxxx"]}}`), endpoint.Request{Principal: alice, PrincipalOrgID: "o-xxxxxxxxxxx", Action: "s3:PutObject", Resource: "arn:aws:s3:::policy-ninja-dev/a"}, allowed},
	{pageKeys, "aws:PrincipalOrgID of another", when(`{"StringEquals": {"aws:PrincipalOrgID": ["o-xxxxxxxxxxx"]}}`), endpoint.Request{Principal: alice, PrincipalOrgID: "o-yyyyyyyyyyy", Action: "s3:PutObject", Resource: "arn:aws:s3:::policy-ninja-dev/a"}, implicitDeny},
	{pageKeys, "aws:PrincipalOrgID of somebody unknown", when(`{"StringEquals": {"aws:PrincipalOrgID": ["o-xxxxxxxxxxx"]}}`), by(""), untold},
	{pageKeys, "aws:PrincipalOrgID of which the request says that nobody knows", when(`{"StringEquals": {"aws:PrincipalOrgID": ["o-xxxxxxxxxxx"]}}`), endpoint.Request{Principal: alice, Action: "s3:PutObject", Resource: "arn:aws:s3:::policy-ninja-dev/a", Unknown: []string{"AWS:principalorgid"}}, untold},
	{pageKeys, "aws:username is not there for a role", when(`{"Null": {"aws:username": "true"}}`), by(auditor), allowed},
	{pageKeys, "aws:username is not there for the root user", when(`{"Null": {"aws:username": "true"}}`), by(rootUser), allowed},
	{pageKeys, "aws:userid is not there for anonymous requests", when(`{"Null": {"aws:userid": "true"}}`), by(endpoint.Anonymous), allowed},
	{pageKeys, "aws:PrincipalIsAWSService", when(`{"Bool": {"aws:PrincipalIsAWSService": "true"}}`), by(delivery), allowed},
	{pageKeys, "aws:PrincipalServiceName", when(`{"StringEquals": {"aws:PrincipalServiceName": "delivery.logs.amazonaws.com"}}`), by(delivery), allowed},
	{pageKeys, "aws:PrincipalIsAWSService of anonymous requests is not there", when(`{"Null": {"aws:PrincipalIsAWSService": "true"}}`), by(endpoint.Anonymous), allowed},
	{pageKeys, "aws:PrincipalIsAWSService, and nobody says who asks", when(`{"Bool": {"aws:PrincipalIsAWSService": "false"}}`), by(""), untold},
	{pageKeys, "aws:PrincipalIsAWSService of somebody of an account", when(`{"Bool": {"aws:PrincipalIsAWSService": "false"}}`), somebodyOf("123456789012"), allowed},
	{pageKeys, "aws:PrincipalServiceName of a user is not there", when(`{"Null": {"aws:PrincipalServiceName": "true"}}`), by(alice), allowed},
	{pageKeys, "aws:PrincipalAccount of anonymous requests", when(`{"StringEquals": {"aws:PrincipalAccount": "anonymous"}}`), by(endpoint.Anonymous), allowed},
	{pageKeys, "aws:PrincipalAccount, and nobody says who asks", when(`{"StringEquals": {"aws:PrincipalAccount": "123456789012"}}`), by(""), untold},
	{pageKeys, "aws:PrincipalArn of anonymous requests is not there", when(`{"Null": {"aws:PrincipalArn": "true"}}`), by(endpoint.Anonymous), allowed},
	{pageKeys, "aws:PrincipalType, and nobody says who asks", when(`{"StringEquals": {"aws:PrincipalType": "User"}}`), by(""), untold},
	{pageKeys, "aws:SourceArn of a service's request, and not said", when(`{"ArnLike": {"aws:SourceArn": "arn:aws:logs:*:123456789012:*"}}`), by(delivery), untold},
	{pageVariables, "aws:PrincipalType of the root user", when(`{"StringEquals": {"aws:PrincipalType": "Account"}}`), by(rootUser), allowed},
	{pageVariables, "aws:PrincipalType of a session", when(`{"StringEquals": {"aws:PrincipalType": "AssumedRole"}}`), by(auditor), allowed},
	{pageVariables, "aws:PrincipalType of a federated user", when(`{"StringEquals": {"aws:PrincipalType": "FederatedUser"}}`), by("arn:aws:sts::123456789012:federated-user/carol"), allowed},
	{pageVariables, "aws:PrincipalType of nobody", when(`{"StringEquals": {"aws:PrincipalType": "Anonymous"}}`), by(endpoint.Anonymous), allowed},
}

// somebodyOf is a request of which the account alone is known.
func somebodyOf(account string) endpoint.Request {
	r := by("")
	r.PrincipalAccount = account
	return r
}

// with adds a context to a request.
func with(r endpoint.Request, context map[string][]string) endpoint.Request {
	r.Context = context
	return r
}

const (
	notBob     = `"NotPrincipal": {"AWS": ["arn:aws:iam::444455556666:user/Bob", "arn:aws:iam::444455556666:root"]}`
	notAuditor = `"NotPrincipal": {"AWS": ["` + auditor + `", "` + auditorRole + `", "arn:aws:iam::444455556666:root"]}`
)

var notPrincipalCases = []policyCase{
	{pageNotPrincipal, "Deny spares Bob, whose account is there too", deny(to(notBob)) + "," + allowAll, by(bob), allowed},
	{pageNotPrincipal, "Deny is for all others", deny(to(notBob)) + "," + allowAll, by(alice), explicitDeny},
	{pageNotPrincipal, "Deny is for anonymous too", deny(to(notBob)) + "," + allowAll, by(endpoint.Anonymous), explicitDeny},
	{pageNotPrincipal, "Deny is for services too", deny(to(notBob)) + "," + allowAll, by(delivery), explicitDeny},
	{pageNotPrincipal, "Deny does not allow whom it spares", deny(to(notBob)), by(bob), implicitDeny},
	{pageNotPrincipal, "Deny without the account might deny Bob", deny(to(`"NotPrincipal": {"AWS": "arn:aws:iam::444455556666:user/Bob"}`)) + "," + allowAll, by(bob), untold},
	{pageNotPrincipal, "Deny with the account alone might deny Bob", deny(to(`"NotPrincipal": {"AWS": "444455556666"}`)) + "," + allowAll, by(bob), untold},
	{pageNotPrincipal, "Deny with the account spares its root user", deny(to(`"NotPrincipal": {"AWS": "123456789012"}`)) + "," + allowAll, by(rootUser), allowed},
	{pageNotPrincipal, "Deny spares a session with its role and account", deny(to(notAuditor)) + "," + allowAll, by(auditor), allowed},
	{pageNotPrincipal, "Deny without the role might deny the session", deny(to(`"NotPrincipal": {"AWS": ["`+auditor+`", "444455556666"]}`)) + "," + allowAll, by(auditor), untold},
	{pageNotPrincipal, "Deny spares a service", deny(to(`"NotPrincipal": {"Service": "delivery.logs.amazonaws.com"}`)) + "," + allowAll, by(delivery), allowed},
	{pageNotPrincipal, "Deny of nobody", deny(to(`"NotPrincipal": "*"`)) + "," + allowAll, by(alice), allowed},
	{pageNotPrincipal, "Deny, and nobody says who asks", deny(to(notBob)) + "," + allowAll, by(""), untold},
	{pageNotPrincipal, "Deny, and it names a canonical user ID", deny(to(`"NotPrincipal": {"CanonicalUser": "79a5"}`)) + "," + allowAll, by(alice), untold},
	{pageNotPrincipal, "Deny, and the account alone is known, which it spares", deny(to(notBob)) + "," + allowAll, somebodyOf("444455556666"), untold},
	{pageNotPrincipal, "Deny, and the account alone is known, which it does not name", deny(to(notBob)) + "," + allowAll, somebodyOf("123456789012"), explicitDeny},
	{pageNotPrincipal, "Deny spares a role with its account", deny(to(notAuditor)) + "," + allowAll, by(auditorRole), allowed},
	{pageNotPrincipal, "Deny spares another role", deny(to(`"NotPrincipal": {"AWS": ["arn:aws:iam::444455556666:role/x/cross-account-read-only-role", "444455556666"]}`)) + "," + allowAll, by(auditorRole), untold},
	{pageNotPrincipal, "Allow is not for who belongs to an account that is named", to(`"NotPrincipal": {"AWS": "444455556666"}`), by(bob), implicitDeny},
	{pageNotPrincipal, "Allow is for all others", to(notBob), by(alice), allowed},
	{pageNotPrincipal, "Allow is for anonymous too", to(notBob), by(endpoint.Anonymous), allowed},
	{pageNotPrincipal, "Allow is not for the one that is named", to(notBob), by(bob), implicitDeny},
}

var actionCases = []policyCase{
	{pageAction, "the very action", only(`"Action": "s3:GetObject"`), by(alice), allowed},
	{pageAction, "another", only(`"Action": "s3:GetObjectAcl"`), by(alice), implicitDeny},
	{pageAction, "the case does not count", only(`"Action": "IAM:listaccesskeys"`), does("iam:ListAccessKeys", "arn:aws:iam::123456789012:user/x"), allowed},
	{pageAction, "one of several", only(`"Action": ["sqs:SendMessage", "s3:GetObject"]`), by(alice), allowed},
	{pageAction, "all of a service", only(`"Action": "s3:*"`), by(alice), allowed},
	{pageAction, "all of another", only(`"Action": "sqs:*"`), by(alice), implicitDeny},
	{pageAction, "everything", only(`"Action": "*"`), by(alice), allowed},
	{pageAction, "a part: CreateAccessKey", only(`"Action": "iam:*AccessKey*"`), does("iam:CreateAccessKey", "arn:aws:iam::123456789012:user/x"), allowed},
	{pageAction, "a part: ListAccessKeys", only(`"Action": "iam:*AccessKey*"`), does("iam:ListAccessKeys", "arn:aws:iam::123456789012:user/x"), allowed},
	{pageAction, "a part: CreateUser", only(`"Action": "iam:*AccessKey*"`), does("iam:CreateUser", "arn:aws:iam::123456789012:user/x"), implicitDeny},
	{pageAction, "a question mark", only(`"Action": "s3:?etObject"`), by(alice), allowed},
	{pageAction, "a question mark is one character", only(`"Action": "s3:?GetObject"`), by(alice), implicitDeny},
	{pageNotAction, "Allow all but one: another", only(`"NotAction": "s3:DeleteBucket"`), by(alice), allowed},
	{pageNotAction, "Allow all but one: that one", only(`"NotAction": "s3:DeleteBucket"`), does("s3:DeleteBucket", "arn:aws:s3:::bucket"), implicitDeny},
	{pageNotAction, "Allow all but a service: another service", only(`"NotAction": "iam:*"`), by(alice), allowed},
	{pageNotAction, "Allow all but a service: that service", only(`"NotAction": "iam:*"`), does("iam:CreateUser", "arn:aws:iam::123456789012:user/x"), implicitDeny},
	{pageNotAction, "Deny all but a service: another service", deny(only(`"NotAction": "iam:*"`)) + "," + allowAll, by(alice), explicitDeny},
	{pageNotAction, "Deny all but a service: that service", deny(only(`"NotAction": "iam:*"`)) + "," + allowAll, does("iam:CreateUser", "arn:aws:iam::123456789012:user/x"), allowed},
	{pageNotAction, "Deny all but a service does not allow it", deny(only(`"NotAction": "iam:*"`)), does("iam:CreateUser", "arn:aws:iam::123456789012:user/x"), implicitDeny},
	{pageNotAction, "Deny all but several", deny(only(`"NotAction": ["iam:*", "s3:Get*"]`)) + "," + allowAll, by(alice), allowed},
}

// got is a request for an object of the page's bucket.
func got(key string) endpoint.Request {
	return does("s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/"+key)
}

const demoTests = `"Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*/test/*"`

var resourceCases = []policyCase{
	{pageResource, "the very queue", upon(`"Resource": "arn:aws:sqs:us-east-2:123456789012:queue1"`), does("sqs:SendMessage", "arn:aws:sqs:us-east-2:123456789012:queue1"), allowed},
	{pageResource, "another queue", upon(`"Resource": "arn:aws:sqs:us-east-2:123456789012:queue1"`), does("sqs:SendMessage", "arn:aws:sqs:us-east-2:123456789012:queue2"), implicitDeny},
	{pageResource, "a resource is case-sensitive", upon(`"Resource": "arn:aws:iam::123456789012:user/Bob"`), does("iam:GetUser", "arn:aws:iam::123456789012:user/bob"), implicitDeny},
	{pageResource, "all users under a path", upon(`"Resource": "arn:aws:iam::123456789012:user/accounting/*"`), does("iam:GetUser", "arn:aws:iam::123456789012:user/accounting/bob"), allowed},
	{pageResource, "a user under another path", upon(`"Resource": "arn:aws:iam::123456789012:user/accounting/*"`), does("iam:GetUser", "arn:aws:iam::123456789012:user/bob"), implicitDeny},
	{pageResource, "all objects of a bucket", upon(`"Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"`), got("a/b/c"), allowed},
	{pageResource, "all objects of a bucket, and the bucket itself", upon(`"Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"`), does("s3:ListBucket", "arn:aws:s3:::amzn-s3-demo-bucket"), implicitDeny},
	{pageResource, "a bucket, and its objects", upon(`"Resource": "arn:aws:s3:::amzn-s3-demo-bucket"`), got("a"), implicitDeny},
	{pageResource, "one of several", upon(`"Resource": ["arn:aws:s3:::other/*", "arn:aws:s3:::amzn-s3-demo-bucket/*"]`), got("a"), allowed},
	{pageResource, "everything", upon(`"Resource": "*"`), got("a"), allowed},
	{pageResource, "* takes slashes: 1/test/object.jpg", upon(demoTests), got("1/test/object.jpg"), allowed},
	{pageResource, "* takes slashes: 1/2/test/object.jpg", upon(demoTests), got("1/2/test/object.jpg"), allowed},
	{pageResource, "* takes slashes: 1/2/test/3/object.jpg", upon(demoTests), got("1/2/test/3/object.jpg"), allowed},
	{pageResource, "* takes slashes: 1/2/3/test/4/object.jpg", upon(demoTests), got("1/2/3/test/4/object.jpg"), allowed},
	{pageResource, "* takes slashes: 1///test///object.jpg", upon(demoTests), got("1///test///object.jpg"), allowed},
	{pageResource, "* takes slashes: 1/test/.jpg", upon(demoTests), got("1/test/.jpg"), allowed},
	{pageResource, "* is nothing too: /test/object.jpg", upon(demoTests), got("/test/object.jpg"), allowed},
	{pageResource, "* is nothing too: 1/test/", upon(demoTests), got("1/test/"), allowed},
	{pageResource, "not 1-test/object.jpg", upon(demoTests), got("1-test/object.jpg"), implicitDeny},
	{pageResource, "not test/object.jpg", upon(demoTests), got("test/object.jpg"), implicitDeny},
	{pageResource, "not 1/2/test.jpg", upon(demoTests), got("1/2/test.jpg"), implicitDeny},
	{pageResource, "a question mark is one character", upon(`"Resource": "arn:aws:s3:::amzn-s3-demo-bucket/?.jpg"`), got("a.jpg"), allowed},
	{pageResource, "a question mark is not two", upon(`"Resource": "arn:aws:s3:::amzn-s3-demo-bucket/?.jpg"`), got("ab.jpg"), implicitDeny},
	{pageResource, "a wildcard in the Region's part", upon(`"Resource": "arn:aws:sqs:us-*:123456789012:queue1"`), does("sqs:SendMessage", "arn:aws:sqs:us-east-2:123456789012:queue1"), allowed},
	{pageResource, "a * that ends a part may reach over a colon", upon(`"Resource": "arn:aws:dynamodb:*:table/prod-*"`), does("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:123456789012:table/prod-x"), untold},
	{pageResource, "a * at the end takes all the rest", upon(`"Resource": "arn:aws:s3:*"`), got("a"), allowed},
	{pageResource, "a resource of another partition", upon(`"Resource": "arn:aws-cn:s3:::amzn-s3-demo-bucket/*"`), got("a"), implicitDeny},
	{pageVariables, "a variable in a resource", upon(`"Resource": ["arn:aws:s3:::mybucket/${aws:username}/*"]`), does("s3:GetObject", "arn:aws:s3:::mybucket/alice/a"), allowed},
	{pageVariables, "a variable in a resource, and another's", upon(`"Resource": ["arn:aws:s3:::mybucket/${aws:username}/*"]`), does("s3:GetObject", "arn:aws:s3:::mybucket/bob/a"), implicitDeny},
	{pageVariables, "a variable's value is plain text", upon(`"Resource": ["arn:aws:s3:::mybucket/${aws:PrincipalTag/team}/*"]`), with(does("s3:GetObject", "arn:aws:s3:::mybucket/bob/a"), has("aws:PrincipalTag/team", "*")), implicitDeny},
	{pageVariables, "a variable without a value", upon(`"Resource": ["arn:aws:s3:::mybucket/${aws:username}/*"]`), endpoint.Request{Principal: auditor, Action: "s3:GetObject", Resource: "arn:aws:s3:::mybucket//a"}, implicitDeny},
	{pageVariables, "a variable whose value nobody says", upon(`"Resource": ["arn:aws:s3:::mybucket/${aws:userid}/*"]`), does("s3:GetObject", "arn:aws:s3:::mybucket/AIDA/a"), untold},
	{pageVariables, "a variable without a value in NotResource", deny(upon(`"NotResource": ["arn:aws:s3:::mybucket/${aws:username}/*"]`)) + "," + allowAll, endpoint.Request{Principal: auditor, Action: "s3:GetObject", Resource: "arn:aws:s3:::mybucket//a"}, untold},
	{pageVariables, "a queue with the user's name in any account", upon(`"Resource": "arn:aws:sqs:us-east-2:*:${aws:username}-queue"`), does("sqs:SendMessage", "arn:aws:sqs:us-east-2:999999999999:alice-queue"), allowed},
	{pageNotResource, "Deny all but a folder: elsewhere", deny(upon(`"NotResource": ["arn:aws:s3:::HRBucket/Payroll", "arn:aws:s3:::HRBucket/Payroll/*"]`)) + "," + allowAll, does("s3:GetObject", "arn:aws:s3:::HRBucket/Plans/a"), explicitDeny},
	{pageNotResource, "Deny all but a folder: the folder", deny(upon(`"NotResource": ["arn:aws:s3:::HRBucket/Payroll", "arn:aws:s3:::HRBucket/Payroll/*"]`)) + "," + allowAll, does("s3:GetObject", "arn:aws:s3:::HRBucket/Payroll/a"), allowed},
	{pageNotResource, "Deny all but a folder does not allow it", deny(upon(`"NotResource": ["arn:aws:s3:::HRBucket/Payroll/*"]`)), does("s3:GetObject", "arn:aws:s3:::HRBucket/Payroll/a"), implicitDeny},
	{pageNotResource, "Allow all but a bucket: another", upon(`"NotResource": "arn:aws:s3:::HRBucket/*"`), got("a"), allowed},
	{pageNotResource, "Allow all but a bucket: that bucket", upon(`"NotResource": "arn:aws:s3:::HRBucket/*"`), does("s3:GetObject", "arn:aws:s3:::HRBucket/a"), implicitDeny},
}

// through is a request for an object of the page's bucket, and how it came.
func through(pairs ...string) endpoint.Request { return with(got("a"), has(pairs...)) }

// The examples of AWS's pages on endpoints and buckets (F7.007, F7.008).
var (
	onlyEndpoint = allowAll + "," + deny(when(`{"StringNotEquals": {"aws:SourceVpce": "vpce-0abcdef1234567890"}}`))
	onlyVPC      = allowAll + "," + deny(when(`{"StringNotEquals": {"aws:SourceVpc": "vpc-111bbb22"}}`))
	onlyPrivate  = allowAll + "," + deny(when(`{"NotIpAddress": {"aws:VpcSourceIp": ["10.1.1.1/32", "172.1.1.1/32"]}}`))

	toBucket  = `{"Sid": "Allow-access-to-specific-bucket", "Effect": "Allow", "Principal": "*", "Action": ["s3:ListBucket", "s3:GetObject", "s3:PutObject"], "Resource": ["arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-bucket/*"]}`
	toRole    = when(`{"ArnEquals": {"aws:PrincipalArn": "` + auditorRole + `"}}`)
	toAccount = when(`{"StringEquals": {"aws:PrincipalAccount": "123456789012"}}`)
)

var attachedCases = []policyCase{
	{pageBuckets, "item 95 only my endpoint: through it", onlyEndpoint, through("aws:SourceVpce", "vpce-0abcdef1234567890"), allowed},
	{pageBuckets, "item 95 only my endpoint: through another", onlyEndpoint, through("aws:SourceVpce", "vpce-2"), explicitDeny},
	{pageBuckets, "item 95 only my endpoint: over the internet", onlyEndpoint, through("aws:SourceIp", "203.0.113.7"), explicitDeny},
	{pageBuckets, "F7.008 only my VPC: from it", onlyVPC, through("aws:SourceVpc", "vpc-111bbb22", "aws:SourceVpce", "vpce-2"), allowed},
	{pageBuckets, "F7.008 only my VPC: from another", onlyVPC, through("aws:SourceVpc", "vpc-2"), explicitDeny},
	{pageBuckets, "F7.008 only my VPC: over the internet", onlyVPC, through("aws:SourceIp", "203.0.113.7"), explicitDeny},
	{pageGatewayS3, "F7.008 only a private address: from it", onlyPrivate, through("aws:VpcSourceIp", "10.1.1.1"), allowed},
	{pageGatewayS3, "F7.008 only a private address: from another", onlyPrivate, through("aws:VpcSourceIp", "10.1.1.2"), explicitDeny},
	{pageGatewayS3, "F7.008 only a private address: over the internet", onlyPrivate, through("aws:SourceIp", "10.1.1.1"), explicitDeny},
	{pageGatewayS3, "item 93 a bucket of the endpoint's policy", toBucket, got("a"), allowed},
	{pageGatewayS3, "item 93 another bucket", toBucket, does("s3:GetObject", "arn:aws:s3:::other/a"), implicitDeny},
	{pageGatewayS3, "item 93 another action", toBucket, does("s3:DeleteObject", "arn:aws:s3:::amzn-s3-demo-bucket/a"), implicitDeny},
	{pageGatewayS3, "F7.007 a role by aws:PrincipalArn: a session of it", toRole, by(auditor), allowed},
	{pageGatewayS3, "F7.007 a role by aws:PrincipalArn: somebody else", toRole, by(alice), implicitDeny},
	{pageGatewayS3, "F7.007 an account by aws:PrincipalAccount: of it", toAccount, by(alice), allowed},
	{pageGatewayS3, "F7.007 an account by aws:PrincipalAccount: of another", toAccount, by(bob), implicitDeny},
	{pageEndpoints, "F7.007 the default policy allows all", allowAll, by(endpoint.Anonymous), allowed},
}

func policyCases() []policyCase {
	return slices.Concat(logicCases, principalCases, notPrincipalCases, actionCases, resourceCases, attachedCases)
}

func TestPolicies(t *testing.T) {
	for _, tt := range policyCases() {
		t.Run(tt.page+"/"+tt.name, func(t *testing.T) {
			got := mustParse(t, tt.statements).Evaluate(tt.request)
			assert.Equal(t, tt.want, got.Effect, "%v", got)
			assert.NotEmpty(t, got.Why)
		})
	}
}

// Without a Version, or with the older one, a variable is plain text.
func TestOldVersion(t *testing.T) {
	for _, version := range []string{``, `"Version": "2008-10-17",`} {
		p, err := endpoint.ParsePolicy(`{` + version + `"Statement": ` + upon(`"Resource": "arn:aws:s3:::mybucket/${aws:username}"`) + `}`)
		assert.NoError(t, err)
		assert.Equal(t, implicitDeny, p.Evaluate(does("s3:GetObject", "arn:aws:s3:::mybucket/alice")).Effect, pageVersion)
		assert.Equal(t, allowed, p.Evaluate(does("s3:GetObject", "arn:aws:s3:::mybucket/${aws:username}")).Effect, pageVersion)
	}
}

// All operators of AWS's page are among the cases, there are more than enough of these, and each says its
// page once.
func TestCasesAreWhole(t *testing.T) {
	conditions := conditionCases()
	assert.GreaterOrEqual(t, len(conditions)+len(policyCases()), 150)
	seen := make(map[string]bool)
	for _, tt := range conditions {
		assert.NotEmpty(t, tt.page, tt.name)
		assert.False(t, seen[tt.page+tt.name], "twice: %s", tt.name)
		seen[tt.page+tt.name] = true
	}
	for _, tt := range policyCases() {
		assert.NotEmpty(t, tt.page, tt.name)
		assert.False(t, seen[tt.page+tt.name], "twice: %s", tt.name)
		seen[tt.page+tt.name] = true
	}
	operators := []string{
		"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
		"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
		"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
		"Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null",
	}
	for _, op := range operators {
		var wants []endpoint.Effect
		for _, tt := range conditions {
			if strings.Contains(tt.condition, `"`+op+`"`) {
				wants = append(wants, tt.want)
			}
		}
		assert.Contains(t, wants, met, op)
		assert.Contains(t, wants, unmet, op)
	}
}
