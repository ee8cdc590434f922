package packetwalk

import (
	"fmt"
	"slices"

	"github.com/packetwalk/packetwalk/internal/walk"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
)

// middleboxAtService finds appliances between a NAT gateway, a Network Load Balancer or a transit gateway and
// the subnet where that stands. AWS calls what comes of it unpredictable, and does not support it (F2.033).
// By the table of the subnet goes what the service sends, so that it must lead
//
//   - to no appliance in that very subnet;
//   - with addresses of that subnet to no appliance at all.
//
// A regional NAT gateway stands in no subnet.
func (l *linter) middleboxAtService(s *walk.Subnet) {
	for j := range s.Table.Data.Routes {
		r := &s.Table.Data.Routes[j]
		e := applianceOf(s.Table, r)
		back := covers(s.Data.CIDR, r.Destination) || covers(s.Data.IPv6CIDR, r.Destination)
		if e == nil || e.Subnet != s && !back {
			continue
		}
		service := l.serviceIn(s.Data.ID)
		if service == "" {
			return
		}
		mend := "put the appliance into another subnet"
		if back {
			mend = "leave what is for the subnet itself to the local route"
		}
		l.warn(MiddleboxAtService, KindSubnet, s.Data.ID, "",
			"%s stands in it, and its route table %q leads %s through appliance %q back into it: AWS does not support that, and "+
				"what comes of it is unpredictable: %s", service, s.Table.Data.ID, destinationOf(r), e.Data.ID, mend)
	}
}

// applianceOf is the interface of an appliance to which a route leads; nil for other targets, and for one
// that is down.
func applianceOf(t *walk.Table, r *route.Route) *walk.Interface {
	switch r.Target.Kind {
	case route.NetworkInterface, route.Instance, route.GatewayLoadBalancerEndpoint:
		if e := t.Targets[r].Interface; e != nil && r.State == route.Active {
			return e
		}
	}
	return nil
}

// serviceIn names the first NAT gateway, Network Load Balancer or transit gateway that stands in a subnet, ""
// where there is none.
func (l *linter) serviceIn(id string) string {
	for i := range l.NATGateways {
		if g := &l.NATGateways[i]; g.Subnet == id && g.Available() {
			return fmt.Sprintf("NAT gateway %q", g.ID)
		}
	}
	for i := range l.LoadBalancers {
		if b := &l.LoadBalancers[i]; slices.Contains(b.Subnets, id) {
			return fmt.Sprintf("Network Load Balancer %q", b.ID)
		}
	}
	for i := range l.Interfaces {
		switch e := &l.Interfaces[i]; {
		case e.Subnet != id:
		case e.Kind == subnet.NetworkLoadBalancer:
			return fmt.Sprintf("a Network Load Balancer with interface %q", e.ID)
		case e.Kind == subnet.TransitGateway:
			return fmt.Sprintf("a transit gateway's attachment with interface %q", e.ID)
		}
	}
	return ""
}
