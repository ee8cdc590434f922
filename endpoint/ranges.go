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
// It is a small snapshot for tests and lessons: a handful of ranges each, of S3 and DynamoDB in
// seven Regions. It is neither complete nor current, and most of it has not been held against
// AWS's list of the day. Who depends on an exact address gives the network a prefix list
// of its own, from `aws ec2 get-managed-prefix-list-entries`, which then takes the place of this table.
func Ranges(service string) (ranges []netip.Prefix, ok bool) {
	ranges, ok = snapshot[service]
	return slices.Clone(ranges), ok
}

// snapshot is never written to.
var snapshot = map[string][]netip.Prefix{
	"com.amazonaws.us-east-1.s3":      prefixes("3.5.0.0/19", "16.182.0.0/16", "52.216.0.0/15", "54.231.0.0/17"),
	"com.amazonaws.us-east-2.s3":      prefixes("3.5.128.0/22", "3.5.132.0/23", "52.219.80.0/20", "52.219.96.0/20"),
	"com.amazonaws.us-west-1.s3":      prefixes("52.219.20.0/22", "52.219.24.0/21"),
	"com.amazonaws.us-west-2.s3":      prefixes("3.5.76.0/22", "3.5.80.0/21", "52.92.128.0/17", "52.218.128.0/17"),
	"com.amazonaws.eu-west-1.s3":      prefixes("3.5.64.0/21", "3.5.72.0/23", "52.218.0.0/17"),
	"com.amazonaws.eu-central-1.s3":   prefixes("3.5.134.0/23", "3.5.136.0/22", "52.219.44.0/22", "52.219.72.0/22"),
	"com.amazonaws.ap-southeast-2.s3": prefixes("3.5.164.0/22", "3.5.168.0/23", "52.95.128.0/21"),

	"com.amazonaws.us-east-1.dynamodb":      prefixes("52.94.0.0/22", "52.119.224.0/20"),
	"com.amazonaws.us-east-2.dynamodb":      prefixes("52.94.4.0/24"),
	"com.amazonaws.us-west-2.dynamodb":      prefixes("52.94.28.0/23", "52.119.252.0/22"),
	"com.amazonaws.eu-west-1.dynamodb":      prefixes("52.94.5.0/24", "52.94.24.0/23", "52.119.240.0/21"),
	"com.amazonaws.eu-central-1.dynamodb":   prefixes("52.94.17.0/24"),
	"com.amazonaws.ap-southeast-2.dynamodb": prefixes("52.94.13.0/24"),
}

// prefixes makes a row of the table. It stops the program only for a literal of this file that is wrong.
func prefixes(texts ...string) []netip.Prefix {
	list := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		list[i] = netip.MustParsePrefix(text)
	}
	return list
}
