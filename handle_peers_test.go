package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/trace"
)

// rulesOf are the rules of a group in what a Builder says.
func rulesOf(t *testing.T, b *packetwalk.Builder, group string) []sg.Rule {
	t.Helper()
	return groupOf(t, b.Config(), group).Rules
}

// TestLoadBalancerAsPeer: what a load balancer stands for does not hang on when it is put into its groups.
func TestLoadBalancerAsPeer(t *testing.T) {
	in := sg.Rule{Direction: packet.Ingress, Service: packet.MustParseService("tcp/8443")}
	byGroup, bySubnet := in, in
	byGroup.Group, bySubnet.CIDR = "front", prefix("10.0.1.0/24")
	for _, c := range []struct {
		name  string
		calls func(nlb *packetwalk.LoadBalancerHandle, web, front *packetwalk.GroupHandle)
		want  sg.Rule
	}{
		{"groups first", func(nlb *packetwalk.LoadBalancerHandle, web, front *packetwalk.GroupHandle) {
			nlb.Groups(front)
			web.Allow("tcp/8443", nlb)
		}, byGroup},
		{"groups last", func(nlb *packetwalk.LoadBalancerHandle, web, front *packetwalk.GroupHandle) {
			web.Allow("tcp/8443", nlb)
			nlb.Groups(front)
		}, byGroup},
		{"F9.205 no groups", func(nlb *packetwalk.LoadBalancerHandle, web, front *packetwalk.GroupHandle) {
			web.Allow("tcp/8443", nlb)
		}, bySubnet},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			v := b.VPC("v", "10.0.0.0/16")
			web := v.Group("web").NoDefaultEgress()
			c.calls(v.NetworkLoadBalancer("nlb", v.Subnet("s", "10.0.1.0/24")), web, v.Group("front"))
			assert.Equal(t, []sg.Rule{c.want}, rulesOf(t, b, "web"))
			assert.Equal(t, []sg.Rule{c.want}, rulesOf(t, b, "web"), "asked again")
			mustNetwork(t, b)
		})
	}
}

// TestGatewayEndpointAsPeer: a rule may name the prefix lists of a service (F7.005).
func TestGatewayEndpointAsPeer(t *testing.T) {
	const s3 = "com.amazonaws.us-east-1.s3"
	for _, c := range []struct {
		name  string
		calls func(b *packetwalk.Builder, e *packetwalk.GatewayEndpointHandle)
		want  []string
	}{
		{"F7.005 the list of the service", func(*packetwalk.Builder, *packetwalk.GatewayEndpointHandle) {}, []string{"pl-" + s3}},
		{"F7.011 one of each family", func(_ *packetwalk.Builder, e *packetwalk.GatewayEndpointHandle) { e.IPAddressType(endpoint.Dualstack) },
			[]string{"pl-" + s3, "pl-com.amazonaws.us-east-1.ipv6.s3"}},
		{"F7.002 the Config's own", func(b *packetwalk.Builder, _ *packetwalk.GatewayEndpointHandle) { b.PrefixList(s3, "3.5.0.0/19") }, []string{s3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			v := b.VPC("v", "10.0.0.0/16", "2001:db8:1::/56")
			e := v.GatewayEndpoint("s3", s3, v.Subnet("s", "10.0.1.0/24", "2001:db8:1::/64"))
			app := v.Group("app").NoDefaultEgress().AllowOut("tcp/443", e)
			c.calls(b, e)
			app.AllowOut("tcp/22", packetwalk.CIDR("10.0.0.0/16"))
			var lists []string
			for _, r := range rulesOf(t, b, "app")[1:] {
				assert.Equal(t, sg.Rule{Direction: packet.Egress, Service: packet.MustParseService("tcp/443"), PrefixList: r.PrefixList}, r)
				lists = append(lists, r.PrefixList)
			}
			assert.Equal(t, c.want, lists)
			mustNetwork(t, b)
		})
	}
	t.Run("F7.005 A33 it lets the call by, and no other", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("v", "10.0.0.0/16")
		s := v.Subnet("s", "10.0.1.0/24").Route(everywhere, v.InternetGateway("igw"))
		app := s.Instance("app").PublicIP().NoDefaultEgress()
		app.AllowOut("tcp/443", v.GatewayEndpoint("s3", s3, s))
		n := mustNetwork(t, b)
		checkWalk(t, n, walkCase{"", "app", "s3", "tcp/443", works})
		checkWalk(t, n, walkCase{"", "app", "internet", "tcp/443", drops(trace.ENISGRulesMismatch, "app-sg")})
	})
}

// TestLatePeerMistakes: a rule that had to wait is reported at its line, and a stranger's handle at once.
func TestLatePeerMistakes(t *testing.T) {
	b, other := packetwalk.New(), packetwalk.New()
	v, w := b.VPC("v", "10.0.0.0/16"), b.VPC("w", "10.1.0.0/16")
	nlb := w.NetworkLoadBalancer("nlb", w.Subnet("s", "10.1.1.0/24"))
	v.Group("g").Allow("tcp/443", nlb)
	nlb.Groups(w.Group("far"))
	x := other.VPC("x", "10.2.0.0/16")
	v.Group("h").Allow("tcp/443", x.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3"))
	_, err := b.Build()
	require.Error(t, err)
	assert.ErrorContains(t, err, `handle_peers_test.go:102: security group "g": Rules[0].Group "far": invalid`)
	assert.ErrorContains(t, err, `handle_peers_test.go:105: security group "h": Rules[0] "s3": invalid: want a handle of this Builder`)
}
