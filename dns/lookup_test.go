package dns_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/dns"
)

func a(name string, values ...string) dns.Record {
	return dns.Record{Name: name, Type: dns.A, TTL: 60, Values: values}
}

func aaaa(name string, values ...string) dns.Record {
	return dns.Record{Name: name, Type: dns.AAAA, TTL: 60, Values: values}
}

func cname(name, to string) dns.Record {
	return dns.Record{Name: name, Type: dns.CNAME, TTL: 60, Values: []string{to}}
}

func alias(name string, t dns.Type, to string) dns.Record {
	return dns.Record{Name: name, Type: t, Alias: to}
}

// lookupCase is a question and its answer. Want is the outcome, or the addresses with a blank between them.
type lookupCase struct {
	name, ask string
	t         dns.Type
	want      string
}

func runLookups(t *testing.T, zones []*dns.Zone, cases []lookupCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := dns.Lookup(zones, c.ask, c.t)
			got := r.Outcome.String()
			if len(r.Addresses) > 0 {
				assert.Equal(t, dns.Answered, r.Outcome)
				got = fmt.Sprint(r.Addresses)
				got = got[1 : len(got)-1]
			}
			assert.Equal(t, c.want, got, "%v", r.Steps)
		})
	}
}

// TestLookupWildcards is the zone of RFC 4592, section 2.2.1, and its ten questions, with A in the place of
// MX, and AAAA in that of TXT and SRV.
func TestLookupWildcards(t *testing.T) {
	zones := []*dns.Zone{{ID: "Z", Name: "example.", Records: []dns.Record{
		aaaa("*.example.", "2001:db8::1"), a("*.example.", "192.0.2.10"), aaaa("sub.*.example.", "2001:db8::2"),
		aaaa("host1.example.", "2001:db8::3"), aaaa("_ssh._tcp.host1.example.", "2001:db8::4"), aaaa("_ssh._tcp.host2.example.", "2001:db8::5"),
		cname("www.*.example.", "elsewhere"),
	}}}
	runLookups(t, zones, []lookupCase{
		{"host3 MX is made of the wildcard", "host3.example.", dns.A, "192.0.2.10"},
		{"host3 TXT too", "host3.example.", dns.AAAA, "2001:db8::1"},
		{"foo.bar TXT: bar is not there", "foo.bar.example.", dns.AAAA, "2001:db8::1"},
		{"host1 MX: host1 is there", "host1.example.", dns.A, "NODATA"},
		{"sub.* MX: it is there", "sub.*.example.", dns.A, "NODATA"},
		{"_telnet._tcp.host1: _tcp.host1 is there, without data", "_telnet._tcp.host1.example.", dns.AAAA, "NXDOMAIN"},
		{"host2 is there, without data", "host2.example.", dns.A, "NODATA"},
		{"ghost.*: *.example is there", "ghost.*.example.", dns.A, "NXDOMAIN"},
		{"the wildcard itself may be asked for", "*.example.", dns.A, "192.0.2.10"},
		{"the zone's own name is there", "example", dns.A, "NODATA"},
	})
}

func TestLookupChoosesZone(t *testing.T) {
	zones := []*dns.Zone{
		{ID: "short", Name: "example.com", Records: []dns.Record{
			a("www.example.com", "192.0.2.1"), a("db.eu.example.com", "192.0.2.2"), cname("to-eu.example.com", "db.eu.example.com"),
		}},
		{ID: "long", Name: "EU.example.com.", Records: []dns.Record{a("db.eu.example.com", "192.0.2.3"), a("api.eu.example.com", "192.0.2.4", "192.0.2.5")}},
		{ID: "second", Name: "example.com", Records: []dns.Record{a("www.example.com", "192.0.2.6"), a("only.example.com", "192.0.2.7")}},
	}
	runLookups(t, zones, []lookupCase{
		{"the longest zone", "db.eu.example.com", dns.A, "192.0.2.3"},
		{"in any case, with the last dot", "DB.eu.Example.com.", dns.A, "192.0.2.3"},
		{"what the longest lacks is not there", "www.eu.example.com", dns.A, "NXDOMAIN"},
		{"the shorter one beside it", "www.example.com", dns.A, "192.0.2.1"},
		{"the first of two of one name", "only.example.com", dns.A, "NXDOMAIN"},
		{"a CNAME from zone to zone", "to-eu.example.com", dns.A, "192.0.2.3"},
		{"all values of a record", "api.eu.example.com", dns.A, "192.0.2.4 192.0.2.5"},
		{"of one type", "api.eu.example.com", dns.AAAA, "NODATA"},
		{"no zone fits", "www.example.org", dns.A, "NXDOMAIN"},
		{"the end of a label is no zone", "badexample.com", dns.A, "NXDOMAIN"},
		{"no name", "", dns.A, "NXDOMAIN"},
	})
}

