package athena_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/athena"
)

// The statements below are those of AWS's pages, whose names stand with them. What the pages leave to the
// reader, such as {account_id}, has a value here.

// versions2to5 are the columns that the pages show: the fields of versions 2 to 5 (F1.809).
const versions2to5 = `
	version int, account_id string, interface_id string, srcaddr string, dstaddr string, srcport int, dstport int,
	protocol bigint, packets bigint, bytes bigint, start bigint, ` + "`end`" + ` bigint, action string, log_status string,
	vpc_id string, subnet_id string, instance_id string, tcp_flags int, type string, pkt_srcaddr string,
	pkt_dstaddr string, region string, az_id string, sublocation_type string, sublocation_id string,
	pkt_src_aws_service string, pkt_dst_aws_service string, flow_direction string, traffic_path int`

// withoutRegion are the columns where region is a partition, or may be.
var withoutRegion = strings.Replace(versions2to5, "region string, ", "", 1)

const parquetFiles = `ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
	STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
	OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'`

// formatOfPages has the fields of versions 2 to 5 in the order of AWS's table, and those but region.
func formatOfPages(t *testing.T) (all, withoutRegion flowlog.Format) {
	t.Helper()
	for _, f := range flowlog.Fields() {
		if f.Version() > 5 {
			continue
		}
		all = append(all, f)
		if f != flowlog.FieldRegion {
			withoutRegion = append(withoutRegion, f)
		}
	}
	return all, withoutRegion
}

func TestDocumentedStatements(t *testing.T) {
	all, noRegion := formatOfPages(t)
	for _, c := range []struct {
		name  string
		table athena.Table
		want  string
	}{
		{"F1.809 F1.801 vpc-flow-logs-create-table-statement: text, a partition a day", athena.Table{
			Format: all, Bucket: "s3://amzn-s3-demo-bucket/prefix", Accounts: []string{"123456789012"}, Regions: []string{"us-east-1"},
		}, "CREATE EXTERNAL TABLE IF NOT EXISTS `vpc_flow_logs` (" + versions2to5 + ")" + `
			PARTITIONED BY (` + "`date`" + ` date)
			ROW FORMAT DELIMITED
			FIELDS TERMINATED BY ' '
			LOCATION 's3://amzn-s3-demo-bucket/prefix/AWSLogs/123456789012/vpcflowlogs/us-east-1/'
			TBLPROPERTIES ("skip.header.line.count"="1");`},

		{"F1.811 F1.802 vpc-flow-logs-parquet: Parquet, Hive-compatible, by the hour", athena.Table{
			Name: "vpc_flow_logs_parquet", Format: all, Bucket: "s3://amzn-s3-demo-bucket/prefix", FileFormat: flowlog.Parquet, HiveCompatiblePartitions: true, PerHourPartition: true,
		}, "CREATE EXTERNAL TABLE IF NOT EXISTS vpc_flow_logs_parquet (" + versions2to5 + ")" + `
			PARTITIONED BY (` + "`aws-account-id` string, `aws-service` string, `aws-region` string, `year` string, `month` string, `day` string, `hour` string" + `)
			` + parquetFiles + `
			LOCATION 's3://amzn-s3-demo-bucket/prefix/AWSLogs/'
			TBLPROPERTIES ('EXTERNAL'='true', 'skip.header.line.count'='1')`},

		{"F1.801 vpc-flow-logs-partition-projection: text of several accounts", athena.Table{
			Name: "test_table_vpclogs", Format: noRegion, Bucket: "s3://amzn-s3-demo-bucket", Accounts: []string{"111122223333", "123456789012"},
			Regions: []string{"us-east-1", "us-west-2", "eu-west-1"}, ProjectFrom: "2021/01/01",
		}, "CREATE EXTERNAL TABLE IF NOT EXISTS test_table_vpclogs (" + withoutRegion + ")" + `
			PARTITIONED BY (accid string, region string, day string)
			ROW FORMAT DELIMITED
			FIELDS TERMINATED BY ' '
			LOCATION 's3://amzn-s3-demo-bucket/AWSLogs/'
			TBLPROPERTIES
			(
			"skip.header.line.count"="1",
			"projection.enabled" = "true",
			"projection.accid.type" = "enum",
			"projection.accid.values" = "111122223333,123456789012",
			"projection.region.type" = "enum",
			"projection.region.values" = "us-east-1,us-west-2,eu-west-1",
			"projection.day.type" = "date",
			"projection.day.range" = "2021/01/01,NOW",
			"projection.day.format" = "yyyy/MM/dd",
			"storage.location.template" = "s3://amzn-s3-demo-bucket/AWSLogs/${accid}/vpcflowlogs/${region}/${day}"
			)`},

		{"F1.803 vpc-flow-logs-partition-projection-parquet-example: Parquet by the hour", athena.Table{
			Name: "test_table_vpclogs_parquet", Format: noRegion, Bucket: "s3://amzn-s3-demo-bucket/prefix", Accounts: []string{"123456789012"},
			Regions: []string{"us-east-1", "us-west-2", "ap-south-1", "eu-west-1"}, FileFormat: flowlog.Parquet, PerHourPartition: true, ProjectFrom: "2021/01/01",
		}, "CREATE EXTERNAL TABLE IF NOT EXISTS test_table_vpclogs_parquet (" + withoutRegion + ")" + `
			PARTITIONED BY (region string, date string, hour string)
			` + parquetFiles + `
			LOCATION 's3://amzn-s3-demo-bucket/prefix/AWSLogs/123456789012/vpcflowlogs/'
			TBLPROPERTIES (
			"EXTERNAL"="true",
			"skip.header.line.count" = "1",
			"projection.enabled" = "true",
			"projection.region.type" = "enum",
			"projection.region.values" = "us-east-1,us-west-2,ap-south-1,eu-west-1",
			"projection.date.type" = "date",
			"projection.date.range" = "2021/01/01,NOW",
			"projection.date.format" = "yyyy/MM/dd",
			"projection.hour.type" = "integer",
			"projection.hour.range" = "00,23",
			"projection.hour.digits" = "2",
			"storage.location.template" = "s3://amzn-s3-demo-bucket/prefix/AWSLogs/123456789012/vpcflowlogs/${region}/${date}/${hour}"
			)`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.table.Create()
			require.NoError(t, err)
			assert.Empty(t, cmp.Diff(words(c.want), words(got)), got)
		})
	}
}

