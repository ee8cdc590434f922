package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// sharedNet has three VPCs, of which the group "ops" of the first serves all: home and near are peered, far
// stands apart and has the addresses of near. Nothing leaves a member but for members, by the group's only
// rules.
func sharedNet() *packetwalk.Builder {
	b := packetwalk.New()
	home, near, far := b.VPC("home", "10.0.0.0/16"), b.VPC("near", "10.1.0.0/16"), b.VPC("far", "10.1.0.0/16")
	b.Peer(home, near)
	ops := home.Group("ops").ShareWith(near, far).NoDefaultEgress()
	ops.Allow("tcp/443", ops).AllowOut("tcp/443", ops)
	member := func(s *packetwalk.SubnetHandle, id, address string) {
		s.Instance(id).PrivateIP(address).NoDefaultEgress().Groups(ops)
	}
	h, n, f := home.Subnet("h", "10.0.1.0/24"), near.Subnet("n", "10.1.1.0/24"), far.Subnet("f", "10.1.1.0/24")
	member(h, "home-a", "10.0.1.10")
	member(h, "home-b", "10.0.1.11")
	member(n, "near-a", "10.1.1.10")
	member(f, "far-a", "10.1.1.10") // the address of near-a
	member(f, "far-b", "10.1.1.11")
	n.Instance("stranger").PrivateIP("10.1.1.11").Allow("all", packetwalk.Anywhere) // the address of far-b
	return b
}

// TestWalkSharedGroup: F5.112, a group of several VPCs filters in each, and stands for its members in those
// that are peered.
func TestWalkSharedGroup(t *testing.T) {
	out := drops(trace.ENISGRulesMismatch, "home-a-sg,ops")
	n := mustNetwork(t, sharedNet())
	runWalks(t, n, []walkCase{
		{"F5.112 members in the group's own VPC", "home-a", "home-b", "tcp/443", works},
		{"F5.112 members in another VPC of the group", "far-a", "far-b", "tcp/443", works},
		{"F5.112 a member that shares its address with one of a VPC that is no peer", "far-b", "far-a", "tcp/443", works},
		{"F5.112 members in two VPCs that are peered", "home-a", "near-a", "tcp/443", works},
		{"F5.112 the other way round", "near-a", "home-a", "tcp/443", works},
		{"F5.112 the group filters in another VPC too", "far-a", "far-b", "tcp/80", drops(trace.ENISGRulesMismatch, "far-a-sg,ops")},
		{"F5.104 the address of a member in a VPC that is no peer is not a member's", "home-a", "10.1.1.11", "tcp/443", out},
		{"F5.104 nor is an address that no member has", "home-a", "10.1.1.12", "tcp/443", out},
	})
	f, err := n.Probe("home-a", "near-a", "tcp/443")
	require.NoError(t, err)
	for _, h := range f.Forward.Hops {
		if h.Stage == trace.StageSecurityGroup {
			member := map[packet.Direction]string{packet.Egress: "near-a-eni", packet.Ingress: "home-a-eni"}[h.Direction]
			assert.Equal(t, member, h.Member, "F5.112 of two members with one address, that of the peer\n%+v", f)
		}
	}
	assert.Equal(t, []string{"near", "far"}, groupOf(t, n.Config(), "ops").VPCs)
}

// groupOf finds a group of a Config.
func groupOf(t *testing.T, c packetwalk.Config, id string) *sg.Group {
	t.Helper()
	for i := range c.SecurityGroups {
		if c.SecurityGroups[i].ID == id {
			return &c.SecurityGroups[i]
		}
	}
	require.Fail(t, "no group", id)
	return nil
}

// TestSharedGroupReferences: F5.104 and F5.112, one pair of VPCs that is peered is enough for a rule to name
// a group, and a rule is stale when no pair is joined any more (F5.111).
func TestSharedGroupReferences(t *testing.T) {
	network := func(second peering.Status) *packetwalk.Builder {
		b := packetwalk.New()
		home, near, other := b.VPC("home", "10.0.0.0/16"), b.VPC("near", "10.1.0.0/16"), b.VPC("other", "10.2.0.0/16")
		ops := home.Group("ops").ShareWith(near)
		b.Peer(near, other).Status(second)
		near.Subnet("n", "10.1.1.0/24").Instance("a").Groups(ops)
		other.Subnet("o", "10.2.1.0/24").Instance("b").Allow("tcp/443", ops)
		return b
	}
	n := mustNetwork(t, network(peering.Active))
	checkWalk(t, n, walkCase{from: "a", to: "b", service: "tcp/443", want: works})
	assert.False(t, hasWarning(n, packetwalk.StaleRule), "F5.112 home is no peer, near is")

	n = mustNetwork(t, network(peering.Deleted))
	assert.True(t, hasWarning(n, packetwalk.StaleRule), "F5.111")

	b := network(peering.Active)
	cfg := b.Config()
	groupOf(t, cfg, "ops").VPCs = nil
	cfg.Interfaces = cfg.Interfaces[1:] // a no longer has it
	_, err := packetwalk.Build(cfg)
	assert.ErrorContains(t, err, "not peered", "A29 without the association no VPC of the group is a peer")
}

