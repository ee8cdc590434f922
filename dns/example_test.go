package dns_test

import (
	"fmt"

	"github.com/packetwalk/packetwalk/dns"
)

// A CNAME leads from a public zone to a private one. Who is told of the public one only gets no further.
func Example() {
	public := &dns.Zone{ID: "Z1", Name: "example.com", Records: []dns.Record{
		{Name: "db.example.com", Type: dns.CNAME, Values: []string{"db.corp.internal"}},
	}}
	private := &dns.Zone{ID: "Z2", Name: "corp.internal", Private: true, VPCs: []string{"app"}, Records: []dns.Record{
		{Name: "db.corp.internal", Type: dns.A, Values: []string{"10.0.2.10"}},
	}}

	inside := dns.Lookup([]*dns.Zone{public, private}, "db.example.com", dns.A)
	fmt.Println(inside.Outcome, inside.Addresses)
	for _, s := range inside.Steps {
		fmt.Println("  " + s.String())
	}
	fmt.Println(dns.Lookup([]*dns.Zone{public}, "db.example.com", dns.A).Outcome)
	// Output:
	// NOERROR [10.0.2.10]
	//   public hosted zone Z1: db.example.com CNAME db.corp.internal
	//   private hosted zone Z2: db.corp.internal A 10.0.2.10
	// NXDOMAIN
}

// The error lists every mistake.
func ExampleZone_Validate() {
	z := dns.Zone{ID: "Z1", Name: "corp.internal", Records: []dns.Record{
		{Name: "corp.internal", Type: dns.CNAME, Values: []string{"web.corp.internal"}},
		{Name: "db.corp.internal", Type: dns.A, Values: []string{"2001:db8::5"}},
	}}
	fmt.Println(z.Validate())
	// Output:
	// Records[1].Values[0] "2001:db8::5": invalid: want an IPv4 address such as 10.0.0.5
	// Records[0].Type "CNAME": invalid: the zone's own name can have no CNAME: want an Alias of type A or AAAA
}
