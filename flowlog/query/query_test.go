package query_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/athena"
	"github.com/packetwalk/packetwalk/flowlog/query"
)

// opened gives a database with one table and its records.
func opened(t testing.TB, table athena.Table, list []flowlog.Record) *query.DB {
	t.Helper()
	db, err := query.Open(table)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, db.Close()) })
	require.NoError(t, db.Load("", list))
	return db
}

// ask gives the rows of a query.
func ask(t testing.TB, db *query.DB, q string) [][]any {
	t.Helper()
	r, err := db.Query(context.Background(), q)
	require.NoError(t, err)
	return r.Rows
}

// TestExpressions holds what Athena's expressions give. Times are those of Trino's page on date and time
// functions.
func TestExpressions(t *testing.T) {
	db := opened(t, athena.Table{}, nil)
	db.Now = time.Date(2026, 3, 31, 10, 20, 30, 0, time.FixedZone("CET", 3600))
	for _, c := range []struct {
		expression string
		want       any
	}{
		{`DATE '2020-05-04'`, "2020-05-04"},
		{`date('2020-05-04 23:59:59')`, "2020-05-04"},
		{`TIMESTAMP '2020-05-04'`, "2020-05-04 00:00:00.000"},
		{`current_date`, "2026-03-31"},
		{`CURRENT_TIMESTAMP`, "2026-03-31 09:20:30.000"},
		{`current_time`, "09:20:30.000"},
		{`now()`, "2026-03-31 09:20:30.000"},
		{`current_date - interval '7' day`, "2026-03-24"},
		{`current_date + INTERVAL '1' MONTH`, "2026-04-30"},
		{`date '2024-02-29' - interval '1' year`, "2023-02-28"},
		{`from_unixtime(0) + interval '90' minute`, "1970-01-01 01:30:00.000"},
		{`(timestamp '2020-05-04 10:00:00') - interval '1' day - interval '1' hour`, "2020-05-03 09:00:00.000"},
		{`extract(month FROM DATE '2020-05-04') + 1`, int64(6)},
		{`EXTRACT(DOW FROM DATE '2020-05-10')`, int64(7)},
		{`day_of_week(DATE '2020-05-04')`, int64(1)},
		{`year('2020-05-04') * 100 + month('2020-05-04')`, int64(202005)},
		{`hour(TIMESTAMP '2020-05-04 13:14:15') || ':' || minute(TIMESTAMP '2020-05-04 13:14:15')`, "13:14"},
		{`day_of_year(DATE '2020-12-31')`, int64(366)},
		{`quarter(DATE '2020-05-04')`, int64(2)},
		{`week(DATE '2021-01-03')`, int64(53)},
		{`from_unixtime(1.5)`, "1970-01-01 00:00:01.500"},
		{`to_unixtime(from_unixtime(1588550400))`, float64(1588550400)},
		{`to_iso8601(DATE '2020-05-04')`, "2020-05-04"},
		{`from_iso8601_timestamp('2020-05-04T12:00:00+02:00')`, "2020-05-04 10:00:00.000"},
		{`date_format(TIMESTAMP '2020-05-04 13:14:15', '%Y/%m/%d %H:%i:%s')`, "2020/05/04 13:14:15"},
		{`date_parse('2021/02/03', '%Y/%m/%d')`, "2021-02-03 00:00:00.000"},
		{`date_trunc('hour', TIMESTAMP '2020-05-04 13:14:15')`, "2020-05-04 13:00:00.000"},
		{`date_trunc('week', DATE '2020-05-10')`, "2020-05-04"},
		{`date_add('month', 1, DATE '2020-01-31')`, "2020-02-29"},
		{`date_diff('day', DATE '2020-03-01', DATE '2020-03-02')`, int64(1)},
		{`date_diff('month', DATE '2020-01-31', DATE '2020-03-30')`, int64(1)},
		{`date_diff('hour', TIMESTAMP '2020-03-01 00:00:00', DATE '2020-02-29')`, int64(-24)},
		{`CAST(concat('2020', '-', '05', '-', '04') AS DATE)`, "2020-05-04"},
		{`CAST('12' AS bigint) + 1`, int64(13)},
		{`CAST(7 AS varchar)`, "7"},
		{`CAST(1 AS double) / 4`, 0.25},
		{`CAST(CAST(2 AS double) / 3 AS decimal(10, 2)) > 0`, int64(1)},
		{`TRY_CAST('a' AS bigint)`, nil},
		{`TRY_CAST('12' AS bigint)`, int64(12)},
		{`split_part('10.117.1.22', '.', 2)`, "117"},
		{`split_part('10.117.1.22', '.', 5)`, nil},
		{`strpos('10.117', '117')`, int64(4)},
		{`starts_with('eni-1', 'eni')`, int64(1)},
		{`regexp_like('eni-1', '^eni-\d$')`, int64(1)},
		{`contains('10.0.0.0/8', CAST('10.117.1.22' AS IPADDRESS))`, int64(1)},
		{`contains('10.0.0.0/16', '10.117.1.22')`, int64(0)},
		{`'ACCEPT' LIKE 'accept'`, int64(0)},
		{`day_of_week(NULL)`, nil},
		{`"from_unixtime"(0)`, "1970-01-01 00:00:00.000"},
		{`'it''s' -- a comment`, "it's"},
		{`/* a comment */ 1`, int64(1)},
	} {
		t.Run(c.expression, func(t *testing.T) {
			assert.Equal(t, [][]any{{c.want}}, ask(t, db, "SELECT "+c.expression))
		})
	}
}

