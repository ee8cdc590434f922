package ec2json_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
)

// sharedGroup is a group of vpc-1 that serves vpc-2 too, where an interface has it.
const sharedGroup = `"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "ops", "VpcId": "vpc-1"}],
	"SecurityGroupVpcAssociations": [{"GroupId": "sg-1", "VpcId": "vpc-2", "VpcOwnerId": "111122223333", "State": "associated", "GroupOwnerId": "111122223333"}],
	"NetworkInterfaces": [{"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-2", "Groups": [{"GroupId": "sg-1", "GroupName": "ops"}]}]`

// TestGroupVPCs: F5.112, a group serves the VPCs with which it is associated.
func TestGroupVPCs(t *testing.T) {
	tests := []struct {
		name, from, to string // an edit of sharedGroup on the two VPCs
		want           []string
		warning        string
	}{
		{"F5.112 associated", "", "", []string{"vpc-2"}, ""},
		{"F5.112 no state", `"State": "associated", `, "", []string{"vpc-2"}, ""},
		{"F5.112 on its way out", `"associated"`, `"disassociating"`, []string{"vpc-2"}, ""},
		{"F5.112 that could not be taken away", `"associated"`, `"disassociation-failed"`, []string{"vpc-2"}, ""},
		{"F5.112 on its way in, and in use", `"associated"`, `"associating"`, []string{"vpc-2"}, `State "associating": ignored`},
		{"F5.112 a state that is not known, and in use", `"associated"`, `"lent"`, []string{"vpc-2"}, `State "lent": unsupported`},
		{"F5.112 no longer, and out of use", `"State": "associated", "GroupOwnerId": "111122223333"}],
	"NetworkInterfaces"`, `"State": "disassociated"}], "NoInterfaces"`, nil, `State "disassociated": ignored`},
		{"F5.112 a VPC that is not there", `"VpcId": "vpc-2", "VpcOwnerId"`, `"VpcId": "vpc-9", "VpcOwnerId"`, []string{"vpc-2"}, `VpcId "vpc-9": dangling`},
		{"F5.112 a group that is not there", `[{"GroupId": "sg-1", "VpcId"`, `[{"GroupId": "sg-9", "VpcId"`, []string{"vpc-2"}, `GroupId "sg-9": dangling`},
		{"F5.112 its own VPC", `"VpcId": "vpc-2", "VpcOwnerId"`, `"VpcId": "vpc-1", "VpcOwnerId"`, []string{"vpc-2"}, `VpcId "vpc-1": unsupported: left out: it is the VPC of the group itself`},
		{"F5.112 a default group", `"GroupName": "ops", "VpcId"`, `"GroupName": "default", "VpcId"`, nil, `VpcId "vpc-2": unsupported: left out: a default group`},
		{"F5.112 a default VPC", `{"VpcId": "vpc-2", "CidrBlock"`, `{"VpcId": "vpc-2", "IsDefault": true, "CidrBlock"`, nil, `VpcId "vpc-2": unsupported: left out: it is a default VPC`},
		{"F5.112 a VPC of another account", `{"VpcId": "vpc-2", "CidrBlock"`, `{"VpcId": "vpc-2", "OwnerId": "444455556666", "CidrBlock"`, nil, `VpcId "vpc-2": unsupported: left out: it belongs to account 444455556666`},
		{"F5.112 a VPC of another Region", `"eu-west-1b"`, `"us-west-2b"`, nil, `VpcId "vpc-2": unsupported: left out: it is in Region us-west-2`},
		{"an association without its group", `[{"GroupId": "sg-1", "VpcId"`, `[{"VpcId"`, []string{"vpc-2"}, `SecurityGroupVpcAssociations (object): malformed`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			whole := on(sharedGroup)
			assert.Contains(t, whole, test.from)
			cfg, warnings := load(t, strings.Replace(whole, test.from, test.to, 1))
			assert.Equal(t, test.want, cfg.SecurityGroups[0].VPCs)
			if test.warning == "" {
				assert.Empty(t, warnings)
			} else {
				assert.Contains(t, fmt.Sprint(warnings), test.warning)
			}
			for _, e := range cfg.Interfaces {
				assert.Equal(t, len(test.want), len(e.Groups), "an interface has what may serve its VPC")
			}
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
}

// TestAssociationSaysTheRegion: F5.112, a group and the VPCs that it serves are in one Region, if the dump
// says it of one only.
func TestAssociationSaysTheRegion(t *testing.T) {
	for _, silent := range []string{`, "AvailabilityZone": "eu-west-1a"`, `, "AvailabilityZone": "eu-west-1b"`} {
		cfg, warnings := load(t, strings.Replace(on(sharedGroup), silent, "", 1))
		assert.Empty(t, warnings)
		for _, v := range cfg.VPCs {
			assert.Equal(t, "eu-west-1", v.Region, v.ID)
		}
	}
}

// TestUnknownRegion: F5.106, a VPC of which the dump does not say the Region is one of us-east-1, as Build
// takes it.
func TestUnknownRegion(t *testing.T) {
	cfg, _ := load(t, strings.Replace(on(peered+`"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-2"}]}]}, {"GroupId": "sg-2", "VpcId": "vpc-2"}]`),
		`, "AvailabilityZone": "eu-west-1b"`, "", 1))
	assert.Empty(t, cfg.VPCs[1].Region)
	assert.True(t, cfg.SecurityGroups[0].Rules[0].Stale)
	_, err := cfg.Build()
	assert.NoError(t, err)
}

// peeredOutside joins vpc-1 to a VPC that is not in the dump, and foreignRule names a group of that.
const (
	peeredOutside = `"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-9", "Status": {"Code": "active"},
		"RequesterVpcInfo": {"VpcId": "vpc-1", "Region": "eu-west-1"},
		"AccepterVpcInfo": {"VpcId": "vpc-9", "OwnerId": "444455556666", "Region": "eu-west-1", "CidrBlock": "10.9.0.0/16"}}], `
	foreignRule = `"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [
		{"GroupId": "sg-9", "UserId": "444455556666", "VpcId": "vpc-9", "VpcPeeringConnectionId": "pcx-9", "PeeringStatus": "active"}]}]}]`
)

// TestForeignGroups: F5.104 and F8.014, a rule that names a group of a peer outside of the dump is kept with
// its VPC.
func TestForeignGroups(t *testing.T) {
	kept, stale := sg.Rule{Group: "sg-9", GroupVPC: "vpc-9"}, sg.Rule{Group: "sg-9", Stale: true}
	const note = `IpPermissions[0].UserIdGroupPairs[0].GroupId "sg-9": dangling: `
	tests := []struct {
		name, from, to string // an edit of the dump
		want           sg.Rule
		warning        string
	}{
		{"F5.104 a group of a peer outside", "", "", kept, note + "kept as a group of vpc-9"},
		{"F5.104 the peering says which VPC", `"VpcId": "vpc-9", "VpcPeeringConnectionId"`, `"VpcPeeringConnectionId"`, kept, note + "kept as a group of vpc-9"},
		{"F5.104 the VPC says which peering", `, "VpcPeeringConnectionId": "pcx-9", "PeeringStatus": "active"`, "", kept, note + "kept as a group of vpc-9"},
		{"F5.104 neither is said", `"VpcId": "vpc-9", "VpcPeeringConnectionId": "pcx-9", "PeeringStatus": "active"`, `"UserId": ""`, stale, note + "taken as stale"},
		{"F5.111 the peering has ended", `"PeeringStatus": "active"`, `"PeeringStatus": "deleted"`, stale, note + "taken as stale"},
		{"F5.111 the peering is another state's", `{"Code": "active"}`, `{"Code": "deleted"}`, stale, note + "taken as stale"},
		{"F5.106 the peer is in another Region", `"Region": "eu-west-1", "CidrBlock"`, `"Region": "us-west-2", "CidrBlock"`, stale, note + "taken as stale"},
		{"F5.104 of a VPC that is no peer", `"sg-9", "UserId": "444455556666", "VpcId": "vpc-9"`, `"sg-9", "VpcId": "vpc-8"`, stale, note + "taken as stale"},
		{"F5.104 of a VPC of the dump, which has no such group", `"sg-9", "UserId": "444455556666", "VpcId": "vpc-9"`, `"sg-9", "VpcId": "vpc-2"`, stale, note + "taken as stale"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			whole := on(peeredOutside + foreignRule)
			assert.Contains(t, whole, test.from)
			cfg, warnings := load(t, strings.Replace(whole, test.from, test.to, 1))
			test.want.Direction, test.want.Service = packet.Ingress, packet.All()
			same(t, []sg.Rule{test.want}, cfg.SecurityGroups[0].Rules)
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
	t.Run("F5.104 as a rule of its own", func(t *testing.T) {
		cfg, _ := load(t, on(peeredOutside+foreignRule+`, "SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IpProtocol": "-1", "FromPort": -1, "ToPort": -1,
			"ReferencedGroupInfo": {"GroupId": "sg-9", "PeeringStatus": "active", "UserId": "444455556666", "VpcId": "vpc-9", "VpcPeeringConnectionId": "pcx-9"}}]`))
		same(t, []sg.Rule{{ID: "sgr-1", Direction: packet.Ingress, Service: packet.All(), Group: "sg-9", GroupVPC: "vpc-9"}}, cfg.SecurityGroups[0].Rules)
	})
	t.Run("F5.106 a group of a peer in the dump, in another Region", func(t *testing.T) {
		cfg, _ := load(t, strings.Replace(on(peered+`"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-2"}]}]}, {"GroupId": "sg-2", "VpcId": "vpc-2"}]`),
			`"eu-west-1b"`, `"us-west-2b"`, 1))
		assert.True(t, cfg.SecurityGroups[0].Rules[0].Stale)
		_, err := cfg.Build()
		assert.NoError(t, err)
	})
}
