package packetwalk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/gateway"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
)

// recordsOf writes what the flow logs would say, without account, counts and times.
func recordsOf(f packetwalk.Flow) (list []string) {
	for _, r := range f.Records() {
		list = append(list, fmt.Sprintf("%s %s %s %d %d %d %s", r.InterfaceID, r.SrcAddr, r.DstAddr, r.SrcPort, r.DstPort, r.Protocol, r.Action))
	}
	return list
}

// recordNet has host a (10.0.1.10, and 10.0.1.11) in one subnet, host b (10.0.2.10) in another that leads to
// the internet, an appliance between subnet three and b, near beside a, and an endpoint at 10.0.2.4, the
// first address that is free (F3.010). Out and in are the rules of a's and b's groups.
func recordNet(out, in, acl1, acl2 string) packetwalk.Config {
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16", "2001:db8:1::/56")
	igw := v.InternetGateway("igw")
	one, two := v.Subnet("one", "10.0.1.0/24", "2001:db8:1:1::/64"), v.Subnet("two", "10.0.2.0/24", "2001:db8:1:2::/64").Route("0.0.0.0/0", igw)
	one.Instance("a").PrivateIP("10.0.1.10").IPv6("2001:db8:1:1::10").NoDefaultEgress()
	one.Instance("near").PrivateIP("10.0.1.20").Allow("all", packetwalk.Anywhere)
	two.Instance("b").PrivateIP("10.0.2.10").ElasticIP("198.51.100.2").IPv6("2001:db8:1:2::10").NoDefaultEgress()
	two.Instance("bare").PrivateIP("10.0.2.20")
	fw := v.Subnet("mid", "10.0.3.0/24").Appliance("fw").PrivateIP("10.0.3.10").Allow("all", packetwalk.Anywhere)
	v.Subnet("three", "10.0.4.0/24").Route("10.0.2.0/24", fw).Instance("c").PrivateIP("10.0.4.10").Allow("all", packetwalk.Anywhere)
	v.ACL("acl-1").For(one)
	v.ACL("acl-2").For(two)
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-east-1.sqs", two).Allow("tcp/443", v)
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", one)
	cfg := b.Config()
	cfg.NetworkACLs[0].Entries, cfg.NetworkACLs[1].Entries = aclEntries(acl1), aclEntries(acl2)
	for i := range cfg.SecurityGroups {
		switch g := &cfg.SecurityGroups[i]; g.ID {
		case "a-sg":
			g.Rules = groupRules(packet.Egress, out)
		case "b-sg":
			g.Rules = groupRules(packet.Ingress, in)
		}
	}
	for i := range cfg.Interfaces {
		switch e := &cfg.Interfaces[i]; e.ID {
		case "a-eni":
			e.Private = append(e.Private, subnet.Address{Private: addr("10.0.1.11")})
		case "b-eni":
			e.Private = append(e.Private, subnet.Address{Private: addr("10.0.2.11"), Public: addr("198.51.100.12")})
		}
	}
	return cfg
}

