package packetwalk_test

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// patient is a network whose flow is cured, one blocker at a time: each cure is the smallest change that
// takes away that blocker and nothing else.
type patient struct {
	packetwalk.Config
	cures int // so far; what is added is numbered by it
}

// incurable says why a blocker with a code has no cure; "" for one that has.
var incurable = map[trace.Code]string{
	trace.NoSuchHost:                              "nobody has the address that was called",
	trace.NATNoSession:                            "a NAT gateway was called from outside",
	trace.EIGWNoSession:                           "an egress-only gateway was called from outside",
	trace.IGWPrivateIPAssociationForIngress:       "the internet called a private address",
	trace.RoutingLoop:                             "which route of the circle is wrong is not for a program to say",
	trace.UnsupportedComponent:                    "the route leads to what is not modelled",
	trace.UnknownResource:                         "the route leads to what is not known",
	trace.ReplyAddressMismatch:                    "it is translated on the way back only",
	trace.ReplyDeliveredElsewhere:                 "the address is there twice",
	trace.RequestDeliveredElsewhere:               "the address is there twice",
	trace.NGWRequiresSourceInVPC:                  "the sender is not of the NAT gateway's VPC",
	trace.PCXRequiresAddressInVPCCIDR:             "the packet is not for the VPC at the other end",
	trace.GatewayRejectsSpoofedTraffic:            "the packet bears the address of another VPC",
	trace.ProtocolRestriction:                     "the way does not take this protocol",
	trace.VPCEGatewayProtocolRestriction:          "the endpoint does not take this protocol",
	trace.VPCEIntraVPCTraffic:                     "an endpoint opens no connection",
	trace.UnroutedAddress:                         "nobody on the internet has the address",
	trace.IGWDestinationAddressNotInRFC1918Egress: "the internet has no private addresses",
	trace.IGWSourceAddressNotInRFC1918Ingress:     "the internet has no private addresses",
	trace.DenyAllIGWTraffic:                       "it is an interface of an endpoint",
	trace.IngressRTBNoPublicIP:                    "the appliance has no public address",
	trace.IngressRTBTrafficRedirection:            "the way out does not lead by the appliance",
	trace.UnknownDestination:                      "what is there is not known",
	trace.RegionalNGWRouteAZRestriction:           "the NAT gateway does not serve the zone",
	trace.MTUExceeded:                             "the packet is too long",
	trace.FragmentNotForwarded:                    "it is a fragment",
	trace.ReservedRange:                           "AWS keeps the address to itself",
	trace.ResolverDisabled:                        "the VPC has no DNS",
	trace.ELBV2ListenersMismatch:                  "nobody listens on the port",
	trace.ELBV2ListenerHasNoTG:                    "the listener has no target",
	trace.ELBV2NoTargetsInAZ:                      "the listener has no target in the zone",
	trace.ELBInstalledAZRestriction:               "the targets are where the load balancer is not",
	trace.TargetAddressRestriction:                "it is no target of the load balancer",
	trace.TargetPortRestriction:                   "the load balancer calls its targets at other ports",
	trace.VPCEServiceNotInstalledInAZ:             "the service is not in the zone of the endpoint",
}

// cure takes a blocker away. Why says why it can't.
func (p *patient) cure(h trace.Hop) (why string) {
	p.cures++
	switch h.Code {
	case trace.ENISGRulesMismatch, trace.SGHasNoRules, trace.SGReferencesNotPreserved, trace.UnknownPeeredSGs:
		p.allowByGroup(h)
	case trace.SubnetACLRestriction:
		return p.allowByACL(h)
	case trace.ENISourceDestCheckRestriction:
		p.iface(h.Interface).NoSourceDestCheck = true
	case trace.BadState:
		return p.start(p.iface(h.Interface))
	case trace.NoRouteToDestination:
		return p.addRoute(h)
	case trace.BadStateRoute:
		return p.mendRoute(h)
	case trace.IGWPublicIPAssociationForEgress:
		return p.givePublic(h)
	case trace.NoPossibleDestination:
		return p.attachGateway(h)
	case trace.VPCBlockPublicAccessEnabled:
		p.BlockPublicAccess = nil
	case trace.ZoneImpaired:
		p.ImpairedZones = slices.DeleteFunc(slices.Clone(p.ImpairedZones), func(z string) bool { return z == h.Note })
	default:
		if why = incurable[h.Code]; why == "" {
			why = "A CODE WITHOUT A WORD: " + h.Code.String()
		}
	}
	return why
}

