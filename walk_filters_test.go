package packetwalk_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/peering"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// groupRules writes rules as "tcp/443 0.0.0.0/0, all sg:web-sg, udp pl:list".
func groupRules(d packet.Direction, text string) (rules []sg.Rule) {
	if text == "" {
		return nil
	}
	for one := range strings.SplitSeq(text, ", ") {
		service, peer, _ := strings.Cut(one, " ")
		r := sg.Rule{Direction: d, Service: packet.MustParseService(service)}
		switch kind, id, _ := strings.Cut(peer, ":"); kind {
		case "sg":
			r.Group = id
		case "pl":
			r.PrefixList = id
		default:
			r.CIDR = netip.MustParsePrefix(peer)
		}
		rules = append(rules, r)
	}
	return rules
}

// groupNet has two hosts in each of two subnets, with a group each. Host a calls: out are the rules of its
// group, which lets nothing in; in are those of b's, which lets nothing out.
func groupNet(out, in string) packetwalk.Config {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	v.Route("0.0.0.0/0", v.InternetGateway("igw"))
	one, two := v.Subnet("one", "10.0.1.0/24", "2001:db8:1:1::/64"), v.Subnet("two", "10.0.2.0/24", "2001:db8:1:2::/64")
	fellow := v.Group("fellow-sg")
	stranger := one.Instance("stranger").PrivateIP("10.0.1.99")
	one.Instance("a").PrivateIP("10.0.1.10").IPv6("2001:db8:1:1::10").NoDefaultEgress().Groups(fellow)
	one.Instance("near").PrivateIP("10.0.1.20").NoDefaultEgress().Groups(fellow)
	two.Instance("b").PrivateIP("10.0.2.10").IPv6("2001:db8:1:2::10").NoDefaultEgress().Groups(fellow)
	stranger.Groups(v.Group("guests-sg").Allow("all", packetwalk.Anywhere))
	cfg := b.Config()
	cfg.PrefixLists = []route.PrefixList{
		{ID: "hosts", Name: "hosts", Entries: []netip.Prefix{netip.MustParsePrefix("10.0.1.10/32"), netip.MustParsePrefix("10.0.2.10/32")}},
		{ID: "others", Name: "others", Entries: []netip.Prefix{netip.MustParsePrefix("10.9.0.0/16")}},
	}
	for i := range cfg.Interfaces {
		if e := &cfg.Interfaces[i]; e.ID == "a-eni" {
			e.Private = append(e.Private, subnet.Address{Private: addr("10.0.1.11")})
		}
	}
	for i := range cfg.SecurityGroups {
		switch g := &cfg.SecurityGroups[i]; g.ID {
		case "a-sg":
			g.Rules = groupRules(packet.Egress, out)
		case "b-sg", "near-sg":
			g.Rules = groupRules(packet.Ingress, in)
		case "fellow-sg":
			g.Rules = nil // membership alone grants nothing (F5.004)
		}
	}
	return cfg
}

const every = "all 0.0.0.0/0, all ::/0"

