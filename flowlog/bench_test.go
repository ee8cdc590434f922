package flowlog_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// BenchmarkRecord makes and prints one default record into a buffer that is used again.
func BenchmarkRecord(b *testing.B) {
	s := flowlog.Sighting{
		Interface: pinged, Direction: packet.Ingress, Packet: ping, Packets: 4, Action: flowlog.Accept,
		Start: 1432917027, End: 1432917142,
	}
	buf := make([]byte, 0, 256)
	b.ReportAllocs()
	for b.Loop() {
		r := flowlog.New(s)
		buf = r.Append(buf[:0], flowlog.Default)
	}
}

// BenchmarkParseLine reads one default line.
func BenchmarkParseLine(b *testing.B) {
	line := lines[0].line
	b.ReportAllocs()
	for b.Loop() {
		if _, err := flowlog.ParseLine(flowlog.Default, line); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReader reads a file of default lines, and takes the same lines apart with bytes.Fields, in turn.
// The ratio is the Reader's speed in terms of that of bytes.Fields.
func BenchmarkReader(b *testing.B) {
	file, n := manyLines(), 0
	var reading, fields time.Duration
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		r := flowlog.NewReader(bytes.NewReader(file))
		for n = 0; ; n++ {
			if _, err := r.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
		between := time.Now()
		for line := range bytes.Lines(file) {
			if len(bytes.Fields(line)) != len(flowlog.Default) {
				b.Fatal("not a default line")
			}
		}
		reading += between.Sub(start)
		fields += time.Since(between)
	}
	perLine := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / float64(b.N*n) }
	b.ReportMetric(perLine(reading), "ns/line")
	b.ReportMetric(perLine(fields), "fields-ns/line")
	b.ReportMetric(float64(fields)/float64(reading), "ratio")
}

// manyLines are a few thousand default lines of a few dozen interfaces.
func manyLines() []byte {
	var file bytes.Buffer
	for i := range 4000 {
		fmt.Fprintf(&file, "2 123456789010 eni-1235b8ca1234567%02d 172.31.%d.%d 172.31.16.21 %d 443 6 %d %d 1418530010 1418530070 ACCEPT OK\n",
			i%48, i%251, i%241, 1024+i, i%97+1, i*1499+40)
	}
	return file.Bytes()
}
