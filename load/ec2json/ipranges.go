package ec2json

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// ipRangeKeys are the keys of ip-ranges.json.
var ipRangeKeys = []string{"prefixes", "ipv6_prefixes", "syncToken", "createDate"}

// readIPRanges reads AWS's list of its public addresses, https://ip-ranges.amazonaws.com/ip-ranges.json. A
// line that is none is reported and left out; so is a second list.
func readIPRanges(l *loader, file string, document json.RawMessage, top map[string]json.RawMessage) (taken []string) {
	if jsonType(top["prefixes"]) != "array" && jsonType(top["ipv6_prefixes"]) != "array" {
		return nil
	}
	o := origin{file: file, kind: "prefixes"}
	ranges, err := endpoint.ParseIPRanges(document)
	if err != nil {
		ranges = l.goodIPRanges(o, top)
	}
	switch {
	case len(ranges) == 0:
		l.warn(o, Malformed, "", "", "left out: no range of ip-ranges.json in it")
	case len(l.cfg.IPRanges) > 0 && !slices.Equal(l.cfg.IPRanges, ranges):
		l.warn(o, Conflict, "syncToken", string(bytes.Trim(top["syncToken"], `"`)), "left out: another list stands already")
	default:
		l.cfg.IPRanges = ranges
	}
	return ipRangeKeys
}

// goodIPRanges reads the list line by line, and reports the lines that are none.
func (l *loader) goodIPRanges(o origin, top map[string]json.RawMessage) (ranges []endpoint.IPRange) {
	for _, key := range []string{"prefixes", "ipv6_prefixes"} {
		var lines []json.RawMessage
		if top[key] != nil && json.Unmarshal(top[key], &lines) != nil {
			l.warn(o, Malformed, key, jsonType(top[key]), "left out: want an array of ranges")
		}
		for i, line := range lines {
			one, err := endpoint.ParseIPRanges(fmt.Appendf(nil, `{%q: [%s]}`, key, line))
			if err != nil {
				l.warn(o, Malformed, fmt.Sprintf("%s[%d]", key, i), compact(line), "left out: "+firstFault(err))
			}
			ranges = append(ranges, one...)
		}
	}
	return ranges
}

// compact gives a JSON value in one line.
func compact(value json.RawMessage) string {
	var b bytes.Buffer
	if json.Compact(&b, value) != nil {
		return ""
	}
	return b.String()
}

// firstFault says the first of the mistakes that an error holds.
func firstFault(err error) string {
	var first *fault.Fault
	if errors.As(err, &first) {
		return first.Err.Error()
	}
	return err.Error()
}
