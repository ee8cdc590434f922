package endpoint

import (
	"cmp"
	"errors"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// number makes the compiler of an operator that compares numbers.
func number(holds func(order int) bool) compiler {
	return ordered(parseNumber, cmp.Compare[float64], holds)
}

// date makes the compiler of an operator that compares points in time.
func date(holds func(order int) bool) compiler {
	return ordered(parseDate, time.Time.Compare, holds)
}

// ordered makes a compiler of how a value is read, how two are compared, and which order is right. A
// request's value that cannot be read is unknown: AWS would have sent another.
func ordered[T any](parse func(string) (T, error), compare func(a, b T) int, holds func(order int) bool) compiler {
	return func(text string, _ bool) (matcher, []pattern, error) {
		want, err := parse(text)
		return func(_ *asked, value string) truth {
			got, err := parse(value)
			if err != nil {
				return unknown
			}
			return toTruth(holds(compare(got, want)))
		}, nil, err
	}
}

// parseNumber reads an integer or a decimal number.
func parseNumber(text string) (float64, error) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || strings.ContainsAny(text, "xXpP_") {
		return 0, errors.New("want a number")
	}
	return f, nil
}

// The ISO 8601 formats of W3C's note, from the longest to the shortest. Go reads a fraction of a second by
// itself.
var dateFormats = []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02", "2006-01", "2006"}

// parseDate reads a date, or seconds since 1970. Four digits are a year.
func parseDate(text string) (time.Time, error) {
	for _, format := range dateFormats {
		if t, err := time.Parse(format, text); err == nil {
			return t, nil
		}
	}
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.Unix(seconds, 0), nil
	}
	return time.Time{}, errors.New("want a date, such as 2026-01-31T00:00:00Z, or seconds since 1970")
}

// address reads a prefix, or an address, which stands for itself alone.
func address(text string, _ bool) (matcher, []pattern, error) {
	want, err := parseAddresses(text)
	return func(_ *asked, value string) truth {
		got, err := netip.ParseAddr(value)
		if err != nil {
			return unknown
		}
		return toTruth(want.Contains(got.Unmap()))
	}, nil, err
}

// parseAddresses reads a prefix or an address.
func parseAddresses(text string) (netip.Prefix, error) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p, nil
	}
	a, err := netip.ParseAddr(text)
	if err != nil || a.Zone() != "" {
		return netip.Prefix{}, errors.New("want an address or a prefix, such as 203.0.113.0/24")
	}
	return netip.PrefixFrom(a, a.BitLen()), nil
}
