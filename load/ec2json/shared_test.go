package ec2json_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/shareddata"
	"github.com/packetwalk/packetwalk/load/ec2json"
)

// dumps lists the folders with whole accounts.
func dumps(t *testing.T) (dirs []string) {
	for _, pattern := range []string{"accounts/*", "oracle/*/*"} {
		found, err := filepath.Glob(filepath.Join(shareddata.Dir(t), filepath.FromSlash(pattern)))
		require.NoError(t, err)
		for _, dir := range found {
			if info, err := os.Stat(dir); err == nil && info.IsDir() {
				dirs = append(dirs, dir)
			}
		}
	}
	require.NotEmpty(t, dirs)
	return dirs
}

// counter counts resources by key with no knowledge of their fields but for the IDs of interfaces,
// which stand in two places.
type counter struct {
	of         map[string]int
	interfaces map[string]bool
}

func count(t *testing.T, dir string) counter {
	c := counter{map[string]int{}, map[string]bool{}}
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NoError(t, err)
	for _, name := range names {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		var keys map[string][]map[string]any
		require.NoError(t, json.Unmarshal(data, &keys), name)
		for key, list := range keys {
			c.of[key] += len(list)
			for _, r := range list {
				switch key {
				case "NetworkInterfaces":
					c.interfaces[r["NetworkInterfaceId"].(string)] = true
				case "Reservations":
					for _, i := range r["Instances"].([]any) {
						c.of["Instances"]++
						inside, _ := i.(map[string]any)["NetworkInterfaces"].([]any)
						for _, e := range inside {
							c.interfaces[e.(map[string]any)["NetworkInterfaceId"].(string)] = true
						}
					}
				}
			}
		}
	}
	return c
}

func TestSharedAccounts(t *testing.T) {
	for _, dir := range dumps(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			cfg, warnings, err := ec2json.Load(os.DirFS(dir))
			require.NoError(t, err)
			want := count(t, dir)
			made := 0                // interfaces of instances that are printed without
			left := map[string]int{} // resources of which a warning says that they are left out
			for _, w := range warnings {
				switch {
				case w.Reason == ec2json.Assumed && w.Field == "NetworkInterfaces":
					made++
				case w.Reason == ec2json.Dangling && strings.HasSuffix(w.Field, "VpcId"), w.Reason == ec2json.Dangling && w.Field == "SubnetId":
					left[w.Kind]++
				}
			}
			for key, got := range map[string]int{
				"Vpcs": len(cfg.VPCs), "Subnets": len(cfg.Subnets), "Instances": len(cfg.Instances),
				"RouteTables": len(cfg.RouteTables), "PrefixLists": len(cfg.PrefixLists), "NetworkAcls": len(cfg.NetworkACLs),
				"InternetGateways": len(cfg.InternetGateways), "NatGateways": len(cfg.NATGateways),
				"VpcPeeringConnections": len(cfg.Peerings), "SecurityGroups": len(cfg.SecurityGroups),
				"VpcEndpoints": len(cfg.GatewayEndpoints) + len(cfg.InterfaceEndpoints),
			} {
				assert.Equal(t, want.of[key], got+left[key], key)
			}
			assert.Equal(t, len(want.interfaces)+made, len(cfg.Interfaces)+left["NetworkInterfaces"], "NetworkInterfaces")
			for _, w := range warnings {
				t.Log(w)
			}
		})
	}
}

// TestSharedExamples: AWS's own examples, each by itself, so that most of what they refer to is missing.
func TestSharedExamples(t *testing.T) {
	dir := shareddata.Dir(t, "describe-examples")
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NoError(t, err)
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			_, _, err = ec2json.Load(fstest.MapFS{"example.json": {Data: data}})
			assert.NoError(t, err)
		})
	}
	_, warnings, err := ec2json.Load(os.DirFS(dir))
	require.NoError(t, err)
	assert.NotEmpty(t, warnings)
}
