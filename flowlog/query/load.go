package query

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/athena"
)

// Load puts records into a table; "" is the first one. A record's fields that are not in the table's format
// are passed over, as its line would. Its partition is that of the file which AWS would put it in: the day
// and hour, in UTC, of its end (F1.804), and the account and Region that the table says or, where it has
// several or none, those that the record says.
//
// The error is about the first record that is wrong, and then none is loaded: [flowlog.Record.Check]'s for
// one that has no line, or one that does not say what a partition is named by.
func (db *DB) Load(table string, records []flowlog.Record) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	t, err := db.table(table)
	if err == nil {
		err = db.load(t, records)
	}
	if err != nil {
		return fmt.Errorf("query.Load: %w", err)
	}
	return nil
}

func (db *DB) table(name string) (athena.Table, error) {
	var names []string
	for _, t := range db.tables {
		if name == "" || nameOf(t) == name {
			return t, nil
		}
		names = append(names, nameOf(t))
	}
	return athena.Table{}, fmt.Errorf("no table %q: want one of %s", name, strings.Join(names, ", "))
}

func (db *DB) load(t athena.Table, records []flowlog.Record) error {
	ctx := context.Background()
	tx, err := db.conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // of no effect after Commit
	marks := strings.Repeat(", ?", len(columnsOf(t)))[2:]
	insert, err := tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO `%s` VALUES (%s)", nameOf(t), marks))
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range records {
		row, err := rowOf(t, &records[i])
		if err != nil {
			return fmt.Errorf("record %d: %w", i, err)
		}
		if _, err := insert.ExecContext(ctx, row...); err != nil {
			return fmt.Errorf("record %d: %w", i, err)
		}
	}
	return tx.Commit()
}

// rowOf gives the values of a record's row.
func rowOf(t athena.Table, r *flowlog.Record) ([]any, error) {
	format := t.Format
	if format == nil {
		format = flowlog.Default
	}
	if err := r.Check(format); err != nil {
		return nil, err
	}
	var row []any
	for _, f := range format {
		row = append(row, valueOf(t, r, f, format))
	}
	for _, c := range t.Partitions() {
		v, err := partitionOf(t, r, c.Name)
		if err != nil {
			return nil, err
		}
		row = append(row, v)
	}
	return row, nil
}

func valueOf(t athena.Table, r *flowlog.Record, f flowlog.Field, format flowlog.Format) any {
	if f == flowlog.FieldVersion && r.Version == 0 {
		return int64(format.Version())
	}
	if f.Kind() != flowlog.KindString {
		if n, ok := r.Number(f); ok {
			return n
		}
		return nil
	}
	text, ok := r.Text(f)
	switch {
	case ok:
		return text
	case t.FileFormat == flowlog.Parquet:
		return nil
	}
	return "-"
}

// partitionOf gives the value of a partition column.
func partitionOf(t athena.Table, r *flowlog.Record, column string) (string, error) {
	switch column {
	case "accid", "aws-account-id":
		return said(column, t.Accounts, r.AccountID)
	case "region", "aws-region":
		return said(column, t.Regions, r.Region)
	case "aws-service":
		return "vpcflowlogs", nil
	}
	end, ok := r.Number(flowlog.FieldEnd)
	if !ok {
		return "", fmt.Errorf("it has no end, which says the partition column %s: want one", column)
	}
	return time.Unix(end, 0).UTC().Format(layoutOf(t, column)), nil
}

// said gives the one account or Region of a table, else the record's.
func said(column string, ofTable []string, ofRecord string) (string, error) {
	switch {
	case len(ofTable) == 1:
		return ofTable[0], nil
	case ofRecord == "":
		return "", fmt.Errorf("it does not say the partition column %s: want it in the record, or one for the whole table", column)
	}
	return ofRecord, nil
}

// layoutOf gives how a partition column writes a time (F1.801-F1.803).
func layoutOf(t athena.Table, column string) string {
	switch {
	case column == "year":
		return "2006"
	case column == "month":
		return "01"
	case column == "hour":
		return "15"
	case column == "day" && t.HiveCompatiblePartitions:
		return "02"
	case column == "day" || t.ProjectFrom != "":
		return "2006/01/02"
	}
	return time.DateOnly
}
