package vpctest_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpctest"
)

// blueprint is a Buildable that gives what it holds.
type blueprint struct {
	n   *packetwalk.Network
	err error
}

func (b blueprint) Build() (*packetwalk.Network, error) { return b.n, b.err }

func TestBuild(t *testing.T) {
	for _, tt := range []struct {
		name string
		b    vpctest.Buildable
	}{
		{"a Builder", shop()},
		{"a Config", shop().Config()},
		{"the zero Config is an empty network", packetwalk.Config{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			assert.NotNil(t, vpctest.Build(&r, tt.b))
			r.check(t, told{})
		})
	}
}

func TestBuildFails(t *testing.T) {
	one := &packetwalk.ConfigError{Kind: packetwalk.KindSubnet, ID: "front", Field: "VPC", Value: "ap", Err: packetwalk.ErrNotFound}
	two := &packetwalk.ConfigError{Kind: packetwalk.KindVPC, ID: "app", Field: "Blocks", Err: packetwalk.ErrInvalid, Pos: "net.go:17"}
	for _, tt := range []struct {
		name string
		b    vpctest.Buildable
		want string
	}{
		{"one mistake", blueprint{err: one}, `
the network can't be built:
  subnet "front": VPC "ap": not found`},
		{"every mistake has a line of its own", blueprint{err: errors.Join(one, two)}, `
the network can't be built:
  subnet "front": VPC "ap": not found
  net.go:17: VPC "app": Blocks: invalid`},
		{"nothing to build", nil, `
nothing to build: want a *packetwalk.Builder or a packetwalk.Config`},
		{"neither network nor error", blueprint{}, `
vpctest_test.blueprint gave no network, and no error`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			assert.Nil(t, vpctest.Build(&r, tt.b))
			r.check(t, told{Fatal: []string{tt.want[1:]}})
		})
	}
}

// All that packetwalk.Build finds is shown: here two subnets of VPCs that do not exist.
func TestBuildShowsWhatPacketwalkFinds(t *testing.T) {
	var r recorder
	cfg := packetwalk.Config{Subnets: []subnet.Subnet{{ID: "front", VPC: "ap"}, {ID: "back", VPC: "bp"}}}
	require.Nil(t, vpctest.Build(&r, cfg))
	require.Len(t, r.fatal, 1)
	assert.Contains(t, r.fatal[0], "\n  subnet \"front\": VPC \"ap\": not found")
	assert.Contains(t, r.fatal[0], "\n  subnet \"back\": VPC \"bp\": not found")
}

// Whoever uses the package outside of a test gets no flags of package testing.
func TestDoesNotImportTesting(t *testing.T) {
	deps, err := exec.Command("go", "list", "-deps", ".").CombinedOutput()
	require.NoError(t, err, "%s", deps)
	assert.NotContains(t, strings.Fields(string(deps)), "testing")
}