func (p *patient) iface(id string) *subnet.Interface {
	i := slices.IndexFunc(p.Interfaces, func(e subnet.Interface) bool { return e.ID == id })
	if i < 0 {
		return nil
	}
	return &p.Interfaces[i]
}

func (p *patient) vpcOf(sub string) string {
	i := slices.IndexFunc(p.Subnets, func(s subnet.Subnet) bool { return s.ID == sub })
	if i < 0 {
		return ""
	}
	return p.Subnets[i].VPC
}

func only(a netip.Addr) netip.Prefix { return netip.PrefixFrom(a, a.BitLen()) }

// serviceOf is what a rule has to name to let a packet by, and nothing more.
func serviceOf(q packet.Packet) packet.Service {
	switch {
	case q.Protocol.HasPorts():
		return packet.Ports(q.Protocol, packet.PortRange{First: q.DstPort, Last: q.DstPort})
	case q.Protocol.IsICMP():
		return packet.ICMPType(q.Protocol, q.ICMPType)
	}
	return packet.Of(q.Protocol)
}

// allowByGroup gives the interface a group of its own with the one rule that is missing.
func (p *patient) allowByGroup(h trace.Hop) {
	e := p.iface(h.Interface)
	g := sg.Group{ID: fmt.Sprintf("cure-%d", p.cures), VPC: p.vpcOf(e.Subnet), Rules: []sg.Rule{
		{Direction: h.Direction, Service: serviceOf(h.Before), CIDR: only(h.Before.FarEnd(h.Direction))},
	}}
	p.SecurityGroups = append(p.SecurityGroups, g)
	e.Groups = append(slices.Clone(e.Groups), g.ID)
}

// allowByACL puts an entry for this packet before all others.
func (p *patient) allowByACL(h trace.Hop) string {
	i := slices.IndexFunc(p.NetworkACLs, func(a nacl.ACL) bool { return a.ID == h.ID })
	a := &p.NetworkACLs[i]
	if p.cures > 99 {
		return "no number is free"
	}
	a.Entries = append(slices.Clone(a.Entries), nacl.Entry{
		Number: p.cures, Direction: h.Direction, Action: nacl.Allow, Service: serviceOf(h.Before), CIDR: only(h.Before.FarEnd(h.Direction)),
	})
	return ""
}

// start lets the instance of an interface run.
func (p *patient) start(e *subnet.Interface) string {
	if e == nil || e.Attachment.Instance == "" {
		return "it is no instance's"
	}
	i := slices.IndexFunc(p.Instances, func(i vpc.Instance) bool { return i.ID == e.Attachment.Instance })
	p.Instances[i].State = vpc.Running
	return ""
}

// wayTo is a target that leads from a VPC to an address: a peering, or the internet gateway.
func (p *patient) wayTo(from string, a netip.Addr) (route.Target, bool) {
	for _, v := range p.VPCs {
		if v.ID == from || !v.Contains(a) {
			continue
		}
		for _, c := range p.Peerings {
			if other, ok := c.Other(from); ok && other == v.ID && c.Active() {
				return route.Target{Kind: route.PeeringConnection, ID: c.ID}, true
			}
		}
	}
	for _, g := range p.InternetGateways {
		if g.VPC == from && !a.IsPrivate() {
			return route.Target{Kind: route.InternetGateway, ID: g.ID}, true
		}
	}
	return route.Target{}, false
}

