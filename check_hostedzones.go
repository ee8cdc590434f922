package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// checkHostedZones: the VPCs are there, and each has one private zone of a name, as AWS wants it
// (ConflictingDomainExists). Zones one below the other are fine. That an endpoint's private DNS does not take
// the same name is checked with the endpoints.
func (c *checker) checkHostedZones() {
	type key struct{ vpc, name string }
	first := make(map[key]string)
	for i := range c.HostedZones {
		z := &c.HostedZones[i]
		name, err := dns.ParseName(z.Name)
		for j, id := range z.VPCs {
			field := fmt.Sprintf("VPCs[%d]", j)
			if find(c, c.vpcs, KindHostedZone, z.ID, field, id, KindVPC) == nil || err != nil {
				continue
			}
			other, taken := first[key{id, name}]
			if taken && other != z.ID {
				c.bad.add(KindHostedZone, z.ID, field, id, fault.ErrDuplicate,
					"it is associated with hosted zone %q for %s already: want one of the two", other, name)
				continue
			}
			first[key{id, name}] = z.ID
		}
	}
}
