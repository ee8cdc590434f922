package vpc_test

import (
	"fmt"
	"testing"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/vpc"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBlockPublicAccessValidate(t *testing.T) {
	const both = vpc.BPAAllowBidirectional
	subnets := func(n int) (list []vpc.BPAExclusion) {
		for i := range n {
			list = append(list, vpc.BPAExclusion{Subnet: fmt.Sprint("s", i), Mode: both})
		}
		return list
	}
	for _, c := range []struct {
		name  string
		b     *vpc.BlockPublicAccess
		field string // "" for none
		want  error
	}{
		{"none at all", nil, "", nil},
		{"zero blocks nothing", &vpc.BlockPublicAccess{}, "", nil},
		{"F3.105 fifty exclusions", &vpc.BlockPublicAccess{Exclusions: subnets(50)}, "", nil},
		{"F3.105 and no more", &vpc.BlockPublicAccess{Exclusions: subnets(51)}, "Exclusions", fault.ErrLimit},
		{"F3.101 an unknown mode", &vpc.BlockPublicAccess{Mode: 4}, "Mode", fault.ErrInvalid},
		{"F3.105 of a VPC and a subnet", &vpc.BlockPublicAccess{Exclusions: []vpc.BPAExclusion{{VPC: "v", Subnet: "s", Mode: both}}}, "Exclusions[0].Subnet", fault.ErrInvalid},
		{"F3.105 of nothing", &vpc.BlockPublicAccess{Exclusions: []vpc.BPAExclusion{{Mode: both}}}, "Exclusions[0].VPC", fault.ErrInvalid},
		{"F3.105 without a mode", &vpc.BlockPublicAccess{Exclusions: []vpc.BPAExclusion{{VPC: "v"}}}, "Exclusions[0].Mode", fault.ErrInvalid},
		{"F3.105 with an unknown mode", &vpc.BlockPublicAccess{Exclusions: []vpc.BPAExclusion{{VPC: "v", Mode: 3}}}, "Exclusions[0].Mode", fault.ErrInvalid},
		{"F3.105 twice of one VPC", &vpc.BlockPublicAccess{Exclusions: []vpc.BPAExclusion{{VPC: "v", Mode: both}, {VPC: "v", Mode: vpc.BPAAllowEgress}}}, "Exclusions[1]", fault.ErrDuplicate},
	} {
		t.Run(c.name, func(t *testing.T) {
			faults := fault.Of(c.b.Validate())
			if c.field == "" {
				assert.Empty(t, faults)
				return
			}
			require.Len(t, faults, 1)
			assert.Equal(t, c.field, faults[0].Field)
			assert.ErrorIs(t, faults[0], c.want)
		})
	}
}

func TestBlockPublicAccessIn(t *testing.T) {
	in, both, off := vpc.BPAIngress, vpc.BPABidirectional, vpc.BPAOff
	all, out := vpc.BPAAllowBidirectional, vpc.BPAAllowEgress
	for _, c := range []struct {
		name       string
		mode       vpc.BPAMode
		exclusions []vpc.BPAExclusion
		want       [2]vpc.BPAMode // of subnet s of VPC v, and of v as a whole
	}{
		{"F3.101 off", off, nil, [2]vpc.BPAMode{off, off}},
		{"F3.101 unspecified", vpc.BPAUnspecified, nil, [2]vpc.BPAMode{off, off}},
		{"F3.101 ingress", in, nil, [2]vpc.BPAMode{in, in}},
		{"F3.105 a VPC with all its subnets", both, []vpc.BPAExclusion{{VPC: "v", Mode: all}}, [2]vpc.BPAMode{off, off}},
		{"F3.105 one subnet", both, []vpc.BPAExclusion{{Subnet: "s", Mode: all}}, [2]vpc.BPAMode{off, both}},
		{"F3.105 outward", both, []vpc.BPAExclusion{{Subnet: "s", Mode: out}}, [2]vpc.BPAMode{in, both}},
		{"F3.105 others", both, []vpc.BPAExclusion{{Subnet: "x", Mode: all}, {VPC: "x", Mode: all}, {Mode: all}}, [2]vpc.BPAMode{both, both}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &vpc.BlockPublicAccess{Mode: c.mode, Exclusions: c.exclusions}
			assert.Equal(t, c.want, [2]vpc.BPAMode{b.In("v", "s"), b.In("v", "")})
		})
	}
	assert.Equal(t, off, (*vpc.BlockPublicAccess)(nil).In("v", "s"))
}

func ExampleBlockPublicAccess_In() {
	b := vpc.BlockPublicAccess{Mode: vpc.BPABidirectional, Exclusions: []vpc.BPAExclusion{{Subnet: "nat", Mode: vpc.BPAAllowEgress}}}
	fmt.Println(b.In("app", "web"))
	fmt.Println(b.In("app", "nat"))
	// Output:
	// block-bidirectional
	// block-ingress
}

// The names that AWS gives the modes.
func TestBlockPublicAccessText(t *testing.T) {
	for i, want := range []string{"", "off", "block-bidirectional", "block-ingress"} {
		m := vpc.BPAMode(i)
		got, err := m.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(got), "F3.101")
		back := vpc.BPAMode(99)
		require.NoError(t, back.UnmarshalText(got))
		assert.Equal(t, m, back)
	}
	for i, want := range []string{"", "allow-bidirectional", "allow-egress"} {
		m := vpc.BPAExclusionMode(i)
		got, err := m.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(got), "F3.105")
		back := vpc.BPAExclusionMode(99)
		require.NoError(t, back.UnmarshalText(got))
		assert.Equal(t, m, back)
	}
	_, err := vpc.BPAMode(9).MarshalText()
	assert.ErrorContains(t, err, "block mode 9")
	_, err = vpc.BPAExclusionMode(9).MarshalText()
	assert.ErrorContains(t, err, "exclusion mode 9")
	assert.Error(t, new(vpc.BPAMode).UnmarshalText([]byte("on")))
	assert.Error(t, new(vpc.BPAExclusionMode).UnmarshalText([]byte("all")))
	assert.Equal(t, "BPAMode(9) BPAExclusionMode(9)", vpc.BPAMode(9).String()+" "+vpc.BPAExclusionMode(9).String())
}
