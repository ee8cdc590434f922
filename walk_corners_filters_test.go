package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// TestWalkOrderBetweenSubnets: F6.019, what is asked on the way from one subnet to another, and what of it
// again on the way back.
func TestWalkOrderBetweenSubnets(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	one, two := v.Subnet("one", "10.0.1.0/24"), v.Subnet("two", "10.0.2.0/24")
	one.Instance("a")
	two.Instance("b").Allow("tcp/443", v).NoDefaultEgress()
	for id, s := range map[string]*packetwalk.SubnetHandle{"acl-1": one, "acl-2": two} {
		v.ACL(id).For(s).AllowIn(100, "all", "10.0.0.0/16").AllowOut(100, "all", "10.0.0.0/16")
	}
	f := checkWalk(t, mustNetwork(t, b), walkCase{"F6.019", "a", "b", "tcp/443", works})
	t.Run("F6.019 there", func(t *testing.T) {
		assert.Equal(t, []string{
			"network interface a-eni egress", "security group a-sg egress", "network ACL acl-1 egress", "route table app-main-rtb",
			"network ACL acl-2 ingress", "security group b-sg ingress", "network interface b-eni ingress",
		}, stagesOf(f.Forward))
	})
	t.Run("F6.019 and back, the groups by what they remember", func(t *testing.T) {
		assert.Equal(t, []string{
			"network interface b-eni egress", "security group b-sg egress", "network ACL acl-2 egress", "route table app-main-rtb",
			"network ACL acl-1 ingress", "security group a-sg ingress", "network interface a-eni ingress",
		}, stagesOf(f.Return))
		for _, h := range []int{1, 5} {
			assert.Equal(t, "tracked connection", f.Return.Hops[h].Note)
		}
	})
}

// TestWalkResolverAddresses: F9.301, the resolver has an address in the VPC and two that are the same
// everywhere; no filter is asked on the way.
func TestWalkResolverAddresses(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	s := v.Subnet("s", "10.0.1.0/24", "2001:db8:1:1::/64")
	s.Instance("mute").IPv6("2001:db8:1:1::10").NoDefaultEgress()
	v.ACL("shut").For(s)
	n := mustNetwork(t, b)
	for _, c := range []walkCase{
		{"F9.301 base + 2", "mute", "10.0.0.2", "udp/53", works},
		{"F9.301 link-local", "mute", "169.254.169.253", "udp/53", works},
		{"F9.301 IPv6", "mute", "fd00:ec2::253", "udp/53", works},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := checkWalk(t, n, c)
			for _, h := range append(f.Forward.Hops, f.Return.Hops...) {
				assert.NotContains(t, []trace.Stage{trace.StageSecurityGroup, trace.StageNetworkACL}, h.Stage)
			}
		})
	}
}

// TestWalkDirectionsApart: F1.007, request and answer are two flows, with a record each at either interface.
func TestWalkDirectionsApart(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.Subnet("one", "10.0.1.0/24").Instance("a").PrivateIP("10.0.1.10")
	v.Subnet("two", "10.0.2.0/24").Instance("b").PrivateIP("10.0.2.10").Allow("tcp/443", v)
	n := mustNetwork(t, b)
	t.Run("F1.007 two records an interface", func(t *testing.T) {
		assert.Equal(t, []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT", "b-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT",
			"b-eni 10.0.2.10 10.0.1.10 443 49152 6 ACCEPT", "a-eni 10.0.2.10 10.0.1.10 443 49152 6 ACCEPT",
		}, recordsOf(checkWalk(t, n, walkCase{from: "a", to: "b", service: "tcp/443", want: works})))
	})
}