func TestWalkGroups(t *testing.T) {
	const b6 = "2001:db8:1:2::10"
	shutA, shutB := drops(trace.SGHasNoRules, "a-sg,fellow-sg"), drops(trace.SGHasNoRules, "b-sg,fellow-sg")
	noA, noB := drops(trace.ENISGRulesMismatch, "a-sg,fellow-sg"), drops(trace.ENISGRulesMismatch, "b-sg,fellow-sg")
	for _, c := range []struct {
		name, out, in, to, service string
		want                       outcome
	}{
		{"F5.001 a rule lets it by", every, "tcp/443 10.0.1.0/24", "b", "tcp/443", works},
		{"F5.001 no match, no way in", every, "tcp/443 10.0.1.0/24", "b", "tcp/444", noB},
		{"F5.001 no match for the peer", every, "tcp/443 10.0.3.0/24", "b", "tcp/443", noB},
		{"F5.001 the rules are one union", every, "tcp/443 10.0.3.0/24, tcp/443 10.0.1.10/32", "b", "tcp/443", works},
		{"F5.002 no rules in, nothing in", every, "", "b", "tcp/443", shutB},
		{"F5.002 no rules out, nothing out", "", every, "b", "tcp/443", shutA},
		{"F5.001 out by the rule that matches", "tcp/443 10.0.2.0/24", every, "b", "tcp/443", works},
		{"F5.001 out by no other", "tcp/443 10.0.2.0/24", every, "b", "tcp/80", noA},
		{"F5.004 membership grants nothing", every, "all sg:stranger-sg", "b", "tcp/443", noB},
		{"F5.005 a prefix list as source", every, "tcp/443 pl:hosts", "b", "tcp/443", works},
		{"F5.005 a prefix list without the source", every, "tcp/443 pl:others", "b", "tcp/443", noB},
		{"F5.005 a prefix list as destination", "tcp/443 pl:hosts", every, "b", "tcp/443", works},
		{"F5.005 a group as destination", "tcp/443 sg:b-sg", every, "b", "tcp/443", works},
		{"F5.006 -1 is every protocol: ESP", every, "-1 10.0.1.0/24", "b", "esp", works},
		{"F5.006 -1 is every protocol: UDP", every, "-1 10.0.1.0/24", "b", "udp/9", works},
		{"F5.006 a protocol by its number", every, "47 10.0.1.0/24", "b", "gre", works},
		{"F5.006 another protocol is not meant", every, "47 10.0.1.0/24", "b", "esp", noB},
		{"F5.006 UDP is not TCP", every, "tcp/53 10.0.1.0/24", "b", "udp/53", noB},
		{"F5.007 an ICMP type", every, "icmp/echo-request 10.0.1.0/24", "b", "icmp/echo-request", works},
		{"F5.007 another ICMP type", every, "icmp/echo-request 10.0.1.0/24", "b", "icmp/timestamp-request", noB},
		{"F5.007 all ICMP types", every, "icmp/-1/-1 10.0.1.0/24", "b", "icmp/timestamp-request", works},
		{"F5.008 ports are destination ports", every, "tcp/49152 10.0.1.0/24", "b", "tcp/443", noB},
		{"F5.008 the port range counts its ends", every, "tcp/440-443 10.0.1.0/24", "b", "tcp/443", works},
		{"F5.009 an IPv4 rule is for IPv4", every, "tcp/443 0.0.0.0/0", b6, "tcp/443", noB},
		{"F5.009 an IPv6 rule is for IPv6", every, "tcp/443 ::/0", "b", "tcp/443", noB},
		{"F5.009 an IPv6 rule lets IPv6 in", every, "tcp/443 2001:db8:1:1::/64", b6, "tcp/443", works},
		{"F5.009 out by IPv4 only", "all 0.0.0.0/0", every, b6, "tcp/443", noA},
		{"F5.009 icmpv6 is no ICMP", every, "icmpv6 ::/0", "b", "icmp/echo-request", noB},
		{"F5.009 icmpv6 over IPv6", every, "icmpv6 ::/0", b6, "icmpv6/echo-request", works},
		{"F5.010 the answer needs no rule: TCP", "tcp/443 10.0.2.0/24", "tcp/443 10.0.1.0/24", "b", "tcp/443", works},
		{"F5.010 the answer needs no rule: UDP", "udp/53 10.0.2.0/24", "udp/53 10.0.1.0/24", "b", "udp/53", works},
		{"F5.010 the answer needs no rule: ICMP", "icmp/echo-request 10.0.2.0/24", "icmp/echo-request 10.0.1.0/24", "b", "icmp/echo-request", works},
		{"F5.010 the answer needs no rule: GRE", "gre 10.0.2.0/24", "gre 10.0.1.0/24", "b", "gre", works},
		{"F5.010 the answer needs no rule: IPv6", "tcp/443 ::/0", "tcp/443 ::/0", b6, "tcp/443", works},
		{"F5.011 neighbours are filtered too", every, "", "near", "tcp/443", drops(trace.SGHasNoRules, "near-sg,fellow-sg")},
		{"F5.011 neighbours are let by too", every, "tcp/443 10.0.1.0/24", "near", "tcp/443", works},
		{"F5.101 a group is its members", every, "tcp/443 sg:a-sg", "b", "tcp/443", works},
		{"F5.101 a group is its members, IPv6", every, "tcp/443 sg:a-sg", b6, "tcp/443", works},
		{"F5.101 a group is not others' addresses", every, "tcp/443 sg:stranger-sg", "b", "tcp/443", noB},
		{"F5.101 a group as destination is not others' addresses", "tcp/443 sg:stranger-sg", every, "b", "tcp/443", noA},
		{"F5.103 no rule of the group is copied", every, "tcp/443 sg:guests-sg", "b", "tcp/443", noB},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, groupNet(c.out, c.in))
			checkWalk(t, n, walkCase{from: "a", to: c.to, service: c.service, want: c.want})
		})
	}
	t.Run("F5.102 a secondary address is a member's too", func(t *testing.T) {
		n := mustNetwork(t, groupNet("all sg:b-sg", "tcp/443 sg:a-sg"))
		f, err := n.Connect("a", packet.Packet{Src: addr("10.0.1.11"), Dst: addr("10.0.2.10"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443})
		require.NoError(t, err)
		checkOutcome(t, f, works)
	})
}

