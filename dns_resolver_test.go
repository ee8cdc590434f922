package packetwalk_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
)

// nameCase is a question about a name. Want is the addresses with a blank between them, or the outcome.
type nameCase struct{ name, from, ask, want string }

func runNames(t *testing.T, n *packetwalk.Network, cases []nameCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := n.Resolve(c.from, c.ask)
			require.NoError(t, err)
			assert.Equal(t, c.want, said(a), "%+v", a)
		})
	}
}

// said is an answer as a nameCase wants it.
func said(a packetwalk.Answer) string {
	if !a.OK() {
		return a.Outcome.String()
	}
	var list []string
	for _, one := range a.Addresses {
		list = append(list, one.String())
	}
	return strings.Join(list, " ")
}

// stepsOf are the steps of an answer as text.
func stepsOf(a packetwalk.Answer) (list []string) {
	for _, s := range a.Steps {
		list = append(list, s.String())
	}
	return list
}

// appVPC is the VPC "app" of resolverNet in the making.
type appVPC struct {
	*packetwalk.VPCHandle
	b     *packetwalk.Builder
	front *packetwalk.SubnetHandle
}

// resolverNet has a public name that everybody knows, and a VPC "app" with a host "web", one with IPv6 alone,
// two DNS servers, and a virtual private gateway; edit changes it.
func resolverNet(edit func(v appVPC)) *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	v.VirtualPrivateGateway("vgw", "192.168.0.0/16")
	front := v.Subnet("front", "10.0.1.0/24")
	front.Instance("web").PrivateIP("10.0.1.10")
	v.Subnet("six", "2001:db8:1:6::/64").Instance("six-host").IPv6("2001:db8:1:6::10")
	back := v.Subnet("back", "10.0.2.0/24")
	back.Instance("ns").PrivateIP("10.0.2.53").Allow("udp/53", v)
	back.Instance("ns2").PrivateIP("10.0.2.54").Allow("udp/53", v)
	b.HostedZone("Zpub", "example.com").Record("www.example.com", dns.A, "203.0.113.80")
	edit(appVPC{v, b, front})
	return b
}

func TestResolveAsksWhom(t *testing.T) {
	plain := func(appVPC) {}
	for _, c := range []struct {
		name, from string
		edit       func(appVPC)
		resolver   string // "" for none in the network
		outcome    dns.Outcome
	}{
		{"item 155 F9.307 by default the Amazon resolver at base + 2", "web", plain, "10.0.0.2", dns.Answered},
		{"F9.307 AmazonProvidedDNS", "web", askOf("AmazonProvidedDNS"), "10.0.0.2", dns.Answered},
		{"F9.307 a set without servers: link-local", "web", askOf(), "169.254.169.253", dns.Answered},
		{"F9.301 a host with IPv6 alone", "six-host", plain, "fd00:ec2::253", dns.Answered},
		{"F9.307 with IPv6 alone, a set without servers", "six-host", askOf(), "fd00:ec2::253", dns.Answered},
		{"F9.301 named by its address", "web", askOf("169.254.169.253"), "169.254.169.253", dns.Answered},
		{"item 156 a DNS server of one's own", "web", askOf("10.0.2.53"), "10.0.2.53", dns.Answered},
		{"F9.307 the first of several", "web", askOf("10.0.2.53", "AmazonProvidedDNS"), "10.0.2.53", dns.Answered},
		{"F9.307 the second, where nobody is at the first", "web", askOf("10.0.2.99", "10.0.2.54"), "10.0.2.54", dns.Answered},
		{"F9.307 nobody at any of them: the first is told", "web", askOf("10.0.2.99", "10.0.2.98"), "10.0.2.99", dns.Unreachable},
		{"F9.302 DNS support is off", "web", func(v appVPC) { v.DNS(false, false) }, "10.0.0.2", dns.Unreachable},
		{"a server of the other family can't be asked", "six-host", askOf("10.0.2.53"), "", dns.Unreachable},
		{"a server of the other family is passed over", "six-host", askOf("10.0.2.53", "AmazonProvidedDNS"), "fd00:ec2::253", dns.Answered},
		{"F9.305 the internet asks the public DNS", "internet", plain, "", dns.Answered},
		{"F9.305 so does what is on-premises", "vgw", plain, "", dns.Answered},
		{"F9.305 by its address too", "192.168.1.7", plain, "", dns.Answered},
		{"an interface by its ID", "web-eni", plain, "10.0.0.2", dns.Answered},
		{"an interface by its address", "10.0.1.10", plain, "10.0.0.2", dns.Answered},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, resolverNet(c.edit))
			a, err := n.Resolve(c.from, "WWW.example.com.")
			require.NoError(t, err)
			assert.Equal(t, c.outcome, a.Outcome, "%+v", a)
			assert.Equal(t, c.from, a.From)
			assert.Equal(t, "www.example.com", a.Name)
			if c.outcome == dns.Answered {
				assert.Equal(t, []netip.Addr{addr("203.0.113.80")}, a.Addresses)
			}
			if c.resolver == "" {
				assert.False(t, a.Resolver.IsValid(), "%v", a.Resolver)
				assert.Nil(t, a.Lookup)
				return
			}
			assert.Equal(t, c.resolver, a.Resolver.String())
			require.NotNil(t, a.Lookup)
			assert.Equal(t, "udp/53", a.Lookup.Service.String())
			assert.Equal(t, a.Resolver, a.Lookup.Forward.Sent.Dst)
			assert.Equal(t, a.OK(), a.Lookup.OK())
		})
	}
}

