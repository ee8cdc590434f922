package packetwalk_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// shownOf prints the records of a flow in a format, such as "interface-id traffic-path".
func shownOf(t *testing.T, f packetwalk.Flow, format string) (list []string) {
	t.Helper()
	shown, err := flowlog.ParseFormat(format)
	require.NoError(t, err)
	for _, r := range f.Records() {
		list = append(list, string(r.Append(nil, shown)))
	}
	return list
}

// shownBetween probes, and prints the records.
func shownBetween(t *testing.T, n *packetwalk.Network, from, to, service, format string) []string {
	t.Helper()
	f, err := n.Probe(from, to, service)
	require.NoError(t, err)
	return shownOf(t, f, format)
}

// TestRecordsOfZonalNAT: F1.513 AWS's example of a NAT gateway's interface, F1.716-F1.719, and of the
// instance behind it, F1.720 and F1.721.
func TestRecordsOfZonalNAT(t *testing.T) {
	got := shownBetween(t, natRecords(t), "i-01234567890123456", "203.0.113.5", "tcp/443", "instance-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr")
	assert.Equal(t, []string{
		"i-01234567890123456 eni-1111aaaa2222bbbb3 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5", // F1.720
		"- eni-1235b8ca123456789 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5",                    // F1.716
		"- eni-1235b8ca123456789 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5",               // F1.717
		"- eni-1235b8ca123456789 203.0.113.5 10.0.0.220 203.0.113.5 10.0.0.220",               // F1.718
		"- eni-1235b8ca123456789 10.0.0.220 10.0.1.5 203.0.113.5 10.0.1.5",                    // F1.719
		"i-01234567890123456 eni-1111aaaa2222bbbb3 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5", // F1.721
	}, got)
}

// regionalRecords is the network of AWS's example of a regional NAT gateway.
func regionalRecords(t *testing.T) *packetwalk.Network {
	t.Helper()
	b := packetwalk.New()
	v := b.VPC("vpc-abcdefab012345678", "10.0.0.0/16")
	v.InternetGateway("igw")
	nat := v.RegionalNAT("nat-1234567890abcdef").Zone("us-east-1a", "107.22.182.139")
	v.Subnet("subnet-aaaaaaaa012345678", "10.0.1.0/24").Zone("us-east-1a").ZoneID("use1-az4").Route("0.0.0.0/0", nat).
		Instance("i-01234567890123456").PrivateIP("10.0.1.5")
	cfg := b.Config()
	cfg.Interfaces[0].ID = "eni-1111aaaa2222bbbb3"
	return mustNetwork(t, cfg)
}

// TestRecordsOfRegionalNAT: F1.514 AWS's example of a regional NAT gateway, F1.722-F1.725, and of the
// instance behind it, F1.726 and F1.727.
func TestRecordsOfRegionalNAT(t *testing.T) {
	n := regionalRecords(t)
	f, err := n.Probe("i-01234567890123456", "203.0.113.5", "tcp/443")
	require.NoError(t, err)
	assert.Equal(t, []string{
		"- i-01234567890123456 eni-1111aaaa2222bbbb3 subnet-aaaaaaaa012345678 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5", // F1.726
		"nat-1234567890abcdef - - - 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5",                                           // F1.722
		"nat-1234567890abcdef - - - 107.22.182.139 203.0.113.5 107.22.182.139 203.0.113.5",                               // F1.723
		"nat-1234567890abcdef - - - 203.0.113.5 107.22.182.139 203.0.113.5 107.22.182.139",                               // F1.724
		"nat-1234567890abcdef - - - 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5",                                           // F1.725
		"- i-01234567890123456 eni-1111aaaa2222bbbb3 subnet-aaaaaaaa012345678 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5", // F1.727
	}, shownOf(t, f, "resource-id instance-id interface-id subnet-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr"))
	assert.Equal(t, []string{
		"vpc-abcdefab012345678 us-east-1 use1-az4 egress 1 - 2 ACCEPT - -", // F1.307
		"vpc-abcdefab012345678 us-east-1 - ingress - regional_nat_gateway 2 ACCEPT eni-1111aaaa2222bbbb3 use1-az4",
		"vpc-abcdefab012345678 us-east-1 - egress 8 regional_nat_gateway 2 ACCEPT - -",
		"vpc-abcdefab012345678 us-east-1 - ingress - regional_nat_gateway 18 ACCEPT - -",
		"vpc-abcdefab012345678 us-east-1 - egress 1 regional_nat_gateway 18 ACCEPT eni-1111aaaa2222bbbb3 use1-az4",
		"vpc-abcdefab012345678 us-east-1 use1-az4 ingress - - 18 ACCEPT - -",
	}, shownOf(t, f, "vpc-id region az-id flow-direction traffic-path interface-type tcp-flags action next-hop-interface-id next-hop-az-id"),
		"F1.128, F1.149, F1.301-F1.304, F1.150, F1.156 who has no interface is nobody's next hop")
	t.Run("F1.509 what nobody asked for is ACCEPT", func(t *testing.T) {
		assert.Equal(t, []string{"nat-1234567890abcdef 203.0.113.10 107.22.182.139 ACCEPT -"},
			shownBetween(t, n, "internet", "107.22.182.139", "tcp/443", "resource-id srcaddr dstaddr action reject-reason"))
	})
}

