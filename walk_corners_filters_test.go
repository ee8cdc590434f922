package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
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
