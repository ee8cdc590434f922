package packetwalk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

// overlapNet has the same range in two VPCs: "orders" in the one wants "app" in the other, whose address its
// own VPC gives to "printer". A third VPC has another range.
func overlapNet() *packetwalk.Builder {
	b := packetwalk.New()
	near, far, hub := b.VPC("near", "10.0.0.0/16"), b.VPC("far", "10.0.0.0/16"), b.VPC("hub", "10.9.0.0/16")
	all := packetwalk.CIDR("0.0.0.0/0")
	s, t := near.Subnet("s", "10.0.1.0/24"), far.Subnet("t", "10.0.1.0/24")
	s.Instance("orders").PrivateIP("10.0.1.10").Allow("tcp/443", all)
	s.Instance("printer").PrivateIP("10.0.1.20").Allow("tcp/443", all)
	t.Instance("app").PrivateIP("10.0.1.20").Allow("tcp/443", all)
	t.Instance("two-legs").PrivateIP("10.0.1.30").Allow("tcp/443", all)
	hub.Subnet("h", "10.9.1.0/24").Instance("jump")
	b.Peer(hub, far)
	nlb := far.NetworkLoadBalancer("nlb", far.Subnet("front", "10.0.2.0/24"))
	nlb.Listen("tcp/443", packetwalk.TargetIP("10.0.1.20"))
	near.ServiceEndpoint("link", nlb.EndpointService("svc"), near.Subnet("ends", "10.0.3.0/24")).Allow("tcp/443", all)
	return b
}

// TestProbeElsewhere: who is asked for by an ID has to get the packet, whoever else has the address (F7.204).
func TestProbeElsewhere(t *testing.T) {
	elsewhere := drops(trace.RequestDeliveredElsewhere, "printer-eni")
	runWalks(t, mustNetwork(t, overlapNet()), []walkCase{
		{"an instance at another one's address", "orders", "app", "tcp/443", elsewhere},
		{"by its interface", "orders", "app-eni", "tcp/443", elsewhere},
		{"the address itself is anybody's", "orders", "10.0.1.20", "tcp/443", works},
		{"the one that has it", "orders", "printer", "tcp/443", works},
		{"from a VPC that knows only one", "jump", "app", "tcp/443", works},
		{"dropped before it arrives", "orders", "app", "tcp/22", drops(trace.ENISGRulesMismatch, "printer-sg")},
		{"nobody has the address", "orders", "two-legs", "tcp/443", drops(trace.NoSuchHost, "near")},
		{"F7.204 an endpoint is enough, whoever serves behind it", "orders", "link", "tcp/443", works},
		{"so is a load balancer", "jump", "nlb", "tcp/443", works},
		{"an instance to itself", "app", "app", "tcp/443", works},
	})
}

// TestProbeElsewhereSays: the line, the blocker and the packet's own trace tell what happened.
func TestProbeElsewhereSays(t *testing.T) {
	n := mustNetwork(t, overlapNet())
	f, err := n.Probe("orders", "app", "tcp/443")
	require.NoError(t, err)
	assert.False(t, f.OK())
	assert.Equal(t, "orders -> app tcp/443: request arrives at network interface printer-eni, which is not app: REQUEST_DELIVERED_ELSEWHERE", f.String())
	assert.Contains(t, fmt.Sprintf("%+v", f), "request  tcp 10.0.1.10:49152 > 10.0.1.20:443")
	require.Len(t, f.Blockers(), 1)
	assert.Equal(t, "printer-eni", f.Blockers()[0].ID)
	assert.Equal(t, trace.RequestDeliveredElsewhere, f.Blockers()[0].Code)
	assert.Contains(t, f.Blockers()[0].String(), "it is not app")
	assert.True(t, f.Forward.Delivered(), "the packet's own story stays as it is")
	assert.Equal(t, trace.Arrive, f.Forward.Hops[len(f.Forward.Hops)-1].Action)

	source, err := n.Source("orders")
	require.NoError(t, err)
	assert.Equal(t, trace.Delivered, source.Verdict(f.Forward.Sent).Outcome, "a packet asks for nobody")

	s := n.NewSession(time.Time{})
	f, err = s.Probe("orders", "app", "tcp/443")
	require.NoError(t, err)
	assert.Equal(t, trace.RequestDeliveredElsewhere, f.Verdict().Code, "in a session too")
}
