package packetwalk

// The quotas of endpoints (F7.015, F7.114).
var (
	gatewayEndpoints       = quota{20, 0}    // in a Region
	gatewayEndpointsPerVPC = quota{255, 255} // AWS raises the one above, and this one not
	addressedEndpoints     = quota{50, 0}    // of a VPC: interface and Gateway Load Balancer endpoints together, those to resources apart
)

// ofEndpoints counts the endpoints of a VPC, and the gateway endpoints of an account in a Region. Those
// that are gone, or were never made, count no more (F7.111).
func (q *quotas) ofEndpoints() {
	region := tally{q: q, limit: gatewayEndpoints, kind: KindGatewayEndpoint, what: "gateway endpoints"}
	gateways, addressed := make(map[string]int), make(map[string]int)
	for i := range q.GatewayEndpoints {
		if g := &q.GatewayEndpoints[i]; g.State.Exists() {
			region.add(g.VPC, g.ID)
			gateways[g.VPC]++
		}
	}
	region.hold()
	for i := range q.InterfaceEndpoints {
		if p := &q.InterfaceEndpoints[i]; p.State.Exists() && !p.Type.ToResources() {
			addressed[p.VPC]++
		}
	}
	for i := range q.GatewayLoadBalancerEndpoints {
		if g := &q.GatewayLoadBalancerEndpoints[i]; g.State.Exists() {
			addressed[g.VPC]++
		}
	}
	for i := range q.VPCs {
		id := q.VPCs[i].ID
		q.hold(gatewayEndpointsPerVPC, gateways[id], KindVPC, id, "", "gateway endpoints")
		q.hold(addressedEndpoints, addressed[id], KindVPC, id, "", "interface endpoints and Gateway Load Balancer endpoints")
	}
}