// TestWalkDefaultGroup: F5.003, an interface without groups has the default one, which knows itself.
func TestWalkDefaultGroup(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	s := v.Subnet("one", "10.0.1.0/24", "2001:db8:1:1::/64")
	s.Instance("a").IPv6("2001:db8:1:1::a")
	s.Instance("b").IPv6("2001:db8:1:1::b")
	s.Instance("other").IPv6("2001:db8:1:1::c").Allow("tcp/80", packetwalk.Anywhere, packetwalk.AnywhereIPv6)
	cfg := b.Config()
	for i := range cfg.Interfaces {
		if e := &cfg.Interfaces[i]; e.ID != "other-eni" {
			e.Groups = nil
		}
	}
	runWalks(t, mustNetwork(t, cfg), []walkCase{
		{"F5.003 members reach each other", "a", "b", "tcp/443", works},
		{"F5.003 members reach each other, IPv6", "a", "2001:db8:1:1::b", "udp/443", works},
		{"F5.003 others do not", "other", "a", "tcp/443", drops(trace.ENISGRulesMismatch, "app-default-sg")},
		{"F5.003 members reach others", "a", "other", "tcp/80", works},
		{"F5.003 members reach others, IPv6", "a", "2001:db8:1:1::c", "tcp/80", works},
		{"F5.002 a new group lets all out, nothing in", "other", "a", "icmp/echo-request", drops(trace.ENISGRulesMismatch, "app-default-sg")},
	})
}

// TestWalkLostIdentity: F5.108 and F5.110, what forwards or translates a packet discards whose it is.
func TestWalkLostIdentity(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	mid := v.Subnet("mid", "10.0.3.0/24")
	fw := mid.Appliance("fw").Allow("all", packetwalk.Anywhere)
	box := mid.NATInstance("box").Allow("all", packetwalk.Anywhere)
	a := v.Subnet("one", "10.0.1.0/24").Route("10.0.2.0/24", fw).Instance("a")
	c := v.Subnet("three", "10.0.4.0/24").Route("10.0.2.0/24", box).Instance("c")
	direct := v.Subnet("four", "10.0.5.0/24").Instance("direct")
	v.Subnet("two", "10.0.2.0/24").Instance("b").Allow("tcp/443", a, c, direct).Allow("tcp/80", packetwalk.CIDR("10.0.1.0/24")).Allow("tcp/81", box)
	lost := drops(trace.SGReferencesNotPreserved, "b-sg")
	runWalks(t, mustNetwork(t, b), []walkCase{
		{"F5.101 straight, a group is known", "direct", "b", "tcp/443", works},
		{"F5.108 through an appliance it is not", "a", "b", "tcp/443", lost},
		{"F5.108 a CIDR block is", "a", "b", "tcp/80", works},
		{"F5.110 through a NAT instance it is not", "c", "b", "tcp/443", lost},
		{"F5.110 but that of the NAT instance is", "c", "b", "tcp/81", works},
	})
}

