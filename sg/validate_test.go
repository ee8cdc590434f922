package sg_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/stretchr/testify/assert"
)

func TestValidateRule(t *testing.T) {
	peerless := func(r *sg.Rule) { r.CIDR = netip.Prefix{} }
	tests := []struct {
		name string
		edit func(*sg.Rule)
		want string // "" for none
	}{
		{"F5.005 a CIDR", func(*sg.Rule) {}, ""},
		{"F5.005 a prefix list", func(r *sg.Rule) { peerless(r); r.PrefixList = "pl-1" }, ""},
		{"F5.005 a group", func(r *sg.Rule) { peerless(r); r.Group = "any text" }, ""},
		{"F5.005 no peer", peerless, "Rules[0]: invalid: want exactly one of CIDR, PrefixList and Group"},
		{"F5.005 a CIDR and a group", func(r *sg.Rule) { r.Group = "sg-app" }, `Rules[0] "10.0.0.0/16 and sg-app": invalid: want exactly one of CIDR, PrefixList and Group`},
		{"F5.005 a prefix list and a group", func(r *sg.Rule) { peerless(r); r.PrefixList, r.Group = "pl-1", "sg-app" }, `Rules[0] "pl-1 and sg-app": invalid: want exactly one of CIDR, PrefixList and Group`},
		{"F5.009 an IPv6 CIDR", func(r *sg.Rule) { r.CIDR = netip.MustParsePrefix("2001:db8::/64") }, ""},
		{"F5.111 a stale rule remains", func(r *sg.Rule) { peerless(r); r.Group, r.Stale = "sg-gone", true }, ""},
		{"a group of a VPC outside", func(r *sg.Rule) { peerless(r); r.Group, r.GroupVPC = "sg-far", "vpc-far" }, ""},
		{"the VPC of no group", func(r *sg.Rule) { r.GroupVPC = "vpc-far" }, `Rules[0].GroupVPC "vpc-far": invalid: want it with a Group only`},
		{"no direction", func(r *sg.Rule) { r.Direction = 0 }, "Rules[0].Direction: invalid: want ingress or egress"},
		{"unknown direction", func(r *sg.Rule) { r.Direction = 9 }, `Rules[0].Direction "9": invalid: want ingress or egress`},
		{"no service", func(r *sg.Rule) { r.Service = packet.Service{} }, `Rules[0].Service: invalid: want a service such as "tcp/443" or "all"`},
		{"host bits", func(r *sg.Rule) { r.CIDR = netip.MustParsePrefix("10.0.0.5/16") }, `Rules[0].CIDR "10.0.0.5/16": invalid: host bits are set: want 10.0.0.0/16`},
		{"prefix length", func(r *sg.Rule) { r.CIDR = netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), 33) }, `Rules[0].CIDR "invalid Prefix": invalid: the prefix length does not fit the address`},
		{"IPv4-mapped", func(r *sg.Rule) { r.CIDR = netip.PrefixFrom(netip.MustParseAddr("::ffff:10.0.0.0"), 112) }, `Rules[0].CIDR "::ffff:10.0.0.0/112": invalid: an IPv4-mapped address: write IPv4 as IPv4`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := rule(t, "tcp/443 from 10.0.0.0/16")
			tt.edit(&r)
			err := (&sg.Group{ID: "sg-1", Rules: []sg.Rule{r}}).Validate()
			if tt.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.EqualError(t, err, tt.want)
			assert.ErrorIs(t, err, fault.ErrInvalid)
		})
	}
}

