package flowlog_test

import (
	"encoding/json"
	"math"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// What records of the default format lack: TCP flags, and without a packet its numbers.
var (
	noFlags  = flowlog.SetOf(flowlog.FieldTCPFlags)
	noPacket = noFlags | flowlog.SetOf(flowlog.FieldSrcPort, flowlog.FieldDstPort, flowlog.FieldProtocol,
		flowlog.FieldPackets, flowlog.FieldBytes)
	noTimes = flowlog.SetOf(flowlog.FieldStart, flowlog.FieldEnd)
	noBytes = flowlog.SetOf(flowlog.FieldBytes)
)

// lines are the example records of AWS's page flow-logs-records-examples and
// a few that its rules call for, each with what it says.
var lines = []struct {
	name string
	line string
	want flowlog.Record
}{
	{
		"F1.701 accepted SSH",
		"2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK",
		flowlog.Record{
			Version: 2, AccountID: "123456789010", InterfaceID: "eni-1235b8ca123456789",
			SrcAddr: addr("172.31.16.139"), DstAddr: addr("172.31.16.21"), SrcPort: 20641, DstPort: 22, Protocol: packet.TCP,
			Packets: 20, Bytes: 4249, Start: 1418530010, End: 1418530070,
			Action: flowlog.Accept, LogStatus: flowlog.StatusOK, Missing: noFlags,
		},
	},
	{
		"F1.702 rejected RDP",
		"2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK",
		flowlog.Record{
			Version: 2, AccountID: "123456789010", InterfaceID: "eni-1235b8ca123456789",
			SrcAddr: addr("172.31.9.69"), DstAddr: addr("172.31.9.12"), SrcPort: 49761, DstPort: 3389, Protocol: packet.TCP,
			Packets: 20, Bytes: 4249, Start: 1418530010, End: 1418530070,
			Action: flowlog.Reject, LogStatus: flowlog.StatusOK, Missing: noFlags,
		},
	},
	{
		"F1.703 F1.651 no data",
		"2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA",
		flowlog.Record{
			Version: 2, AccountID: "123456789010", InterfaceID: "eni-1235b8ca123456789",
			Start: 1431280876, End: 1431280934, LogStatus: flowlog.StatusNoData, Missing: noPacket,
		},
	},
	{
		"F1.704 F1.652 skipped data",
		"2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1431280876 1431280934 - SKIPDATA",
		flowlog.Record{
			Version: 2, AccountID: "123456789010", InterfaceID: "eni-11111111aaaaaaaaa",
			Start: 1431280876, End: 1431280934, LogStatus: flowlog.StatusSkipData, Missing: noPacket,
		},
	},
	{
		"F1.705 F1.734 ping in, ports are 0",
		"2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 ACCEPT OK",
		flowlog.Record{
			Version: 2, AccountID: "123456789010", InterfaceID: "eni-1235b8ca123456789",
			SrcAddr: addr("203.0.113.12"), DstAddr: addr("172.31.16.139"), Protocol: packet.ICMP,
			Packets: 4, Bytes: 336, Start: 1432917027, End: 1432917142,
			Action: flowlog.Accept, LogStatus: flowlog.StatusOK, Missing: noFlags,
		},
	},
	{
		"F1.706 F1.734 its reply, denied by the ACL",
		"2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 0 0 1 4 336 1432917094 1432917142 REJECT OK",
		flowlog.Record{
			Version: 2, AccountID: "123456789010", InterfaceID: "eni-1235b8ca123456789",
			SrcAddr: addr("172.31.16.139"), DstAddr: addr("203.0.113.12"), Protocol: packet.ICMP,
			Packets: 4, Bytes: 336, Start: 1432917094, End: 1432917142,
			Action: flowlog.Reject, LogStatus: flowlog.StatusOK, Missing: noFlags,
		},
	},
	{
		"F1.707 IPv6",
		"2 123456789010 eni-1235b8ca123456789 2001:db8:1234:a100:8d6e:3477:df66:f105 2001:db8:1234:a102:3304:8879:34cf:4071 34892 22 6 54 8855 1477913708 1477913820 ACCEPT OK",
		flowlog.Record{
			Version: 2, AccountID: "123456789010", InterfaceID: "eni-1235b8ca123456789",
			SrcAddr: addr("2001:db8:1234:a100:8d6e:3477:df66:f105"), DstAddr: addr("2001:db8:1234:a102:3304:8879:34cf:4071"),
			SrcPort: 34892, DstPort: 22, Protocol: packet.TCP,
			Packets: 54, Bytes: 8855, Start: 1477913708, End: 1477913820,
			Action: flowlog.Accept, LogStatus: flowlog.StatusOK, Missing: noFlags,
		},
	},
	{
		"F1.509 unsolicited packet at a NAT gateway",
		"2 123456789012 eni-1234567890abcd 203.0.113.100 10.0.10.10 25614 443 6 1 40 1635749118 1635749154 ACCEPT OK",
		flowlog.Record{
			Version: 2, AccountID: "123456789012", InterfaceID: "eni-1234567890abcd",
			SrcAddr: addr("203.0.113.100"), DstAddr: addr("10.0.10.10"), SrcPort: 25614, DstPort: 443, Protocol: packet.TCP,
			Packets: 1, Bytes: 40, Start: 1635749118, End: 1635749154,
			Action: flowlog.Accept, LogStatus: flowlog.StatusOK, Missing: noFlags,
		},
	},
	{
		"F1.512 F1.110 a reject without bytes",
		"2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 49152 443 6 1 - 1432917027 1432917142 REJECT OK",
		flowlog.Record{
			Version: 2, AccountID: "123456789010", InterfaceID: "eni-1235b8ca123456789",
			SrcAddr: addr("203.0.113.12"), DstAddr: addr("172.31.16.139"), SrcPort: 49152, DstPort: 443, Protocol: packet.TCP,
			Packets: 1, Start: 1432917027, End: 1432917142,
			Action: flowlog.Reject, LogStatus: flowlog.StatusOK, Missing: noFlags | noBytes,
		},
	},
	{
		"F1.102 F1.103 unknown account, no interface",
		"2 unknown - 10.0.1.5 203.0.113.5 49152 443 6 1 40 1432917027 1432917142 ACCEPT OK",
		flowlog.Record{
			Version: 2, AccountID: flowlog.UnknownAccount,
			SrcAddr: addr("10.0.1.5"), DstAddr: addr("203.0.113.5"), SrcPort: 49152, DstPort: 443, Protocol: packet.TCP,
			Packets: 1, Bytes: 40, Start: 1432917027, End: 1432917142,
			Action: flowlog.Accept, LogStatus: flowlog.StatusOK, Missing: noFlags,
		},
	},
	{
		"F1.005 everything missing that may be",
		"2 - - - - - - - - - - - - OK",
		flowlog.Record{
			Version: 2, LogStatus: flowlog.StatusOK, Missing: noPacket | noTimes,
		},
	},
	{
		"F1.106-F1.112 the largest numbers",
		"2 1 e 0.0.0.0 :: 65535 65535 255 9223372036854775807 9223372036854775807 9223372036854775807 9223372036854775807 ACCEPT OK",
		flowlog.Record{
			Version: 2, AccountID: "1", InterfaceID: "e",
			SrcAddr: addr("0.0.0.0"), DstAddr: addr("::"), SrcPort: 65535, DstPort: 65535, Protocol: 255,
			Packets: 1<<63 - 1, Bytes: 1<<63 - 1, Start: 1<<63 - 1, End: 1<<63 - 1,
			Action: flowlog.Accept, LogStatus: flowlog.StatusOK, Missing: noFlags,
		},
	},
}

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

func TestLines(t *testing.T) {
	for _, tt := range lines {
		t.Run(tt.name, func(t *testing.T) {
			got, err := flowlog.ParseLine(flowlog.Default, tt.line)
			require.NoError(t, err)
			assert.Empty(t, cmp.Diff(tt.want, got, cmpopts.EquateComparable(netip.Addr{})))
			assert.Equal(t, tt.line, tt.want.String())

			assert.NoError(t, tt.want.Check(flowlog.Default))
		})
	}
}

func TestHeaderNamesTheFields(t *testing.T) {
	want := []string{ // F1.001, F1.101-F1.114
		"version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport",
		"protocol", "packets", "bytes", "start", "end", "action", "log-status",
	}
	assert.Equal(t, want, strings.Split(flowlog.Default.Header(), " "))
}

func TestRecordJSON(t *testing.T) {
	for _, tt := range lines {
		t.Run(tt.name, func(t *testing.T) {
			data, err := json.Marshal(tt.want)
			require.NoError(t, err)
			var back flowlog.Record
			require.NoError(t, json.Unmarshal(data, &back))
			assert.Equal(t, tt.want, back)
		})
	}
}

func TestRecordsWithoutALine(t *testing.T) {
	good := lines[0].want
	with := func(change func(*flowlog.Record)) flowlog.Record {
		r := good
		change(&r)
		return r
	}
	for _, tt := range []struct {
		name   string
		record flowlog.Record
		field  string
	}{
		{"F1.114 zero record", flowlog.Record{}, "log-status"},
		{"F1.101 version 3", with(func(r *flowlog.Record) { r.Version = 3 }), "version"},
		{"F1.102 newline in the account", with(func(r *flowlog.Record) { r.AccountID = "1\n2" }), "account-id"},
		{"F1.103 blank in the interface", with(func(r *flowlog.Record) { r.InterfaceID = "my eni" }), ""},
		{"F1.103 no UTF-8 in the interface", with(func(r *flowlog.Record) { r.InterfaceID = "eni\xff" }), "interface-id"},
		{"F1.104 zone in the source", with(func(r *flowlog.Record) { r.SrcAddr = addr("fe80::1%eth0") }), "srcaddr"},
		{"F1.105 IPv4 in IPv6", with(func(r *flowlog.Record) { r.DstAddr = addr("::ffff:10.0.0.1") }), "dstaddr"},
		{"F1.109 negative packets", with(func(r *flowlog.Record) { r.Packets = -1 }), "packets"},
		{"F1.110 negative bytes", with(func(r *flowlog.Record) { r.Bytes = -1 }), "bytes"},
		{"F1.111 before 1970", with(func(r *flowlog.Record) { r.Start = -1 }), "start"},
		{"F1.112 before 1970", with(func(r *flowlog.Record) { r.End = -1 }), "end"},
		{"F1.113 action without a name", with(func(r *flowlog.Record) { r.Action = 9 }), "action"},
		{"F1.114 unspecified status", with(func(r *flowlog.Record) { r.LogStatus = 0 }), "log-status"},
		{"F1.114 status without a name", with(func(r *flowlog.Record) { r.LogStatus = 9 }), "log-status"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var wrong *flowlog.ParseError
			require.ErrorAs(t, tt.record.Check(flowlog.Default), &wrong)
			assert.Equal(t, tt.field, wrong.Field.String())
			assert.NotEmpty(t, tt.record.String(), "still prints")
		})
	}
}

