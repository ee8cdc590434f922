package vpctest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/vpctest"
)

// lake: "job" behind NAT gateway "nat" with an S3 endpoint "vpce-s3" that lets by the bucket "data" alone,
// and "data", "other" and "shut", whose policy denies everybody.
func lake() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("lake", "10.0.0.0/16")
	nat := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
	back := v.Subnet("back", "10.0.2.0/24").Route("0.0.0.0/0", nat)
	back.Instance("job").PrivateIP("10.0.2.10")
	v.GatewayEndpoint("vpce-s3", "com.amazonaws.us-east-1.s3", back).Policy(`{"Statement": [
		{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::data/*", "arn:aws:s3:::shut/*"]}]}`)
	b.Bucket("data")
	b.Bucket("other")
	b.Bucket("shut").Policy(`{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::shut/*"}]}`)
	return b
}

func get(bucket string) packetwalk.Request {
	return packetwalk.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::" + bucket + "/key"}
}

func TestVia(t *testing.T) {
	n := build(t, lake())
	for _, tt := range []struct {
		name, to, id string
		starts       string // of the error
	}{
		{"by the endpoint", "s3.us-east-1.amazonaws.com", "vpce-s3", ""},
		{"item 117 by the NAT gateway", "s3.us-east-1.amazonaws.com", "nat",
			"should go by nat, and goes by gateway endpoint vpce-s3: job -> s3.us-east-1.amazonaws.com tcp/443: works\n\nlookup   s3.us-east-1"},
		{"by no gateway", "job", "nat", "should go by nat, and goes by no gateway: job -> job tcp/443: works"},
		{"not at all", "10.0.1.77", "nat", "should work by nat, and does not: job -> 10.0.1.77 tcp/443: request dropped at"},
		{"a name that is none", "jbo", "nat", `packetwalk: probe from "job" to "jbo", "tcp/443": destination: not found`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			vpctest.Via(&r, n, "job", tt.to, "tcp/443", tt.id)
			checkStart(t, &r, tt.starts)
		})
	}
}

// checkStart wants one error that begins so, or none.
func checkStart(t *testing.T, r *recorder, starts string) {
	t.Helper()
	assert.Empty(t, r.blamed)
	assert.Empty(t, r.fatal)
	if starts == "" {
		assert.Empty(t, r.errors)
		return
	}
	if assert.Len(t, r.errors, 1) {
		assert.Equal(t, starts, r.errors[0][:min(len(starts), len(r.errors[0]))])
	}
}

// What a check lacks is reported by a table of all that it needs.
func ExamplePasses() {
	var t printer
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16").DNS(true, true)
	s := v.Subnet("back", "10.0.1.0/24")
	s.Instance("job").PrivateIP("10.0.1.10")
	v.GatewayEndpoint("vpce-s3", "com.amazonaws.us-east-1.s3", s)
	v.InterfaceEndpoint("vpce-dkr", "com.amazonaws.us-east-1.ecr.dkr", s).PrivateDNS().Allow("tcp/443", v)

	vpctest.Passes(t, vpctest.Build(t, b), "job", packetwalk.ECRPull)
	// Output:
	// FAIL: should pass, and does not: job: ECR pull: ecr.api is missing
	//
	//   ecr.api  tcp/443  52.94.244.46  no
	//       api.ecr.us-east-1.amazonaws.com leads to a public address, and no route of app-main-rtb goes there:
	//       NO_ROUTE_TO_DESTINATION; want an interface endpoint for com.amazonaws.us-east-1.ecr.api with private
	//       DNS, or a NAT gateway
	//   ecr.dkr  tcp/443  10.0.1.4      works  interface endpoint vpce-dkr
	//   s3       tcp/443  3.5.0.1       works  gateway endpoint vpce-s3
}

