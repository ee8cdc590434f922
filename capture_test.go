package packetwalk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// dawn is when the sessions of these tests begin: at the start of an interval of ten minutes.
var dawn = time.Unix(1566848400, 0).UTC()

// pairNet is "web", open on SSH to all, "db", which only web may call, and "eni", an interface of a service:
// in subnets of their own, all of them logged as the test likes.
func pairNet(logs func(b *packetwalk.Builder)) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	web := v.Subnet("front", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).Instance("web").PublicIP().Allow("tcp/22", packetwalk.CIDR("203.0.113.10/32"))
	back := v.Subnet("back", "10.0.2.0/24")
	back.Instance("db").Allow("tcp/5432", web)
	back.Interface("eni").Allow("tcp/5432", web)
	if logs != nil {
		logs(b)
	}
	return b
}

// on gives flow logs of resources, "fl-<resource>", each edited.
func on(edit func(*packetwalk.FlowLogHandle), resources ...string) func(*packetwalk.Builder) {
	return func(b *packetwalk.Builder) {
		for _, r := range resources {
			if l := b.FlowLog("fl-"+r, r); edit != nil {
				edit(l)
			}
		}
	}
}

func starts(t *testing.T, b *packetwalk.Builder) *packetwalk.Session {
	t.Helper()
	return mustNetwork(t, b).NewSession(dawn)
}

// batchLines prints batches, a line a record, as the flow log shows it: "fl-app web-eni: ..." with the times
// since dawn.
func batchLines(batches []flowlog.Batch) (list []string) {
	for _, b := range batches {
		for _, r := range b.Records {
			r.Start, r.End = r.Start-dawn.Unix(), r.End-dawn.Unix()
			r.AccountID = ""
			list = append(list, fmt.Sprintf("%s %s", b.FlowLog.ID, r.Append(nil, b.FlowLog.Shows())))
		}
	}
	return list
}

// says fails where the batches' lines are others.
func says(t *testing.T, batches []flowlog.Batch, want ...string) {
	t.Helper()
	assert.Empty(t, cmp.Diff(want, batchLines(batches)))
}

func call(t *testing.T, s *packetwalk.Session, from, to, service string) packetwalk.Flow {
	t.Helper()
	f, err := s.Probe(from, to, service)
	require.NoError(t, err)
	return f
}

// transmit sends a packet with these flags, and of this length.
func transmit(t *testing.T, s *packetwalk.Session, from string, p packet.Packet, f packet.Flags, length uint32) {
	t.Helper()
	p.Flags, p.Length = f, length
	_, err := s.Send(from, p)
	require.NoError(t, err)
}

const short = "${srcaddr} ${srcport} ${packets} ${start} ${end} ${action} ${log-status}"

func shortly(l *packetwalk.FlowLogHandle) { l.Format(short) }

