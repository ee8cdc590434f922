package nacl_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestValidateEntry(t *testing.T) {
	tests := []struct {
		name string
		edit func(*nacl.Entry)
		want string // "" for none
	}{
		{"a good entry", func(*nacl.Entry) {}, ""},
		{"F6.002 number 1", func(e *nacl.Entry) { e.Number = 1 }, ""},
		{"F6.002 number 32766", func(e *nacl.Entry) { e.Number = 32766 }, ""},
		{"F6.002 number 0", func(e *nacl.Entry) { e.Number = 0 }, `Entries[0].Number "0": invalid: want 1 to 32766`},
		{"F6.002 a negative number", func(e *nacl.Entry) { e.Number = -1 }, `Entries[0].Number "-1": invalid: want 1 to 32766`},
		{"F6.003 number 32767 is the final *", func(e *nacl.Entry) { e.Number = 32767 }, `Entries[0].Number "32767": invalid: want 1 to 32766`},
		{"F6.002 no direction", func(e *nacl.Entry) { e.Direction = 0 }, `Entries[0].Direction: invalid: want ingress or egress`},
		{"unknown direction", func(e *nacl.Entry) { e.Direction = 9 }, `Entries[0].Direction "9": invalid: want ingress or egress`},
		{"no action", func(e *nacl.Entry) { e.Action = nacl.ActionUnspecified }, `Entries[0].Action: invalid: want allow or deny`},
		{"unknown action", func(e *nacl.Entry) { e.Action = 9 }, `Entries[0].Action "9": invalid: want allow or deny`},
		{"no service", func(e *nacl.Entry) { e.Service = packet.Service{} }, `Entries[0].Service: invalid: want a service such as "tcp/443" or "all"`},
		{"F6.010 no CIDR", func(e *nacl.Entry) { e.CIDR = netip.Prefix{} }, `Entries[0].CIDR: invalid: want an IPv4 or IPv6 CIDR block such as "0.0.0.0/0"`},
		{"F6.008 58 with an IPv4 CIDR", func(e *nacl.Entry) { e.Service = packet.ICMPType(packet.ICMPv6, 128) }, ""},
		{"F6.009 an IPv6 CIDR", func(e *nacl.Entry) { e.CIDR = netip.MustParsePrefix("2001:db8::/64") }, ""},
		{"host bits", func(e *nacl.Entry) { e.CIDR = netip.MustParsePrefix("10.0.0.5/16") }, `Entries[0].CIDR "10.0.0.5/16": invalid: host bits are set: want 10.0.0.0/16`},
		{"prefix length", func(e *nacl.Entry) { e.CIDR = netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), 33) }, `Entries[0].CIDR "invalid Prefix": invalid: the prefix length does not fit the address`},
		{"IPv4-mapped", func(e *nacl.Entry) { e.CIDR = netip.PrefixFrom(netip.MustParseAddr("::ffff:10.0.0.0"), 112) }, `Entries[0].CIDR "::ffff:10.0.0.0/112": invalid: an IPv4-mapped address: write IPv4 as IPv4`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := entry(t, "100 allow tcp/443 from 10.0.0.0/16")
			tt.edit(&e)
			err := (&nacl.ACL{ID: "acl-1", Entries: []nacl.Entry{e}}).Validate()
			if tt.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.EqualError(t, err, tt.want)
			assert.ErrorIs(t, err, fault.ErrInvalid)
		})
	}
}

func TestValidateACL(t *testing.T) {
	both := acl(t, "100 allow all from 0.0.0.0/0;100 allow all to 0.0.0.0/0")
	twice := acl(t, "100 allow all from 0.0.0.0/0;110 allow all from 0.0.0.0/0;100 deny tcp/22 from 0.0.0.0/0")
	tests := []struct {
		name string
		acl  *nacl.ACL
		want string // "" for none
		is   error
	}{
		{"F6.005 no entries", &nacl.ACL{ID: "acl-1"}, "", nil},
		{"F6.004 the default entries", &nacl.ACL{ID: "acl-1", Entries: nacl.DefaultEntries(true)}, "", nil},
		{"F6.002 the same number in both directions", both, "", nil},
		{"F6.002 the same number in one direction", twice, `Entries[2].Number "100": duplicate: Entries[0] has this number in the same direction`, fault.ErrDuplicate},
		{"F6.001 a subnet twice", &nacl.ACL{ID: "acl-1", Subnets: []string{"a", "b", "a"}}, `Subnets[2] "a": duplicate: Subnets[0] is the same: a subnet has one association`, fault.ErrDuplicate},
		{"no ID", &nacl.ACL{}, "ID: invalid: want any name, or AWS's ID", fault.ErrInvalid},
		{"nil", nil, "ID: invalid: want any name, or AWS's ID", fault.ErrInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.acl.Validate()
			if tt.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.EqualError(t, err, tt.want)
			assert.ErrorIs(t, err, tt.is)
		})
	}
}

func TestValidateReportsAll(t *testing.T) {
	a := &nacl.ACL{Entries: []nacl.Entry{{}, {Number: 100, Direction: packet.Egress, Action: nacl.Allow, Service: packet.All()}}}
	var fields []string
	for _, f := range fault.Of(a.Validate()) {
		fields = append(fields, f.Field)
	}
	want := []string{"ID", "Entries[0].Number", "Entries[0].Direction", "Entries[0].Action", "Entries[0].Service", "Entries[0].CIDR", "Entries[1].CIDR"}
	assert.Equal(t, want, fields)
}

// No data makes anything panic.
func TestAnyData(t *testing.T) { rapid.Check(t, checkAnyData) }

func FuzzAnyData(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkAnyData)) }

func checkAnyData(t *rapid.T) {
	a := drawACL().Draw(t, "acl")
	_ = a.Validate()
	_ = a.Shadowed()
	e, allowed := a.Eval(drawDirection().Draw(t, "direction"), drawPacket().Draw(t, "packet"))
	_ = e.String()
	if allowed && e.Action != nacl.Allow {
		t.Fatalf("%v allows", e)
	}
}
