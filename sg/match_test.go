package sg_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/stretchr/testify/assert"
)

func TestMatch(t *testing.T) {
	const web = "tcp/443 from 0.0.0.0/0"
	// want is the group, the rule, and the member that matched; "" where nothing allows.
	tests := []struct{ name, groups, packet, want string }{
		{"F5.001 no rule, no traffic", "", "in tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.001 a rule that matches allows", web, "in tcp 10.0.0.1 10.1.0.1 443", "sg-1 " + web},
		{"F5.001 no rule that matches, no traffic", web, "in tcp 10.0.0.1 10.1.0.1 22", ""},
		{"F5.001 any rule of a group is enough", "tcp/22 from 0.0.0.0/0;" + web, "in tcp 10.0.0.1 10.1.0.1 443", "sg-1 " + web},
		{"F5.001 any group is enough", "tcp/22 from 0.0.0.0/0|" + web, "in tcp 10.0.0.1 10.1.0.1 443", "sg-2 " + web},
		{"F5.001 the first rule explains", "tcp from 0.0.0.0/0;" + web + "|all from 0.0.0.0/0", "in tcp 10.0.0.1 10.1.0.1 443", "sg-1 tcp from 0.0.0.0/0"},
		{"F5.001 ingress rules do not speak of egress", web, "out tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.001 egress rules do not speak of ingress", "all to 0.0.0.0/0", "in tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.004 membership alone grants nothing", "tcp/22 from 198.51.100.0/24", "in tcp 10.0.0.1 10.0.0.2 443", ""},
		{"F5.005 a CIDR, ingress: the source", "all from 10.0.0.0/24", "in tcp 10.0.0.1 10.1.0.1 443", "sg-1 all from 10.0.0.0/24"},
		{"F5.005 a CIDR, ingress: not the destination", "all from 10.1.0.0/24", "in tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.005 a CIDR, egress: the destination", "all to 10.1.0.0/24", "out tcp 10.0.0.1 10.1.0.1 443", "sg-1 all to 10.1.0.0/24"},
		{"F5.005 a CIDR, egress: not the source", "all to 10.0.0.0/24", "out tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.005 a prefix list, ingress", "tcp/443 from pl-office", "in tcp 198.51.100.7 10.1.0.1 443", "sg-1 tcp/443 from pl-office"},
		{"F5.005 a prefix list, egress", "tcp/443 to pl-office", "out tcp 10.1.0.1 198.51.100.7 443", "sg-1 tcp/443 to pl-office"},
		{"F5.005 not on the prefix list", "tcp/443 from pl-office", "in tcp 198.51.101.7 10.1.0.1 443", ""},
		{"F5.005 a prefix list that does not exist", "tcp/443 from pl-gone", "in tcp 198.51.100.7 10.1.0.1 443", ""},
		{"F5.005 a group, egress", "tcp/5432 to sg-db", "out tcp 10.0.0.1 10.0.9.9 5432", "sg-1 tcp/5432 to sg-db eni-db"},
		{"F5.006 -1 is every protocol", "all from 0.0.0.0/0", "in gre 10.0.0.1 10.1.0.1", "sg-1 all from 0.0.0.0/0"},
		{"F5.006 another protocol is all its traffic", "esp from 0.0.0.0/0", "in esp 10.0.0.1 10.1.0.1", "sg-1 esp from 0.0.0.0/0"},
		{"F5.006 and no other protocol's", "esp from 0.0.0.0/0", "in ah 10.0.0.1 10.1.0.1", ""},
		{"F5.007 an ICMP type with any code", "icmp/3/-1 from 0.0.0.0/0", "in icmp 10.0.0.1 10.1.0.1 3 4", "sg-1 icmp/destination-unreachable from 0.0.0.0/0"},
		{"F5.007 another ICMP type", "icmp/3/-1 from 0.0.0.0/0", "in icmp 10.0.0.1 10.1.0.1 8 0", ""},
		{"F5.007 an ICMP type and code", "icmp/3/4 from 0.0.0.0/0", "in icmp 10.0.0.1 10.1.0.1 3 4", "sg-1 icmp/3/4 from 0.0.0.0/0"},
		{"F5.007 another code", "icmp/3/4 from 0.0.0.0/0", "in icmp 10.0.0.1 10.1.0.1 3 1", ""},
		{"F5.007 type -1 is every type", "icmp/-1/-1 from 0.0.0.0/0", "in icmp 10.0.0.1 10.1.0.1 11 0", "sg-1 icmp from 0.0.0.0/0"},
		{"F5.008 ports mean destination ports, ingress", "tcp/50000 from 0.0.0.0/0", "in tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.008 ports mean destination ports, egress", "tcp/443 to 0.0.0.0/0", "out tcp 10.0.0.1 10.1.0.1 443", "sg-1 tcp/443 to 0.0.0.0/0"},
		{"F5.008 not source ports, egress", "tcp/50000 to 0.0.0.0/0", "out tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.008 both ends of a range belong to it", "udp/53-60 from 0.0.0.0/0", "in udp 10.0.0.1 10.1.0.1 60", "sg-1 udp/53-60 from 0.0.0.0/0"},
		{"F5.009 IPv4 rules never match IPv6", "all from 0.0.0.0/0", "in tcp 2001:db8::1 2001:db8::2 443", ""},
		{"F5.009 IPv6 rules never match IPv4", "all from ::/0", "in tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.009 IPv6 rules match IPv6", "all from ::/0", "in tcp 2001:db8::1 2001:db8::2 443", "sg-1 all from ::/0"},
		{"F5.009 icmpv6 rules match IPv6", "icmpv6/128 from ::/0", "in icmpv6 2001:db8::1 2001:db8::2 128", "sg-1 icmpv6/echo-request from ::/0"},
		{"F5.009 icmpv6 rules never match IPv4", "icmpv6 from 0.0.0.0/0", "in icmpv6 10.0.0.1 10.1.0.1 128", ""},
		{"F5.009 nor through a group", "icmpv6 from sg-app", "in icmpv6 10.0.0.1 10.1.0.1 128", ""},
		{"F5.009 icmpv6 is not icmp", "icmpv6 from 0.0.0.0/0", "in icmp 10.0.0.1 10.1.0.1 8", ""},
		{"F5.009 an IPv4-mapped address is IPv4", "all from ::/0;" + web, "in tcp ::ffff:10.0.0.1 ::ffff:10.1.0.1 443", "sg-1 " + web},
		{"F5.009 outbound too", "all to ::/0;all to 10.1.0.0/16", "out tcp ::ffff:10.0.0.1 ::ffff:10.1.0.1 443", "sg-1 all to 10.1.0.0/16"},
		{"F5.010 a reply is judged by state, not by rules", web, "out tcp 10.1.0.1 10.0.0.1 50000", ""},
		{"F5.101 a group is the private address of its interfaces", "tcp/443 from sg-app", "in tcp 10.0.0.1 10.1.0.1 443", "sg-1 tcp/443 from sg-app eni-app"},
		{"F5.101 a group is not a public address of them", "tcp/443 from sg-app", "in tcp 203.0.113.9 10.1.0.1 443", ""},
		{"F5.101 a group is not other interfaces", "tcp/443 from sg-app", "in tcp 10.0.9.9 10.1.0.1 443", ""},
		{"F5.101 a group reference has a service", "tcp/443 from sg-app", "in tcp 10.0.0.1 10.1.0.1 22", ""},
		{"F5.101 ingress looks at the sender's groups", "tcp/443 from sg-app", "in tcp 10.0.9.9 10.0.0.1 443", ""},
		{"F5.101 IPv6 addresses of the interface count", "tcp/443 from sg-app", "in tcp 2001:db8::1 2001:db8::2 443", "sg-1 tcp/443 from sg-app eni-app"},
		{"F5.101 an IPv4-mapped address is IPv4", "tcp/443 from sg-app", "in tcp ::ffff:10.0.0.1 ::ffff:10.1.0.1 443", "sg-1 tcp/443 from sg-app eni-app"},
		{"F5.102 a secondary address counts", "tcp/443 from sg-app", "in tcp 10.0.0.2 10.1.0.1 443", "sg-1 tcp/443 from sg-app eni-app"},
		{"F5.104 a reference that nobody honours grants nothing", "tcp/443 from sg-elsewhere", "in tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.106 a CIDR does where a reference cannot", "tcp/443 from sg-elsewhere;tcp/443 from 10.0.0.0/24", "in tcp 10.0.0.1 10.1.0.1 443", "sg-1 tcp/443 from 10.0.0.0/24"},
		{"F5.110 after NAT the sender's groups are lost", "tcp/443 from sg-app", "in tcp 10.0.3.3 10.1.0.1 443", ""},
		{"F5.111 a stale rule grants nothing", "tcp/443 from sg-app (stale)", "in tcp 10.0.0.1 10.1.0.1 443", ""},
		{"F5.111 and hinders no other", "tcp/443 from sg-app (stale);tcp from sg-app", "in tcp 10.0.0.1 10.1.0.1 443", "sg-1 tcp from sg-app eni-app"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, p := crossing(t, tt.packet)
			dec, ok := sg.Match(groups(t, tt.groups), d, p, small)
			assert.Equal(t, tt.want != "", ok)
			if !ok {
				assert.Zero(t, dec)
				return
			}
			got := dec.Group.ID + " " + dec.Rule.String()
			if dec.Member != "" {
				got += " " + dec.Member
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestMatchCopiesNoRules(t *testing.T) {
	// F5.103: sg-app lets everything in, but a rule that names it means its members and nothing else.
	all := groups(t, "tcp/443 from sg-app")
	d, p := crossing(t, "in tcp 192.0.2.1 10.1.0.1 443")
	app := &sg.Group{ID: "sg-app", Rules: []sg.Rule{rule(t, "all from 0.0.0.0/0")}}
	_, ok := sg.Match(all, d, p, small)
	assert.False(t, ok, "F5.103 the rules of a referenced group are not copied")
	_, ok = sg.Match([]*sg.Group{app}, d, p, small)
	assert.True(t, ok, "the packet would pass by the rules of sg-app")
}

func TestMatchPointsIntoTheGroups(t *testing.T) {
	all := groups(t, "tcp/22 from 0.0.0.0/0|tcp/80 from 0.0.0.0/0;tcp/443 from sg-app")
	d, p := crossing(t, "in tcp 10.0.0.1 10.1.0.1 443")
	dec, ok := sg.Match(all, d, p, small)
	assert.True(t, ok)
	assert.Same(t, all[1], dec.Group)
	assert.Same(t, &all[1].Rules[1], dec.Rule)
	assert.Equal(t, "eni-app", dec.Member)
}

func TestMatchOfOddData(t *testing.T) {
	in, p := crossing(t, "in tcp 10.0.0.1 10.1.0.1 443")
	edit := func(change func(*sg.Rule)) []*sg.Group {
		r := rule(t, "tcp/443 from 0.0.0.0/0")
		change(&r)
		return []*sg.Group{{ID: "sg-1", Rules: []sg.Rule{r}}}
	}
	keep := func(*sg.Rule) {}
	tests := []struct {
		name   string
		groups []*sg.Group
		d      packet.Direction
		p      packet.Packet
		peers  sg.Peers
	}{
		{"no groups", nil, in, p, small},
		{"nil group", []*sg.Group{nil}, in, p, small},
		{"zero rule", edit(func(r *sg.Rule) { *r = sg.Rule{} }), in, p, small},
		{"F5.005 no peer", edit(func(r *sg.Rule) { r.CIDR = netip.Prefix{} }), in, p, small},
		{"F5.005 two peers", edit(func(r *sg.Rule) { r.Group = "sg-app" }), in, p, small},
		{"no service", edit(func(r *sg.Rule) { r.Service = packet.Service{} }), in, p, small},
		{"no direction", edit(func(r *sg.Rule) { r.Direction = 0 }), 0, p, small},
		{"unknown direction", edit(func(r *sg.Rule) { r.Direction = 9 }), 9, p, small},
		{"zero packet", edit(keep), in, packet.Packet{}, small},
		{"nil peers, group", groups(t, "all from sg-app"), in, p, nil},
		{"nil peers, prefix list", groups(t, "all from pl-office"), in, p, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, ok := sg.Match(tt.groups, tt.d, tt.p, tt.peers)
			assert.False(t, ok)
		})
	}
}

func TestHasRules(t *testing.T) {
	tests := []struct {
		name, groups string
		in, out      bool
	}{
		{"no rules", "", false, false},
		{"an ingress rule", "tcp/22 from 0.0.0.0/0", true, false},
		{"an egress rule of the second group", "|tcp/22 to 0.0.0.0/0", false, true},
		{"F5.111 a stale rule remains a rule", "tcp/22 from sg-app (stale)", true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all := append(groups(t, tt.groups), nil)
			assert.Equal(t, tt.in, sg.HasRules(all, packet.Ingress))
			assert.Equal(t, tt.out, sg.HasRules(all, packet.Egress))
		})
	}
}

// still is a Peers that allocates nothing itself.
type still struct{}

func (still) Member(string, netip.Addr) (string, bool) { return "eni-app", true }
func (still) Listed(string, netip.Addr) bool           { return false }

func TestMatchAllocatesNothing(t *testing.T) {
	all := groups(t, "tcp/22 from 10.0.0.0/8;all from pl-office|icmpv6 from ::/0;tcp/443 from sg-app")
	d, p := crossing(t, "in tcp 10.0.0.1 10.1.0.1 443")
	var peers sg.Peers = still{}
	assert.Zero(t, testing.AllocsPerRun(100, func() { sg.Match(all, d, p, peers) }))
}
