package flowlog_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/shareddata"
)

// documented are the example records of AWS's page flow-logs-records-examples, a table for each of its
// formats.
var documented = []struct {
	name    string
	format  string // the order of the fields, as the page gives it
	version int    // of the format (F1.003)
	lines   []documentedLine
}{
	{
		"default", "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status", 2,
		[]documentedLine{
			{"F1.701 accepted SSH", "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK"},
			{"F1.702 rejected RDP", "2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK"},
			{"F1.703 no data", "2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA"},
			{"F1.704 skipped data", "2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1431280876 1431280934 - SKIPDATA"},
			{"F1.705 ping in", "2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 ACCEPT OK"},
			{"F1.706 its reply, denied", "2 123456789010 eni-1235b8ca123456789 172.31.16.139 203.0.113.12 0 0 1 4 336 1432917094 1432917142 REJECT OK"},
			{"F1.707 IPv6", "2 123456789010 eni-1235b8ca123456789 2001:db8:1234:a100:8d6e:3477:df66:f105 2001:db8:1234:a102:3304:8879:34cf:4071 34892 22 6 54 8855 1477913708 1477913820 ACCEPT OK"},
		},
	},
	{
		"TCP flags", "version vpc-id subnet-id instance-id interface-id account-id type srcaddr dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes packets start end action tcp-flags log-status", 3,
		[]documentedLine{
			{"F1.708 the first connection's client", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 52.213.180.42 10.0.0.62 43416 5001 52.213.180.42 10.0.0.62 6 568 8 1566848875 1566848933 ACCEPT 2 OK"},
			{"F1.709 its server", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 10.0.0.62 52.213.180.42 5001 43416 10.0.0.62 52.213.180.42 6 376 7 1566848875 1566848933 ACCEPT 18 OK"},
			{"F1.710 the second's client", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 52.213.180.42 10.0.0.62 43418 5001 52.213.180.42 10.0.0.62 6 100701 70 1566848875 1566848933 ACCEPT 2 OK"},
			{"F1.711 its server", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 10.0.0.62 52.213.180.42 5001 43418 10.0.0.62 52.213.180.42 6 632 12 1566848875 1566848933 ACCEPT 18 OK"},
			{"F1.712 its end, the server", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 10.0.0.62 52.213.180.42 5001 43418 10.0.0.62 52.213.180.42 6 63388 1219 1566848933 1566849113 ACCEPT 1 OK"},
			{"F1.713 its end, the client", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 52.213.180.42 10.0.0.62 43418 5001 52.213.180.42 10.0.0.62 6 23294588 15774 1566848933 1566849113 ACCEPT 1 OK"},
			{"F1.714 a short connection's client", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 52.213.180.42 10.0.0.62 43638 5001 52.213.180.42 10.0.0.62 6 1260 17 1566933133 1566933193 ACCEPT 3 OK"},
			// On the page this line has two blanks after 43638, see TestPageTypo.
			{"F1.715 its server", "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 10.0.0.62 52.213.180.42 5001 43638 10.0.0.62 52.213.180.42 6 967 14 1566933133 1566933193 ACCEPT 19 OK"},
		},
	},
	{
		"zonal NAT gateway", "instance-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr", 3,
		[]documentedLine{
			{"F1.716 from the instance", "- eni-1235b8ca123456789 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5"},
			{"F1.717 to the host", "- eni-1235b8ca123456789 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5"},
			{"F1.718 from the host", "- eni-1235b8ca123456789 203.0.113.5 10.0.0.220 203.0.113.5 10.0.0.220"},
			{"F1.719 to the instance", "- eni-1235b8ca123456789 10.0.0.220 10.0.1.5 203.0.113.5 10.0.1.5"},
			{"F1.720 the instance out", "i-01234567890123456 eni-1111aaaa2222bbbb3 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5"},
			{"F1.721 the instance in", "i-01234567890123456 eni-1111aaaa2222bbbb3 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5"},
		},
	},
	{
		"regional NAT gateway", "resource-id instance-id interface-id subnet-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr", 9,
		[]documentedLine{
			{"F1.722 from the instance", "nat-1234567890abcdef - - - 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5"},
			{"F1.723 to the host", "nat-1234567890abcdef - - - 107.22.182.139 203.0.113.5 107.22.182.139 203.0.113.5"},
			{"F1.724 from the host", "nat-1234567890abcdef - - - 203.0.113.5 107.22.182.139 203.0.113.5 107.22.182.139"},
			{"F1.725 to the instance", "nat-1234567890abcdef - - - 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5"},
			{"F1.726 the instance out", "- i-01234567890123456 eni-1111aaaa2222bbbb3 subnet-aaaaaaaa012345678 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5"},
			{"F1.727 the instance in", "- i-01234567890123456 eni-1111aaaa2222bbbb3 subnet-aaaaaaaa012345678 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5"},
		},
	},
	{
		"transit gateway", "version interface-id account-id vpc-id subnet-id instance-id srcaddr dstaddr srcport dstport protocol tcp-flags type pkt-srcaddr pkt-dstaddr action log-status", 3,
		[]documentedLine{
			{"F1.728 the server's interface, request", "3 eni-33333333333333333 123456789010 vpc-abcdefab012345678 subnet-22222222bbbbbbbbb i-01234567890123456 10.20.33.164 10.40.2.236 39812 80 6 3 IPv4 10.20.33.164 10.40.2.236 ACCEPT OK"},
			{"F1.729 the server's interface, response", "3 eni-33333333333333333 123456789010 vpc-abcdefab012345678 subnet-22222222bbbbbbbbb i-01234567890123456 10.40.2.236 10.20.33.164 80 39812 6 19 IPv4 10.40.2.236 10.20.33.164 ACCEPT OK"},
			{"F1.730 the gateway's interface, request", "3 eni-11111111111111111 123456789010 vpc-abcdefab012345678 subnet-11111111aaaaaaaaa - 10.40.1.175 10.40.2.236 39812 80 6 3 IPv4 10.20.33.164 10.40.2.236 ACCEPT OK"},
			{"F1.731 the gateway's interface, response", "3 eni-22222222222222222 123456789010 vpc-abcdefab012345678 subnet-22222222bbbbbbbbb - 10.40.2.236 10.40.2.31 80 39812 6 19 IPv4 10.40.2.236 10.20.33.164 ACCEPT OK"},
		},
	},
	{
		"version 5", "version srcaddr dstaddr srcport dstport protocol start end type packets bytes account-id vpc-id subnet-id instance-id interface-id region az-id sublocation-type sublocation-id action tcp-flags pkt-srcaddr pkt-dstaddr pkt-src-aws-service pkt-dst-aws-service traffic-path flow-direction log-status", 5,
		[]documentedLine{
			{"F1.732 S3 answers", "5 52.95.128.179 10.0.0.71 80 34210 6 1616729292 1616729349 IPv4 14 15044 123456789012 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-0c50d5961bcb2d47b eni-1235b8ca123456789 ap-southeast-2 apse2-az3 - - ACCEPT 19 52.95.128.179 10.0.0.71 S3 - - ingress OK"},
			{"F1.733 the request to S3", "5 10.0.0.71 52.95.128.179 34210 80 6 1616729292 1616729349 IPv4 7 471 123456789012 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-0c50d5961bcb2d47b eni-1235b8ca123456789 ap-southeast-2 apse2-az3 - - ACCEPT 3 10.0.0.71 52.95.128.179 - S3 8 egress OK"},
		},
	},
}

type documentedLine struct{ name, line string }

// Each documented record comes back byte for byte, by itself and as a file with its header line.
func TestDocumentedRecords(t *testing.T) {
	for _, table := range documented {
		format, err := flowlog.ParseFormat(table.format)
		require.NoError(t, err)
		assert.Equal(t, table.version, format.Version(), "F1.003 %s", table.name)
		file := table.format + "\n"
		for _, tt := range table.lines {
			t.Run(tt.name, func(t *testing.T) {
				r, err := flowlog.ParseLine(format, tt.line)
				require.NoError(t, err)
				assert.Equal(t, tt.line, string(r.Append(nil, format)))
			})
			file += tt.line + "\n"
		}
		assert.Equal(t, file, throughReader(t, file), table.name)
	}
}

// The page's last line of F1.708-F1.715 has two blanks after a port. Between them is an empty field, which
// AWS's records do not have, so the line is refused and tells the number of fields.
func TestPageTypo(t *testing.T) {
	table := documented[1]
	line := strings.Replace(table.lines[7].line, " 43638 ", " 43638  ", 1)
	_, err := flowlog.ParseLine(flowlog.MustParseFormat(table.format), line)
	assert.ErrorContains(t, err, "the number of fields is 22: want 21, with one blank between them")
}

// throughReader reads a file that begins with a header line, and writes it anew.
func throughReader(t *testing.T, file string) string {
	t.Helper()
	r := flowlog.NewReader(strings.NewReader(file))
	var records []flowlog.Record
	for record, err := range r.All() {
		require.NoError(t, err)
		records = append(records, record)
	}
	var out bytes.Buffer
	w := flowlog.NewWriter(&out, r.Format(), true)
	for _, record := range records {
		require.NoError(t, w.Write(record))
	}
	require.NoError(t, w.Flush())
	return out.String()
}

// Files of other projects' tests come back byte for byte.
func TestSharedFiles(t *testing.T) {
	dir := shareddata.Dir(t, "flow-logs")
	logs, err := filepath.Glob(filepath.Join(dir, "*.log"))
	require.NoError(t, err)
	require.NotEmpty(t, logs)
	for _, path := range logs {
		t.Run(filepath.Base(path), func(t *testing.T) {
			file, err := os.ReadFile(path)
			require.NoError(t, err)
			back := throughReader(t, string(file))
			assert.Equal(t, strings.TrimSuffix(string(file), "\n"), strings.TrimSuffix(back, "\n"))
		})
	}
}

// The payload of a subscription holds the same two lines as the file with a header line.
func TestSharedPayload(t *testing.T) {
	dir := shareddata.Dir(t, "flow-logs")
	payload, err := os.Open(filepath.Join(dir, "otel-cloudwatch-subscription.json"))
	require.NoError(t, err)
	defer payload.Close()
	want, err := os.ReadFile(filepath.Join(dir, "otel-default-with-header.log"))
	require.NoError(t, err)
	got := flowlog.Default.Header() + "\n"
	for r, err := range flowlog.NewReader(payload).All() {
		require.NoError(t, err)
		got += r.String() + "\n"
	}
	assert.Equal(t, strings.TrimSpace(string(want)), strings.TrimSpace(got))
}
