package flowlog_test

import (
	"fmt"
	"net/netip"
	"os"
	"strings"

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

// A custom format, in AWS's two spellings.
func ExampleParseFormat() {
	f, err := flowlog.ParseFormat("${srcaddr} ${dstaddr} ${tcp-flags} ${traffic-path}")
	fmt.Println(f.Header(), err)
	fmt.Println("version", f.Version())

	_, err = flowlog.ParseFormat("${src-addr} ${dstaddr}")
	fmt.Println(err)
	// Output:
	// srcaddr dstaddr tcp-flags traffic-path <nil>
	// version 5
	// flowlog.ParseFormat("${src-addr} ${dstaddr}"): no field is called "src-addr": the nearest name is "srcaddr"
}

// A file with a header line and a line that is wrong. Nothing has to be said of its format.
func ExampleReader() {
	file := strings.NewReader(`interface-id srcaddr pkt-srcaddr action
eni-1235b8ca123456789 10.0.0.220 10.0.1.5 ACCEPT
eni-1235b8ca123456789 10.0.0.220 10.0.1 ACCEPT
eni-1235b8ca123456789 203.0.113.5 203.0.113.5 REJECT
`)
	for r, err := range flowlog.NewReader(file).All() {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(r.Action, r.PktSrcAddr)
	}
	// Output:
	// ACCEPT 10.0.1.5
	// flowlog: line 3, "eni-1235b8ca123456789 10.0.0.220 10.0.1 ACCEPT": pkt-srcaddr "10.0.1": want an IPv4 or IPv6 address, or -
	// REJECT 203.0.113.5
}

// The payload that a subscription of CloudWatch Logs delivers: a record for each event.
func ExampleReader_cloudWatchLogs() {
	payload := strings.NewReader(`{"messageType": "DATA_MESSAGE", "logGroup": "flow-logs", "logStream": "eni-1-all", "logEvents": [
		{"id": "1", "timestamp": 1700000000000, "message": "10.0.0.5 22 REJECT"},
		{"id": "2", "timestamp": 1700000000000, "message": "10.0.0.5 443 ACCEPT"}]}`)
	format := flowlog.MustParseFormat("${dstaddr} ${dstport} ${action}")
	for r, err := range flowlog.NewReader(payload, flowlog.WithFormat(format)).All() {
		fmt.Println(r.DstPort, r.Action, err)
	}
	// Output:
	// 22 REJECT <nil>
	// 443 ACCEPT <nil>
}

// A file of two fields. Of an interval without traffic one of them is not known.
func ExampleWriter() {
	web := flowlog.Interface{ID: "eni-web", AccountID: "123456789010"}
	w := flowlog.NewWriter(os.Stdout, flowlog.MustParseFormat("${log-status} ${dstport}"), true)
	w.Write(flowlog.Record{DstPort: 443, LogStatus: flowlog.StatusOK})
	w.Write(flowlog.NoData(web, 1432917027, 1432917087))
	fmt.Println(w.Flush())
	// Output:
	// log-status dstport
	// OK 443
	// NODATA -
	// <nil>
}

// What a tag's value looks like in a record.
func ExampleTagOf() {
	t := flowlog.TagOf("front end")
	value, err := t.Value()
	fmt.Println(t, "is", value, err)
	// Output: front%20end is front end <nil>
}

// The flags of a short connection's client: those of its packets together.
func ExampleTCPFlags() {
	var all packet.Flags
	for _, sent := range []packet.Flags{packet.SYN, packet.ACK, packet.PSH | packet.ACK, packet.FIN | packet.ACK} {
		shown, _ := flowlog.TCPFlags(sent)
		all |= shown
	}
	fmt.Printf("%d: %v\n", all, all)
	// Output: 3: FIN|SYN
}