func TestLookupFollows(t *testing.T) {
	z := &dns.Zone{ID: "Z", Name: "corp", Private: true, Records: []dns.Record{
		a("db.corp", "10.0.0.5"), aaaa("six.corp", "2001:db8::5"),
		cname("c.corp", "db.corp"), cname("cc.corp", "c.corp"), cname("*.w.corp", "db.corp"), cname("gone.corp", "nobody.corp"), cname("out.corp", "www.example.com"),
		cname("round.corp", "about.corp"), cname("about.corp", "round.corp"), cname("self.corp", "self.corp"),
		alias("corp", dns.A, "db.corp"), alias("al.corp", dns.A, "c.corp"), alias("al6.corp", dns.AAAA, "six.corp"), alias("ac.corp", dns.CNAME, "c.corp"),
	}}
	for i := range 18 {
		z.Records = append(z.Records, cname(fmt.Sprintf("n%d.corp", i), fmt.Sprintf("n%d.corp", i+1)))
	}
	z.Records = append(z.Records, a("n18.corp", "10.0.0.18"))
	runLookups(t, []*dns.Zone{z}, []lookupCase{
		{"a CNAME", "c.corp", dns.A, "10.0.0.5"},
		{"a CNAME to a CNAME", "cc.corp", dns.A, "10.0.0.5"},
		{"a wildcard CNAME", "x.w.corp", dns.A, "10.0.0.5"},
		{"a CNAME answers for every type: its target has none of it", "c.corp", dns.AAAA, "NODATA"},
		{"a CNAME to what is not there", "gone.corp", dns.A, "NXDOMAIN"},
		{"a CNAME to what no zone here knows", "out.corp", dns.A, "NXDOMAIN"},
		{"an alias at the zone's own name", "corp", dns.A, "10.0.0.5"},
		{"an alias is of one type", "corp", dns.AAAA, "NODATA"},
		{"an alias to a CNAME", "al.corp", dns.A, "10.0.0.5"},
		{"an alias of AAAA", "al6.corp", dns.AAAA, "2001:db8::5"},
		{"an alias of type CNAME", "ac.corp", dns.A, "10.0.0.5"},
		{"a circle", "round.corp", dns.A, "SERVFAIL"},
		{"a circle of one", "self.corp", dns.A, "SERVFAIL"},
		{"16 names on the way", "n2.corp", dns.A, "10.0.0.18"},
		{"17 names on the way", "n1.corp", dns.A, "SERVFAIL"},
	})
}

// The steps say who decided, in the order in which they were asked.
func TestLookupSteps(t *testing.T) {
	zones := []*dns.Zone{
		{ID: "Zpub", Name: "example.com", Records: []dns.Record{cname("*.example.com", "web.corp")}},
		{ID: "Zpriv", Name: "corp", Private: true, Records: []dns.Record{a("web.corp", "10.0.0.5", "10.0.0.6"), alias("al.corp", dns.A, "web.corp")}},
	}
	for _, c := range []struct {
		ask  string
		t    dns.Type
		want []string
	}{
		{"www.example.com", dns.A, []string{
			"public hosted zone Zpub: www.example.com CNAME web.corp by *.example.com", "private hosted zone Zpriv: web.corp A 10.0.0.5, 10.0.0.6",
		}},
		{"al.corp", dns.A, []string{"private hosted zone Zpriv: al.corp A alias of web.corp", "private hosted zone Zpriv: web.corp A 10.0.0.5, 10.0.0.6"}},
		{"web.corp", dns.AAAA, []string{"private hosted zone Zpriv: web.corp has no AAAA record"}},
		{"no.corp", dns.A, []string{"private hosted zone Zpriv: no.corp is not there"}},
		{"example.org", dns.A, nil},
	} {
		var got []string
		for _, s := range dns.Lookup(zones, c.ask, c.t).Steps {
			got = append(got, s.String())
		}
		assert.Equal(t, c.want, got, c.ask)
	}
}

// A Follow without zones: whoever answers, names are followed.
func TestFollow(t *testing.T) {
	var asked []string
	r := dns.Follow("a", dns.A, func(name string, typ dns.Type) dns.Reply {
		asked = append(asked, fmt.Sprint(name, " ", typ))
		if name == "a" {
			return dns.Reply{Outcome: dns.Answered, Next: "b"}
		}
		return dns.Reply{Outcome: dns.Answered, Addresses: []netip.Addr{netip.MustParseAddr("192.0.2.1")}}
	})
	assert.Equal(t, []string{"a A", "b A"}, asked)
	assert.Equal(t, []netip.Addr{netip.MustParseAddr("192.0.2.1")}, r.Addresses)
}
