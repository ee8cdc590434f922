package parquet

import (
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"github.com/packetwalk/packetwalk/flowlog"
)

// batchRows is how many rows are handed over at a time.
const batchRows = 1024

// Write writes records as one Parquet file to w, with the columns of f in its order; a format without fields
// stands for [flowlog.Default]. A Version of 0 is written as that of the format (F1.003). The error is f's,
// or that of the first record that has no line in the format ([flowlog.Record.Check]), and then nothing was
// written; or it is w's.
func Write(w io.Writer, f flowlog.Format, records []flowlog.Record) error {
	if len(f) == 0 {
		f = flowlog.Default
	}
	if _, err := flowlog.ParseFormat(f.Header()); err != nil {
		return fmt.Errorf("parquet.Write: %w", err)
	}
	for i := range records {
		if err := records[i].Check(f); err != nil {
			return fmt.Errorf("parquet.Write: record %d: %w", i, err)
		}
	}
	if err := write(w, f, records); err != nil {
		return fmt.Errorf("parquet.Write: %w", err)
	}
	return nil
}

func write(w io.Writer, f flowlog.Format, records []flowlog.Record) error {
	file := parquet.NewWriter(w, schemaOf(f),
		parquet.Compression(&parquet.Gzip), // F1.807
		parquet.CreatedBy("packetwalk", "", ""))
	rows := make([]parquet.Row, 0, batchRows)
	for i := range records {
		rows = append(rows, rowOf(&records[i], f))
		if len(rows) == batchRows || i == len(records)-1 {
			if _, err := file.WriteRows(rows); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	return file.Close()
}

// rowOf gives a record's values in the order of the format.
func rowOf(r *flowlog.Record, f flowlog.Format) parquet.Row {
	row := make(parquet.Row, len(f))
	for i, field := range f {
		v, ok := valueOf(r, field, f)
		level := 0 // null
		if ok {
			level = 1
		}
		row[i] = v.Level(0, level, i)
	}
	return row
}

// valueOf gives what the record shows in a field; ok is false where that is "-".
func valueOf(r *flowlog.Record, field flowlog.Field, f flowlog.Format) (v parquet.Value, ok bool) {
	if field == flowlog.FieldVersion && r.Version == 0 {
		return parquet.Int32Value(int32(f.Version())), true
	}
	if field.Kind() == flowlog.KindString {
		text, ok := r.Text(field)
		if !ok {
			return parquet.Value{}, false
		}
		return parquet.ByteArrayValue([]byte(text)), true
	}
	n, ok := r.Number(field)
	switch {
	case !ok:
		return parquet.Value{}, false
	case field.Kind() == flowlog.KindInt32:
		return parquet.Int32Value(int32(n)), true
	}
	return parquet.Int64Value(n), true
}
