package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// zoneFails ends a packet at an interface whose Availability Zone has failed: instances, NAT gateways and the
// interfaces of endpoints stand in one zone. The routes to them stay active, and no flow log is left there to
// record it. Gateways of the VPC, gateway endpoints and peerings stand in no zone (item 92).
func (w *walker) zoneFails(e *Interface, d packet.Direction) bool {
	if !e.Impaired {
		return false
	}
	w.drop(hop{stage: trace.StageNetworkInterface, id: e.Data.ID, at: e, dir: d, note: e.Subnet.Data.Zone}, trace.ZoneImpaired)
	return true
}
