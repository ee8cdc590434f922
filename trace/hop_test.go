package trace_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// A hop says where it is, what it did, and why.
func TestHopString(t *testing.T) {
	for want, h := range map[string]trace.Hop{
		"network ACL web-acl in: final * entry: SUBNET_ACL_RESTRICTION": {
			Stage: trace.StageNetworkACL, Direction: packet.Ingress, ID: "web-acl", Action: trace.Drop, Code: trace.SubnetACLRestriction,
		},
		"internet gateway igw":                  {Stage: trace.StageInternetGateway, ID: "igw"},
		"network interface web-eni out: leaves": {Stage: trace.StageNetworkInterface, ID: "web-eni", Direction: packet.Egress},
	} {
		assert.Equal(t, want, h.String())
	}
}
