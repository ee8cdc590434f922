package endpoint_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

func TestState(t *testing.T) {
	tests := []struct {
		name   string
		text   string
		want   endpoint.State
		usable bool
		exists bool
	}{
		{"F7.111 unspecified counts as available", "", endpoint.StateUnspecified, true, true},
		{"F7.111 pending acceptance", "PendingAcceptance", endpoint.PendingAcceptance, false, true},
		{"F7.111 pending", "Pending", endpoint.Pending, false, true},
		{"F7.111 available", "Available", endpoint.Available, true, true},
		{"F7.111 deleting", "Deleting", endpoint.Deleting, false, true},
		{"F7.111 deleted", "Deleted", endpoint.Deleted, false, false},
		{"F7.111 rejected", "Rejected", endpoint.Rejected, false, true},
		{"F7.111 failed", "Failed", endpoint.Failed, false, false},
		{"F7.111 expired", "Expired", endpoint.Expired, false, true},
		{"F7.111 partial", "Partial", endpoint.Partial, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, text := range []string{tt.text, strings.ToLower(tt.text)} {
				got := endpoint.State(99)
				require.NoError(t, got.UnmarshalText([]byte(text)))
				assert.Equal(t, tt.want, got)
			}
			assert.Equal(t, tt.text, tt.want.String())
			assert.Equal(t, tt.usable, tt.want.Usable())
			assert.Equal(t, tt.exists, tt.want.Exists())
		})
	}
	assert.Equal(t, "State(99)", endpoint.State(99).String())
	assert.False(t, endpoint.State(99).Usable())
	_, err := endpoint.State(99).MarshalText()
	assert.Error(t, err)
}

func TestJSONRoundTrip(t *testing.T) {
	type all struct {
		Gateways   []endpoint.Gateway
		Interfaces []endpoint.Interface
		Inspectors []endpoint.GatewayLoadBalancer
	}
	want := all{
		[]endpoint.Gateway{{}, {
			ID: "vpce-1", Name: "s3", VPC: "vpc", Service: "com.amazonaws.us-east-1.s3", RouteTables: []string{"rtb"},
			State: endpoint.Pending, Policy: `{"Statement": "<kept as it is> & more"}`, IPAddressType: endpoint.Dualstack,
		}},
		[]endpoint.Interface{{}, {
			ID: "vpce-2", Name: "sqs", VPC: "vpc", Service: "com.amazonaws.us-east-1.sqs", Subnets: []string{"a", "b"},
			Interfaces: []string{"eni"}, Groups: []string{}, State: endpoint.Partial, PrivateDNS: true, Policy: "not JSON",
			Account: "123456789012", DNSNames: []string{"vpce-2-a.sqs.us-east-1.vpce.amazonaws.com"}, PrivateDNSInboundOnly: true, IPAddressType: endpoint.IPv6,
		}},
		[]endpoint.GatewayLoadBalancer{{}, {
			ID: "vpce-3", Name: "fw", VPC: "vpc", Service: "com.amazonaws.vpce.us-east-1.vpce-svc-0123", Subnet: "a", Interface: "eni", State: endpoint.Failed,
		}},
	}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"State":"Partial"`)
	var got all
	require.NoError(t, json.Unmarshal(text, &got))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after JSON (-want +got):\n%s", diff)
	}
}

func FuzzState(f *testing.F) {
	for _, seed := range []string{"", "available", "PendingAcceptance", "PENDING", "no such state", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := endpoint.State(99)
		if s.UnmarshalText([]byte(text)) != nil {
			assert.EqualValues(t, 99, s, "an error leaves it as it is")
			return
		}
		back, err := s.MarshalText()
		require.NoError(t, err)
		assert.True(t, strings.EqualFold(text, string(back)), "%q came back as %q", text, back)
	})
}
