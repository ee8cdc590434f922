package ec2json

import (
	"encoding"
	"net/netip"
	"regexp"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// tag is one tag of a resource.
type tag struct{ Key, Value string }

// nameOf gives the Name tag.
func nameOf(tags []tag) string {
	for _, t := range tags {
		if t.Key == "Name" {
			return t.Value
		}
	}
	return ""
}

// state is how AWS nests the state of an association.
type state struct{ State string }

// prefix reads a CIDR. One with host bits set is canonicalised, as AWS does with what is
// entered (F2.017, F6.023), and reported; what is none is reported, and ok is false.
func (l *loader) prefix(o origin, field, text string) (p netip.Prefix, ok bool) {
	p, err := netip.ParsePrefix(text)
	if err != nil || p.Addr().Is4In6() {
		l.warn(o, Malformed, field, text, "left out: not a CIDR")
		return netip.Prefix{}, false
	}
	if p != p.Masked() {
		p = p.Masked()
		l.warn(o, Canonicalized, field, text, "taken as "+p.String())
	}
	return p, true
}

// addr reads an address; what is none is reported, and ok is false.
func (l *loader) addr(o origin, field, text string) (a netip.Addr, ok bool) {
	a, err := netip.ParseAddr(text)
	if err != nil || a.Zone() != "" || a.Is4In6() {
		l.warn(o, Malformed, field, text, "left out: not an address")
		return netip.Addr{}, false
	}
	return a, true
}

// addr4 is addr for a field that holds an IPv4 address or nothing.
func (l *loader) addr4(o origin, field, text string) netip.Addr {
	if text == "" {
		return netip.Addr{}
	}
	a, ok := l.addr(o, field, text)
	if ok && !a.Is4() {
		l.warn(o, Malformed, field, text, "left out: not an IPv4 address")
		return netip.Addr{}
	}
	return a
}

// enumText reads the name of an enumeration's value as AWS prints it. A name that is not
// known is reported and gives the zero value.
func enumText[E any, P interface {
	*E
	encoding.TextUnmarshaler
}](l *loader, o origin, field, text string) (value E) {
	if text == "" {
		return value
	}
	if P(&value).UnmarshalText([]byte(text)) != nil {
		l.warn(o, Unsupported, field, text, "taken as not stated")
		var zero E
		return zero
	}
	return value
}

// isValid reports whether what was made can stand, by the error of its Validate; what says what it is. Each
// fault is reported.
func (l *loader) isValid(o origin, what string, err error) bool {
	faults := fault.Of(err)
	for _, wrong := range faults {
		l.warn(o, Unsupported, wrong.Field, wrong.Value, what+" is left out: "+wrong.Err.Error())
	}
	return len(faults) == 0
}

var regionPrefix = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]+`)

// regionOf gives the Region of an Availability Zone, a Local Zone ("us-west-2-lax-1a") or a Region; "" for
// other text.
func regionOf(zone string) string { return regionPrefix.FindString(zone) }
