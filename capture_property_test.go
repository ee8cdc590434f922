package packetwalk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// sightedPacket is a packet at an interface, as the trace of it says: what the slow oracle keeps, all of it,
// in a list.
type sightedPacket struct {
	at int64
	trace.Crossing
}

// sums are packets and bytes.
type sums struct{ packets, bytes int64 }

// loggedBy says which interfaces of pairNet a resource stands for (F1.015).
var loggedBy = map[string][]string{
	"app": {"web-eni", "db-eni", "eni"}, "front": {"web-eni"}, "back": {"db-eni", "eni"},
	"web-eni": {"web-eni"}, "db-eni": {"db-eni"}, "eni": {"eni"},
}

// drawLog draws a flow log of pairNet.
func drawLog(t *rapid.T, id string) flowlog.FlowLog {
	return flowlog.FlowLog{
		ID: id, Resource: rapid.SampledFrom([]string{"app", "front", "back", "web-eni", "db-eni", "eni"}).Draw(t, "resource"),
		TrafficType:            rapid.SampledFrom([]flowlog.TrafficType{0, flowlog.TrafficAll, flowlog.TrafficAccept, flowlog.TrafficReject}).Draw(t, "type"),
		MaxAggregationInterval: rapid.SampledFrom([]int{0, 60, 600}).Draw(t, "interval"),
	}
}

// drawPacket draws a packet of few flows, from one of pairNet's hosts or the internet.
func drawPacket(t *rapid.T) (from string, p packet.Packet) {
	hosts := map[string]string{"web": "10.0.1.4", "db": "10.0.2.4", "eni": "10.0.2.5", "internet": "203.0.113.10"}
	from = rapid.SampledFrom([]string{"web", "db", "eni", "internet"}).Draw(t, "from")
	to := rapid.SampledFrom([]string{"10.0.1.4", "10.0.2.4", "10.0.2.5", "203.0.113.10"}).Draw(t, "to")
	if from == "internet" {
		to = "198.51.100.1" // web
	}
	p = packet.Packet{
		Src: addr(hosts[from]), Dst: addr(to), Length: uint32(rapid.IntRange(60, 1500).Draw(t, "length")),
		Protocol: rapid.SampledFrom([]packet.Protocol{packet.TCP, packet.UDP, packet.ICMP}).Draw(t, "protocol"),
	}
	switch p.Protocol {
	case packet.ICMP:
		p.ICMPType = rapid.SampledFrom([]uint8{packet.ICMPEchoRequest, packet.ICMPEchoReply}).Draw(t, "type")
	case packet.TCP:
		p.Flags = rapid.SampledFrom([]packet.Flags{packet.SYN, packet.SYN | packet.ACK, packet.ACK, packet.FIN, packet.RST}).Draw(t, "flags")
		fallthrough
	default:
		ports := rapid.SampledFrom([]uint16{22, 5432, 40000, 40001})
		p.SrcPort, p.DstPort = ports.Draw(t, "source port"), ports.Draw(t, "port")
	}
	return from, p
}

// TestCaptureSums: whatever is sent, at whatever times, and whenever it is collected: each flow log's records
// hold all packets and bytes that it is to keep, once, in the interval in which they were, and nothing else.
// The oracle is the list of all packets at all interfaces.
func TestCaptureSums(t *testing.T) {
	t.Run("F1.006 F1.008 F1.109 F1.110 F1.204", rapid.MakeCheck(func(t *rapid.T) {
		cfg := pairNet(nil).Config()
		for i := range rapid.IntRange(0, 4).Draw(t, "flow logs") {
			cfg.FlowLogs = append(cfg.FlowLogs, drawLog(t, fmt.Sprintf("fl-%d", i)))
		}
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		s := n.NewSession(dawn.Add(time.Duration(rapid.Int64Range(0, 1e12).Draw(t, "begin"))))
		var seen []sightedPacket
		var got []flowlog.Batch
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				s.Advance(time.Duration(rapid.Int64Range(0, 400e9).Draw(t, "wait")))
			case 1:
				got = append(got, s.Collect()...)
			default:
				from, p := drawPacket(t)
				tr, err := s.Send(from, p)
				require.NoError(t, err)
				for at := &tr; at != nil; at = at.Answer {
					for _, c := range at.Crossings {
						seen = append(seen, sightedPacket{s.Now().Unix(), c})
					}
				}
			}
		}
		got = append(got, s.Flush()...)
		require.Empty(t, s.Flush())
		for _, l := range n.Config().FlowLogs {
			for _, eni := range loggedBy[l.Resource] {
				checkSums(t, &l, eni, seen, got)
			}
		}
		checkPlaces(t, got)
	}))
}

