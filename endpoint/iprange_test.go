package endpoint_test

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// ipRanges is a file as https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html describes it.
const ipRanges = `{
  "syncToken": "1611783258",
  "createDate": "2021-01-27-21-34-18",
  "prefixes": [
    {"ip_prefix": "52.94.244.0/22", "region": "us-east-1", "service": "AMAZON", "network_border_group": "us-east-1"},
    {"ip_prefix": "52.4.0.0/14", "region": "us-east-1", "service": "AMAZON", "network_border_group": "us-east-1"},
    {"ip_prefix": "52.4.0.0/14", "region": "us-east-1", "service": "EC2", "network_border_group": "us-east-1"},
    {"ip_prefix": "52.216.0.0/15", "region": "us-east-1", "service": "AMAZON", "network_border_group": "us-east-1"},
    {"ip_prefix": "52.216.0.0/15", "region": "us-east-1", "service": "S3", "network_border_group": "us-east-1", "new": {}},
    {"ip_prefix": "52.94.5.0/24", "region": "eu-west-1", "service": "DYNAMODB", "network_border_group": "eu-west-1"},
    {"ip_prefix": "144.220.0.0/16", "region": "GLOBAL", "service": "AMAZON", "network_border_group": "GLOBAL"}
  ],
  "ipv6_prefixes": [
    {"ipv6_prefix": "2a05:d050:4000::/40", "region": "eu-central-1", "service": "S3", "network_border_group": "eu-central-1"}
  ]
}`

func ipRange(prefix, region, service string) endpoint.IPRange {
	return endpoint.IPRange{Prefix: netip.MustParsePrefix(prefix), Region: region, Service: service}
}

func TestParseIPRanges(t *testing.T) {
	got, err := endpoint.ParseIPRanges([]byte(ipRanges))
	require.NoError(t, err)
	want := []endpoint.IPRange{
		ipRange("52.94.244.0/22", "us-east-1", "AMAZON"), ipRange("52.4.0.0/14", "us-east-1", "AMAZON"),
		ipRange("52.4.0.0/14", "us-east-1", "EC2"), ipRange("52.216.0.0/15", "us-east-1", "AMAZON"),
		ipRange("52.216.0.0/15", "us-east-1", "S3"), ipRange("52.94.5.0/24", "eu-west-1", "DYNAMODB"),
		ipRange("144.220.0.0/16", "GLOBAL", "AMAZON"), ipRange("2a05:d050:4000::/40", "eu-central-1", "S3"),
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Errorf("the ranges (-want +got):\n%s", diff)
	}
}

func TestParseIPRangesMistakes(t *testing.T) {
	tests := []struct {
		name, document string
		want           []string
	}{
		{"every mistake at once, each with its place", `{"prefixes": [
			{"ip_prefix": "52.94.244.0/22", "region": "us-east-1", "service": "AMAZON"},
			{"ip_prefix": "52.94.244.0", "region": "", "service": "AMAZON"},
			{"ip_prefix": "2600:1f18::/33", "region": "us-east-1", "service": ""},
			{"ip_prefix": "52.94.244.9/22", "region": "us-east-1", "service": "AMAZON"},
			{"ip_prefix": "10.0.0.0/8", "region": "us-east-1", "service": "AMAZON"},
			{"region": "us-east-1", "service": "AMAZON"}
		], "ipv6_prefixes": [{"ipv6_prefix": "52.94.244.0/22", "region": "us-east-1", "service": "AMAZON"}]}`,
			[]string{
				"prefixes[1].ip_prefix", "prefixes[1].region", "prefixes[2].ip_prefix", "prefixes[2].service",
				"prefixes[3].ip_prefix", "prefixes[4].ip_prefix", "prefixes[5].ip_prefix", "ipv6_prefixes[0].ipv6_prefix",
			}},
		{"no JSON", `prefixes`, nil},
		{"another file", `{"ranges": []}`, nil},
		{"another type", `{"prefixes": [{"ip_prefix": 5}]}`, nil},
		{"nothing", ``, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ranges, err := endpoint.ParseIPRanges([]byte(tt.document))
			assert.ErrorIs(t, err, fault.ErrInvalid)
			assert.Nil(t, ranges)
			if tt.want == nil {
				return
			}
			var places []string
			for _, f := range fault.Of(errors.Unwrap(err)) {
				places = append(places, f.Field)
			}
			assert.Equal(t, tt.want, places)
		})
	}
}

func TestIPRangeValidate(t *testing.T) {
	tests := []struct {
		name string
		r    endpoint.IPRange
		want []mistake
	}{
		{"IPv4", ipRange("52.216.0.0/15", "us-east-1", "S3"), nil},
		{"IPv6", ipRange("2a05:d050:4000::/40", "eu-central-1", "S3"), nil},
		{"no Region of its own", ipRange("144.220.0.0/16", "GLOBAL", "AMAZON"), nil},
		{"bits behind the length", ipRange("52.216.0.1/15", "us-east-1", "S3"), []mistake{{"Prefix", fault.ErrInvalid}}},
		{"private addresses", ipRange("10.0.0.0/16", "us-east-1", "S3"), []mistake{{"Prefix", fault.ErrInvalid}}},
		{"everything", ipRange("0.0.0.0/0", "us-east-1", "S3"), []mistake{{"Prefix", fault.ErrInvalid}}},
		{"IPv4 as IPv6", endpoint.IPRange{Prefix: netip.PrefixFrom(netip.MustParseAddr("::ffff:52.216.0.0"), 111), Region: "us-east-1", Service: "S3"}, []mistake{{"Prefix", fault.ErrInvalid}}},
		{"every mistake at once", endpoint.IPRange{}, []mistake{{"Prefix", fault.ErrInvalid}, {"Region", fault.ErrInvalid}, {"Service", fault.ErrInvalid}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { holds(t, tt.r.Validate(), tt.want) })
	}
	holds(t, (*endpoint.IPRange)(nil).Validate(), []mistake{{"Prefix", fault.ErrInvalid}, {"Region", fault.ErrInvalid}, {"Service", fault.ErrInvalid}})
}

// Whatever the document: no panic, and each range that comes out of it is one that Validate takes.
func FuzzParseIPRanges(f *testing.F) {
	for _, seed := range []string{"", "{}", ipRanges, `{"prefixes": null}`, `{"prefixes": [{"ip_prefix": "::/0"}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		ranges, err := endpoint.ParseIPRanges(document)
		if err != nil {
			assert.Nil(t, ranges)
			return
		}
		require.NotEmpty(t, ranges)
		for i := range ranges {
			assert.NoError(t, ranges[i].Validate())
			service, region, ok := endpoint.AWSServiceAt(ranges[i].Prefix.Addr(), ranges)
			assert.True(t, ok && service != "" && region != "")
		}
		v4, v6 := endpoint.PublicAddress("com.amazonaws.us-east-1.sqs", ranges)
		assert.True(t, v4.Is4() && v6.Is6())
	})
}
