package endpoint_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

// regions are those that the built-in table may hold.
var regions = []string{"us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2"}

func TestRanges(t *testing.T) {
	tests := []struct {
		name    string
		service string
		address string
		want    bool
	}{
		{"F7.001 S3 in 52.216.0.0/15", "com.amazonaws.us-east-1.s3", "52.217.3.4", true},
		{"F7.001 S3 in 54.231.0.0/17", "com.amazonaws.us-east-1.s3", "54.231.127.255", true},
		{"F7.001 S3 in 3.5.0.0/19", "com.amazonaws.us-east-1.s3", "3.5.31.255", true},
		{"F7.001 DynamoDB in 52.94.4.0/24", "com.amazonaws.us-east-2.dynamodb", "52.94.4.7", true},
		{"F7.003 S3 of its own Region", "com.amazonaws.us-east-2.s3", "52.219.80.1", true},
		{"F7.003 S3 of another Region", "com.amazonaws.us-east-1.s3", "52.219.80.1", false},
		{"F7.014 an address of nobody's", "com.amazonaws.us-east-1.s3", "8.8.8.8", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ranges, ok := endpoint.Ranges(tt.service)
			require.True(t, ok)
			assert.Equal(t, tt.want, endpoint.Covers(ranges, netip.MustParseAddr(tt.address)))
		})
	}
}

func TestRangesThatAreNotHeld(t *testing.T) {
	for _, service := range []string{"", "s3", "com.amazonaws.us-east-1.s3express", "com.amazonaws.us-east-1.sqs", "com.amazonaws.xx-nowhere-9.s3"} {
		ranges, ok := endpoint.Ranges(service)
		assert.False(t, ok, service)
		assert.Nil(t, ranges, service)
	}
}

func TestRangesAreWholeBlocksApart(t *testing.T) {
	owner := map[netip.Prefix]string{}
	for _, region := range regions {
		for _, short := range []string{"s3", "dynamodb"} {
			service := "com.amazonaws." + region + "." + short
			ranges, _ := endpoint.Ranges(service)
			for _, r := range ranges {
				assert.Equal(t, r.Masked(), r, service)
				assert.True(t, r.Addr().Is4() && !r.Addr().IsPrivate(), "%s of %s", r, service)
				for other, whose := range owner {
					assert.False(t, r.Overlaps(other), "F7.003 %s of %s, %s of %s", r, service, other, whose)
				}
				owner[r] = service
			}
		}
	}
	assert.NotEmpty(t, owner)
}

func TestRangesAreTheCallersOwn(t *testing.T) {
	mine, _ := endpoint.Ranges("com.amazonaws.us-east-1.s3")
	mine[0] = netip.Prefix{}
	again, _ := endpoint.Ranges("com.amazonaws.us-east-1.s3")
	assert.True(t, again[0].IsValid())
}
