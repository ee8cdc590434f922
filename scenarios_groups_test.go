package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/trace"
)

// balanced: "target" serves port 8080 behind the interface "node" of a load balancer with a group of its own,
// "alb-sg".
func balanced(b *packetwalk.Builder) (target *packetwalk.InstanceHandle, alb *packetwalk.GroupHandle) {
	v := b.VPC("vpc", "10.0.0.0/16")
	alb = v.Group("alb-sg").Allow("tcp/443", packetwalk.Anywhere)
	v.Subnet("front", "10.0.0.0/24").Interface("node").Groups(alb)
	target = v.Subnet("back", "10.0.1.0/24").Instance("target").Allow("tcp/80", packetwalk.Anywhere)
	return target, alb
}

// inspected: an appliance stands between "a" and "b", both ways.
func inspected(b *packetwalk.Builder) (v *packetwalk.VPCHandle, a, server *packetwalk.InstanceHandle) {
	v = b.VPC("vpc", "10.0.0.0/16")
	fw := v.Subnet("mid", "10.0.9.0/24").Appliance("fw").Allow("all", packetwalk.Anywhere)
	a = v.Subnet("left", "10.0.0.0/24").Route("10.0.1.0/24", fw).Instance("a")
	server = v.Subnet("right", "10.0.1.0/24").Route("10.0.0.0/24", fw).Instance("b")
	return v, a, server
}

// legacyEgress: "i" has both families and a way out for both; its group lets out IPv4 alone, as
// CloudFormation's default does.
func legacyEgress(b *packetwalk.Builder) *packetwalk.InstanceHandle {
	v := b.VPC("vpc", "10.0.0.0/16", "2001:db8:1234:1a00::/56")
	igw := v.InternetGateway("igw")
	s := v.Subnet("sub", "10.0.0.0/24", "2001:db8:1234:1a00::/64").Route(everywhere, igw).Route("::/0", igw)
	return s.Instance("i").PublicIP().IPv6("2001:db8:1234:1a00::123").NoDefaultEgress().AllowOut("all", packetwalk.Anywhere)
}

// sealed: "i" has a group without any rule, in a subnet whose ACL denies everything.
func sealed(b *packetwalk.Builder) {
	v, s := isolated(b)
	s.Instance("mute").NoDefaultEgress()
	v.ACL("shut").For(s)
}

func TestScenariosOfGroups(t *testing.T) {
	runScenarios(t, []scenario{
		{"A23 load balancer to its target", func(b *packetwalk.Builder) { balanced(b) },
			"node", "target", "tcp/8080", atRequest(trace.StageSecurityGroup, "target-sg", trace.ENISGRulesMismatch)},
		{"A23 mended by a rule for the load balancer's group", func(b *packetwalk.Builder) { target, alb := balanced(b); target.Allow("tcp/8080", alb) },
			"node", "target", "tcp/8080", arrives},
		{"A25 group reference through a middlebox", func(b *packetwalk.Builder) { _, a, s := inspected(b); s.Allow("tcp/5432", a) },
			"a", "b", "tcp/5432", atRequest(trace.StageSecurityGroup, "b-sg", trace.SGReferencesNotPreserved)},
		{"A25 mended by a CIDR", func(b *packetwalk.Builder) {
			_, _, s := inspected(b)
			s.Allow("tcp/5432", packetwalk.CIDR("10.0.0.0/24"))
		},
			"a", "b", "tcp/5432", arrives},
		{"A27 IPv6 egress missing by default", func(b *packetwalk.Builder) { legacyEgress(b) },
			"i", "2600::1", "tcp/443", atRequest(trace.StageSecurityGroup, "i-sg", trace.ENISGRulesMismatch)},
		{"A27 IPv4 works", func(b *packetwalk.Builder) { legacyEgress(b) }, "i", "8.8.8.8", "tcp/443", arrives},
		{"A27 mended by a rule for ::/0", func(b *packetwalk.Builder) { legacyEgress(b).AllowOut("all", packetwalk.AnywhereIPv6) },
			"i", "2600::1", "tcp/443", arrives},
		{"A30 DNS is exempt", sealed, "mute", "10.0.0.2", "udp/53", arrives},
		{"A30 metadata is exempt", sealed, "mute", "169.254.169.254", "tcp/80", arrives},
		{"A30 time is exempt", sealed, "mute", "169.254.169.123", "udp/123", arrives},
		{"A30 a neighbour is not", sealed, "mute", "i", "tcp/80", atRequest(trace.StageSecurityGroup, "mute-sg", trace.SGHasNoRules)},
	})
}