// peerGroups has a host in each of two VPCs, each of whose groups name the other's.
func peerGroups(region string, status peering.Status) *packetwalk.Builder {
	b := packetwalk.New()
	v, w := b.VPC("app", "10.0.0.0/16"), b.VPC("peer", "10.1.0.0/16").Region(region)
	b.Peer(v, w).Status(status)
	a := v.Subnet("one", "10.0.1.0/24").Instance("a").NoDefaultEgress()
	c := w.Subnet("two", "10.1.1.0/24").Instance("c").Allow("tcp/443", a)
	a.AllowOut("tcp/443", c).AllowOut("tcp/80", packetwalk.CIDR("10.1.0.0/16"))
	return b
}

func TestWalkGroupsOverPeering(t *testing.T) {
	for _, c := range []struct {
		status peering.Status
		walkCase
	}{
		{peering.Active, walkCase{"F5.104 a group of the peer VPC as source, F5.105 and as destination", "a", "c", "tcp/443", works}},
		{peering.Deleted, walkCase{"F5.111 the rule grants nothing once the peering is deleted", "a", "c", "tcp/443", drops(trace.ENISGRulesMismatch, "a-sg")}},
		{peering.Deleted, walkCase{"F8.014 references need an active peering", "a", "c", "tcp/443", drops(trace.ENISGRulesMismatch, "a-sg")}},
		{peering.PendingAcceptance, walkCase{"F5.111 nor does it before", "a", "c", "tcp/443", drops(trace.ENISGRulesMismatch, "a-sg")}},
	} {
		t.Run(c.name, func(t *testing.T) { checkWalk(t, mustNetwork(t, peerGroups("us-east-1", c.status)), c.walkCase) })
	}
	t.Run("F5.111 the stale rule remains", func(t *testing.T) {
		n := mustNetwork(t, peerGroups("us-east-1", peering.Deleted))
		var stale []string
		for _, w := range n.Warnings() {
			if w.Code == packetwalk.StaleRule {
				stale = append(stale, w.ID)
			}
		}
		assert.Equal(t, []string{"a-sg", "c-sg"}, stale)
	})
	_, err := peerGroups("eu-west-1", peering.Active).Build()
	assert.ErrorIs(t, err, packetwalk.ErrInvalid, "F5.106 no group references between Regions")
	assert.ErrorContains(t, err, "another Region")
}

func TestWalkGroupMistakes(t *testing.T) {
	add := func(r sg.Rule) func(*packetwalk.Config) {
		r.Direction, r.Service = packet.Ingress, packet.All()
		return func(c *packetwalk.Config) { c.SecurityGroups[0].Rules = []sg.Rule{r} }
	}
	network := func() *packetwalk.Builder {
		b := packetwalk.New()
		b.VPC("app", "10.0.0.0/16").Group("g")
		b.VPC("apart", "10.1.0.0/16").Group("far-sg")
		return b
	}
	runMistakes(t, network, []mistakeCase{
		{"F5.005 one peer, not two", add(sg.Rule{CIDR: netip.MustParsePrefix("10.0.0.0/8"), Group: "g"}), "g", "Rules[0]", packetwalk.ErrInvalid},
		{"F5.005 one peer, not none", add(sg.Rule{}), "g", "Rules[0]", packetwalk.ErrInvalid},
		{"F5.104 a group that is not there", add(sg.Rule{Group: "gone"}), "g", "Rules[0].Group", packetwalk.ErrNotFound},
		{"F5.104 a group of a VPC that is not peered", add(sg.Rule{Group: "far-sg"}), "g", "Rules[0].Group", packetwalk.ErrInvalid},
		{"F5.014 names are unique in a VPC", func(c *packetwalk.Config) {
			c.SecurityGroups = append(c.SecurityGroups, sg.Group{ID: "h", Name: "g", VPC: "app"})
		}, "h", "Name", packetwalk.ErrDuplicate},
		{"F6.001 a subnet has one ACL", func(c *packetwalk.Config) {
			c.Subnets = append(c.Subnets, subnet.Subnet{ID: "s", VPC: "app", CIDR: netip.MustParsePrefix("10.0.1.0/24")})
			c.NetworkACLs = append(c.NetworkACLs, nacl.ACL{ID: "x", VPC: "app", Subnets: []string{"s"}}, nacl.ACL{ID: "y", VPC: "app", Subnets: []string{"s"}})
		}, "y", "Subnets[0]", packetwalk.ErrDuplicate},
		{"F6.002 a number stands once a direction", func(c *packetwalk.Config) {
			c.NetworkACLs = append(c.NetworkACLs, nacl.ACL{ID: "x", VPC: "app", Entries: append(aclEntries("in 100 allow all 0.0.0.0/0"), aclEntries("in 100 deny all 0.0.0.0/0")...)})
		}, "x", "Entries[1]", packetwalk.ErrDuplicate},
		{"F6.002 numbers end at 32766", func(c *packetwalk.Config) {
			c.NetworkACLs = append(c.NetworkACLs, nacl.ACL{ID: "x", VPC: "app", Entries: aclEntries("in 32767 allow all 0.0.0.0/0")})
		}, "x", "Entries[0].Number", packetwalk.ErrInvalid},
	})
}

