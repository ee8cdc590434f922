package ec2json

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/route"
)

// rawPrefixList is a list as describe-prefix-lists prints it, with Cidrs and for AWS's own lists only, or
// as describe-managed-prefix-lists does, without. Both print them under "PrefixLists".
type rawPrefixList struct {
	PrefixListId, PrefixListName string
	Cidrs                        []string
	MaxEntries                   int
}

func (r rawPrefixList) id() string { return r.PrefixListId }

// readPrefixLists puts away lists: what two commands say of one is put together.
func readPrefixLists(l *loader, o origin, values []json.RawMessage) {
	for _, value := range values {
		raw, ok := decode[rawPrefixList](l, o, value)
		if !ok {
			continue
		}
		if known, ok := l.prefixLists.get(raw.PrefixListId); ok {
			complete(&known.raw, &raw)
			complete(&raw, &known.raw)
		}
		l.prefixLists.put(l, o, raw)
	}
}

// complete fills what list does not say from another print of it.
func complete(list, other *rawPrefixList) {
	if list.PrefixListName == "" {
		list.PrefixListName = other.PrefixListName
	}
	if len(list.Cidrs) == 0 {
		list.Cidrs = other.Cidrs
	}
	if list.MaxEntries == 0 {
		list.MaxEntries = other.MaxEntries
	}
}

// addPrefixLists makes the prefix lists.
func (l *loader) addPrefixLists() {
	l.prefixListAt = map[string]int{}
	for _, f := range l.prefixLists.items {
		list := route.PrefixList{ID: f.id, Name: f.raw.PrefixListName, MaxEntries: f.raw.MaxEntries}
		for i, text := range f.raw.Cidrs {
			if p, ok := l.prefix(f.origin, fmt.Sprintf("Cidrs[%d]", i), text); ok {
				list.Entries = append(list.Entries, p)
			}
		}
		list.Entries = unique(list.Entries)
		if list.MaxEntries > 0 && list.MaxEntries < len(list.Entries) {
			l.warn(f.origin, Conflict, "MaxEntries", fmt.Sprint(list.MaxEntries), fmt.Sprintf("left out: the list has %d entries", len(list.Entries)))
			list.MaxEntries = 0
		}
		if len(f.raw.Cidrs) == 0 {
			l.fillPrefixList(&list, f.origin, "Cidrs")
		}
		l.prefixListAt[f.id] = len(l.cfg.PrefixLists)
		l.cfg.PrefixLists = append(l.cfg.PrefixLists, list)
	}
}

// usePrefixList makes sure that a list to which a route or a rule refers is in the Config: one that is
// not in the dump is made. service is that of the endpoint to which a route leads, "" where it is not known.
func (l *loader) usePrefixList(o origin, field, id, service string) (ok bool) {
	if id == "" {
		l.warn(o, Malformed, field, "", "left out: it names no prefix list")
		return false
	}
	if i, ok := l.prefixListAt[id]; ok {
		// A rule may have made the list before the route that says whose it is.
		if list := &l.cfg.PrefixLists[i]; list.Name == "" && len(list.Entries) == 0 && service != "" {
			list.Name = service
			l.fillPrefixList(list, o, field)
		}
		return true
	}
	l.warn(o, Dangling, field, id, "a list of that ID was made: it is not in the dump")
	list := route.PrefixList{ID: id, Name: service}
	l.fillPrefixList(&list, o, field)
	l.prefixListAt[id] = len(l.cfg.PrefixLists)
	l.cfg.PrefixLists = append(l.cfg.PrefixLists, list)
	return true
}

// fillPrefixList puts entries into a list of which the dump does not print any.
func (l *loader) fillPrefixList(list *route.PrefixList, o origin, field string) {
	ranges, ok := endpoint.Ranges(list.Name)
	if !ok {
		l.warn(o, Assumed, field, list.ID, "the list has no entries: the dump does not print them")
		return
	}
	list.Entries = unique(ranges)
	if list.MaxEntries < len(list.Entries) {
		list.MaxEntries = 0
	}
	l.warn(o, Assumed, field, list.ID, "the list has the built-in ranges of "+list.Name+": the dump does not print its entries")
}

// addServiceLists makes the list of each gateway endpoint whose service has none, neither in the dump nor
// built in.
func (l *loader) addServiceLists() {
	for _, g := range l.cfg.GatewayEndpoints {
		named := func(list route.PrefixList) bool { return list.Name == g.Service }
		if _, builtIn := endpoint.Ranges(g.Service); builtIn || slices.ContainsFunc(l.cfg.PrefixLists, named) {
			continue
		}
		f, _ := l.endpoints.get(g.ID)
		l.warn(f.origin, Assumed, "ServiceName", g.Service, "an empty prefix list stands for the service: it is not in the dump")
		l.cfg.PrefixLists = append(l.cfg.PrefixLists, route.PrefixList{ID: "pl-" + g.Service, Name: g.Service})
	}
}
