package flowlog_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/packetwalk/packetwalk/flowlog"
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
		{"F1.110 larger than 64 bits", with(9, "18446744073709555865"), `bytes "18446744073709555865": ` + number},
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

// An error quotes no more of a line than a person reads.
func TestParseLineOfALongLine(t *testing.T) {
	_, err := flowlog.ParseLine(flowlog.Default, strings.Repeat("a", 100_000))
	require.Error(t, err)
	assert.Less(t, len(err.Error()), 5000)
	assert.ErrorContains(t, err, "(100000 bytes)")
}

// anyFormat draws a format with some of the fields in some order.
func anyFormat(t *rapid.T) flowlog.Format {
	shuffled := rapid.Permutation(flowlog.Fields()).Draw(t, "fields")
	return flowlog.Format(shuffled[:rapid.IntRange(1, len(shuffled)).Draw(t, "how many")])
}

// anyRecord draws a record that has a line in the format, with nothing in it that the format does not show.
func anyRecord(t *rapid.T, format flowlog.Format) flowlog.Record {
	count := rapid.OneOf(rapid.Int64Range(0, 100_000), rapid.Int64Min(0))
	address := rapid.SampledFrom([]string{"-", "10.0.0.1", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1:0:0:1"})
	word := rapid.SampledFrom([]string{"-", "unknown", "123456789010", "eni-1", "web.eni", "ä", "S3", "%20", "a,b=c"})
	var line []string
	for _, f := range format {
		var text string
		switch f {
		case flowlog.FieldVersion:
			text = strconv.Itoa(format.Version())
		case flowlog.FieldSrcAddr, flowlog.FieldDstAddr, flowlog.FieldPktSrcAddr, flowlog.FieldPktDstAddr:
			text = address.Draw(t, f.String())
		case flowlog.FieldSrcPort, flowlog.FieldDstPort:
			text = strconv.Itoa(int(rapid.Uint16().Draw(t, f.String())))
		case flowlog.FieldProtocol, flowlog.FieldTCPFlags:
			text = strconv.Itoa(int(rapid.Uint8().Draw(t, f.String())))
		case flowlog.FieldPackets, flowlog.FieldBytes, flowlog.FieldStart, flowlog.FieldEnd:
			text = strconv.FormatInt(count.Draw(t, f.String()), 10)
		case flowlog.FieldAction:
			text = rapid.SampledFrom([]string{"-", "ACCEPT", "REJECT"}).Draw(t, f.String())
		case flowlog.FieldLogStatus:
			text = rapid.SampledFrom([]string{"OK", "NODATA", "SKIPDATA"}).Draw(t, f.String())
		case flowlog.FieldType:
			text = rapid.SampledFrom([]string{"-", "IPv4", "IPv6", "EFA"}).Draw(t, f.String())
		case flowlog.FieldFlowDirection:
			text = rapid.SampledFrom([]string{"-", "ingress", "egress"}).Draw(t, f.String())
		case flowlog.FieldTrafficPath:
			text = rapid.SampledFrom([]string{"-", "1", "8", "255"}).Draw(t, f.String())
		case flowlog.FieldEncryptionStatus:
			text = rapid.SampledFrom([]string{"-", "0", "1", "2", "3"}).Draw(t, f.String())
		default:
			text = word.Draw(t, f.String())
		}
		line = append(line, text)
	}
	r, err := flowlog.ParseLine(format, strings.Join(line, " "))
	require.NoError(t, err)
	require.Equal(t, strings.Join(line, " "), string(r.Append(nil, format)))
	return r
}

// A line of any format comes back byte for byte, and by the fields' texts one by one.
func TestParseLineReadsWhatAppendWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		format := anyFormat(t)
		r := anyRecord(t, format)
		require.NoError(t, r.Check(format))
		var texts []string
		for _, f := range format {
			text, ok := r.Text(f)
			if !ok {
				text = "-"
			}
			texts = append(texts, text)
		}
		require.Equal(t, strings.Join(texts, " "), string(r.Append(nil, format)))
	})
}

// The default fields are written in one go where a format begins with them: to the same effect as one by one.
func TestAppendOfDefaultFields(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyRecord(t, flowlog.All)
		want := strings.SplitN(string(r.Append(nil, append(flowlog.Format{flowlog.FieldVPCID}, flowlog.Default...))), " ", 2)[1]
		require.Equal(t, want, r.String())
		r.Version = 0
		want = strings.Replace(want, "11 ", "2 ", 1)
		require.Equal(t, want, r.String())
	})
}
