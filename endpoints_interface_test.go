package packetwalk_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

const sqsService = "com.amazonaws.us-east-1.sqs"

// dualInterface has "host" in a dual-stack subnet with an endpoint for SQS, and an internet gateway.
func dualInterface(t endpoint.IPAddressType) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2600:1f00::/56")
	s := v.Subnet("dual", "10.0.1.0/24", "2600:1f00::/64")
	s.Route("::/0", v.InternetGateway("igw"))
	s.Instance("host").IPv6("2600:1f00::4")
	v.InterfaceEndpoint("sqs", sqsService, s).IPAddressType(t).Allow("tcp/443", packetwalk.Anywhere).Allow("tcp/443", packetwalk.AnywhereIPv6)
	return b
}

// endpointENI is the interface of an endpoint that Build made.
func endpointENI(t *testing.T, n *packetwalk.Network, id string) subnet.Interface {
	t.Helper()
	for _, e := range n.Config().Interfaces {
		if e.ID == id {
			return e
		}
	}
	t.Fatalf("no interface %q", id)
	return subnet.Interface{}
}

// TestInterfaceEndpointTypes: F7.112, the addresses of an endpoint's interfaces.
func TestInterfaceEndpointTypes(t *testing.T) {
	for _, c := range []struct {
		name string
		of   endpoint.IPAddressType
		ipv6 []netip.Addr
	}{
		{"F7.112 item 104 IPv4 by default", 0, nil},
		{"F7.112 IPv4", endpoint.IPv4, nil},
		{"F7.112 both: the lowest free address", endpoint.Dualstack, []netip.Addr{addr("2600:1f00::5")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, dualInterface(c.of))
			e := endpointENI(t, n, "sqs-dual-eni")
			assert.Equal(t, addr("10.0.1.5"), e.Primary(), "behind that of the host")
			assert.Equal(t, c.ipv6, e.IPv6)
			assert.Equal(t, len(c.ipv6) > 0, e.DenyAllIGWTraffic, "F4.015")
			if len(c.ipv6) == 0 {
				return
			}
			runWalks(t, n, []walkCase{
				{"F7.112 called over IPv6", "host", c.ipv6[0].String(), "tcp/443", works},
				{"F7.112 called over IPv4", "host", "10.0.1.5", "tcp/443", works},
				{"F7.112 F4.015 not from the internet", "internet", c.ipv6[0].String(), "tcp/443", drops(trace.DenyAllIGWTraffic, "sqs-dual-eni")},
			})
		})
	}
	t.Run("F7.112 IPv6 in an IPv6-only subnet", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16", "2600:1f00::/56")
		s := v.Subnet("six", "2600:1f00::/64")
		s.Instance("host").IPv6("2600:1f00::10")
		v.InterfaceEndpoint("sqs", sqsService, s).IPAddressType(endpoint.IPv6).Allow("tcp/443", packetwalk.AnywhereIPv6)
		n := mustNetwork(t, b)
		e := endpointENI(t, n, "sqs-six-eni")
		assert.Equal(t, []netip.Addr{addr("2600:1f00::4")}, e.IPv6)
		assert.Empty(t, e.Private)
		checkWalk(t, n, walkCase{from: "host", to: "sqs", service: "tcp/443", want: works})
	})
	t.Run("F7.101 an endpoint keeps its addresses", func(t *testing.T) {
		n := mustNetwork(t, dualInterface(endpoint.Dualstack))
		cfg := n.Config()
		cfg.Interfaces = append(cfg.Interfaces, subnet.Interface{ID: "a-first", Subnet: "dual"})
		assert.Equal(t, endpointENI(t, n, "sqs-dual-eni"), endpointENI(t, mustNetwork(t, cfg), "sqs-dual-eni"))
	})
}

// privateNames is a VPC with both DNS attributes and an endpoint with private DNS.
func privateNames() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16").DNS(true, true)
	s := v.Subnet("a", "10.0.1.0/24")
	v.Subnet("b", "10.0.2.0/24").Instance("host")
	v.InterfaceEndpoint("sqs", sqsService, s).PrivateDNS()
	b.VPC("other", "10.1.0.0/16").DNS(true, true)
	return b
}

