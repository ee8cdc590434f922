package gen

import (
	"math/rand/v2"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/route"
)

// addInspectors puts a Gateway Load Balancer endpoint into some VPCs, and lets a few routes that lead to an
// internet gateway or to nobody lead there. It draws from a source of its own, so that all else stays as it
// is without.
func (s *small) addInspectors(seed uint64) {
	r := rand.New(rand.NewPCG(seed, 5))
	for v := range s.vpcs {
		me := &s.vpcs[v]
		in := me.subnets[r.IntN(len(me.subnets))]
		if r.IntN(4) > 0 || !s.hasIPv4(in) {
			continue
		}
		id := me.id + "-fw"
		s.cfg.GatewayLoadBalancerEndpoints = append(s.cfg.GatewayLoadBalancerEndpoints, endpoint.GatewayLoadBalancer{
			ID: id, VPC: me.id, Service: "com.amazonaws.vpce.us-east-1.vpce-svc-fw", Subnet: in,
		})
		for i := range s.cfg.RouteTables {
			t := &s.cfg.RouteTables[i]
			for j := range t.Routes {
				at := &t.Routes[j]
				turns := at.Target.Kind == route.InternetGateway || at.Target.Kind == route.TransitGateway
				if t.VPC == me.id && turns && r.IntN(3) == 0 {
					at.Target = route.Target{Kind: route.GatewayLoadBalancerEndpoint, ID: id}
				}
			}
		}
	}
}
