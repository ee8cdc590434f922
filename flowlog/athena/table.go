package athena

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/packetwalk/packetwalk/flowlog"
)

// DefaultName is the name of a table that is given none, that of AWS's page.
const DefaultName = "vpc_flow_logs"

// Table is a table over the files that flow logs deliver to a bucket. The zero Table has no Bucket, and its
// methods give an error for it.
type Table struct {
	// Name is of lower-case letters, digits and underscores; "" stands for [DefaultName].
	Name string

	// Format is the flow log's; nil stands for [flowlog.Default].
	Format flowlog.Format

	// Bucket is where the flow log delivers, such as "s3://amzn-s3-demo-bucket/prefix", without AWSLogs and
	// what comes after it.
	Bucket string

	// Accounts and Regions say whose files, and from where. A table by `date` wants one of each. One with
	// projection wants one at least; where there are more, they are partition columns, accid and region.
	// Hive-compatible prefixes name both, so that such a table wants none.
	Accounts, Regions []string

	FileFormat               flowlog.FileFormat // zero counts as plain-text
	HiveCompatiblePartitions bool               // the prefixes name their parts (F1.802, F1.811)
	PerHourPartition         bool               // there is a folder for each hour (F1.803)

	// ProjectFrom is the first day of partition projection, such as "2021/01/01"; "" is for no projection. It
	// is not for Hive-compatible prefixes.
	ProjectFrom string
}

// Of gives the table over what a flow log delivers from one Region, by the name [DefaultName]: by `date` or,
// where the prefixes are Hive-compatible, by what they name. Set ProjectFrom to have it projected. The error
// is for a flow log whose destination is no bucket, and otherwise [Table.Check]'s.
func Of(l flowlog.FlowLog, region string) (Table, error) {
	name, prefix := l.Destination.Bucket()
	if name == "" {
		return Table{}, fmt.Errorf("athena table of flow log %s: destination type %q: want s3", l.ID, l.Destination.Type)
	}
	t := Table{
		Format:                   l.Shows(),
		Bucket:                   strings.TrimSuffix("s3://"+name+"/"+prefix, "/"),
		Accounts:                 []string{l.Account},
		Regions:                  []string{region},
		FileFormat:               l.Destination.FileFormat,
		HiveCompatiblePartitions: l.Destination.HiveCompatiblePartitions,
		PerHourPartition:         l.Destination.PerHourPartition,
	}
	return t, t.Check()
}

func (t Table) name() string {
	if t.Name == "" {
		return DefaultName
	}
	return t.Name
}

func (t Table) format() flowlog.Format {
	if t.Format == nil {
		return flowlog.Default
	}
	return t.Format
}

// Columns gives the columns of the records in the order of the format (F1.810), without those of the
// partitions.
func (t Table) Columns() []Column {
	var list []Column
	for _, f := range t.format() {
		list = append(list, ColumnOf(f))
	}
	return list
}

// Partitions gives the columns that come from the files' prefixes. In a table they stand after the others.
func (t Table) Partitions() []Column {
	switch {
	case t.HiveCompatiblePartitions:
		return t.hive()
	case t.ProjectFrom != "":
		return t.projected()
	}
	return []Column{{"date", "date"}}
}

// hive gives the partitions of Hive-compatible prefixes (F1.811).
func (t Table) hive() []Column {
	names := []string{"aws-account-id", "aws-service", "aws-region", "year", "month", "day"}
	if t.PerHourPartition {
		names = append(names, "hour")
	}
	return ofStrings(names)
}

// projected gives the partitions of projection: in AWS's examples a day is called `day` where the folders are
// days, and `date` where they are hours.
func (t Table) projected() []Column {
	var names []string
	if len(t.Accounts) > 1 {
		names = append(names, "accid")
	}
	if len(t.Regions) > 1 {
		names = append(names, "region")
	}
	if t.PerHourPartition {
		return ofStrings(append(names, "date", "hour"))
	}
	return ofStrings(append(names, "day"))
}

func ofStrings(names []string) []Column {
	var list []Column
	for _, name := range names {
		list = append(list, Column{name, "string"})
	}
	return list
}

var (
	tableName = regexp.MustCompile(`^[a-z0-9_]+$`)
	bucketURL = regexp.MustCompile(`^s3://[a-z0-9][a-z0-9.-]*(/[^'"$\s/]+)*/?$`)
	pathPart  = regexp.MustCompile(`^[A-Za-z0-9-]+$`)
)

// Check reports every mistake: a name that Athena does not take, a bucket that is no s3:// URL, a format with
// a field twice or none, accounts and Regions that are too few or too many, a column that would stand twice.
func (t Table) Check() error {
	var wrong []error
	bad := func(field, value, want string) {
		wrong = append(wrong, fmt.Errorf("athena table %s: %s %q: want %s", t.name(), field, value, want))
	}
	if !tableName.MatchString(t.name()) {
		bad("Name", t.Name, "lower-case letters, digits and underscores")
	}
	if !bucketURL.MatchString(t.Bucket) {
		bad("Bucket", t.Bucket, "the form s3://bucket/prefix")
	} else if slices.Contains(strings.Split(t.Bucket, "/"), "AWSLogs") {
		bad("Bucket", t.Bucket, "it without AWSLogs and what comes after: the table adds them (F1.808)")
	}
	if _, err := flowlog.ParseFormat(t.format().Header()); err != nil {
		bad("Format", t.format().Header(), "fields of flow logs, each once: "+err.Error())
	}
	for _, s := range slices.Concat(t.Accounts, t.Regions) {
		if !pathPart.MatchString(s) {
			bad("Accounts and Regions", s, "letters, digits and hyphens")
		}
	}
	if t.FileFormat > flowlog.Parquet {
		bad("FileFormat", t.FileFormat.String(), "plain-text or parquet")
	}
	switch {
	case t.HiveCompatiblePartitions && t.ProjectFrom != "":
		bad("ProjectFrom", t.ProjectFrom, `"" with Hive-compatible prefixes, whose partitions MSCK REPAIR TABLE finds`)
	case t.ProjectFrom != "":
		t.checkProjection(bad)
	case !t.HiveCompatiblePartitions && (len(t.Accounts) != 1 || len(t.Regions) != 1):
		bad("Accounts and Regions", strings.Join(slices.Concat(t.Accounts, t.Regions), " "), "one of each in a table by date")
	}
	return errors.Join(wrong...)
}

func (t Table) checkProjection(bad func(field, value, want string)) {
	if _, err := time.Parse(dayLayout, t.ProjectFrom); err != nil {
		bad("ProjectFrom", t.ProjectFrom, "a day such as 2021/01/01")
	}
	if len(t.Accounts) == 0 {
		bad("Accounts", "", "one account at least for projection")
	}
	if len(t.Regions) == 0 {
		bad("Regions", "", "one Region at least for projection")
	}
	if len(t.Regions) > 1 && t.format().Has(flowlog.FieldRegion) {
		bad("Format", "region", "it left out, since the partition of several Regions is called region too")
	}
}
