package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// These are the four mistakes that tools which judge a VPC network make most often. Each test is a network on
// which such a tool says yes, and AWS says no, or the other way round.

// TestOthersIgnoreACLs: the groups and the routes agree, and an ACL does not.
func TestOthersIgnoreACLs(t *testing.T) {
	given := func(in, out bool) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v := b.VPC("vpc", "10.0.0.0/16")
			v.Subnet("apps", "10.0.0.0/24").Instance("app")
			s := v.Subnet("dbs", "10.0.1.0/24")
			s.Instance("db").Allow("tcp/5432", v)
			a := v.ACL("acl").For(s)
			if in {
				a.AllowIn(100, "tcp/5432", "10.0.0.0/24")
			}
			if out {
				a.AllowOut(100, ephemeral, "10.0.0.0/24")
			}
		}
	}
	runScenarios(t, []scenario{
		{"F6.005 an ACL without entries denies the request", given(false, false),
			"app", "db", "tcp/5432", atRequest(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"F6.006 an ACL with the request's entry denies the reply", given(true, false),
			"app", "db", "tcp/5432", atReply(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"F6.006 an ACL with both entries lets both by", given(true, true), "app", "db", "tcp/5432", arrives},
	})
}

// TestOthersIgnoreReturnRoutes: the request finds its way, and the reply does not.
func TestOthersIgnoreReturnRoutes(t *testing.T) {
	given := func(back bool) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v, w := pair(b)
			p := b.PeerWithoutRoutes(v, w)
			v.Route("10.1.0.0/16", p)
			if back {
				w.Route("10.0.0.0/16", p)
			}
		}
	}
	runScenarios(t, []scenario{
		{"F8.011 a peering with routes on one side", given(false),
			"ia", "ib", "tcp/443", atReply(trace.StageRouteTable, "b-main-rtb", trace.NoRouteToDestination)},
		{"F8.005 a peering with routes on both sides", given(true), "ia", "ib", "tcp/443", arrives},
		{"F4.003 a public address without a route out", func(b *packetwalk.Builder) { webInMainTable(b) },
			"internet", "web", "tcp/22", atReply(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
	})
}

// TestOthersReadPublicFromAFlag: what makes a subnet public is the route of the table that serves it, and
// nothing else: not what it gives to new instances, not an address, not the absence of a table of its own.
func TestOthersReadPublicFromAFlag(t *testing.T) {
	subnet := func(flag bool) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v, igw := world(b)
			s := v.Subnet("sub", "10.0.0.0/24")
			if flag {
				s.MapPublicIP()
			} else {
				s.Route(everywhere, igw)
			}
			i := s.Instance("i").Allow("tcp/443", packetwalk.Anywhere)
			if !flag {
				i.PublicIP()
			}
		}
	}
	runScenarios(t, []scenario{
		{"F4.003 MapPublicIpOnLaunch without a route", subnet(true),
			"i", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"F3.015 a route without MapPublicIpOnLaunch", subnet(false), "i", "internet", "tcp/443", arrives},
		{"F3.015 and from the internet", subnet(false), "internet", "i", "tcp/443", arrives},
		{"F4.003 a public address without a route", func(b *packetwalk.Builder) { webInMainTable(b) },
			"web", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"F2.013 public by the main table", func(b *packetwalk.Builder) { v, igw := webInMainTable(b); v.Route(everywhere, igw) },
			"internet", "web", "tcp/22", arrives},
		{"F4.004 a route without a public address", func(b *packetwalk.Builder) { hostRoutedAtIGW(b) },
			"i", "internet", "tcp/443", atRequest(trace.StageInternetGateway, "igw", trace.IGWPublicIPAssociationForEgress)},
	})
}

// TestOthersStopAtTheRequest: the request is delivered, and the connection does not work.
func TestOthersStopAtTheRequest(t *testing.T) {
	cases := []struct {
		name     string
		given    func(b *packetwalk.Builder)
		from, to string
		service  string
	}{
		{"F4.003 the reply has no route", func(b *packetwalk.Builder) { webInMainTable(b) }, "internet", "web", "tcp/22"},
		{"F6.006 an ACL denies the reply", func(b *packetwalk.Builder) { peerACL(b) }, "peer", "i", "tcp/22"},
		{"F8.011 the peer has no route back", func(b *packetwalk.Builder) { v, w := pair(b); v.Route("10.1.0.0/16", b.PeerWithoutRoutes(v, w)) }, "ia", "ib", "tcp/443"},
		{"F8.012 the reply goes to a twin", func(b *packetwalk.Builder) { twins(b) }, "ib", "ia", "tcp/443"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := probe(t, networkOf(t, c.given), c.from, c.to, c.service)
			assert.True(t, f.Forward.Delivered(), "the request arrives")
			assert.False(t, f.Return.Delivered(), "the reply does not")
			assert.False(t, f.OK())
			assert.True(t, f.Verdict().Reply)
			assert.Contains(t, f.String(), "request delivered, reply dropped at")
		})
	}
}
