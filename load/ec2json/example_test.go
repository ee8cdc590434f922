package ec2json_test

import (
	"fmt"
	"testing/fstest"

	"github.com/packetwalk/packetwalk/load/ec2json"
)

func ExampleLoad() {
	dump := fstest.MapFS{ // in life: os.DirFS("dump")
		"vpcs.json": {Data: []byte(`{"Vpcs": [{"VpcId": "vpc-0a1b", "CidrBlock": "10.0.0.0/16", "IsDefault": false}]}`)},
		"tables.json": {Data: []byte(`{"RouteTables": [{"RouteTableId": "rtb-0a1b", "VpcId": "vpc-0a1b",
			"Associations": [{"Main": true}],
			"Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
				{"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-0a1b", "State": "active"}]}]}`)},
		"vpn.json": {Data: []byte(`{"VpnGateways": [{"VpnGatewayId": "vgw-0a1b"}]}`)},
	}
	cfg, warnings, err := ec2json.Load(dump)
	if err != nil {
		fmt.Println(err)
	}
	for _, w := range warnings {
		fmt.Println(w)
	}
	for _, r := range cfg.RouteTables[0].Routes {
		fmt.Println(&r)
	}
	// Output:
	// vpn.json: VpnGateways (1): unsupported: left out: not modelled
	// tables.json: RouteTables rtb-0a1b: Routes[1].GatewayId "igw-0a1b": dangling: taken as an unknown target: it is not in the dump
	// 10.0.0.0/16 -> local
	// 0.0.0.0/0 -> igw-0a1b
}