// askOf names the DNS servers of the VPC.
func askOf(servers ...string) func(appVPC) {
	return func(v appVPC) { v.DHCPOptions("dopt", servers...) }
}

// TestUnreachableSaysWhy: one line is enough to know what stopped the question.
func TestUnreachableSaysWhy(t *testing.T) {
	for _, c := range []struct {
		name, from string
		edit       func(appVPC)
		want       string
	}{
		{"F9.302 DNS support is off", "web", func(v appVPC) { v.DNS(false, false) },
			"www.example.com: UNREACHABLE: request dropped at AWS service amazon-dns: RESOLVER_DISABLED"},
		{"F9.307 nobody is there", "web", askOf("10.0.2.99"), "www.example.com: UNREACHABLE: request dropped at router app: NO_SUCH_HOST"},
		{"a server of the other family", "six-host", askOf("10.0.2.53"),
			"www.example.com: UNREACHABLE: resolver 10.0.2.53: not asked: who asks has no address of its family"},
	} {
		a, err := mustNetwork(t, resolverNet(c.edit)).Resolve(c.from, "www.example.com")
		require.NoError(t, err, c.name)
		assert.Equal(t, c.want, a.String(), c.name)
	}
}

// TestResolveLookupIsTraffic: what stands in the way of the question, and what it leaves in flow logs.
func TestResolveLookupIsTraffic(t *testing.T) {
	own := func(edit func(appVPC)) func(appVPC) {
		return func(v appVPC) {
			v.DHCPOptions("dopt", "10.0.9.53")
			edit(v)
		}
	}
	server := func(v appVPC) (*packetwalk.SubnetHandle, *packetwalk.InstanceHandle) {
		s := v.Subnet("dns", "10.0.9.0/24")
		return s, s.Instance("server").PrivateIP("10.0.9.53")
	}
	allowing := func(service string) func(appVPC) {
		return own(func(v appVPC) {
			_, host := server(v)
			host.Allow(service, v)
		})
	}
	type record struct {
		eni    string
		action flowlog.Action
	}
	for _, c := range []struct {
		name    string
		edit    func(appVPC)
		want    outcome
		records []record
	}{
		{"F9.301 F1.601 nothing filters or records what goes to the Amazon resolver", func(v appVPC) { v.ACL("deny").For(v.front) }, works, nil},
		{"item 145 F9.308 what goes to one's own server is recorded", allowing("udp/53"), works,
			[]record{{"web-eni", flowlog.Accept}, {"server-eni", flowlog.Accept}, {"server-eni", flowlog.Accept}, {"web-eni", flowlog.Accept}}},
		{"item 156 F9.308 groups see it", allowing("tcp/53"),
			drops(trace.ENISGRulesMismatch, "server-sg"), []record{{"web-eni", flowlog.Accept}, {"server-eni", flowlog.Reject}}},
		{"item 156 F9.308 ACLs see it", own(func(v appVPC) {
			s, host := server(v)
			host.Allow("udp/53", v)
			v.ACL("deny").For(s)
		}), drops(trace.SubnetACLRestriction, "deny"), []record{{"web-eni", flowlog.Accept}, {"server-eni", flowlog.Reject}}},
		{"F9.302 the resolver is off", func(v appVPC) { v.DNS(false, false) }, drops(trace.ResolverDisabled, "amazon-dns"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := mustNetwork(t, resolverNet(c.edit))
			a, err := n.Resolve("web", "www.example.com")
			require.NoError(t, err)
			checkOutcome(t, *a.Lookup, c.want)
			assert.Equal(t, c.want == works, a.OK())
			f, err := n.Probe("web", "www.example.com", "tcp/443")
			require.NoError(t, err)
			var got []record
			for _, r := range f.Lookup.Lookup.Records() {
				got = append(got, record{r.InterfaceID, r.Action})
				assert.Contains(t, f.Records(), r, "the flow's records hold those of the lookup")
			}
			assert.Equal(t, c.records, got)
			if !a.OK() {
				assert.False(t, f.OK())
				assert.Equal(t, a.Lookup.Verdict(), f.Verdict())
				assert.Equal(t, a.Lookup.Blockers(), f.Blockers())
				assert.Equal(t, trace.NotSent, f.Forward.Verdict.Outcome)
				assert.Len(t, f.Records(), len(c.records))
			}
		})
	}
}

