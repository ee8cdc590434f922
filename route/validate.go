package route

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Validate reports every mistake that can be seen in the table alone, joined:
//
//   - no ID, an association without an ID or twice, a main table with gateways (F2.014);
//   - a route without exactly one destination and one target (F2.018), and two routes for one
//     destination; a static and a propagated route for the same one are fine (F2.004);
//   - a destination with host bits (F2.017) or inside 169.254.168.0/22 or fd00:ec2::/32 (F2.015);
//   - a target that its destination can't have (F2.019, F2.021, F2.022). IPv6 to a NAT gateway is
//     fine: AWS's API page says "IPv4 only", its NAT64 guide does it (F2.020);
//   - in a gateway route table: prefix lists, propagation by a virtual private gateway, targets
//     other than local, an interface (an instance stands for its own) or a Gateway Load Balancer
//     endpoint (F2.027).
//
// References are not followed: VPC, targets and lists may not exist. See [Table.CheckAgainst]. A
// nil Table has no mistakes.
func (t *Table) Validate() error {
	if t == nil {
		return nil
	}
	var faults fault.List
	if t.ID == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want a unique name")
	}
	checkAssociations(&faults, "Subnets", t.Subnets)
	checkAssociations(&faults, "Gateways", t.Gateways)
	if t.Main && len(t.Gateways) > 0 {
		faults.Add("Gateways", t.Gateways[0], fault.ErrInvalid, "want none: a main table can't be a gateway route table (F2.014)")
	}
	for i := range t.Routes {
		r, field := &t.Routes[i], fmt.Sprintf("Routes[%d]", i)
		r.checkDestination(&faults, field)
		r.checkTarget(&faults, field)
		r.checkOrigin(&faults, field)
		if len(t.Gateways) > 0 {
			r.checkGateway(&faults, field)
		}
	}
	t.checkTwice(&faults)
	return faults.Err()
}

func checkAssociations(faults *fault.List, name string, ids []string) {
	first := make(map[string]int, len(ids))
	for i, id := range ids {
		field := fmt.Sprintf("%s[%d]", name, i)
		if id == "" {
			faults.Add(field, "", fault.ErrInvalid, "want an ID")
		} else if j, twice := first[id]; twice {
			faults.Add(field, id, fault.ErrDuplicate, "stands already in %s[%d]", name, j)
		} else {
			first[id] = i
		}
	}
}

func (r *Route) checkDestination(faults *fault.List, field string) {
	field += ".Destination"
	set := r.Destination != netip.Prefix{}
	if r.PrefixList != "" {
		if set {
			faults.Add(field, r.Destination, fault.ErrInvalid, "want one destination, not PrefixList %q too (F2.018)", r.PrefixList)
		}
		return
	}
	if !set {
		faults.Add(field, "", fault.ErrInvalid, "want a CIDR block or a PrefixList (F2.018)")
		return
	}
	if !checkPrefix(faults, field, r.Destination) {
		return
	}
	for _, p := range linkLocal {
		if within(r.Destination, p) {
			faults.Add(field, r.Destination, fault.ErrInvalid, "want none inside %s, where AWS's own services are (F2.015)", p)
		}
	}
}

func (r *Route) checkTarget(faults *fault.List, field string) {
	kind, id := field+".Target.Kind", field+".Target.ID"
	switch {
	case r.Target.Kind == TargetUnspecified || r.Target.Kind > Unknown:
		faults.Add(kind, r.Target.Kind, fault.ErrInvalid, "want the kind of the target (F2.018)")
		return
	case r.Target.Kind == Local && r.Target.ID != "":
		faults.Add(id, r.Target.ID, fault.ErrInvalid, "want none for a local target")
	case r.Target.Kind != Local && r.Target.ID == "":
		faults.Add(id, "", fault.ErrInvalid, "want the ID of the %s (F2.018)", r.Target.Kind)
	}
	if want := r.misfit(); want != "" {
		faults.Add(kind, r.Target.Kind, fault.ErrInvalid, "%s", want)
	}
}