func (p *patient) table(id string) *route.Table {
	return &p.RouteTables[slices.IndexFunc(p.RouteTables, func(t route.Table) bool { return t.ID == id })]
}

const noWay = "no gateway or peering leads there"

// addRoute adds a route for the one address.
func (p *patient) addRoute(h trace.Hop) string {
	to, ok := p.wayTo(h.VPC, h.Before.Dst)
	if !ok {
		return noWay
	}
	t := p.table(h.ID)
	t.Routes = append(slices.Clone(t.Routes), route.Route{Destination: only(h.Before.Dst), Target: to})
	return ""
}

// mendRoute brings the target of a blackhole to life or, where it is gone, puts another one in its place.
func (p *patient) mendRoute(h trace.Hop) string {
	was := h.Rule.(*route.Route)
	switch to := was.Target; to.Kind {
	case route.Instance, route.NetworkInterface:
		for i := range p.Interfaces {
			if e := &p.Interfaces[i]; e.ID == to.ID || e.Attachment.Instance != "" && e.Attachment.Instance == to.ID {
				return p.start(e)
			}
		}
	case route.NATGateway:
		for i := range p.NATGateways {
			if g := &p.NATGateways[i]; g.ID == to.ID {
				g.State = gateway.NATAvailable
				return p.activate(h, was)
			}
		}
	case route.PeeringConnection:
		for i := range p.Peerings {
			if c := &p.Peerings[i]; c.ID == to.ID {
				c.Status = peering.Active
				return p.activate(h, was)
			}
		}
	}
	return p.addRoute(h)
}

// activate marks a route as alive again.
func (p *patient) activate(h trace.Hop, was *route.Route) string {
	t := p.table(h.ID)
	t.Routes = slices.Clone(t.Routes)
	for i := range t.Routes {
		if r := &t.Routes[i]; r.Target == was.Target && r.Destination == was.Destination {
			r.State = route.Active
		}
	}
	return ""
}

// givePublic gives the sender's private address a public one.
func (p *patient) givePublic(h trace.Hop) string {
	for i := range p.Interfaces {
		e := &p.Interfaces[i]
		for j := range e.Private {
			if p.vpcOf(e.Subnet) == h.VPC && e.Private[j].Private == h.Before.Src {
				e.Private = slices.Clone(e.Private)
				e.Private[j].Public = netip.AddrFrom4([4]byte{8, 8, 0, byte(p.cures)})
				return ""
			}
		}
	}
	return "nobody in the VPC has the source"
}

// attachGateway gives the VPC that is called an internet gateway.
func (p *patient) attachGateway(h trace.Hop) string {
	for _, e := range p.Interfaces {
		public := func(a subnet.Address) bool { return a.Public == h.Before.Dst }
		if h.Stage == trace.StageInternet && (slices.Contains(e.IPv6, h.Before.Dst) || slices.ContainsFunc(e.Private, public)) {
			p.InternetGateways = append(p.InternetGateways, gateway.Internet{ID: fmt.Sprintf("cure-%d", p.cures), VPC: p.vpcOf(e.Subnet)})
			return ""
		}
	}
	return "the VPC that is called is not part of the network"
}

// spot is what tells one blocker of a flow from another: where it is, why it drops, and which packet.
type spot struct {
	reply     bool
	stage     trace.Stage
	code      trace.Code
	at        string // the interface, or the subnet, or the resource
	direction packet.Direction
	packet    packet.Packet
}

// blocker is a blocker with its spot.
type blocker struct {
	trace.Hop
	spot
}

func blockersOf(f packetwalk.Flow) (list []blocker) {
	for i, h := range f.Blockers() {
		b := blocker{h, spot{i >= len(f.Forward.Drops()), h.Stage, h.Code, h.Interface, h.Direction, h.Before}}
		if b.at == "" {
			b.at = h.Subnet
		}
		if b.at == "" {
			b.at = h.ID
		}
		list = append(list, b)
	}
	return list
}