// TestRecordsOfVersion5: F1.732 and F1.733, AWS's example of version 5: an instance and S3, over the internet
// gateway. Packets, bytes and times are given, and the FIN that ended the connection.
func TestRecordsOfVersion5(t *testing.T) {
	f, err := mustNetwork(t, version5Config()).Connect("i-0c50d5961bcb2d47b", packet.Packet{
		Dst: addr("52.95.128.179"), Protocol: packet.TCP, SrcPort: 34210, DstPort: 80, Flags: packet.SYN})
	require.NoError(t, err)
	f.Start, f.End = time.Unix(1616729292, 0), time.Unix(1616729349, 0)
	list := f.Records()
	require.Len(t, list, 2)
	list[0].Packets, list[0].Bytes, list[0].TCPFlags = 7, 471, list[0].TCPFlags|packet.FIN
	list[1].Packets, list[1].Bytes, list[1].TCPFlags = 14, 15044, list[1].TCPFlags|packet.FIN
	format, err := flowlog.ParseFormat("version srcaddr dstaddr srcport dstport protocol start end type packets bytes account-id vpc-id subnet-id instance-id interface-id region az-id sublocation-type sublocation-id action tcp-flags pkt-srcaddr pkt-dstaddr pkt-src-aws-service pkt-dst-aws-service traffic-path flow-direction log-status")
	require.NoError(t, err)
	assert.Equal(t, "5 10.0.0.71 52.95.128.179 34210 80 6 1616729292 1616729349 IPv4 7 471 123456789012 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-0c50d5961bcb2d47b eni-1235b8ca123456789 ap-southeast-2 apse2-az3 - - ACCEPT 3 10.0.0.71 52.95.128.179 - S3 8 egress OK",
		string(list[0].Append(nil, format)), "F1.733, F1.305, F1.735")
	assert.Equal(t, "5 52.95.128.179 10.0.0.71 80 34210 6 1616729292 1616729349 IPv4 14 15044 123456789012 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-0c50d5961bcb2d47b eni-1235b8ca123456789 ap-southeast-2 apse2-az3 - - ACCEPT 19 52.95.128.179 10.0.0.71 S3 - - ingress OK",
		string(list[1].Append(nil, format)), "F1.732")
}

// version5Config is the network of AWS's example of version 5.
func version5Config() packetwalk.Config {
	b := packetwalk.New()
	v := b.VPC("vpc-abcdefab012345678", "10.0.0.0/16").Region("ap-southeast-2")
	s := v.Subnet("subnet-aaaaaaaa012345678", "10.0.0.0/24").Zone("ap-southeast-2a").ZoneID("apse2-az3").Route("0.0.0.0/0", v.InternetGateway("igw"))
	s.Instance("i-0c50d5961bcb2d47b").PrivateIP("10.0.0.71").ElasticIP("198.51.100.7")
	cfg := b.Config()
	cfg.Interfaces[0].ID = "eni-1235b8ca123456789"
	cfg.IPRanges = []endpoint.IPRange{
		{Prefix: netip.MustParsePrefix("52.95.128.0/21"), Region: "ap-southeast-2", Service: "S3"},
		{Prefix: netip.MustParsePrefix("52.95.128.0/21"), Region: "ap-southeast-2", Service: "AMAZON"},
	}
	return cfg
}

