package packetwalk

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// Builder describes a network by handles, which append to a [Config]. A handle records what is meant;
// everything is resolved in [Builder.Build], so the order of the calls does not matter, and mistakes are
// reported there, each with the file and line of the call. Make one with [New]: the zero Builder is not
// ready.
//
// What a handle adds for convenience (a group for each instance, a route table for a subnet with routes of
// its own, the routes of a peering) is what a person would have to add on AWS, is named after its owner,
// and shows in [Builder.Config].
type Builder struct {
	cfg  Config
	errs mistakes
	pos  map[string]string // by ID and field

	// What can only be said once all is known.
	subnetRoutes []subnetRoute
	mainRoutes   []mainRoute
	endpoints    []endpointSubnets
	peeredRoutes []int           // peerings that bring their routes
	openGroups   map[string]bool // groups with AWS's first egress rules (F5.002)
	public       []publicIntent
	regional     []string // NAT gateways whose zones may want Elastic IPs
	linked       []linkedEndpoint
	lateRules    []lateRule
	accepted     []acceptedEndpoint
}

// subnetRoute is a route for one subnet: it goes into the table that serves it, which is made where there
// is none.
type subnetRoute struct {
	subnet string
	route  route.Route
	pos    string
}

// mainRoute is a route for the main table of a VPC, whichever that will be.
type mainRoute struct {
	vpc   string
	route route.Route
	pos   string
}

// endpointSubnets are the subnets whose tables get the routes of a gateway endpoint.
type endpointSubnets struct {
	endpoint int
	subnets  []string
}

// publicIntent is an interface's or a NAT gateway's wish for a public address.
type publicIntent struct {
	id  string
	nat bool
}

// New makes an empty Builder.
func New() *Builder {
	return &Builder{pos: make(map[string]string), openGroups: make(map[string]bool)}
}

// Build makes the network; see the function [Build].
func (b *Builder) Build() (*Network, error) {
	bad := &mistakes{errs: slices.Clone(b.errs.errs), seen: maps.Clone(b.errs.seen), pos: b.where}
	b.ambiguousPeers(bad)
	cfg := b.Config()
	b.acceptedNobody(&cfg, bad)
	return build(cfg, bad)
}

// ambiguousPeers reports two peerings of one VPC that would bring it a route to the same block.
func (b *Builder) ambiguousPeers(bad *mistakes) {
	for i, at := range b.peeredRoutes {
		for _, earlier := range b.peeredRoutes[:i] {
			p, q := b.cfg.Peerings[at], b.cfg.Peerings[earlier]
			for _, v := range []string{p.Requester.VPC, p.Accepter.VPC} {
				far, _ := p.Other(v)
				other, shared := q.Other(v)
				for _, block := range blocksOf(&b.cfg, far) {
					if shared && far != other && slices.Contains(blocksOf(&b.cfg, other), block) {
						bad.addAt(b.where(p.ID, ""), KindPeering, p.ID, "", block, fault.ErrOverlap,
							"the route to it leads to %q already: want PeerWithoutRoutes, and routes by hand", q.ID)
					}
				}
			}
		}
	}
}

// Config gives the network as data, as far as the handles say it; [Build] adds what AWS adds by itself.
func (b *Builder) Config() Config {
	c := b.cfg.clone()
	b.rulesOfLatePeers(&c)
	b.groupEgress(&c)
	b.publicAddresses(&c)
	b.routesOfMainTables(&c)
	b.routesOfSubnets(&c)
	b.routesOfPeerings(&c)
	b.tablesOfEndpoints(&c)
	b.linkEndpoints(&c)
	return c
}

// groupEgress gives the groups the rules that AWS puts into a new one: all out, over IPv6 too where
// the VPC has it (F5.002).
func (b *Builder) groupEgress(c *Config) {
	for i := range c.SecurityGroups {
		if g := &c.SecurityGroups[i]; b.openGroups[g.ID] {
			g.Rules = append(g.Rules, sg.NewGroupRules(hasIPv6(c, g.VPC))...)
		}
	}
}

