package flowlog_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

func TestParseRefuses(t *testing.T) {
	const line = "2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK"
	with := func(field int, value string) string {
		f := strings.Split(line, " ")
		f[field] = value
		return strings.Join(f, " ")
	}
	const (
		port    = "want a number from 0 to 65535 without leading zeros, or -"
		number  = "want a number from 0 to 9223372036854775807 without leading zeros, or -"
		word    = "want a text of printable characters without blanks, or -"
		version = "want a version of flow logs, 2 to 5 or 7 to 11, and 2 at most for the fields of this format"
	)
	for _, tt := range []struct{ name, line, want string }{
		{"F1.001 nothing", "", "the number of fields is 1: want 14, with one blank between them"},
		{"F1.001 13 fields", strings.TrimSuffix(line, " OK"), "the number of fields is 13: want 14, with one blank between them"},
		{"F1.001 15 fields", line + " OK", "the number of fields is 15: want 14, with one blank between them"},
		{"F1.001 blank before", " " + line, "the number of fields is 15: want 14, with one blank between them"},
		{"F1.001 blank after", line + " ", "the number of fields is 15: want 14, with one blank between them"},
		{"F1.001 the header", flowlog.Default.Header(), `version "version": ` + version},
		{"F1.101 version 3", with(0, "3"), `version "3": ` + version},
		{"F1.101 version 02", with(0, "02"), `version "02": ` + version},
		{"F1.101 no version", with(0, "-"), `version "-": ` + version},
		{"F1.102 empty account", with(1, ""), `account-id "": ` + word},
		{"F1.103 tab in the interface", with(2, "eni\t1"), `interface-id "eni\t1": ` + word},
		{"F1.104 no address", with(3, "10.0.0"), `srcaddr "10.0.0": want an IPv4 or IPv6 address, or -`},
		{"F1.104 a zone", with(3, "fe80::1%eth0"), `srcaddr "fe80::1%eth0": want an IPv4 or IPv6 address, or -`},
		{"F1.105 a prefix", with(4, "10.0.0.0/8"), `dstaddr "10.0.0.0/8": want an IPv4 or IPv6 address, or -`},
		{"F1.105 a longer spelling", with(4, "2001:DB8:0::1"), `dstaddr "2001:DB8:0::1": want the shortest spelling, 2001:db8::1`},
		{"F1.105 IPv4 in IPv6", with(4, "::ffff:10.0.0.1"), `dstaddr "::ffff:10.0.0.1": want the IPv4 address as 10.0.0.1`},
		{"F1.106 port too large", with(5, "65536"), `srcport "65536": ` + port},
		{"F1.106 negative", with(5, "-1"), `srcport "-1": ` + port},
		{"F1.107 leading zero", with(6, "022"), `dstport "022": ` + port},
		{"F1.107 empty", with(6, ""), `dstport "": ` + port},
		{"F1.108 a name", with(7, "tcp"), `protocol "tcp": want a number from 0 to 255 without leading zeros, or -`},
		{"F1.108 too large", with(7, "256"), `protocol "256": want a number from 0 to 255 without leading zeros, or -`},
		{"F1.109 negative", with(8, "-20"), `packets "-20": ` + number},
		{"F1.109 too large", with(8, "9223372036854775808"), `packets "9223372036854775808": ` + number},
		{"F1.110 a plus sign", with(9, "+4249"), `bytes "+4249": ` + number},
		{"F1.110 a fraction", with(9, "4249.0"), `bytes "4249.0": ` + number},
		{"F1.111 a date", with(10, "2014-12-14"), `start "2014-12-14": ` + number},
		{"F1.112 negative", with(11, "-1418530070"), `end "-1418530070": ` + number},
		{"F1.113 small letters", with(12, "accept"), `action "accept": want ACCEPT, REJECT or -`},
		{"F1.114 unknown", with(13, "DONE"), `log-status "DONE": want OK, NODATA or SKIPDATA`},
		{"F1.114 none", with(13, "-"), `log-status "-": want OK, NODATA or SKIPDATA`},
		{"F1.114 newline", line + "\n", `log-status "OK\n": want OK, NODATA or SKIPDATA`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := flowlog.ParseLine(flowlog.Default, tt.line)
			var wrong *flowlog.ParseError
			require.ErrorAs(t, err, &wrong)
			assert.Equal(t, tt.line, wrong.Line)
			assert.Contains(t, err.Error(), strconv.Quote(tt.line), "quotes the line")
			assert.True(t, strings.HasSuffix(err.Error(), "\": "+tt.want), "got %v\nwant %s", err, tt.want)
			assert.Zero(t, r)
		})
	}
}

// Any record that has a line comes back from it.
func TestParseLineReadsWhatAppendWrites(t *testing.T) {
	count := rapid.Int64Min(0)
	port := rapid.Uint16()
	address := rapid.SampledFrom([]string{"10.0.0.1", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1:0:0:1"})
	id := rapid.SampledFrom([]string{"", "unknown", "123456789010", "eni-1", "web.eni", "ä"})
	rapid.Check(t, func(t *rapid.T) {
		want := flowlog.Record{
			Version:     2,
			AccountID:   id.Draw(t, "account"),
			InterfaceID: id.Draw(t, "interface"),
			SrcAddr:     addr(address.Draw(t, "src")),
			DstAddr:     addr(address.Draw(t, "dst")),
			SrcPort:     port.Draw(t, "srcport"),
			DstPort:     port.Draw(t, "dstport"),
			Protocol:    packet.Protocol(rapid.Uint8().Draw(t, "protocol")),
			Packets:     count.Draw(t, "packets"),
			Bytes:       count.Draw(t, "bytes"),
			Start:       count.Draw(t, "start"),
			End:         count.Draw(t, "end"),
			Action:      flowlog.Action(rapid.Uint8Max(2).Draw(t, "action")),
			LogStatus:   flowlog.Status(rapid.Uint8Range(1, 3).Draw(t, "status")),
			Missing:     noFlags,
		}
		require.NoError(t, want.Check(flowlog.Default))
		got, err := flowlog.ParseLine(flowlog.Default, want.String())
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

// What Parse accepts, it gives back byte for byte.
func FuzzParse(f *testing.F) {
	for _, tt := range lines {
		f.Add(tt.line)
	}
	f.Add(flowlog.Default.Header())
	f.Add("2  123456789010 eni-1 - - - - - - - 01 +2 - NODATA")
	f.Add("2 a\u00a0b \x00 ::FFFF:1.2.3.4 fe80::1%a -0 00 1e1 0x1 1_0 \xff 1 accept ok")
	f.Fuzz(func(t *testing.T, line string) {
		r, err := flowlog.ParseLine(flowlog.Default, line)
		if err != nil {
			require.ErrorAs(t, err, new(*flowlog.ParseError))
			return
		}
		require.Equal(t, line, r.String())
		require.NoError(t, r.Check(flowlog.Default))
		again, err := flowlog.ParseLine(flowlog.Default, line)
		require.NoError(t, err)
		require.Equal(t, r, again)
	})
}
