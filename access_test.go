package packetwalk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/trace"
)

// A policy with one statement.
func policy(statement string) string {
	return `{"Version": "2012-10-17", "Statement": [{` + statement + `}]}`
}

// Who asks, in the account of the VPCs and in another one.
const (
	aRole     = "arn:aws:iam::123456789012:role/web"
	aStranger = "arn:aws:iam::111122223333:role/web"
)

// accessCase is one request and what becomes of it: who says no, and what the reason has in it.
type accessCase struct {
	name    string
	given   func(*packetwalk.Builder)
	from    string
	request packetwalk.Request
	by      packetwalk.Refusal
	why     string
}

func runAccess(t *testing.T, cases []accessCase) {
	t.Helper()
	statuses := map[packetwalk.Refusal]int{packetwalk.NotRefused: 200, packetwalk.ByEndpointPolicy: 403, packetwalk.ByResourcePolicy: 403}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := networkOf(t, c.given).Access(c.from, c.request)
			require.NoError(t, err)
			assert.Equal(t, c.by, a.DeniedBy(), "%+v", a)
			assert.Equal(t, c.by == packetwalk.NotRefused, a.OK())
			assert.Equal(t, statuses[c.by], a.Status())
			assert.Contains(t, a.Why(), c.why)
			assert.Equal(t, c.by == packetwalk.ByNetwork, !a.Flow.OK() || strings.Contains(a.Why(), "which is not"), "%v", a.Flow)
		})
	}
}

// get reads an object of a bucket.
func get(bucket string) packetwalk.Request {
	return packetwalk.Request{Principal: aRole, Action: "s3:GetObject", Resource: "arn:aws:s3:::" + bucket + "/key"}
}

// bucketBehind: instance "i" in an isolated subnet, S3 by gateway endpoint "vpce-s3" with this policy, and
// the bucket "logs" with that.
func bucketBehind(endpointPolicy, bucketPolicy string) func(*packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v, s := isolated(b)
		v.GatewayEndpoint("vpce-s3", "com.amazonaws.us-east-1.s3", s).Policy(endpointPolicy)
		b.Bucket("logs").Policy(bucketPolicy)
	}
}

// natted: instance "i" behind NAT gateway "nat" with the public address 198.51.100.2, and "front" with
// 198.51.100.1; and the bucket "logs" with this policy.
func natted(bucketPolicy string) func(*packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		public, _ := natGateway(b)
		public.Instance("front").PublicIP()
		b.Bucket("logs").Policy(bucketPolicy)
	}
}

// The deny that AWS's page on policies for S3 endpoints has: all but one endpoint is kept out (F7.008).
var onlyMyEndpoint = policy(`"Sid": "OnlyMyEndpoint", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
	"Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"], "Condition": {"StringNotEquals": {"aws:sourceVpce": "vpce-s3"}}`)

// allowIf is a policy of the bucket "logs" that lets everybody read, on a condition.
func allowIf(condition string) string {
	return policy(`"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*", "Condition": {` + condition + `}`)
}

// as gives the request another principal.
func as(who string, r packetwalk.Request) packetwalk.Request {
	r.Principal = who
	return r
}

