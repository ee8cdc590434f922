package endpoint

import "net/netip"

// IPRange is a range of public addresses of AWS's, as ip-ranges.json lists them.
type IPRange struct {
	Prefix  netip.Prefix
	Region  string // "us-east-1"
	Service string // "S3", "DYNAMODB", "EC2", "AMAZON" for all of them
}
