package endpoint

import (
	"net/netip"
	"slices"
)

// Ranges gives the IPv4 address ranges of a service with gateway endpoints in one Region, by the service's
// full name, such as "com.amazonaws.us-east-1.s3"; ok is false for a service or Region that
// it does not hold. Ranges of different services or Regions do not overlap, since the service of
// another Region is not behind the endpoint (F7.003). The slice is the caller's own.
//
// It is a small snapshot for tests and lessons: a handful of ranges each, of S3 and DynamoDB in seven
// Regions, from what AWS listed in 2017 to 2026. It is neither complete nor current. Who depends on an exact
// address gives the network a prefix list of its own, from `aws ec2 get-managed-prefix-list-entries`, or the
// whole of ip-ranges.json, by [ParseIPRanges], which then takes the place of this table. For IPv6 there is
// [RangesOf].
func Ranges(service string) (ranges []netip.Prefix, ok bool) {
	ranges = slices.DeleteFunc(RangesOf(service, nil), func(p netip.Prefix) bool { return p.Addr().Is6() })
	return ranges, len(ranges) > 0
}

// builtIn is the table, in the form of ip-ranges.json. Of the ranges that are AMAZON's in general it has one
// a Region, for the addresses of all other services. It is never written to.
var builtIn = slices.Concat(
	of("us-east-1", "S3", "3.5.0.0/19", "16.182.0.0/16", "52.216.0.0/15", "54.231.0.0/17"),
	of("us-east-1", "S3", "2600:1fa0:8000::/39", "2600:1ff8:8000::/39"),
	of("us-east-2", "S3", "3.5.128.0/22", "3.5.132.0/23", "52.219.80.0/20", "52.219.96.0/20"),
	of("us-east-2", "S3", "2600:1fa0:6000::/40", "2600:1ff8:6000::/40"),
	of("us-west-1", "S3", "52.219.20.0/22", "52.219.24.0/21"),
	of("us-west-1", "S3", "2600:1fa0:c000::/40", "2600:1ff8:c000::/40"),
	of("us-west-2", "S3", "3.5.76.0/22", "3.5.80.0/21", "52.92.128.0/17", "52.218.128.0/17"),
	of("us-west-2", "S3", "2600:1fa0:4000::/39", "2600:1ff8:4000::/39"),
	of("eu-west-1", "S3", "3.5.64.0/21", "3.5.72.0/23", "52.218.0.0/17"),
	of("eu-west-1", "S3", "2a05:d050:8000::/40", "2a05:d078:8000::/40"),
	of("eu-central-1", "S3", "3.5.134.0/23", "3.5.136.0/22", "52.219.44.0/22", "52.219.72.0/22"),
	of("eu-central-1", "S3", "2a05:d050:4000::/40", "2a05:d078:4000::/40"),
	of("ap-southeast-2", "S3", "3.5.164.0/22", "3.5.168.0/23", "52.95.128.0/21"),
	of("ap-southeast-2", "S3", "2406:daa0:c000::/40", "2406:daf8:c000::/40"),

	of("us-east-1", "DYNAMODB", "52.94.0.0/22", "52.119.224.0/20"),
	of("us-east-2", "DYNAMODB", "52.94.4.0/24"),
	of("us-west-1", "DYNAMODB", "52.94.12.0/24"),
	of("us-west-2", "DYNAMODB", "52.94.28.0/23", "52.119.252.0/22"),
	of("eu-west-1", "DYNAMODB", "52.94.5.0/24", "52.94.24.0/23", "52.119.240.0/21"),
	of("eu-central-1", "DYNAMODB", "52.94.17.0/24"),
	of("ap-southeast-2", "DYNAMODB", "52.94.13.0/24"),

	of("us-east-1", all, "52.94.244.0/22"),
	of("us-east-2", all, "15.248.8.0/22"),
	of("us-west-1", all, "13.248.99.0/24"),
	of("us-west-2", all, "52.94.76.0/22"),
	of("eu-west-1", all, "52.93.17.0/24"),
	of("eu-central-1", all, "99.150.16.0/21"),
	of("ap-southeast-2", all, "52.95.36.0/22"),
)

// of makes some rows of the table. It stops the program only for a literal of this file that is wrong.
func of(region, service string, texts ...string) []IPRange {
	list := make([]IPRange, len(texts))
	for i, text := range texts {
		list[i] = IPRange{Prefix: netip.MustParsePrefix(text), Region: region, Service: service}
	}
	return list
}