// TestResolveUnansweredIsRecorded: a question to a server that does not answer is traffic too, and comes
// before that to the next one (F9.308, item 145).
func TestResolveUnansweredIsRecorded(t *testing.T) {
	n := mustNetwork(t, resolverNet(func(v appVPC) {
		v.DHCPOptions("dopt", "10.0.9.53", "10.0.9.54")
		s := v.Subnet("dns", "10.0.9.0/24")
		s.Instance("mute").PrivateIP("10.0.9.53")
		s.Instance("server").PrivateIP("10.0.9.54").Allow("udp/53", v)
	}))
	f, err := n.Probe("web", "www.example.com", "tcp/443")
	require.NoError(t, err)
	require.Len(t, f.Lookup.Unanswered, 1)
	checkOutcome(t, f.Lookup.Unanswered[0], drops(trace.SGHasNoRules, "mute-sg"))
	checkOutcome(t, *f.Lookup.Lookup, works)
	var got []string
	for _, r := range f.Records()[:6] {
		got = append(got, fmt.Sprintf("%s %s %v", r.InterfaceID, r.DstAddr, r.Action))
	}
	assert.Equal(t, []string{
		"web-eni 10.0.9.53 ACCEPT", "mute-eni 10.0.9.53 REJECT",
		"web-eni 10.0.9.54 ACCEPT", "server-eni 10.0.9.54 ACCEPT", "server-eni 10.0.1.10 ACCEPT", "web-eni 10.0.1.10 ACCEPT",
	}, got, "F9.308")
	assert.NotContains(t, f.Blockers(), f.Lookup.Unanswered[0].Blockers()[0], "the second server answered")

	n = mustNetwork(t, resolverNet(func(v appVPC) { v.DHCPOptions("dopt", "10.0.2.99", "10.0.2.98") }))
	f, err = n.Probe("web", "www.example.com", "tcp/443")
	require.NoError(t, err)
	require.Len(t, f.Lookup.Unanswered, 2)
	assert.Equal(t, *f.Lookup.Lookup, f.Lookup.Unanswered[0])
	assert.Len(t, f.Records(), 2, "F9.308: one at web's interface for each server")
}

// TestResolvePeersResolver: F8.016, the Amazon resolver of a peer does not answer, nor does it for who is
// on-premises (F9.305).
func TestResolvePeersResolver(t *testing.T) {
	b := packetwalk.New()
	app, data := b.VPC("app", "10.0.0.0/16").DHCPOptions("dopt", "10.1.0.2"), b.VPC("data", "10.1.0.0/16")
	app.Subnet("front", "10.0.1.0/24").Instance("web")
	data.Subnet("back", "10.1.1.0/24").Instance("db")
	b.Peer(app, data)
	n := mustNetwork(t, b)
	a, err := n.Resolve("web", "s3.us-east-1.amazonaws.com")
	require.NoError(t, err)
	assert.Equal(t, dns.Unreachable, a.Outcome, "F8.016")
	assert.False(t, a.Lookup.OK())
	assert.Equal(t, []string{"resolver 10.1.0.2: no answer: " + strings.TrimPrefix(a.Lookup.String(), "web -> 10.1.0.2 udp/53: ")}, stepsOf(a))
}

