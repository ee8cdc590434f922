package peering_test

import (
	"encoding/json"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/peering"
)

func TestStatus(t *testing.T) {
	tests := []struct {
		name   string
		text   string
		want   peering.Status
		active bool
	}{
		{"F8.001 unspecified counts as active", "", peering.StatusUnspecified, true},
		{"F8.001 initiating request", "initiating-request", peering.InitiatingRequest, false},
		{"F8.001 pending acceptance", "pending-acceptance", peering.PendingAcceptance, false},
		{"F8.001 active", "active", peering.Active, true},
		{"F8.001 deleted", "deleted", peering.Deleted, false},
		{"F8.001 rejected", "rejected", peering.Rejected, false},
		{"F8.001 F8.002 failed", "failed", peering.Failed, false},
		{"F8.001 F8.002 expired", "expired", peering.Expired, false},
		{"F8.001 provisioning", "provisioning", peering.Provisioning, false},
		{"F8.001 deleting", "deleting", peering.Deleting, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := peering.Status(99)
			require.NoError(t, got.UnmarshalText([]byte(tt.text)))
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.text, got.String())
			assert.Equal(t, tt.active, (&peering.Connection{Status: got}).Active())
		})
	}
	assert.Equal(t, "Status(99)", peering.Status(99).String())
	assert.False(t, (&peering.Connection{Status: 99}).Active())
	assert.False(t, (*peering.Connection)(nil).Active())
	_, err := peering.Status(99).MarshalText()
	assert.Error(t, err)
}

func TestJSONRoundTrip(t *testing.T) {
	want := []peering.Connection{{}, {
		ID: "pcx", Name: "a to b", Status: peering.PendingAcceptance,
		Requester: peering.Side{VPC: "a", Account: "111122223333", Region: "us-east-1", DNSResolution: true},
		Accepter:  peering.Side{VPC: "b", Blocks: blocks("10.1.0.0/16", "2001:db8::/56")},
	}}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"Status":"pending-acceptance"`)
	var got []peering.Connection
	require.NoError(t, json.Unmarshal(text, &got))
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Errorf("after JSON (-want +got):\n%s", diff)
	}
}

func FuzzStatus(f *testing.F) {
	for _, seed := range []string{"", "active", "Pending-Acceptance", "pending acceptance", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := peering.Status(99)
		if s.UnmarshalText([]byte(text)) != nil {
			assert.EqualValues(t, 99, s, "an error leaves it as it is")
			return
		}
		back, err := s.MarshalText()
		require.NoError(t, err)
		assert.True(t, strings.EqualFold(text, string(back)), "%q came back as %q", text, back)
	})
}