// The same in fields that came later.
func TestRecordsWithoutACustomLine(t *testing.T) {
	for _, tt := range []struct {
		name   string
		record flowlog.Record
		field  flowlog.Field
	}{
		{"F1.119 type without a name", flowlog.Record{Type: 9}, flowlog.FieldType},
		{"F1.120 IPv4 in IPv6", flowlog.Record{PktSrcAddr: addr("::ffff:10.0.0.1")}, flowlog.FieldPktSrcAddr},
		{"F1.128 direction without a name", flowlog.Record{FlowDirection: 9}, flowlog.FieldFlowDirection},
		{"F1.142 status without a code", flowlog.Record{EncryptionStatus: 9}, flowlog.FieldEncryptionStatus},
		{"F1.143 a tag with a blank", flowlog.Record{InstanceTag: "front\tend"}, flowlog.FieldInstanceTag},
		{"F1.004 version 6", flowlog.Record{Version: 6}, flowlog.FieldVersion},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.record.LogStatus = flowlog.StatusOK
			var wrong *flowlog.ParseError
			require.ErrorAs(t, tt.record.Check(flowlog.All), &wrong)
			assert.Equal(t, tt.field, wrong.Field)
		})
	}
}

// A record that AWS would not write is printed as it is, so that a person sees what is wrong.
func TestNegativeNumbers(t *testing.T) {
	r := flowlog.Record{Packets: -1, Bytes: -1418530010, Start: math.MinInt64, LogStatus: flowlog.StatusOK}
	assert.Equal(t, "2 - - - - 0 0 0 -1 -1418530010 -9223372036854775808 0 - OK", r.String())
}

func TestAppendAllocatesNothing(t *testing.T) {
	buf := make([]byte, 0, 256)
	for _, tt := range lines {
		assert.Zero(t, testing.AllocsPerRun(100, func() { buf = tt.want.Append(buf[:0], flowlog.Default) }), tt.name)
		assert.Zero(t, testing.AllocsPerRun(100, func() { _ = tt.want.Check(flowlog.Default) }), tt.name)
	}
}
