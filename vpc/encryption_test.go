package vpc_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/vpc"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEncryptionControlValidate(t *testing.T) {
	with := func(list ...vpc.EncryptionExclusion) *vpc.EncryptionControl {
		return &vpc.EncryptionControl{VPC: "v", Mode: vpc.EncryptionEnforce, Exclusions: list}
	}
	all := with()
	for e := vpc.ExcludeInternetGateway; e <= vpc.ExcludeElasticFileSystem; e++ {
		all.Exclusions = append(all.Exclusions, e)
	}
	for _, c := range []struct {
		name  string
		c     *vpc.EncryptionControl
		field string // "" for none
		want  error
	}{
		{"none at all", nil, "", nil},
		{"F3.201 nothing but a VPC", &vpc.EncryptionControl{VPC: "v"}, "", nil},
		{"F3.202 all eight exclusions", all, "", nil},
		{"F3.201 of no VPC", &vpc.EncryptionControl{}, "VPC", fault.ErrInvalid},
		{"F3.201 an unknown mode", &vpc.EncryptionControl{VPC: "v", Mode: 3}, "Mode", fault.ErrInvalid},
		{"F3.201 an unknown state", &vpc.EncryptionControl{VPC: "v", State: 11}, "State", fault.ErrInvalid},
		{"F3.202 no exclusion", with(vpc.ExclusionUnspecified), "Exclusions[0]", fault.ErrInvalid},
		{"F3.202 an unknown exclusion", with(vpc.ExcludeLambda, 9), "Exclusions[1]", fault.ErrInvalid},
		{"F3.202 an exclusion twice", with(vpc.ExcludeLambda, vpc.ExcludeNATGateway, vpc.ExcludeLambda), "Exclusions[2]", fault.ErrDuplicate},
	} {
		t.Run(c.name, func(t *testing.T) {
			faults := fault.Of(c.c.Validate())
			if c.field == "" {
				assert.Empty(t, faults)
				return
			}
			require.Len(t, faults, 1)
			assert.Equal(t, c.field, faults[0].Field)
			assert.ErrorIs(t, faults[0], c.want)
		})
	}
	assert.Len(t, all.Exclusions, 8, "F3.202")
}

func TestEncryptionControlEnforces(t *testing.T) {
	for s := vpc.EncryptionStateUnspecified; s <= vpc.EncryptionDeleteFailed; s++ {
		c := vpc.EncryptionControl{VPC: "v", Mode: vpc.EncryptionEnforce, State: s}
		holds := s == vpc.EncryptionStateUnspecified || s == vpc.EncryptionAvailable
		assert.Equal(t, holds, c.Enforces(), "F3.201 %v", s)
		for _, m := range []vpc.EncryptionMode{vpc.EncryptionUnspecified, vpc.EncryptionMonitor} {
			c.Mode = m
			assert.False(t, c.Enforces(), "F3.201 %v %v", m, s)
		}
	}
	var none *vpc.EncryptionControl
	assert.False(t, none.Enforces())
	assert.False(t, none.Excludes(vpc.ExcludeLambda))
}

func ExampleEncryptionControl_Excludes() {
	c := vpc.EncryptionControl{VPC: "app", Mode: vpc.EncryptionEnforce, Exclusions: []vpc.EncryptionExclusion{vpc.ExcludeNATGateway}}
	fmt.Println(c.Enforces(), c.Excludes(vpc.ExcludeNATGateway), c.Excludes(vpc.ExcludeInternetGateway))
	// Output:
	// true true false
}

// The names that AWS gives the modes and the states, and those that its CLI gives the exclusions.
func TestEncryptionText(t *testing.T) {
	for i, want := range []string{"", "monitor", "enforce"} {
		checkEncryptionText[vpc.EncryptionMode](t, i, want, "F3.201")
	}
	for i, want := range []string{
		"", "creating", "available", "modify-in-progress", "monitor-in-progress", "enforce-in-progress",
		"monitor-failed", "enforce-failed", "deleting", "deleted", "delete-failed",
	} {
		checkEncryptionText[vpc.EncryptionState](t, i, want, "F3.201")
	}
	for i, want := range []string{
		"", "internet-gateway", "egress-only-internet-gateway", "nat-gateway", "virtual-private-gateway", "vpc-peering",
		"lambda", "vpc-lattice", "elastic-file-system",
	} {
		checkEncryptionText[vpc.EncryptionExclusion](t, i, want, "F3.202")
	}
	assert.Equal(t, "EncryptionMode(9)", vpc.EncryptionMode(9).String())
	assert.Equal(t, "EncryptionState(99)", vpc.EncryptionState(99).String())
	assert.Equal(t, "EncryptionExclusion(99)", vpc.EncryptionExclusion(99).String())
	for _, v := range []any{vpc.EncryptionMode(9), vpc.EncryptionState(99), vpc.EncryptionExclusion(99)} {
		_, err := json.Marshal(v)
		assert.Error(t, err, "%T", v)
	}
	for _, v := range []any{new(vpc.EncryptionMode), new(vpc.EncryptionState), new(vpc.EncryptionExclusion)} {
		assert.Error(t, json.Unmarshal([]byte(`"gone"`), v), "%T", v)
	}
}

// checkEncryptionText wants the name of a value, and the value of that name.
func checkEncryptionText[E interface {
	~uint8
	fmt.Stringer
}](t *testing.T, i int, want, fact string) {
	t.Helper()
	assert.Equal(t, want, E(i).String(), fact)
	text, err := json.Marshal(E(i))
	require.NoError(t, err)
	back := E(99)
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, E(i), back, fact)
}

// TestEncryptionControlWatches: in either mode, as long as it is there (F1.142).
func TestEncryptionControlWatches(t *testing.T) {
	for s := vpc.EncryptionStateUnspecified; s <= vpc.EncryptionDeleteFailed; s++ {
		for _, m := range []vpc.EncryptionMode{vpc.EncryptionUnspecified, vpc.EncryptionMonitor, vpc.EncryptionEnforce} {
			c := vpc.EncryptionControl{VPC: "v", Mode: m, State: s}
			assert.Equal(t, s != vpc.EncryptionCreating && s != vpc.EncryptionDeleted, c.Watches(), "F1.142 %v %v", m, s)
		}
	}
	assert.False(t, (*vpc.EncryptionControl)(nil).Watches())
}
