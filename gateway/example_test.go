package gateway_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
)

func ExampleInternet_Out() {
	igw := gateway.Internet{ID: "igw", VPC: "app"}
	p := packet.Packet{
		Src: netip.MustParseAddr("10.0.1.5"), Dst: netip.MustParseAddr("203.0.113.9"),
		SrcPort: 40000, DstPort: 443, Protocol: packet.TCP,
	}

	sent, refusal := igw.Out(p, netip.MustParseAddr("198.51.100.7"))
	fmt.Println(sent.Src, refusal)

	_, refusal = igw.Out(p, netip.Addr{}) // an instance without a public address
	fmt.Println(refusal)
	// Output:
	// 198.51.100.7 forwards the packet
	// the source has no public IPv4 address
}

func ExampleNAT_Translate_nat64() {
	nat := gateway.NAT{ID: "nat", Subnet: "public"}
	server := gateway.Synthesize(netip.MustParseAddr("203.0.113.9")) // as DNS64 answers
	sent, _ := nat.Translate(packet.Packet{
		Src: netip.MustParseAddr("2001:db8::5"), Dst: server, SrcPort: 40000, DstPort: 443, Protocol: packet.TCP,
	}, netip.MustParseAddr("10.0.0.9"))
	fmt.Println(server)
	fmt.Println(sent)
	// Output:
	// 64:ff9b::cb00:7109
	// tcp 10.0.0.9:40000 > 203.0.113.9:443
}

func ExampleNAT_Translate() {
	nat := gateway.NAT{ID: "nat", Subnet: "public"}
	p := packet.Packet{
		Src: netip.MustParseAddr("10.0.1.5"), Dst: netip.MustParseAddr("203.0.113.9"),
		SrcPort: 123, DstPort: 123, Protocol: packet.UDP,
	}

	sent, _ := nat.Translate(p, netip.MustParseAddr("10.0.0.9"))
	fmt.Println(sent.Src, sent.SrcPort)

	p.Protocol = packet.GRE
	_, refusal := nat.Translate(p, netip.MustParseAddr("10.0.0.9"))
	fmt.Println(refusal)
	// Output:
	// 10.0.0.9 1147
	// the gateway does not forward this protocol
}