// TestScenarioA30Records: what is exempt leaves no flow-log record either (F1.601, F1.603, F1.604).
func TestScenarioA30Records(t *testing.T) {
	n := networkOf(t, sealed)
	for to, service := range map[string]string{"10.0.0.2": "udp/53", "169.254.169.254": "tcp/80", "169.254.169.123": "udp/123"} {
		t.Run("A30 no record of "+to, func(t *testing.T) { assert.Empty(t, probe(t, n, "mute", to, service).Records()) })
	}
}

// TestScenarioA29: a group of a VPC that is not joined, or joined across Regions, can't be referred to.
func TestScenarioA29(t *testing.T) {
	given := func(join bool, region string) func(b *packetwalk.Builder) {
		return func(b *packetwalk.Builder) {
			v, w := b.VPC("a", "10.0.0.0/16"), b.VPC("b", "10.1.0.0/16").Region(region)
			if join {
				b.Peer(v, w)
			}
			w.Subnet("b1", "10.1.0.0/24").Instance("db").Allow("tcp/5432", v.Group("app-sg"))
		}
	}
	for _, test := range []struct {
		name   string
		join   bool
		region string
	}{
		{"A29 group of an unrelated VPC", false, "us-east-1"},
		{"A29 group of a peer in another Region", true, "eu-west-1"},
		{"item 83 across Regions a group is refused", true, "eu-west-1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := packetwalk.New()
			given(test.join, test.region)(b)
			_, err := b.Build()
			refused(t, err, packetwalk.KindSecurityGroup, "db-sg", packetwalk.ErrInvalid)
		})
	}
	t.Run("A29 group of a peer in the Region", func(t *testing.T) {
		networkOf(t, given(true, "us-east-1"))
	})
}

// webTier: "db" lets in by the example rules what subnet "pub" sends; "web" is there, "other" is in another
// subnet.
func webTier(b *packetwalk.Builder) {
	v := b.VPC("vpc", "10.0.0.0/16")
	pub := v.Subnet("pub", "10.0.0.0/24")
	pub.Instance("web")
	v.Subnet("else", "10.0.1.0/24").Instance("other")
	db := v.Subnet("priv", "10.0.2.0/24").Instance("db")
	for _, service := range []string{"tcp/22", "tcp/3306", "tcp/80", "tcp/443", "icmp"} {
		db.Allow(service, pub)
	}
}

// joined: "db" in VPC "b" lets in the group of "app" in its peer "a".
func joined(b *packetwalk.Builder) {
	v, w := b.VPC("a", "10.0.0.0/16"), b.VPC("b", "10.1.0.0/16")
	b.Peer(v, w)
	s := v.Subnet("a1", "10.0.0.0/24")
	w.Subnet("b1", "10.1.0.0/24").Instance("db").Allow("tcp/5432", s.Instance("app"))
	s.Instance("stranger")
}

