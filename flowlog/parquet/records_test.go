package parquet_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
)

// file is lines of one format, as a file of text has them. Most are examples of AWS's page
// flow-logs-records-examples.
type file struct {
	name, format string
	lines        string
}

var files = []file{
	{"F1.701 F1.702 the default format, accepted and rejected", flowlog.Default.Header(), `
		2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK
		2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK`},
	{"F1.703 F1.704 nothing but the interval", flowlog.Default.Header(), `
		2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA
		2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1431280876 1431280934 - SKIPDATA`},
	{"F1.707 IPv6", flowlog.Default.Header(), `
		2 123456789010 eni-1235b8ca123456789 2001:db8:1234:a100:8d6e:3477:df66:f105 2001:db8:1234:a102:3304:8879:34cf:4071 34892 22 6 54 8855 1477913708 1477913820 ACCEPT OK`},
	{"F1.810 fields in an order of the format's own", "traffic-path flow-direction pkt-dst-aws-service end version", `
		8 egress S3 1418530070 5
		- ingress - 1418530070 5`},
	{"the largest numbers", "srcport protocol tcp-flags bytes end log-status", `
		65535 255 255 9223372036854775807 9223372036854775807 OK
		0 0 0 0 0 OK`},
	{"every field", flowlog.All.Header(), everyField + "\n" + hardlyAnyField},
}

// everyField is a line of [flowlog.All] in which no field is "-", made up.
const everyField = `11 123456789010 eni-1 10.0.1.4 203.0.113.7 49152 443 6 12 3456 1418530010 1418530070 ACCEPT OK ` +
	`vpc-1 subnet-1 i-1 19 IPv4 10.0.1.4 203.0.113.7 us-east-1 use1-az1 localzone use1-lax1-az1 EC2 S3 egress 8 ` +
	`arn:aws:ecs:us-east-1:123456789010:cluster/c c arn:aws:ecs:us-east-1:123456789010:container-instance/c/1 ` +
	`2 3 4 web arn:aws:ecs:us-east-1:123456789010:task-definition/t:1 arn:aws:ecs:us-east-1:123456789010:task/c/5 5 ` +
	`BPA nat-1 3 team%20a b c d e f nat_gateway eni-2 subnet-2 use1-az2 vpc-1 vpc_endpoint`

// hardlyAnyField is a line of [flowlog.All] with "-" wherever that may stand.
var hardlyAnyField = "11" + strings.Repeat(" -", int(flowlog.FieldLogStatus)-2) + " NODATA" +
	strings.Repeat(" -", len(flowlog.All)-int(flowlog.FieldLogStatus))

// read gives the file's format and lines, and the records that they are.
func (f file) read(t *testing.T) (format flowlog.Format, lines []string, records []flowlog.Record) {
	t.Helper()
	format = flowlog.MustParseFormat(f.format)
	for line := range strings.SplitSeq(strings.TrimSpace(f.lines), "\n") {
		line = strings.TrimSpace(line)
		r, err := flowlog.ParseLine(format, line)
		require.NoError(t, err)
		lines, records = append(lines, line), append(records, r)
	}
	return format, lines, records
}
