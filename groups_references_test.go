package packetwalk_test

import (
	"encoding/json"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/trace"
)

// TestGroupsBetweenAccounts: F8.014, a peering carries group references whoever owns its VPCs, but never
// between Regions.
func TestGroupsBetweenAccounts(t *testing.T) {
	network := func(region string, direction packet.Direction) *packetwalk.Builder {
		b := packetwalk.New()
		ours, theirs := b.VPC("ours", "10.0.0.0/16").Account("111122223333"), b.VPC("theirs", "10.1.0.0/16").Account("444455556666").Region(region)
		b.Peer(ours, theirs)
		a, c := ours.Subnet("o", "10.0.1.0/24").Instance("a"), theirs.Subnet("t", "10.1.1.0/24").Instance("c")
		if direction == packet.Ingress {
			c.Allow("tcp/443", a)
		} else {
			a.NoDefaultEgress().AllowOut("tcp/443", c)
			c.Allow("tcp/443", packetwalk.CIDR("10.0.0.0/16"))
		}
		return b
	}
	for _, c := range []struct {
		name      string
		direction packet.Direction
	}{
		{"F5.104 F8.014 as source, of another account", packet.Ingress},
		{"F5.105 F8.014 as destination, of another account", packet.Egress},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, network("us-east-1", c.direction))
			checkWalk(t, n, walkCase{from: "a", to: "c", service: "tcp/443", want: works})
			checkWalk(t, n, walkCase{from: "a", to: "c", service: "tcp/80", want: drops(trace.ENISGRulesMismatch, map[packet.Direction]string{
				packet.Ingress: "c-sg", packet.Egress: "a-sg"}[c.direction])})
		})
		t.Run("F5.106 A29 item 83 refused between Regions, "+c.direction.String(), func(t *testing.T) {
			_, err := network("eu-west-1", c.direction).Build()
			assert.ErrorIs(t, err, packetwalk.ErrInvalid)
			assert.ErrorContains(t, err, "want a CIDR, groups can't be referred to across Regions")
		})
	}
	t.Run("F5.106 item 83 a CIDR between Regions", func(t *testing.T) {
		b := packetwalk.New()
		ours, theirs := b.VPC("ours", "10.0.0.0/16"), b.VPC("theirs", "10.1.0.0/16").Region("eu-west-1")
		b.Peer(ours, theirs)
		ours.Subnet("o", "10.0.1.0/24").Instance("a")
		theirs.Subnet("t", "10.1.1.0/24").Instance("c").Allow("tcp/443", packetwalk.CIDR("10.0.0.0/16"))
		checkWalk(t, mustNetwork(t, b), walkCase{from: "a", to: "c", service: "tcp/443", want: works})
	})
	t.Run("A29 a group of a VPC that is no peer, as destination", func(t *testing.T) {
		b := packetwalk.New()
		alien := b.VPC("apart", "10.1.0.0/16").Group("alien")
		b.VPC("app", "10.0.0.0/16").Group("g").AllowOut("tcp/443", alien)
		_, err := b.Build()
		assert.ErrorIs(t, err, packetwalk.ErrInvalid)
		assert.ErrorContains(t, err, "not peered")
	})
}

// TestStaleGroupRules: F5.111, a rule outlives the group or the peering that it needs, and grants nothing
// meanwhile.
func TestStaleGroupRules(t *testing.T) {
	shut := drops(trace.ENISGRulesMismatch, "c-sg")
	network := func(edit func(*packetwalk.Config)) packetwalk.Config {
		b := packetwalk.New()
		v, w := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16")
		b.Peer(v, w)
		shared := v.Group("callers")
		v.Subnet("one", "10.0.1.0/24").Instance("a").Groups(shared)
		w.Subnet("two", "10.1.1.0/24").Instance("c").Allow("tcp/443", shared)
		cfg := b.Config()
		edit(&cfg)
		return cfg
	}
	rule := func(c *packetwalk.Config) *sg.Rule { return &groupOf(t, *c, "c-sg").Rules[0] }
	dropGroup := func(c *packetwalk.Config) {
		c.SecurityGroups = slices.DeleteFunc(c.SecurityGroups, func(g sg.Group) bool { return g.ID == "callers" })
		for i := range c.Interfaces {
			c.Interfaces[i].Groups = slices.DeleteFunc(c.Interfaces[i].Groups, func(id string) bool { return id == "callers" })
		}
	}
	second := peering.Connection{ID: "again", Requester: peering.Side{VPC: "peer"}, Accepter: peering.Side{VPC: "app"}}
	for _, c := range []struct {
		name  string
		edit  func(*packetwalk.Config)
		stale bool
		want  outcome
	}{
		{"F5.111 as long as all is there", func(*packetwalk.Config) {}, false, works},
		{"F5.111 the group is gone", func(c *packetwalk.Config) { dropGroup(c); rule(c).Stale = true }, true, shut},
		{"F5.111 a rule that says so", func(c *packetwalk.Config) { rule(c).Stale = true }, true, shut},
		{"F5.111 the peering is gone", func(c *packetwalk.Config) { c.Peerings[0].Status = peering.Deleted }, true,
			drops(trace.BadStateRoute, "app-main-rtb")},
		{"F5.111 another peering takes the place of one that is gone", func(c *packetwalk.Config) {
			c.Peerings[0].Status = peering.Deleted
			c.Peerings = append(c.Peerings, second)
			for i := range c.RouteTables {
				for j := range c.RouteTables[i].Routes {
					c.RouteTables[i].Routes[j].Target.ID = "again"
				}
			}
		}, false, works},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, network(c.edit))
			checkWalk(t, n, walkCase{from: "a", to: "c", service: "tcp/443", want: c.want})
			assert.Equal(t, c.stale, hasWarning(n, packetwalk.StaleRule), "%v", n.Warnings())
			cfg := n.Config()
			assert.Equal(t, "callers", rule(&cfg).Group, "the rule remains")
		})
	}
	t.Run("F5.111 a rule that names a group which is gone and does not say so", func(t *testing.T) {
		_, err := packetwalk.Build(network(dropGroup))
		assert.ErrorIs(t, err, packetwalk.ErrNotFound)
	})
}

