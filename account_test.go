package packetwalk_test

import (
	"net/netip"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/shareddata"
	"github.com/packetwalk/packetwalk/load/ec2json"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// account loads a whole account, as `aws ec2 describe-*` printed it.
func account(t *testing.T, name string) packetwalk.Config {
	t.Helper()
	cfg, _, err := ec2json.Load(os.DirFS(shareddata.Dir(t, "accounts", name)))
	require.NoError(t, err)
	return cfg
}

func built(t *testing.T, cfg packetwalk.Config) *packetwalk.Network {
	t.Helper()
	n, err := cfg.Build()
	require.NoError(t, err)
	return n
}

// TestAccounts: every account builds, and nothing that the dump holds is lost on the way.
func TestAccounts(t *testing.T) {
	type counts struct{ VPCs, Subnets, Instances, Interfaces, RouteTables, InternetGateways, NATGateways, ACLs, Groups, GatewayEndpoints, InterfaceEndpoints int }
	tests := []struct {
		name string
		want counts // of the dump; in "demo" one interface is described, and the three instances bring one each
	}{
		{"nat-gateway", counts{VPCs: 1, Subnets: 3, Instances: 3, Interfaces: 4, RouteTables: 3, InternetGateways: 1, NATGateways: 1, ACLs: 2, Groups: 3}},
		{"public-subnet", counts{VPCs: 1, Subnets: 1, Instances: 1, Interfaces: 1, RouteTables: 2, InternetGateways: 1, ACLs: 1, Groups: 2}},
		{"demo", counts{VPCs: 1, Subnets: 4, Instances: 3, Interfaces: 4, Groups: 8, GatewayEndpoints: 1, InterfaceEndpoints: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg := account(t, test.name)
			built(t, cfg)
			got := counts{
				len(cfg.VPCs), len(cfg.Subnets), len(cfg.Instances), len(cfg.Interfaces), len(cfg.RouteTables), len(cfg.InternetGateways),
				len(cfg.NATGateways), len(cfg.NetworkACLs), len(cfg.SecurityGroups), len(cfg.GatewayEndpoints), len(cfg.InterfaceEndpoints),
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("resources (-want +got):\n%s", diff)
			}
		})
	}
}

// The resources of account "nat-gateway".
const (
	natID       = "nat-07ab4846da51f4612"
	natIGW      = "igw-071753b9c23d8a9b2"
	natClient   = "i-0a128d26e59be60f3" // 10.1.1.98, in the subnet that leads to the NAT gateway
	natJumpHost = "i-0b31b509174d7f5de" // 10.1.250.116, in the NAT gateway's own subnet
	natStranded = "i-0a73a1a6021c03ddb" // 10.1.20.173, in a subnet served by the main table, which leads nowhere
)

func TestAccountNATGateway(t *testing.T) {
	n := built(t, account(t, "nat-gateway"))
	tests := []struct {
		name              string
		from, to, service string
		want              trace.Verdict
	}{
		{"F4.201 out by the NAT gateway and back", natClient, "8.8.8.8", "tcp/80", arrives},
		{"F4.203 GRE stops at the NAT gateway", natClient, "8.8.8.8", "47", atRequest(trace.StageNATGateway, natID, trace.ProtocolRestriction)},
		{"F4.206 the internet can't call it", "8.8.8.8", "3.135.127.225", "tcp/80", atRequest(trace.StageNATGateway, natID, trace.NATNoSession)},
		{"F4.207 nor ping it", "8.8.8.8", "3.135.127.225", "icmp/echo-request", atRequest(trace.StageNATGateway, natID, trace.NATNoSession)},
		{"F4.206 nor can its own subnet", natJumpHost, "10.1.250.210", "tcp/80", atRequest(trace.StageNATGateway, natID, trace.NATNoSession)},
		{"F2.013 the main table leads nowhere", natStranded, "8.8.8.8", "tcp/80", atRequest(trace.StageRouteTable, "rtb-0e169c4a1e0b27b55", trace.NoRouteToDestination)},
		{"F4.002 the jump host has a public address of its own", natJumpHost, "8.8.8.8", "tcp/80", arrives},
		{"F5.001 the internet reaches the jump host's SSH", "8.8.8.8", "18.216.129.140", "tcp/22", arrives},
		{"F5.007 and pings it", "8.8.8.8", "18.216.129.140", "icmp/echo-request", arrives},
		{"F5.001 and nothing else of it", "8.8.8.8", "18.216.129.140", "tcp/80", atRequest(trace.StageSecurityGroup, "sg-0253af84ae6485905", trace.ENISGRulesMismatch)},
		{"F5.001 the jump host reaches a private one", natJumpHost, natStranded, "tcp/22", arrives},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { expect(t, test.want, probe(t, n, test.from, test.to, test.service)) })
	}
}

