package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
	"github.com/packetwalk/packetwalk/internal/golden"
)

func output(t *testing.T) string {
	var out strings.Builder
	require.NoError(t, run(&out))
	return out.String()
}

func TestOutput(t *testing.T) { golden.Equal(t, "testdata/output.txt", output(t)) }

// What the lesson claims, by AWS's rules and not by what is printed.
func TestClaims(t *testing.T) {
	const (
		query    = "web -> db tcp/5432: "
		crossing = "request dropped at VPC peering connection app-data-pcx: PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"
		service  = "-client -> service tcp/443: "
	)
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "items 28 and 118 F8.005 no route", Line: query + "request dropped at route table app-main-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "A42 item 28 F8.011 no route back", Line: query + "request delivered, reply dropped at route table data-main-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "items 28 and 118 F8.005 both routes", Line: query + "works"},
		{Name: "A41 F8.019 not accepted", Line: query + "request dropped at route table app-main-rtb: BAD_STATE_ROUTE"},
		{Name: "F5.104 a group of the peer VPC", Line: query + "works"},
		{Name: "item 126 F5.101 not of that group", Line: "other -> db tcp/5432: request dropped at security group db-sg: ENI_SG_RULES_MISMATCH"},
		{Name: "item 126 no rule for the port", Line: "web -> db tcp/22: request dropped at security group db-sg: ENI_SG_RULES_MISMATCH"},
		{Name: "item 126 F6.006 an ACL without an entry for replies", Line: query + "request delivered, reply dropped at network ACL back-acl: SUBNET_ACL_RESTRICTION"},
		{Name: "item 119 F5.104 another account", Line: query + "works"},
		{Name: "item 119 another Region", Line: query + "works"},
		{Name: "item 120 to the peer", Line: "i1 -> i2 tcp/443: works"},
		{Name: "A43 item 120 F8.007 to the peer's peer", Line: "i1 -> i3 tcp/443: request dropped at route table v1-main-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "A43 item 120 F8.009 whatever the routes say", Line: "i1 -> i3 tcp/443: request dropped at VPC peering connection v1-v2-pcx: PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"},
		{Name: "item 121 a mesh of three", Line: "i1 -> i2 tcp/443: works"},
		{Name: "item 121 a mesh of three", Line: "i2 -> i3 tcp/443: works"},
		{Name: "item 121 a mesh of three", Line: "i1 -> i3 tcp/443: works"},
		{Name: "item 121 a mesh of four", Line: "i1 -> i4 tcp/443: works"},
		{Name: "item 122 from the middle", Line: "i1 -> i5 tcp/443: works"},
		{Name: "item 122 to the middle", Line: "i5 -> i1 tcp/443: works"},
		{Name: "item 122 between the others", Line: "i2 -> i5 tcp/443: request dropped at route table v2-main-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "A44 its own NAT gateway", Line: "web -> internet tcp/443: works"},
		{Name: "A44 its own endpoint", Line: "web -> s3 tcp/443: works"},
		{Name: "A44 F8.008 the peer's internet gateway and NAT gateway", Line: "db -> internet tcp/443: " + crossing},
		{Name: "A44 F8.008 the peer's endpoint", Line: "db -> s3 tcp/443: " + crossing},
		{Name: "A44 F4.206 F4.209 the NAT gateway itself", Line: "db -> nat tcp/443: request dropped at NAT gateway nat: NAT_NO_SESSION"},
		{Name: "A45 the VPC that the route leads to", Line: "west" + service + "works"},
		{Name: "A45 F8.012 the reply goes to the other VPC", Line: "east" + service + "request delivered, reply dropped at network interface west-client-eni: REPLY_DELIVERED_ELSEWHERE"},
		{Name: "A45 F8.012 the longest prefix decides", Line: "east" + service + "works"},
		{Name: "A45 F8.012 for one of them only", Line: "west" + service + "request delivered, reply dropped at network interface east-client-eni: REPLY_DELIVERED_ELSEWHERE"},
	})
}

// TestRefusals holds what Build says of what AWS would not make.
func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		name    string
		network lesson.Network
		want    error
	}{
		{"item 123 F8.003 the same block", overlapping, packetwalk.ErrOverlap},
		{"item 123 F8.003 a second block", overlappingSecond, packetwalk.ErrOverlap},
		{"item 83 F5.106 F8.014 a group of another Region", abroad("eu-west-1", byGroup), packetwalk.ErrInvalid},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := packetwalk.New()
			test.network(b)
			_, err := b.Build()
			assert.ErrorIs(t, err, test.want)
		})
	}
}

// TestCounts holds how many peerings there are: items 121 and 122.
func TestCounts(t *testing.T) {
	assert.Equal(t, "3 VPCs, 3 peerings", counted(mesh(3)), "item 121")
	assert.Equal(t, "4 VPCs, 6 peerings", counted(mesh(4)), "item 121")
	assert.Equal(t, "5 VPCs, 4 peerings", counted(star), "item 122")
}
