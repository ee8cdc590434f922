package nacl_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
)

// An ACL is stateless: it lets the request in, and drops the answer.
func Example() {
	acl := nacl.ACL{
		ID: "acl-web",
		Entries: []nacl.Entry{{
			Number:    100,
			Direction: packet.Ingress,
			Action:    nacl.Allow,
			Service:   packet.MustParseService("tcp/443"),
			CIDR:      netip.MustParsePrefix("0.0.0.0/0"),
		}},
	}
	client, server := netip.MustParseAddr("203.0.113.9"), netip.MustParseAddr("10.0.1.10")

	request := packet.Packet{Src: client, Dst: server, Protocol: packet.TCP, SrcPort: 49152, DstPort: 443}
	e, allowed := acl.Eval(packet.Ingress, request)
	fmt.Println("request:", allowed, "by", e)

	answer := packet.Packet{Src: server, Dst: client, Protocol: packet.TCP, SrcPort: 443, DstPort: 49152}
	e, allowed = acl.Eval(packet.Egress, answer)
	fmt.Println("answer:", allowed, "by", e)
	// Output:
	// request: true by 100 allow tcp/443 from 0.0.0.0/0
	// answer: false by * deny all
}

// Shadowed finds entries that come too late.
func ExampleACL_Shadowed() {
	entry := func(number int, action nacl.Action, service, cidr string) nacl.Entry {
		return nacl.Entry{
			Number:    number,
			Direction: packet.Ingress,
			Action:    action,
			Service:   packet.MustParseService(service),
			CIDR:      netip.MustParsePrefix(cidr),
		}
	}
	acl := nacl.ACL{ID: "acl-web", Entries: []nacl.Entry{
		entry(100, nacl.Allow, "all", "10.0.0.0/8"),
		entry(110, nacl.Deny, "tcp/22", "10.9.0.0/16"),
	}}
	for _, s := range acl.Shadowed() {
		fmt.Println(s)
	}
	// Output:
	// 110 deny tcp/22 from 10.9.0.0/16 never matches: 100 allow all from 10.0.0.0/8 comes first
}