// TestResolveOwnServer: what a DNS server of one's own says, and whom it asks for the rest.
func TestResolveOwnServer(t *testing.T) {
	b := packetwalk.New()
	hub, spoke, mute := b.VPC("hub", "10.0.0.0/16").DNS(true, true), b.VPC("spoke", "10.1.0.0/16").DNS(true, true), b.VPC("mute", "10.2.0.0/16").DNS(false, false)
	igw := spoke.InternetGateway("igw")
	hub.Subnet("dns", "10.0.1.0/24").Instance("ns").PrivateIP("10.0.1.53").Allow("udp/53", packetwalk.Anywhere)
	spoke.DHCPOptions("dopt", "10.0.1.53").Subnet("front", "10.1.1.0/24").Route("0.0.0.0/0", igw).Instance("web").PublicIP()
	mute.DHCPOptions("mute-dopt", "10.2.1.53")
	quiet := mute.Subnet("quiet", "10.2.1.0/24")
	quiet.Instance("mute-ns").PrivateIP("10.2.1.53").Allow("udp/53", mute)
	quiet.Instance("asker")
	far := b.VPC("far", "10.3.0.0/16").DHCPOptions("far-dopt", "203.0.113.53")
	far.Subnet("far-front", "10.3.1.0/24").Route("0.0.0.0/0", far.InternetGateway("far-igw")).Instance("roamer").PublicIP()
	b.Peer(hub, spoke)
	b.HostedZone("Zhub", "hub.internal").Associate(hub).Record("db.hub.internal", dns.A, "10.0.2.10")
	b.HostedZone("Zspoke", "spoke.internal").Associate(spoke).Record("db.spoke.internal", dns.A, "10.1.2.10")
	b.HostedZone("Zown", "corp").Private().Servers("10.0.1.53", "10.2.1.53", "203.0.113.53").
		Record("app.corp", dns.A, "10.0.3.10").Record("out.corp", dns.CNAME, "db.hub.internal")
	b.HostedZone("Zpub", "example.com").Record("www.example.com", dns.A, "203.0.113.80")
	n := mustNetwork(t, b)
	runNames(t, n, []nameCase{
		{"what it holds", "web", "app.corp", "10.0.3.10"},
		{"what its zone lacks", "web", "db.corp", "NXDOMAIN"},
		{"the rest it asks the Amazon resolver of its own VPC for", "web", "db.hub.internal", "10.0.2.10"},
		{"which is told of no zone of who asks", "web", "db.spoke.internal", "NXDOMAIN"},
		{"a CNAME out of its zone", "web", "out.corp", "10.0.2.10"},
		{"F9.304 who asks the Amazon resolver does not know its zone", "ns", "app.corp", "NXDOMAIN"},
		{"item 156 without DNS support it still knows its own", "asker", "app.corp", "10.0.3.10"},
		{"and asks the public DNS for the rest", "asker", "www.example.com", "203.0.113.80"},
		{"which knows no private zones", "asker", "out.corp", "NXDOMAIN"},
		{"a server on the internet", "roamer", "app.corp", "10.0.3.10"},
		{"which asks the public DNS", "roamer", "db.hub.internal", "NXDOMAIN"},
	})
	a, err := n.Resolve("asker", "app.corp")
	require.NoError(t, err)
	assert.Equal(t, "resolver 10.2.1.53: a DNS server of one's own, which forwards to the public DNS", stepsOf(a)[0], "item 156, F9.302")
	a, err = n.Resolve("web", "out.corp")
	require.NoError(t, err)
	assert.Equal(t, []string{
		"resolver 10.0.1.53: a DNS server of one's own, which forwards to the Amazon resolver of VPC hub",
		"private hosted zone Zown: out.corp CNAME db.hub.internal, held by 10.0.1.53",
		"private hosted zone Zhub: db.hub.internal A 10.0.2.10",
	}, stepsOf(a))
}

