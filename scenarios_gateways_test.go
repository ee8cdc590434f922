package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// everywhere is the default route.
const everywhere = "0.0.0.0/0"

// world makes VPC "vpc" with internet gateway "igw".
func world(b *packetwalk.Builder) (*packetwalk.VPCHandle, *packetwalk.GatewayHandle) {
	v := b.VPC("vpc", "10.0.0.0/16")
	return v, v.InternetGateway("igw")
}

// webInMainTable: instance "web" with a public address and SSH open, in subnet "sub" without a table of its
// own.
func webInMainTable(b *packetwalk.Builder) (*packetwalk.VPCHandle, *packetwalk.GatewayHandle) {
	v, igw := world(b)
	v.Subnet("sub", "10.0.0.0/24").Instance("web").PublicIP().Allow("tcp/22", packetwalk.Anywhere)
	return v, igw
}

// hostRoutedAtIGW: instance "i" in subnet "sub", whose own table leads to the internet gateway.
func hostRoutedAtIGW(b *packetwalk.Builder) *packetwalk.InstanceHandle {
	v, igw := world(b)
	return v.Subnet("sub", "10.0.0.0/24").Route(everywhere, igw).Instance("i")
}

// natGateway: instance "i" in subnet "priv", which leads to NAT gateway "nat" in the public subnet "pub".
func natGateway(b *packetwalk.Builder) (pub, priv *packetwalk.SubnetHandle) {
	v, igw := world(b)
	pub = v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw)
	priv = v.Subnet("priv", "10.0.1.0/24").Route(everywhere, pub.NAT("nat"))
	priv.Instance("i")
	return pub, priv
}

// natInPrivateSubnet: NAT gateway "nat" in subnet "natsub", which has no route to the internet gateway.
func natInPrivateSubnet(b *packetwalk.Builder) (*packetwalk.SubnetHandle, *packetwalk.GatewayHandle) {
	v, igw := world(b)
	s := v.Subnet("natsub", "10.0.0.0/24")
	v.Subnet("priv", "10.0.1.0/24").Route(everywhere, s.NAT("nat")).Instance("i")
	return s, igw
}

// natLooped: NAT gateway "nat" and instance "i" in one subnet, whose table leads to that NAT gateway.
func natLooped(b *packetwalk.Builder) {
	v, _ := world(b)
	s := v.Subnet("natsub", "10.0.0.0/24")
	s.Route(everywhere, s.NAT("nat")).Instance("i")
}

// isolated: instance "i" in a subnet that leads nowhere.
func isolated(b *packetwalk.Builder) (*packetwalk.VPCHandle, *packetwalk.SubnetHandle) {
	v := b.VPC("vpc", "10.0.0.0/16")
	s := v.Subnet("priv", "10.0.0.0/24")
	s.Instance("i")
	return v, s
}

// publicDatabase: interface "db" with a public address in subnet "dbsub", served by table "db-rtb".
func publicDatabase(b *packetwalk.Builder) (*packetwalk.RouteTableHandle, *packetwalk.GatewayHandle) {
	v, igw := world(b)
	s := v.Subnet("dbsub", "10.0.0.0/24")
	s.Interface("db").PublicIP().Allow("tcp/5432", packetwalk.Anywhere)
	return v.RouteTable("db-rtb").Associate(s), igw
}

// natHost: instance "i" in subnet "priv", which leads to the NAT instance "nat" that launch makes in a public
// subnet.
func natHost(b *packetwalk.Builder, launch func(pub *packetwalk.SubnetHandle) *packetwalk.InstanceHandle) *packetwalk.InstanceHandle {
	v, igw := world(b)
	pub := v.Subnet("pub", "10.0.0.0/24").Route(everywhere, igw)
	nat := launch(pub).PublicIP()
	v.Subnet("priv", "10.0.1.0/24").Route(everywhere, nat).Instance("i")
	return nat
}

func checkedNAT(pub *packetwalk.SubnetHandle) *packetwalk.InstanceHandle { return pub.Instance("nat") }

func uncheckedNAT(pub *packetwalk.SubnetHandle) *packetwalk.InstanceHandle {
	return pub.NATInstance("nat")
}

