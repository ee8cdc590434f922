package endpoint_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

func TestIPAddressType(t *testing.T) {
	tests := []struct {
		name, text string
		want       endpoint.IPAddressType
		families   []bool
	}{
		{"F7.011 unspecified counts as IPv4", "", 0, []bool{false}},
		{"F7.011 IPv4", "ipv4", endpoint.IPv4, []bool{false}},
		{"F7.011 IPv6", "ipv6", endpoint.IPv6, []bool{true}},
		{"F7.011 F7.112 both", "dualstack", endpoint.Dualstack, []bool{false, true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, text := range []string{tt.text, strings.ToUpper(tt.text)} {
				got := endpoint.IPAddressType(9)
				require.NoError(t, got.UnmarshalText([]byte(text)))
				assert.Equal(t, tt.want, got)
			}
			assert.Equal(t, tt.text, tt.want.String())
			assert.Equal(t, tt.families, tt.want.Families())
		})
	}
	assert.Equal(t, "IPAddressType(9)", endpoint.IPAddressType(9).String())
	assert.Empty(t, endpoint.IPAddressType(9).Families())
	_, err := endpoint.IPAddressType(9).MarshalText()
	assert.Error(t, err)
}

func TestPrefixListName(t *testing.T) {
	for _, c := range []struct {
		name, service string
		ipv6          bool
		want          string
	}{
		{"F7.011 the list of IPv4 has the service's name", "com.amazonaws.us-east-1.s3", false, "com.amazonaws.us-east-1.s3"},
		{"F7.011 that of IPv6 one of its own", "com.amazonaws.us-east-1.s3", true, "com.amazonaws.us-east-1.ipv6.s3"},
		{"F7.011 of another service", "com.amazonaws.eu-west-1.dynamodb", true, "com.amazonaws.eu-west-1.ipv6.dynamodb"},
		{"a name without a Region", "com.amazonaws.s3-global.accesspoint", true, "com.amazonaws.s3-global.accesspoint"},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, endpoint.PrefixListName(c.service, c.ipv6)) })
	}
}
