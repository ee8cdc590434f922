package packetwalk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/vpc"
)

func TestCaptureNoData(t *testing.T) {
	t.Run("F1.651 NODATA for each interval without traffic, after some", func(t *testing.T) {
		s := starts(t, pairNet(on(nil, "db-eni")))
		s.Advance(5 * time.Minute) // before there is any, nothing (F1.019)
		call(t, s, "web", "db", "tcp/22")
		s.Advance(3 * time.Minute)
		call(t, s, "web", "db", "tcp/22")
		says(t, s.Flush(),
			"fl-db-eni 2 - db-eni 10.0.1.4 10.0.2.4 49152 22 6 1 40 300 300 REJECT OK",
			"fl-db-eni 2 - db-eni - - - - - - - 360 419 - NODATA",
			"fl-db-eni 2 - db-eni - - - - - - - 420 479 - NODATA",
			"fl-db-eni 2 - db-eni 10.0.1.4 10.0.2.4 49153 22 6 1 40 480 480 REJECT OK")
	})
	t.Run("F1.651 each once, however often it is collected", func(t *testing.T) {
		s := starts(t, pairNet(on(nil, "db-eni")))
		call(t, s, "web", "db", "tcp/22")
		var got []string
		for range 20 {
			s.Advance(30 * time.Second)
			got = append(got, batchLines(s.Collect())...)
		}
		assert.Equal(t, []string{
			"fl-db-eni 2 - db-eni 10.0.1.4 10.0.2.4 49152 22 6 1 40 0 0 REJECT OK",
			"fl-db-eni 2 - db-eni - - - - - - - 60 119 - NODATA",
			"fl-db-eni 2 - db-eni - - - - - - - 120 179 - NODATA",
			"fl-db-eni 2 - db-eni - - - - - - - 180 239 - NODATA",
			"fl-db-eni 2 - db-eni - - - - - - - 240 299 - NODATA",
		}, got)
	})
	t.Run("F1.601 F1.651 what is not logged is no traffic", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "db-eni")))
		call(t, s, "web", "db", "tcp/22")
		s.Advance(time.Minute)
		call(t, s, "db", "169.254.169.254", "tcp/80")
		s.Advance(time.Minute)
		says(t, s.Flush(), "fl-db-eni 10.0.1.4 49152 1 0 0 REJECT OK", "fl-db-eni - - - 60 119 - NODATA")
	})
	t.Run("F1.654 a custom format tells of the interface, and of no packet", func(t *testing.T) {
		s := starts(t, pairNet(on(func(l *packetwalk.FlowLogHandle) {
			l.Format("${version} ${vpc-id} ${subnet-id} ${instance-id} ${interface-id} ${region} ${type} ${pkt-srcaddr} ${tcp-flags} ${flow-direction} ${traffic-path} ${end} ${log-status}")
		}, "db-eni")))
		s.LimitFlowLogs(packetwalk.FlowLogLimits{Flows: 1})
		call(t, s, "web", "db", "tcp/22")
		call(t, s, "web", "db", "tcp/22")
		s.Advance(2 * time.Minute)
		says(t, s.Flush(),
			"fl-db-eni 5 app back db db-eni us-east-1 IPv4 10.0.1.4 2 ingress - 0 OK",
			"fl-db-eni 5 app back db db-eni us-east-1 - - - - - 59 SKIPDATA",
			"fl-db-eni 5 app back db db-eni us-east-1 - - - - - 119 NODATA")
	})
	t.Run("for a day, or as long as one likes, or never", func(t *testing.T) {
		for silence, want := range map[time.Duration]int{0: 24 * 60, 3 * time.Minute: 3, -1: 0} {
			s := starts(t, pairNet(on(nil, "db-eni")))
			s.LimitFlowLogs(packetwalk.FlowLogLimits{Silence: silence})
			call(t, s, "web", "db", "tcp/22")
			s.Advance(290 * 365 * 24 * time.Hour)
			assert.Len(t, s.Collect(), 1+want)
			call(t, s, "web", "db", "tcp/22")
			s.Advance(6 * time.Minute)
			assert.Len(t, s.Collect(), 1, "traffic again")
			s.Advance(time.Minute)
			assert.Len(t, s.Collect(), min(want, 1))
		}
	})
}

