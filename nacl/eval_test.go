package nacl_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestEval(t *testing.T) {
	const (
		star = "* deny all"
		web  = "100 allow tcp/443 from 0.0.0.0/0"
	)
	tests := []struct{ name, entries, packet, want string }{
		{"F6.002 the lowest number decides", "200 deny tcp/443 from 0.0.0.0/0;100 allow tcp/443 from 0.0.0.0/0", "in tcp 10.0.0.1 10.1.0.1 443", web},
		{"F6.002 a deny with a lower number decides", "100 allow all from 0.0.0.0/0;90 deny tcp/22 from 10.0.0.0/8", "in tcp 10.0.0.1 10.1.0.1 22", "90 deny tcp/22 from 10.0.0.0/8"},
		{"F6.002 the more specific CIDR is no better", "100 allow all from 10.0.0.0/8;110 deny all from 10.0.0.0/16", "in tcp 10.0.0.1 10.1.0.1 22", "100 allow all from 10.0.0.0/8"},
		{"F6.002 what does not match is passed over", "90 deny tcp/22 from 10.0.0.0/8;" + web, "in tcp 10.0.0.1 10.1.0.1 443", web},
		{"F6.002 inbound entries do not speak of outbound packets", web, "out tcp 10.0.0.1 10.1.0.1 443", star},
		{"F6.002 outbound entries do not speak of inbound packets", "100 allow all to 0.0.0.0/0", "in tcp 10.0.0.1 10.1.0.1 443", star},
		{"F6.002 each direction has a number 100", "100 deny all to 0.0.0.0/0;" + web, "in tcp 10.0.0.1 10.1.0.1 443", web},
		{"F6.003 what no entry matches is denied by *", web, "in tcp 10.0.0.1 10.1.0.1 22", star},
		{"F6.003 so is IPv6", web, "in tcp 2001:db8::1 2001:db8::2 22", star},
		{"F6.005 an ACL without entries denies what comes in", "", "in tcp 10.0.0.1 10.1.0.1 443", star},
		{"F6.005 an ACL without entries denies what goes out", "", "out tcp 10.0.0.1 10.1.0.1 443", star},
		{"F6.006 the reply of an allowed request is denied", web, "out tcp 10.1.0.1 10.0.0.1 50000", star},
		{"F6.006 the reply passes by an entry for ephemeral ports", web + ";100 allow tcp/1024-65535 to 0.0.0.0/0", "out tcp 10.1.0.1 10.0.0.1 50000", "100 allow tcp/1024-65535 to 0.0.0.0/0"},
		{"F6.006 the documented Linux range 32768-61000", "140 allow tcp/32768-61000 to 0.0.0.0/0", "out tcp 10.0.0.1 203.0.113.9 61001", star},
		{"F6.007 ingress looks at the source", "100 allow all from 10.0.0.0/24", "in tcp 10.0.0.1 10.1.0.1 443", "100 allow all from 10.0.0.0/24"},
		{"F6.007 ingress does not look at the destination", "100 allow all from 10.1.0.0/24", "in tcp 10.0.0.1 10.1.0.1 443", star},
		{"F6.007 egress looks at the destination", "100 allow all to 10.1.0.0/24", "out tcp 10.0.0.1 10.1.0.1 443", "100 allow all to 10.1.0.0/24"},
		{"F6.007 egress does not look at the source", "100 allow all to 10.0.0.0/24", "out tcp 10.0.0.1 10.1.0.1 443", star},
		{"F6.007 the port is the destination's, inbound", "100 allow tcp/50000 from 0.0.0.0/0", "in tcp 10.0.0.1 10.1.0.1 443", star},
		{"F6.007 the port is the destination's, outbound", "100 allow tcp/443 to 0.0.0.0/0", "out tcp 10.0.0.1 10.1.0.1 443", "100 allow tcp/443 to 0.0.0.0/0"},
		{"F6.007 both ends of a range belong to it", "100 allow udp/53-60 from 0.0.0.0/0", "in udp 10.0.0.1 10.1.0.1 60", "100 allow udp/53-60 from 0.0.0.0/0"},
		{"F6.007 a port after the range does not", "100 allow udp/53-60 from 0.0.0.0/0", "in udp 10.0.0.1 10.1.0.1 61", star},
		{"F6.007 the protocol has to be the same", web, "in udp 10.0.0.1 10.1.0.1 443", star},
		{"F6.007 the last address of the CIDR belongs to it", "100 allow all from 10.0.0.0/24", "in tcp 10.0.0.255 10.1.0.1 1", "100 allow all from 10.0.0.0/24"},
		{"F6.007 the address after it does not", "100 allow all from 10.0.0.0/24", "in tcp 10.0.1.0 10.1.0.1 1", star},
		{"F6.008 -1 is every protocol", "100 allow -1 from 0.0.0.0/0", "in gre 10.0.0.1 10.1.0.1", "100 allow all from 0.0.0.0/0"},
		{"F6.008 another protocol is all its traffic", "100 allow esp from 0.0.0.0/0", "in esp 10.0.0.1 10.1.0.1", "100 allow esp from 0.0.0.0/0"},
		{"F6.008 and no other protocol's", "100 allow esp from 0.0.0.0/0", "in ah 10.0.0.1 10.1.0.1", star},
		{"F6.008 icmp has types", "100 allow icmp/8 from 0.0.0.0/0", "in icmp 10.0.0.1 10.1.0.1 0", star},
		{"F6.008 58 with an IPv4 CIDR is all types", "100 allow icmpv6/128 from 0.0.0.0/0", "in icmpv6 10.0.0.1 10.1.0.1 1 4", "100 allow icmpv6/echo-request from 0.0.0.0/0"},
		{"F6.008 58 with an IPv6 CIDR is the type given", "100 allow icmpv6/128 from ::/0", "in icmpv6 2001:db8::1 2001:db8::2 129", star},
		{"F6.009 an IPv4 entry does not match IPv6", "100 allow all from 0.0.0.0/0", "in tcp 2001:db8::1 2001:db8::2 443", star},
		{"F6.009 an IPv6 entry does not match IPv4", "100 allow all from ::/0", "in tcp 10.0.0.1 10.1.0.1 443", star},
		{"F6.009 an IPv6 entry matches IPv6", "100 allow tcp/443 from 2001:db8::/64", "in tcp 2001:db8::1 2001:db8::2 443", "100 allow tcp/443 from 2001:db8::/64"},
		{"F6.009 an IPv4-mapped address is IPv4", "90 deny all from ::/0;" + web, "in tcp ::ffff:10.0.0.1 ::ffff:10.1.0.1 443", web},
		{"F6.009 outbound too", "90 deny all to ::/0;100 allow all to 10.1.0.0/16", "out tcp ::ffff:10.0.0.1 ::ffff:10.1.0.1 443", "100 allow all to 10.1.0.0/16"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := acl(t, tt.entries)
			d, p := crossing(t, tt.packet)
			e, allowed := a.Eval(d, p)
			assert.Equal(t, tt.want, e.String())
			assert.Equal(t, e != nil && e.Action == nacl.Allow, allowed)
		})
	}
}

