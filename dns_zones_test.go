package packetwalk_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
)

// zonesNet has two VPCs with both DNS attributes, of which the private zones are associated with "app", and
// one without enableDnsHostnames.
func zonesNet() *packetwalk.Builder {
	b := packetwalk.New()
	app, other, plain := b.VPC("app", "10.0.0.0/16").DNS(true, true), b.VPC("other", "10.1.0.0/16").DNS(true, true), b.VPC("plain", "10.2.0.0/16")
	app.Subnet("a", "10.0.1.0/24").Instance("web").PrivateIP("10.0.1.10")
	other.Subnet("o", "10.1.1.0/24").Instance("stranger")
	plain.Subnet("p", "10.2.1.0/24").Instance("without")
	b.HostedZone("Zcorp", "corp.example").Associate(app, plain).
		Record("db.corp.example", dns.A, "10.0.1.50").
		Record("db.corp.example", dns.AAAA, "2001:db8::50").
		Record("*.dev.corp.example", dns.A, "10.0.1.60").
		Record("www.corp.example", dns.CNAME, "www.example.com").
		Alias("corp.example", dns.A, "db.corp.example")
	b.HostedZone("Zeu", "eu.corp.example").Associate(app).Record("db.eu.corp.example", dns.A, "10.0.1.70")
	b.HostedZone("Zpub", "corp.example").Record("db.corp.example", dns.A, "203.0.113.50").Record("public.corp.example", dns.A, "203.0.113.51").
		Record("db.eu.corp.example", dns.A, "203.0.113.52")
	b.HostedZone("Zsub", "api.corp.example").Record("v1.api.corp.example", dns.A, "203.0.113.60")
	b.HostedZone("Zweb", "example.com").Record("www.example.com", dns.A, "203.0.113.80").Record("round.example.com", dns.CNAME, "round.example.com")
	return b
}

// TestResolveHostedZones: private zones come before public ones for the VPCs that they are associated with,
// as https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html says.
func TestResolveHostedZones(t *testing.T) {
	n := mustNetwork(t, zonesNet())
	runNames(t, n, []nameCase{
		{"F9.304 the private zone, in its VPC, both families", "web", "db.corp.example", "10.0.1.50 2001:db8::50"},
		{"F9.304 the public one in another VPC", "stranger", "db.corp.example", "203.0.113.50"},
		{"F9.304 and on the internet", "internet", "db.corp.example", "203.0.113.50"},
		{"F9.304 A38 with enableDnsHostnames off the name resolves publicly", "without", "db.corp.example", "203.0.113.50"},
		{"what the private zone lacks is not asked for in the public one", "web", "public.corp.example", "NXDOMAIN"},
		{"nor in a longer public one", "web", "v1.api.corp.example", "NXDOMAIN"},
		{"where others are told", "internet", "v1.api.corp.example", "203.0.113.60"},
		{"the longer of two private ones", "web", "db.eu.corp.example", "10.0.1.70"},
		{"a wildcard", "web", "x.y.dev.corp.example", "10.0.1.60"},
		{"a name with others below it", "web", "dev.corp.example", "NODATA"},
		{"a CNAME from a private zone to a public one", "web", "www.corp.example", "203.0.113.80"},
		{"an alias at the zone's own name", "web", "corp.example", "10.0.1.50"},
		{"a circle", "web", "round.example.com", "SERVFAIL"},
		{"a name that nobody knows", "web", "www.example.net", "NXDOMAIN"},
	})
	a, err := n.Resolve("without", "db.corp.example")
	require.NoError(t, err)
	assert.Equal(t, []string{
		"resolver 10.2.0.2: the Amazon resolver of VPC plain",
		"private hosted zone Zcorp: db.corp.example is not asked for there: VPC plain has enableDnsHostnames off",
		"public hosted zone Zpub: db.corp.example A 203.0.113.50",
	}, stepsOf(a), "A38, F9.304")
}

// TestHostedZoneMistakes: what Build says of hosted zones.
func TestHostedZoneMistakes(t *testing.T) {
	runMistakes(t, zonesNet, []mistakeCase{
		{"a VPC that is not there", func(c *packetwalk.Config) { c.HostedZones[0].VPCs[0] = "nowhere" }, "Zcorp", "VPCs[0]", packetwalk.ErrNotFound},
		{"two private zones of one name in a VPC", func(c *packetwalk.Config) { c.HostedZones[1].Name = "CORP.example." }, "Zeu", "VPCs[0]", packetwalk.ErrDuplicate},
		{"a record outside of its zone", func(c *packetwalk.Config) { c.HostedZones[1].Records[0].Name = "db.corp.example" }, "Zeu", "Records[0].Name", packetwalk.ErrOutside},
		{"the ID of another resource", func(c *packetwalk.Config) { c.HostedZones[1].ID = "app" }, "app", "ID", packetwalk.ErrDuplicate},
		{"a public zone with VPCs", func(c *packetwalk.Config) { c.HostedZones[1].Private = false }, "Zeu", "VPCs[0]", packetwalk.ErrInvalid},
	})
	cfg := zonesNet().Config()
	cfg.HostedZones[2].Name = cfg.HostedZones[0].Name
	_, err := packetwalk.Build(cfg)
	assert.NoError(t, err, "a public and a private zone of one name are fine")
}

// TestHostedZoneHandles: mistakes of the handles are told with the line of the call.
func TestHostedZoneHandles(t *testing.T) {
	b := zonesNet()
	b.HostedZone("Z9", "nine.example").Associate(nil).Servers("10.0.0.53", "no address").Record("a.eight.example", dns.A, "10.0.0.5")
	v, w := b.VPC("v", "10.8.0.0/16"), b.VPC("w", "10.9.0.0/16")
	b.Peer(v, w).DNSResolution(b.VPC("third", "10.10.0.0/16"))
	_, err := b.Build()
	require.Error(t, err)
	for _, want := range []string{
		`hosted zone "Z9": VPCs "nil": invalid`,
		`hosted zone "Z9": Servers[1] "no address": invalid`,
		`hosted zone "Z9": Records[0].Name "a.eight.example": outside`,
		`VPC peering connection "v-w-pcx": DNSResolution "third": invalid: want VPC "v" or "w"`,
	} {
		assert.Regexp(t, `dns_zones_test.go:\d+: `+regexp.QuoteMeta(want), err.Error())
	}
}
