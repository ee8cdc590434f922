package subnet_test

import (
	"encoding/json"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestInterfaceKindText(t *testing.T) {
	for kind, want := range map[subnet.InterfaceKind]string{
		subnet.KindUnspecified: "", subnet.Standard: "interface", subnet.NATGateway: "nat_gateway",
		subnet.VPCEndpoint: "vpc_endpoint", subnet.Lambda: "lambda", subnet.LoadBalancer: "load_balancer",
		subnet.NetworkLoadBalancer: "network_load_balancer", subnet.GatewayLoadBalancer: "gateway_load_balancer",
		subnet.GatewayLoadBalancerEndpoint: "gateway_load_balancer_endpoint", subnet.TransitGateway: "transit_gateway",
		subnet.Other: "other",
	} {
		got, err := kind.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
		assert.Equal(t, want, kind.String())
		back := subnet.InterfaceKind(99)
		require.NoError(t, back.UnmarshalText(got))
		assert.Equal(t, kind, back)
	}
	assert.Equal(t, "InterfaceKind(99)", subnet.InterfaceKind(99).String())
	_, err := subnet.InterfaceKind(99).MarshalText()
	assert.Error(t, err)
	assert.Error(t, new(subnet.InterfaceKind).UnmarshalText([]byte("efa")))
}

func TestForwardingText(t *testing.T) {
	for f, want := range map[subnet.Forwarding]string{subnet.ForwardUnspecified: "", subnet.Route: "route", subnet.Masquerade: "masquerade"} {
		got, err := f.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
		assert.Equal(t, want, f.String())
		back := subnet.Forwarding(99)
		require.NoError(t, back.UnmarshalText(got))
		assert.Equal(t, f, back)
	}
	assert.Equal(t, "Forwarding(9)", subnet.Forwarding(9).String())
	_, err := subnet.Forwarding(9).MarshalText()
	assert.Error(t, err)
	assert.Error(t, new(subnet.Forwarding).UnmarshalText([]byte("nat")))
}

func TestJSON(t *testing.T) {
	type all struct {
		Subnet    subnet.Subnet
		Interface subnet.Interface
		Elastic   subnet.ElasticIP
	}
	tests := []struct {
		name string
		in   all
	}{
		{"zero values", all{}},
		{"everything set", all{
			Subnet: subnet.Subnet{ID: "s", Name: "n", VPC: "v", Zone: "z", CIDR: block("10.0.1.9/24"), IPv6CIDR: block("2001:db8::/64"), MapPublicIPOnLaunch: true, DefaultForZone: true},
			Interface: subnet.Interface{
				ID: "e", Description: "d", Subnet: "s", Account: "1", Kind: subnet.GatewayLoadBalancerEndpoint,
				Private: []subnet.Address{{Private: addr("10.0.1.4"), Public: addr("203.0.113.4")}, {}}, IPv6: []netip.Addr{addr("2001:db8::4"), {}},
				Groups: []string{"g"}, NoSourceDestCheck: true, Forwarding: subnet.Masquerade, Attachment: subnet.Attachment{Instance: "i", DeviceIndex: 1},
			},
			Elastic: subnet.ElasticIP{ID: "a", PublicIP: addr("203.0.113.4"), Interface: "e", PrivateIP: addr("10.0.1.4")},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data, err := json.Marshal(tt.in)
			require.NoError(t, err)
			var got all
			require.NoError(t, json.Unmarshal(data, &got))
			if diff := cmp.Diff(tt.in, got, cmpopts.EquateComparable(netip.Addr{}, netip.Prefix{})); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "interface", "NAT_gateway", "route", "masquerade", "efa"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var k subnet.InterfaceKind
		if k.UnmarshalText([]byte(s)) == nil {
			var back subnet.InterfaceKind
			require.NoError(t, back.UnmarshalText([]byte(k.String())))
			assert.Equal(t, k, back)
		}
		var w subnet.Forwarding
		if w.UnmarshalText([]byte(s)) == nil {
			var back subnet.Forwarding
			require.NoError(t, back.UnmarshalText([]byte(w.String())))
			assert.Equal(t, w, back)
		}
	})
}

// Whatever the block and the address: no panic, and an allocator takes just what is contained and not
// reserved.
func FuzzBlock(f *testing.F) {
	f.Add([]byte{10, 0, 1, 0}, 28, []byte{10, 0, 1, 4})
	f.Add([]byte{255, 255, 255, 255}, 32, []byte{255, 255, 255, 255})
	f.Add([]byte{0, 0, 0, 0}, 0, []byte{0, 0, 0, 4})
	f.Add(make([]byte, 16), 128, make([]byte, 16))
	f.Add([]byte{}, 33, []byte{})
	f.Fuzz(func(t *testing.T, base []byte, bits int, host []byte) {
		b, _ := netip.AddrFromSlice(base)
		a, _ := netip.AddrFromSlice(host)
		s := subnet.Subnet{ID: "s", CIDR: netip.PrefixFrom(b, bits)}
		_ = s.Validate()
		s.Router()
		s.Usable()
		l := subnet.NewAllocator(s.CIDR)
		assert.Equal(t, s.Contains(a) && !s.Reserved(a), l.Take(a) == nil)
		if next, ok := l.Next(); ok {
			assert.True(t, s.Contains(next) && !s.Reserved(next))
		}
	})
}
