package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog/deliver"
	"github.com/packetwalk/packetwalk/flowlog/parquet"
	"github.com/packetwalk/packetwalk/internal/golden"
)

func output(t *testing.T) string {
	var out strings.Builder
	require.NoError(t, run(&out))
	return out.String()
}

func TestOutput(t *testing.T) { golden.Equal(t, "testdata/output.txt", output(t)) }

// TestClaims: what becomes of each connection, by AWS's rules and not by what is printed.
func TestClaims(t *testing.T) {
	const dropped = ": request dropped at security group web-sg: ENI_SG_RULES_MISMATCH"
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "F1.501 a customer", Line: customer + " -> web tcp/443: works"},
		{Name: "F1.501 the database", Line: "web -> db tcp/5432: works"},
		{Name: "item 148 a scan", Line: scanner + " -> web tcp/22" + dropped},
		{Name: "item 148 a port of the notes' example", Line: scanner + " -> web tcp/766" + dropped},
		{Name: "item 148 another", Line: scanner + " -> web tcp/3389" + dropped},
		{Name: "item 148 and the other of the notes' example", Line: scanner + " -> web tcp/8088" + dropped},
		{Name: "item 148 UDP", Line: scanner + " -> web udp/53" + dropped},
		{Name: "F1.502 no rule for it", Line: "report -> db tcp/5432: request dropped at security group db-sg: ENI_SG_RULES_MISMATCH"},
		{Name: "F1.513 by the NAT gateway", Line: "db -> " + s3 + " tcp/443: works"},
		{Name: "F1.501 the customer again", Line: customer + " -> web tcp/443: works"},
		{Name: "F1.501 over the peering", Line: "desk -> web tcp/443: works"},
	})
}

// answers gives the words of each row that the queries print, without those of the columns' names.
func answers(t *testing.T) (list [][]string) {
	blocks := strings.Split(output(t), "\n\n")
	for i, b := range blocks {
		if !strings.Contains(b, "\n     FROM ") {
			continue
		}
		var rows []string
		for line := range strings.Lines(blocks[i+1]) {
			rows = append(rows, strings.Join(strings.Fields(line), " "))
		}
		require.NotEmpty(t, rows)
		list = append(list, rows[1:])
	}
	return list
}

// TestAnswers wants of each query what follows from the traffic. A page is a request of 500 bytes and an
// answer of 10,000, 7 segments of at most 1460: the caller sends a SYN, an ACK, the request, 4 ACKs, a FIN
// and an ACK, 9 packets with headers of 40 bytes; the other end a SYN with ACK, an ACK, the 7 segments and a
// FIN. The backup is 685 segments with a SYN, an ACK, a FIN and an ACK. Noon of 2020-05-04 is 1588593600 in
// Unix seconds, and that of 2020-05-13 nine days later.
func TestAnswers(t *testing.T) {
	const at4, at13, nodata = "1588593600 1588593600 ACCEPT OK 2020-05-04", "1589371200 1589371200 ACCEPT OK 2020/05/13",
		"- - NULL NULL NULL NULL NULL 1588593660 1588593719 - NODATA 2020-05-04"
	const scan = "2 2020-05-05 web-eni 198.51.100.99 REJECT 6"
	want := []struct {
		name string
		rows []string
	}{
		{"item 152 F1.801 a day's records, at each interface", []string{
			"2 123456789012 db-eni 10.0.1.14 10.0.2.5 49153 5432 6 9 860 " + at4,
			"2 123456789012 db-eni 10.0.2.5 10.0.1.14 5432 49153 6 10 10400 " + at4,
			"2 123456789012 web-eni 203.0.113.12 10.0.1.14 49152 443 6 9 860 " + at4,
			"2 123456789012 web-eni 10.0.1.14 203.0.113.12 443 49152 6 10 10400 " + at4,
			"2 123456789012 web-eni 10.0.1.14 10.0.2.5 49153 5432 6 9 860 " + at4,
			"2 123456789012 web-eni 10.0.2.5 10.0.1.14 5432 49153 6 10 10400 " + at4,
			"2 123456789012 db-eni " + nodata, // F1.651
			"2 123456789012 web-eni " + nodata,
		}},
		{"item 152 rejected TCP connections: of the scan all but UDP", []string{scan, scan, scan, scan, "3 2020-05-06 db-eni 10.0.2.7 REJECT 6"}},
		{"item 154 malicious behaviour", []string{"198.51.100.99 5 5"}},
		{"item 154 troubleshooting: a SYN, sent again twice", []string{"db-eni 10.0.2.7 5432 3"}},
		{"item 152 the last seven days", []string{"9 10.0.1.14"}},
		{"item 154 F1.513 usage: three pages, and a backup at three interfaces", []string{"1378 52.216.1.1", "689 10.0.1.4", "27 10.0.1.14"}},
		{"item 152 F1.801 by projection", []string{"2 123456789012 web-eni 10.117.1.22 10.0.1.14 49162 443 6 9 860 " + at13}},
		{"item 152 F1.502 F1.508 each end for itself, SYNs after 1 and 2 seconds more", []string{
			"db-eni 10.0.2.7 REJECT 6 2020-05-06T12:00:00.000Z 2020-05-06T12:00:03.000Z",
			"report-eni 10.0.2.7 ACCEPT 6 2020-05-06T12:00:00.000Z 2020-05-06T12:00:03.000Z",
		}},
		{"item 154 F1.303 F1.811 by which way: 1,000,000 bytes and 689 headers", []string{"db-eni S3 1 1027560", "nat-eni S3 8 1027560"}},
		{"F1.204 F1.513 who answered, and who handed an answer on", []string{
			"db-eni 10.0.1.14 ACCEPT", "web-eni 203.0.113.12 ACCEPT", "nat-eni 10.0.2.5 ACCEPT", "web-eni 203.0.113.12 ACCEPT", "web-eni 10.117.1.22 ACCEPT",
		}},
	}
	got := answers(t)
	require.Len(t, got, len(want))
	for i, w := range want {
		assert.Empty(t, cmp.Diff(w.rows, got[i]), w.name)
	}
}