// TestMembersBySecondaryAddress: F5.102, each private address of an interface is a member's, on the way in
// and on the way out.
func TestMembersBySecondaryAddress(t *testing.T) {
	b := packetwalk.New()
	s := b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.1.0/24")
	a := s.Instance("a").PrivateIP("10.0.1.10").SecondaryIP("10.0.1.11").NoDefaultEgress()
	c := s.Instance("c").PrivateIP("10.0.1.20").SecondaryIP("10.0.1.21").Allow("tcp/443", a)
	a.AllowOut("tcp/443", c)
	n := mustNetwork(t, b)
	for _, src := range []string{"10.0.1.10", "10.0.1.11"} {
		for _, dst := range []string{"10.0.1.20", "10.0.1.21"} {
			t.Run("F5.102 from "+src+" to "+dst, func(t *testing.T) {
				f, err := n.Connect("a", packet.Packet{Src: addr(src), Dst: addr(dst), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443})
				require.NoError(t, err)
				checkOutcome(t, f, works)
			})
		}
	}
}

// TestLostIdentities: F5.108 and F5.110, a rule that names a group no longer matches what a gateway passed
// on.
func TestLostIdentities(t *testing.T) {
	lost := drops(trace.SGReferencesNotPreserved, "b-sg")
	t.Run("F5.110 through a NAT gateway inside the VPC", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		nat := v.Subnet("mid", "10.0.3.0/24").PrivateNAT("nat")
		a := v.Subnet("one", "10.0.1.0/24").Route("10.0.2.0/24", nat).Instance("a") // F4.221
		v.Subnet("two", "10.0.2.0/24").Instance("b").Allow("tcp/443", a).Allow("tcp/80", packetwalk.CIDR("10.0.3.0/24"))
		runWalks(t, mustNetwork(t, b), []walkCase{
			{"F5.110 the group is lost", "a", "b", "tcp/443", lost},
			{"F5.110 the NAT gateway's address is what arrives", "a", "b", "tcp/80", works},
		})
	})
	t.Run("F5.110 through internet gateways, over IPv6", func(t *testing.T) {
		b := packetwalk.New()
		one, two := b.VPC("one", "10.0.0.0/16", "2001:db8:1::/56"), b.VPC("two", "10.1.0.0/16", "2001:db8:2::/56")
		b.PeerWithoutRoutes(one, two) // so that the rule can name the group
		a := one.Subnet("s1", "10.0.1.0/24", "2001:db8:1:1::/64").Route("::/0", one.InternetGateway("igw-1")).Instance("a").IPv6("2001:db8:1:1::10")
		two.Subnet("s2", "10.1.1.0/24", "2001:db8:2:1::/64").Route("::/0", two.InternetGateway("igw-2")).Instance("b").IPv6("2001:db8:2:1::10").
			Allow("tcp/443", a).Allow("tcp/80", packetwalk.CIDR("2001:db8:1:1::/64"))
		runWalks(t, mustNetwork(t, b), []walkCase{
			{"F5.110 the group is lost", "a", "2001:db8:2:1::10", "tcp/443", lost},
			{"F5.110 the address is not", "a", "2001:db8:2:1::10", "tcp/80", works},
		})
	})
	t.Run("A25 F5.108 through an appliance, both ways", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		box := v.Subnet("mid", "10.0.3.0/24").Appliance("fw").Allow("all", packetwalk.Anywhere)
		a := v.Subnet("one", "10.0.1.0/24").Route("10.0.2.0/24", box).Instance("a")
		v.Subnet("two", "10.0.2.0/24").Route("10.0.1.0/24", box).Instance("b").Allow("tcp/443", a).Allow("tcp/80", packetwalk.CIDR("10.0.1.0/24"))
		runWalks(t, mustNetwork(t, b), []walkCase{
			{"A25 the group is lost", "a", "b", "tcp/443", lost},
			{"A25 a CIDR rule is not", "a", "b", "tcp/80", works},
		})
	})
	t.Run("A24 F5.101 round by the public address", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		s := v.Subnet("s", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
		a := s.Instance("a").ElasticIP("198.51.100.1").NoDefaultEgress()
		c := s.Instance("b").ElasticIP("198.51.100.2").Allow("tcp/443", a, packetwalk.CIDR("198.51.100.1/32"))
		a.AllowOut("tcp/443", c)
		runWalks(t, mustNetwork(t, b), []walkCase{
			{"A24 a group as destination is no public address either", "a", "198.51.100.2", "tcp/443", drops(trace.ENISGRulesMismatch, "a-sg")},
			{"A24 the private address is a member's", "a", "b", "tcp/443", works},
		})
	})
}

