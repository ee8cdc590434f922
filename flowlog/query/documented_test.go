package query_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/athena"
	"github.com/packetwalk/packetwalk/flowlog/query"
)

// records reads lines of the default format.
func records(t testing.TB, lines string) (list []flowlog.Record) {
	t.Helper()
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		r, err := flowlog.ParseLine(flowlog.Default, strings.TrimSpace(line))
		require.NoError(t, err)
		list = append(list, r)
	}
	return list
}

// rejected has one line of each kind that the queries tell apart. 1588550400 is Monday 2020-05-04 00:00 UTC.
const rejected = `
	2 123456789010 eni-1 198.51.100.9 10.117.1.22 40001 22 6 1 40 1588550400 1588550459 REJECT OK
	2 123456789010 eni-1 198.51.100.9 10.117.1.22 40002 53 17 1 60 1588550400 1588550459 REJECT OK
	2 123456789010 eni-1 198.51.100.9 10.117.1.22 40003 443 6 10 5000 1588550400 1588550459 ACCEPT OK
	2 123456789010 eni-2 198.51.100.9 10.0.1.14 40004 443 6 30 9000 1588636800 1588636859 ACCEPT OK
	2 123456789010 eni-2 198.51.100.9 10.0.1.14 40005 8088 6 1 40 1588982400 1588982459 REJECT OK
	2 123456789010 eni-2 - - - - - - - 1588982400 1588982459 - NODATA`

// TestQueriesOfCreateTablePage runs the queries of AWS's page vpc-flow-logs-create-table-statement as they
// stand there.
func TestQueriesOfCreateTablePage(t *testing.T) {
	db, err := query.Open(athena.Table{})
	require.NoError(t, err)
	defer db.Close()
	db.Now = time.Date(2020, 5, 11, 12, 0, 0, 0, time.UTC)
	require.NoError(t, db.Load("vpc_flow_logs", records(t, rejected)))

	for _, c := range []struct {
		name, query string
		want        [][]any
	}{
		{
			"item 152 at most 100 records of a day",
			`SELECT *
			FROM vpc_flow_logs
			WHERE date = DATE('2020-05-05')
			LIMIT 100;`,
			[][]any{{int64(2), "123456789010", "eni-2", "198.51.100.9", "10.0.1.14", int64(40004), int64(443), int64(6), int64(30),
				int64(9000), int64(1588636800), int64(1588636859), "ACCEPT", "OK", "2020-05-05"}},
		},
		{
			"item 152 rejected TCP connections and their day of the week", // Monday is 1, Saturday 6
			`SELECT day_of_week(date) AS
			  day,
			  date,
			  interface_id,
			  srcaddr,
			  action,
			  protocol
			FROM vpc_flow_logs
			WHERE action = 'REJECT' AND protocol = 6
			LIMIT 100;`,
			[][]any{
				{int64(1), "2020-05-04", "eni-1", "198.51.100.9", "REJECT", int64(6)},
				{int64(6), "2020-05-09", "eni-2", "198.51.100.9", "REJECT", int64(6)},
			},
		},
		{
			"item 152 who gets most on port 443, of the last week", // 2020-05-04 is not later than 2020-05-04
			`SELECT SUM(packets) AS
			  packetcount,
			  dstaddr
			FROM vpc_flow_logs
			WHERE dstport = 443 AND date > current_date - interval '7' day
			GROUP BY dstaddr
			ORDER BY packetcount DESC
			LIMIT 10;`,
			[][]any{{int64(30), "10.0.1.14"}},
		},
		{
			"item 152 the query of the notes",
			`SELECT interface_id, dstport FROM vpc_flow_logs WHERE action='REJECT' AND protocol=6`,
			[][]any{{"eni-1", int64(22)}, {"eni-2", int64(8088)}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := db.Query(context.Background(), c.query)
			require.NoError(t, err)
			assert.Empty(t, cmp.Diff(c.want, got.Rows))
		})
	}
}

