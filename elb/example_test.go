package elb_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/packet"
)

func Example() {
	nlb := elb.LoadBalancer{
		ID: "nlb", VPC: "provider", Subnets: []string{"front-a", "front-b"},
		Listeners: []elb.Listener{{Protocol: packet.TCP, Port: 443, Targets: []elb.Target{{Instance: "web", Port: 8443}}}},
	}
	call := packet.Packet{
		Src: netip.MustParseAddr("10.0.1.10"), Dst: netip.MustParseAddr("10.0.1.20"), Protocol: packet.TCP, SrcPort: 49152, DstPort: 443,
	}
	listener := nlb.Takes(call)
	fmt.Println("listener:", listener)
	fmt.Println("a target in another zone:", nlb.Serves("us-east-1a", "us-east-1b", []string{"us-east-1a", "us-east-1b"}))
	node, web := netip.MustParseAddr("172.16.1.4"), netip.MustParseAddr("172.16.2.10")
	fmt.Println("the target sees:", listener.Open(call, node, web, listener.Targets[0]))

	call.DstPort = 22
	fmt.Println("port 22:", nlb.Takes(call) != nil)
	// Output:
	// listener: tcp/443
	// a target in another zone: false
	// the target sees: tcp 172.16.1.4:49152 > 172.16.2.10:8443
	// port 22: false
}
