package packetwalk_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// shyNet is openNet with what takes nothing from internet gateways: an interface of the public subnet, and
// that of an endpoint with IPv6.
func shyNet() packetwalk.Config {
	cfg := openNet()
	for i := range cfg.Interfaces {
		if e := &cfg.Interfaces[i]; e.ID == "quiet-eni" {
			e.DenyAllIGWTraffic, e.Private, e.Groups = true, nil, []string{"web-sg"}
		}
	}
	cfg.Interfaces = append(cfg.Interfaces, subnet.Interface{
		ID: "sns-eni", Subnet: "pub", Kind: subnet.VPCEndpoint, Groups: []string{"web-sg"}, IPv6: []netip.Addr{addr("2001:db8:1::30")},
	})
	cfg.InterfaceEndpoints = append(cfg.InterfaceEndpoints, endpoint.Interface{
		ID: "sns", VPC: "app", Service: "com.amazonaws.us-east-1.sns", Subnets: []string{"pub"}, Interfaces: []string{"sns-eni"}, Groups: []string{"web-sg"},
	})
	return cfg
}

func TestWalkDenyAllIGWTraffic(t *testing.T) {
	const quiet6, sns6 = "2001:db8:1::20", "2001:db8:1::30"
	n := mustNetwork(t, shyNet())
	runWalks(t, n, []walkCase{
		{"F4.015 nothing comes in by an internet gateway", "internet", quiet6, "tcp/443", drops(trace.DenyAllIGWTraffic, "quiet-eni")},
		{"F4.015 not even a ping", "internet", quiet6, "icmpv6/echo-request", drops(trace.DenyAllIGWTraffic, "quiet-eni")},
		{"F4.015 nor an answer", "quiet", "2001:db8:ffff::10", "tcp/443", replyDrops(trace.DenyAllIGWTraffic, "quiet-eni")},
		{"F4.015 its own VPC reaches it", "host6", quiet6, "tcp/443", works},
		{"F4.015 so does a peer", "remote", privateOf(t, n, "quiet-eni").String(), "tcp/443", works},
		{"F4.015 others of the subnet are reached", "internet", "2001:db8:1::10", "tcp/443", works},
		{"F7.112 an endpoint with IPv6 takes nothing from the internet", "internet", sns6, "tcp/443", drops(trace.DenyAllIGWTraffic, "sns-eni")},
		{"F7.112 its own VPC calls it over IPv6", "host6", sns6, "tcp/443", works},
	})
	again := mustNetwork(t, n.Config()) // the interfaces that Build made are given now
	for _, e := range again.Config().Interfaces {
		assert.Equal(t, e.ID == "quiet-eni" || e.ID == "sns-eni", e.DenyAllIGWTraffic, "F7.112 %s", e.ID)
	}
}

func TestDenyAllIGWTrafficMistakes(t *testing.T) {
	network := func() *packetwalk.Builder {
		b := packetwalk.New()
		b.VPC("app", "10.0.0.0/16").Subnet("pub", "10.0.0.0/24").Interface("shy")
		return b
	}
	shy := func(edit func(c *packetwalk.Config, e *subnet.Interface)) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			c.Interfaces[0].DenyAllIGWTraffic = true
			edit(c, &c.Interfaces[0])
		}
	}
	runMistakes(t, network, []mistakeCase{
		{"F4.015 no public address", shy(func(_ *packetwalk.Config, e *subnet.Interface) {
			e.Private = []subnet.Address{{Private: addr("10.0.0.9"), Public: addr("198.51.100.9")}}
		}), "shy", "Private[0].Public", packetwalk.ErrInvalid},
		{"F4.015 no Elastic IP", shy(func(c *packetwalk.Config, _ *subnet.Interface) {
			c.ElasticIPs = []subnet.ElasticIP{{ID: "eip", PublicIP: addr("198.51.100.9"), Interface: "shy"}}
		}), "eip", "Interface", packetwalk.ErrInvalid},
	})
}
