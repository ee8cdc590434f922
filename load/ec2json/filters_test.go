package ec2json_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
)

func ports(p packet.Protocol, first, last uint16) packet.Service {
	return packet.Ports(p, packet.PortRange{First: first, Last: last})
}

// ruleServices: the same words mean the same in groups and, with other field names, in ACLs.
func TestGroupServices(t *testing.T) {
	none := packet.Service{}
	tests := []struct {
		name, text string
		want       packet.Service // zero: the rule is left out
	}{
		{"F5.006 -1 is everything", `"IpProtocol": "-1"`, packet.All()},
		{"F5.006 -1 with ports of -1", `"IpProtocol": "-1", "FromPort": -1, "ToPort": -1`, packet.All()},
		{"F5.006 one port", `"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443`, ports(packet.TCP, 443, 443)},
		{"F5.006 all ports", `"IpProtocol": "udp", "FromPort": 0, "ToPort": 65535`, packet.Of(packet.UDP)},
		{"F5.006 ports of -1", `"IpProtocol": "udp", "FromPort": -1, "ToPort": -1`, packet.Of(packet.UDP)},
		{"F5.006 a number", `"IpProtocol": "6", "FromPort": 22, "ToPort": 23`, ports(packet.TCP, 22, 23)},
		{"F5.006 another protocol is all of it", `"IpProtocol": "50", "FromPort": 1, "ToPort": 2`, packet.Of(packet.ESP)},
		{"F5.007 any ICMP", `"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1`, packet.Of(packet.ICMP)},
		{"F5.007 an ICMP type", `"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1`, packet.ICMPType(packet.ICMP, 8)},
		{"F5.007 an ICMP type and code", `"IpProtocol": "icmp", "FromPort": 3, "ToPort": 4`, packet.ICMPTypeCode(packet.ICMP, 3, 4)},
		{"F5.006 ICMPv6 by number, without a type", `"IpProtocol": "58"`, packet.Of(packet.ICMPv6)},
		{"F5.006 ICMPv6 by name", `"IpProtocol": "icmpv6", "FromPort": 128, "ToPort": 0`, packet.ICMPTypeCode(packet.ICMPv6, 128, 0)},
		{"F5.007 any type with a code is none", `"IpProtocol": "icmp", "FromPort": -1, "ToPort": 3`, none},
		{"no protocol", `"IpProtocol": "ipx"`, none},
		{"a protocol beyond 255", `"IpProtocol": "256"`, none},
		{"ports in the wrong order", `"IpProtocol": "tcp", "FromPort": 9, "ToPort": 8`, none},
		{"a port beyond 65535", `"IpProtocol": "tcp", "FromPort": 9, "ToPort": 65536`, none},
		{"half a range", `"IpProtocol": "tcp", "FromPort": 9`, none},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings := load(t, on(`"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "IpPermissions": [{`+test.text+`, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}]}]`))
			var want []sg.Rule
			if test.want.IsValid() {
				want = []sg.Rule{{Direction: packet.Ingress, Service: test.want, CIDR: netip.MustParsePrefix("10.0.0.0/8")}}
			}
			same(t, want, cfg.SecurityGroups[0].Rules)
			assert.Equal(t, want == nil, len(warnings) == 1, warnings)
		})
	}
}

const peered = `"VpcPeeringConnections": [{"VpcPeeringConnectionId": "pcx-1", "RequesterVpcInfo": {"VpcId": "vpc-1"}, "AccepterVpcInfo": {"VpcId": "vpc-2"}, "Status": {"Code": "active"}}],`

