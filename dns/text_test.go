package dns_test

import (
	"encoding"
	"encoding/json"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/dns"
)

// Each enumeration has a text for each of its values, which leads back to it.
func TestTexts(t *testing.T) {
	for want, v := range map[string]interface {
		String() string
		encoding.TextMarshaler
	}{
		"": dns.Type(0), "A": dns.A, "AAAA": dns.AAAA, "CNAME": dns.CNAME,
		"NOERROR": dns.Answered, "NODATA": dns.NoData, "NXDOMAIN": dns.NoName, "SERVFAIL": dns.Failed, "UNREACHABLE": dns.Unreachable,
		"private hosted zone": dns.PrivateZone, "public hosted zone": dns.PublicZone, "endpoint private DNS": dns.EndpointPrivateDNS, "endpoint name": dns.EndpointName,
		"private host name": dns.PrivateHostname, "public host name": dns.PublicHostname, "AWS service": dns.AWSService,
		"resolver": dns.Resolver, "DNS64": dns.DNS64, "public DNS": dns.PublicDNS,
		"load balancer name": dns.LoadBalancerName,
	} {
		assert.Equal(t, want, v.String())
		text, err := v.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		text = []byte(strings.ToUpper(want))
		switch v := v.(type) {
		case dns.Type:
			got := dns.Type(9)
			require.NoError(t, got.UnmarshalText(text))
			assert.Equal(t, v, got)
		case dns.Outcome:
			got := dns.Outcome(9)
			require.NoError(t, got.UnmarshalText(text))
			assert.Equal(t, v, got)
		case dns.Authority:
			got := dns.Authority(99)
			require.NoError(t, got.UnmarshalText(text))
			assert.Equal(t, v, got)
		}
	}
	assert.Equal(t, "Type(9)", dns.Type(9).String())
	assert.Equal(t, "Outcome(9)", dns.Outcome(9).String())
	assert.Equal(t, "Authority(99)", dns.Authority(99).String())
	for _, v := range []encoding.TextMarshaler{dns.Type(9), dns.Outcome(9), dns.Authority(99)} {
		_, err := v.MarshalText()
		assert.Error(t, err)
	}
	for _, v := range []encoding.TextUnmarshaler{new(dns.Type), new(dns.Outcome), new(dns.Authority)} {
		assert.Error(t, v.UnmarshalText([]byte("MX")))
	}
	assert.Equal(t, "resolver 10.0.0.2: forwards", dns.Step{By: dns.Resolver, ID: "10.0.0.2", Said: "forwards"}.String())
	assert.Equal(t, "public DNS: a.example is not there", dns.Step{By: dns.PublicDNS, Name: "a.example", Said: "is not there"}.String())
}

func TestZoneJSONRoundTrip(t *testing.T) {
	want := []dns.Zone{{}, {
		ID: "Z", Name: "corp.", Private: true, VPCs: []string{"a"}, Servers: []netip.Addr{netip.MustParseAddr("10.0.0.53")},
		Records: []dns.Record{a("db.corp", "10.0.0.5"), cname("*.corp", "db.corp"), alias("corp", dns.AAAA, "db.corp"), {}},
	}}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"Type":"CNAME"`)
	var got []dns.Zone
	require.NoError(t, json.Unmarshal(text, &got))
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Addr{})); diff != "" {
		t.Errorf("after JSON (-want +got):\n%s", diff)
	}
}