// TestRecordsOfBalancer: F1.517, F1.518, F1.608: what goes between an endpoint and a load balancer is not
// logged; what the load balancer sends to its targets is.
func TestRecordsOfBalancer(t *testing.T) {
	n := mustNetwork(t, linkNet())
	const format = "interface-id account-id srcaddr dstaddr dstport action interface-type next-hop-interface-id next-hop-interface-type"
	assert.Equal(t, []string{
		"client-eni 222222222222 10.0.3.10 10.0.1.4 443 ACCEPT - link-ep-a-eni vpc_endpoint",
		"link-ep-a-eni 222222222222 10.0.3.10 10.0.1.4 443 ACCEPT vpc_endpoint client-eni -",
		"nlb-front-a-eni 111111111111 10.0.1.4 10.0.3.10 8443 ACCEPT network_load_balancer web-eni -",
		"web-eni 111111111111 10.0.1.4 10.0.3.10 8443 ACCEPT - - -", // F1.156 what comes from a load balancer
	}, shownBetween(t, n, "client", "link", "tcp/443", format)[:4], "F1.517, F1.608, F1.519, F1.149, F1.154, F1.156")
	t.Run("item 147 services' interfaces are logged too", func(t *testing.T) {
		assert.Subset(t, shownBetween(t, n, "client", "link", "tcp/443", "interface-id interface-type"),
			[]string{"link-ep-a-eni vpc_endpoint", "nlb-front-a-eni network_load_balancer"})
		assert.Contains(t, shownBetween(t, natRecords(t), "i-01234567890123456", "203.0.113.5", "tcp/443", "interface-id interface-type"), "eni-1235b8ca123456789 nat_gateway")
	})
	t.Run("F1.518 the load balancer's groups", func(t *testing.T) {
		b := linkNetWith(func(l *links) { l.nlb.Groups(l.nlbGroup) })
		assert.Equal(t, []string{"web2-eni egress ACCEPT nlb-front-a-eni", "nlb-front-a-eni ingress REJECT web2-eni"},
			shownBetween(t, mustNetwork(t, b), "web2", "10.0.1.4", "tcp/443", "interface-id flow-direction action next-hop-interface-id"))
	})
}

// TestRecordFlags: what tcp-flags shows of one packet (F1.118).
func TestRecordFlags(t *testing.T) {
	n := mustNetwork(t, recordNet(every, "tcp/443 0.0.0.0/0", allowAll, allowAll))
	for _, c := range []struct {
		name  string
		p     packet.Packet
		shows string
	}{
		{"F1.201 SYN", packet.Packet{Protocol: packet.TCP, DstPort: 443, Flags: packet.SYN}, "2 ACCEPT"},
		{"F1.201 FIN", packet.Packet{Protocol: packet.TCP, DstPort: 443, Flags: packet.FIN | packet.ACK}, "1 ACCEPT"},
		{"F1.201 RST", packet.Packet{Protocol: packet.TCP, DstPort: 443, Flags: packet.RST}, "4 ACCEPT"},
		{"F1.202 ACK alone", packet.Packet{Protocol: packet.TCP, DstPort: 443, Flags: packet.ACK}, "0 ACCEPT"},
		{"F1.203 SYN and ACK", packet.Packet{Protocol: packet.TCP, DstPort: 443, Flags: packet.SYN | packet.ACK}, "18 ACCEPT"},
		{"F1.206 SYN and FIN", packet.Packet{Protocol: packet.TCP, DstPort: 443, Flags: packet.SYN | packet.FIN}, "- ACCEPT"},
		{"F1.207 UDP", packet.Packet{Protocol: packet.UDP, DstPort: 53}, "0 REJECT"},
		{"F1.208 a rejected SYN", packet.Packet{Protocol: packet.TCP, DstPort: 22, Flags: packet.SYN}, "2 REJECT"},
		{"F1.208 a rejected packet amid a stream", packet.Packet{Protocol: packet.TCP, DstPort: 22, Flags: packet.ACK}, "0 REJECT"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.p.Dst, c.p.SrcPort = addr("10.0.2.10"), 50000
			f, err := n.Connect("a", c.p)
			require.NoError(t, err)
			lines := shownOf(t, f, "interface-id tcp-flags action")
			require.GreaterOrEqual(t, len(lines), 2)
			assert.Equal(t, "b-eni "+c.shows, lines[1])
		})
	}
}

