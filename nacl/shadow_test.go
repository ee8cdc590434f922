package nacl_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestShadowed(t *testing.T) {
	const all = "100 allow all from 0.0.0.0/0"
	tests := []struct {
		name, entries string
		want          []string
	}{
		{"no entries", "", nil},
		{"a deny after allow all", all + ";110 deny tcp/22 from 10.0.0.0/8", []string{"110 deny tcp/22 from 10.0.0.0/8 never matches: " + all + " comes first"}},
		{"wherever it stands", "110 deny tcp/22 from 10.0.0.0/8;" + all, []string{"110 deny tcp/22 from 10.0.0.0/8 never matches: " + all + " comes first"}},
		{"a deny before allow all", "90 deny tcp/22 from 10.0.0.0/8;" + all, nil},
		{"the same traffic again", all + ";101 allow all from 0.0.0.0/0", []string{"101 allow all from 0.0.0.0/0 never matches: " + all + " comes first"}},
		{"another direction", all + ";110 deny all to 0.0.0.0/0", nil},
		{"another family", all + ";110 deny all from ::/0", nil},
		{"a wider CIDR", "100 allow all from 10.0.0.0/16;110 deny all from 10.0.0.0/8", nil},
		{"a CIDR beside", "100 allow all from 10.0.0.0/16;110 deny all from 10.1.0.0/16", nil},
		{"more ports", "100 allow tcp/80-90 from 0.0.0.0/0;110 deny tcp/80-91 from 0.0.0.0/0", nil},
		{"ports inside", "100 allow tcp/80-90 from 0.0.0.0/0;110 deny tcp/81-90 from 0.0.0.0/0", []string{"110 deny tcp/81-90 from 0.0.0.0/0 never matches: 100 allow tcp/80-90 from 0.0.0.0/0 comes first"}},
		{"two that cover only together", "100 allow all from 10.0.0.0/9;110 allow all from 10.128.0.0/9;120 deny all from 10.0.0.0/8", nil},
		{"the first that covers is named", "90 deny tcp from 0.0.0.0/0;" + all + ";110 allow tcp/22 from 0.0.0.0/0", []string{"110 allow tcp/22 from 0.0.0.0/0 never matches: 90 deny tcp from 0.0.0.0/0 comes first"}},
		{"F6.008 icmpv6 of another type with an IPv4 CIDR", "100 allow icmpv6/1 from 0.0.0.0/0;110 deny icmpv6/2 from 0.0.0.0/0", []string{"110 deny " + packet.ICMPType(packet.ICMPv6, 2).String() + " from 0.0.0.0/0 never matches: 100 allow " + packet.ICMPType(packet.ICMPv6, 1).String() + " from 0.0.0.0/0 comes first"}},
		{"F6.008 icmpv6 of another type with an IPv6 CIDR", "100 allow icmpv6/1 from ::/0;110 deny icmpv6/2 from ::/0", nil},
		{"F6.009 every family's own /0", "100 allow all from ::/0;110 deny all from 10.0.0.0/8;120 deny all from 2001:db8::/32", []string{"120 deny all from 2001:db8::/32 never matches: 100 allow all from ::/0 comes first"}},
		{"ingress is listed first", "110 deny all to 10.0.0.0/8;110 deny all from 10.0.0.0/8;100 allow all to 0.0.0.0/0;" + all, []string{
			"110 deny all from 10.0.0.0/8 never matches: " + all + " comes first",
			"110 deny all to 10.0.0.0/8 never matches: 100 allow all to 0.0.0.0/0 comes first",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range acl(t, tt.entries).Shadowed() {
				got = append(got, s.String())
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("Shadowed (-want +got):\n%s", diff)
			}
		})
	}
	assert.Empty(t, (*nacl.ACL)(nil).Shadowed())
}

// A shadowed entry never decides, whatever the packet: there are no false warnings.
func TestShadowedEntriesNeverDecide(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a := drawACL().Draw(rt, "acl")
		d, p := drawDirection().Draw(rt, "direction"), drawPacket().Draw(rt, "packet")
		e, _ := a.Eval(d, p)
		for _, s := range a.Shadowed() {
			if e == s.Entry {
				rt.Fatalf("%v, but it decides %+v", s, p)
			}
		}
	})
}
