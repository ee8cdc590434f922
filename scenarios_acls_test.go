package packetwalk_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

const ephemeral = "tcp/1024-65535"

// repoACL: instance "i" with a public address behind an ACL that lets in what a web server is asked for.
func repoACL(b *packetwalk.Builder) *packetwalk.ACLHandle {
	v, igw := world(b)
	s := v.Subnet("sub", "10.0.0.0/24").Route(everywhere, igw)
	s.Instance("i").PublicIP().Allow("tcp/80", packetwalk.Anywhere)
	return v.ACL("acl").For(s).
		AllowIn(100, "tcp/22", everywhere).AllowIn(110, "tcp/80", everywhere).AllowIn(120, "tcp/443", everywhere).
		AllowOut(100, "all", everywhere)
}

// peerACL: "i" in VPC "b" behind an ACL that lets SSH in and nothing out, "peer" in VPC "a".
func peerACL(b *packetwalk.Builder) *packetwalk.ACLHandle {
	a, v := b.VPC("a", "10.0.0.0/16"), b.VPC("b", "10.1.0.0/16")
	a.Subnet("a1", "10.0.0.0/24").Instance("peer")
	s := v.Subnet("b1", "10.1.0.0/24")
	s.Instance("i").Allow("tcp/22", a)
	b.Peer(a, v)
	return v.ACL("acl").For(s).AllowIn(100, "tcp/22", "10.0.0.0/16")
}

// orderedACL: "caller" at 172.16.200.5 and "i" behind an ACL that allows all, by entry 100, and denies SSH
// from the caller's subnet, by the entry of that number.
func orderedACL(b *packetwalk.Builder, deny int) {
	v := b.VPC("vpc", "172.16.0.0/16")
	v.Subnet("callers", "172.16.200.0/24").Instance("caller").PrivateIP("172.16.200.5")
	s := v.Subnet("sub", "172.16.1.0/24")
	s.Instance("i").Allow("tcp/22", v)
	v.ACL("acl").For(s).AllowIn(100, "all", everywhere).DenyIn(deny, "tcp/22", "172.16.200.0/24").AllowOut(100, "all", everywhere)
}

// natACLs: instance "i", whose group lets HTTPS out, behind NAT gateway "nat"; both subnets have an ACL
// without entries.
func natACLs(b *packetwalk.Builder) (priv, pub *packetwalk.ACLHandle) {
	v, igw := world(b)
	public := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw)
	private := v.Subnet("priv", "10.0.1.0/24").Route(everywhere, public.NAT("nat"))
	private.Instance("i").NoDefaultEgress().AllowOut("tcp/443", packetwalk.Anywhere)
	return v.ACL("priv-acl").For(private), v.ACL("pub-acl").For(public)
}

// tightNAT: instance "i" behind NAT gateway "nat"; the private subnet's ACL lets HTTP and HTTPS out.
func tightNAT(b *packetwalk.Builder) *packetwalk.ACLHandle {
	v, igw := world(b)
	pub := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw)
	priv := v.Subnet("priv", "10.0.1.0/24").Route(everywhere, pub.NAT("nat"))
	priv.Instance("i")
	return v.ACL("acl").For(priv).AllowOut(100, "tcp/80", everywhere).AllowOut(110, "tcp/443", everywhere)
}

// closedACL: "one" and "two" in subnet "sub", "three" in another; the ACL of "sub" has no entries.
func closedACL(b *packetwalk.Builder) {
	v := b.VPC("vpc", "10.0.0.0/16")
	s := v.Subnet("sub", "10.0.0.0/24")
	s.Instance("one")
	s.Instance("two").Allow("tcp/80", v)
	v.Subnet("other", "10.0.1.0/24").Instance("three")
	v.ACL("acl").For(s)
}

// databaseACL: "db" behind an ACL for the app subnet alone; its group lets "bastion" in as well as "app".
func databaseACL(b *packetwalk.Builder) {
	v := b.VPC("vpc", "10.0.0.0/16")
	bastion := v.Subnet("pub", "10.0.0.0/24").Instance("bastion")
	app := v.Subnet("apps", "10.0.1.0/24").Instance("app")
	s := v.Subnet("dbs", "10.0.2.0/24")
	s.Instance("db").Allow("tcp/5432", bastion, app)
	v.ACL("db-acl").For(s).AllowIn(100, "tcp/5432", "10.0.1.0/24").AllowOut(100, ephemeral, "10.0.1.0/24")
}

