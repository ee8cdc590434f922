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

// hosted is the network of AWS's examples of TCP flags: a server on port 5001 behind the interface that AWS logged.
func hosted(t *testing.T) *packetwalk.Network {
	t.Helper()
	b := packetwalk.New()
	v := b.VPC("vpc-abcdefab012345678", "10.0.0.0/16").Account("123456789010")
	s := v.Subnet("subnet-aaaaaaaa012345678", "10.0.0.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	s.Instance("i-01234567890123456").PrivateIP("10.0.0.62").ElasticIP("198.51.100.7").Allow("tcp/5001", packetwalk.Anywhere)
	cfg := b.Config()
	cfg.Interfaces[0].ID = "eni-1235b8ca123456789"
	cfg.FlowLogs = []flowlog.FlowLog{{ID: "fl", Resource: "eni-1235b8ca123456789", Destination: flowlog.Destination{LogGroup: "group"}}}
	return mustNetwork(t, cfg)
}

// likeExample prints a record with packets, bytes and times of the example that it is compared with, of which the network
// decides nothing.
func likeExample(t *testing.T, r flowlog.Record, format flowlog.Format, example string) string {
	t.Helper()
	told, err := flowlog.ParseLine(format, example)
	require.NoError(t, err)
	r.Packets, r.Bytes, r.Start, r.End = told.Packets, told.Bytes, told.Start, told.End
	return string(r.Append(nil, format))
}

// TestRecordsOfDefaultFormat: AWS's examples of what came to an interface from another subnet.
func TestRecordsOfDefaultFormat(t *testing.T) {
	for _, c := range []struct {
		name, vpc        string
		subnet, at       string // of the interface that writes the record
		peerSubnet, peer string // of who sends
		line             string
	}{
		{"F1.701 SSH is accepted", "172.31.0.0/16", "172.31.16.16/28", "172.31.16.21", "172.31.16.128/28", "172.31.16.139",
			"2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK"},
		{"F1.702 RDP is rejected", "172.31.0.0/16", "172.31.9.0/28", "172.31.9.12", "172.31.9.64/28", "172.31.9.69",
			"2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK"},
		{"F1.707 SSH over IPv6 is accepted", "172.31.0.0/16 2001:db8:1234:a100::/56", "172.31.9.0/28 2001:db8:1234:a102::/64", "2001:db8:1234:a102:3304:8879:34cf:4071",
			"172.31.9.64/28 2001:db8:1234:a100::/64", "2001:db8:1234:a100:8d6e:3477:df66:f105",
			"2 123456789010 eni-1235b8ca123456789 2001:db8:1234:a100:8d6e:3477:df66:f105 2001:db8:1234:a102:3304:8879:34cf:4071 34892 22 6 54 8855 1477913708 1477913820 ACCEPT OK"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			v := b.VPC("vpc", strings.Fields(c.vpc)...).Account("123456789010")
			server := v.Subnet("server-subnet", strings.Fields(c.subnet)...).Instance("server").Allow("tcp/22", packetwalk.Anywhere, packetwalk.AnywhereIPv6)
			client := v.Subnet("client-subnet", strings.Fields(c.peerSubnet)...).Instance("client")
			if addr(c.at).Is6() {
				server.IPv6(c.at)
				client.IPv6(c.peer)
			} else {
				server.PrivateIP(c.at)
				client.PrivateIP(c.peer)
			}
			cfg := b.Config()
			cfg.Interfaces[0].ID = "eni-1235b8ca123456789"
			told, err := flowlog.ParseLine(flowlog.Default, c.line)
			require.NoError(t, err)
			f, err := mustNetwork(t, cfg).Connect("client", packet.Packet{Dst: addr(c.at), Protocol: packet.TCP, SrcPort: told.SrcPort, DstPort: told.DstPort, Flags: packet.SYN})
			require.NoError(t, err)
			require.GreaterOrEqual(t, len(f.Records()), 2)
			assert.Equal(t, c.line, likeExample(t, f.Records()[1], flowlog.Default, c.line))
		})
	}
}

