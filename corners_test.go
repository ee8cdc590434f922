package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// TestReturnToSenderMeetsTheACL: F4.210, only an ACL keeps the answer from going back, wherever the table
// leads.
func TestReturnToSenderMeetsTheACL(t *testing.T) {
	b := packetwalk.New()
	a, c := b.VPC("a", "10.0.0.0/16"), b.VPC("c", "10.1.0.0/16")
	p := b.PeerWithoutRoutes(a, c)
	nat := a.Subnet("ns", "10.0.1.0/24").Route("10.1.0.0/16", p).PrivateNAT("nat")
	a.Subnet("cs", "10.0.2.0/24").Route("10.1.0.0/16", nat).Instance("cli")
	bs := c.Subnet("bs", "10.1.1.0/24")
	bs.Instance("srv").Allow("tcp/443", packetwalk.Anywhere)
	bs.Route("0.0.0.0/0", bs.Appliance("fw"))
	open := mustNetwork(t, b)
	checkWalk(t, open, walkCase{from: "cli", to: "srv", service: "tcp/443", want: works})

	c.ACL("shut").For(bs).AllowIn(100, "all", "0.0.0.0/0").DenyOut(50, "all", "10.0.0.0/16").AllowOut(100, "all", "0.0.0.0/0")
	checkWalk(t, mustNetwork(t, b), walkCase{from: "cli", to: "srv", service: "tcp/443", want: replyDrops(trace.SubnetACLRestriction, "shut")})
}

// natNet is a network with a NAT gateway whose data a test completes.
func natNet(edit func(*packetwalk.Config)) packetwalk.Config {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	pub := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", pub.NAT("nat")).Instance("i")
	cfg := b.Config()
	edit(&cfg)
	return cfg
}

// TestNATGatewaySendsFromItsOwn: F4.204, it is the gateway's address, not the first of its interface.
func TestNATGatewaySendsFromItsOwn(t *testing.T) {
	n := mustNetwork(t, natNet(func(c *packetwalk.Config) {
		c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "e", Subnet: "pub", Kind: subnet.NATGateway, NoSourceDestCheck: true,
			Private: []subnet.Address{{Private: addr("10.0.0.8")}, {Private: addr("10.0.0.9")}}})
		c.NATGateways[0].Addresses = []gateway.NATAddress{{Interface: "e", Private: addr("10.0.0.9"), Public: addr("192.0.2.2")}}
	}))
	f := checkWalk(t, n, walkCase{from: "i", to: "internet", service: "tcp/443", want: works})
	assert.Equal(t, "192.0.2.2", f.Forward.Last.Src.String())
}

// TestNATGatewayInterface: it belongs to one gateway and bears what that says.
func TestNATGatewayInterface(t *testing.T) {
	_, err := packetwalk.Build(natNet(func(c *packetwalk.Config) {
		c.NATGateways[0].Addresses[0].Interface = "e"
		c.NATGateways = append(c.NATGateways, gateway.NAT{ID: "two", Subnet: "pub", Addresses: []gateway.NATAddress{{Interface: "e", Public: addr("192.0.2.7")}}})
	}))
	assert.ErrorIs(t, err, packetwalk.ErrDuplicate)

	_, err = packetwalk.Build(natNet(func(c *packetwalk.Config) {
		c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "e", Subnet: "pub", Kind: subnet.NATGateway, NoSourceDestCheck: true,
			Private: []subnet.Address{{Private: addr("10.0.0.8"), Public: addr("192.0.2.2")}}})
		c.NATGateways[0].Addresses = []gateway.NATAddress{{Interface: "e", Private: addr("10.0.0.9"), Public: addr("192.0.2.2")}}
	}))
	assert.ErrorIs(t, err, packetwalk.ErrInvalid)
}

// TestOrphans: an interface that a NAT gateway left behind is nobody's host.
func TestOrphans(t *testing.T) {
	cfg := mustNetwork(t, natNet(func(*packetwalk.Config) {})).Config()
	cfg.NATGateways = nil
	for i := range cfg.RouteTables {
		cfg.RouteTables[i].Routes = nil
	}
	checkWalk(t, mustNetwork(t, cfg), walkCase{from: "internet", to: "nat-eni", service: "tcp/22", want: drops(trace.BadState, "nat-eni")})
}

// TestCompletingAgain: what Build completed, less the interfaces that it made, completes to the same.
func TestCompletingAgain(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	v.InterfaceEndpoint("ep", "com.amazonaws.us-east-1.sqs", v.Subnet("s", "10.0.0.0/24"))
	cfg := mustNetwork(t, b).Config()
	cfg.Interfaces = nil
	again := mustNetwork(t, cfg).Config()
	assert.Equal(t, []string{"ep-s-eni"}, again.InterfaceEndpoints[0].Interfaces)
	mustNetwork(t, again)
}

// TestForeignAndZeroHandles: they are mistakes of their line, and change no other Builder.
func TestForeignAndZeroHandles(t *testing.T) {
	b, other := packetwalk.New(), packetwalk.New()
	s := b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.0.0/24")
	s.Instance("i").Attach(other.VPC("o", "10.0.0.0/16").Subnet("os", "10.0.0.0/24").Interface("e")).
		Allow("tcp/1", new(packetwalk.InstanceHandle))
	s.Route("0.0.0.0/0", new(packetwalk.InterfaceHandle))
	_, err := b.Build()
	require.Error(t, err)
	assert.Len(t, err.(interface{ Unwrap() []error }).Unwrap(), 3, "%v", err)
	mustNetwork(t, other)
}

// TestPeersOfOneBlock: two peerings that bring a route to the same block are a mistake in either order.
func TestPeersOfOneBlock(t *testing.T) {
	for _, first := range []bool{true, false} {
		b := packetwalk.New()
		a, x, y := b.VPC("a", "10.0.0.0/16"), b.VPC("x", "10.1.0.0/16"), b.VPC("y", "10.1.0.0/16")
		if first {
			b.Peer(a, x)
			b.Peer(a, y)
		} else {
			b.Peer(a, y)
			b.Peer(a, x)
		}
		_, err := b.Build()
		assert.ErrorIs(t, err, packetwalk.ErrOverlap)
	}
}

// TestPeerOfNothing is one mistake.
func TestPeerOfNothing(t *testing.T) {
	b := packetwalk.New()
	b.Peer(b.VPC("app", "10.0.0.0/16"), nil)
	_, err := b.Build()
	require.ErrorIs(t, err, packetwalk.ErrInvalid)
	assert.NotContains(t, err.Error(), "-main-rtb")
}

// TestNoNetwork: a test that looks past Build's error gets errors, and no panic.
func TestNoNetwork(t *testing.T) {
	var n *packetwalk.Network
	_, err := n.Probe("a", "b", "tcp/1")
	assert.ErrorIs(t, err, packetwalk.ErrInvalid)
	assert.Empty(t, n.Warnings())
	assert.Equal(t, packetwalk.Config{}, n.Config())
}