// misfit says what would be right where a target can't have such a destination.
func (r *Route) misfit() (want string) {
	list := r.PrefixList != ""
	cidr := !list && r.Destination.IsValid()
	switch {
	case r.Target.Kind == EgressOnlyInternetGateway && cidr && r.Destination.Addr().Is4():
		return "want an IPv6 destination for an egress-only internet gateway (F2.019)"
	case r.Target.Kind == GatewayLoadBalancerEndpoint && list:
		return "cannot create or replace a prefix list route targeting a VPC endpoint: want a CIDR block (F2.021)"
	case r.Target.Kind == GatewayEndpoint && cidr:
		return "want the prefix list of the endpoint's service as destination (F2.022)"
	case r.Target.Kind == Local && list:
		return "want a CIDR block of the VPC as destination (F2.009)"
	}
	return ""
}

func (r *Route) checkOrigin(faults *fault.List, field string) {
	if r.State > Filtered {
		faults.Add(field+".State", r.State, fault.ErrInvalid, "want active, blackhole or filtered (F2.023)")
	}
	switch {
	case r.Origin > Advertised:
		faults.Add(field+".Origin", r.Origin, fault.ErrInvalid,
			"want CreateRouteTable, CreateRoute, EnableVgwRoutePropagation or Advertisement (F2.023)")
	case r.Target.Kind == Local && r.propagated():
		faults.Add(field+".Origin", r.Origin, fault.ErrInvalid, "want CreateRouteTable for a local route (F2.009)")
	}
	switch {
	case r.Via > VPNBGP:
		faults.Add(field+".Via", r.Via, fault.ErrInvalid, "want direct-connect-bgp, vpn-static or vpn-bgp (F2.002)")
	case r.Via != ViaUnspecified && r.Origin != Propagated:
		faults.Add(field+".Via", r.Via, fault.ErrInvalid, "want none unless Origin is EnableVgwRoutePropagation")
	}
}

// checkGateway holds a route to what a gateway route table may have (F2.027). Routes from a route
// server are let pass: AWS's page on GetRouteServerPropagations allows them for internet gateways.
func (r *Route) checkGateway(faults *fault.List, field string) {
	if r.PrefixList != "" {
		faults.Add(field+".PrefixList", r.PrefixList, fault.ErrInvalid, "want a CIDR block in a gateway route table (F2.027)")
	}
	if r.Origin == Propagated {
		faults.Add(field+".Origin", r.Origin, fault.ErrInvalid, "want no propagation in a gateway route table (F2.027)")
	}
	switch r.Target.Kind {
	case Local, NetworkInterface, Instance, GatewayLoadBalancerEndpoint:
	case TargetUnspecified, Unknown: // reported already; can't be judged
	default:
		faults.Add(field+".Target.Kind", r.Target.Kind, fault.ErrInvalid,
			"want local, a network interface or a Gateway Load Balancer endpoint in a gateway route table (F2.027)")
	}
}

// checkTwice reports routes for the same destination: AWS would see two targets on one route. What
// a person wrote, what was propagated, and what was propagated by other means stand side by side.
func (t *Table) checkTwice(faults *fault.List) {
	type key struct {
		destination netip.Prefix
		list        string
		origin      Origin
		via         Via
	}
	first := make(map[key]int, len(t.Routes))
	for i := range t.Routes {
		r := &t.Routes[i]
		k := key{list: r.PrefixList}
		field, value := fmt.Sprintf("Routes[%d].PrefixList", i), r.PrefixList
		if k.list == "" {
			if !r.Destination.IsValid() {
				continue
			}
			k.destination = r.Destination.Masked()
			field, value = fmt.Sprintf("Routes[%d].Destination", i), r.Destination.String()
		}
		if r.propagated() {
			k.origin, k.via = r.Origin, r.Via
		}
		if j, twice := first[k]; twice {
			faults.Add(field, value, fault.ErrDuplicate, "want one target: Routes[%d] leads there already (F2.018)", j)
			continue
		}
		first[k] = i
	}
}

// within reports whether p is equal to or inside of outer.
func within(p, outer netip.Prefix) bool { return p.Bits() >= outer.Bits() && p.Overlaps(outer) }
