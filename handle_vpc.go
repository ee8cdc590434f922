package packetwalk

import (
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// VPCHandle describes a VPC; see [Builder.VPC].
type VPCHandle struct {
	b  *Builder
	id string
	at int
}

// VPC adds a VPC with its address blocks, the primary IPv4 one first; IPv6 blocks may follow.
func (b *Builder) VPC(id string, cidrs ...string) *VPCHandle {
	b.here(id, "")
	b.cfg.VPCs = append(b.cfg.VPCs, vpc.VPC{ID: id})
	v := &VPCHandle{b, id, len(b.cfg.VPCs) - 1}
	for _, c := range cidrs {
		v.block(c)
	}
	return v
}

// DefaultVPC adds the VPC that AWS makes in every Region (F3.014): 172.31.0.0/16 with an internet gateway
// "<id>-igw", a main table that leads to it, and a public /20 subnet "<zone>" in each zone.
func (b *Builder) DefaultVPC(id string, zones ...string) (*VPCHandle, []*SubnetHandle) {
	v := b.VPC(id, "172.31.0.0/16")
	data := v.data()
	data.Default, data.DNSHostnames = true, true
	v.Route("0.0.0.0/0", v.InternetGateway(id+"-igw"))
	var subnets []*SubnetHandle
	for i, zone := range zones {
		s := v.Subnet(zone, netip.PrefixFrom(netip.AddrFrom4([4]byte{172, 31, byte(16 * i), 0}), 20).String()).Zone(zone).MapPublicIP()
		s.data().DefaultForZone = true
		subnets = append(subnets, s)
	}
	return v, subnets
}

func (v *VPCHandle) data() *vpc.VPC { return &v.b.cfg.VPCs[v.at] }

func (v *VPCHandle) block(cidr string) {
	field := fmt.Sprintf("Blocks[%d]", len(v.data().Blocks))
	v.b.here(v.id, field)
	p, _ := v.b.prefix(KindVPC, v.id, field+".CIDR", cidr)
	v.data().Blocks = append(v.data().Blocks, vpc.Block{CIDR: p})
}

// Region sets the Region; the default is us-east-1.
func (v *VPCHandle) Region(name string) *VPCHandle {
	v.data().Region = name
	return v
}

// Account sets the account that owns the VPC.
func (v *VPCHandle) Account(id string) *VPCHandle {
	v.data().Account = id
	return v
}

// DNS sets the attributes enableDnsSupport and enableDnsHostnames; the defaults are on and off (F3.019).
func (v *VPCHandle) DNS(support, hostnames bool) *VPCHandle {
	v.data().NoDNSSupport, v.data().DNSHostnames = !support, hostnames
	return v
}

// DHCPOptions gives the VPC a DHCP options set with these DNS servers: addresses, or "AmazonProvidedDNS".
func (v *VPCHandle) DHCPOptions(id string, servers ...string) *VPCHandle {
	v.b.here(id, "")
	v.b.cfg.DHCPOptions = append(v.b.cfg.DHCPOptions, vpc.DHCPOptions{ID: id, DomainNameServers: servers})
	v.data().DHCPOptions = id
	return v
}

// Subnet adds a subnet with an IPv4 block, an IPv6 block, or one of each.
func (v *VPCHandle) Subnet(id string, cidrs ...string) *SubnetHandle {
	v.b.here(id, "")
	v.b.cfg.Subnets = append(v.b.cfg.Subnets, subnet.Subnet{ID: id, VPC: v.id})
	s := &SubnetHandle{v.b, v, id, len(v.b.cfg.Subnets) - 1}
	for _, c := range cidrs {
		s.cidr(c)
	}
	return s
}

// InternetGateway adds an internet gateway and attaches it.
func (v *VPCHandle) InternetGateway(id string) *GatewayHandle {
	v.b.here(id, "")
	v.b.cfg.InternetGateways = append(v.b.cfg.InternetGateways, gateway.Internet{ID: id, VPC: v.id})
	return &GatewayHandle{route.Target{Kind: route.InternetGateway, ID: id}}
}

// EgressOnlyInternetGateway adds an egress-only internet gateway, for IPv6.
func (v *VPCHandle) EgressOnlyInternetGateway(id string) *GatewayHandle {
	v.b.here(id, "")
	v.b.cfg.EgressOnlyGateways = append(v.b.cfg.EgressOnlyGateways, gateway.EgressOnly{ID: id, VPC: v.id})
	return &GatewayHandle{route.Target{Kind: route.EgressOnlyInternetGateway, ID: id}}
}

// VirtualPrivateGateway adds a virtual private gateway with what is behind it, on-premises. Routes of the VPC
// that lead there are written like others.
func (v *VPCHandle) VirtualPrivateGateway(id string, networks ...string) *GatewayHandle {
	v.b.here(id, "")
	g := gateway.VirtualPrivate{ID: id, VPC: v.id}
	for i, text := range networks {
		if p, ok := v.b.prefix(KindVirtualPrivate, id, fmt.Sprintf("Networks[%d]", i), text); ok {
			g.Networks = append(g.Networks, p)
		}
	}
	v.b.cfg.VirtualPrivateGateways = append(v.b.cfg.VirtualPrivateGateways, g)
	return &GatewayHandle{route.Target{Kind: route.VirtualPrivateGateway, ID: id}}
}

// Route adds a route to the main route table, which serves every subnet without a table of its own.
func (v *VPCHandle) Route(destination string, to Target) *VPCHandle {
	if p, ok := v.b.prefix(KindVPC, v.id, "Route", destination); ok && !v.b.nothing(to, KindVPC, v.id, "Route") {
		v.b.mainRoutes = append(v.b.mainRoutes, mainRoute{v.id, route.Route{Destination: p, Target: to.target()}, caller()})
	}
	return v
}

// RouteTable adds a route table; associate subnets or a gateway with it.
func (v *VPCHandle) RouteTable(id string) *RouteTableHandle {
	v.b.here(id, "")
	v.b.cfg.RouteTables = append(v.b.cfg.RouteTables, route.Table{ID: id, VPC: v.id})
	return &RouteTableHandle{v.b, len(v.b.cfg.RouteTables) - 1}
}

// ACL adds a network ACL; it denies everything until it has entries (F6.005).
func (v *VPCHandle) ACL(id string) *ACLHandle {
	v.b.here(id, "")
	v.b.cfg.NetworkACLs = append(v.b.cfg.NetworkACLs, nacl.ACL{ID: id, VPC: v.id})
	return &ACLHandle{v.b, len(v.b.cfg.NetworkACLs) - 1}
}

// Group adds a security group: nothing in, all out, as AWS makes them (F5.002).
func (v *VPCHandle) Group(id string) *GroupHandle {
	v.b.here(id, "")
	v.b.openGroups[id] = true
	v.b.cfg.SecurityGroups = append(v.b.cfg.SecurityGroups, sg.Group{ID: id, Name: id, VPC: v.id})
	return &GroupHandle{v.b, id, len(v.b.cfg.SecurityGroups) - 1}
}

// Peer joins two VPCs by an active peering connection "<a>-<b>-pcx" and puts the routes to the other side
// into every table of both.
func (b *Builder) Peer(a, c *VPCHandle) *PeeringHandle {
	p := b.PeerWithoutRoutes(a, c)
	b.peeredRoutes = append(b.peeredRoutes, p.at)
	return p
}

// PeerWithoutRoutes joins two VPCs by an active peering connection; routes have to be added by hand, as on
// AWS.
func (b *Builder) PeerWithoutRoutes(a, c *VPCHandle) *PeeringHandle {
	if b.nothing(a, KindPeering, "", "Requester.VPC") {
		a = &VPCHandle{b: b}
	}
	if b.nothing(c, KindPeering, "", "Accepter.VPC") {
		c = &VPCHandle{b: b}
	}
	id := a.id + "-" + c.id + "-pcx"
	b.here(id, "")
	b.cfg.Peerings = append(b.cfg.Peerings, peering.Connection{ID: id, Requester: peering.Side{VPC: a.id}, Accepter: peering.Side{VPC: c.id}})
	return &PeeringHandle{b, id, len(b.cfg.Peerings) - 1}
}

// PeeringHandle describes a peering connection; see [Builder.Peer].
type PeeringHandle struct {
	b  *Builder
	id string
	at int
}

// Status sets the status; the default is active.
func (p *PeeringHandle) Status(s peering.Status) *PeeringHandle {
	p.b.cfg.Peerings[p.at].Status = s
	return p
}

func (p *PeeringHandle) target() route.Target {
	return route.Target{Kind: route.PeeringConnection, ID: p.id}
}
