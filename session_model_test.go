package packetwalk_test

import (
	"flag"
	"net/netip"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// slowNet is the network of the model: "web" with a public address, "one" and "two" behind a NAT gateway,
// "three" behind a NAT instance, "six" behind an egress-only gateway in a VPC of its own. What can change is
// here.
type slowNet struct {
	webIn   int  // what lets packets in to web: nothing, rules for the laptop, a rule for all, rules for all on some ports
	webOut  bool // its group lets everything out
	threeIn bool // the group of three lets everything in
	acl     int  // that of the public subnet: open, nothing comes in, nothing goes out
	two     bool // it is there
	eigw    bool // the egress-only gateway is there
}

const (
	nothingIn = iota
	laptopIn
	allIn
	somePortsIn
)

const (
	aclOpen = iota
	aclNothingIn
	aclNothingOut
)

// The addresses of the model.
var (
	laptopAddr, strangerAddr = addr("203.0.113.10"), addr("203.0.113.99")
	outside6                 = addr("2001:db8:ffff::10")
	webAddr, natAddr, niAddr = addr("10.0.0.10"), addr("10.0.0.11"), addr("10.0.0.12")
	oneAddr, twoAddr         = addr("10.0.1.10"), addr("10.0.1.11")
	threeAddr                = addr("10.0.2.10")
	sixAddr                  = addr("2600:1f00::10")
)

var (
	everybody4, everybody6 = netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")
	laptopOnly             = netip.PrefixFrom(laptopAddr, 32)
	insideOnly             = netip.MustParsePrefix("10.0.0.0/16")
)

// build makes the network as packetwalk takes it.
func (n slowNet) build(t *rapid.T) *packetwalk.Network {
	b := packetwalk.New()
	v, w := b.VPC("app", "10.0.0.0/16"), b.VPC("sixes", "10.6.0.0/16", "2600:1f00::/56")
	public := v.Subnet("public", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	web := public.Instance("web").PrivateIP("10.0.0.10").PublicIP()
	switch n.webIn {
	case laptopIn:
		web.Allow("tcp/22", laptop).Allow("udp/53", laptop).Allow("icmp", laptop).Allow("esp", laptop)
	case allIn:
		web.Allow("all", packetwalk.Anywhere)
	case somePortsIn:
		web.Allow("tcp/22", packetwalk.Anywhere).Allow("udp/53", packetwalk.Anywhere)
	}
	if !n.webOut {
		web.NoDefaultEgress()
	}
	ni := public.NATInstance("ni").PrivateIP("10.0.0.12").PublicIP().Allow("all", packetwalk.CIDR("10.0.0.0/16"))
	private := v.Subnet("private", "10.0.1.0/24").Route("0.0.0.0/0", public.NAT("nat"))
	private.Instance("one").PrivateIP("10.0.1.10")
	if n.two {
		private.Instance("two").PrivateIP("10.0.1.11")
	}
	three := v.Subnet("inner", "10.0.2.0/24").Route("0.0.0.0/0", ni).Instance("three").PrivateIP("10.0.2.10")
	if n.threeIn {
		three.Allow("all", packetwalk.Anywhere)
	}
	switch n.acl {
	case aclNothingIn:
		v.ACL("guard").For(public).AllowOut(100, "all", "0.0.0.0/0")
	case aclNothingOut:
		v.ACL("guard").For(public).AllowIn(100, "all", "0.0.0.0/0")
	}
	sixes := w.Subnet("six-subnet", "2600:1f00::/64")
	if n.eigw {
		sixes.Route("::/0", w.EgressOnlyInternetGateway("eigw"))
	}
	sixes.Instance("six").IPv6("2600:1f00::10")
	cfg := b.Config()
	for i := range cfg.Interfaces {
		if cfg.Interfaces[i].Attachment.Instance == "three" {
			cfg.Interfaces[i].Tracking = subnet.Tracking{TCPEstablished: 350 * time.Second, UDP: time.Minute, UDPStream: time.Minute}
		}
	}
	built, err := packetwalk.Build(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return built
}

func (n slowNet) timeoutsOf(at string) slowTimeouts {
	if at == "three" {
		return slowShort
	}
	return slowGroups
}

// rulesOf are the rules of the groups of an instance.
func (n slowNet) rulesOf(at string) (rules []slowRule) {
	in := func(proto packet.Protocol, port uint16, peer netip.Prefix) {
		rules = append(rules, slowRule{packet.Ingress, proto, port, peer})
	}
	switch {
	case at == "web" && n.webIn == laptopIn:
		in(packet.TCP, 22, laptopOnly)
		in(packet.UDP, 53, laptopOnly)
		in(packet.ICMP, 0, laptopOnly)
		in(packet.ESP, 0, laptopOnly)
	case at == "web" && n.webIn == allIn, at == "three" && n.threeIn:
		in(0, 0, everybody4)
	case at == "web" && n.webIn == somePortsIn:
		in(packet.TCP, 22, everybody4)
		in(packet.UDP, 53, everybody4)
	case at == "ni":
		in(0, 0, insideOnly)
	}
	if at == "web" && !n.webOut {
		return rules
	}
	return append(rules, slowRule{packet.Egress, 0, 0, everybody4}, slowRule{packet.Egress, 0, 0, everybody6})
}

// fate is what becomes of a packet.
type fate struct {
	code trace.Code
	at   string
}

// blocked is a fate at the groups of an instance; ok where they let the packet by.
func (m *slowSession) blocked(at string, dir packet.Direction, p packet.Packet, always bool) (f fate, ok bool) {
	if c := m.groups(at, dir, p, always); c != trace.NoCode {
		return fate{c, at + "-sg"}, true
	}
	return fate{}, false
}

// closed reports whether the ACL of the public subnet stops what comes in or goes out.
func (m *slowSession) closed(dir packet.Direction) bool {
	return m.acl == aclNothingIn && dir == packet.Ingress || m.acl == aclNothingOut && dir == packet.Egress
}

var byGuard = fate{trace.SubnetACLRestriction, "guard"}

// The ways of a packet in the network. P is as it is sent; from outside its destination is already the
// private address.

func (m *slowSession) toWeb(p packet.Packet) fate {
	if m.closed(packet.Ingress) {
		return byGuard
	}
	if f, no := m.blocked("web", packet.Ingress, p, false); no {
		return f
	}
	return fate{at: "web-eni"}
}

func (m *slowSession) fromWeb(p packet.Packet) fate {
	if f, no := m.blocked("web", packet.Egress, p, false); no {
		return f
	}
	if m.closed(packet.Egress) {
		return byGuard
	}
	return fate{at: "internet"}
}

// byNAT is the way out by the NAT gateway (F4.208): the ACL of its subnet stands on both legs. Sent is what
// it made of the packet.
func (m *slowSession) byNAT(from string, p packet.Packet, sent *packet.Packet) fate {
	if f, no := m.blocked(from, packet.Egress, p, true); no {
		return f
	}
	if m.closed(packet.Ingress) {
		return byGuard
	}
	if p.Protocol == packet.ESP {
		return fate{trace.ProtocolRestriction, "nat"} // F4.203
	}
	if !m.translates("nat", p, sent, slowNAT) {
		if p.Protocol != packet.TCP || p.Flags&packet.SYN != 0 && p.Flags&packet.RST == 0 {
			return fate{trace.NATNoSession, "nat"}
		}
		if p.Flags&packet.RST == 0 { // F4.212: a reset comes back
			rst := swapped(p)
			rst.Flags = packet.RST
			if !m.closed(packet.Egress) {
				m.groups(from, packet.Ingress, rst, true)
			}
		}
		return fate{trace.NATIdleTimeout, "nat"}
	}
	if m.closed(packet.Egress) {
		return byGuard
	}
	return fate{at: "internet"}
}

func (m *slowSession) toNAT(p packet.Packet) fate {
	if m.closed(packet.Ingress) {
		return byGuard
	}
	inside, ok := m.restores("nat", p)
	if !ok {
		return fate{trace.NATNoSession, "nat"}
	}
	if m.closed(packet.Egress) {
		return byGuard
	}
	name := "one"
	if inside.Dst == twoAddr {
		name = "two"
	}
	if name == "two" && !m.two {
		return fate{trace.NoSuchHost, "app"}
	}
	if f, no := m.blocked(name, packet.Ingress, inside, true); no {
		return f
	}
	return fate{at: name + "-eni"}
}

// byInstance is the way out by the NAT instance, whose groups are asked twice (F4.303).
func (m *slowSession) byInstance(p packet.Packet, sent *packet.Packet) fate {
	if f, no := m.blocked("three", packet.Egress, p, false); no {
		return f
	}
	if m.closed(packet.Ingress) {
		return byGuard
	}
	if f, no := m.blocked("ni", packet.Ingress, p, false); no {
		return f
	}
	if !m.translates("ni", p, sent, slowGroups) {
		return fate{trace.NATNoSession, "ni"}
	}
	out := p
	out.Src, out.SrcPort, out.ICMPID = niAddr, sent.SrcPort, sent.ICMPID
	if isErrorSlow(p) {
		out.Quoted.Dst, out.Quoted.DstPort = niAddr, sent.Quoted.DstPort
	}
	if f, no := m.blocked("ni", packet.Egress, out, false); no {
		return f
	}
	if m.closed(packet.Egress) {
		return byGuard
	}
	return fate{at: "internet"}
}

func (m *slowSession) toInstance(p packet.Packet) fate {
	if m.closed(packet.Ingress) {
		return byGuard
	}
	if f, no := m.blocked("ni", packet.Ingress, p, false); no {
		return f
	}
	inside, ok := m.restores("ni", p)
	if !ok {
		return fate{at: "ni-eni"}
	}
	if f, no := m.blocked("ni", packet.Egress, inside, false); no {
		return f
	}
	if m.closed(packet.Egress) {
		return byGuard
	}
	if f, no := m.blocked("three", packet.Ingress, inside, false); no {
		return f
	}
	return fate{at: "three-eni"}
}

// byEgressOnly and toSix are the two ways at the egress-only gateway (F4.101).
func (m *slowSession) byEgressOnly(p packet.Packet) fate {
	if f, no := m.blocked("six", packet.Egress, p, m.eigw); no {
		return f
	}
	if !m.eigw {
		return fate{trace.NoRouteToDestination, "sixes-main-rtb"}
	}
	for _, c := range slices.Clone(m.left) {
		switch {
		case goesOn(p, c.opened):
			if m.replaced(c, p) {
				continue
			}
			m.note(c, p, true)
			return fate{at: "internet"}
		case quotes(p, swapped(c.opened)):
			return fate{at: "internet"}
		}
	}
	if !opensSlow(p) {
		return fate{trace.EIGWNoSession, "eigw"}
	}
	m.add(&m.left, &remembered{at: "eigw", opened: p, timeouts: slowNAT}, p)
	return fate{at: "internet"}
}

func (m *slowSession) toSix(p packet.Packet) fate {
	if !m.eigw {
		return fate{trace.NoPossibleDestination, "internet"}
	}
	for _, c := range slices.Clone(m.left) {
		if !answersSlow(p, c.opened) && !quotes(p, c.opened) || m.replaced(c, p) {
			continue
		}
		m.note(c, p, false)
		if f, no := m.blocked("six", packet.Ingress, p, true); no {
			return f
		}
		return fate{at: "six-eni"}
	}
	return fate{trace.EIGWNoSession, "eigw"}
}

// way is a way through the modelled network.
type way struct {
	from     string
	src, dst netip.Addr
}

var ways = []way{
	{"web", webAddr, laptopAddr}, {"one", oneAddr, laptopAddr}, {"two", twoAddr, laptopAddr},
	{"three", threeAddr, laptopAddr}, {"six", sixAddr, outside6},
	{packetwalk.Internet, laptopAddr, webAddr}, {packetwalk.Internet, laptopAddr, natAddr},
	{packetwalk.Internet, laptopAddr, niAddr}, {packetwalk.Internet, outside6, sixAddr},
	{packetwalk.Internet, strangerAddr, webAddr},
}

// fate asks the model.
func (m *slowSession) fate(w way, p packet.Packet, sent *packet.Packet) fate {
	switch {
	case w.from == "web":
		return m.fromWeb(p)
	case w.from == "one" || w.from == "two":
		return m.byNAT(w.from, p, sent)
	case w.from == "three":
		return m.byInstance(p, sent)
	case w.from == "six":
		return m.byEgressOnly(p)
	case w.dst == webAddr:
		return m.toWeb(p)
	case w.dst == natAddr:
		return m.toNAT(p)
	case w.dst == niAddr:
		return m.toInstance(p)
	}
	return m.toSix(p)
}

// drawPacket draws a packet of a few connections, so that many are of the same.
func (m *slowSession) drawPacket(t *rapid.T, w way) packet.Packet {
	inside := w.from != packetwalk.Internet
	p := packet.Packet{Src: w.src, Dst: w.dst, Protocol: rapid.SampledFrom([]packet.Protocol{
		packet.TCP, packet.TCP, packet.TCP, packet.UDP, packet.UDP, packet.ICMP, packet.ESP,
	}).Draw(t, "protocol")}
	near, far := rapid.SampledFrom([]uint16{40000, 40001}).Draw(t, "port"), rapid.SampledFrom([]uint16{22, 22, 53, 80}).Draw(t, "service")
	// Who calls: the inside, or the outside calls web; the other end answers.
	calls := inside != (w.src == webAddr || w.dst == webAddr) || rapid.IntRange(0, 5).Draw(t, "odd") == 0
	switch {
	case p.Protocol.IsICMP():
		p.ICMPID, p.ICMPType = uint16(rapid.IntRange(1, 2).Draw(t, "id")), packet.ICMPEchoReply
		if calls == (w.from != packetwalk.Internet || w.dst == webAddr) {
			p.ICMPType = packet.ICMPEchoRequest
		}
		if w.dst.Is6() {
			p.Protocol, p.ICMPType = packet.ICMPv6, packet.ICMPv6EchoReply-p.ICMPType/8
		}
	case p.Protocol.HasPorts():
		if p.SrcPort, p.DstPort = near, far; inside == (w.src == webAddr || w.dst == webAddr) {
			p.SrcPort, p.DstPort = far, near
		}
		if p.Protocol == packet.TCP {
			p.Flags = rapid.SampledFrom([]packet.Flags{
				packet.SYN, packet.SYN, packet.SYN | packet.ACK, packet.SYN | packet.ACK, packet.ACK, packet.ACK, packet.ACK | packet.PSH,
				packet.FIN | packet.ACK, packet.FIN | packet.ACK, packet.RST, packet.RST | packet.ACK, 0,
			}).Draw(t, "flags")
		}
	}
	return p
}

// drawKnown draws a packet of a connection that something remembers, or an ICMP error about one, and the way
// that it takes.
func (m *slowSession) drawKnown(t *rapid.T) (w way, p packet.Packet, ok bool) {
	var all []*remembered
	for _, l := range m.lists() {
		all = append(all, *l...)
	}
	if len(all) == 0 {
		return w, p, false
	}
	c := rapid.SampledFrom(all).Draw(t, "connection")
	onward, kind := c.opened, rapid.IntRange(0, 9).Draw(t, "kind")
	if kind < 5 { // an answer to it
		if c.outside.Dst.IsValid() {
			onward = c.outside
		}
		p, ok = onward.Reply()
	} else {
		p, ok = onward, true
	}
	if !ok {
		return w, p, false
	}
	switch {
	case kind == 4 || kind == 9: // an error from who would get this packet
		back := p
		p = back.TooBig(back.Dst)
		if !back.Is6() {
			p.ICMPCode = 3
		}
	case p.Protocol == packet.TCP:
		p.Flags = rapid.SampledFrom([]packet.Flags{
			packet.SYN, packet.SYN | packet.ACK, packet.ACK, packet.ACK, packet.ACK, packet.ACK | packet.PSH,
			packet.FIN | packet.ACK, packet.FIN | packet.ACK, packet.RST,
		}).Draw(t, "flags")
	}
	for _, w := range ways {
		if w.src == p.Src && w.dst == p.Dst {
			return w, p, true
		}
	}
	return w, p, false
}

// slowTest is the model beside two sessions, of which one is asked for the hops and one for the verdict
// alone.
type slowTest struct {
	m         slowSession
	full, now *packetwalk.Session
	public    map[netip.Addr]netip.Addr // of a private one
	counts    map[fate]int
}

func newSlowTest(t *rapid.T, n slowNet) *slowTest {
	built := n.build(t)
	s := &slowTest{
		m: slowSession{slowNet: n}, full: built.NewSession(time.Time{}), now: built.NewSession(time.Time{}),
		public: make(map[netip.Addr]netip.Addr), counts: make(map[fate]int),
	}
	s.findAddresses(built)
	return s
}

func (s *slowTest) findAddresses(n *packetwalk.Network) {
	for _, e := range n.Config().Interfaces {
		for _, a := range e.Private {
			if e.Kind == subnet.NATGateway {
				s.public[natAddr] = a.Public
				continue
			}
			s.public[a.Private] = a.Public
		}
	}
}

// send sends a packet to the sessions and to the model, and holds them to each other.
func (s *slowTest) send(t *rapid.T, w way, p packet.Packet) {
	if w.from == "two" && !s.m.two {
		return
	}
	asked := p
	if w.from == packetwalk.Internet && p.Dst.Is4() {
		asked.Dst = s.public[p.Dst]
	}
	tr, err := s.full.Send(w.from, asked)
	if err != nil {
		t.Fatal(err)
	}
	source, err := s.now.Network().Source(w.from)
	if err != nil {
		t.Fatal(err)
	}
	if v := s.now.Verdict(source, asked); v != tr.Verdict {
		t.Fatalf("%s %v: Verdict says %v, Send %v", w.from, p, v, tr.Verdict)
	}
	sent := tr.Last
	switch w.from {
	case "one", "two":
		sent.Src = natAddr
	case "three":
		sent.Src = niAddr
	}
	for at, from := range map[string]netip.Addr{"nat": natAddr, "ni": niAddr} {
		if sent.Src == from && tr.Delivered() && !isErrorSlow(p) && s.m.taken(at, sent, p) {
			t.Fatalf("%s %v leaves as %v, which another connection has (F4.204)", w.from, p, sent)
		}
	}
	want := s.m.fate(w, p, &sent)
	if got := (fate{tr.Verdict.Code, tr.Verdict.ID}); got != want {
		t.Fatalf("%s %v: the session says %v, the model %v\n%s", w.from, p, got, want, tr.Table())
	}
	if p.Protocol.HasPorts() && tr.Delivered() && tr.Last.SrcPort != sent.SrcPort {
		t.Fatalf("%s %v left from port %d, and now from %d", w.from, p, sent.SrcPort, tr.Last.SrcPort)
	}
	s.counts[fate{code: want.code}]++
}

// idles are the times that go by: around every timeout.
var idles = []int{0, 1, 10, 29, 30, 31, 59, 60, 61, 119, 120, 121, 179, 180, 181, 349, 350, 351, 599, 600, 601, 3600, 431999, 432000, -5}

// walkSlow is one run of the model and the sessions.
func walkSlow(t *rapid.T) map[fate]int {
	s := newSlowTest(t, slowNet{webIn: laptopIn, two: true, eigw: true})
	t.Repeat(map[string]func(*rapid.T){
		"any": func(t *rapid.T) {
			w := rapid.SampledFrom(ways).Draw(t, "way")
			s.send(t, w, s.m.drawPacket(t, w))
		},
		"known": func(t *rapid.T) {
			if w, p, ok := s.m.drawKnown(t); ok {
				s.send(t, w, p)
			}
		},
		"known again": func(t *rapid.T) {
			if w, p, ok := s.m.drawKnown(t); ok {
				s.send(t, w, p)
			}
		},
		"advance": func(t *rapid.T) {
			d := time.Duration(rapid.SampledFrom(idles).Draw(t, "seconds")) * time.Second
			s.full.Advance(d)
			s.now.Advance(d)
			s.m.advance(d)
		},
		"apply": func(t *rapid.T) {
			n := slowNet{
				webIn: rapid.IntRange(nothingIn, somePortsIn).Draw(t, "web in"), webOut: rapid.Bool().Draw(t, "web out"),
				threeIn: rapid.Bool().Draw(t, "three in"), two: rapid.IntRange(0, 3).Draw(t, "two") > 0,
				eigw: rapid.IntRange(0, 3).Draw(t, "eigw") > 0,
			}
			if rapid.IntRange(0, 2).Draw(t, "closed") == 0 {
				n.acl = rapid.IntRange(aclNothingIn, aclNothingOut).Draw(t, "acl")
			}
			built := n.build(t)
			for _, session := range []*packetwalk.Session{s.full, s.now} {
				if err := session.Apply(built); err != nil {
					t.Fatal(err)
				}
			}
			s.findAddresses(built)
			s.m.apply(n)
		},
		"": func(t *rapid.T) {
			if full, now := s.full.Live(), s.now.Live(); full != s.m.live() || now != full {
				t.Fatalf("live: Send %d, Verdict %d, the model %d", full, now, s.m.live())
			}
		},
	})
	return s.counts
}

// TestSessionAgainstModel holds sessions to the model, packet by packet (F4.101, F4.204-F4.210, F4.212,
// F5.201-F5.207, F5.209, F5.210, F1.511).
func TestSessionAgainstModel(t *testing.T) {
	counts := make(map[fate]int)
	checks := "400"
	if testing.Short() {
		checks = "100"
	}
	setFlag(t, "rapid.checks", "100", checks)
	setFlag(t, "rapid.steps", "30", "150")
	rapid.Check(t, func(t *rapid.T) {
		for f, n := range walkSlow(t) {
			counts[f] += n
		}
	})
	for f, n := range counts {
		t.Logf("%-30v %d", f.code, n)
	}
	if testing.Short() {
		return // too few packets to have met all
	}
	for _, c := range []trace.Code{
		trace.NoCode, trace.SGHasNoRules, trace.ENISGRulesMismatch, trace.SubnetACLRestriction, trace.NATNoSession, trace.NATIdleTimeout,
		trace.EIGWNoSession, trace.NoSuchHost, trace.NoRouteToDestination, trace.NoPossibleDestination,
	} {
		if counts[fate{code: c}] == 0 {
			t.Errorf("no packet met %v", c)
		}
	}
}

// setFlag sets a flag for the time of a test, unless somebody has set it on the command line.
func setFlag(t *testing.T, name, normal, value string) {
	t.Helper()
	f := flag.Lookup(name)
	if f.Value.String() != normal {
		return
	}
	_ = flag.Set(name, value)
	t.Cleanup(func() { _ = flag.Set(name, normal) })
}

// FuzzSession is the same, led by what the fuzzer finds.
func FuzzSession(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { walkSlow(t) }))
}
