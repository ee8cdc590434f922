package dns_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/dns"
)

func TestParseName(t *testing.T) {
	label := strings.Repeat("a", 63)
	longest := strings.Join([]string{label, label, label, strings.Repeat("b", 61)}, ".") // 253 bytes
	for _, c := range []struct{ name, text, want, err string }{
		{"a name", "db.example.com", "db.example.com", ""},
		{"small letters (RFC 4343)", "DB.Example.COM", "db.example.com", ""},
		{"without the last dot", "db.example.com.", "db.example.com", ""},
		{"one label", "internal", "internal", ""},
		{"punycode is left as it is", "xn--bcher-kva.example", "xn--bcher-kva.example", ""},
		{"an underscore", "_ssh._tcp.example", "_ssh._tcp.example", ""},
		{"a wildcard", "*.example.com", "*.example.com", ""},
		{"63 bytes in a label (RFC 1035, 2.3.4)", label + ".com", label + ".com", ""},
		{"64 bytes in a label (RFC 1035, 2.3.4)", label + "a.com", "", "at most 63"},
		{"253 bytes", longest, longest, ""},
		{"253 bytes and the last dot", longest + ".", longest, ""},
		{"254 bytes", longest + "b", "", "at most 253"},
		{"nothing", "", "", "want one such as"},
		{"the root", ".", "", "want one such as"},
		{"two dots", "db..example", "", "empty label"},
		{"two dots at the end", "db.example..", "", "empty label"},
		{"a dot at the start", ".example", "", "empty label"},
		{"a blank", "db example.com", "", "a blank"},
		{"a line break", "db.example\n", "", "a control character"},
		{"letters outside of ASCII", "bücher.example", "", "punycode"},
		{"bytes that are no text", "\xff.example", "", "punycode"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := dns.ParseName(c.text)
			assert.Equal(t, c.want, got)
			if c.err == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.err)
		})
	}
}

func TestUnder(t *testing.T) {
	assert.True(t, dns.Under("example.com", "example.com"))
	assert.True(t, dns.Under("a.b.example.com", "example.com"))
	assert.False(t, dns.Under("badexample.com", "example.com"))
	assert.False(t, dns.Under("com", "example.com"))
	assert.False(t, dns.Under("example.com", ""))
}

func FuzzParseName(f *testing.F) {
	for _, seed := range []string{"db.example.com.", "*.corp", "A..b", ".", "", "\xff", "bücher.example", strings.Repeat("a.", 127)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, err := dns.ParseName(text)
		if err != nil {
			assert.Empty(t, name)
			return
		}
		again, err := dns.ParseName(name)
		require.NoError(t, err, "what was parsed can be parsed again")
		assert.Equal(t, name, again)
		assert.LessOrEqual(t, len(name), 253)
		assert.True(t, dns.Under(name, name))
		_ = (&dns.Zone{ID: "z", Name: text, Records: []dns.Record{{Name: text, Type: dns.CNAME, Values: []string{text}}}}).Validate()
		_ = dns.Lookup([]*dns.Zone{{Name: text, Records: []dns.Record{{Name: text, Type: dns.CNAME, Values: []string{text}}}}}, text, dns.A)
	})
}
