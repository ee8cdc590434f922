package ec2json_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

// TestResourceEndpoints: F7.208, F7.209, endpoints to what somebody shares, as describe-vpc-endpoints prints
// them.
func TestResourceEndpoints(t *testing.T) {
	const arn = "arn:aws:vpc-lattice:eu-west-1:444455556666:resourceconfiguration/rcfg-0123456789abcdef0"
	const name = "vpce-1-snra-2.rcfg-0123456789abcdef0.4232ccc.vpc-lattice-rsc.eu-west-1.on.aws"
	const network = `"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "PrivateIpAddress": "10.0.1.9", "InterfaceType": "vpc_endpoint"}],
		"SecurityGroups": [{"GroupId": "sg-1", "VpcId": "vpc-1", "GroupName": "db"}],
		"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "VpcEndpointType": "Resource", "VpcId": "vpc-1", "State": "Available", "ResourceConfigurationArn": "` + arn + `",
			"SubnetIds": ["subnet-1"], "NetworkInterfaceIds": ["eni-1"], "Groups": [{"GroupId": "sg-1"}], "PrivateDnsEnabled": false, "DnsEntries": [{"DnsName": "` + name + `"}]}]`
	whole := endpoint.Interface{
		ID: "vpce-1", VPC: "vpc-1", Type: endpoint.TypeResource, Service: arn, State: endpoint.Available,
		Subnets: []string{"subnet-1"}, Interfaces: []string{"eni-1"}, Groups: []string{"sg-1"}, DNSNames: []string{name},
	}
	tunnel := whole
	tunnel.Type = endpoint.TypeTunnel
	for _, test := range []struct {
		name, from, to string
		want           []endpoint.Interface
		warning        string
	}{
		{"F7.208 a resource endpoint", "", "", []endpoint.Interface{whole}, ""},
		{"F7.209 a tunnel endpoint", `"Resource"`, `"Tunnel"`, []endpoint.Interface{tunnel}, ""},
		{"F7.208 private DNS, whose names the dump lacks", `"PrivateDnsEnabled": false`, `"PrivateDnsEnabled": true`, []endpoint.Interface{whole},
			`VpcEndpoints vpce-1: PrivateDnsEnabled "true": unsupported: taken as off`},
		{"F7.208 without a resource configuration", `"ResourceConfigurationArn"`, `"Other"`, nil, `VpcEndpoints vpce-1: ResourceConfigurationArn: unsupported: left out`},
		{"F7.208 a policy", `"State"`, `"PolicyDocument": "{\"Statement\": [{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}]}", "State"`,
			[]endpoint.Interface{whole}, `PolicyDocument: ignored: left out`},
	} {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings := load(t, on(strings.Replace(network, test.from, test.to, 1)))
			same(t, test.want, cfg.InterfaceEndpoints)
			if test.warning == "" {
				assert.Empty(t, warnings)
			}
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			_, err := cfg.Build()
			require.NoError(t, err)
		})
	}
}
