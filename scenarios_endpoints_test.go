package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/trace"
)

// abroad: "i" in an isolated subnet of eu-west-1 with an endpoint for that Region's S3.
func abroad(b *packetwalk.Builder) {
	v, s := isolated(b)
	v.Region("eu-west-1").GatewayEndpoint("s3", "com.amazonaws.eu-west-1.s3", s)
}

// chosen: "i" and "j" in subnets with a table each; the endpoint for S3 is for that of i.
func chosen(b *packetwalk.Builder) {
	v, s := isolated(b)
	other := v.Subnet("other", "10.0.1.0/24")
	other.Instance("j")
	v.RouteTable("i-rtb").Associate(s)
	v.RouteTable("j-rtb").Associate(other)
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
}

// queued: "i" with an endpoint for SQS in its subnet, whose group lets in what services say.
func queued(services ...string) func(b *packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		v, s := isolated(b)
		g := v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", s)
		for _, service := range services {
			g.Allow(service, v)
		}
	}
}

func TestScenariosOfEndpoints(t *testing.T) {
	dynamo, ok := endpoint.Ranges("com.amazonaws.us-east-1.dynamodb")
	require.True(t, ok)
	noRoute := atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)
	shut := atRequest(trace.StageSecurityGroup, "sqs-sg", trace.ENISGRulesMismatch)
	byPeer := func(b *packetwalk.Builder) {
		v, s := isolated(b)
		v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
		w := b.VPC("peer", "10.1.0.0/16")
		w.Subnet("p", "10.1.0.0/24").Route("52.216.0.0/15", b.Peer(v, w)).Instance("client")
	}
	noDNS := func(b *packetwalk.Builder) { v, _ := isolated(b); v.DNS(false, false) }
	ownDNS := func(b *packetwalk.Builder) {
		v, s := isolated(b)
		v.DNS(false, false).DHCPOptions("dhcp", "10.0.0.53")
		s.Instance("ns").PrivateIP("10.0.0.53").Allow("tcp/53", v)
	}
	runScenarios(t, []scenario{
		{"A31 S3 of another Region", abroad, "i", s3Here, "tcp/443", noRoute},
		{"A31 S3 of the Region", abroad, "i", "s3", "tcp/443", arrives},
		{"item 94 a bucket of another Region", abroad, "i", s3Here, "tcp/443", noRoute},
		{"A35 the endpoint's group lacks 443", queued("tcp/80"), "i", "sqs", "tcp/443", shut},
		{"A35 mended by a rule for the VPC", queued("tcp/443"), "i", "sqs", "tcp/443", arrives},
		{"item 88 S3 from an isolated subnet", throughEndpoint, "i", "s3", "tcp/443", arrives},
		{"item 89 an endpoint for S3 is none for DynamoDB", throughEndpoint, "i", dynamo[0].Addr().Next().String(), "tcp/443", noRoute},
		{"item 90 the chosen table leads there", chosen, "i", "s3", "tcp/443", arrives},
		{"item 90 another one does not", chosen,
			"j", "s3", "tcp/443", atRequest(trace.StageRouteTable, "j-rtb", trace.NoRouteToDestination)},
		{"item 96 a peer can't use it", byPeer, "client", s3Here, "tcp/443", atRequest(trace.StagePeeringConnection, "vpc-peer-pcx", trace.PCXRequiresAddressInVPCCIDR)},
		{"item 101 an address of the VPC", queued("tcp/443"), "i", "sqs-priv-eni", "tcp/443", arrives},
		{"item 104 TCP", queued("all"), "i", "sqs", "tcp/443", arrives},
		{"item 104 no ping", queued("all"), "i", "sqs", "icmp/echo-request", atRequest(trace.StageInterfaceEndpoint, "sqs", trace.ProtocolRestriction)},
		{"item 155 the VPC's DNS server", func(b *packetwalk.Builder) { isolated(b) }, "i", "10.0.0.2", "udp/53", arrives},
		{"item 156 DNS resolution is off", noDNS, "i", "10.0.0.2", "udp/53", atRequest(trace.StageService, "amazon-dns", trace.ResolverDisabled)},
		{"item 156 a server of one's own is behind a group", ownDNS, "i", "ns", "udp/53", atRequest(trace.StageSecurityGroup, "ns-sg", trace.ENISGRulesMismatch)},
		{"item 156 which may let it by", ownDNS, "i", "ns", "tcp/53", arrives},
	})
	t.Run("item 145 a DNS server of one's own is logged", func(t *testing.T) {
		n := networkOf(t, ownDNS)
		assert.NotEmpty(t, probe(t, n, "i", "ns", "tcp/53").Records())
		assert.Empty(t, probe(t, networkOf(t, func(b *packetwalk.Builder) { isolated(b) }), "i", "10.0.0.2", "udp/53").Records())
	})
	t.Run("item 115 no internet gateway on the way", func(t *testing.T) {
		n := networkOf(t, func(b *packetwalk.Builder) {
			v, igw := world(b)
			s := v.Subnet("sub", "10.0.0.0/24").Route(everywhere, igw)
			s.Instance("i").PublicIP()
			v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
			v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", s).Allow("tcp/443", v)
		})
		for _, to := range []string{"s3", "sqs"} {
			f := probe(t, n, "i", to, "tcp/443")
			expect(t, arrives, f)
			assert.NotContains(t, append(stages(f.Forward.Hops), stages(f.Return.Hops)...), trace.StageInternetGateway)
		}
	})
	t.Run("item 106 no route leads to an interface endpoint", func(t *testing.T) {
		for _, rtb := range networkOf(t, queued("tcp/443")).Config().RouteTables {
			for _, r := range rtb.Routes {
				assert.Equal(t, route.Local, r.Target.Kind, "%v", r)
			}
		}
	})
	t.Run("item 110 without a group it has the default one", func(t *testing.T) {
		b := packetwalk.New()
		isolated(b)
		c := b.Config()
		c.InterfaceEndpoints = []endpoint.Interface{{ID: "sqs", VPC: "vpc", Service: "com.amazonaws.us-east-1.sqs", Subnets: []string{"priv"}}}
		n := built(t, c)
		for _, e := range n.Config().Interfaces {
			if e.ID == "sqs-priv-eni" {
				assert.Equal(t, []string{"vpc-default-sg"}, e.Groups)
			}
		}
		expect(t, atRequest(trace.StageSecurityGroup, "vpc-default-sg", trace.ENISGRulesMismatch), probe(t, n, "i", "sqs", "tcp/443"))
	})
}

