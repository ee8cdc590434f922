package walk

import (
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// refused64 drops an IPv6 packet that a NAT gateway would send on as after over IPv4 (F4.215), where that
// leads to what NAT64 does not serve.
func (w *walker) refused64(h hop, g natGateway, after packet.Packet) bool {
	c := w.reach64(g, after)
	if c == trace.NoCode {
		return false
	}
	if c == trace.NoPossibleDestination {
		h.note = "NAT64 leads to other subnets than the client's"
	}
	w.drop(h, c)
	return true
}

// reach64 says why NAT64 does not lead there, [trace.NoCode] where it does. IPv4 services of the same VPC are
// served where they are in another subnet than the client (F4.216). The gateway itself answers nobody
// (F4.207), and the VPC's own services are asked at the spot: what they say to a NAT gateway is not known.
func (w *walker) reach64(g natGateway, after packet.Packet) trace.Code {
	if g.eni != nil && g.eni.Data.Owns(after.Dst) {
		return trace.NATNoSession
	}
	if client := w.world.Leaves.InterfaceAt(g.vpc, w.p.Src); client != nil && client.Subnet.Data.Contains(after.Dst) {
		return trace.NoPossibleDestination
	}
	if linkLocal[0].Contains(after.Dst) {
		return trace.ReservedRange
	}
	if _, ok := packet.ExemptTo(after, g.vpc.DNS, g.vpc.routerAt(after.Dst)); ok {
		return trace.UnknownDestination
	}
	return trace.NoCode
}