// publicAddresses hands out addresses of 198.51.100.0/24 and then of 198.18.0.0/15, both set aside for
// documentation and tests, in the order of the IDs.
func (b *Builder) publicAddresses(c *Config) {
	taken := make(map[netip.Addr]bool)
	for _, e := range c.Interfaces {
		for _, a := range e.Private {
			taken[a.Public] = true
		}
	}
	for _, g := range c.NATGateways {
		for _, a := range g.Addresses {
			taken[a.Public] = true
		}
	}
	next := netip.AddrFrom4([4]byte{198, 51, 100, 1})
	wishes := slices.Concat(launchWishes(c), b.public, zoneWishes(c, b.regional))
	slices.SortFunc(wishes, func(a, b publicIntent) int { return cmp.Compare(a.id, b.id) })
	for _, w := range wishes {
		for taken[next] {
			if next = next.Next(); next == netip.AddrFrom4([4]byte{198, 51, 100, 255}) {
				next = netip.AddrFrom4([4]byte{198, 18, 0, 1})
			}
		}
		if b.givePublic(c, w, next) {
			taken[next] = true
		}
	}
}

// launchWishes are those of the instances in subnets that give each a public address: for the primary
// interface (F3.016).
func launchWishes(c *Config) (wishes []publicIntent) {
	maps := make(map[string]bool)
	for _, s := range c.Subnets {
		maps[s.ID] = s.MapPublicIPOnLaunch
	}
	for _, e := range c.Interfaces {
		if maps[e.Subnet] && e.Attachment.Instance != "" && e.Attachment.DeviceIndex == 0 {
			wishes = append(wishes, publicIntent{id: e.ID})
		}
	}
	return wishes
}

// givePublic reports whether the wish was not fulfilled before, by an address that was named.
func (b *Builder) givePublic(c *Config, w publicIntent, a netip.Addr) bool {
	if w.nat {
		for i := range c.NATGateways {
			if g := &c.NATGateways[i]; g.ID == w.id && giveElasticIP(g, a) {
				return true
			}
		}
		return false
	}
	for i := range c.Interfaces {
		if e := &c.Interfaces[i]; e.ID == w.id {
			if len(e.Private) == 0 {
				e.Private = []subnet.Address{{}}
			}
			if !e.Private[0].Public.IsValid() {
				e.Private[0].Public = a
				return true
			}
		}
	}
	return false
}

// routesOfMainTables puts what is meant for a main table into it.
func (b *Builder) routesOfMainTables(c *Config) {
	for _, r := range b.mainRoutes {
		t := mainTable(c, r.vpc)
		b.pos[key(t.ID, fmt.Sprintf("Routes[%d]", len(t.Routes)))] = r.pos
		t.Routes = append(t.Routes, r.route)
	}
}

// routesOfSubnets puts each subnet's routes into the table that it is associated with; a subnet without one
// gets a table of its own, "<subnet>-rtb".
func (b *Builder) routesOfSubnets(c *Config) {
	for _, r := range b.subnetRoutes {
		t := tableOf(c, r.subnet)
		if t == nil {
			c.RouteTables = append(c.RouteTables, route.Table{ID: r.subnet + "-rtb", VPC: b.vpcOfSubnet(r.subnet), Subnets: []string{r.subnet}})
			t = &c.RouteTables[len(c.RouteTables)-1]
			b.pos[key(t.ID, "")] = r.pos
		}
		b.pos[key(t.ID, fmt.Sprintf("Routes[%d]", len(t.Routes)))] = r.pos
		t.Routes = append(t.Routes, r.route)
	}
}

// tableOf is the table with which a subnet is associated, or nil.
func tableOf(c *Config, subnet string) *route.Table {
	for i := range c.RouteTables {
		if slices.Contains(c.RouteTables[i].Subnets, subnet) {
			return &c.RouteTables[i]
		}
	}
	return nil
}

// routesOfPeerings puts the routes to the other side into every table of both VPCs (F8.005).
func (b *Builder) routesOfPeerings(c *Config) {
	for _, at := range b.peeredRoutes {
		p := c.Peerings[at]
		for _, v := range [][2]string{{p.Requester.VPC, p.Accepter.VPC}, {p.Accepter.VPC, p.Requester.VPC}} {
			if !slices.ContainsFunc(c.VPCs, func(o vpc.VPC) bool { return o.ID == v[0] }) {
				continue // Build reports it
			}
			mainTable(c, v[0])
			for i := range c.RouteTables {
				if t := &c.RouteTables[i]; t.VPC == v[0] && len(t.Gateways) == 0 {
					b.addPeerRoutes(c, t, v[1], p.ID)
				}
			}
		}
	}
}

