package packetwalk

import "github.com/packetwalk/packetwalk/internal/walk"

// resolveEndpoints notes the gateway endpoints with the ranges that lead to them, and whose interfaces are
// those of interface endpoints and Gateway Load Balancer endpoints.
func (r *resolver) resolveEndpoints() {
	r.byEndpoint = make(map[string]*walk.GatewayEndpoint)
	for i := range r.config.GatewayEndpoints {
		g := &r.config.GatewayEndpoints[i]
		e := &walk.GatewayEndpoint{Data: g, Place: r.world.NewPlace(g.ID), VPC: r.vpcs[g.VPC]}
		for _, l := range listsOf(&r.config, g) {
			e.Ranges = append(e.Ranges, l.Entries...)
		}
		r.byEndpoint[g.ID] = e
	}
	for i := range r.config.InterfaceEndpoints {
		p := &r.config.InterfaceEndpoints[i]
		for _, id := range p.Interfaces {
			if e := r.ifaces[id]; e != nil {
				e.Endpoint = p
			}
		}
	}
	for i := range r.config.GatewayLoadBalancerEndpoints {
		g := &r.config.GatewayLoadBalancerEndpoints[i]
		if e := r.ifaces[g.Interface]; e != nil {
			e.Inspector = g
		}
	}
}

// inspectorTarget is the interface of a Gateway Load Balancer endpoint. Of one that the network does not
// describe nobody knows what becomes of packets there, so that it has none and counts as available.
func (r *resolver) inspectorTarget(id string) (walk.Target, bool) {
	g := r.x.gwlbEPs[id]
	if g == nil {
		return walk.Target{}, true
	}
	e := r.ifaces[g.Interface]
	return walk.Target{Interface: e}, e != nil && g.State.Usable()
}
