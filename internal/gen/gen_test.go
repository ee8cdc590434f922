package gen_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

func Example() {
	n, err := packetwalk.Build(gen.World(1, 200, gen.Tiered))
	fmt.Println(len(n.Config().Instances), err)
	flows := gen.Flows(n.Config(), 1, 1000)
	delivered := 0
	for _, f := range flows {
		if flow, err := n.Connect(f.From, f.Packet); err == nil && flow.OK() {
			delivered++
		}
	}
	fmt.Println(len(flows), delivered > 200, delivered < 1000)
	// Output:
	// 200 <nil>
	// 1000 true true
}

// TestWorld holds each kind of world to its proportions, and to traffic that is not all of one fate.
func TestWorld(t *testing.T) {
	for _, c := range []struct {
		name       string
		cfg        packetwalk.Config
		interfaces int
		vpcs       int
		peerings   int
		delivered  float64 // at least, of all flows
	}{
		{"less than one VPC's worth", gen.World(1, 3, gen.Tiered), 3, 1, 0, 0.3},
		{"one VPC", gen.World(1, 200, gen.Tiered), 200, 1, 0, 0.3},
		{"six peerings a VPC", gen.World(2, 2000, gen.Tiered), 2000, 10, 30, 0.2},
		{"random ranges", gen.World(3, 2000, gen.Random), 2000, 10, 30, 0.05},
		{"dual-stack", gen.DualStack(4, 2000, gen.Tiered), 2000, 10, 30, 0.2},
		{"dual-stack, random ranges", gen.DualStack(5, 2000, gen.Random), 2000, 10, 30, 0.05},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Len(t, c.cfg.Interfaces, c.interfaces)
			assert.Len(t, c.cfg.VPCs, c.vpcs)
			assert.Len(t, c.cfg.Subnets, 8*c.vpcs)
			assert.Len(t, c.cfg.Peerings, c.peerings)
			assert.Len(t, c.cfg.SecurityGroups, 20*c.vpcs)
			references := 0
			for _, g := range c.cfg.SecurityGroups {
				assert.Len(t, g.Rules, 120)
				for _, r := range g.Rules {
					if r.Group != "" {
						references++
					}
				}
			}
			assert.InDelta(t, 0.30, float64(references)/float64(2400*c.vpcs), 0.02, "references")
			for _, a := range c.cfg.NetworkACLs {
				assert.Len(t, a.Entries, 40)
			}
			n, err := packetwalk.Build(c.cfg)
			require.NoError(t, err)
			holdsTraffic(t, n, c.delivered)
		})
	}
}

// holdsTraffic wants at least that part of the flows delivered, a tenth dropped, and all of them possible to
// ask.
func holdsTraffic(t *testing.T, n *packetwalk.Network, part float64) {
	t.Helper()
	flows, codes := gen.Flows(n.Config(), 7, 2000), make(map[trace.Code]int)
	for _, f := range flows {
		s, err := n.Source(f.From)
		require.NoError(t, err)
		codes[s.Verdict(f.Packet).Code]++
	}
	delivered := float64(codes[trace.NoCode]) / float64(len(flows))
	t.Log(codes)
	assert.GreaterOrEqual(t, delivered, part)
	assert.LessOrEqual(t, delivered, 0.9)
}

// TestSmall wants every small network to build, and all of them together to meet many fates.
func TestSmall(t *testing.T) {
	codes := make(map[trace.Code]int)
	protocols := make(map[packet.Protocol]int)
	for seed := range uint64(300) {
		n, err := packetwalk.Build(gen.Small(seed))
		require.NoError(t, err, "seed %d", seed)
		for _, f := range gen.Flows(n.Config(), seed, 20) {
			if flow, err := n.Connect(f.From, f.Packet); err == nil {
				codes[flow.Verdict().Code]++
				protocols[f.Packet.Protocol]++
			}
		}
	}
	t.Log(codes)
	assert.Greater(t, codes[trace.NoCode], 300, "delivered")
	for _, c := range []trace.Code{
		trace.SubnetACLRestriction, trace.ENISGRulesMismatch, trace.NoRouteToDestination, trace.BadStateRoute, trace.UnsupportedComponent,
		trace.IGWPublicIPAssociationForEgress, trace.BadState, trace.NATNoSession,
	} {
		assert.NotZero(t, codes[c], "%v", c)
	}
	assert.Len(t, protocols, 3+1, "TCP, UDP, ICMP and ICMPv6")
}

func TestSameSeedSameNetwork(t *testing.T) {

	for seed := range uint64(5) {
		assert.Empty(t, cmp.Diff(gen.World(seed, 400, gen.Random), gen.World(seed, 400, gen.Random), wholes))
		assert.Empty(t, cmp.Diff(gen.Small(seed), gen.Small(seed), wholes))
		n, err := packetwalk.Build(gen.Small(seed))
		require.NoError(t, err)
		assert.Equal(t, gen.Flows(n.Config(), seed, 10), gen.Flows(n.Config(), seed, 10))
	}
	assert.NotEmpty(t, cmp.Diff(gen.Small(3), gen.Small(6), wholes), "another seed, another network")
}

var wholes = cmpopts.EquateComparable(netip.Addr{}, netip.Prefix{}, packet.Service{})

func TestNothingToDraw(t *testing.T) {
	assert.Empty(t, gen.Flows(packetwalk.Config{}, 1, 10))
	assert.Empty(t, gen.World(1, -1, gen.Tiered).Interfaces)
}