// words parts a statement so that what does not count falls away: white space, back-ticks, which mark no more
// than a name, the kind of quotes, and the semicolon at the end. The pages differ in all of these among
// themselves.
func words(statement string) []string {
	s := strings.NewReplacer("`", "", "'", `"`, "(", " ( ", ")", " ) ", ",", " , ", "=", " = ").Replace(statement)
	return strings.Fields(strings.TrimSuffix(strings.TrimSpace(s), ";"))
}

func TestDocumentedPartitions(t *testing.T) {
	day := time.Date(2021, 2, 3, 23, 59, 0, 0, time.UTC)
	table := athena.Table{Bucket: "s3://amzn-s3-demo-bucket/prefix", Accounts: []string{"123456789012"}, Regions: []string{"us-east-1"}}

	// item 152, vpc-flow-logs-create-table-statement.
	got, err := table.AddPartition(day)
	require.NoError(t, err)
	assert.Equal(t, words("ALTER TABLE vpc_flow_logs ADD PARTITION (`date`='2021-02-03') LOCATION "+
		"'s3://amzn-s3-demo-bucket/prefix/AWSLogs/123456789012/vpcflowlogs/us-east-1/2021/02/03';"), words(got))
	_, err = table.Repair()
	assert.ErrorContains(t, err, "set HiveCompatiblePartitions")

	// The day is that of the bucket's folders, which is in UTC: an hour later in Berlin is the same day
	// there.
	got, err = table.AddPartition(day.In(time.FixedZone("CET", 3600)))
	require.NoError(t, err)
	assert.Contains(t, got, "'2021-02-03'")

	// F1.811, vpc-flow-logs-parquet.
	hive := athena.Table{Name: "vpc_flow_logs_parquet", Bucket: "s3://amzn-s3-demo-bucket/prefix", HiveCompatiblePartitions: true}
	got, err = hive.Repair()
	require.NoError(t, err)
	assert.Equal(t, "MSCK REPAIR TABLE vpc_flow_logs_parquet", got)
	_, err = hive.AddPartition(day)
	assert.ErrorContains(t, err, "use Repair")

	projected := table
	projected.ProjectFrom = "2021/01/01"
	_, err = projected.AddPartition(day)
	assert.ErrorContains(t, err, "Athena works them out")
}