func TestItemsOfGroups(t *testing.T) {
	one, all := atRequest(trace.StageSecurityGroup, "db-sg", trace.ENISGRulesMismatch), arrives
	unheard := func(b *packetwalk.Builder) {
		hostRoutedAtIGW(b).PublicIP().NoDefaultEgress().Allow("tcp/443", packetwalk.Anywhere)
	}
	two := func(b *packetwalk.Builder) {
		v, _ := neighbours(b)
		v.Subnet("more", "10.0.2.0/24").Instance("both").Groups(v.Group("g1").Allow("tcp/80", v), v.Group("g2").Allow("tcp/81", v))
	}
	hsm := func(b *packetwalk.Builder) {
		v := b.VPC("vpc", "10.0.0.0/16")
		clients := v.Group("cluster-sg")
		clients.Allow("tcp/2223-2225", clients)
		s := v.Subnet("sub", "10.0.0.0/24")
		s.Instance("client").Groups(clients)
		s.Instance("bystander")
		v.Subnet("hsms", "10.0.1.0/24").Interface("hsm").Groups(clients)
	}
	notIn := atRequest(trace.StageSecurityGroup, "hsm-sg,cluster-sg", trace.ENISGRulesMismatch)
	runScenarios(t, []scenario{
		{"item 17 a host and a database by the local route", func(b *packetwalk.Builder) {
			v, _ := neighbours(b)
			v.Subnet("dbs", "10.0.2.0/24").Interface("rds").Allow("tcp/5432", v)
		}, "one", "rds", "tcp/5432", arrives},
		{"item 75 an ACL blocks one address", func(b *packetwalk.Builder) {
			server(b)().AllowIn(100, "all", everywhere).DenyIn(50, "all", "192.0.2.9/32")
		}, "192.0.2.9", "web", "tcp/80", atRequest(trace.StageNetworkACL, "acl", trace.SubnetACLRestriction)},
		{"item 75 and no other", func(b *packetwalk.Builder) {
			server(b)().AllowIn(100, "all", everywhere).DenyIn(50, "all", "192.0.2.9/32")
		}, "192.0.2.10", "web", "tcp/80", arrives},
		{"item 75 in a group a narrow rule takes nothing from a wide one", func(b *packetwalk.Builder) {
			hostRoutedAtIGW(b).PublicIP().Allow("tcp/80", packetwalk.CIDR("192.0.2.10/32")).Allow("tcp/80", packetwalk.Anywhere)
		}, "192.0.2.9", "i", "tcp/80", arrives},
		{"item 78 let in, and the answer out", unheard, "internet", "i", "tcp/443", arrives},
		{"item 78 which starts nothing", unheard, "i", "internet", "tcp/443", atRequest(trace.StageSecurityGroup, "i-sg", trace.SGHasNoRules)},
		{"item 80 the rules of all groups, the one", two, "one", "both", "tcp/80", arrives},
		{"item 80 and the other", two, "one", "both", "tcp/81", arrives},
		{"item 80 and no more", two, "one", "both", "tcp/82", atRequest(trace.StageSecurityGroup, "both-sg,g1,g2", trace.ENISGRulesMismatch)},
		{"item 81 SSH", webTier, "web", "db", "tcp/22", all},
		{"item 81 MySQL", webTier, "web", "db", "tcp/3306", all},
		{"item 81 HTTP", webTier, "web", "db", "tcp/80", all},
		{"item 81 HTTPS", webTier, "web", "db", "tcp/443", all},
		{"item 81 ICMP, which has types and no ports", webTier, "web", "db", "icmp/echo-request", all},
		{"item 81 another port", webTier, "web", "db", "tcp/5432", one},
		{"item 81 another subnet", webTier, "other", "db", "tcp/3306", one},
		{"item 81 another subnet's ping", webTier, "other", "db", "icmp/echo-request", one},
		{"item 83 a peer's group in the Region", joined, "app", "db", "tcp/5432", arrives},
		{"item 83 who is not in it", joined, "stranger", "db", "tcp/5432", one},
		{"item 86 a client of the cluster, the first port", hsm, "client", "hsm", "tcp/2223", arrives},
		{"item 86 the last port", hsm, "client", "hsm", "tcp/2225", arrives},
		{"item 86 the next port", hsm, "client", "hsm", "tcp/2226", notIn},
		{"item 86 who is not of the cluster", hsm, "bystander", "hsm", "tcp/2223", notIn},
	})
}

