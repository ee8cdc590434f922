package route

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// MaxPrefixListEntries is how many entries a customer's prefix list may have (F2.037).
const MaxPrefixListEntries = 1000

// awsPrefix starts the names of the lists that AWS itself keeps. A customer's list can't have it.
const awsPrefix = "com.amazonaws."

// PrefixList is a managed prefix list: AWS's own (a service's ranges) or a customer's. The order of
// its entries means nothing. The zero PrefixList matches no address.
type PrefixList struct {
	ID         string         // any unique name, or AWS's own: "pl-..."
	Name       string         // for a service's list the service: "com.amazonaws.us-east-1.s3"
	Entries    []netip.Prefix // without host bits
	MaxEntries int            // how many it may grow to; zero: len(Entries)
}

// Lists finds prefix lists by ID. A list that it lacks matches nothing.
type Lists map[string]*PrefixList

// Managed reports whether AWS keeps the list: its name starts with "com.amazonaws.".
func (l *PrefixList) Managed() bool { return l != nil && strings.HasPrefix(l.Name, awsPrefix) }

// Match finds the longest entry that holds addr; ok is false where none does. IPv4 and IPv6 are
// apart (F2.016): an IPv4-mapped IPv6 address is in no entry.
func (l *PrefixList) Match(addr netip.Addr) (entry netip.Prefix, ok bool) {
	if l == nil || addr.Is4In6() {
		return netip.Prefix{}, false
	}
	for _, e := range l.Entries {
		if e.Contains(addr) && (!ok || e.Bits() > entry.Bits()) {
			entry, ok = e.Masked(), true
		}
	}
	return entry, ok
}

// weights are what AWS's own lists count as (F2.036), by the part of the name behind the Region.
var weights = map[string]int{
	"s3":                       1,
	"dynamodb":                 1,
	"cloudfront.origin-facing": 55,
	"vpc-lattice":              10,
	"ec2-instance-connect":     2,
	"route53-healthchecks":     25,
	"groundstation":            5,
	"s3express":                6,
	"secretsmanager":           20,
}

// Weight is how many routes the list counts as in a route table's quota: its maximum number of
// entries, whatever it holds today; for a list that AWS keeps, the weight that AWS gives it (F2.036).
// A list of AWS without a published weight counts like a customer's.
func (l *PrefixList) Weight() int {
	if l == nil {
		return 0
	}
	if l.Managed() {
		_, service, _ := strings.Cut(strings.TrimPrefix(l.Name, awsPrefix), ".")
		if w, ok := weights[strings.TrimPrefix(service, "ipv6.")]; ok {
			return w
		}
	}
	if l.MaxEntries > 0 {
		return l.MaxEntries
	}
	return len(l.Entries)
}

// Validate reports every mistake in the list, joined: no ID, an entry that is no CIDR block or
// stands twice, more entries than it may have. A customer's list holds one address family only and
// at most [MaxPrefixListEntries] (F2.037); that does not bind the lists that AWS keeps.
func (l *PrefixList) Validate() error {
	if l == nil {
		return nil
	}
	var faults fault.List
	if l.ID == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want a unique name")
	}
	first := make(map[netip.Prefix]int, len(l.Entries))
	for i, e := range l.Entries {
		field := fmt.Sprintf("Entries[%d]", i)
		if !checkPrefix(&faults, field, e) {
			continue
		}
		if j, twice := first[e]; twice {
			faults.Add(field, e, fault.ErrDuplicate, "stands already in Entries[%d]", j)
			continue
		}
		first[e] = i
	}
	l.checkSize(&faults)
	if !l.Managed() {
		l.checkFamily(&faults)
	}
	return faults.Err()
}

func (l *PrefixList) checkSize(faults *fault.List) {
	switch {
	case l.MaxEntries < 0:
		faults.Add("MaxEntries", l.MaxEntries, fault.ErrInvalid, "want zero or more")
	case l.MaxEntries > 0 && len(l.Entries) > l.MaxEntries:
		faults.Add("Entries", len(l.Entries), fault.ErrLimit, "want at most MaxEntries, %d", l.MaxEntries)
	}
	if n := max(l.MaxEntries, len(l.Entries)); n > MaxPrefixListEntries && !l.Managed() {
		field := "MaxEntries"
		if n > l.MaxEntries {
			field = "Entries"
		}
		faults.Add(field, n, fault.ErrLimit, "want at most %d (F2.037)", MaxPrefixListEntries)
	}
}

// checkFamily holds all entries to the family of the first valid one, and reports the first that
// has the other: one mistake, however many entries follow.
func (l *PrefixList) checkFamily(faults *fault.List) {
	var family netip.Prefix
	for i, e := range l.Entries {
		switch {
		case !e.IsValid():
		case !family.IsValid():
			family = e
		case e.Addr().Is4() != family.Addr().Is4():
			faults.Add(fmt.Sprintf("Entries[%d]", i), e, fault.ErrInvalid,
				"want one address family, that of %s (F2.037)", family)
			return
		}
	}
}

// checkPrefix reports a prefix that is no CIDR block as AWS writes it; ok is false then.
func checkPrefix(faults *fault.List, field string, p netip.Prefix) (ok bool) {
	switch {
	case !p.IsValid():
		faults.Add(field, "", fault.ErrInvalid, "want a CIDR block")
	case p.Addr().Is4In6():
		faults.Add(field, p, fault.ErrInvalid, "want IPv4 or IPv6, not an IPv4-mapped address")
	case p != p.Masked():
		faults.Add(field, p, fault.ErrInvalid, "host bits are set: want %s", p.Masked())
	default:
		return true
	}
	return false
}
