package route_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/route"
)

func TestEnumText(t *testing.T) {
	for _, c := range []struct {
		value encoding.TextMarshaler
		want  string
	}{
		{route.TargetUnspecified, ""},
		{route.Local, "local"},
		{route.InternetGateway, "internet-gateway"},
		{route.EgressOnlyInternetGateway, "egress-only-internet-gateway"},
		{route.NATGateway, "nat-gateway"},
		{route.NetworkInterface, "network-interface"},
		{route.Instance, "instance"},
		{route.PeeringConnection, "vpc-peering-connection"},
		{route.GatewayEndpoint, "gateway-endpoint"},
		{route.GatewayLoadBalancerEndpoint, "gateway-load-balancer-endpoint"},
		{route.VirtualPrivateGateway, "virtual-private-gateway"},
		{route.TransitGateway, "transit-gateway"},
		{route.CarrierGateway, "carrier-gateway"},
		{route.LocalGateway, "local-gateway"},
		{route.CoreNetwork, "core-network"},
		{route.ODBNetwork, "odb-network"},
		{route.Unknown, "unknown"},

		// F2.023
		{route.StateUnspecified, ""},
		{route.Active, "active"},
		{route.Blackhole, "blackhole"},
		{route.Filtered, "filtered"},
		{route.OriginUnspecified, ""},
		{route.CreatedWithTable, "CreateRouteTable"},
		{route.Created, "CreateRoute"},
		{route.Propagated, "EnableVgwRoutePropagation"},
		{route.Advertised, "Advertisement"},

		{route.ViaUnspecified, ""},
		{route.DirectConnectBGP, "direct-connect-bgp"},
		{route.VPNStatic, "vpn-static"},
		{route.VPNBGP, "vpn-bgp"},

		{route.Taken, "taken"},
		{route.LessSpecific, "less-specific"},
		{route.LowerPriority, "lower-priority"},
		{route.LocalPreferred, "local-preferred"},
		{route.NotUsable, "not-usable"},
	} {
		text, err := c.value.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, c.want, string(text))
		assert.Equal(t, c.want, fmt.Sprint(c.value))
	}
	for _, c := range []encoding.TextMarshaler{route.TargetKind(99), route.State(99), route.Origin(99), route.Via(99), route.Loss(99)} {
		_, err := c.MarshalText()
		assert.Error(t, err)
		assert.Contains(t, fmt.Sprint(c), "(99)")
	}
}

func FuzzEnumText(f *testing.F) {
	for _, s := range []string{"", "local", "NAT-gateway", "blackhole", "CreateRoute", "vpn-bgp", "taken", "\xff", "nosuch"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		roundTrip(t, s, new(route.TargetKind), new(route.TargetKind))
		roundTrip(t, s, new(route.State), new(route.State))
		roundTrip(t, s, new(route.Origin), new(route.Origin))
		roundTrip(t, s, new(route.Via), new(route.Via))
		roundTrip(t, s, new(route.Loss), new(route.Loss))
	})
}

// roundTrip checks that a text which is read into v is written as one that reads the same into w.
func roundTrip[E interface {
	encoding.TextMarshaler
	encoding.TextUnmarshaler
}](t *testing.T, s string, v, w E) {
	if v.UnmarshalText([]byte(s)) != nil {
		return
	}
	text, err := v.MarshalText()
	require.NoError(t, err)
	require.NoError(t, w.UnmarshalText(text))
	assert.Equal(t, v, w)
}

func TestString(t *testing.T) {
	for _, c := range []struct {
		r    *route.Route
		want string
	}{
		{&route.Route{Destination: netip.MustParsePrefix("10.1.0.0/16"), Target: route.Target{Kind: route.PeeringConnection, ID: "pcx-ab"}}, "10.1.0.0/16 -> pcx-ab"},
		{&route.Route{Destination: netip.MustParsePrefix("10.0.0.0/16"), Target: route.Target{Kind: route.Local}, State: route.Active}, "10.0.0.0/16 -> local"},
		{&route.Route{PrefixList: "pl-s3", Target: route.Target{Kind: route.GatewayEndpoint, ID: "vpce-1"}, State: route.Blackhole}, "pl-s3 -> vpce-1 (blackhole)"},
		{&route.Route{Destination: netip.MustParsePrefix("::/0"), Target: route.Target{Kind: route.NATGateway}, State: route.Filtered}, "::/0 -> nat-gateway (filtered)"},
		{&route.Route{}, "? -> ?"},
		{&route.Route{State: 99, Target: route.Target{Kind: 99}}, "? -> TargetKind(99) (State(99))"},
		{nil, ""},
	} {
		assert.Equal(t, c.want, c.r.String())
	}
}

func TestModelled(t *testing.T) {
	for k := range route.TargetKind(100) {
		want := k >= route.Local && k < route.GatewayLoadBalancerEndpoint
		assert.Equal(t, want, route.Target{Kind: k}.Modelled(), "%s", k)
	}
}

func TestJSONLosesNothing(t *testing.T) {
	type config struct {
		Tables []route.Table
		Lists  []route.PrefixList
	}
	want := config{
		Tables: []route.Table{{ID: "rtb", Name: "front", VPC: "vpc", Main: true, Subnets: []string{"a"}, Gateways: []string{"igw"}, Routes: []route.Route{
			local("10.0.0.0/16"), in(route.Blackhole, listed("pl-s3", "vpce")), learned("2001:db8::/32", "vgw", route.VPNBGP), advertised("10.8.0.0/16", "eni"), {},
		}}, {}},
		Lists: []route.PrefixList{{ID: "pl", Name: "mine", Entries: prefixes("10.0.0.0/8", "10.9.0.0/16"), MaxEntries: 5}, {}},
	}
	for k := range route.Unknown + 1 {
		want.Tables[1].Routes = append(want.Tables[1].Routes, route.Route{Target: route.Target{Kind: k, ID: "x"}})
	}
	data, err := json.Marshal(want)
	require.NoError(t, err)
	var got config
	require.NoError(t, json.Unmarshal(data, &got))
	if d := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{})); d != "" {
		t.Error(d)
	}
}
