package packetwalk_test

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/packet"
)

// TestFlowLogImmutable: a flow log under an ID stays what it is.
func TestFlowLogImmutable(t *testing.T) {
	with := func(t *testing.T, edit func(*flowlog.FlowLog)) *packetwalk.Network {
		cfg := pairNet(on(nil, "app", "db-eni")).Config()
		edit(&cfg.FlowLogs[0])
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		return n
	}
	for field, edit := range map[string]func(*flowlog.FlowLog){
		"Resource":               func(l *flowlog.FlowLog) { l.Resource = "back" },
		"TrafficType":            func(l *flowlog.FlowLog) { l.TrafficType = flowlog.TrafficReject },
		"MaxAggregationInterval": func(l *flowlog.FlowLog) { l.MaxAggregationInterval = 60 },
		"Format":                 func(l *flowlog.FlowLog) { l.Format = flowlog.All[:42] },
		"TagFields":              func(l *flowlog.FlowLog) { l.TagFields.ASG[0] = "team" },
		"Destination":            func(l *flowlog.FlowLog) { l.Destination.LogGroup = "other" },
	} {
		t.Run("F1.016 item 150 another "+field, func(t *testing.T) {
			s := with(t, func(*flowlog.FlowLog) {}).NewSession(dawn)
			before := s.Network()
			err := s.Apply(with(t, edit))
			var c *packetwalk.ConfigError
			require.ErrorAs(t, err, &c)
			assert.ErrorIs(t, err, packetwalk.ErrInvalid)
			assert.Equal(t, packetwalk.KindFlowLog, c.Kind)
			assert.Equal(t, "fl-app", c.ID)
			assert.Equal(t, field, c.Field)
			assert.ErrorContains(t, err, "want it deleted, and a new one")
			assert.Same(t, before, s.Network(), "and the session goes on with what it had")
		})
	}
	t.Run("F1.016 item 150 all of them at once", func(t *testing.T) {
		s := starts(t, pairNet(on(nil, "app", "db-eni")))
		err := s.Apply(mustNetwork(t, pairNet(on(shortly, "app", "db-eni"))))
		assert.ErrorContains(t, err, `"fl-app"`)
		assert.ErrorContains(t, err, `"fl-db-eni"`)
	})
	for what, edit := range map[string]func(*flowlog.FlowLog){
		"item 149 tags can be changed":       func(l *flowlog.FlowLog) { l.Tags = map[string]string{"team": "net"} },
		"F1.016 and its name":                func(l *flowlog.FlowLog) { l.Name = "other" },
		"F1.016 and whether it delivers":     func(l *flowlog.FlowLog) { l.DeliverLogsStatus = flowlog.DeliveryFailed },
		"F1.009 to say the default is none":  func(l *flowlog.FlowLog) { l.MaxAggregationInterval = 600 },
		"F1.001 nor is the default's format": func(l *flowlog.FlowLog) { l.Format = flowlog.Default },
	} {
		t.Run(what, func(t *testing.T) {
			s := with(t, func(*flowlog.FlowLog) {}).NewSession(dawn)
			assert.NoError(t, s.Apply(with(t, edit)))
		})
	}
	t.Run("item 150 deleted, and made anew under its ID", func(t *testing.T) {
		s := starts(t, pairNet(on(nil, "db-eni")))
		call(t, s, "web", "db", "tcp/22")
		apply(t, s, pairNet(nil))
		apply(t, s, pairNet(on(shortly, "db-eni")))
		call(t, s, "web", "db", "tcp/22")
		says(t, s.Flush(), "fl-db-eni 2 - db-eni 10.0.1.4 10.0.2.4 49152 22 6 1 40 0 0 REJECT OK", "fl-db-eni 10.0.1.4 49153 1 0 0 REJECT OK")
	})
}