// TestInterfaceEndpointMistakes: what AWS would refuse of an interface endpoint.
func TestInterfaceEndpointMistakes(t *testing.T) {
	one := func(edit func(*endpoint.Interface)) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { edit(&c.InterfaceEndpoints[0]) }
	}
	more := func(p endpoint.Interface) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.InterfaceEndpoints = append(c.InterfaceEndpoints, p) }
	}
	own := func(e subnet.Interface) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, e)
			c.InterfaceEndpoints[0].Interfaces = []string{e.ID}
		}
	}
	zone := func(z dns.Zone) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) { c.HostedZones = append(c.HostedZones, z) }
	}
	runMistakes(t, privateNames, []mistakeCase{
		{"A38 F7.108 item 109 enableDnsHostnames is off", func(c *packetwalk.Config) { c.VPCs[0].DNSHostnames = false }, "sqs", "PrivateDNS", packetwalk.ErrInvalid},
		{"A38 F7.108 item 109 enableDnsSupport is off", func(c *packetwalk.Config) { c.VPCs[0].NoDNSSupport = true }, "sqs", "PrivateDNS", packetwalk.ErrInvalid},
		{"A39 a second endpoint of the service", more(endpoint.Interface{ID: "sqs2", VPC: "app", Service: sqsService, Subnets: []string{"b"}, PrivateDNS: true}),
			"sqs2", "PrivateDNS", packetwalk.ErrDuplicate},
		{"A39 a private hosted zone of the service's name", zone(dns.Zone{ID: "Z1", Name: "SQS.us-east-1.amazonaws.com.", Private: true, VPCs: []string{"app"}}),
			"sqs", "PrivateDNS", packetwalk.ErrDuplicate},
		{"A40 S3 for on-premises alone, without a gateway endpoint", more(endpoint.Interface{
			ID: "s3", VPC: "app", Service: s3Service, Subnets: []string{"a"}, PrivateDNS: true, PrivateDNSInboundOnly: true,
		}), "s3", "PrivateDNSInboundOnly", packetwalk.ErrNotFound},
		{"F7.101 an interface that is not there", func(c *packetwalk.Config) {
			c.InterfaceEndpoints[0].Subnets, c.InterfaceEndpoints[0].Interfaces = []string{"a"}, []string{"gone"}
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "e", Subnet: "a", Kind: subnet.VPCEndpoint})
		}, "sqs", "Interfaces[0]", packetwalk.ErrNotFound},
		{"F7.101 an interface in another subnet", own(subnet.Interface{ID: "e", Subnet: "b"}), "sqs", "Interfaces[0]", packetwalk.ErrInvalid},
		{"F7.101 an instance's interface", own(subnet.Interface{
			ID: "e", Subnet: "a", Attachment: subnet.Attachment{Instance: "host", DeviceIndex: 1},
		}), "sqs", "Interfaces[0]", packetwalk.ErrInvalid},
		{"F7.101 an interface of another endpoint", func(c *packetwalk.Config) {
			own(subnet.Interface{ID: "e", Subnet: "a"})(c)
			more(endpoint.Interface{ID: "sqs2", VPC: "app", Service: sqsService, Subnets: []string{"a"}, Interfaces: []string{"e"}})(c)
		}, "sqs2", "Interfaces[0]", packetwalk.ErrDuplicate},
		{"F7.101 an interface of a load balancer", func(c *packetwalk.Config) {
			own(subnet.Interface{ID: "e", Subnet: "a"})(c)
			c.LoadBalancers = []elb.LoadBalancer{{ID: "nlb", VPC: "app", Subnets: []string{"a"}, Interfaces: []string{"e"}}}
		}, "nlb", "Interfaces[0]", packetwalk.ErrDuplicate},
		{"F7.117 somebody who shares the VPC's subnets", one(func(p *endpoint.Interface) { p.Account = "444455556666" }), "sqs", "Account", packetwalk.ErrInvalid},
		{"F7.112 IPv6 is for IPv6-only subnets", one(func(p *endpoint.Interface) { p.IPAddressType = endpoint.IPv6 }), "sqs", "IPAddressType", packetwalk.ErrInvalid},
		{"F7.112 dual-stack is for dual-stack subnets", one(func(p *endpoint.Interface) { p.IPAddressType = endpoint.Dualstack }), "sqs", "IPAddressType", packetwalk.ErrInvalid},
		{"F7.112 IPv4 is for subnets with IPv4", func(c *packetwalk.Config) {
			c.VPCs[0].Blocks = append(c.VPCs[0].Blocks, vpc.Blocks("2600:1f00::/56")...)
			c.Subnets[0].CIDR, c.Subnets[0].IPv6CIDR = netip.Prefix{}, prefix("2600:1f00::/64")
		}, "sqs", "IPAddressType", packetwalk.ErrInvalid},
		{"F7.210 a service of another Region that lets nobody in", one(func(p *endpoint.Interface) { p.Service = "com.amazonaws.eu-west-1.sqs" }),
			"sqs", "Service", packetwalk.ErrInvalid},
		{"F7.108 a service of one's own without a name for it", func(c *packetwalk.Config) {
			c.LoadBalancers = []elb.LoadBalancer{{ID: "nlb", VPC: "other", Subnets: []string{"theirs"}}}
			c.Subnets = append(c.Subnets, subnet.Subnet{ID: "theirs", VPC: "other", CIDR: prefix("10.1.0.0/24")})
			c.EndpointServices = []endpoint.Service{{ID: "vpce-svc-1", LoadBalancers: []string{"nlb"}, Principals: []string{"*"}}}
			c.InterfaceEndpoints[0].Service = "com.amazonaws.vpce.us-east-1.vpce-svc-1"
		}, "sqs", "PrivateDNS", packetwalk.ErrInvalid},
		{"F7.007 a policy that can't be read", one(func(p *endpoint.Interface) { p.Policy = "{" }), "sqs", "Policy", packetwalk.ErrInvalid},
		{"F7.113 a service that takes no policy", one(func(p *endpoint.Interface) {
			p.Service, p.PrivateDNS = "com.amazonaws.vpce.us-east-1.vpce-svc-0123", false
			p.Policy = `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]}`
		}), "sqs", "Policy", packetwalk.ErrInvalid},
	})
	t.Run("A38 F7.108 the error names what is missing", func(t *testing.T) {
		for _, c := range []struct {
			support, hostnames bool
			want               string
		}{
			{true, false, `of VPC "app": want enableDnsHostnames on, or no private DNS`},
			{false, true, `of VPC "app": want enableDnsSupport on, or no private DNS`},
			{false, false, `it needs enableDnsSupport and enableDnsHostnames of VPC "app": want enableDnsSupport and enableDnsHostnames on, or no private DNS`},
		} {
			cfg := privateNames().Config()
			cfg.VPCs[0].NoDNSSupport, cfg.VPCs[0].DNSHostnames = !c.support, c.hostnames
			_, err := cfg.Build()
			assert.ErrorContains(t, err, c.want)
		}
	})
	for name, edit := range map[string]func(*packetwalk.Config){
		"A39 a second endpoint without private DNS": more(endpoint.Interface{ID: "sqs2", VPC: "app", Service: sqsService, Subnets: []string{"b"}}),
		"A39 a second one that was deleted":         more(endpoint.Interface{ID: "sqs2", VPC: "app", Service: sqsService, Subnets: []string{"b"}, PrivateDNS: true, State: endpoint.Deleted}),
		"A39 a second one in another VPC":           more(endpoint.Interface{ID: "sqs2", VPC: "other", Service: sqsService, PrivateDNS: true}),
		"A39 one for another service":               more(endpoint.Interface{ID: "sns", VPC: "app", Service: "com.amazonaws.us-east-1.sns", Subnets: []string{"b"}, PrivateDNS: true}),
		"A39 a zone of another name":                zone(dns.Zone{ID: "Z1", Name: "corp.example.com", Private: true, VPCs: []string{"app"}}),
		"A39 a zone of another VPC":                 zone(dns.Zone{ID: "Z1", Name: "sqs.us-east-1.amazonaws.com", Private: true, VPCs: []string{"other"}}),
		"A40 F7.116 with a gateway endpoint": func(c *packetwalk.Config) {
			c.GatewayEndpoints = append(c.GatewayEndpoints, endpoint.Gateway{ID: "s3-gw", VPC: "app", Service: s3Service})
			more(endpoint.Interface{ID: "s3", VPC: "app", Service: s3Service, Subnets: []string{"a"}, PrivateDNS: true, PrivateDNSInboundOnly: true})(c)
		},
		"item 103 F7.001 S3 and DynamoDB have interface endpoints too": func(c *packetwalk.Config) {
			more(endpoint.Interface{ID: "s3", VPC: "app", Service: s3Service, Subnets: []string{"a"}})(c)
			more(endpoint.Interface{ID: "ddb", VPC: "app", Service: "com.amazonaws.us-east-1.dynamodb", Subnets: []string{"a"}})(c)
		},
		"F7.210 a service that lets other Regions in": more(endpoint.Interface{ID: "s3", VPC: "app", Service: "com.amazonaws.us-west-2.s3", Subnets: []string{"a"}}),
		"F7.117 the owner, by name":                   one(func(p *endpoint.Interface) { p.Account = "123456789012" }),
		"F7.113 a policy where the service takes one": one(func(p *endpoint.Interface) {
			p.Policy = `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"}]}`
		}),
	} {
		t.Run(name, func(t *testing.T) {
			cfg := privateNames().Config()
			edit(&cfg)
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
	t.Run("F7.117 the account is that of the VPC", func(t *testing.T) {
		cfg := privateNames().Config()
		cfg.VPCs[0].Account = "111122223333"
		assert.Equal(t, "111122223333", mustNetwork(t, cfg).Config().InterfaceEndpoints[0].Account)
	})
}

// TestInterfaceEndpointFromAfar: F7.110, who is joined with the VPC reaches its endpoint, also from another
// Region.
func TestInterfaceEndpointFromAfar(t *testing.T) {
	b := packetwalk.New()
	v, peer := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16").Region("eu-west-1")
	v.Route("192.168.0.0/16", v.VirtualPrivateGateway("vgw", "192.168.0.0/16"))
	v.InterfaceEndpoint("sqs", sqsService, v.Subnet("a", "10.0.1.0/24")).
		Allow("tcp/443", packetwalk.CIDR("192.168.0.0/16"), peer).Allow("icmp", packetwalk.CIDR("192.168.0.0/16"))
	b.Peer(v, peer)
	peer.Subnet("clients", "10.1.1.0/24").Instance("client")
	runWalks(t, mustNetwork(t, b), []walkCase{
		{"F7.110 from on-premises", "192.168.7.7", "sqs", "tcp/443", works},
		{"F7.110 from a peer in another Region", "client", "sqs", "tcp/443", works},
		{"F7.102 no ping from on-premises either", "192.168.7.7", "sqs", "icmp/echo-request", drops(trace.ProtocolRestriction, "sqs")},
	})
}

// TestSessionEndpointIdle: F7.115, what an interface endpoint forgets is not delivered, and nobody is told.
func TestSessionEndpointIdle(t *testing.T) {
	n := mustNetwork(t, sqsNet())
	t.Run("F7.115 350 seconds", func(t *testing.T) {
		k := opens(t, n.NewSession(time.Time{}), "host-a", "sqs", "tcp/443")
		k.s.Advance(349 * time.Second)
		k.says(data, goesThrough, "in time")
		k.s.Advance(349 * time.Second)
		k.hears(data, goesThrough, "the answer counts too")
		k.s.Advance(350 * time.Second)
		tr := k.says(data, trace.VPCENoConnection, "too late")
		assert.Equal(t, trace.StageInterfaceEndpoint, tr.Verdict.Stage)
		assert.Nil(t, tr.Answer, "no reset comes back")
		k.hears(data, trace.VPCENoConnection, "nor does the service's answer")
		k.says(packet.SYN, goesThrough, "it begins anew")
	})
	t.Run("F7.115 UDP has no connection to forget", func(t *testing.T) {
		k := opens(t, n.NewSession(time.Time{}), "host-a", "sqs", "udp/443")
		k.s.Advance(time.Hour)
		k.says(0, goesThrough, "later")
	})
	t.Run("F7.115 what is closed is forgotten at once", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		k := opens(t, s, "host-a", "sqs", "tcp/443")
		k.says(packet.RST, goesThrough, "a reset")
		assert.Zero(t, s.Live())
	})
	t.Run("F7.101 an endpoint keeps its connections while others change", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		k := opens(t, s, "host-a", "sqs", "tcp/443")
		b := sqsNet()
		require.NoError(t, s.Apply(mustNetwork(t, b)))
		k.says(data, goesThrough, "the same network")
	})
}
