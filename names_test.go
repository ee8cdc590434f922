package packetwalk_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// namesNet has a host of each kind, an instance with two interfaces, and a second VPC with the same range.
func namesNet() packetwalk.Config {
	b := packetwalk.New()
	v, twin := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56"), b.VPC("twin", "10.0.0.0/16")
	igw := v.InternetGateway("igw")
	pub := v.Subnet("pub", "10.0.1.0/24", "2001:db8:1:1::/64").Route("0.0.0.0/0", igw).Route("::/0", igw)
	open := func(i *packetwalk.InstanceHandle) *packetwalk.InstanceHandle {
		return i.Allow("all", packetwalk.Anywhere, packetwalk.AnywhereIPv6)
	}
	open(pub.Instance("web").PrivateIP("10.0.1.10").ElasticIP("198.51.100.1").IPv6("2001:db8:1:1::10"))
	open(pub.Instance("bare").PrivateIP("10.0.1.20"))
	nat := pub.NAT("nat")
	open(v.Subnet("priv", "10.0.2.0/24").Route("0.0.0.0/0", nat).Instance("two-legs").PrivateIP("10.0.2.10"))
	open(v.Subnet("six", "2001:db8:1:6::/64").Route("::/0", igw).Instance("six-host").IPv6("2001:db8:1:6::10"))
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", pub).Allow("tcp/443", v)
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", pub)
	open(twin.Subnet("twin-sub", "10.0.1.0/24").Instance("twin-web").PrivateIP("10.0.1.10"))
	cfg := b.Config()
	cfg.Instances = append(cfg.Instances, vpc.Instance{ID: "no-nic"})
	cfg.Interfaces = append(cfg.Interfaces, subnet.Interface{
		ID: "second-eni", Subnet: "pub", Private: []subnet.Address{{Private: addr("10.0.1.30"), Public: addr("198.51.100.3")}},
		Groups: []string{"bare-sg"}, Attachment: subnet.Attachment{Instance: "two-legs", DeviceIndex: 1},
	})
	return cfg
}

// TestNames: what a name means depends on who says it.
func TestNames(t *testing.T) {
	n := mustNetwork(t, namesNet())
	for _, c := range []struct {
		name, from, to, service string
		src, dst                string // as it is sent
		arrives                 string // where it ends
	}{
		{"inside, an instance is its private address", "bare", "web", "tcp/80", "10.0.1.20", "10.0.1.10", "web-eni"},
		{"to the internet it is its public one", "internet", "web", "tcp/80", "203.0.113.10", "198.51.100.1", "web-eni"},
		{"an interface by its ID", "bare", "web-eni", "tcp/80", "10.0.1.20", "10.0.1.10", "web-eni"},
		{"an interface by its ID, from outside", "internet", "web-eni", "tcp/80", "203.0.113.10", "198.51.100.1", "web-eni"},
		{"without a public address it keeps its private one", "internet", "bare", "tcp/80", "203.0.113.10", "10.0.1.20", "internet"},
		{"the internet has an address of its own", "web", "internet", "tcp/80", "10.0.1.10", "203.0.113.10", "internet"},
		{"the internet's IPv6 address, to who has IPv6 alone", "six-host", "internet", "tcp/80", "2001:db8:1:6::10", "2001:db8:ffff::10", "internet"},
		{"the internet's IPv6 address, from outside", "internet", "six-host", "tcp/80", "2001:db8:ffff::10", "2001:db8:1:6::10", "six-host-eni"},
		{"IPv4 where both have both", "web", "internet", "udp/53", "10.0.1.10", "203.0.113.10", "internet"},
		{"ICMPv6 is IPv6", "web", "internet", "icmpv6/echo-request", "2001:db8:1:1::10", "2001:db8:ffff::10", "internet"},
		{"an IPv6 address as destination", "web", "2001:db8:1:6::10", "tcp/80", "2001:db8:1:1::10", "2001:db8:1:6::10", "six-host-eni"},
		{"a private address as origin", "10.0.1.20", "web", "tcp/80", "10.0.1.20", "10.0.1.10", "web-eni"},
		{"an IPv6 address as origin", "2001:db8:1:6::10", "web", "tcp/80", "2001:db8:1:6::10", "2001:db8:1:1::10", "web-eni"},
		{"a public address as origin is who has it", "198.51.100.1", "bare", "tcp/80", "10.0.1.10", "10.0.1.20", "bare-eni"},
		{"a foreign address as origin is on the internet", "192.0.2.9", "web", "tcp/80", "192.0.2.9", "198.51.100.1", "web-eni"},
		{"an endpoint by its ID", "web", "sqs", "tcp/443", "10.0.1.10", "10.0.1.5", "sqs"},
		{"a gateway endpoint is an address of its service", "web", "s3", "tcp/443", "10.0.1.10", "3.5.0.1", "com.amazonaws.us-east-1.s3"},
		{"a prefix list is an address of its ranges", "web", "pl-com.amazonaws.us-east-1.s3", "tcp/443", "10.0.1.10", "3.5.0.1", "com.amazonaws.us-east-1.s3"},
		{"an instance calls from its first interface", "two-legs", "web", "tcp/80", "10.0.2.10", "10.0.1.10", "web-eni"},
		{"or from the one that is named", "second-eni", "web", "tcp/80", "10.0.1.30", "10.0.1.10", "web-eni"},
		{"each VPC has its own address", "twin-web-eni", "10.0.1.10", "tcp/80", "10.0.1.10", "10.0.1.10", "twin-web-eni"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := n.Probe(c.from, c.to, c.service)
			require.NoError(t, err)
			assert.Equal(t, c.src, f.Forward.Sent.Src.String())
			assert.Equal(t, c.dst, f.Forward.Sent.Dst.String())
			assert.Equal(t, c.arrives, f.Forward.Verdict.ID, "%+v", f)
			assert.Equal(t, c.from, f.From)
			assert.Equal(t, c.to, f.To)
		})
	}
	t.Run("an instance that the internet can't call says so", func(t *testing.T) {
		f, err := n.Probe("internet", "bare", "tcp/80")
		require.NoError(t, err)
		checkOutcome(t, f, drops(trace.IGWPrivateIPAssociationForIngress, "internet"))
		assert.Equal(t, "internet -> bare tcp/80: request dropped at internet internet: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", f.String())
	})
}

