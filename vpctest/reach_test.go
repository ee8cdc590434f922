package vpctest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpctest"
)

// The ways through the shop, as a failure shows them.
const (
	sshHops = `web -> db tcp/22: request dropped at security group db-sg: ENI_SG_RULES_MISMATCH

request  tcp 10.0.1.10:49152 > 10.0.2.10:22 SYN
 1  network interface  web-eni          out  leaves
 2  security group     web-sg           out  all to 0.0.0.0/0
 3  network ACL        app-default-acl  out  100 allow all to 0.0.0.0/0
 4  route table        front-rtb             10.0.0.0/16 -> local
 5  network ACL        app-default-acl  in   100 allow all from 0.0.0.0/0
 6  security group     db-sg            in   no rule allows tcp/22: ENI_SG_RULES_MISMATCH`

	outHops = `db -> internet tcp/443: request dropped at route table app-main-rtb: NO_ROUTE_TO_DESTINATION

request  tcp 10.0.2.10:49152 > 203.0.113.10:443 SYN
 1  network interface  db-eni           out  leaves
 2  security group     db-sg            out  all to 0.0.0.0/0
 3  network ACL        app-default-acl  out  100 allow all to 0.0.0.0/0
 4  route table        app-main-rtb          no route to 203.0.113.10, main route table:
                                               NO_ROUTE_TO_DESTINATION`

	webHops = `internet -> web tcp/443: works

request  tcp 203.0.113.10:49152 > 198.51.100.1:443 SYN
 1  internet gateway   igw                  destination 198.51.100.1 -> 10.0.1.10
 2  network ACL        app-default-acl  in  100 allow all from 0.0.0.0/0
 3  security group     web-sg           in  tcp/443 from 0.0.0.0/0
 4  network interface  web-eni          in  arrives

reply    tcp 10.0.1.10:443 > 203.0.113.10:49152 SYN|ACK
 1  network interface  web-eni          out  leaves
 2  security group     web-sg           out  all to 0.0.0.0/0
 3  network ACL        app-default-acl  out  100 allow all to 0.0.0.0/0
 4  route table        front-rtb             0.0.0.0/0 -> igw
 5  internet gateway   igw                   source 10.0.1.10 -> 198.51.100.1
 6  internet           internet              arrives`

	noSuchName = `packetwalk: probe from "internet" to "wbe", "tcp/443": destination: not found: want the ID of an instance, a network ` +
		`interface, a NAT gateway, an endpoint or a prefix list, an IP address, a DNS name, or "internet"`
)

// question is what Reach and Block ask.
type question struct{ from, to, service string }

func TestReach(t *testing.T) {
	n := build(t, shop())
	for _, tt := range []struct {
		name string
		q    question
		want []string // errors
	}{
		{"passes where the connection works", question{"internet", "web", "tcp/443"}, nil},
		{"passes where nothing answers what arrives", question{"web", "internet", "icmp/echo-reply"}, nil},
		{"fails with the hops", question{"web", "db", "tcp/22"}, []string{"should work, and does not: " + sshHops}},
		{"fails where a name does not exist", question{"internet", "wbe", "tcp/443"}, []string{noSuchName}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			f := vpctest.Reach(&r, n, tt.q.from, tt.q.to, tt.q.service)
			r.check(t, told{Errors: tt.want})
			assert.Equal(t, tt.want == nil, f.OK())
		})
	}
}

func TestBlock(t *testing.T) {
	n := build(t, shop())
	ssh, web := question{"web", "db", "tcp/22"}, question{"internet", "web", "tcp/443"}
	for _, tt := range []struct {
		name string
		q    question
		code trace.Code
		want []string // errors
	}{
		{"passes where the code blocks", ssh, trace.ENISGRulesMismatch, nil},
		{"passes for a code of the routes", question{"db", "internet", "tcp/443"}, trace.NoRouteToDestination, nil},
		{"fails with the hops where another code blocks", ssh, trace.SubnetACLRestriction,
			[]string{"should be blocked by SUBNET_ACL_RESTRICTION, and is blocked by ENI_SG_RULES_MISMATCH: " + sshHops}},
		{"fails with the hops where the connection works", web, trace.ENISGRulesMismatch,
			[]string{"should be blocked by ENI_SG_RULES_MISMATCH, and works: " + webHops}},
		{"NoCode fails where something blocks", ssh, trace.NoCode,
			[]string{"Block wants the code that blocks, such as trace.ENISGRulesMismatch, and was given none: " + sshHops}},
		{"NoCode fails where the connection works", web, trace.NoCode,
			[]string{"Block wants the code that blocks, such as trace.ENISGRulesMismatch, and was given none: " + webHops}},
		{"a number that is no code fails", ssh, 200,
			[]string{"should be blocked by Code(200), and is blocked by ENI_SG_RULES_MISMATCH: " + sshHops}},
		{"fails where a name does not exist", question{"internet", "wbe", "tcp/443"}, trace.NoPath, []string{noSuchName}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			vpctest.Block(&r, n, tt.q.from, tt.q.to, tt.q.service, tt.code)
			r.check(t, told{Errors: tt.want})
		})
	}
}

// The reply counts: here the request arrives, and an ACL without an entry for the caller's port stops the
// answer.
func TestBlockOfTheReply(t *testing.T) {
	n := build(t, shopWithoutReplies())
	var r recorder
	f := vpctest.Block(&r, n, "internet", "web", "tcp/443", trace.SubnetACLRestriction)
	r.check(t, told{})
	assert.True(t, f.Verdict().Reply)

	vpctest.Reach(&r, n, "internet", "web", "tcp/443")
	assert.Len(t, r.errors, 1)
}

// What is asked can be looked at further.
func TestGivesTheFlow(t *testing.T) {
	n := build(t, shop())
	var r recorder
	for _, f := range []packetwalk.Flow{
		vpctest.Reach(&r, n, "web", "db", "tcp/22"),
		vpctest.Block(&r, n, "web", "db", "tcp/22", trace.ENISGRulesMismatch),
	} {
		assert.Equal(t, "web -> db tcp/22: request dropped at security group db-sg: ENI_SG_RULES_MISMATCH", f.String())
	}
}

// Build has failed before, and its caller went on: that ends in words, not in a panic.
func TestNoNetwork(t *testing.T) {
	for _, tt := range []struct {
		name string
		call func(vpctest.TB)
	}{
		{"Reach", func(t vpctest.TB) { vpctest.Reach(t, nil, "web", "db", "tcp/22") }},
		{"Block", func(t vpctest.TB) { vpctest.Block(t, nil, "web", "db", "tcp/22", trace.NoPath) }},
		{"Matrix", func(t vpctest.TB) { vpctest.Matrix(t, nil, "db tcp/22\nweb  yes") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			tt.call(&r)
			r.check(t, told{Fatal: []string{"no network: want one that Build made"}})
		})
	}
}