func TestScenariosOfGateways(t *testing.T) {
	runScenarios(t, []scenario{
		{"A01 main table is private", func(b *packetwalk.Builder) { webInMainTable(b) },
			"internet", "web", "tcp/22", atReply(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"A02 implicit association counts", func(b *packetwalk.Builder) { v, igw := webInMainTable(b); v.Route(everywhere, igw) },
			"internet", "web", "tcp/22", arrives},
		{"A03 public subnet and no public IP", func(b *packetwalk.Builder) { hostRoutedAtIGW(b) },
			"i", "8.8.8.8", "tcp/443", atRequest(trace.StageInternetGateway, "igw", trace.IGWPublicIPAssociationForEgress)},
		{"A03 mended by a public IP", func(b *packetwalk.Builder) { hostRoutedAtIGW(b).PublicIP() },
			"i", "8.8.8.8", "tcp/443", arrives},
		{"A05 NAT gateway in a private subnet", func(b *packetwalk.Builder) { natInPrivateSubnet(b) },
			"i", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"A05 NAT gateway whose subnet leads to itself", natLooped,
			"i", "internet", "tcp/443", atRequest(trace.StageNATGateway, "nat", trace.RoutingLoop)},
		{"A05 mended by a route to the internet gateway", func(b *packetwalk.Builder) { s, igw := natInPrivateSubnet(b); s.Route(everywhere, igw) },
			"i", "internet", "tcp/443", arrives},
		{"A06 private subnet routed at the internet gateway", func(b *packetwalk.Builder) { hostRoutedAtIGW(b) },
			"i", "internet", "tcp/443", atRequest(trace.StageInternetGateway, "igw", trace.IGWPublicIPAssociationForEgress)},
		{"A06 mended by a NAT gateway", func(b *packetwalk.Builder) { natGateway(b) },
			"i", "internet", "tcp/443", arrives},
		{"A07 no NAT and no endpoints", func(b *packetwalk.Builder) { isolated(b) },
			"i", "internet", "tcp/443", atRequest(trace.StageRouteTable, "vpc-main-rtb", trace.NoRouteToDestination)},
		{"A07 mended by an interface endpoint", func(b *packetwalk.Builder) {
			v, s := isolated(b)
			v.InterfaceEndpoint("sts", "com.amazonaws.us-east-1.sts", s).Allow("tcp/443", v)
		}, "i", "sts", "tcp/443", arrives},
		{"A08 public database in a database subnet", func(b *packetwalk.Builder) { publicDatabase(b) },
			"internet", "db", "tcp/5432", atReply(trace.StageRouteTable, "db-rtb", trace.NoRouteToDestination)},
		{"A08 mended by a route to the internet gateway", func(b *packetwalk.Builder) { rtb, igw := publicDatabase(b); rtb.Route(everywhere, igw) },
			"internet", "db", "tcp/5432", arrives},
		{"A09 NAT instance with source/dest check", func(b *packetwalk.Builder) { natHost(b, checkedNAT).Allow("all", packetwalk.CIDR("10.0.1.0/24")) },
			"i", "internet", "tcp/443", atRequest(trace.StageNetworkInterface, "nat-eni", trace.ENISourceDestCheckRestriction)},
		{"A09 mended by switching the check off", func(b *packetwalk.Builder) { natHost(b, uncheckedNAT).Allow("all", packetwalk.CIDR("10.0.1.0/24")) },
			"i", "internet", "tcp/443", arrives},
		{"A10 NAT instance whose group is closed to the private subnet", func(b *packetwalk.Builder) { natHost(b, uncheckedNAT).Allow("tcp/22", packetwalk.Anywhere) },
			"i", "internet", "tcp/443", atRequest(trace.StageSecurityGroup, "nat-sg", trace.ENISGRulesMismatch)},
		{"A10 mended by a rule for the private subnet", func(b *packetwalk.Builder) {
			natHost(b, uncheckedNAT).Allow("tcp/22", packetwalk.Anywhere).Allow("tcp/443", packetwalk.CIDR("10.0.1.0/24"))
		}, "i", "internet", "tcp/443", arrives},
		{"A11 internet cannot start towards NAT", func(b *packetwalk.Builder) { natGateway(b) },
			"internet", "nat", "tcp/443", atRequest(trace.StageNATGateway, "nat", trace.NATNoSession)},
		{"A11 neither can an instance in the NAT's own subnet", func(b *packetwalk.Builder) { pub, _ := natGateway(b); pub.Instance("neighbour") },
			"neighbour", "nat", "tcp/443", atRequest(trace.StageNATGateway, "nat", trace.NATNoSession)},
		{"A12 NAT only TCP, UDP and ICMP", func(b *packetwalk.Builder) { natGateway(b) },
			"i", "internet", "esp", atRequest(trace.StageNATGateway, "nat", trace.ProtocolRestriction)},
		{"A12 TCP passes", func(b *packetwalk.Builder) { natGateway(b) }, "i", "internet", "tcp/443", arrives},
		{"A12 UDP passes", func(b *packetwalk.Builder) { natGateway(b) }, "i", "internet", "udp/123", arrives},
		{"A12 ICMP passes", func(b *packetwalk.Builder) { natGateway(b) }, "i", "internet", "icmp/echo-request", arrives},
	})
}

// TestScenarioA01Note: the table is named as the main one, which nobody chose.
func TestScenarioA01Note(t *testing.T) {
	f := probe(t, networkOf(t, func(b *packetwalk.Builder) { webInMainTable(b) }), "internet", "web", "tcp/22")
	drops := f.Blockers()
	if assert.Len(t, drops, 1) {
		assert.Equal(t, "main route table", drops[0].Note)
		assert.Equal(t, "sub", drops[0].Subnet)
	}
}

// TestScenarioA02Warning: what is public by the main table alone is said, and what has its own table is not.
func TestScenarioA02Warning(t *testing.T) {
	byMain := networkOf(t, func(b *packetwalk.Builder) { v, igw := webInMainTable(b); v.Route(everywhere, igw) })
	assert.Equal(t, []packetwalk.WarningCode{packetwalk.PublicByMainTable}, warningsOf(byMain, "sub"))
	byOwn := networkOf(t, func(b *packetwalk.Builder) { hostRoutedAtIGW(b).PublicIP() })
	assert.Empty(t, warningsOf(byOwn, "sub"))
}

// TestScenarioA04 is a function in a public subnet: its interface gets no public address, whatever the subnet
// says.
func TestScenarioA04(t *testing.T) {
	function := func(b *packetwalk.Builder) *packetwalk.InterfaceHandle {
		v, igw := world(b)
		return v.Subnet("sub", "10.0.0.0/24").MapPublicIP().Route(everywhere, igw).Interface("function")
	}
	ofLambda := func(c *packetwalk.Config) { c.Interfaces[0].Kind = subnet.Lambda }
	t.Run("A04 Lambda in a public subnet", func(t *testing.T) {
		n := edited(t, func(b *packetwalk.Builder) { function(b) }, ofLambda)
		expect(t, atRequest(trace.StageInternetGateway, "igw", trace.IGWPublicIPAssociationForEgress), probe(t, n, "function", "internet", "tcp/443"))
	})
	t.Run("A04 mended by an Elastic IP", func(t *testing.T) {
		n := edited(t, func(b *packetwalk.Builder) { function(b).ElasticIP("198.51.100.7") }, ofLambda)
		expect(t, arrives, probe(t, n, "function", "internet", "tcp/443"))
	})
}

// TestScenarioA05Warning: both ways to misplace a NAT gateway are said before a packet is sent.
func TestScenarioA05Warning(t *testing.T) {
	for name, given := range map[string]func(b *packetwalk.Builder){
		"no route": func(b *packetwalk.Builder) { natInPrivateSubnet(b) },
		"loop":     natLooped,
	} {
		assert.Contains(t, warningsOf(networkOf(t, given), "nat"), packetwalk.PrivateSubnetNAT, name)
	}
	assert.Empty(t, warningsOf(networkOf(t, func(b *packetwalk.Builder) { natGateway(b) }), "nat"))
}

// TestScenarioA05Source: behind a NAT gateway the internet sees the gateway's public address (F4.204).
func TestScenarioA05Source(t *testing.T) {
	n := networkOf(t, func(b *packetwalk.Builder) { natGateway(b) })
	f := probe(t, n, "i", "internet", "tcp/443")
	nat := n.Config().NATGateways[0].Addresses[0]
	assert.Equal(t, nat.Public, f.Forward.Last.Src)
	assert.Equal(t, nat.Private, hopAt(f.Forward.Hops, trace.StageNATGateway).After.Src)
}