// checkSums compares what a flow log wrote of an interface with the list of its packets.
func checkSums(t *rapid.T, l *flowlog.FlowLog, eni string, seen []sightedPacket, batches []flowlog.Batch) {
	length := int64(l.MaxAggregationInterval)
	if eni != "eni" { // F1.010: the others are instances'
		length = 60
	}
	want, got := map[string]sums{}, map[string]sums{}
	flags, shown := map[string]packet.Flags{}, map[string]packet.Flags{}
	busy := map[int64]bool{}
	first := int64(-1)
	for _, p := range seen {
		action := map[bool]string{true: "ACCEPT", false: "REJECT"}[p.Accepted]
		if p.Interface != eni {
			continue
		}
		busy[p.at/length] = true
		if first < 0 {
			first = p.at / length
		}
		if kept := l.TrafficType.String(); kept != "ALL" && kept != action {
			continue
		}
		q := p.Packet
		key := fmt.Sprintln(p.at/length, p.Direction, action, q.Src, q.SrcPort, q.Dst, q.DstPort, q.Protocol)
		want[key] = sums{want[key].packets + 1, want[key].bytes + int64(q.Size())}
		f := q.Flags & (packet.SYN | packet.FIN | packet.RST)
		if f == packet.SYN {
			f |= q.Flags & packet.ACK
		}
		flags[key] |= f
	}
	quiet := map[int64]int{}
	for _, b := range batches {
		if b.FlowLog.ID != l.ID || b.Interface != eni {
			continue
		}
		for _, r := range b.Records {
			switch r.LogStatus {
			case flowlog.StatusNoData:
				quiet[r.Start/length]++
				continue
			case flowlog.StatusSkipData:
				t.Fatalf("nothing is skipped: %v", r)
			}
			key := fmt.Sprintln(r.Start/length, r.FlowDirection, r.Action, r.PktSrcAddr, r.SrcPort, r.PktDstAddr, r.DstPort, r.Protocol)
			if _, twice := got[key]; twice {
				t.Fatalf("%s: a second record of one flow and interval: %v", l.ID, r)
			}
			got[key], shown[key] = sums{r.Packets, r.Bytes}, r.TCPFlags
		}
	}
	require.Equal(t, want, got, "%s at %s", l.ID, eni)
	require.Equal(t, flags, shown, "%s at %s", l.ID, eni)
	for w, n := range quiet {
		require.Equal(t, 1, n, "%s at %s: NODATA at %d", l.ID, eni, w*length)
		require.False(t, busy[w] || w < first, "%s at %s: NODATA at %d, where there is data or was none yet", l.ID, eni, w*length)
	}
	for w := range busy {
		for before := w - 1; before > first && before > w-20; before-- {
			require.True(t, busy[before] || quiet[before] == 1, "%s at %s: nothing of %d", l.ID, eni, before*length)
		}
	}
}

// checkPlaces: each record is in its interval, and that in its place.
func checkPlaces(t *rapid.T, batches []flowlog.Batch) {
	for _, b := range batches {
		length := b.FlowLog.Interval(b.Interface != "eni")
		require.Zero(t, b.WindowStart.Unix()%length)
		require.Equal(t, b.WindowStart.Unix()+length, b.WindowEnd.Unix())
		require.NotEmpty(t, b.Records)
		for _, r := range b.Records {
			require.LessOrEqual(t, b.WindowStart.Unix(), r.Start)
			require.LessOrEqual(t, r.Start, r.End)
			require.Less(t, r.End, b.WindowEnd.Unix())
			require.Equal(t, b.Interface, r.InterfaceID)
			require.NoError(t, r.Check(flowlog.All))
		}
	}
}