// aclEntries writes entries as "in 100 allow tcp/443 0.0.0.0/0, out 100 deny all ::/0".
func aclEntries(text string) (entries []nacl.Entry) {
	if text == "" {
		return nil
	}
	for one := range strings.SplitSeq(text, ", ") {
		var dir, action, service, cidr string
		var e nacl.Entry
		if _, err := fmt.Sscan(one, &dir, &e.Number, &action, &service, &cidr); err != nil {
			panic(err)
		}
		e.Direction, e.Action = packet.Ingress, nacl.Allow
		if dir == "out" {
			e.Direction = packet.Egress
		}
		if action == "deny" {
			e.Action = nacl.Deny
		}
		e.Service, e.CIDR = packet.MustParseService(service), netip.MustParsePrefix(cidr)
		entries = append(entries, e)
	}
	return entries
}

// aclNet has host a in one subnet, host b in another, and near beside a, all with open groups.
func aclNet(one, two string) packetwalk.Config {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	igw := v.InternetGateway("igw")
	open := func(i *packetwalk.InstanceHandle) { i.Allow("all", packetwalk.Anywhere, packetwalk.AnywhereIPv6) }
	first, second := v.Subnet("one", "10.0.1.0/24", "2001:db8:1:1::/64"), v.Subnet("two", "10.0.2.0/24", "2001:db8:1:2::/64")
	open(first.Instance("a").PrivateIP("10.0.1.10").IPv6("2001:db8:1:1::10"))
	open(first.Instance("near").PrivateIP("10.0.1.20"))
	open(second.Route("0.0.0.0/0", igw).Instance("b").PrivateIP("10.0.2.10").IPv6("2001:db8:1:2::10").ElasticIP("198.51.100.2"))
	v.ACL("acl-1").For(first)
	v.ACL("acl-2").For(second)
	cfg := b.Config()
	cfg.NetworkACLs[0].Entries, cfg.NetworkACLs[1].Entries = aclEntries(one), aclEntries(two)
	return cfg
}

const allowAll = "in 100 allow all 0.0.0.0/0, out 100 allow all 0.0.0.0/0, in 101 allow all ::/0, out 101 allow all ::/0"