// managed: "i" in an isolated subnet with the endpoints that Session Manager wants; its group has no rules
// but those that out adds.
func managed(out func(i *packetwalk.InstanceHandle, v *packetwalk.VPCHandle)) func(b *packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v := b.VPC("vpc", "10.0.0.0/16")
		s := v.Subnet("priv", "10.0.0.0/24")
		i := s.Instance("i").NoDefaultEgress()
		for _, service := range []string{"ssm", "ssmmessages", "ec2messages"} {
			v.InterfaceEndpoint(service, "com.amazonaws.us-east-1."+service, s).Allow("tcp/443", v)
		}
		if out != nil {
			out(i, v)
		}
	}
}

func TestItemsOfEndpointGroups(t *testing.T) {
	httpsOut := managed(func(i *packetwalk.InstanceHandle, v *packetwalk.VPCHandle) { i.AllowOut("tcp/443", v) })
	mute := atRequest(trace.StageSecurityGroup, "i-sg", trace.SGHasNoRules)
	byNAT := func(b *packetwalk.Builder) { natGateway(b) }
	runScenarios(t, []scenario{
		{"item 84 an endpoint whose group lets nothing in", func(b *packetwalk.Builder) {
			v, s := isolated(b)
			v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", s).Allow("tcp/80", v)
		}, "i", "sqs", "tcp/443", atRequest(trace.StageSecurityGroup, "sqs-sg", trace.ENISGRulesMismatch)},
		{"item 84 mended by a rule for the VPC", func(b *packetwalk.Builder) {
			v, s := isolated(b)
			v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", s).Allow("tcp/443", v)
		}, "i", "sqs", "tcp/443", arrives},
		{"item 85 no rules in, HTTPS out", httpsOut, "i", "ssm", "tcp/443", arrives},
		{"item 85 no rules at all", managed(nil), "i", "ssm", "tcp/443", mute},
		{"item 174 no bastion: ssm", httpsOut, "i", "ssm", "tcp/443", arrives},
		{"item 174 no bastion: ssmmessages", httpsOut, "i", "ssmmessages", "tcp/443", arrives},
		{"item 174 no bastion: ec2messages", httpsOut, "i", "ec2messages", "tcp/443", arrives},
		{"item 174 or by a NAT gateway", byNAT, "i", "internet", "tcp/443", arrives},
		{"item 174 nothing comes in", httpsOut, "ssm-priv-eni", "i", "tcp/22", atRequest(trace.StageInterfaceEndpoint, "ssm", trace.VPCEIntraVPCTraffic)},
	})
}

// TestItem87: the records say whether the group let the traffic by, on the side whose group it is.
func TestItem87(t *testing.T) {
	n := networkOf(t, webTier)
	actions := func(from, service string) (list []string) {
		for _, r := range probe(t, n, from, "db", service).Records() {
			list = append(list, r.InterfaceID+" "+r.Action.String())
		}
		return list
	}
	t.Run("item 87 let by", func(t *testing.T) {
		assert.Equal(t, []string{"web-eni ACCEPT", "db-eni ACCEPT", "db-eni ACCEPT", "web-eni ACCEPT"}, actions("web", "tcp/3306"))
	})
	t.Run("item 87 not let by", func(t *testing.T) {
		assert.Equal(t, []string{"other-eni ACCEPT", "db-eni REJECT"}, actions("other", "tcp/3306"))
	})
}

// TestScenarioA29Stale: F5.111, a group that was reachable and is not any more leaves a rule behind that
// grants nothing.
func TestScenarioA29Stale(t *testing.T) {
	n := edited(t, joined, func(c *packetwalk.Config) { c.Peerings[0].Status = peering.Deleted })
	assert.Contains(t, warningsOf(n, "db-sg"), packetwalk.StaleRule)
	p := packet.Packet{Dst: privateOf(t, n, "db-eni"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 5432, Flags: packet.SYN}
	expect(t, atRequest(trace.StageRouteTable, "a-main-rtb", trace.BadStateRoute), openWith(t, n, "app", p))
}
