package ec2json_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/vpc"
)

// encryptionControls is an encryption control with the members of AWS's API reference.
const encryptionControls = `"VpcEncryptionControls": [{"VpcId": "vpc-1", "VpcEncryptionControlId": "vpcec-1", "Mode": "enforce", "State": "available",
	"StateMessage": "succeeded", "ResourceExclusions": {
		"InternetGateway": {"State": "disabled"}, "EgressOnlyInternetGateway": {"State": "disabled"}, "NatGateway": {"State": "enabled", "StateMessage": "succeeded"},
		"VirtualPrivateGateway": {"State": "disabled"}, "VpcPeering": {"State": "enabled"}, "Lambda": {"State": "disabled"},
		"VpcLattice": {"State": "disabled"}, "ElasticFileSystem": {"State": "disabled"}}, "Tags": []}]`

func TestEncryptionControls(t *testing.T) {
	two := []vpc.EncryptionExclusion{vpc.ExcludeNATGateway, vpc.ExcludeVPCPeering}
	one := func(m vpc.EncryptionMode, s vpc.EncryptionState, exclusions ...vpc.EncryptionExclusion) []vpc.EncryptionControl {
		return []vpc.EncryptionControl{{VPC: "vpc-1", Mode: m, State: s, Exclusions: exclusions}}
	}
	const enforce, available = vpc.EncryptionEnforce, vpc.EncryptionAvailable
	tests := []struct {
		name, from, to string // an edit of encryptionControls
		want           []vpc.EncryptionControl
		warning        string
	}{
		{"F3.201 enforce, with exclusions F3.202", "", "", one(enforce, available, two...), ""},
		{"F3.201 monitor", `"enforce"`, `"monitor"`, one(vpc.EncryptionMonitor, available, two...), ""},
		{"F3.201 on its way", `"available"`, `"enforce-in-progress"`, one(enforce, vpc.EncryptionEnforceInProgress, two...), ""},
		{"F3.201 deleted", `"available"`, `"deleted"`, nil, `State "deleted": ignored`},
		{"F3.201 a mode that is not known", `"enforce"`, `"demand"`, one(vpc.EncryptionUnspecified, available, two...), `Mode "demand": unsupported`},
		{"F3.201 a state that is not known", `"available"`, `"asleep"`, one(enforce, vpc.EncryptionStateUnspecified, two...), `State "asleep": unsupported`},
		{"F3.201 of a VPC that is not there", `"vpc-1", "Vpc`, `"vpc-9", "Vpc`, nil, `VpcId "vpc-9": dangling`},
		{"F3.201 without an ID", `"VpcEncryptionControlId": "vpcec-1", `, ``, nil, `malformed: left out: it has no ID`},
		{"F3.202 an exclusion that is not modelled", `"Lambda": {"State": "disabled"}`, `"GlobalAccelerator": {"State": "enabled"}`, one(enforce, available, two...), `ResourceExclusions.GlobalAccelerator: unsupported`},
		{"F3.202 one that is not modelled, and off", `"Lambda"`, `"GlobalAccelerator"`, one(enforce, available, two...), ""},
		{"F3.202 an exclusion on its way", `"enabled", "StateMessage"`, `"enabling", "StateMessage"`, one(enforce, available, two...), `NatGateway.State "enabling": assumed: taken as enabled`},
		{"F3.202 an exclusion in a state that is not known", `"enabled", "StateMessage"`, `"perhaps", "StateMessage"`, one(enforce, available, vpc.ExcludeVPCPeering), `State "perhaps": unsupported`},
		{"F3.201 a VPC twice", `"Tags": []}]`, `"Tags": []}, {"VpcId": "vpc-1", "VpcEncryptionControlId": "vpcec-2", "Mode": "monitor"}]`, one(enforce, available, two...), `VpcId "vpc-1": conflict`},
		{"F3.202 no exclusions", `"ResourceExclusions"`, `"Other"`, one(enforce, available), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			whole := on(encryptionControls)
			assert.Contains(t, whole, test.from)
			cfg, warnings := load(t, strings.Replace(whole, test.from, test.to, 1))
			same(t, test.want, cfg.EncryptionControls)
			if test.warning == "" {
				assert.Empty(t, warnings)
			} else {
				assert.Contains(t, fmt.Sprint(warnings), test.warning)
			}
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
	t.Run("F3.202 all eight", func(t *testing.T) {
		cfg, warnings := load(t, strings.ReplaceAll(on(encryptionControls), `"disabled"`, `"enabled"`))
		assert.Empty(t, warnings)
		assert.Len(t, cfg.EncryptionControls[0].Exclusions, 8)
	})
}
