package flowlog_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// The interface and the ping of AWS's examples: four packets of 84 bytes.
var (
	pinged = flowlog.Interface{
		ID: "eni-1235b8ca123456789", AccountID: "123456789010", PrimaryIPv4: addr("172.31.16.139"),
	}
	ping = packet.Packet{
		Src: addr("203.0.113.12"), Dst: addr("172.31.16.139"), Protocol: packet.ICMP, ICMPType: 8, Length: 84,
	}
	pong = packet.Packet{
		Src: addr("172.31.16.139"), Dst: addr("203.0.113.12"), Protocol: packet.ICMP, Length: 84,
	}
)

func TestNew(t *testing.T) {
	client := flowlog.Interface{ID: "eni-client", AccountID: "1", PrimaryIPv4: addr("10.0.0.5")}
	server := flowlog.Interface{ID: "eni-server", AccountID: "1", PrimaryIPv4: addr("10.0.1.9")}
	request := packet.Packet{
		Src: addr("10.0.0.5"), SrcPort: 49152, Dst: addr("10.0.1.9"), DstPort: 443,
		Protocol: packet.TCP, Length: 60,
	}
	response := packet.Packet{
		Src: addr("10.0.1.9"), SrcPort: 443, Dst: addr("10.0.0.5"), DstPort: 49152,
		Protocol: packet.TCP, Length: 60,
	}
	const in, out, accept, reject = packet.Ingress, packet.Egress, flowlog.Accept, flowlog.Reject
	for _, tt := range []struct {
		name string
		s    flowlog.Sighting
		want string
	}{
		{
			"F1.503 F1.705 F1.734 the ping is accepted",
			flowlog.Sighting{Interface: pinged, Direction: in, Packet: ping, Packets: 4, Action: accept, Start: 1432917027, End: 1432917142},
			"2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 ACCEPT OK",
		},
		{
			"F1.503 F1.706 F1.734 its reply is rejected by the ACL",
			flowlog.Sighting{Interface: pinged, Direction: out, Packet: pong, Packets: 4, Action: reject, Start: 1432917094, End: 1432917142},
			"2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 0 0 1 4 336 1432917094 1432917142 REJECT OK",
		},
		{
			"F1.504 its reply is accepted",
			flowlog.Sighting{Interface: pinged, Direction: out, Packet: pong, Packets: 4, Action: accept, Start: 1432917094, End: 1432917142},
			"2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 0 0 1 4 336 1432917094 1432917142 ACCEPT OK",
		},
		{
			"F1.501 F1.508 request out of the client",
			flowlog.Sighting{Interface: client, Direction: out, Packet: request, Action: accept, Start: 10, End: 20},
			"2 1 eni-client 10.0.0.5 10.0.1.9 49152 443 6 1 60 10 20 ACCEPT OK",
		},
		{
			"F1.501 request into the server",
			flowlog.Sighting{Interface: server, Direction: in, Packet: request, Action: accept, Start: 10, End: 20},
			"2 1 eni-server 10.0.0.5 10.0.1.9 49152 443 6 1 60 10 20 ACCEPT OK",
		},
		{
			"F1.501 response out of the server",
			flowlog.Sighting{Interface: server, Direction: out, Packet: response, Action: accept, Start: 10, End: 20},
			"2 1 eni-server 10.0.1.9 10.0.0.5 443 49152 6 1 60 10 20 ACCEPT OK",
		},
		{
			"F1.501 response into the client",
			flowlog.Sighting{Interface: client, Direction: in, Packet: response, Action: accept, Start: 10, End: 20},
			"2 1 eni-client 10.0.1.9 10.0.0.5 443 49152 6 1 60 10 20 ACCEPT OK",
		},
		{
			"F1.502 F1.506 denied at the server",
			flowlog.Sighting{Interface: server, Direction: in, Packet: request, Action: reject, Start: 10, End: 20},
			"2 1 eni-server 10.0.0.5 10.0.1.9 49152 443 6 1 60 10 20 REJECT OK",
		},
		{
			"F1.507 denied at the client",
			flowlog.Sighting{Interface: client, Direction: out, Packet: request, Action: reject, Start: 10, End: 20},
			"2 1 eni-client 10.0.0.5 10.0.1.9 49152 443 6 1 60 10 20 REJECT OK",
		},
		{
			"F1.512 rejected by VPC Block Public Access",
			flowlog.Sighting{Interface: server, Direction: in, Packet: request, Action: reject, Start: 10, End: 20, RejectReason: flowlog.RejectBPA},
			"2 1 eni-server 10.0.0.5 10.0.1.9 49152 443 6 1 - 10 20 REJECT OK",
		},
		{
			"F1.102 unknown account",
			flowlog.Sighting{Interface: flowlog.Interface{ID: "vpce-eni"}, Direction: in, Packet: request, Action: accept, Start: 10, End: 20},
			"2 unknown vpce-eni 10.0.0.5 10.0.1.9 49152 443 6 1 60 10 20 ACCEPT OK",
		},
		{
			"F1.103 F1.104 F1.105 regional NAT gateway",
			flowlog.Sighting{Interface: flowlog.Interface{AccountID: "1"}, Direction: in, Packet: request, Action: accept, Start: 10, End: 20},
			"2 1 - 10.0.0.5 10.0.1.9 49152 443 6 1 60 10 20 ACCEPT OK",
		},
		{
			"F1.109 fewer packets than one are one",
			flowlog.Sighting{Interface: server, Direction: in, Packet: request, Packets: -3, Action: accept, Start: 10, End: 20},
			"2 1 eni-server 10.0.0.5 10.0.1.9 49152 443 6 1 60 10 20 ACCEPT OK",
		},
		{
			"F1.110 bytes end at the largest number",
			flowlog.Sighting{Interface: server, Direction: in, Packet: request, Packets: math.MaxInt64 / 2, Action: accept, Start: 10, End: 20},
			"2 1 eni-server 10.0.0.5 10.0.1.9 49152 443 6 4611686018427387903 9223372036854775807 10 20 ACCEPT OK",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := flowlog.New(tt.s)
			assert.Equal(t, tt.want, r.String())
			back, err := flowlog.ParseLine(flowlog.All, string(r.Append(nil, flowlog.All)))
			require.NoError(t, err)
			r.Version = 11
			assert.Equal(t, back, r, "the same record as that of its line with every field")
		})
	}
}

