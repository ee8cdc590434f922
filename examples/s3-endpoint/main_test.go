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
		toS3   = "app -> s3.eu-west-1.amazonaws.com tcp/443: "
		toUS   = "app -> s3.us-east-1.amazonaws.com tcp/443: "
		toSite = "app -> www.example.com tcp/443: "

		byNAT      = "works, by NAT gateway nat"
		byEndpoint = "works, by gateway endpoint vpce-s3"
		noRoute    = "request dropped at route table private-rtb: NO_ROUTE_TO_DESTINATION"
	)
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "item 99 NAT: S3", Line: toS3 + byNAT},
		{Name: "item 99 NAT: the other name", Line: toSite + byNAT},
		{Name: "item 99 no NAT: S3", Line: toS3 + noRoute},
		{Name: "item 99 no NAT: the other name", Line: toSite + noRoute},
		{Name: "item 99 item 88 endpoint: S3", Line: toS3 + byEndpoint},
		{Name: "item 99 endpoint: the other name", Line: toSite + noRoute},
		{Name: "item 99 F7.003 NAT restored: S3 by the more specific route", Line: toS3 + byEndpoint},
		{Name: "item 99 NAT restored: the other name", Line: toSite + byNAT},

		{Name: "A31 item 94 the Region of the endpoint", Line: toS3 + byEndpoint},
		{Name: "A31 item 94 another Region", Line: toUS + noRoute},
		{Name: "F7.003 another Region by the NAT gateway", Line: toUS + byNAT},

		{Name: "F7.002 the chosen table", Line: toS3 + byEndpoint},
		{Name: "item 90 F7.002 another table", Line: "batch -> s3.eu-west-1.amazonaws.com tcp/443: request dropped at route table other-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "item 96 F7.006 a peer", Line: "client -> s3.eu-west-1.amazonaws.com tcp/443: request dropped at VPC peering connection lab-partner-pcx: PCX_REQUIRES_ADDRESS_IN_VPC_CIDR"},

		{Name: "A33 F7.005 the group does not let it out", Line: toS3 + "request dropped at security group app-sg: ENI_SG_RULES_MISMATCH"},
		{Name: "A33 F7.005 the group names the prefix list", Line: toS3 + byEndpoint},
		{Name: "A32 F7.005 the ACL lets no reply in", Line: toS3 + "request delivered, reply dropped at network ACL private-acl: SUBNET_ACL_RESTRICTION"},
		{Name: "F7.005 the ACL lets the replies in", Line: toS3 + byEndpoint},
	})
}

// TestHops holds the one way that is shown in full.
func TestHops(t *testing.T) {
	_, after, _ := strings.Cut(output(t), "lookup ")
	hops, _, _ := strings.Cut(after, "4. ")
	assert.Contains(t, hops, "resolver 10.0.0.2: the Amazon resolver of VPC lab", "item 155 base + 2")
	assert.Contains(t, hops, "pl-com.amazonaws.eu-west-1.s3 -> vpce-s3", "item 90 F7.002 the route that the endpoint made")
	assert.NotContains(t, hops, "source 10.0.2.4", "F7.004 nobody rewrites the source")
	assert.Contains(t, hops, "reply    tcp 3.5.64.1:443 > 10.0.2.4:", "F7.004 so S3 answers the private address")
	assert.NotContains(t, hops, "internet gateway", "item 115")
}