// TestText: F1.809 a table of text shows "-" where the line does, and null for a number; one of Parquet is
// null in both.
func TestText(t *testing.T) {
	list := records(t, rejected)
	const q = `SELECT srcaddr, srcport, action, log_status FROM vpc_flow_logs WHERE log_status = 'NODATA'`
	assert.Equal(t, [][]any{{"-", nil, "-", "NODATA"}}, ask(t, opened(t, athena.Table{}, list), q))
	assert.Equal(t, [][]any{{nil, nil, nil, "NODATA"}}, ask(t, opened(t, athena.Table{FileFormat: flowlog.Parquet}, list), q))
}

// TestTypes: F1.809 accounts are texts, whatever they look like, and counts are numbers.
func TestTypes(t *testing.T) {
	list := records(t, `2 012345678901 eni-1 10.0.0.4 10.0.0.5 1 9 6 9223372036854775807 2 1588550400 1588550459 ACCEPT OK`)
	db := opened(t, athena.Table{}, list)
	assert.Equal(t, [][]any{{"012345678901", int64(9223372036854775807)}}, ask(t, db, "SELECT account_id, packets FROM vpc_flow_logs"))
	assert.Equal(t, [][]any{{int64(1)}}, ask(t, db, "SELECT count(*) FROM vpc_flow_logs WHERE dstport < 10"), "9 is below 10")
}

// TestEveryField: F1.809 without a table there is a column for each field, by its name with "_" for "-".
func TestEveryField(t *testing.T) {
	db, err := query.Open()
	require.NoError(t, err)
	defer db.Close()
	r, err := db.Query(context.Background(), "SELECT * FROM vpc_flow_logs")
	require.NoError(t, err)
	require.Len(t, r.Columns, 55)
	assert.Equal(t, "next_hop_interface_type", r.Columns[53])
	assert.Equal(t, "date", r.Columns[54])
}

// TestVersion: F1.003 a record that says no version has that of the table's format.
func TestVersion(t *testing.T) {
	list := records(t, rejected)[:1]
	list[0].Version = 0
	db := opened(t, athena.Table{Format: flowlog.MustParseFormat("version tcp-flags")}, list)
	assert.Equal(t, [][]any{{int64(3), nil}}, ask(t, db, "SELECT version, tcp_flags FROM vpc_flow_logs"))
}

// TestPartitions: the day of a record is that of its end, in UTC (F1.804), in the words of each layout.
func TestPartitions(t *testing.T) {
	here := time.Local
	t.Cleanup(func() { time.Local = here })
	time.Local = time.FixedZone("BRT", -3*3600) // where it is still the day before
	list := records(t, `2 123456789010 eni-1 10.0.0.4 10.0.0.5 1 9 6 1 2 1612137590 1612137600 ACCEPT OK`)
	list[0].Region = "eu-west-1"
	for _, c := range []struct {
		name  string
		table athena.Table
		q     string
		want  []any
	}{
		{"F1.801 by date", athena.Table{}, "date", []any{"2021-02-01"}},
		{"F1.811 Hive-compatible", athena.Table{HiveCompatiblePartitions: true, PerHourPartition: true},
			`"aws-account-id", "aws-service", "aws-region", year, month, day, hour`,
			[]any{"123456789010", "vpcflowlogs", "eu-west-1", "2021", "02", "01", "00"}},
		{"F1.803 projected by the hour", athena.Table{ProjectFrom: "2021/01/01", PerHourPartition: true}, "date, hour", []any{"2021/02/01", "00"}},
		{"the table's account", athena.Table{HiveCompatiblePartitions: true, Accounts: []string{"111122223333"}}, "`aws-account-id`", []any{"111122223333"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, [][]any{c.want}, ask(t, opened(t, c.table, list), "SELECT "+c.q+" FROM vpc_flow_logs"))
		})
	}
}