// lived gives the lesson after its days, with the bucket full.
func lived(t *testing.T) *story {
	s, err := begin(io.Discard)
	require.NoError(t, err)
	t.Cleanup(s.close)
	require.NoError(t, happen(s))
	require.NotEmpty(t, s.bucket)
	return s
}

// TestTablesFitTheFiles: item 152 F1.806 F1.809 F1.810 the columns of the statements are those of the files,
// in their order.
func TestTablesFitTheFiles(t *testing.T) {
	s := lived(t)
	for _, name := range s.bucket.Keys() {
		key, err := deliver.ParseKey(name)
		require.NoError(t, err)
		assert.Equal(t, key.Hive, key.Parquet, name)
		into, header := byDate, ""
		if key.Parquet {
			into = byHour
			format, _, err := parquet.Read(bytes.NewReader(s.bucket[name]), int64(len(s.bucket[name])))
			require.NoError(t, err)
			header = format.Header()
		} else {
			unzipped, err := gzip.NewReader(bytes.NewReader(s.bucket[name]))
			require.NoError(t, err)
			text, err := io.ReadAll(unzipped)
			require.NoError(t, err)
			header, _, _ = strings.Cut(string(text), "\n")
		}
		table, err := s.table(into)
		require.NoError(t, err)
		var columns []string
		for _, c := range table.Columns() {
			columns = append(columns, strings.ReplaceAll(c.Name, "_", "-"))
		}
		assert.Equal(t, strings.Fields(header), columns, name)
	}
}

// TestTablesFindTheFiles: item 152 F1.801 F1.802 F1.803 each file lies where its table looks on its day.
func TestTablesFindTheFiles(t *testing.T) {
	s := lived(t)
	const bucket = "s3://amzn-s3-demo-bucket/"
	plain, err := s.table(byDate)
	require.NoError(t, err)
	folders := make(map[string]bool)
	for _, d := range days() {
		statement, err := plain.AddPartition(d.date)
		require.NoError(t, err)
		_, at, _ := strings.Cut(statement, "LOCATION '")
		folders[strings.TrimSuffix(at, "'")] = true
		folders[bucket+"parquet/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/"+
			d.date.Format("year=2006/month=01/day=02/hour=15")] = true
	}
	found := make(map[string]bool)
	for _, name := range s.bucket.Keys() {
		folder := bucket + name[:strings.LastIndex(name, "/")]
		assert.True(t, folders[folder], "no table looks into %s", folder)
		found[folder] = true
	}
	assert.Empty(t, cmp.Diff(folders, found), "each day has its folders")
	_, err = s.table("none")
	assert.ErrorContains(t, err, `"none"`)
}

// TestErrorsAreTold: a question that is none, a statement that a table has not, a file that is broken, and a
// full disk.
func TestErrorsAreTold(t *testing.T) {
	s := lived(t)
	for _, c := range []struct {
		name string
		step step
		want string
	}{
		{"no SQL", ask("DROP TABLE vpc_flow_logs"), "scene 3: "},
		{"no such table", create("none"), `scene 3: no table "none"`},
		{"a day of a table that is repaired", add(byHour), "use Repair"},
		{"a repair of a table by date", repair(byDate), "set HiveCompatiblePartitions"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.ErrorContains(t, scene{steps: []step{c.step}}.play(s, 3), c.want)
		})
	}
	for _, name := range s.bucket.Keys() {
		assert.Error(t, load(s.db, deliver.Files{name: s.bucket[name][:9]}), name)
	}
	assert.Error(t, load(s.db, deliver.Files{"readme.txt": nil}))
	assert.ErrorIs(t, run(full{}), errFull)
}

var errFull = errors.New("full")

// full takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
