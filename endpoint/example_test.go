package endpoint_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
)

func ExampleGateway_Admits() {
	g := endpoint.Gateway{ID: "vpce-s3", VPC: "app", Service: "com.amazonaws.us-east-1.s3"}
	fmt.Println(g.Admits(packet.Packet{Protocol: packet.TCP, DstPort: 443}))
	fmt.Println(g.Admits(packet.Packet{Protocol: packet.UDP, DstPort: 443}))
	// Output:
	// true
	// false
}

func ExampleRanges() {
	ranges, ok := endpoint.Ranges("com.amazonaws.us-east-1.s3")
	fmt.Println(ok, endpoint.Covers(ranges, netip.MustParseAddr("52.216.1.2")))
	_, ok = endpoint.Ranges("com.amazonaws.us-east-1.sqs")
	fmt.Println(ok)
	// Output:
	// true true
	// false
}

func ExampleRegion() {
	const service = "com.amazonaws.eu-west-1.ecr.api"
	fmt.Println(endpoint.Region(service), endpoint.Short(service))
	// Output: eu-west-1 ecr.api
}