// TestNulls: Athena has nulls last in either order.
func TestNulls(t *testing.T) {
	db := opened(t, athena.Table{}, records(t, rejected))
	last := func(order string) any {
		rows := ask(t, db, "SELECT dstport FROM vpc_flow_logs ORDER BY "+order+" LIMIT 10")
		return rows[len(rows)-1][0]
	}
	assert.Nil(t, last("dstport"))
	assert.Nil(t, last("action DESC, dstport ASC"))
	assert.Nil(t, last("dstport DESC"))
	assert.NotNil(t, last("dstport NULLS FIRST"))
	rows := ask(t, db, "SELECT dstport, row_number() OVER (PARTITION BY interface_id ORDER BY dstport) AS n FROM vpc_flow_logs WHERE interface_id = 'eni-2' ORDER BY n")
	assert.Equal(t, [][]any{{int64(443), int64(1)}, {int64(8088), int64(2)}, {nil, int64(3)}}, rows)
}

// TestShapes holds statements of several parts.
func TestShapes(t *testing.T) {
	db := opened(t, athena.Table{}, records(t, rejected))
	for q, want := range map[string][][]any{
		"SELECT approx_distinct(dstaddr) FROM vpc_flow_logs WHERE dstaddr <> '-'":                                         {{int64(2)}},
		"WITH tcp AS (SELECT * FROM vpc_flow_logs WHERE protocol = 6) SELECT count(*) FROM tcp":                           {{int64(4)}},
		"SELECT v.dstport FROM vpc_flow_logs v WHERE v.date < DATE '2020-05-05' AND v.protocol = 17":                      {{int64(53)}},
		"SELECT max(v.date - interval '1' day) FROM vpc_flow_logs AS v":                                                   {{"2020-05-08"}},
		"SELECT min(CASE WHEN action = 'REJECT' THEN (date) + interval '1' day END) FROM vpc_flow_logs":                   {{"2020-05-05"}},
		"SELECT date_trunc('day', from_unixtime(start)) AS d, count(*) FROM vpc_flow_logs GROUP BY 1 ORDER BY d LIMIT 1":  {{"2020-05-04 00:00:00.000", int64(3)}},
		"SELECT sum(bytes)/(1000*1000) AS \"MB\", max(\"end\") FROM vpc_flow_logs":                                        {{int64(0), int64(1588982459)}},
		"SELECT count(*) FROM vpc_flow_logs WHERE from_unixtime(start) > timestamp '2020-05-04 00:00:00' AND dstport > 0": {{int64(2)}},
	} {
		got, err := db.Query(context.Background(), q)
		require.NoError(t, err, q)
		assert.Empty(t, cmp.Diff(want, got.Rows), q)
	}
}

