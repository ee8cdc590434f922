package gateway

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// maxAddresses is how many addresses a zonal NAT gateway may have (F4.213).
const maxAddresses = 8

// maxZoneAddresses is how many Elastic IPs a regional NAT gateway may have in one zone (F4.213).
const maxZoneAddresses = 32

// Validate reports every mistake that can be seen in the gateway alone: a missing ID. A nil gateway
// is reported like a zero one.
func (g *Internet) Validate() error {
	var faults fault.List
	if g == nil || g.ID == "" {
		missingID(&faults)
	}
	return faults.Err()
}

// Validate reports every mistake that can be seen in the gateway alone: a missing ID. A nil gateway
// is reported like a zero one.
func (g *EgressOnly) Validate() error {
	var faults fault.List
	if g == nil || g.ID == "" {
		missingID(&faults)
	}
	return faults.Err()
}

// Validate reports every mistake that can be seen in the gateway alone, all at once: a missing ID, a public
// gateway without a public address and a private one with one (F4.201), more than eight addresses (F4.213),
// addresses of the wrong kind, and the same address twice. A regional one has a VPC and no subnet, is public,
// and has Elastic IPs with their zones, up to 32 in each (F4.213, F4.219); a zonal one has none of that. A
// gateway that is not available (pending, failed, deleted) may lack its addresses. A nil gateway is reported
// like a zero one.
func (g *NAT) Validate() error {
	if g == nil {
		g = &NAT{}
	}
	var faults fault.List
	if g.ID == "" {
		missingID(&faults)
	}
	if int(g.Connectivity) >= len(connectivityNames) {
		faults.Add("Connectivity", g.Connectivity, fault.ErrInvalid, "want public or private")
	}
	if int(g.State) >= len(natStateNames) {
		faults.Add("State", g.State, fault.ErrInvalid, "want one of pending, failed, available, deleting, deleted")
	}
	if int(g.AvailabilityMode) >= len(availabilityModeNames) {
		faults.Add("AvailabilityMode", g.AvailabilityMode, fault.ErrInvalid, "want zonal or regional")
	}
	if g.IsRegional() {
		g.validateRegional(&faults)
	} else {
		g.validateZonal(&faults)
	}
	g.validateAddresses(&faults)
	return faults.Err()
}

func missingID(faults *fault.List) {
	faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
}

func (g *NAT) validateAddresses(faults *fault.List) {
	seen := make(map[netip.Addr]string)
	public := false
	for i, a := range g.Addresses {
		field := fmt.Sprintf("Addresses[%d]", i)
		public = public || a.Public.IsValid()
		if a.Private.IsValid() {
			validatePrivate(faults, field+".Private", a.Private)
			once(faults, seen, field+".Private", a.Private)
		}
		if a.Public.IsValid() {
			g.validatePublic(faults, field+".Public", a.Public)
			once(faults, seen, field+".Public", a.Public)
		}
	}
	if g.IsPublic() && g.Available() && !public {
		faults.Add("Addresses", "", fault.ErrInvalid, "a public NAT gateway needs an Elastic IP: want one with a Public address")
	}
}

// validatePrivate takes any IPv4 address that a subnet may have: AWS lets a VPC have public blocks.
func validatePrivate(faults *fault.List, field string, a netip.Addr) {
	if unrouted4(a) {
		faults.Add(field, a, fault.ErrInvalid, "want an IPv4 address of the subnet")
	}
}

func (g *NAT) validatePublic(faults *fault.List, field string, a netip.Addr) {
	switch {
	case !g.IsPublic():
		faults.Add(field, a, fault.ErrInvalid, "a private NAT gateway has no Elastic IP: want none")
	case towards4(a) != Forwards:
		faults.Add(field, a, fault.ErrInvalid, "want a public IPv4 address")
	}
}

// once adds a fault where an address stands in two fields.
func once(faults *fault.List, seen map[netip.Addr]string, field string, a netip.Addr) {
	if first, ok := seen[a]; ok {
		faults.Add(field, a, fault.ErrDuplicate, "it stands in %s already", first)
		return
	}
	seen[a] = field
}
