package ec2json

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
)

// rawRecord is a record set as list-resource-record-sets prints it.
type rawRecord struct {
	Name, Type      string
	TTL             int64
	ResourceRecords []struct{ Value string }
	AliasTarget     *struct{ DNSName string }

	// Of those of which several have one name and type.
	SetIdentifier, Failover string
	MultiValueAnswer        bool

	// To whom it is answered, if not to everybody.
	GeoLocation       *struct{ CountryCode string }
	CidrRoutingConfig *struct{ LocationName string }
}

// forSome reports whether only those who ask from some place are told it; "*" is whoever is of no other one.
func (r rawRecord) forSome() bool {
	geo, cidr := r.GeoLocation, r.CidrRoutingConfig
	return geo != nil && geo.CountryCode != "*" || cidr != nil && cidr.LocationName != "*"
}

func (r rawRecord) id() string { return r.Name }

// recordGroup is one output of list-resource-record-sets, which does not say its zone.
type recordGroup struct {
	origin
	records []rawRecord
}

// readRecords keeps an output of list-resource-record-sets, with names that have no last dot.
func readRecords(l *loader, o origin, values []json.RawMessage) {
	g := recordGroup{origin: o}
	for _, value := range values {
		if r, ok := decode[rawRecord](l, o, value); ok {
			r.Name = domainName(r.Name)
			g.records = append(g.records, r)
		}
	}
	l.records = append(l.records, g)
}

// zoneRecords says whose record sets there are, by the zone's ID.
func (l *loader) zoneRecords() map[string][]recordGroup {
	ids := make([]string, 0, len(l.zones.items))
	for _, f := range l.zones.items {
		ids = append(ids, f.id)
	}
	of := map[string][]recordGroup{}
	for _, g := range l.records {
		id := subject(g.file, ids)
		if id == "" {
			fitting := l.fittingZones(g)
			if len(fitting) != 1 {
				l.warn(g.origin, Dangling, "HostedZoneId", strings.Join(fitting, " "),
					"left out: the output does not say its zone, nor does the file's name, and the names in it fit "+
						fmt.Sprint(len(fitting))+" zones")
				continue
			}
			id = fitting[0]
		}
		of[id] = append(of[id], g)
	}
	return of
}

// fittingZones gives the zones of which an output can be: those with the name of its SOA record, or the
// longest name that all its names have. Of several with one name, that which has as many record sets.
func (l *loader) fittingZones(g recordGroup) (ids []string) {
	longest := -1
	var fitting []found[rawZone]
	for _, f := range l.zones.items {
		name := domainName(f.raw.Name)
		if !g.fits(name) || len(name) < longest {
			continue
		}
		if len(name) > longest {
			longest, fitting = len(name), nil
		}
		fitting = append(fitting, f)
	}
	if len(fitting) > 1 {
		counted := slices.DeleteFunc(slices.Clone(fitting), func(f found[rawZone]) bool {
			return f.raw.ResourceRecordSetCount != len(g.records)
		})
		if len(counted) == 1 {
			fitting = counted
		}
	}
	for _, f := range fitting {
		ids = append(ids, f.id)
	}
	return ids
}

// fits reports whether an output can be of a zone with that name.
func (g recordGroup) fits(zone string) bool {
	for _, r := range g.records {
		at := strings.EqualFold(r.Name, zone)
		below := strings.HasSuffix(strings.ToLower(r.Name), "."+strings.ToLower(zone))
		if r.Type == "SOA" && !at || !at && !below {
			return false
		}
	}
	return len(g.records) > 0
}

// recordsOf makes the records of a zone.
func (l *loader) recordsOf(z *dns.Zone, groups []recordGroup) []dns.Record {
	set := recordSet{at: map[string]int{}}
	for _, g := range groups {
		o := origin{g.file, g.kind, z.ID}
		others := map[string]int{} // of types that do not lead to an address
		var types []string
		for _, r := range g.records {
			var t dns.Type
			if r.Type != "" && t.UnmarshalText([]byte(r.Type)) == nil {
				l.addRecord(&set, o, r, t)
				continue
			}
			if others[r.Type]++; others[r.Type] == 1 {
				types = append(types, r.Type)
			}
		}
		for _, t := range types {
			l.warn(o, Ignored, "Type", t, fmt.Sprintf("%d left out: records of that type lead to no address", others[t]))
		}
	}
	return set.records
}

// recordSet is the records of a zone, and where that of a name and type stands.
type recordSet struct {
	records []dns.Record
	at      map[string]int
}

// addRecord puts one record set to the others of its zone. Of several with one name and type Route 53 answers
// one, by weight, place or health: the first stands for them, or the primary one. Those that it answers
// together stand as one.
func (l *loader) addRecord(set *recordSet, o origin, r rawRecord, t dns.Type) {
	record := dns.Record{Name: r.Name, Type: t, TTL: r.TTL, Values: l.recordValues(o, r, t)}
	field := r.Name + " " + t.String()
	if r.AliasTarget != nil {
		record.Alias = domainName(r.AliasTarget.DNSName)
	}
	if record.Alias == "" && len(record.Values) == 0 {
		l.warn(o, Malformed, field, "", "left out: it has no value")
		return
	}
	key := strings.ToLower(field)
	i, taken := set.at[key]
	if !taken {
		set.at[key] = len(set.records)
		set.records = append(set.records, record)
		if r.forSome() {
			l.warn(o, Assumed, field, r.SetIdentifier, "it is told to everybody: from which place somebody asks is not known")
		}
		return
	}
	first := &set.records[i]
	switch {
	case r.MultiValueAnswer && first.Alias == "" && record.Alias == "":
		first.Values = unique(append(first.Values, record.Values...))
	case strings.EqualFold(r.Failover, "PRIMARY"):
		*first = record
		l.warn(o, Assumed, field, r.SetIdentifier, "it stands for all of its name, since it is the primary one")
	default:
		l.warn(o, Assumed, field, r.SetIdentifier, "left out: another one of its name stands for it")
	}
}

// recordValues reads what a record set leads to.
func (l *loader) recordValues(o origin, r rawRecord, t dns.Type) (values []string) {
	for i, v := range r.ResourceRecords {
		if t == dns.CNAME {
			values = append(values, domainName(v.Value))
			continue
		}
		field := fmt.Sprintf("%s %s.ResourceRecords[%d].Value", r.Name, r.Type, i)
		a, err := netip.ParseAddr(v.Value)
		if err != nil || a.Zone() != "" || a.Is4() != (t == dns.A) {
			l.warn(o, Malformed, field, v.Value, "left out: not an address of that type")
			continue
		}
		values = append(values, a.String())
	}
	return values
}
