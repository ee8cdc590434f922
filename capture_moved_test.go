package packetwalk_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/gen"
)

// TestCaptureMoved: a flow log that watches on in another network.
func TestCaptureMoved(t *testing.T) {
	t.Run("F1.143 F1.654 tells of the interface as it has become, without traffic too", func(t *testing.T) {
		of := func(team string) *packetwalk.Network {
			b := pairNet(on(func(l *packetwalk.FlowLogHandle) {
				l.Format("${instance-tag} ${packets} ${log-status}").TagFields(flowlog.TagFields{Instance: [2]string{"team"}})
			}, "db-eni"))
			cfg := b.Config()
			for i := range cfg.Instances {
				cfg.Instances[i].Tags = map[string]string{"team": team}
			}
			n, err := packetwalk.Build(cfg)
			require.NoError(t, err)
			return n
		}
		s := of("one").NewSession(dawn)
		call(t, s, "web", "db", "tcp/22")
		require.NoError(t, s.Apply(of("two")))
		call(t, s, "web", "db", "tcp/22")
		s.Advance(2 * time.Minute)
		says(t, s.Flush(), "fl-db-eni one 1 OK", "fl-db-eni two 1 OK", "fl-db-eni two - NODATA")
	})
	t.Run("F1.514 F1.654 a regional NAT gateway as well, which has no interface", func(t *testing.T) {
		of := func() *packetwalk.Network {
			b := packetwalk.New()
			v := b.VPC("app", "10.0.0.0/16")
			v.InternetGateway("igw")
			v.Subnet("back", "10.0.1.0/24").Route(everywhere, v.RegionalNAT("nat")).Instance("db")
			b.FlowLog("fl", "nat").EveryMinute().Format("${resource-id} ${interface-type} ${packets} ${log-status}")
			return mustNetwork(t, b)
		}
		s := of().NewSession(dawn)
		call(t, s, "db", "203.0.113.10", "udp/53")
		s.Flush()
		require.NoError(t, s.Apply(of()))
		s.Advance(2 * time.Minute)
		says(t, s.Flush(), "fl nat regional_nat_gateway - NODATA")
	})
	t.Run("F1.019 one that was taken away before it saw a packet is forgotten", func(t *testing.T) {
		small := mustNetwork(t, packetwalk.New())
		before := heap()
		cfg := gen.World(1, 2000, gen.Tiered) // it holds megabytes
		cfg.FlowLogs = logsOfVPCs(cfg, "first")
		large, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		s := large.NewSession(dawn)
		for _, f := range gen.Flows(cfg, 1, 200) {
			if from, err := large.Source(f.From); err == nil {
				s.Verdict(from, f.Packet)
			}
		}
		s.Flush()
		cfg.FlowLogs = logsOfVPCs(cfg, "second")
		large, err = packetwalk.Build(cfg)
		require.NoError(t, err)
		require.NoError(t, s.Apply(large))
		cfg, large = packetwalk.Config{}, nil
		require.Greater(t, grown(before), 4*1024*kib)
		require.NoError(t, s.Apply(small))
		assert.Empty(t, s.Flush())
		assert.Less(t, grown(before), 256*kib)
		runtime.KeepAlive(s)
	})
}

// logsOfVPCs gives a flow log of each VPC, "<name>-<vpc>".
func logsOfVPCs(cfg packetwalk.Config, name string) (list []flowlog.FlowLog) {
	for _, v := range cfg.VPCs {
		list = append(list, flowlog.FlowLog{ID: name + "-" + v.ID, Resource: v.ID})
	}
	return list
}
