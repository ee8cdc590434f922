package gateway_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/gateway"
)

func TestNATStateText(t *testing.T) {
	tests := []struct {
		name      string
		text      string
		want      gateway.NATState
		available bool
	}{
		{"F4.201 unspecified counts as available", "", gateway.NATUnspecified, true},
		{"F4.201 pending", "pending", gateway.NATPending, false},
		{"F4.201 failed", "failed", gateway.NATFailed, false},
		{"F4.201 available", "available", gateway.NATAvailable, true},
		{"F4.201 deleting", "deleting", gateway.NATDeleting, false},
		{"F4.201 F4.222 deleted", "deleted", gateway.NATDeleted, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got gateway.NATState
			require.NoError(t, got.UnmarshalText([]byte(tt.text)))
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.text, got.String())
			assert.Equal(t, tt.available, (&gateway.NAT{State: got}).Available())
		})
	}
	assert.False(t, (&gateway.NAT{State: 200}).Available())
	assert.False(t, (*gateway.NAT)(nil).Available())
}

func TestConnectivityText(t *testing.T) {
	tests := []struct {
		name   string
		text   string
		want   gateway.Connectivity
		public bool
	}{
		{"F4.201 unspecified counts as public", "", gateway.ConnectivityUnspecified, true},
		{"F4.201 public", "public", gateway.Public, true},
		{"F4.201 private", "private", gateway.Private, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got gateway.Connectivity
			require.NoError(t, got.UnmarshalText([]byte(tt.text)))
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.text, got.String())
			assert.Equal(t, tt.public, (&gateway.NAT{Connectivity: got}).IsPublic())
		})
	}
	assert.False(t, (*gateway.NAT)(nil).IsPublic())
}

func TestAvailabilityModeText(t *testing.T) {
	tests := []struct {
		name     string
		text     string
		want     gateway.AvailabilityMode
		regional bool
	}{
		{"F4.201 unspecified counts as zonal", "", gateway.AvailabilityModeUnspecified, false},
		{"F4.201 zonal", "zonal", gateway.Zonal, false},
		{"F4.201 F4.219 regional", "regional", gateway.Regional, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got gateway.AvailabilityMode
			require.NoError(t, got.UnmarshalText([]byte(tt.text)))
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.text, got.String())
			text, err := got.MarshalText()
			require.NoError(t, err)
			assert.Equal(t, tt.text, string(text))
			assert.Equal(t, tt.regional, (&gateway.NAT{AvailabilityMode: got}).IsRegional())
		})
	}
	assert.False(t, (*gateway.NAT)(nil).IsRegional())
	assert.Equal(t, "AvailabilityMode(200)", gateway.AvailabilityMode(200).String())
	_, err := gateway.AvailabilityMode(200).MarshalText()
	assert.Error(t, err)
	var m gateway.AvailabilityMode
	assert.ErrorContains(t, m.UnmarshalText([]byte("global")), "want one of zonal, regional")
}

func TestValuesWithoutAName(t *testing.T) {
	assert.Equal(t, "NATState(200)", gateway.NATState(200).String())
	assert.Equal(t, "Connectivity(200)", gateway.Connectivity(200).String())
	assert.Equal(t, "Refusal(200)", gateway.Refusal(200).String())
	_, err := gateway.NATState(200).MarshalText()
	assert.Error(t, err)
	_, err = gateway.Connectivity(200).MarshalText()
	assert.Error(t, err)
}

func TestRefusalString(t *testing.T) {
	seen := map[string]gateway.Refusal{}
	for r := gateway.Forwards; r <= gateway.NoSession; r++ {
		text := r.String()
		assert.NotEmpty(t, text)
		assert.NotContains(t, text, "Refusal(")
		assert.NotContains(t, seen, text, "each refusal has a sentence of its own")
		seen[text] = r
	}
}

func TestJSONRoundTrip(t *testing.T) {
	type all struct {
		Internet   gateway.Internet
		EgressOnly gateway.EgressOnly
		NAT        []gateway.NAT
	}
	want := all{
		gateway.Internet{ID: "igw", Name: "edge", VPC: "vpc"},
		gateway.EgressOnly{ID: "eigw", Name: "out", VPC: "vpc"},
		[]gateway.NAT{
			{},
			{ID: "nat", Name: "n", Subnet: "s", Connectivity: gateway.Public, State: gateway.NATPending, Addresses: []gateway.NATAddress{
				{Interface: "eni", Private: addr("10.0.0.9"), Public: addr("52.1.1.1")}, {},
			}},
		},
	}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"Connectivity":"public","State":"pending"`)
	var got all
	require.NoError(t, json.Unmarshal(text, &got))
	if diff := cmp.Diff(want, got, equal); diff != "" {
		t.Errorf("after JSON (-want +got):\n%s", diff)
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "public", "PRIVATE", "available", "Deleted", "no such state", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		state, connectivity := gateway.NATState(9), gateway.Connectivity(9)
		if state.UnmarshalText([]byte(text)) == nil {
			back, err := state.MarshalText()
			require.NoError(t, err)
			assert.EqualValues(t, state.String(), back)
		} else {
			assert.EqualValues(t, 9, state, "an error leaves it as it is")
		}
		if connectivity.UnmarshalText([]byte(text)) == nil {
			back, err := connectivity.MarshalText()
			require.NoError(t, err)
			assert.EqualValues(t, connectivity.String(), back)
		} else {
			assert.EqualValues(t, 9, connectivity, "an error leaves it as it is")
		}
	})
}