func TestGroupPeers(t *testing.T) {
	ten := netip.MustParsePrefix("10.0.0.0/8")
	tests := []struct {
		name, before, text string
		want               []sg.Rule
		warning            string
	}{
		{"F5.005 one rule a peer", "", `"IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "a"}, {"CidrIp": "10.0.0.0/8"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "UserIdGroupPairs": [{"GroupId": "sg-1"}]`,
			[]sg.Rule{{CIDR: ten, Description: "a"}, {CIDR: ten}, {CIDR: netip.MustParsePrefix("::/0")}, {Group: "sg-1"}}, ""},
		{"host bits are cleared", "", `"IpRanges": [{"CidrIp": "10.2.2.2/8"}]`, []sg.Rule{{CIDR: ten}}, `IpPermissions[0].IpRanges[0].CidrIp "10.2.2.2/8": canonicalized`},
		{"only the odd peer is left out", "", `"IpRanges": [{"CidrIp": "10"}, {"CidrIp": "10.0.0.0/8"}]`, []sg.Rule{{CIDR: ten}}, "malformed"},
		{"F5.111 a group that is gone is stale", "", `"UserIdGroupPairs": [{"GroupId": "sg-9"}]`, []sg.Rule{{Group: "sg-9", Stale: true}}, `UserIdGroupPairs[0].GroupId "sg-9": dangling`},
		{"F5.111 a group of a VPC that is no peer is stale", "", `"UserIdGroupPairs": [{"GroupId": "sg-2"}]`, []sg.Rule{{Group: "sg-2", Stale: true}}, "no active peering"},
		{"F8.014 a group of a peer", peered, `"UserIdGroupPairs": [{"GroupId": "sg-2", "PeeringStatus": "active"}]`, []sg.Rule{{Group: "sg-2"}}, ""},
		{"F5.111 AWS says that the peering is gone", peered, `"UserIdGroupPairs": [{"GroupId": "sg-2", "PeeringStatus": "deleted"}]`, []sg.Rule{{Group: "sg-2", Stale: true}}, ""},
		{"a group by its name", "", `"UserIdGroupPairs": [{"GroupName": "default"}]`, []sg.Rule{{Group: "sg-1"}}, ""},
		{"a prefix list that is not there is made", "", `"PrefixListIds": [{"PrefixListId": "pl-1"}]`, []sg.Rule{{PrefixList: "pl-1"}}, "dangling"},
		{"nobody", "", `"IpRanges": []`, nil, "ignored"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings := load(t, on(test.before+`"SecurityGroups": [
				{"GroupId": "sg-1", "GroupName": "default", "VpcId": "vpc-1", "IpPermissionsEgress": [], "IpPermissions": [{"IpProtocol": "-1", `+test.text+`}]},
				{"GroupId": "sg-2", "GroupName": "web", "VpcId": "vpc-2"}]`))
			for i := range test.want {
				test.want[i].Direction, test.want[i].Service = packet.Ingress, packet.All()
			}
			require.Len(t, cfg.SecurityGroups, 2)
			same(t, test.want, cfg.SecurityGroups[0].Rules)
			assert.True(t, cfg.SecurityGroups[0].Default)
			assert.False(t, cfg.SecurityGroups[1].Default)
			if test.warning == "" {
				assert.Empty(t, warnings)
			} else {
				assert.Contains(t, fmt.Sprint(warnings), test.warning)
			}
			if len(test.want) == 1 && test.want[0].PrefixList != "" {
				assert.Equal(t, "pl-1", cfg.PrefixLists[0].ID)
			}
		})
	}
}

func TestGroupRulesMerge(t *testing.T) {
	cfg, warnings := load(t, on(`"SecurityGroups": [{"GroupId": "sg-1", "GroupName": "web", "VpcId": "vpc-1",
			"IpPermissions": [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}],
		"SecurityGroupRules": [
			{"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIpv4": "0.0.0.0/0", "Description": "web"},
			{"SecurityGroupRuleId": "sgr-2", "GroupId": "sg-1", "IsEgress": true, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "CidrIpv6": "::/0"},
			{"SecurityGroupRuleId": "sgr-3", "GroupId": "sg-1", "IpProtocol": "-1", "ReferencedGroupInfo": {"GroupId": "sg-1"}},
			{"SecurityGroupRuleId": "sgr-4", "GroupId": "sg-1", "IpProtocol": "-1"},
			{"SecurityGroupRuleId": "sgr-5", "GroupId": "sg-9", "IpProtocol": "-1", "CidrIpv4": "0.0.0.0/0"}]`))
	same(t, []sg.Rule{
		{ID: "sgr-1", Direction: packet.Ingress, Service: ports(packet.TCP, 80, 80), CIDR: netip.MustParsePrefix("0.0.0.0/0"), Description: "web"},
		{ID: "sgr-2", Direction: packet.Egress, Service: packet.All(), CIDR: netip.MustParsePrefix("::/0")},
		{ID: "sgr-3", Direction: packet.Ingress, Service: packet.All(), Group: "sg-1"},
	}, cfg.SecurityGroups[0].Rules)
	require.Len(t, warnings, 2)
	assert.Contains(t, warnings[0].String(), "sgr-4: CidrIpv4: malformed")
	assert.Contains(t, warnings[1].String(), `sgr-5: GroupId "sg-9": dangling`)
}