// TestAccountNATGatewayAddresses follows the source: the instance's, the NAT gateway's private one, its
// public one (F4.204); the reply comes back to the instance's.
func TestAccountNATGatewayAddresses(t *testing.T) {
	f := probe(t, built(t, account(t, "nat-gateway")), natClient, "8.8.8.8", "tcp/80")
	got := sources(f.Forward.Hops)
	want := []netip.Addr{netip.MustParseAddr("10.1.1.98"), netip.MustParseAddr("10.1.250.210"), netip.MustParseAddr("3.135.127.225")}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b netip.Addr) bool { return a == b })); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	assert.Equal(t, netip.MustParseAddr("3.135.127.225"), f.Return.Sent.Dst)
	assert.Equal(t, netip.MustParseAddr("10.1.1.98"), f.Return.Last.Dst)
	assert.Equal(t, natIGW, hopAt(f.Forward.Hops, trace.StageInternetGateway).ID)
}

// sources lists the source addresses that a packet had, one after the other.
func sources(list []trace.Hop) (s []netip.Addr) {
	for _, h := range list {
		for _, a := range []netip.Addr{h.Before.Src, h.After.Src} {
			if len(s) == 0 || s[len(s)-1] != a {
				s = append(s, a)
			}
		}
	}
	return s
}

// The resources of account "public-subnet".
const (
	publicHost  = "i-06669a407b2ef3ae5" // 10.0.0.91, public 18.216.80.133
	publicGroup = "sg-09ccba6656672061b"
	publicIGW   = "igw-0a409e562d251f766"
	publicTable = "rtb-0489000c9e6c299e8"
)

func TestAccountPublicSubnet(t *testing.T) {
	n := built(t, account(t, "public-subnet"))
	t.Run("F5.001 the group lets SSH in and no HTTP", func(t *testing.T) {
		expect(t, atRequest(trace.StageSecurityGroup, publicGroup, trace.ENISGRulesMismatch), probe(t, n, "8.8.8.8", "18.216.80.133", "tcp/80"))
		expect(t, arrives, probe(t, n, "8.8.8.8", "18.216.80.133", "tcp/22"))
	})
	t.Run("F4.002 the internet sees the public address", func(t *testing.T) {
		f := probe(t, n, publicHost, "8.8.8.8", "tcp/80")
		expect(t, arrives, f)
		assert.Equal(t, []netip.Addr{netip.MustParseAddr("10.0.0.91"), netip.MustParseAddr("18.216.80.133")}, sources(f.Forward.Hops))
	})
	t.Run("F4.005 an address that nobody has", func(t *testing.T) {
		expect(t, atRequest(trace.StageInternet, "internet", trace.IGWPrivateIPAssociationForIngress), probe(t, n, "8.8.8.8", "18.216.80.134", "tcp/22"))
		expect(t, atRequest(trace.StageRouter, "vpc-0672bce73895d7252", trace.NoSuchHost), probe(t, n, publicHost, "10.0.0.92", "tcp/22"))
	})
}

// TestAccountPublicSubnetForeignSource sends from 10.0.0.92, which has no public address.
func TestAccountPublicSubnetForeignSource(t *testing.T) {
	p := packet.Packet{Src: netip.MustParseAddr("10.0.0.92"), Dst: netip.MustParseAddr("8.8.8.8"), Protocol: packet.TCP, SrcPort: 49152, DstPort: 80}
	t.Run("F4.301 the source check refuses it", func(t *testing.T) {
		f := openWith(t, built(t, account(t, "public-subnet")), publicHost, p)
		expect(t, atRequest(trace.StageNetworkInterface, "eni-00064850627e198ee", trace.ENISourceDestCheckRestriction), f)
	})
	t.Run("F4.004 without the check the internet gateway does", func(t *testing.T) {
		cfg := account(t, "public-subnet")
		cfg.Interfaces[0].NoSourceDestCheck = true
		expect(t, atRequest(trace.StageInternetGateway, publicIGW, trace.IGWPublicIPAssociationForEgress), openWith(t, built(t, cfg), publicHost, p))
	})
	t.Run("F4.004 so it does where it is the host's own second address", func(t *testing.T) {
		cfg := account(t, "public-subnet")
		e := &cfg.Interfaces[0]
		e.Private = append(e.Private, e.Private[0])
		e.Private[1].Private, e.Private[1].Public = p.Src, netip.Addr{}
		f := openWith(t, built(t, cfg), publicHost, p)
		expect(t, atRequest(trace.StageInternetGateway, publicIGW, trace.IGWPublicIPAssociationForEgress), f)
		assert.Equal(t, publicTable, hopAt(f.Forward.Hops, trace.StageRouteTable).ID)
	})
}