func TestAccess(t *testing.T) {
	someBuckets := policy(`"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]`)
	withOther := func(b *packetwalk.Builder) {
		bucketBehind(someBuckets, "")(b)
		b.Bucket("private-photos")
	}
	runAccess(t, []accessCase{
		{"F7.007 without a policy the endpoint allows all", bucketBehind("", ""), "i", get("logs"), packetwalk.NotRefused, ""},
		{"item 93 a bucket that the endpoint's policy names", withOther, "i", get("logs"), packetwalk.NotRefused, ""},
		{"item 93 another bucket: the network lets it by, and AWS says 403", withOther, "i", get("private-photos"),
			packetwalk.ByEndpointPolicy, "the policy of endpoint vpce-s3: no statement allows s3:GetObject on arn:aws:s3:::private-photos/key"},

		{"item 95 by the endpoint", bucketBehind("", onlyMyEndpoint), "i", get("logs"), packetwalk.NotRefused, ""},
		{"item 95 by a NAT gateway", natted(onlyMyEndpoint), "i", get("logs"), packetwalk.ByResourcePolicy,
			`the policy of bucket logs: statement 1 "OnlyMyEndpoint" denies`},
		{"item 95 from the internet", bucketBehind("", onlyMyEndpoint), "internet", get("logs"), packetwalk.ByResourcePolicy, "OnlyMyEndpoint"},
		{"item 95 implicit deny for the rest", natted(allowIf(`"StringEquals": {"aws:SourceVpce": "vpce-s3"}`)), "i", as(endpoint.Anonymous, get("logs")),
			packetwalk.ByResourcePolicy, "it has to allow: nobody signed the request"},

		{"F7.008 aws:SourceVpc", bucketBehind("", allowIf(`"StringEquals": {"aws:SourceVpc": "vpc"}`)), "i", as(aStranger, get("logs")), packetwalk.NotRefused, ""},
		{"F7.008 aws:SourceVpc of another VPC", bucketBehind("", allowIf(`"StringEquals": {"aws:SourceVpc": "vpc-2"}`)), "i", as(aStranger, get("logs")),
			packetwalk.ByResourcePolicy, "no statement allows"},
		{"F7.008 aws:VpcSourceIp", bucketBehind("", allowIf(`"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/24"}`)), "i", as(aStranger, get("logs")), packetwalk.NotRefused, ""},
		{"F7.004 aws:SourceIp is not there behind an endpoint", bucketBehind("", allowIf(`"IpAddress": {"aws:SourceIp": "10.0.0.0/24"}`)), "i", as(aStranger, get("logs")),
			packetwalk.ByResourcePolicy, "no statement allows"},
		{"F7.004 and aws:VpcSourceIp not without one", natted(allowIf(`"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/8"}`)), "i", as(aStranger, get("logs")),
			packetwalk.ByResourcePolicy, "no statement allows"},
		{"F4.201 aws:SourceIp is the NAT gateway's", natted(allowIf(`"IpAddress": {"aws:SourceIp": "198.51.100.2"}`)), "i", as(aStranger, get("logs")), packetwalk.NotRefused, ""},
		{"F4.002 aws:SourceIp is the instance's public one", natted(allowIf(`"IpAddress": {"aws:SourceIp": "198.51.100.1"}`)), "front", as(aStranger, get("logs")),
			packetwalk.NotRefused, ""},
	})
}

