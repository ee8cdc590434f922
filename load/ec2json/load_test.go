package ec2json_test

import (
	"io/fs"
	"net/netip"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/load/ec2json"
)

// files makes a file system of names and contents, in turn.
func files(pairs ...string) fs.FS {
	fsys := fstest.MapFS{}
	for i := 0; i+1 < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

// load loads one file, which has to be JSON.
func load(t *testing.T, text string) (packetwalk.Config, []ec2json.Warning) {
	t.Helper()
	cfg, warnings, err := ec2json.Load(files("dump.json", text))
	require.NoError(t, err)
	return cfg, warnings
}

// same compares two values of the model.
func same(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Addr{}, netip.Prefix{}), cmpopts.EquateEmpty(), services); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

const twoVPCs = `{"Vpcs": [
	{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16", "OwnerId": "111122223333"},
	{"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16", "OwnerId": "111122223333"}]}`

// on gives the two VPCs, each with a subnet, and more keys beside them.
func on(more string) string {
	return `{"Vpcs": [
		{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"},
		{"VpcId": "vpc-2", "CidrBlock": "10.1.0.0/16"}],
	"Subnets": [
		{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "eu-west-1a"},
		{"SubnetId": "subnet-2", "VpcId": "vpc-2", "CidrBlock": "10.1.1.0/24", "AvailabilityZone": "eu-west-1b"}],
	` + more + `}`
}

func TestLoadFindsFilesByContent(t *testing.T) {
	tests := []struct {
		name string
		fsys fs.FS
	}{
		{"any name", files("whatever.json", twoVPCs)},
		{"any folder", files("a/b/c.json", twoVPCs)},
		{"upper case extension", files("A.JSON", twoVPCs)},
		{"a byte order mark", files("a.json", "\xef\xbb\xbf"+twoVPCs)},
		{"documents in a row", files("a.json", twoVPCs+"\n"+twoVPCs)},
		{"two files that say the same", files("a.json", twoVPCs, "b.json", twoVPCs)},
		{"one key twice", files("a.json", `{"Vpcs": [{"VpcId": "vpc-1", "OwnerId": "111122223333", "CidrBlock": "10.0.0.0/16"}], `+twoVPCs[1:])},
		{"other files beside it", files("a.json", twoVPCs, "notes.txt", "{")},
		{"keys without effect", files("a.json", `{"Tags": [{}], "Snapshots": [{}], "AvailabilityZones": [{}], "NextToken": "x", "LoadBalancers": [], "NatGateways": null}`, "b.json", twoVPCs)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings, err := ec2json.Load(test.fsys)
			require.NoError(t, err)
			assert.Empty(t, warnings)
			assert.Len(t, cfg.VPCs, 2)
		})
	}
}

func TestLoadReportsEveryBadFile(t *testing.T) {
	deep := make([]byte, 200000)
	for i := range deep {
		deep[i] = '['
	}
	tests := []struct{ name, text, want string }{
		{"cut off", `{"Vpcs": [` + "\n" + `{"VpcId": "vpc-`, "bad.json:2:15: unexpected end of JSON input (byte offset 26)"},
		{"not JSON", "An error occurred", "bad.json:1:1: invalid character 'A' looking for beginning of value (byte offset 1)"},
		{"goes wrong after a whole document", "{}\n{]", "bad.json:2:2: invalid character ']'"},
		{"empty", " \n", "bad.json:1:1: the file is empty"},
		{"too deep", string(deep), "bad.json:1:10001: invalid character '[' exceeded max depth"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, _, err := ec2json.Load(files("a.json", "{", "bad.json", test.text, "good.json", twoVPCs))
			require.ErrorContains(t, err, test.want)
			assert.ErrorContains(t, err, "a.json:1:1: unexpected end")
			assert.Len(t, cfg.VPCs, 2, "what could be read is loaded")
		})
	}
	_, _, err := ec2json.Load(nil)
	assert.Error(t, err)
	_, _, err = ec2json.Load(brokenFS{})
	assert.ErrorIs(t, err, fs.ErrPermission)
}

type brokenFS struct{}

func (brokenFS) Open(string) (fs.File, error) { return nil, fs.ErrPermission }
