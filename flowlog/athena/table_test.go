package athena_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/athena"
)

var plain = athena.Table{Bucket: "s3://amzn-s3-demo-bucket", Accounts: []string{"123456789012"}, Regions: []string{"us-east-1"}}

func ExampleTable_Create() {
	table := athena.Table{
		Format:      flowlog.MustParseFormat("${start} ${end} ${srcaddr} ${dstaddr} ${dstport} ${action} ${bytes}"),
		Bucket:      "s3://amzn-s3-demo-bucket",
		Accounts:    []string{"123456789012"},
		Regions:     []string{"us-east-1", "eu-central-1"},
		ProjectFrom: "2021/01/01",
	}
	statement, err := table.Create()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(statement)
	// Output:
	// CREATE EXTERNAL TABLE IF NOT EXISTS vpc_flow_logs (
	//   start bigint,
	//   `end` bigint,
	//   srcaddr string,
	//   dstaddr string,
	//   dstport int,
	//   action string,
	//   bytes bigint
	// )
	// PARTITIONED BY (region string, day string)
	// ROW FORMAT DELIMITED
	// FIELDS TERMINATED BY ' '
	// LOCATION 's3://amzn-s3-demo-bucket/AWSLogs/123456789012/vpcflowlogs/'
	// TBLPROPERTIES (
	//   "skip.header.line.count"="1",
	//   "projection.enabled"="true",
	//   "projection.region.type"="enum",
	//   "projection.region.values"="us-east-1,eu-central-1",
	//   "projection.day.type"="date",
	//   "projection.day.range"="2021/01/01,NOW",
	//   "projection.day.format"="yyyy/MM/dd",
	//   "storage.location.template"="s3://amzn-s3-demo-bucket/AWSLogs/123456789012/vpcflowlogs/${region}/${day}"
	// )
}

// TestColumns wants the types of F1.809 for the fields that AWS's statement has, and of Parquet's table for
// others.
func TestColumns(t *testing.T) {
	for name, want := range map[string]string{
		"version": "int", "srcport": "int", "dstport": "int", "tcp_flags": "int", "traffic_path": "int",
		"protocol": "bigint", "packets": "bigint", "bytes": "bigint", "start": "bigint", "end": "bigint",
		"encryption_status": "int", // F1.142 INT_32
		"account_id":        "string", "type": "string", "ecs_second_container_id": "string", "instance_tag_2": "string",
	} {
		f, ok := athena.FieldOf(name)
		require.True(t, ok, name)
		assert.Equal(t, athena.Column{Name: name, Type: want}, athena.ColumnOf(f))
	}
	for _, f := range flowlog.Fields() {
		back, ok := athena.FieldOf(athena.ColumnOf(f).Name)
		assert.True(t, ok)
		assert.Equal(t, f, back)
	}
	_, ok := athena.FieldOf("account-id")
	assert.False(t, ok, "no column has a hyphen")
	assert.Zero(t, athena.ColumnOf(0))
}

// TestColumnsInOrder: F1.810 the columns stand as the format has its fields, since text is read by position.
func TestColumnsInOrder(t *testing.T) {
	table := plain
	table.Format = flowlog.MustParseFormat("traffic-path flow-direction")
	assert.Equal(t, []athena.Column{{"traffic_path", "int"}, {"flow_direction", "string"}}, table.Columns())
	table.Format = flowlog.MustParseFormat("flow-direction traffic-path")
	assert.Equal(t, []athena.Column{{"flow_direction", "string"}, {"traffic_path", "int"}}, table.Columns())
}

func TestPartitions(t *testing.T) {
	text := func(names ...string) (list []athena.Column) {
		for _, n := range names {
			list = append(list, athena.Column{Name: n, Type: "string"})
		}
		return list
	}
	hive := athena.Table{HiveCompatiblePartitions: true}
	assert.Equal(t, text("aws-account-id", "aws-service", "aws-region", "year", "month", "day"), hive.Partitions(), "F1.811 by the day")
	hive.PerHourPartition = true
	assert.Equal(t, text("aws-account-id", "aws-service", "aws-region", "year", "month", "day", "hour"), hive.Partitions(), "F1.811 by the hour")

	one := plain
	assert.Equal(t, []athena.Column{{"date", "date"}}, one.Partitions(), "F1.809 by date")
	one.ProjectFrom = "2021/01/01"
	assert.Equal(t, text("day"), one.Partitions())
	statement, err := one.Create()
	require.NoError(t, err)
	assert.Contains(t, statement, `"storage.location.template"="s3://amzn-s3-demo-bucket/AWSLogs/123456789012/vpcflowlogs/us-east-1/${day}"`)
}