func TestQueryMistakes(t *testing.T) {
	db := opened(t, athena.Table{}, records(t, rejected))
	for q, want := range map[string]string{
		"": `begins with ""`,
		"ALTER TABLE vpc_flow_logs ADD PARTITION (`date`='2020-05-04')": "Load puts each record in its partition",
		"DELETE FROM vpc_flow_logs":                                     "want SELECT or WITH",
		"WITH a AS (SELECT 1) DELETE FROM vpc_flow_logs":                "readonly",
		"SELECT 1; SELECT 2":                                            "two statements",
		"SELECT current_date":                                           "set DB.Now",
		"SELECT (1":                                                     "parentheses",
		"SELECT 1)":                                                     "parentheses",
		"SELECT 'a":                                                     "quote does not end",
		"SELECT 1 /* a":                                                 "comment does not end",
		"SELECT 1 # a":                                                  "no character of SQL",
		"SELECT ä":                                                      `"ä"`,
		`SELECT "colour" FROM vpc_flow_logs`:                            "colour",
		"SELECT colour FROM vpc_flow_logs":                              "colour",
		"SELECT * FROM elsewhere":                                       "elsewhere",
		"SELECT DATE 'May'":                                             "want a date such as",
		"SELECT day_of_week(action) FROM vpc_flow_logs":                 "want a date such as",
		"SELECT DATE '2020-05-04' - interval 'x' day":                   "x",
		"SELECT DATE '2020-05-04' - interval '1' eon":                   `unit "eon"`,
		"SELECT DATE '2020-05-04' - interval '1' hour":                  "a date has no unit",
		"SELECT date_trunc('eon', DATE '2020-05-04')":                   `unit "eon"`,
		"SELECT extract(eon FROM DATE '2020-05-04')":                    `no part "eon"`,
		"SELECT - interval '1' day":                                     "stands after nothing",
		"SELECT date_format(DATE '2020-05-04', '%Q')":                   "%Y %m %d",
		"SELECT CAST(1 AS map)":                                         "CAST to map",
		"SELECT CAST(1)":                                                "no AS and type",
		"SELECT CAST('a' AS bigint)":                                    "want a whole number",
		"SELECT split_part('a', '.', 0)":                                "want 1 or more",
		"SELECT contains('10.0.0.0', '10.0.0.1')":                       "10.0.0.0",
		"SELECT regexp_like('a', '(')":                                  "missing closing",
		"SELECT cardinality(1)":                                         "cardinality",
	} {
		_, err := db.Query(context.Background(), q)
		if assert.Error(t, err, q) {
			assert.ErrorContains(t, err, want, q)
		}
	}
	assert.Equal(t, [][]any{{int64(6)}}, ask(t, db, "SELECT count(*) FROM vpc_flow_logs"), "nothing was deleted")
	require.NoError(t, db.Load("", records(t, rejected)), "and records can still be loaded")

	ended, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := db.Query(ended, "SELECT 1")
	assert.ErrorIs(t, err, context.Canceled)
}

func TestLoadMistakes(t *testing.T) {
	list := records(t, rejected)
	db := opened(t, athena.Table{}, nil)
	assert.ErrorContains(t, db.Load("elsewhere", list), "want one of vpc_flow_logs")

	noEnd := list[0]
	noEnd.Missing = flowlog.SetOf(flowlog.FieldEnd)
	assert.ErrorContains(t, db.Load("", []flowlog.Record{list[0], noEnd}), "record 1: it has no end")
	assert.Equal(t, [][]any{{int64(0)}}, ask(t, db, "SELECT count(*) FROM vpc_flow_logs"), "none is loaded")

	blank := list[0]
	blank.InterfaceID = "eni 1"
	assert.ErrorContains(t, db.Load("", []flowlog.Record{blank}), "record 0: flowlog: line")

	hive := opened(t, athena.Table{HiveCompatiblePartitions: true}, nil)
	assert.ErrorContains(t, hive.Load("", list), "aws-region")
}

func TestOpenMistakes(t *testing.T) {
	_, err := query.Open(athena.Table{Name: "A"}, athena.Table{Format: flowlog.Format{}}, athena.Table{}, athena.Table{})
	for _, want := range []string{"lower-case", "one field at least", "twice"} {
		assert.ErrorContains(t, err, want)
	}
	closed, err := query.Open()
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	_, err = closed.Query(context.Background(), "SELECT 1")
	assert.Error(t, err)
	assert.Error(t, closed.Load("", nil))
}

func TestResultString(t *testing.T) {
	r := query.Result{Columns: []string{"dstaddr", "n"}, Rows: [][]any{{"10.0.0.4", int64(7)}, {nil, 1.5}}}
	assert.Equal(t, "dstaddr   n\n10.0.0.4  7\nNULL      1.5\n", r.String())
}

func TestFunctions(t *testing.T) {
	list := query.Functions()
	assert.Contains(t, list, "day_of_week")
	assert.IsIncreasing(t, list)
}

// FuzzParseQuery wants no panic, and no table changed, whatever is asked.
func FuzzParseQuery(f *testing.F) {
	for _, q := range []string{
		"SELECT day_of_week(date) FROM vpc_flow_logs WHERE action = 'REJECT' ORDER BY 1, 2 DESC LIMIT 3;",
		"SELECT current_date - interval '7' day, CAST(extract(day FROM now()) AS varchar) || \"end\"", ") - interval '1' day", "((", "CAST(CAST(",
	} {
		f.Add(q)
	}
	db, err := query.Open()
	require.NoError(f, err)
	db.Now = time.Unix(1588550400, 0)
	f.Fuzz(func(t *testing.T, q string) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_, _ = db.Query(ctx, q)
		require.NoError(t, db.Load("", nil))
	})
}
