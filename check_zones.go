package packetwalk

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// The names of Regions, and of what stands in them: Availability Zones ("us-east-1a"), Local Zones
// ("us-west-2-lax-1a") and Wavelength Zones ("us-east-1-wl1-bos-wlz-1"), each after its Region.
var (
	regionName = regexp.MustCompile(`^[a-z]+(-[a-z]+)+-[0-9]+$`)
	zoneName   = regexp.MustCompile(`^([a-z]+(?:-[a-z]+)+-[0-9]+)(?:[a-z]|(?:-[a-z]+[0-9]*)+-[0-9]+[a-z]?)$`)

	localZone      = regexp.MustCompile(`^[a-z]+(-[a-z]+)+-[0-9]+-[a-z]+-[0-9]+[a-z]$`)
	wavelengthZone = regexp.MustCompile(`-wlz-[0-9]+$`)
)

// outOfRegion reports whether a zone is in another Region than v, as far as names tell: other text than AWS's
// names, as the ID of a zone ("use1-az1"), is in any Region.
func outOfRegion(zone string, v *vpc.VPC) bool {
	m := zoneName.FindStringSubmatch(zone)
	return m != nil && m[1] != v.Region && regionName.MatchString(v.Region)
}

// checkSubnetZone: a subnet is in a zone of its VPC's Region (F3.009).
func (c *checker) checkSubnetZone(s *subnet.Subnet, v *vpc.VPC) {
	if outOfRegion(s.Zone, v) {
		c.bad.add(KindSubnet, s.ID, "Zone", s.Zone, fault.ErrInvalid,
			"VPC %q is in Region %s: want a zone of that Region, or another Region of the VPC", v.ID, v.Region)
	}
}

// checkNATZones: the zones of a regional NAT gateway are of its VPC's Region (F4.219).
func (c *checker) checkNATZones(g *gateway.NAT, v *vpc.VPC) {
	for i, a := range g.Addresses {
		if outOfRegion(a.Zone, v) {
			c.bad.add(KindNATGateway, g.ID, fmt.Sprintf("Addresses[%d].Zone", i), a.Zone, fault.ErrInvalid,
				"VPC %q is in Region %s: want a zone of that Region", v.ID, v.Region)
		}
	}
}

// checkZones: what fails is a zone in which something stands, a subnet or an Elastic IP of a regional NAT
// gateway, and named once.
func (c *checker) checkZones() {
	c.checkZoneIDs()
	var zones []string
	for i := range c.Subnets {
		zones = append(zones, c.Subnets[i].Zone)
	}
	for i := range c.NATGateways {
		for _, a := range c.NATGateways[i].Addresses {
			if a.Zone != "" {
				zones = append(zones, a.Zone)
			}
		}
	}
	slices.Sort(zones)
	zones = slices.Compact(zones)
	for i, z := range c.ImpairedZones {
		field := fmt.Sprintf("ImpairedZones[%d]", i)
		switch {
		case !slices.Contains(zones, z):
			c.bad.add(KindZone, z, field, z, fault.ErrNotFound, "want a zone in which something stands: one of %q", zones)
		case slices.Contains(c.ImpairedZones[:i], z):
			c.bad.add(KindZone, z, field, z, fault.ErrDuplicate, "it is named already: want each once")
		}
	}
}

// checkZoneIDs: in an account each zone has one ID, which is no other zone's (F1.123). Between accounts the
// names are dealt out anew.
func (c *checker) checkZoneIDs() {
	type key struct{ account, text string }
	ids, zones := make(map[key]string), make(map[key]string)
	for i := range c.Subnets {
		s := &c.Subnets[i]
		v := c.vpcs[s.VPC]
		if s.ZoneID == "" || v == nil {
			continue
		}
		zone, id := key{v.Account, s.Zone}, key{v.Account, s.ZoneID}
		if other := ids[zone]; other != "" && other != s.ZoneID {
			c.bad.add(KindSubnet, s.ID, "ZoneID", s.ZoneID, fault.ErrInvalid,
				"another subnet of account %s says that zone %s has the ID %q: want one ID for a zone", v.Account, s.Zone, other)
			continue
		}
		if other, taken := zones[id]; taken && other != s.Zone {
			c.bad.add(KindSubnet, s.ID, "ZoneID", s.ZoneID, fault.ErrDuplicate,
				"in account %s it is the ID of zone %s: want that of %s", v.Account, other, s.Zone)
			continue
		}
		ids[zone], zones[id] = s.ZoneID, s.Zone
	}
}