func TestValidateGroup(t *testing.T) {
	long := strings.Repeat("é", 255)
	twice := []sg.Rule{rule(t, "all from 10.0.0.0/8"), rule(t, "all from 10.0.0.0/8")}
	tests := []struct {
		name  string
		group *sg.Group
		want  string // "" for none
	}{
		{"F5.001 no rules", &sg.Group{ID: "sg-1"}, ""},
		{"F5.002 the rules of a new group", &sg.Group{ID: "sg-1", Rules: sg.NewGroupRules(true)}, ""},
		{"F5.003 the default group", &sg.Group{ID: "sg-1", Name: "default", Default: true, Rules: sg.DefaultRules("sg-1", true)}, ""},
		{"F5.112 further VPCs", &sg.Group{ID: "sg-1", VPC: "vpc-1", VPCs: []string{"vpc-2", "vpc-3"}}, ""},
		{"F5.112 a VPC without an ID", &sg.Group{ID: "sg-1", VPC: "vpc-1", VPCs: []string{""}}, "VPCs[0]: invalid: want the ID of a VPC"},
		{"F5.112 not a default group", &sg.Group{ID: "sg-1", VPC: "vpc-1", Default: true, VPCs: []string{"vpc-2", "vpc-3"}},
			`VPCs "vpc-2 vpc-3": invalid: a default group can't be associated with other VPCs: want none`},
		{"F5.014 255 characters", &sg.Group{ID: "sg-1", Name: long}, ""},
		{"F5.014 trailing spaces are trimmed", &sg.Group{ID: "sg-1", Name: long + "   "}, ""},
		{"F5.014 256 characters", &sg.Group{ID: "sg-1", Name: long + "x"}, `Name "` + long + `x": invalid: 256 characters: want at most 255`},
		{"F5.014 a name like an ID", &sg.Group{ID: "sg-1", Name: "sg-web"}, `Name "sg-web": invalid: want a name that does not start with "sg-", as IDs do`},
		{"F5.014 sg elsewhere in a name", &sg.Group{ID: "sg-1", Name: "web-sg-1"}, ""},
		{"the same rule twice", &sg.Group{ID: "sg-1", Rules: twice}, ""},
		{"no ID", &sg.Group{}, "ID: invalid: want any name, or AWS's ID"},
		{"nil", nil, "ID: invalid: want any name, or AWS's ID"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.group.Validate()
			if tt.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.EqualError(t, err, tt.want)
			assert.ErrorIs(t, err, fault.ErrInvalid)
		})
	}
}

// TestValidateDuplicateVPCs: F5.112, an association is with another VPC, and is made once.
func TestValidateDuplicateVPCs(t *testing.T) {
	for want, vpcs := range map[string][]string{
		`VPCs[1] "vpc-1": duplicate: it is the VPC of the group itself: want further ones only`: {"vpc-2", "vpc-1"},
		`VPCs[2] "vpc-2": duplicate: VPCs[0] is the same`:                                       {"vpc-2", "vpc-3", "vpc-2"},
	} {
		err := (&sg.Group{ID: "sg-1", VPC: "vpc-1", VPCs: vpcs}).Validate()
		assert.EqualError(t, err, want)
		assert.ErrorIs(t, err, fault.ErrDuplicate)
	}
}

// TestIn: F5.112, a group is for interfaces of its own VPC and of those that it is associated with.
func TestIn(t *testing.T) {
	g := &sg.Group{VPC: "vpc-1", VPCs: []string{"vpc-2"}}
	assert.Equal(t, []string{"vpc-1", "vpc-2"}, g.Spans())
	for id, want := range map[string]bool{"vpc-1": true, "vpc-2": true, "vpc-3": false, "": false} {
		assert.Equal(t, want, g.In(id), id)
	}
	assert.False(t, (*sg.Group)(nil).In(""))
	assert.Empty(t, (*sg.Group)(nil).Spans())
}

func TestValidateReportsAll(t *testing.T) {
	g := &sg.Group{Name: "sg-web", Rules: []sg.Rule{{}, {Direction: packet.Egress, Service: packet.All()}}}
	var fields []string
	for _, f := range fault.Of(g.Validate()) {
		fields = append(fields, f.Field)
	}
	assert.Equal(t, []string{"ID", "Name", "Rules[0].Direction", "Rules[0].Service", "Rules[0]", "Rules[1]"}, fields)
}