// remedy names what the cure of a blocker changes: two blockers may have the same, as both halves of an
// interface's source/destination check, or an ACL that the packet meets twice.
func (p *patient) remedy(h trace.Hop) string {
	switch h.Code {
	case trace.ENISourceDestCheckRestriction:
		return "check " + h.Interface
	case trace.VPCBlockPublicAccessEnabled:
		return "public access"
	case trace.ZoneImpaired:
		return "zone " + h.Note
	case trace.BadState:
		if e := p.iface(h.Interface); e != nil {
			return "start " + e.Attachment.Instance
		}
	case trace.BadStateRoute:
		to := h.Rule.(*route.Route).Target
		if e := p.iface(to.ID); e != nil && to.Kind == route.NetworkInterface {
			return "start " + e.Attachment.Instance
		}
		return "start " + to.ID
	case trace.NoRouteToDestination, trace.SubnetACLRestriction:
		return fmt.Sprint(h.ID, h.Direction, serviceOf(h.Before), h.Before.FarEnd(h.Direction), h.Before.Dst)
	case trace.IGWPublicIPAssociationForEgress:
		return fmt.Sprint(h.VPC, h.Before.Src)
	case trace.ENISGRulesMismatch, trace.SGHasNoRules, trace.SGReferencesNotPreserved, trace.UnknownPeeredSGs:
		return fmt.Sprint(h.Stage, h.Interface, h.Direction, h.Before)
	}
	return fmt.Sprint(h.Stage, h.Code, h.Interface, h.Subnet, h.ID, h.Direction, h.Before)
}

func has(list []blocker, p spot) bool {
	return slices.ContainsFunc(list, func(b blocker) bool { return b.spot == p })
}

// reached is how far a flow came: whether the request arrived, and how many hops let the packet by that was
// dropped.
type reached struct {
	works bool
	reply bool
	hops  int
}

func reachedBy(f packetwalk.Flow) reached {
	way := f.Forward
	if f.Verdict().Reply {
		way = f.Return
	}
	return reached{f.OK(), f.Verdict().Reply, len(way.Hops) - 1}
}

// furtherThan reports whether a flow that was cured of its first blocker came further: it works, or its
// request arrives and did not before, or more hops let it by. As many are enough where the blocker leaves no
// hop when it lets a packet by, as an instance that runs does, at an internet gateway, which gives one reason
// at a time (F4.004, F4.006), and at a route that leads into the sender's own subnet once it works, where the
// ACL is not asked (F6.011).
func (r reached) furtherThan(was reached, b trace.Hop) bool {
	silent := b.Code == trace.BadState || b.Code == trace.BadStateRoute || b.Code == trace.ZoneImpaired || b.Stage == trace.StageInternetGateway || b.Stage == trace.StageInternet
	switch {
	case r.works || r.reply && !was.reply:
		return true
	case r.reply != was.reply:
		return false
	}
	return r.hops > was.hops || silent && r.hops == was.hops
}

// again builds what was cured and opens the same connection.
func (p *patient) again(t *testing.T, f gen.Flow) packetwalk.Flow {
	t.Helper()
	n, err := packetwalk.Build(p.Config)
	require.NoError(t, err)
	flow, err := n.Connect(f.From, f.Packet)
	require.NoError(t, err)
	return flow
}

// cureAll takes away every blocker but one, and those that come to light then, until none is left that has a
// cure.
func (p *patient) cureAll(t *testing.T, f gen.Flow, flow packetwalk.Flow, but string) packetwalk.Flow {
	for range 60 {
		cured := false
		for _, b := range blockersOf(flow) {
			if p.remedy(b.Hop) != but && p.cure(b.Hop) == "" {
				cured = true
				break // one at a time: the next may have been the same
			}
		}
		if !cured {
			return flow
		}
		flow = p.again(t, f)
	}
	t.Errorf("%v: it never ends: %+v", f, flow)
	return flow
}

