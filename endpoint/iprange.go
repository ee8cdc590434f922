package endpoint

import (
	"encoding/json"
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// IPRange is a range of public addresses of AWS's, as ip-ranges.json lists them. A range may stand there
// several times: as AMAZON, and as that of a service.
type IPRange struct {
	Prefix  netip.Prefix
	Region  string // "us-east-1"; "GLOBAL" for edge locations
	Service string // "S3", "DYNAMODB", "EC2" for what customers have; "AMAZON" for all of them
}

// Validate reports every mistake in the range, all at once: a prefix that is none, is not of public
// addresses, or has bits behind its length; no Region; no service. A nil range is reported like a zero one.
func (r *IPRange) Validate() error {
	if r == nil {
		r = &IPRange{}
	}
	var faults fault.List
	switch p := r.Prefix; {
	case !p.IsValid():
		faults.Add("Prefix", "", fault.ErrInvalid, "want an IPv4 or IPv6 prefix, such as 52.216.0.0/15")
	case p.Addr().Is4In6():
		faults.Add("Prefix", p, fault.ErrInvalid, "want an IPv4 prefix as such")
	case p != p.Masked():
		faults.Add("Prefix", p, fault.ErrInvalid, "want %s, without bits behind the length", p.Masked())
	case p.Bits() == 0 || p.Addr().IsPrivate():
		faults.Add("Prefix", p, fault.ErrInvalid, "want a range of public addresses")
	}
	if r.Region == "" {
		faults.Add("Region", "", fault.ErrInvalid, "want a Region, such as us-east-1, or GLOBAL")
	}
	if r.Service == "" {
		faults.Add("Service", "", fault.ErrInvalid, "want a service as ip-ranges.json has it, such as S3 or AMAZON")
	}
	return faults.Err()
}

// ParseIPRanges reads AWS's list of its public addresses, the file that
// https://ip-ranges.amazonaws.com/ip-ranges.json is, IPv4 first and then IPv6, each in the order of the file.
// The error joins every mistake, each with its place, such as "prefixes[3].ip_prefix". What this package has
// no use for is not looked at: the time of the file, the network border groups, fields that it does not know.
func ParseIPRanges(document []byte) ([]IPRange, error) {
	var file struct {
		Prefixes     []line `json:"prefixes"`
		IPv6Prefixes []line `json:"ipv6_prefixes"`
	}
	if err := json.Unmarshal(document, &file); err != nil {
		return nil, fmt.Errorf("endpoint: parse IP ranges: %w: %w", fault.ErrInvalid, err)
	}
	if len(file.Prefixes)+len(file.IPv6Prefixes) == 0 {
		return nil, fmt.Errorf(`endpoint: parse IP ranges: %w: want "prefixes" or "ipv6_prefixes", as in ip-ranges.json`,
			fault.ErrInvalid)
	}
	var faults fault.List
	ranges := make([]IPRange, 0, len(file.Prefixes)+len(file.IPv6Prefixes))
	for i, l := range file.Prefixes {
		ranges = append(ranges, l.ipRange(&faults, fmt.Sprintf("prefixes[%d].", i), "ip_prefix", l.IPv4))
	}
	for i, l := range file.IPv6Prefixes {
		ranges = append(ranges, l.ipRange(&faults, fmt.Sprintf("ipv6_prefixes[%d].", i), "ipv6_prefix", l.IPv6))
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("endpoint: parse IP ranges: %w", faults.Err())
	}
	return ranges, nil
}

// line is one line of the file.
type line struct {
	IPv4    string `json:"ip_prefix"`
	IPv6    string `json:"ipv6_prefix"`
	Region  string `json:"region"`
	Service string `json:"service"`
}

// ipRange reads the line at a place in the file, whose prefix stands in the field for its family.
func (l line) ipRange(faults *fault.List, at, field, text string) IPRange {
	p, err := netip.ParsePrefix(text)
	if err != nil || p.Addr().Is4() != (field == "ip_prefix") {
		faults.Add(at+field, text, fault.ErrInvalid, "want an IPv4 prefix in ip_prefix, an IPv6 one in ipv6_prefix")
		p = netip.PrefixFrom(netip.IPv4Unspecified(), 1) // reported; the rest of the line is still to be looked at
	}
	r := IPRange{Prefix: p, Region: l.Region, Service: l.Service}
	for _, f := range fault.Of(r.Validate()) {
		f.Field = at + map[string]string{"Prefix": field, "Region": "region", "Service": "service"}[f.Field]
		*faults = append(*faults, f)
	}
	return r
}
