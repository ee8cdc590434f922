package packetwalk_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/trace"
)

// This file is of sessions whose two ends are part of the network: what one end's controls do to a packet, the other end's
// have to understand.

// without takes the rules of a group in one direction away.
func without(c packetwalk.Config, group string, d packet.Direction) packetwalk.Config {
	for i := range c.SecurityGroups {
		if g := &c.SecurityGroups[i]; g.ID == group {
			g.Rules = slices.DeleteFunc(slices.Clone(g.Rules), func(r sg.Rule) bool { return r.Direction == d })
		}
	}
	return c
}

// TestSessionEndpointCloses: what a service behind an interface endpoint says last is seen once by the endpoint's groups, which
// let nothing out but answers.
func TestSessionEndpointCloses(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	a := v.Subnet("a", "10.0.1.0/24")
	a.Instance("caller")
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", a).Allow("tcp/443", packetwalk.CIDR("10.0.0.0/16"))
	n := mustNetwork(t, without(b.Config(), "sqs-sg", packet.Egress))
	t.Run("F5.010 F1.511 the service resets", func(t *testing.T) {
		k := opens(t, n.NewSession(time.Time{}), "caller", "sqs", "tcp/443")
		k.hears(packet.RST, goesThrough, "RST")
		assert.Zero(t, k.s.Live())
		k.hears(data, trace.VPCEIntraVPCTraffic, "F7.105 data after it")
	})
	t.Run("F5.010 F1.511 the service closes first", func(t *testing.T) {
		k := opens(t, n.NewSession(time.Time{}), "caller", "sqs", "tcp/443")
		k.hears(packet.FIN|packet.ACK, goesThrough, "FIN")
		k.says(packet.FIN|packet.ACK, goesThrough, "FIN and ACK")
		k.hears(packet.SYN, trace.VPCEIntraVPCTraffic, "F7.105 a call in the place of what is closed")
		k.hears(packet.ACK, goesThrough, "the last ACK")
		assert.Zero(t, k.s.Live())
	})
}
