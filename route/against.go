package route

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// CheckAgainst reports every route that the table can't have in its VPC, joined. vpcBlocks are the
// VPC's IPv4 and IPv6 CIDR blocks, subnetCIDRs those of its subnets.
//
//   - A local target is for a whole block of the VPC (F2.009).
//   - The target of a block's local route may be replaced by a Gateway Load Balancer endpoint, a
//     NAT gateway or an interface (F2.010).
//   - A destination inside a block has to be the whole CIDR of a subnet, and to lead to one of
//     these or to a local gateway (F2.011).
//   - In a gateway route table, every destination is a block or the whole CIDR of a subnet (F2.027).
//   - A destination outside the VPC, or larger than a block, is free (F2.034). So is every
//     propagated route: local ones win over it anyway (F2.008).
//
// An instance stands for its interface, and an [Unknown] target is let pass. What [Table.Validate]
// reports is not reported again; a destination that is no CIDR block is skipped.
func (t *Table) CheckAgainst(vpcBlocks, subnetCIDRs []netip.Prefix) error {
	if t == nil {
		return nil
	}
	var faults fault.List
	for i := range t.Routes {
		r := &t.Routes[i]
		if r.propagated() || r.PrefixList != "" || !r.Destination.IsValid() {
			continue
		}
		place := locate(r.Destination.Masked(), vpcBlocks, subnetCIDRs)
		field := fmt.Sprintf("Routes[%d]", i)
		switch {
		case r.Target.Kind == Local:
			if place != wholeBlock {
				faults.Add(field+".Destination", r.Destination, fault.ErrInvalid,
					"want a whole CIDR block of the VPC for a local target: %s (F2.009)", spell(vpcBlocks))
			}
		case len(t.Gateways) > 0:
			r.checkRedirect(&faults, field, place)
		default:
			r.checkInside(&faults, field, place)
		}
	}
	return faults.Err()
}

// place is where a destination lies, seen from a VPC.
type place uint8

const (
	outside     place = iota // elsewhere, or larger than a block
	wholeBlock               // a block of the VPC
	wholeSubnet              // a subnet that is smaller than its block
	inside                   // some other part of a block
)

func locate(p netip.Prefix, vpcBlocks, subnetCIDRs []netip.Prefix) place {
	switch {
	case slices.Contains(vpcBlocks, p):
		return wholeBlock
	case !slices.ContainsFunc(vpcBlocks, func(b netip.Prefix) bool { return within(p, b) }):
		return outside
	case slices.Contains(subnetCIDRs, p):
		return wholeSubnet
	}
	return inside
}

// checkInside is for subnet route tables: what may stand beside the local routes.
func (r *Route) checkInside(faults *fault.List, field string, where place) {
	switch {
	case where == inside:
		faults.Add(field+".Destination", r.Destination, fault.ErrInvalid,
			"want the whole CIDR of a subnet for a route more specific than local (F2.011)")
	case where == wholeBlock && !r.Target.replacesLocal():
		faults.Add(field+".Target.Kind", r.Target.Kind, fault.ErrInvalid,
			"want local, a Gateway Load Balancer endpoint, a NAT gateway or a network interface for a block of the VPC (F2.010)")
	case where == wholeSubnet && !r.Target.replacesLocal() && r.Target.Kind != LocalGateway:
		faults.Add(field+".Target.Kind", r.Target.Kind, fault.ErrInvalid,
			"want a NAT gateway, a network interface, a Gateway Load Balancer endpoint or a local gateway for a subnet of the VPC (F2.011)")
	}
}

// checkRedirect is for gateway route tables. Their targets are Validate's part.
func (r *Route) checkRedirect(faults *fault.List, field string, where place) {
	reason := fault.ErrInvalid
	switch where {
	case wholeBlock, wholeSubnet:
		return
	case outside:
		reason = fault.ErrOutside
	}
	faults.Add(field+".Destination", r.Destination, reason,
		"want a whole CIDR block of the VPC or of a subnet in a gateway route table (F2.027)")
}

// replacesLocal reports whether t may stand in for a local target. The kinds that Validate turns
// down by themselves, and the one that nobody could describe, are not this check's business.
func (t Target) replacesLocal() bool {
	switch t.Kind {
	case GatewayLoadBalancerEndpoint, NATGateway, NetworkInterface, Instance:
		return true
	}
	return t.Kind == TargetUnspecified || t.Kind >= Unknown
}

func spell(blocks []netip.Prefix) string {
	if len(blocks) == 0 {
		return "it has none"
	}
	return fmt.Sprint(blocks)
}
