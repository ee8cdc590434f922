package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/trace"
)

// Via reports whether the request went by a resource: an endpoint, a NAT gateway, a peering connection, a
// network interface, whatever a hop of its trace names by this ID. What dropped the request counts as well as
// what let it by.
func (f Flow) Via(id string) bool {
	for _, h := range f.Forward.Hops {
		if id != "" && (h.ID == id || h.Interface == id) {
			return true
		}
	}
	return false
}

// Way is how a connection leaves a network: by an endpoint, a NAT gateway, an internet gateway or another
// gateway. The zero Way is none of them: the connection stays inside, or does not come as far.
type Way struct {
	Stage trace.Stage
	ID    string
}

// String says it in AWS's words, "NAT gateway nat-1"; "" for none.
func (w Way) String() string {
	if w == (Way{}) {
		return ""
	}
	return fmt.Sprintf("%v %s", w.Stage, w.ID)
}

// Way says by what the request went out: of several gateways the first, so that behind a NAT gateway it is
// that one and not the internet gateway. It is the zero Way for a request that met none, and for one that the
// first one dropped.
func (f Flow) Way() Way {
	for _, h := range f.Forward.Hops {
		switch h.Stage {
		case trace.StageGatewayEndpoint, trace.StageInterfaceEndpoint, trace.StageNATGateway, trace.StageNATInstance,
			trace.StageInternetGateway, trace.StageEgressOnlyInternetGateway, trace.StageVirtualPrivateGateway:
			if h.Action == trace.Drop {
				return Way{}
			}
			return Way{h.Stage, h.ID}
		}
	}
	return Way{}
}