func TestPasses(t *testing.T) {
	var r recorder
	n := build(t, shop())
	assert.True(t, vpctest.Passes(&r, n, "web", packetwalk.SessionManager).OK())
	r.check(t, told{})

	assert.False(t, vpctest.Passes(&r, n, "db", packetwalk.S3).OK())
	r.check(t, told{Errors: []string{`should pass, and does not: db: S3: s3 is missing

  s3  tcp/443  3.5.0.1  no
      s3.us-east-1.amazonaws.com leads to a public address, and no route of app-main-rtb goes there:
      NO_ROUTE_TO_DESTINATION; want a gateway endpoint for com.amazonaws.us-east-1.s3, or a NAT gateway`}})

	r = recorder{}
	vpctest.Passes(&r, n, "bd", packetwalk.S3)
	checkStart(t, &r, `packetwalk: check "S3" from "bd": origin: not found`)

	r = recorder{}
	vpctest.Passes(&r, n, "web", packetwalk.Check{Name: "mine"})
	checkStart(t, &r, `Passes wants a check with needs, such as packetwalk.SessionManager, and "mine" has none`)
}

func TestAllowAndDeny(t *testing.T) {
	n := build(t, lake())
	for _, tt := range []struct {
		name   string
		call   func(t vpctest.TB)
		starts string // of the error
	}{
		{"allowed", func(t vpctest.TB) { vpctest.Allow(t, n, "job", get("data")) }, ""},
		{"not allowed", func(t vpctest.TB) { vpctest.Allow(t, n, "job", get("other")) },
			"should be allowed, and is not: job: s3:GetObject on arn:aws:s3:::other/key: 403 by endpoint policy\n\nwho "},
		{"not to be told", func(t vpctest.TB) { vpctest.Allow(t, n, "internet", get("nobodys")) },
			"should be allowed, and is not: internet: s3:GetObject on arn:aws:s3:::nobodys/key: can't be told\n"},
		{"refused by the endpoint", func(t vpctest.TB) { vpctest.Deny(t, n, "job", get("other"), packetwalk.ByEndpointPolicy) }, ""},
		{"refused by the bucket", func(t vpctest.TB) { vpctest.Deny(t, n, "job", get("shut"), packetwalk.ByResourcePolicy) }, ""},
		{"refused by another", func(t vpctest.TB) { vpctest.Deny(t, n, "job", get("shut"), packetwalk.ByEndpointPolicy) },
			"should be refused by endpoint policy, and is by resource policy: job: s3:GetObject on arn:aws:s3:::shut/key: 403 by resource policy\n"},
		{"not refused", func(t vpctest.TB) { vpctest.Deny(t, n, "job", get("data"), packetwalk.ByNetwork) },
			"should be refused by network, and is allowed: job: s3:GetObject on arn:aws:s3:::data/key: allowed"},
		{"refused by whom", func(t vpctest.TB) { vpctest.Deny(t, n, "job", get("shut"), packetwalk.NotRefused) },
			"Deny wants who refuses, such as packetwalk.ByResourcePolicy, and was given nobody: job: "},
		{"nobody asks", func(t vpctest.TB) { vpctest.Allow(t, n, "jbo", get("data")) }, `packetwalk: access from "jbo": s3:GetObject`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			tt.call(&r)
			checkStart(t, &r, tt.starts)
		})
	}
}

func TestNoNetworkToAccess(t *testing.T) {
	for name, call := range map[string]func(vpctest.TB){
		"Via":    func(t vpctest.TB) { vpctest.Via(t, nil, "web", "db", "tcp/22", "nat") },
		"Passes": func(t vpctest.TB) { vpctest.Passes(t, nil, "web", packetwalk.S3) },
		"Allow":  func(t vpctest.TB) { vpctest.Allow(t, nil, "web", get("data")) },
		"Deny":   func(t vpctest.TB) { vpctest.Deny(t, nil, "web", get("data"), packetwalk.ByNetwork) },
	} {
		t.Run(name, func(t *testing.T) {
			var r recorder
			call(&r)
			r.check(t, told{Fatal: []string{"no network: want one that Build made"}})
		})
	}
}