// addPeerRoutes leaves out what a route leads elsewhere already, and what overlaps the table's own VPC:
// Build reports that of the peering.
func (b *Builder) addPeerRoutes(c *Config, t *route.Table, peer, peering string) {
	for _, block := range blocksOf(c, peer) {
		taken := slices.ContainsFunc(t.Routes, func(r route.Route) bool { return r.Destination == block })
		if taken || slices.ContainsFunc(blocksOf(c, t.VPC), block.Overlaps) {
			continue
		}
		b.pos[key(t.ID, fmt.Sprintf("Routes[%d]", len(t.Routes)))] = b.where(peering, "")
		to := route.Target{Kind: route.PeeringConnection, ID: peering}
		t.Routes = append(t.Routes, route.Route{Destination: block, Target: to})
	}
}

// blocksOf lists the blocks of a VPC.
func blocksOf(c *Config, vpc string) (list []netip.Prefix) {
	for _, v := range c.VPCs {
		if v.ID == vpc {
			for _, block := range v.Blocks {
				list = append(list, block.CIDR)
			}
		}
	}
	return list
}

// tablesOfEndpoints associates a gateway endpoint with the tables that serve its subnets: their own, or the
// main one.
func (b *Builder) tablesOfEndpoints(c *Config) {
	for _, e := range b.endpoints {
		for _, s := range e.subnets {
			t := tableOf(c, s)
			if t == nil {
				t = mainTable(c, b.vpcOfSubnet(s))
			}
			if g := &c.GatewayEndpoints[e.endpoint]; !slices.Contains(g.RouteTables, t.ID) {
				g.RouteTables = append(g.RouteTables, t.ID)
			}
		}
	}
}

// mainTable is the main table of a VPC; it is made where there is none, as AWS does.
func mainTable(c *Config, vpc string) *route.Table {
	for i := range c.RouteTables {
		if t := &c.RouteTables[i]; t.VPC == vpc && t.Main {
			return t
		}
	}
	c.RouteTables = append(c.RouteTables, route.Table{ID: vpc + "-main-rtb", VPC: vpc, Main: true})
	return &c.RouteTables[len(c.RouteTables)-1]
}

func (b *Builder) vpcOfSubnet(id string) string {
	for _, s := range b.cfg.Subnets {
		if s.ID == id {
			return s.VPC
		}
	}
	return ""
}

// here notes that the caller's line wrote a field of a resource; an empty field is the resource itself. The
// last line counts: of two resources of one ID, it is the second that is wrong.
func (b *Builder) here(id, field string) { b.pos[key(id, field)] = caller() }

// wrong carries a mistake of the caller's line to Build.
func (b *Builder) wrong(kind Kind, id, field string, value any, reason error, format string, args ...any) {
	b.errs.addAt(caller(), kind, id, field, value, reason, format, args...)
}

// nothing reports a handle that is nil or zero; the mistake is carried to Build.
func (b *Builder) nothing(handle any, kind Kind, id, field string) bool {
	v := reflect.ValueOf(handle)
	if v.IsValid() && (v.Kind() != reflect.Pointer || !v.IsNil() && !v.Elem().IsZero()) {
		return false
	}
	b.wrong(kind, id, field, "nil", fault.ErrInvalid, "want a handle of this Builder")
	return true
}

// where finds the line that wrote a field, or what holds the field, or the resource.
func (b *Builder) where(id, field string) string {
	for {
		if p := b.pos[key(id, field)]; p != "" || field == "" {
			return p
		}
		field = field[:max(strings.LastIndexByte(field, '.'), 0)]
	}
}

func key(id, field string) string { return id + "\x00" + field }

// caller is the file and line that called into this package, or "" where that is not known.
func caller() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "github.com/packetwalk/packetwalk.") {
			return fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
		}
		if !more {
			return ""
		}
	}
}

// prefix parses a CIDR block; a mistake is carried to Build.
func (b *Builder) prefix(kind Kind, id, field, cidr string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(cidr)
	if err != nil {
		b.wrong(kind, id, field, cidr, fault.ErrInvalid, "want a CIDR block such as 10.0.0.0/16 or 2001:db8::/56")
	}
	return p, err == nil
}

// addr parses an address; a mistake is carried to Build.
func (b *Builder) addr(kind Kind, id, field, text string) (netip.Addr, bool) {
	a, err := netip.ParseAddr(text)
	if err != nil {
		b.wrong(kind, id, field, text, fault.ErrInvalid, "want an IP address such as 10.0.0.4 or 2001:db8::4")
	}
	return a, err == nil
}
