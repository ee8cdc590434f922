package dns

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Validate reports every mistake that can be seen in the zone alone, all at once: a missing ID; names that
// are none, or outside of the zone; VPCs of a public zone, which has none; servers that are no address;
// records without a type, with values that do not fit it, or with both values and an alias; two records of
// one name and type; a CNAME that is not alone at its name, or at the zone's own. A nil Zone is reported like
// a zero one.
func (z *Zone) Validate() error {
	if z == nil {
		z = &Zone{}
	}
	var faults fault.List
	if z.ID == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
	validateName(&faults, "Name", z.Name)
	z.validateVPCs(&faults)
	z.validateServers(&faults)
	for i := range z.Records {
		z.validateRecord(&faults, i)
	}
	z.validateTogether(&faults)
	return faults.Err()
}

// validateName reports whether text is a name, and adds a fault where it is none.
func validateName(faults *fault.List, field, text string) bool {
	_, err := ParseName(text)
	if err != nil {
		faults.Add(field, text, fault.ErrInvalid, "%v", err)
	}
	return err == nil
}

func (z *Zone) validateVPCs(faults *fault.List) {
	first := make(map[string]int)
	for i, v := range z.VPCs {
		field := fmt.Sprintf("VPCs[%d]", i)
		j, twice := first[v]
		switch {
		case !z.Private:
			faults.Add(field, v, fault.ErrInvalid, "the zone is public: want Private, or no VPCs")
		case v == "":
			faults.Add(field, "", fault.ErrInvalid, "want the ID of a VPC")
		case twice:
			faults.Add(field, v, fault.ErrDuplicate, "it stands in VPCs[%d] already", j)
		default:
			first[v] = i
		}
	}
}

func (z *Zone) validateServers(faults *fault.List) {
	first := make(map[netip.Addr]int)
	for i, a := range z.Servers {
		field := fmt.Sprintf("Servers[%d]", i)
		j, twice := first[a]
		switch {
		case !a.IsValid() || a.IsUnspecified() || a.Is4In6() || a.Zone() != "":
			faults.Add(field, a, fault.ErrInvalid, "want the address of a DNS server, such as 10.0.0.53")
		case twice:
			faults.Add(field, a, fault.ErrDuplicate, "it stands in Servers[%d] already", j)
		default:
			first[a] = i
		}
	}
}

func (z *Zone) validateRecord(faults *fault.List, i int) {
	r, field := &z.Records[i], fmt.Sprintf("Records[%d]", i)
	if validateName(faults, field+".Name", r.Name) && normal(z.Name) != "" {
		if !Under(normal(r.Name), normal(z.Name)) {
			faults.Add(field+".Name", r.Name, fault.ErrOutside, "want %s or a name below it", normal(z.Name))
		}
	}
	if r.TTL < 0 || r.TTL > 1<<31-1 {
		faults.Add(field+".TTL", r.TTL, fault.ErrInvalid, "want seconds, from 0 to %d", int64(1<<31-1))
	}
	if r.Type == 0 || int(r.Type) >= len(typeNames) {
		faults.Add(field+".Type", r.Type, fault.ErrInvalid, "want A, AAAA or CNAME")
		return
	}
	switch {
	case r.Alias != "" && len(r.Values) > 0:
		faults.Add(field+".Alias", r.Alias, fault.ErrInvalid, "it has values too: want one or the other")
	case r.Alias != "":
		validateName(faults, field+".Alias", r.Alias)
	case len(r.Values) == 0:
		faults.Add(field+".Values", "", fault.ErrInvalid, "want %s", wantOf[r.Type])
	case r.Type == CNAME && len(r.Values) > 1:
		faults.Add(field+".Values", strings.Join(r.Values, ", "), fault.ErrInvalid, "want one name: a CNAME leads to one")
	default:
		r.validateValues(faults, field)
	}
}

// wantOf says what the values of a type are.
var wantOf = [...]string{
	A: "an IPv4 address such as 10.0.0.5", AAAA: "an IPv6 address such as 2001:db8::5", CNAME: "a name such as db.example.com",
}

func (r *Record) validateValues(faults *fault.List, field string) {
	first := make(map[string]int)
	for i, v := range r.Values {
		field := fmt.Sprintf("%s.Values[%d]", field, i)
		if r.Type == CNAME {
			validateName(faults, field, v)
			continue
		}
		a, err := netip.ParseAddr(v)
		if err != nil || a.Is4() != (r.Type == A) || a.Is4In6() || a.Zone() != "" {
			faults.Add(field, v, fault.ErrInvalid, "want %s", wantOf[r.Type])
			continue
		}
		if j, twice := first[a.String()]; twice {
			faults.Add(field, v, fault.ErrDuplicate, "Values[%d] is the same", j)
			continue
		}
		first[a.String()] = i
	}
}

// validateTogether holds each record against those before it: one of a name and type, and a CNAME alone at
// its name (RFC 1034, section 3.6.2), which is not the zone's own, since that has records of Route 53's.
func (z *Zone) validateTogether(faults *fault.List) {
	type key struct {
		name  string
		cname bool
		t     Type
	}
	first := make(map[key]int)
	for i := range z.Records {
		r, field := &z.Records[i], fmt.Sprintf("Records[%d]", i)
		name := normal(r.Name)
		if name == "" {
			continue // reported
		}
		if r.Type == CNAME && name == normal(z.Name) {
			faults.Add(field+".Type", r.Type, fault.ErrInvalid, "the zone's own name can have no CNAME: want an Alias of type A or AAAA")
		}
		if j, twice := first[key{name: name, t: r.Type}]; twice {
			faults.Add(field, r.Name, fault.ErrDuplicate, "Records[%d] is of this name and type: want all values in one record", j)
			continue
		}
		if j, taken := first[key{name: name, cname: r.Type != CNAME}]; taken {
			faults.Add(field, r.Name, fault.ErrDuplicate, "Records[%d] is of this name: a CNAME stands alone", j)
		}
		first[key{name: name, t: r.Type}] = i
		first[key{name: name, cname: r.Type == CNAME}] = i
	}
}
