package gateway

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// VirtualPrivate is a virtual private gateway: the VPC's end of VPN and Direct Connect connections. It serves
// one VPC, and a VPC has at most one.
type VirtualPrivate struct {
	ID   string
	Name string // the Name tag; for people only
	VPC  string // zero: detached

	// Networks are the ranges on the other side, on-premises, that the gateway knows by BGP or by static VPN
	// routes; it forwards to no others (F9.102). That it knows them puts no route into the VPC's tables: write
	// those that are propagated as routes of that origin (F9.104).
	Networks []netip.Prefix
}

// Knows reports whether a is on the other side of g.
func (g *VirtualPrivate) Knows(a netip.Addr) bool {
	for _, n := range g.Networks {
		if n.Contains(a) {
			return true
		}
	}
	return false
}

// Validate reports every mistake that can be seen in the gateway alone: a missing ID, a range that is none. A
// nil gateway is reported like a zero one.
func (g *VirtualPrivate) Validate() error {
	if g == nil {
		g = &VirtualPrivate{}
	}
	var faults fault.List
	if g.ID == "" {
		missingID(&faults)
	}
	for i, n := range g.Networks {
		if !n.IsValid() || n != n.Masked() {
			faults.Add(fmt.Sprintf("Networks[%d]", i), n, fault.ErrInvalid, "want a range such as 192.168.0.0/16, without host bits")
		}
	}
	return faults.Err()
}