// TestResolveOwnServerByOtherAddress: a DNS server knows its zones by whatever address it is called: its
// public one, or that of an endpoint whose load balancer leads to it (item 156, F9.308).
func TestResolveOwnServerByOtherAddress(t *testing.T) {
	for _, c := range []struct{ name, server string }{
		{"its own", "10.0.1.53"}, {"its public one", "198.51.100.53"}, {"its IPv6 one", "2001:db8:0:1::53"}, {"an endpoint's before it", "10.0.1.77"},
	} {
		b := packetwalk.New()
		v := b.VPC("hub", "10.0.0.0/16", "2001:db8::/56").DHCPOptions("dopt", c.server)
		igw := v.InternetGateway("igw")
		s := v.Subnet("dns", "10.0.1.0/24", "2001:db8:0:1::/64").Route("0.0.0.0/0", igw)
		s.Instance("ns").PrivateIP("10.0.1.53").ElasticIP("198.51.100.53").IPv6("2001:db8:0:1::53").Allow("udp/53", packetwalk.Anywhere, packetwalk.AnywhereIPv6)
		s.Instance("web").PublicIP().IPv6("2001:db8:0:1::10")
		link := v.NetworkLoadBalancer("nlb", s).Listen("udp/53", packetwalk.TargetIP("10.0.1.53")).EndpointService("vpce-svc-1")
		v.ServiceEndpoint("link", link, s).Allow("udp/53", v)
		b.HostedZone("Z", "corp").Private().Servers("10.0.1.53").Record("app.corp", dns.A, "10.0.3.10")
		cfg := b.Config()
		cfg.Interfaces = append(cfg.Interfaces, subnet.Interface{
			ID: "link-eni", Subnet: "dns", Kind: subnet.VPCEndpoint, Private: []subnet.Address{{Private: addr("10.0.1.77")}}, Groups: cfg.InterfaceEndpoints[0].Groups,
		})
		cfg.InterfaceEndpoints[0].Interfaces = []string{"link-eni"}
		runNames(t, mustNetwork(t, cfg), []nameCase{{"item 156 " + c.name, "web", "app.corp", "10.0.3.10"}})
	}
}

// TestResolveOnPremises: what is behind a virtual private gateway knows the zones of the DNS servers there,
// and no VPC's (F9.305).
func TestResolveOnPremises(t *testing.T) {
	n := mustNetwork(t, resolverNet(func(v appVPC) {
		v.DNS(true, true)
		v.b.HostedZone("Zapp", "app.internal").Associate(v.VPCHandle).Record("web.app.internal", dns.A, "10.0.1.10")
		v.b.HostedZone("Zcorp", "corp").Private().Servers("192.168.0.53").Record("mail.corp", dns.A, "192.168.0.25")
	}))
	runNames(t, n, []nameCase{
		{"a zone of the DNS server there", "vgw", "mail.corp", "192.168.0.25"},
		{"F9.305 no private zone of the VPC", "vgw", "web.app.internal", "NXDOMAIN"},
		{"the internet knows neither", "internet", "mail.corp", "NXDOMAIN"},
		{"and neither does the VPC", "web", "mail.corp", "NXDOMAIN"},
	})
}

// TestResolveRefuses: questions that nobody could ask.
func TestResolveRefuses(t *testing.T) {
	cfg := namesNet()
	cfg.LoadBalancers = []elb.LoadBalancer{{ID: "nlb", VPC: "app", Subnets: []string{"pub"}}}
	cfg.GatewayLoadBalancerEndpoints = []endpoint.GatewayLoadBalancer{
		{ID: "gwlbe", VPC: "app", Subnet: "priv", Service: "com.amazonaws.vpce.us-east-1.vpce-svc-1"},
	}
	n := mustNetwork(t, cfg)
	for _, c := range []struct {
		name, from, ask string
		reason          error
		says            string
	}{
		{"an origin that is not there", "wbe", "www.example.com", packetwalk.ErrNotFound, "want the ID"},
		{"no name", "web", "a..b", packetwalk.ErrInvalid, "empty label"},
		{"a name that is too long", "web", strings.Repeat("a", 64) + ".example", packetwalk.ErrInvalid, "at most 63"},
		{"a NAT gateway", "nat", "www.example.com", packetwalk.ErrInvalid, "asks for no names"},
		{"an interface endpoint", "sqs", "www.example.com", packetwalk.ErrInvalid, "asks for no names"},
		{"a gateway endpoint", "s3", "www.example.com", packetwalk.ErrInvalid, "asks for no names"},
		{"a Gateway Load Balancer endpoint", "gwlbe", "www.example.com", packetwalk.ErrInvalid, "asks for no names"},
		{"a load balancer", "nlb", "www.example.com", packetwalk.ErrInvalid, "asks for no names"},
		{"the interface of a load balancer", "nlb-pub-eni", "www.example.com", packetwalk.ErrInvalid, "asks for no names"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := n.Resolve(c.from, c.ask)
			require.ErrorIs(t, err, c.reason)
			require.ErrorContains(t, err, c.says)
			assert.Empty(t, a)
		})
	}
	_, err := (*packetwalk.Network)(nil).Resolve("web", "www.example.com")
	require.ErrorIs(t, err, packetwalk.ErrInvalid)
	_, err = new(packetwalk.Network).Resolve("web", "www.example.com")
	require.ErrorIs(t, err, packetwalk.ErrInvalid)
}