func TestCaptureInterval(t *testing.T) {
	t.Run("F1.006 F1.007 one record for each direction, interface and interval", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "web-eni", "db-eni")))
		f := call(t, s, "web", "db", "tcp/5432") // SYN, SYN-ACK, ACK
		s.Advance(20 * time.Second)
		transmit(t, s, "web", f.Forward.Sent, packet.ACK, 100)
		s.Advance(39 * time.Second)
		transmit(t, s, "db", f.Return.Sent, packet.ACK, 100)
		s.Advance(time.Second) // the next minute
		transmit(t, s, "web", f.Forward.Sent, packet.ACK, 100)
		says(t, s.Flush(),
			"fl-db-eni 10.0.1.4 49152 3 0 20 ACCEPT OK", "fl-db-eni 10.0.2.4 5432 2 0 59 ACCEPT OK",
			"fl-web-eni 10.0.1.4 49152 3 0 20 ACCEPT OK", "fl-web-eni 10.0.2.4 5432 2 0 59 ACCEPT OK",
			"fl-db-eni 10.0.1.4 49152 1 60 60 ACCEPT OK", "fl-web-eni 10.0.1.4 49152 1 60 60 ACCEPT OK")
	})
	t.Run("F1.111 F1.112 start and end are those of the first and the last packet", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "db-eni")))
		s.Advance(7500 * time.Millisecond)
		f := call(t, s, "web", "db", "tcp/5432")
		s.Advance(31 * time.Second)
		transmit(t, s, "web", f.Forward.Sent, packet.ACK, 100)
		says(t, s.Flush(), "fl-db-eni 10.0.1.4 49152 3 7 38 ACCEPT OK", "fl-db-eni 10.0.2.4 5432 1 7 7 ACCEPT OK")
	})
	t.Run("F1.009 F1.011 ten minutes where nobody says more", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "eni")))
		f := call(t, s, "web", "eni", "tcp/5432")
		s.Advance(599 * time.Second)
		transmit(t, s, "web", f.Forward.Sent, packet.ACK, 100)
		s.Advance(time.Second)
		transmit(t, s, "web", f.Forward.Sent, packet.ACK, 100)
		says(t, s.Flush(), "fl-eni 10.0.1.4 49152 3 0 599 ACCEPT OK", "fl-eni 10.0.2.5 5432 1 0 0 ACCEPT OK",
			"fl-eni 10.0.1.4 49152 1 600 600 ACCEPT OK")
	})
	t.Run("F1.009 one minute by choice", func(t *testing.T) {
		s := starts(t, pairNet(on(func(l *packetwalk.FlowLogHandle) { l.Format(short).EveryMinute() }, "eni")))
		f := call(t, s, "web", "eni", "tcp/5432")
		s.Advance(60 * time.Second)
		transmit(t, s, "web", f.Forward.Sent, packet.ACK, 100)
		says(t, s.Flush(), "fl-eni 10.0.1.4 49152 2 0 0 ACCEPT OK", "fl-eni 10.0.2.5 5432 1 0 0 ACCEPT OK",
			"fl-eni 10.0.1.4 49152 1 60 60 ACCEPT OK")
	})
	t.Run("F1.010 one minute at an instance, whatever the flow log says", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "db-eni")))
		f := call(t, s, "web", "db", "tcp/5432")
		s.Advance(60 * time.Second)
		transmit(t, s, "web", f.Forward.Sent, packet.ACK, 100)
		batches := s.Flush()
		says(t, batches, "fl-db-eni 10.0.1.4 49152 2 0 0 ACCEPT OK", "fl-db-eni 10.0.2.4 5432 1 0 0 ACCEPT OK",
			"fl-db-eni 10.0.1.4 49152 1 60 60 ACCEPT OK")
		assert.Equal(t, 600, batches[0].FlowLog.MaxAggregationInterval)
		assert.Equal(t, time.Minute, batches[0].WindowEnd.Sub(batches[0].WindowStart))
	})
	t.Run("F1.008 accepted and rejected are two records of one flow", func(t *testing.T) {
		s := starts(t, pairNet(on(shortly, "db-eni")))
		udp := packet.Packet{Src: addr("10.0.1.4"), Dst: addr("10.0.2.4"), Protocol: packet.UDP, SrcPort: 4000, DstPort: 5432, Length: 100}
		transmit(t, s, "web", udp, 0, 100)
		open := pairNet(on(shortly, "db-eni"))
		cfg := open.Config()
		for i := range cfg.SecurityGroups {
			if g := &cfg.SecurityGroups[i]; g.ID == "db-sg" {
				for j := range g.Rules {
					g.Rules[j].Service = packet.MustParseService("all")
				}
			}
		}
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		s.Advance(10 * time.Second)
		require.NoError(t, s.Apply(n))
		transmit(t, s, "web", udp, 0, 100)
		transmit(t, s, "web", udp, 0, 100)
		says(t, s.Flush(), "fl-db-eni 10.0.1.4 4000 1 0 0 REJECT OK", "fl-db-eni 10.0.1.4 4000 2 10 10 ACCEPT OK")
	})
}

func TestCaptureFlags(t *testing.T) {
	const f, fa = packet.FIN, packet.FIN | packet.ACK
	flags := func(l *packetwalk.FlowLogHandle) { l.Format("${srcaddr} ${tcp-flags} ${start}") }
	t.Run("F1.204 a short connection: 3 of the client, 19 of the server", func(t *testing.T) {
		s := starts(t, pairNet(on(flags, "db-eni")))
		c := call(t, s, "web", "db", "tcp/5432")
		transmit(t, s, "web", c.Forward.Sent, fa, 40)
		transmit(t, s, "db", c.Return.Sent, fa, 40)
		transmit(t, s, "web", c.Forward.Sent, packet.ACK, 40)
		says(t, s.Flush(), "fl-db-eni 10.0.1.4 3 0", "fl-db-eni 10.0.2.4 19 0")
	})
	t.Run("F1.205 a long one: 2 and 18, then 0, then 1", func(t *testing.T) {
		s := starts(t, pairNet(on(flags, "db-eni")))
		c := call(t, s, "web", "db", "tcp/5432")
		s.Advance(time.Minute)
		transmit(t, s, "web", c.Forward.Sent, packet.ACK, 40)
		transmit(t, s, "db", c.Return.Sent, packet.ACK|packet.PSH, 40)
		s.Advance(time.Minute)
		transmit(t, s, "web", c.Forward.Sent, f, 40)
		transmit(t, s, "db", c.Return.Sent, fa, 40)
		says(t, s.Flush(), "fl-db-eni 10.0.1.4 2 0", "fl-db-eni 10.0.2.4 18 0", "fl-db-eni 10.0.1.4 0 60", "fl-db-eni 10.0.2.4 0 60",
			"fl-db-eni 10.0.1.4 1 120", "fl-db-eni 10.0.2.4 1 120")
	})
	t.Run("F1.206 a set that no packet can have shows nothing, beside one that can it counts for nothing", func(t *testing.T) {
		s := starts(t, pairNet(on(flags, "db-eni")))
		p := call(t, s, "web", "db", "tcp/5432").Forward.Sent
		s.Flush()
		transmit(t, s, "web", p, packet.SYN|packet.FIN, 40)
		says(t, s.Flush(), "fl-db-eni 10.0.1.4 - 0")
		transmit(t, s, "web", p, packet.SYN|packet.FIN, 40)
		transmit(t, s, "web", p, packet.FIN, 40)
		says(t, s.Flush(), "fl-db-eni 10.0.1.4 1 0")
	})
}

