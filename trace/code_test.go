package trace_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/trace"
)

// awsCodes is AWS's list of explanation codes for a destination that is not reachable, in its order.
const awsCodes = `
BAD_STATE BAD_STATE_ATTACHMENT BAD_STATE_ROUTE BAD_STATE_VPN CANNOT_ROUTE
ELB_ACL_RESTRICTION ELB_INSTALLED_AZ_RESTRICTION ELB_LISTENER_PORT_RESTRICTION ELB_LISTENERS_MISMATCH
ELB_NOT_CROSSZONE ELBV2_LISTENER_HAS_NO_TG ELBV2_LISTENER_PORT_RESTRICTION ELBV2_LISTENER_REQUIRES_TG_ACCEPT
ELBV2_LISTENERS_MISMATCH ELBV2_NO_TARGETS_IN_AZ ELBV2_SOURCE_ADDRESS_PRESERVATION
ENI_ADDRESS_RESTRICTION ENI_SG_RULES_MISMATCH ENI_SOURCE_DEST_CHECK_RESTRICTION
FIREWALL_RULES_RESTRICTION GATEWAY_REJECTS_SPOOFED_TRAFFIC GWLB_DESTINATION_PORT_RESTRICTION
GWLB_PROTOCOL_RESTRICTION HIGHER_PRIORITY_ROUTE
IGW_DESTINATION_ADDRESS_IN_VPC_CIDRS IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS
IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS IGW_NAT_REFLECTION
IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
IGW_SOURCE_ADDRESS_NOT_IN_RFC1918_INGRESS IGW_SOURCE_ADDRESS_NOT_IN_RFC6598_INGRESS
INGRESS_RTB_NO_PUBLIC_IP INGRESS_RTB_TRAFFIC_REDIRECTION MORE_SPECIFIC_ROUTE
NGW_DEST_ADDRESS_PRESERVATION NGW_REQUIRES_SOURCE_IN_VPC NGW_SOURCE_ADDRESS_REASSIGN
NO_POSSIBLE_DESTINATION NO_ROUTE_TO_DESTINATION PCX_REQUIRES_ADDRESS_IN_VPC_CIDR PROTOCOL_RESTRICTION
REGIONAL_NGW_ROUTE_AZ_RESTRICTION REMAP_EPHEMERAL_PORT SG_HAS_NO_RULES SG_REFERENCES_NOT_PRESERVED
SG_REFERENCING_SUPPORT SUBNET_ACL_RESTRICTION TARGET_ADDRESS_RESTRICTION TARGET_PORT_RESTRICTION
TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION TGW_ATTACH_VPC_AZ_RESTRICTION TGW_BAD_STATE_VPN
TGW_ROUTE_AZ_RESTRICTION TGW_RTB_BAD_STATE_ROUTE TGW_RTB_CANNOT_ROUTE TGW_RTB_HIGHER_PRIORITY_ROUTE
TGW_RTB_MORE_SPECIFIC_ROUTE TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT TGW_RTB_ROUTES_ARE_UNKNOWN
UNKNOWN_DESTINATION UNKNOWN_PEERED_SGS UNKNOWN_RESOURCE
VGW_PRIVATE_IP_ASSOCIATION_FOR_EGRESS VGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS
VPC_BLOCK_PUBLIC_ACCESS_ENABLED VPC_LOCAL_ROUTE_CIDR_RESTRICTION
VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION VPCE_GATEWAY_PROTOCOL_RESTRICTION
VPCE_INTRA_VPC_TRAFFIC VPCE_SERVICE_NOT_INSTALLED_IN_AZ`

const configurationCodes = `
DISCONNECTED_VPCS NO_PATH NO_SOURCE_OR_DESTINATION UNASSOCIATED_COMPONENT UNSUPPORTED_COMPONENT`

const ownCodes = `
NO_SUCH_HOST NAT_NO_SESSION EIGW_NO_SESSION ROUTING_LOOP UNROUTED_ADDRESS RESERVED_RANGE RESOLVER_DISABLED
REPLY_ADDRESS_MISMATCH REPLY_DELIVERED_ELSEWHERE REQUEST_DELIVERED_ELSEWHERE PRIVATE_IPV6_AT_GATEWAY LOCAL_PREFERRED
NAT_IDLE_TIMEOUT NAT_PORT_ALLOCATION MTU_EXCEEDED FRAGMENT_NOT_FORWARDED DENY_ALL_IGW_TRAFFIC
AVAILABILITY_ZONE_IMPAIRED ELB_NO_SESSION ELB_PORT_ALLOCATION VPCE_NO_CONNECTION
ENCRYPTION_REQUIRED LINK_LOCAL_RATE_EXCEEDED`

func TestCodesAreAWSsInItsOrder(t *testing.T) {
	require.Len(t, strings.Fields(awsCodes), 71)

	var names []string
	for _, c := range trace.Codes() {
		names = append(names, c.String())
	}
	want := strings.Fields(awsCodes + configurationCodes + ownCodes)
	assert.Empty(t, cmp.Diff(want, names))
}