func TestCaptureApply(t *testing.T) {
	const first, second = "fl-db-eni 10.0.1.4 49152 1 0 0 REJECT OK", "fl-db-eni 10.0.1.4 49153 1 30 30 REJECT OK"
	t.Run("F1.019 a flow log sees what comes after it", func(t *testing.T) {
		s := starts(t, pairNet(nil))
		call(t, s, "web", "db", "tcp/22")
		s.Advance(30 * time.Second)
		apply(t, s, pairNet(on(shortly, "db-eni")))
		call(t, s, "web", "db", "tcp/22")
		says(t, s.Flush(), second)
	})
	t.Run("F1.019 beside one that was there", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "db-eni")))
		call(t, s, "web", "db", "tcp/22")
		s.Advance(30 * time.Second)
		apply(t, s, pairNet(on(shortly, "back", "db-eni")))
		call(t, s, "web", "db", "tcp/22")
		says(t, s.Flush(), strings.Replace(second, "db-eni", "back", 1), first, second)
	})
	t.Run("F1.018 what one that is gone saw is delivered, and nothing more", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "db-eni")))
		call(t, s, "web", "db", "tcp/22")
		s.Advance(150 * time.Second)
		apply(t, s, pairNet(nil))
		call(t, s, "web", "db", "tcp/22")
		s.Advance(time.Hour)
		says(t, s.Collect(), first, "fl-db-eni - - - 60 119 - NODATA")
		assert.Empty(t, s.Flush())
	})
	t.Run("F1.010 an interface that an instance takes has intervals of a minute from then on", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "eni")))
		call(t, s, "web", "eni", "tcp/22")
		cfg := pairNet(on(shortly, "eni")).Config()
		for i := range cfg.Interfaces {
			if e := &cfg.Interfaces[i]; e.ID == "eni" {
				e.Attachment.Instance, e.Attachment.DeviceIndex = "db", 1
			}
		}
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		s.Advance(30 * time.Second)
		require.NoError(t, s.Apply(n))
		call(t, s, "web", "eni", "tcp/22")
		batches := s.Flush()
		says(t, batches, "fl-eni 10.0.1.4 49153 1 30 30 REJECT OK", "fl-eni 10.0.1.4 49152 1 0 0 REJECT OK")
		assert.Equal(t, time.Minute, batches[0].WindowEnd.Sub(dawn))
		assert.Equal(t, 10*time.Minute, batches[1].WindowEnd.Sub(dawn))
	})
	t.Run("an interface that is gone", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "app")))
		call(t, s, "web", "db", "tcp/22")
		b := packetwalk.New()
		b.VPC("app", "10.0.0.0/16").FlowLog("fl-app").Format(short)
		apply(t, s, b)
		s.Advance(time.Hour)
		says(t, s.Collect(), "fl-app 10.0.1.4 49152 1 0 0 REJECT OK", "fl-app 10.0.1.4 49152 1 0 0 ACCEPT OK")
	})
	t.Run("nothing of the network that was is kept", func(t *testing.T) {
		small := mustNetwork(t, packetwalk.New())
		before := heap()
		cfg := gen.World(1, 2000, gen.Tiered) // it holds megabytes
		for _, v := range cfg.VPCs {
			cfg.FlowLogs = append(cfg.FlowLogs, flowlog.FlowLog{ID: "fl-" + v.ID, Resource: v.ID})
		}
		large, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		s := large.NewSession(dawn)
		for _, f := range gen.Flows(cfg, 1, 200) {
			if from, err := large.Source(f.From); err == nil {
				s.Verdict(from, f.Packet)
			}
		}
		cfg, large = packetwalk.Config{}, nil
		require.Greater(t, grown(before), 4*1024*kib)
		require.NoError(t, s.Apply(small))
		assert.NotEmpty(t, s.Flush())
		assert.Less(t, grown(before), 256*kib)
		runtime.KeepAlive(s)
	})
}

// TestCaptureAllPackets: whatever a session sends is seen, whichever way it was asked for.
func TestCaptureAllPackets(t *testing.T) {
	logged := func() *packetwalk.Builder { return pairNet(on(shortly, "db-eni")) }
	t.Run("F1.006 Send, Verdict and Connect", func(t *testing.T) {
		s := starts(t, logged())
		from, err := s.Network().Source("web")
		require.NoError(t, err)
		p := packet.Packet{Src: addr("10.0.1.4"), Dst: addr("10.0.2.4"), Protocol: packet.UDP, SrcPort: 7, DstPort: 5432}
		for range 3 {
			s.Verdict(from, p)
		}
		transmit(t, s, "web", p, 0, 0)
		_, err = s.Connect("web", p)
		require.NoError(t, err)
		says(t, s.Flush(), "fl-db-eni 10.0.1.4 7 5 0 0 REJECT OK")
	})
	t.Run("F1.006 a packet that can't be sent is none", func(t *testing.T) {
		s := starts(t, logged())
		_, err := s.Send("web", packet.Packet{})
		require.Error(t, err)
		_, err = s.Probe("web", "nobody", "tcp/22")
		require.Error(t, err)
		_, err = s.Connect("nobody", packet.Packet{})
		require.Error(t, err)
		assert.Empty(t, s.Flush())
	})
	t.Run("F4.212 F1.501 what the place of a drop sends back", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		nat := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
		v.Subnet("inner", "10.0.2.0/24").Route("0.0.0.0/0", nat).Instance("host")
		b.FlowLog("fl", "host-eni").Format("${flow-direction} ${tcp-flags} ${packets} ${start}")
		s := starts(t, b)
		f := call(t, s, "host", "internet", "tcp/443")
		s.Advance(351 * time.Second)
		s.Flush()
		transmit(t, s, "host", f.Forward.Sent, packet.ACK, 0)
		says(t, s.Flush(), "fl egress 0 1 351", "fl ingress 4 1 351")
	})
	t.Run("F1.601 F9.308 the lookup of a name, at a server of one's own", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16").DHCPOptions("dopt", "10.0.1.10")
		front := v.Subnet("front", "10.0.1.0/24")
		front.Instance("dns").PrivateIP("10.0.1.10").Allow("udp/53", packetwalk.Anywhere)
		front.Instance("web").PrivateIP("10.0.1.20")
		front.Instance("db").PrivateIP("10.0.1.30").Allow("tcp/5432", packetwalk.Anywhere)
		b.HostedZone("zone", "corp.example").Servers("10.0.1.10").Record("db.corp.example", dns.A, "10.0.1.30")
		b.FlowLog("fl", "web-eni").Format("${dstaddr} ${dstport} ${packets}")
		s := starts(t, b)
		f := call(t, s, "web", "db.corp.example", "tcp/5432")
		require.True(t, f.OK(), "%+v", f)
		got := batchLines(s.Flush())
		require.NotEmpty(t, got)
		assert.Equal(t, "fl 10.0.1.10 53 1", got[0])
		assert.Contains(t, got, "fl 10.0.1.30 5432 2")
	})
}