func TestCaptureResources(t *testing.T) {
	batches := func(t *testing.T, logs ...string) (list []string) {
		s := starts(t, pairNet(on(nil, logs...)))
		call(t, s, "web", "db", "tcp/5432")
		call(t, s, "web", "eni", "tcp/5432")
		for _, b := range s.Flush() {
			list = append(list, b.FlowLog.ID+" "+b.Interface)
		}
		return list
	}
	t.Run("F1.015 item 131 on a VPC: of every interface in it, a service's too", func(t *testing.T) {
		assert.Equal(t, []string{"fl-app db-eni", "fl-app web-eni", "fl-app eni"}, batches(t, "app"))
	})
	t.Run("F1.015 item 131 on a subnet: of those in it", func(t *testing.T) {
		assert.Equal(t, []string{"fl-back db-eni", "fl-back eni"}, batches(t, "back"))
	})
	t.Run("F1.015 item 131 on an interface: of that alone", func(t *testing.T) {
		assert.Equal(t, []string{"fl-eni eni"}, batches(t, "eni"))
	})
	t.Run("F1.015 item 131 all at once: each by itself", func(t *testing.T) {
		assert.Equal(t, []string{"fl-app db-eni", "fl-app web-eni", "fl-back db-eni", "fl-web-eni web-eni", "fl-app eni", "fl-back eni"},
			batches(t, "app", "back", "web-eni"))
	})
	t.Run("F1.019 of an interface without traffic nothing", func(t *testing.T) {
		s := starts(t, pairNet(on(nil, "app")))
		s.Advance(24 * time.Hour)
		assert.Empty(t, s.Collect())
		assert.Empty(t, s.Flush())
	})
	t.Run("F1.013 F1.514 a regional NAT gateway, by itself and by its VPC", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		nat := v.RegionalNAT("nat")
		v.InternetGateway("igw")
		v.Subnet("inner", "10.0.1.0/24").Route("0.0.0.0/0", nat).Instance("app-1")
		b.FlowLog("fl-nat", "nat")
		v.FlowLog("fl-app")
		s := starts(t, b)
		require.True(t, call(t, s, "app-1", "internet", "udp/53").OK())
		var got []string
		for _, b := range s.Flush() {
			got = append(got, fmt.Sprintf("%s %q %q %d", b.FlowLog.ID, b.Interface, b.Resource, len(b.Records)))
		}
		assert.Equal(t, []string{`fl-app "app-1-eni" "" 2`, `fl-app "" "nat" 4`, `fl-nat "" "nat" 4`}, got)
	})
}

func TestCaptureTrafficType(t *testing.T) {
	b := pairNet(func(b *packetwalk.Builder) {
		b.FlowLog("fl-all", "db-eni").Format(short)
		b.FlowLog("fl-accept", "db-eni").Format(short).Only(flowlog.Accept)
		b.FlowLog("fl-reject", "db-eni").Format(short).Only(flowlog.Reject)
	})
	s := starts(t, b)
	call(t, s, "web", "db", "tcp/5432")
	call(t, s, "web", "db", "tcp/22")
	t.Run("F1.012 item 135 ACCEPT and REJECT keep their part, ALL has both", func(t *testing.T) {
		assert.Equal(t, []string{
			"fl-accept 10.0.1.4 49152 2 0 0 ACCEPT OK", "fl-accept 10.0.2.4 5432 1 0 0 ACCEPT OK",
			"fl-all 10.0.1.4 49152 2 0 0 ACCEPT OK", "fl-all 10.0.2.4 5432 1 0 0 ACCEPT OK", "fl-all 10.0.1.4 49153 1 0 0 REJECT OK",
			"fl-reject 10.0.1.4 49153 1 0 0 REJECT OK",
		}, batchLines(s.Flush()))
	})
	t.Run("F1.651 traffic that a flow log does not keep is traffic", func(t *testing.T) {
		s.Advance(time.Minute)
		call(t, s, "web", "db", "tcp/22")
		s.Advance(time.Minute)
		s.Advance(time.Minute)
		assert.Equal(t, []string{
			"fl-all 10.0.1.4 49154 1 60 60 REJECT OK", "fl-reject 10.0.1.4 49154 1 60 60 REJECT OK",
			"fl-accept - - - 120 179 - NODATA", "fl-all - - - 120 179 - NODATA", "fl-reject - - - 120 179 - NODATA",
		}, batchLines(s.Flush()))
	})
}