func TestWalkACLs(t *testing.T) {
	const b6 = "2001:db8:1:2::10"
	no1, no2 := drops(trace.SubnetACLRestriction, "acl-1"), drops(trace.SubnetACLRestriction, "acl-2")
	noReply1, noReply2 := replyDrops(trace.SubnetACLRestriction, "acl-1"), replyDrops(trace.SubnetACLRestriction, "acl-2")
	const out2 = ", out 100 allow all 0.0.0.0/0"
	for _, c := range []struct {
		name, one, two, from, to, service string
		want                              outcome
	}{
		{"F6.002 the first match decides: deny", allowAll, "in 90 deny tcp/443 10.0.1.0/24, " + allowAll, "a", "b", "tcp/443", no2},
		{"F6.002 the first match decides: allow", allowAll, "in 110 deny tcp/443 10.0.1.0/24, " + allowAll, "a", "b", "tcp/443", works},
		{"F6.002 the order of writing does not", allowAll, allowAll + ", in 90 deny all 10.0.1.0/24", "a", "b", "tcp/443", no2},
		{"F6.002 the two directions are apart", allowAll, "out 90 deny tcp/443 0.0.0.0/0, " + allowAll, "a", "b", "tcp/443", works},
		{"F6.003 the last entry denies", allowAll, "in 100 allow tcp/80 0.0.0.0/0" + out2, "a", "b", "tcp/443", no2},
		{"F6.005 a new ACL denies everything out", "", allowAll, "a", "b", "tcp/443", no1},
		{"F6.005 a new ACL denies everything in", allowAll, "", "a", "b", "tcp/443", no2},
		{"F6.006 the answer needs an entry out", allowAll, "in 100 allow tcp/443 0.0.0.0/0", "a", "b", "tcp/443", noReply2},
		{"F6.006 the answer needs an entry in", "out 100 allow all 0.0.0.0/0", allowAll, "a", "b", "tcp/443", noReply1},
		{"F6.006 ephemeral ports let the answer by", "out 100 allow tcp/443 0.0.0.0/0, in 100 allow tcp/1024-65535 0.0.0.0/0", "in 100 allow tcp/443 0.0.0.0/0, out 100 allow tcp/1024-65535 0.0.0.0/0", "a", "b", "tcp/443", works},
		{"F6.006 the service's port does not", "out 100 allow tcp/443 0.0.0.0/0, in 100 allow tcp/443 0.0.0.0/0", allowAll, "a", "b", "tcp/443", noReply1},
		{"F6.006 UDP answers too", allowAll, "in 100 allow udp/53 0.0.0.0/0", "a", "b", "udp/53", noReply2},
		{"F6.006 an echo reply is no echo request", allowAll, "in 100 allow icmp/echo-request 0.0.0.0/0, out 100 allow icmp/echo-request 0.0.0.0/0", "a", "b", "icmp/echo-request", noReply2},
		{"F6.006 an echo reply by its own entry", allowAll, "in 100 allow icmp/echo-request 0.0.0.0/0, out 100 allow icmp/echo-reply 0.0.0.0/0", "a", "b", "icmp/echo-request", works},
		{"F6.007 in matches the source", allowAll, "in 100 allow all 10.0.2.0/24" + out2, "a", "b", "tcp/443", no2},
		{"F6.007 in matches the source, let by", allowAll, "in 100 allow all 10.0.1.0/24" + out2, "a", "b", "tcp/443", works},
		{"F6.007 out matches the destination", "out 100 allow all 10.0.1.0/24, in 100 allow all 0.0.0.0/0", allowAll, "a", "b", "tcp/443", no1},
		{"F6.007 out matches the destination, let by", "out 100 allow all 10.0.2.0/24, in 100 allow all 0.0.0.0/0", allowAll, "a", "b", "tcp/443", works},
		{"F6.007 the port is the destination's", allowAll, "in 100 allow tcp/49152-65535 0.0.0.0/0" + out2, "a", "b", "tcp/443", no2},
		{"F6.008 a protocol by its number", allowAll, "in 100 allow 47 0.0.0.0/0" + out2, "a", "b", "gre", works},
		{"F6.008 and no other", allowAll, "in 100 allow 47 0.0.0.0/0" + out2, "a", "b", "esp", no2},
		{"F6.008 -1 is every protocol", allowAll, "in 100 allow -1 0.0.0.0/0" + out2, "a", "b", "esp", works},
		{"F6.009 an IPv4 entry is not for IPv6", allowAll, "in 100 allow all 0.0.0.0/0" + out2, "a", b6, "tcp/443", no2},
		{"F6.009 an IPv6 entry is not for IPv4", allowAll, "in 100 allow all ::/0" + out2, "a", "b", "tcp/443", no2},
		{"F6.009 an IPv6 deny does not touch IPv4", allowAll, "in 90 deny all ::/0, " + allowAll, "a", "b", "tcp/443", works},
		{"F6.009 an IPv6 entry for IPv6", allowAll, "in 100 allow tcp/443 ::/0, out 100 allow tcp/1024-65535 ::/0", "a", b6, "tcp/443", works},
		{"F6.011 neighbours meet no ACL", "", "", "a", "near", "tcp/443", works},
		{"F6.018 the ACL sees the private address, in", "", allowAll, "internet", "b", "tcp/443", works},
		{"F6.018 and not the public one, out", "", "in 100 allow all 0.0.0.0/0, out 90 deny all 198.51.100.2/32, out 100 allow all 0.0.0.0/0", "internet", "b", "tcp/443", works},
		{"F6.007 from the internet the source is the caller's", "", "in 90 deny all 203.0.113.0/24, " + allowAll, "internet", "b", "tcp/443", no2},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, aclNet(c.one, c.two))
			checkWalk(t, n, walkCase{from: c.from, to: c.to, service: c.service, want: c.want})
		})
	}
}

