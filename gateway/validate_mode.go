package gateway

import (
	"fmt"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// validateZonal: up to eight addresses (F4.213), and nothing that is a regional gateway's.
func (g *NAT) validateZonal(faults *fault.List) {
	if n := len(g.Addresses); n > maxAddresses {
		faults.Add("Addresses", fmt.Sprintf("%d addresses", n), fault.ErrLimit, "want at most %d", maxAddresses)
	}
	if g.VPC != "" {
		faults.Add("VPC", g.VPC, fault.ErrInvalid, "a zonal NAT gateway is in the VPC of its subnet: want none, or AvailabilityMode regional")
	}
	if g.RouteTable != "" {
		faults.Add("RouteTable", g.RouteTable, fault.ErrInvalid,
			"a zonal NAT gateway sends by the table of its subnet: want none, or AvailabilityMode regional")
	}
	if g.ManualZones {
		faults.Add("ManualZones", g.ManualZones, fault.ErrInvalid, "a zonal NAT gateway is in the zone of its subnet: want false")
	}
	for i, a := range g.Addresses {
		if a.Zone != "" {
			faults.Add(fmt.Sprintf("Addresses[%d].Zone", i), a.Zone, fault.ErrInvalid,
				"a zonal NAT gateway is in the zone of its subnet: want none")
		}
	}
}

// validateRegional: it is public, and has a VPC and Elastic IPs, and no subnet, network interface or private
// address (F4.219).
func (g *NAT) validateRegional(faults *fault.List) {
	if g.VPC == "" {
		faults.Add("VPC", "", fault.ErrInvalid, "want the ID of the VPC that a regional NAT gateway serves")
	}
	if g.Subnet != "" {
		faults.Add("Subnet", g.Subnet, fault.ErrInvalid, "a regional NAT gateway belongs to a VPC: want no subnet, or AvailabilityMode zonal")
	}
	if !g.IsPublic() {
		faults.Add("Connectivity", g.Connectivity, fault.ErrInvalid, "a regional NAT gateway is public: want public, or AvailabilityMode zonal")
	}
	count := make(map[string]int)
	for i, a := range g.Addresses {
		field := fmt.Sprintf("Addresses[%d]", i)
		if a.Interface != "" {
			faults.Add(field+".Interface", a.Interface, fault.ErrInvalid, "a regional NAT gateway has no network interface: want none")
		}
		if a.Private.IsValid() {
			faults.Add(field+".Private", a.Private, fault.ErrInvalid, "a regional NAT gateway has no private address: want none")
		}
		if !a.Public.IsValid() {
			faults.Add(field+".Public", "", fault.ErrInvalid, "want an Elastic IP for the zone")
		}
		if a.Zone == "" {
			faults.Add(field+".Zone", "", fault.ErrInvalid, "want the Availability Zone whose packets leave by this Elastic IP")
		}
		if count[a.Zone]++; count[a.Zone] == maxZoneAddresses+1 {
			faults.Add(field+".Zone", a.Zone, fault.ErrLimit, "want at most %d addresses in a zone", maxZoneAddresses)
		}
	}
}