// TestAccessAccounts holds who has to allow to AWS's pages: inside one account either the identity's policy
// or the bucket's (reference_policies_evaluation-logic_policy-eval-basics), across accounts both
// (reference_policies_evaluation-logic-cross-account).
func TestAccessAccounts(t *testing.T) {
	theirs := func(account string) string {
		return policy(`"Effect": "Allow", "Principal": {"AWS": "` + account + `"}, "Action": "s3:*", "Resource": "arn:aws:s3:::logs/*"`)
	}
	key := packetwalk.Request{Principal: aRole, Action: "kms:Decrypt", Resource: "arn:aws:kms:us-east-1:123456789012:key/k"}
	keyOpen := key
	keyOpen.ResourcePolicy = policy(`"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"`)
	queue := packetwalk.Request{Principal: aRole, Action: "sqs:SendMessage", Resource: "arn:aws:sqs:us-east-1:123456789012:q"}
	queueShut := queue
	queueShut.ResourcePolicy = policy(`"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*"`)
	foreign := queue
	foreign.Resource = "arn:aws:sqs:us-east-1:111122223333:q"
	nobody := get("logs")
	nobody.Principal = ""
	list := packetwalk.Request{Action: "s3:ListAllMyBuckets", Resource: "*"}
	forRole := policy(`"Effect": "Deny", "NotPrincipal": {"AWS": ["` + aRole + `", "123456789012"]}, "Action": "s3:*", "Resource": "arn:aws:s3:::logs/*"`)
	runAccess(t, []accessCase{
		{"one account: the bucket need not allow", natted(theirs("111122223333")), "i", get("logs"), packetwalk.NotRefused, ""},
		{"another account: without a policy", natted(""), "i", as(aStranger, get("logs")), packetwalk.ByResourcePolicy,
			"there is no policy; it has to allow: account 111122223333 asks, and 123456789012 owns it"},
		{"another account: allowed by its number", natted(theirs("111122223333")), "i", as(aStranger, get("logs")), packetwalk.NotRefused, ""},
		{"a bucket that nobody described", natted(""), "i", get("unknown-bucket"), packetwalk.CannotTell, "the Config does not have the bucket"},
		{"no bucket at all", natted(""), "i", list, packetwalk.NotRefused, ""},
		{"no bucket at all, and not signed", natted(""), "i", as(endpoint.Anonymous, list), packetwalk.CannotTell, "nobody signed the request"},
		{"no bucket at all, from outside", natted(""), "internet", list, packetwalk.CannotTell, "nobody signed the request"},
		{"a key has to allow", natted(""), "i", key, packetwalk.CannotTell, "the policy of the resource is not known, and has to allow"},
		{"a key that does", natted(""), "i", keyOpen, packetwalk.NotRefused, ""},
		{"a queue of the account", natted(""), "i", queue, packetwalk.NotRefused, ""},
		{"a queue that denies", natted(""), "i", queueShut, packetwalk.ByResourcePolicy, "statement 1 denies"},
		{"a queue of another account", natted(""), "i", foreign, packetwalk.CannotTell, "account 123456789012 asks, and 111122223333 owns it"},
		{"nobody says which role", natted(forRole), "i", nobody, packetwalk.CannotTell, "may deny"},
		{"the role that is spared", natted(forRole), "i", get("logs"), packetwalk.NotRefused, ""},
		{"an unknown key", natted(policy(`"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::logs/*",
			"Condition": {"StringNotEquals": {"s3:ExistingObjectTag/team": "web"}}`)), "i", get("logs"), packetwalk.CannotTell, "may deny"},
	})
}

// TestAccessOfInterfaceEndpoints: a policy there is one like that of gateway endpoints, where the service
// takes one.
func TestAccessOfInterfaceEndpoints(t *testing.T) {
	by := func(service, policy string) func(*packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v, s := isolated(b)
			v.DNS(true, true).InterfaceEndpoint("vpce-1", "com.amazonaws.us-east-1."+service, s).PrivateDNS().Allow("tcp/443", v).Policy(policy)
		}
	}
	send := packetwalk.Request{Action: "sqs:SendMessage", Resource: "arn:aws:sqs:us-east-1:123456789012:q"}
	mesh := packetwalk.Request{
		Action: "appmesh:StreamAggregatedResources", Service: "appmesh-envoy-management", Resource: "arn:aws:appmesh:us-east-1:123456789012:mesh/m",
	}
	receive := policy(`"Effect": "Allow", "Principal": "*", "Action": "sqs:ReceiveMessage", "Resource": "*"`)
	runAccess(t, []accessCase{
		{"item 105 the endpoint's policy does not allow", by("sqs", receive), "i", send, packetwalk.ByEndpointPolicy,
			"the policy of endpoint vpce-1: no statement allows sqs:SendMessage"},
		{"F7.113 without a policy all is allowed", by("sqs", ""), "i", send, packetwalk.NotRefused, ""},
	})
	t.Run("F7.113 a service that takes no policy has none to ask", func(t *testing.T) {
		a, err := networkOf(t, by("appmesh-envoy-management", "")).Access("i", mesh)
		require.NoError(t, err)
		assert.True(t, a.OK())
		assert.Equal(t, "vpce-1", a.Endpoint)
		assert.Nil(t, a.EndpointPolicy)
	})
}

