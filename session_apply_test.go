package packetwalk_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// TestSessionAddressGone: what a NAT gateway or NAT instance sent from an address that it has no longer is
// forgotten.
func TestSessionAddressGone(t *testing.T) {
	t.Run("F4.213 a NAT gateway loses the first of its addresses", func(t *testing.T) {
		k := opens(t, mustNetwork(t, severalNet(nil)).NewSession(time.Time{}), "host", "internet", "tcp/443")
		live := k.s.Live()
		n := mustNetwork(t, severalNet(func(g *gateway.NAT) { g.Addresses = g.Addresses[1:] }))
		assert.NoError(t, k.s.Apply(n))
		assert.Equal(t, live-1, k.s.Live())
		tr := k.says(data, trace.NATIdleTimeout, "F4.212 the caller goes on")
		assert.NotNil(t, tr.Answer)
		assert.Equal(t, addr("198.51.100.102"), k.says(packet.SYN, goesThrough, "the caller begins anew").Last.Src)
	})
	t.Run("F4.213 it loses another one", func(t *testing.T) {
		k := opens(t, mustNetwork(t, severalNet(nil)).NewSession(time.Time{}), "host", "internet", "tcp/443")
		n := mustNetwork(t, severalNet(func(g *gateway.NAT) { g.Addresses = g.Addresses[:1] }))
		assert.NoError(t, k.s.Apply(n))
		k.says(data, goesThrough, "the caller goes on")
		k.hears(data, goesThrough, "and is answered")
	})
	regional := func(zoneA string) packetwalk.Config {
		return regionalNet(func(g *packetwalk.RegionalNATHandle) {
			g.Zone("us-east-1a", zoneA).Zone("us-east-1b", "198.51.100.102")
		}).Config()
	}
	t.Run("F4.219 a regional one has another Elastic IP in the zone", func(t *testing.T) {
		s := mustNetwork(t, regional("198.51.100.101")).NewSession(time.Time{})
		k, l := opens(t, s, "host0", "internet", "tcp/443"), opens(t, s, "host1", "internet", "tcp/443")
		assert.NoError(t, s.Apply(mustNetwork(t, regional("198.51.100.103"))))
		k.says(data, trace.NATIdleTimeout, "F4.212 the caller goes on")
		l.says(data, goesThrough, "a caller in the other zone")
		l.hears(data, goesThrough, "is answered")
	})
	t.Run("F4.213 it keeps them, and is counted at another place", func(t *testing.T) {
		cfg := outboundNet().Config()
		k := opens(t, mustNetwork(t, cfg).NewSession(time.Time{}), "one", "internet", "tcp/443")
		live := k.s.Live()
		cfg.Interfaces = slices.DeleteFunc(cfg.Interfaces, func(e subnet.Interface) bool { return e.Attachment.Instance == "web" })
		assert.NoError(t, k.s.Apply(mustNetwork(t, cfg)))
		assert.Equal(t, live, k.s.Live())
		k.says(data, goesThrough, "the caller goes on")
		k.hears(data, goesThrough, "and is answered")
	})
	t.Run("F4.219 the zone of a regional one's Elastic IP fails", func(t *testing.T) {
		cfg := regionalNet(byHand).Config()
		cfg.NATGateways[0].ManualZones = false // so that the third zone uses those of the others
		s := mustNetwork(t, cfg).NewSession(time.Time{})
		k, l := opens(t, s, "host2", "internet", "tcp/443"), opens(t, s, "host1", "internet", "tcp/443")
		assert.Equal(t, addr("198.51.100.101"), k.arrived.Src)
		live := s.Live()
		assert.NoError(t, s.Apply(failing(t, cfg, "us-east-1a")))
		assert.Equal(t, live-1, s.Live())
		k.hears(data, trace.ZoneImpaired, "the answer")
		tr := k.says(data, trace.NATIdleTimeout, "F4.212 the caller goes on")
		assert.NotNil(t, tr.Answer)
		assert.Equal(t, addr("198.51.100.102"), k.says(packet.SYN, goesThrough, "the caller begins anew").Last.Src)
		l.says(data, goesThrough, "a caller by the other zone")
		l.hears(data, goesThrough, "is answered")
	})
	t.Run("F4.303 a NAT instance has another address", func(t *testing.T) {
		with := func(a string) packetwalk.Config {
			cfg := behindNAT(true).Config()
			for i := range cfg.Interfaces {
				if e := &cfg.Interfaces[i]; e.Attachment.Instance == "nat" {
					e.Private[0].Private = addr(a)
				}
			}
			return cfg
		}
		k := opens(t, mustNetwork(t, with("10.0.0.77")).NewSession(time.Time{}), "one", "internet", "udp/53")
		assert.NoError(t, k.s.Apply(mustNetwork(t, with("10.0.0.78"))))
		k.arrived = k.says(0, goesThrough, "the caller goes on, from the new address").Last
		assert.Equal(t, k.request.Src, k.hears(0, goesThrough, "and is answered").Last.Dst)
	})
}

// TestSessionPeeringGone: F4.210, what came by a peering that is gone is forgotten, and stays so.
func TestSessionPeeringGone(t *testing.T) {
	n := mustNetwork(t, overPeering("pcx"))
	k := opens(t, n.NewSession(time.Time{}), "client", "server", "udp/53")
	live := k.s.Live()
	assert.NoError(t, k.s.Apply(mustNetwork(t, overPeering("another"))))
	assert.Equal(t, live-1, k.s.Live())
	assert.NoError(t, k.s.Apply(n))
	k.hears(0, trace.NoRouteToDestination, "it is a peering of its own")
	k.says(0, goesThrough, "by which the caller comes once more")
	k.hears(0, goesThrough, "and is answered")
}
