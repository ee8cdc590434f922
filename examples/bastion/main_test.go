package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
		noRule = "tcp/22: request dropped at security group app-a-sg: "
		gone   = "request dropped at network interface "
	)
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "item 171 internet to bastion", Line: "203.0.113.10 -> bastion-a tcp/22: works"},
		{Name: "item 171 bastion to private", Line: "bastion-a -> app-a tcp/22: works"},
		{Name: "items 37 and 171 internet to private", Line: "203.0.113.10 -> app-a tcp/22: request dropped at internet gateway igw: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"},
		{Name: "F5.001 another source", Line: "192.0.2.10 -> bastion-a tcp/22: request dropped at security group bastion-a-sg,bastions: ENI_SG_RULES_MISMATCH"},
		{Name: "F5.101 who does not have the group", Line: "web -> app-a " + noRule + "ENI_SG_RULES_MISMATCH"},
		{Name: "F5.002 a group as it was made", Line: "bastion-a -> app-a " + noRule + "SG_HAS_NO_RULES"},
		{Name: "F5.001 the address of the rule", Line: "bastion-a -> app-a tcp/22: works"},
		{Name: "F5.001 another address", Line: "bastion-2 -> app-a " + noRule + "ENI_SG_RULES_MISMATCH"},
		{Name: "F5.101 whoever has the group", Line: "bastion-2 -> app-a tcp/22: works"},
		{Name: "item 172 in by the one", Line: "203.0.113.10 -> bastion-a tcp/22: works"},
		{Name: "item 172 in by the other", Line: "203.0.113.10 -> bastion-b tcp/22: works"},
		{Name: "item 172 F2.009 from zone a to zone b", Line: "bastion-a -> app-b tcp/22: works"},
		{Name: "item 172 F2.009 from zone b to zone a", Line: "bastion-b -> app-a tcp/22: works"},
		{Name: "item 172 the only bastion is gone", Line: "203.0.113.10 -> bastion-a tcp/22: " + gone + "bastion-a-eni: AVAILABILITY_ZONE_IMPAIRED"},
		{Name: "item 172 one of two is gone", Line: "203.0.113.10 -> bastion-a tcp/22: " + gone + "bastion-a-eni: AVAILABILITY_ZONE_IMPAIRED"},
		{Name: "item 172 the other is not", Line: "203.0.113.10 -> bastion-b tcp/22: works"},
		{Name: "item 172 nor what is in its zone", Line: "bastion-b -> app-b tcp/22: works"},
		{Name: "item 172 what is in the other zone is", Line: "bastion-b -> app-a tcp/22: " + gone + "app-a-eni: AVAILABILITY_ZONE_IMPAIRED"},
	})
	assert.Contains(t, output(t), "tcp/22 from bastions (bastion-a-eni)", "F5.101 the member is named")
}