// TestNamesInterfaceOfSource: an instance sends by the interface that has the packet's source.
func TestNamesInterfaceOfSource(t *testing.T) {
	n := mustNetwork(t, namesNet())
	for src, want := range map[string]string{"10.0.2.10": "two-legs-eni", "10.0.1.30": "second-eni"} {
		p := packet.Packet{Src: addr(src), Dst: addr("203.0.113.10"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 443, Flags: packet.SYN}
		f, err := n.Connect("two-legs", p)
		require.NoError(t, err)
		assert.True(t, f.OK(), "%+v", f)
		assert.Equal(t, want, f.Forward.Hops[0].Interface)
		s, err := n.Source("two-legs")
		require.NoError(t, err)
		assert.Equal(t, f.Verdict(), s.Verdict(p))
	}
}

// TestNamesErrors: a question that can't be asked is an error that names what is wrong; a blocked packet is
// none.
func TestNamesErrors(t *testing.T) {
	n := mustNetwork(t, namesNet())
	for _, c := range []struct {
		name, from, to, service string
		reason                  error // nil: any
		says                    []string
	}{
		{"an origin that is not there", "wbe", "web", "tcp/80", packetwalk.ErrNotFound, []string{`from "wbe" to "web", "tcp/80": origin: not found: want the ID of an instance`}},
		{"a destination that is not there", "web", "bra", "tcp/80", packetwalk.ErrNotFound, []string{`to "bra", "tcp/80": destination: not found: want the ID of an instance`}},
		{"no text at all", "", "web", "tcp/80", packetwalk.ErrNotFound, nil},
		{"a private address that two VPCs hold", "10.0.1.10", "web", "tcp/80", packetwalk.ErrInvalid, []string{`"web-eni"`, `"twin-web-eni"`}},
		{"an address of a VPC that nobody has", "10.0.1.99", "web", "tcp/80", packetwalk.ErrNotFound, []string{"no network interface"}},
		{"an instance without an interface as origin", "no-nic", "web", "tcp/80", packetwalk.ErrNotFound, []string{"no network interface"}},
		{"an instance without an interface as destination", "web", "no-nic", "tcp/80", packetwalk.ErrNotFound, nil},
		{"a gateway that has no address", "igw", "web", "tcp/80", packetwalk.ErrNotFound, nil},
		{"a service that does not parse", "web", "bare", "tpc/80", nil, []string{`"tpc/80"`, "unknown protocol"}},
		{"a service without a port that fits", "web", "bare", "tcp/66666", nil, []string{"tcp/66666"}},
		{"a service of several ports", "web", "bare", "tcp/80-90", nil, []string{"tcp/80-90", "11 ports"}},
		{"a service of all ports", "web", "bare", "tcp", nil, []string{"ports"}},
		{"all services", "web", "bare", "all", nil, []string{"all protocols"}},
		{"no service", "web", "bare", "", nil, nil},
		{"no family that both have", "bare", "six-host", "tcp/80", packetwalk.ErrNotFound, []string{"the origin has IPv4, the destination IPv6"}},
		{"ICMP to who has IPv6 alone", "web", "six-host", "icmp/echo-request", nil, []string{"icmpv6"}},
		{"ICMPv6 from who has IPv4 alone", "bare", "web", "icmpv6/echo-request", packetwalk.ErrNotFound, []string{"the origin has IPv4, the destination IPv4 and IPv6"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := n.Probe(c.from, c.to, c.service)
			require.Error(t, err)
			if c.reason != nil {
				assert.ErrorIs(t, err, c.reason)
			}
			for _, s := range c.says {
				assert.ErrorContains(t, err, s)
			}
		})
	}
}

// TestNamesPacketErrors: the same of a packet that is given whole, for Connect and Trace.
func TestNamesPacketErrors(t *testing.T) {
	n := mustNetwork(t, namesNet())
	for _, c := range []struct {
		name, from string
		p          packet.Packet
		reason     error
	}{
		{"no destination", "web", packet.Packet{Protocol: packet.TCP}, packetwalk.ErrInvalid},
		{"no origin of that name", "wbe", packet.Packet{Dst: addr("10.0.1.20")}, packetwalk.ErrNotFound},
		{"no address of the family", "bare", packet.Packet{Dst: addr("2001:db8::1")}, packetwalk.ErrNotFound},
		{"two families", "web", packet.Packet{Src: addr("10.0.1.10"), Dst: addr("2001:db8::1")}, packetwalk.ErrInvalid},
		{"IPv4 dressed as IPv6", "web", packet.Packet{Src: addr("10.0.1.10"), Dst: addr("::ffff:10.0.1.20")}, packetwalk.ErrInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := n.Connect(c.from, c.p)
			assert.ErrorIs(t, err, c.reason)
			_, err = n.Trace(c.from, c.p)
			assert.ErrorIs(t, err, c.reason)
		})
	}
}

