package noise

import (
	"net/netip"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
)

// places are where noise comes from and goes to.
type places struct {
	hosts    []string // network interfaces of hosts, by their IDs
	public   []string // those of them that have a public address
	services map[string][]string
	scanners []string // addresses on the internet
}

// placesOf looks for the places of a network.
func placesOf(n *packetwalk.Network) places {
	cfg := n.Config()
	p := places{services: make(map[string][]string)}
	groups := make(map[string]*sg.Group)
	for i := range cfg.SecurityGroups {
		groups[cfg.SecurityGroups[i].ID] = &cfg.SecurityGroups[i]
	}
	taken := make(map[netip.Addr]bool)
	for i := range cfg.Interfaces {
		e := &cfg.Interfaces[i]
		public := false
		for _, a := range e.Private {
			taken[a.Public] = true
			public = public || a.Public.IsValid()
		}
		if e.Kind != 0 && e.Kind != subnet.Standard || !hasAddress(e) {
			continue
		}
		p.hosts = append(p.hosts, e.ID)
		if public {
			p.public = append(p.public, e.ID)
		}
		for _, id := range e.Groups {
			p.services[e.ID] = append(p.services[e.ID], servicesOf(groups[id])...)
		}
	}
	p.scanners = scannersBeside(cfg, taken)
	return p
}

// hasAddress reports whether a network interface has an address of either family.
func hasAddress(e *subnet.Interface) bool { return e.Primary().IsValid() || len(e.IPv6) > 0 }

// servicesOf lists the single TCP services that a group's rules let in; of a range of ports the first.
func servicesOf(g *sg.Group) (list []string) {
	if g == nil {
		return nil
	}
	for _, r := range g.Rules {
		proto, one := r.Service.Protocol()
		if r.Direction != packet.Ingress || one && proto != packet.TCP {
			continue
		}
		service := packet.MustParseService("tcp/443") // where the rule is about everything
		if ports, ok := r.Service.PortRange(); ok {
			service = packet.Ports(packet.TCP, packet.PortRange{First: ports.First, Last: ports.First})
		}
		list = append(list, service.String())
	}
	return list
}

// scannersBeside lists addresses of scanners, from a range for documentation that nobody in the network has;
// or else the name of the internet.
func scannersBeside(cfg packetwalk.Config, taken map[netip.Addr]bool) (list []string) {
	start := netip.MustParseAddr("192.0.2.0")
	for a, i := start, 0; i < 254; i++ {
		a = a.Next()
		inside := taken[a]
		for _, v := range cfg.VPCs {
			inside = inside || v.Contains(a)
		}
		for _, g := range cfg.VirtualPrivateGateways {
			inside = inside || g.Knows(a)
		}
		if !inside {
			list = append(list, a.String())
		}
	}
	if len(list) == 0 {
		return []string{packetwalk.Internet}
	}
	return list
}