// TestAccessByNetwork: what does not arrive gets no answer, whatever the policies say.
func TestAccessByNetwork(t *testing.T) {
	abroad := func(b *packetwalk.Builder) {
		bucketBehind("", "")(b)
		b.Bucket("far").Region("eu-west-1")
	}
	noDNS := func(b *packetwalk.Builder) {
		v, s := isolated(b)
		v.DNS(false, false).GatewayEndpoint("vpce-s3", "com.amazonaws.us-east-1.s3", s)
		b.Bucket("logs")
	}
	here := get("far")
	here.Region = "us-east-1"
	queue := packetwalk.Request{Action: "sqs:SendMessage", Resource: "arn:aws:sqs:eu-west-1:123456789012:q", Region: "us-east-1"}
	runAccess(t, []accessCase{
		{"F7.003 a bucket of another Region", abroad, "i", get("far"), packetwalk.ByNetwork, "NO_ROUTE_TO_DESTINATION"},
		{"item 94 the endpoint has no buckets of another Region", abroad, "i", here, packetwalk.ByNetwork,
			"far.s3.us-east-1.amazonaws.com is s3 in us-east-1, which is not where arn:aws:s3:::far/key is: eu-west-1"},
		{"item 94 nor has a Region the queues of another one", natted(""), "i", queue, packetwalk.ByNetwork,
			"which is not where arn:aws:sqs:eu-west-1:123456789012:q is: eu-west-1"},
		{"F9.302 no resolver", noDNS, "i", get("logs"), packetwalk.ByNetwork, "the name can't be looked up at 10.0.0.2"},
		{"F7.010 S3 by its endpoint needs the resolver", bucketBehind("", ""), "i", get("logs"), packetwalk.NotRefused, ""},
	})
	t.Run("F7.003 by the NAT gateway, past the endpoint of this Region", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) {
			v, igw := world(b)
			pub := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw)
			s := v.Subnet("priv", "10.0.1.0/24").Route(everywhere, pub.NAT("nat"))
			s.Instance("i")
			v.GatewayEndpoint("vpce-s3", "com.amazonaws.us-east-1.s3", s)
			b.Bucket("near")
			b.Bucket("far").Region("eu-west-1")
		})
		near, err := n.Access("i", get("near"))
		require.NoError(t, err)
		assert.Equal(t, "vpce-s3", near.Endpoint)
		assert.Equal(t, "near.s3.us-east-1.amazonaws.com", near.Request.Host)
		far, err := n.Access("i", get("far"))
		require.NoError(t, err)
		assert.Empty(t, far.Endpoint)
		assert.Nil(t, far.EndpointPolicy)
		assert.Equal(t, packetwalk.Way{Stage: trace.StageNATGateway, ID: "nat"}, far.Flow.Way())
		assert.Equal(t, "far.s3.eu-west-1.amazonaws.com", far.Request.Host)
	})
}

// A name of one's own may lead elsewhere than to AWS.
func TestAccessAstray(t *testing.T) {
	b := packetwalk.New()
	v, s := isolated(b)
	v.DNS(true, true)
	s.Instance("mirror").PrivateIP("10.0.0.99").Allow("tcp/443", v)
	b.Bucket("logs")
	b.HostedZone("zone", "s3.us-east-1.amazonaws.com").Private().Associate(v).Record("logs.s3.us-east-1.amazonaws.com", dns.A, "10.0.0.99")
	n := mustNetwork(t, b)

	a, err := n.Access("i", get("logs"))
	require.NoError(t, err)
	assert.Equal(t, packetwalk.ByNetwork, a.DeniedBy())
	assert.Equal(t, "logs.s3.us-east-1.amazonaws.com leads to mirror-eni, which is not com.amazonaws.us-east-1.s3", a.Why())

	b.Bucket("other-logs")
	a, err = mustNetwork(t, b).Access("i", get("other-logs"))
	require.NoError(t, err)
	assert.Equal(t, packetwalk.ByNetwork, a.DeniedBy())
	assert.Equal(t, "other-logs.s3.us-east-1.amazonaws.com leads to no address: NXDOMAIN", a.Why())
	assert.Contains(t, a.String(), "no answer: other-logs")
}

