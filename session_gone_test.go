package packetwalk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// TestSessionGone: what is no longer available under a live connection carries nothing of it, nor its answers.
func TestSessionGone(t *testing.T) {
	tests := []struct {
		name, from, to, service string
		network                 func() *packetwalk.Builder
		gone                    func(*packetwalk.Config)
	}{
		{"F4.201 a NAT gateway that is deleted", "one", "internet", "tcp/443", outboundNet,
			func(c *packetwalk.Config) { c.NATGateways[0].State = gateway.NATDeleted }},
		{"F4.201 one that failed", "one", "internet", "udp/53", outboundNet,
			func(c *packetwalk.Config) { c.NATGateways[0].State = gateway.NATFailed }},
		{"F7.111 an interface endpoint that is rejected", "host-a", "sqs", "tcp/443", sqsNet,
			func(c *packetwalk.Config) { c.InterfaceEndpoints[0].State = endpoint.Rejected }},
		{"F7.111 a gateway endpoint that failed", "reader", "ddb", "tcp/443", outboundNet,
			func(c *packetwalk.Config) { c.GatewayEndpoints[0].State = endpoint.Failed }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := mustNetwork(t, tt.network())
			k := opens(t, n.NewSession(time.Time{}), tt.from, tt.to, tt.service)
			cfg := n.Config()
			tt.gone(&cfg)
			require.NoError(t, k.s.Apply(mustNetwork(t, cfg)))
			k.hears(data, trace.BadState, "the answer")
		})
	}
}

// TestCaptureRegionalNATGone: F4.201 and F1.514, a flow log outlives the regional NAT gateway that it watches.
func TestCaptureRegionalNATGone(t *testing.T) {
	b := regionalNet(nil)
	b.FlowLog("fl", "nat")
	n := mustNetwork(t, b)
	s := n.NewSession(time.Time{})
	opens(t, s, "host0", "internet", "tcp/443")
	cfg := n.Config()
	cfg.NATGateways[0].State = gateway.NATDeleted
	require.NoError(t, s.Apply(mustNetwork(t, cfg)))
	records := 0
	for _, batch := range s.Flush() {
		records += len(batch.Records)
	}
	assert.Equal(t, 4, records, "what it saw before")
}

// TestRecordsOfRegionalReset: F4.212, the reset of a regional NAT gateway is seen where that of a zonal one is:
// at the gateway and at the host.
func TestRecordsOfRegionalReset(t *testing.T) {
	k := opens(t, mustNetwork(t, regionalNet(nil)).NewSession(time.Time{}), "host0", "internet", "tcp/443")
	k.s.Advance(351 * time.Second)
	tr := k.says(data, trace.NATIdleTimeout, "F4.212 the caller goes on")
	require.NotNil(t, tr.Answer)
	require.Len(t, tr.Answer.Crossings, 2)
	gateway, host := tr.Answer.Crossings[0], tr.Answer.Crossings[1]
	assert.Equal(t, "nat", gateway.Resource)
	assert.Equal(t, packet.Egress, gateway.Direction)
	assert.Equal(t, "host0-eni", host.Interface)
	assert.Equal(t, packet.RST, host.Packet.Flags)
}
