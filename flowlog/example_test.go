package flowlog_test

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// A packet to a secondary address: the record shows the interface's primary one.
func Example() {
	web := flowlog.Interface{
		ID:          "eni-web",
		AccountID:   "123456789010",
		PrimaryIPv4: netip.MustParseAddr("10.0.1.10"),
	}
	p := packet.Packet{
		Src: netip.MustParseAddr("203.0.113.12"), SrcPort: 49152,
		Dst: netip.MustParseAddr("10.0.1.11"), DstPort: 443,
		Protocol: packet.TCP, Length: 60,
	}
	fmt.Println(flowlog.Default.Header())
	fmt.Println(flowlog.New(flowlog.Sighting{
		Interface: web, Direction: packet.Ingress, Packet: p, Action: flowlog.Accept,
		Start: 1432917027, End: 1432917087,
	}))
	// Output:
	// version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
	// 2 123456789010 eni-web 203.0.113.12 10.0.1.10 49152 443 6 1 60 1432917027 1432917087 ACCEPT OK
}

func ExampleParseLine() {
	r, err := flowlog.ParseLine(flowlog.Default, "2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK")
	fmt.Println(r.SrcAddr, r.DstPort, r.Action, err)

	_, err = flowlog.ParseLine(flowlog.Default, "2 123456789010 eni-1235b8ca123456789")
	fmt.Println(err)
	// Output:
	// 172.31.9.69 3389 REJECT <nil>
	// flowlog: line "2 123456789010 eni-1235b8ca123456789": the number of fields is 3: want 14, with one blank between them
}

func ExampleRecord_missing() {
	r, _ := flowlog.ParseLine(flowlog.Default, "2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA")
	fmt.Println(r.LogStatus, r.SrcAddr.IsValid(), r.Missing.Has(flowlog.FieldBytes))
	// Output: NODATA false true
}
