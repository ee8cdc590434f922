package packetwalk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// documentedStory is a network and a traffic whose records AWS shows on its page flow-logs-records-examples.
type documentedStory struct {
	name    string
	network func(*testing.T) *packetwalk.Network
	starts  int64 // when the session begins, in Unix seconds
	traffic func(*testing.T, *packetwalk.Session)
	logs    []documentedLog
}

// documentedLog is what one flow log has to say of it: all of its records, in their order, but for those
// that come before what AWS shows.
type documentedLog struct {
	id     string
	before int
	lines  []documentedLine
}

type documentedLine struct{ name, line string }

const (
	formatOfFlags    = "version vpc-id subnet-id instance-id interface-id account-id type srcaddr dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes packets start end action tcp-flags log-status"
	formatOfNAT      = "instance-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr"
	formatOfRegional = "resource-id instance-id interface-id subnet-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr"
	formatOfVersion5 = "version srcaddr dstaddr srcport dstport protocol start end type packets bytes account-id vpc-id subnet-id instance-id interface-id region az-id sublocation-type sublocation-id action tcp-flags pkt-srcaddr pkt-dstaddr pkt-src-aws-service pkt-dst-aws-service traffic-path flow-direction log-status"
)

var documentedStories = []documentedStory{
	{
		name: "SSH is let in", network: defaultVPCWith("172.31.16.21", "172.31.16.139"), starts: 1418530010,
		traffic: oneWay("client", packet.Packet{Dst: addr("172.31.16.21"), SrcPort: 20641, DstPort: 22}),
		logs: []documentedLog{{id: "fl", lines: []documentedLine{
			{"F1.701 accepted SSH", "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK"},
		}}},
	},
	{
		name: "RDP is not", network: defaultVPCWith("172.31.9.12", "172.31.9.69"), starts: 1418530010,
		traffic: oneWay("client", packet.Packet{Dst: addr("172.31.9.12"), SrcPort: 49761, DstPort: 3389}),
		logs: []documentedLog{{id: "fl", lines: []documentedLine{
			{"F1.702 rejected RDP", "2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK"},
		}}},
	},
	{
		name: "an interval without traffic", network: defaultVPCWith("172.31.9.12", "172.31.9.69"), starts: 1431280876 - 60,
		traffic: quietAfterwards,
		logs: []documentedLog{{id: "fl", before: 1, lines: []documentedLine{
			{"F1.703 no data", "2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA"},
		}}},
	},
	{
		name: "more flows than a flow log takes", network: defaultVPCWith("172.31.9.12", "172.31.9.69"), starts: 1431280876,
		traffic: tooMuch,
		logs: []documentedLog{{id: "fl-client", before: 1, lines: []documentedLine{
			{"F1.704 skipped data", "2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1431280876 1431280934 - SKIPDATA"},
		}}},
	},
	{
		name: "an ACL stops the answer to a ping", network: pingedAndLogged, starts: 1432917027,
		traffic: fourPings,
		logs: []documentedLog{{id: "fl", lines: []documentedLine{
			{"F1.705 ping in", "2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 ACCEPT OK"},
			{"F1.706 its reply, denied", "2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 0 0 1 4 336 1432917094 1432917142 REJECT OK"},
		}}},
	},
	{
		name: "SSH over IPv6", network: sshOverIPv6, starts: 1477913708,
		traffic: oneWay("client", packet.Packet{Dst: addr("2001:db8:1234:a102:3304:8879:34cf:4071"), SrcPort: 34892, DstPort: 22}),
		logs: []documentedLog{{id: "fl", lines: []documentedLine{
			{"F1.707 IPv6", "2 123456789010 eni-1235b8ca123456789 2001:db8:1234:a100:8d6e:3477:df66:f105 2001:db8:1234:a102:3304:8879:34cf:4071 34892 22 6 54 8855 1477913708 1477913820 ACCEPT OK"},
		}}},
	},
	{
		name: "three connections and their flags", network: flagsNet, starts: 1566848875,
		traffic: threeConnections,
		logs: []documentedLog{{id: "fl", lines: []documentedLine{
			{"F1.708 F1.205 the first connection's client", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 52.213.180.42 10.0.0.62 43416 5001 52.213.180.42 10.0.0.62 6 568 8 1566848875 1566848933 ACCEPT 2 OK"},
			{"F1.709 F1.205 its server", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 10.0.0.62 52.213.180.42 5001 43416 10.0.0.62 52.213.180.42 6 376 7 1566848875 1566848933 ACCEPT 18 OK"},
			{"F1.710 F1.205 the second's client", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 52.213.180.42 10.0.0.62 43418 5001 52.213.180.42 10.0.0.62 6 100701 70 1566848875 1566848933 ACCEPT 2 OK"},
			{"F1.711 F1.205 its server", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 10.0.0.62 52.213.180.42 5001 43418 10.0.0.62 52.213.180.42 6 632 12 1566848875 1566848933 ACCEPT 18 OK"},
			{"F1.712 F1.205 its end, the server", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 10.0.0.62 52.213.180.42 5001 43418 10.0.0.62 52.213.180.42 6 63388 1219 1566848933 1566849113 ACCEPT 1 OK"},
			{"F1.713 F1.205 its end, the client", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 52.213.180.42 10.0.0.62 43418 5001 52.213.180.42 10.0.0.62 6 23294588 15774 1566848933 1566849113 ACCEPT 1 OK"},
			{"F1.714 F1.204 a short connection's client", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 52.213.180.42 10.0.0.62 43638 5001 52.213.180.42 10.0.0.62 6 1260 17 1566933133 1566933193 ACCEPT 3 OK"},
			// On the page this line has two blanks after 43638.
			{"F1.715 F1.204 its server", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 10.0.0.62 52.213.180.42 5001 43638 10.0.0.62 52.213.180.42 6 967 14 1566933133 1566933193 ACCEPT 19 OK"},
		}}},
	},
	{
		name: "a zonal NAT gateway", network: natLogged, starts: 1616729292,
		traffic: connects("i-01234567890123456", packet.Packet{Dst: addr("203.0.113.5"), DstPort: 443}),
		logs: []documentedLog{{id: "fl-nat", lines: []documentedLine{
			{"F1.716 F1.513 from the instance", "- eni-1235b8ca123456789 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5"},
			{"F1.717 F1.513 to the host", "- eni-1235b8ca123456789 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5"},
			{"F1.718 F1.513 from the host", "- eni-1235b8ca123456789 203.0.113.5 10.0.0.220 203.0.113.5 10.0.0.220"},
			{"F1.719 F1.513 to the instance", "- eni-1235b8ca123456789 10.0.0.220 10.0.1.5 203.0.113.5 10.0.1.5"},
		}}, {id: "fl-instance", lines: []documentedLine{
			{"F1.720 the instance out", "i-01234567890123456 eni-1111aaaa2222bbbb3 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5"},
			{"F1.721 the instance in", "i-01234567890123456 eni-1111aaaa2222bbbb3 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5"},
		}}},
	},
	{
		name: "a regional NAT gateway", network: regionalLogged, starts: 1616729292,
		traffic: connects("i-01234567890123456", packet.Packet{Dst: addr("203.0.113.5"), DstPort: 443}),
		logs: []documentedLog{{id: "fl-nat", lines: []documentedLine{
			{"F1.722 F1.514 from the instance", "nat-1234567890abcdef - - - 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5"},
			{"F1.723 F1.514 to the host", "nat-1234567890abcdef - - - 107.22.182.139 203.0.113.5 107.22.182.139 203.0.113.5"},
			{"F1.724 F1.514 from the host", "nat-1234567890abcdef - - - 203.0.113.5 107.22.182.139 203.0.113.5 107.22.182.139"},
			{"F1.725 F1.514 to the instance", "nat-1234567890abcdef - - - 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5"},
		}}, {id: "fl-instance", lines: []documentedLine{
			{"F1.726 the instance out", "- i-01234567890123456 eni-1111aaaa2222bbbb3 subnet-aaaaaaaa012345678 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5"},
			{"F1.727 the instance in", "- i-01234567890123456 eni-1111aaaa2222bbbb3 subnet-aaaaaaaa012345678 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5"},
		}}},
	},
	{
		name: "S3 over the internet gateway", network: version5Net, starts: 1616729292,
		traffic: asksS3,
		logs: []documentedLog{{id: "fl", lines: []documentedLine{ // AWS shows the answer first
			{"F1.733 F1.305 F1.735 the request to S3", "5 10.0.0.71 52.95.128.179 34210 80 6 1616729292 1616729349 IPv4 7 471 123456789012 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-0c50d5961bcb2d47b eni-1235b8ca123456789 ap-southeast-2 apse2-az3 - - ACCEPT 3 10.0.0.71 52.95.128.179 - S3 8 egress OK"},
			{"F1.732 F1.304 S3 answers", "5 52.95.128.179 10.0.0.71 80 34210 6 1616729292 1616729349 IPv4 14 15044 123456789012 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-0c50d5961bcb2d47b eni-1235b8ca123456789 ap-southeast-2 apse2-az3 - - ACCEPT 19 52.95.128.179 10.0.0.71 S3 - - ingress OK"},
		}}},
	},
}

// TestDocumentedStories: each of AWS's example records is what a flow log of a network and a traffic says.
// Of a line only packets, bytes, start and end are given; the rest is the simulation's.
func TestDocumentedStories(t *testing.T) {
	for _, story := range documentedStories {
		s := story.network(t).NewSession(time.Unix(story.starts, 0))
		story.traffic(t, s)
		batches := s.Flush()
		for _, log := range story.logs {
			records, format := recordsOfLog(t, batches, log.id)
			require.Len(t, records, log.before+len(log.lines), "%s, of %s: no more records, and no less", story.name, log.id)
			for i, want := range log.lines {
				t.Run(want.name, func(t *testing.T) {
					r := records[log.before+i]
					assert.Equal(t, want.line, string(counted(t, r, format, want.line).Append(nil, format)))
				})
			}
		}
	}
}

// TestDocumentedTransitGateway names the examples that no network can show.
func TestDocumentedTransitGateway(t *testing.T) {
	for _, name := range []string{
		"F1.728 the server's interface, request", "F1.729 the server's interface, response",
		"F1.730 the gateway's interface, request", "F1.731 the gateway's interface, response",
	} {
		t.Run(name, func(t *testing.T) {
			t.Skip("transit gateways are not modelled; package flowlog reads and prints the line")
		})
	}
}

// recordsOfLog gives the records of one flow log, and their format.
func recordsOfLog(t *testing.T, batches []flowlog.Batch, id string) (list []flowlog.Record, format flowlog.Format) {
	t.Helper()
	for _, b := range batches {
		if b.FlowLog.ID == id {
			list, format = append(list, b.Records...), b.FlowLog.Shows()
		}
	}
	require.NotEmpty(t, list, "no records of %s", id)
	return list, format
}

// counted is a record with the packets, bytes and times of a documented line.
func counted(t *testing.T, r flowlog.Record, format flowlog.Format, line string) *flowlog.Record {
	t.Helper()
	given, err := flowlog.ParseLine(format, line)
	require.NoError(t, err)
	r.Packets, r.Bytes, r.Start, r.End = given.Packets, given.Bytes, given.Start, given.End
	return &r
}

// oneWay sends a TCP packet that opens a connection, and no answer: AWS shows that direction alone.
func oneWay(from string, p packet.Packet) func(*testing.T, *packetwalk.Session) {
	p.Protocol, p.Flags = packet.TCP, packet.SYN
	return func(t *testing.T, s *packetwalk.Session) {
		_, err := s.Send(from, p)
		require.NoError(t, err)
	}
}

// connects opens a TCP connection that works.
func connects(from string, p packet.Packet) func(*testing.T, *packetwalk.Session) {
	return func(t *testing.T, s *packetwalk.Session) { connect(t, s, from, p) }
}

func connect(t *testing.T, s *packetwalk.Session, from string, p packet.Packet) packetwalk.Flow {
	t.Helper()
	p.Protocol, p.Flags = packet.TCP, packet.SYN
	f, err := s.Connect(from, p)
	require.NoError(t, err)
	require.True(t, f.OK(), "%+v", f)
	return f
}

// defaultVPCWith is AWS's default VPC with "client", eni-11111111aaaaaaaaa, and an interface that lets in
// SSH.
func defaultVPCWith(server, client string) func(*testing.T) *packetwalk.Network {
	return func(t *testing.T) *packetwalk.Network {
		b := packetwalk.New()
		v := b.VPC("vpc", "172.31.0.0/16").Account("123456789010")
		block := "172.31.0.0/20"
		if strings.HasPrefix(server, "172.31.16.") {
			block = "172.31.16.0/20"
		}
		s := v.Subnet("subnet", block)
		s.Instance("server").PrivateIP(server).Allow("tcp/22", v)
		s.Instance("client").PrivateIP(client)
		b.FlowLog("fl", "eni-1235b8ca123456789")
		b.FlowLog("fl-client", "eni-11111111aaaaaaaaa")
		return withInterfaces(t, b, "eni-1235b8ca123456789", "eni-11111111aaaaaaaaa")
	}
}

// withInterfaces builds a network whose first interfaces have these IDs.
func withInterfaces(t *testing.T, b *packetwalk.Builder, ids ...string) *packetwalk.Network {
	t.Helper()
	cfg := b.Config()
	for i, id := range ids {
		cfg.Interfaces[i].ID = id
	}
	return mustNetwork(t, cfg)
}

// quietAfterwards is one packet, and then a minute of nothing.
func quietAfterwards(t *testing.T, s *packetwalk.Session) {
	oneWay("client", packet.Packet{Dst: addr("172.31.9.12"), SrcPort: 49761, DstPort: 22})(t, s)
	s.Advance(2*time.Minute - time.Duration(s.Now().Second())*time.Second)
}

// tooMuch is three flows for a flow log that takes one in an interval.
func tooMuch(t *testing.T, s *packetwalk.Session) {
	s.LimitFlowLogs(packetwalk.FlowLogLimits{Flows: 1})
	for port := range uint16(3) {
		oneWay("client", packet.Packet{Dst: addr("172.31.9.12"), SrcPort: 49761 + port, DstPort: 22})(t, s)
	}
}

func pingedAndLogged(t *testing.T) *packetwalk.Network {
	b := packetwalk.New()
	pinged(true, false)(b)
	b.FlowLog("fl", "eni-1235b8ca123456789")
	return mustNetwork(t, b)
}

// fourPings is a ping from 203.0.113.12, four times with 84 bytes within 115 seconds, as AWS's example has
// it.
func fourPings(t *testing.T, s *packetwalk.Session) {
	ping := packet.Packet{Dst: addr("198.51.100.7"), Protocol: packet.ICMP, ICMPType: 8, Length: 84}
	for _, wait := range []time.Duration{0, 38, 38, 39} {
		s.Advance(wait * time.Second)
		_, err := s.Connect("203.0.113.12", ping)
		require.NoError(t, err)
	}
}

func sshOverIPv6(t *testing.T) *packetwalk.Network {
	b := packetwalk.New()
	v := b.VPC("vpc", "172.31.0.0/16", "2001:db8:1234:a100::/56").Account("123456789010")
	v.Subnet("back", "172.31.2.0/24", "2001:db8:1234:a102::/64").Instance("server").
		IPv6("2001:db8:1234:a102:3304:8879:34cf:4071").Allow("tcp/22", v)
	v.Subnet("front", "172.31.0.0/24", "2001:db8:1234:a100::/64").Instance("client").
		IPv6("2001:db8:1234:a100:8d6e:3477:df66:f105")
	b.FlowLog("fl", "eni-1235b8ca123456789")
	return withInterfaces(t, b, "eni-1235b8ca123456789")
}

func flagsNet(t *testing.T) *packetwalk.Network {
	b := packetwalk.New()
	v := b.VPC("vpc-abcdefab012345678", "10.0.0.0/16").Account("123456789010")
	v.Subnet("subnet-aaaaaaaa012345678", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw")).
		Instance("i-01234567890123456").PrivateIP("10.0.0.62").ElasticIP("198.51.100.7").Allow("tcp/5001", packetwalk.Anywhere)
	v.FlowLog("fl").Format(formatOfFlags)
	return withInterfaces(t, b, "eni-1235b8ca123456789")
}

// threeConnections are those of AWS's example: two that begin, of which the second ends in the next
// interval, and a day later one that begins and ends in a minute.
func threeConnections(t *testing.T, s *packetwalk.Session) {
	s.LimitFlowLogs(packetwalk.FlowLogLimits{Silence: -1}) // of the day between AWS shows nothing
	const client, server = "52.213.180.42", "i-01234567890123456"
	open := func(port uint16) packetwalk.Flow {
		f := connect(t, s, client, packet.Packet{Dst: addr("198.51.100.7"), SrcPort: port, DstPort: 5001})
		transmit(t, s, client, f.Forward.Sent, packet.ACK|packet.PSH, 1500)
		transmit(t, s, server, f.Return.Sent, packet.ACK, 40)
		return f
	}
	open(43416)
	long := open(43418)
	s.Advance(time.Minute)
	transmit(t, s, server, long.Return.Sent, packet.ACK, 40)
	transmit(t, s, client, long.Forward.Sent, packet.ACK|packet.FIN, 40)
	transmit(t, s, server, long.Return.Sent, packet.ACK|packet.FIN, 40)
	transmit(t, s, client, long.Forward.Sent, packet.ACK, 40)
	s.Advance(time.Unix(1566933133, 0).Sub(s.Now()))
	short := open(43638)
	transmit(t, s, client, short.Forward.Sent, packet.ACK|packet.FIN, 40)
	transmit(t, s, server, short.Return.Sent, packet.ACK|packet.FIN, 40)
	transmit(t, s, client, short.Forward.Sent, packet.ACK, 40)
}

func natLogged(t *testing.T) *packetwalk.Network {
	cfg := natRecords(t).Config()
	cfg.FlowLogs = bothLogged("eni-1235b8ca123456789", formatOfNAT)
	return mustNetwork(t, cfg)
}

func regionalLogged(t *testing.T) *packetwalk.Network {
	cfg := regionalRecords(t).Config()
	cfg.FlowLogs = bothLogged("nat-1234567890abcdef", formatOfRegional)
	return mustNetwork(t, cfg)
}

// bothLogged are flow logs of a NAT gateway and of the instance behind it.
func bothLogged(nat, format string) []flowlog.FlowLog {
	f := flowlog.MustParseFormat(format)
	return []flowlog.FlowLog{
		{ID: "fl-nat", Resource: nat, Format: f},
		{ID: "fl-instance", Resource: "eni-1111aaaa2222bbbb3", Format: f},
	}
}

func version5Net(t *testing.T) *packetwalk.Network {
	cfg := version5Config()
	cfg.FlowLogs = []flowlog.FlowLog{{
		ID: "fl", Resource: "subnet-aaaaaaaa012345678", Format: flowlog.MustParseFormat(formatOfVersion5)}}
	return mustNetwork(t, cfg)
}

// asksS3 is a whole connection to S3, from its SYN to the last FIN.
func asksS3(t *testing.T, s *packetwalk.Session) {
	const client, s3 = "i-0c50d5961bcb2d47b", "52.95.128.179"
	f := connect(t, s, client, packet.Packet{Dst: addr(s3), SrcPort: 34210, DstPort: 80})
	transmit(t, s, client, f.Forward.Sent, packet.ACK|packet.PSH, 200)
	transmit(t, s, s3, f.Return.Sent, packet.ACK|packet.PSH, 1500)
	transmit(t, s, s3, f.Return.Sent, packet.ACK|packet.FIN, 40)
	transmit(t, s, client, f.Forward.Sent, packet.ACK|packet.FIN, 40)
	transmit(t, s, s3, f.Return.Sent, packet.ACK, 40)
}

// TestDocumentedPing: A57, with the packets, bytes and ends as a session counts them. Only the start of the
// reply is AWS's: it is a minute late there, as it may be (F1.111).
func TestDocumentedPing(t *testing.T) {
	t.Run("A57 item 146 F1.503 F1.734 exactly two lines", func(t *testing.T) {
		s := pingedAndLogged(t).NewSession(time.Unix(1432917027, 0))
		fourPings(t, s)
		records, _ := recordsOfLog(t, s.Flush(), "fl")
		require.Len(t, records, 2)
		assert.EqualValues(t, 1432917027, records[1].Start)
		records[1].Start = 1432917094
		assert.Equal(t, []string{
			"2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 ACCEPT OK",
			"2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 0 0 1 4 336 1432917094 1432917142 REJECT OK",
		}, []string{records[0].String(), records[1].String()})
	})
}