func TestCodeAWS(t *testing.T) {
	for _, name := range strings.Fields(awsCodes + configurationCodes) {
		c, err := trace.ParseCode(name)
		require.NoError(t, err)
		assert.True(t, c.AWS(), name)
	}
	for _, name := range strings.Fields(ownCodes) {
		c, err := trace.ParseCode(name)
		require.NoError(t, err)
		assert.False(t, c.AWS(), name)
	}
	assert.False(t, trace.NoCode.AWS())
	assert.False(t, trace.Code(255).AWS())
}

// The names in Go that others build on, against AWS's spelling.
func TestCodeString(t *testing.T) {
	for _, tt := range []struct {
		code trace.Code
		want string
	}{
		{trace.NoCode, ""},
		{trace.BadState, "BAD_STATE"},
		{trace.ELBV2ListenerHasNoTG, "ELBV2_LISTENER_HAS_NO_TG"},
		{trace.ENISGRulesMismatch, "ENI_SG_RULES_MISMATCH"},
		{trace.ENISourceDestCheckRestriction, "ENI_SOURCE_DEST_CHECK_RESTRICTION"},
		{trace.IGWPublicIPAssociationForEgress, "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"},
		{trace.NoRouteToDestination, "NO_ROUTE_TO_DESTINATION"},
		{trace.SubnetACLRestriction, "SUBNET_ACL_RESTRICTION"},
		{trace.UnknownPeeredSGs, "UNKNOWN_PEERED_SGS"},
		{trace.VPCEServiceNotInstalledInAZ, "VPCE_SERVICE_NOT_INSTALLED_IN_AZ"},
		{trace.DisconnectedVPCs, "DISCONNECTED_VPCS"},
		{trace.UnsupportedComponent, "UNSUPPORTED_COMPONENT"},
		{trace.NoSuchHost, "NO_SUCH_HOST"},
		{trace.PrivateIPv6AtGateway, "PRIVATE_IPV6_AT_GATEWAY"},
		{trace.LocalPreferred, "LOCAL_PREFERRED"},
		{trace.ZoneImpaired, "AVAILABILITY_ZONE_IMPAIRED"},
		{trace.VPCENoConnection, "VPCE_NO_CONNECTION"},
		{trace.ELBPortAllocation, "ELB_PORT_ALLOCATION"},
		{trace.EncryptionRequired, "ENCRYPTION_REQUIRED"},
		{trace.LinkLocalRateExceeded, "LINK_LOCAL_RATE_EXCEEDED"},
		{trace.Code(200), "Code(200)"},
	} {
		assert.Equal(t, tt.want, tt.code.String())
	}
}

func TestCodeTextRoundTrip(t *testing.T) {
	for _, c := range append(trace.Codes(), trace.NoCode) {
		text, err := json.Marshal(c)
		require.NoError(t, err)
		var back trace.Code
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, c, back)
	}
	_, err := trace.Code(200).MarshalText()
	assert.Error(t, err)
}

func TestParseCode(t *testing.T) {
	c, err := trace.ParseCode("subnet_acl_restriction")
	require.NoError(t, err)
	assert.Equal(t, trace.SubnetACLRestriction, c)

	c, err = trace.ParseCode("SUBNET_ACL")
	assert.EqualError(t, err, `trace.ParseCode("SUBNET_ACL"): want an explanation code such as SUBNET_ACL_RESTRICTION`)
	assert.Equal(t, trace.NoCode, c)

	c = trace.BadState
	assert.Error(t, c.UnmarshalText([]byte("?")))
	assert.Equal(t, trace.BadState, c, "an error leaves the code as it was")
}

func TestCodeMeaning(t *testing.T) {
	seen := map[string]trace.Code{}
	for _, c := range trace.Codes() {
		meaning := c.Meaning()
		require.NotEmpty(t, meaning, c)
		require.NotContains(t, seen, meaning, "%v has the meaning of another", c)
		seen[meaning] = c
	}
	assert.Equal(t, "the network ACL does not allow the traffic", trace.SubnetACLRestriction.Meaning())
	assert.Equal(t, "nothing was dropped", trace.NoCode.Meaning())
	assert.Equal(t, "unknown code", trace.Code(255).Meaning())
}

// The comment beside each of AWS's constants is what Meaning says.
func TestCodeCommentsAreMeanings(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, parser.ParseComments)
	require.NoError(t, err)
	var comments, meanings []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && spec.Comment != nil {
			comments = append(comments, strings.TrimSpace(spec.Comment.Text()))
		}
		return true
	})
	for _, c := range trace.Codes() {
		if c.AWS() {
			meanings = append(meanings, c.Meaning())
		}
	}
	assert.Empty(t, cmp.Diff(meanings, comments))
}

func TestCodesAreTheCallersOwn(t *testing.T) {
	trace.Codes()[0] = trace.NoCode
	assert.Equal(t, trace.BadState, trace.Codes()[0])
}

func FuzzParseCode(f *testing.F) {
	for _, s := range []string{"", "SUBNET_ACL_RESTRICTION", "no_such_host", "Code(200)", "\u017fG_HAS_NO_RULES"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := trace.ParseCode(s)
		if err != nil {
			assert.Equal(t, trace.NoCode, c)
			return
		}
		assert.True(t, strings.EqualFold(s, c.String()), "%q gave %v", s, c)
	})
}