func TestACLEntries(t *testing.T) {
	tests := []struct {
		name, text string
		want       packet.Service // zero: the entry is left out
		warning    string
	}{
		{"F6.008 -1 is everything", `"RuleNumber": 100, "Protocol": "-1"`, packet.All(), ""},
		{"F6.007 destination ports", `"RuleNumber": 100, "Protocol": "6", "PortRange": {"From": 80, "To": 81}`, ports(packet.TCP, 80, 81), ""},
		{"F6.008 another protocol is all of it", `"RuleNumber": 100, "Protocol": "47", "PortRange": {"From": 80, "To": 81}`, packet.Of(packet.GRE), ""},
		{"F6.008 any ICMP", `"RuleNumber": 100, "Protocol": "1", "IcmpTypeCode": {"Type": -1, "Code": -1}`, packet.Of(packet.ICMP), ""},
		{"F6.008 an ICMP type", `"RuleNumber": 100, "Protocol": "1", "IcmpTypeCode": {"Type": 8, "Code": -1}`, packet.ICMPType(packet.ICMP, 8), ""},
		{"F6.008 ICMPv6 with an IPv4 CIDR", `"RuleNumber": 100, "Protocol": "58"`, packet.Of(packet.ICMPv6), ""},
		{"F6.002 the highest number", `"RuleNumber": 32766, "Protocol": "-1"`, packet.All(), ""},
		{"F6.003 the final * is no entry", `"RuleNumber": 32767, "RuleAction": "deny", "Protocol": "-1"`, packet.Service{}, ""},
		{"F6.003 nor is that of IPv6", `"RuleNumber": 32768, "RuleAction": "deny", "Protocol": "-1"`, packet.Service{}, ""},
		{"F6.002 a number out of range", `"RuleNumber": 32767, "RuleAction": "allow", "Protocol": "-1"`, packet.Service{}, `Entries[0].RuleNumber "32767": malformed`},
		{"no action", `"RuleNumber": 1, "RuleAction": "log", "Protocol": "-1"`, packet.Service{}, "malformed"},
		{"no protocol", `"RuleNumber": 1, "Protocol": "x"`, packet.Service{}, "malformed"},
		{"F6.023 host bits are cleared", `"RuleNumber": 1, "Protocol": "-1", "CidrBlock": "10.9.9.9/8"`, packet.All(), "canonicalized"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings := load(t, on(`"NetworkAcls": [{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "Entries": [{"RuleAction": "allow", "CidrBlock": "10.0.0.0/8", "Egress": true, `+test.text+`}]}]`))
			var want []nacl.Entry
			if test.want.IsValid() {
				want = []nacl.Entry{{Direction: packet.Egress, Action: nacl.Allow, Service: test.want, CIDR: netip.MustParsePrefix("10.0.0.0/8")}}
				want[0].Number = cfg.NetworkACLs[0].Entries[0].Number
			}
			same(t, want, cfg.NetworkACLs[0].Entries)
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			assert.Equal(t, test.warning == "", len(warnings) == 0, warnings)
		})
	}
}

func TestACLs(t *testing.T) {
	cfg, warnings := load(t, on(`"NetworkAcls": [
		{"NetworkAclId": "acl-1", "VpcId": "vpc-1", "IsDefault": true, "Associations": [{"SubnetId": "subnet-1"}, {"SubnetId": "s"}], "Entries": [
			{"RuleNumber": 100, "RuleAction": "deny", "Protocol": "-1", "Ipv6CidrBlock": "::/0"},
			{"RuleNumber": 100, "RuleAction": "allow", "Protocol": "-1", "CidrBlock": "0.0.0.0/0"}]},
		{"NetworkAclId": "acl-2", "VpcId": "v"},
		{"NetworkAclId": "acl-3", "VpcId": "vpc-1", "IsDefault": true, "Associations": [{"SubnetId": "subnet-1"}]}]`))
	same(t, []nacl.ACL{
		{ID: "acl-1", VPC: "vpc-1", Default: true, Subnets: []string{"subnet-1"}, Entries: []nacl.Entry{
			{Number: 100, Direction: packet.Ingress, Action: nacl.Deny, Service: packet.All(), CIDR: netip.MustParsePrefix("::/0")}}},
		{ID: "acl-3", VPC: "vpc-1"},
	}, cfg.NetworkACLs)
	require.Len(t, warnings, 5)
}
