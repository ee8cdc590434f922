package capture_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/capture"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// eni is where the packets of these tests come in.
var eni = flowlog.Interface{ID: "eni-1", AccountID: "123456789012", PrimaryIPv4: netip.MustParseAddr("10.0.0.4")}

// see gathers a packet that comes in from a port.
func see(l *capture.Log, port uint16, now int64) {
	c := trace.Crossing{Interface: eni.ID, Direction: packet.Ingress, Accepted: true, Packet: packet.Packet{
		Src: netip.MustParseAddr("203.0.113.10"), Dst: eni.PrimaryIPv4, Protocol: packet.UDP, SrcPort: port, DstPort: 53, Length: 100,
	}}
	f := capture.FlowOf(&c)
	if !l.Add(f, &c.Packet, now) {
		r := flowlog.New(flowlog.Sighting{Interface: eni, Direction: c.Direction, Packet: c.Packet, Action: flowlog.Accept, Start: now, End: now})
		l.Begin(f, &r, now)
	}
}

func Example() {
	l := capture.New(60, 1000)
	see(l, 4000, 120)
	see(l, 4000, 150)
	see(l, 4000, 310)
	for _, w := range l.Take(300, 3600) {
		fmt.Println(w.Start, w.End, w.Records)
	}
	// Output:
	// 120 180 [2 123456789012 eni-1 203.0.113.10 10.0.0.4 4000 53 17 2 200 120 150 ACCEPT OK]
	// 180 240 [2 123456789012 eni-1 - - - - - - - 180 239 - NODATA]
	// 240 300 [2 123456789012 eni-1 - - - - - - - 240 299 - NODATA]
}

// told lists windows: "120+2" is one with two records, "120-" one with NODATA.
func told(list []capture.Window) (short []string) {
	for _, w := range list {
		text := fmt.Sprintf("%d+%d", w.Start, len(w.Records))
		if w.Records[0].LogStatus == flowlog.StatusNoData {
			text = fmt.Sprintf("%d-", w.Start)
		}
		short = append(short, text)
	}
	return short
}

func TestLog(t *testing.T) {
	for _, test := range []struct {
		name string
		do   func(*capture.Log) []capture.Window
		want []string
	}{
		{"F1.019 nothing before there is traffic", func(l *capture.Log) []capture.Window { return l.Take(1e9, 3600) }, nil},
		{"F1.018 nothing of an interval that is open", func(l *capture.Log) []capture.Window {
			see(l, 1, 60)
			return l.Take(119, 3600)
		}, nil},
		{"F1.006 all of one that is over", func(l *capture.Log) []capture.Window {
			see(l, 1, 60)
			see(l, 2, 119)
			return l.Take(120, 3600)
		}, []string{"60+2"}},
		{"F1.006 one that is over stays until it is taken", func(l *capture.Log) []capture.Window {
			see(l, 1, 60)
			see(l, 1, 120)
			see(l, 1, 180)
			return append(l.Take(130, 3600), l.Take(1000, 60)...)
		}, []string{"60+1", "120+1", "180+1", "240-"}},
		{"F1.006 before 1970", func(l *capture.Log) []capture.Window {
			see(l, 1, -1)
			see(l, 1, 0)
			return l.Take(60, 3600)
		}, []string{"-60+1", "0+1"}},
		{"F1.006 at the start of 1970, and later", func(l *capture.Log) []capture.Window {
			see(l, 1, 0)
			see(l, 1, 130)
			return l.Take(180, 3600)
		}, []string{"0+1", "60-", "120+1"}},
		{"F1.651 for as long as is wanted, and again after traffic", func(l *capture.Log) []capture.Window {
			see(l, 1, 0)
			list := l.Take(1e12, 120)
			see(l, 1, 1e12)
			return append(list, l.Take(1e12+600, 120)...)
		}, []string{"0+1", "60-", "120-", "999999999960+1", "1000000000020-", "1000000000080-"}},
		{"F1.651 never", func(l *capture.Log) []capture.Window {
			see(l, 1, 0)
			return l.Take(1e12, 0)
		}, []string{"0+1"}},
		{"F1.651 traffic that is not kept is traffic", func(l *capture.Log) []capture.Window {
			see(l, 1, 0)
			l.Touch(61)
			return l.Take(180, 3600)
		}, []string{"0+1", "120-"}},
		{"F1.006 flushed, and gone on with", func(l *capture.Log) []capture.Window {
			see(l, 1, 0)
			list := l.Flush(10, 3600)
			see(l, 1, 20)
			return append(list, l.Take(180, 3600)...)
		}, []string{"0+1", "0+1", "60-", "120-"}},
		{"F1.019 stopped, with an interval open", func(l *capture.Log) []capture.Window {
			see(l, 1, 0)
			l.Stop(30)
			return append(l.Take(59, 3600), l.Take(1e9, 3600)...)
		}, []string{"0+1"}},
		{"F1.651 stopped, in an interval without traffic", func(l *capture.Log) []capture.Window {
			see(l, 1, 0)
			l.Stop(130)
			return l.Take(1e9, 3600)
		}, []string{"0+1", "60-"}},
		{"F1.653 one SKIPDATA for all flows beyond the bound of three", func(l *capture.Log) []capture.Window {
			for port := range uint16(9) {
				see(l, port, 0)
			}
			return l.Take(60, 3600)
		}, []string{"0+4"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := capture.New(60, 3)
			if diff := cmp.Diff(test.want, told(test.do(l))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLogIsEmpty(t *testing.T) {
	l := capture.New(60, 3)
	see(l, 1, 0)
	if l.Empty() {
		t.Error("it is not stopped")
	}
	l.Stop(130)
	if l.Empty() {
		t.Error("nobody took what it has")
	}
	l.Take(100, 3600)
	if l.Empty() {
		t.Error("a NODATA is left")
	}
	l.Take(120, 3600)
	if !l.Empty() {
		t.Error("nothing is left")
	}
}

func TestLogIsEmptyWithoutTraffic(t *testing.T) {
	l := capture.New(60, 3)
	l.Stop(1566848400)
	if !l.Empty() {
		t.Error("F1.019: it saw no packet, so that nothing will ever come of it")
	}
}
