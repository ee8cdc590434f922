package sg_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRuleString(t *testing.T) {
	for _, text := range []string{
		"tcp/443 from 10.0.0.0/16",
		"tcp/5432 from sg-app",
		"udp/1024-65535 to pl-office",
		"all to ::/0",
		"tcp/22 from sg-gone (stale)",
	} {
		r := rule(t, text)
		assert.Equal(t, text, r.String())
	}
	far := rule(t, "tcp/22 from sg-far (stale)")
	far.GroupVPC = "vpc-far"
	assert.Equal(t, "tcp/22 from sg-far of vpc-far (stale)", far.String())
	described := rule(t, "tcp/443 from 10.0.0.0/16")
	described.Description = "from the office\nand home"
	assert.Equal(t, `tcp/443 from 10.0.0.0/16 "from the office\nand home"`, described.String())

	both := rule(t, "tcp/443 from 10.0.0.0/16")
	both.Group = "sg-app"
	assert.Equal(t, "tcp/443 from 10.0.0.0/16 and sg-app", both.String())
	assert.Equal(t, "(none) at (none)", (&sg.Rule{}).String())
	assert.Equal(t, "(none) at (none)", (&sg.Rule{Direction: 9}).String())
	assert.Equal(t, "none", (*sg.Rule)(nil).String())
}

func TestJSONKeepsAll(t *testing.T) {
	full := sg.Group{ID: "sg-1", Name: "web", Description: "the web", VPC: "vpc-1", VPCs: []string{"vpc-2"}, Account: "111122223333", Default: true, Rules: sg.DefaultRules("sg-1", true)}
	full.Rules = append(full.Rules, sg.Rule{}, rule(t, "tcp/443 from pl-office"), rule(t, "icmp/3/4 from sg-app (stale)"))
	full.Rules[0].ID, full.Rules[0].Description = "sgr-1", "itself"
	full.Rules[len(full.Rules)-1].GroupVPC = "vpc-far"
	for _, want := range []sg.Group{{}, full} {
		data, err := json.Marshal(want)
		require.NoError(t, err)
		var got sg.Group
		require.NoError(t, json.Unmarshal(data, &got))
		if diff := cmp.Diff(want, got, cmpopts.EquateComparable(sg.Rule{})); diff != "" {
			t.Errorf("after %s (-want +got):\n%s", data, diff)
		}
	}
}

func TestRulesThatAWSMakes(t *testing.T) {
	tests := []struct {
		name string
		got  []sg.Rule
		want []string
	}{
		{"F5.002 a new group", sg.NewGroupRules(false), []string{"all to 0.0.0.0/0"}},
		{"F5.002 a new group with IPv6", sg.NewGroupRules(true), []string{"all to 0.0.0.0/0", "all to ::/0"}},
		{"F5.003 the default group", sg.DefaultRules("sg-1", false), []string{"all from sg-1", "all to 0.0.0.0/0"}},
		{"F5.003 the default group with IPv6", sg.DefaultRules("sg-1", true), []string{"all from sg-1", "all to 0.0.0.0/0", "all to ::/0"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for i := range tt.got {
				got = append(got, tt.got[i].String())
			}
			assert.Equal(t, tt.want, got)
		})
	}
	t.Run("F5.002 a new group lets nothing in", func(t *testing.T) {
		g := &sg.Group{ID: "sg-1", Rules: sg.NewGroupRules(true)}
		assert.False(t, sg.HasRules([]*sg.Group{g}, packet.Ingress))
	})
}
