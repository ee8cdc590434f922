package endpoint

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// IPRange is a range of public addresses of AWS's, as ip-ranges.json lists them. A range may stand there several times:
// as AMAZON, and as that of a service.
type IPRange struct {
	Prefix  netip.Prefix
	Region  string // "us-east-1"; "GLOBAL" for edge locations
	Service string // "S3", "DYNAMODB", "EC2" for what customers have; "AMAZON" for all of them
}

// Validate reports every mistake in the range, all at once: a prefix that is none, is not of public addresses, or has
// bits behind its length; no Region; no service. A nil range is reported like a zero one.
func (r *IPRange) Validate() error {
	if r == nil {
		r = &IPRange{}
	}
	var faults fault.List
	r.validate(&faults, "")
	return faults.Err()
}

// validate adds what is wrong, for fields whose path begins with at.
func (r *IPRange) validate(faults *fault.List, at string) {
	switch p := r.Prefix; {
	case !p.IsValid():
		faults.Add(at+"Prefix", "", fault.ErrInvalid, "want an IPv4 or IPv6 prefix, such as 52.216.0.0/15")
	case p.Addr().Is4In6():
		faults.Add(at+"Prefix", p, fault.ErrInvalid, "want an IPv4 prefix as such")
	case p != p.Masked():
		faults.Add(at+"Prefix", p, fault.ErrInvalid, "want %s, without bits behind the length", p.Masked())
	case p.Bits() == 0 || p.Addr().IsPrivate():
		faults.Add(at+"Prefix", p, fault.ErrInvalid, "want a range of public addresses")
	}
	if r.Region == "" {
		faults.Add(at+"Region", "", fault.ErrInvalid, "want a Region, such as us-east-1, or GLOBAL")
	}
	if r.Service == "" {
		faults.Add(at+"Service", "", fault.ErrInvalid, "want a service as ip-ranges.json has it, such as S3 or AMAZON")
	}
}

// ParseIPRanges reads AWS's list of its public addresses, the file that
// https://ip-ranges.amazonaws.com/ip-ranges.json is, IPv4 first and then IPv6, each in the order of the file. The error
// joins every mistake, each with its place, such as "prefixes[3].ip_prefix". What this package has no use for is not
// looked at: the time of the file, the network border groups, fields that it does not know.
func ParseIPRanges(document []byte) ([]IPRange, error) {
	var file struct {
		Prefixes []struct {
			Prefix  string `json:"ip_prefix"`
			Region  string `json:"region"`
			Service string `json:"service"`
		} `json:"prefixes"`
		IPv6Prefixes []struct {
			Prefix  string `json:"ipv6_prefix"`
			Region  string `json:"region"`
			Service string `json:"service"`
		} `json:"ipv6_prefixes"`
	}
	if err := json.Unmarshal(document, &file); err != nil {
		return nil, fmt.Errorf("endpoint: parse IP ranges: %w: %w", fault.ErrInvalid, err)
	}
	if len(file.Prefixes)+len(file.IPv6Prefixes) == 0 {
		return nil, fmt.Errorf(`endpoint: parse IP ranges: %w: want "prefixes" or "ipv6_prefixes", as in ip-ranges.json`, fault.ErrInvalid)
	}
	var faults fault.List
	ranges := make([]IPRange, 0, len(file.Prefixes)+len(file.IPv6Prefixes))
	for i, p := range file.Prefixes {
		ranges = append(ranges, ipRange(&faults, fmt.Sprintf("prefixes[%d].", i), "ip_prefix", p.Prefix, p.Region, p.Service))
	}
	for i, p := range file.IPv6Prefixes {
		ranges = append(ranges, ipRange(&faults, fmt.Sprintf("ipv6_prefixes[%d].", i), "ipv6_prefix", p.Prefix, p.Region, p.Service))
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("endpoint: parse IP ranges: %w", faults.Err())
	}
	return ranges, nil
}

// ipRange is one line of the file.
func ipRange(faults *fault.List, at, field, prefix, region, service string) IPRange {
	r := IPRange{Region: region, Service: service}
	var err error
	if r.Prefix, err = netip.ParsePrefix(prefix); err != nil || (field == "ip_prefix") != r.Prefix.Addr().Is4() {
		faults.Add(at+field, prefix, fault.ErrInvalid, "want a prefix of its family, such as 52.216.0.0/15 or 2600:1f18::/33")
		r.Prefix = netip.Prefix{}
	}
	var more fault.List
	r.validate(&more, at)
	for _, f := range more {
		if f.Field != at+"Prefix" {
			*faults = append(*faults, f)
		} else if r.Prefix.IsValid() {
			faults.Add(at+field, prefix, fault.ErrInvalid, "%v", errors.Unwrap(f))
		}
	}
	return r
}
