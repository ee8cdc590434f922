package dns_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// mistake is a field and what is wrong with it.
type mistake struct {
	field string
	err   error
}

func TestZoneValidate(t *testing.T) {
	with := func(records ...dns.Record) dns.Zone { return dns.Zone{ID: "Z", Name: "corp.example", Records: records} }
	server := netip.MustParseAddr("10.0.0.53")
	for _, c := range []struct {
		name string
		zone dns.Zone
		want []mistake
	}{
		{"a public zone without records", dns.Zone{ID: "Z", Name: "corp.example."}, nil},
		{"F9.304 a private zone", dns.Zone{ID: "Z", Name: "corp.example", Private: true, VPCs: []string{"a", "b"}, Servers: []netip.Addr{server}}, nil},
		{"records of each type", with(a("corp.example", "10.0.0.5"), aaaa("corp.example", "2001:db8::5"), cname("www.corp.example.", "corp.example"), alias("x.corp.example", dns.A, "corp.example")), nil},
		{"every mistake at once", dns.Zone{Records: []dns.Record{{}}}, []mistake{{"ID", fault.ErrInvalid}, {"Name", fault.ErrInvalid}, {"Records[0].Name", fault.ErrInvalid}, {"Records[0].Type", fault.ErrInvalid}}},
		{"no name", dns.Zone{ID: "Z", Name: "a..b"}, []mistake{{"Name", fault.ErrInvalid}}},
		{"VPCs of a public zone", dns.Zone{ID: "Z", Name: "corp", VPCs: []string{"a"}}, []mistake{{"VPCs[0]", fault.ErrInvalid}}},
		{"a VPC twice, and one without an ID", dns.Zone{ID: "Z", Name: "corp", Private: true, VPCs: []string{"a", "a", ""}}, []mistake{{"VPCs[1]", fault.ErrDuplicate}, {"VPCs[2]", fault.ErrInvalid}}},
		{"servers", dns.Zone{ID: "Z", Name: "corp", Servers: []netip.Addr{server, server, {}, netip.MustParseAddr("0.0.0.0")}}, []mistake{{"Servers[1]", fault.ErrDuplicate}, {"Servers[2]", fault.ErrInvalid}, {"Servers[3]", fault.ErrInvalid}}},
		{"a record outside", with(a("db.example", "10.0.0.5")), []mistake{{"Records[0].Name", fault.ErrOutside}}},
		{"a record whose name ends like the zone", with(a("badcorp.example", "10.0.0.5")), []mistake{{"Records[0].Name", fault.ErrOutside}}},
		{"an address of the other family", with(a("a.corp.example", "2001:db8::5"), aaaa("b.corp.example", "10.0.0.5")), []mistake{{"Records[0].Values[0]", fault.ErrInvalid}, {"Records[1].Values[0]", fault.ErrInvalid}}},
		{"a mapped address", with(aaaa("b.corp.example", "::ffff:10.0.0.5")), []mistake{{"Records[0].Values[0]", fault.ErrInvalid}}},
		{"no address", with(a("a.corp.example", "db.corp.example")), []mistake{{"Records[0].Values[0]", fault.ErrInvalid}}},
		{"an address twice", with(aaaa("a.corp.example", "2001:db8::5", "2001:db8:0::5")), []mistake{{"Records[0].Values[1]", fault.ErrDuplicate}}},
		{"no values", with(a("a.corp.example")), []mistake{{"Records[0].Values", fault.ErrInvalid}}},
		{"a CNAME with two names", with(dns.Record{Name: "a.corp.example", Type: dns.CNAME, Values: []string{"b", "c"}}), []mistake{{"Records[0].Values", fault.ErrInvalid}}},
		{"a CNAME to no name", with(cname("a.corp.example", "b..c")), []mistake{{"Records[0].Values[0]", fault.ErrInvalid}}},
		{"RFC 1034, 3.6.2 a CNAME beside others", with(a("a.corp.example", "10.0.0.5"), cname("A.corp.example.", "b.example")), []mistake{{"Records[1]", fault.ErrDuplicate}}},
		{"RFC 1034, 3.6.2 others beside a CNAME", with(cname("a.corp.example", "b.example"), a("a.corp.example", "10.0.0.5")), []mistake{{"Records[1]", fault.ErrDuplicate}}},
		{"two records of one name and type", with(a("a.corp.example", "10.0.0.5"), a("a.corp.example", "10.0.0.6")), []mistake{{"Records[1]", fault.ErrDuplicate}}},
		{"a CNAME at the zone's own name", with(cname("corp.example", "b.example")), []mistake{{"Records[0].Type", fault.ErrInvalid}}},
		{"an alias with values", with(dns.Record{Name: "a.corp.example", Type: dns.A, Values: []string{"10.0.0.5"}, Alias: "b"}), []mistake{{"Records[0].Alias", fault.ErrInvalid}}},
		{"an alias of no name", with(alias("a.corp.example", dns.A, "b..c")), []mistake{{"Records[0].Alias", fault.ErrInvalid}}},
		{"a TTL below zero", with(dns.Record{Name: "a.corp.example", Type: dns.A, TTL: -1, Values: []string{"10.0.0.5"}}), []mistake{{"Records[0].TTL", fault.ErrInvalid}}},
		{"a TTL of 2^31 (RFC 2181, section 8)", with(dns.Record{Name: "a.corp.example", Type: dns.A, TTL: 1 << 31, Values: []string{"10.0.0.5"}}), []mistake{{"Records[0].TTL", fault.ErrInvalid}}},
		{"a type without a name", with(dns.Record{Name: "a.corp.example", Type: 99, Values: []string{"10.0.0.5"}}), []mistake{{"Records[0].Type", fault.ErrInvalid}}},
	} {
		t.Run(c.name, func(t *testing.T) { holds(t, c.zone.Validate(), c.want) })
	}
	holds(t, (*dns.Zone)(nil).Validate(), []mistake{{"ID", fault.ErrInvalid}, {"Name", fault.ErrInvalid}})
}

// holds asserts that err has these mistakes, in this order, and no other.
func holds(t *testing.T, err error, want []mistake) {
	t.Helper()
	got := fault.Of(err)
	if !assert.Len(t, got, len(want), "%v", err) {
		return
	}
	for i, m := range want {
		assert.Equal(t, m.field, got[i].Field)
		assert.ErrorIs(t, got[i].Err, m.err)
	}
}