// TestOf makes the table out of the flow log that writes its files (item 133, item 152).
func TestOf(t *testing.T) {
	l := flowlog.FlowLog{ID: "fl-1", Account: "123456789012", Format: flowlog.MustParseFormat("end action"), Destination: flowlog.Destination{
		Type: flowlog.S3, ARN: "arn:aws:s3:::amzn-s3-demo-bucket/prefix/", FileFormat: flowlog.Parquet, HiveCompatiblePartitions: true, PerHourPartition: true,
	}}
	table, err := athena.Of(l, "us-east-1")
	require.NoError(t, err)
	statement, err := table.Create()
	require.NoError(t, err)
	assert.Contains(t, statement, "LOCATION 's3://amzn-s3-demo-bucket/prefix/AWSLogs/'")
	assert.Contains(t, statement, "  `end` bigint,\n  action string\n)")
	assert.Contains(t, statement, ", hour string)")
	assert.Contains(t, statement, "ParquetHiveSerDe")

	l.Destination, l.Format = flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::amzn-s3-demo-bucket"}, nil
	table, err = athena.Of(l, "us-east-1")
	require.NoError(t, err)
	want := plain
	want.Format = flowlog.Default
	assert.Equal(t, want, table)

	l.Destination = flowlog.Destination{LogGroup: "flows"}
	_, err = athena.Of(l, "us-east-1")
	assert.ErrorContains(t, err, "want s3")
}

// TestMistakes wants every mistake named, and all of them at once.
func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*athena.Table)
		want []string
	}{
		{"F1.809 a name that Athena does not take", func(t *athena.Table) { t.Name = "VPC-Logs" }, []string{`Name "VPC-Logs"`, "lower-case"}},
		{"a bucket that is no URL", func(t *athena.Table) { t.Bucket = "amzn-s3-demo-bucket" }, []string{"Bucket", "s3://bucket/prefix"}},
		{"a quote in the prefix", func(t *athena.Table) { t.Bucket = "s3://amzn/a'b" }, []string{"Bucket"}},
		{"F1.808 AWSLogs in the prefix", func(t *athena.Table) { t.Bucket = "s3://amzn/AWSLogs" }, []string{"without AWSLogs"}},
		{"a field twice", func(t *athena.Table) { t.Format = flowlog.Format{flowlog.FieldEnd, flowlog.FieldEnd} }, []string{"end stands twice"}},
		{"no fields", func(t *athena.Table) { t.Format = flowlog.Format{} }, []string{"one field at least"}},
		{"no field", func(t *athena.Table) { t.Format = flowlog.Format{200} }, []string{"Format"}},
		{"two Regions by date", func(t *athena.Table) { t.Regions = []string{"us-east-1", "us-west-2"} }, []string{"one of each"}},
		{"an account that breaks the path", func(t *athena.Table) { t.Accounts = []string{"1/2"} }, []string{`"1/2"`}},
		{"a file format that is none", func(t *athena.Table) { t.FileFormat = 9 }, []string{"plain-text or parquet"}},
		{"projection of Hive-compatible prefixes", func(t *athena.Table) { t.HiveCompatiblePartitions, t.ProjectFrom = true, "2021/01/01" }, []string{"MSCK REPAIR TABLE"}},
		{"a day that is none", func(t *athena.Table) { t.ProjectFrom = "2021-01-01" }, []string{"a day such as 2021/01/01"}},
		{"region as field and as partition", func(t *athena.Table) {
			t.ProjectFrom, t.Regions, t.Format = "2021/01/01", []string{"us-east-1", "us-west-2"}, flowlog.All
		}, []string{"partition of several Regions"}},
		{"all at once", func(t *athena.Table) { *t = athena.Table{Name: "A", ProjectFrom: "x"} },
			[]string{"Name", "Bucket", "a day such as", "one account at least", "one Region at least"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := plain
			c.edit(&table)
			_, err := table.Create()
			require.Error(t, err)
			for _, want := range c.want {
				assert.ErrorContains(t, err, want)
			}
			_, err = table.AddPartition(time.Unix(0, 0))
			assert.Error(t, err)
			_, err = table.Repair()
			assert.Error(t, err)
		})
	}
}
