package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/subnet"
)

const nlbName = "shop-0a1b2c3d4e5f6071.elb.us-east-1.amazonaws.com"

// balancerNet has a load balancer in two zones with a name, an alias of it in a private hosted zone, and a
// host in each zone; edit changes it.
func balancerNet(t *testing.T, edit func(*packetwalk.Config)) *packetwalk.Network {
	b := packetwalk.New()
	v := b.VPC("v", "10.0.0.0/16").DNS(true, true)
	one, two := v.Subnet("one", "10.0.1.0/24").Zone("us-east-1a"), v.Subnet("two", "10.0.2.0/24").Zone("us-east-1b")
	one.Instance("in-a").PrivateIP("10.0.1.10").Allow("tcp/443", v)
	two.Instance("in-b").PrivateIP("10.0.2.10")
	v.NetworkLoadBalancer("nlb", one, two).DNSName(nlbName).Listen("tcp/443", packetwalk.TargetIP("10.0.1.10")).CrossZone()
	b.HostedZone("Z1", "corp.example").Associate(v).Alias("shop.corp.example", dns.A, nlbName+".")
	cfg := b.Config()
	for i, s := range []string{"one", "two"} {
		cfg.LoadBalancers[0].Interfaces = append(cfg.LoadBalancers[0].Interfaces, "nlb-"+s)
		cfg.Interfaces = append(cfg.Interfaces, subnet.Interface{
			ID: "nlb-" + s, Subnet: s, Kind: subnet.NetworkLoadBalancer, Private: []subnet.Address{{Private: addr([]string{"10.0.1.20", "10.0.2.20"}[i])}},
		})
	}
	if edit != nil {
		edit(&cfg)
	}
	return mustNetwork(t, cfg)
}

// TestResolveLoadBalancer: the name of a load balancer leads to its addresses, and so does an alias of it.
func TestResolveLoadBalancer(t *testing.T) {
	n := balancerNet(t, nil)
	runNames(t, n, []nameCase{
		{"its name", "in-a", nlbName, "10.0.1.20 10.0.2.20"},
		{"in other letters", "in-a", "Shop-0A1B2C3D4E5F6071.elb.us-east-1.amazonaws.com.", "10.0.1.20 10.0.2.20"},
		{"an alias", "in-b", "shop.corp.example", "10.0.1.20 10.0.2.20"},
		{"everybody can ask, whom the answer helps or not", "internet", nlbName, "10.0.1.20 10.0.2.20"},
		{"another name of the kind", "in-a", "shop-ffff.elb.us-east-1.amazonaws.com", "NXDOMAIN"},
	})
	a, err := n.Resolve("in-a", nlbName)
	assert.NoError(t, err)
	assert.Contains(t, stepsOf(a), "load balancer name nlb: "+nlbName+" A 10.0.1.20, 10.0.2.20")

	runNames(t, balancerNet(t, func(c *packetwalk.Config) { c.ImpairedZones = []string{"us-east-1a"} }), []nameCase{
		{"a zone has failed", "in-b", nlbName, "10.0.2.20"},
	})
	runNames(t, balancerNet(t, func(c *packetwalk.Config) { c.LoadBalancers[0].DNSName = "" }), []nameCase{
		{"without a name an alias of it leads nowhere", "in-a", "shop.corp.example", "NODATA"},
	})
}

// TestProbeLoadBalancerByName: the address in the own zone comes first.
func TestProbeLoadBalancerByName(t *testing.T) {
	n := balancerNet(t, nil)
	f := checkWalk(t, n, walkCase{"", "in-b", "shop.corp.example", "tcp/443", works})
	assert.Equal(t, "10.0.2.20", f.Forward.Sent.Dst.String())
	f = checkWalk(t, n, walkCase{"", "in-b", "nlb", "tcp/443", works})
	assert.Equal(t, "10.0.2.20", f.Forward.Sent.Dst.String(), "as by its ID")
}

// TestLoadBalancerNameMistakes: what is no name, and a name that two have.
func TestLoadBalancerNameMistakes(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("v", "10.0.0.0/16")
	s := v.Subnet("s", "10.0.1.0/24")
	v.NetworkLoadBalancer("bad", s).DNSName("shop..com")
	v.NetworkLoadBalancer("one", s).DNSName(nlbName)
	v.NetworkLoadBalancer("two", s).DNSName(nlbName)
	_, err := b.Build()
	assert.ErrorContains(t, err, `dns_balancers_test.go:74: load balancer "bad": DNSName "shop..com": invalid: `)
	assert.ErrorContains(t, err, `dns_balancers_test.go:76: load balancer "two": DNSName "`+nlbName+`": duplicate: `)
}
