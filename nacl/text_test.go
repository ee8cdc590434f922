package nacl_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestActionText(t *testing.T) {
	tests := []struct {
		action nacl.Action
		want   string
	}{
		{nacl.ActionUnspecified, ""},
		{nacl.Allow, "allow"},
		{nacl.Deny, "deny"},
	}
	for _, tt := range tests {
		text, err := tt.action.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, tt.want, string(text))
		assert.Equal(t, tt.want, tt.action.String())
		got := nacl.Action(9)
		require.NoError(t, got.UnmarshalText(text))
		assert.Equal(t, tt.action, got)
	}
	assert.Equal(t, "Action(9)", nacl.Action(9).String())
	_, err := nacl.Action(9).MarshalText()
	assert.EqualError(t, err, "action 9 has no name")
	var a nacl.Action
	assert.EqualError(t, a.UnmarshalText([]byte("reject")), `action "reject": want one of allow, deny`)
}

func TestEntryString(t *testing.T) {
	for _, text := range []string{
		"100 allow tcp/443 from 10.0.0.0/16",
		"110 deny udp/1024-65535 to 0.0.0.0/0",
		"32766 allow all from ::/0",
	} {
		e := entry(t, text)
		assert.Equal(t, text, e.String())
	}
	assert.Equal(t, "* deny all", (*nacl.Entry)(nil).String())
	assert.Equal(t, "0 (none) (none) at invalid Prefix", (&nacl.Entry{}).String())
	assert.Equal(t, "0 Action(9) (none) at invalid Prefix", (&nacl.Entry{Action: 9, Direction: 9}).String())
}

func TestJSONKeepsAll(t *testing.T) {
	for _, want := range []nacl.ACL{
		{},
		{ID: "acl-1", Name: "web", VPC: "vpc-1", Default: true, Subnets: []string{"a", "b"}, Entries: nacl.DefaultEntries(true)},
		{ID: "acl-2", Entries: []nacl.Entry{{}, entry(t, "100 deny icmp/3/4 to 10.0.0.0/8")}},
	} {
		data, err := json.Marshal(want)
		require.NoError(t, err)
		var got nacl.ACL
		require.NoError(t, json.Unmarshal(data, &got))
		if diff := cmp.Diff(want, got, cmpopts.EquateComparable(nacl.Entry{})); diff != "" {
			t.Errorf("after %s (-want +got):\n%s", data, diff)
		}
	}
}

func TestDefaultEntries(t *testing.T) {
	tests := []struct {
		name string
		ipv6 bool
		want []string
	}{
		{"F6.004 IPv4 alone", false, []string{"100 allow all from 0.0.0.0/0", "100 allow all to 0.0.0.0/0"}},
		{"F6.004 with IPv6", true, []string{"100 allow all from 0.0.0.0/0", "101 allow all from ::/0", "100 allow all to 0.0.0.0/0", "101 allow all to ::/0"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, e := range nacl.DefaultEntries(tt.ipv6) {
				got = append(got, e.String())
			}
			assert.Equal(t, tt.want, got)
		})
	}
	t.Run("F6.004 IPv6 is denied without IPv6", func(t *testing.T) {
		a := nacl.ACL{Entries: nacl.DefaultEntries(false)}
		_, allowed := a.Eval(packet.Ingress, packet.Packet{})
		assert.False(t, allowed)
		e, allowed := a.Eval(crossing(t, "in tcp 2001:db8::1 2001:db8::2 443"))
		assert.Nil(t, e)
		assert.False(t, allowed)
	})
}