// TestScenarioA33: a group that lets out to the endpoint's group alone does not let out to S3.
func TestScenarioA33(t *testing.T) {
	const service = "com.amazonaws.us-east-1.s3"
	given := func(b *packetwalk.Builder) {
		v, s := isolated(b)
		s.Instance("task").NoDefaultEgress().AllowOut("tcp/443", v.Group("endpoint-sg"))
		v.GatewayEndpoint("s3", service, s)
	}
	t.Run("A33 the group lets out to the endpoint's group", func(t *testing.T) {
		n := networkOf(t, given)
		expect(t, atRequest(trace.StageSecurityGroup, "task-sg", trace.ENISGRulesMismatch), probe(t, n, "task", s3Here, "tcp/443"))
	})
	t.Run("A33 mended by a rule for the service's list", func(t *testing.T) {
		n := edited(t, given, func(c *packetwalk.Config) {
			ranges, _ := endpoint.Ranges(service)
			c.PrefixLists = []route.PrefixList{{ID: "pl-s3", Name: service, Entries: ranges}}
			for i := range c.SecurityGroups {
				if g := &c.SecurityGroups[i]; g.ID == "task-sg" {
					g.Rules[0].Group, g.Rules[0].PrefixList = "", "pl-s3"
				}
			}
		})
		expect(t, arrives, probe(t, n, "task", s3Here, "tcp/443"))
	})
}