// projected has days in January to April 2021: 1612137600 is 2021-02-01 00:00 UTC.
const projected = `
	2 123456789010 eni-1 10.117.1.22 10.0.1.14 40001 443 6 10 5000 1610668800 1610668860 ACCEPT OK
	2 123456789010 eni-1 10.117.1.22 10.0.1.15 40002 443 6 20 5000 1612137600 1612137660 ACCEPT OK
	2 123456789010 eni-2 10.11.7.22 10.0.1.15 40003 22 6 1 40 1612224000 1612224060 REJECT OK
	2 123456789010 eni-2 10.11.7.22 10.0.1.14 40004 443 6 7 700 1614556800 1614556860 ACCEPT OK
	2 123456789010 eni-2 10.11.7.22 10.0.1.15 40005 443 6 9 900 1617148800 1617148860 ACCEPT OK
	2 123456789010 eni-1 10.11.7.22 10.0.1.15 40006 443 6 9 900 1617235200 1617235260 ACCEPT OK`

// TestQueriesOfProjectionPage runs the queries of AWS's page vpc-flow-logs-partition-projection as they stand
// there, but for SELECT *, which has the columns named here so that the rows are short.
func TestQueriesOfProjectionPage(t *testing.T) {
	db, err := query.Open(athena.Table{
		Name: "test_table_vpclogs", Accounts: []string{"123456789010", "111122223333"}, Regions: []string{"us-east-1", "us-west-2"},
		ProjectFrom: "2021/01/01",
	})
	require.NoError(t, err)
	defer db.Close()
	list := records(t, projected)
	for i := range list {
		list[i].Region = "us-east-1"
	}
	require.NoError(t, db.Load("", list))

	for _, c := range []struct {
		name, query string
		want        [][]any
	}{
		{
			"item 152 a period in the order of time",
			`SELECT srcport, accid, region, day
			FROM test_table_vpclogs
			WHERE day >= '2021/02/01' AND day < '2021/02/28'
			ORDER BY day ASC
			LIMIT 100`,
			[][]any{
				{int64(40002), "123456789010", "us-east-1", "2021/02/01"},
				{int64(40003), "123456789010", "us-east-1", "2021/02/02"},
			},
		},
		{
			"item 152 the top ten on port 443", // 2021/03/31 is no more of the period
			`SELECT SUM(packets) AS packetcount,
			       dstaddr
			FROM test_table_vpclogs
			WHERE dstport = 443
			  AND day >= '2021/03/01'
			  AND day < '2021/03/31'
			GROUP BY dstaddr
			ORDER BY packetcount DESC
			LIMIT 10`,
			[][]any{{int64(7), "10.0.1.14"}},
		},
		{
			"item 152 when the records began and ended",
			`SELECT interface_id,
			       srcaddr,
			       action,
			       protocol,
			       to_iso8601(from_unixtime(start)) AS start_time,
			       to_iso8601(from_unixtime("end")) AS end_time
			FROM test_table_vpclogs
			WHERE DAY >= '2021/04/01'
			  AND DAY < '2021/04/30'`,
			[][]any{{"eni-1", "10.11.7.22", "ACCEPT", int64(6), "2021-04-01T00:00:00.000Z", "2021-04-01T00:01:00.000Z"}},
		},
		{
			"item 152 from one address in a period",
			`SELECT srcport
			FROM test_table_vpclogs
			WHERE srcaddr = '10.117.1.22'
			  AND day >= '2021/02/01'
			  AND day < '2021/02/28'`,
			[][]any{{int64(40002)}},
		},
		{
			"item 152 rejected TCP connections",
			`SELECT day,
			       interface_id,
			       srcaddr,
			       action,
			       protocol
			FROM test_table_vpclogs
			WHERE action = 'REJECT' AND protocol = 6 AND day >= '2021/02/01' AND day < '2021/02/28'
			LIMIT 10`,
			[][]any{{"2021/02/02", "eni-2", "10.11.7.22", "REJECT", int64(6)}},
		},
		{
			"item 152 addresses that begin with 10.117",
			`SELECT srcport
			FROM test_table_vpclogs
			WHERE split_part(srcaddr,'.', 1)='10'
			  AND split_part(srcaddr,'.', 2) ='117'`,
			[][]any{{int64(40001)}, {int64(40002)}},
		},
		{
			"item 152 to one address in a period",
			`SELECT srcport
			FROM test_table_vpclogs
			WHERE dstaddr = '10.0.1.14'
			  AND day >= '2021/01/01'
			  AND day < '2021/01/31'`,
			[][]any{{int64(40001)}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := db.Query(context.Background(), c.query)
			require.NoError(t, err)
			assert.Empty(t, cmp.Diff(c.want, got.Rows))
		})
	}
}
