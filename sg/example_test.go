package sg_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
)

// members answers who has which group. In a network, the network answers that.
type members map[netip.Addr]string

func (m members) Member(group string, a netip.Addr) (networkInterface string, ok bool) {
	return "eni-" + group, m[a] == group
}

func (m members) Listed(string, netip.Addr) bool { return false }

// The database lets in the interfaces that have the group "app", and nobody else.
func Example() {
	app, stranger := netip.MustParseAddr("10.0.1.10"), netip.MustParseAddr("10.0.1.66")
	peers := members{app: "app"}
	db := &sg.Group{
		ID: "db",
		Rules: []sg.Rule{{
			Direction:   packet.Ingress,
			Service:     packet.MustParseService("tcp/5432"),
			Group:       "app",
			Description: "queries",
		}},
	}
	for _, from := range []netip.Addr{app, stranger} {
		p := packet.Packet{Src: from, Dst: netip.MustParseAddr("10.0.2.20"), Protocol: packet.TCP, SrcPort: 49152, DstPort: 5432}
		if dec, ok := sg.Match([]*sg.Group{db}, packet.Ingress, p, peers); ok {
			fmt.Printf("%v: allowed by %v, as %s\n", from, dec.Rule, dec.Member)
		} else {
			fmt.Printf("%v: no rule allows it\n", from)
		}
	}
	// Output:
	// 10.0.1.10: allowed by tcp/5432 from app "queries", as eni-app
	// 10.0.1.66: no rule allows it
}

// A literal means what it says: what AWS gives a new group has to be asked for.
func ExampleNewGroupRules() {
	for _, r := range sg.NewGroupRules(true) {
		fmt.Println(&r)
	}
	// Output:
	// all to 0.0.0.0/0
	// all to ::/0
}