// TestRecordsWithFlags: AWS's examples of TCP flags (F1.708-F1.715): three connections of a client on the internet
// with a server, written by a flow log.
func TestRecordsWithFlags(t *testing.T) {
	const own = "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 "
	format, err := flowlog.ParseFormat("version vpc-id subnet-id instance-id interface-id account-id type srcaddr dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes packets start end action tcp-flags log-status")
	require.NoError(t, err)
	n := hosted(t)
	opens := func(port uint16) packet.Packet {
		return packet.Packet{Dst: addr("198.51.100.7"), Protocol: packet.TCP, SrcPort: port, DstPort: 5001, Flags: packet.SYN}
	}
	s := n.NewSession(time.Unix(1566848875, 0))
	connect := func(port uint16) packetwalk.Flow {
		f, err := s.Connect("52.213.180.42", opens(port))
		require.NoError(t, err)
		require.True(t, f.OK())
		return f
	}
	closes := func(f packetwalk.Flow) {
		transmit(t, s, "52.213.180.42", f.Forward.Sent, packet.FIN|packet.ACK, 52)
		transmit(t, s, "i-01234567890123456", f.Return.Sent, packet.FIN|packet.ACK, 52)
	}
	written := func(name string, want ...string) {
		t.Run(name, func(t *testing.T) {
			var records []flowlog.Record
			for _, b := range s.Flush() {
				records = append(records, b.Records...)
			}
			require.Len(t, records, len(want))
			for i, line := range want {
				assert.Equal(t, own+line, likeExample(t, records[i], format, own+line))
			}
		})
	}
	connect(43416)
	written("F1.708, F1.709 a connection begins",
		"52.213.180.42 10.0.0.62 43416 5001 52.213.180.42 10.0.0.62 6 568 8 1566848875 1566848933 ACCEPT 2 OK",
		"10.0.0.62 52.213.180.42 5001 43416 10.0.0.62 52.213.180.42 6 376 7 1566848875 1566848933 ACCEPT 18 OK")
	long := connect(43418)
	written("F1.710, F1.711, F1.205 a long one begins",
		"52.213.180.42 10.0.0.62 43418 5001 52.213.180.42 10.0.0.62 6 100701 70 1566848875 1566848933 ACCEPT 2 OK",
		"10.0.0.62 52.213.180.42 5001 43418 10.0.0.62 52.213.180.42 6 632 12 1566848875 1566848933 ACCEPT 18 OK")
	s.Advance(time.Minute)
	transmit(t, s, "52.213.180.42", long.Forward.Sent, packet.ACK, 1500)
	written("F1.205 amid it no flag shows",
		"52.213.180.42 10.0.0.62 43418 5001 52.213.180.42 10.0.0.62 6 1500 1 1566848935 1566848935 ACCEPT 0 OK")
	s.Advance(time.Minute)
	closes(long)
	written("F1.712, F1.713, F1.205 it ends",
		"52.213.180.42 10.0.0.62 43418 5001 52.213.180.42 10.0.0.62 6 23294588 15774 1566848933 1566849113 ACCEPT 1 OK",
		"10.0.0.62 52.213.180.42 5001 43418 10.0.0.62 52.213.180.42 6 63388 1219 1566848933 1566849113 ACCEPT 1 OK")
	s.Advance(time.Minute)
	closes(connect(43638))
	written("F1.714, F1.715, F1.204 a short one",
		"52.213.180.42 10.0.0.62 43638 5001 52.213.180.42 10.0.0.62 6 1260 17 1566933133 1566933193 ACCEPT 3 OK",
		"10.0.0.62 52.213.180.42 5001 43638 10.0.0.62 52.213.180.42 6 967 14 1566933133 1566933193 ACCEPT 19 OK")
}
