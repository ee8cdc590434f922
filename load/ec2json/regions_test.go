package ec2json_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestZonesAndRegions: F3.009, a subnet is in a zone of its VPC's Region, and says by it which that is.
func TestZonesAndRegions(t *testing.T) {
	for _, c := range []struct{ name, from, to, region, warning string }{
		{"F3.009 an Availability Zone", "", "", "eu-west-1", ""},
		{"F3.009 a Local Zone", "eu-west-1a", "us-west-2-lax-1a", "us-west-2", ""},
		{"F3.009 a Wavelength Zone", "eu-west-1a", "us-east-1-wl1-bos-wlz-1", "us-east-1", ""},
		{"F3.009 a zone of another partition", "eu-west-1a", "eusc-de-east-1a", "eusc-de-east-1", ""},
		{"F3.009 a second subnet, in another Region", `"VpcId": "vpc-2", "CidrBlock": "10.1.1.0/24", "AvailabilityZone": "eu-west-1b"`,
			`"VpcId": "vpc-1", "CidrBlock": "10.0.2.0/24", "AvailabilityZone": "us-west-2b"`, "eu-west-1", `AvailabilityZone "us-west-2b": conflict: left out: VPC vpc-1 is in eu-west-1`},
	} {
		t.Run(c.name, func(t *testing.T) {
			whole := on(`"NatGateways": []`)
			require.Contains(t, whole, c.from)
			cfg, warnings := load(t, strings.Replace(whole, c.from, c.to, 1))
			assert.Equal(t, c.region, cfg.VPCs[0].Region)
			if c.warning == "" {
				assert.Empty(t, warnings)
			} else {
				assert.Contains(t, fmt.Sprint(warnings), c.warning)
			}
			_, err := cfg.Build()
			assert.NoError(t, err)
		})
	}
	t.Run("F4.219 a regional NAT gateway says the Region of a VPC without subnets", func(t *testing.T) {
		cfg, warnings := load(t, strings.ReplaceAll(strings.Replace(on(regionalNAT), `"Subnets": [
		{"SubnetId": "subnet-1", "VpcId": "vpc-1"`, `"Subnets": [
		{"SubnetId": "subnet-1", "VpcId": "vpc-2"`, 1), "10.0.1.0/24", "10.1.2.0/24"))
		assert.Empty(t, warnings)
		assert.Equal(t, "eu-west-1", cfg.VPCs[0].Region)
	})
}