// TestNamesInternetAddress: the internet's own address is none of the network's.
func TestNamesInternetAddress(t *testing.T) {
	for _, c := range []struct{ name, block, subnet, elastic, want string }{
		{"nobody has it", "10.0.0.0/16", "10.0.1.0/24", "198.51.100.1", "203.0.113.10"},
		{"an Elastic IP is in the way", "10.0.0.0/16", "10.0.1.0/24", "203.0.113.10", "203.0.113.11"},
		{"a VPC has a part of the range", "203.0.113.0/25", "203.0.113.0/26", "198.51.100.1", "203.0.113.128"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			v := b.VPC("app", c.block)
			v.Subnet("s", c.subnet).Route("0.0.0.0/0", v.InternetGateway("igw")).Instance("a").ElasticIP(c.elastic)
			f, err := mustNetwork(t, b).Probe("a", "internet", "tcp/443")
			require.NoError(t, err)
			assert.Equal(t, c.want, f.Forward.Sent.Dst.String())
			checkOutcome(t, f, works)
		})
	}
	t.Run("a VPC has all of the range", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "203.0.113.0/24")
		v.Subnet("s", "203.0.113.0/26").Route("0.0.0.0/0", v.InternetGateway("igw")).Instance("a").ElasticIP("198.51.100.1")
		checkWalk(t, mustNetwork(t, b), walkCase{from: "a", to: "internet", service: "tcp/443", want: works})
	})
	t.Run("a VPC has the IPv6 range", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16", "2001:db8:ffff::/56")
		v.Subnet("s", "2001:db8:ffff:1::/64").Route("::/0", v.InternetGateway("igw")).Instance("a").IPv6("2001:db8:ffff:1::10")
		n := mustNetwork(t, b)
		checkWalk(t, n, walkCase{from: "a", to: "internet", service: "tcp/443", want: works})
		f, err := n.Probe("a", "internet", "tcp/443")
		require.NoError(t, err)
		assert.False(t, inAnyVPC(n, f.Forward.Sent.Dst.String()), "%s", f.Forward.Sent.Dst)
	})
}