// What the packet itself tells beyond the default format.
func TestNewInOtherFormats(t *testing.T) {
	format := flowlog.MustParseFormat("version srcaddr dstaddr pkt-srcaddr pkt-dstaddr type flow-direction tcp-flags bytes reject-reason vpc-id traffic-path")
	nat := flowlog.Interface{ID: "eni-nat", PrimaryIPv4: addr("10.0.0.220")}
	v4 := packet.Packet{Src: addr("10.0.1.5"), Dst: addr("203.0.113.5"), Protocol: packet.TCP, Flags: packet.SYN, Length: 60}
	v6 := packet.Packet{Src: addr("2001:db8::1"), Dst: addr("2001:db8::2"), Protocol: packet.UDP, Length: 100}
	mapped := v4
	mapped.Src, mapped.Dst = addr("::ffff:10.0.1.5"), addr("::ffff:203.0.113.5")
	const in, out = packet.Ingress, packet.Egress
	for _, tt := range []struct {
		name string
		s    flowlog.Sighting
		want string
	}{
		{"F1.120 F1.121 F1.716 into a NAT gateway", flowlog.Sighting{Interface: nat, Direction: in, Packet: v4}, "8 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 IPv4 ingress 2 60 - - -"},
		{"F1.119 IPv6", flowlog.Sighting{Interface: nat, Direction: out, Packet: v6}, "8 2001:db8::1 2001:db8::2 2001:db8::1 2001:db8::2 IPv6 egress 0 100 - - -"},
		{"F1.119 IPv4, however it is written", flowlog.Sighting{Interface: nat, Direction: in, Packet: mapped}, "8 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 IPv4 ingress 2 60 - - -"},
		{"F1.140 BPA leaves the bytes out", flowlog.Sighting{Interface: nat, Direction: in, Packet: v4, RejectReason: flowlog.RejectBPA}, "8 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 IPv4 ingress 2 - BPA - -"},
		{"F1.140 Encryption Controls do not", flowlog.Sighting{Interface: nat, Direction: in, Packet: v4, RejectReason: flowlog.RejectEC}, "8 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 IPv4 ingress 2 60 EC - -"},
		{"F1.119 nothing", flowlog.Sighting{}, "8 - - - - - - 0 20 - - -"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := flowlog.New(tt.s)
			assert.Equal(t, tt.want, string(r.Append(nil, format)))
		})
	}
	r := flowlog.NoData(nat, 1, 2)
	assert.Equal(t, "8 - - - - - - - - - - -", string(r.Append(nil, format)), "F1.654")
}

func TestNewShowsNoPortsOfICMP(t *testing.T) {
	odd := ping
	odd.SrcPort, odd.DstPort = 1, 2
	r := flowlog.New(flowlog.Sighting{Interface: pinged, Direction: packet.Ingress, Packet: odd})
	assert.Zero(t, r.SrcPort, "F1.734")
	assert.Zero(t, r.DstPort, "F1.734")
}

func TestNewOfNothing(t *testing.T) {
	assert.NotPanics(t, func() { _ = flowlog.New(flowlog.Sighting{}).String() })
}

func TestIntervalsWithoutRecords(t *testing.T) {
	assert.Equal(t, // F1.651, F1.703
		"2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA",
		flowlog.NoData(pinged, 1431280876, 1431280934).String())
	assert.Equal(t, // F1.652, F1.704
		"2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - SKIPDATA",
		flowlog.SkipData(pinged, 1431280876, 1431280934).String())
}