// TestRecordsOfAnswers: what the place that dropped a packet sends back.
func TestRecordsOfAnswers(t *testing.T) {
	const format = "interface-id flow-direction srcaddr dstaddr protocol tcp-flags action"
	n := natRecords(t)
	t.Run("F4.212 a NAT gateway's reset", func(t *testing.T) {
		s := n.NewSession(time.Time{})
		p := packet.Packet{Dst: addr("203.0.113.5"), Protocol: packet.TCP, SrcPort: 50000, DstPort: 443, Flags: packet.SYN}
		_, err := s.Connect("i-01234567890123456", p)
		require.NoError(t, err)
		s.Advance(351 * time.Second) // longer than the NAT gateway remembers, and less than the group does
		p.Flags = packet.ACK
		f, err := s.Connect("i-01234567890123456", p)
		require.NoError(t, err)
		assert.Equal(t, []string{
			"eni-1111aaaa2222bbbb3 egress 10.0.1.5 203.0.113.5 6 0 ACCEPT",
			"eni-1235b8ca123456789 ingress 10.0.1.5 10.0.0.220 6 0 ACCEPT",
			"eni-1235b8ca123456789 egress 10.0.0.220 10.0.1.5 6 4 ACCEPT",
			"eni-1111aaaa2222bbbb3 ingress 203.0.113.5 10.0.1.5 6 4 ACCEPT",
		}, shownOf(t, f, format))
	})
	t.Run("F1.607, F6.022 what the router says is not logged", func(t *testing.T) {
		f, err := mustNetwork(t, openNet()).Connect("web", packet.Packet{Dst: addr("203.0.113.5"), Protocol: packet.UDP, SrcPort: 50000, DstPort: 53, Length: 1501, DontFragment: true})
		require.NoError(t, err)
		require.NotNil(t, f.Forward.Answer)
		assert.True(t, f.Forward.Answer.Delivered())
		assert.Equal(t, []string{"web-eni egress 10.0.0.5 203.0.113.5 17 0 ACCEPT"}, shownOf(t, f, format))
	})
}

// TestRecordAddresses: the packet's own addresses beside those of the interface (F1.120, F1.121).
func TestRecordAddresses(t *testing.T) {
	n := mustNetwork(t, recordNet(every, every, allowAll, allowAll))
	const format = "interface-id type srcaddr dstaddr pkt-srcaddr pkt-dstaddr"
	for _, c := range []struct {
		name, from, to, service string
		want                    []string
	}{
		{"F1.401 a secondary address, in", "a", "10.0.2.11", "udp/53", []string{
			"a-eni IPv4 10.0.1.10 10.0.2.11 10.0.1.10 10.0.2.11", "b-eni IPv4 10.0.1.10 10.0.2.10 10.0.1.10 10.0.2.11"}},
		{"F1.407, F1.408 a pod's address, a secondary one of its node, out", "10.0.1.11", "b", "udp/53", []string{
			"a-eni IPv4 10.0.1.10 10.0.2.10 10.0.1.11 10.0.2.10", "b-eni IPv4 10.0.1.11 10.0.2.10 10.0.1.11 10.0.2.10"}},
		{"F1.402, F1.403, F1.406 what forwards and keeps the client's address", "c", "b", "udp/53", []string{
			"c-eni IPv4 10.0.4.10 10.0.2.10 10.0.4.10 10.0.2.10", "fw-eni IPv4 10.0.4.10 10.0.3.10 10.0.4.10 10.0.2.10",
			"fw-eni IPv4 10.0.3.10 10.0.2.10 10.0.4.10 10.0.2.10", "b-eni IPv4 10.0.4.10 10.0.2.10 10.0.4.10 10.0.2.10"}},
		{"F1.119, F1.409 IPv6", "a", "2001:db8:1:2::10", "udp/53", []string{
			"a-eni IPv6 2001:db8:1:1::10 2001:db8:1:2::10 2001:db8:1:1::10 2001:db8:1:2::10",
			"b-eni IPv6 2001:db8:1:1::10 2001:db8:1:2::10 2001:db8:1:1::10 2001:db8:1:2::10"}},
		{"F1.405 the public address of the interface in no field", "internet", "198.51.100.12", "udp/53", []string{
			"b-eni IPv4 203.0.113.10 10.0.2.10 203.0.113.10 10.0.2.11"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := shownBetween(t, n, c.from, c.to, c.service, format)
			require.GreaterOrEqual(t, len(lines), len(c.want))
			assert.Equal(t, c.want, lines[:len(c.want)])
			for _, l := range lines {
				assert.False(t, strings.HasPrefix(l, "b-eni") && strings.Contains(l, "198.51.100.12"), "F1.405 %s", l)
			}
		})
	}
}