// Inside one account the bucket's policy need not allow, so that it is no refusal when it does not: the story
// must not sound like one.
func TestAccessStory(t *testing.T) {
	n := networkOf(t, bucketBehind("", allowIf(`"StringEquals": {"aws:SourceVpc": "vpc-2"}`)))
	for _, c := range []struct {
		name, who, want string
		ok              bool
	}{
		{"who is of the account", aRole, "resource policy  no statement denies, and it need not allow\n", true},
		{"who is not", aStranger, "resource policy  no statement allows s3:GetObject on arn:aws:s3:::logs/key", false},
	} {
		a, err := n.Access("i", as(c.who, get("logs")))
		require.NoError(t, err, c.name)
		assert.Equal(t, c.ok, a.OK(), c.name)
		assert.Equal(t, endpoint.ImplicitDeny, a.ResourcePolicy.Effect, c.name)
		assert.Contains(t, fmt.Sprintf("%+v", a), c.want, c.name)
	}
}

// TestAccessBehindNAT: what a NAT gateway sends by its subnet's table goes by the endpoint there (F7.002).
// Its policy is asked, and the service is told of it and of the private address (F7.004).
func TestAccessBehindNAT(t *testing.T) {
	behind := func(endpointPolicy, bucketPolicy string) func(*packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v, igw := world(b)
			pub := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw)
			v.Subnet("priv", "10.0.1.0/24").Route(everywhere, pub.NAT("nat")).Instance("i")
			v.GatewayEndpoint("vpce-s3", "com.amazonaws.us-east-1.s3", pub).Policy(endpointPolicy)
			b.Bucket("logs").Policy(bucketPolicy)
		}
	}
	none := policy(`"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"`)
	runAccess(t, []accessCase{
		{"item 93 the endpoint behind the NAT gateway denies", behind(none, ""), "i", get("logs"), packetwalk.ByEndpointPolicy,
			"the policy of endpoint vpce-s3: statement 1 denies"},
		{"item 95 the bucket wants that endpoint", behind("", onlyMyEndpoint), "i", get("logs"), packetwalk.NotRefused, ""},
		{"F7.004 the private address is the NAT gateway's", behind("", allowIf(`"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/24"}`)), "i",
			as(aStranger, get("logs")), packetwalk.NotRefused, ""},
	})
	a, err := networkOf(t, behind("", "")).Access("i", get("logs"))
	require.NoError(t, err)
	assert.Equal(t, "vpce-s3", a.Endpoint)
	assert.Contains(t, fmt.Sprintf("%+v", a), "by NAT gateway nat and endpoint vpce-s3")
}

// TestItem97: an application needs no change for an endpoint: it calls the same address.
func TestItem97(t *testing.T) {
	with, err := networkOf(t, bucketBehind("", "")).Access("i", get("logs"))
	require.NoError(t, err)
	without, err := networkOf(t, natted("")).Access("i", get("logs"))
	require.NoError(t, err)
	assert.Equal(t, without.Request.Host, with.Request.Host, "item 97")
	assert.Equal(t, without.Flow.Forward.Sent.Dst, with.Flow.Forward.Sent.Dst, "item 97")
	assert.True(t, without.Flow.Via("nat") && !without.Flow.Via("vpce-s3"), "item 117")
	assert.True(t, with.Flow.Via("vpce-s3") && !with.Flow.Via("nat"), "item 117")
}

// TestItem98: the role needs permissions of its own; nobody evaluates them here, and the result says so.
func TestItem98(t *testing.T) {
	a, err := networkOf(t, bucketBehind("", "")).Access("i", get("logs"))
	require.NoError(t, err)
	assert.True(t, a.OK())
	assert.Contains(t, a.NotEvaluated, "the policies of who asks, and their boundaries: taken to allow", "item 98")
}

// aws:SecureTransport is false without TLS, the most common condition of all bucket policies.
func TestAccessPlainHTTP(t *testing.T) {
	n := networkOf(t, natted(policy(`"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::logs/*",
		"Condition": {"Bool": {"aws:SecureTransport": "false"}}`)))
	r := get("logs")
	for plain, want := range map[bool]packetwalk.Refusal{false: packetwalk.NotRefused, true: packetwalk.ByResourcePolicy} {
		r.PlainHTTP = plain
		a, err := n.Access("i", r)
		require.NoError(t, err)
		assert.Equal(t, want, a.DeniedBy(), "%v", a)
	}
}