// foreignNet is one VPC, peered with one that was not loaded: its blocks and its Region are all that is
// known. The group of host a lets out what the rule says.
func foreignNet(edit func(c *packetwalk.Config)) packetwalk.Config {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.Subnet("s", "10.0.1.0/24").Instance("a").NoDefaultEgress()
	cfg := b.Config()
	cfg.Peerings = []peering.Connection{{ID: "pcx", Requester: peering.Side{VPC: "app"}, Accepter: peering.Side{
		VPC: "far", Account: "444455556666", Region: "us-east-1", Blocks: []netip.Prefix{netip.MustParsePrefix("10.9.0.0/16")}}}}
	cfg.SecurityGroups[0].Rules = []sg.Rule{
		{Direction: packet.Egress, Service: packet.MustParseService("tcp/443"), Group: "sg-far", GroupVPC: "far"},
		{Direction: packet.Egress, Service: packet.MustParseService("tcp/22"), CIDR: netip.MustParsePrefix("10.0.0.0/16")},
	}
	if edit != nil {
		edit(&cfg)
	}
	return cfg
}

// TestForeignGroup: F5.104 and F8.014, a rule may name a group of a peer outside of the network; who has the
// group is not known.
func TestForeignGroup(t *testing.T) {
	n := mustNetwork(t, foreignNet(nil))
	assert.False(t, hasWarning(n, packetwalk.StaleRule), "%v", n.Warnings())
	mismatch := drops(trace.ENISGRulesMismatch, "a-sg")
	runWalks(t, n, []walkCase{
		{"F5.104 an address of the peer, which may have the group", "a", "10.9.0.5", "tcp/443", drops(trace.UnknownPeeredSGs, "a-sg")},
		{"F5.104 another service than the rule's", "a", "10.9.0.5", "tcp/80", mismatch},
		{"F5.104 another VPC's address", "a", "10.8.0.5", "tcp/443", mismatch},
	})
	text, err := json.Marshal(n.Config())
	require.NoError(t, err)
	var back packetwalk.Config
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, n.Config().SecurityGroups, back.SecurityGroups)

	t.Run("F5.111 stale once the peering is gone", func(t *testing.T) {
		n := mustNetwork(t, foreignNet(func(c *packetwalk.Config) { c.Peerings[0].Status = peering.Deleted }))
		assert.True(t, hasWarning(n, packetwalk.StaleRule))
		checkWalk(t, n, walkCase{from: "a", to: "10.9.0.5", service: "tcp/443", want: mismatch})
	})
}

func TestForeignGroupMistakes(t *testing.T) {
	network := func(edit func(*packetwalk.Config)) error {
		_, err := packetwalk.Build(foreignNet(edit))
		return err
	}
	rule := func(c *packetwalk.Config) *sg.Rule { return &c.SecurityGroups[0].Rules[0] }
	for _, c := range []struct {
		name   string
		edit   func(*packetwalk.Config)
		reason error
		text   string
	}{
		{"F5.104 of a VPC that is no peer", func(c *packetwalk.Config) { rule(c).GroupVPC = "apart" }, packetwalk.ErrInvalid, `Rules[0].Group "sg-far": invalid: it is in VPC "apart", which is not peered`},
		{"F5.106 of a peer in another Region", func(c *packetwalk.Config) { c.Peerings[0].Accepter.Region = "eu-west-1" }, packetwalk.ErrInvalid, `VPC "far" is in another Region`},
		{"F5.104 of no VPC", func(c *packetwalk.Config) { rule(c).GroupVPC = "" }, packetwalk.ErrNotFound, `Rules[0].Group "sg-far"`},
		{"F5.104 of a VPC that is inside, which has no such group", func(c *packetwalk.Config) { rule(c).GroupVPC = "app" }, packetwalk.ErrNotFound, `Rules[0].Group "sg-far"`},
		{"F5.104 a group that is inside, said to be outside", func(c *packetwalk.Config) { rule(c).Group = "a-sg" }, packetwalk.ErrInvalid, `Rules[0].GroupVPC "far": invalid: group "a-sg" is in VPC "app"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := network(c.edit)
			assert.ErrorIs(t, err, c.reason)
			assert.ErrorContains(t, err, c.text)
		})
	}
}
