package ec2json_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/vpc"
)

// blockAccess is Block Public Access as AWS prints it of an account and a Region, with two exclusions.
const blockAccess = `"VpcBlockPublicAccessOptions": {"AwsAccountId": "111122223333", "AwsRegion": "eu-west-1", "State": "update-complete",
		"InternetGatewayBlockMode": "block-bidirectional", "ManagedBy": "account", "ExclusionsAllowed": "allowed"},
	"VpcBlockPublicAccessExclusions": [
		{"ExclusionId": "vpcbpa-exclude-1", "InternetGatewayExclusionMode": "allow-bidirectional", "ResourceArn": "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1", "State": "create-complete"},
		{"ExclusionId": "vpcbpa-exclude-2", "InternetGatewayExclusionMode": "allow-egress", "ResourceArn": "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-2", "State": "update-complete"}]`

func TestBlockPublicAccess(t *testing.T) {
	one := vpc.BPAExclusion{VPC: "vpc-1", Mode: vpc.BPAAllowBidirectional}
	two := vpc.BPAExclusion{Subnet: "subnet-2", Mode: vpc.BPAAllowEgress}
	bpa := func(mode vpc.BPAMode, exclusions ...vpc.BPAExclusion) []vpc.BlockPublicAccess {
		return []vpc.BlockPublicAccess{{Account: "111122223333", Region: "eu-west-1", Mode: mode, Exclusions: exclusions}}
	}
	both := bpa(vpc.BPABidirectional, one, two)
	options := blockAccess[:strings.Index(blockAccess, `"VpcBlockPublicAccessExclusions"`)]
	tests := []struct {
		name, from, to string // an edit of blockAccess
		want           []vpc.BlockPublicAccess
		warning        string
	}{
		{"F3.101 with exclusions F3.105", "", "", both, ""},
		{"F3.101 blocks what comes in", `"block-bidirectional"`, `"block-ingress"`, bpa(vpc.BPAIngress, one, two), ""},
		{"F3.101 off", `"block-bidirectional"`, `"off"`, bpa(vpc.BPAOff, one, two), ""},
		{"F3.101 never set", `"update-complete"`, `"default-state"`, both, ""},
		{"F3.101 on its way", `"update-complete"`, `"update-in-progress"`, both, `State "update-in-progress": assumed`},
		{"F3.101 a mode that is not known", `"block-bidirectional"`, `"block-all"`, bpa(vpc.BPAUnspecified, one, two), `InternetGatewayBlockMode "block-all": unsupported`},
		{"F3.101 of no account", `"AwsAccountId": "111122223333", `, ``, bpa(vpc.BPAUnspecified, one, two), `VpcBlockPublicAccessOptions (object): malformed`},
		{"F3.105 exclusions alone", options, "", bpa(vpc.BPAUnspecified, one, two), `ResourceArn "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1": assumed: Block Public Access of account 111122223333 in eu-west-1 is not in the dump: taken as off`},
		{"F3.105 made and not yet there", `"create-complete"`, `"create-in-progress"`, bpa(vpc.BPABidirectional, two), `State "create-in-progress": ignored`},
		{"F3.105 deleted", `"create-complete"`, `"delete-complete"`, bpa(vpc.BPABidirectional, two), `State "delete-complete": ignored`},
		{"F3.105 disabled by the organization", `"create-complete"`, `"disable-complete"`, bpa(vpc.BPABidirectional, two), `State "disable-complete": ignored`},
		{"F3.105 being changed", `"create-complete"`, `"update-in-progress"`, both, `State "update-in-progress": assumed`},
		{"F3.105 a state that is not known", `"create-complete"`, `"asleep"`, bpa(vpc.BPABidirectional, two), `State "asleep": unsupported`},
		{"F3.105 no mode", `"InternetGatewayExclusionMode": "allow-bidirectional", `, ``, bpa(vpc.BPABidirectional, two), `InternetGatewayExclusionMode: unsupported`},
		{"F3.105 a mode that is not known", `"allow-bidirectional"`, `"allow-ingress"`, bpa(vpc.BPABidirectional, two), `InternetGatewayExclusionMode "allow-ingress": unsupported`},
		{"F3.105 a VPC that is not there", `vpc/vpc-1`, `vpc/vpc-9`, bpa(vpc.BPABidirectional, two), `ResourceArn "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-9": dangling`},
		{"F3.105 a subnet that is not there", `subnet/subnet-2`, `subnet/subnet-9`, bpa(vpc.BPABidirectional, one), `dangling`},
		{"F3.105 of something else", `vpc/vpc-1`, `instance/i-1`, bpa(vpc.BPABidirectional, two), `malformed`},
		{"F3.105 of no ARN", `arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1`, `vpc/vpc-1`, bpa(vpc.BPABidirectional, two), `ResourceArn "vpc/vpc-1": malformed`},
		{"F3.105 of another account", `111122223333:subnet/subnet-2`, `444455556666:subnet/subnet-1`, bpa(vpc.BPABidirectional, one), `ResourceArn "arn:aws:ec2:eu-west-1:444455556666:subnet/subnet-1": conflict: left out: VPC vpc-1 is of account 111122223333 in eu-west-1`},
		{"F3.105 of another Region", `eu-west-1:111122223333:vpc`, `us-west-2:111122223333:vpc`, bpa(vpc.BPABidirectional, two), `conflict: left out: VPC vpc-1 is of account 111122223333 in eu-west-1`},
		{"F3.105 a VPC twice", `subnet/subnet-2`, `vpc/vpc-1`, bpa(vpc.BPABidirectional, one), `conflict`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			whole := on(blockAccess)
			assert.Contains(t, whole, test.from)
			cfg, warnings := load(t, strings.Replace(whole, test.from, test.to, 1))
			same(t, test.want, cfg.BlockPublicAccess)
			if test.warning == "" {
				assert.Empty(t, warnings)
			} else {
				assert.Contains(t, fmt.Sprint(warnings), test.warning)
			}
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
	t.Run("F3.105 an exclusion says the Region of its VPC", func(t *testing.T) {
		cfg, _ := load(t, strings.Replace(on(blockAccess), `, "AvailabilityZone": "eu-west-1a"`, "", 1))
		assert.Equal(t, "eu-west-1", cfg.VPCs[0].Region)
	})
	t.Run("F3.101 in two Regions", func(t *testing.T) {
		cfg, warnings, err := ec2jsonLoad("a.json", on(blockAccess), "b.json", `{"VpcBlockPublicAccessOptions": {"AwsAccountId": "111122223333", "AwsRegion": "us-west-2", "InternetGatewayBlockMode": "off"}}`,
			"c.json", `{"VpcBlockPublicAccessOptions": [{"AwsAccountId": "111122223333", "AwsRegion": "us-west-2", "InternetGatewayBlockMode": "off"}]}`)
		assert.NoError(t, err)
		assert.Empty(t, warnings)
		same(t, append(both, vpc.BlockPublicAccess{Account: "111122223333", Region: "us-west-2", Mode: vpc.BPAOff}), cfg.BlockPublicAccess)
	})
}