func TestScenariosOfACLs(t *testing.T) {
	runScenarios(t, []scenario{
		{"A14 missing inbound ephemeral", func(b *packetwalk.Builder) { repoACL(b) },
			"i", "internet", "tcp/443", atReply(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"A14 mended by an entry for the answers", func(b *packetwalk.Builder) { repoACL(b).AllowIn(130, ephemeral, everywhere) },
			"i", "internet", "tcp/443", arrives},
		{"A14 what it is made for works", func(b *packetwalk.Builder) { repoACL(b) }, "internet", "i", "tcp/80", arrives},
		{"A15 missing outbound ephemeral", func(b *packetwalk.Builder) { peerACL(b) },
			"peer", "i", "tcp/22", atReply(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"A15 mended by an entry for the answers", func(b *packetwalk.Builder) { peerACL(b).AllowOut(100, ephemeral, "10.0.0.0/16") },
			"peer", "i", "tcp/22", arrives},
		{"A17 the first entry decides", func(b *packetwalk.Builder) { orderedACL(b, 200) }, "caller", "i", "tcp/22", arrives},
		{"A17 a deny in front denies", func(b *packetwalk.Builder) { orderedACL(b, 50) },
			"caller", "i", "tcp/22", atRequest(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"A18 group mended and ACL still closed", func(b *packetwalk.Builder) { natACLs(b) },
			"i", "internet", "tcp/443", atRequest(trace.StageNetworkACL, "priv-acl", trace.SubnetACLRestriction)},
		{"A18 mended by six entries", func(b *packetwalk.Builder) {
			priv, pub := natACLs(b)
			priv.AllowOut(100, "tcp/443", everywhere).AllowIn(100, ephemeral, everywhere)
			pub.AllowIn(100, "tcp/443", "10.0.1.0/24").AllowOut(100, "tcp/443", everywhere)
			pub.AllowIn(110, ephemeral, everywhere).AllowOut(110, ephemeral, "10.0.1.0/24")
		}, "i", "internet", "tcp/443", arrives},
		{"A19 NAT path with a tight ACL", func(b *packetwalk.Builder) { tightNAT(b).AllowIn(100, ephemeral, everywhere) },
			"i", "internet", "tcp/443", arrives},
		{"A19 without the inbound entry", func(b *packetwalk.Builder) { tightNAT(b) },
			"i", "internet", "tcp/443", atReply(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"A20 same subnet ignores the ACL", closedACL, "one", "two", "tcp/80", arrives},
		{"A20 another subnet does not", closedACL,
			"three", "two", "tcp/80", atRequest(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"A21 ACL of the database subnets", databaseACL,
			"bastion", "db", "tcp/5432", atRequest(trace.StageNetworkACL, "db-acl", trace.SubnetACLRestriction)},
		{"A21 the app subnet is let in", databaseACL, "app", "db", "tcp/5432", arrives},
	})
}

// TestScenarioA14Entry: the entry that denies is the final one, which nobody wrote (F6.003).
func TestScenarioA14Entry(t *testing.T) {
	f := probe(t, networkOf(t, func(b *packetwalk.Builder) { repoACL(b) }), "i", "internet", "tcp/443")
	if drops := f.Blockers(); assert.Len(t, drops, 1) {
		assert.Equal(t, packet.Ingress, drops[0].Direction)
		assert.Nil(t, drops[0].Rule)
		assert.Contains(t, f.Return.Table(), "final * entry")
	}
}

// TestScenarioA16: one port too few.
func TestScenarioA16(t *testing.T) {
	tests := []struct {
		name string
		port uint16
		want trace.Verdict
	}{
		{"A16 port 1024 is just outside 1025-65535", 1024, atReply(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"A16 port 1025 is inside", 1025, arrives},
	}
	n := networkOf(t, func(b *packetwalk.Builder) {
		v, igw := world(b)
		s := v.Subnet("sub", "10.0.0.0/24").Route(everywhere, igw)
		s.Instance("web").ElasticIP("198.51.100.7").Allow("tcp/443", packetwalk.Anywhere)
		v.ACL("acl").For(s).AllowIn(100, "tcp/443", everywhere).AllowOut(100, "tcp/1025-65535", everywhere)
	})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := packet.Packet{Dst: netip.MustParseAddr("198.51.100.7"), Protocol: packet.TCP, SrcPort: test.port, DstPort: 443}
			expect(t, test.want, openWith(t, n, packetwalk.Internet, p))
		})
	}
}

// TestScenarioA17 names the entry that decides, and warns of the one that never does.
func TestScenarioA17(t *testing.T) {
	behind := networkOf(t, func(b *packetwalk.Builder) { orderedACL(b, 200) })
	f := probe(t, behind, "caller", "i", "tcp/22")
	in := f.Forward.Hops[len(f.Forward.Hops)-3]
	assert.Equal(t, "acl", in.ID)
	assert.Equal(t, "100 allow all from 0.0.0.0/0", fmt.Sprint(in.Rule))
	assert.Equal(t, []packetwalk.WarningCode{packetwalk.ACLEntryNeverMatches}, warningsOf(behind, "acl"))
	for _, w := range behind.Warnings() {
		if w.ID == "acl" {
			assert.Contains(t, w.Text, "200 deny tcp/22 from 172.16.200.0/24 never matches")
		}
	}
	front := networkOf(t, func(b *packetwalk.Builder) { orderedACL(b, 50) })
	drops := probe(t, front, "caller", "i", "tcp/22").Blockers()
	if assert.Len(t, drops, 1) {
		assert.Equal(t, "50 deny tcp/22 from 172.16.200.0/24", fmt.Sprint(drops[0].Rule))
	}
	assert.Empty(t, warningsOf(front, "acl"))
}

// TestScenarioA18Blockers: every missing entry is told in one run, in the order in which the packets meet it:
// the NAT gateway's subnet is crossed on both legs, each way (F4.208).
func TestScenarioA18Blockers(t *testing.T) {
	f := probe(t, networkOf(t, func(b *packetwalk.Builder) { natACLs(b) }), "i", "internet", "tcp/443")
	var got []string
	for _, h := range f.Blockers() {
		got = append(got, fmt.Sprintf("%s %s %s %s", h.ID, h.Subnet, h.Direction, h.Code))
	}
	want := []string{
		"priv-acl priv egress SUBNET_ACL_RESTRICTION", // the request, out of the private subnet
		"pub-acl pub ingress SUBNET_ACL_RESTRICTION",  // to the NAT gateway
		"pub-acl pub egress SUBNET_ACL_RESTRICTION",   // to the internet
		"pub-acl pub ingress SUBNET_ACL_RESTRICTION",  // the response, from the internet
		"pub-acl pub egress SUBNET_ACL_RESTRICTION",   // from the NAT gateway
		"priv-acl priv ingress SUBNET_ACL_RESTRICTION",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("blockers (-want +got):\n%s\n%+v", diff, f)
	}
}

// TestScenarioA20Hops: inside a subnet no ACL is asked, in neither direction (F6.011).
func TestScenarioA20Hops(t *testing.T) {
	f := probe(t, networkOf(t, closedACL), "one", "two", "tcp/80")
	assert.NotContains(t, stages(f.Forward.Hops), trace.StageNetworkACL)
	assert.NotContains(t, stages(f.Return.Hops), trace.StageNetworkACL)
}

// TestScenarioA21 is the database's: the group is not to blame; and a subnet that a custom ACL forgot.
func TestScenarioA21(t *testing.T) {
	t.Run("A21 the group lets the bastion by", func(t *testing.T) {
		f := probe(t, networkOf(t, databaseACL), "bastion", "db", "tcp/5432")
		assert.NotContains(t, stages(f.Blockers()), trace.StageSecurityGroup)
	})
	t.Run("A21 a subnet forgotten in the custom ACL's list", func(t *testing.T) {
		n := edited(t, func(b *packetwalk.Builder) {
			v := b.VPC("vpc", "10.0.0.0/16")
			one := v.Subnet("one", "10.0.0.0/24")
			one.Instance("app")
			forgotten := v.Subnet("forgotten", "10.0.1.0/24")
			forgotten.Instance("proxy").Allow("tcp/5432", v)
			forgotten.Instance("neighbour")
			v.ACL("acl").For(one).AllowIn(100, "all", everywhere).AllowOut(100, "all", everywhere)
			v.ACL("default-acl")
		}, func(c *packetwalk.Config) { c.NetworkACLs[1].Default = true })
		expect(t, atRequest(trace.StageNetworkACL, "default-acl", trace.SubnetACLRestriction), probe(t, n, "app", "proxy", "tcp/5432"))
		expect(t, atRequest(trace.StageNetworkACL, "default-acl", trace.SubnetACLRestriction), probe(t, n, "proxy", "app", "tcp/5432"))
		expect(t, arrives, probe(t, n, "neighbour", "proxy", "tcp/5432"))
	})
}
