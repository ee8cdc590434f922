package packet_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
)

// A service opens a connection, matches its packets, and the packet knows its reply.
func Example() {
	https := packet.MustParseService("tcp/443")
	client, server := netip.MustParseAddr("10.0.1.10"), netip.MustParseAddr("10.1.1.10")

	request, err := https.Open(client, server, 49152)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(request, https.Matches(request))

	// The reply goes to the client's port: a stateless rule for tcp/443 does not match it.
	reply, _ := request.Reply()
	fmt.Println(reply, https.Matches(reply))
	// Output:
	// tcp 10.0.1.10:49152 > 10.1.1.10:443 SYN true
	// tcp 10.1.1.10:443 > 10.0.1.10:49152 SYN|ACK false
}

func ExampleParseService() {
	for _, text := range []string{"TCP/443", "6/1024-65535", "icmp/8", "icmp/3/4", "47", "-1", "tcp/99999"} {
		s, err := packet.ParseService(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(s)
	}
	// Output:
	// tcp/443
	// tcp/1024-65535
	// icmp/echo-request
	// icmp/3/4
	// gre
	// all
	// packet.ParseService("tcp/99999"): port 99999 is above 65535
}

func ExampleService_Open() {
	a, b := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::2")
	for _, text := range []string{"udp/53", "icmpv6", "tcp/80-90"} {
		p, err := packet.MustParseService(text).Open(a, b, 49152)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(p)
	}
	// Output:
	// udp [2001:db8::1]:49152 > [2001:db8::2]:53
	// icmpv6 2001:db8::1 > 2001:db8::2 echo-request
	// service "tcp/80-90" names 11 ports: a connection has one
}
