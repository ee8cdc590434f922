package packetwalk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/trace"
)

// shopNet has "web" and "db" in a VPC of which "shop.internal" is the private zone.
func shopNet() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16").DNS(true, true)
	web := v.Subnet("front", "10.0.1.0/24").Instance("web").PrivateIP("10.0.1.10")
	v.Subnet("back", "10.0.2.0/24").Instance("db").PrivateIP("10.0.2.10").Allow("tcp/5432", web)
	b.HostedZone("Z1", "shop.internal").Associate(v).
		Record("db.shop.internal", dns.A, "10.0.2.10", "10.0.2.11").
		Record("six.shop.internal", dns.AAAA, "2001:db8::1").
		Record("none.shop.internal", dns.CNAME, "gone.shop.internal").
		Record("a.round.shop.internal", dns.CNAME, "b.round.shop.internal").Record("b.round.shop.internal", dns.CNAME, "a.round.shop.internal")
	return b
}

func ExampleNetwork_Resolve() {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16").DNS(true, true)
	app.Subnet("front", "10.0.1.0/24").Instance("web")
	b.HostedZone("Z1", "shop.internal").Associate(app).Record("db.shop.internal", dns.A, "10.0.2.10")
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, from := range []string{"web", packetwalk.Internet} {
		a, err := n.Resolve(from, "db.shop.internal")
		fmt.Printf("%s: %+v\n", from, a)
		if err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// web: db.shop.internal: 10.0.2.10
	//  1  resolver 10.0.0.2: the Amazon resolver of VPC app
	//  2  private hosted zone Z1: db.shop.internal A 10.0.2.10
	// internet: db.shop.internal: NXDOMAIN
	//  1  public DNS: db.shop.internal is in no public hosted zone of the network, and no name of AWS's
}

// TestProbeByName: a name is looked up, and the flow holds the answer; all else is as by the address.
func TestProbeByName(t *testing.T) {
	n := mustNetwork(t, shopNet())
	f := checkWalk(t, n, walkCase{"by name", "web", "db.shop.internal", "tcp/5432", works})
	assert.Equal(t, "db.shop.internal", f.To)
	assert.Equal(t, addr("10.0.2.10"), f.Forward.Sent.Dst, "the first of two")
	require.NotNil(t, f.Lookup)
	assert.Len(t, f.Lookup.Addresses, 2)
	byAddress := checkWalk(t, n, walkCase{"by address", "web", "10.0.2.10", "tcp/5432", works})
	assert.Nil(t, byAddress.Lookup, "no name, no lookup")
	assert.Equal(t, byAddress.Forward, f.Forward)
	assert.Equal(t, byAddress.Records(), f.Records(), "F1.601: what went to the Amazon resolver is not recorded")
	table, _, _ := strings.Cut(fmt.Sprintf("%+v", f), "\nreply")
	assert.Equal(t, `web -> db.shop.internal tcp/5432: works

lookup   db.shop.internal: 10.0.2.10, 10.0.2.11
 1  resolver 10.0.0.2: the Amazon resolver of VPC app
 2  private hosted zone Z1: db.shop.internal A 10.0.2.10, 10.0.2.11

request  tcp 10.0.1.10:49152 > 10.0.2.10:5432 SYN
 1  network interface  web-eni          out  leaves
 2  security group     web-sg           out  all to 0.0.0.0/0
 3  network ACL        app-default-acl  out  100 allow all to 0.0.0.0/0
 4  route table        app-main-rtb          10.0.0.0/16 -> local, main route table
 5  network ACL        app-default-acl  in   100 allow all from 0.0.0.0/0
 6  security group     db-sg            in   tcp/5432 from web-sg (web-eni)
 7  network interface  db-eni           in   arrives
`, table)
	checkWalk(t, n, walkCase{"in capitals with the last dot", "web", "DB.shop.internal.", "tcp/5432", works})
	checkWalk(t, n, walkCase{"blocked as by its address", "web", "db.shop.internal", "tcp/22", drops(trace.ENISGRulesMismatch, "db-sg")})
}

// TestProbeNamesThatLeadNowhere: an error that says which resolver said so and why.
func TestProbeNamesThatLeadNowhere(t *testing.T) {
	n := mustNetwork(t, shopNet())
	for _, c := range []struct {
		name, from, to string
		says           []string
	}{
		{"a name that is not there", "web", "www.shop.internal", []string{"www.shop.internal: NXDOMAIN", "resolver 10.0.0.2", "private hosted zone Z1: www.shop.internal is not there"}},
		{"a name that nobody knows", "web", "www.example.com", []string{"NXDOMAIN", "public DNS: www.example.com"}},
		{"from outside", "internet", "db.shop.internal", []string{"NXDOMAIN", "public DNS"}},
		{"a CNAME to what is not there", "web", "none.shop.internal", []string{"NXDOMAIN", "gone.shop.internal is not there"}},
		{"a name without addresses", "web", "round.shop.internal", []string{"NODATA"}},
		{"a circle", "web", "a.round.shop.internal", []string{"SERVFAIL", "given up"}},
		{"an address of no family of ours", "web", "six.shop.internal", []string{"no address family", "the destination IPv6"}},
		{"no name at all: without a dot", "web", "dbb", []string{"want the ID of an instance", "a DNS name"}},
		{"no name at all: a number at its end", "web", "10.0.2.300", []string{"want the ID of an instance"}},
		{"no name at all: a range", "web", "10.0.2.0/24", []string{"want the ID of an instance"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := n.Probe(c.from, c.to, "tcp/443")
			require.ErrorIs(t, err, packetwalk.ErrNotFound)
			for _, want := range c.says {
				require.ErrorContains(t, err, want)
			}
			assert.Empty(t, f)
		})
	}
	_, err := n.Probe("s3.internal", "db", "tcp/443")
	assert.Error(t, err, "an origin is no name")
}

// TestProbeWithoutResolver: the flow of a lookup that does not come through is that of the lookup.
func TestProbeWithoutResolver(t *testing.T) {
	cfg := shopNet().Config()
	cfg.VPCs[0].NoDNSSupport, cfg.VPCs[0].DNSHostnames = true, false
	n := mustNetwork(t, cfg)
	f, err := n.Probe("web", "db.shop.internal", "tcp/5432")
	require.NoError(t, err)
	assert.False(t, f.OK())
	assert.Equal(t, trace.ResolverDisabled, f.Verdict().Code, "F9.302")
	require.Len(t, f.Blockers(), 1)
	assert.Equal(t, "amazon-dns", f.Blockers()[0].ID)
	assert.Empty(t, f.Records(), "F1.601")
	assert.Equal(t, `web -> db.shop.internal tcp/5432: the name can't be looked up at 10.0.0.2: request dropped at AWS service amazon-dns: RESOLVER_DISABLED

lookup   db.shop.internal: UNREACHABLE
 1  resolver 10.0.0.2: no answer: request dropped at AWS service amazon-dns: RESOLVER_DISABLED

web -> 10.0.0.2 udp/53: request dropped at AWS service amazon-dns: RESOLVER_DISABLED

request  udp 10.0.1.10:49152 > 10.0.0.2:53
 1  AWS service  amazon-dns    the VPC has DNS support switched off: RESOLVER_DISABLED
`, fmt.Sprintf("%+v", f))
	// By address and by ID the connection works: only the name is lost.
	checkWalk(t, n, walkCase{"F9.302 by ID", "web", "db", "tcp/5432", works})
}

// TestSessionProbeByName: a session takes names too, its lookups are dated as the rest, and its memory knows
// them.
func TestSessionProbeByName(t *testing.T) {
	b := shopNet()
	cfg := b.Config()
	n := mustNetwork(t, cfg)
	start := time.Unix(1_700_000_000, 0)
	s := n.NewSession(start)
	f, err := s.Probe("web", "db.shop.internal", "tcp/5432")
	require.NoError(t, err)
	require.True(t, f.OK())
	assert.NotNil(t, f.Lookup)
	again, err := s.Probe("web", "db.shop.internal", "tcp/5432")
	require.NoError(t, err)
	assert.NotEqual(t, f.Forward.Sent.SrcPort, again.Forward.Sent.SrcPort)

	own := mustNetwork(t, resolverNet(func(v appVPC) { v.DHCPOptions("dopt", "10.0.2.53") }))
	o := own.NewSession(start)
	g, err := o.Probe("web", "www.example.com", "tcp/443")
	require.NoError(t, err)
	assert.NotZero(t, o.Live(), "the groups track the lookup")
	for _, r := range g.Records() {
		assert.Equal(t, start.Unix(), r.Start, "item 145: the lookup's records bear the session's time")
	}
	assert.NotEmpty(t, g.Records())
}