func TestCaptureSkipData(t *testing.T) {
	scan := func(s *packetwalk.Session, ports int) {
		for range ports {
			call(t, s, "web", "db", "tcp/22") // each from a port of its own
		}
	}
	t.Run("F1.652 F1.653 one record for all flows that are too many", func(t *testing.T) {
		s := starts(t, pairNet(on(nil, "db-eni")))
		s.LimitFlowLogs(packetwalk.FlowLogLimits{Flows: 2})
		scan(s, 5)
		s.Advance(time.Minute)
		scan(s, 2) // and none where they fit
		says(t, s.Flush(),
			"fl-db-eni 2 - db-eni 10.0.1.4 10.0.2.4 49152 22 6 1 40 0 0 REJECT OK",
			"fl-db-eni 2 - db-eni 10.0.1.4 10.0.2.4 49153 22 6 1 40 0 0 REJECT OK",
			"fl-db-eni 2 - db-eni - - - - - - - 0 59 - SKIPDATA",
			"fl-db-eni 2 - db-eni 10.0.1.4 10.0.2.4 49157 22 6 1 40 60 60 REJECT OK",
			"fl-db-eni 2 - db-eni 10.0.1.4 10.0.2.4 49158 22 6 1 40 60 60 REJECT OK")
	})
	t.Run("F1.652 a flow that was there goes on", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "db-eni")))
		s.LimitFlowLogs(packetwalk.FlowLogLimits{Flows: 1})
		p := packet.Packet{Src: addr("10.0.1.4"), Dst: addr("10.0.2.4"), Protocol: packet.UDP, SrcPort: 1, DstPort: 2}
		transmit(t, s, "web", p, 0, 100)
		p.DstPort = 3
		transmit(t, s, "web", p, 0, 100)
		p.DstPort = 2
		transmit(t, s, "web", p, 0, 100)
		says(t, s.Flush(), "fl-db-eni 10.0.1.4 1 2 0 0 REJECT OK", "fl-db-eni - - - 0 59 - SKIPDATA")
	})
	t.Run("F1.652 a hundred thousand flows by default", func(t *testing.T) {
		s := starts(t, pairNet(on(nil, "db-eni")))
		scan(s, 20)
		assert.Len(t, s.Flush()[0].Records, 20)
	})
	t.Run("F1.512 none for what Block Public Access rejects", func(t *testing.T) {
		cfg := pairNet(on(shortly, "web-eni")).Config()
		cfg.BlockPublicAccess = []vpc.BlockPublicAccess{{Mode: vpc.BPABidirectional}}
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		s := n.NewSession(dawn)
		s.LimitFlowLogs(packetwalk.FlowLogLimits{Flows: 1})
		for range 3 {
			call(t, s, "internet", "web", "tcp/22")
		}
		says(t, s.Flush(), "fl-web-eni 203.0.113.10 49152 1 0 0 REJECT OK")
	})
}

func TestCaptureDelivery(t *testing.T) {
	both := func(b *packetwalk.Builder) {
		b.FlowLog("fl-cwl", "db-eni")
		b.FlowLog("fl-s3", "db-eni").ToS3("logs")
		b.FlowLog("fl-fire", "db-eni").Destination(flowlog.Destination{Type: flowlog.Firehose, ARN: "arn:aws:firehose:us-east-1:123456789012:deliverystream/logs"})
	}
	t.Run("F1.018 item 132 item 133 five minutes after the interval to CloudWatch Logs, ten to S3", func(t *testing.T) {
		s := starts(t, pairNet(both))
		s.LimitFlowLogs(packetwalk.FlowLogLimits{Silence: -1})
		call(t, s, "web", "db", "tcp/5432")
		at := map[string]time.Duration{}
		for d := time.Duration(0); d < 20*time.Minute; d += time.Second {
			for _, b := range s.Collect() {
				at[b.FlowLog.ID] = d
				assert.Equal(t, s.Now(), b.Delivered)
				assert.Equal(t, dawn, b.WindowStart)
				assert.Equal(t, dawn.Add(time.Minute), b.WindowEnd)
				assert.Equal(t, "us-east-1", b.Region)
				assert.Len(t, b.Records, 2)
			}
			s.Advance(time.Second)
		}
		assert.Equal(t, map[string]time.Duration{"fl-cwl": 6 * time.Minute, "fl-fire": 6 * time.Minute, "fl-s3": 11 * time.Minute}, at)
	})
	t.Run("F1.018 what fails is not delivered", func(t *testing.T) {
		cfg := pairNet(both).Config()
		cfg.FlowLogs[0].DeliverLogsStatus = flowlog.DeliveryFailed
		cfg.FlowLogs[1].DeliverLogsStatus = flowlog.DeliverySucceeded
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		s := n.NewSession(dawn)
		call(t, s, "web", "db", "tcp/22")
		says(t, s.Flush(), "fl-fire 2 - db-eni 10.0.1.4 10.0.2.4 49152 22 6 1 40 0 0 REJECT OK",
			"fl-s3 2 - db-eni 10.0.1.4 10.0.2.4 49152 22 6 1 40 0 0 REJECT OK")
	})
	t.Run("in the order of the deliveries, each once", func(t *testing.T) {
		s := starts(t, pairNet(func(b *packetwalk.Builder) { both(b); on(shortly, "app")(b) }))
		for range 5 {
			call(t, s, "web", "db", "tcp/5432")
			s.Advance(time.Minute)
		}
		s.Advance(4 * time.Minute)
		first := s.Collect()
		rest := s.Flush()
		assert.Len(t, first, 4*4) // of four minutes; one flow log sees two interfaces, and that to S3 is not there yet
		for _, list := range [][]flowlog.Batch{first, rest} {
			for i := 1; i < len(list); i++ {
				assert.False(t, list[i].Delivered.Before(list[i-1].Delivered))
			}
		}
		assert.Empty(t, s.Flush())
		assert.Empty(t, s.Collect())
	})
	t.Run("a session of no network has nothing", func(t *testing.T) {
		var s packetwalk.Session
		assert.Empty(t, s.Collect())
		assert.Empty(t, s.Flush())
		s.LimitFlowLogs(packetwalk.FlowLogLimits{})
	})
}
