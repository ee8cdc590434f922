package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/peering"
)

// TestOverlapAndStatus: F3.006, F8.002: VPCs that overlap can't be peered, nor wait to be; what failed is
// only history.
func TestOverlapAndStatus(t *testing.T) {
	for status, refused := range map[peering.Status]bool{
		peering.Active: true, peering.PendingAcceptance: true, peering.Failed: false, peering.Deleted: false,
	} {
		t.Run("F3.006 "+status.String(), func(t *testing.T) {
			b := packetwalk.New()
			a, c := b.VPC("a", "10.0.0.0/16"), b.VPC("c", "192.168.0.0/16", "192.168.0.0/20")
			b.PeerWithoutRoutes(a, c).Status(status)
			d := b.VPC("d", "172.16.0.0/16", "100.64.0.0/16")
			e := b.VPC("e", "172.20.0.0/16", "100.64.1.0/24") // only the secondary block overlaps
			b.PeerWithoutRoutes(d, e).Status(status)
			cfg := b.Config()
			cfg.VPCs[1].Blocks = cfg.VPCs[1].Blocks[:1]
			_, err := packetwalk.Build(cfg)
			assert.Equal(t, refused, err != nil, "%v", err)
			if refused {
				assert.ErrorIs(t, err, packetwalk.ErrOverlap)
			}
		})
	}
}

// TestPublicNATWithoutInternetGateway: F4.202, AWS would not make such a gateway; a network that was loaded
// in part may show one, so it is a warning.
func TestPublicNATWithoutInternetGateway(t *testing.T) {
	b := packetwalk.New()
	b.VPC("app", "10.0.0.0/16").Subnet("s", "10.0.0.0/24").NAT("nat")
	assert.True(t, hasWarning(mustNetwork(t, b), packetwalk.PrivateSubnetNAT))
}
