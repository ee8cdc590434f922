package endpoint_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

func TestRangesOf(t *testing.T) {
	file, err := endpoint.ParseIPRanges([]byte(ipRanges))
	require.NoError(t, err)
	tests := []struct {
		name, service string
		ranges        []endpoint.IPRange
		want          []netip.Prefix
	}{
		{"F7.002 S3 of the file", "com.amazonaws.us-east-1.s3", file, []netip.Prefix{netip.MustParsePrefix("52.216.0.0/15")}},
		{"F7.002 IPv6 of the file", "com.amazonaws.eu-central-1.s3", file, []netip.Prefix{netip.MustParsePrefix("2a05:d050:4000::/40")}},
		{"F7.002 DynamoDB of the file", "com.amazonaws.eu-west-1.dynamodb", file, []netip.Prefix{netip.MustParsePrefix("52.94.5.0/24")}},
		{"F7.003 not of another Region", "com.amazonaws.us-east-1.dynamodb", file, nil},
		{"the file takes the place of the whole table", "com.amazonaws.us-east-2.s3", file, nil},
		{"a service without ranges of its own", "com.amazonaws.us-east-1.sqs", file, nil},
		{"somebody's own service", "com.amazonaws.vpce.us-east-1.s3", file, nil},
		{"DynamoDB of the table", "com.amazonaws.us-east-2.dynamodb", nil, []netip.Prefix{netip.MustParsePrefix("52.94.4.0/24")}},
		{"no name", "s3", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, endpoint.RangesOf(tt.service, tt.ranges)) })
	}
}

func TestPublicAddress(t *testing.T) {
	file, err := endpoint.ParseIPRanges([]byte(ipRanges))
	require.NoError(t, err)
	tests := []struct {
		name, service string
		ranges        []endpoint.IPRange
		v4, v6        string // the blocks that they are in
	}{
		{"S3 of the file", "com.amazonaws.us-east-1.s3", file, "52.216.0.0/15", "2001:db8:a35::/48"},
		{"S3 of the file over IPv6", "com.amazonaws.eu-central-1.s3", file, "198.51.100.0/24", "2a05:d050:4000::/40"},
		{"AMAZON's range that is no customer's", "com.amazonaws.us-east-1.sqs", file, "52.94.244.0/22", "2001:db8:a35::/48"},
		{"S3 of the table", "com.amazonaws.us-east-1.s3", nil, "3.5.0.0/19", "2600:1fa0:8000::/39"},
		{"of the table", "com.amazonaws.us-west-2.sqs", nil, "52.94.76.0/22", "2001:db8:a35::/48"},
		{"a Region that the table lacks", "com.amazonaws.af-south-1.sqs", nil, "198.51.100.0/24", "2001:db8:a35::/48"},
		{"one that is not listed", "com.amazonaws.us-east-1.new", nil, "52.94.244.0/22", "2001:db8:a35::/48"},
		{"no Region", "com.amazonaws.iam", nil, "52.94.244.0/22", "2001:db8:a35::/48"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v4, v6 := endpoint.PublicAddress(tt.service, tt.ranges)
			assert.True(t, netip.MustParsePrefix(tt.v4).Contains(v4), "%s", v4)
			assert.True(t, netip.MustParsePrefix(tt.v6).Contains(v6), "%s", v6)
			again4, again6 := endpoint.PublicAddress(tt.service, tt.ranges)
			assert.Equal(t, []netip.Addr{v4, v6}, []netip.Addr{again4, again6})
		})
	}
	for _, service := range []string{"", "sqs", "com.amazonaws.vpce.us-east-1.vpce-svc-0"} {
		v4, v6 := endpoint.PublicAddress(service, nil)
		assert.False(t, v4.IsValid() || v6.IsValid(), service)
	}
}

func TestAWSServiceAt(t *testing.T) {
	file, err := endpoint.ParseIPRanges([]byte(ipRanges))
	require.NoError(t, err)
	tests := []struct {
		name, address   string
		ranges          []endpoint.IPRange
		service, region string
	}{
		{"a service before AMAZON", "52.217.1.1", file, "S3", "us-east-1"},
		{"a customer's", "52.5.1.1", file, "EC2", "us-east-1"},
		{"AMAZON's in general", "52.94.244.1", file, "AMAZON", "us-east-1"},
		{"the longest, the first", "52.94.5.7", append(file, ipRange("52.94.0.0/16", "us-east-1", "EC2")), "DYNAMODB", "eu-west-1"},
		{"the longest, the last", "52.94.5.7", append(file, ipRange("52.94.5.0/25", "us-east-1", "EC2")), "EC2", "us-east-1"},
		{"IPv6", "2a05:d050:4000::1", file, "S3", "eu-central-1"},
		{"no Region of its own", "144.220.0.1", file, "AMAZON", "GLOBAL"},
		{"nobody's", "8.8.8.8", file, "", ""},
		{"of the table", "52.94.4.9", nil, "DYNAMODB", "us-east-2"},
		{"not of the table", "10.0.0.4", nil, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			service, region, ok := endpoint.AWSServiceAt(netip.MustParseAddr(tt.address), tt.ranges)
			assert.Equal(t, tt.service, service)
			assert.Equal(t, tt.region, region)
			assert.Equal(t, tt.service != "", ok)
		})
	}
	_, _, ok := endpoint.AWSServiceAt(netip.Addr{}, nil)
	assert.False(t, ok)
}