// TestWalkDefaultACL: F6.001 and F6.004, a subnet that no ACL names has the default one, which allows all.
func TestWalkDefaultACL(t *testing.T) {
	cfg := aclNet("", "")
	cfg.NetworkACLs[0].Subnets = nil
	cfg.NetworkACLs[1].Subnets = nil
	runWalks(t, mustNetwork(t, cfg), []walkCase{
		{"F6.004 all IPv4", "a", "b", "tcp/443", works},
		{"F6.004 all IPv6, where the VPC has it", "a", "2001:db8:1:2::10", "esp", works},
	})
	b := packetwalk.New()
	b.VPC("four", "10.0.0.0/16")
	for _, acl := range mustNetwork(t, b).Config().NetworkACLs {
		for _, e := range acl.Entries {
			assert.True(t, e.CIDR.Addr().Is4(), "F6.004 no IPv6 entry where the VPC has no IPv6: %v", e)
		}
	}
}

// TestWalkOrder: F6.017 and F6.019, the order of the controls, request and reply.
func TestWalkOrder(t *testing.T) {
	n := mustNetwork(t, aclNet(allowAll, allowAll))
	f, err := n.Probe("a", "b", "tcp/443")
	require.NoError(t, err)
	assert.Equal(t, []string{
		"network interface a-eni egress", "security group a-sg egress", "network ACL acl-1 egress", "route table app-main-rtb",
		"network ACL acl-2 ingress", "security group b-sg ingress", "network interface b-eni ingress",
	}, stagesOf(f.Forward))
	assert.Equal(t, []string{
		"network interface b-eni egress", "security group b-sg egress", "network ACL acl-2 egress", "route table two-rtb",
		"network ACL acl-1 ingress", "security group a-sg ingress", "network interface a-eni ingress",
	}, stagesOf(f.Return))

	t.Run("F6.017 out, the group is named before the ACL, in, the ACL before the group", func(t *testing.T) {
		cfg := aclNet("", "")
		for i := range cfg.SecurityGroups {
			cfg.SecurityGroups[i].Rules = nil
		}
		f, err := mustNetwork(t, cfg).Probe("a", "b", "tcp/443")
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.SGHasNoRules, "a-sg"))
		var blockers []string
		for _, h := range f.Forward.Drops() {
			blockers = append(blockers, h.ID+" "+h.Direction.String())
		}
		assert.Equal(t, []string{"a-sg egress", "acl-1 egress", "acl-2 ingress", "b-sg ingress"}, blockers)
	})
	t.Run("F6.017 in, the ACL is named before the group", func(t *testing.T) {
		cfg := aclNet(allowAll, "")
		for i := range cfg.SecurityGroups {
			if cfg.SecurityGroups[i].ID == "b-sg" {
				cfg.SecurityGroups[i].Rules = nil
			}
		}
		checkWalk(t, mustNetwork(t, cfg), walkCase{from: "a", to: "b", service: "tcp/443", want: drops(trace.SubnetACLRestriction, "acl-2")})
	})
	t.Run("F6.017 the ACL is asked before the table", func(t *testing.T) {
		f, err := mustNetwork(t, aclNet("", "")).Probe("a", "internet", "tcp/443")
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.SubnetACLRestriction, "acl-1"))
		require.Len(t, f.Forward.Drops(), 2)
		assert.Equal(t, trace.NoRouteToDestination, f.Forward.Drops()[1].Code)
	})
}

