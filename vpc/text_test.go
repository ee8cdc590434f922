package vpc_test

import (
	"encoding/json"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/packetwalk/packetwalk/vpc"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBlockStateText(t *testing.T) {
	// F3.004 lists the names.
	for i, want := range []string{"", "associating", "associated", "disassociating", "disassociated", "failing", "failed"} {
		s := vpc.BlockState(i)
		got, err := s.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
		assert.Equal(t, want, s.String())
		back := vpc.BlockState(99)
		require.NoError(t, back.UnmarshalText(got))
		assert.Equal(t, s, back)
	}
	assert.Equal(t, "BlockState(9)", vpc.BlockState(9).String())
	_, err := vpc.BlockState(9).MarshalText()
	assert.Error(t, err)
	assert.Error(t, new(vpc.BlockState).UnmarshalText([]byte("gone")))
}

func TestInstanceStateText(t *testing.T) {
	for i, want := range []string{"", "pending", "running", "shutting-down", "terminated", "stopping", "stopped"} {
		s := vpc.InstanceState(i)
		got, err := s.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
		assert.Equal(t, want, s.String())
		back := vpc.InstanceState(99)
		require.NoError(t, back.UnmarshalText(got))
		assert.Equal(t, s, back)
	}
	assert.Equal(t, "InstanceState(9)", vpc.InstanceState(9).String())
	_, err := vpc.InstanceState(9).MarshalText()
	assert.Error(t, err)
	assert.Error(t, new(vpc.InstanceState).UnmarshalText([]byte("gone")))
}

func TestJSON(t *testing.T) {
	type all struct {
		VPC      vpc.VPC
		DHCP     vpc.DHCPOptions
		Instance vpc.Instance
	}
	tests := []struct {
		name string
		in   all
	}{
		{"zero values", all{}},
		{"everything set", all{
			VPC: vpc.VPC{
				ID: "v", Name: "n", Account: "1", Region: "r", Default: true, NoDNSSupport: true, DNSHostnames: true, DHCPOptions: "d",
				Blocks: append(vpc.Blocks("10.0.0.7/16", "2001:db8::/56", "none"), vpc.Block{CIDR: netip.MustParsePrefix("100.64.0.0/16"), State: vpc.Failed}),
			},
			DHCP: vpc.DHCPOptions{
				ID: "d", Name: "n", DomainName: "example.com", DomainNameServers: []string{vpc.AmazonProvidedDNS, "10.0.0.9"},
				NTPServers: []netip.Addr{netip.MustParseAddr("10.0.0.8"), {}},
			},
			Instance: vpc.Instance{ID: "i", Name: "n", State: vpc.ShuttingDown},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data, err := json.Marshal(tt.in)
			require.NoError(t, err)
			var got all
			require.NoError(t, json.Unmarshal(data, &got))
			if diff := cmp.Diff(tt.in, got, netipValues); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func FuzzStates(f *testing.F) {
	for _, s := range []string{"", "associating", "Shutting-Down", "running", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b vpc.BlockState
		if b.UnmarshalText([]byte(s)) == nil {
			var back vpc.BlockState
			require.NoError(t, back.UnmarshalText([]byte(b.String())))
			assert.Equal(t, b, back)
		}
		var i vpc.InstanceState
		if i.UnmarshalText([]byte(s)) == nil {
			var back vpc.InstanceState
			require.NoError(t, back.UnmarshalText([]byte(i.String())))
			assert.Equal(t, i, back)
		}
	})
}