// shut lets a zone fail in some networks, and blocks public access in some.
func shut(cfg packetwalk.Config, seed uint64) packetwalk.Config {
	if seed%5 == 0 && slices.ContainsFunc(cfg.Subnets, func(s subnet.Subnet) bool { return s.Zone == "us-east-1b" }) {
		cfg.ImpairedZones = []string{"us-east-1b"}
	}
	if seed%3 == 0 {
		cfg.BlockPublicAccess = []vpc.BlockPublicAccess{{Mode: vpc.BPABidirectional + vpc.BPAMode(seed%2)}}
	}
	return cfg
}

// TestBlockersAreReal: every blocker that is listed stands in the way. Taking it away makes it vanish and,
// where it was the first, lets the packet come further; taking all away makes the connection work; taking all
// the others away does not.
func TestBlockersAreReal(t *testing.T) {
	cured, left := make(map[trace.Code]int), make(map[string]int)
	flows, working, alone, decisive := 0, 0, 0, 0
	bound := uint64(400)
	if testing.Short() {
		bound = 60
	}
	for seed := range bound {
		n, err := packetwalk.Build(shut(gen.Small(seed), seed))
		require.NoError(t, err)
		for _, f := range gen.Flows(n.Config(), seed, 20) {
			flow, ok := openDrawn(n, f)
			if !ok || flow.OK() {
				assert.Empty(t, flow.Blockers(), "%v: it works", f)
				continue
			}
			flows++
			list := blockersOf(flow)
			require.NotEmpty(t, list, "%v", f)
			for i, b := range list {
				p := &patient{Config: n.Config()}
				if why := p.cure(b.Hop); why != "" {
					left[b.Code.String()+": "+why]++
					continue
				}
				cured[b.Code]++
				after := p.again(t, f)
				assert.False(t, has(blockersOf(after), b.spot), "%v: %v is still there: %+v\nand was: %+v", f, b.Hop, after, flow)
				if i == 0 {
					assert.True(t, reachedBy(after).furtherThan(reachedBy(flow), b.Hop), "%v: without %v: %+v\nand was: %+v", f, b.Hop, after, flow)
				}
			}
			if after := (&patient{Config: n.Config()}).cureAll(t, f, flow, ""); after.OK() {
				working++
			} else {
				for _, b := range blockersOf(after) {
					why := (&patient{Config: n.Config()}).cure(b.Hop)
					assert.NotEmpty(t, why, "%v: has a cure: %v", f, b.Hop)
				}
			}
			for _, b := range list {
				alone++
				p := &patient{Config: n.Config()}
				mine := p.remedy(b.Hop)
				after := p.cureAll(t, f, flow, mine)
				if !slices.ContainsFunc(after.Blockers(), func(h trace.Hop) bool { return p.remedy(h) != mine }) {
					decisive++
				}
				assert.False(t, after.OK(), "%v: %v stands in nobody's way: %+v\nand was: %+v", f, b.Hop, after, flow)
			}
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
	}
	t.Logf("%d blocked flows, of which %d can be made to work; %d times all blockers but one were taken away, "+
		"%d times with nothing else left", flows, working, alone, decisive)
	for _, c := range slices.Sorted(maps.Keys(cured)) {
		t.Logf("cured  %5d  %v", cured[c], c)
	}
	for _, why := range slices.Sorted(maps.Keys(left)) {
		t.Logf("left   %5d  %s", left[why], why)
		assert.NotContains(t, why, "WITHOUT A WORD")
	}
	for _, c := range []trace.Code{
		trace.ENISGRulesMismatch, trace.SGHasNoRules, trace.SubnetACLRestriction, trace.ENISourceDestCheckRestriction, trace.BadState,
		trace.NoRouteToDestination, trace.BadStateRoute, trace.IGWPublicIPAssociationForEgress,
		trace.VPCBlockPublicAccessEnabled, trace.ZoneImpaired,
	} {
		assert.NotZero(t, cured[c], "%v", c)
	}
}