func TestEvalPointsIntoTheACL(t *testing.T) {
	a := acl(t, "110 deny all from 0.0.0.0/0;100 allow all from 0.0.0.0/0")
	e, allowed := a.Eval(crossing(t, "in tcp 10.0.0.1 10.1.0.1 443"))
	assert.Same(t, &a.Entries[1], e)
	assert.True(t, allowed)
}

func TestEvalOfOddData(t *testing.T) {
	in, p := crossing(t, "in tcp 10.0.0.1 10.1.0.1 443")
	good := entry(t, "100 allow all from 0.0.0.0/0")
	edit := func(change func(*nacl.Entry)) *nacl.ACL {
		e := good
		change(&e)
		return &nacl.ACL{Entries: []nacl.Entry{e}}
	}
	tests := []struct {
		name string
		acl  *nacl.ACL
		d    packet.Direction
		p    packet.Packet
	}{
		{"nil ACL", nil, in, p},
		{"zero ACL", &nacl.ACL{}, in, p},
		{"zero entry", edit(func(e *nacl.Entry) { *e = nacl.Entry{} }), in, p},
		{"entry without a CIDR", edit(func(e *nacl.Entry) { e.CIDR = netip.Prefix{} }), in, p},
		{"entry without a service", edit(func(e *nacl.Entry) { e.Service = packet.Service{} }), in, p},
		{"entry without an action", edit(func(e *nacl.Entry) { e.Action = nacl.ActionUnspecified }), in, p},
		{"entry with an unknown action", edit(func(e *nacl.Entry) { e.Action = 9 }), in, p},
		{"no direction", edit(func(e *nacl.Entry) { e.Direction = 0 }), 0, p},
		{"unknown direction", edit(func(e *nacl.Entry) { e.Direction = 9 }), 9, p},
		{"zero packet", edit(func(*nacl.Entry) {}), in, packet.Packet{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, allowed := tt.acl.Eval(tt.d, tt.p)
			assert.False(t, allowed)
		})
	}
}

func TestEvalTakesTheFirstOfEqualNumbers(t *testing.T) {
	a := acl(t, "100 deny all from 0.0.0.0/0;100 allow all from 0.0.0.0/0")
	e, _ := a.Eval(crossing(t, "in tcp 10.0.0.1 10.1.0.1 443"))
	assert.Same(t, &a.Entries[0], e)
}

// The order in which entries stand never changes the verdict (F6.002).
func TestEvalOfAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := drawACL().Draw(rt, "acl")
		d, p := drawDirection().Draw(rt, "direction"), drawPacket().Draw(rt, "packet")
		// Numbers are unique, or the first of two equal ones would decide.
		for i := range a.Entries {
			a.Entries[i].Number = 1 + i
		}
		shuffled := nacl.ACL{Entries: rapid.Permutation(a.Entries).Draw(rt, "shuffled")}
		want, wantAllowed := a.Eval(d, p)
		got, gotAllowed := shuffled.Eval(d, p)
		if want.String() != got.String() || wantAllowed != gotAllowed {
			rt.Fatalf("%v: %v, %v in order and %v, %v shuffled", p, want, wantAllowed, got, gotAllowed)
		}
	})
}

func TestEvalAllocatesNothing(t *testing.T) {
	a := acl(t, "100 deny tcp/22 from 10.0.0.0/8;110 allow icmpv6/128 from ::/0;120 allow all from 0.0.0.0/0")
	d, p := crossing(t, "in tcp 10.0.0.1 10.1.0.1 443")
	assert.Zero(t, testing.AllocsPerRun(100, func() { a.Eval(d, p) }))
}
