package trace_test

import (
	"encoding"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/trace"
)

// text is what each enumeration of the package does.
type text interface {
	fmt.Stringer
	encoding.TextMarshaler
}

func TestText(t *testing.T) {
	for _, tt := range []struct {
		value text
		into  encoding.TextUnmarshaler // a pointer to a value of the same type
		want  string
	}{
		{trace.Stage(0), new(trace.Stage), ""},
		{trace.StageNetworkInterface, new(trace.Stage), "network interface"},
		{trace.StageSecurityGroup, new(trace.Stage), "security group"},
		{trace.StageNetworkACL, new(trace.Stage), "network ACL"},
		{trace.StageRouteTable, new(trace.Stage), "route table"},
		{trace.StageInternetGateway, new(trace.Stage), "internet gateway"},
		{trace.StageEgressOnlyInternetGateway, new(trace.Stage), "egress-only internet gateway"},
		{trace.StageNATGateway, new(trace.Stage), "NAT gateway"},
		{trace.StageNATInstance, new(trace.Stage), "NAT instance"},
		{trace.StagePeeringConnection, new(trace.Stage), "VPC peering connection"},
		{trace.StageGatewayEndpoint, new(trace.Stage), "gateway endpoint"},
		{trace.StageInterfaceEndpoint, new(trace.Stage), "interface endpoint"},
		{trace.StageRouter, new(trace.Stage), "router"},
		{trace.StageInternet, new(trace.Stage), "internet"},
		{trace.StageVirtualPrivateGateway, new(trace.Stage), "virtual private gateway"},
		{trace.StageOnPremises, new(trace.Stage), "on-premises"},
		{trace.StageService, new(trace.Stage), "AWS service"},
		{trace.StageLoadBalancer, new(trace.Stage), "load balancer"},
		{trace.Pass, new(trace.Action), "pass"},
		{trace.Drop, new(trace.Action), "drop"},
		{trace.Arrive, new(trace.Action), "arrive"},
		{trace.NotSent, new(trace.Outcome), "not sent"},
		{trace.Delivered, new(trace.Outcome), "delivered"},
		{trace.Dropped, new(trace.Outcome), "dropped"},
	} {
		t.Run(fmt.Sprintf("%T %s", tt.value, tt.want), func(t *testing.T) {
			assert.Equal(t, tt.want, tt.value.String())
			got, err := tt.value.MarshalText()
			require.NoError(t, err)
			assert.Equal(t, tt.want, string(got))
			require.NoError(t, tt.into.UnmarshalText([]byte(strings.ToUpper(tt.want))), "any case")
			assert.Equal(t, tt.want, tt.into.(fmt.Stringer).String())
			assert.Error(t, tt.into.UnmarshalText([]byte("no such name")))
			assert.Equal(t, tt.want, tt.into.(fmt.Stringer).String(), "an error leaves the value as it was")
		})
	}
}

func TestTextOutOfRange(t *testing.T) {
	for _, tt := range []struct {
		value text
		want  string
	}{
		{trace.Stage(99), "Stage(99)"},
		{trace.Stage(255), "Stage(255)"},
		{trace.Action(3), "Action(3)"},
		{trace.Outcome(3), "Outcome(3)"},
		{trace.Code(255), "Code(255)"},
	} {
		assert.Equal(t, tt.want, tt.value.String())
		_, err := tt.value.MarshalText()
		assert.Error(t, err, tt.want)
	}
}

func TestVerdictString(t *testing.T) {
	for _, tt := range []struct {
		verdict trace.Verdict
		want    string
	}{
		{trace.Verdict{}, "not sent"},
		{trace.Verdict{Outcome: trace.Delivered, ID: "db-eni"}, "delivered to db-eni"},
		{trace.Verdict{Outcome: trace.Delivered, Stage: trace.StageInternet}, "delivered to the internet"},
		{trace.Verdict{Outcome: trace.Delivered}, "delivered"},
		{trace.Verdict{Outcome: trace.Dropped, ID: "acl-x", Code: trace.SubnetACLRestriction}, "dropped at acl-x: SUBNET_ACL_RESTRICTION"},
		{trace.Verdict{Outcome: trace.Dropped, Stage: trace.StageRouter, Code: trace.NoSuchHost}, "dropped at the router: NO_SUCH_HOST"},
		{trace.Verdict{Outcome: trace.Dropped, ID: "acl-x", Code: trace.SubnetACLRestriction, Reply: true}, "reply dropped at acl-x: SUBNET_ACL_RESTRICTION"},
		{trace.Verdict{Outcome: 9, Stage: 99, Code: 200}, "Outcome(9) at the Stage(99): Code(200)"},
	} {
		assert.Equal(t, tt.want, tt.verdict.String())
	}
}
