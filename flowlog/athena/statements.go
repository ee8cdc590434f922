package athena

import (
	"fmt"
	"strings"
	"time"

	"github.com/packetwalk/packetwalk/flowlog"
)

// dayLayout is how folders and projections write a day (F1.801).
const dayLayout = "2006/01/02"

// Create gives the CREATE EXTERNAL TABLE statement, without a semicolon. The error is [Table.Check]'s.
func (t Table) Create() (string, error) {
	if err := t.Check(); err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE EXTERNAL TABLE IF NOT EXISTS %s (\n  %s\n)\n", t.name(), list(t.Columns(), ",\n  "))
	fmt.Fprintf(&b, "PARTITIONED BY (%s)\n", list(t.Partitions(), ", "))
	if t.FileFormat == flowlog.Parquet {
		b.WriteString("ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'\n" +
			"STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'\n" +
			"OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'\n")
	} else {
		b.WriteString("ROW FORMAT DELIMITED\nFIELDS TERMINATED BY ' '\n")
	}
	fmt.Fprintf(&b, "LOCATION '%s'\n", t.location())
	fmt.Fprintf(&b, "TBLPROPERTIES (\n  %s\n)", strings.Join(t.properties(), ",\n  "))
	return b.String(), nil
}

func list(columns []Column, between string) string {
	var texts []string
	for _, c := range columns {
		texts = append(texts, c.quoted()+" "+c.Type)
	}
	return strings.Join(texts, between)
}

// root is what all files of all accounts lie under.
func (t Table) root() string { return strings.TrimSuffix(t.Bucket, "/") + "/AWSLogs/" }

// location is the deepest folder that has all files of the table and no partition above it (F1.801, F1.802).
func (t Table) location() string {
	switch {
	case t.HiveCompatiblePartitions || len(t.Accounts) > 1:
		return t.root()
	case len(t.Regions) > 1:
		return t.root() + t.Accounts[0] + "/vpcflowlogs/"
	}
	return t.root() + t.Accounts[0] + "/vpcflowlogs/" + t.Regions[0] + "/"
}

func (t Table) properties() []string {
	var list []string
	add := func(name, value string) { list = append(list, fmt.Sprintf("%q=%q", name, value)) }
	if t.FileFormat == flowlog.Parquet {
		add("EXTERNAL", "true")
	}
	add("skip.header.line.count", "1") // the names of the fields (F1.806)
	if t.ProjectFrom == "" {
		return list
	}
	add("projection.enabled", "true")
	account, region, day := "${accid}", "${region}", "${day}"
	if len(t.Accounts) > 1 {
		add("projection.accid.type", "enum")
		add("projection.accid.values", strings.Join(t.Accounts, ","))
	} else {
		account = t.Accounts[0]
	}
	if len(t.Regions) > 1 {
		add("projection.region.type", "enum")
		add("projection.region.values", strings.Join(t.Regions, ","))
	} else {
		region = t.Regions[0]
	}
	column := "day"
	if t.PerHourPartition {
		column, day = "date", "${date}/${hour}"
	}
	add("projection."+column+".type", "date")
	add("projection."+column+".range", t.ProjectFrom+",NOW")
	add("projection."+column+".format", "yyyy/MM/dd")
	if t.PerHourPartition {
		add("projection.hour.type", "integer")
		add("projection.hour.range", "00,23")
		add("projection.hour.digits", "2")
	}
	add("storage.location.template", t.root()+account+"/vpcflowlogs/"+region+"/"+day)
	return list
}

// AddPartition gives the ALTER TABLE ADD PARTITION statement for the day of a time, in UTC, without a
// semicolon. Without it Athena does not see the day's records. It is for a table by `date` alone: others find
// their partitions otherwise. Where there are folders for the hours, the day's has them all.
func (t Table) AddPartition(day time.Time) (string, error) {
	if err := t.Check(); err != nil {
		return "", err
	}
	switch {
	case t.HiveCompatiblePartitions:
		return "", fmt.Errorf("athena table %s: Hive-compatible partitions are not added one by one: use Repair", t.name())
	case t.ProjectFrom != "":
		return "", fmt.Errorf("athena table %s: partitions that are projected are not added: Athena works them out", t.name())
	}
	day = day.UTC()
	return fmt.Sprintf("ALTER TABLE %s\nADD PARTITION (`date`='%s')\nLOCATION '%s%s'",
		t.name(), day.Format(time.DateOnly), t.location(), day.Format(dayLayout)), nil
}

// Repair gives the MSCK REPAIR TABLE statement, by which Athena finds the partitions of Hive-compatible
// prefixes, without a semicolon. It is for a table over such prefixes alone.
func (t Table) Repair() (string, error) {
	if err := t.Check(); err != nil {
		return "", err
	}
	if !t.HiveCompatiblePartitions {
		return "", fmt.Errorf("athena table %s: MSCK REPAIR TABLE finds Hive-compatible prefixes only: set HiveCompatiblePartitions", t.name())
	}
	return "MSCK REPAIR TABLE " + t.name(), nil
}