// TestItem99: S3 and another site by a NAT gateway, by nothing, by an endpoint, by both; and by which of them
// (item 117).
func TestItem99(t *testing.T) {
	const site = "203.0.113.10"
	none := atRequest(trace.StageRouteTable, "priv-rtb", trace.NoRouteToDestination)
	for _, c := range []struct {
		name          string
		nat, endpoint bool
		s3, site      trace.Verdict
		by            trace.Stage // the way to S3; zero: none
	}{
		{"item 99 NAT: both", true, false, arrives, arrives, trace.StageNATGateway},
		{"item 99 nothing: neither", false, false, none, none, 0},
		{"item 99 endpoint: S3 alone", false, true, arrives, none, trace.StageGatewayEndpoint},
		{"item 99 both: S3 by the endpoint", true, true, arrives, arrives, trace.StageGatewayEndpoint},
		{"item 117 by the NAT gateway without an endpoint", true, false, arrives, arrives, trace.StageNATGateway},
		{"item 117 by the endpoint with one", true, true, arrives, arrives, trace.StageGatewayEndpoint},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := networkOf(t, func(b *packetwalk.Builder) {
				v, igw := world(b)
				nat := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw).NAT("nat")
				s := v.Subnet("priv", "10.0.1.0/24")
				s.Instance("i")
				rtb := v.RouteTable("priv-rtb").Associate(s)
				if c.nat {
					rtb.Route(everywhere, nat)
				}
				if c.endpoint {
					v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", s)
				}
			})
			f := probe(t, n, "i", s3Here, "tcp/443")
			expect(t, c.s3, f)
			expect(t, c.site, probe(t, n, "i", site, "tcp/443"))
			if c.by != 0 {
				assert.Contains(t, stages(f.Forward.Hops), c.by)
				assert.Equal(t, c.by == trace.StageNATGateway, hopAt(f.Forward.Hops, trace.StageNATGateway).ID != "")
			}
		})
	}
}

// TestItemsOfEndpointsRefused: what AWS does not let anybody do with an endpoint or a NAT gateway.
func TestItemsOfEndpointsRefused(t *testing.T) {
	ranges, ok := endpoint.Ranges("com.amazonaws.us-east-1.s3")
	require.True(t, ok)
	for _, c := range []struct {
		name  string
		given func(b *packetwalk.Builder)
		edit  func(c *packetwalk.Config)
		kind  packetwalk.Kind
		id    string
	}{
		{"item 60 a public NAT gateway needs an Elastic IP of one's own", func(b *packetwalk.Builder) { natGateway(b) },
			func(c *packetwalk.Config) { c.NATGateways[0].Addresses = nil }, packetwalk.KindNATGateway, "nat"},
		{"item 90 a table of another VPC", func(b *packetwalk.Builder) { chosen(b); b.VPC("w", "10.1.0.0/16").RouteTable("w-rtb") },
			func(c *packetwalk.Config) {
				e := &c.GatewayEndpoints[0]
				e.RouteTables = append(e.RouteTables, "w-rtb")
			}, packetwalk.KindGatewayEndpoint, "s3"},
		{"item 91 the endpoint's route written by hand", chosen, func(c *packetwalk.Config) {
			for i := range c.RouteTables {
				if t := &c.RouteTables[i]; t.ID == "j-rtb" {
					c.PrefixLists = []route.PrefixList{{ID: "pl", Name: "com.amazonaws.us-east-1.s3", Entries: ranges}}
					t.Routes = []route.Route{{PrefixList: "pl", Target: route.Target{Kind: route.GatewayEndpoint, ID: "s3"}}}
				}
			}
		}, packetwalk.KindRouteTable, "j-rtb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			c.given(b)
			cfg := b.Config()
			c.edit(&cfg)
			_, err := cfg.Build()
			refused(t, err, c.kind, c.id, packetwalk.ErrInvalid)
		})
	}
}

// TestItemsOfSafety: what can be held of a whole subnet.
func TestItemsOfSafety(t *testing.T) {
	n := networkOf(t, bastioned)
	t.Run("item 180 nothing leads from the internet into the private subnet", func(t *testing.T) {
		for _, service := range []string{"tcp/22", "tcp/443", "udp/53", "icmp/echo-request"} {
			assert.False(t, probe(t, n, "internet", "i", service).OK())
			assert.False(t, probe(t, n, "i", "internet", service).OK())
		}
	})
	t.Run("item 181 the ACL and the group are both named", func(t *testing.T) {
		f := probe(t, n, "bastion", "i", "tcp/22")
		assert.Equal(t, "vpc-default-acl", hopAt(f.Forward.Hops, trace.StageNetworkACL).ID)
		assert.Equal(t, "bastion-sg", hopAt(f.Forward.Hops, trace.StageSecurityGroup).ID)
	})
}