func TestWalkRecords(t *testing.T) {
	const no = ""
	for _, c := range []struct {
		name, out, in, acl1, acl2 string
		from, to, service         string
		want                      []string
	}{
		{"F1.501 request and answer at both ends", every, every, allowAll, allowAll, "a", "b", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT", "b-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT",
			"b-eni 10.0.2.10 10.0.1.10 443 49152 6 ACCEPT", "a-eni 10.0.2.10 10.0.1.10 443 49152 6 ACCEPT"}},
		{"F1.501 inside of one subnet too", every, every, no, no, "a", "near", "udp/53", []string{
			"a-eni 10.0.1.10 10.0.1.20 49152 53 17 ACCEPT", "near-eni 10.0.1.10 10.0.1.20 49152 53 17 ACCEPT",
			"near-eni 10.0.1.20 10.0.1.10 53 49152 17 ACCEPT", "a-eni 10.0.1.20 10.0.1.10 53 49152 17 ACCEPT"}},
		{"F1.501 another protocol has no ports", every, every, allowAll, allowAll, "a", "b", "gre", []string{
			"a-eni 10.0.1.10 10.0.2.10 0 0 47 ACCEPT", "b-eni 10.0.1.10 10.0.2.10 0 0 47 ACCEPT",
			"b-eni 10.0.2.10 10.0.1.10 0 0 47 ACCEPT", "a-eni 10.0.2.10 10.0.1.10 0 0 47 ACCEPT"}},
		{"F1.502 the receiver's group denies", every, "tcp/80 10.0.0.0/8", allowAll, allowAll, "a", "b", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT", "b-eni 10.0.1.10 10.0.2.10 49152 443 6 REJECT"}},
		{"F1.503 the ACL denies the answer", no, "icmp 0.0.0.0/0", no, "in 100 allow all 0.0.0.0/0", "internet", "b", "icmp/echo-request", []string{
			"b-eni 203.0.113.10 10.0.2.10 0 0 1 ACCEPT", "b-eni 10.0.2.10 203.0.113.10 0 0 1 REJECT"}},
		{"F1.504 the ACL allows the answer", no, "icmp 0.0.0.0/0", no, allowAll, "internet", "b", "icmp/echo-request", []string{
			"b-eni 203.0.113.10 10.0.2.10 0 0 1 ACCEPT", "b-eni 10.0.2.10 203.0.113.10 0 0 1 ACCEPT"}},
		{"F1.506 the ACL of the receiver's subnet denies", every, every, allowAll, no, "a", "b", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT", "b-eni 10.0.1.10 10.0.2.10 49152 443 6 REJECT"}},
		{"F1.506 the ACL of the caller's subnet denies the answer", every, every, "out 100 allow all 0.0.0.0/0", allowAll, "a", "b", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT", "b-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT",
			"b-eni 10.0.2.10 10.0.1.10 443 49152 6 ACCEPT", "a-eni 10.0.2.10 10.0.1.10 443 49152 6 REJECT"}},
		{"F1.507 the sender's group denies", "tcp/80 0.0.0.0/0", every, allowAll, allowAll, "a", "b", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 443 6 REJECT"}},
		{"F1.507 the sender's ACL denies", every, every, no, allowAll, "a", "b", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 443 6 REJECT"}},
		{"F1.505, F1.508 the sender's record does not know what happens elsewhere", every, no, allowAll, no, "a", "b", "udp/53", []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 53 17 ACCEPT", "b-eni 10.0.1.10 10.0.2.10 49152 53 17 REJECT"}},
		{"F1.510 no route", every, every, allowAll, allowAll, "a", "203.0.113.9", "tcp/443", []string{
			"a-eni 10.0.1.10 203.0.113.9 49152 443 6 ACCEPT"}},
		{"F1.510 no public address", every, every, allowAll, allowAll, "bare", "203.0.113.9", "tcp/443", []string{
			"bare-eni 10.0.2.20 203.0.113.9 49152 443 6 ACCEPT"}},
		{"F1.510 nobody has the address", every, every, allowAll, allowAll, "a", "10.0.2.99", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.99 49152 443 6 ACCEPT"}},
		{"F1.401 a secondary address shows as the primary, in", every, every, allowAll, allowAll, "a", "10.0.2.11", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.11 49152 443 6 ACCEPT", "b-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT",
			"b-eni 10.0.2.10 10.0.1.10 443 49152 6 ACCEPT", "a-eni 10.0.2.11 10.0.1.10 443 49152 6 ACCEPT"}},
		{"F1.402 what forwards shows its primary on the way in, F1.403 and on the way out, F1.404 and leaves the other side", every, every, allowAll, allowAll, "c", "b", "tcp/443", []string{
			"c-eni 10.0.4.10 10.0.2.10 49152 443 6 ACCEPT", "fw-eni 10.0.4.10 10.0.3.10 49152 443 6 ACCEPT",
			"fw-eni 10.0.3.10 10.0.2.10 49152 443 6 ACCEPT", "b-eni 10.0.4.10 10.0.2.10 49152 443 6 ACCEPT",
			"b-eni 10.0.2.10 10.0.4.10 443 49152 6 ACCEPT", "c-eni 10.0.2.10 10.0.4.10 443 49152 6 ACCEPT"}},
		{"F1.405 no public address of the interface", no, every, no, allowAll, "internet", "198.51.100.12", "tcp/443", []string{
			"b-eni 203.0.113.10 10.0.2.10 49152 443 6 ACCEPT", "b-eni 10.0.2.10 203.0.113.10 443 49152 6 ACCEPT"}},
		{"F1.408 a secondary address shows as the primary, out", every, every, allowAll, allowAll, "10.0.1.11", "b", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 443 6 ACCEPT", "b-eni 10.0.1.11 10.0.2.10 49152 443 6 ACCEPT",
			"b-eni 10.0.2.10 10.0.1.11 443 49152 6 ACCEPT", "a-eni 10.0.2.10 10.0.1.10 443 49152 6 ACCEPT"}},
		{"F1.409 IPv6 addresses as they are", every, every, allowAll, allowAll, "a", "2001:db8:1:2::10", "icmpv6/echo-request", []string{
			"a-eni 2001:db8:1:1::10 2001:db8:1:2::10 0 0 58 ACCEPT", "b-eni 2001:db8:1:1::10 2001:db8:1:2::10 0 0 58 ACCEPT",
			"b-eni 2001:db8:1:2::10 2001:db8:1:1::10 0 0 58 ACCEPT", "a-eni 2001:db8:1:2::10 2001:db8:1:1::10 0 0 58 ACCEPT"}},
		{"F1.519 an interface endpoint, the client's side only", every, every, allowAll, allowAll, "a", "sqs", "tcp/443", []string{
			"a-eni 10.0.1.10 10.0.2.4 49152 443 6 ACCEPT", "sqs-two-eni 10.0.1.10 10.0.2.4 49152 443 6 ACCEPT",
			"sqs-two-eni 10.0.2.4 10.0.1.10 443 49152 6 ACCEPT", "a-eni 10.0.2.4 10.0.1.10 443 49152 6 ACCEPT"}},
		{"F1.520 a gateway endpoint writes none", every, every, allowAll, allowAll, "a", s3Here, "tcp/443", []string{
			"a-eni 10.0.1.10 52.216.1.1 49152 443 6 ACCEPT", "a-eni 52.216.1.1 10.0.1.10 443 49152 6 ACCEPT"}},
		{"F1.520 an internet gateway writes none, not for what it drops", every, every, allowAll, allowAll, "internet", "bare", "tcp/443", nil},
		{"F1.601 the Amazon DNS server", every, every, allowAll, allowAll, "a", "10.0.0.2", "udp/53", nil},
		{"F1.601 the Amazon DNS server, link-local", every, every, allowAll, allowAll, "a", "169.254.169.253", "udp/53", nil},
		{"F1.601 the Amazon DNS server, IPv6", every, every, allowAll, allowAll, "a", "fd00:ec2::253", "udp/53", nil},
		{"F1.601 a DNS server of one's own is logged", every, every, allowAll, no, "a", "b", "udp/53", []string{
			"a-eni 10.0.1.10 10.0.2.10 49152 53 17 ACCEPT", "b-eni 10.0.1.10 10.0.2.10 49152 53 17 REJECT"}},
		{"F1.602 Windows licence activation", every, every, allowAll, allowAll, "a", "169.254.169.250", "tcp/1688", nil},
		{"F1.603 instance metadata", every, every, allowAll, allowAll, "a", "169.254.169.254", "tcp/80", nil},
		{"F1.604 Time Sync", every, every, allowAll, allowAll, "a", "169.254.169.123", "udp/123", nil},
		{"F1.607 the router's reserved address", every, every, allowAll, allowAll, "a", "10.0.1.1", "icmp/echo-request", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := mustNetwork(t, recordNet(c.out, c.in, c.acl1, c.acl2)).Probe(c.from, c.to, c.service)
			require.NoError(t, err)
			assert.Equal(t, c.want, recordsOf(f), "%+v", f)
		})
	}
	t.Run("F1.605 DHCP", func(t *testing.T) {
		f, err := mustNetwork(t, recordNet(every, every, allowAll, allowAll)).Connect("a", packet.Packet{Dst: addr("255.255.255.255"), Protocol: packet.UDP, SrcPort: 68, DstPort: 67})
		require.NoError(t, err)
		assert.Empty(t, recordsOf(f))
	})
	t.Run("F4.301 what the source/destination check drops leaves no record", func(t *testing.T) {
		f, err := mustNetwork(t, recordNet(every, every, allowAll, allowAll)).Connect("a", packet.Packet{Src: addr("10.0.1.99"), Dst: addr("10.0.2.10"), Protocol: packet.TCP, DstPort: 443})
		require.NoError(t, err)
		assert.False(t, f.OK())
		assert.Empty(t, recordsOf(f))
	})
}

// natRecords is the network of AWS's example: a host behind a NAT gateway.
func natRecords(t *testing.T) *packetwalk.Network {
	t.Helper()
	b := packetwalk.New()
	v := b.VPC("app", "10.0.0.0/16")
	pub := v.Subnet("pub", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	v.Subnet("priv", "10.0.1.0/24").Route("0.0.0.0/0", pub.NAT("nat")).Instance("i-01234567890123456").PrivateIP("10.0.1.5")
	cfg := b.Config()
	cfg.NATGateways[0].Addresses = []gateway.NATAddress{{Interface: "eni-1235b8ca123456789", Private: addr("10.0.0.220"), Public: addr("198.51.100.20")}}
	cfg.Interfaces[0].ID = "eni-1111aaaa2222bbbb3"
	return mustNetwork(t, cfg)
}

func TestWalkRecordsOfNATGateway(t *testing.T) {
	f, err := natRecords(t).Probe("i-01234567890123456", "203.0.113.5", "tcp/443")
	require.NoError(t, err)
	var got []string
	for _, r := range f.Records() {
		got = append(got, fmt.Sprintf("%s %s %s", r.InterfaceID, r.SrcAddr, r.DstAddr))
	}
	assert.Equal(t, []string{
		"eni-1111aaaa2222bbbb3 10.0.1.5 203.0.113.5",   // F1.720
		"eni-1235b8ca123456789 10.0.1.5 10.0.0.220",    // F1.716
		"eni-1235b8ca123456789 10.0.0.220 203.0.113.5", // F1.717
		"eni-1235b8ca123456789 203.0.113.5 10.0.0.220", // F1.718
		"eni-1235b8ca123456789 10.0.0.220 10.0.1.5",    // F1.719
		"eni-1111aaaa2222bbbb3 203.0.113.5 10.0.1.5",   // F1.721
	}, got, "F1.513 the NAT gateway's interface writes four")
}

// TestWalkRecordLines holds whole lines against those of AWS's pages.
func TestWalkRecordLines(t *testing.T) {
	t.Run("F1.509 unsolicited inbound at a NAT gateway is ACCEPT", func(t *testing.T) {
		b := packetwalk.New()
		v := b.VPC("app", "10.0.0.0/16")
		v.Subnet("pub", "10.0.10.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).NAT("nat")
		cfg := b.Config()
		cfg.NATGateways[0].Addresses = []gateway.NATAddress{{Interface: "eni-1234567890abcd", Private: addr("10.0.10.10"), Public: addr("198.51.100.20")}}
		f, err := mustNetwork(t, cfg).Connect("203.0.113.100", packet.Packet{Dst: addr("198.51.100.20"), Protocol: packet.TCP, SrcPort: 25614, DstPort: 443, Flags: packet.SYN})
		require.NoError(t, err)
		assert.False(t, f.OK())
		f.Start, f.End = time.Unix(1635749118, 0), time.Unix(1635749154, 0)
		require.Len(t, f.Records(), 1)
		assert.Equal(t, "2 123456789012 eni-1234567890abcd 203.0.113.100 10.0.10.10 25614 443 6 1 40 1635749118 1635749154 ACCEPT OK", f.Records()[0].String())
	})
	t.Run("F1.503 a ping whose answer the ACL denies", func(t *testing.T) { // F1.705, F1.706
		b := packetwalk.New()
		v := b.VPC("app", "172.31.0.0/16").Account("123456789010")
		s := v.Subnet("pub", "172.31.16.0/20").Route("0.0.0.0/0", v.InternetGateway("igw"))
		s.Instance("host").PrivateIP("172.31.16.139").PublicIP().NoDefaultEgress().Allow("icmp", packetwalk.Anywhere)
		v.ACL("acl").For(s).AllowIn(100, "icmp", "0.0.0.0/0")
		cfg := b.Config()
		cfg.Interfaces[0].ID = "eni-1235b8ca123456789"
		n := mustNetwork(t, cfg)
		f, err := n.Connect("203.0.113.12", packet.Packet{Dst: publicOf(t, n, "eni-1235b8ca123456789"), Protocol: packet.ICMP, ICMPType: 8, Length: 84})
		require.NoError(t, err)
		f.Start, f.End, f.Packets = time.Unix(1432917027, 0), time.Unix(1432917142, 0), 4
		require.Len(t, f.Records(), 2)
		assert.Equal(t, "2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 ACCEPT OK", f.Records()[0].String())
		f.Start = time.Unix(1432917094, 0)
		assert.Equal(t, "2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 0 0 1 4 336 1432917094 1432917142 REJECT OK", f.Records()[1].String())
	})
}

// TestWalkRecordsOverPeering: F1.520, a peering writes none; F1.409 with AWS's own addresses (F1.707).
func TestWalkRecordsOverPeering(t *testing.T) {
	f, err := peeredTwo(t, "10.1.0.0/16", "10.0.0.0/16").Probe("a", "b", "udp/53")
	require.NoError(t, err)
	assert.Equal(t, []string{
		"a-eni 10.0.1.10 10.1.1.10 49152 53 17 ACCEPT", "b-eni 10.0.1.10 10.1.1.10 49152 53 17 ACCEPT",
		"b-eni 10.1.1.10 10.0.1.10 53 49152 17 ACCEPT", "a-eni 10.1.1.10 10.0.1.10 53 49152 17 ACCEPT",
	}, recordsOf(f), "F1.520")

	b := packetwalk.New()
	s := b.VPC("app", "172.31.0.0/16", "2001:db8:1234:a100::/56").Subnet("six", "2001:db8:1234:a102::/64")
	s.Instance("server").IPv6("2001:db8:1234:a102:3304:8879:34cf:4071").Allow("tcp/22", packetwalk.AnywhereIPv6)
	s.Instance("client").IPv6("2001:db8:1234:a102::10")
	f, err = mustNetwork(t, b).Connect("client", packet.Packet{Dst: addr("2001:db8:1234:a102:3304:8879:34cf:4071"), Protocol: packet.TCP, SrcPort: 34892, DstPort: 22})
	require.NoError(t, err)
	assert.Contains(t, recordsOf(f), "server-eni 2001:db8:1234:a102::10 2001:db8:1234:a102:3304:8879:34cf:4071 34892 22 6 ACCEPT", "F1.409")
}