func inAnyVPC(n *packetwalk.Network, a string) bool {
	for _, v := range n.Config().VPCs {
		if v.Contains(addr(a)) {
			return true
		}
	}
	return false
}

// TestNamesNothingAnswers: a message that nobody answers is delivered all the same.
func TestNamesNothingAnswers(t *testing.T) {
	n := mustNetwork(t, namesNet())
	f, err := n.Probe("bare", "web", "icmp/time-exceeded")
	require.NoError(t, err)
	assert.True(t, f.OK())
	assert.Equal(t, trace.NotSent, f.Return.Verdict.Outcome)
	f, err = n.Connect("bare", packet.Packet{Dst: addr("10.0.1.10"), Protocol: packet.TCP, SrcPort: 40000, DstPort: 80, Flags: packet.RST})
	require.NoError(t, err)
	assert.True(t, f.OK())
	assert.Equal(t, trace.NotSent, f.Return.Verdict.Outcome)
}

// TestVerdict: the walk without hops says what the one with hops says, and asks the heap for nothing,
// whatever becomes of the connection.
func TestVerdict(t *testing.T) {
	names := mustNetwork(t, namesNet())
	gateways, peers, filters := mustNetwork(t, gatewayNet()), mustNetwork(t, natPeers(nil)), mustNetwork(t, groupNet("tcp/443 sg:b-sg", "tcp/443 pl:hosts, tcp/444 sg:a-sg"))
	for _, c := range []struct {
		name              string
		n                 *packetwalk.Network
		from, to, service string
	}{
		{"delivered to a neighbour", names, "bare", "web", "tcp/80"},
		{"delivered over IPv6", names, "web", "2001:db8:1:6::10", "udp/53"},
		{"delivered out of a NAT gateway", gateways, "app1", "internet", "tcp/443"},
		{"delivered from the internet", gateways, "internet", "web", "icmp/echo-request"},
		{"delivered over a peering and back to a NAT gateway", peers, "host", "remote", "tcp/80"},
		{"delivered to a gateway endpoint", names, "web", "s3", "tcp/443"},
		{"delivered to the resolver", gateways, "app1", "10.0.0.2", "udp/53"},
		{"delivered by prefix list and group", filters, "a", "b", "tcp/443"},
		{"dropped by a group", filters, "a", "b", "tcp/22"},
		{"dropped for want of a route", gateways, "hermit", "internet", "tcp/443"},
		{"dropped at an internet gateway", gateways, "bare", "internet", "udp/53"},
		{"dropped at a NAT gateway", gateways, "internet", "nat", "tcp/443"},
		{"dropped at a peering", peers, "client", "internet", "tcp/80"},
		{"dropped for a lost identity", gateways, "caller", "db", "tcp/5433"},
		{"dropped on the way back", peers, "plain", "remote", "tcp/80"},
		{"dropped in a loop", mustNetwork(t, routedNet()), "looper", "internet", "tcp/443"},
		{"dropped by an ACL", mustNetwork(t, aclNet(allowAll, "")), "a", "b", "tcp/443"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := c.n.Probe(c.from, c.to, c.service)
			require.NoError(t, err)
			assert.Equal(t, c.name[:7] == "deliver", f.OK(), "%+v", f)
			s, err := c.n.Source(c.from)
			require.NoError(t, err)
			p := f.Forward.Sent
			assert.Equal(t, f.Verdict(), s.Verdict(p))
			assert.Zero(t, testing.AllocsPerRun(100, func() { s.Verdict(p) }))
		})
	}
}

// TestNamesTargets: an instance as a route's target has one interface (F2.019).
func TestNamesTargets(t *testing.T) {
	runMistakes(t, routedNet, []mistakeCase{
		{"F2.019 an instance with two interfaces is no target", func(c *packetwalk.Config) {
			c.Interfaces = append(c.Interfaces, subnet.Interface{ID: "more", Subnet: "plain", Attachment: subnet.Attachment{Instance: "fw", DeviceIndex: 1}})
			c.RouteTables = append(c.RouteTables, route.Table{ID: "x", VPC: "app", Routes: []route.Route{{Destination: netip.MustParsePrefix("192.0.2.0/24"), Target: route.Target{Kind: route.Instance, ID: "fw"}}}})
		}, "x", "Routes[0].Target", packetwalk.ErrInvalid},
	})
}
