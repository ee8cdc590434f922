package dns

import (
	"fmt"
	"net/netip"
	"strings"
)

// maxChain is how many names may stand between the one that is asked for and an address.
const maxChain = 16

// Reply is what somebody says of a name and a type.
type Reply struct {
	Outcome   Outcome
	Addresses []netip.Addr // of the type that was asked for; none unless Outcome is [Answered]
	// Next is the name that a CNAME or an alias leads to, which is to be asked then; "" for none. With it
	// Outcome is [Answered], and there are no addresses yet.
	Next  string
	Steps []Step // who said so
}

// Ask answers one name and type, without following where that leads.
type Ask func(name string, t Type) Reply

// Follow asks for a name, and on and on for the names that it leads to. It ends as [Failed] where they lead
// in a circle, or through more than 16. The steps are those of all replies.
func Follow(name string, t Type, ask Ask) Reply {
	var steps []Step
	for range maxChain + 1 {
		r := ask(name, t)
		steps = append(steps, r.Steps...)
		if r.Next == "" {
			r.Steps = steps
			return r
		}
		name = r.Next
	}
	given := Step{By: Resolver, Name: name, Said: fmt.Sprintf("given up after %d names that lead to each other", maxChain)}
	return Reply{Outcome: Failed, Steps: append(steps, given)}
}

// Lookup asks zones for the addresses of a name, and follows CNAMEs and aliases among them. The zone whose
// name is the longest that fits is asked, and no other: what it does not have there is not ([NoName]), though
// a shorter one had it. What no zone fits is [NoName] without steps. Names may be written as people do.
func Lookup(zones []*Zone, name string, t Type) Reply {
	return Follow(normal(name), t, func(name string, t Type) Reply {
		z := Best(zones, name)
		if z == nil {
			return Reply{Outcome: NoName}
		}
		return z.Ask(name, t)
	})
}

// Best finds the zone for a name: that with the longest name that fits, the first of several; nil where none
// does. Name is as [ParseName] gives it.
func Best(zones []*Zone, name string) (best *Zone) {
	longest := 0
	for _, z := range zones {
		if at := normal(z.Name); Under(name, at) && len(at) > longest {
			best, longest = z, len(at)
		}
	}
	return best
}

// Ask answers one name at or below the zone's own, as [ParseName] gives it: by the records of that very name,
// else by the wildcard below the closest name above it that is there (RFC 4592, section 3.3.1). A name
// without records of its own that has others below it is there all the same: [NoData]. Of a name outside of
// the zone it knows nothing.
func (z *Zone) Ask(name string, t Type) Reply {
	at := z.closest(name)
	switch {
	case at == "":
		return z.says(name, Reply{Outcome: NoName}, "is not in the zone")
	case at == name:
		return z.answer(name, name, t)
	case z.has("*." + at):
		return z.answer("*."+at, name, t)
	}
	return z.says(name, Reply{Outcome: NoName}, "is not there")
}

// closest is the name, or the closest one above it, that is there: records stand at it or below it, or it is
// the zone's own. It is "" for a name outside.
func (z *Zone) closest(name string) string {
	apex := normal(z.Name)
	for ; Under(name, apex); name = parent(name) {
		if name == apex || z.there(name) {
			return name
		}
	}
	return ""
}

func (z *Zone) there(name string) bool {
	for i := range z.Records {
		if Under(normal(z.Records[i].Name), name) {
			return true
		}
	}
	return false
}

func (z *Zone) has(name string) bool {
	for i := range z.Records {
		if normal(z.Records[i].Name) == name {
			return true
		}
	}
	return false
}

// answer gives the records of type t at a name of the zone, which may be the wildcard for the name that was
// asked for. A CNAME answers for every type.
func (z *Zone) answer(at, asked string, t Type) Reply {
	for i := range z.Records {
		r := &z.Records[i]
		if normal(r.Name) != at || r.Type != t && r.Type != CNAME {
			continue
		}
		switch by := wildcard(at, asked); {
		case r.Alias != "":
			return z.says(asked, Reply{Outcome: Answered, Next: normal(r.Alias)}, "%v alias of %s%s", r.Type, normal(r.Alias), by)
		case r.Type == CNAME && len(r.Values) > 0:
			return z.says(asked, Reply{Outcome: Answered, Next: normal(r.Values[0])}, "CNAME %s%s", normal(r.Values[0]), by)
		case r.Type == t:
			return z.says(asked, Reply{Outcome: Answered, Addresses: r.addresses()}, "%v %s%s", t, strings.Join(r.Values, ", "), by)
		}
	}
	return z.says(asked, Reply{Outcome: NoData}, "has no %v record", t)
}

// wildcard says by which other name of the zone a name is answered.
func wildcard(at, asked string) string {
	if at == asked {
		return ""
	}
	return " by " + at
}

func (r *Record) addresses() (list []netip.Addr) {
	for _, v := range r.Values {
		if a, err := netip.ParseAddr(v); err == nil {
			list = append(list, a)
		}
	}
	return list
}

// says adds the step to a reply of the zone.
func (z *Zone) says(name string, r Reply, format string, args ...any) Reply {
	by := PublicZone
	if z.Private {
		by = PrivateZone
	}
	r.Steps = []Step{{By: by, ID: z.ID, Name: name, Said: fmt.Sprintf(format, args...)}}
	return r
}