// TestWalkExempt: F5.012 and F6.016, groups without rules and ACLs without entries do not filter the VPC's
// own services.
func TestWalkExempt(t *testing.T) {
	cfg := aclNet("", "")
	for i := range cfg.SecurityGroups {
		cfg.SecurityGroups[i].Rules = nil
	}
	n := mustNetwork(t, cfg)
	off := cfg
	off.VPCs[0].NoDNSSupport = true
	disabled := mustNetwork(t, off)
	shut := drops(trace.SGHasNoRules, "a-sg")
	for _, c := range []struct {
		n *packetwalk.Network
		walkCase
	}{
		{n, walkCase{"F5.012 the Amazon DNS server, UDP", "a", "10.0.0.2", "udp/53", works}},
		{n, walkCase{"F6.016 the Amazon DNS server, TCP", "a", "10.0.0.2", "tcp/53", works}},
		{n, walkCase{"F5.012 the Amazon DNS server, link-local", "a", "169.254.169.253", "udp/53", works}},
		{n, walkCase{"F5.012 the Amazon DNS server, IPv6", "a", "fd00:ec2::253", "udp/53", works}},
		{n, walkCase{"F5.012 instance metadata", "a", "169.254.169.254", "tcp/80", works}},
		{n, walkCase{"F5.012 instance metadata, IPv6", "a", "fd00:ec2::254", "tcp/80", works}},
		{n, walkCase{"F5.012 ECS task metadata", "a", "169.254.170.2", "tcp/80", works}},
		{n, walkCase{"F5.012 Windows licence activation", "a", "169.254.169.250", "tcp/1688", works}},
		{n, walkCase{"F5.012 Time Sync", "a", "169.254.169.123", "udp/123", works}},
		{n, walkCase{"F5.012 Time Sync, IPv6", "a", "fd00:ec2::123", "udp/123", works}},
		{n, walkCase{"F5.012 the router's reserved address", "a", "10.0.1.1", "icmp/echo-request", drops(trace.UnknownDestination, "app")}},
		{n, walkCase{"F3.011 the DNS server is of the primary block, not of each subnet", "a", "10.0.2.2", "udp/53", shut}},
		{n, walkCase{"F5.012 a DNS server of one's own is filtered", "a", "b", "udp/53", shut}},
		{disabled, walkCase{"F9.302 without DNS support the resolver does not answer", "a", "10.0.0.2", "udp/53", drops(trace.ResolverDisabled, "amazon-dns")}},
		{disabled, walkCase{"F9.302 at its link-local address either", "a", "169.254.169.253", "udp/53", drops(trace.ResolverDisabled, "amazon-dns")}},
		{disabled, walkCase{"F9.302 at its IPv6 address either", "a", "fd00:ec2::253", "tcp/53", drops(trace.ResolverDisabled, "amazon-dns")}},
		{disabled, walkCase{"F9.302 metadata does", "a", "169.254.169.254", "tcp/80", works}},
	} {
		t.Run(c.name, func(t *testing.T) { checkWalk(t, c.n, c.walkCase) })
	}
	t.Run("F5.012 DHCP", func(t *testing.T) {
		f, err := n.Connect("a", packet.Packet{Dst: addr("255.255.255.255"), Protocol: packet.UDP, SrcPort: 68, DstPort: 67})
		require.NoError(t, err)
		assert.True(t, f.Forward.Delivered(), "%+v", f)
	})
	t.Run("F3.011 a second block has no DNS server", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16", "10.1.0.0/16")
		v.Subnet("one", "10.0.1.0/24").Instance("a")
		v.Subnet("two", "10.1.0.0/24").Instance("b")
		n := mustNetwork(t, b)
		checkWalk(t, n, walkCase{from: "b", to: "10.0.0.2", service: "udp/53", want: works})
		f, err := n.Probe("a", "10.1.0.2", "udp/53")
		require.NoError(t, err)
		assert.Equal(t, trace.NoSuchHost, f.Verdict().Code, "%+v", f)
	})
	t.Run("F3.013 an IPv6-only host reaches the services from a link-local address", func(t *testing.T) {
		b := packetwalk.New()
		b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56").Subnet("six", "2001:db8:1:1::/64").Instance("six-host").IPv6("2001:db8:1:1::10").NoDefaultEgress()
		n := mustNetwork(t, b)
		f, err := n.Connect("six-host", packet.Packet{Src: addr("169.254.7.7"), Dst: addr("169.254.169.253"), Protocol: packet.UDP, SrcPort: 40000, DstPort: 53})
		require.NoError(t, err)
		checkOutcome(t, f, works)
		checkWalk(t, n, walkCase{from: "six-host", to: "fd00:ec2::254", service: "tcp/80", want: works})
	})
}