// TestAccessHosts holds where a request goes to AWS's pages of endpoints
// (https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html). IAM has one for all Regions,
// and actions of some services begin with another word than their names.
func TestAccessHosts(t *testing.T) {
	n := networkOf(t, natted(""))
	for _, tt := range []struct{ action, host, want string }{
		{"iam:GetUser", "", "iam.amazonaws.com"},
		{"iam:GetUser", "iam.amazonaws.com", "iam.amazonaws.com"},
		{"route53:ListHostedZones", "", "route53.amazonaws.com"},
		{"ses:SendEmail", "", "email.us-east-1.amazonaws.com"},
		{"tag:GetResources", "", "tagging.us-east-1.amazonaws.com"},
		{"cloudwatch:PutMetricData", "", "monitoring.us-east-1.amazonaws.com"},
		{"sts:GetCallerIdentity", "", "sts.us-east-1.amazonaws.com"},
	} {
		a, err := n.Access("i", packetwalk.Request{Action: tt.action, Resource: "*", Host: tt.host})
		require.NoError(t, err)
		assert.Equal(t, tt.want, a.Request.Host, tt.action)
		assert.True(t, a.OK(), "%v", a)
	}
}

// What can't be asked is refused, with all its mistakes.
func TestAccessMistakes(t *testing.T) {
	n := networkOf(t, natted(""))
	for _, tt := range []struct {
		name    string
		from    string
		request packetwalk.Request
		want    string
	}{
		{"nobody", "j", get("logs"), "origin: not found"},
		{"nothing", "i", packetwalk.Request{}, `Action "": want one action, such as s3:GetObject`},
		{"nothing at all", "i", packetwalk.Request{}, `Resource "": want the ARN of one`},
		{"several actions", "i", packetwalk.Request{Action: "s3:Get*", Resource: "*"}, `Action "s3:Get*": want one action`},
		{"no ARN", "i", packetwalk.Request{Action: "s3:GetObject", Resource: "logs/key"}, `Resource "logs/key": want the ARN`},
		{"F7.008 an object without a key", "i", packetwalk.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::logs"},
			`Resource "arn:aws:s3:::logs": want the ARN of an object, such as arn:aws:s3:::logs/key, for s3:GetObject`},
		{"F7.008 a list of a key", "i", packetwalk.Request{Action: "s3:ListBucket", Resource: "arn:aws:s3:::logs/2026"},
			`want the ARN of the bucket, arn:aws:s3:::logs, for s3:ListBucket, and s3:prefix in Context`},
		{"no principal", "i", as("web", get("logs")), `Principal "web": want the ARN of a role`},
		{"what the way decides", "i", packetwalk.Request{Action: "s3:GetObject", Resource: "*", Context: map[string][]string{"aws:SourceVPCE": {"vpce-s3"}}},
			`Context "aws:SourceVPCE": it follows from the way`},
		{"a name that nobody can know", "i", packetwalk.Request{Action: "execute-api:Invoke", Resource: "*"}, `Host "": want the name that is called`},
		{"no Region", "i", packetwalk.Request{Action: "sqs:SendMessage", Resource: "*", Region: "Ireland"}, `in Region "Ireland": want`},
		{"no host", "i", packetwalk.Request{Action: "sqs:SendMessage", Resource: "*", Host: "10.0.0.4"}, `Host "10.0.0.4": want a DNS name`},
		{"another service than the action's", "i", packetwalk.Request{Action: "sqs:SendMessage", Resource: "*", Host: "s3.us-east-1.amazonaws.com"},
			`Action "sqs:SendMessage": want one of service s3, which is called`},
		{"S3 of another service", "i", packetwalk.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/key", Service: "sqs"},
			`Action "s3:GetObject": want one of service sqs`},
		{"no policy", "i", packetwalk.Request{Action: "sqs:SendMessage", Resource: "*", ResourcePolicy: "{}"}, "Policy.Statement"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := n.Access(tt.from, tt.request)
			require.ErrorContains(t, err, tt.want)
			assert.Equal(t, packetwalk.Access{}, a)
		})
	}
}