// TestSharedGroupOfAnEndpoint: F5.112, the interfaces of an endpoint may have a group of another VPC that
// serves theirs.
func TestSharedGroupOfAnEndpoint(t *testing.T) {
	b := packetwalk.New()
	home, near := b.VPC("home", "10.0.0.0/16"), b.VPC("near", "10.1.0.0/16")
	home.Group("ops").ShareWith(near).Allow("tcp/443", packetwalk.CIDR("10.1.1.0/24"))
	s := near.Subnet("n", "10.1.1.0/24")
	s.Instance("a")
	near.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", s)
	cfg := b.Config()
	cfg.InterfaceEndpoints[0].Groups = []string{"ops"}
	checkWalk(t, mustNetwork(t, cfg), walkCase{from: "a", to: "sqs", service: "tcp/443", want: works})
}

func TestSharedGroupMistakes(t *testing.T) {
	network := func() *packetwalk.Builder {
		b := packetwalk.New()
		home, near := b.VPC("home", "10.0.0.0/16"), b.VPC("near", "10.1.0.0/16")
		home.Group("ops")
		near.Subnet("n", "10.1.1.0/24").Instance("a")
		return b
	}
	group := func(c *packetwalk.Config) *sg.Group { return &c.SecurityGroups[0] }
	with := func(edit func(v *vpc.VPC)) func(*packetwalk.Config) {
		return func(c *packetwalk.Config) {
			group(c).VPCs = []string{"near"}
			edit(&c.VPCs[1])
		}
	}
	runMistakes(t, network, []mistakeCase{
		{"F5.112 a VPC that is not there", func(c *packetwalk.Config) { group(c).VPCs = []string{"near", "gone"} }, "ops", "VPCs[1]", packetwalk.ErrNotFound},
		{"F5.112 a VPC of another Region", with(func(v *vpc.VPC) { v.Region = "eu-west-1" }), "ops", "VPCs[0]", packetwalk.ErrInvalid},
		{"F5.112 a VPC of another account", with(func(v *vpc.VPC) { v.Account = "444455556666" }), "ops", "VPCs[0]", packetwalk.ErrInvalid},
		{"F5.112 a default VPC", with(func(v *vpc.VPC) { v.Default = true }), "ops", "VPCs[0]", packetwalk.ErrInvalid},
		{"F5.112 a default group", func(c *packetwalk.Config) { group(c).Default, group(c).VPCs = true, []string{"near"} }, "ops", "VPCs", packetwalk.ErrInvalid},
		{"F5.112 its own VPC", func(c *packetwalk.Config) { group(c).VPCs = []string{"home"} }, "ops", "VPCs[0]", packetwalk.ErrDuplicate},
		{"F5.112 a VPC twice", func(c *packetwalk.Config) { group(c).VPCs = []string{"near", "near"} }, "ops", "VPCs[1]", packetwalk.ErrDuplicate},
		{"F5.112 an interface of a VPC that it does not serve", func(c *packetwalk.Config) { c.Interfaces[0].Groups = []string{"ops"} }, "a-eni", "Groups[0]", packetwalk.ErrInvalid},
		{"F5.112 an endpoint of a VPC that it does not serve", func(c *packetwalk.Config) {
			c.InterfaceEndpoints = append(c.InterfaceEndpoints, endpoint.Interface{
				ID: "sqs", VPC: "near", Service: "com.amazonaws.us-east-1.sqs", Subnets: []string{"n"}, Groups: []string{"ops"}})
		}, "sqs", "Groups[0]", packetwalk.ErrInvalid},
	})
	b := packetwalk.New()
	b.VPC("home", "10.0.0.0/16").Group("ops").ShareWith(nil)
	_, err := b.Build()
	assert.ErrorContains(t, err, `groups_vpcs_test.go:`)
	assert.ErrorContains(t, err, `security group "ops": VPCs[0] "nil"`)
}
